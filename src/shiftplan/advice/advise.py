"""The door: what would help most.

(`Problem`, `Roster`) -> prices -> guesses -> gains that are tried and checked -> `Advice`.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shiftplan.advice import candidates
from shiftplan.advice.closing import Closing, closing
from shiftplan.advice.estimates import Guess, guesses, room_guesses
from shiftplan.advice.gain import Gain, Trial
from shiftplan.advice.prices import Prices
from shiftplan.advice.steps import GROUPS, Group, Kind, apply_steps
from shiftplan.advice.typical import Typical, typical_of
from shiftplan.check import Score, check
from shiftplan.engines.task import Deadline
from shiftplan.errors import InputError
from shiftplan.options import limit_options, option_faults
from shiftplan.problem import Problem
from shiftplan.roster import Roster

_LOOKED_AT = 40
"""Steps of each kind whose best week is found exactly, the most promising by single works."""
_PRICES_SHARE = 0.4
"""Share of the time that the relaxation may take."""
_CLOSING_SHARE = 0.2
"""Share of the time that the people for all gaps may take."""
_TRIAL_SECONDS = 2.0
"""Most time of one trial."""


@dataclass(frozen=True)
class Advice:
    """What would help a roster most, each step by itself."""

    score: Score
    """Score of the given roster."""
    bound: int | None
    """Proven: without any step no roster costs less; None when there was no time for it."""
    gains: Mapping[Group, tuple[Gain, ...]]
    """Kind of step -> steps that were tried and gain, the best first."""
    closing: Closing | None
    """The people who would close all gaps; None when not asked for."""
    examined: Mapping[Kind, int]
    """Kind of step -> how many were priced."""
    tried: int
    """How many were tried; the others promise less by the prices."""
    complete: bool
    """Whether all that was meant to be tried was, before time ran out."""

    @property
    def best(self) -> tuple[Gain, ...]:
        """The steps of all kinds, the best first."""
        return tuple(sorted((g for found in self.gains.values() for g in found), key=_rank))

    def as_dict(self) -> dict[str, Any]:
        """The advice as JSON can hold it, without rosters."""
        return {
            "total": self.score.total,
            "levels": {str(level): cost for level, cost in self.score.levels.items()},
            "bound": self.bound,
            "gains": {group: [g.as_dict() for g in found] for group, found in self.gains.items()},
            "closing": None if self.closing is None else self.closing.as_dict(),
            "examined": dict(self.examined),
            "tried": self.tried,
            "complete": self.complete,
        }


def advise(
    problem: Problem,
    roster: Roster,
    *,
    most: int = 10,
    time_limit: float = 60.0,
    seed: int = 0,
    close_gaps: bool = True,
    cancel: threading.Event | None = None,
) -> Advice:
    """Find the steps that would lower the cost of a roster most: people, trainings, limits.

    The linear relaxation prices every step; those that promise most are taken one at a time, the
    roster is solved again near them and checked.

    Parameters
    ----------
    problem, roster
        What is planned, and a roster that keeps its hard rules.
    most
        Steps of each group to find, 1 or more.
    time_limit
        Seconds for everything.
    seed
        Seed of everything random, 0 or more.
    close_gaps
        Whether to find the people who would close all gaps.
    cancel
        When somebody sets it, the advice is what was found so far.

    Raises
    ------
    InputError
        If an option is out of range.
    """
    options = limit_options(time_limit, None, seed)
    faults = list(option_faults(*options, ("most", most, most >= 1, "1 or more")))
    if faults:
        raise InputError(faults)
    deadline = Deadline(time_limit)

    def stopped() -> bool:
        return cancel is not None and cancel.is_set()

    score, typical = check(problem, roster), typical_of(problem)
    prices = Prices(problem, seconds=time_limit * _PRICES_SHARE, seed=seed, stopped=stopped)
    closed = None
    if close_gaps and not stopped():
        seconds = min(deadline.left(), time_limit * _CLOSING_SHARE)
        closed = closing(problem, roster, typical, seconds=seconds, seed=seed)
    examined: dict[Kind, int] = {}
    trial = Trial(problem, roster, score, seed=seed, cancel=cancel)
    found: dict[Group, tuple[Gain, ...]] = {}
    tried, complete = 0, prices.known
    promising = _promising(prices, typical, most, examined) if prices.known else {}
    left = sum(map(len, promising.values()))
    for group in GROUPS:
        gains = []
        for guess in promising.get(group, ()):
            seconds = min(_TRIAL_SECONDS, deadline.left() / (2 * left))
            left -= 1
            if stopped() or seconds <= 0:
                complete = False
                break
            limit = _at_most(prices, guess, score)
            if limit is not None and limit <= 0:
                continue
            tried += 1
            gain = trial.gain(guess, limit, seconds)
            if gain is not None:
                gains.append(trial.with_rest(gain, guess, seconds))
        useful = sorted((g for g in gains if g.own > 0), key=_rank)
        found[group] = tuple(useful[:most])
    bound = math.ceil(prices.bound - 1e-6) if prices.known else None
    return Advice(score, bound, found, closed, examined, tried, complete)


def _rank(gain: Gain) -> tuple[int, int, int]:
    return (-gain.own, -gain.total, len(gain.shifts))


def _at_most(prices: Prices, guess: Guess, score: Score) -> int | None:
    """What a step gains at most: the roster's cost less a proven bound with the step taken."""
    person = guess.step.person
    who = None if person is None else person.volunteer_id
    changed = apply_steps(prices.problem, (guess.step,))
    bound = prices.read(changed, () if who is None else (who,)).bound(who)
    return None if math.isinf(bound) else score.total - math.ceil(bound - 1e-6)


def _promising(
    prices: Prices, typical: Typical, most: int, examined: dict[Kind, int]
) -> dict[Group, list[Guess]]:
    """The steps of each group that promise most, the best first."""
    found: dict[Group, list[Guess]] = {group: [] for group in GROUPS}
    for kind, steps in _steps(prices.problem, typical):
        examined[kind] = len(steps)
        if kind == "capacity":
            ranked = room_guesses(prices, steps)
        else:
            ranked = guesses(prices, steps, max(_LOOKED_AT, 2 * most))
        if kind == "window":
            ranked = guesses(prices, [guess.step for guess in ranked], len(ranked))
        if kind == "volunteer":
            ranked = list(_one_a_center(ranked))
        found[GROUP_OF[kind]] += ranked[:most]
    return {
        group: sorted(ranked, key=lambda guess: -guess.saves)[: most + _MORE]
        for group, ranked in found.items()
    }


def _steps(problem: Problem, typical: Typical) -> Iterator[tuple[Kind, list]]:
    yield "volunteer", list(candidates.volunteers(problem, typical))
    yield "training", list(candidates.trainings(problem))
    yield "max_shifts", list(candidates.more_shifts(problem))
    yield "max_distance", list(candidates.farther(problem))
    yield "window", list(candidates.extra_windows(problem))
    yield "capacity", list(candidates.rooms(problem))


def _one_a_center(ranked: list[Guess]) -> Iterator[Guess]:
    """The best new volunteer of each center; of equal ones the one with the fewest skills."""
    seen = set()
    key = lambda g: (-round(g.saves, 3), sum(x.level for x in g.step.person.skills))
    for guess in sorted(ranked, key=key):
        center = guess.step.person.home_center_id
        if center not in seen:
            seen.add(center)
            yield guess
