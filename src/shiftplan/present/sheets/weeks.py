"""A planning week as a workbook that coordinators fill in, and the blank one.

`Problem` -> .xlsx in a language; `read_workbook` gives it back as an equal problem.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Annotated

from shiftplan.errors.allowed import Day, Fits
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options, lang_option
from shiftplan.files.headings import Say
from shiftplan.files.workbook.writing import write_book
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.problem.profile import RECOMMENDED
from shiftplan.week.fields import FIRST_DATE, LAST_DATE
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import Skill

_Start = Annotated[
    dt.date,
    Fits(
        "options.day_between",
        lambda day: FIRST_DATE <= day < LAST_DATE,
        first=FIRST_DATE,
        end=LAST_DATE,
    ),
]


def write_template(path: str | os.PathLike[str], start: dt.date, lang: str = "en") -> None:
    """Write a blank workbook for the week that starts on a date.

    Parameters
    ----------
    path
        The file, which is replaced whole.
    start
        First date of the week, from 1970 on and before 2200.
    lang
        Language of sheets, columns and help.

    Raises
    ------
    InputError
        The file cannot be written, or an option is invalid.
    MissingExtraError
        The package openpyxl is missing.

    """
    check_options(("start", start, Day), lang_option(lang))
    check_options(("start", start, _Start))
    say = Words(lang)
    write_book(_blank_problem(start, say), Path(path), say)


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


def _blank_problem(start: dt.date, say: Say) -> Problem:
    """The problem of a blank workbook: a week, the skill portal and the recommended rules."""
    portal = Skill(skill_id="portal", name=say(Message("template.portal")), max_level=4)
    return Problem(
        horizon=Horizon(start=start, days=7),
        centers=(),
        skills=(portal,),
        volunteers=(),
        shifts=(),
        rules=RECOMMENDED,
    )
