"""The availability grid: a row a person, a column a session, a mark where the person can come.

Rows of the sheet -> rows of the table `availability`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from shiftplan.errors.message import Message, Table
from shiftplan.files import cells
from shiftplan.files.cells import Bad
from shiftplan.files.headings import bare, is_example
from shiftplan.files.sheet import Mark, Sheet
from shiftplan.files.workbook.grid_head import (
    LABELS,
    Grid,
    GridPlace,
    covered_by,
    fault,
    find,
    headed_of,
    sessions_of,
)

MARKS = {"available": "x", "preferred": "+", "undesired": "-"}
"""State -> mark."""
_STATES = {mark: state for state, mark in MARKS.items()} | {
    "×": "available",
    "✓": "available",
    "✗": "available",
    "−": "undesired",
    "–": "undesired",
}
_NEEDED = ("volunteer_id", "date", "start", "end")
Row = Mapping[str, str | Bad]


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
        Its rows.
    names
        Id -> names of the person in the table of volunteers.
    merged
        Ranges of merged cells, such as `D1:E1`.

    """
    place = find(grid)
    if place is None:
        message = Message("workbook.no_grid_head")
        sheet.faults.append(fault(sheet, title, "missing_column", message, row=1))
        return
    covered = {cell for ref in merged for cell in covered_by(sheet, title, place, ref)}
    sessions = sessions_of(sheet, title, grid, place, covered)
    headed, known = headed_of(grid, place), _known(sheet)
    for number, row in _people(grid, place):
        _compare_names(sheet, title, place, number, row, names)
        who = row.get(place.ids, "")
        if who:
            _tell_strays(sheet, title, number, {c: t for c, t in row.items() if c not in headed})
        for letters, session in sessions.items():
            state = _state(sheet, title, f"{letters}{number}", number, row.get(letters, ""))
            if not state or (isinstance(who, str) and known.get((who, *session)) == state):
                continue
            _add(sheet, title, place, letters, number, who, (*session, state))


def _state(sheet: Sheet, title: str, spot: str, number: int, text: str | Bad) -> str:
    """State that a mark means; empty where there is none, or it has a fault."""
    if not text:
        return ""
    bad, value = Bad("not_one_of", Message("workbook.mark_needed")), ""
    if isinstance(text, Bad):
        bad = text
    elif text.casefold() in _STATES:
        return _STATES[text.casefold()]
    else:
        value = text
    sheet.faults.append(fault(sheet, title, bad.code, bad.message, bad.remedy, number, spot, value))
    return ""


def _add(
    sheet: Sheet,
    title: str,
    place: GridPlace,
    letters: str,
    number: int,
    who: str | Bad,
    told: tuple[str, str, str, str],
) -> None:
    """Add a mark as a row of the table; `told` is its date, start, end and state."""
    values = dict(zip((*LABELS, "state"), told, strict=True))
    values["volunteer_id"] = who if isinstance(who, str) else ""
    of_head = {name: f"{letters}{place.row[name]}" for name in LABELS}
    index = len(sheet.rows)
    spot = f"{letters}{number}"
    sheet.marks[index] = Mark(title, spot, {**of_head, "volunteer_id": f"{place.ids}{number}"})
    if isinstance(who, Bad):
        sheet.unread.append((index, "volunteer_id", who))
    sheet.rows.append([values.get(name, "") for name in sheet.header])
    sheet.lines.append(number)


def _tell_strays(sheet: Sheet, title: str, number: int, others: Row) -> None:
    """Add the faults of marks among cells whose columns are no session's.

    Where words stand among them, as in a legend or a remark, they are no marks.
    """
    texts = {c: text for c, text in others.items() if isinstance(text, str)}
    if any(text.casefold() not in _STATES for text in texts.values()):
        return
    for letters, text in texts.items():
        message, remedy = Message("workbook.stray_mark"), Message("workbook.move_mark")
        spot = f"{letters}{number}"
        sheet.faults.append(
            fault(sheet, title, "unnamed_column", message, remedy, number, spot, text)
        )


def is_grid(rows: Grid) -> bool:
    """Whether the first rows of a sheet are those of a grid."""
    return find(rows) is not None


def has_people(grid: Grid) -> bool:
    """Whether there is any row below the head of a grid that is no example."""
    place = find(grid)
    return place is not None and any(True for _ in _people(grid, place))


def _people(grid: Grid, place: GridPlace) -> Iterator[tuple[int, Row]]:
    """Yield the rows below the head that are no example, wherever the column of ids stands."""
    for number, row in grid:
        who = row.get(place.ids, "")
        if number > place.last and not (isinstance(who, str) and is_example(who)):
            yield number, row


def _compare_names(
    sheet: Sheet,
    title: str,
    place: GridPlace,
    number: int,
    row: Row,
    names: Mapping[str, Collection[str]],
) -> None:
    """Add the fault of a name that is not that of the id beside it."""
    who, name = row.get(place.ids, ""), row.get(place.names, "")
    if not isinstance(who, str) or not isinstance(name, str):
        return
    known = [other for other in names.get(who, ()) if other]
    if name and known and _plain(name) not in map(_plain, known):
        table = Table("volunteers")
        message = Message("workbook.other_name", id=who, name=known[0], table=table)
        remedy = Message("workbook.sorted_alone")
        spot = f"{place.names}{number}"
        sheet.faults.append(
            fault(sheet, title, "invalid_value", message, remedy, number, spot, name)
        )


def _plain(name: str) -> str:
    return bare(name).replace(" ", "")


def _known(sheet: Sheet) -> dict[tuple[object, ...], str]:
    """(volunteer, date, start, end) as a grid writes them -> state, of the table's own rows."""
    found: dict[tuple[object, ...], str] = {}
    columns = [sheet.column(name) or [] for name in _NEEDED]
    states = sheet.column("state") or ["available"] * len(sheet.rows)
    days = cells.date_reader(set(columns[1]))
    for who, day, start, end, state in zip(*columns, states, strict=True):
        found[who, f"{days(day)}", start, end] = state or "available"
    return found
