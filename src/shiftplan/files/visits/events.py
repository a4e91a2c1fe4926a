"""Known events that change how many citizens come: campaigns, feasts, closed roads.

events.csv, or a sheet of a workbook -> `KnownEvent`s.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from shiftplan.citizens.forecasting.events import (
    LEAST_FACTOR,
    MOST_FACTOR,
    KnownEvent,
    is_factor,
)
from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad, date_reader, decimal_reader
from shiftplan.files.lists.known import in_words_of
from shiftplan.files.lists.reading import read_list
from shiftplan.files.near_names import NearNames
from shiftplan.files.references import resolver_of
from shiftplan.files.sheet import Sheet
from shiftplan.files.visits.forms import EVENTS
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.week.where import NO_PLACE, closeness, place_names

_NEEDED = Bad("missing_value", Message("files.value_needed"))
_REVERSED = Bad("reversed_interval", Message("files.days_reversed"))
_OUT_OF_RANGE = Bad(
    "out_of_range", Message("visits.factor_range", least=LEAST_FACTOR, most=MOST_FACTOR)
)


@takes_week
def read_events(path: str | os.PathLike[str], problem: Problem) -> tuple[KnownEvent, ...]:
    """Read a table of events with the columns where, name, first_date, last_date and factor.

    Parameters
    ----------
    path
        A CSV file or a workbook. `where` is a center or a group of centers, as of `policy`; blank
        for all; an event in a group without centers is left out. Without `last_date` an event is
        on one date; a blank `factor` is learned.
    problem
        The week, which has the centers and groups.

    Raises
    ------
    InputError
        With every fault of the table.
    MissingExtraError
        It is a workbook, and the package openpyxl is missing.
    """
    sheet = read_list(Path(path), EVENTS)
    if not sheet.faults:
        events = _events(sheet, problem)
    if sheet.faults:
        raise InputError(in_words_of(problem, sheet.faults))
    return events


def _events(sheet: Sheet, problem: Problem) -> tuple[KnownEvent, ...]:
    """The events of the rows; the sheet gets the faults."""
    rows = range(len(sheet.rows))
    cells = {name: sheet.column(name) or [""] * len(rows) for name in EVENTS.columns}
    dates = {*cells["first_date"], *cells["last_date"]} - {""}
    read_date = date_reader(dates)
    read_number = decimal_reader({*cells["factor"]} - {""}, sheet.decimal_comma)
    unread = {(index, column): bad for index, column, bad in sheet.unread}
    places, centers = place_names(problem.centers), resolver_of(problem, "centers")
    near = NearNames(problem.centers)
    found = []
    for i in rows:
        text = {name: column[i] for name, column in cells.items()}
        first: object = read_date(text["first_date"]) if text["first_date"] else _NEEDED
        last: object = read_date(text["last_date"]) if text["last_date"] else first
        factor: object = read_number(text["factor"]) if text["factor"] else None
        name: object = text["name"] or _NEEDED
        where: object = text["where"]
        if isinstance(factor, float) and not is_factor(factor):
            factor = _OUT_OF_RANGE
        if isinstance(first, dt.date) and isinstance(last, dt.date) and last < first:
            last = _REVERSED
        if where and where not in places:
            near_one = near.meant("where", text["where"], places, own=True)
            where = centers.meant(text["where"]) or Bad("unknown_name", NO_PLACE, near_one)
        values = {"name": name, "first_date": first, "last_date": last, "factor": factor}
        values |= {"where": where}
        values |= {column: bad for (index, column), bad in unread.items() if index == i}
        wrong = {column: bad for column, bad in values.items() if isinstance(bad, Bad)}
        for column, bad in wrong.items():
            if column != "last_date" or text["last_date"]:
                sheet.refuse(i, column, bad)
        if wrong:
            continue
        assert isinstance(first, dt.date)
        assert isinstance(last, dt.date)
        assert factor is None or isinstance(factor, float)
        own = tuple(c.center_id for c in problem.centers if closeness(str(where), c))
        if own:
            found.append(KnownEvent(text["name"], first, last, own if where else (), factor))
    return tuple(found)
