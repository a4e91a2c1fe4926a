"""What single options may be, as annotations of pydantic fields.

A value of a caller -> the value, or an error that says what is allowed.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from types import UnionType
from typing import Annotated, Any, Literal, Protocol, Union, get_args, get_origin

import pydantic_core
from pydantic import BaseModel
from pydantic_core import CoreSchema, core_schema

MOST = 10**9
"""Largest number of a search parameter; solvers take no more than 31 bits."""
MOST_SEED = 2**31 - 65
"""Largest seed: engines count up from it, and solvers take no more than 31 bits."""


def _unfit(code: str, params: Mapping[str, Any]) -> pydantic_core.PydanticCustomError:
    """The error of a value that an option cannot have; the option's name joins what is said."""
    return pydantic_core.PydanticCustomError("option", "{code}", {"code": code, **params})


class Fits:
    """A value for which a test holds; what is allowed is a message of the catalogue."""

    def __init__(self, code: str, test: Callable[[Any], bool], **params: Any) -> None:
        self._code, self._test, self._params = code, test, params

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._check)

    def _check(self, value: Any) -> Any:
        if not self._test(value):
            raise _unfit(self._code, self._params)
        return value


@dataclass(frozen=True)
class Range:
    """A number of a range; text, `Decimal` and True are none."""

    least: int = 0
    most: int | None = None
    above: bool = False
    """Whether the least itself is too little."""
    below: bool = False
    """Whether the most itself is too much."""
    endless: bool = False
    """Whether infinity is allowed too."""
    unit: Literal["number", "seconds"] = "number"

    def code(self, kind: type) -> str:
        """The message that says what is allowed, of whole numbers or any."""
        unit = "whole" if kind is int else self.unit
        if self.above:
            finite = "_finite" if unit == "seconds" and not self.endless else ""
            return f"options.{unit}_above{finite}"
        if self.most is None:
            return f"options.{unit}"
        return f"options.{unit}_{'below' if self.below else 'between'}"

    def _holds(self, number: Any) -> bool:
        if not (self.endless or abs(number) < math.inf):
            return False
        over = number > self.least if self.above else number >= self.least
        if self.most is None:
            return bool(over)
        return bool(over and (number < self.most if self.below else number <= self.most))

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        numbers: type = Integral if source is int else Real

        def check(value: Any) -> Any:
            is_number = isinstance(value, numbers) and not isinstance(value, bool)
            if not (is_number and self._holds(value)):
                raise _unfit(self.code(source), {"least": self.least, "most": self.most})
            try:
                return source(value)
            except OverflowError:
                raise _unfit(self.code(source), {"least": self.least, "most": self.most}) from None

        make: Any = core_schema.int_schema if source is int else core_schema.float_schema
        limits = {"gt" if self.above else "ge": self.least}
        if self.most is not None:
            limits["lt" if self.below else "le"] = self.most
        # What comes after the check is there for the JSON schema.
        return core_schema.no_info_before_validator_function(check, make(**limits))


def values_at(kind: Any, place: Sequence[int | str]) -> tuple[Any, ...]:
    """The values that a `Literal` allows at a place of a type, as pydantic names places.

    Empty where something else stands there.
    """
    return next((get_args(k) for k in _kinds_at(kind, place) if get_origin(k) is Literal), ())


def fields_at(kind: Any, place: Sequence[int | str]) -> tuple[str, ...]:
    """The fields of a model at a place of a type; empty where something else stands there."""
    return next((tuple(k.model_fields) for k in _kinds_at(kind, place) if _is_model(k)), ())


def _kinds_at(kind: Any, place: Sequence[int | str]) -> Iterator[Any]:
    """The types that may stand at a place of a type."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Literal or _is_model(kind):
        if not place:
            yield kind
        elif field := getattr(kind, "model_fields", {}).get(str(place[0])):
            yield from _kinds_at(field.annotation, place[1:])
        return
    rest = place if origin in (Annotated, Union, UnionType) else place[1:]
    for part in inside:
        yield from _kinds_at(part, rest)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


class Event(Protocol):
    """An event of threads or of processes."""

    def is_set(self) -> bool:
        """Whether somebody has set it."""


FromZero = Annotated[int, Range()]
FromOne = Annotated[int, Range(1)]
Count = Annotated[int, Range(most=MOST)]
Positive = Annotated[int, Range(1, MOST)]
Quantity = Annotated[float, Range(most=MOST)]
Share = Annotated[float, Range(most=1)]
Factor = Annotated[float, Range(1, 100)]
PairChances: Any = Mapping[tuple[str, str], Share] | None
"""Chance that a person comes to a shift, by (shift id, volunteer id)."""
Seed = Annotated[int, Range(most=MOST_SEED)]
Gap = Annotated[float, Range(most=1, below=True)]
Seconds = Annotated[float, Range(above=True, endless=True, unit="seconds")]
"""Time that has to pass for an answer."""
AnySeconds = Annotated[float, Range(endless=True, unit="seconds")]
"""Time where none at all has an answer too."""
FiniteSeconds = Annotated[float, Range(above=True, unit="seconds")]
Cancel = Annotated[
    Event | None,
    Fits("options.event", lambda x: x is None or callable(getattr(x, "is_set", None))),
]
Call = Annotated[Any, Fits("options.call", lambda x: x is None or callable(x))]
"""What is called now and then."""
Clock = Annotated[
    dt.datetime,
    Fits("options.clock", lambda x: isinstance(x, dt.datetime) and x.tzinfo is None),
]
"""A moment by the clocks of the week, without a zone."""
Day = Annotated[
    dt.date,
    # Python makes a moment a date, although the two cannot be compared.
    Fits("options.day", lambda x: isinstance(x, dt.date) and not isinstance(x, dt.datetime)),
]
