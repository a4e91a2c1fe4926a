"""Empty seats, the worst first.

`Case` -> sheet.
"""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from shiftplan.analysis.explain.seats import lacking
from shiftplan.case.case import Case
from shiftplan.files.workbook import style
from shiftplan.present.naming import Names
from shiftplan.present.sheets import paint
from shiftplan.present.sheets.seats import Shortage
from shiftplan.present.texts import TEXTS, Lang


def fill(sheet: Worksheet, case: Case, lang: Lang) -> None:
    """Write the view, in the order of the report: below the minimum first."""
    words, names = TEXTS[lang], Names(case.problem, lang)
    paint.title(sheet, "view shortages", words["view legend"].rsplit("   ", 1)[0], lang)
    heads = ["", *(words[k] for k in ("center", "view date", "view hours", "view wanted people"))]
    heads += [words[k] for k in ("needed", "wanted", "view present", "view empty", "view below")]
    heads.append(words["column shift_id"])
    style.head(sheet, paint.HEAD, heads)
    row = paint.HEAD
    for need in lacking(case):
        row += 1
        shift = case.shifts[need.shift_id]
        shortage = Shortage(shift, need, case.coverage(need))
        who = words["view everybody"] if need.skill_id is None else names.counted(need)
        times = f"{shift.start:%H:%M}–{shift.end:%H:%M}"
        values = [
            "▲" if shortage.below else "△",
            names.center(shift.center_id),
            shift.day,
            times,
            who,
        ]
        counts = [need.minimum, need.target, shortage.present, shortage.empty, shortage.below]
        cells = paint.put_row(sheet, row, [*values, *counts, shift.shift_id])
        cells[2].number_format = "dd/mm/yyyy" if lang == "vi" else "yyyy-mm-dd"
        style.dress(cells[0], alignment=style.CENTER)
        for cell in (cells[0], cells[8], cells[9]):
            style.dress(
                cell, fill=paint.BELOW if shortage.below else paint.LACKING, font=paint.SHARP
            )
    if row == paint.HEAD:
        row += 1
        paint.put_row(sheet, row, ["", words["no empty seats"]])
    style.widths(sheet, [5, 30, 13, 14, 28, 10, 10, 10, 11, 13, 22])
    paint.finish(sheet, row, len(heads), "C", lang)
