"""A week rolled forward: its dates, closed days, and first dates that do not fit."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from rolling import NEXT, dates, office
from strategies import problems, rosters

from shiftplan import Horizon, InputError, Pin, Preference, Problem, Published
from shiftplan.rules import Stability
from shiftplan.rules.days import MaxConsecutiveDays
from shiftplan.seasons import Day, Workdays, new_week
from shiftplan.testing.pictures import MONDAY, plan
from shiftplan.week import Official
from shiftplan.week.days import Days

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


def night_work(last: int) -> Problem:
    """A night on a day, whose demand and requirement after midnight are those of the next date."""
    day = dt.datetime.combine(MONDAY, dt.time()) + dt.timedelta(last)
    spans = [
        (day + dt.timedelta(hours=a), day + dt.timedelta(hours=b)) for a, b in ((22, 24), (24, 30))
    ]
    return plan(
        {last: "N", 0: "M"},
        "ana bob",
        services=[{"service_id": "s", "minutes_per_citizen": 5}],
        requirements=[{"center_id": "home", "start": a, "end": b, "target": 1} for a, b in spans],
        demand=[
            {"center_id": "home", "start": a, "end": b, "service_id": "s", "arrivals": 3}
            for a, b in (spans if last < 6 else spans[:1])  # none begins after the last date
        ],
    )


@pytest.mark.parametrize(("last", "feast"), [(6, None), (3, None), (3, 4), (3, 3), (6, 7)])
def test_work_after_midnight_goes_with_its_night(last: int, feast: int | None) -> None:
    """Also after the last date, and on a holiday, where the night before it takes place."""
    problem = night_work(last)
    holidays = {} if feast is None else {NEXT + dt.timedelta(feast): "Tết"}

    made = new_week(problem, NEXT, Workdays(holidays=holidays)).problem

    is_held = feast != last
    assert [s.shift_id for s in made.shifts if s.start.hour == 22] == [f"N{last}"] * is_held
    for table in ("requirements", "demand"):
        found, before = getattr(made, table), getattr(problem, table)
        moved = [row.start + dt.timedelta(7) for row in before] * is_held
        assert [row.start for row in found] == moved, table


def test_times_that_a_change_of_clocks_leaves_out_are_later() -> None:
    """In Warsaw it is 3:00 after 1:59 on the last Sunday of March."""
    start = dt.date(2026, 3, 16)
    sunday = dt.datetime(2026, 3, 22)
    end = sunday + dt.timedelta(hours=2)
    last = plan(
        "M",
        "ana",
        start=start,
        horizon=Horizon(start=start, days=7, zone="Europe/Warsaw"),
        availability=[{"volunteer_id": "ana", "start": sunday, "end": end}],
        shifts=[
            {
                "shift_id": "n",
                "center_id": "home",
                "start": sunday - dt.timedelta(hours=4),
                "end": end,
            }
        ],
        requirements=[
            {"center_id": "home", "start": end - dt.timedelta(hours=hours), "end": end, "target": 1}
            for hours in (1, 2)
        ],
    )

    made = new_week(last, dt.date(2026, 3, 23)).problem

    assert made.shifts[0].end == dt.datetime(2026, 3, 29, 3)
    assert made.availability[0].end == dt.datetime(2026, 3, 29, 3)
    assert {need.end for need in made.requirements} == {dt.datetime(2026, 3, 29, 3)}


def test_a_session_that_looks_like_the_date_stays() -> None:
    """Hours from 7:30 on 30 July; the week after it is 6 August."""
    start = dt.date(2026, 7, 27)
    day = dt.datetime(2026, 7, 30)
    times = {"start": day + dt.timedelta(hours=7.5), "end": day + dt.timedelta(hours=11.5)}
    shifts = [{"shift_id": "home-0730-0730", "center_id": "home", **times}]
    last = plan("M", "ana", start=start, shifts=shifts)

    made = new_week(last, start + dt.timedelta(7)).problem

    assert [shift.shift_id for shift in made.shifts] == ["home-0806-0730"]


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


@pytest.mark.parametrize("day", [MONDAY, NEXT + dt.timedelta(1), MONDAY - dt.timedelta(7)])
def test_a_date_that_does_not_fit_is_a_fault(day: dt.date) -> None:
    """Same weekday, and after the last week."""
    with pytest.raises(InputError, match="the week must begin"):
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

    with pytest.raises(InputError, match="weeks must begin before 2200-01-01"):
        new_week(plan("M", "ana"), week)


@pytest.mark.parametrize("day", [dt.date.max, dt.date(9999, 12, 30), dt.date.min])
def test_the_last_dates_that_python_knows_are_faults(day: dt.date) -> None:
    """None is proposed that lies beyond them."""
    with pytest.raises(InputError, match=r"weeks? must begin"):
        new_week(office(), day)
    with pytest.raises(InputError, match="the week must begin"):
        new_week(office(), dt.date(1, 1, 3))


def test_what_holds_until_the_last_date_goes_on_until_then() -> None:
    """9999-12-31 is how other programs write that something has no end."""
    rule = Stability(first_day=MONDAY, last_day=dt.date.max)
    days = Days(dates=(MONDAY, dt.date.max))
    official = Official(days=days, start=dt.time(8), end=dt.time(12), people=1)

    week = new_week(office(officials=[official], rules=[rule]), NEXT).problem

    assert week.rules == (Stability(first_day=NEXT, last_day=dt.date.max),)
    assert week.officials[0].days.dates == (NEXT, dt.date.max)


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
