"""A table as rows of text, and what spreadsheet programs do to it put right.

CSV text -> `Sheet`, with faults for rows and columns that do not fit; rows -> CSV text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from shiftplan.errors import Fault, FaultCode
from shiftplan.files.cells import Bad
from shiftplan.problem.nearest import Nearest

_MOST_COLUMNS = 5000
SKILL = "skill."
"""What the names of the columns of `volunteers` with levels start with."""
_LIKE_FORMULA = re.compile("'*[=+@\t\r-]")
_NEUTRAL = re.compile("'+[=+@\t\r-]")
_NEEDS_QUOTES = re.compile('[",;\\t\r\n]')


@dataclass(frozen=True)
class Mark:
    """A mark in a grid of a workbook that stands for a row of a table."""

    title: str
    """Name of the sheet."""
    cell: str
    """Cell of the mark, such as `D17`."""
    cells: Mapping[str, str]
    """Column of the table -> cell that tells it, where that is not the mark."""


@dataclass
class Sheet:
    """A table of text: its columns by name, and the line of each row."""

    table: str
    """Name of the table, such as `volunteers`."""
    file: str
    """File name for faults."""
    header: list[str] = field(default_factory=list)
    """Names of the columns, in order, spelled as the format spells them."""
    rows: list[list[str]] = field(default_factory=list)
    """Cells without blanks around them, one per column."""
    lines: list[int] = field(default_factory=list)
    """Row number of each row, as a spreadsheet shows it; the header is row 1."""
    decimal_comma: bool = False
    """Whether the file comes from a place that writes 0,5: its fields end at semicolons."""
    faults: list[Fault] = field(default_factory=list)
    """Everything found wrong so far."""
    lost: list[str] = field(default_factory=list)
    """First cells of rows that were set aside; in most tables their ids."""
    usable: bool = True
    """Whether it has its columns, so that its rows can be read."""
    title: str = ""
    """Name of the sheet of a workbook; empty for a file."""
    letters: dict[str, str] = field(default_factory=dict)
    """Column of a workbook's sheet -> its letters; empty for a file."""
    unread: list[tuple[int, str, Bad]] = field(default_factory=list)
    """Index of a row, column and fault of cells that have no text, such as broken formulas."""
    marks: dict[int, Mark] = field(default_factory=dict)
    """Index of a row -> where it comes from, when that is another sheet."""

    def fault(
        self,
        code: FaultCode,
        message: str,
        remedy: str = "",
        *,
        row: int | None = None,
        column: str = "",
        value: str = "",
        index: int | None = None,
    ) -> None:
        """Add a fault of this table."""
        title, cell = self.place(row, column, index)
        self.faults.append(
            Fault(
                code, self.table, column, value, message, remedy, index, self.file, row, title, cell
            )
        )

    def place(self, row: int | None, column: str, index: int | None) -> tuple[str, str]:
        """Sheet and cell of a fault, both empty for a file."""
        if index in self.marks:
            mark = self.marks[index]
            return mark.title, mark.cells.get(column, mark.cell)
        letters = self.letters.get(column)
        return self.title, f"{letters}{row}" if letters and row is not None else ""

    def line(self, index: int) -> str:
        """Where a row stands, as messages say it."""
        if index in self.marks:
            return f"sheet {self.marks[index].title}, cell {self.marks[index].cell}"
        return f"row {self.lines[index]}"

    def give_up(
        self, code: FaultCode, message: str, remedy: str = "", row: int | None = None
    ) -> None:
        """Add a fault after which no row can be read."""
        self.fault(code, message, remedy, row=row)
        self.usable = False

    def column(self, name: str) -> list[str] | None:
        """Cells of a column; None when the table does not have it."""
        if name not in self.header:
            return None
        place = self.header.index(name)
        return [row[place] for row in self.rows]

    def cell(self, index: int, column: str) -> str | None:
        """One cell; None when the table does not have the column."""
        return self.rows[index][self.header.index(column)] if column in self.header else None


def read_sheet(
    text: str,
    table: str,
    file: str,
    known: Iterable[str],
    needed: Iterable[str],
    *,
    others: bool = False,
) -> Sheet:
    """Read the text of a CSV file whose fields end at commas, semicolons or tabs.

    Parameters
    ----------
    text
        The whole file.
    table, file
        Names for faults.
    known
        Columns of the table; in `volunteers` also all that start with `skill.`.
    needed
        Columns it cannot do without.
    others
        Whether columns that are not known are ignored instead of being faults.

    """
    sheet = Sheet(table, file)
    names = {_folded(name): name for name in known}
    delimiter = _delimiter(text, names)
    sheet.decimal_comma = delimiter == ";"
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[tuple[int, list[str]]] = []
    try:
        for number, record in enumerate(reader, start=1):
            cells = [cell.strip() for cell in record]
            if any(cells):
                records.append((number, cells))
    except csv.Error as error:
        row = records[-1][0] + 1 if records else 1
        if "field larger" in str(error):
            sheet.give_up("too_long", "a field is longer than 131,072 characters", row=row)
        else:
            message = f"the quotes do not match from here on ({error})"
            remedy = 'Maybe a " is missing; a " inside a quoted field is written "".'
            sheet.give_up("broken_quotes", message, remedy, row=row)
        return sheet
    if not records:
        sheet.give_up("empty_file", "the file is empty; it needs a header row")
        return sheet
    fill_sheet(sheet, records, names, needed, others=others)
    return sheet


