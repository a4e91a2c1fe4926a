"""What each person works, offered and wished.

(`Problem`, `Roster`) laid out as a `Case` -> `PersonLoad`, with a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from shiftplan.case.case import Case
from shiftplan.errors.message import Message
from shiftplan.week.json_form import Amount, Figure, Quantity, Share, Written, rounded


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
    people = ((v.volunteer_id, Wishes(*case.wishes(v))) for v in case.week.volunteers)
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


@dataclass(frozen=True, slots=True)
class PersonLoad(Written):
    """What one person works, offered and wished."""

    json_keys = (
        "volunteer_id name load shifts offered shifts_before offered_before undesired km "
        "wishes=wishes.count wishes_refused=wishes.refused reason"
    )

    volunteer_id: str
    """The person."""
    name: str
    """The person's name, or the id when there is none."""
    shifts: Amount
    """Shifts worked now."""
    offered: Amount
    """Different shift times inside the person's windows, at most the person's max_shifts."""
    shifts_before: Quantity = 0.0
    """Shifts worked before."""
    offered_before: Quantity = 0.0
    """Shifts offered before."""
    undesired: Quantity = 0.0
    """Shifts worked in undesired windows, now and before."""
    km: Annotated[Quantity, rounded(3)] | None = 0.0
    """Way from home to all shifts worked now, each once and one way; None when unknown."""
    wishes: Wishes = NO_WISHES
    """Wishes for now, and how many of them are refused."""
    group: tuple[str, ...] = ()
    """Groups the person belongs to."""

    @property
    def share(self) -> float:
        """Shifts worked by shifts offered now; 0 when nothing was offered."""
        return self.shifts / self.offered if self.offered else 0.0

    @property
    def load(self) -> Figure:
        """Shifts worked by shifts offered, earlier ones included; 0 when nothing was offered."""
        offered = self.offered_before + self.offered
        return (self.shifts_before + self.shifts) / offered if offered else 0.0

    @property
    def reason(self) -> Message:
        """What the load comes from, and what else is heavy, in a sentence."""
        parts = [Message("plans.works", shifts=self.shifts, offered=self.offered)]
        if self.offered_before or self.shifts_before:
            before = {"shifts": self.shifts_before, "offered": self.offered_before}
            parts.append(Message("plans.before", **before))
        if self.undesired:
            parts.append(Message("plans.undesired", shifts=self.undesired))
        if self.km:
            parts.append(Message("plans.km_in_all", km=math.floor(self.km + 0.5)))
        if self.wishes.refused:
            wishes = {"refused": self.wishes.refused, "wishes": self.wishes.count}
            parts.append(Message("plans.refused", **wishes))
        return Message("plans.load_reason", parts=parts)


def people_of(case: Case) -> list[PersonLoad]:
    """Everybody, in the order of the problem."""
    wishes = wishes_of(case)
    people = []
    for volunteer in case.week.volunteers:
        who, worked, history = (
            volunteer.volunteer_id,
            case.worked(volunteer),
            case.history(volunteer),
        )
        ways = [case.km(volunteer, s) for s in worked]
        known = [km for km in ways if km is not None]
        undesired = sum(case.offers.state(volunteer, s) == "undesired" for s in worked)
        people.append(
            PersonLoad(
                volunteer_id=who,
                name=volunteer.name or who,
                shifts=len(worked),
                offered=case.offers.count(volunteer),
                shifts_before=history.shifts_worked if history else 0.0,
                offered_before=history.shifts_offered if history else 0.0,
                undesired=undesired + (history.undesired_worked if history else 0.0),
                km=math.fsum(known) if len(known) == len(ways) else None,
                wishes=wishes.get(who, NO_WISHES),
                group=volunteer.group,
            )
        )
    return people
