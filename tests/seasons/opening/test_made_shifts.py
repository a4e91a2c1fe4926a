"""Opening hours become shifts: which rows decide, ids, closed days, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from timetables import BORDER, ISLE, MONDAY, TOWN, WEEK, hours, made, told

from shiftplan import InputError
from shiftplan.seasons.opening import Days, Hours
from shiftplan.seasons.opening import rows as rows_of_tables
from shiftplan.seasons.opening import shifts as making
from shiftplan.seasons.rollover.workdays import Day, Workdays
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import Center

ALL = hours("7-11", on="mon|tue")


@pytest.mark.parametrize(
    ("rows", "shifts"),
    [
        ([ALL], "mon 7-11, tue 7-11"),
        # Rows of one place add up, in order of time, whatever their order.
        ([hours("13-17", on="mon"), ALL], "mon 7-11, mon 13-17, tue 7-11"),
        # The center's own rows say its whole Monday, and nothing of its Tuesday.
        ([ALL, hours("8-12", "T", "mon")], "mon 8-12, tue 7-11"),
        # Its type goes before all centers, the center before its type.
        ([ALL, hours("8-12", "phường", "mon|tue")], "mon 8-12, tue 8-12"),
        (
            [hours("9-10", "T", "tue"), hours("8-12", "phường", "mon|tue"), ALL],
            "mon 8-12, tue 9-10",
        ),
        # A date goes before weekdays, also one for all before the center's own.
        ([hours("8-12", "T", "mon|tue"), hours("9-10", on="+1")], "mon 8-12, tue 9-10"),
        # Weekdays go before every day, at the same place.
        ([hours("8-12", on=""), ALL], "mon 7-11, tue 7-11, wed 8-12, thu 8-12, "
         "fri 8-12, sat 8-12, sun 8-12"),
        # A closer row for every day goes before a row of weekdays for all.
        ([hours("8-9", "T"), ALL], ", ".join(f"{d} 8-9" for d in
         ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))),
        # Rows of other places mean nothing here.
        ([ALL, hours("8-12", "xã"), hours("8-12", "minority"), hours("8-12", "I")],
         "mon 7-11, tue 7-11"),
        # Equal sessions of one place are one.
        ([ALL, hours("7-11", on="tue|mon")], "mon 7-11, tue 7-11"),
        # Over midnight, and until midnight.
        ([hours("22-6", on="mon"), hours("18-24", on="mon")], "mon 18-24, mon 22-6"),
        ([], ""),
    ],
)  # fmt: skip
def test_the_closest_rows_say_the_whole_day(rows: list[Hours], shifts: str) -> None:
    """For a center of type phường without areas."""
    assert told(made(rows)) == shifts


def test_areas_go_from_groups_to_types() -> None:
    """A group before minority, that before remote, that before the type."""
    rows = [
        hours("5-6", on="mon"),
        hours("6-7", "xã", "mon"),
        hours("7-8", "remote", "mon"),
        hours("8-9", "minority", "mon"),
        hours("9-10", "island", "mon"),
        hours("10-11", "I", "mon"),
    ]

    for end in range(len(rows), 0, -1):
        assert told(made(rows[:end], [ISLE]), "I") == f"mon {end + 4}-{end + 5}"


def test_ids_tell_center_date_and_session() -> None:
    """The session, or else the time; the year too where a date comes twice."""
    rows = [hours("7-11", on="mon", session="am", type="early"), hours("13-17", on="mon")]
    found = made(rows, horizon=Horizon(start=MONDAY, days=365, country="none"))
    years = made(rows, horizon=Horizon(start=MONDAY, days=366, country="none"))

    assert [s.shift_id for s in found.shifts][:2] == ["T-1207-am", "T-1207-1300"]
    assert [s.type for s in found.shifts][:2] == ["early", ""]
    assert found.rows[:2] == (0, 1)
    assert [s.shift_id for s in years.shifts][:2] == ["T-20261207-am", "T-20261207-1300"]


@pytest.mark.parametrize(
    ("rows", "center", "pairs"),
    [
        # The same session at two times, of one place.
        ([hours("7-11", on="mon", session="am"), hours("8-11", on="mon|tue", session="am")],
         TOWN, [(1, 0)]),
        # The same time of two types.
        ([hours("7-11", on="mon", type="a"), hours("7-11", on="mon", type="b")], TOWN, [(1, 0)]),
        # Two groups of one center that say different hours, or one less.
        ([hours("7-11", "island", "mon"), hours("8-11", "border", "mon")], BORDER, [(1, 0)]),
        ([hours("7-11", "border", "mon"), hours("7-11", "island", "mon"),
          hours("13-17", "island", "mon")], BORDER, [(2, 0)]),
    ],
)  # fmt: skip
def test_equally_close_rows_that_disagree_are_refused(
    rows: list[Hours], center: Center, pairs: list[tuple[int, int]]
) -> None:
    """With both rows; each pair once, on however many days."""
    with pytest.raises(InputError) as refused:
        made(rows, [center])

    found = [(f.code, f.table, f.index, f.other and f.other.index) for f in refused.value.faults]
    assert found == [("contradicting_rows", "opening", *pair) for pair in pairs]


def test_two_groups_that_agree_are_one() -> None:
    """A center in both has the session once."""
    rows = [hours("7-11", "island", "mon"), hours("7-11", "border", "mon")]

    assert told(made(rows, [BORDER]), "B") == "mon 7-11"


def day(number: int, state: str = "closed", where: str = "", **more: object) -> Day:
    return Day(date=MONDAY + dt.timedelta(number), state=state, where=where, **more)


@pytest.mark.parametrize(
    ("rows", "days", "shifts"),
    [
        # A closed date leaves the sessions out, also one of the center alone.
        ([ALL], [day(1)], "mon 7-11"),
        ([ALL], [day(1, where="phường")], "mon 7-11"),
        ([ALL], [day(1, where="xã")], "mon 7-11, tue 7-11"),
        # Exceptions go before opening hours that are meant as closely.
        ([hours("7-11", on="+1")], [day(1)], ""),
        ([hours("7-11", "T", "+1")], [day(1)], "tue 7-11"),
        ([hours("7-11", "phường", "+1")], [day(1, where="T")], ""),
        # A closed weekday, and hours of the center that are closer.
        ([ALL], [Day(weekdays="tue", state="closed")], "mon 7-11"),
        ([hours("8-9", "T", "tue"), ALL], [Day(weekdays="tue", state="closed")],
         "mon 7-11, tue 8-9"),
        # Only what lies inside the hours of a date.
        ([ALL, hours("13-17", on="tue")], [day(1, "open", start=dt.time(12))],
         "mon 7-11, tue 13-17"),
        # Open on a day without work: the sessions of the nearest day before, or of another one.
        ([ALL], [day(2, "open")], "mon 7-11, tue 7-11, wed 7-11"),
        ([ALL, hours("13-17", on="tue")], [day(6, "open", like="mon")],
         "mon 7-11, tue 7-11, tue 13-17, sun 7-11"),
        ([hours("7-11", on="+1")], [day(2, "open")], "tue 7-11"),
        # People's days off are no closed centers.
        ([ALL], [Day(weekdays="tue", state="closed", group=("students",))], "mon 7-11, tue 7-11"),
    ],
)  # fmt: skip
def test_exceptions_go_before_opening_hours(
    rows: list[Hours], days: list[Day], shifts: str
) -> None:
    """Unless a row of opening hours is meant more closely for the center."""
    assert told(made(rows, workdays=Workdays(days))) == shifts


def test_closed_days_are_told() -> None:
    """Date, reason, centers and shifts; a holiday is one, and a row for its date opens it."""
    holidays = {MONDAY: "New Year"}
    rows = [ALL, hours("13-17", on="mon|tue"), hours("9-10", "I", "+0")]
    found = made(rows, [TOWN, ISLE], Workdays((day(1, note="flood"),), holidays))

    assert told(found) == ""
    assert told(found, "I") == "mon 9-10"
    closed = [(c.day, c.reason, c.centers, c.shifts) for c in found.closed]
    tuesday = MONDAY + dt.timedelta(1)
    assert closed == [(MONDAY, "New Year", ("T",), 2), (tuesday, "flood", ("T", "I"), 4)]


def test_a_make_up_saturday_has_fridays_sessions() -> None:
    """As the next week has; a Saturday with sessions of its own keeps them."""
    saturday = MONDAY + dt.timedelta(5)
    workdays = Workdays(make_up=frozenset({saturday}))

    assert told(made([hours("7-11", on="fri")], workdays=workdays)) == "fri 7-11, sat 7-11"
    rows = [hours("7-11", on="fri"), hours("8-9", on="sat")]
    assert told(made(rows, workdays=workdays)) == "fri 7-11, sat 8-9"


def test_days_are_weekdays_or_dates() -> None:
    """In order, each once, never both."""
    assert str(Days(weekdays=("sun", "mon", "sun"))) == "mon|sun"
    assert str(Days(dates=(MONDAY + dt.timedelta(1), MONDAY))) == "2026-12-07|2026-12-08"
    with pytest.raises(ValueError, match="not both"):
        Days(weekdays=("mon",), dates=(MONDAY,))


def test_a_time_has_whole_minutes() -> None:
    """Seconds are refused where the row is made."""
    with pytest.raises(ValueError, match="minute"):
        Hours(start=dt.time(7, 0, 1), end=dt.time(11))


def test_sizes_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows, shifts and ids beyond all honest weeks are one fault each."""
    long = Center(center_id="x" * 195)
    with pytest.raises(InputError) as refused:
        made([ALL], [long])
    assert [fault.code for fault in refused.value.faults] == ["too_long"]

    monkeypatch.setattr(making, "MOST_SHIFTS", 1)
    with pytest.raises(InputError) as refused:
        made([ALL], [TOWN])
    assert [fault.code for fault in refused.value.faults] == ["too_large"]

    with pytest.raises(InputError) as refused:
        made([ALL] * (rows_of_tables.MOST_ROWS + 1))
    assert [fault.code for fault in refused.value.faults] == ["too_large"]


def test_the_horizon_is_as_told() -> None:
    """Nothing outside: a Monday alone."""
    assert told(made([ALL], horizon=WEEK.model_copy(update={"days": 1}))) == "mon 7-11"
