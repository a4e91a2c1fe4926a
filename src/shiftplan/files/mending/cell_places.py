"""Where a cell is in the XML of a sheet, and the XML with another cell in its place.

Bytes of a part, row and column -> `CellSpan` -> bytes, in which everything else stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

_TAG = re.compile(rb"<(?:[^\"'<>]|\"[^\"]*\"|'[^']*')*>")
_REF = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_SPANS = re.compile(rb"\sspans\s*=\s*(?:\"[^\"]*\"|'[^']*')")


@dataclass(frozen=True)
class CellPlace:
    """A cell of a week's files."""

    title: str
    """Name of the sheet, or of the CSV file."""
    row: int
    """Number of the row, from 1."""
    column: int
    """Number of the column, from 1."""


@dataclass
class CellSpan:
    """The place of a cell, which may not be stored yet."""

    name: str
    """Name of the cell, such as `D17`."""
    prefix: str
    """Namespace prefix of the elements of the sheet, usually empty."""
    style: str | None
    """Number of its style; of its row or column if there is no cell; None for the default."""
    start: int
    """First byte of what the new cell replaces, or the byte that it goes before."""
    end: int
    """First byte after what it replaces."""
    inside: str = ""
    """What must be made around it: `row` or `sheetData`; empty where both are there."""
    row: int = 0
    """Number of its row."""
    row_tag: tuple[int, int] | None = None
    """Bytes of the tag of its row, where the cell is new in a row that is there."""
    has_formula: bool = False
    """Whether the cell holds a formula."""
    shares_formula: bool = False
    """Whether its formula is also that of other cells."""

    def tag(self, element: str) -> str:
        """Name of an element with the prefix of the sheet."""
        return self.prefix + element

    def put(self, xml: bytes, cell: bytes) -> bytes:
        """The XML with a new cell in this place."""
        if self.inside:
            row = self.tag("row").encode()
            cell = b'<%s r="%d">%s</%s>' % (row, self.row, cell, row)
        if self.inside == "sheetData" or (not self.inside and self._is_empty(xml)):
            whole = xml[self.start : self.end].rstrip()
            opened = whole[:-2].rstrip() + b">"
            name = self.tag("sheetData" if self.inside else "row").encode()
            cell = (opened if self.inside else _SPANS.sub(b"", opened)) + cell + b"</%s>" % name
            return xml[: self.start] + cell + xml[self.end :]
        done = xml[: self.start] + cell + xml[self.end :]
        if self.row_tag is None:
            return done
        first, last = self.row_tag  # before the cell, so that its place is the same
        return done[:first] + _SPANS.sub(b"", done[first:last]) + done[last:]

    def _is_empty(self, xml: bytes) -> bool:
        """Whether what is replaced is the tag of a row without cells."""
        return self.row_tag == (self.start, self.end)


def tag_end(xml: bytes, start: int) -> int:
    """First byte after the tag that begins at a byte."""
    found = _TAG.match(xml, start)
    return len(xml) if found is None else found.end()


def find_cell(xml: bytes, row: int, column: int) -> CellSpan:
    """Find the place of a cell in the XML of a sheet.

    ExpatError: the XML is broken; reading the workbook has reported this before.
    """
    return _CellFinder(xml, row, column).find()


class _CellFinder:
    """Reads the XML of a sheet up to the end of its rows."""

    def __init__(self, xml: bytes, row: int, column: int) -> None:
        from openpyxl.utils import column_index_from_string, get_column_letter

        self.xml, self.row, self.column = xml, row, column
        self.name, self.number = f"{get_column_letter(column)}{row}", column_index_from_string
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.in_data = False
        self.row_now = self.column_now = 0
        self.data: tuple[int, int] = 0, 0
        self.before: int | None = None
        """First byte of the row or cell that a new one goes before."""
        self.row_tag: tuple[int, int] | None = None
        self.row_end: int | None = None
        self.cell: tuple[int, int] | None = None
        self.styles: dict[str, str | None] = {}
        """Element -> its style: `c`, `row` and `col`."""
        self.formula = self.shared = False
        self.is_in_cell = False
        self.prefix = ""

    def find(self) -> CellSpan:
        self.parser.Parse(self.xml, True)
        usual = self.styles.get("row", self.styles.get("col"))
        made = CellSpan(self.name, self.prefix, usual, 0, 0)
        made.row, made.row_tag = self.row, self.row_tag
        if self.cell is not None:
            (made.start, made.end), made.row_tag = self.cell, None
            made.style = self.styles.get("c")
            made.has_formula, made.shares_formula = self.formula, self.shared
        elif self.row_tag is not None:
            at = self.row_end if self.before is None else self.before
            is_closed = self._is_closed(self.row_tag[0])
            made.start, made.end = self.row_tag if is_closed else (at or 0, at or 0)
        else:
            first, last = self.data
            is_closed = self._is_closed(first)
            made.inside = "sheetData" if is_closed else "row"
            at = last if self.before is None else self.before
            made.start, made.end = (first, tag_end(self.xml, first)) if is_closed else (at, at)
        return made

    def _is_closed(self, start: int) -> bool:
        """Whether the tag that begins at a byte is a whole element."""
        return self.xml[start : tag_end(self.xml, start)].endswith(b"/>")

    def _start(self, name: str, attributes: dict[str, Any]) -> None:
        prefix, _, local = name.rpartition(":")
        at = self.parser.CurrentByteIndex
        if local == "col" and not self.in_data and "style" in attributes:
            if int(attributes["min"]) <= self.column <= int(attributes["max"]):
                self.styles["col"] = attributes["style"]
        elif local == "sheetData":
            self.in_data, self.data = True, (at, at)
            self.prefix = f"{prefix}:" if prefix else ""
        elif self.in_data and local == "row":
            self._start_row(at, attributes)
        elif self.in_data and local == "c" and self.row_now == self.row:
            self._start_cell(at, attributes)
        elif local == "f" and self.is_in_cell:
            self.formula, self.shared = True, "ref" in attributes

    def _start_row(self, at: int, attributes: dict[str, Any]) -> None:
        self.row_now = int(attributes.get("r", self.row_now + 1))
        self.column_now = 0
        if self.row_now == self.row:
            self.row_tag = at, tag_end(self.xml, at)
            if attributes.get("customFormat") in ("1", "true") and "s" in attributes:
                self.styles["row"] = attributes["s"]
        elif self.row_now > self.row and self.row_tag is None and self.before is None:
            self.before = at

    def _start_cell(self, at: int, attributes: dict[str, Any]) -> None:
        told = _REF.fullmatch(attributes.get("r", ""))
        self.column_now = self.column_now + 1 if told is None else self.number(told[1])
        if self.column_now == self.column:
            self.cell, self.is_in_cell = (at, at), True
            self.styles["c"] = attributes.get("s")
        elif self.column_now > self.column and self.cell is None and self.before is None:
            self.before = at

    def _end(self, name: str) -> None:
        local, at = name.rpartition(":")[2], self.parser.CurrentByteIndex
        if local == "c" and self.is_in_cell and self.cell is not None:
            first = self.cell[0]
            last = tag_end(self.xml, first if self._is_closed(first) else at)
            self.cell, self.is_in_cell = (first, last), False
        elif local == "row" and self.in_data and self.row_now == self.row:
            self.row_end = at
        elif local == "sheetData":
            self.in_data, self.data = False, (self.data[0], at)
