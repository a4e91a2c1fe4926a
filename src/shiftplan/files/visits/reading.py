"""Logs of visits read against a week: its centers, services and hours.

CSV files or workbooks, and the week -> `VisitHistory`, or every fault that prevents it.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from shiftplan.citizens.visits.history import VisitHistory, history_of
from shiftplan.citizens.visits.overlaps import overlapping
from shiftplan.citizens.visits.report import LogNote, joined_notes, shortened
from shiftplan.citizens.visits.rows import LogRows, joined_logs
from shiftplan.citizens.visits.tallies import TallyRows, joined_tallies
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.lists.known import in_words_of
from shiftplan.files.text import file_fault
from shiftplan.files.visits.closing import KnownClosed, read_closed
from shiftplan.files.visits.forms import TALLIES, VISITS
from shiftplan.files.visits.moments import Moments
from shiftplan.files.visits.resolving import Resolved, resolved_visits
from shiftplan.files.visits.source import open_log
from shiftplan.files.visits.taking import take
from shiftplan.files.visits.tallying import resolved_tallies
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week

_MOST_UNREAD = 0.01
"""Largest share of unreadable rows; with more, the file is probably not a log."""
_Path = str | os.PathLike[str]


@takes_week
def read_visits(
    log: _Path | Iterable[_Path],
    problem: Problem,
    *,
    closed: _Path | None = None,
    last: dt.date | None = None,
) -> VisitHistory:
    """Read a log of visits, or of counts, and count it in the slots and hours of a week.

    A log of visits has a row for each visit, or for each step of one, with the columns center_id,
    arrived and services, and perhaps visit_id, ticket, kind, language, start and end of help, and
    state. A log of counts has the columns center_id, date, start, end, services and number. The
    headings may be those of exports of queue kiosks, in English or Vietnamese; centers and
    services may be told by name. The column of centers may be missing where the file is named
    after its center, or the week has only one.

    Unreadable rows are left out and listed, like everything else in the report, unless
    they are more than 1 in 100.

    Parameters
    ----------
    log
        A CSV file or a workbook, or several of one kind.
    problem
        The week to forecast.
    closed
        Days on which centers were closed or nobody kept the log: a CSV file or a workbook with the
        columns center_id, or `*` for all, and date. None where nothing is known of them.
    last
        Last date to read; later visits are left out. None for the last date of the horizon.

    Raises
    ------
    InputError
        With the faults of files of another form, or with more than 1 unreadable row in 100; or no
        visit is left, or there are too many cells to count.
    MissingExtraError
        A file is a workbook, and the package openpyxl is missing.
    """
    files = [Path(log)] if isinstance(log, (str, os.PathLike)) else [Path(file) for file in log]
    closing = KnownClosed.nothing(problem) if closed is None else read_closed(Path(closed), problem)
    try:
        parts = [part for file in files for part in _read(file, problem)]
        rows, total, notes = _joined(parts)
        faults = tuple(fault for part in parts for fault in part.faults)
        unread = sum(part.unread for part in parts)
        if unread > _MOST_UNREAD * total:
            raise InputError(faults)
        names = shortened(dict.fromkeys(closing.unknown))
        notes.append(LogNote("unknown_closed", len(closing.unknown), names=names))
        notes.append(LogNote("unread_rows", unread, faults=tuple(in_words_of(problem, faults))))
        end = problem.horizon.dates[-1] if last is None else last
        found = history_of(rows, problem, last=end, closed=closing, total=total, notes=notes)
        if not isinstance(found, VisitHistory):
            most = max(found, key=lambda note: note.count)
            remedy = most.message if most.count else ""
            raise file_fault("no_effect", files[0], Message("visits.nothing_left"), remedy)
    except InputError as error:
        raise InputError(in_words_of(problem, error.faults)) from None
    return found


def _read(file: Path, problem: Problem) -> list[Resolved]:
    """The rows of a file, or of each sheet of a workbook; all of them show the order of dates."""
    moments = Moments(problem.horizon)
    taken = [take(table, moments) for table in open_log(file, (VISITS, TALLIES))]
    return [
        (resolved_visits if one.table.form is VISITS else resolved_tallies)(one, problem, file)
        for one in taken
    ]


def _joined(parts: Sequence[Resolved]) -> tuple[LogRows | TallyRows, int, list[LogNote]]:
    """The rows of all files, how many there are, and what was found."""
    total = sum(part.total for part in parts)
    kinds = dict.fromkeys(note.kind for part in parts for note in part.notes)
    notes = [joined_notes([n for p in parts for n in p.notes if n.kind == kind]) for kind in kinds]
    logs = [part.rows for part in parts if isinstance(part.rows, LogRows)]
    tallies = [part.rows for part in parts if isinstance(part.rows, TallyRows)]
    if logs and tallies:
        raise InputError([Fault("invalid_value", "visits", message=Message("visits.two_forms"))])
    if not logs:
        return joined_tallies(tallies), total, notes
    rows, again = joined_logs(logs), overlapping(logs)
    notes.append(rows.note("overlapping_rows", again))
    return (rows.taken(np.flatnonzero(~again)) if again.any() else rows), total, notes
