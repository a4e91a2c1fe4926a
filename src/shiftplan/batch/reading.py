"""What a job reads: its week, what earlier weeks leave to it, and what people know of it already.

`WeekJob` -> `Begun`; (its `Problem`, `Recorded`, an earlier result) -> `LiveWeek`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from shiftplan.batch.manifest import Before, WeekJob
from shiftplan.batch.places import BOOK, PLANNED_WITH, TOLD, histories_before
from shiftplan.batch.recorded import WHO, Recorded
from shiftplan.citizens.staffing import prepare, still_holds
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message, Table
from shiftplan.files import read_problem, read_roster
from shiftplan.files.assemble import OnNote
from shiftplan.files.ledgers import read_ledger
from shiftplan.files.text import need_inside
from shiftplan.files.turnouts import read_attendance, record_files
from shiftplan.files.week import read_history
from shiftplan.present.handouts import CALENDARS, MESSAGES, check_handouts
from shiftplan.present.outputs import RESULT, ROSTER
from shiftplan.present.result_file import ResultPart, read_result_part
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import known_part
from shiftplan.problem.profile import with_recommended
from shiftplan.record.current import tables_of
from shiftplan.record.entries import Told
from shiftplan.record.live import LiveWeek
from shiftplan.record.memory import MemoryStore
from shiftplan.record.turned_out import turned_out
from shiftplan.seasons.ledger import Ledger, as_worked
from shiftplan.seasons.rollover.history import carry_on, with_history
from shiftplan.week.history import History
from shiftplan.week.roster import Roster


@dataclass(frozen=True, slots=True)
class Begun:
    """What a week begins with."""

    problem: Problem  # the week to be planned, with its history
    ledger: Ledger  # what everybody offered and did in the weeks before
    known: Mapping[str, History]  # volunteer id -> history, also of people who are not in this week
    tables: Mapping[str, str]
    """Fingerprints of the tables of the week's files, before its history was put in."""
    earlier: Mapping[str, Mapping[str, History]] = field(default_factory=dict)
    """First date of an earlier week -> history before it, where more was recorded since it was
    planned; in order of time."""


def read_job(job: WeekJob, on_note: OnNote | None = None) -> Begun:
    """Read the week to be planned, and what the weeks before leave to it.

    `on_note` is called with what is no fault of the week but worth a look.
    """
    asked = job.settings

    def tell(note: Fault) -> None:
        if on_note is not None and still_holds(note, recommended=asked.recommended):
            on_note(note)

    problem = read_problem(job.source, on_note=tell)
    if problem.horizon.start != job.week:
        message = Message("batches.named_otherwise", name=job.week, start=problem.horizon.start)
        remedy = Message("batches.rename_week", table=Table("horizon"))
        value = str(problem.horizon.start)
        fault = Fault("outside_horizon", "horizon", "start", value, message, remedy=remedy)
        raise InputError([fault])
    problem = prepare(problem, anew=asked.staff, recommended=asked.recommended)
    tables = tables_of(problem)
    if job.before:
        return _carried(job, problem, tables, on_note)
    if job.ledger is not None:
        ledger = read_ledger(job.ledger)
        ledger.record(problem, Roster())  # what bars the week is reported before it is planned
        problem = problem.model_copy(update={"history": ledger.history(problem)})
    else:
        ledger = Ledger.begin(problem)
    return Begun(problem, ledger, _by_id(problem.history), tables)


def _carried(
    job: WeekJob, problem: Problem, tables: Mapping[str, str], on_note: OnNote | None
) -> Begun:
    """Go on from the weeks before as they were worked."""
    ledger = read_ledger(job.before[-1].folder / BOOK)
    weeks = []
    for week in job.before:
        with _named_by_its_week(week):
            weeks.append(week_as_recorded(read_problem(week.source), week.record))
    first, last_result = job.before[0], job.before[-1].folder
    earlier = {
        week: _by_id(read_history(path))
        for week, path in histories_before(last_result).items()
        if week <= first.week
    }
    own = first.folder / PLANNED_WITH
    if first.week in earlier:
        known = earlier[first.week]
    elif own.exists():
        known = _by_id(read_history(own))
    else:
        known = _by_id(weeks[0].now.problem.history)
    after = [*(live.now.problem for live in weeks[1:]), problem]
    for week, live, following in zip(job.before, weeks, after, strict=True):
        if week is not first:
            earlier[week.week] = known
        with _named_by_its_week(week):
            planned = with_history(live.now.problem, known)
            if job.settings.recommended:
                planned = with_recommended(planned)
            worked = read_roster(week.folder / ROSTER)
            if week.attendance is not None:
                if week.attendance.parent == week.source:
                    need_inside(week.source, week.attendance)
                rest = ledger.without(planned.horizon.start)
                ledger = record_files(
                    rest, planned, week.folder / ROSTER, week.attendance, on_note=on_note
                )
                turnouts = read_attendance(week.attendance, of=planned, roster=worked)
                worked = as_worked(worked, turnouts)
            elif week.record.tells_turnout and live.now.told is not None:
                now = planned.horizon.local(datetime.now(UTC))
                found = replace(turned_out(live, now), problem=planned)
                ledger = found.added_to(ledger.without(planned.horizon.start))
                worked = as_worked(found.roster, found.turnouts)
            is_last = following is problem
            known = carry_on(known, planned, following, worked, ledger if is_last else None)
    return Begun(with_history(problem, known), ledger, known, tables, earlier)


def _by_id(rows: Iterable[History]) -> dict[str, History]:
    return {row.volunteer_id: row for row in rows}


@contextmanager
def _named_by_its_week(week: Before) -> Iterator[None]:
    """Let faults name the earlier week that they are of."""
    try:
        yield
    except InputError as error:
        raise InputError(
            fault
            if week.week in fault.file
            else replace(fault, file=f"{week.week}/{fault.file}".rstrip("/"))
            for fault in error.faults
        ) from None


def week_as_recorded(files: Problem, record: Recorded) -> LiveWeek:
    """A week as its files and what was recorded say it; more goes into memory."""
    return LiveWeek(files, MemoryStore("", record.entries, record.rosters), who=WHO)


def take_earlier(job: WeekJob, live: LiveWeek) -> None:
    """Record the rosters of an earlier result where no version was recorded, as by version 0.1."""
    if job.earlier is None or live.now.state.versions:
        return
    problem = live.files
    try:
        roster = known_part(problem, read_roster(job.earlier / ROSTER))
        told = _told(job.earlier, problem, roster)
    except InputError:  # damaged, so that nothing can go on from it
        return
    if told is not None:
        version = live.draft(told, "batch")
        live.append(lambda _: [(Told(version=version.number), None)])
    if roster != told and len(roster):
        live.draft(roster, "batch")


def take_handouts(job: WeekJob, folder: Path) -> None:
    """Go on from calendars and messages of an earlier result, unless they are damaged: copy them
    into a folder.
    """
    if job.earlier is None:
        return
    with suppress(InputError):
        check_handouts(job.earlier)
        for name in (CALENDARS, MESSAGES):
            if (job.earlier / name).is_dir():
                shutil.copytree(job.earlier / name, folder / name)


class _Handed(ResultPart):
    """Whether a result was handed out."""

    poor: object = None


def _told(earlier: Path, problem: Problem, roster: Roster) -> Roster | None:
    """The roster that people were told by version 0.1: not a very poor one, perhaps one before."""
    if (earlier / TOLD).exists():
        return known_part(problem, read_roster(earlier / TOLD))
    if (earlier / RESULT).exists() and read_result_part(_Handed, earlier / RESULT).poor is not None:
        return None
    return roster
