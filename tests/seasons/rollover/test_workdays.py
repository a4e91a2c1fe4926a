"""Open and closed days: holidays, make-up days, and rows of days.csv."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from shiftplan import Center, InputError, MissingExtraError, Volunteer
from shiftplan.files import read_days
from shiftplan.seasons import Day, Workdays
from shiftplan.seasons import with_holidays as holidays_of
from shiftplan.testing.pictures import plan

KHMER = Center(center_id="k", type="xã", groups=("khmer",), minority_area=True)
TOWN = Center(center_id="t", type="phường")
NEW_YEAR, THURSDAY = dt.date(2027, 1, 1), dt.date(2026, 12, 31)


def vietnam(*days: Day, lang: str = "en_US") -> Workdays:
    return holidays_of(days, THURSDAY, NEW_YEAR, "VN", languages=(lang,))


def hours(first: int, last: int) -> tuple[dt.datetime, dt.datetime]:
    day = dt.datetime.combine(NEW_YEAR, dt.time())
    return day + dt.timedelta(hours=first), day + dt.timedelta(hours=last)


@pytest.mark.parametrize(("lang", "name"), [("en_US", "New Year's Day"), ("vi", "Tết Dương lịch")])
def test_holidays_are_closed_and_named(lang: str, name: str) -> None:
    """In the language asked for; the day before is open."""
    found = vietnam(lang=lang)

    assert (found.at(TOWN, NEW_YEAR).is_open, found.at(TOWN, NEW_YEAR).reason) == (False, name)
    assert found.at(TOWN, THURSDAY).is_open


def test_a_make_up_saturday_is_open_by_name() -> None:
    """On 5 January 2019 Vietnam worked for 31 December, which was off."""
    found = holidays_of((), dt.date(2018, 12, 24), dt.date(2019, 1, 6), "VN")

    assert found.at(TOWN, dt.date(2019, 1, 5)).is_named
    assert not found.at(TOWN, dt.date(2018, 12, 31)).is_open


def test_a_row_for_a_date_goes_before_the_holiday() -> None:
    """The closest row decides: a center before an area, that before a type, that before all."""
    rows = [
        Day(date=NEW_YEAR, state="open"),
        Day(date=NEW_YEAR, state="closed", where="xã", note="type"),
        Day(date=NEW_YEAR, state="open", where="khmer"),
    ]

    assert vietnam(*rows).at(TOWN, NEW_YEAR).is_open
    assert vietnam(*rows).at(KHMER, NEW_YEAR).is_open
    assert not vietnam(*rows[:2]).at(KHMER, NEW_YEAR).is_open
    last = Day(date=NEW_YEAR, state="closed", where="k", note="repairs")
    assert vietnam(*rows, last).at(KHMER, NEW_YEAR).reason == "repairs"


def test_khmer_new_year_closes_khmer_centers_only() -> None:
    """A row whose where is a group of centers."""
    row = Day(date=dt.date(2026, 4, 14), state="closed", where="minority", note="Chôl Chnăm Thmây")

    found = Workdays((row,))

    assert not found.at(KHMER, dt.date(2026, 4, 14)).is_open
    assert found.at(TOWN, dt.date(2026, 4, 14)).is_open


def test_usual_hours_hold_on_their_weekdays() -> None:
    """Fridays in the morning; also on a holiday that a row opens, if that has no hours."""
    usual = Day(weekdays=("fri",), state="open", where="t", start="07:00", end="11:00")
    opened = Day(date=NEW_YEAR, state="open")

    friday = Workdays((usual, opened)).at(TOWN, NEW_YEAR)

    assert friday.admits(*hours(7, 11))
    assert not friday.admits(*hours(13, 17))
    assert Workdays((usual,)).at(KHMER, NEW_YEAR).admits(*hours(13, 17))
    assert not vietnam(usual).at(TOWN, NEW_YEAR).is_open


def test_equal_beginnings_until_noon_and_until_midnight_add_up() -> None:
    """Rows with the same start, one of them open until midnight, in either order."""
    noon = Day(date=THURSDAY, state="open", start="07:00", end="12:00")
    midnight = Day(date=THURSDAY, state="open", start="07:00")

    for rows in ((noon, midnight), (midnight, noon)):
        found = Workdays(rows).at(TOWN, THURSDAY).hours
        assert found == ((dt.time(7), dt.time(12)), (dt.time(7), None))


def test_several_hours_add_up_and_midnight_is_the_end() -> None:
    """A break at noon; a shift across it is not inside."""
    rows = (
        Day(date=NEW_YEAR, state="open", start="07:00", end="11:00"),
        Day(date=NEW_YEAR, state="open", start="13:00"),
    )

    found = Workdays(rows).at(TOWN, NEW_YEAR)

    assert found.admits(*hours(7, 11))
    assert found.admits(*hours(20, 24))
    assert not found.admits(*hours(10, 14))
    assert not found.admits(*hours(20, 25))


def test_a_group_is_off_wherever_it_is() -> None:
    """It closes no center."""
    found = Workdays((Day(date=NEW_YEAR, state="closed", group="student"),))

    assert found.is_off(Volunteer(volunteer_id="a", group="student|khmer"), NEW_YEAR)
    assert not found.is_off(Volunteer(volunteer_id="b"), NEW_YEAR)
    assert found.at(TOWN, NEW_YEAR).is_open


def test_no_country_has_no_holidays_and_an_unknown_one_is_a_fault() -> None:
    """What the code means is not guessed."""
    assert holidays_of((), NEW_YEAR, NEW_YEAR, "").at(TOWN, NEW_YEAR).is_open
    with pytest.raises(InputError, match="XX"):
        holidays_of((), NEW_YEAR, NEW_YEAR, "XX")


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it."""
    monkeypatch.setitem(__import__("sys").modules, "holidays", None)

    with pytest.raises(MissingExtraError, match=r"PLACE\[calendar\]"):
        vietnam()


