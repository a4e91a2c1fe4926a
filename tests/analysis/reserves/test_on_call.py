"""People who stand by: first among equals on the lists, candidates of a shift, never planned."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from standing import PORTAL, ranked

from shiftplan import solve, suggest
from shiftplan.analysis import explain_seat, reserves
from shiftplan.analysis.on_call import call_in, with_stand_by
from shiftplan.present import lines
from shiftplan.present.answers.trades import TradeWords
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.problem.changes import Offer, Update
from shiftplan.testing.pictures import MONDAY, parse, plan, window
from shiftplan.week.history import History
from shiftplan.week.records import StandBy
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster
from shiftplan.week.wishes import Pin

DAWN = dt.datetime.combine(MONDAY, dt.time())


def on_call(who: str, *hours: float) -> StandBy:
    """An offer between hours from Monday on; the whole week without hours."""
    start, end = [DAWN + dt.timedelta(hours=hour) for hour in hours] or [None, None]
    return StandBy(volunteer_id=who, start=start, end=end)


def week(*rows: StandBy, who: str = "ana bob cleo", **fields: Any) -> Problem:
    """A day with one shift M, 07:00 to 11:00; only those of `free` can be planned."""
    free = fields.pop("free", "cleo").split()
    windows = tuple(window(name) for name in free)
    return plan("M", who, 1, **{"availability": windows, "stand_by": rows, **fields})


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), ["cleo"]),
        ((on_call("bob"),), ["bob", "cleo"]),
        ((on_call("bob", 7, 11),), ["bob", "cleo"]),
        ((on_call("bob", 7, 10.75),), ["cleo"]),  # 15 minutes short
        ((on_call("bob", 11, 24),), ["cleo"]),
        ((on_call("bob", 7, 9), on_call("bob", 9, 11)), ["bob", "cleo"]),
        ((on_call("cleo", 8, 9), on_call("ana")), ["ana", "cleo"]),  # both, then by the load
        ((on_call("bob"), on_call("ana")), ["ana", "bob", "cleo"]),
    ],
)
def test_who_stands_by_is_on_the_list_and_comes_first(
    rows: tuple[StandBy, ...], expected: list[str]
) -> None:
    """Times of standing by together contain the shift; nobody else's place changes."""
    problem = week(*rows, history=(History(volunteer_id="cleo", shifts_worked=1),))

    assert ranked(problem, Roster()) == expected


def test_a_window_and_an_offer_contain_a_shift_together() -> None:
    """Bob can come from 9:00 on, and stands by before."""
    later = window("bob").model_copy(update={"start": DAWN + dt.timedelta(hours=9)})
    problem = week(on_call("bob", 6, 9), availability=(later, window("cleo")))

    assert ranked(problem, Roster()) == ["bob", "cleo"]
    offer, pin = call_in(problem, "M0", "bob")
    assert isinstance(offer, Offer)
    assert (offer.window.start.hour, offer.window.end.hour) == (7, 9)
    assert pin == Update(row=Pin(volunteer_id="bob", shift_id="M0", state="must"))


def test_what_is_covered_comes_before_standing_by() -> None:
    """Nobody with the skill is there: cleo covers 1, and bob none."""
    needs = (Requirement(shift_id="M0", skill_id="portal", minimum=1, target=1),)
    each = {"cleo": {"skills": {"portal": 1}}}
    problem = week(on_call("bob"), skills=PORTAL, requirements=needs, each=each)

    assert ranked(problem, Roster()) == ["cleo", "bob"]


def test_standing_by_comes_before_lists_and_calls() -> None:
    """Bob is on the list of another shift at that time, and has been called three times."""
    problem = plan("MO", "bob cleo", 1, stand_by=(on_call("bob"),))
    found = reserves(problem, Roster(), called={"bob": 3})

    assert [(r.shift_id, r.volunteer_id) for r in found if r.rank == 1] == [
        ("M0", "bob"),
        ("O0", "bob"),
    ]


