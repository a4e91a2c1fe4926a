"""Patterns of days: what a person does on each of some days in a row.

Text such as `night|late, off, !off` -> `PatternDay` of each day.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from shiftplan.errors.message import Message
from shiftplan.week.fields import LONGEST_NAME, NameSet, Text

LONGEST_PATTERN = 31
"""Days of a pattern."""
ANY, OFF, WORK = "any", "off", "work"
"""Words for a day of whatever kind, one without work, and one with work."""


@dataclass(frozen=True, slots=True)
class PatternDay:
    """What a person does on a day, one of some things, or none of them."""

    names: NameSet = ()
    """Works a shift of one of these types or tags."""
    off: bool = False
    """Or works no shift."""
    negated: bool = False
    """Whether the day must be none of these instead; without a name and `off`, any day is."""

    @property
    def is_any(self) -> bool:
        """Whether every day is one of these."""
        return self.negated and not self.names and not self.off

    @property
    def is_named(self) -> bool:
        """Whether only a shift of one of the names makes a day one of these."""
        return bool(self.names) and not self.off and not self.negated


@lru_cache(maxsize=1024)
def pattern_days(text: str) -> tuple[PatternDay, ...]:
    """The days of a pattern, in order; none for an empty text. ValueError for what is no pattern.

    Commas separate days and bars the alternatives of a day: types of shifts, tags, `off`, or `work`
    for any shift. `any` is a day of whatever kind, and `!` before a day means none of what follows.
    """
    return tuple(map(_day, text.split(","))) if text else ()


def _day(text: str) -> PatternDay:
    negated = text.strip().startswith("!")
    names = {name.strip() for name in text.strip().removeprefix("!").split("|")}
    if "" in names or any(len(name) > LONGEST_NAME or name.startswith("!") for name in names):
        raise ValueError(Message("week.pattern_form"))
    if ANY in names:
        if names != {ANY} or negated:
            raise ValueError(Message("week.pattern_any"))
        return PatternDay(negated=True)
    if {OFF, WORK} <= names:
        raise ValueError(Message("week.pattern_any"))
    if WORK in names:
        return PatternDay(off=True, negated=not negated)
    return PatternDay(tuple(sorted(names - {OFF})), OFF in names, negated)


def _written(text: str) -> str:
    """A pattern with one blank after each comma; ValueError for what is none."""
    if len(pattern_days(text)) > LONGEST_PATTERN:
        raise ValueError(Message("week.pattern_long", most=LONGEST_PATTERN))
    return ", ".join("|".join(n.strip() for n in day.split("|")) for day in text.split(","))


Pattern = Annotated[
    Text,
    Field(min_length=1),
    AfterValidator(_written),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 10_000}),
]
"""Days in a row, such as `night|late, off, !off`; `pattern_days` tells what each of them is."""
