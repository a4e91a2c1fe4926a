"""A week rolled forward: dates, holidays, ids, and history."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from rolling import NEXT, WORKED, dates, office
from strategies import problems, rosters

from shiftplan import (
    Center,
    Horizon,
    InputError,
    Pin,
    Preference,
    Problem,
    Published,
    Roster,
    Shift,
)
from shiftplan.rules import (
    AsLastWeek,
    Continuity,
    MaxConsecutiveWeekends,
    MaxWeekends,
    Stability,
)
from shiftplan.rules.days import MaxConsecutiveDays
from shiftplan.seasons import Day, Ledger, Workdays, new_week
from shiftplan.seasons.rollover.renaming import renamed
from shiftplan.testing.pictures import CENTERS, MONDAY, carried, parse, plan
from shiftplan.week import Official
from shiftplan.week.days import Days
from shiftplan.week.fields import Weekday

DATE = r"\d{4}-\d\d-\d\d"


def test_everything_moves_by_a_week() -> None:
    """Shifts, needs, demand and windows; people and rules stay."""
    last = office(rules=[MaxConsecutiveDays(max_days=5)])

    made = new_week(last, NEXT)

    week = made.problem
    assert week.horizon.start == NEXT
    assert [s.start for s in week.shifts] == [s.start + dt.timedelta(7) for s in last.shifts]
    assert [d.start for d in week.demand] == [d.start + dt.timedelta(7) for d in last.demand]
    assert len(week.requirements) == 7
    assert week.availability[0].start == last.availability[0].start + dt.timedelta(7)
    assert (week.volunteers, week.rules) == (last.volunteers, last.rules)
    assert (made.closed, made.filled, made.is_carried) == ((), (), False)


def test_decisions_about_single_dates_are_dropped() -> None:
    """They are counted, so that nobody misses them unawares."""
    last = office(
        pins=[Pin(volunteer_id="ana", shift_id="M0", state="must")],
        preferences=[
            Preference(volunteer_id="ana", date=MONDAY + dt.timedelta(day), state="against")
            for day in range(2)
        ],
        published=[Published(volunteer_id="ana", shift_id="M0")],
    )

    made = new_week(last, NEXT)

    assert made.dropped == (("pins", 1), ("preferences", 2), ("published", 1))
    week = made.problem
    assert (week.pins, week.preferences, week.published) == ((), (), ())


def test_closed_days_lose_shifts_needs_and_demand_but_no_offers() -> None:
    """Tuesday is a holiday: it is told, and windows stay."""
    tuesday = NEXT + dt.timedelta(1)

    made = new_week(office("MA"), NEXT, Workdays(holidays={tuesday: "Tết"}))

    (closed,) = made.closed
    assert (closed.day, closed.reason, closed.centers, closed.shifts) == (
        tuesday, "Tết", ("home",), 2,
    )  # fmt: skip
    week = made.problem
    assert "Tue" not in dates(week)
    assert len(week.shifts) == len(week.requirements) == len(week.demand) == 12
    assert len(week.availability) == 2


def test_after_a_holiday_the_weekday_comes_back() -> None:
    """Monday was closed in the last week and is filled from Tuesday; Sunday never had shifts."""
    last = office(dict.fromkeys(range(1, 6), "M"))

    made = new_week(last, NEXT, Workdays(holidays={MONDAY: "Tết"}))

    assert dates(made.problem) == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    (filled,) = made.filled
    assert (filled.day, filled.source) == (NEXT, MONDAY + dt.timedelta(1))
    assert len(made.problem.requirements) == len(made.problem.demand) == 6
    assert len({s.shift_id for s in made.problem.shifts}) == 6


def test_a_holiday_at_the_weekend_opens_no_weekend_after_it() -> None:
    """Saturday and Sunday were closed: whether people work then is asked, unless hours tell it."""
    last = office(dict.fromkeys(range(5), "M"))
    feast = {MONDAY + dt.timedelta(d): "Tết" for d in (5, 6)}
    hours = Day(weekdays=("sat",), state="open", start="07:00", end="12:00")
    named = Day(date=NEXT + dt.timedelta(6), state="open")

    plain = new_week(last, NEXT, Workdays(holidays=feast))
    told = new_week(last, NEXT, Workdays([hours, named], holidays=feast))

    assert dates(plain.problem) == ["Mon", "Tue", "Wed", "Thu", "Fri"]
    assert plain.unknown == (NEXT + dt.timedelta(5), NEXT + dt.timedelta(6))
    assert dates(told.problem)[5:] == ["Sat", "Sun"]
    assert told.unknown == ()


def test_a_make_up_saturday_works_like_the_weekday_asked_for() -> None:
    """Without one it works like the nearest day before it, Friday."""
    saturday = NEXT + dt.timedelta(5)
    last = office({0: "M", 1: "MA", 4: "A"})
    like_tuesday = Workdays([Day(date=saturday, state="open", like="tue")])

    asked = new_week(last, NEXT, like_tuesday).problem
    plain = new_week(last, NEXT, Workdays(make_up=frozenset({saturday}))).problem

    assert [s.start.hour for s in asked.shifts if s.day == saturday] == [7, 13]
    assert [s.start.hour for s in plain.shifts if s.day == saturday] == [13]


def test_hours_cut_a_day() -> None:
    """Mornings only at home: afternoons and their demand are left out."""
    rows = [Day(weekdays=("mon", "wed"), state="open", where="home", start="07:00", end="12:00")]

    made = new_week(office({0: "MA", 1: "MA"}), NEXT, Workdays(rows))

    assert [s.start.hour for s in made.problem.shifts] == [7, 7, 13]
    assert [d.start.hour for d in made.problem.demand] == [7, 7, 13]
    (cut,) = made.closed
    assert (cut.shifts, cut.is_open, made.idle) == (1, True, {NEXT + dt.timedelta(2): ("home",)})


def test_hours_of_a_weekday_without_shifts_make_none_and_that_is_told() -> None:
    """Unless `like` names the weekday to copy; rows without hours promise nothing."""
    saturday = {"weekdays": ("sat",), "state": "open", "start": "07:00", "end": "12:00"}
    sunday = Day(weekdays=("sun",), state="open")
    last, day = office({0: "M", 4: "MA"}), NEXT + dt.timedelta(5)

    bare = new_week(last, NEXT, Workdays([Day(**saturday), sunday]))
    filled = new_week(last, NEXT, Workdays([Day(**saturday, like="fri"), sunday]))

    assert (dates(bare.problem), dict(bare.idle)) == (["Mon", "Fri"], {day: ("home",)})
    assert (dates(filled.problem), filled.idle) == (["Mon", "Fri", "Sat"], {})


def test_windows_of_a_group_that_is_off_are_dropped() -> None:
    """bob's group is off on the day on which his window begins."""
    first = NEXT + dt.timedelta(-9)
    last = office(each={"bob": {"group": "khmer"}})

    made = new_week(last, NEXT, Workdays([Day(date=first, state="closed", group="khmer")]))

    assert [w.volunteer_id for w in made.problem.availability] == ["ana"]
    assert made.windows_off == 1


