"""Tables that make nothing, since what they would make is filled in.

(Sheets, `Problem`) -> the sheets that are read, and what is to be told of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from operator import attrgetter

from shiftplan.errors import Fault
from shiftplan.errors.message import Message, Table
from shiftplan.files.day_sets import PREPARE
from shiftplan.files.layout import MAKING
from shiftplan.files.making import MAKES, is_blank, is_made, note_of
from shiftplan.files.rows import read_rows
from shiftplan.files.sheet import Sheet
from shiftplan.files.sheet_references import References
from shiftplan.problem import Problem
from shiftplan.seasons.rollover.workdays import Workdays


def unused(sheets: Mapping[str, Sheet]) -> Iterable[Fault]:
    """Yield what is to be told of tables that make nothing, since what they make is there.

    Closed days are for `new-week` too.
    """
    for source, table in MAKING.items():
        sheet = sheets.get(source)
        is_needed = sheet is None or is_blank(sheet) or is_blank(sheets.get(table))
        if source != "days" and sheet is not None and not is_needed:
            said = Message("files.not_made", table=Table(table))
            yield note_of(sheet, said, Message("files.replace_rows"))


def without_unused(sheets: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """The sheets that are read: of those that make others only the ones that do."""
    used = {source for table, source in MAKES.items() if is_made(sheets, table)}
    used |= {"days"} if "opening" in used else set()
    return {name: sheet for name, sheet in sheets.items() if name not in MAKING or name in used}


def planned_while_closed(
    sheet: Sheet | None, references: References, problem: Problem
) -> Iterator[Fault]:
    """Yield a note if shifts are filled in for days when their centers are closed.

    `sheet`: the list of closed days. There is no note if it cannot be read.
    """
    if sheet is None or not sheet.usable:
        return
    rows, _ = read_rows(sheet, PREPARE.get("days"), references)
    if sheet.faults:
        return
    days, centers = Workdays(tuple(rows)), {c.center_id: c for c in problem.centers}
    closed = [
        shift
        for shift in sorted(problem.shifts, key=attrgetter("start", "shift_id"))
        if not days.at(centers[shift.center_id], shift.day).admits(shift.start, shift.end)
    ]
    if closed:
        first = closed[0]
        facts = {"shifts": len(closed), "day": first.day, "shift": first.shift_id}
        said = Message("files.shifts_while_closed", **facts)
        note = note_of(sheet, said, Message("files.delete_shifts_of_closed"))
        yield replace(note, code="no_effect")
