"""Facts that people read: what is said, as a code with typed parameters, never as a sentence.

Any room -> `Message`s -> the words of a language (`present.words`), or JSON.

`str(message)` is the English line. The words are in the catalogues below `present/locale`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from numbers import Integral, Real
from os import PathLike, fspath
from types import MappingProxyType
from typing import Any, TypeAlias
from unicodedata import category

from shiftplan.errors.message.places import (
    AtCenter,
    AtSeat,
    AtShift,
    AtTimes,
    CenterDay,
    Column,
    FromDay,
    InAreas,
    InMonth,
    InWeek,
    OfRule,
    OfSkill,
    OnDay,
    Person,
    Place,
    ShiftsOn,
    Span,
    Table,
    Word,
    in_json,
)
from shiftplan.errors.message.places import is_longer_than_day as is_longer_than_day
from shiftplan.errors.message.places import period_of as period_of

__all__ = [
    "AtCenter",
    "AtSeat",
    "AtShift",
    "AtTimes",
    "CenterDay",
    "Column",
    "FromDay",
    "InAreas",
    "InMonth",
    "InWeek",
    "Message",
    "OfRule",
    "OfSkill",
    "OnDay",
    "Person",
    "Place",
    "ShiftsOn",
    "Span",
    "Table",
    "Word",
    "languages",
    "parts_of",
]

LOCALE: Any = files("shiftplan") / "present" / "locale"
"""Folder of the catalogues, also in an archive; each `.po` file in it is a language."""
OF_KIND = "@"
"""Stands between a language and the kind of work whose words it uses, such as `en@food-bank`."""
JOINERS = frozenset("\u200c\u200d")
"""Invisible signs that stay in text: the joiners that some scripts need."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's kinds of signs that nobody sees, or that make a terminal do something else than show
text: controls, marks of form, halves of signs, ends of lines and paragraphs."""


def languages() -> tuple[str, ...]:
    """Languages that messages can be said in, English first."""
    return _languages(LOCALE)


def catalogue_file(lang: str) -> Any:
    """File with the words of a language; there is none for an unknown language."""
    return _file(LOCALE, lang)


@cache
def _file(folder: Any, lang: str) -> Any:
    return folder / f"{lang}.po"


@cache
def _languages(folder: Any) -> tuple[str, ...]:
    found = {path.name.removesuffix(".po") for path in folder.iterdir() if path.name[-3:] == ".po"}
    return ("en", *sorted(found - {"en"}))


_ADDED: dict[str, dict[str, tuple[str, ...]]] = {}
"""Language -> code -> text, of words that no catalogue has."""


def add_words(lang: str, texts: Mapping[str, str]) -> None:
    """Say codes of a language by these texts where its catalogue has none for them."""
    _ADDED.setdefault(lang, {}).update((code, (text,)) for code, text in texts.items())


def drop_words(lang: str, codes: Iterable[str]) -> None:
    """Leave codes of a language without their added words again."""
    for code in codes:
        _ADDED.get(lang, {}).pop(code, None)


def added_words(lang: str) -> dict[str, tuple[str, ...]]:
    """Code -> texts that were added to a language."""
    return _ADDED.get(lang, {})


def is_unseen(sign: str) -> bool:
    """Whether a sign shows nothing, or makes a terminal do something else than show text."""
    return category(sign) in _UNSEEN


def shown(text: str) -> str:
    """A user's text on one line, with codes for signs that are not seen."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign in JOINERS or not is_unseen(sign) else ascii(sign)[1:-1] for sign in text
    )


