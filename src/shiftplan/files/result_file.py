"""A `result.json` read back, as far as its reader needs it.

(Model of the part needed, path) -> the part, or the fault of the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shiftplan.errors import Fault, InputError
from shiftplan.files.text import file_fault, read_text
from shiftplan.problem.validation import NEWER

RESULT_SCHEMA: Literal[1] = 1
"""Version of the form of `result.json`; docs/compatibility.md says when it is raised."""


class ResultPart(BaseModel):
    """What a reader needs of a `result.json`; whatever else the file holds is left aside."""

    model_config = ConfigDict(frozen=True)

    schema_version: Literal[1]


class _Version(BaseModel):
    schema_version: Annotated[int, Field(strict=True)]


Part = TypeVar("Part", bound=ResultPart)


def read_result_part(part: type[Part], path: Path, remedy: str = "") -> Part:
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
        place, message = ".".join(map(str, first["loc"])), "this is no result of shiftplan"
        if place:
            message += (
                f": {place} is missing" if first["type"] == "missing" else f", by its {place}"
            )
        raise file_fault("invalid_value", path, message, remedy) from None


def _refuse_newer(text: str, path: Path) -> None:
    try:
        version = _Version.model_validate_json(text).schema_version
    except ValidationError:
        return
    if version > RESULT_SCHEMA:
        message, column = f"must be {RESULT_SCHEMA}", "schema_version"
        fault = Fault(
            "not_one_of", path.stem, column, str(version), message, remedy=NEWER, file=path.name
        )
        raise InputError([fault])
