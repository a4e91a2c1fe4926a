"""The catalogue by the keys that rooms had before they stated messages; it goes with the last one.

Language and key -> text, out of `present/locale`; also names of rules and units in Vietnamese. New
code states `Message`s and says them by `present.words`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TypeAlias

from shiftplan.errors.message.catalogue import catalogue

Lang: TypeAlias = str
"""A language that has a catalogue."""


@cache
def _codes() -> Mapping[str, str]:
    """Key -> code of the catalogue."""
    text = Path(__file__).with_name("keys.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


class _Text(str):
    """A text whose named gaps also take what is given by position, in the order of English."""

    english: str

    def __new__(cls, text: str, english: str) -> _Text:
        made = super().__new__(cls, text)
        made.english = english
        return made

    def format(self, *args: object, **named: object) -> str:
        names = [n for _, n, _, _ in Formatter().parse(self.english) if n and not n.isdigit()]
        if args and names:
            named |= dict(zip(dict.fromkeys(names), args, strict=False))
            return re.sub(r"\{(\w+)[^{}]*\}", lambda gap: str(named[gap[1]]), self)
        return super().format(*args, **named)


class _Texts(Mapping[str, str]):
    """Texts of a language by key, or by name below a room; read when one is asked for."""

    def __init__(self, lang: str, room: str = "") -> None:
        self._lang = lang
        self._room = room

    def __getitem__(self, key: str) -> str:
        found = catalogue(self._lang)
        code = self._code(key)
        return _Text(
            (found if code in found else catalogue("en"))[code][0], catalogue("en")[code][0]
        )

    def __iter__(self) -> Iterator[str]:
        if self._room:
            start = f"{self._room}."
            found = (c.removeprefix(start) for c in catalogue("en") if c.startswith(start))
            return iter(found)
        return (key for key in _codes() if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _code(self, key: str) -> str:
        if self._room:
            return f"{self._room}." + re.sub(r"[^a-z0-9.]+", "_", key.lower()).strip("_")
        return _codes()[key]


class _Languages(dict[str, Mapping[str, str]]):
    """Texts of English and Vietnamese, and of each other language when it is asked for."""

    def __missing__(self, lang: str) -> Mapping[str, str]:
        return _Texts(lang)


TEXTS: Mapping[Lang, Mapping[str, str]] = _Languages(en=_Texts("en"), vi=_Texts("vi"))
"""Language -> key -> text."""
RULES_VI: Mapping[str, str] = _Texts("vi", "rule")
"""Kind of rule -> what it is about, in Vietnamese."""
UNITS_VI: Mapping[str, str] = _Texts("vi", "unit")
"""Unit of a violation's amount -> its name in Vietnamese."""
