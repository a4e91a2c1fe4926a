"""The workbook of a roster.

(`Problem`, `Roster`) -> views -> file.
"""

from __future__ import annotations

import os
from pathlib import Path

from shiftplan.case.case import Case
from shiftplan.files.workbook.package import need_openpyxl, save
from shiftplan.options import check_options, lang_option
from shiftplan.present.texts import Lang
from shiftplan.problem import Problem
from shiftplan.week.roster import Roster


def write_roster_workbook(
    problem: Problem,
    roster: Roster,
    path: str | os.PathLike[str],
    *,
    before: Roster | None = None,
    lang: Lang = "en",
) -> None:
    """Write a roster as a workbook: by center, by volunteer, empty seats, loads, and changes.

    Parameters
    ----------
    problem
        The week the roster is for.
    roster
        Any roster; assignments that name unknown ids are left out.
    path
        The file, which is replaced whole.
    before
        An earlier roster; the last sheet tells what differs. None for the one that the problem
        knows as published; without any there is no such sheet.
    lang
        Language of the sheets.

    Raises
    ------
    InputError
        The file cannot be written, or there is no such language.
    MissingExtraError
        The package openpyxl is missing.

    """
    check_options(lang_option(lang))
    file = Path(path)
    need_openpyxl()
    from openpyxl import Workbook

    from shiftplan.present.sheets import by_center, by_person, changes, loads, shortages

    case = Case(problem, roster)
    if before is None and problem.published:
        before = Roster.of((p.shift_id, p.volunteer_id) for p in problem.published)
    book = Workbook()
    first = book.active
    assert first is not None
    by_center.fill(first, case, lang)
    by_person.fill(book.create_sheet(), case, lang)
    shortages.fill(book.create_sheet(), case, lang)
    loads.fill(book.create_sheet(), case, lang)
    if before is not None:
        changes.fill(book.create_sheet(), problem, before, roster, lang)
    save(book, file)
