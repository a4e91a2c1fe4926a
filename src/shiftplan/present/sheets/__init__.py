"""Workbooks: a roster to print and hang up, a week to fill in, and the blank one.

(`Problem`, perhaps `Roster`) -> .xlsx in a language; `read_workbook` gives a week back as an equal
problem. openpyxl is imported only to write.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from shiftplan.case.case import laid_out
from shiftplan.errors.allowed import Day, Fits
from shiftplan.errors.message import OF_KIND
from shiftplan.errors.options import check_options, lang_option
from shiftplan.files.whole import write_bytes
from shiftplan.files.workbook import need_openpyxl, packed, write_book
from shiftplan.files.workbook.prints import add_prints
from shiftplan.present.breaks import BreakTexts
from shiftplan.present.naming import Names, lang_of
from shiftplan.present.sheets.starting import hours_of_kind, week_of_kind
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.week.fields import FIRST_DATE, LAST_DATE
from shiftplan.week.horizon import PROFILE, PROFILES
from shiftplan.week.kinds import KINDS, USUAL_KIND
from shiftplan.week.records import Shift, moved_shifts
from shiftplan.week.roster import Roster

MADE_WITH = tuple(f"shiftplan.present.sheets.{name}" for name in ("printed", "editable"))
"""Modules that are imported only when a roster's workbook is made."""
_Start = Annotated[
    dt.date,
    Fits(
        "options.day_between",
        lambda day: FIRST_DATE <= day < LAST_DATE,
        first=FIRST_DATE,
        end=LAST_DATE,
    ),
]


@takes_week
def write_roster_workbook(
    problem: Problem,
    roster: Roster,
    path: str | os.PathLike[str],
    *,
    before: Roster | None = None,
    before_shifts: Mapping[str, Shift] | None = None,
    lang: Lang = "en",
) -> None:
    """Write a roster as a workbook: by center, by volunteer, empty seats, loads, changes, a list.

    The list has all ids; it may be edited, and `read_roster` reads it back. Of the views that show
    centers and people, a hidden sheet keeps digests, by which edits in the wrong place are noticed.

    Where phones, contacts or columns of people's own are known, a sheet lists them.

    Parameters
    ----------
    problem
        The week the roster is for.
    roster
        Any roster; only the list has assignments with unknown ids.
    path
        The file, which is replaced whole.
    before
        An earlier roster, which the last sheet compares. None for the one that the problem has as
        published; without either there is no such sheet.
    before_shifts
        Id -> the shift as people were told of it, for those that are now at another time or place
        or are gone from the week. None where all are as they were told.
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
    need_openpyxl()
    book = roster_workbook(problem, roster, before=before, before_shifts=before_shifts, lang=lang)
    write_bytes({Path(path): book})


def roster_workbook(
    problem: Problem,
    roster: Roster,
    *,
    before: Roster | None,
    before_shifts: Mapping[str, Shift] | None,
    lang: Lang,
) -> bytes:
    """The file that `write_roster_workbook` writes; openpyxl is installed."""
    from openpyxl import Workbook

    from shiftplan.present.sheets import editable, printed

    case, names = laid_out(problem, roster), Names(problem, lang)
    if before is None and problem.published:
        before = Roster.of((p.shift_id, p.volunteer_id) for p in problem.published)
    book, breaks = Workbook(), BreakTexts(problem, roster, names)
    first = book.active
    assert first is not None
    printed.by_center(first, case, names, breaks)
    printed.by_person(book.create_sheet(), case, names, breaks)
    printed.empty_seats(book.create_sheet(), case, names)
    printed.loads(book.create_sheet(), case, names)
    if printed.has_contacts(problem):
        printed.contacts(book.create_sheet(), problem, names)
    if before is not None:
        told = {**case.shifts, **(before_shifts or {})}
        found = before.changes_to(roster, moved_shifts(told, case.shifts))
        printed.changes(book.create_sheet(), case, names, found, told)
    editable.assignments(book.create_sheet(), case, roster, Words(lang))
    add_prints(book, book.worksheets[:2], printed.HEAD)
    return packed(book)


def write_template(
    path: str | os.PathLike[str],
    start: dt.date,
    lang: str = "en",
    *,
    profile: str = PROFILE,
    kind: str = USUAL_KIND,
    example: bool = False,
) -> None:
    """Write a blank workbook for the week that starts on a date.

    Parameters
    ----------
    path
        The file, which is replaced whole.
    start
        First date of the week, from 1970 on and before 2200.
    lang
        Language of sheets, columns and help.
    profile
        Time zone, country and skill of mentors: `vietnam` or `world`.
    kind
        What sort of work it is, such as `food-bank`; `shiftplan template --help` lists them all.
        Rules, sheets, hours of the grid and words follow it.
    example
        Fill the workbook with a small week of this kind, which can be planned at once.

    Raises
    ------
    InputError
        The file cannot be written, or an option is invalid.
    MissingExtraError
        The package openpyxl is missing.
    """
    known: Any = Literal[tuple(PROFILES)]
    kinds: Any = Literal[KINDS]
    check_options(("start", start, Day), lang_option(lang), ("profile", profile, known))
    check_options(("start", start, _Start), ("kind", kind, kinds), ("example", example, bool))
    say = Words(lang if kind == USUAL_KIND else f"{lang}{OF_KIND}{kind}")
    week = week_of_kind(kind, profile, start, say, is_example=example)
    hours = hours_of_kind(kind, profile, say, is_example=example)
    write_book(week, Path(path), say, hours)


@takes_week
def write_workbook(problem: Problem, path: str | os.PathLike[str], lang: str = "en") -> None:
    """Write a planning week as a workbook.

    Sheets without rows have an example, which is never read. Availability stands in the grid
    where that keeps it exactly, otherwise in its table.

    Parameters
    ----------
    problem
        The week.
    path
        The file, which is replaced whole.
    lang
        Language of sheets, columns and help.

    Raises
    ------
    InputError
        The file cannot be written, an id could not be read back, or the language is not supported.
    MissingExtraError
        The package openpyxl is missing.
    """
    check_options(lang_option(lang))
    write_book(problem, Path(path), Words(lang_of(problem, lang)))
