"""Tables of the tiny week with more columns, and what is noted of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from files.weeks import TINY, write_texts

from shiftplan.errors import Fault
from shiftplan.files import read_week
from shiftplan.problem import Problem


def with_columns(table: str, *columns: str) -> dict[str, str]:
    """A table of the tiny week with more columns, each as `title,cell,cell`."""
    rows = list(csv.reader(io.StringIO(TINY[table])))
    for column in columns:
        cells = next(csv.reader([column]))
        for place, row in enumerate(rows):
            row.append(cells[place] if place < len(cells) else "")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return {table: text.getvalue()}


def noted(folder: Path, **changed: str) -> tuple[Problem, list[Fault]]:
    """The tiny week with some tables changed, and its notes."""
    notes: list[Fault] = []
    problem = read_week(write_texts(folder, TINY | changed), on_note=notes.append)
    return problem, notes
