"""Cells of workbooks: what they show, and a workbook with another text in one of them.

Path -> sheets, rows; path and cell -> bytes. Only the XML of the one cell is written anew: formats,
comments, other sheets and all that openpyxl does not know stay as they are.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from posixpath import join, normpath
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.mending.cell_places import CellPlace, CellSpan, find_cell, tag_end
from shiftplan.files.mending.renaming import BOOK, repacked
from shiftplan.files.workbook import need_openpyxl, raw
from shiftplan.files.workbook.merges import corners, merged_cells
from shiftplan.files.workbook.raw import RawBook

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,12})?")
_SHORT = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
"""Perhaps a number of thousands; kept as text, so that reading it reports the doubt."""
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])")
_CHAIN = "xl/calcChain.xml"
"""Which cells hold formulas, in the order in which they are computed; programs make it anew."""
_CALC = re.compile(rb"<((?:\w+:)?)calcPr\b[^<>]*?(/?)>")
_TABLE = re.compile(r'Target="([^"<>]{1,200}tables/[^"<>]{1,200})"')
_TABLE_REF = re.compile(r'<(?:\w+:)?table\s[^<>]*?\bref="([^"<>]+)"[^<>]*>')
_ONE_HOUR = 1 / 24


def titles(week: Path) -> tuple[str, ...]:
    """Names of the sheets of a workbook; InputError where it cannot be opened."""
    need_openpyxl()
    with raw.opened(week) as book:
        return tuple(sheet.title for sheet in book.values.worksheets)


def rows(week: Path, title: str) -> dict[int, tuple[str, ...]]:
    """What the cells of a sheet show, by row; InputError where it cannot be read."""
    need_openpyxl()
    with raw.opened(week) as book:
        found = {
            number: tuple(_shown(book, *pair) for pair in cells)
            for number, cells in raw.rows_of(book, title, examples=True)
        }
    return {number: row for number, row in found.items() if any(row)}


def _shown(book: RawBook, cell: object, formula: object) -> str:
    text = raw.any_text(book, cell, formula)
    return text if isinstance(text, str) else raw.shown(cell, formula).strip()


def with_cells(week: Path, title: str, texts: Mapping[tuple[int, int], str]) -> bytes:
    """The bytes of a workbook with other texts in some cells of a sheet.

    `texts`: (row, column) -> text. Numbers are stored as numbers; dates and hours in cells with
    such a format as what these show.

    InputError: a cell is merged into another one, holds a formula of several cells or is a heading
    of an Excel table; or the workbook cannot be read.
    """
    need_openpyxl()
    with raw.opened(week) as book, zipfile.ZipFile(week) as archive:
        part = book.values[title]._worksheet_path
        merged, heads = merged_cells(book, title), _headings(archive, part)
        xml, has_formula = archive.read(part), False
        for (row, column), text in texts.items():
            place = CellPlace(title, row, column)
            _refuse_merged(merged, place, week)
            if any(row == head and column in columns for head, columns in heads):
                raise _refused(place, week, Message("files.cell_heads_table"))
            span = find_cell(xml, row, column)
            if span.shares_formula:
                raise _refused(place, week, Message("files.cell_of_formulas"))
            xml = span.put(xml, _cell(book, span, text))
            has_formula |= span.has_formula
        new = {part: xml}
        if has_formula:
            for name, tag in (("[Content_Types].xml", b"Override"), (_rels(archive), b"Relation")):
                new[name] = _without_chain(archive.read(name), tag)
        if book.package.formulas:
            new[BOOK] = _computing_anew(archive.read(BOOK))
        return repacked(archive, new, {_CHAIN} if has_formula else set())


def _cell(book: RawBook, span: CellSpan, text: str) -> bytes:
    """The XML of a cell: its place and style, and what it holds now."""
    style = "" if span.style is None else f" s={quoteattr(span.style)}"
    name, head = span.tag("c"), f"r={quoteattr(span.name)}{style}"
    value = _value(book, span.style, text)
    if not text:
        xml = f"<{name} {head}/>"
    elif value is not None:
        v = span.tag("v")
        xml = f"<{name} {head}><{v}>{value}</{v}></{name}>"
    else:
        (i, t), said = (span.tag("is"), span.tag("t")), escape(raw.stored(text))
        held = f'<{i}><{t} xml:space="preserve">{said}</{t}></{i}>'
        xml = f'<{name} {head} t="inlineStr">{held}</{name}>'
    return xml.encode("ascii", "xmlcharrefreplace")


def _value(book: RawBook, style: str | None, text: str) -> str | None:
    """The number that a cell of this style holds for a text; None for a text."""
    number = int(style) if style is not None and style.isdigit() else 0
    if number in book.values._date_formats:
        with suppress(ValueError):
            if day := _DAY.fullmatch(text):
                date = dt.datetime(int(day[1]), int(day[2]), int(day[3]))
                return str((date - book.values.epoch).days)
            if clock := _CLOCK.fullmatch(text):
                return repr((int(clock[1]) + int(clock[2]) / 60) * _ONE_HOUR)
    is_text = _format(book, number) == "@"
    if is_text or not _NUMBER.fullmatch(text) or _SHORT.fullmatch(text):
        return None
    return text


def _format(book: RawBook, style: int) -> str:
    """The format of a style: `@` for cells whose numbers are texts."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    styles = book.values._cell_styles
    number = styles[style].numFmtId if style < len(styles) else 0
    own = number - BUILTIN_FORMATS_MAX_SIZE
    if 0 <= own < len(book.values._number_formats):
        return str(book.values._number_formats[own])
    return str(BUILTIN_FORMATS.get(number, "General"))


