"""The files of a result in a folder; no file of another roster stays beside them.

(Week, `Result`, folder) -> roster, result, stand-by lists, workbook, report, calendars, messages.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from shiftplan.analysis.reserves import reserves
from shiftplan.files import write_reserves
from shiftplan.files.roster_csv import roster_to_csv
from shiftplan.files.whole import write_texts
from shiftplan.files.workbook import has_openpyxl
from shiftplan.present.handouts import CALENDARS, clear_handouts, write_handouts
from shiftplan.present.handouts.calendars import Revisions
from shiftplan.present.naming import lang_of
from shiftplan.present.report import can_write, write_report
from shiftplan.present.sheets import write_roster_workbook
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import known_part
from shiftplan.solving.result import Result
from shiftplan.week.roster import Roster

ROSTER, RESULT, RESERVES, REPORT = "roster.csv", "result.json", "reserves.csv", "report.html"
CHANGES, WORKBOOK = "changes.csv", "roster.xlsx"
WEEK = "changed_week"
"""Folder of the week after late changes."""
FILES = (ROSTER, CHANGES, RESULT, RESERVES, WORKBOOK, REPORT)
"""All single files that stand in the folder, beside calendars and messages."""


def write_outputs(
    problem: Problem,
    result: Result,
    out: Path,
    lang: Lang,
    *,
    beside: Mapping[str, str],
    compared: Roster | None,
    told: Roster | None,
    revisions: Revisions | None = None,
    quiet: bool = False,
) -> list[Path]:
    """Write everything about a result into a folder that exists; without a roster, the result only.

    Of a roster that is too poor to be handed out (`Result.poor`) only what says so is written: the
    tables, the result and the report. The tables and the result are put in place together or not at
    all. Returns the files and folders written.

    `beside` has the text of `result.json` and of tables that belong to the roster, by name. The
    workbook compares with the roster `compared`. `told` is what people were told, None when nothing
    was; nobody can be told of ids that the week does not know. `revisions`: what the calendars said
    that people were given, where those stand in another folder. `quiet` leaves out the hint that
    calendars need a package.
    """
    roster = result.roster
    texts = dict(beside)
    if roster is not None:
        texts = {ROSTER: roster_to_csv(problem, roster), **texts}
    write_texts({out / name: text for name, text in texts.items()})
    for name in set(FILES) - texts.keys():
        (out / name).unlink(missing_ok=True)
    clear_handouts(out, problem)
    written = [out / name for name in texts]
    if roster is None:
        return written
    if result.poor is None:
        say = Words(lang_of(problem, lang))
        write_reserves(problem, reserves(problem, roster), out / RESERVES, say=say)
        written.append(out / RESERVES)
        if has_openpyxl():
            write_roster_workbook(problem, roster, out / WORKBOOK, before=compared, lang=lang)
            written.append(out / WORKBOOK)
    if can_write():
        write_report(problem, roster, out / REPORT, result=result, lang=lang)
        written.append(out / REPORT)
    if result.poor is not None:
        return written
    before = None if told is None else known_part(problem, told)
    handed = write_handouts(problem, roster, out, before=before, revisions=revisions, lang=lang)
    if out / CALENDARS not in handed and not quiet:
        print(Words(lang)("handouts.no_calendars"), file=sys.stderr)
    return [*written, *handed]
