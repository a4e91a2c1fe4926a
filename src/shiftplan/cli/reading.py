"""What commands read: planning weeks, and rosters of them.

Paths -> `Problem` and `Roster`; the faults of a workbook are marked in a copy of it.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import datetime, time
from getpass import getuser
from itertools import islice
from pathlib import Path
from typing import Any

from shiftplan.citizens.staffing import prepare, still_holds
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message, Person
from shiftplan.errors.system import of_system
from shiftplan.files import read_changes, read_problem, read_roster
from shiftplan.files.lists.times import DAY, told_as
from shiftplan.files.opening_csv import lost_sheets
from shiftplan.files.text import is_there
from shiftplan.present.faults import fault_advice, fault_text
from shiftplan.present.naming import Names
from shiftplan.present.sheets.marking import can_mark, mark_faults
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence, AnyChange
from shiftplan.problem.known_ids import known_part
from shiftplan.problem.notes import in_order
from shiftplan.record.hooks import hooks_error
from shiftplan.record.live import LiveWeek
from shiftplan.record.opening import FILE, RECORD, file_beside, open_store
from shiftplan.week.roster import Roster

_MOST_NOTES = 10
"""Notes that are shown; often one mistake makes many of them."""
_MOST_PEOPLE = 25
"""Absent people who are listed."""


def read(
    week: Path,
    lang: Lang,
    out: Path | None = None,
    *,
    recommended: bool = False,
    quiet: bool = False,
    to_plan: bool = False,
    to_design: bool = False,
    marks: bool = True,
    readings: list[Fault] | None = None,
) -> Problem:
    """Read a planning week. With `marks`, the faults of a workbook are marked in a copy of it.

    The copy is put into the folder `out`, or beside the workbook when there is none. What is no
    fault but worth a look is told on standard error, unless `quiet` or where `recommended` rules
    will put it right. That nobody can come to any shift is a fault where the week is read `to_plan`
    it; that requirements about times have no shifts is none where these are to be designed
    (`to_design`). Notes on how cells of a week without faults were read go to `readings` where it
    is given.
    """
    notes: list[Fault] = []
    try:
        problem = read_problem(week, on_note=notes.append)
        if to_plan and (nobody := [note for note in notes if note.code == "nobody_can_come"]):
            notes = [note for note in notes if note not in nobody]
            raise InputError(nobody)
        if readings is not None:
            readings += (note for note in notes if note.code == "read_as")
            notes = [note for note in notes if note not in readings]
        return problem
    except InputError as error:
        if marks and can_mark(error.faults):
            error.add_note(_mark(week, error, week.parent if out is None else out, lang))
        raise
    finally:
        if not quiet:
            told = [note for note in notes if still_holds(note, recommended=recommended)]
            show_notes([note for note in told if not (to_design and _lacks_shifts(note))], lang)


def _lacks_shifts(note: Fault) -> bool:
    """Whether a note says that no shift counts for a requirement about a time."""
    return (note.code, note.table, note.column) == ("no_effect", "requirements", "start")


def show_notes(notes: list[Fault], lang: Lang, *, is_recorded: bool = False) -> None:
    """Tell notes, each once, those first that must not be missed.

    `is_recorded`: what is read is recorded, so that giving it again would not mend it.
    """
    lines = {fault_text(note, lang): 1 + note.more for note in in_order(notes)}
    for line in islice(lines, _MOST_NOTES):
        first, *way_out = line.splitlines()
        print(Words(lang)("plans.note", line=first), *way_out, sep="\n", file=sys.stderr)
    if more := sum(islice(lines.values(), _MOST_NOTES, None)):
        print(Words(lang)("form.more", n=more), file=sys.stderr)
    if not is_recorded and any(note.code == "read_as" for note in notes):
        print(Words(lang)("plans.read_otherwise"), file=sys.stderr)


def show_lost(week: Path, out: Path, lang: Lang) -> None:
    """Tell which sheets of people's own a workbook lacks that was made of another one."""
    if lost := lost_sheets(week, out):
        facts = {"out": out.name, "week": week.name, "sheets": tuple(lost), "n": len(lost)}
        print(Words(lang)("workbooks.lost_sheets", **facts), file=sys.stderr)


def _mark(week: Path, error: InputError, folder: Path, lang: Lang) -> str:
    """Mark the faults of a workbook; the sentence that says where, or why not."""
    say = Words(lang)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copy = mark_faults(week, error.faults, folder, lang)
    except (InputError, OSError) as problem:
        if isinstance(problem, OSError):
            return say("workbooks.faults_unmarked", week=say(of_system(problem)))
        return say("workbooks.faults_unmarked", week=fault_advice(problem.faults[0], lang))
    if copy:
        return say("workbooks.faults_marked", copy=copy)
    return say("workbooks.faults_unmarked", week=week)


