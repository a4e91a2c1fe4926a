"""Dates as offices write them, read against the days planned: one reading each, or none."""

from __future__ import annotations

import datetime as dt

import pytest

from shiftplan.files.cells import Bad, date_reader

WEEK = [dt.date(2026, 12, 7) + dt.timedelta(i) for i in range(7)]
TWO_WEEKS = [dt.date(2026, 12, 7) + dt.timedelta(i) for i in range(14)]

SPELLINGS: dict[str, list[str]] = {
    "2026-12-07": [
        *("7/12/2026", "07-12-26", "7.12.2026", "7/12", "07-12", "7.12.", "12/7/2026", "12/7"),
        *(
            "Thứ 2 7/12",
            "Thứ Hai, 07/12/2026",
            "T2 7/12",
            "T2",
            "t.2",
            "Th 2",
            "thứ hai",
            "T2-7/12",
        ),
        *(
            "Thu\u031b\u0301 2",
            "THỨ 2\n7/12",
            "Thứ 2 (7/12)",
            "7/12 (T2)",
            "T2 2026-12-07",
        ),
        *("Mon", "mon.", "Mon 7 Dec", "Monday, 7 December 2026", "7 Dec", "Dec 7", "Dec. 7, 2026"),
        *("7-Dec-26", "7Dec2026", "the 7th of December 2026", "Mon 7", "Monday the 7th", "7. Dec."),
        *("7 thg 12", "07-Thg12-2026", "ngày 7 tháng 12", "7 tháng 12 năm 2026", "ngay 7 thang 12"),
        *("Thứ Hai ngày 7 tháng 12 năm 2026", "T2 ngày 7", "26-12-07", "7/12/2026 00:00:00"),
        *("12/7/2026 12:00:00 AM", "Mo", "7 / 12 / 2026"),
    ],
    "2026-12-13": [*("CN", "Chủ nhật", "chủ nhật 13/12", "chúa nhật", "Sun 12/13", "CN 13.12.26")],
    "2026-12-10": [
        *(
            "Thu",
            "Thu 10/12",
            "Thu 10",
            "Thu 5",
            "Thứ 5",
            "Thứ Năm",
            "Thurs",
            "Th 10 Dec",
            "T5 (10/12)",
        )
    ],
    "not_a_date": [
        *(
            "T3 7/12",
            "Tue 7 Dec",
            "CN 7/12/2026",
            "7/12 (Wed)",
            "T8",
            "7",
            "07122026",
            "31/02/2026",
        ),
        *(
            "13/13",
            "Mon Tue",
            "Decem 7",
            "T27/12",
            "7 12",
            "7/12-13/12",
            "1" * 50_000,
            "7/" * 50_000,
        ),
        *("tháng 12", "Dec 2026", "Ghi chú", "Sáng", "46363", "(", "ngày", " of "),
        *("Tư", "Thứ"),  # neither `Tu` nor `Thu`
    ],
    "ambiguous_date": ["Thu 2", "thu 6"],
    "outside_horizon": ["7/11", "14/12", "31 tháng 10", "8/12/2025"],
}
"""Date in the week of 7 December 2026, or code of the fault -> ways to write it."""


def told(found: object) -> str:
    return found.code if isinstance(found, Bad) else str(found)


@pytest.mark.parametrize(
    ("cell", "value"), [(cell, value) for value, cells in SPELLINGS.items() for cell in cells]
)
def test_dates_of_a_planned_week(cell: str, value: str) -> None:
    """A cell is read by itself: the days planned decide what it can mean."""
    assert told(date_reader((), WEEK)(cell)) == value
    assert told(date_reader({cell}, WEEK)(cell)) == value


@pytest.mark.parametrize(
    ("cell", "message", "remedy"),
    [
        (
            "T3 7/12",
            "the date is Mon 07 Dec, but the weekday beside it is that of Tue 08 Dec",
            "Write 2026-12-07 or 2026-12-08.",
        ),
        (
            "7/11",
            "it is not one of the planned days, 2026-12-07 to 2026-12-13",
            "",
        ),
    ],
)
def test_what_a_date_contradicts_is_said(cell: str, message: str, remedy: str) -> None:
    """A fault says both: the date and the name beside it, or the days it is none of."""
    found = date_reader((), WEEK)(cell)

    assert isinstance(found, Bad)
    assert (str(found.message), str(found.remedy)) == (message, remedy)


def test_a_name_of_two_planned_days_is_refused() -> None:
    """Two weeks have two Mondays; both are named."""
    found = date_reader((), TWO_WEEKS)("T2")

    assert isinstance(found, Bad)
    assert found.code == "ambiguous_date"
    assert str(found.message) == "it may be any of 2 days, such as 2026-12-07 or 2026-12-14"
    assert str(found.remedy) == "Write 2026-12-07 or 2026-12-14."
    assert date_reader((), TWO_WEEKS)("T2 14/12") == dt.date(2026, 12, 14)


@pytest.mark.parametrize("cell", ["7/12", "T2", "7 Dec", "ngày 7 tháng 12"])
def test_a_date_without_its_year_needs_the_days(cell: str) -> None:
    """Where no days are planned, nothing tells the year."""
    found = date_reader({cell})(cell)

    assert isinstance(found, Bad)
    assert found.message.code == "files.year_needed"


@pytest.mark.parametrize(
    ("cells", "days", "values"),
    [
        # a day of the week, in the table or the horizon, proves the order of the others
        (["07/12/2026", "05/11/2026"], WEEK, ["2026-12-07", "2026-11-05"]),
        (["T2 07/12/2026", "05/11/2026"], [], ["2026-12-07", "2026-11-05"]),
        # the horizon decides each by itself, whatever the others prove
        (["13/12/2026", "12/07/2026"], WEEK, ["2026-12-13", "2026-12-07"]),
        (["13/12/2026", "12/07/2026", "05/11/2026"], WEEK, ["2026-12-13", "2026-12-07", None]),
        # names of days that contradict one another prove nothing
        (["T2 07/12/2026", "CN 07/12/2026", "05/11/2026"], [], [None, None, None]),
        # 2013-12-26 or 2026-12-13
        (["13-12-26"], [], [None]),
        (["13-12-26", "14/12/2026"], [], ["2026-12-13", "2026-12-14"]),
        (["26-Dec-07"], [], [None]),
        (["7-Dec-26"], [], ["2026-12-07"]),
        (["T2 31/12/9999", "CN 01/01/0001"], [], [None, None]),
    ],
)
def test_what_proves_the_order(
    cells: list[str], days: list[dt.date], values: list[str | None]
) -> None:
    """What the horizon does not decide, the other cells of the table do, or nothing."""
    read = date_reader(cells, days)
    found = [read(cell) for cell in cells]

    assert [None if isinstance(f, Bad) else str(f) for f in found] == values
