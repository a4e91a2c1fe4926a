"""The door: what would help most.

(`Problem`, `Roster`) -> prices -> guesses -> gains that are tried and checked -> `Advice`.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shiftplan.advice.closing import Closing, closing
from shiftplan.advice.estimates import Guess
from shiftplan.advice.gain import Gain, Trial
from shiftplan.advice.prices import Prices
from shiftplan.advice.promising import promising_steps
from shiftplan.advice.steps import GROUPS, Group, Kind, apply_steps
from shiftplan.advice.typical import typical_of
from shiftplan.check import Score, check
from shiftplan.engines.task import Deadline
from shiftplan.errors import InputError
from shiftplan.options import limit_options, option_faults
from shiftplan.problem import Problem
from shiftplan.roster import Roster

_PRICES_SHARE = 0.4
"""Share of the time that the relaxation may take."""
_CLOSING_SHARE = 0.2
"""Share of the time that the people for all gaps may take."""
_TRIAL_SECONDS = 1.0
"""Most time of solving again in one trial."""
_TRIAL_SHARES = (0.2, 0.4, 0.5)
"""Share of the time left that the trials of each group may take, in the order of groups."""
_OF_EACH = 3
"""Steps of each group that are told even when others gain more."""


@dataclass(frozen=True)
class Advice:
    """What would help a roster most, each step by itself."""

    score: Score
    """Score of the given roster."""
    bound: int | None
    """Proven: without any step no roster costs less; None when there was no time for it."""
    gains: tuple[Gain, ...]
    """Steps that were tried and gain, the best first."""
    closing: Closing | None
    """The people who would close all gaps; None when not asked for."""
    examined: Mapping[Kind, int]
    """Kind of step -> how many were priced."""
    promising: int
    """How many of them promised most and were meant to be tried."""
    tried: int
    """How many were tried: fewer when time ran out, or where a bound says that nothing is gained."""

    def of_group(self, group: Group) -> tuple[Gain, ...]:
        """The gains of one group, the best first."""
        return tuple(gain for gain in self.gains if gain.step.group == group)

    def as_dict(self) -> dict[str, Any]:
        """The advice as JSON can hold it, without rosters."""
        return {
            "total": self.score.total,
            "levels": {str(level): cost for level, cost in self.score.levels.items()},
            "bound": self.bound,
            "gains": [gain.as_dict() for gain in self.gains],
            "closing": None if self.closing is None else self.closing.as_dict(),
            "examined": dict(self.examined),
            "promising": self.promising,
            "tried": self.tried,
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
        Steps to tell, 1 or more; besides the three best of each group.
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
    meant = promising_steps(prices, typical, 2 * most, examined) if prices.known else {}
    trial = Trial(problem, roster, score, seed=seed, cancel=cancel)
    found: list[tuple[Gain, Guess]] = []
    tried = 0
    for share, group in zip(_TRIAL_SHARES, GROUPS, strict=True):
        turn = Deadline(share * deadline.left())
        for guess in meant.get(group, ()):
            if stopped() or turn.left() <= 0:
                break
            limit = _at_most(prices, guess, score)
            if limit is not None and limit <= 0:
                continue
            tried += 1
            gain = trial.gain(guess, limit, _TRIAL_SECONDS)
            if gain is not None:
                found.append((gain, guess))
    gains = []
    for gain, guess in _shown(found, most):
        if stopped() or deadline.left() <= 0:
            break
        gains.append(trial.with_rest(gain, guess, _TRIAL_SECONDS))
    gains = sorted((g for g in gains if g.own > 0), key=_rank)
    bound = math.ceil(prices.bound - 1e-6) if prices.known else None
    promising = sum(map(len, meant.values()))
    return Advice(score, bound, tuple(gains), closed, examined, promising, tried)


def _shown(found: list[tuple[Gain, Guess]], most: int) -> list[tuple[Gain, Guess]]:
    """The best of all, and the best few of each group, the best first."""
    ranked = sorted(found, key=lambda item: _rank(item[0]))
    kept = ranked[:most]
    for group in GROUPS:
        best = [item for item in ranked if item[0].step.group == group][:_OF_EACH]
        kept += [item for item in best if item not in kept]
    return sorted(kept, key=lambda item: _rank(item[0]))


def _rank(gain: Gain) -> tuple[int, int, int]:
    return (-gain.own, -gain.total, len(gain.shifts))


def _at_most(prices: Prices, guess: Guess, score: Score) -> int | None:
    """What a step gains at most: the roster's cost less a proven bound with the step taken."""
    person = guess.step.person
    who = None if person is None else person.volunteer_id
    changed = apply_steps(prices.problem, (guess.step,))
    bound = prices.read(changed, () if who is None else (who,)).bound(who)
    return None if math.isinf(bound) else score.total - math.ceil(bound - 1e-6)

