"""What people wish of a roster, and which of it they get.

Tables preferences and availability of a `Case` -> `Wishes` by person.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shiftplan.case import Case


@dataclass(frozen=True, slots=True)
class Wishes:
    """Wishes of a person, each counting the same whatever its weight."""

    count: int = 0
    """Rows of the table preferences, and different shift times inside undesired windows."""
    refused: int = 0
    """Of these, preferences that are refused and shift times that are worked."""

    @property
    def met(self) -> float:
        """Share of the wishes that are met, 0 to 1; 1 without any."""
        return (self.count - self.refused) / self.count if self.count else 1.0


NO_WISHES = Wishes()
"""Of people who have none."""


def wishes_of(case: Case) -> Mapping[str, Wishes]:
    """Volunteer id -> wishes, for those who have any.

    A preference for a shift, or for a day, is refused when the person does not work it, or no
    shift of the types or tags meant on that day; one against it when they do.
    """
    count: dict[str, int] = {}
    refused: dict[str, int] = {}
    for wish in case.problem.preferences:
        who = wish.volunteer_id
        if wish.shift_id is not None:
            works = any(s.shift_id == wish.shift_id for s in case.shifts_of[who])
        else:
            meant = case.worked(case.volunteers[who], wish.shifts)
            works = any(s.day == wish.date for s in meant)
        count[who] = count.get(who, 0) + 1
        refused[who] = refused.get(who, 0) + (works == (wish.state == "against"))
    times = sorted({(s.start, s.end) for s in case.problem.shifts})
    starts = [start for start, _ in times]
    for window in case.problem.availability:
        if window.state != "undesired":
            continue
        near = range(bisect_left(starts, window.start), bisect_left(starts, window.end))
        inside = {times[i] for i in near if times[i][1] <= window.end}
        if inside:
            who = window.volunteer_id
            worked = {(s.start, s.end) for s in case.shifts_of[who]}
            count[who] = count.get(who, 0) + len(inside)
            refused[who] = refused.get(who, 0) + len(inside & worked)
    return {who: Wishes(count[who], refused[who]) for who in count}


@dataclass(frozen=True, slots=True)
class WishesMet:
    """How far the wishes of some people are met."""

    people: int
    """People who have any wish."""
    share: float | None
    """Mean of the shares met of each of them: everybody counts the same, however many wishes they
    have; None when nobody has any."""
    count: int
    """Wishes in all."""
    refused: int
    """Of these, wishes that are refused."""

    @staticmethod
    def of(wishes: Iterable[Wishes]) -> WishesMet:
        """Add up the wishes of some people, in any order."""
        own = [w for w in wishes if w.count]
        share = math.fsum(w.met for w in own) / len(own) if own else None
        return WishesMet(len(own), share, sum(w.count for w in own), sum(w.refused for w in own))
