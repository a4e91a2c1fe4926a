"""Late changes as CSV files or workbooks: who is absent, and what else is different.

Files, or texts as they are typed -> changes that fit the week, or the faults of all their rows.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from shiftplan.errors import Fault, InputError
from shiftplan.files.lists import absences, change_rows
from shiftplan.files.lists.change_rows import ChangeRows
from shiftplan.files.lists.known import KnownRows, in_words_of
from shiftplan.files.lists.reading import read_list
from shiftplan.files.lists.typed import Given, lists_of, who_and_what
from shiftplan.files.sheet import Sheet
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.problem.changes import AnyChange


@takes_week
def read_changes(
    problem: Problem,
    absent: Given | None = None,
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
        start; first_day and last_day; hours on each of these days; or a shift_id. A text that names
        no file is a person, perhaps with a colon and a time or the id of a shift: `V00001`,
        `Nguyễn Văn An: T3`, `V00001: 2026-12-08 07:00-11:00`. Several files and texts are read
        together.
    changes
        A file with the column change, which is one of `KINDS`, and the columns that kind needs.
        Skills of a volunteer are written `portal:2|khmer`; level 0 takes a skill away, and the
        column clears names columns whose values are taken away. Columns that say which entry of a
        record a row is of do not matter.
    on_note
        Called with what was read as something else than what is written.

    Raises
    ------
    InputError
        With every fault of both files, each at its file, row and column.
    MissingExtraError
        One is a workbook, and the package openpyxl is missing.
    """
    read = _read(problem, absent, changes)
    found = [(change, file.sheet, row) for file in read for change, row in file.changes]
    faults = [fault for file in read for fault in file.sheet.faults]
    faults += _unfit(problem, found)[1]
    _tell(problem, read, faults, on_note)
    return tuple(change for change, _, _ in found)


@takes_week
def read_changes_in_turn(
    problem: Problem,
    absent: Given | None = None,
    changes: str | os.PathLike[str] | None = None,
    *,
    on_note: Callable[[Fault], None] | None = None,
) -> tuple[tuple[AnyChange, ...], ...]:
    """Read changes of a week that were made one after the other, as a record writes them.

    Parameters
    ----------
    problem
        The week without them.
    absent
        Files and texts as of `read_changes`; they are the last.
    changes
        A file as of `read_changes`. Rows with the same value in the column number were made
        together, those with a lower one before the others; rows without one are the last.
    on_note
        Called with what was read as something else than what is written.

    Raises
    ------
    InputError
        With every fault of the files. Changes fit the week as those before them have made it; later
        ones may change the same again.
    MissingExtraError
        One is a workbook, and the package openpyxl is missing.
    """
    week, read = problem, _read(problem, absent, changes)
    groups: dict[float, list[tuple[AnyChange, Sheet, int]]] = {}
    for rows in read:
        for change, index in rows.changes:
            groups.setdefault(rows.number(index), []).append((change, rows.sheet, index))
    faults = [fault for rows in read for fault in rows.sheet.faults]
    for number in sorted(groups) if not faults else ():
        week, unfit = _unfit(week, groups[number])
        faults += unfit
        if unfit:
            break
    _tell(problem, read, faults, on_note)
    return tuple(tuple(change for change, _, _ in groups[number]) for number in sorted(groups))


def _read(
    problem: Problem, absent: Given | None, changes: str | os.PathLike[str] | None
) -> list[ChangeRows]:
    known = KnownRows(problem)
    sheets = [] if absent is None else absent_lists(absent, known)
    if changes is not None:
        sheets.append(read_list(Path(changes), change_rows.FORM, known.is_person))
    return [ChangeRows(problem, known, sheet) for sheet in sheets]


def absent_lists(absent: Given, known: KnownRows) -> list[Sheet]:
    """The lists of absences that files and texts are."""

    def told(text: str) -> Mapping[str, str]:
        who, what = who_and_what(text, known)
        return {"name": who, "shift_id" if what in known.shifts else "date": what}

    return lists_of(absent, absences.FORM, known, option="--absent", told=told)


def _unfit(
    problem: Problem, found: Sequence[tuple[AnyChange, Sheet, int]]
) -> tuple[Problem, list[Fault]]:
    """The week after changes, or the faults of those that do not fit it, at their rows."""
    try:
        return problem.with_changes(*(change for change, _, _ in found)), []
    except InputError as error:
        origin = [(sheet, row) for _, sheet, row in found]
        return problem, [_located(fault, origin) for fault in error.faults]


def _tell(
    problem: Problem,
    read: Sequence[ChangeRows],
    faults: Sequence[Fault],
    on_note: Callable[[Fault], None] | None,
) -> None:
    """Raise the faults of lists in order, or tell the notes where there are none."""
    if faults:
        order = {file.sheet.file: i for i, file in enumerate(read)}
        told = in_words_of(problem, faults)
        raise InputError(sorted(told, key=lambda f: (order.get(f.file, -1), f.row or 0)))
    if on_note is not None:
        notes = (note for file in read for note in file.sheet.notes.values())
        for note in in_words_of(problem, notes):
            on_note(note)


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
    fault = replace(fault, table=sheet.table, column=column, value=value, index=row, other=place)
    return sheet.placed(fault, sheet.lines[row])
