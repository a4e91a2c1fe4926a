"""The availability grid: a row a person, a column a session, a mark where the person can come.

Rows of the sheet -> rows of the table `availability`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from shiftplan.faults import Fault, FaultCode
from shiftplan.files import cells
from shiftplan.files.cells import Bad
from shiftplan.files.sheet import Mark, Sheet
from shiftplan.files.workbook.names import bare, column_named

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
_RANGE = re.compile("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_NEEDED = ("volunteer_id", "date", "start", "end")
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
    names: str
    """Letters of the column with names of people; empty where there is none."""

    @property
    def last(self) -> int:
        """Number of the last row of the head."""
        return max(self.row.values())


def read_grid(
    sheet: Sheet,
    title: str,
    grid: Grid,
    names: Mapping[str, Collection[str]],
    merged: Collection[str] = (),
) -> None:
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
    names
        Id -> names of the person in the table of volunteers.
    merged
        Ranges of merged cells, such as `D1:E1`.

    """
    place = _find(grid)
    if place is None:
        message = "the grid needs a column of volunteer ids, and below each other date, start, end"
        sheet.faults.append(_fault(sheet, title, "missing_column", message, row=1))
        return
    covered = {cell for ref in merged for cell in _merged(sheet, title, place, ref)}
    sessions = _sessions(sheet, title, grid, place, covered)
    known = _known(sheet)
    for number, row in grid:
        if number <= place.last:
            continue
        _compare_names(sheet, title, place, number, row, names)
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
    return place is not None and any(number > place.last for number, _ in grid)


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
    ids, names = None, ""
    for number, row in grid[:_FIRST_ROWS]:
        for letters, text in row.items():
            name = column_named("availability", text) if isinstance(text, str) else ""
            if name in _LABELS:
                labels.setdefault(letters, {}).setdefault(name, number)
            elif name == "volunteer_id" and ids is None:
                ids = letters
            elif not names and column_named("volunteers", str(text)) == "name":
                names = letters
    found = next((c for c, rows in labels.items() if len(rows) == len(_LABELS)), None)
    return None if found is None or ids is None else _Place(ids, found, labels[found], names)


def _sessions(
    sheet: Sheet, title: str, grid: Grid, place: _Place, covered: Collection[str]
) -> dict[str, tuple[str, str, str]]:
    """Letters of a column -> date, start and end of its session; faults for those unclear.

    What is blank because it is `covered` by a merge has its fault already.
    """
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
                if text or spot not in covered:
                    sheet.faults.append(
                        _fault(sheet, title, bad.code, bad.message, bad.remedy, number, spot, value)
                    )
            else:
                texts[name] = f"{read}" if name == "date" else str(text)
        if len(texts) == len(_LABELS):
            sessions[letters] = (texts["date"], texts["start"], texts["end"])
    return sessions


def _merged(sheet: Sheet, title: str, place: _Place, ref: str) -> Iterator[str]:
    """Yield the cells of a merge, and add its fault, where it touches sessions or people.

    A title above the head may be merged, and so may what is left of the labels.
    """
    from openpyxl.utils import column_index_from_string, get_column_letter

    found = _RANGE.fullmatch(ref)
    if found is None:
        return
    left, right = column_index_from_string(found[1]), column_index_from_string(found[3])
    top, bottom = int(found[2]), int(found[4])
    is_above = bottom < min(place.row.values())
    is_beside = bottom <= place.last and not _is_right_of(get_column_letter(right), place.labels)
    if is_above or is_beside:
        return
    spot = f"{get_column_letter(left)}{top}"
    message = f"the cells {ref} are merged; each cell needs its own value"
    remedy = "Maybe undo the merge and fill in every cell."
    sheet.faults.append(_fault(sheet, title, "merged_cells", message, remedy, top, spot))
    for column in range(left, right + 1):
        for row in place.row.values():
            if top <= row <= bottom:
                yield f"{get_column_letter(column)}{row}"


def _compare_names(
    sheet: Sheet,
    title: str,
    place: _Place,
    number: int,
    row: Mapping[str, str | Bad],
    names: Mapping[str, Collection[str]],
) -> None:
    """Add the fault of a name that is not that of the id beside it."""
    who, name = row.get(place.ids, ""), row.get(place.names, "")
    if not isinstance(who, str) or not isinstance(name, str):
        return
    known = [other for other in names.get(who, ()) if other]
    if name and known and _plain(name) not in map(_plain, known):
        message = f"{who} is {known[0]} in the table volunteers"
        remedy = "Maybe ids or names were moved or sorted alone."
        spot = f"{place.names}{number}"
        sheet.faults.append(
            _fault(sheet, title, "invalid_value", message, remedy, number, spot, name)
        )


def _plain(name: str) -> str:
    return bare(name).replace(" ", "")


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
