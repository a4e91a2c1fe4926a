"""The head of an availability grid: where it stands, and the sessions of its columns.

First rows of a grid -> `GridPlace` -> date, start and end of each column, with its faults.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from shiftplan.errors import Fault, FaultCode
from shiftplan.errors.message import Message
from shiftplan.files import cells
from shiftplan.files.cells import Bad
from shiftplan.files.headings import column_named
from shiftplan.files.sheet import Sheet

LABELS = ("date", "start", "end")
"""Columns of the table `availability` that the head tells."""
_FIRST_ROWS = 20
_RANGE = re.compile("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
Grid = list[tuple[int, Mapping[str, str | Bad]]]
"""(row number, letters of the column -> text) of each row that is not blank."""


@dataclass(frozen=True)
class GridPlace:
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


def find(grid: Grid) -> GridPlace | None:
    """Find the labels date, start and end below each other, and the column of ids."""
    labels: dict[str, dict[str, int]] = {}
    ids, names = None, ""
    for number, row in grid[:_FIRST_ROWS]:
        for letters, text in row.items():
            name = column_named("availability", text) if isinstance(text, str) else ""
            if name in LABELS:
                labels.setdefault(letters, {}).setdefault(name, number)
            elif name == "volunteer_id" and ids is None:
                ids = letters
            elif not names and column_named("volunteers", str(text)) == "name":
                names = letters
    found = next((c for c, rows in labels.items() if len(rows) == len(LABELS)), None)
    return None if found is None or ids is None else GridPlace(ids, found, labels[found], names)


def headed_of(grid: Grid, place: GridPlace) -> set[str]:
    """Letters of the columns in which marks are read, or which have headings of their own.

    A heading may stand anywhere above the people. The column of the labels has none: they are the
    headings of the others.
    """
    headed = {letters for number, row in grid if number <= place.last for letters in row}
    return headed - {place.labels} | {place.ids, place.names}


def sessions_of(
    sheet: Sheet, title: str, grid: Grid, place: GridPlace, covered: Collection[str]
) -> dict[str, tuple[str, str, str]]:
    """Letters of a column -> date, start and end of its session; faults for those unclear.

    What is blank because it is `covered` by a merge has its fault already.
    """
    rows = dict(grid)
    heads = {name: rows.get(number, {}) for name, number in place.row.items()}
    columns = [c for c in dict.fromkeys(c for h in heads.values() for c in h) if c != place.ids]
    columns = [c for c in columns if is_right_of(c, place.labels)]
    dates = {t for t in heads["date"].values() if isinstance(t, str)}
    readers = {"date": cells.date_reader(dates), "start": cells.read_time, "end": cells.read_time}
    sessions = {}
    for letters in columns:
        texts: dict[str, str] = {}
        for name, number in place.row.items():
            text = heads[name].get(letters, "")
            read = readers[name](text) if isinstance(text, str) and text else text
            bad = read if read != "" else Bad("missing_value", Message("files.value_needed"))
            if isinstance(bad, Bad):
                value = text if isinstance(text, str) else ""
                spot = f"{letters}{number}"
                if text or spot not in covered:
                    sheet.faults.append(
                        fault(sheet, title, bad.code, bad.message, bad.remedy, number, spot, value)
                    )
            else:
                texts[name] = f"{read}" if name == "date" else str(text)
        if len(texts) == len(LABELS):
            sessions[letters] = (texts["date"], texts["start"], texts["end"])
    return sessions


def covered_by(sheet: Sheet, title: str, place: GridPlace, ref: str) -> Iterator[str]:
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
    is_beside = bottom <= place.last and not is_right_of(get_column_letter(right), place.labels)
    if is_above or is_beside:
        return
    spot = f"{get_column_letter(left)}{top}"
    message = Message("workbook.merged_head", cells=ref)
    remedy = Message("workbook.undo_merge")
    sheet.faults.append(fault(sheet, title, "merged_cells", message, remedy, top, spot))
    for column in range(left, right + 1):
        for row in place.row.values():
            if top <= row <= bottom:
                yield f"{get_column_letter(column)}{row}"


def is_right_of(column: str, other: str) -> bool:
    """Whether one column, by its letters, stands right of another."""
    return (len(column), column) > (len(other), other)


def fault(
    sheet: Sheet,
    title: str,
    code: FaultCode,
    message: Message,
    remedy: str | Message = "",
    row: int | None = None,
    cell: str = "",
    value: str = "",
) -> Fault:
    """Make a fault of a grid's sheet."""
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
