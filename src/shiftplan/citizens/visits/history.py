"""A log as it was read: counts to forecast from, its visits, and notes on what was found in it.

(`LogRows` or `TallyRows`, week) -> `VisitHistory`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from shiftplan.citizens.visits.cleaning import ClosedDays, visits_of
from shiftplan.citizens.visits.counts import VisitCounts
from shiftplan.citizens.visits.hours import demand_slots, shift_hours, slots_of
from shiftplan.citizens.visits.log import VisitLog, count_visits
from shiftplan.citizens.visits.report import LogNote, LogReport, in_order
from shiftplan.citizens.visits.rows import LogRows
from shiftplan.citizens.visits.tallies import TallyRows, counts_of
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options
from shiftplan.problem import Problem

Counted = Literal["visits", "requests"]
"""What is counted: citizens, each once, or their requests for services."""
_SEVERAL = 0.01
"""Share of visits with several services from which visits are counted."""


@dataclass(frozen=True, eq=False)
class VisitHistory:
    """A log, read and counted."""

    counts: VisitCounts
    """How many citizens came; what a forecast is made from."""
    log: VisitLog | None
    """The visits themselves; None where the log holds only counts."""
    report: LogReport
    """What was found in the log, and how it was treated."""

    def counting(self, what: Counted | None = None) -> VisitHistory:
        """The same log with counts of visits, or of requests, to forecast from.

        None counts visits where at least 1 in 100 is for several services, whose ids can all stand
        in the table journeys, or where a log of counts has no services; and requests elsewhere.

        Raises
        ------
        InputError
            The log does not have what is to be counted.
        """
        if what is not None:
            check_options(("counts", what, Counted))
        counts = self.counts
        has_visits = not np.isnan(counts.visits).all()
        has_requests = bool(counts.requests.any()) or not has_visits
        if what is None:
            several = self.log is not None and _several(self.log) >= _SEVERAL
            several &= not any("|" in service for service in counts.services)
            what = "visits" if several or not has_requests else "requests"
        if what == "requests" and not has_requests:
            raise _lacks("forecasts.only_visits")
        if what == "requests":
            return self
        if not has_visits:
            raise _lacks("forecasts.only_requests")
        return replace(self, counts=counts.of_visits())


def _several(log: VisitLog) -> float:
    """Share of visits that are for several services."""
    return float((np.diff(log.offset) > 1).mean())


def _lacks(code: str) -> InputError:
    return InputError([Fault("no_effect", "visits", message=Message(code))])


def history_of(
    rows: LogRows | TallyRows,
    problem: Problem,
    *,
    last: dt.date,
    closed: ClosedDays,
    total: int,
    notes: Iterable[LogNote] = (),
) -> VisitHistory | list[LogNote]:
    """Count a log in the slots and hours of a week; notes that say why where nothing is left.

    Parameters
    ----------
    rows
        Visits or counts, at the centers of the week and for its services.
    problem
        The week. In one without shifts and forecast, hours are those of the visits.
    last
        Date after which nothing counts.
    closed
        Days on which centers were closed or kept no log.
    total
        Rows of the log, also those that were left out before.
    notes
        What was found before.
    """
    log: VisitLog | None = None
    if isinstance(rows, LogRows):
        log, found = visits_of(rows, last, closed)
        if log is None:
            return [*notes, *found]
        slots = slots_of(problem) or _hours_of(log)
        has_shifts = bool(problem.shifts) and bool(slots_of(problem))
        hours = shift_hours(problem, log.centers, slots) if has_shifts else None
        counts, more = count_visits(log, slots, hours)
        counted = float(counts.visits.sum())
    else:
        slots = slots_of(problem)
        hours = shift_hours(problem, rows.centers, slots) if problem.shifts and slots else None
        tallied, more = counts_of(rows, slots, hours, last=last, closed=closed)
        if tallied is None:
            return [*notes, *more]
        counts, found = tallied, ()
        has_visits = not np.isnan(counts.visits).all()
        counted = float(np.nansum(counts.visits) if has_visits else counts.requests.sum())
    if told := demand_slots(problem):
        found = (*found, LogNote("shift_slots", len(slots_of(problem)) - len(told)))
    people = {c.center_id: c.population for c in problem.centers}
    sizes = [people.get(center) for center in counts.centers]
    population = np.array([np.nan if size is None else size for size in sizes], dtype=float)
    report = LogReport(
        rows=total,
        visits=round(counted),
        first=counts.dates[0],
        last=counts.dates[-1],
        days=int(counts.recorded.sum()),
        notes=in_order([*notes, *found, *more]),
    )
    return VisitHistory(replace(counts, population=population), log, report)


def _hours_of(log: VisitLog) -> tuple[tuple[int, int], ...]:
    """The full hours of the day in which visits come."""
    hours = np.unique(log.time % (24 * 60) // 60)
    return tuple((int(h) * 60, int(h) * 60 + 60) for h in hours)
