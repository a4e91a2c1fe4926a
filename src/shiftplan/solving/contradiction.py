"""What a result says when hard rules and pins cannot all hold: who is in it, and ways out.

`conflict` -> these -> `Result`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from shiftplan.errors.message import Message, Place
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
    """Name of the center of the shift it concerns; empty when there is none."""
    unit: str = field(default="", compare=False)
    """What an amount of it counts, such as people or shifts."""
    pairs: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """(volunteer id, shift id) of all pairs that it forbids, where it only forbids pairs, such as
    those outside the times offered; empty for other rules."""

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
class Conflict:
    """Hard rules and pins that cannot all hold; false, as a condition, where there are none."""

    members: tuple[ConflictMember, ...]
    """Alone they leave no roster; empty when nothing has to give way."""
    minimal: bool
    """Whether it is proven that each is needed: without any one of them the others can hold."""
    confirmed: bool = True
    """Whether a second solver had the time to say so too; it never says otherwise."""

    def __bool__(self) -> bool:
        return bool(self.members)
