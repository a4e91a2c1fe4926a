"""A week after changes: by hand, and what stays as it was for any week."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pace import costly
from strategies import problems, rosters

from shiftplan.case.case import Case
from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.problem.changes import (
    Absence,
    AnyChange,
    Arrival,
    Cancellation,
    Closing,
    Need,
    Offer,
    Update,
    absent,
    closed,
)
from shiftplan.rules import Available
from shiftplan.scoring.check import check
from shiftplan.solving.building import build
from shiftplan.testing.pictures import MONDAY, parse, plan, shift, window
from shiftplan.week.history import Published
from shiftplan.week.records import Availability, Shift, Volunteer
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster
from shiftplan.week.wishes import Pin, Preference

NEEDS = (
    Requirement(shift_id="M0", minimum=1, target=2, reason="many citizens"),
    Requirement(shift_id="m1", target=1),
)
SOFT_WINDOWS = Available(level=2, max_minutes=240)
"""Four hours of a shift may lie outside windows, at a price."""


def at(day: int, hour: int) -> dt.datetime:
    return dt.datetime.combine(MONDAY, dt.time(hour)) + dt.timedelta(day)


def week(**fields: Any) -> Problem:
    """Mornings at home and far away on three days, for Ana and Bob."""
    return plan("Mm", "ana bob", 3, **{"requirements": NEEDS, **fields})


def barred(problem: Problem) -> set[tuple[str, str]]:
    return {(p.volunteer_id, p.shift_id) for p in problem.pins if p.state == "must_not"}


# ---- by hand


def test_an_absence_keeps_somebody_out_of_the_shifts_it_overlaps():
    """From Monday 10:00 to Tuesday 07:00: Monday's mornings, and no other."""
    after = week().with_changes(Absence(volunteer_id="ana", start=at(0, 10), end=at(1, 7)))

    assert barred(after) == {("ana", "M0"), ("ana", "m0")}
    assert after.model_copy(update={"pins": ()}) == week()


def test_an_absence_lifts_the_pins_it_contradicts():
    """Ana must work on Monday and Tuesday; she is absent on Monday."""
    pins = tuple(Pin(volunteer_id="ana", shift_id=s, state="must") for s in ("M0", "M1"))

    after = week(pins=pins).with_changes(Absence(volunteer_id="ana", end=at(1, 0)))

    assert [p for p in after.pins if p.state == "must"] == [pins[1]]


@pytest.mark.parametrize("wrap", [list, tuple, lambda changes: changes[0].model_dump()])
def test_changes_are_given_one_by_one(wrap):
    """A list of changes, or a table's row, would change nothing without a word."""
    with pytest.raises(TypeError, match="one by one"):
        week().with_changes(wrap([Absence(volunteer_id="ana")]))


def test_a_closed_center_needs_and_gets_nobody():
    """The far center is closed on Tuesday: its requirement goes, and nobody may work there."""
    change = Closing(center_id="far", start=at(1, 0), end=at(2, 0))

    after = week().with_changes(change)

    assert after.requirements == NEEDS[:1]
    assert barred(after) == {("ana", "m1"), ("bob", "m1")}
    assert after.shifts == week().shifts


def test_a_cancelled_shift_is_a_closed_one():
    """Only Monday's morning at home does not take place."""
    after = week().with_changes(Cancellation(shift_id="M0"))

    assert after.requirements == NEEDS[1:]
    assert barred(after) == {("ana", "M0"), ("bob", "M0")}


def test_who_is_absent_works_no_shift_outside_windows_either():
    """Ana offers the first three hours of mornings; rules allow one hour more."""
    offer = Availability(volunteer_id="ana", start=at(0, 7), end=at(0, 10))
    hour_more = {"rule": "available", "level": 2, "max_minutes": 60}
    problem = plan("MA", "ana", 1, availability=(offer,), rules=(hour_more,))

    assert barred(problem.with_changes(Absence(volunteer_id="ana"))) == {("ana", "M0")}
    assert barred(problem.with_changes(Cancellation(shift_id="M0"))) == {("ana", "M0")}


