"""Patterns of days: what a person does on each of some days in a row.

Text such as `night|late, off, !off` -> `PatternDay` of each day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from shiftplan.errors.message import Message
from shiftplan.week.fields import LONGEST_NAME, NameSet, Text

LONGEST_PATTERN = 31
"""Days of a pattern."""
LONGEST_ROTATION = 371
"""Days of a rotation: 53 weeks."""
_TIMES = re.compile(r"([1-9][0-9]{0,2})x\s+")
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

    def __str__(self) -> str:
        """The day as it is written in a pattern."""
        if not self.names and self.negated:
            return WORK if self.off else ANY
        return "!" * self.negated + "|".join([*self.names, *[OFF] * self.off])

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
    `5x ` before a day stands for five such days.
    """
    return tuple(_days(text)) if text else ()


def _days(text: str) -> Iterator[PatternDay]:
    for times, day in _parts(text):
        yield from [_day(day)] * times


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Yield how many days each part of a pattern stands for, and what is written for them."""
    for part in map(str.strip, text.split(",")):
        times = _TIMES.match(part)
        yield (int(times[1]), part[times.end() :]) if times else (1, part)


def _names(day: str) -> set[str]:
    return {name.strip() for name in day.removeprefix("!").split("|")}


def _day(text: str) -> PatternDay:
    negated, names = text.startswith("!"), _names(text)
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


def own_words(text: str) -> frozenset[str]:
    """Those of the words `any`, `off` and `work` that a pattern has."""
    found = {name for _, day in _parts(text) for name in _names(day)}
    return frozenset(found & {ANY, OFF, WORK})


def _written(text: str, longest: int = LONGEST_PATTERN) -> str:
    """A pattern with one blank after each comma; ValueError for what is none."""
    if len(pattern_days(text)) > longest:
        raise ValueError(Message("week.pattern_long", most=longest))
    return ", ".join("|".join(n.strip() for n in day.split("|")) for day in text.split(","))


_TEXT = {"type": "string", "minLength": 1, "maxLength": 10_000}
Pattern = Annotated[Text, Field(min_length=1), AfterValidator(_written), WithJsonSchema(_TEXT)]
"""Days in a row, such as `night|late, off, !off`; `pattern_days` tells what each of them is."""
LongPattern = Annotated[
    Text,
    Field(min_length=1),
    AfterValidator(lambda text: _written(text, LONGEST_ROTATION)),
    WithJsonSchema(_TEXT),
]
"""The same of up to 53 weeks."""
