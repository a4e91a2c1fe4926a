"""How planned shifts turned out, as a CSV file.

File -> `Turnout`s; files of a week's roster and attendance -> `Ledger` with the week in it.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from shiftplan.errors import Fault, InputError
from shiftplan.fields import Id
from shiftplan.files.csv_text import read_sheet
from shiftplan.files.roster_csv import read_roster
from shiftplan.files.sheet import Sheet
from shiftplan.files.text import read_text
from shiftplan.ledger import STATES, Ledger, Turnout
from shiftplan.problem import Problem
from shiftplan.problem.nearest import Nearest
from shiftplan.problem.validation import explain

_IDS = ("shift_id", "volunteer_id")
_COLUMNS = (*_IDS, "state")
_ID: TypeAdapter[str] = TypeAdapter(Id)


def read_attendance(path: str | os.PathLike[str]) -> tuple[Turnout, ...]:
    """Read the columns shift_id, volunteer_id and state; further columns are ignored.

    A blank state means `came`, so that a copy of the roster with a column `state` will do.

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
    columns = [sheet.column(name) or [] for name in _COLUMNS] if sheet.usable else [[], [], []]
    rows = list(zip(*columns, strict=True))
    near = Nearest(STATES)
    for i, (*ids, state) in enumerate(rows):
        for name, cell in zip(_IDS, ids, strict=True):
            _check_id(sheet, i, name, cell)
        if state and state not in STATES:
            message = f"must be {', '.join(STATES[:-1])} or {STATES[-1]}"
            where = {"row": sheet.lines[i], "index": i}
            sheet.fault(
                "not_one_of", message, near.remedy(state), column="state", value=state, **where
            )
    if sheet.faults:
        raise InputError(sheet.faults)
    found = (
        Turnout.model_validate({"shift_id": s, "volunteer_id": v, "state": state or "came"})
        for s, v, state in rows
    )
    return tuple(found), sheet.lines


def _check_id(sheet: Sheet, index: int, name: str, cell: str) -> None:
    row = sheet.lines[index]
    if not cell:
        sheet.fault("missing_value", "a value is needed here", row=row, column=name, index=index)
        return
    try:
        _ID.validate_python(cell)
    except ValidationError as error:
        code, message, remedy = explain(error.errors(include_url=False)[0])
        sheet.fault(code, message, remedy, row=row, column=name, value=cell[:200], index=index)
