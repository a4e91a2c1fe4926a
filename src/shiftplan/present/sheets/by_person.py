"""The roster person by person: a row for each volunteer with shifts, a column for each date.

`Case` -> sheet.
"""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from shiftplan.case.case import Case
from shiftplan.files.workbook import style
from shiftplan.present.naming import Names
from shiftplan.present.sheets import paint
from shiftplan.present.texts import TEXTS, Lang


def fill(sheet: Worksheet, case: Case, lang: Lang) -> None:
    """Write the view; columns of dates on which nobody works are left out when they are many."""
    words, names = TEXTS[lang], Names(case.problem, lang)
    paint.title(sheet, "view person", "", lang)
    days = list(case.horizon.dates)
    if len(days) > 7:
        worked = {s.day for shifts in case.shifts_of.values() for s in shifts}
        days = [day for day in days if day in worked]
    heads = [words["column name"], words["view id"], words["view home"], words["shifts"]]
    style.head(sheet, paint.HEAD, [*heads, *(names.day(day) for day in days)])
    row = paint.HEAD
    for volunteer in case.problem.volunteers:
        shifts = case.shifts_of[volunteer.volunteer_id]
        if not shifts:
            continue
        row += 1
        texts = []
        for day in days:
            lines = [
                f"{s.start:%H:%M}–{s.end:%H:%M}\n{names.center(s.center_id)}"
                for s in shifts
                if s.day == day
            ]
            texts.append("\n".join(lines))
        home = names.center(volunteer.home_center_id) if volunteer.home_center_id else ""
        label = [volunteer.name or volunteer.volunteer_id, volunteer.volunteer_id, home]
        cells = paint.put_row(sheet, row, [*label, len(shifts), *texts])
        style.dress(cells[0], font=style.BOLD)
        for cell, text in zip(cells[len(heads) :], texts, strict=True):
            if text:
                style.dress(cell, fill=style.PALE_FILL)
        sheet.row_dimensions[row].height = paint.height([*label, *texts], 21)
    if row == paint.HEAD:
        row += 1
        paint.put_row(sheet, row, [words["view nothing"]])
    style.widths(sheet, [26, 11, 22, 8, *[20] * len(days)])
    paint.finish(sheet, row, len(heads) + len(days), "B", lang)
