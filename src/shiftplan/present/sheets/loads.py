"""Who offered and works how much, the highest loads first.

`Case` -> sheet.
"""

from __future__ import annotations

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from shiftplan.case.case import Case
from shiftplan.files.workbook import style
from shiftplan.present.naming import Names
from shiftplan.present.sheets import paint
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.scoring.person import Person, people_of

_BAR = Font(name=style.FONT, color=style.MIDDLE, size=9)
_PICTURE = 20
"""Length of the bar of somebody who works all that was offered."""


def fill(sheet: Worksheet, case: Case, lang: Lang) -> None:
    """Write the view; people who offered nothing and work nothing are left out."""
    words, names = TEXTS[lang], Names(case.problem, lang)
    paint.title(sheet, "view loads", "", lang)
    heads = [words[k] for k in ("column name", "view id", "view home", "view offered")]
    heads += [words[k] for k in ("view worked", "view share", "view picture", "view load")]
    heads += [words[k] for k in ("view undesired", "view km", "view refused")]
    style.head(sheet, paint.HEAD, heads)
    homes = {v.volunteer_id: v.home_center_id for v in case.problem.volunteers}
    people = [p for p in people_of(case) if p.offered or p.shifts]
    row = paint.HEAD
    for person in sorted(people, key=_rank):
        row += 1
        home = homes[person.volunteer_id]
        bar = "█" * round(_PICTURE * min(1.0, person.share))
        values: list[str | float] = [person.name, person.volunteer_id]
        values += [names.center(home) if home else "", person.offered, person.shifts]
        values += [round(person.share, 4) if person.offered else "–", bar]
        values += [round(person.load, 4), person.undesired]
        values += ["–" if person.km is None else round(person.km, 1), person.wishes.refused]
        cells = paint.put_row(sheet, row, values)
        cells[5].number_format = cells[7].number_format = "0%"
        style.dress(cells[6], font=_BAR)
    if row == paint.HEAD:
        row += 1
        paint.put_row(sheet, row, [words["view nothing"]])
    style.widths(sheet, [28, 11, 24, 10, 10, 9, 24, 12, 11, 11, 14])
    paint.finish(sheet, row, len(heads), "B", lang)


def _rank(person: Person) -> tuple[float, float, str]:
    return (-person.share, -person.load, person.volunteer_id)
