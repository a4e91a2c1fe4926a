"""The head of an availability grid: the dates and hours of its columns.

Rows of the sheet -> where the parts of the grid stand -> session of each column.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

from shiftplan.errors.message import Message
from shiftplan.files import cells
from shiftplan.files.cells import Bad
from shiftplan.files.headings import column_named, column_of_people
from shiftplan.files.workbook.fills import colours_in, colours_of
from shiftplan.files.workbook.raw import Cells, RawBook, any_text, rows_of
from shiftplan.files.workbook.telling import Teller

LABELS = ("date", "start", "end")
"""Columns of the table `availability` that the head tells."""
_ENOUGH = {"date", "start"}
"""Labels without which there is no head."""
FIRST_ROWS = 20
"""Rows in which the head is looked for."""
_FEWEST_DAYS = 2
"""Days that make a row of days."""
_NO_HOURS = ("files.no_time", "files.time_form")
Row = Mapping[str, str | Bad]
"""Letters of a column -> text of its cell, or why it has none."""
Head = dict[str, str | Bad]
"""The cells date, start and end of a column, blank ones too."""
Grid = list[tuple[int, Row]]
"""(row number, row) of each row that is not blank."""


@dataclass(frozen=True)
class GridPlace:
    """Where the parts of a grid stand."""

    ids: str
    """Letters of the column with ids of people; empty where there is none."""
    labels: str
    """Letters of the column right of which sessions stand."""
    row: Mapping[str, int]
    """date, start and end -> row number; without end, where hours stand in one cell."""
    names: str
    """Letters of the column with names of people; empty where there is none."""
    homes: str
    """Letters of the column with their centers; empty where there is none."""

    def person(self, row: Row) -> tuple[str, str | Bad]:
        """Letters of the cell that tells a row's person, and the id, or else name and center."""
        who, name = row.get(self.ids, ""), row.get(self.names, "")
        if who or not name:
            return self.ids or self.names, who
        home = row.get(self.homes, "")
        if isinstance(name, Bad) or isinstance(home, Bad) or not home:
            return self.names, name
        return self.names, f"{name}, {home}"

    @property
    def last(self) -> int:
        """Number of the last row of the head."""
        return max(self.row.values())


def grid_of(
    book: RawBook,
    title: str,
    most: int | None = None,
    fills: dict[int, dict[str, str]] | None = None,
) -> Grid:
    """Cells of an availability grid, or of the first rows of a sheet that may be one.

    The head of a grid holds dates and times, and all else is text. `fills` is given the colours of
    the cells of each row that have one.
    """
    grid: Grid = []
    colours = {} if fills is None else colours_of(book.values)
    for number, row in islice(rows_of(book, title), most):
        if texts := _texts(book, row):
            grid.append((number, texts))
            if fills is not None and (found := colours_in(row, colours)):
                fills[number] = found
    return grid


def _texts(book: RawBook, row: Cells) -> dict[str, str | Bad]:
    """Letters of a column -> text of its cell, or the fault of it, where there is any."""
    from openpyxl.utils import get_column_letter

    texts = {}
    for place, (cell, formula) in enumerate(row, start=1):
        if text := any_text(book, cell, formula):
            texts[get_column_letter(place)] = text
    return texts


def find(grid: Grid) -> GridPlace | None:
    """Find the labels date, start and perhaps end below each other, and the ids or names.

    Without labels, a row of days above one of hours or parts of the day is a head too.
    """
    labels: dict[str, dict[str, int]] = {}
    places: dict[str, str] = {}
    for number, row in grid[:FIRST_ROWS]:
        for letters, text in row.items():
            name = column_named("availability", text) if isinstance(text, str) else ""
            if name in LABELS:
                labels.setdefault(letters, {}).setdefault(name, number)
            elif isinstance(text, str):
                places.setdefault(column_of_people(text), letters)
    enough = (column for column, rows in labels.items() if rows.keys() >= _ENOUGH)
    found = max(enough, key=lambda column: len(labels[column]), default=None)
    ids, names, homes = (places.get(n, "") for n in ("volunteer_id", "name", "home_center_id"))
    rows = labels.get(found or "") or _days_above_hours(grid)
    if not rows or not (ids or names):
        return None
    if found is None:
        first = _first_session(dict(grid), rows)
        left = (c for c in places.values() if is_right_of(first, c))
        found = max(left, key=lambda c: (len(c), c), default="")
    return GridPlace(ids, found, rows, names, homes) if found else None


def _days_above_hours(grid: Grid) -> dict[str, int]:
    """Numbers of the first two rows of which one holds days, and the next hours; else none."""
    for (number, row), (other, below) in pairwise(grid[:FIRST_ROWS]):
        days, hours = sum(map(_is_day, row.values())), sum(map(_are_hours, below.values()))
        if other == number + 1 and hours >= days >= _FEWEST_DAYS:
            return {"date": number, "start": other}
    return {}


