"""Late changes as CSV files or workbooks: who is absent, and what else is different.

Files -> changes that fit the week, or the faults of all their rows.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message, Table
from shiftplan.files.answers.calendar import Calendar
from shiftplan.files.cells import Bad, not_a_parameter
from shiftplan.files.layout import TABLES, Kind
from shiftplan.files.lists import absences
from shiftplan.files.lists.absences import AbsentRows
from shiftplan.files.lists.changes import (
    KINDS,
    ROW_OF,
    ROWS,
    SkillError,
    change_of,
    idle,
    no_kind,
    read_kinds,
)
from shiftplan.files.lists.form import ListForm
from shiftplan.files.lists.known import KnownRows, in_words_of
from shiftplan.files.lists.reading import read_list
from shiftplan.files.lists.times import refuse_remark
from shiftplan.files.own_columns import note_own
from shiftplan.files.rows import Rows
from shiftplan.files.sheet import Sheet
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence, AnyChange
from shiftplan.problem.known import Known
from shiftplan.problem.validation import explain
from shiftplan.week.fields import Frozen

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
_CALLED = {name: name for name in ("change", "note")}
_CHANGES = ListForm(
    "changes",
    _COLUMNS,
    (("change",),),
    _CALLED,
    loosely=(("volunteer_id", "heads.volunteer", ""), ("center_id", "heads.center", "")),
    keeps_others=True,
    repeats=("note",),
)
_OF_PEOPLE = ("absent", "available", "pin", "preference")
"""Kinds of changes that are about somebody of the week, who may be named."""
_OF_SHIFTS = ("cancelled", "requirement", "pin")
"""Kinds of changes that are about one shift of the week."""


def read_changes(
    problem: Problem,
    absent: str | os.PathLike[str] | None = None,
    changes: str | os.PathLike[str] | None = None,
    *,
    on_note: Callable[[Fault], None] | None = None,
) -> tuple[AnyChange, ...]:
    """Read late changes of a week; they fit it and each other.

    Both files are CSV, or workbooks of which one visible sheet has the columns. People, centers and
    skills are told by id or by a name that only one of them has, and a shift by its center, date
    and start where the id is blank.

    Parameters
    ----------
    problem
        The week they are for.
    absent
        A file with the column volunteer_id or name, or a list of names alone. The column
        home_center tells namesakes apart. Who has no time is absent in the whole horizon. A time is
        a date, perhaps with start and end, of which one alone reaches to the day's end, or from its
        start; first_day and last_day; hours on each of these days; or a shift_id.
    changes
        A file with the column change, which is one of `KINDS`, and the columns that kind needs.
        Skills of a volunteer are written `portal:2|khmer`; level 0 takes a skill away.
    on_note
        Called with what was read as something else than what is written.

    Raises
    ------
    InputError
        With every fault of both files, each at its file, row and column.
    MissingExtraError
        One is a workbook, and the package openpyxl is missing.
    """
    known = KnownRows(problem)
    given = ((absent, absences.FORM), (changes, _CHANGES))
    read = [_File(problem, known, Path(path), form) for path, form in given if path is not None]
    found = [change for file in read for change, _ in file.changes]
    origin = [(file.sheet, row) for file in read for _, row in file.changes]
    faults = [fault for file in read for fault in file.sheet.faults]
    try:
        problem.with_changes(*found)
    except InputError as error:
        faults += (_located(fault, origin) for fault in error.faults)
    if faults:
        order = {file.sheet.file: i for i, file in enumerate(read)}
        told = in_words_of(problem, faults)
        raise InputError(sorted(told, key=lambda f: (order.get(f.file, -1), f.row or 0)))
    if on_note is not None:
        notes = (note for file in read for note in file.sheet.notes.values())
        for note in in_words_of(problem, notes):
            on_note(note)
    return tuple(found)


class _File:
    """One file while it is read; faults are kept in its sheet."""

    def __init__(self, problem: Problem, rows: KnownRows, path: Path, form: ListForm) -> None:
        self.known, self.named = Known(problem), rows
        self.changes: list[tuple[AnyChange, int]] = []
        """Changes of rows without faults, and the index of each row."""
        self.sheet = read_list(path, form, rows.is_person)
        self.rows = Rows(self.sheet)
        self.absent: AbsentRows | None = None
        if not self.sheet.usable:
            return
        rows.tell_days(self.sheet)
        self.rows.references = rows.references
        if form is absences.FORM:
            self.absent = AbsentRows(self.rows, rows, problem)
        read_kinds(self.sheet)
        self.rows.read(form.columns, () if self.absent else form.needed[0])
        if self.absent:
            self.absent.refuse_remarks()
        note_own(self.sheet, "files.unused_columns", ("note",) if self.absent else ())
        calendar = Calendar.of(problem)
        for index, record in enumerate(self.rows.records()):
            for column in ("note", "home_center", *(("name",) if self.absent else ())):
                record.pop(column, None)
            kind = "absent" if self.absent else record.pop("change", "")
            if not self.absent and kind in ("absent", "closed"):
                refuse_remark(self.rows, index, calendar, is_told="date" in record)
            if index not in self.rows.bad:
                self._name_person(index, kind, record)
                self._name_shift(index, kind, record)
            if index not in self.rows.bad and (self.absent or self._fits(index, kind, record)):
                self._take(index, kind, record)

    def _name_person(self, index: int, kind: str, record: dict[str, Any]) -> None:
        """Put the id of a person in the place of a name, and compare a name beside an id."""
        if self.absent or kind not in _OF_PEOPLE or "name" not in record:
            return
        name, who = record.pop("name"), record.get("volunteer_id", "")
        found = self.named.person(name, "") if not who else self.named.other_name(who, name)
        if isinstance(found, Bad):
            self.rows.fault(index, "name", found)
        elif found is not None:
            record["volunteer_id"] = found
            told = Message("files.read_as_row", id=found, name=self.named.names[found])
            if name != found:
                self.sheet.note(told, column="name", value=name, index=index)

    def _name_shift(self, index: int, kind: str, record: dict[str, Any]) -> None:
        """Put the id of a shift in the place of its center, date and start."""
        if kind not in _OF_SHIFTS or "shift_id" in record:
            return
        if not {"center_id", "date", "start"} <= record.keys():
            return
        center, day, start = (record.pop(name) for name in ("center_id", "date", "start"))
        found = self.named.shift_at(center, day, start, record.pop("end", None))
        if isinstance(found, Bad):
            self.rows.fault(index, "start", found)
        else:
            record["shift_id"] = found

    def _fits(self, index: int, kind: str, record: Mapping[str, Any]) -> bool:
        """Whether a row has what its kind of change needs, and nothing else."""
        fault = self.rows.fault
        if kind not in KINDS:
            fault(index, "change", no_kind(kind))
            return False
        needed, others = KINDS[kind]
        lacking = Bad(
            "missing_value", Message("files.change_needs_value", change=Message(f"change.{kind}"))
        )
        for column in needed:
            if column not in record:
                fault(index, column, lacking)
        for column in record:
            if column not in (*needed, *others):
                fault(
                    index,
                    column,
                    not_a_parameter(Message(f"change.{kind}"), column, (*needed, *others)),
                )
        if "date" not in record and not {"start", "end"}.isdisjoint(record):
            fault(index, "date", Bad("missing_value", Message("files.time_needs_date")))
        elif kind == "moved" and "date" in record:
            for column in {"start", "end"} - record.keys():
                fault(index, column, lacking)
        return index not in self.rows.bad

    def _take(self, index: int, kind: str, record: dict[str, Any]) -> None:
        before, fault = None, self.rows.fault
        if kind in ROWS:
            table, column = ROWS[kind]
            for unknown in self.known.unknown(table, index, column, record[column], table):
                assert isinstance(unknown.message, Message)
                fault(index, column, Bad(unknown.code, unknown.message, unknown.remedy))
                return
            rows: tuple[Frozen, ...] = getattr(self.known.problem, table)
            before = next(row for row in rows if getattr(row, column) == record[column])
        elif kind == "new_shift" and record["shift_id"] in self.known.ids["shifts"]:
            message = Message("files.id_taken", table=Table("shifts"))
            remedy = Message("files.meant", text="moved")
            fault(index, "shift_id", Bad("duplicate_id", message, remedy))
            return
        try:
            made = self._changes_of(index, kind, record, before)
        except ValidationError as error:
            for details in error.errors(include_url=False):
                column = str(details["loc"][0]) if details["loc"] else ""
                fault(index, column, Bad(*explain(details, ROW_OF.get(kind))))
        except OverflowError:
            fault(index, "date", Bad("not_a_date", Message("files.no_such_date")))
        except SkillError as error:
            message = Message("files.form_of_levels", written=error.args[0])
            fault(index, "skills", Bad("invalid_value", message))
        else:
            self.changes += ((change, index) for change in made)
            for told in filter(None, (idle(one, self.known.problem.shifts) for one in made)):
                self.sheet.note(told, column="date", value="", index=index)

    def _changes_of(
        self, index: int, kind: str, record: dict[str, Any], before: Frozen | None
    ) -> list[AnyChange]:
        """What a row tells: one change, or an absence at each of some times."""
        if self.absent is None:
            return [change_of(kind, record, before)]
        times = self.absent.times(index, record)
        return [Absence(**record, start=start, end=end) for start, end in times]


def _located(fault: Fault, origin: Sequence[tuple[Sheet, int]]) -> Fault:
    """Put the fault of a change at the file, row and column it comes from."""
    if fault.index is None or fault.table != "changes":
        return fault
    sheet, row = origin[fault.index]
    column = fault.column
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
        place = other.other(index)
    fault = replace(fault, table=sheet.table, column=column, value=value, index=row)
    return replace(fault, file=sheet.file, row=sheet.lines[row], other=place)
