"""A log of counts with the centers, services, dates and numbers that its texts mean.

`Taken` and the week -> `Resolved`: counts as arrays, and what was left out.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from shiftplan.citizens.visits.tallies import TallyRows
from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad, decimal_reader
from shiftplan.files.visits.known import UNKNOWN
from shiftplan.files.visits.moments import LAST_MINUTE
from shiftplan.files.visits.resolving import Resolved, Resolving
from shiftplan.files.visits.source import missing_column
from shiftplan.files.visits.taking import Taken
from shiftplan.problem import Problem
from shiftplan.week.demand import MOST_ARRIVALS

_DAY = 24 * 60
_SEVERAL = Bad("invalid_value", Message("visits.one_service"))
_REVERSED = Bad("reversed_interval", Message("visits.end_first"))


def resolved_tallies(taken: Taken, problem: Problem, file: Path) -> Resolved:
    """Resolve a log of counts. InputError: it lacks a column."""
    for column in ("end", "number"):
        if column not in taken.table.place:
            raise missing_column(taken.table, column)
    to = Resolving(taken, problem, file)
    service = np.full(to.n, UNKNOWN)
    if to.has("services"):
        told = to.services_told()
        sizes = np.diff(told.offset)
        several = {int(c): _SEVERAL for c in np.flatnonzero(sizes > 1)}
        to.refuse_codes("services", several)
        first = np.array([*told.service, UNKNOWN])[np.minimum(told.offset[:-1], len(told.service))]
        service = np.where(sizes > 0, first, UNKNOWN)[taken.codes["services"]]
        blank = [code for code, text in enumerate(to.texts("services")) if not text.strip()]
        to.good &= (service != UNKNOWN) | np.isin(taken.codes["services"], blank)
    texts = to.texts("number")
    to.refuse_blanks("number")
    read = decimal_reader({t.strip() for t in texts}, taken.table.sheet.decimal_comma)
    values = [read(text.strip()) if text.strip() else 0.0 for text in texts]
    wrong = {code: _in_range(value) for code, value in enumerate(values)}
    to.refuse_codes("number", {code: bad for code, bad in wrong.items() if bad is not None})
    number = np.array([v if isinstance(v, float) else 0.0 for v in values])
    start = np.floor(taken.minute["start"]).astype(np.int64)
    end = np.floor(taken.minute["end"]).astype(np.int64)
    end = np.where((end == 0) | (end == LAST_MINUTE), _DAY, end)
    to.refuse(end <= start, "end", _REVERSED, [""] * (len(taken.moments.dates) + 1))
    kept = to.good
    return to.ended(
        TallyRows(
            centers=to.centers,
            services=to.services,
            center=to.center[kept],
            day=to.day[kept],
            start=start[kept],
            end=end[kept],
            service=service[kept],
            number=number[taken.codes["number"]][kept],
        )
    )


def _in_range(value: object) -> Bad | None:
    """Why a number cannot be a count; None where it can."""
    if isinstance(value, Bad):
        return value
    assert isinstance(value, float)
    if 0 <= value <= MOST_ARRIVALS:
        return None
    return Bad("out_of_range", Message("files.too_small" if value < 0 else "files.too_large"))
