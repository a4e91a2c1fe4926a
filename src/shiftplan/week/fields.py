"""What single fields of the input may hold: text, ids, moments.

Values from files, JSON or Python -> values that every later module can rely on.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Generator, Mapping
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    NaiveDatetime,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    StringConstraints,
    WithJsonSchema,
    model_serializer,
)

from shiftplan.errors.described import Described
from shiftplan.errors.faults import sign_name
from shiftplan.errors.message import JOINERS, Message, is_unseen

FIRST_DATE, LAST_DATE = dt.date(1970, 1, 1), dt.date(2200, 1, 1)
"""Dates between which a horizon starts and all moments of a problem lie."""
Date = Annotated[
    dt.date, Field(ge=FIRST_DATE - dt.timedelta(3660), le=LAST_DATE + dt.timedelta(3660))
]
"""Date of what was worked: as far beyond as a horizon may be long."""

_BREAKS = re.compile("[\t-\r\x1c-\x1e\x85\u2028\u2029]+")
"""Signs that end a line, or move on in it."""
_FILLERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
"""Letters and marks that are not seen either."""


def one_line(text: str) -> str:
    """Text on one line, its accents composed (NFC), without signs that hide or reorder text.

    Whatever ends a line becomes a blank, together with the blanks around it.
    """
    if not text.isprintable():
        text = " ".join(filter(None, (part.strip() for part in _BREAKS.split(text))))
        text = "".join(sign for sign in text if sign in JOINERS or not is_unseen(sign)).strip()
    return unicodedata.normalize("NFC", text)


def visible(text: str) -> str:
    """An id with its accents composed (NFC); ValueError where it holds an invisible character."""
    if text.isascii() and text.isprintable():
        return text
    for place, sign in enumerate(text, start=1):
        if is_unseen(sign) or _FILLERS.match(sign):
            raise ValueError(Message("week.invisible", place=place, sign=sign_name(sign)))
    return unicodedata.normalize("NFC", text)


LONGEST_TEXT = 10_000
"""Characters of a text."""
Text = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        max_length=LONGEST_TEXT,
        pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$",
    ),
    AfterValidator(one_line),
]
"""Text people read: on one line, without blanks around it, and without control characters.

Line breaks become blanks, and accents are composed (NFC).
"""


def _pairs(value: Any) -> Any:
    return tuple(value.items()) if isinstance(value, Mapping) else value


def _named(title: str) -> str:
    title = one_line(title)
    if not title:
        raise ValueError(Message("week.title_needed"))
    return title


def _by_title(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Pairs in order of titles, without blank texts; ValueError for a title that is there twice."""
    pairs = tuple(sorted(pairs))
    for (title, _), (other, _) in pairwise(pairs):
        if title == other:
            raise ValueError(Message("week.title_twice", title=title))
    return tuple(pair for pair in pairs if pair[1])


LONGEST_TITLE = 300
"""Characters of the title of a column."""
Title = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        max_length=LONGEST_TITLE,
        pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$",
    ),
    AfterValidator(_named),
]
"""Title of a column of one's own: text that is not blank."""
Extra = Annotated[
    tuple[tuple[Title, Text], ...],
    BeforeValidator(_pairs),
    AfterValidator(_by_title),
    PlainSerializer(dict, return_type=dict[str, str], when_used="json"),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "string"}}),
]
"""Columns of one's own: (title, text), sorted, without blank texts; in JSON an object."""

_INNER, _OUTER = r"[^\x00-\x1f\x7f-\x9f]", r"[^\s\x00-\x1f\x7f-\x9f]"
Id = Annotated[
    str,
    Field(min_length=1, max_length=200, pattern=f"^{_OUTER}({_INNER}*{_OUTER})?$"),
    AfterValidator(visible),
]
"""Text without blanks around it and without control or invisible characters.

It is kept as it is written, except that accents are composed (NFC): an id is the same whichever
system it was typed on.
"""


