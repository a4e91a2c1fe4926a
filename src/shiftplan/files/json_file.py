"""Problems and rosters as JSON files.

JSON text -> `Problem` or `Roster`, with faults instead of pydantic's errors.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from shiftplan.errors import InputError
from shiftplan.faults import Fault
from shiftplan.fields import Frozen
from shiftplan.files.text import file_fault, read_text
from shiftplan.problem.validation import input_error

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
    text = read_text(path)
    if not text.strip():
        raise file_fault("empty_file", path, "the file is empty")
    try:
        return parse_json(model, text)
    except InputError as error:
        raise InputError(replace(fault, file=path.name) for fault in error.faults) from None


def parse_json(model: type[Model], text: str | bytes) -> Model:
    """A model from JSON text.

    Raises
    ------
    InputError
        The text is no JSON, or what it holds is not valid.

    """
    try:
        value = model.model_validate_json(text)
        json.loads(text, object_pairs_hook=_no_key_twice)
    except ValidationError as error:
        raise input_error(error) from None
    except _RepeatedKeyError as error:
        message = "a JSON object has this key twice; only one can be meant"
        raise InputError([Fault("repeated_key", "", value=str(error), message=message)]) from None
    return value


def _no_key_twice(pairs: list[tuple[str, object]]) -> None:
    keys = set()
    for key, _ in pairs:
        if key in keys:
            raise _RepeatedKeyError(key)
        keys.add(key)
