"""Which sheet of a workbook holds which table, and which sheets are left over.

Names of sheets -> table of each; sheets that nobody reads -> faults, or notes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set
from contextlib import suppress
from itertools import islice
from typing import Any

from shiftplan.errors import Fault, FaultCode, InputError
from shiftplan.errors.message import Message
from shiftplan.files import headings
from shiftplan.files.headings import (
    GRID,
    Say,
    column_of_people,
    folded,
    known_words,
    sheet_title,
    words_of_kinds,
)
from shiftplan.files.layout import TABLE_NAMES, needed_of
from shiftplan.files.near_titles import MISSPELT, SAME, nearness
from shiftplan.files.workbook.fills import struck_through
from shiftplan.files.workbook.heads import FIRST_ROWS, Grid, find, grid_of
from shiftplan.files.workbook.raw import RawBook, rows_of
from shiftplan.files.workbook.telling import first_of, row_of

_OF_PEOPLE = ("volunteers", "availability")
_REMEDIES = {
    "workbook.comments_unread": "workbook.write_into_cells",
    "workbook.struck_through": "workbook.clear_struck",
    "workbook.named_example": "workbook.type_over_all",
}


def find_tables(book: RawBook) -> tuple[dict[str, str], list[Fault]]:
    """Table -> name of its sheet; and the faults of tables that two sheets hold."""
    found: dict[str, str] = {}
    faults = []
    for title in (worksheet.title for worksheet in book.values.worksheets):
        table = headings.tables_by_title().get(folded(title))
        if table is not None and table in found:
            message = Message("workbook.same_table", sheet=found[table])
            faults.append(book.fault("duplicate_row", table, message, title=title))
        elif table is not None:
            found[table] = title
    return found, faults


def own_sheets(book: RawBook, states: Collection[str] = ("visible", "hidden")) -> list[str]:
    """Names of the sheets in these states that are no table, and that shiftplan does not write."""
    known = {folded(sheet_title(t, say)) for say in known_words() for t in ("help", "faults")}
    known |= headings.tables_by_title().keys()
    return [
        sheet.title
        for sheet in book.values.worksheets
        if sheet.sheet_state in states and folded(sheet.title) not in known
    ]


class Leftover:
    """The visible sheets that hold something, but whose names are those of no table."""

    def __init__(self, book: RawBook, found: Mapping[str, str], filled: Set[str]) -> None:
        self._book, self._found, self._filled = book, found, filled
        self._starts: dict[str, Grid] = {}
        for title in own_sheets(book, ("visible",)):
            with suppress(InputError):  # what cannot be read is no table
                if rows := grid_of(book, title, FIRST_ROWS):
                    self._starts[title] = rows

    def faults(self, required: Collection[str]) -> Iterator[Fault]:
        """Yield the faults of missing tables, and of sheets that seem to be tables."""
        for table in required:
            other = {"availability": GRID, "shifts": "opening"}.get(table, table)
            if not self._found.keys().isdisjoint((table, other)):
                continue
            tables = (table, GRID) if table == "availability" else (table,)
            title = self._nearest(tables)
            rows = self._starts.pop(title, [])
            titles = (sheet_title(t, say) for t in tables for say in known_words())
            message = Message("workbook.no_sheet", names=tuple(dict.fromkeys([table, *titles])))
            meant = GRID if GRID in tables and find(rows) is not None else table
            facts = {"name": title, "to": sheet_title(meant, self._language())}
            remedy = Message("workbook.rename_sheet", **facts) if title else ""
            yield self._book.fault("missing_sheet", table, message, remedy)
        for title, rows in list(self._starts.items()):
            table = self._seeming(title, rows)
            if table:
                del self._starts[title]
                yield self._unread(title, table)

    def notes(self) -> Iterator[Fault]:
        """Yield what is to be told of the other sheets, such as people's own lists."""
        names = tuple(dict.fromkeys(sheet_title("volunteers", say) for say in known_words()))
        lacks_some = (
            self._filled.isdisjoint(("availability", GRID)) or "volunteers" not in self._filled
        )
        for title, rows in self._starts.items():
            message, remedy = Message("workbook.sheet_unread"), Message("workbook.own_notes")
            if lacks_some and _lists_people(rows):
                message = Message("workbook.list_unread")
                remedy = Message("workbook.rename_list", names=names)
            yield self._book.fault("missing_sheet", "", message, remedy, title=title)
        for table, title in self._found.items():
            yield from _unseen(self._book, "availability" if table == GRID else table, title)

    def _nearest(self, tables: tuple[str, ...]) -> str:
        """Name of the sheet that is nearest to a table's; blank when none is near."""
        near = {title: max(nearness(title, t) for t in tables) for title in self._starts}
        best = max(near, key=near.__getitem__, default="")
        return best if near.get(best) else ""

    def _seeming(self, title: str, rows: Grid) -> str:
        """The table that a sheet seems to hold; blank for a sheet of people's own.

        Its name alone tells it only if it is a table's but for accents; a part of a name must go
        with the table's headings, and a table that has rows is not looked for elsewhere.
        """
        if len(rows) < 2:  # nothing is lost with a header alone
            return ""
        near = {table: nearness(title, table) for table in (*TABLE_NAMES, GRID)}
        near = {table: how for table, how in near.items() if how}
        for table in sorted(near, key=near.__getitem__, reverse=True):
            if near[table] == SAME:
                return table
            if table not in self._filled and (near[table] >= MISSPELT or _is_like(rows, table)):
                return table
        no_offers = self._filled.isdisjoint(("availability", GRID))
        return GRID if no_offers and find(rows) is not None else ""

    def _language(self) -> Say:
        """What says names as most of the sheets have them."""
        return max(words_of_kinds(), key=self._agreeing)

    def _agreeing(self, say: Say) -> int:
        own = self._found.items()
        return sum(folded(sheet_title(table, say)) == folded(title) for table, title in own)

    def _unread(self, title: str, table: str) -> Fault:
        if table not in self._found:
            message = Message("workbook.sheet_unknown")
            remedy = Message("files.rename", name=sheet_title(table, self._language()))
        elif table in self._filled:
            message = Message("workbook.sheet_again", sheet=self._found[table])
            remedy = Message("workbook.hide_copy")
        else:
            message = Message("workbook.sheet_instead", sheet=self._found[table])
            remedy = Message("workbook.delete_blank_sheet")
        return self._book.fault("missing_sheet", table, message, remedy, title=title)