def _split_names(value: Any) -> Any:
    names = value.split("|") if isinstance(value, str) else value
    if not isinstance(names, (list, tuple, set, frozenset)):
        return value
    stripped = [one_line(n).strip() if isinstance(n, str) else n for n in names]
    if all(isinstance(n, str) and "|" not in n for n in stripped):
        return tuple(sorted({n for n in stripped if n}))
    return tuple(stripped)


LONGEST_NAME = 200
"""Characters of a name in a set."""
Name = Annotated[str, Field(max_length=LONGEST_NAME, pattern=r"^[^|\x00-\x1f\x7f-\x9f]+$")]
NameSet = Annotated[tuple[Name, ...], BeforeValidator(_split_names)]
"""A set of names, sorted; text such as `night|late` is split at the bars."""


def _split_in_order(value: Any) -> Any:
    names = value.split("|") if isinstance(value, str) else value
    if not isinstance(names, (list, tuple)):
        return value
    stripped = [one_line(n).strip() if isinstance(n, str) else n for n in names]
    return tuple(n for n in stripped if n != "")


Names = Annotated[
    tuple[Name, ...], Field(min_length=1, max_length=20), BeforeValidator(_split_in_order)
]
"""One to 20 names in the order in which they are written, as `kiosk|portal`; some may be the
same."""
SomeNames = Annotated[tuple[Name, ...], Field(min_length=1), BeforeValidator(_split_names)]
"""The same with at least one name."""


def name_and_number(text: str) -> tuple[str, float]:
    """The name and the number that a text such as `night:3` holds; ValueError where it does not."""
    name, _, number = text.rpartition(":")
    if not name.strip() or _TALLY.fullmatch(number.strip()) is None:
        raise ValueError(Message("week.tally_form"))
    return name.strip(), float(number)


def tallies(numbers: Mapping[str, float]) -> tuple[str, ...]:
    """Texts such as `night:3` of names and numbers, without zeros, in order."""
    return tuple(f"{name}:{n!r}".removesuffix(".0") for name, n in sorted(numbers.items()) if n)


def _tallied(texts: tuple[str, ...]) -> tuple[str, ...]:
    pairs = [name_and_number(text) for text in texts]
    numbers = dict(pairs)
    if len(numbers) < len(pairs):
        raise ValueError(Message("week.tally_form"))
    return tallies(numbers)


Tallies = Annotated[NameSet, AfterValidator(_tallied)]
"""A number for each of some names, such as `late:1|night:3`, in order of the names."""


def _as_starts(texts: tuple[str, ...]) -> tuple[str, ...]:
    found = [_START.fullmatch(text) for text in texts]
    if not all(found):
        raise ValueError(Message("week.start_form"))
    parts = [start.groups() for start in found if start]
    starts = {f"{day.lower()} {int(hour):02}:{rest}" for day, hour, rest in parts}
    return tuple(sorted(starts))


StartSet = Annotated[
    tuple[
        Annotated[str, Field(max_length=LONGEST_NAME + 10, pattern=r"^[^|\x00-\x1f\x7f-\x9f]+$")],
        ...,
    ],
    BeforeValidator(_split_names),
    AfterValidator(_as_starts),
]
"""A set of starts of shifts such as `mon 07:00 C12`, sorted: weekday, time and center id."""
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
"""How many of something there are; the limit keeps sums of it exact in every solver."""
Positive = Annotated[int, Field(ge=1, le=1_000_000_000)]
"""A level, a length or a limit of at least 1; not more than a count can be."""
People = Annotated[int, Field(ge=0, le=100_000)]
"""People of one team; each seat is a step of its own in the model, so that many are too many."""


def _split_percents(value: Any) -> Any:
    return [part for part in value.split("|") if part.strip()] if isinstance(value, str) else value


def _falling(percents: tuple[int, ...]) -> tuple[int, ...]:
    if any(after > before for before, after in pairwise(percents)):
        raise ValueError(Message("week.rising_percents"))
    return percents