def read_live(
    week: Path,
    lang: Lang,
    *,
    anew: bool = False,
    recommended: bool = False,
    out: Path | None = None,
    quiet: bool = False,
    to_plan: bool = False,
    to_design: bool = False,
    marks: bool = True,
    as_written: bool = False,
) -> LiveWeek:
    """Read a planning week and `prepare` it, with what is recorded of it.

    `out`: folder for the copy of a workbook with faults. `quiet`: without notes. `to_plan`: refuses
    a week in which nobody can come to any shift. `to_design`, `marks`: as `read` takes them.
    `as_written`: without requirements made from its forecast. Standard error lists recorded changes
    that conflict with the files, and invalid hooks. When the week is planned, it also shows how
    cells were read; other commands show this only until a version of the roster exists.
    """
    readings: list[Fault] = []
    how: dict[str, Any] = {"quiet": quiet, "to_plan": to_plan, "to_design": to_design}
    how["marks"] = marks
    read_week = read(week, lang, out, recommended=recommended, readings=readings, **how)
    try:
        files = read_week
        if not as_written:
            files = prepare(read_week, anew=anew, recommended=recommended)
    except InputError as error:
        faults = (f if f.file else replace(f, file=week.name) for f in error.faults)
        raise InputError(faults) from None
    live = LiveWeek(files, open_store(week), who=user_name())
    if not quiet and (to_plan or not _is_planned(week, live)):
        show_notes(readings, lang)
    beside = file_beside(week)
    if not quiet and os.environ.get(RECORD, "").strip() and is_there(beside):
        print(Words(lang)("record.beside", file=beside, variable=RECORD), file=sys.stderr)
    for unfit in () if quiet else live.now.unfit:
        why = fault_text(unfit.faults[0], lang).splitlines()[0]
        print(Words(lang)("record.unfit", entry=unfit.entry, why=why), file=sys.stderr)
    if (faulty := hooks_error()) is not None:
        why = fault_text(faulty.faults[0], lang).splitlines()[0]
        print(Words(lang)("hooks.not_told", why=why), file=sys.stderr)
    return live


def _is_planned(week: Path, live: LiveWeek) -> bool:
    """Whether a version of the roster was made since the files of the week were written."""
    made = [version.entry.at.timestamp() for version in live.now.state.versions.values()]
    files = week.iterdir() if week.is_dir() else [week]
    tables = (f for f in files if f.is_file() and not f.name.startswith(FILE))
    written = (table.stat().st_mtime for table in tables)
    return bool(made) and max(written, default=0) < max(made)


def read_staffed(week: Path, lang: Lang, **how: Any) -> Problem:
    """Read a planning week as it is now, as `read_live` does."""
    return read_live(week, lang, **how).now.problem


def user_name() -> str:
    """Who gives the command, as far as the system knows."""
    try:
        return getuser()
    except (ImportError, KeyError, OSError):
        return ""


def current_roster(live: LiveWeek, roster: Path | None, lang: Lang) -> Roster:
    """The roster of a file or a version of the record; the newest one where none is named.

    Of the newest one, what is impossible now is left out. A version is named by its number.
    """
    if (number := version_named(roster)) is not None:
        return live.roster_of(number)
    if roster is not None:
        return read_roster_of(live.now.problem, roster, lang)
    return live.roster


def version_named(roster: Path | None) -> int | None:
    """The number of a version that stands in the place of a roster; None for a file or nothing."""
    is_number = roster is not None and str(roster).isdecimal() and not is_there(roster)
    return int(str(roster)) if is_number else None


def read_noted(problem: Problem, path: Path, lang: Lang, *, lenient: bool = False) -> Roster:
    """Read a roster of a week, and print the notes on its cells to standard error.

    `lenient`: a row that contradicts the week, such as by another date, is a note too.
    """
    notes: list[Fault] = []
    roster = read_roster(path, of=problem, lenient=lenient, on_note=notes.append)
    show_notes(notes, lang)
    return roster


def read_late_changes(
    problem: Problem, absent: list[str] | None, changes: Path | None, lang: Lang
) -> tuple[AnyChange, ...]:
    """Read late changes of a week, and print the notes on their cells to standard error.

    If there are any notes, print also who was read as absent, and when.
    """
    notes: list[Fault] = []
    found = read_changes(problem, absent, changes, on_note=notes.append)
    show_notes(notes, lang)
    if absent and notes:
        _show_absent(problem, [c for c in found if isinstance(c, Absence)], lang)
    return found


def _show_absent(problem: Problem, absences: list[Absence], lang: Lang) -> None:
    """Tell on standard error who was read as absent, and when."""
    say, horizon = Names(problem, lang).say, problem.horizon
    times: dict[str, list[tuple[datetime, datetime]]] = {}
    first, last = (datetime.combine(day, time()) for day in (horizon.start, horizon.dates[-1]))
    whole = [(first, last + DAY)]
    for absence in absences:
        start, end = absence.start or whole[0][0], absence.end or whole[0][1]
        times.setdefault(absence.volunteer_id, []).append((start, end))
    lines = [
        say(
            f"absences.{'always' if found == whole else 'at'}",
            who=Person(who),
            times=told_as(tuple(found)),
        )
        for who, found in times.items()
    ]
    print(say("absences.title"), *lines[:_MOST_PEOPLE], sep="\n  ", file=sys.stderr)
    if more := lines[_MOST_PEOPLE:]:
        print(f"  {say('form.more', n=len(more))}", file=sys.stderr)


def read_roster_of(problem: Problem, path: Path, lang: Lang) -> Roster:
    """Read a roster of a week; one without a shift of it, or with other dates, is another week's.

    Where it has some ids that the week does not know, that is said on standard error.
    """
    roster = read_noted(problem, path, lang)
    shifts = {s.shift_id for s in problem.shifts}
    if roster.people_in and roster.people_in.keys().isdisjoint(shifts):
        said = Message("weeks.none_of_the_shifts")
        remedy = Message("files.made_for_another_week")
        first, file = next(iter(roster.people_in)), path.name
        fault = Fault("unknown_id", "roster", "shift_id", first, said, remedy=remedy, file=file)
        raise InputError([fault])
    known = known_part(problem, roster)
    unknown = [pair for pair in roster.assignments if pair not in known]
    if unknown:
        pair = f"{unknown[0].volunteer_id}, {unknown[0].shift_id}"
        say = Words(lang)
        count = say.number(len(unknown))
        print(say("plans.roster_unknown", name=path.name, count=count, pair=pair), file=sys.stderr)
    return roster
