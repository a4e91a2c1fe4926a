"""Centers, services and languages named in a log, each different text once.

Codes of texts -> positions in the week, unknown names, and ambiguous names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from shiftplan.files.cells import Bad
from shiftplan.files.csv_text import plain
from shiftplan.files.headings import folded
from shiftplan.files.references import Resolver, resolver_of
from shiftplan.problem import Problem

UNKNOWN = -1
_BLANKS = re.compile(r"\s+")
_SIGNS = (re.compile(r"[;+|\n]"), re.compile(r"[,/&]"), _BLANKS)
"""Signs between the services of a visit, those that stand in no name first."""
MOST_NAMES = 10_000
"""Different texts that are looked up as names; those beyond are ids or unknown."""


class Lookup:
    """Finds the rows of a table of the week."""

    def __init__(self, problem: Problem, table: str, ids: Sequence[str]) -> None:
        self._place = {key: i for i, key in enumerate(ids)}
        self._resolver: Resolver = resolver_of(problem, table)
        self._looked_up = 0

    def place(self, text: str) -> int | Bad:
        """Position of the row that a text means; `UNKNOWN` where there is none."""
        text = plain(text.strip())
        if text in self._place:
            return self._place[text]
        self._looked_up += 1
        found = self._resolver.meant(text) if self._looked_up <= MOST_NAMES else None
        return self._place[found] if isinstance(found, str) else found or UNKNOWN

    def is_id(self, text: str) -> bool:
        """Whether a text is the id of a row."""
        return text in self._place


def places_of(texts: Sequence[str], lookup: Lookup) -> tuple[NDArray[np.int32], dict[int, Bad]]:
    """Position of the row that each text means, shape (texts,); ambiguous texts, by code."""
    found = np.full(len(texts), UNKNOWN, dtype=np.int32)
    wrong: dict[int, Bad] = {}
    for code, text in enumerate(texts):
        place = lookup.place(text)
        if isinstance(place, Bad):
            wrong[code] = place
        else:
            found[code] = place
    return found, wrong


@dataclass
class ServicesTold:
    """What texts mean that name one service or several."""

    offset: NDArray[np.int32]
    """Where the services of each text begin in `service`, and the end, shape (texts + 1,)."""
    service: NDArray[np.int32]
    """Positions of services, text after text, shape (steps,)."""
    unknown: dict[int, list[str]] = field(default_factory=dict)
    """Code of a text -> names in it that are no service of the week."""
    wrong: dict[int, Bad] = field(default_factory=dict)
    """Code of a text -> why it is ambiguous."""


def services_of(texts: Sequence[str], lookup: Lookup) -> ServicesTold:
    """Read texts such as `portal flow`, `Nộp hồ sơ; VNeID` or `portal+vneid`."""
    steps: list[int] = []
    ends = [0]
    nothing = np.zeros(0, dtype=np.int32)
    told = ServicesTold(nothing, nothing)
    for code, text in enumerate(texts):
        own: list[int] = []
        for name in _names_in(text, lookup):
            place = lookup.place(name)
            if isinstance(place, Bad):
                told.wrong[code] = place
            elif place == UNKNOWN:
                told.unknown.setdefault(code, []).append(name)
            elif place not in own:
                own.append(place)
        steps += own
        ends.append(len(steps))
    told.offset, told.service = np.array(ends, dtype=np.int32), np.array(steps, dtype=np.int32)
    return told


def _names_in(text: str, lookup: Lookup, signs: Sequence[re.Pattern[str]] = _SIGNS) -> list[str]:
    """The names of services that a text holds.

    Names have commas, strokes and blanks themselves: a text is parted only where it is no name as
    a whole, and at blanks only where one of its words is an id.
    """
    text = plain(text.strip())
    if not text or not signs or lookup.place(text) != UNKNOWN:
        return [text] if text else []
    parts = signs[0].split(text)
    if signs[0] is _BLANKS and not any(map(lookup.is_id, parts)):
        return [text]
    return [name for part in parts for name in _names_in(part, lookup, signs[1:])]


def words_told(texts: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """Different words of people, in their order, and the position of each text; -1 for blanks.

    Capitals, blanks and `_` make no difference; the least of the spellings stands for all.
    """
    spelled: dict[str, str] = {}
    for text in texts:
        word = plain(text.strip())
        if word:
            key = folded(word)
            spelled[key] = min(spelled.get(key, word), word)
    order = sorted(spelled)
    place = {key: i for i, key in enumerate(order)}
    found = [place.get(folded(plain(text.strip())), UNKNOWN) for text in texts]
    return tuple(spelled[key] for key in order), np.array(found, dtype=np.int32)
