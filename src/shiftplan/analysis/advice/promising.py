"""Which steps promise most, by the prices of the relaxation: many people are priced at once.

(`StepPrices`, `Typical`) -> `Guess`es of each group of steps, the best first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from shiftplan.analysis.advice.away import bars
from shiftplan.analysis.advice.newcomers import Typical, free_ids, windows_of
from shiftplan.analysis.advice.prices import PricedProgram, StepPrices
from shiftplan.analysis.advice.steps import GROUPS, MAKERS, Group, Kind, Step
from shiftplan.engines.params import AdviceParams
from shiftplan.problem import Problem


@dataclass(frozen=True)
class Guess:
    """A step, what the prices say it saves, and the shifts where it would."""

    step: Step
    """What would be changed."""
    saves: float
    """Saving by the prices; a guess of the gain."""
    shifts: tuple[str, ...]
    """Ids of the shifts that the person would work, or of the center."""


class PricedSteps:
    """Steps about people, priced at once.

    Each person as they would be joins the problem as somebody new with the same windows, history,
    pins and wishes, and is priced there beside the person as they are.
    """

    def __init__(self, prices: StepPrices, steps: Sequence[Step]) -> None:
        self._problem = prices.problem
        copies = free_ids(prices.problem, (f"copy {i}" for i in range(len(steps))))
        larger = _with_copies(prices.problem, steps, copies)
        self._priced = prices.read(larger, ())
        own = [v.volunteer_id for v in larger.volunteers]
        hopes = dict(zip(own, self._priced.hopes(), strict=True))
        found = (
            (float(hopes[copy] - hopes.get(_id(step), 0.0)), step, copy)
            for step, copy in zip(steps, copies, strict=True)
        )
        self.hoped = sorted(found, key=lambda item: -item[0])
        """What each step might save by works taken by themselves, the step, and the id of its
        person's copy; the best first."""

    def guess(self, step: Step, copy: str) -> Guess | None:
        """What a step saves by its person's best week, found exactly; None for nothing."""
        known = _id(step) in self._problem.volunteer_by_id
        cost, shifts = self._priced.week(copy)
        saves = -cost
        if known:
            saves += self._priced.week(_id(step))[0]
        if not math.isfinite(saves) or not (shifts or known):
            return None
        return Guess(_narrowed(step, copy, shifts, self._priced, self._problem), saves, shifts)


def guesses(
    prices: StepPrices, steps: Sequence[Step], looked_at: int, is_over: Callable[[], bool]
) -> list[Guess]:
    """Savings of steps about people, the best first.

    A first look takes works by themselves; the best weeks of the `looked_at` most promising are
    found exactly, until `is_over`.
    """
    if not steps or is_over():
        return []
    priced, found = PricedSteps(prices, steps), []
    for _, step, copy in priced.hoped[:looked_at]:
        if is_over():
            break
        if (guess := priced.guess(step, copy)) is not None:
            found.append(guess)
    return sorted(found, key=lambda guess: -guess.saves)


def _id(step: Step) -> str:
    assert step.person is not None
    return step.person.volunteer_id


def _narrowed(
    step: Step, copy: str, shifts: tuple[str, ...], priced: PricedProgram, problem: Problem
) -> Step:
    """The step with only the windows that pay: those of the week, or the one that pays most."""
    by_id = problem.shift_by_id
    if step.kind == "volunteer":
        return replace(step, windows=windows_of(_id(step), [by_id[s] for s in shifts]))
    if step.kind == "window":
        for _, shift_id in priced.works(copy):
            shift = by_id[shift_id]
            fitting = [w for w in step.windows if w.start <= shift.start and shift.end <= w.end]
            if fitting:
                return replace(step, windows=(fitting[0],))
    return step


def _with_copies(problem: Problem, steps: Sequence[Step], ids: Sequence[str]) -> Problem:
    """A problem with everybody as steps would have them, beside the people as they are."""
    tables: dict[str, list[Any]] = {}
    own: dict[tuple[str, str], list[Any]] = {}
    for name in ("volunteers", "availability", "occupied", "pins", "preferences", "history"):
        tables[name] = [*getattr(problem, name)]
        for row in tables[name]:
            own.setdefault((name, row.volunteer_id), []).append(row)
    for pin in bars(problem, dict.fromkeys(_id(step) for step in steps if step.windows)):
        own.setdefault(("pins", pin.volunteer_id), []).append(pin)
    for step, copy in zip(steps, ids, strict=True):
        theirs = {name: own.get((name, _id(step)), []) for name in tables}
        theirs["volunteers"] = [step.person]
        theirs["availability"] = [*theirs["availability"], *step.windows]
        for name, rows in theirs.items():
            tables[name] += [row.model_copy(update={"volunteer_id": copy}) for row in rows]
    return problem.model_copy(update={name: tuple(rows) for name, rows in tables.items()})


def promising_steps(
    prices: StepPrices,
    typical: Typical,
    most: int,
    params: AdviceParams,
    examined: dict[Kind, int],
    is_over: Callable[[], bool],
) -> dict[Group, list[Guess]]:
    """The steps that promise most, at most `most` of each group.

    Steps that would help other people or centers come before more that help the same ones.
    `examined` gets the number of steps of each kind that were priced. Asked before each kind and
    each week, `is_over` ends it with what was found so far.
    """
    found: dict[Group, list[Guess]] = {group: [] for group in GROUPS}
    looked_at = max(params.promising_steps, 2 * most)
    shifts_at: dict[str | None, list[str]] = {}
    for shift in prices.problem.shifts:
        shifts_at.setdefault(shift.center_id, []).append(shift.shift_id)
    for kind, make in MAKERS.items():
        if is_over():
            break
        steps = list(make(prices.problem, typical))
        examined[kind] = len(steps)
        if kind == "capacity":
            rooms = [
                Guess(step, prices.room(center.center_id), tuple(shifts))
                for step in steps
                if (center := step.center) and (shifts := shifts_at.get(center.center_id))
            ]
            ranked = sorted(rooms, key=lambda guess: -guess.saves)
        else:
            ranked = guesses(prices, steps, looked_at, is_over)
        if kind == "window":
            # Each was free at all times; now each has the one window that pays most.
            ranked = guesses(prices, [guess.step for guess in ranked], looked_at, is_over)
        if steps:
            found[steps[0].group] += ranked
    return {
        group: _varied(ranked, prices, params.alike_steps)[:most] for group, ranked in found.items()
    }


def _varied(ranked: list[Guess], prices: StepPrices, alike: int) -> list[Guess]:
    """The best first, but later what would help where others do: the same people and centers.

    Of equal ones the one that asks for the least skill comes first.
    """
    shifts = prices.problem.shift_by_id
    seen: Counter[Hashable] = Counter()
    turns: list[tuple[int, int, Guess]] = []
    for guess in sorted(ranked, key=lambda guess: (-round(guess.saves, 3), guess.step.asked)):
        thing = guess.step.about
        place = (guess.step.kind, frozenset(shifts[s].center_id for s in guess.shifts))
        turns.append((max(seen[thing], seen["place", place] // alike), len(turns), guess))
        seen.update((thing, ("place", place)))
    return [guess for _, _, guess in sorted(turns, key=lambda turn: turn[:2])]
