"""Ctrl-C while something is searched: every door ends softly, as `solve` does."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable

import pytest
from conflicts import must

import shiftplan
from shiftplan.analysis.advice.prices import StepPrices
from shiftplan.analysis.repair.quick import QuickMoves
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.solving import around
from shiftplan.solving.conflict.search import Search
from shiftplan.solving.interrupts import interrupts
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.requirements import Requirement


def pressing(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> list[int]:
    """Press Ctrl-C once, before a function does its work; the list has the times it was called."""
    true, calls = getattr(owner, name), []

    def pressed(*args: object, **options: object) -> object:
        calls.append(len(calls))
        if len(calls) == 1:
            signal.raise_signal(signal.SIGINT)
        return true(*args, **options)

    monkeypatch.setattr(owner, name, pressed)
    return calls


def contradicting() -> Problem:
    """Ana shall be at two places at once."""
    return plan("MO", days=1, pins=must("M0 ana", "O0 ana"), rules=({"rule": "one_place"},))


def week() -> Problem:
    """A seat on each of two days, for Ana or Bob."""
    needs = tuple(Requirement(shift_id=s, target=1) for s in ("M0", "M1"))
    return plan("M", "ana bob", 2, requirements=needs, rules=({"rule": "coverage", "level": 1},))


@pytest.mark.parametrize("is_given", [False, True])
def test_the_first_ctrl_c_sets_the_event_and_the_second_raises(is_given: bool):
    """The event of the caller stays as it was; afterwards Ctrl-C is as before."""
    cancel = threading.Event() if is_given else None
    before = signal.getsignal(signal.SIGINT)

    with interrupts(cancel) as stop:
        assert not stop.is_set()
        signal.raise_signal(signal.SIGINT)
        assert stop.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)

    assert signal.getsignal(signal.SIGINT) is before
    assert cancel is None or not cancel.is_set()


def test_a_handler_that_the_program_sets_meanwhile_stays():
    """It is not replaced by the usual one."""
    before = signal.getsignal(signal.SIGINT)

    def own(*_: object) -> None:
        """Nothing."""

    try:
        with interrupts():
            signal.signal(signal.SIGINT, own)
        assert signal.getsignal(signal.SIGINT) is own
    finally:
        signal.signal(signal.SIGINT, before)


def test_the_event_of_the_caller_counts_as_well():
    """It may be set before or later."""
    cancel = threading.Event()

    with interrupts(cancel) as stop:
        assert not stop.is_set()
        cancel.set()
        assert stop.is_set()


def test_a_conflict_is_not_known_after_ctrl_c(monkeypatch: pytest.MonkeyPatch):
    """Neither a conflict nor a way out is told."""
    calls = pressing(monkeypatch, Search, "conflict")
    assert shiftplan.solving.find_conflict(contradicting()) is None
    assert calls

    calls.clear()
    assert shiftplan.solving.ways_out(contradicting()) == ()
    assert calls


@pytest.mark.parametrize(
    ("ask", "roster"),
    [(shiftplan.explain_why_not, "bob  . ."), (shiftplan.explain_why_here, "bob  M .")],
)
def test_an_explanation_ends_with_what_it_has(
    monkeypatch: pytest.MonkeyPatch, ask: Callable[..., shiftplan.analysis.Answer], roster: str
):
    """The search near the roster does not raise, whatever it found by then."""
    calls = pressing(monkeypatch, around, "build_again")

    answer = ask(week(), parse(roster), "M0", "bob")

    assert calls
    assert answer.verdict in ("possible", "not_known")


def test_advice_ends_with_what_it_has(monkeypatch: pytest.MonkeyPatch):
    """Pressed while the first kind of steps is priced: none is tried."""
    calls = pressing(monkeypatch, StepPrices, "read")

    advice = shiftplan.advise(week(), parse("ana  M ."), fill_seats=False)

    assert len(calls) == 1
    assert advice.gains == ()


def test_a_repair_makes_its_quick_moves_all_the_same(monkeypatch: pytest.MonkeyPatch):
    """Pressed while the first of two seats is looked at: both are filled, nothing is searched."""
    calls = pressing(monkeypatch, QuickMoves, "_coming")

    found = shiftplan.repair(
        week(), parse("ana  M M"), shiftplan.problem.Absence(volunteer_id="ana"), workers=1
    )

    assert len(calls) > 1
    assert found.result.stopped_by is shiftplan.StoppedBy.INTERRUPT
    assert [n.shift_id for n in found.notices if n.added] == ["M0", "M1"]


@pytest.mark.parametrize("is_given", [False, True])
def test_a_repair_near_the_changes_ends_with_a_roster(
    monkeypatch: pytest.MonkeyPatch, is_given: bool
):
    """Also where the program has an event of its own, the search near by is not broken off."""
    calls = pressing(monkeypatch, around, "build_again")
    cancel = threading.Event() if is_given else None
    roster = parse("ana  M M")

    found = shiftplan.repair(
        week(),
        roster,
        shiftplan.problem.Absence(volunteer_id="ana"),
        workers=1,
        cancel=cancel,
        params={"repair": {"whole_columns": 0, "quick_seconds": 0}},
    )

    assert calls
    assert found.roster is not None
    assert check(found.problem, found.roster).is_feasible
    # The part is so small that it may be proven all the same; the whole week is left alone.
    assert found.result.stopped_by in (shiftplan.StoppedBy.INTERRUPT, shiftplan.StoppedBy.NEAR)
