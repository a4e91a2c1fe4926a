"""Steps tried: the week with them solved again near the roster, and checked.

(`Problem`, `Roster`, `Guess`) -> `Gain`; several trainings at once -> `TrainedTogether`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from shiftplan.analysis.advice.gains import Gain, Missed, TrainedTogether
from shiftplan.analysis.advice.newcomers import empty_seats
from shiftplan.analysis.advice.prices import StepPrices
from shiftplan.analysis.advice.promising import Guess
from shiftplan.analysis.advice.steps import Step, apply_steps
from shiftplan.engines.task import whole_bound
from shiftplan.problem import Problem
from shiftplan.scoring.check import Score
from shiftplan.solving.around import Around
from shiftplan.week.roster import Roster


@dataclass(frozen=True)
class Trial:
    """Steps tried on one problem, near one roster."""

    problem: Problem
    """The problem without any step."""
    roster: Roster
    """A roster of it."""
    score: Score
    """Its score."""
    near: Callable[..., Around | None]
    """Solves again near people and shifts, as `solve_around` does."""

    def gain(self, guess: Guess, at_most: int | None, seconds: float) -> Gain | Missed:
        """What a step gains, or that it gains nothing near there, or that this is not known."""
        step = guess.step
        changed, near = step.apply(self.problem), {"people": step.people, "shifts": guess.shifts}
        found = self.near(changed, self.roster, **near, seconds=seconds)
        if found is None or found.score.total >= self.score.total:
            return "no_gain" if found is not None and found.proven else "not_known"
        shifts = [s for who in step.people for s in found.roster.shifts_of.get(who, ())]
        won = self.won(changed, found)
        return Gain(step, found.roster, tuple(shifts), *won, at_most, found.proven)

    def won(self, changed: Problem, found: Around) -> tuple[int, dict[int, int], int]:
        """What is won in the total and in each level, and the empty seats fewer."""
        levels = {n: cost - found.score.levels[n] for n, cost in self.score.levels.items()}
        pairs = (self.problem, self.roster), (changed, found.roster)
        before, after = (sum(empty_seats(*pair).values()) for pair in pairs)
        return self.score.total - found.score.total, levels, before - after

    def with_rest(self, gain: Gain, guess: Guess, seconds: float) -> Gain:
        """The gain, with the part of it that needs no step, if there was time to find it."""
        near = {"people": gain.step.people, "shifts": guess.shifts}
        found = self.near(self.problem, self.roster, **near, seconds=seconds)
        if found is None:
            return gain
        without = max(0, self.score.total - found.score.total)
        return replace(gain, without=min(without, gain.total))

    def together(self, gains: Sequence[Gain], seconds: float) -> TrainedTogether | None:
        """What the trainings of different people gain at once; None where it is not more."""
        first: dict[str, Gain] = {}
        for gain in gains:
            if gain.step.kind == "training":
                first.setdefault(gain.step.people[0], gain)
        if len(first) < 2:
            return None
        steps = tuple(gain.step for gain in first.values())
        best = max(first.values(), key=lambda gain: gain.total)
        changed = apply_steps(self.problem, steps)
        shifts = {s for gain in first.values() for s in gain.shifts}
        found = self.near(changed, best.roster, people=first, shifts=shifts, seconds=seconds)
        if found is None or found.score.total >= self.score.total:
            return None
        return TrainedTogether(steps, found.roster, *self.won(changed, found))


def most_gained(prices: StepPrices, score: Score, steps: Sequence[Step]) -> int | None:
    """What steps gain at most: the roster's cost less a proven bound with all of them taken.

    No roster costs less than nothing, so that no step gains more than the cost there is.
    """
    people = [who for step in steps for who in step.people]
    priced = prices.read(apply_steps(prices.problem, steps), people)
    bound = priced.bound(people[0] if len(people) == 1 else None)
    return None if math.isinf(bound) else score.total - max(0, whole_bound(bound))
