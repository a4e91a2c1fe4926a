"""Late changes as CSV files or workbooks: who is absent, and what else is different.

Files -> changes that fit the week, or the faults of all their rows.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message, Table
from shiftplan.files import cells
from shiftplan.files.cells import Bad, not_a_parameter
from shiftplan.files.layout import TABLES, Kind
from shiftplan.files.lists.form import ListForm
from shiftplan.files.lists.known import KnownRows
from shiftplan.files.lists.reading import read_list
from shiftplan.files.rows import Rows
from shiftplan.files.sheet import Sheet
from shiftplan.problem import Problem
from shiftplan.problem import changes as late
from shiftplan.problem.changes import AnyChange
from shiftplan.problem.known import Known
from shiftplan.problem.nearest import Nearest
from shiftplan.problem.validation import explain
from shiftplan.week.demand import Demand
from shiftplan.week.fields import Frozen
from shiftplan.week.records import Availability, Center, Pin, Preference, Shift, Volunteer

_SPAN = ("date", "start", "end")
"""Columns of an interval."""
_WHOSE: dict[str, Kind] = {"volunteer_id": "text", "date": "date", "start": "time", "end": "time"}
_ABSENT = ListForm(
    "absent",
    {**_WHOSE, "name": "text", "home_center": "text", "note": "text"},
    (("volunteer_id", "name"),),
    {"name": "volunteer", **{name: name for name in ("home_center", *_SPAN)}},
    alone="name",
)
_COLUMNS: dict[str, Kind] = {
    "change": "text",
    **_WHOSE,
    **{
        column: kind
        for table in ("volunteers", "centers", "shifts", "requirements", "preferences", "demand")
        for column, kind in TABLES[table].columns.items()
        if column not in ("end_date", "reason")
    },
    "skills": "names",
    "note": "text",
}
_CHANGES = ListForm("changes", _COLUMNS, (("change",),), {name: name for name in _SPAN})
_PERSON = tuple(name for name in TABLES["volunteers"].columns if name != "volunteer_id")
_CENTER = tuple(name for name in TABLES["centers"].columns if name != "center_id")
_SHIFT = ("type", "tags", "skill_id", "min_level")
_FORECAST = ("arrivals_low", "arrivals_high", "arrivals_cv")
KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "absent": (("volunteer_id",), (*_SPAN, "name")),
    "closed": (("center_id",), _SPAN),
    "cancelled": (("shift_id",), ()),
    "requirement": (("shift_id",), ("skill_id", "min_level", "minimum", "target")),
    "volunteer": (("volunteer_id",), (*_PERSON, "skills")),
    "available": (("volunteer_id", *_SPAN), ("state", "name")),
    "person": (("volunteer_id",), (*_PERSON, "skills")),
    "center": (("center_id",), _CENTER),
    "new_shift": (("shift_id", "center_id", *_SPAN), _SHIFT),
    "moved": (("shift_id",), ("center_id", *_SPAN)),
    "pin": (("volunteer_id", "shift_id", "state"), ()),
    "preference": (("volunteer_id", "state"), ("shift_id", "date", "shifts", "weight")),
    "demand": (("center_id", *_SPAN, "service_id", "arrivals"), _FORECAST),
}
"""Kind of change -> columns it needs, and columns it may have; a note may stand beside each."""
_ROWS = {
    "person": ("volunteers", "volunteer_id"),
    "center": ("centers", "center_id"),
    "moved": ("shifts", "shift_id"),
}
"""Kind of change -> the table and the id of the row that becomes different."""
_OF_SHIFTS = ("cancelled", "requirement", "pin")
"""Kinds of changes that are about one shift of the week."""
_UPDATES: Mapping[str, type[Frozen]] = {
    "person": Volunteer,
    "center": Center,
    "new_shift": Shift,
    "moved": Shift,
    "pin": Pin,
    "preference": Preference,
    "demand": Demand,
}
"""Kind of change -> the row that becomes different or new."""
_ROW_OF: Mapping[str, type[Frozen]] = {**_UPDATES, "available": Availability}
"""Kind of change -> the row that its columns fill."""


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
        A file with the column volunteer_id or name, and perhaps date, start and end, or a list of
        names alone. The column home_center tells namesakes apart. A blank date means the whole
        horizon; a date without times the whole day; one time alone reaches to the day's end, or
        from its start.
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
    given = ((absent, _ABSENT), (changes, _CHANGES))
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
        raise InputError(sorted(faults, key=lambda f: (order.get(f.file, -1), f.row or 0)))
    if on_note is not None:
        for note in (note for file in read for note in file.sheet.notes.values()):
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
        if not self.sheet.usable:
            return
        rows.tell_days(self.sheet)
        self.rows.references = rows.references
        self._name_people()
        self.rows.read(form.columns, () if form is _ABSENT else form.needed[0])
        for index, record in enumerate(self.rows.records()):
            for column in ("note", "home_center"):
                record.pop(column, None)
            kind = record.pop("change", "absent" if form is _ABSENT else "")
            if index not in self.rows.bad:
                self._name_shift(index, kind, record)
            if index not in self.rows.bad and self._fits(index, kind, record):
                self._take(index, kind, record)

    def _name_people(self) -> None:
        """Put ids in the place of names of those who are absent, and compare names beside ids."""
        sheet = self.sheet
        if sheet.table != "absent":
            return
        names = sheet.column("name") or [""] * len(sheet.rows)
        if "volunteer_id" not in sheet.header:
            sheet.header.append("volunteer_id")
            sheet.letters["volunteer_id"] = sheet.letters.get("name", "")
            for row in sheet.rows:
                row.append("")
        place = sheet.header.index("volunteer_id")
        homes = sheet.column("home_center") or [""] * len(names)
        for index, (row, name, home) in enumerate(zip(sheet.rows, names, homes, strict=True)):
            who = row[place]
            found = self.named.person(name, home) if name and not who else who
            if not found:
                lacking = Bad("missing_value", Message("files.value_needed"))
                self.rows.fault(index, "volunteer_id", lacking)
            elif isinstance(found, Bad):
                self.rows.fault(index, "name", found)
            elif who and (bad := self.named.other_name(who, name)) is not None:
                self.rows.fault(index, "name", bad)
            elif found != who:
                row[place] = found
                told = Message("files.read_as_row", id=found, name=self.named.names[found])
                if name != found:
                    sheet.note(told, column="name", value=name, index=index)

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
            message = Message("files.one_of", names=tuple(KINDS))
            fault(index, "change", Bad("not_one_of", message, Nearest(KINDS).remedy(kind)))
            return False
        needed, others = KINDS[kind]
        lacking = Bad("missing_value", Message("files.change_needs_value", change=kind))
        for column in needed:
            if column not in record:
                fault(index, column, lacking)
        for column in record:
            if column not in (*needed, *others):
                fault(index, column, not_a_parameter(kind, column, (*needed, *others)))
        if "date" not in record and not {"start", "end"}.isdisjoint(record):
            fault(index, "date", Bad("missing_value", Message("files.time_needs_date")))
        elif kind == "moved" and "date" in record:
            for column in {"start", "end"} - record.keys():
                fault(index, column, lacking)
        return index not in self.rows.bad

    def _take(self, index: int, kind: str, record: dict[str, Any]) -> None:
        before, fault = None, self.rows.fault
        if kind in _ROWS:
            table, column = _ROWS[kind]
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
            self.changes.append((_change_of(kind, record, before), index))
        except ValidationError as error:
            for details in error.errors(include_url=False):
                column = str(details["loc"][0]) if details["loc"] else ""
                fault(index, column, Bad(*explain(details, _ROW_OF.get(kind))))
        except OverflowError:
            fault(index, "date", Bad("not_a_date", Message("files.no_such_date")))
        except _SkillError as error:
            message = Message("files.form_of_levels", written=error.args[0])
            fault(index, "skills", Bad("invalid_value", message))


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


class _SkillError(ValueError):
    """A skill that is not written as a name, or as a name, a colon and a level."""


def _change_of(kind: str, record: dict[str, Any], before: Frozen | None) -> AnyChange:
    """Make the change that a row of a kind tells; its values are used up.

    `before` is the row of the week that becomes different, for kinds that are about one.
    ValidationError: a value is out of range. OverflowError: there is no such date.
    """
    if kind in _UPDATES:
        return late.Update(row=_row(kind, record, before))
    if kind in ("absent", "closed", "available"):
        record.pop("name", None)
        start, end = _moments(*(record.pop(name, None) for name in _SPAN))
        if kind == "available":
            return late.Offer(window=Availability(**record, start=start, end=end))
        model = late.Absence if kind == "absent" else late.Closing
        return model(**record, start=start, end=end)
    if kind == "cancelled":
        return late.Cancellation(**record)
    if kind == "requirement":
        return late.Need(**record)
    record["skills"] = dict(_levels(record.pop("skills", ())))
    return late.Arrival(volunteer=Volunteer(**record))


def _row(kind: str, record: dict[str, Any], before: Frozen | None) -> Any:
    """The row as it is now: what the file leaves blank stays as it was."""
    values = {} if before is None else dict(before)
    if kind in ("new_shift", "moved", "demand") and "date" in record:
        record["start"], record["end"] = _moments(*(record.pop(name) for name in _SPAN))
    if "skills" in record and isinstance(before, Volunteer):
        levels = dict(_levels(record["skills"]))
        record["skills"] = [dict(g) for g in before.skills if g.skill_id not in levels]
        record["skills"] += [{"skill_id": s, "level": n} for s, n in levels.items() if n]
    return _UPDATES[kind](**values | record)


def _moments(
    day: Any, start: timedelta | None, end: timedelta | None
) -> tuple[datetime | None, datetime | None]:
    """First minute and first minute after; an end that is not after the start is a day later."""
    if day is None:
        return None, None
    first = timedelta(0) if start is None else start
    last = timedelta(days=1) if end is None else end
    last += timedelta(days=1) if last <= first else timedelta(0)
    begin, after = cells.at(day, first), cells.at(day, last)
    if begin is None or after is None:
        raise OverflowError
    return begin, after


def _levels(names: Sequence[str]) -> Iterator[tuple[str, int]]:
    for name in names:
        skill, colon, level = name.rpartition(":")
        height = cells.read_whole(level.strip())
        if not colon:
            yield name, 1
        elif skill and isinstance(height, int):
            yield skill.strip(), height
        else:
            raise _SkillError(name)
