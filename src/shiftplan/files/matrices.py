"""Matrices of travel times, as routing services give them for the places of centers.

JSON of OSRM (`/table`), openrouteservice (`/v2/matrix`) or Valhalla (`/sources_to_targets`) and the
order of its places -> rows of the table travel, or the fault of a file that is none.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

from shiftplan.errors import InputError
from shiftplan.errors.message import Message, Table
from shiftplan.files.text import file_fault, read_json, read_text
from shiftplan.problem import Problem
from shiftplan.problem.known import Known
from shiftplan.week.travel import MOST_MINUTES, Way
from shiftplan.week.where import distance

_FAR_KM = 30.0
"""Distance from its center beyond which a place of a matrix must be another one: routing services
move places to the next road."""


def read_order(path: str | os.PathLike[str], problem: Problem) -> tuple[str, ...]:
    """Read ids of centers from a text file, one on each line.

    Raises
    ------
    InputError
        The file cannot be read, or a line is no id of a center, or one that stood before.
    """
    place = Path(path)
    lines = [line.strip() for line in read_text(place).splitlines()]
    found: list[str] = []
    known = Known(problem)
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        faults = list(known.unknown("centers", None, "center_id", line, "centers"))
        if faults:
            message = Message("problem.no_such_center", table=Table("centers"))
            remedy = faults[0].remedy
            raise file_fault("unknown_id", place, message, remedy, row=number, value=line)
        if line in found:
            message = Message("files.place_twice")
            raise file_fault("duplicate_id", place, message, row=number, value=line)
        found.append(line)
    return tuple(found)


def read_ways(
    path: str | os.PathLike[str], problem: Problem, order: Sequence[str], mode: str = "road"
) -> tuple[Way, ...]:
    """Read a matrix as ways between centers, in minutes rounded up.

    Parameters
    ----------
    path
        A JSON file of OSRM, openrouteservice or Valhalla, with times in seconds.
    problem
        A problem with the centers.
    order
        Ids of the centers, in the order of the rows and of the columns of the matrix.
    mode
        How people travel, for the column `mode`.

    Returns
    -------
    A row for each way that the matrix has, from center to center in their order.

    Raises
    ------
    InputError
        The file cannot be read or is no matrix, has another size than `order`, holds what is no
        time, or gives coordinates that are more than 30 km from their center.
    """
    place = Path(path)
    content = read_json(place)
    if not isinstance(content, dict):
        raise _fault(place, "files.no_matrix")
    rows = _seconds(place, content)
    if len(rows) != len(order):
        message = Message("files.matrix_size", places=len(rows), centers=len(order))
        raise file_fault("invalid_value", place, message, Message("files.matrix_order"))
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, list) or len(row) != len(rows):
            found = len(row) if isinstance(row, list) else 0
            raise _fault(place, "files.matrix_row", row=number, found=found, places=len(rows))
    _need_near(place, content, problem, order)
    minutes = [
        [_minutes(place, i, j, seconds) for j, seconds in enumerate(row)]
        for i, row in enumerate(rows)
    ]
    return tuple(
        Way(origin=order[i], destination=order[j], minutes=told, mode=mode)
        for i, j in product(range(len(order)), repeat=2)
        if i != j and (told := minutes[i][j]) is not None
    )


def _seconds(place: Path, content: dict[str, Any]) -> list[Any]:
    """Rows of seconds, which the services write in different ways; not seen through yet."""
    found = content.get("durations", content.get("sources_to_targets"))
    if isinstance(found, dict):  # Valhalla without its words
        found = found.get("durations")
    if not isinstance(found, list) or not found:
        raise _fault(place, "files.no_matrix")
    if "durations" not in content and all(isinstance(row, list) for row in found):
        return [[c.get("time", "") if isinstance(c, dict) else c for c in row] for row in found]
    return found


def _minutes(place: Path, row: int, column: int, seconds: object) -> int | None:
    """Minutes of a cell, rounded up; None where there is no way."""
    if seconds is None or row == column:
        return None
    if (
        isinstance(seconds, bool)
        or not isinstance(seconds, (int, float))
        or not 0 <= seconds <= MOST_MINUTES * 60
    ):
        facts = {"row": row + 1, "column": column + 1, "most": MOST_MINUTES * 60}
        message = Message("files.matrix_value", **facts)
        raise file_fault("invalid_value", place, message, value=str(seconds)[:40])
    return math.ceil(seconds / 60)


def _need_near(
    place: Path, content: dict[str, Any], problem: Problem, order: Sequence[str]
) -> None:
    """Raise InputError where the matrix says that a place lies far from its center.

    Only what looks like longitude and latitude is compared; Valhalla says nothing of the kind.
    """
    sources = content.get("sources")
    for number, (center_id, source) in enumerate(
        zip(order, sources if isinstance(sources, list) else [], strict=False), start=1
    ):
        told = source.get("location") if isinstance(source, dict) else None
        if not isinstance(told, list) or len(told) != 2 or not all(map(_is_degree, told)):
            continue
        center = problem.center_by_id[center_id]
        there = center.model_copy(update={"center_id": "", "lon": told[0], "lat": told[1]})
        km = distance(center, there)
        if km is not None and km > _FAR_KM:
            message = Message("files.matrix_elsewhere", n=number, km=km, center=center_id)
            remedy = Message("files.matrix_order")
            raise file_fault("invalid_value", place, message, remedy, value=center_id)


def _is_degree(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return -180 <= value <= 180


def _fault(path: Path, message: str, **facts: int) -> InputError:
    return file_fault("invalid_value", path, Message(message, **facts))
