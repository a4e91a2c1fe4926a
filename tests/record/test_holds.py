"""What is held of a draft stays in a search around it; what it finds is a proposal."""

from __future__ import annotations

from typing import Any

import pytest
from brute_force import every_roster
from hypothesis import example, given
from hypothesis import strategies as st
from mornings import QUICK, fault_of, told, week
from pace import costly

from shiftplan import Problem, Requirement, Roster, check
from shiftplan.analysis.candidates import leaves
from shiftplan.errors import InputError
from shiftplan.problem.changes import Absence, still_allowed
from shiftplan.record import Hold, LiveWeek
from shiftplan.record.entries import Held
from shiftplan.record.holding import around
from shiftplan.testing.pictures import parse, plan, window
from shiftplan.week.wishes import Pin

PEOPLE, SHIFTS = ("ana", "bob", "cho"), ("M0", "A0", "M1")
WEEK = plan(
    {0: "MA", 1: "M"},
    " ".join(PEOPLE),
    2,
    requirements=[Requirement(shift_id=s, target=1 + (s == "M0")) for s in SHIFTS],
    each={"cho": {"max_shifts": 1}},
    availability=[window("ana"), window("bob"), window("cho", last=1)],
    pins=[Pin(volunteer_id="bob", shift_id="M1", state="must_not")],
    rules=(
        {"rule": "coverage", "level": 1, "weight": 10},
        {"rule": "fairness", "level": 2, "weight": 12},
        {"rule": "max_shifts"},
        {"rule": "one_place"},
    ),
)
EVERY = every_roster(WEEK)
MONDAY = WEEK.horizon.start

holds = st.one_of(
    st.builds(Hold, volunteer_id=st.sampled_from(PEOPLE)),
    st.builds(Hold, shift_id=st.sampled_from(SHIFTS)),
    st.builds(Hold, volunteer_id=st.sampled_from(PEOPLE), shift_id=st.sampled_from(SHIFTS)),
    st.builds(Hold, day=st.sampled_from(WEEK.horizon.dates)),
    st.just(Hold(center_id="home")),
)


def agree(problem: Problem, one: Roster, other: Roster, held: list[Hold]) -> bool:
    """Whether two rosters are the same where it is held, as somebody compares them by eye.

    What a pin demands is decided already.
    """
    pinned = {(pin.shift_id, pin.volunteer_id) for pin in problem.pins if pin.state == "must"}
    for hold in held:
        for pair in {*one.assignments, *other.assignments} - pinned:
            shift = problem.shift_by_id[pair.shift_id]
            if hold.volunteer_id is not None and hold.shift_id is not None:
                is_held = pair == (hold.shift_id, hold.volunteer_id) and pair in one
            else:
                is_held = (
                    hold.volunteer_id == pair.volunteer_id
                    or hold.shift_id == pair.shift_id
                    or hold.day == shift.day
                    or hold.center_id == shift.center_id
                )
            if is_held and (pair in one) != (pair in other):
                return False
    return True


CONFIRMED = (*WEEK.pins, Pin(volunteer_id="cho", shift_id="A0", state="must"))
weeks = st.sampled_from(
    (
        WEEK,
        WEEK.with_changes(Absence(volunteer_id="ana")),
        WEEK.model_copy(update={"pins": CONFIRMED}),
    )
)


@example(
    problem=WEEK.model_copy(update={"pins": CONFIRMED}),
    roster=Roster(),
    held=[Hold(volunteer_id="cho")],
)
@costly(0.35)
@given(problem=weeks, roster=st.sampled_from(EVERY), held=st.lists(holds, max_size=2))
def test_a_search_may_find_just_what_agrees_with_what_is_held(
    problem: Problem, roster: Roster, held: list[Hold]
):
    """Every roster of the problem around it can be worked and agrees; and all that do are its."""
    left = still_allowed(problem, roster)

    searched = around(problem, roster, held)

    for other in EVERY:
        score = check(problem, other)
        can = score.is_feasible and agree(problem, left, other, held)
        found = check(searched, other)
        assert found.is_feasible == can
        assert found.total == score.total


def test_a_proposal_is_the_best_around_what_is_held():
    """Ana's two mornings stay; bob and cho share the rest. It is taken over when somebody says."""
    live = told("ana  M M .\nbob  . . .\ncho  . . M")
    live.hold(Hold(volunteer_id="ana"))
    live.hold(Hold(volunteer_id="cho", shift_id="M2"))

    found = live.improve(**QUICK)

    assert found.version is not None
    assert found.result.roster == live.now.told  # all that is left is held
    live.hold(off=[Hold(volunteer_id="ana")])
    found = live.improve(**QUICK)
    best = min(
        check(live.now.problem, roster).total
        for roster in every_roster(live.now.problem)
        if ("M2", "cho") in roster and check(live.now.problem, roster).is_feasible
    )
    assert found.version is not None
    assert found.result.total.cost == found.version.draft.cost == found.held_bound == best
    assert found.version.draft.made_by == "improve"
    assert [*live.now.state.drafts] == ["#2", "#3"]
    assert (live.now.state.draft, live.now.draft) == (None, None)

    taken = live.take(found.version.number, of=1)
    assert live.now.draft == found.result.roster
    assert taken.version.draft.like == 3