def _first_session(rows: Mapping[int, Row], place: Mapping[str, int]) -> str:
    """Letters of the first column with a day or hours, so that none of either is passed over."""
    days = [c for c, text in rows[place["date"]].items() if _is_day(text)]
    hours = [c for c, text in rows[place["start"]].items() if _are_hours(text)]
    return min(days + hours, key=lambda c: (len(c), c))


def _is_day(text: str | Bad) -> bool:
    """Whether a text is a date, be it one that only the days planned make clear."""
    found = cells.date_reader(())(text) if isinstance(text, str) else text
    return not isinstance(found, Bad) or found.code == "ambiguous_date"


def _are_hours(text: str | Bad) -> bool:
    found = cells.read_hours(text, "") if isinstance(text, str) else None
    return found is not None and not (isinstance(found, Bad) and found.message.code in _NO_HOURS)


def heads_of(grid: Grid, place: GridPlace) -> dict[str, Head]:
    """Letters of a column right of the labels -> its cells of the head."""
    rows = dict(grid)
    labels = {name: rows.get(place.row.get(name, 0), {}) for name in LABELS}
    others = (place.ids, place.names, place.homes)
    columns = dict.fromkeys(c for row in labels.values() for c in row if c not in others)
    return {
        letters: {name: row.get(letters, "") for name, row in labels.items()}
        for letters in columns
        if is_right_of(letters, place.labels)
    }


@dataclass(frozen=True)
class HeadReader:
    """Reads the sessions of a grid's columns, with the days and sessions of the week."""

    teller: Teller
    """Gets notes and faults."""

    def sessions_of(
        self, heads: Mapping[str, Head], place: GridPlace, covered: Collection[str]
    ) -> dict[str, tuple[str, str, str]]:
        """Letters of a column -> date, start and end of its session; faults for those unclear.

        What is blank because it is `covered` by a merge has its fault already.
        """
        dates = {text for head in heads.values() if isinstance(text := head["date"], str)}
        readers = {"date": cells.date_reader(dates, self.teller.sheet.days)}
        readers |= {"start": cells.read_time, "end": cells.read_time}
        sessions = {}
        for letters, texts in heads.items():
            spots = {name: f"{letters}{number}" for name, number in place.row.items()}
            told = self._hours_of_one_cell(texts, spots)
            known = covered
            for name in sorted((n for n in LABELS if n not in told), key=lambda n: not texts[n]):
                spot = spots.get(name, spots["start"])
                told[name] = self._value(name, texts[name], spot, readers[name], known)
                if not told[name] and [*texts.values()].count("") == len(LABELS) - 1:
                    known = spots.values()  # the fault of the only text is enough
            day, start, end = (told[name] for name in LABELS)
            if day and start and end:
                sessions[letters] = (day, start, end)
        return sessions

    def _hours_of_one_cell(
        self, texts: Mapping[str, str | Bad], spots: Mapping[str, str]
    ) -> dict[str, str]:
        """Start and end where both stand in the cell of the start; empty where they do not.

        Blank for hours that are unclear.
        """
        start, end = texts["start"], texts["end"]
        if isinstance(start, Bad) or isinstance(end, Bad):
            return {}
        span = cells.read_hours(start, end, self.teller.sheet.sessions)
        if span is None and end == "" and "end" not in spots and start:
            span = Bad("not_a_time", Message("files.span_form"))
        if isinstance(span, Bad):
            self._refuse(span, spots["start"], start)
        if span is None or isinstance(span, Bad):
            return {} if span is None else {"start": "", "end": ""}
        one, other = cells.written(span).split("-")
        message = Message("files.read_as_hours", start=one, end=other)
        self.teller.note(message, spots["start"], column="start", value=start)
        return {"start": one, "end": other}

    def _value(
        self, name: str, text: str | Bad, spot: str, read: cells.Read, covered: Collection[str]
    ) -> str:
        """What a cell of the head holds, as the table has it; blank where it cannot be read."""
        if text == "":
            if spot not in covered:
                self._refuse(Bad("missing_value", Message("files.value_needed")), spot, "")
            return ""
        found = text if isinstance(text, Bad) else read(text)
        if isinstance(found, Bad):
            self._refuse(found, spot, text)
            return ""
        if isinstance(found, date):
            if not str(text).startswith(str(found)):
                message = Message("files.read_as_date", day=found)
                self.teller.note(message, spot, column=name, value=str(text))
            return str(found)
        return clock(str(text))

    def _refuse(self, bad: Bad, spot: str, text: str | Bad) -> None:
        self.teller.refuse(bad, spot, text if isinstance(text, str) else "")


def clock(text: str) -> str:
    """A time as 07:00; the text itself where it is none."""
    found = cells.read_time(text)
    return text if isinstance(found, Bad) else cells.clock(found)


def is_right_of(column: str, other: str) -> bool:
    """Whether a column stands right of another one."""
    return (len(column), column) > (len(other), other)
