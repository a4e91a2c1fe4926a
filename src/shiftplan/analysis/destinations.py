"""Where somebody could go: each shift, and each person whose place they could take, with the price.

(`Candidates`, person, the shift they leave) -> `destinations` -> `Destinations`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shiftplan.analysis.candidates import Candidates, comes, leaves
from shiftplan.scoring.moves import Effect
from shiftplan.week.roster import Change


@dataclass(frozen=True, slots=True)
class Destination:
    """One way for somebody to come to a shift."""

    changes: tuple[Change, ...]
    """Their coming first, and all that is done with it."""
    effect: Effect
    """What it does; `check` of both rosters would show the same."""

    @property
    def shift_id(self) -> str:
        """The shift."""
        return self.changes[0].assignment.shift_id


@dataclass(frozen=True, slots=True)
class Destinations:
    """Where one person could go in one roster."""

    shifts: tuple[Destination, ...]
    """A shift that they join; they leave the one that they are taken from."""
    people: Mapping[str, tuple[Destination, ...]]
    """Somebody in such a shift -> ways in which their place there is taken. They then work the
    shift that was left, if no rule forbids it to them; where none was left, one shift less."""
    barred: Mapping[str, tuple[str, ...]]
    """Shift that they cannot take whatever they leave -> kinds of the rules against it."""


def destinations(
    candidates: Candidates, volunteer_id: str, leaving: str | None = None
) -> Destinations:
    """Judge every place to which somebody could be moved.

    Parameters
    ----------
    candidates
        Judges changes of the roster.
    volunteer_id
        Who moves; known to the problem.
    leaving
        Id of the shift that they leave for it, which they work; None when they only come.
    """
    case, effect = candidates.case, candidates.effect
    barred = candidates.bars(volunteer_id)
    own = {shift.shift_id for shift in case.shifts_of[volunteer_id]}
    away = () if leaving is None else (leaves(leaving, volunteer_id),)
    free = None if leaving is None else {v.volunteer_id for v in candidates.able(leaving)}
    shifts: list[Destination] = []
    people: dict[str, list[Destination]] = {}
    for at in case.shifts:
        if at in own or at in barred:
            continue
        going = (comes(at, volunteer_id), *away)
        shifts.append(Destination(going, effect(*going)))
        for other in (v.volunteer_id for v in case.people_in[at]):
            if free is not None and other not in free:
                continue
            steps = (*going, leaves(at, other))
            steps += () if leaving is None else (comes(leaving, other),)
            people.setdefault(other, []).append(Destination(steps, effect(*steps)))
    return Destinations(tuple(shifts), {who: tuple(found) for who, found in people.items()}, barred)
