"""The files of a draft or a told roster in a folder; none of another roster stays beside them.

(Week, `Result` or roster, folder) -> roster, result, stand-by lists, workbook, report; of what is
told also calendars and messages.
"""

from __future__ import annotations

import math
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shiftplan.analysis.reserves import Reserve, reserves
from shiftplan.files import write_reserves
from shiftplan.files.roster_csv import roster_to_csv
from shiftplan.files.text import is_there
from shiftplan.files.whole import write_bytes, write_texts
from shiftplan.files.workbook import has_openpyxl
from shiftplan.present.handouts import CALENDARS, clear_handouts, revisions_in, write_handouts
from shiftplan.present.handouts.calendars import Revisions
from shiftplan.present.naming import lang_of
from shiftplan.present.report import can_write, get_ready, write_report
from shiftplan.present.sheets import MADE_WITH, roster_workbook, write_roster_workbook
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import known_part, with_rows
from shiftplan.solving.ahead import EarlyChild
from shiftplan.solving.beside import is_large
from shiftplan.solving.result import Result
from shiftplan.week.owner import Owner
from shiftplan.week.records import Shift
from shiftplan.week.roster import Roster

ROSTER, RESULT, RESERVES, REPORT = "roster.csv", "result.json", "reserves.csv", "report.html"
CHANGES, WORKBOOK = "changes.csv", "roster.xlsx"
FILES = (ROSTER, CHANGES, RESULT, RESERVES, WORKBOOK, REPORT)
"""All single files that stand in the folder, beside calendars and messages."""
_WAKE_SECONDS = 2.0
"""Seconds before the end of a search at which a process wakes up to make a workbook: it is ready
before the last roster is checked, which must not take longer beside it."""


def write_draft(
    problem: Problem, result: Result, out: Path, *, beside: Mapping[str, str]
) -> list[Path]:
    """Write the tables of a draft into a folder that exists; without a roster, the result only.

    They are put in place together or not at all. Then all other files of an earlier roster are
    removed, its calendars and messages too; nobody is told of a draft. Returns the files written.

    `beside` has the text of `result.json` and of tables that belong to the roster, by name.
    """
    texts = dict(beside)
    if result.roster is not None:
        texts = {ROSTER: roster_to_csv(problem, result.roster), **texts}
    written = _write_tables(out, texts)
    _remove(out, {*FILES} - texts.keys())
    clear_handouts(out, problem)
    return written


def write_outputs(
    problem: Problem,
    result: Result,
    out: Path,
    lang: Lang,
    *,
    beside: Mapping[str, str],
    compared: Roster | None,
    before_shifts: Mapping[str, Shift],
    called: Mapping[str, int],
    chances: Mapping[tuple[str, str], float] | None = None,
    ahead: EarlyChild[bytes] | None = None,
) -> list[Path]:
    """Write a draft as `write_draft` does, with stand-by lists, a workbook and a report.

    Of a roster that is too poor to be told (`Result.poor`) only what says so is written: the
    tables, the result and the report. The workbook compares with the roster `compared`, in which
    shifts were as `before_shifts` has them. `called` and `chances` are for the lists, as `reserves`
    takes them. `ahead` is a process that makes workbooks of the same problem, from
    `workbooks_ahead`.
    """
    roster = result.roster
    written = write_draft(problem, result, out, beside=beside)
    if roster is None:
        return written
    workbook: Callable[[], bytes] | None = None
    if result.poor is None:
        known: dict[str, Any] = {"before": compared, "before_shifts": before_shifts}
        if ahead is not None:
            workbook = ahead.call(roster=roster, lang=lang, **known)
        lists = reserves(problem, roster, called=called, chances=chances)
        written += _write_reserves(problem, lists, out, lang)
        if workbook is not None:
            written.append(out / WORKBOOK)
        else:
            written += _write_workbook(problem, roster, out, lang, **known)
    if can_write():
        write_report(problem, roster, out / REPORT, result=result, lang=lang)
        written.append(out / REPORT)
    if workbook is not None:
        write_bytes({out / WORKBOOK: workbook()})
    return written


@contextmanager
def workbooks_ahead(problem: Problem, seconds: float | None) -> Iterator[EarlyChild[bytes] | None]:
    """A process that makes workbooks of a problem beside this one; None where it is not worthwhile.

    It wakes up shortly before some seconds are over, or else when it is needed; and what a report
    needs is then made ready in this process.
    """
    if not (has_openpyxl() and is_large(problem) and (os.cpu_count() or 1) > 1):
        yield None
        return
    with EarlyChild(roster_workbook, problem.model_copy(), imports=MADE_WITH) as ahead:
        wait = math.inf if seconds is None else max(0.0, seconds - _WAKE_SECONDS)

        def wake() -> None:
            ahead.wake()
            get_ready()

        timer = threading.Timer(min(wait, threading.TIMEOUT_MAX), wake)
        timer.daemon = True
        timer.start()
        try:
            yield ahead
        finally:
            timer.cancel()