@pytest.mark.parametrize(
    ("shift_id", "found"),
    [
        ("1207-1207-am", "1207-1214-am"),
        ("x-2026-12-07", "x-2026-12-14"),
        ("x20261207", "x20261214"),
        ("x-07122026", "x-14122026"),
        ("x-912071", "x-912071"),
        ("monday", "monday"),
    ],
)
def test_ids_tell_the_new_date(shift_id: str, found: str) -> None:
    """Only where they told the old one, as a number of its own, outside the center's id."""
    start = dt.datetime(2026, 12, 7, 7)
    shift = Shift(
        shift_id=shift_id, center_id="1207", start=start, end=start + dt.timedelta(hours=4)
    )
    last = plan("M", centers=(Center(center_id="1207"),), shifts=(shift,),
                each={"ana": {"home_center_id": "1207"}})  # fmt: skip

    assert [s.shift_id for s in new_week(last, NEXT).problem.shifts] == [found]


@pytest.mark.parametrize("day", [MONDAY, NEXT + dt.timedelta(1), MONDAY - dt.timedelta(7)])
def test_a_date_that_does_not_fit_is_a_fault(day: dt.date) -> None:
    """Same weekday, and after the last week."""
    with pytest.raises(InputError, match="the week begins"):
        new_week(office(), day)


