"""The sheet of a roster's workbook that people edit: a row for each person in a shift.

`Roster`, its `Case` -> a sheet that `read_roster` reads back exactly.
"""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from shiftplan.case.case import Case
from shiftplan.files.headings import heading
from shiftplan.files.workbook import style
from shiftplan.present.sheets.printed import View
from shiftplan.present.words import Words
from shiftplan.week.roster import Assignment, Roster

_BESIDE = ("date", "start", "end", "center", "volunteer", "home_center")
_WIDTHS = (13, 9, 9, 30, 28, 30, 24, 14)
_LAST = dt.datetime.max


def assignments(sheet: Worksheet, case: Case, roster: Roster, say: Words) -> None:
    """Write the list, in order of time and center; what an unknown id means stays blank.

    `say`: the language, without the words of a kind of work, which the list is read back without.
    """
    heads = [heading("roster", name, say) for name in _BESIDE]
    heads += [say("column.shift_id"), say("column.volunteer_id")]
    view = View(sheet, say, "sheet.roster", heads, say("view.legend_roster"))
    sheet.sheet_properties.tabColor = style.DARK
    names = {center.center_id: center.name for center in case.week.centers}

    def order(pair: Assignment) -> tuple[dt.datetime, str, Assignment]:
        shift = case.shifts.get(pair.shift_id)
        return (_LAST, "", pair) if shift is None else (shift.start, shift.center_id, pair)

    for shift_id, who in sorted(roster.assignments, key=order):
        shift, person = case.shifts.get(shift_id), case.volunteers.get(who)
        times: list[str | dt.date] = ["", "", "", ""]
        if shift is not None:
            clocks = (f"{moment:%H:%M}" for moment in (shift.start, shift.end))
            times = [shift.day, *clocks, names[shift.center_id]]
        people = ["", ""]
        if person is not None:
            people = [person.name, names.get(person.home_center_id or "", "")]
        cells = view.add([*times, *people, shift_id, who])
        cells[0].number_format = say("form.date", dd="dd", mm="mm", yyyy="yyyy")
        for cell in cells[1:]:
            cell.number_format = "@"
    view.finish("A", _WIDTHS)
