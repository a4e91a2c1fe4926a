"""Problems, rosters and results read from JSON files.

JSON text -> a model of all of it or of the part needed, with faults instead of pydantic's errors.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files.text import file_fault, read_text
from shiftplan.problem.validation import input_error
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
        raise input_error(error, model, path.name) from None
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