def test_a_week_that_begins_on_wednesday_goes_on_so() -> None:
    """Its start is no Monday, and a Monday is no start for the next one."""
    wednesday = MONDAY + dt.timedelta(2)
    last = plan("M", start=wednesday)

    made = new_week(last, start=wednesday + dt.timedelta(7)).problem

    assert made.horizon.start == wednesday + dt.timedelta(7)
    with pytest.raises(InputError, match="same weekday"):
        new_week(last, start=NEXT)


@pytest.mark.parametrize("days", [7, 31])
@pytest.mark.parametrize("wanted", [-40, -7, 0, 3, 7, 9, 24, 31, 35])
def test_dates_proposed_instead_fit(days: int, wanted: int) -> None:
    """Whatever was asked for: both dates that a fault proposes are accepted, for months too."""
    last = office().model_copy(update={"horizon": Horizon(start=MONDAY, days=days)})
    try:
        new_week(last, MONDAY + dt.timedelta(wanted))
    except InputError as error:
        found = [dt.date.fromisoformat(d) for d in re.findall(DATE, str(error.faults[0].remedy))]

        assert len(found) == 2
        for day in found:
            new_week(last, day)


def test_a_week_after_the_last_year_is_a_fault() -> None:
    """A digit swapped in the year is told like any other first date that cannot be."""
    week = MONDAY + dt.timedelta(7 * 9600)

    with pytest.raises(InputError, match="weeks begin before 2200-01-01"):
        new_week(plan("M", "ana"), week)


@pytest.mark.parametrize("day", [dt.date.max, dt.date(9999, 12, 30), dt.date.min])
def test_the_last_dates_that_python_knows_are_faults(day: dt.date) -> None:
    """None is proposed that lies beyond them."""
    with pytest.raises(InputError, match=r"weeks? begins?"):
        new_week(office(), day)
    with pytest.raises(InputError, match="the week begins"):
        new_week(office(), dt.date(1, 1, 3))


def test_what_holds_until_the_last_date_goes_on_until_then() -> None:
    """9999-12-31 is how other programs write that something has no end."""
    rule = Stability(first_day=MONDAY, last_day=dt.date.max)
    days = Days(dates=(MONDAY, dt.date.max))
    official = Official(days=days, start=dt.time(8), end=dt.time(12), people=1)

    week = new_week(office(officials=[official], rules=[rule]), NEXT).problem

    assert week.rules == (Stability(first_day=NEXT, last_day=dt.date.max),)
    assert week.officials[0].days.dates == (NEXT, dt.date.max)


def test_history_is_carried_with_streaks() -> None:
    """As a picture tells it: four mornings in a row for ana, five days off for bob."""
    made = new_week(plan("M", "ana bob"), NEXT, roster=WORKED)

    ana, bob = made.problem.history
    told = carried("ana M . . M M M M |\nbob . M . . . . . |", NEXT)
    assert (ana.shifts_offered, ana.shifts_worked, bob.shifts_worked) == (7, 5, 1)
    for row, old in zip((ana, bob), told, strict=True):
        for name in ("worked_in_a_row", "off_in_a_row", "last_shift_type", "same_type_in_a_row"):
            assert getattr(row, name) == getattr(old, name), name
    assert ana.last_shift_end == told[0].last_shift_end


def test_a_streak_across_the_whole_week_goes_on() -> None:
    """Two days before and seven in the week are nine."""
    history = carried("ana M M |")
    last = plan("M", "ana", history=history)

    made = new_week(last, NEXT, roster=parse("ana M M M M M M M"))

    assert made.problem.history[0].worked_in_a_row == 9


def test_after_a_gap_streaks_are_unknown() -> None:
    """What people did in the week between is not known."""
    made = new_week(plan("M", "ana bob"), NEXT + dt.timedelta(7), roster=WORKED)

    assert {h.worked_in_a_row for h in made.problem.history} == {None}
    assert {h.off_in_a_row for h in made.problem.history} == {None}


