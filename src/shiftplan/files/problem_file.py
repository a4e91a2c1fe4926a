"""A problem in any of the forms that the library reads.

Folder of CSV files or JSON file -> `Problem`, and back.
"""

from __future__ import annotations

import os
from pathlib import Path

from shiftplan.files.json_file import read_json
from shiftplan.files.text import write_texts
from shiftplan.files.week import read_week, write_week
from shiftplan.problem import Problem


def read_problem(path: str | os.PathLike[str]) -> Problem:
    """Read a problem from a folder of CSV files, or from a JSON file.

    Raises
    ------
    InputError
        With every fault of the input.

    """
    place = Path(path)
    if place.suffix.lower() != ".json":
        return read_week(place)
    return read_json(Problem, place)


def write_problem(problem: Problem, path: str | os.PathLike[str]) -> None:
    """Write a problem as JSON when the path ends in .json, otherwise as a folder of CSV files."""
    place = Path(path)
    if place.suffix.lower() == ".json":
        write_texts({place: problem.to_json() + "\n"})
    else:
        write_week(problem, place)
