"""Workbooks: a roster to print and hang up, a week to fill in, and the blank one.

(`Problem`, perhaps `Roster`) -> .xlsx in a language; `read_workbook` gives a week back as an equal
problem. openpyxl is imported only to write.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Annotated, Any, Literal

from shiftplan.case.case import Case
from shiftplan.errors.allowed import Day, Fits
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options, lang_option
from shiftplan.files.headings import Say
from shiftplan.files.whole import write_bytes
from shiftplan.files.workbook import need_openpyxl, packed, write_book
from shiftplan.present.naming import Names
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.profile import RECOMMENDED
from shiftplan.week.fields import FIRST_DATE, LAST_DATE
from shiftplan.week.horizon import PROFILE, PROFILES, Horizon
from shiftplan.week.records import Skill
from shiftplan.week.roster import Roster

_Start = Annotated[
    dt.date,
    Fits(
        "options.day_between",
        lambda day: FIRST_DATE <= day < LAST_DATE,
        first=FIRST_DATE,
        end=LAST_DATE,
    ),
]


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

    from shiftplan.present.sheets import printed

    case, names = Case(problem, roster), Names(problem, lang)
    if before is None and problem.published:
        before = Roster.of((p.shift_id, p.volunteer_id) for p in problem.published)
    book = Workbook()
    first = book.active
    assert first is not None
    printed.by_center(first, case, names)
    printed.by_person(book.create_sheet(), case, names)
    printed.empty_seats(book.create_sheet(), case, names)
    printed.loads(book.create_sheet(), case, names)
    if before is not None:
        printed.changes(book.create_sheet(), case, names, before.changes_to(roster))
    write_bytes({file: packed(book)})


def write_template(
    path: str | os.PathLike[str], start: dt.date, lang: str = "en", *, profile: str = PROFILE
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

    Raises
    ------
    InputError
        The file cannot be written, or an option is invalid.
    MissingExtraError
        The package openpyxl is missing.
    """
    known: Any = Literal[tuple(PROFILES)]
    check_options(("start", start, Day), lang_option(lang), ("profile", profile, known))
    check_options(("start", start, _Start))
    say = Words(lang)
    write_book(_blank_problem(start, say, profile), Path(path), say)


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
    write_book(problem, Path(path), Words(lang))


def _blank_problem(start: dt.date, say: Say, profile: str) -> Problem:
    """The problem of a blank workbook: a week, the skill of mentors and the recommended rules."""
    horizon = Horizon(start=start, days=7, **PROFILES[profile])
    name = say(Message(f"template.{horizon.mentor_skill}"))
    return Problem(
        horizon=horizon,
        centers=(),
        skills=(Skill(skill_id=horizon.mentor_skill, name=name, max_level=4),),
        volunteers=(),
        shifts=(),
        rules=RECOMMENDED,
    )