def test_a_ledger_that_has_the_week_counts_it_once() -> None:
    """With and without the roster shares are the same; it may also be recorded here."""
    last = plan("M", "ana bob")
    ledger = Ledger.begin(last)
    recorded = ledger.record(last, WORKED)

    found = [
        new_week(last, NEXT, roster=roster, ledger=book).problem.history[0].shifts_worked
        for roster, book in ((WORKED, ledger), (WORKED, recorded), (None, recorded))
    ]

    assert found == [5, 5, 5]


def test_counters_go_on_where_they_are_used() -> None:
    """A season's counter grows by what was worked; where none is used none begins."""
    history = [{"volunteer_id": "ana", "counted_shifts": 10, "counted_weekends": 1}]
    last = plan("M", "ana bob", history=history)

    ana, bob = new_week(last, NEXT, roster=WORKED).problem.history
    plain = new_week(plan("M", "ana bob"), NEXT, roster=WORKED).problem.history[0]

    assert (ana.counted_shifts, ana.counted_minutes, ana.counted_weekends) == (15, 1200, 2)
    assert (bob.counted_shifts, bob.counted_weekends) == (1, 0)
    assert (plain.counted_shifts, plain.counted_weekends) == (0, 0)


@pytest.mark.parametrize(
    ("weekend", "worked", "counted"),
    [
        (("sat", "sun"), "M4", 1),  # a Friday
        (("sat", "sun"), "M6", 2),
        (("fri", "sat"), "M4", 2),
        (("fri", "sat"), "M6", 1),  # a Sunday
        (("sun", "mon"), "M6", 2),  # cut at the end
        (("sun", "mon"), "M0", 2),  # cut at the start
    ],
)
@pytest.mark.parametrize("row", [0, 1])
def test_weekends_are_counted_as_their_rule_has_them(
    weekend: tuple[Weekday, ...], worked: str, counted: int, row: int
) -> None:
    """A rule on Fridays and Saturdays finds those in the history, and no lone Sundays.

    Where the Sunday before was worked too (`row`), the weekend that the start cuts was counted.
    """
    rules = [MaxWeekends(max_weekends=3, weekend=weekend)]
    history = [{"volunteer_id": "ana", "counted_weekends": 1, "worked_in_a_row": row}]
    last = plan("M", "ana", rules=rules, history=history)

    found = new_week(last, NEXT, roster=Roster.of([(worked, "ana")])).problem.history[0]

    assert found.counted_weekends == counted - (row and worked == "M0")


@pytest.mark.parametrize(
    ("weekend", "worked", "before", "row"),
    [
        (("sat", "sun"), "M5", None, 1),  # a Saturday
        (("sat", "sun"), "M6", 2, 3),
        (("sat", "sun"), "M4", 2, 0),  # a Friday
        (("fri", "sat"), "M4", 0, 1),
        (("sun", "mon"), "M6", 2, None),  # the next week begins within the weekend
    ],
)
def test_weekends_in_a_row_go_on(
    weekend: tuple[Weekday, ...], worked: str, before: int | None, row: int | None
) -> None:
    """Those of the rule that counts them, as far as they are known."""
    rules = [MaxConsecutiveWeekends(max_weekends=3, weekend=weekend)]
    history = [{"volunteer_id": "ana", "weekends_in_a_row": before}]
    roster = Roster.of([(worked, "ana")])

    counted = new_week(plan("M", "ana", rules=rules, history=history), NEXT, roster=roster)
    plain = new_week(plan("M", "ana", history=history), NEXT, roster=roster)

    assert counted.problem.history[0].weekends_in_a_row == row
    assert plain.problem.history[0].weekends_in_a_row is None


@pytest.mark.parametrize(("worked", "last"), [(["M0", "m3"], "far"), ([], "hill")])
def test_the_last_center_goes_on(worked: list[str], last: str) -> None:
    """Also of people who did not work; the rule that counts it stands in the last week."""
    history = [{"volunteer_id": "ana", "last_center": "hill"}]
    roster = Roster.of([(shift, "ana") for shift in worked])

    made = new_week(plan("Mm", rules=[Continuity()], history=history), NEXT, roster=roster)

    assert made.problem.history[0].last_center == last


