"""The rows of a list of absences or changes, on their way to changes of the week.

`Sheet` -> changes, each with its row; faults and notes are kept in the sheet.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from shiftplan.errors.message import Column, Message, Table
from shiftplan.files.answers.calendar import Calendar
from shiftplan.files.cells import Bad, not_a_parameter
from shiftplan.files.layout import TABLES, Kind
from shiftplan.files.lists import absences
from shiftplan.files.lists.absences import AbsentRows
from shiftplan.files.lists.changes import (
    CLEARS,
    KINDS,
    ROW_OF,
    ROWS,
    NothingToClearError,
    SkillError,
    change_of,
    clearable,
    idle,
    no_kind,
    read_kinds,
)
from shiftplan.files.lists.form import ENTRY, ListForm
from shiftplan.files.lists.known import KnownRows
from shiftplan.files.lists.remarks import refuse_remark
from shiftplan.files.own_columns import note_own
from shiftplan.files.rows import Rows
from shiftplan.files.sheet import Sheet
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence, AnyChange, Arrival
from shiftplan.problem.known import Known
from shiftplan.problem.nearest import Nearest
from shiftplan.problem.validation import explain
from shiftplan.week.fields import Frozen
from shiftplan.week.records import Shift

COLUMNS: dict[str, Kind] = {
    "change": "text",
    "volunteer_id": "text",
    "date": "date",
    "start": "time",
    "end": "time",
    **{
        column: kind
        for table in ("volunteers", "centers", "shifts", "requirements", "preferences", "demand")
        for column, kind in TABLES[table].columns.items()
        if column != "reason"
    },
    "skills": "names",
    CLEARS: "names",
    "note": "text",
}
"""Columns of a list of changes, beside those of its entries."""
ID_OF = dict(ROWS.values())
"""Table whose rows become different -> column of its ids."""
_CALLED = {name: name for name in ("change", "note")}
FORM = ListForm(
    "changes",
    COLUMNS | ENTRY,
    (("change",),),
    _CALLED,
    loosely=(
        ("volunteer_id", "heads.volunteer", ""),
        ("name", "heads.volunteer", ""),
        ("center_id", "heads.center", ""),
        ("home_center_id", "heads.home_center", ""),
    ),
    keeps_others=True,
    repeats=("note",),
)
"""What a list of changes holds: kinds, and the columns that each needs."""
_OF_PEOPLE = ("absent", "available", "stand_by", "pin", "preference")
"""Kinds of changes that are about somebody of the week, who may be named."""
_OF_SHIFTS = ("cancelled", "requirement", "pin")
"""Kinds of changes that are about one shift of the week."""


class ChangeRows:
    """The rows of one list."""

    def __init__(self, problem: Problem, rows: KnownRows, sheet: Sheet) -> None:
        self.known, self.named, self.sheet = Known(problem), rows, sheet
        self.changes: list[tuple[AnyChange, int]] = []
        """Changes of rows without faults, and the index of each row."""
        self.now: dict[str, dict[str, Frozen]] = {}
        """Table -> id -> row of the week, as the rows of the list have made it so far."""
        self.rows = Rows(self.sheet)
        self.absent: AbsentRows | None = None
        if not self.sheet.usable:
            return
        rows.tell_days(self.sheet)
        self.rows.references = rows.references
        form = absences.FORM if sheet.table == absences.FORM.table else FORM
        if form is absences.FORM:
            self.absent = AbsentRows(self.rows, rows, problem)
        read_kinds(self.sheet)
        self.rows.read(form.columns, () if self.absent else form.needed[0])
        if self.absent:
            self.absent.refuse_remarks()
        note_own(self.sheet, "files.unused_columns", ("note",) if self.absent else ())
        calendar = Calendar.of(problem)
        for index, record in enumerate(self.rows.records()):
            for column in ("note", "home_center", *ENTRY, *(("name",) if self.absent else ())):
                record.pop(column, None)
            kind = "absent" if self.absent else record.pop("change", "")
            if not self.absent and kind in ("absent", "closed"):
                refuse_remark(self.rows, index, calendar, is_told="date" in record)
            if index not in self.rows.bad:
                self._name_person(index, kind, record)
                self._name_shift(index, kind, record)
                self._date_moved(kind, record)
                record |= {k: [*map(rows.level, record[k])] for k in ("skills",) if k in record}
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

    def _date_moved(self, kind: str, record: dict[str, Any]) -> None:
        """Put the day of a shift in the place of the date where only its hours move."""
        shift = self._known("shifts").get(record.get("shift_id", ""))
        is_told = "date" in record or record.keys().isdisjoint(("start", "end"))
        if kind == "moved" and isinstance(shift, Shift) and not is_told:
            record["date"] = shift.start.date()

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
        days = {"date", "end_date"} if kind in ("absent", "closed") else {"date"}
        telling = {"start"} | ({"end"} if days.isdisjoint(record) else set())
        telling |= set() if "end_date" in days else {"end_date"}
        if "date" not in record and not telling.isdisjoint(record):
            fault(index, "date", Bad("missing_value", Message("files.time_needs_date")))
        elif kind == "moved" and "date" in record:
            for column in {"start", "end"} - record.keys():
                fault(index, column, lacking)
        return index not in self.rows.bad

    def _take(self, index: int, kind: str, record: dict[str, Any]) -> None:
        before, fault = None, self.rows.fault
        if kind in ROWS:
            table, column = ROWS[kind]
            before = self._known(table).get(record[column])
            if before is None:
                for unknown in self.known.unknown(table, index, column, record[column], table):
                    assert isinstance(unknown.message, Message)
                    fault(index, column, Bad(unknown.code, unknown.message, unknown.remedy))
                return
        elif kind == "new_shift" and record["shift_id"] in self._known("shifts"):
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
        except NothingToClearError as error:
            columns = tuple(map(Column, clearable(kind)))
            message = Message("files.clears_columns", columns=columns)
            fault(
                index,
                CLEARS,
                Bad("not_one_of", message, Nearest(clearable(kind)).remedy(str(error))),
            )
        else:
            self.changes += ((change, index) for change in made)
            for change in made:
                self._keep(change)
            for told in filter(None, (idle(one, self.known.problem.shifts) for one in made)):
                self.sheet.note(told, column="date", value="", index=index)

    def number(self, index: int) -> float:
        """Number of the entry that a row is of; infinity where it tells none."""
        found = self.rows.values.get("number", ())
        return math.inf if not found or found[index] is None else found[index]

    def _known(self, table: str) -> dict[str, Frozen]:
        """The rows of a table by their ids, as the list has made them so far."""
        if table not in self.now:
            column = ID_OF[table]
            rows: tuple[Frozen, ...] = getattr(self.known.problem, table)
            self.now[table] = {getattr(row, column): row for row in rows}
        return self.now[table]

    def _keep(self, change: AnyChange) -> None:
        """Let later rows of the list find what this one makes of a row of the week."""
        row = change.volunteer if isinstance(change, Arrival) else getattr(change, "row", None)
        for table, column in ID_OF.items():
            if isinstance(row, TABLES[table].model):
                self._known(table)[getattr(row, column)] = row

    def _changes_of(
        self, index: int, kind: str, record: dict[str, Any], before: Frozen | None
    ) -> list[AnyChange]:
        """What a row tells: one change, or an absence at each of some times."""
        if self.absent is None:
            return [change_of(kind, record, before)]
        times = self.absent.times(index, record)
        return [Absence(**record, start=start, end=end) for start, end in times]