def test_calls_count_like_lists() -> None:
    """Ana was called once: bob is first, then on one list himself; unknown people are ignored."""
    problem = plan("MA", "ana bob", 1)

    def firsts(**called: int) -> list[str]:
        found = reserves(problem, Roster(), called=called)
        return [r.volunteer_id for r in found if r.rank == 1]

    assert firsts() == ["bob", "ana"] or firsts() == ["ana", "bob"]
    assert firsts(ana=2, nobody=9) == ["bob", "bob"]
    assert firsts(bob=2) == ["ana", "ana"]


def test_the_reason_says_so() -> None:
    """The shift counts as offered."""
    first, second = reserves(week(on_call("bob")), Roster())

    assert str(first.reason) == (
        "one more person, offered to stand by, at the home center, 0 of 1 shifts used"
    )
    assert "stand by" not in str(second.reason)
    assert "đã nhận dự bị" in Words("vi")(first.reason)


def test_nobody_is_planned_where_they_only_stand_by() -> None:
    """The seats stay empty, and nobody misses the offer among those who cannot come."""
    problem = week(on_call("ana"), on_call("bob"), free="", rules=({"rule": "coverage"},))
    needs = (Requirement(shift_id="M0", minimum=1, target=2),)

    found = solve(problem.model_copy(update={"requirements": needs}), time_limit=None)

    assert found.roster == Roster()


def test_candidates_of_a_shift_include_who_stands_by() -> None:
    """As if they had offered its hours; those who offered nothing are barred by that."""
    problem = week(on_call("bob"), free="", rules=({"rule": "coverage"},))
    found = suggest(problem, Roster(), "M0")

    assert [(c.volunteer_id, c.standing, c.stands_by) for c in found.candidates] == [
        ("bob", "possible", True),
        ("ana", "barred", False),
        ("cleo", "barred", False),
    ]
    assert found.ranked[0].as_dict()["stands_by"] is True
    assert TradeWords(problem, "en").candidate(found.candidates[0]).endswith("Offered to stand by.")


def test_an_empty_seat_names_those_who_can_be_called() -> None:
    """They are no reason against planning, and no person whom planning forgot."""
    needs = (Requirement(shift_id="M0", minimum=1, target=2),)
    problem = week(on_call("bob"), free="cleo", rules=({"rule": "coverage"},), requirements=needs)

    found = explain_seat(problem, parse("cleo  M"), "M0")

    kinds = [(p.volunteer_id, p.kind) for p in found.people]
    assert kinds == [("bob", "on_call"), ("ana", "forbidden"), ("cleo", "in_it")]
    assert "1 person stands by and can be called" in lines(found, "en")[1]
    assert "1 người dự bị, có thể gọi" in lines(found, "vi")[1]


@pytest.mark.parametrize(("weight", "kind"), [(1, "free"), (1000, "too_dear")])
def test_who_may_work_outside_their_windows_stands_by_for_nothing(weight: int, kind: str) -> None:
    """Bob offers all but the last hour of a morning, which rules allow at a price."""
    until_ten = window("bob").model_copy(
        update={"end": dt.datetime.combine(MONDAY, dt.time(10))},
    )
    hour = {"rule": "available", "level": 2, "weight": weight, "max_minutes": 60}
    problem = plan(
        "M",
        "bob",
        1,
        availability=[until_ten],
        requirements=[{"shift_id": "M0", "target": 1}],
        rules=[{"rule": "coverage", "level": 2, "weight": 10_000}, hour],
    )

    (bob,) = explain_seat(problem, Roster(), "M0").people

    assert bob.kind == kind


def test_who_works_then_stands_by_for_nothing() -> None:
    """Bob is called in for nothing while he works elsewhere."""
    rules = ({"rule": "one_place"},)
    problem = plan("MO", "bob", 1, stand_by=(on_call("bob"),), rules=rules)

    assert ranked(problem, parse("bob  O")) == []


def test_a_long_night_beside_a_window_is_no_fault() -> None:
    """Such windows may be swapped times where people write them; here nobody did."""
    problem = week(on_call("bob", -4, 11), free="bob cleo")

    assert ranked(problem, Roster()) == ["bob", "cleo"]
    with_stand_by(problem).need_fit()