def test_the_alternative_of_a_cancelled_shift_is_held():
    """A talk on Monday or Tuesday: without Monday, people are wanted on Tuesday."""
    talks = [shift("M", day, alternative="talk") for day in (0, 1)]
    needs = [{"shift_id": talk.shift_id, "target": 1} for talk in talks]
    problem = plan("M", "ana", 2, shifts=talks, requirements=needs)

    before, after = problem, problem.with_changes(Cancellation(shift_id="M0"))

    assert [n.shift_id for n in Case(before, Roster()).asking] == ["M0"]
    assert [n.shift_id for n in Case(after, Roster()).asking] == ["M1"]
    assert not any(s.alternative for s in after.shifts)  # a name that stands once looks mistyped


def test_a_cancelled_shift_is_no_optional_one_that_is_lost():
    """Nothing costs where nobody works a fair that does not take place."""
    fair = (shift("M", 0, optional=True),)
    rules = ({"rule": "hold_optional", "weight": 300},)
    problem = plan("M", "ana", 1, shifts=fair, rules=rules)

    assert check(problem, Roster()).total == 300
    assert check(problem.with_changes(Cancellation(shift_id="M0")), Roster()).total == 0


def test_requirements_rise_fall_and_come_new():
    """What is not named stays; the minimum is never above the target."""
    after = week().with_changes(
        Need(shift_id="M0", target=0), Need(shift_id="M2", minimum=1, target=3)
    )

    assert after.requirements == (
        Requirement(shift_id="M0", minimum=0, target=0, reason="many citizens"),
        NEEDS[1],
        Requirement(shift_id="M2", minimum=1, target=3),
    )


def test_somebody_new_comes_with_windows():
    """Cho arrives with one window and offers another; the closing is for her too."""
    cho = Arrival(
        volunteer=Volunteer(volunteer_id="cho"), windows=(window("cho", first=0, last=1),)
    )
    more = Offer(window=window("cho", first=2, last=3))

    after = week().with_changes(Cancellation(shift_id="M2"), more, cho)

    assert [v.volunteer_id for v in after.volunteers] == ["ana", "bob", "cho"]
    assert ("cho", "M2") in barred(after)
    assert len(after.availability) == len(week().availability) + 2


def test_rows_take_the_place_of_those_about_the_same():
    """A limit, a room, another time, a new shift, a pin that turns round, and a wish."""
    pin = Pin(volunteer_id="ana", shift_id="M0", state="must_not")
    wish = Preference(volunteer_id="bob", date=MONDAY, state="against", weight=3)
    problem = week(pins=(pin,), preferences=(wish,))
    ana, shift, home = problem.volunteers[0], problem.shifts[0], problem.centers[0]
    rows = [
        ana.model_copy(update={"max_shifts": 1}),
        home.model_copy(update={"capacity": 7}),
        shift.model_copy(update={"end": at(0, 12)}),
        Shift(shift_id="new", center_id="home", start=at(2, 18), end=at(2, 20)),
        pin.model_copy(update={"state": "must"}),
        wish.model_copy(update={"weight": 9}),
    ]

    after = problem.with_changes(*(Update(row=row) for row in rows))

    assert after.volunteers == (rows[0], problem.volunteers[1])
    assert after.centers[0] == rows[1]
    assert after.shifts == (rows[2], *problem.shifts[1:], rows[3])
    assert (after.pins, after.preferences) == ((rows[4],), (rows[5],))


def test_what_rules_forbid_since_a_row_is_different_is_kept_no_more():
    """Ana goes no farther than her commune now; what was forbidden before stays as it was."""
    rules = ({"rule": "max_distance"},)
    problem = week(
        each={"ana": {"home_center_id": "home"}, "bob": {"home_center_id": "home"}}, rules=rules
    )
    roster = parse("ana  m . M\nbob  m . .")
    near = problem.volunteers[0].model_copy(update={"max_distance_km": 0})

    after = problem.with_changes(Update(row=near), roster=roster)

    assert {(p.volunteer_id, p.shift_id) for p in after.published} == {("ana", "M2"), ("bob", "m0")}


def test_the_roster_that_was_published_is_kept_where_it_is_possible():
    """Ana is absent on Monday; Bob was not told of Monday, as the table says."""
    told = (Published(volunteer_id="bob", shift_id="M0", told=False),)
    roster = parse("ana  M M .\nbob  M . .")

    after = week(published=told).with_changes(
        Absence(volunteer_id="ana", end=at(1, 0)), roster=roster
    )

    assert after.published == (
        Published(volunteer_id="bob", shift_id="M0", told=False),
        Published(volunteer_id="ana", shift_id="M1"),
    )


