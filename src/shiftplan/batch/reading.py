"""What a job reads: its week, with the history and the ledger that earlier weeks leave to it.

`Job` -> `Problem` and `Ledger`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from shiftplan.batch.job import Job
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
from shiftplan.rollover.history import next_history

BOOK = "ledger.json"
"""The ledger in the folder of a planned week."""
PLANNED_WITH = "history_before.csv"
"""The history that a week was planned with, in the same folder."""


def read_job(job: Job, on_note: OnNote | None = None) -> tuple[Problem, Ledger]:
    """The week to be planned, with its history, and the ledger of the weeks before.

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
        history, ledger = _carried(job, problem)
    elif job.ledger is not None:
        ledger = read_ledger(job.ledger)
        ledger.record(problem, Roster())  # what bars the week from it is told before it is planned
        history = ledger.history(problem)
    else:
        return problem, Ledger.begin(problem)
    return problem.model_copy(update={"history": history}), ledger


def _carried(job: Job, problem: Problem) -> tuple[tuple[History, ...], Ledger]:
    """The history of a week and the ledger so far, from the weeks before as they were worked."""
    ledger = read_ledger(job.before[-1].folder / BOOK)
    history = read_history(job.before[0].folder / PLANNED_WITH)
    weeks = [read_problem(week.source) for week in job.before]
    for week, last, following in zip(job.before, weeks, [*weeks[1:], problem], strict=True):
        planned = last.model_copy(update={"history": history})
        if job.settings.recommended:
            planned = with_recommended(planned)
        worked = read_roster(week.folder / ROSTER)
        if week.attendance is not None:
            rest = ledger.without(last.horizon.start)
            with _named_with_its_week(week.attendance, last):
                ledger = record_files(rest, planned, week.folder / ROSTER, week.attendance)
            worked = as_worked(worked, read_attendance(week.attendance))
        known = ledger if following is problem else None
        history = next_history(planned, following, worked, known)
    return history, ledger


@contextmanager
def _named_with_its_week(attendance: Path, week: Problem) -> Iterator[None]:
    """Let faults of an attendance name its folder: it is that of an earlier week."""
    try:
        yield
    except InputError as error:
        start = str(week.horizon.start)
        raise InputError(
            replace(fault, file=f"{start}/{fault.file}")
            if fault.file == attendance.name and start not in fault.file
            else fault
            for fault in error.faults
        ) from None
