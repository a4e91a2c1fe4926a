"""What a step really gains: it is taken, the roster is solved again near it, and checked.

(`Problem`, `Roster`, `Guess`) -> `Gain`.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from shiftplan.advice.estimates import Guess
from shiftplan.advice.steps import Step
from shiftplan.advice.typical import empty_seats
from shiftplan.around import solve_around
from shiftplan.check import Score
from shiftplan.problem import Problem
from shiftplan.roster import Roster


@dataclass(frozen=True)
class Gain:
    """A step and what it gains: the cost of the given roster less that of `roster`, checked."""

    step: Step
    """What is changed."""
    roster: Roster
    """A roster of the problem with the step taken."""
    shifts: tuple[str, ...]
    """Ids of the shifts that the person works in it; none when the step is about a center."""
    total: int
    """Gain in the total. It is a gain that is certain: another roster may gain more."""
    levels: Mapping[int, int]
    """Level -> gain, dearest level first."""
    seats: int
    """Empty seats fewer."""
    at_most: int | None
    """Proven: no roster of the problem with the step taken gains more; None when unknown."""
    proven: bool
    """Whether no roster gains more in which only the people near there work otherwise."""
    without: int = 0
    """Part of the gain that solving again near there brings without the step."""

    @property
    def own(self) -> int:
        """Gain that is due to the step: the total less what needs no step."""
        return self.total - self.without

    def as_dict(self) -> dict[str, Any]:
        """The gain as JSON can hold it, without its roster."""
        return {
            **self.step.as_dict(),
            "shifts": list(self.shifts),
            "gain": self.total,
            "levels": {str(level): gain for level, gain in self.levels.items()},
            "seats": self.seats,
            "at_most": self.at_most,
            "proven": self.proven,
            "without": self.without,
            "verified": True,
        }


class Trial:
    """Tries steps on one roster."""

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        score: Score,
        *,
        seed: int,
        cancel: threading.Event | None,
    ) -> None:
        self._problem, self._roster, self._score = problem, roster, score
        self._empty = sum(empty_seats(problem, roster).values())
        self._seed, self._cancel = seed, cancel

    def gain(self, guess: Guess, at_most: int | None, seconds: float) -> Gain | None:
        """What a step gains; None when nothing is gained, or no roster was found near it."""
        step = guess.step
        changed = step.apply(self._problem)
        found = solve_around(
            changed,
            self._roster,
            people=_people(step),
            shifts=guess.shifts,
            seconds=seconds,
            seed=self._seed,
            cancel=self._cancel,
        )
        if found is None or found.score.total >= self._score.total:
            return None
        levels = {n: cost - found.score.levels[n] for n, cost in self._score.levels.items()}
        shifts = [s for who in _people(step) for s in found.roster.shifts_of.get(who, ())]
        return Gain(
            step,
            found.roster,
            tuple(shifts),
            self._score.total - found.score.total,
            levels,
            self._empty - sum(empty_seats(changed, found.roster).values()),
            at_most,
            found.proven,
        )

    def with_rest(self, gain: Gain, guess: Guess, seconds: float) -> Gain:
        """The gain, with the part of it that needs no step."""
        found = solve_around(
            self._problem,
            self._roster,
            people=_people(gain.step),
            shifts=guess.shifts,
            seconds=seconds,
            seed=self._seed,
            cancel=self._cancel,
        )
        without = 0 if found is None else max(0, self._score.total - found.score.total)
        return replace(gain, without=min(without, gain.total))


def _people(step: Step) -> list[str]:
    return [] if step.person is None else [step.person.volunteer_id]
