"""The availability grid: a row a person, a column a session, a mark where the person can come.

Rows of the sheet -> rows of the table `availability`; windows -> marks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shiftplan.errors import Fault, FaultCode
from shiftplan.files import cells
from shiftplan.files.cells import Bad
from shiftplan.files.sheet import Mark, Sheet
from shiftplan.files.workbook.names import column_named
from shiftplan.problem.records import Availability

MARKS = {"available": "x", "preferred": "+", "undesired": "-"}
"""State -> mark."""
_STATES = {mark: state for state, mark in MARKS.items()} | {
    "×": "available",
    "✓": "available",
    "✗": "available",
    "−": "undesired",
    "–": "undesired",
}
_LABELS = ("date", "start", "end")
_FIRST_ROWS = 20
_NEEDED = ("volunteer_id", "date", "start", "end")
MOST_SESSIONS = 70
"""Sessions that a grid shows at most."""

Session = tuple[dt.datetime, dt.datetime]
"""First minute of a session, and the first minute after it."""
Grid = list[tuple[int, Mapping[str, str | Bad]]]
"""(row number, letters of the column -> text) of each row that is not blank."""


@dataclass(frozen=True)
class _Place:
    """Where the parts of a grid stand."""

    ids: str
    """Letters of the column with ids of people."""
    labels: str
    """Letters of the column right of which sessions stand."""
    row: Mapping[str, int]
    """date, start and end -> row number."""


def read_grid(sheet: Sheet, title: str, grid: Grid) -> None:
    """Add the marks of a grid to the sheet of the table `availability`.

    A mark that says what a row of the table says already is left out.

    Parameters
    ----------
    sheet
        The table, which has its columns.
    title
        Name of the grid's sheet.
    grid
        Its rows, without examples.

    """
    place = _find(grid)
    if place is None:
        message = "the grid needs a column of volunteer ids, and below each other date, start, end"
        sheet.faults.append(_fault(sheet, title, "missing_column", message, row=1))
        return
    sessions = _sessions(sheet, title, grid, place)
    known = _known(sheet)
    last = max(place.row.values())
    for number, row in grid:
        if number <= last:
            continue
        who = row.get(place.ids, "")
        for letters, (day, start, end) in sessions.items():
            text = row.get(letters, "")
            if not text:
                continue
            spot = f"{letters}{number}"
            state = text if isinstance(text, Bad) else _STATES.get(text.casefold())
            if state is None or isinstance(state, Bad):
                bad = state or Bad("not_one_of", "must be x, +, - or blank")
                value = "" if isinstance(text, Bad) else text
                sheet.faults.append(
                    _fault(sheet, title, bad.code, bad.message, bad.remedy, number, spot, value)
                )
                continue
            if isinstance(who, str) and known.get((who, day, start, end)) == state:
                continue
            values = {"date": day, "start": start, "end": end, "state": state}
            values["volunteer_id"] = who if isinstance(who, str) else ""
            of_head = {name: f"{letters}{place.row[name]}" for name in _LABELS}
            index = len(sheet.rows)
            sheet.marks[index] = Mark(
                title, spot, {**of_head, "volunteer_id": f"{place.ids}{number}"}
            )
            if isinstance(who, Bad):
                sheet.unread.append((index, "volunteer_id", who))
            sheet.rows.append([values.get(name, "") for name in sheet.header])
            sheet.lines.append(number)


def is_grid(rows: Grid) -> bool:
    """Whether the first rows of a sheet are those of a grid."""
    return _find(rows) is not None


def has_people(grid: Grid) -> bool:
    """Whether there is any row below the head of a grid."""
    place = _find(grid)
    return place is not None and any(number > max(place.row.values()) for number, _ in grid)


def _fault(
    sheet: Sheet,
    title: str,
    code: FaultCode,
    message: str,
    remedy: str = "",
    row: int | None = None,
    cell: str = "",
    value: str = "",
) -> Fault:
    return Fault(
        code,
        sheet.table,
        "",
        value,
        message,
        remedy=remedy,
        file=sheet.file,
        row=row,
        sheet=title,
        cell=cell,
    )


def _find(grid: Grid) -> _Place | None:
    """Find the labels date, start and end below each other, and the column of ids."""
    labels: dict[str, dict[str, int]] = {}
    ids = None
    for number, row in grid[:_FIRST_ROWS]:
        for letters, text in row.items():
            name = column_named("availability", text) if isinstance(text, str) else ""
            if name in _LABELS:
                labels.setdefault(letters, {}).setdefault(name, number)
            elif name == "volunteer_id" and ids is None:
                ids = letters
    found = next((c for c, rows in labels.items() if len(rows) == len(_LABELS)), None)
    return None if found is None or ids is None else _Place(ids, found, labels[found])


def _sessions(
    sheet: Sheet, title: str, grid: Grid, place: _Place
) -> dict[str, tuple[str, str, str]]:
    """Letters of a column -> date, start and end of its session; faults for those unclear."""
    rows = dict(grid)
    heads = {name: rows.get(number, {}) for name, number in place.row.items()}
    columns = [c for c in dict.fromkeys(c for h in heads.values() for c in h) if c != place.ids]
    columns = [c for c in columns if _is_right_of(c, place.labels)]
    dates = {t for t in heads["date"].values() if isinstance(t, str)}
    readers = {"date": cells.date_reader(dates), "start": cells.read_time, "end": cells.read_time}
    sessions = {}
    for letters in columns:
        texts: dict[str, str] = {}
        for name, number in place.row.items():
            text = heads[name].get(letters, "")
            read = readers[name](text) if isinstance(text, str) and text else text
            bad = read if read != "" else Bad("missing_value", "a value is needed here")
            if isinstance(bad, Bad):
                value = text if isinstance(text, str) else ""
                spot = f"{letters}{number}"
                sheet.faults.append(
                    _fault(sheet, title, bad.code, bad.message, bad.remedy, number, spot, value)
                )
            else:
                texts[name] = f"{read}" if name == "date" else str(text)
        if len(texts) == len(_LABELS):
            sessions[letters] = (texts["date"], texts["start"], texts["end"])
    return sessions


def _is_right_of(column: str, other: str) -> bool:
    return (len(column), column) > (len(other), other)


def _known(sheet: Sheet) -> dict[tuple[object, ...], str]:
    """(volunteer, date, start, end) as a grid writes them -> state, of the table's own rows."""
    found: dict[tuple[object, ...], str] = {}
    columns = [sheet.column(name) or [] for name in _NEEDED]
    states = sheet.column("state") or ["available"] * len(sheet.rows)
    days = cells.date_reader(set(columns[1]))
    for who, day, start, end, state in zip(*columns, states, strict=True):
        found[who, f"{days(day)}", start, end] = state or "available"
    return found