SUNDAY = at(-1, 0)
PINNED = Update(row=Pin(volunteer_id="ana", shift_id="M0", state="must"))
BARRED = Update(row=Pin(volunteer_id="ana", shift_id="M0", state="must_not"))
CANCELLED = Cancellation(shift_id="M0")
FAULTS: list[tuple[list[AnyChange], list[tuple[str, int, str]]]] = [
    ([Absence(volunteer_id="anna")], [("unknown_id", 0, "volunteer_id")]),
    ([Closing(center_id="moon")], [("unknown_id", 0, "center_id")]),
    ([Cancellation(shift_id="X0")], [("unknown_id", 0, "shift_id")]),
    ([Need(shift_id="X0", target=1)], [("unknown_id", 0, "shift_id")]),
    ([Need(shift_id="M0", skill_id="portal", target=1)], [("unknown_id", 0, "skill_id")]),
    ([Need(shift_id="M1")], [("missing_value", 0, "target")]),
    ([Need(shift_id="M0")], [("missing_value", 0, "target")]),
    ([Need(shift_id="M1", minimum=1)], [("missing_value", 0, "target")]),
    ([Need(shift_id="M0", minimum=3)], [("minimum_above_target", 0, "minimum")]),
    (
        [Absence(volunteer_id="ana", start=at(1, 0), end=at(0, 0))],
        [("reversed_interval", 0, "end")],
    ),
    ([Absence(volunteer_id="ana", end=SUNDAY)], [("outside_horizon", 0, "end")]),
    ([Closing(center_id="far", start=at(9, 0))], [("outside_horizon", 0, "start")]),
    ([Absence(volunteer_id="ana")] * 2, [("duplicate_row", 1, "")]),
    ([CANCELLED, Need(shift_id="M0", target=3)], [("contradicting_changes", 1, "shift_id")]),
    (
        [Need(shift_id="M0", target=n) for n in (3, 4)],
        [("contradicting_changes", 1, "shift_id")],
    ),
    ([Arrival(volunteer=Volunteer(volunteer_id="ana"))], [("duplicate_id", 0, "volunteer_id")]),
    (
        [Arrival(volunteer=Volunteer(volunteer_id="cho", home_center_id="moon"))],
        [("unknown_id", 0, "home_center_id")],
    ),
    (
        [Offer(window=Availability(volunteer_id="ana", start=at(8, 18), end=at(9, 13)))],
        [("overlapping_windows", 0, "start")],
    ),
    ([Offer(window=window("cho"))], [("unknown_id", 0, "volunteer_id")]),
    (
        [Update(row=Volunteer(volunteer_id="cho", max_shifts=n)) for n in (1, 2)],
        [
            ("unknown_id", 0, "volunteer_id"),
            ("unknown_id", 1, "volunteer_id"),
            ("contradicting_changes", 1, "volunteer_id"),
        ],
    ),
    ([PINNED, BARRED], [("contradicting_changes", 1, "volunteer_id")]),
    ([PINNED, Absence(volunteer_id="ana")], [("contradicting_changes", 0, "volunteer_id")]),
    ([PINNED, CANCELLED], [("contradicting_changes", 0, "volunteer_id")]),
    (
        [Update(row=Shift(shift_id="new", center_id="moon", start=at(9, 8), end=at(9, 9)))],
        [("unknown_id", 0, "center_id"), ("outside_horizon", 0, "start")],
    ),
    (
        [Cancellation(shift_id="X0"), Absence(volunteer_id="ana"), Closing(center_id="moon")],
        [("unknown_id", 0, "shift_id"), ("unknown_id", 2, "center_id")],
    ),
]


@pytest.mark.parametrize(("changes", "expected"), FAULTS)
def test_what_does_not_fit_is_told_at_its_change(changes, expected):
    """All faults at once, each with the place of the change and its column."""
    with pytest.raises(InputError) as caught:
        week().with_changes(*changes)

    found = caught.value.faults
    assert [(f.code, f.index, f.column) for f in found] == expected
    assert {f.table for f in found} == {"changes"}


