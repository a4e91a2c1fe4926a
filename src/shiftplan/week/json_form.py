"""How results are written: as JSON, the keys of a class in order, with their schema; as tables.

`Written` objects -> plain data, JSON text, JSON schema. Types and descriptions are those of
the class: annotations and docstrings of its fields, properties and methods. Columns -> `DataFrame`.
"""

from __future__ import annotations

import inspect
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from functools import cache, cached_property
from importlib import import_module
from operator import attrgetter
from types import NoneType
from typing import Annotated, Any, ClassVar, Literal, TypeVar, cast, get_args, get_type_hints

from pydantic import (
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    TypeAdapter,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema

from shiftplan.errors import MissingExtraError
from shiftplan.errors.described import field_docs
from shiftplan.errors.message import Message, languages
from shiftplan.errors.options import check_options

Function = TypeVar("Function", bound=Callable[..., Any])
Said = TypeVar("Said")


_EXTRAS = {"pandas": "frames", "polars": "polars"}
"""Package of data frames -> the extra that brings it."""
ALWAYS = ("en", "vi")
"""Languages that every file has; one more that is installed later makes no earlier file wrong."""


def by_language(say: Callable[[str], Said]) -> dict[str, Said]:
    """Language -> what is said in it, for every language that has a catalogue."""
    return {lang: say(lang) for lang in languages()}


def rounded(places: int) -> PlainSerializer:
    """Write a number with so many decimal places; null where it is not finite."""
    return PlainSerializer(lambda x: round(x, places) if math.isfinite(x) else None)


Amount = Annotated[int, Field(ge=0)]
"""A count of 0 or more."""
Quantity = Annotated[float, Field(ge=0)]
"""A number of 0 or more."""
Figure = Annotated[Quantity, rounded(6)]
"""A number of 0 or more, written with six decimal places."""
Share = Annotated[float, Field(ge=0, le=1), rounded(6)]
"""A number from 0 to 1, written with six decimal places."""
MaybeFigure = Annotated[float, rounded(6), WithJsonSchema({"type": ["number", "null"]})]
"""A number that may be NaN or infinite: then null is written."""
Number = Annotated[float, PlainSerializer(lambda x: x)]
"""A number that is written as a whole one where it is given so."""
LevelKey = Annotated[int, WithJsonSchema({"type": "string", "pattern": "^[1-9][0-9]*$"})]
"""Number of a level, as a key of an object."""


class Written:
    """An object that is written as JSON."""

    __slots__ = ()

    json_keys: ClassVar[str] = ""
    """Keys in order, with blanks between them; none for the fields of the class.

    `load` is the field, property or method of this name, `refused=wishes.refused` that of another
    name or of a part; `*effect` stands for all keys of a part, which are null where it is None. A
    message, and a method that takes a language, become an object with a key for each language.
    """

    def as_dict(self) -> dict[str, Any]:
        """Its keys and values as JSON can hold them."""
        data: dict[str, Any] = _adapter(type(self)).dump_python(self, mode="json")
        return data

    def to_json(self) -> str:
        """JSON text."""
        return json.dumps(self.as_dict(), indent=1, ensure_ascii=False)

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """The JSON schema of what is written; readers may meet keys that it does not name."""
        schema = _adapter(cls).json_schema(mode="serialization")
        for part in schema.get("$defs", {}).values():  # models that are read too are strict
            part.pop("additionalProperties", None)
        return schema

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Write an object as a mapping of its keys; nothing reads it back by itself."""
        paths = _paths(cls)
        keys = {
            key: core_schema.typed_dict_field(handler.generate_schema(_end(cls, path)))
            for key, path in paths.items()
        }
        serialization = core_schema.plain_serializer_function_ser_schema(
            _reader(cls), return_schema=core_schema.typed_dict_schema(keys)
        )
        ref = f"{cls.__module__}.{cls.__qualname__}:{id(cls)}"
        return core_schema.is_instance_schema(cls, ref=ref, serialization=serialization)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The schema of the keys, with what the class says of them."""
        made = handler(schema)
        whole = handler.resolve_ref_schema(made)
        whole |= {"title": cls.__name__, "description": _in_json(cls.__doc__)}
        for key, path in _paths(cls).items():
            whole["properties"][key].setdefault("description", _in_json(_told(cls, path)))
        return made


def _once(function: Function) -> Function:
    """`cache`, but with the types of the function."""
    return cast("Function", cache(function))


@_once
def _adapter(cls: Any) -> TypeAdapter[Any]:
    return TypeAdapter(cls)


def _reader(cls: type[Written]) -> Callable[[Any], dict[str, Any]]:
    """What makes a mapping of an object; there may be a hundred thousand of a class."""
    paths = _paths(cls)
    hints = {name: str(kind) for name, kind in get_type_hints(cls).items()}
    names = [".".join(path) for path in paths.values()]
    if len(names) > 1 and all("Mapping" not in hints.get(name, "Mapping") for name in names):
        get = attrgetter(*names)
        return lambda value: dict(zip(paths, get(value), strict=True))
    return lambda value: {key: _value(value, path) for key, path in paths.items()}


def _value(value: Any, path: Sequence[str]) -> Any:
    for part in path:
        if value is None:
            return None
        value = getattr(value, part)
    if isinstance(value, Message):
        return by_language(value.said)
    if inspect.ismethod(value):
        return by_language(value)
    return dict(value) if isinstance(value, Mapping) else value


@_once
def _paths(cls: Any) -> Mapping[str, Sequence[str]]:
    """Key -> the attributes that lead to its value."""
    paths: dict[str, Sequence[str]] = {}
    for told in cls.json_keys.split() or [field.name for field in fields(cls)]:
        key, _, path = told.partition("=")
        if told.startswith("*"):
            part = told[1:]
            kind, _ = _without_none(_type_of(cls, part))
            paths |= {key: (part, *rest) for key, rest in _paths(kind).items()}
        else:
            paths[key] = (path or key).split(".")
    return paths


def _end(cls: type[Any], path: Sequence[str]) -> Any:
    """The type of the value at the end of a path; or null where a part of the path may be."""
    optional = False
    for part in path[:-1]:
        cls, may_lack = _without_none(_type_of(cls, part))
        optional |= may_lack
    kind = _type_of(cls, path[-1])
    return kind | None if optional else kind


def _type_of(cls: type[Written], name: str) -> Any:
    found = _function(cls, name)
    if found is None:
        kind = get_type_hints(cls, include_extras=True)[name]
    else:
        kind = get_type_hints(found, include_extras=True)["return"]
    if kind is Message:
        return _said(str)
    return _said(kind) if found is not None and found is getattr(cls, name) else kind


def _function(cls: type[Written], name: str) -> Callable[..., Any] | None:
    """The function of a property or method; None for a field."""
    found = getattr(cls, name, None)
    if isinstance(found, property):
        return found.fget
    if isinstance(found, cached_property):
        return found.func
    return found if inspect.isfunction(found) else None


def _said(kind: Any) -> Any:
    """The type of a sentence, or of several, by language."""
    text = {"type": "string"}
    one = text if kind is str else {"type": "array", "items": text}
    each = {"properties": by_language(lambda _: one), "required": list(ALWAYS)}
    return Annotated[dict[str, kind], WithJsonSchema({"type": "object", **each})]


def _without_none(kind: Any) -> tuple[Any, bool]:
    kinds = get_args(kind)
    if NoneType not in kinds:
        return kind, False
    (one,) = (part for part in kinds if part is not NoneType)
    return one, True


def _told(cls: type[Written], path: Sequence[str]) -> str | None:
    """What the docstring of a field, property or method says."""
    for part in path[:-1]:
        cls, _ = _without_none(_type_of(cls, part))
    function = _function(cls, path[-1])
    if function is not None:
        return function.__doc__
    return field_docs(cls).get(path[-1])


def _in_json(docstring: str | None) -> str:
    """The first paragraph of a docstring, in words of JSON."""
    first = inspect.cleandoc(docstring or "").split("\n\n")[0]
    return re.sub(r"\bNone\b", "null", first)


Library = Literal["pandas", "polars"]
"""Packages of data frames."""


def make_frame(columns: Mapping[str, Sequence[Any]], library: Library = "pandas") -> Any:
    """A data frame of columns of equal length; without the package a clear `MissingExtraError`."""
    check_options(("library", library, Library))
    try:
        package = import_module(library)
    except ModuleNotFoundError:
        raise MissingExtraError(library, _EXTRAS[library]) from None
    return package.DataFrame({name: list(values) for name, values in columns.items()})