def test_days_are_read_from_a_file(tmp_path: Path) -> None:
    """24:00 is the end of the day; weekdays and centers may be named as people name them."""
    file = tmp_path / "days.csv"
    file.write_text(
        "date,weekdays,state,where,start,end,like,note\n"
        "2026-12-19,,open,,07:00,24:00,fri,make-up\n"
        ",sat|Sun,closed,home,,,,\n"
        ",T7|CN,mở,Trụ sở,,,T6,\n"
        ",T2-T4,nghỉ,,,,,\n",
        encoding="utf-8",
    )
    week = plan("M")
    home, *others = week.centers
    centers = home.model_copy(update={"name": "Trụ sở"}), *others
    named = week.model_copy(update={"centers": centers})

    first, second, third, fourth = read_days(file, named)

    assert (first.start, first.end, first.like) == (dt.time(7), None, "fri")
    assert (second.weekdays, second.where) == (("sat", "sun"), "home")
    assert (third.weekdays, third.where, third.like) == (("sat", "sun"), home.center_id, "fri")
    assert (fourth.weekdays, fourth.state) == (("mon", "tue", "wed"), "closed")


def test_all_faults_of_the_file_come_at_once(tmp_path: Path) -> None:
    """Each with its row; names are checked against the week."""
    file = tmp_path / "days.csv"
    file.write_text(
        "date,state,where,group,start\n"
        "2026-13-01,open,,,\n"
        "2026-12-19,shut,,,\n"
        "2026-12-19,open,hme,,\n"
        "2026-12-19,closed,,studnt,\n"
        "2026-12-19,closed,,,07:00\n"
        ",open,,,\n",
        encoding="utf-8",
    )

    with pytest.raises(InputError) as raised:
        read_days(file, plan("M", each={"ana": {"group": "student"}}))

    found = sorted((f.row, f.code) for f in raised.value.faults)
    assert found == [
        (2, "not_a_date"),
        (3, "not_one_of"),
        (4, "unknown_name"),
        (5, "unknown_name"),
        (6, "invalid_value"),
        (7, "invalid_value"),
    ]


@pytest.mark.parametrize("state", ["open", "closed"])
def test_no_day_starts_at_its_end(tmp_path: Path, state: str) -> None:
    """24:00 as a start would be no start at all."""
    file = tmp_path / "days.csv"
    file.write_text(f"date,state,start\n2026-12-19,{state},24:00\n", encoding="utf-8")

    with pytest.raises(InputError) as raised:
        read_days(file)

    found = [(f.code, f.row, f.column, f.value) for f in raised.value.faults]
    assert found == [("not_a_time", 2, "start", "24:00")]


def test_the_example_in_the_docs_is_read(tmp_path: Path) -> None:
    """As it stands there, dates, weekdays and groups."""
    page = Path(__file__).parents[3] / "docs" / "handouts.md"
    text = page.read_text(encoding="utf-8").split("```csv\n")[1].split("```")[0]
    (tmp_path / "days.csv").write_text(text, encoding="utf-8")

    rows = read_days(tmp_path / "days.csv")

    assert [bool(d.date) for d in rows] == [True, True, True, False]
    assert (rows[0].where, rows[1].group, rows[2].like) == ("minority", ("khmer",), "fri")