def test_a_last_center_that_is_gone_is_left_out() -> None:
    """The next week does not know it."""
    book = Ledger.begin(plan("M", history=[{"volunteer_id": "ana", "last_center": "far"}]))

    (row,) = book.history(plan("M", start=NEXT, centers=CENTERS[:1]))

    assert row.last_center is None


@pytest.mark.parametrize(
    ("picture", "known"),
    [
        ("ana  M . A . . . .", ("mon 07:00 home", "wed 13:00 home")),
        ("ana  . . . . . . .", ("sun 10:00 far",)),  # the last week with work
        ("ana  A . . . . . . . M . . . . .", ("tue 07:00 home",)),  # the second of two weeks
    ],
)
def test_the_last_week_goes_on(picture: str, known: tuple[str, ...]) -> None:
    """Starts of the last seven days, if a rule reads them; those before where nobody worked."""
    days, roster = len(picture.split()) - 1, parse(picture)
    history = [{"volunteer_id": "ana", "last_week": "sun 10:00 far"}]
    last = plan("MA", "ana", days, history=history)
    asked = last.model_copy(update={"rules": (AsLastWeek(),)})
    start = MONDAY + dt.timedelta(days)

    told, untold = (new_week(week, start, roster=roster).problem for week in (asked, last))

    assert told.history[0].last_week == known
    assert untold.history[0].last_week == ()


@costly(0.3)
@given(st.data())
def test_any_week_rolls_forward_to_a_valid_one(data: st.DataObject) -> None:
    """Nothing closed: as many shifts, needs, hours of demand and windows."""
    drawn = data.draw(problems())
    # Without changes of clocks, into which times may move.
    horizon = drawn.horizon.model_copy(update={"zone": "Asia/Ho_Chi_Minh"})
    last = Problem.model_validate({**dict(drawn), "horizon": horizon})
    roster = data.draw(rosters(last))
    weeks = -(-last.horizon.days // 7)
    start = last.horizon.start + dt.timedelta(7 * weeks)

    made = new_week(last, start, roster=roster)

    for table in ("shifts", "requirements", "demand", "availability", "volunteers", "rules"):
        assert len(getattr(made.problem, table)) == len(getattr(last, table)), table


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("An Giang, tuần 50", "An Giang, tuần 51"),
        ("Tuần 50/2026", "Tuần 51/2026"),
        ("2026-W50, Phường 5", "2026-W51, Phường 5"),
        ("week 50, 7-13/12/2026", "week 51, 14-20/12/2026"),
        ("Trực 07/12 – 13/12", "Trực 14/12 – 20/12"),
        ("2026-12-07", "2026-12-14"),
        ("Tuần 3 của chiến dịch 2026", "Tuần 4 của chiến dịch 2026"),
        ("Tổ 12, số 24/7, 2027", "Tổ 12, số 24/7, 2027"),
        ("", ""),
    ],
)
def test_the_name_of_a_week_moves_with_it(name: str, expected: str) -> None:
    """Its number and dates; other numbers stay."""
    last = office().model_copy(update={"name": name})

    assert new_week(last, NEXT).problem.name == expected


def test_the_name_of_a_week_moves_over_the_turn_of_the_year() -> None:
    """Into another year and month."""
    first = Horizon(start=dt.date(2026, 12, 21), days=7)

    assert renamed("tuần 52/2026 (21-27/12)", first, dt.date(2026, 12, 28)) == (
        "tuần 53/2026 (28/12-03/01)"
    )
    assert renamed("2026-W52", first, dt.date(2027, 1, 4)) == "2027-W01"


@given(st.text(st.sampled_from("tuần Ww-/. 0125672026–٣"), max_size=30))
def test_any_name_of_a_week_can_move(name: str) -> None:
    """Numbers that are no dates, in any script, stop nothing; without numbers it stays."""
    moved = renamed(name, Horizon(start=MONDAY, days=7), NEXT)

    assert any(sign.isdigit() for sign in name) or moved == name