# ---- writing


def sessions_of(dates: Sequence[dt.date], windows: Sequence[Availability]) -> list[Session]:
    """The sessions of a grid: those that windows name, or mornings and afternoons of all days."""
    named = sorted({(w.start, w.end) for w in windows if w.end - w.start < dt.timedelta(1)})
    if named and len(named) <= MOST_SESSIONS:
        return named
    if windows:
        return []
    hours = ((7, 11), (13, 17))
    midnights = [dt.datetime.combine(day, dt.time()) for day in dates]
    found = [
        (m + dt.timedelta(hours=first), m + dt.timedelta(hours=last))
        for m in midnights
        for first, last in hours
    ]
    return found[:MOST_SESSIONS]


def split(
    people: Sequence[str], windows: Sequence[Availability], sessions: Sequence[Session]
) -> tuple[list[Availability], dict[tuple[str, Session], str]]:
    """Windows that the table keeps, and the marks of the others: (person, session) -> mark.

    All windows stay in the table unless reading both gives them back in the same order.
    """
    order = {who: i for i, who in enumerate(people)}
    place = {session: i for i, session in enumerate(sessions)}
    marked = [w for w in windows if (w.start, w.end) in place and w.volunteer_id in order]
    kept = [w for w in windows if (w.start, w.end) not in place or w.volunteer_id not in order]
    keys = [(order[w.volunteer_id], place[w.start, w.end]) for w in marked]
    in_order = [*kept, *marked] == list(windows) and keys == sorted(set(keys))
    if not in_order:
        return list(windows), {}
    return kept, {(w.volunteer_id, (w.start, w.end)): MARKS[w.state] for w in marked}
