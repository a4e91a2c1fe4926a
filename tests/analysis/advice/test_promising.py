"""Which steps promise most: what is priced, and that it ends when the time for it is over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from shiftplan.analysis.advice import advise
from shiftplan.analysis.advice.newcomers import typical_of
from shiftplan.analysis.advice.prices import PricedProgram, StepPrices
from shiftplan.analysis.advice.promising import Guess, _varied, promising_steps
from shiftplan.analysis.advice.steps import GROUPS, Kind
from shiftplan.engines.params import DEFAULTS
from shiftplan.problem import Problem
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.requirements import Requirement


def short() -> Problem:
    """Four seats at once, and three people who may each work one of the two shifts."""
    return plan(
        "M",
        "ana bob cho",
        2,
        each={who: {"max_shifts": 1} for who in ("ana", "bob", "cho")},
        rules=({"rule": "coverage", "level": 1, "weight": 100}, {"rule": "max_shifts"}),
        requirements=tuple(Requirement(shift_id=s, target=4) for s in ("M0", "M1")),
    )


def looked_at(
    monkeypatch: pytest.MonkeyPatch, is_over: Callable[[], bool]
) -> tuple[dict[Kind, int], int, int]:
    """Steps priced by kind, weeks looked at, and guesses made until `is_over`."""
    problem, weeks, true_week = short(), count(), PricedProgram.week
    prices = StepPrices(problem, DEFAULTS, seconds=60, seed=0, stopped=lambda: False)

    def week(self: PricedProgram, volunteer_id: str) -> tuple[float, tuple[str, ...]]:
        next(weeks)
        return true_week(self, volunteer_id)

    monkeypatch.setattr(PricedProgram, "week", week)
    examined: dict[Kind, int] = {}
    found = promising_steps(prices, typical_of(problem), 9, DEFAULTS.advice, examined, is_over)
    assert set(found) == set(GROUPS)
    return examined, next(weeks), sum(map(len, found.values()))


def test_every_kind_is_priced_while_there_is_time(monkeypatch: pytest.MonkeyPatch):
    """A new volunteer for the one center, and one more shift for each of three people."""
    examined, _, found = looked_at(monkeypatch, lambda: False)

    assert (examined["volunteer"], examined["max_shifts"]) == (1, 3)
    assert found == 1 + 3


def test_without_time_nothing_is_priced(monkeypatch: pytest.MonkeyPatch):
    """No kind is begun."""
    assert looked_at(monkeypatch, lambda: True) == ({}, 0, 0)


def test_between_two_weeks_it_may_end(monkeypatch: pytest.MonkeyPatch):
    """Time runs out when the first of three people was looked at: what was found stays."""
    every_week = looked_at(monkeypatch, lambda: False)[1]
    # Asked for volunteers 3 times (kind, prices, week), trainings once, limits 2 times, Ana: 7.
    asked = count()

    examined, weeks, found = looked_at(monkeypatch, lambda: next(asked) >= 7)

    assert 0 < weeks < every_week
    assert found < 1 + 3
    assert examined["max_shifts"] == 3
    assert "capacity" not in examined


def test_advice_that_is_cancelled_while_pricing_ends_there(monkeypatch: pytest.MonkeyPatch):
    """Set while the first kind is priced, the event ends it before the next one."""
    cancel, true_read = threading.Event(), StepPrices.read

    def read(self: StepPrices, *given: object) -> PricedProgram:
        cancel.set()
        return true_read(self, *given)

    monkeypatch.setattr(StepPrices, "read", read)

    advice = advise(short(), parse("ana  M ."), fill_seats=False, cancel=cancel)

    assert advice.gains == ()
    assert set(advice.examined) == {"volunteer"}


@pytest.mark.parametrize(
    ("alike", "order"), [(1, "M0 B0 M1 M2 M3"), (2, "M0 M1 B0 M2 M3"), (4, "M0 M1 M2 M3 B0")]
)
def test_steps_at_another_center_come_after_as_many_as_asked_for(alike: int, order: str):
    """Four people could help at M, a fifth who promises less at B."""
    shifts = {name: SimpleNamespace(center_id=name[0]) for name in order.split()}
    prices: Any = SimpleNamespace(problem=SimpleNamespace(shift_by_id=shifts))
    ranked = []
    for saves, name in enumerate(("B0", "M3", "M2", "M1", "M0")):
        step: Any = SimpleNamespace(kind="max_shifts", about=name, asked=0)
        ranked.append(Guess(step, float(saves), (name,)))

    assert [guess.step.about for guess in _varied(ranked, prices, alike)] == order.split()
