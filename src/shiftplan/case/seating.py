"""Who has which exclusive seat of a shift.

(people, requirements, seats in the order of their worth) -> people by requirement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shiftplan.week.records import Volunteer
    from shiftplan.week.requirements import Requirement

SeatWorths = Callable[["Requirement"], Iterable[float]]
"""What each seat of a requirement is worth, falling."""


def by_target(need: Requirement) -> Iterable[float]:
    """As `coverage` prices seats: those below the minimum first, then the first of small teams."""
    for seat in range(1, need.target + 1):
        yield (4 if seat <= need.minimum else 1) * (1 + (need.target - seat) / need.target)


def seated(
    team: Sequence[Volunteer],
    needs: Sequence[Requirement],
    worths: SeatWorths,
    fits: Callable[[Requirement, Volunteer], bool],
) -> list[list[Volunteer]]:
    """People who have the seats of each requirement, each of them one seat at most.

    The seats filled are worth the most together, and as many as can be, whatever their worth. Seats
    are tried in falling order of worth, and one is filled wherever those before it can stay filled,
    if need be by others (Edmonds and Fulkerson, Transversals and matroid partition, 1965; Kuhn, The
    Hungarian method for the assignment problem, 1955).
    """
    able = [[who for who, person in enumerate(team) if fits(need, person)] for need in needs]
    seat_of: dict[int, int] = {}

    def found(need: int, tried: set[int]) -> bool:
        """Whether somebody takes one more seat of a requirement, or makes room for who does."""
        tried.add(need)
        free = next((who for who in able[need] if who not in seat_of), None)
        if free is not None:
            seat_of[free] = need
            return True
        for who in able[need]:
            if seat_of[who] not in tried and found(seat_of[who], tried):
                seat_of[who] = need
                return True
        return False

    order = sorted((-worth, place) for place, need in enumerate(needs) for worth in worths(need))
    full: set[int] = set()
    for _, need in order:
        if need not in full and not found(need, set()):
            full.add(need)
    return [
        [person for who, person in enumerate(team) if seat_of.get(who) == place]
        for place in range(len(needs))
    ]
