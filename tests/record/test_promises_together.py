"""Promises that are each fine and together leave no roster: some are let go, and all is said."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mornings import QUICK
from pace import costly

from shiftplan.cli.drafts import show_draft
from shiftplan.errors import InputError
from shiftplan.problem import Absence, Problem
from shiftplan.record import Call, ShiftAnswer
from shiftplan.record.entries import Changed
from shiftplan.record.live import LiveWeek
from shiftplan.record.planning import Keep
from shiftplan.scoring.check import check
from shiftplan.solving.result import Status
from shiftplan.solving.solve import solve
from shiftplan.testing.pictures import MONDAY, parse, plan
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Assignment, Roster

_PRICES = (
    {"rule": "coverage", "level": 1, "weight": 10},
    {"rule": "minimum_coverage"},
    {"rule": "qualified"},
    {"rule": "one_place"},
    {"rule": "max_shift_count", "value": 1, "per": "day"},
)
_GUIDE = {"skill_id": "portal", "min_level": 1}


def _confirms(pair: Assignment) -> ShiftAnswer:
    return ShiftAnswer(volunteer_id=pair[1], shift_id=pair[0], answer="confirmed")


def _torn() -> LiveWeek:
    """Bob and cho know the portal; each morning needs one who does, at one of two centers.

    Ana works `N0` besides, and nobody else can: it has nothing to do with what follows.
    """
    needs = (
        Requirement(shift_id="M0", minimum=1, target=1, **_GUIDE),
        Requirement(shift_id="m0", target=1),
        Requirement(shift_id="N0", target=1),
    )
    skilled = {"skills": {"portal": 1}}
    found = plan(
        "MmN",
        "ana bob cho",
        1,
        each={"bob": skilled, "cho": skilled},
        skills=({"skill_id": "portal"},),
        requirements=needs,
        rules=_PRICES,
    )
    live = LiveWeek(found, who="test")
    live.publish(live.draft(parse("ana  N\nbob  M\ncho  m")).number)
    pairs = live.now.told
    assert pairs is not None
    live.record(answers=map(_confirms, pairs.assignments))
    return live


@pytest.mark.parametrize("keep", ["firmly", "lightly", "nothing"])
def test_what_contradicts_is_let_go_and_nothing_else(keep: Keep) -> None:
    """Bob falls ill, and only cho can do what he did: cho moves, ana keeps what she confirmed."""
    live = _torn()
    live.record(Absence(volunteer_id="bob"))

    made = live.plan(keep=keep, **QUICK)

    assert made.result.status is Status.OPTIMAL
    assert made.let_go == Roster.of([("m0", "cho")])
    roster = made.result.require_roster()
    assert ("M0", "cho") in roster
    assert ("N0", "ana") in roster


@pytest.mark.parametrize("keep", ["firmly", "lightly", "all", "nothing"])
def test_calls_before_anything_is_told_are_let_go_too(keep: Keep) -> None:
    """Ana works one shift a day, and said that she comes to two; a plan is found all the same."""
    live = LiveWeek(_torn().files)
    live.record(calls=[Call(volunteer_id="ana", shift_id=s, answer="comes") for s in ("m0", "N0")])

    made = live.plan(keep=keep, **QUICK)

    assert made.result.status is Status.OPTIMAL
    assert made.let_go.assignments
    assert made.let_go == Roster.of(
        {("m0", "ana"), ("N0", "ana")} - {*made.result.require_roster().assignments}
    )


def test_the_draft_fits_the_week_that_it_makes() -> None:
    """The week no longer pins what was let go, so the draft can be told, and is of that week."""
    live = _torn()
    live.record(Absence(volunteer_id="bob"))

    made = live.repair(**QUICK)

    problem = live.now.problem
    assert made.let_go == Roster.of([("m0", "cho")])
    assert check(problem, made.result.require_roster()).is_feasible
    assert made.result.problem_digest == problem.digest
    assert {(p.shift_id, p.volunteer_id) for p in problem.pins if p.state == "must"} == {
        ("N0", "ana")
    }
    live.publish(even_if_poor=True)
    assert live.repair(**QUICK).let_go == Roster()


def test_commands_say_who_is_let_go(capsys: pytest.CaptureFixture[str]) -> None:
    """In both languages, on standard error, also where nothing else is shown."""
    live = _torn()
    live.record(Absence(volunteer_id="bob"))
    made = live.repair(**QUICK)
    words = {"en": "1 shift that was confirmed", "vi": "Phải bỏ 1 lượt trực đã xác nhận"}

    for lang in ("en", "vi"):
        show_draft(live, made, Path("week"), lang, quiet=True)
        title, line, *rest = capsys.readouterr().err.splitlines()
        assert title.startswith(words[lang])
        assert line.startswith("  - cho: ")
        assert not rest


def test_a_draft_of_before_a_promise_lets_nothing_go() -> None:
    """Ana confirmed after a draft without her was made: she stays, and the draft breaks a rule."""
    live = LiveWeek(_torn().files)
    live.publish(live.draft(parse("ana  N\nbob  M\ncho  m")).number)
    live.draft(parse("ana  .\nbob  M\ncho  m"), made_by="plan")

    live.record(answers=[_confirms(Assignment("N0", "ana"))])

    assert not check(live.now.problem, live.roster).is_feasible


def test_what_contradicts_without_promises_is_said_as_before() -> None:
    """Bob and cho are both ill: nobody is left for `M0`, whatever anybody promised."""
    live = _torn()
    live.record(Absence(volunteer_id="bob"), Absence(volunteer_id="cho"))

    made = live.repair(**QUICK)

    assert made.result.status is Status.INFEASIBLE
    assert made.let_go == Roster()
    assert all(member.rule != "pins" for member in made.result.conflict if not member.pairs)


def test_keeping_all_lets_nothing_go() -> None:
    """Who asks that nobody loses a shift is told that this is impossible."""
    live = _torn()
    live.record(Absence(volunteer_id="bob"))

    made = live.plan(keep="all", **QUICK)

    assert made.result.status is Status.INFEASIBLE
    assert made.let_go == Roster()


def test_who_was_called_may_be_let_go_too() -> None:
    """Cho was called for `m0` and comes; then only cho can do what bob, who is ill, would do."""
    live = _torn()
    live.publish(live.draft(parse("ana  N\nbob  M\ncho  .")).number, even_if_poor=True)
    live.record(calls=[Call(volunteer_id="cho", shift_id="m0", answer="comes")])
    live.record(Absence(volunteer_id="bob"))

    made = live.repair(**QUICK)

    assert made.let_go == Roster.of([("m0", "cho")])
    assert check(live.now.problem, made.result.require_roster()).is_feasible
    assert not live.now.called_in.assignments


@st.composite
def _promising(draw: st.DrawFn) -> tuple[Problem, list[Absence]]:
    """A tiny week of which some teams need a person, or one who knows the portal; absences."""
    people = ("ana", "bob", "cho", "dan")
    needs = []
    for shift_id in ("M0", "m0", "N0", "M1", "m1", "N1"):
        skill = draw(st.sampled_from([{}, _GUIDE]))
        least = draw(st.sampled_from([0, 0, 1]))
        needs.append(Requirement(shift_id=shift_id, minimum=least, target=1, **skill))
    week = plan(
        "MmN",
        " ".join(people),
        2,
        each={who: {"skills": {"portal": draw(st.integers(0, 1))}} for who in people},
        skills=({"skill_id": "portal"},),
        requirements=tuple(needs),
        rules=_PRICES,
    )
    noon = dt.datetime.combine(MONDAY, dt.time(12))
    away = st.builds(
        Absence,
        volunteer_id=st.sampled_from(people),
        start=st.sampled_from([None, noon]),
        end=st.none(),
    )
    return week, draw(st.lists(away, min_size=1, max_size=2, unique_by=str))


@settings(max_examples=15)
@given(_promising(), st.integers(0, 255))
def test_promises_alone_never_leave_a_week_without_a_roster(
    found: tuple[Problem, list[Absence]], silent: int
) -> None:
    """Where a repair finds none, there is none without promises either; else it fits its week."""
    week, absences = found
    first = solve(week, **QUICK)
    assume(first.roster is not None)
    live = LiveWeek(week)
    live.publish(live.draft(first.require_roster()).number, even_if_poor=True)
    pairs = first.require_roster().assignments
    said = [_confirms(pair) for i, pair in enumerate(pairs) if not silent >> i & 1]
    live.record(*absences, answers=said)
    before = live.now

    made = live.repair(**QUICK)

    if made.result.roster is None:
        free = before.letting_go(before.promised)
        assert solve(free.problem, **QUICK).status is Status.INFEASIBLE
        return
    kept = set(made.result.roster.assignments)
    assert check(live.now.problem, made.result.roster).is_feasible
    assert made.result.problem_digest == live.now.problem.digest
    assert before.promised - kept == set(made.let_go.assignments)
    assert live.now.promised == before.promised & kept


@costly(0.35)
@given(st.data())
def test_a_week_remembered_is_the_one_made_anew(data: st.DataObject) -> None:
    """Whatever is recorded, and however the entries are split, the current week is the same."""
    live = _torn()
    people = st.sampled_from(["ana", "bob", "cho"])
    shifts = st.sampled_from(["M0", "m0", "N0"])
    absences = data.draw(st.lists(st.builds(Absence, volunteer_id=people), max_size=4))
    answers = st.builds(
        ShiftAnswer,
        volunteer_id=people,
        shift_id=shifts,
        answer=st.sampled_from(["confirmed", "declined"]),
    )
    for absence in absences:
        live.record(absence)
        if data.draw(st.booleans()):
            live.draft(parse("ana  N\nbob  .\ncho  M"))
        live.record(answers=data.draw(st.lists(answers, max_size=2)))

    assert live.detached().now == live.now


@costly(0.35)
@given(st.data())
def test_absences_in_a_row_count_as_each_alone(data: st.DataObject) -> None:
    """Also where one stands twice, where they overlap, and where one does not fit any more."""
    live = LiveWeek(_torn().files)
    noon = dt.datetime.combine(MONDAY, dt.time(12))
    one = st.builds(
        Absence,
        volunteer_id=st.sampled_from(["ana", "bob", "new"]),
        start=st.sampled_from([None, noon]),
        end=st.none(),
    )
    absences = data.draw(st.lists(one, max_size=5))
    expected, fitting = live.files, []
    for absence in absences:
        with suppress(InputError):
            expected = expected.with_changes(absence)
            fitting.append(absence)

    live.append(lambda _: [(Changed(changes=(absence,)), None) for absence in absences])

    now = live.now
    assert set(now.problem.pins) == set(expected.pins)
    assert list(now.changes) == fitting
    assert len(now.unfit) == len(absences) - len(fitting)
