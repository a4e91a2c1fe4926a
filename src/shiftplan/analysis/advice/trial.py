"""What a step really gains: it is taken, the roster is solved again near it, and checked.

(`Problem`, `Roster`, `Guess`) -> `Gain`.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace

from shiftplan.analysis.advice.promising import Guess
from shiftplan.analysis.advice.results import Gain, Missed, TrainedTogether
from shiftplan.analysis.advice.steps import Step, apply_steps
from shiftplan.analysis.advice.typical import empty_seats
from shiftplan.options import SearchParams
from shiftplan.problem import Problem
from shiftplan.scoring.check import Score
from shiftplan.solving.around import solve_around
from shiftplan.week.roster import Roster


class Trial:
    """Tries steps on one roster."""

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        score: Score,
        *,
        seed: int,
        cancel: threading.Event,
        params: SearchParams,
    ) -> None:
        self._problem, self._roster, self._score = problem, roster, score
        self._empty = sum(empty_seats(problem, roster).values())
        self._seed, self._cancel, self._params = seed, cancel, params

    def gain(self, guess: Guess, at_most: int | None, seconds: float) -> Gain | Missed:
        """What a step gains, or that it gains nothing near there, or that this is not known."""
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
            params=self._params,
        )
        if found is None or found.score.total >= self._score.total:
            return "no_gain" if found is not None and found.proven else "not_known"
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
        """The gain, with the part of it that needs no step, if there was time to find it."""
        found = solve_around(
            self._problem,
            self._roster,
            people=_people(gain.step),
            shifts=guess.shifts,
            seconds=seconds,
            seed=self._seed,
            cancel=self._cancel,
            params=self._params,
        )
        if found is None:
            return gain
        without = max(0, self._score.total - found.score.total)
        return replace(gain, without=min(without, gain.total))

    def together(self, gains: Sequence[Gain], seconds: float) -> TrainedTogether | None:
        """What the trainings of different people gain at once; None where it is not more."""
        first: dict[str, Gain] = {}
        for gain in gains:
            if gain.step.kind == "training":
                first.setdefault(_people(gain.step)[0], gain)
        if len(first) < 2:
            return None
        steps = tuple(gain.step for gain in first.values())
        best = max(first.values(), key=lambda gain: gain.total)
        changed = apply_steps(self._problem, steps)
        found = solve_around(
            changed,
            best.roster,
            people=tuple(first),
            shifts={s for gain in first.values() for s in gain.shifts},
            seconds=seconds,
            seed=self._seed,
            cancel=self._cancel,
            params=self._params,
        )
        if found is None or found.score.total >= self._score.total:
            return None
        return TrainedTogether(
            steps,
            found.roster,
            self._score.total - found.score.total,
            {n: cost - found.score.levels[n] for n, cost in self._score.levels.items()},
            self._empty - sum(empty_seats(changed, found.roster).values()),
        )


def _people(step: Step) -> list[str]:
    return [] if step.person is None else [step.person.volunteer_id]
