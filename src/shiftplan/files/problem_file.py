"""Problems in any of the forms that the library reads, and JSON files of any model.

Folder of CSV files, workbook or JSON file -> `Problem`, and back; JSON text -> a model, with faults
instead of pydantic's errors.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files.assemble import OnNote, problem_from
from shiftplan.files.folder import BOOKS
from shiftplan.files.headings import GRID
from shiftplan.files.text import file_fault, read_text, text_of
from shiftplan.files.week import read_week, week_sheets, write_week
from shiftplan.files.whole import write_texts
from shiftplan.files.workbook import is_workbook, write_book
from shiftplan.files.workbook.reading import book_sheets, read_workbook
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.problem.notes import find_notes
from shiftplan.problem.validation import input_error
from shiftplan.week.fields import Frozen

Model = TypeVar("Model", bound=Frozen)
_OF_RESULTS = {"status", "problem_digest"}
"""Fields by which the file that `plan` writes beside its roster is known."""


class _RepeatedKeyError(Exception):
    """A JSON object that says something twice."""


def read_problem(path: str | os.PathLike[str], *, on_note: OnNote | None = None) -> Problem:
    """Read a problem from a folder of CSV files, a workbook (.xlsx) or a JSON file.

    Parameters
    ----------
    path
        The folder, or the file; its name tells the form.
    on_note
        Called with what is no fault but worth a look, such as a sheet that was not read.

    Raises
    ------
    InputError
        With every fault of the input.
    MissingExtraError
        It is a workbook, and the package openpyxl is missing.
    """
    place = Path(path)
    if place.suffix.lower() != ".json":
        reader = read_workbook if is_workbook(place) else read_week
        return reader(place, on_note=on_note)
    problem = _parse(read_text(place), place)
    if on_note is not None:
        for note in find_notes(problem):
            on_note(replace(note, file=place.name))
    return problem


def read_unanswered(path: str | os.PathLike[str], *, on_note: OnNote | None = None) -> Problem:
    """Read a problem as `read_problem` does, but without its availability.

    That may be missing, or blank, or be last week's with dates of its own: nothing of it is a
    fault.

    Parameters
    ----------
    path
        The folder, or the file; its name tells the form.
    on_note
        Called with what is no fault but worth a look of the other tables.

    Raises
    ------
    InputError
        With every fault of the other tables.
    MissingExtraError
        It is a workbook, and the package openpyxl is missing.
    """
    place, skipped = Path(path), ("availability", GRID)
    if place.suffix.lower() != ".json":
        sheets, faults = (book_sheets if is_workbook(place) else week_sheets)(place, on_note)
        others = {table: sheet for table, sheet in sheets.items() if table not in skipped}
        left = (fault for fault in faults if fault.table not in skipped)
        return problem_from(others, left, on_note, lambda problem: ())
    text = read_text(place)
    try:
        _refuse_repeated(text, place)
        tables = json.loads(text)
    except (ValueError, RecursionError):  # which `_parse` tells
        tables = None
    if isinstance(tables, dict) and tables.pop("availability", None) is not None:
        text = json.dumps(tables)
    return _parse(text, place)


def read_tables(tables: Mapping[str, Any] | str | bytes | bytearray | memoryview) -> Problem:
    """Read a problem from plain mappings and lists, or from the text of a JSON file.

    Parameters
    ----------
    tables
        Names of tables -> lists of rows, as `Problem.to_json` writes them and the schema
        `shiftplan schema problem` tells; or JSON text. Bytes are read as those of a file.

    Raises
    ------
    InputError
        With every fault of the input.
    """
    if isinstance(tables, (bytes, bytearray, memoryview)):
        return _parse(text_of(bytes(tables), Path()), Path())
    if isinstance(tables, str):
        return _parse(tables.removeprefix("\ufeff"), Path())
    try:
        return Problem.model_validate(tables)
    except ValidationError as error:
        raise input_error(error, Problem) from None


def _parse(text: str, path: Path) -> Problem:
    """A problem from JSON text; what `plan` writes beside its roster is known, and told so."""
    try:
        return parse_json(Problem, text, path)
    except InputError as error:
        strange = {fault.table for fault in error.faults if fault.code == "unknown_column"}
        if strange >= _OF_RESULTS:
            raise file_fault("invalid_value", path, Message("files.is_a_result")) from None
        raise


def read_json(model: type[Model], path: Path) -> Model:
    """Read a JSON file as a model.

    InputError: the file cannot be read, or what it holds is not valid.
    """
    return parse_json(model, read_text(path), path)


def parse_json(model: type[Model], text: str, path: Path) -> Model:
    """A model from JSON text; `path` is where the text is from, blank for no file.

    InputError: the text is no JSON, or what it holds is not valid.
    """
    if not text.strip():
        raise file_fault("empty_file", path, Message("files.file_empty"))
    try:
        value = model.model_validate_json(text)
    except InputError as error:
        raise InputError(replace(fault, file=path.name) for fault in error.faults) from None
    except ValidationError as error:
        raise input_error(error, model, path.name) from None
    _refuse_repeated(text, path)
    return value


def _refuse_repeated(text: str, path: Path) -> None:
    """Raise the fault of a key that an object of JSON text has twice."""
    try:
        # Numbers are not looked at: `str` has no limit of digits, as `int` has.
        json.loads(text, object_pairs_hook=_no_key_twice, parse_int=str)
    except _RepeatedKeyError as error:
        message = Message("files.repeated_key")
        raise file_fault("repeated_key", path, message, value=str(error)) from None


def _no_key_twice(pairs: list[tuple[str, object]]) -> None:
    keys = set()
    for key, _ in pairs:
        if key in keys:
            raise _RepeatedKeyError(key)
        keys.add(key)


def is_problem_file(path: Path) -> bool:
    """Whether a file, by its name or how it begins, is a problem that `read_problem` reads."""
    return path.suffix.lower() == ".json" or is_workbook(path)


@takes_week
def write_problem(problem: Problem, path: str | os.PathLike[str]) -> None:
    """Write a problem as .json or .xlsx when the path ends so, else as a folder of CSV files.

    Parameters
    ----------
    problem
        What is written; `read_problem` reads the same again. A workbook that lies below shared
        tables takes them for those of which it has no rows.
    path
        The file or folder.

    Raises
    ------
    InputError
        It cannot be written, its name ends like that of another form, or it could not be read
        back from there.
    MissingExtraError
        It is a workbook, and the package openpyxl is missing.
    """
    place = Path(path)
    if place.suffix.lower() == ".json":
        write_texts({place: problem.to_json() + "\n"})
    elif place.suffix.lower() == ".xlsx":
        write_book(problem, place, str)
    elif place.suffix.lower() in {".csv", *BOOKS}:
        message = Message("files.no_form_of_a_week")
        raise file_fault("not_one_of", place, message, value=place.suffix)
    else:
        write_week(problem, place)
