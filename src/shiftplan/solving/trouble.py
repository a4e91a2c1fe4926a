"""What a result says where there is no roster, or one too poor to be handed out, and why.

`conflict` -> `Conflict`, `WayOut`; `fillable` -> `Poor`; these -> sentences, `result.json`, exit
codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shiftplan.errors.message import Message, OfRule, Place
from shiftplan.week.json_form import Amount, Written


@dataclass(frozen=True, slots=True)
class ConflictMember(Written):
    """A hard rule or pin that takes part in a contradiction."""

    json_keys = "rule who where=at pairs sentence=message"

    rule: str
    """Kind of the rule."""
    who: str
    """Volunteer id; empty when it concerns a team."""
    where: Place | None
    """The place, as in a `Violation`; None when it concerns the whole horizon."""
    message: Message = field(compare=False)
    """The member as a sentence, with names beside ids.

    `message.said("vi")` says it in Vietnamese.
    """
    center: str = field(default="", compare=False)
    """Name of the center it concerns, or whose shift, with the id where two centers share the name;
    empty when there is none."""
    unit: str = field(default="", compare=False)
    """What an amount of it counts, such as people or shifts."""
    pairs: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """(volunteer id, shift id) of all pairs that it forbids, where it only forbids pairs, such as
    those outside the times offered; empty for other rules."""
    center_id: str = field(default="", compare=False)
    """Id of that center."""

    @property
    def at(self) -> str:
        """The place as a `Violation` names it; empty when it concerns the whole horizon."""
        return "" if self.where is None else str(self.where)

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True, slots=True)
class GivenUp(Written):
    """What a way out gives up."""

    json_keys = "*member amount"

    member: ConflictMember
    """The rule or pin."""
    amount: Amount
    """By how much it is broken, in the unit of its rule."""


@dataclass(frozen=True, slots=True)
class WayOut(Written):
    """What to give up so that hard rules and pins no longer contradict each other."""

    json_keys = "price minimal give_up"

    members: tuple[ConflictMember, ...]
    """What is given up: there is a roster that keeps everything else."""
    amounts: tuple[int, ...]
    """By how much each is broken then, in the unit of its rule as the model counts it; the least
    possible in sum where the way out is minimal. Of a run of days that is too short the checker may
    count more: the model does not miss the days after its end that are worked again."""
    price: Amount
    """What people give up, as `Rule.worth` ranks it."""
    minimal: bool = True
    """Whether it is proven that none of it can be kept, and that no other way out which was not
    found before has a lower price."""

    @property
    def give_up(self) -> list[GivenUp]:
        """What is given up."""
        return [GivenUp(*pair) for pair in zip(self.members, self.amounts, strict=True)]


@dataclass(frozen=True, slots=True)
class SeatCount(Written):
    """Why hard rules cannot all hold, where a count shows it: too many seats for the people."""

    json_keys = "people most asked sentence=message"

    people: Amount
    """People who could fill some of the seats."""
    most: Amount
    """Seats that they can fill at most, as far as each person's own rules allow."""
    asked: Amount
    """Seats that hard rules ask to be filled."""

    @property
    def message(self) -> Message:
        """The count as a sentence.

        `message.said("vi")` says it in Vietnamese.
        """
        return Message("conflict.count", people=self.people, most=self.most, asked=self.asked)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Hard rules and pins that cannot all hold; false, as a condition, where there are none."""

    members: tuple[ConflictMember, ...]
    """Alone they leave no roster; empty when nothing has to give way."""
    minimal: bool
    """Whether it is proven that each is needed: without any one of them the others can hold."""
    confirmed: bool = True
    """Whether a second solver had the time to say so too; it never says otherwise."""
    count: SeatCount | None = None
    """The count that shows it, where many people are concerned. Members are whole rules then, each
    with how many people or requirements it concerns, and not proven to be minimal."""

    def __bool__(self) -> bool:
        return bool(self.members)


class PoorReason(StrEnum):
    """What makes a roster too poor to be handed out."""

    NOBODY = "NOBODY"
    """Nobody can take any shift, or none with a seat for them: the tables need a correction."""
    EMPTY = "EMPTY"
    """The best roster is empty: hard rules allow no assignment, or none is worth its cost."""
    SEATS = "SEATS"
    """The search stopped early with less than half of the fillable seats filled."""
    GAP = "GAP"
    """The search stopped early with fillable seats empty and a proven gap above 50%, below 100%."""


MENDS_WITH_TIME = (PoorReason.SEATS, PoorReason.GAP)
"""Reasons for which a longer search may find a better roster."""


@dataclass(frozen=True, slots=True)
class Poor(Written):
    """Why a roster is too poor to be handed out."""

    json_keys = "reason seats fillable filled gap barred sentence=message"

    reason: PoorReason
    """What makes it so."""
    seats: Amount
    """Seats of all requirements, with and without a skill."""
    fillable: Amount
    """Of these, seats that people could fill at most."""
    filled: Amount
    """Of these, seats filled."""
    gap: Annotated[float, Field(ge=0, le=1)] | None
    """Proven gap, 0 to 1; None when unknown."""
    barred: Mapping[str, Amount] = field(default_factory=dict)
    """Reason -> people, where nobody can take any shift; everybody counts once. `no_time`: offered
    no time. `no_shift_in_time`: no shift lies within the time given. Else the kind of rule that
    forbids all shifts within that time, or `together` where it takes several rules."""

    @property
    def message(self) -> Message:
        """The reason and the remedy in words.

        `message.said("vi")` says them in Vietnamese.
        """
        if self.reason is PoorReason.NOBODY:
            people = sum(self.barred.values())
            if not people:
                return Message("plans.poor_no_people")
            reasons = [
                Message(f"plans.barred_{why}", people=count)
                if why in _BARRED
                else Message("plans.barred_rule", people=count, rule=OfRule(why), kind=why)
                for why, count in self.barred.items()
            ]
            code = "poor_nobody_fits" if "no_seat" in self.barred else "poor_nobody"
            return Message(f"plans.{code}", people=people, reasons=reasons)
        if self.reason is PoorReason.EMPTY:
            return Message("status.empty")
        if self.reason is PoorReason.GAP:
            return Message("plans.poor_gap", gap=self.gap)
        code = "plans.poor_seats" if self.filled else "plans.poor_empty"
        return Message(code, filled=self.filled, fillable=self.fillable)


_BARRED = {"max_distance", "max_shifts", "no_seat", "no_shift_in_time", "no_time", "together"}
"""Reasons with a sentence of their own."""
