"""Rosters as CSV files that people can read, or as JSON.

File -> `Roster`; (`Problem`, `Roster`) -> file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import AtShift, Message
from shiftplan.files.csv_text import read_sheet
from shiftplan.files.json_file import read_json
from shiftplan.files.sheet import Sheet
from shiftplan.files.table import PeopleColumns, text_for_people
from shiftplan.files.text import file_fault, is_there, read_text
from shiftplan.files.whole import write_texts
from shiftplan.problem import Problem
from shiftplan.problem.validation import said_by
from shiftplan.week.fields import Id, visible
from shiftplan.week.records import Shift, Volunteer
from shiftplan.week.roster import Roster

_IDS = ("shift_id", "volunteer_id")
_FOR_PEOPLE = (
    "date",
    "start",
    "end",
    "center_id",
    "center",
    "volunteer",
    "home_center",
    "skills",
)
_OF_ANOTHER = Message("files.made_for_another_week")
_ID: TypeAdapter[str] = TypeAdapter(Id)


def read_roster(path: str | os.PathLike[str], *, of: Problem | None = None) -> Roster:
    """Read a roster: a CSV file with the columns shift_id and volunteer_id, or a .json file.

    Further columns are ignored. Ids that no problem knows are read too; `check` finds them.

    Parameters
    ----------
    path
        The file; its name tells the form.
    of
        The week it is for. A row that tells another date than its shift has there is a fault then:
        weeks that were made one from the other may have the same ids.

    Raises
    ------
    InputError
        With every fault of the file.

    """
    file = Path(path)
    if file.suffix.lower() == ".json":
        return read_json(Roster, file)
    if file.suffix.lower() == ".xlsx" and is_there(beside := file.with_suffix(".csv")):
        message, remedy = Message("files.for_printing"), Message("files.meant", text=beside)
        raise file_fault("not_text", file, message, remedy)
    sheet = read_sheet(read_text(file), "roster", file.name, (*_IDS, "date"), _IDS, others=True)
    pairs: list[tuple[str, str]] = []
    if sheet.usable:
        shifts, volunteers = (sheet.column(name) or [] for name in _IDS)
        pairs = list(zip(shifts, volunteers, strict=True))
    for i, pair in enumerate(pairs):
        for name, cell in zip(_IDS, pair, strict=True):
            if not cell:
                message, remedy = Message("files.value_needed"), Message("files.empty_seat")
                row = sheet.lines[i]
                sheet.fault("missing_value", message, remedy, row=row, column=name, index=i)
            try:
                visible(cell)
            except ValueError as error:
                row = sheet.lines[i]
                said = said_by(error)
                sheet.fault("invalid_value", said, row=row, column=name, value=cell, index=i)
    if of is not None:
        _need_dates(sheet, of)
    if sheet.faults:
        raise InputError(sheet.faults)
    return Roster.of(pairs)


def _need_dates(sheet: Sheet, week: Problem) -> None:
    """Add the faults of rows whose date is not that of their shift in a week."""
    shifts = {s.shift_id: s for s in week.shifts}
    for i, (shift_id, cell) in enumerate(
        zip(sheet.column("shift_id") or (), sheet.column("date") or (), strict=False)
    ):
        try:
            told = date.fromisoformat(cell)
        except ValueError:  # of a table that somebody else made
            continue
        if shift_id in shifts and told != shifts[shift_id].day:
            day = shifts[shift_id].day
            message = Message("files.shift_on_another_day", shift=AtShift(shift_id), day=day)
            sheet.fault(
                "outside_horizon",
                message,
                _OF_ANOTHER,
                row=sheet.lines[i],
                column="date",
                value=cell,
                index=i,
            )


def write_roster(problem: Problem, roster: Roster, path: str | os.PathLike[str]) -> None:
    """Write a roster as CSV with columns for people, or as JSON when the path ends in .json.

    Text that a spreadsheet program would take for a formula has an apostrophe before it, which
    `read_roster` takes away.

    Parameters
    ----------
    problem
        Gives the names, dates and times.
    roster
        May name unknown ids; their further columns are blank.
    path
        The file, which is replaced whole.

    Raises
    ------
    InputError
        The file cannot be written, or an id could not be read back from it.

    """
    file = Path(path)
    if file.suffix.lower() == ".json":
        write_texts({file: roster.to_json() + "\n"})
        return
    write_texts({file: roster_to_csv(problem, roster)})


def roster_to_csv(problem: Problem, roster: Roster) -> str:
    """Text of a roster's CSV file, as `write_roster` writes it.

    Raises
    ------
    InputError
        An id could not be read back from it.

    """
    faults = list(_unwritable(roster))
    if faults:
        raise InputError(faults)
    return text_for_people([*_IDS, *_FOR_PEOPLE], _rows(problem, roster))


def _unwritable(roster: Roster) -> Iterator[Fault]:
    """Yield the faults of ids that would not be the same after reading."""
    for i, pair in enumerate(roster.assignments):
        for name, value in zip(_IDS, pair, strict=True):
            try:
                _ID.validate_python(value)
            except ValidationError:
                message = Message("files.id_not_kept")
                yield Fault("invalid_value", "roster", name, value, message, index=i)


def _rows(problem: Problem, roster: Roster) -> Iterator[Mapping[str, str]]:
    people = PeopleColumns(problem)
    names = {s.skill_id: s.name or s.skill_id for s in problem.skills}
    for pair in roster.assignments:
        cells = people.cells(*pair)
        shift, volunteer = (
            people.shifts.get(pair.shift_id),
            people.volunteers.get(pair.volunteer_id),
        )
        if volunteer is not None:
            cells["home_center"] = people.centers.get(volunteer.home_center_id or "", "")
            cells["skills"] = _skills(names, volunteer, shift)
        yield cells


def _skills(names: dict[str, str], volunteer: Volunteer, shift: Shift | None) -> str:
    """Skills of a volunteer on the day of a shift, with their levels."""
    if shift is None:
        return ""
    levels = {k: volunteer.level(k, shift.day) for k in names}
    return ", ".join(f"{names[k]} {level}" for k, level in levels.items() if level)
