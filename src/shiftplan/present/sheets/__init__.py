"""A roster as a workbook that coordinators print and hang up: a sheet for each view.

(`Problem`, `Roster`, the roster before) -> roster.xlsx. openpyxl is imported only to write it.
"""

from __future__ import annotations

import os
from pathlib import Path

from shiftplan.case.case import Case
from shiftplan.errors.options import check_options, lang_option
from shiftplan.files.workbook.package import need_openpyxl, save
from shiftplan.present.naming import Names
from shiftplan.present.texts import Lang
from shiftplan.problem import Problem
from shiftplan.week.roster import Roster

__all__ = ["write_roster_workbook"]


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
        Any roster; assignments with unknown ids are left out.
    path
        The file, which is replaced whole.
    before
        An earlier roster, which the last sheet compares. None for the one that the problem has as
        published; without either there is no such sheet.
    lang
        Language of the sheets.

    Raises
    ------
    InputError
        The file cannot be written, or the language is not supported.
    MissingExtraError
        The package openpyxl is missing.

    """
    check_options(lang_option(lang))
    file = Path(path)
    need_openpyxl()
    from openpyxl import Workbook

    from shiftplan.present.sheets import lists
    from shiftplan.present.sheets.by_center import by_center

    case, names = Case(problem, roster), Names(problem, lang)
    if before is None and problem.published:
        before = Roster.of((p.shift_id, p.volunteer_id) for p in problem.published)
    book = Workbook()
    first = book.active
    assert first is not None
    by_center(first, case, names)
    lists.by_person(book.create_sheet(), case, names)
    lists.empty_seats(book.create_sheet(), case, names)
    lists.loads(book.create_sheet(), case, names)
    if before is not None:
        lists.changes(book.create_sheet(), case, names, before.changes_to(roster))
    save(book, file)
