"""Which steps promise most, by the prices of the relaxation: many people are priced at once.

(`StepPrices`, `Typical`) -> `Guess`es of each group of steps, the best first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from shiftplan.analysis.advice import candidates
from shiftplan.analysis.advice.prices import PricedProgram, StepPrices
from shiftplan.analysis.advice.steps import GROUPS, Group, Kind, Step
from shiftplan.analysis.advice.typical import Typical, free_ids, windows_of
from shiftplan.problem import Problem
from shiftplan.week.fields import Frozen

T = TypeVar("T", bound=Frozen)


@dataclass(frozen=True)
class Guess:
    """A step, what the prices say it saves, and the shifts where it would."""

    step: Step
    """What would be changed."""
    saves: float
    """Saving by the prices; a guess of the gain."""
    shifts: tuple[str, ...]
    """Ids of the shifts that the person would work, or of the center."""


def guesses(
    prices: StepPrices, steps: Sequence[Step], looked_at: int, is_over: Callable[[], bool]
) -> list[Guess]:
    """Savings of steps about people, the best first.

    Each person as they would be joins the problem as somebody new with the same windows, history,
    pins and wishes, and is priced there beside the person as they are. A first look takes works by
    themselves; the best weeks of the `looked_at` most promising are found exactly, until `is_over`.
    """
    if not steps or is_over():
        return []
    copies = _Copies(prices.problem, steps)
    priced = prices.read(copies.problem, ())
    hopes = dict(
        zip((v.volunteer_id for v in copies.problem.volunteers), priced.hopes(), strict=True)
    )
    known = {v.volunteer_id for v in prices.problem.volunteers}

    def hope(item: tuple[Step, str]) -> float:
        step, copy = item
        return float(hopes[copy] - hopes.get(_id(step), 0.0))

    pairs = sorted(zip(steps, copies.ids, strict=True), key=hope, reverse=True)
    found = []
    for step, copy in pairs[:looked_at]:
        if is_over():
            break
        cost, shifts = priced.week(copy)
        saves = -cost
        if _id(step) in known:
            saves += priced.week(_id(step))[0]
        if math.isfinite(saves) and (shifts or _id(step) in known):
            found.append(
                Guess(_narrowed(step, copy, shifts, priced, prices.problem), saves, shifts)
            )
    return sorted(found, key=lambda guess: -guess.saves)


def room_guesses(prices: StepPrices, steps: Iterable[Step]) -> list[Guess]:
    """Savings of larger rooms, the best first."""
    found = []
    for step in steps:
        assert step.center is not None
        center = step.center.center_id
        saves = prices.room(center)
        shifts = [s.shift_id for s in prices.problem.shifts if s.center_id == center]
        if shifts:
            found.append(Guess(step, saves, tuple(shifts)))
    return sorted(found, key=lambda guess: -guess.saves)


def _id(step: Step) -> str:
    assert step.person is not None
    return step.person.volunteer_id


def _narrowed(
    step: Step, copy: str, shifts: tuple[str, ...], priced: PricedProgram, problem: Problem
) -> Step:
    """The step with only the windows that pay: those of the week, or the one that pays most."""
    by_id = {s.shift_id: s for s in problem.shifts}
    if step.kind == "volunteer":
        return replace(step, windows=windows_of(_id(step), [by_id[s] for s in shifts]))
    if step.kind == "window":
        for _, shift_id in priced.works(copy):
            shift = by_id[shift_id]
            fitting = [w for w in step.windows if w.start <= shift.start and shift.end <= w.end]
            if fitting:
                return replace(step, windows=(fitting[0],))
    return step


class _Copies:
    """A problem with everybody as steps would have them, beside the people as they are."""

    def __init__(self, problem: Problem, steps: Sequence[Step]) -> None:
        self.ids = free_ids(problem, (f"copy {i}" for i in range(len(steps))))
        windows = _by_person(problem.availability)
        pins, wishes = _by_person(problem.pins), _by_person(problem.preferences)
        history = _by_person(problem.history)
        people, new_windows, new_pins, new_wishes, new_history = [], [], [], [], []
        for step, copy in zip(steps, self.ids, strict=True):
            assert step.person is not None
            who, own = step.person.volunteer_id, {"volunteer_id": copy}
            people.append(step.person.model_copy(update=own))
            both = [*windows.get(who, ()), *step.windows]
            new_windows += [w.model_copy(update=own) for w in both]
            new_pins += [p.model_copy(update=own) for p in pins.get(who, ())]
            new_wishes += [p.model_copy(update=own) for p in wishes.get(who, ())]
            new_history += [h.model_copy(update=own) for h in history.get(who, ())]
        self.problem = problem.model_copy(
            update={
                "volunteers": (*problem.volunteers, *people),
                "availability": (*problem.availability, *new_windows),
                "pins": (*problem.pins, *new_pins),
                "preferences": (*problem.preferences, *new_wishes),
                "history": (*problem.history, *new_history),
            }
        )


def _by_person(items: Iterable[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for item in items:
        found.setdefault(item.volunteer_id, []).append(item)  # type: ignore[attr-defined]
    return found


_ALIKE = 2
"""Steps of a kind at the same centers that come before those at other ones."""


def promising_steps(
    prices: StepPrices,
    typical: Typical,
    most: int,
    least: int,
    examined: dict[Kind, int],
    is_over: Callable[[], bool],
) -> dict[Group, list[Guess]]:
    """The steps that promise most, at most `most` of each group.

    Of each kind, the best weeks of `least` steps at least are found exactly.

    Steps that would help other people or centers come before more that help the same ones.
    `examined` gets the number of steps of each kind that were priced. Asked before each kind and
    each week, `is_over` ends it with what was found so far.
    """
    found: dict[Group, list[Guess]] = {group: [] for group in GROUPS}
    looked_at = max(least, 2 * most)
    for kind, steps in _steps(prices, typical):
        if is_over():
            break
        examined[kind] = len(steps)
        if kind == "capacity":
            ranked = room_guesses(prices, steps)
        else:
            ranked = guesses(prices, steps, looked_at, is_over)
        if kind == "window":
            # Each was free at all times; now each has the one window that pays most.
            ranked = guesses(prices, [guess.step for guess in ranked], looked_at, is_over)
        if steps:
            found[steps[0].group] += ranked
    return {group: _varied(ranked, prices)[:most] for group, ranked in found.items()}


def _steps(prices: StepPrices, typical: Typical) -> Iterator[tuple[Kind, list[Step]]]:
    """Steps of each kind."""
    problem = prices.problem
    yield "volunteer", list(candidates.volunteers(problem, typical))
    yield "training", list(candidates.trainings(problem))
    yield "max_shifts", list(candidates.more_shifts(problem))
    yield "max_distance", list(candidates.farther(problem))
    yield "window", list(candidates.extra_windows(problem))
    yield "capacity", list(candidates.rooms(problem))


def _varied(ranked: list[Guess], prices: StepPrices) -> list[Guess]:
    """The best first, but later what would help where others do: the same people and centers.

    Of equal ones the one that asks for the least skill comes first.
    """
    center_of = {s.shift_id: s.center_id for s in prices.problem.shifts}
    seen: Counter[Hashable] = Counter()
    turns: list[tuple[int, int, Guess]] = []
    for guess in sorted(ranked, key=lambda guess: (-round(guess.saves, 3), guess.step.asked)):
        thing = guess.step.about
        place = (guess.step.kind, frozenset(center_of[s] for s in guess.shifts))
        turns.append((max(seen[thing], seen["place", place] // _ALIKE), len(turns), guess))
        seen.update((thing, ("place", place)))
    return [guess for _, _, guess in sorted(turns, key=lambda turn: turn[:2])]
