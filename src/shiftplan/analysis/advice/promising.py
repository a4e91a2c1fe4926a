"""Which steps promise most, by the prices of the relaxation.

(`StepPrices`, `Typical`) -> `Guess`es of each group of steps, the best first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator

from shiftplan.analysis.advice import candidates
from shiftplan.analysis.advice.estimates import Guess, guesses, room_guesses
from shiftplan.analysis.advice.prices import StepPrices
from shiftplan.analysis.advice.steps import GROUPS, Group, Kind, Step
from shiftplan.analysis.advice.typical import Typical

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