def test_a_bound_with_holds_is_none_of_the_week():
    """Everybody is held, so nothing better is possible; of the week nothing is proven by that."""
    live = told("ana  M M M\nbob  . . .\ncho  . . .")

    held = live.hold(*(Hold(volunteer_id=who) for who in PEOPLE))
    bound = live.improve(**QUICK)
    live.hold(off=held)
    free = live.improve(**QUICK)

    assert bound.held_bound == bound.result.total.cost
    assert bound.result.total.bound is None
    assert bound.version is not None
    assert bound.version.draft.bound is None
    assert free.version is not None
    assert free.held_bound == free.version.draft.bound == free.result.total.cost
    assert free.result.total.cost < bound.held_bound


def test_what_is_held_against_the_rules_has_no_roster():
    """Ana has two mornings and may work one; whoever holds her is told why there is nothing."""
    live = LiveWeek(week(each={"ana": {"max_shifts": 1}}))
    live.draft(parse("ana  M M .\nbob  . . .\ncho  . . M"))
    live.hold(Hold(volunteer_id="ana"))
    heard: list[Any] = []
    live.subscribe(heard.append)

    found = live.improve(**QUICK)

    assert (found.result.roster, found.version) == (None, None)
    assert {member.rule for member in found.result.conflict} == {"pins", "max_shifts"}
    assert [event.event for event in heard] == ["failed"]


def test_others_go_on_while_it_searches():
    """Their moves are no part of the proposal, and are listed."""
    live = told()
    other = LiveWeek(live.files, live._store, who="minh")

    def move(progress: object) -> None:
        if not other.now.state.drafts:
            other.move(leaves("M0", "ana"), of=1)

    found = live.improve(on_progress=move, **QUICK)

    assert found.version is not None
    assert (found.version.number, found.version.draft.of) == (3, 1)
    assert [entry.body.version for entry in found.meanwhile] == [2]
    assert live.roster_of(3) == found.result.roster


def test_holds_are_of_a_draft_and_end_with_it():
    """They are listed once each, are nobody's in other drafts, and go when it is closed."""
    live = told()
    live.name_draft("B")
    ana, day = Hold(volunteer_id="ana"), Hold(day=MONDAY)

    assert live.hold(ana, day, ana, name="B") == (ana, day)
    assert live.hold(ana, name="B") == (ana, day)
    assert live.hold(off=[day, Hold(center_id="home")], name="B") == (ana,)
    assert [e.body for e in live.entries if isinstance(e.body, Held)] == [
        Held(name="B", on=(ana, day)),
        Held(name="B", off=(day,)),
    ]
    assert live.now.state.holds == {"B": (ana,)}
    live.drop_draft("B")
    assert live.now.state.holds == {}
    with pytest.raises(InputError, match="no open draft"):
        live.hold(ana, name="B")
    with pytest.raises(InputError, match="no open draft"):
        live.improve("B", **QUICK)


@pytest.mark.parametrize(
    ("hold", "code"),
    [
        (Hold(volunteer_id="zoe"), "unknown_id"),
        (Hold(shift_id="M9"), "unknown_id"),
        (Hold(center_id="nowhere"), "unknown_id"),
        (Hold(volunteer_id="ana", shift_id="M9"), "unknown_id"),
        (Hold(day=MONDAY.replace(year=2000)), "outside_horizon"),
    ],
)
def test_only_what_is_in_the_week_can_be_held(hold: Hold, code: str):
    """Unknown ids and other dates are refused."""
    with pytest.raises(InputError) as error:
        told().hold(hold)

    assert fault_of(error)[0] == code


@pytest.mark.parametrize(
    "fields",
    [{}, {"day": MONDAY, "center_id": "home"}, {"shift_id": "M0", "center_id": "home"}],
)
def test_a_hold_is_of_one_thing(fields: dict[str, Any]):
    """Nothing, or two at once, is none."""
    with pytest.raises(ValueError, match="a hold is of one"):
        Hold(**fields)


def test_a_plan_from_nothing_can_be_a_proposal():
    """Where nobody was planned yet, it is kept whole."""
    live = LiveWeek(told().files)

    found = live.improve(**QUICK)

    assert found.version is not None
    assert live.roster_of(1) == found.result.roster
    assert (live.now.roster, found.version.draft.of) == (None, None)
    live.take(1, of=None)
    assert live.roster == found.result.roster
