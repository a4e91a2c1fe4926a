"""How planned shifts turned out, as a CSV file.

File -> `Turnout`s; files of a week's roster and attendance -> `Ledger` with the week in it.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any
from unicodedata import normalize

from shiftplan.errors import Fault, InputError
from shiftplan.files.csv_text import read_sheet
from shiftplan.files.roster_csv import read_roster
from shiftplan.files.rows import Rows
from shiftplan.files.text import read_text
from shiftplan.problem import Problem
from shiftplan.seasons.ledger import STATES, Ledger, Turnout

_IDS = ("shift_id", "volunteer_id")
_COLUMNS = (*_IDS, "state")
_WORDS = dict(zip(STATES, STATES, strict=True)) | {
    "có mặt": "came",
    "có phép": "excused",
    "vắng có phép": "excused",
    "vắng": "absent",
    "không phép": "absent",
    "vắng không phép": "absent",
    "trực thay": "called",
}
"""State as people write it -> state."""


def read_attendance(path: str | os.PathLike[str]) -> tuple[Turnout, ...]:
    """Read the columns shift_id, volunteer_id and state; further columns are ignored.

    A blank state means `came`, so that a copy of the roster with a column `state` will do. States
    may be capitalised, or Vietnamese: có mặt, có phép, vắng, trực thay.

    Parameters
    ----------
    path
        A CSV file.

    Raises
    ------
    InputError
        With every fault of the file.

    """
    return _read(Path(path))[0]


def record_files(
    ledger: Ledger,
    problem: Problem,
    roster: str | os.PathLike[str],
    attendance: str | os.PathLike[str] | None = None,
) -> Ledger:
    """Record a week from its files; faults name file and row.

    Parameters
    ----------
    ledger
        The weeks before.
    problem
        The week planned.
    roster
        The published roster, CSV or JSON.
    attendance
        What went another way; None when everybody came as planned.

    Raises
    ------
    InputError
        With every fault of the files, or of what does not fit together.

    """
    planned = read_roster(roster)
    turnouts, lines = ((), []) if attendance is None else _read(Path(attendance))

    def located(fault: Fault) -> Fault:
        if fault.table == "attendance" and attendance is not None and fault.index is not None:
            return replace(fault, file=Path(attendance).name, row=lines[fault.index])
        return replace(fault, file=Path(roster).name) if fault.table == "roster" else fault

    try:
        return ledger.record(problem, planned, turnouts)
    except InputError as error:
        raise InputError(map(located, error.faults)) from None


def _read(path: Path) -> tuple[tuple[Turnout, ...], list[int]]:
    """Turnouts, and the line of each."""
    sheet = read_sheet(read_text(path), "attendance", path.name, _COLUMNS, _COLUMNS, others=True)
    found: list[Turnout] = []
    if sheet.usable:
        rows = Rows(sheet)
        rows.read(dict.fromkeys(_COLUMNS, "text"), _IDS)
        found, _ = rows.models(Turnout, [_with_state(record) for record in rows.records()])
    if sheet.faults:
        raise InputError(sorted(sheet.faults, key=lambda fault: fault.row or 0))
    return tuple(found), sheet.lines


def _with_state(record: dict[str, Any]) -> dict[str, Any]:
    """A row whose state is one of ours, where its word is known."""
    state = record.get("state", STATES[0])
    return record | {"state": _WORDS.get(normalize("NFC", state).casefold(), state)}