def _unseen(book: RawBook, table: str, title: str) -> Iterator[Fault]:
    """Yield the notes of what is read though nobody sees it or it is crossed out, and of comments.

    Those about people are told first.
    """
    from openpyxl.utils import column_index_from_string

    part = book.values[title]._worksheet_path
    if part in book.package.hidden:
        rows, columns = book.package.hidden[part]
        grid = grid_of(book, title)
        filled = {letters for _, row in grid for letters in row}
        order = sorted(filled, key=lambda letters: (len(letters), letters))
        told = [str(number) for number, _ in grid if number in rows]
        told += (c for c in order if any(column_index_from_string(c) in r for r in columns))
        if told:
            message = Message("workbook.hidden_read", n=len(told), parts=first_of(told))
            remedy = Message("workbook.delete_hidden")
            yield book.fault("read_as", table, message, remedy, title=title)
    code: FaultCode = "doubtful_cells" if table in _OF_PEOPLE else "read_as"
    doubts = {
        "workbook.comments_unread": book.package.comments.get(part, ()),
        "workbook.struck_through": _struck(book, title),
        "workbook.named_example": _named_examples(book, title) if table in _OF_PEOPLE else (),
    }
    for said, cells in doubts.items():
        if cells:
            message = Message(said, n=len(cells), cells=first_of(cells))
            remedy = Message(_REMEDIES[said])
            place: dict[str, Any] = {"row": row_of(cells[0]), "cell": cells[0]}
            yield book.fault(code, table, message, remedy, title=title, **place)


def _named_examples(book: RawBook, title: str) -> tuple[str, ...]:
    """Cells of names that somebody typed over that of an example, whose id is still its own."""
    shown = {say(Message("example.person")) for say in words_of_kinds()}
    rows = islice(rows_of(book, title, examples=True), FIRST_ROWS)
    names = ((n, row[0][0].value, row[1][0].value) for n, row in rows if len(row) > 1)
    return tuple(
        f"B{number}"
        for number, who, name in names
        if isinstance(who, str) and headings.is_example(who) and isinstance(name, str)
        if name.strip() and not headings.is_example(name) and name not in shown
    )


def _struck(book: RawBook, title: str) -> tuple[str, ...]:
    """Cells of a sheet that hold something that is struck through, without those of examples."""
    from openpyxl.utils import get_column_letter

    styles = struck_through(book.values)
    return tuple(
        f"{get_column_letter(place)}{number}"
        for number, row in (rows_of(book, title) if styles else ())
        for place, (cell, _) in enumerate(row, start=1)
        if cell.value is not None and getattr(cell, "_style_id", 0) in styles
    )


def _is_like(rows: Grid, table: str) -> bool:
    """Whether one of the first rows has the headings that the table cannot do without."""
    if table == GRID:
        return find(rows) is not None
    return any(
        {headings.column_named(table, t) for t in row.values() if isinstance(t, str)}
        >= {*needed_of(table)}
        for _, row in rows
    )


def _lists_people(rows: Grid) -> bool:
    """Whether one of the first rows has a heading for people, and others beside it."""
    titles = ([text for text in row.values() if isinstance(text, str)] for _, row in rows)
    known = ("volunteer_id", "name")
    return any(len(row) > 1 and any(column_of_people(t) in known for t in row) for row in titles)
