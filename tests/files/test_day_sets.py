"""Days as people write them in opening hours and standard needs."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.files.cells import Bad, date_reader
from shiftplan.files.day_sets import date_cells, days_reader
from shiftplan.present.words import Words
from shiftplan.seasons.opening import Days
from shiftplan.week.fields import WEEKDAYS


def read(*cells: str) -> list[object]:
    """What cells of one column are read as: days as text, or the code of what is wrong."""
    reader = days_reader(date_reader(date_cells(cells)))
    found = [reader(cell) for cell in cells]
    return [value.code if isinstance(value, Bad) else str(value) for value in found]


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("Mon-Fri", "mon|tue|wed|thu|fri"),
        ("T2-T6", "mon|tue|wed|thu|fri"),
        ("T2–T6", "mon|tue|wed|thu|fri"),
        ("Thứ 2 đến Thứ 6", "mon|tue|wed|thu|fri"),
        ("Thu\u031b\u0301 2 - Thu\u031b\u0301 3", "mon|tue"),  # accents apart
        ("T2-6", "mon|tue|wed|thu|fri"),
        ("Thứ 2 - 6", "mon|tue|wed|thu|fri"),
        ("T3 đến 5, CN", "tue|wed|thu|sun"),
        ("thu hai", "mon"),
        ("thứ bảy, chủ nhật", "sat|sun"),
        ("CN", "sun"),
        ("T7 và CN", "sat|sun"),
        ("sat|sun", "sat|sun"),
        ("Sat-Mon", "mon|sat|sun"),
        ("Monday to Wednesday", "mon|tue|wed"),
        ("Mon..Tue", "mon|tue"),
        ("Tues; Thurs", "tue|thu"),
        ("Thu", "thu"),
        ("Mon-T3", "mon|tue"),
        ("Mo-Fr", "mon|tue|wed|thu|fri"),
        ("Thứ tư, Th 6", "wed|fri"),
        ("hằng ngày", ""),
        ("Every day", ""),
        ("2026-12-24", "2026-12-24"),
        ("2026-12-24|2026-12-25", "2026-12-24|2026-12-25"),
        ("2026-12-30..2027-01-02", "2026-12-30|2026-12-31|2027-01-01|2027-01-02"),
        ("2026-12-24 - 2026-12-25", "2026-12-24|2026-12-25"),
        ("24/12/2026, 25/12/2026", "2026-12-24|2026-12-25"),
        # Not read.
        ("Thu 6", "ambiguous_date"),
        ("thu 2-thu 6", "ambiguous_date"),
        ("Mon|2026-12-24", "invalid_value"),
        ("2026-12-25..2026-12-24", "reversed_interval"),
        ("1970-01-01..2199-12-31", "out_of_range"),
        ("Thứ", "not_a_date"),
        ("thứ hai, tư", "not_a_date"),  # the fourth, and no Tuesday
        ("T8", "not_a_date"),
        ("Mon-Tue-Wed", "not_a_date"),
        ("someday", "not_a_date"),
        (",", "not_a_date"),
        ("thu 2-6", "ambiguous_date"),
        ("2-6", "ambiguous_date"),
        ("07/12/2026", "ambiguous_date"),
        ("2026-13-01", "not_a_date"),
    ],
)
def test_days_in_two_languages(cell: str, days: str) -> None:
    """Weekdays, ranges, lists, dates; what has two readings is refused."""
    assert read(cell) == [days]


def test_another_date_of_the_column_proves_the_order() -> None:
    """As in columns of dates."""
    assert read("07/12/2026", "24/12/2026..25/12/2026") == ["2026-12-07", "2026-12-24|2026-12-25"]


@pytest.mark.parametrize(
    ("lang", "says"),
    [("en", "this may be Thứ 6 or Thursday"), ("vi", "có thể là thứ 6, cũng có thể là Thursday")],
)
def test_both_readings_are_said(lang: str, says: str) -> None:
    """In both languages, with what to write."""
    found = days_reader(date_reader(()))("Thu 6")

    assert isinstance(found, Bad)
    assert says in Words(lang)(found.message)
    assert "T6" in Words(lang)(found.remedy)
    assert "Thu" in Words(lang)(found.remedy)


@given(
    st.sets(st.sampled_from(WEEKDAYS)).map(lambda days: Days(weekdays=tuple(days)))
    | st.sets(st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1)), min_size=1, max_size=9).map(
        lambda days: Days(dates=tuple(days))
    )
)
def test_days_are_read_back_as_they_are_written(days: Days) -> None:
    """Every set of weekdays or dates."""
    assert not str(days) or days_reader(date_reader(()))(str(days)) == days


@given(st.text(max_size=30) | st.text("T234567CN-–|,. /0126thuứ", max_size=20))
def test_any_text_is_days_or_told(cell: str) -> None:
    """Nothing is raised."""
    assert isinstance(days_reader(date_reader(date_cells([cell])))(cell), (Days, Bad))
