"""What differs from an earlier roster, person by person.

(`Problem`, two `Roster`s) -> sheet.
"""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from shiftplan.files.workbook import style
from shiftplan.present.naming import Names
from shiftplan.present.sheets import paint
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.problem import Problem
from shiftplan.week.roster import Roster


def fill(sheet: Worksheet, problem: Problem, before: Roster, after: Roster, lang: Lang) -> None:
    """Write the view: a row for each shift that somebody loses or gets."""
    words, names = TEXTS[lang], Names(problem, lang)
    paint.title(sheet, "view changes", "", lang)
    heads = [words[k] for k in ("column name", "view id", "view change", "view date")]
    heads += [words[k] for k in ("view hours", "center", "column shift_id")]
    style.head(sheet, paint.HEAD, heads)
    shifts = {s.shift_id: s for s in problem.shifts}
    row = paint.HEAD
    found = before.changes_to(after)
    for change in sorted(found, key=lambda c: (c.assignment.volunteer_id, not c.added, c)):
        row += 1
        shift_id, who = change.assignment
        shift = shifts.get(shift_id)
        when = ["", "", ""]
        if shift is not None:
            hours = f"{shift.start:%H:%M}–{shift.end:%H:%M}"
            when = [names.day(shift.day), hours, names.center(shift.center_id)]
        sign = words["view added" if change.added else "view removed"]
        cells = paint.put_row(sheet, row, [names.name(who) or who, who, sign, *when, shift_id])
        style.dress(cells[2], font=style.BOLD)
        style.dress(cells[2], fill=style.PALE_FILL if change.added else paint.BELOW)
    if row == paint.HEAD:
        row += 1
        paint.put_row(sheet, row, [words["view nothing"]])
    style.widths(sheet, [28, 12, 16, 16, 14, 30, 24])
    paint.finish(sheet, row, len(heads), "B", lang)
