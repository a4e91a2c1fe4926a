"""Problems, rosters and results read from JSON files.

JSON text -> a model of all of it or of the part needed, with faults instead of pydantic's errors.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.text import file_fault, read_text
from shiftplan.problem.validation import NEWER, input_error
from shiftplan.week.fields import Frozen

Model = TypeVar("Model", bound=Frozen)


class _RepeatedKeyError(Exception):
    """A JSON object that says something twice."""


def read_json(model: type[Model], path: Path) -> Model:
    """Read a JSON file as a model.

    Raises
    ------
    InputError
        The file cannot be read, or what it holds is not valid.

    """
    return parse_json(model, read_text(path), path)


def parse_json(model: type[Model], text: str, path: Path) -> Model:
    """A model from JSON text; `path` is where the text is from, blank for no file.

    Raises
    ------
    InputError
        The text is no JSON, or what it holds is not valid.

    """
    if not text.strip():
        raise file_fault("empty_file", path, Message("files.file_empty"))
    try:
        value = model.model_validate_json(text)
        json.loads(text, object_pairs_hook=_no_key_twice)
    except InputError as error:
        raise InputError(replace(fault, file=path.name) for fault in error.faults) from None
    except ValidationError as error:
        raise input_error(error, path.name) from None
    except _RepeatedKeyError as error:
        message = Message("files.repeated_key")
        raise file_fault("repeated_key", path, message, value=str(error)) from None
    return value


def _no_key_twice(pairs: list[tuple[str, object]]) -> None:
    keys = set()
    for key, _ in pairs:
        if key in keys:
            raise _RepeatedKeyError(key)
        keys.add(key)


RESULT_SCHEMA: Literal[1] = 1
"""Version of the form of `result.json`; docs/compatibility.md says when it is raised."""


class ResultPart(BaseModel):
    """What a reader needs of a `result.json`; whatever else the file holds is left aside."""

    model_config = ConfigDict(frozen=True)

    schema_version: Literal[1]


class _Version(BaseModel):
    schema_version: Annotated[int, Field(strict=True)]


Part = TypeVar("Part", bound=ResultPart)


def read_result_part(part: type[Part], path: Path, remedy: str | Message = "") -> Part:
    """Read what is needed of a result.

    Parameters
    ----------
    part
        A model of the fields needed.
    path
        The file.
    remedy
        A way out that is told where the file is no result; empty for none.

    Raises
    ------
    InputError
        The file cannot be read, was written by a newer version, or is no result.
    """
    text = read_text(path)
    try:
        return part.model_validate_json(text)
    except ValidationError as error:
        _refuse_newer(text, path)
        first = error.errors()[0]
        place, message = ".".join(map(str, first["loc"])), Message("files.no_result")
        if place:
            lacks = first["type"] == "missing"
            code = "files.no_result_without" if lacks else "files.no_result_by"
            message = Message(code, field=place)
        raise file_fault("invalid_value", path, message, remedy) from None


def _refuse_newer(text: str, path: Path) -> None:
    try:
        version = _Version.model_validate_json(text).schema_version
    except ValidationError:
        return
    if version > RESULT_SCHEMA:
        message, column = Message("files.version_needed", n=RESULT_SCHEMA), "schema_version"
        fault = Fault(
            "not_one_of", path.stem, column, str(version), message, remedy=NEWER, file=path.name
        )
        raise InputError([fault])
