"""Late changes as CSV files: who is absent, and what else is different.

Files -> changes that fit the week, or the faults of all their rows.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shiftplan.errors import Fault, InputError, OtherRow
from shiftplan.errors.message import Message, Table
from shiftplan.files.cells import Bad, not_a_parameter
from shiftplan.files.changes_rows import ROW_OF, SPAN, SkillError, change_of
from shiftplan.files.csv_text import read_sheet
from shiftplan.files.layout import TABLES, Kind
from shiftplan.files.rows import Rows
from shiftplan.files.sheet import Sheet
from shiftplan.files.text import read_text
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange
from shiftplan.problem.known import Known
from shiftplan.problem.nearest import Nearest
from shiftplan.problem.validation import explain
from shiftplan.week.fields import Frozen

_ABSENT: dict[str, Kind] = {
    "volunteer_id": "text",
    "date": "date",
    "start": "time",
    "end": "time",
    "name": "text",
    "note": "text",
}
_COLUMNS: dict[str, Kind] = {
    "change": "text",
    "volunteer_id": "text",
    "date": "date",
    "start": "time",
    "end": "time",
    **{
        column: kind
        for table in ("volunteers", "centers", "shifts", "requirements", "preferences", "demand")
        for column, kind in TABLES[table].columns.items()
        if column not in ("end_date", "reason")
    },
    "skills": "names",
    "note": "text",
}
_PERSON = tuple(name for name in TABLES["volunteers"].columns if name != "volunteer_id")
_CENTER = tuple(name for name in TABLES["centers"].columns if name != "center_id")
_SHIFT = ("type", "tags", "skill_id", "min_level")
_FORECAST = ("arrivals_low", "arrivals_high", "arrivals_cv")
KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "absent": (("volunteer_id",), (*SPAN, "name")),
    "closed": (("center_id",), SPAN),
    "cancelled": (("shift_id",), ()),
    "requirement": (("shift_id",), ("skill_id", "min_level", "minimum", "target")),
    "volunteer": (("volunteer_id",), (*_PERSON, "skills")),
    "available": (("volunteer_id", *SPAN), ("state", "name")),
    "person": (("volunteer_id",), (*_PERSON, "skills")),
    "center": (("center_id",), _CENTER),
    "new_shift": (("shift_id", "center_id", *SPAN), _SHIFT),
    "moved": (("shift_id",), ("center_id", *SPAN)),
    "pin": (("volunteer_id", "shift_id", "state"), ()),
    "preference": (("volunteer_id", "state"), ("shift_id", "date", "shifts", "weight")),
    "demand": (("center_id", *SPAN, "service_id", "arrivals"), _FORECAST),
}
"""Kind of change -> columns it needs, and columns it may have; a note may stand beside each."""
_ROWS = {
    "person": ("volunteers", "volunteer_id"),
    "center": ("centers", "center_id"),
    "moved": ("shifts", "shift_id"),
}
"""Kind of change -> the table and the id of the row that becomes different."""


def read_changes(
    problem: Problem,
    absent: str | os.PathLike[str] | None = None,
    changes: str | os.PathLike[str] | None = None,
) -> tuple[AnyChange, ...]:
    """Read late changes of a week; they fit it and each other.

    Parameters
    ----------
    problem
        The week they are for.
    absent
        A file with the column volunteer_id, and perhaps date, start and end. A blank date means the
        whole horizon; a date without times the whole day; one time alone reaches to the day's end,
        or from its start.
    changes
        A file with the column change, which is one of `KINDS`, and the columns that kind needs.
        Skills of a volunteer are written `portal:2|khmer`; level 0 takes a skill away.

    Raises
    ------
    InputError
        With every fault of both files, each at its file, row and column.
    """
    read = []
    if absent is not None:
        read.append(_Read.of(problem, Path(absent), "absent", _ABSENT, ("volunteer_id",)))
    if changes is not None:
        read.append(_Read.of(problem, Path(changes), "changes", _COLUMNS, ("change",)))
    found = [pair for one in read for pair in one.changes]
    origin = [(one, row) for one in read for _, row in one.changes]
    faults = [fault for one in read for fault in one.sheet.faults]
    try:
        problem.with_changes(*(change for change, _ in found))
    except InputError as error:
        faults += (_located(fault, origin) for fault in error.faults)
    if faults:
        order = {one.sheet.file: i for i, one in enumerate(read)}
        raise InputError(sorted(faults, key=lambda f: (order.get(f.file, -1), f.row or 0)))
    return tuple(change for change, _ in found)


@dataclass
class _Read:
    """One file while it is read."""

    known: Known
    sheet: Sheet
    rows: Rows
    changes: list[tuple[AnyChange, int]] = field(default_factory=list)
    """Changes of rows without faults, and the index of each row."""

    @classmethod
    def of(
        cls,
        problem: Problem,
        path: Path,
        table: str,
        columns: dict[str, Kind],
        needed: tuple[str, ...],
    ) -> _Read:
        """Read all rows of a file; faults are kept in its sheet."""
        known = Known(problem)
        try:
            text = read_text(path)
        except InputError as error:
            sheet = Sheet(table, path.name, faults=list(error.faults), usable=False)
            return cls(known, sheet, Rows(sheet))
        sheet = read_sheet(text, table, path.name, columns, needed)
        read = cls(known, sheet, Rows(sheet))
        if not sheet.usable:
            return read
        read.rows.read(columns, needed)
        for index, record in enumerate(read.rows.records()):
            record.pop("note", None)
            kind = record.pop("change", "absent" if table == "absent" else "")
            if index not in read.rows.bad and read._fits(index, kind, record):
                read._take(index, kind, record)
        return read

    def _fault(self, index: int, column: str, bad: Bad) -> None:
        self.rows.fault(index, column, bad)

    def _fits(self, index: int, kind: str, record: Mapping[str, Any]) -> bool:
        """Whether a row has what its kind of change needs, and nothing else."""
        if kind not in KINDS:
            message = Message("files.one_of", names=tuple(KINDS))
            self._fault(index, "change", Bad("not_one_of", message, Nearest(KINDS).remedy(kind)))
            return False
        needed, others = KINDS[kind]
        message = Message("files.change_needs_value", change=kind)
        for column in needed:
            if column not in record:
                self._fault(index, column, Bad("missing_value", message))
        for column in record:
            if column not in (*needed, *others):
                self._fault(index, column, not_a_parameter(kind, column, (*needed, *others)))
        if "date" not in record and not {"start", "end"}.isdisjoint(record):
            self._fault(index, "date", Bad("missing_value", Message("files.time_needs_date")))
        elif kind == "moved" and "date" in record:
            for column in {"start", "end"} - record.keys():
                self._fault(index, column, Bad("missing_value", message))
        return index not in self.rows.bad

    def _take(self, index: int, kind: str, record: dict[str, Any]) -> None:
        """Make the change of a row."""
        before = None
        if kind in _ROWS:
            before = self._before(index, record, *_ROWS[kind])
            if before is None:
                return
        elif kind == "new_shift" and record["shift_id"] in self.known.ids["shifts"]:
            message = Message("files.id_taken", table=Table("shifts"))
            remedy = Message("files.meant", text="moved")
            self._fault(index, "shift_id", Bad("duplicate_id", message, remedy))
            return
        try:
            self.changes.append((change_of(kind, record, before), index))
        except ValidationError as error:
            for details in error.errors(include_url=False):
                column = str(details["loc"][0]) if details["loc"] else ""
                self._fault(index, column, Bad(*explain(details, ROW_OF.get(kind))))
        except OverflowError:
            self._fault(index, "date", Bad("not_a_date", Message("files.no_such_date")))
        except SkillError as error:
            message = Message("files.form_of_levels", written=error.args[0])
            self._fault(index, "skills", Bad("invalid_value", message))

    def _before(
        self, index: int, record: Mapping[str, Any], table: str, column: str
    ) -> Frozen | None:
        """The row of the week that becomes different; None, with a fault, where there is none."""
        for fault in self.known.unknown(table, index, column, record[column], table):
            assert isinstance(fault.message, Message)
            self._fault(index, column, Bad(fault.code, fault.message, fault.remedy))
            return None
        rows: tuple[Frozen, ...] = getattr(self.known.problem, table)
        return next(row for row in rows if getattr(row, column) == record[column])


def _located(fault: Fault, origin: Sequence[tuple[_Read, int]]) -> Fault:
    """Put the fault of a change at the file, row and column it comes from."""
    if fault.index is None or fault.table != "changes":
        return fault
    read, row = origin[fault.index]
    column, sheet = fault.column, read.sheet
    if column.startswith("skill"):
        column = "skill_id" if column == "skill_id" else "skills"
    if column in ("start", "end") and (
        fault.code == "outside_horizon" or not sheet.cell(row, column)
    ):
        column = "date"
    if column not in sheet.header:
        column = ""
    value = (sheet.cell(row, column) if column else "") or fault.value
    place = None
    if fault.other is not None:
        other, index = origin[fault.other.index]
        place = OtherRow(index, file=other.sheet.file, row=other.sheet.lines[index])
    return replace(
        fault,
        table=sheet.table,
        column=column,
        value=value,
        index=row,
        file=sheet.file,
        row=sheet.lines[row],
        other=place,
    )