# ---- any week


@st.composite
def cases(draw: st.DrawFn) -> tuple[Problem, list[AnyChange]]:
    """A week, and up to four changes that fit it."""
    problem = draw(problems())
    generous = draw(st.sampled_from([(), (Available(max_minutes=90),), (SOFT_WINDOWS,)]))
    problem = problem.model_copy(update={"rules": (*problem.rules, *generous)})
    people = [v.volunteer_id for v in problem.volunteers]
    midnight = dt.datetime.combine(problem.horizon.start, dt.time())
    changes: list[AnyChange] = []
    for _ in range(draw(st.integers(0, 4))):
        first = draw(st.integers(0, 24 * problem.horizon.days - 1))
        start = midnight + dt.timedelta(hours=first)
        span = {
            "start": draw(st.sampled_from([None, start])),
            "end": draw(st.sampled_from([None, start + dt.timedelta(hours=9)])),
        }
        shift = draw(st.sampled_from([s.shift_id for s in problem.shifts] or [""]))
        center = draw(st.sampled_from([c.center_id for c in problem.centers]))
        options: list[AnyChange] = [Closing(center_id=center, **span)]
        if people:
            options.append(Absence(volunteer_id=draw(st.sampled_from(people)), **span))
        if shift:
            options.append(Cancellation(shift_id=shift))
            options.append(Need(shift_id=shift, target=draw(st.integers(0, 5)), minimum=0))
        change = draw(st.sampled_from(options))
        fits = not isinstance(change, Need) or not any(isinstance(c, Need) for c in changes)
        if change not in changes and fits:
            changes.append(change)
    needs = [c for c in changes if isinstance(c, Need)]
    gone = {s.shift_id for s in problem.shifts if closed(changes, s)}
    return problem, [c for c in changes if c not in needs or c.shift_id not in gone]


quick = settings(costly(0.3), suppress_health_check=[HealthCheck.too_slow])


@quick
@given(cases())
def test_a_changed_week_is_a_valid_week(case):
    """What comes out would be accepted from a file."""
    problem, changes = case

    after = problem.with_changes(*changes)

    fields = {name: getattr(after, name) for name in Problem.model_fields}
    assert Problem.model_validate(fields) == after


@quick
@given(cases())
def test_nobody_can_work_where_they_are_absent_or_it_is_closed(case):
    """The model has no such pair, everybody else's pairs stay, and all pins left can hold."""
    problem, changes = case
    after = problem.with_changes(*changes)

    def pairs(which: Problem) -> set[tuple[int, int]]:
        model = build(which)
        return set(zip(model.pairs.volunteer.tolist(), model.pairs.shift.tolist(), strict=True))

    out = {
        (i, j)
        for i, v in enumerate(problem.volunteers)
        for j, s in enumerate(problem.shifts)
        if absent(changes, v.volunteer_id, s) or closed(changes, s)
    }
    assert pairs(after) == pairs(problem) - out
    must = {(p.volunteer_id, p.shift_id) for p in after.pins if p.state == "must"}
    assert must.isdisjoint(barred(after))


@quick
@given(cases(), st.data())
def test_absences_leave_shares_and_costs_as_they_are(case, data):
    """A roster without the absent costs what it did, and everybody's offers are the same."""
    problem, changes = case
    changes = [c for c in changes if isinstance(c, Absence)]
    after = problem.with_changes(*changes)
    shifts = {s.shift_id: s for s in problem.shifts}
    roster = Roster.of(
        (s, v)
        for s, v in data.draw(rosters(problem)).assignments
        if not absent(changes, v, shifts[s])
    )

    before_case, after_case = Case(problem, roster), Case(after, roster)

    assert check(after, roster).levels == check(problem, roster).levels
    assert all(
        before_case.offers.count(v) == after_case.offers.count(v) for v in problem.volunteers
    )


@quick
@given(cases())
def test_the_order_of_changes_does_not_matter(case):
    """Changes in reverse order make the same rosters possible, at the same costs."""
    problem, changes = case

    one, other = problem.with_changes(*changes), problem.with_changes(*reversed(changes))

    assert set(one.pins) == set(other.pins)
    assert one.requirements == other.requirements