def _refuse_merged(merged: Iterable[str], place: CellPlace, week: Path) -> None:
    row, column = place.row, place.column
    for ref in merged:
        if (found := corners(ref)) is None:
            continue
        left, top, right, bottom = found
        is_inside = left <= column <= right and top <= row <= bottom
        if is_inside and (row, column) != (top, left):
            raise _refused(place, week, Message("files.cell_is_merged", cells=ref))


def _headings(archive: zipfile.ZipFile, part: str) -> list[tuple[int, range]]:
    """Row and columns of the headings of Excel tables, which store them a second time."""
    folder, _, name = part.rpartition("/")
    rels, names = f"{folder}/_rels/{name}.rels", archive.namelist()
    targets = _TABLE.findall(archive.read(rels).decode("utf-8", "replace")) if rels in names else ()
    heads = []
    for target in targets:
        table = normpath(join("/", folder, target)).lstrip("/")
        text = archive.read(table).decode("utf-8", "replace") if table in names else ""
        found = _TABLE_REF.search(text)
        ends = None if found is None or 'headerRowCount="0"' in found[0] else corners(found[1])
        if ends is not None:
            left, top, right, _ = ends
            heads.append((top, range(left, right + 1)))
    return heads


def _refused(place: CellPlace, week: Path, message: Message) -> InputError:
    return refused(place, week, message, Message("files.mend_in_program"))


def refused(
    place: CellPlace, week: Path, message: Message, remedy: Message | str = ""
) -> InputError:
    """Make the error of a cell that is not changed."""
    from openpyxl.utils import get_column_letter

    said: dict[str, Any] = {"file": week.name, "sheet": place.title, "row": place.row}
    cell = f"{get_column_letter(place.column)}{place.row}"
    return InputError(
        [Fault("invalid_value", "", message=message, remedy=remedy, cell=cell, **said)]
    )


def _rels(archive: zipfile.ZipFile) -> str:
    return next(n for n in archive.namelist() if n.lower() == "xl/_rels/workbook.xml.rels")


def _without_chain(xml: bytes, tag: bytes) -> bytes:
    """A list of parts without the chain of formulas."""
    kept, at = b"", 0
    for found in re.finditer(rb"<(?:\w+:)?" + tag, xml):
        end = tag_end(xml, found.start())
        if b"calcChain" in xml[found.start() : end]:
            kept, at = kept + xml[at : found.start()], end
    return kept + xml[at:]


def _computing_anew(xml: bytes) -> bytes:
    """Set the flag in a workbook that makes programs compute all formulas when they open it."""
    found = _CALC.search(xml)
    if found is None or b"fullCalcOnLoad" in found[0]:
        return xml
    at = found.end() - len(found[2]) - 1
    return xml[:at] + b' fullCalcOnLoad="1"' + xml[at:]