def write_told(
    problem: Problem,
    roster: Roster,
    out: Path,
    lang: Lang,
    *,
    beside: Mapping[str, str],
    before: Roster | None,
    before_shifts: Mapping[str, Shift],
    lists: Iterable[Reserve],
    **told: Any,
) -> list[Path]:
    """Write what is told to people into a folder that exists: all of a draft, and the handouts.

    Of a roster without anybody, such as one that is withdrawn, there are handouts and tables only.
    Handouts are written first: whatever ends this half-way, no message of before lies beside the
    new roster, and no roster, list or report of before beside the new messages.

    `beside` has the text of tables that belong to the roster, by name; `before` is what people
    knew, None when they knew nothing, `before_shifts` the shifts in it; `lists` are the
    stand-by lists; `told` goes to `write_handouts`. A `result.json` stays if it lies beside the
    same roster.
    """
    table = roster_to_csv(problem, roster)
    is_same = is_there(out / ROSTER) and (out / ROSTER).read_bytes() == table.encode()
    _remove(out, {*FILES} - ({RESULT} if is_same else set()))
    known: dict[str, Any] = {"before": before, "before_shifts": before_shifts}
    handed = hand_out(problem, roster, out, lang, **known, **told)
    written = _write_tables(out, {ROSTER: table, **beside})
    if not len(roster):
        return [*written, *handed]
    written += _write_reserves(problem, lists, out, lang)
    written += _write_workbook(problem, roster, out, lang, **known)
    if can_write():
        write_report(problem, roster, out / REPORT, lang=lang)
        written.append(out / REPORT)
    return [*written, *handed]


def hand_out(
    problem: Problem,
    roster: Roster,
    out: Path,
    lang: Lang,
    *,
    before: Roster | None,
    before_shifts: Mapping[str, Shift],
    quiet: bool = False,
    **told: Any,
) -> list[Path]:
    """Write calendars and messages, and say on standard error where calendars need a package.

    People and centers that are no longer in the week get a message, under their ids, that nothing
    is left; their calendars stay cancelled in later versions. A shift that is neither in the week
    nor in `before_shifts` is left out.
    """
    problem, known = with_gone(problem, before, before_shifts, revisions_in(out))
    told |= {"before": known, "before_shifts": before_shifts}
    handed = write_handouts(problem, roster, out, lang=lang, **told)
    if out / CALENDARS not in handed and not quiet:
        print(Words(lang)("handouts.no_calendars"), file=sys.stderr)
    return list(handed)


def with_gone(
    problem: Problem,
    before: Roster | None,
    before_shifts: Mapping[str, Shift],
    kept: Revisions | None = None,
) -> tuple[Problem, Roster | None]:
    """A week with bare rows for people and centers no longer in it, and the known part of `before`.

    `kept`: what calendars said last; None where there are none.
    """
    gone = {Owner("volunteer", who) for who in (before or Roster()).shifts_of}
    gone |= {Owner("center", shift.center_id) for shift in before_shifts.values()}
    if kept is not None and kept.week == problem.horizon.start:
        gone |= {Owner(*event.cancelled[:2]) for event in kept.events.values() if event.cancelled}
    problem = with_rows(problem, gone)
    return problem, None if before is None else known_part(problem, before, before_shifts)


def _write_tables(out: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write tables together, all of them or none."""
    write_texts({out / name: text for name, text in texts.items()})
    return [out / name for name in texts]


def _remove(out: Path, names: Iterable[str]) -> None:
    """Remove files of an earlier roster."""
    for name in names:
        (out / name).unlink(missing_ok=True)


def _write_reserves(
    problem: Problem, lists: Iterable[Reserve], out: Path, lang: Lang
) -> list[Path]:
    """Write stand-by lists."""
    write_reserves(problem, lists, out / RESERVES, say=Words(lang_of(problem, lang)))
    return [out / RESERVES]


def _write_workbook(
    problem: Problem, roster: Roster, out: Path, lang: Lang, **known: Any
) -> list[Path]:
    """Write the workbook of a roster, compared with another one, where its package is installed."""
    if not has_openpyxl():
        return []
    write_roster_workbook(problem, roster, out / WORKBOOK, lang=lang, **known)
    return [out / WORKBOOK]
