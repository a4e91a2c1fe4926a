"""When a roster is too poor to be handed out, and why.

`Poor` -> sentences, `result.json`, exit codes; `solving.fillable` finds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shiftplan.options import check_options, lang_option
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import number, percent, rule_name
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

    json_keys = "reason seats fillable filled gap barred sentence=line"

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

    def line(self, lang: Lang) -> str:
        """The reason and the remedy in words."""
        check_options(lang_option(lang))
        words = TEXTS[lang]
        if self.reason is PoorReason.NOBODY:
            people = sum(self.barred.values())
            if not people:
                return words["poor no people"]
            said = [_barred(why, count, lang) for why, count in self.barred.items()]
            key = "poor nobody fits" if "no_seat" in self.barred else "poor nobody"
            return words[key].format(number(people, lang), "; ".join(said))
        if self.reason is PoorReason.EMPTY:
            return words["EMPTY"]
        if self.reason is PoorReason.GAP:
            said_so = words["poor gap"].format(percent(self.gap, lang, up=True))
        else:
            key = "poor seats" if self.filled else "poor empty"
            filled, fillable = number(self.filled, lang), number(self.fillable, lang)
            said_so = words[key].format(filled, fillable)
        return f"{said_so} {words['poor remedy']}"


def _barred(why: str, count: int, lang: Lang) -> str:
    key = f"barred {why}"
    words = TEXTS[lang]
    if key in words:
        return words[key].format(number(count, lang))
    return words["barred rule"].format(number(count, lang), rule_name(why, lang))