def fill_sheet(
    sheet: Sheet,
    records: Sequence[tuple[int, list[str]]],
    names: dict[str, str],
    needed: Iterable[str],
    *,
    others: bool,
) -> None:
    """Take header and rows into a sheet from (row number, cells), the header first."""
    first, titles = records[0]
    while titles and not titles[-1]:
        titles = titles[:-1]
    if len(titles) > _MOST_COLUMNS:
        message = f"the header has {len(titles)} columns, at most {_MOST_COLUMNS} are read"
        sheet.give_up("too_many_columns", message, row=first)
        return
    kept = _header(sheet, first, titles, names, needed, others=others)
    places = [place for place, _ in kept]
    sheet.header = [name for _, name in kept]
    straight = places == list(range(len(titles)))
    folded = [_folded(t) for t in titles]
    for number, record in records[1:]:
        fits = len(record) == len(titles)
        cells = record if fits else _fitted(sheet, number, record, len(titles))
        if cells is None:
            continue
        if cells[0] == titles[0] and [_folded(c) for c in cells] == folded:
            message = "the header stands here again"
            remedy = "Maybe two files were put together; leave this row out."
            sheet.fault("repeated_header", message, remedy, row=number)
            continue
        unnamed = [i for i, title in enumerate(titles) if not title and cells[i]]
        for i in unnamed:
            message = f"the column {i + 1} has no name in the header"
            sheet.fault("unnamed_column", message, row=number, value=cells[i])
        sheet.rows.append(cells if straight else [cells[i] for i in places])
        sheet.lines.append(number)


def _fitted(sheet: Sheet, number: int, cells: list[str], width: int) -> list[str] | None:
    """Cut the empty fields that spreadsheets add at the end; a fault when the row does not fit."""
    if len(cells) > width and not any(cells[width:]):
        return cells[:width]
    sheet.lost.append(cells[0])
    if len(cells) > width:
        message = f"the row has {len(cells)} fields, the header has {width}"
        remedy = "Maybe a value with a comma in it needs quotes."
        value = next(c for c in cells[width:] if c)
        sheet.fault("too_many_fields", message, remedy, row=number, value=value)
    else:
        message = f"the row has {len(cells)} fields, the header has {width}"
        remedy = "Maybe the row was cut off; fields that are left blank still need their commas."
        sheet.fault("too_few_fields", message, remedy, row=number, value=cells[-1])
    return None


def _header(
    sheet: Sheet,
    row: int,
    titles: Sequence[str],
    names: dict[str, str],
    needed: Iterable[str],
    *,
    others: bool,
) -> list[tuple[int, str]]:
    """Match the header: (place, name) of the columns that are known."""
    kept: dict[str, int] = {}
    unknown: list[str] = []
    for place, title in enumerate(titles):
        folded = _folded(title)
        name = names.get(folded)
        if name is None and sheet.table == "volunteers" and folded.startswith(SKILL):
            name = SKILL + title.strip()[len(SKILL) :].strip()
        if name is None:
            if title and not others:
                unknown.append(title)
        elif name in kept:
            message = "the column stands in the header more than once"
            sheet.fault("repeated_column", message, row=row, column=name, value=title)
        else:
            kept[name] = place
    missing = [name for name in needed if name not in kept]
    nearest = Nearest(n for n in names.values() if n not in kept)
    allowed = ", ".join(names.values())
    for title in unknown:
        message = f"there is no such column; known are {allowed}"
        remedy = nearest.remedy(title)
        sheet.fault("unknown_column", message, remedy, row=row, column=title, value=title)
    for name in missing:
        message = f"the column {name} is missing; the header has {', '.join(titles[:30])}"
        remedy = "Maybe its first row is not the header." if len(kept) == 0 else ""
        sheet.fault("missing_column", message, remedy, row=row, column=name)
    sheet.usable = sheet.usable and not missing
    return [(place, name) for name, place in kept.items()]


def _folded(title: str) -> str:
    return title.strip().casefold()


def _delimiter(text: str, names: dict[str, str]) -> str:
    """Find the sign between the fields: the one that makes most columns of the header known."""

    def known(delimiter: str) -> int:
        try:
            lines = io.StringIO(text, newline="")
            for record in csv.reader(lines, delimiter=delimiter):
                if any(cell.strip() for cell in record):
                    return sum(_folded(cell) in names for cell in record)
        except csv.Error:
            pass
        return 0

    return max((",", ";", "\t"), key=known)


def to_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Make CSV text: commas, a newline after each row, quotes where they are needed."""
    return "".join(",".join(map(_quoted, row)) + "\n" for row in (header, *rows))


def _quoted(cell: str) -> str:
    # csv.writer leaves a lone carriage return bare, which would end the row for every reader.
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell


def neutral(text: str) -> str:
    """Text that no spreadsheet program takes for a formula: with an apostrophe where it would."""
    return "'" + text if _LIKE_FORMULA.match(text) else text


def plain(text: str) -> str:
    """The text that `neutral` was given."""
    return text[1:] if _NEUTRAL.match(text) else text
