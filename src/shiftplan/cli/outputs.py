"""What stands beside a roster: stand-by lists, a workbook, a report, calendars and messages.

`Problem` and `Result` -> files in the folder of the roster.
"""

from __future__ import annotations

import sys
from pathlib import Path

from shiftplan.files import write_reserves
from shiftplan.files.workbook import has_openpyxl
from shiftplan.handouts import CALENDARS, MESSAGES, clear_handouts, write_handouts
from shiftplan.problem import Problem
from shiftplan.report import can_write, write_report
from shiftplan.reserves import reserves
from shiftplan.result import Result
from shiftplan.roster import Roster
from shiftplan.sheets import write_roster_workbook
from shiftplan.texts import TEXTS, Lang

ROSTER, RESULT = "roster.csv", "result.json"
RESERVES, WORKBOOK, REPORT = "reserves.csv", "roster.xlsx", "report.html"
VIEWS = f"{RESERVES}, {WORKBOOK}, {REPORT}, {CALENDARS}/ and {MESSAGES}/"
"""Names of the files and folders made after the roster."""


def clear_views(out: Path) -> None:
    """Take away what belongs to an earlier roster."""
    for name in (RESERVES, WORKBOOK, REPORT):
        (out / name).unlink(missing_ok=True)


def write_views(
    problem: Problem,
    result: Result,
    out: Path,
    *,
    before: Roster | None = None,
    told: Roster | None = None,
    lang: Lang,
) -> list[Path]:
    """Write everything that is made of a roster, once it is safe; without one, nothing stays.

    Parameters
    ----------
    problem, result
        The week, and its result.
    out
        The folder of the roster.
    before
        A roster that the workbook compares with.
    told
        The roster that people were told: messages tell what changed against it.
    lang
        Language of all files.
    """
    roster = result.roster
    if roster is None:
        clear_handouts(out)
        return []
    write_reserves(problem, reserves(problem, roster, lang=lang), out / RESERVES)
    written = [out / RESERVES]
    if has_openpyxl():
        write_roster_workbook(problem, roster, out / WORKBOOK, before=before, lang=lang)
        written.append(out / WORKBOOK)
    if can_write():
        write_report(problem, roster, out / REPORT, result=result, lang=lang)
        written.append(out / REPORT)
    handed_out = write_handouts(problem, roster, out, before=told, lang=lang)
    if out / CALENDARS not in handed_out:
        print(TEXTS[lang]["no calendars"], file=sys.stderr)
    return [*written, *handed_out]
