"""What a job reads: its week, with the history and the ledger that earlier weeks leave to it.

`Job` -> `Begun`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from shiftplan.batch.job import Before, Job
from shiftplan.batch.names import BOOK, PLANNED_WITH
from shiftplan.citizens.staffing.preparing import prepare, still_holds
from shiftplan.errors import InputError
from shiftplan.faults import Fault
from shiftplan.files import read_problem, read_roster
from shiftplan.files.assemble import OnNote
from shiftplan.files.ledger_attendance import read_attendance, record_files
from shiftplan.files.ledger_file import read_ledger
from shiftplan.files.week import read_history
from shiftplan.ledger import Ledger, as_worked
from shiftplan.outputs import ROSTER
from shiftplan.problem import Problem
from shiftplan.problem.profile import with_recommended
from shiftplan.problem.records import History
from shiftplan.problem.roster import Roster
from shiftplan.rollover.history import carry_on, with_history


@dataclass(frozen=True, slots=True)
class Begun:
    """What a week begins with."""

    problem: Problem
    """The week to be planned, with its history."""
    ledger: Ledger
    """What everybody offered and did in the weeks before."""
    known: Mapping[str, History]
    """Volunteer id -> history, also of people who are not in this week."""


def read_job(job: Job, on_note: OnNote | None = None) -> Begun:
    """Read the week to be planned, and what the weeks before leave to it.

    `on_note` is called with what is no fault of the week but worth a look.
    """
    asked = job.settings

    def tell(note: Fault) -> None:
        if on_note is not None and still_holds(note, recommended=asked.recommended):
            on_note(note)

    problem = read_problem(job.source, on_note=tell)
    if problem.horizon.start != job.week:
        message = f"the week is named {job.week}, but begins on {problem.horizon.start}"
        remedy = "Maybe rename it, or give its days in horizon."
        value = str(problem.horizon.start)
        raise InputError(
            [Fault("outside_horizon", "horizon", "start", value, message, remedy=remedy)]
        )
    problem = prepare(problem, anew=asked.staff, recommended=asked.recommended, lang=asked.lang)
    if job.before:
        known, ledger = _carried(job, problem)
        return Begun(with_history(problem, known), ledger, known)
    if job.ledger is not None:
        ledger = read_ledger(job.ledger)
        ledger.record(problem, Roster())  # what bars the week from it is told before it is planned
        problem = problem.model_copy(update={"history": ledger.history(problem)})
    else:
        ledger = Ledger.begin(problem)
    return Begun(problem, ledger, {h.volunteer_id: h for h in problem.history})


def _carried(job: Job, problem: Problem) -> tuple[dict[str, History], Ledger]:
    """The history of everybody, and the ledger, from the weeks before as they were worked."""
    ledger = read_ledger(job.before[-1].folder / BOOK)
    weeks = []
    for week in job.before:
        with _named_by_its_week(week):
            weeks.append(read_problem(week.source))
    first = job.before[0].folder / PLANNED_WITH
    rows = read_history(first) if first.exists() else weeks[0].history
    known = {row.volunteer_id: row for row in rows}
    for week, last, following in zip(job.before, weeks, [*weeks[1:], problem], strict=True):
        with _named_by_its_week(week):
            planned = with_history(last, known)
            if job.settings.recommended:
                planned = with_recommended(planned)
            worked = read_roster(week.folder / ROSTER)
            if week.attendance is not None:
                rest = ledger.without(last.horizon.start)
                ledger = record_files(rest, planned, week.folder / ROSTER, week.attendance)
                worked = as_worked(worked, read_attendance(week.attendance))
            is_last = following is problem
            known = carry_on(known, planned, following, worked, ledger if is_last else None)
    return known, ledger


@contextmanager
def _named_by_its_week(week: Before) -> Iterator[None]:
    """Let faults name the earlier week that they are of."""
    try:
        yield
    except InputError as error:
        start = week.folder.name
        raise InputError(
            fault
            if start in fault.file
            else replace(fault, file=f"{start}/{fault.file}".rstrip("/"))
            for fault in error.faults
        ) from None
