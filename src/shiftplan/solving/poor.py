"""When a roster is too poor to be handed out, and why.

`Poor` -> sentences, `result.json`, exit codes; `solving.fillable` finds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shiftplan.errors.message import Message, OfRule
from shiftplan.week.json_form import Amount, Written


class PoorReason(StrEnum):
    """What makes a roster too poor to be handed out."""

    NOBODY = "NOBODY"
    """Nobody can take any shift, or none with a seat for them: the tables need a correction."""
    EMPTY = "EMPTY"
    """The best roster is empty: hard rules allow no assignment, or none is worth its cost."""
    SEATS = "SEATS"
    """The search stopped early with less than half of the fillable seats filled."""
    GAP = "GAP"
    """The search stopped early with fillable seats empty and a proven gap above 50%."""


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
            reasons = [_barred(why, count) for why, count in self.barred.items()]
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


def _barred(why: str, people: int) -> Message:
    """How many people a reason keeps from every shift."""
    if why in _BARRED:
        return Message(f"plans.barred_{why}", people=people)
    return Message("plans.barred_rule", people=people, rule=OfRule(why), kind=why)
