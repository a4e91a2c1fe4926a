"""Changes of a week as the CSV text that `read_changes_in_turn` reads.

(Week, groups of changes, one after the other) -> text, or the faults of what a file cannot hold.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.csv_text import table_text
from shiftplan.files.lists.change_cells import ChangeCells, Row
from shiftplan.files.lists.change_rows import COLUMNS, FORM, ChangeRows
from shiftplan.files.lists.form import ENTRY
from shiftplan.files.lists.known import KnownRows
from shiftplan.files.lists.reading import fill_list
from shiftplan.files.sheet import Sheet
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence, AnyChange, Arrival, Closing, Offer, Update
from shiftplan.problem.validation import PRIVATE

Groups = Sequence[tuple[Mapping[str, str], Sequence[AnyChange]]]
"""Cells of the columns that tell an entry, and the changes that were made together."""
_USUAL = ("change", "volunteer_id", "center_id", "shift_id", "date", "start", "end")
"""Columns that are written whether or not a row has something there."""


def changes_text(problem: Problem, groups: Groups) -> str:
    """Write changes, without ways to reach people and columns of their own.

    Parameters
    ----------
    problem
        The week without them.
    groups
        The changes of each entry, oldest first. What has no end reaches to the end of the week's
        last day, and the times of somebody new are rows of their own.

    Raises
    ------
    InputError
        A change would be another one when it is read again.
    """
    cells, rows, place = ChangeCells(problem), list[Row](), list[int]()
    for group, (entry, changes) in enumerate(groups):
        for change in changes:
            new = [{**entry, **row} for row in cells.rows(change)]
            rows += new
            place += [group] * len(new)
    found = {name for row in rows for name in row}
    columns = ENTRY | COLUMNS
    header = [n for n in columns if n in (*_USUAL, *ENTRY) or n in found]
    text = table_text(header, ([row.get(n, "") for n in header] for row in rows), columns)
    _need_same(problem, groups, place, text)
    return text


def _need_same(problem: Problem, groups: Groups, place: Sequence[int], text: str) -> None:
    """See that the text is read as what was written."""
    known = KnownRows(problem)
    read = ChangeRows(problem, known, fill_list(Sheet("changes", ""), text, FORM))
    found: dict[int, list[AnyChange]] = {group: [] for group in range(len(groups))}
    for change, row in read.changes:
        found[place[row]].append(change)
    end = dt.datetime.combine(problem.horizon.end, dt.time())
    faults = []
    for group, (entry, changes) in enumerate(groups):
        if as_read(found[group], end) != as_read(changes, end):
            facts = {"entry": entry.get("number", str(group + 1))}
            message = Message("files.change_not_kept", **facts)
            faults.append(Fault("invalid_value", "changes", "", "", message))
    if faults:
        raise InputError(faults)


def as_read(changes: Iterable[AnyChange], end: dt.datetime) -> list[Any]:
    """Changes as they come back from a file; `end`: where those end that have no end."""
    found: list[Any] = []
    for change in changes:
        if isinstance(change, Arrival):
            found.append(Arrival(volunteer=_shown(change.volunteer)))
            found += (Offer(window=window) for window in change.windows)
        elif isinstance(change, Update):
            found.append(change.model_copy(update={"row": _shown(change.row)}))
        elif isinstance(change, (Absence, Closing)) and change.start and change.end is None:
            found.append(change.model_copy(update={"end": end}))
        else:
            found.append(change)
    return found


def _shown(row: Any) -> Any:
    """A row without the columns that are not written."""
    fields = type(row).model_fields
    apart = {name: fields[name].get_default() for name in PRIVATE if name in fields}
    return row.model_copy(update=apart)
