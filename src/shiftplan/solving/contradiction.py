"""What a result says when hard rules and pins cannot all hold: who is in it, and ways out.

`conflict` -> these -> `Result`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shiftplan.options import check_options, lang_option
from shiftplan.present.texts import Lang
from shiftplan.present.texts.wording import in_both


@dataclass(frozen=True, slots=True)
class ConflictMember:
    """A hard rule or pin that takes part in a contradiction."""

    rule: str
    """Kind of the rule."""
    who: str
    """Volunteer id; empty when it concerns a team."""
    where: str
    """The place as a `Violation` names it; empty when it concerns the whole horizon."""
    sentence: Mapping[Lang, str] = field(default_factory=dict, compare=False)
    """Language -> the same in words."""
    center: str = field(default="", compare=False)
    """Name of the center of the shift it concerns; empty when there is none."""
    unit: str = field(default="", compare=False)
    """What an amount of it counts, such as people or shifts."""
    pairs: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """(volunteer id, shift id) of all pairs that it forbids, where it only forbids pairs, such as
    those outside the times offered; empty for other rules."""

    def say(self, lang: Lang = "en") -> str:
        """The member as a sentence."""
        check_options(lang_option(lang))
        return self.sentence.get(lang) or str(self)

    def as_dict(self) -> dict[str, Any]:
        """The member for JSON, with its sentence in both languages."""
        said = in_both(self.say)
        return {
            "rule": self.rule,
            "who": self.who,
            "where": self.where,
            "pairs": [list(pair) for pair in self.pairs],
            "sentence": said,
        }

    def __str__(self) -> str:
        return " ".join(part for part in (self.rule, self.who, self.where) if part)


@dataclass(frozen=True, slots=True)
class WayOut:
    """What to give up so that hard rules and pins no longer contradict each other."""

    members: tuple[ConflictMember, ...]
    """What is given up: there is a roster that keeps everything else."""
    amounts: tuple[int, ...]
    """By how much each is broken then, in the unit of its rule as the model counts it; the least
    possible in sum where the way out is minimal. Of a run of days that is too short the checker may
    count more: the model does not miss the days after its end that are worked again."""
    price: int
    """What people give up, as `shiftplan.solving.conflict.prices` ranks it."""
    minimal: bool = True
    """Whether it is proven that none of it can be kept, and that no other way out which was not
    found before has a lower price."""

    def as_dict(self) -> dict[str, Any]:
        """The way out for JSON."""
        pairs = zip(self.members, self.amounts, strict=True)
        return {
            "price": self.price,
            "minimal": self.minimal,
            "give_up": [{**member.as_dict(), "amount": amount} for member, amount in pairs],
        }


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
