"""What people wish of a roster, and which of it they get.

Tables preferences and availability of a `Case` -> `Wishes` by person.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shiftplan.case.case import Case
from shiftplan.week.json_form import Amount, Share, Written


@dataclass(frozen=True, slots=True)
class Wishes:
    """Wishes of a person, each counting the same whatever its weight."""

    count: Amount = 0
    """Rows of the table preferences, and different shift times inside undesired windows."""
    refused: Amount = 0
    """Of these, preferences that are refused and shift times that are worked."""

    @property
    def met(self) -> float:
        """Share of the wishes that are met, 0 to 1; 1 without any."""
        return (self.count - self.refused) / self.count if self.count else 1.0


NO_WISHES = Wishes()
"""Of people who have none."""


def wishes_of(case: Case) -> Mapping[str, Wishes]:
    """Volunteer id -> wishes, for those who have any."""
    people = ((v.volunteer_id, Wishes(*case.wishes(v))) for v in case.problem.volunteers)
    return {who: wishes for who, wishes in people if wishes.count}


@dataclass(frozen=True, slots=True)
class WishesMet(Written):
    """How far the wishes of some people are met."""

    people: Amount
    """People who have any wish."""
    met: Share | None
    """Mean of the shares met of each of them: everybody counts the same, however many wishes they
    have; None when nobody has any, or nobody works: against an empty roster nobody wished."""
    count: Amount
    """Wishes in all."""
    refused: Amount
    """Of these, wishes that are refused."""

    @staticmethod
    def of(wishes: Iterable[Wishes]) -> WishesMet:
        """Add up the wishes of some people, in any order."""
        own = [w for w in wishes if w.count]
        share = math.fsum(w.met for w in own) / len(own) if own else None
        return WishesMet(len(own), share, sum(w.count for w in own), sum(w.refused for w in own))