FallingPercents = Annotated[
    tuple[Annotated[int, Field(ge=0, le=100)], ...],
    Field(max_length=1000),
    BeforeValidator(_split_percents),
    AfterValidator(_falling),
]
"""Whole percents, none greater than the one before; text such as `100|85` is split at the bars."""
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
"""Weekdays in the order of `date.weekday()`."""


def _whole_minute(moment: NaiveDatetime) -> NaiveDatetime:
    if moment.second or moment.microsecond:
        raise ValueError(Message("week.whole_minutes"))
    if moment.fold:
        raise ValueError(Message("week.fold"))
    return moment


_START = re.compile(
    rf"({'|'.join(WEEKDAYS)}) ([01]?[0-9]|2[0-3]):([0-5][0-9] \S.*)", re.ASCII | re.IGNORECASE
)
_TALLY = re.compile(r"[0-9]{1,6}(\.[0-9]{1,20})?")
_DAY = r"(19[7-9][0-9]|2[01][0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_MOMENT = rf"^{_DAY}T([01][0-9]|2[0-3]):[0-5][0-9](:00)?$"
"""Moments in JSON. The format date-time of JSON schemas would ask for a zone, which is a fault."""

Moment = Annotated[
    NaiveDatetime,
    Field(
        ge=dt.datetime.combine(FIRST_DATE, dt.time()), lt=dt.datetime.combine(LAST_DATE, dt.time())
    ),
    AfterValidator(_whole_minute),
    WithJsonSchema({"type": "string", "pattern": _MOMENT}),
]
"""Wall-clock moment, a whole minute in the years 1970 to 2199."""


class Frozen(Described):
    """Base of all input models: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)
    made_of: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Computed value -> the fields that decide it; a copy in which these are the same keeps it."""

    def __iter__(self) -> Generator[tuple[str, Any], None, None]:
        """Yield the name and value of each field, which `dict` reads; computed values are none."""
        fields = type(self).model_fields
        yield from ((name, value) for name, value in vars(self).items() if name in fields)

    def compute(self) -> None:
        """Compute what copies keep, so that later ones need not."""
        for name in self.made_of:
            getattr(self, name)

    def take_computed(self, other: Self) -> None:
        """Take what another one has computed of the same fields."""
        for name, fields in self.made_of.items():
            if name in vars(other) and all(getattr(self, f) is getattr(other, f) for f in fields):
                vars(self).setdefault(name, vars(other)[name])

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields changed, unchecked; what was computed from them is forgotten.

        Raises TypeError for a name that is no field.
        """
        update = update or {}
        if unknown := sorted(update.keys() - type(self).model_fields.keys()):
            raise TypeError(f"{type(self).__name__} has no field {', '.join(unknown)}")
        copied = super().model_copy(update=update, deep=deep)
        changed = {name for name, value in update.items() if value is not vars(self)[name]}
        for name in set(vars(copied)) - type(self).model_fields.keys():
            if deep or name not in self.made_of or not changed.isdisjoint(self.made_of[name]):
                del vars(copied)[name]
        return copied


SPARED = "left out at its default"
"""Annotation of a field that a model got later: at its default, JSON has it not, so that a week
without it has the same text, and the same digest, as before, and earlier versions read it."""


class Sparing(Frozen):
    """An input model with fields that are left out of JSON at their defaults."""

    @classmethod
    def spared(cls) -> frozenset[str]:
        """Names of fields that are left out of JSON at their defaults."""
        return _spared(cls)

    @model_serializer(mode="wrap")
    def _without_defaults(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        told: dict[str, Any] = handler(self)
        for name in self.spared():
            if getattr(self, name) == type(self).model_fields[name].default:
                told.pop(name, None)
        return told


@cache
def _spared(cls: type[Sparing]) -> frozenset[str]:
    fields = cls.model_fields.items()
    return frozenset(name for name, info in fields if SPARED in info.metadata)
