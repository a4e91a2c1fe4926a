"""A week split into the workbooks of its centers: to fill in, or to hang up once there is a roster.

(`Problem`, perhaps `Roster`) -> .xlsx for each center, and the tables that all share.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from shiftplan.case.case import Case
from shiftplan.errors.options import check_options, lang_option
from shiftplan.files.csv_text import table_text
from shiftplan.files.headings import kind_in
from shiftplan.files.text import write_fault
from shiftplan.files.whole import write_bytes
from shiftplan.files.workbook import need_openpyxl, packed
from shiftplan.present.breaks import BreakTexts
from shiftplan.present.naming import Names, lang_of
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.week.records import Center
from shiftplan.week.roster import Roster

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

SHARED = "_shared"
"""Folder of the tables that all teams share."""
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
_LONGEST = 80


@takes_week
def write_team_forms(
    problem: Problem, folder: str | os.PathLike[str], *, blank: bool = False, lang: Lang = "en"
) -> tuple[Path, ...]:
    """Write a workbook for each center, in which its people say when they can come.

    `shiftplan gather` puts them together again: the tables that all share are beside them, in the
    folder `_shared`.

    Parameters
    ----------
    problem
        The week. The columns of the grids are the sessions of its windows, or those of its shifts
        where there are no windows.
    folder
        Where they are written; files of the same names are replaced.
    blank
        Whether nobody is marked yet; otherwise the windows of the week are.
    lang
        Language of the workbooks.

    Returns
    -------
    tuple of Path
        The workbooks, in the order of the centers.

    Raises
    ------
    InputError
        A file cannot be written, an id could not be read back, or the language is not supported.
    MissingExtraError
        The package openpyxl is missing.
    """
    check_options(lang_option(lang))
    need_openpyxl()
    from shiftplan.files.workbook.teams import (
        columns_of_people,
        common_tables,
        refuse_unreadable,
        sessions_for,
        team_book,
        team_problem,
    )

    say, place = Words(lang_of(problem, lang)), Path(folder)
    sessions = sessions_for(problem, blank=blank)
    columns = columns_of_people(problem)
    refuse_unreadable(problem)
    tables = common_tables(problem, blank=blank)
    contents: dict[Path, bytes] = {}
    for table, (header, rows) in tables.items():
        text = table_text(header, rows, {name: kind_in(table, name) for name in header})
        contents[place / SHARED / f"{table}.csv"] = text.encode()

    def book_of(center: Center) -> Workbook:
        team = team_problem(problem, center.center_id, blank=blank)
        return team_book(team, center, sessions, columns, say)

    return _write(problem, place, contents, book_of)


@takes_week
def write_team_rosters(
    problem: Problem, roster: Roster, folder: str | os.PathLike[str], *, lang: Lang = "en"
) -> tuple[Path, ...]:
    """Write a workbook for each center: who works there when, its people, its empty seats.

    How people are called stands on a sheet of its own, which is not for hanging up.

    Parameters
    ----------
    problem
        The week.
    roster
        Its roster; assignments with unknown ids are left out.
    folder
        Where they are written; files of the same names are replaced.
    lang
        Language of the workbooks.

    Returns
    -------
    tuple of Path
        The workbooks, in the order of the centers.

    Raises
    ------
    InputError
        A file cannot be written, or the language is not supported.
    MissingExtraError
        The package openpyxl is missing.
    """
    check_options(lang_option(lang))
    need_openpyxl()
    from openpyxl import Workbook

    from shiftplan.files.workbook import style
    from shiftplan.present.sheets import printed

    names, whole = Names(problem, lang), Case(problem, roster)
    breaks = BreakTexts(problem, roster, names)

    def book_of(center: Center) -> Workbook:
        case = _at(center, whole, roster)
        title = names.say(
            "teams.roster_of",
            name=names.center(center.center_id),
            first=problem.horizon.dates[0],
            last=problem.horizon.dates[-1],
            year=str(problem.horizon.dates[-1].year),
        )
        book = Workbook()
        first = book.active
        assert first is not None
        printed.by_center(first, case, names, breaks)
        printed.empty_seats(book.create_sheet(), case, names)
        people = printed.team(book.create_sheet(), center, whole, case, names, breaks)
        team = problem.model_copy(update={"centers": (center,), "volunteers": people})
        if printed.has_contacts(team):
            printed.contacts(book.create_sheet(), team, names)
        for sheet in book.worksheets:
            style.put(sheet.cell(1, 1), title, font=style.TITLE)
        return book

    return _write(problem, Path(folder), {}, book_of)


def _write(
    problem: Problem,
    place: Path,
    contents: dict[Path, bytes],
    book_of: Callable[[Center], Workbook],
) -> tuple[Path, ...]:
    files = [place / name for name in file_names(problem.centers)]
    for file, center in zip(files, problem.centers, strict=True):
        contents[file] = packed(book_of(center))
    try:
        for folder in {file.parent for file in contents}:
            folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise write_fault(place, error) from None
    write_bytes(contents)
    return tuple(files)


def file_names(centers: Iterable[Center]) -> list[str]:
    """Names of the workbooks of centers: id and name, as every system takes them.

    No two are equal, also where capitals make no difference.
    """
    taken: set[str] = set()
    found = []
    for center in centers:
        text = unicodedata.normalize("NFC", f"{center.center_id} {center.name}")
        stem = _UNSAFE.sub("-", text)[:_LONGEST].strip(" .~-") or "center"
        if _RESERVED.match(stem):
            stem = f"_{stem}"
        number, name = 1, stem
        while name.casefold() in taken:
            number += 1
            name = f"{stem} - {number}"
        taken.add(name.casefold())
        found.append(f"{name}.xlsx")
    return found


def _at(center: Center, whole: Case, roster: Roster) -> Case:
    """The part of a roster at one center."""
    week, here = whole.week, center.center_id
    shifts = tuple(s for s in whole.taking_place if s.center_id == here)
    ids = {shift.shift_id for shift in shifts}
    tables = {
        "centers": (center,),
        "shifts": shifts,
        "requirements": tuple(
            need
            for need in week.requirements
            if (need.shift_id in ids if need.shift_id is not None else need.center_id == here)
        ),
    }
    there = Roster.of(a for a in roster.assignments if a.shift_id in ids)
    return Case(week.model_copy(update=tables), there)