Param: TypeAlias = (
    "str | int | float | dt.date | dt.time | dt.timedelta | Place | Message"
    " | tuple[Param, ...] | None"
)
"""What a message may hold; text is the user's own and always shown as it is, on one line."""


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Message:
    """One thing to say: a code of the catalogue and its typed parameters.

    Parameters
    ----------
    code
        `room.what_it_says`: lower case, digits, dots and underscores.
    params
        Values of the gaps, by name: `Message("files.no_such_column", column="x", known=("a",))`.
        Lists become tuples, numbers of numpy become Python's, paths become text.

    Raises
    ------
    TypeError
        For a parameter of another type.
    """

    code: str
    """Which entry of the catalogue it is."""
    _items: tuple[tuple[str, Param], ...]

    def __init__(self, code: str, /, **params: Any) -> None:
        object.__setattr__(self, "code", code)
        items = tuple((name, _plain(params[name])) for name in sorted(params))
        object.__setattr__(self, "_items", items)

    @property
    def params(self) -> Mapping[str, Param]:
        """Values of the gaps, by name; read-only."""
        return MappingProxyType(dict(self._items))

    def as_json(self) -> dict[str, object]:
        """Code and parameters, as JSON holds them."""
        return {"code": self.code, "params": {k: in_json(v) for k, v in self._items}}

    def said(self, lang: str) -> str:
        """The words of a language, with the names that the message itself holds.

        Raises InputError if there is no such language.
        """
        return said_in(self, lang)

    def __str__(self) -> str:
        return said_in(self, "en")

    def __repr__(self) -> str:
        return f"Message({', '.join([repr(self.code), *(f'{k}={v!r}' for k, v in self._items)])})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Let fields of pydantic models be messages, written as JSON and read again."""
        from pydantic_core import core_schema

        written = core_schema.plain_serializer_function_ser_schema(cls.as_json)
        return core_schema.no_info_plain_validator_function(_message, serialization=written)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, object]:
        parts = {"code": {"type": "string"}, "params": {"type": "object"}}
        return {"type": "object", "properties": parts, "required": list(parts)}


def parts_of(where: AtTimes) -> tuple[Message, ...]:
    """The time or the dates of shifts, and their types, as a message names them one by one."""
    found: list[Message] = []
    first, last = where.first_day, where.last_day
    if where.start is not None and where.end is not None:
        start, end = where.start, where.end
        facts = {"day": start.date(), "start": start.time(), "end": end.time()}
        moments = Message("name.moments", start=start, end=end)
        found.append(moments if is_longer_than_day(start, end) else Message("form.span", **facts))
    elif first is not None and last is not None:
        facts = {"first": first, "last": last}
        one = Message("name.day", day=first)
        found.append(one if first == last else Message("name.days", **facts))
    elif first is not None:
        found.append(Message("form.from", day=first))
    elif last is not None:
        found.append(Message("name.until", day=last))
    if where.shifts:
        found.append(Message("name.types", names=where.shifts))
    return tuple(found)


def in_short(message: Message) -> str:
    """Code and parameters on one line, where no words are known."""
    inside = ", ".join(f"{k}={shown(str(v))}" for k, v in message.params.items())
    return f"{message.code} ({inside})" if inside else message.code


def _unsaid(thing: Any, _lang: str) -> str:
    return in_short(thing) if isinstance(thing, Message) else str(thing)


said_in: Callable[[Message, str], str] = _unsaid
"""A message in a language; the package sets it to its catalogues."""
html_of: Callable[[Any, str], str] = _unsaid
"""What notebooks show of a roster or result; the package sets it to its views."""


def _plain(value: Any) -> Param:
    """A parameter of one of the few types there are."""
    if isinstance(value, str):
        return str(value)
    if value is None or isinstance(value, (Message, Place, dt.date, dt.time, dt.timedelta)):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    if isinstance(value, (tuple, list)):
        return tuple(_plain(part) for part in value)
    if isinstance(value, PathLike):
        return str(fspath(value))
    raise TypeError(f"a message cannot hold {type(value).__name__}: {value!r}")


def _message(value: Any) -> Message:
    """A message, or one as JSON holds it; ValueError for anything else."""
    try:
        found = from_json(value)
    except (TypeError, KeyError) as error:
        raise ValueError(str(error)) from None
    if not isinstance(found, Message):
        raise ValueError("no message")
    return found


def from_json(value: Any) -> Any:
    """A parameter of a message from what `in_json` made of it."""
    match value:
        case {"code": str(code), "params": dict(params)}:
            return Message(code, **{name: from_json(part) for name, part in params.items()})
        case {"place": str(kind), **fields}:
            kinds = {place.__name__: place for place in Place.__subclasses__()}
            return kinds[kind](**{str(name): from_json(part) for name, part in fields.items()})
        case {"seconds": float(seconds) | int(seconds)}:
            return dt.timedelta(seconds=seconds)
        case {"datetime": str(text)}:
            return dt.datetime.fromisoformat(text)
        case {"date": str(text)}:
            return dt.date.fromisoformat(text)
        case {"time": str(text)}:
            return dt.time.fromisoformat(text)
        case list():
            return tuple(map(from_json, value))
    return value
