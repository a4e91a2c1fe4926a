"""Cells that hold no mark, but a colour that somebody gave them; and those struck through.

(Fills of cells, people, sessions) -> the cells that may be meant as marks; stripes and shaded
columns are none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad
from shiftplan.files.workbook.telling import Teller, first_of

Fills = Mapping[int, Mapping[str, str]]
"""Row number -> letters of a column -> colour of the cell, for cells that have one."""
NO_FILLS: Fills = {}
"""Colours where there are none."""
_FEWEST_ROWS = 4
"""Rows in which stripes are told from rows that were coloured by hand."""
_FEWEST_ALIKE = 5
"""People whose cells of a column are alike where the column is shaded, and not marked."""
_WHITE = {"indexed": (1, 9, 64, 65), "auto": (1,)}
"""Kind of a colour -> its values that are white or the window's own."""


def colours_of(values: Any) -> dict[int, str]:
    """Number of a cell's style -> its colour, for styles that have one but white.

    `values`: the openpyxl workbook. A style whose fill is not there has no colour.
    """
    names = [_name(fill) for fill in values._fills]
    styles = enumerate(values._cell_styles)
    return {i: names[s.fillId] for i, s in styles if s.fillId < len(names) and names[s.fillId]}


def colours_in(row: Sequence[tuple[Any, Any]], colours: Mapping[int, str]) -> dict[str, str]:
    """Letters of a column -> colour of its cell in a row, where it has one."""
    from openpyxl.utils import get_column_letter

    styles = (getattr(cell, "_style_id", 0) for cell, _ in row)
    return {
        get_column_letter(place): colours[style]
        for place, style in enumerate(styles, start=1)
        if style in colours
    }


def _name(fill: Any) -> str:
    """What tells a fill apart from others; empty for none and for white."""
    kind = getattr(fill, "fill_type", None)
    if kind in (None, "none"):
        return ""
    if kind != "solid":
        return repr(fill)
    colour = fill.fgColor
    value = colour.value
    is_white = value in _WHITE.get(colour.type, ())
    if colour.type == "rgb":
        is_white = str(value)[-6:].upper() == "FFFFFF" or value == "00000000"
    elif colour.type == "theme":
        is_white = value == 0 and not colour.tint
    return "" if is_white else f"{colour.type} {value} {colour.tint}"


def struck_through(values: Any) -> set[int]:
    """Numbers of the styles of the openpyxl workbook `values` that strike the text through."""
    struck = [bool(font.strike) for font in values._fonts]
    styles = enumerate(values._cell_styles)
    return {i for i, style in styles if style.fontId < len(struck) and struck[style.fontId]}


def coloured_by_hand(
    fills: Fills, rows: Sequence[int], columns: Sequence[str], beside: Collection[str], head: int
) -> Iterator[tuple[int, str]]:
    """Yield (row number, column) of the people's cells that may be coloured instead of marked.

    Left out are stripes over whole rows, rows whose name has the same colour, and columns in one
    colour.

    Parameters
    ----------
    fills
        Of the grid.
    rows
        Numbers of the rows of people.
    columns
        Letters of the sessions' columns.
    beside
        Letters of the columns with ids and names.
    head
        Number of the last row of the head.
    """
    colours = {number: fills.get(number, {}) for number in rows}
    shaded = {c: _shade(c, colours, head=fills.get(head, {}).get(c, "")) for c in columns}
    own = {
        number: {c: row[c] for c in columns if c in row and row[c] != shaded[c]}
        for number, row in colours.items()
    }
    unshaded = [c for c in columns if not shaded[c]]
    stripes = _stripes([_base(colours[number], columns, unshaded) for number in rows])
    for number, stripe in zip(rows, stripes, strict=True):
        known = {stripe, *(colours[number].get(c, "") for c in beside)}
        yield from ((number, c) for c, colour in own[number].items() if colour not in known)


def _shade(column: str, colours: Fills, *, head: str) -> str:
    """The one colour of all people's cells in a column; empty where it is none of the sheet's."""
    found = {row.get(column, "") for row in colours.values()}
    if len(found) != 1:
        return ""
    (colour,) = found
    return colour if colour == head or len(colours) >= _FEWEST_ALIKE else ""


def _base(row: Mapping[str, str], columns: Collection[str], unshaded: Collection[str]) -> str:
    """The most common colour of a row whose cells all have one; empty for any other row."""
    if not unshaded or any(c not in row for c in unshaded):
        return ""
    return Counter(row[c] for c in columns if c in row).most_common(1)[0][0]


def _stripes(bases: Sequence[str]) -> Sequence[str]:
    """Colours of rows that alternate, or are all the same; blanks where they do neither."""
    alternate = all(one == other for one, other in zip(bases, bases[2:], strict=False))
    return bases if alternate and len(bases) >= _FEWEST_ROWS else [""] * len(bases)


def ask_about(teller: Teller, found: Sequence[tuple[int, str]], *, alone: bool) -> None:
    """Add what is to be told of coloured cells without marks in a grid: a note, or a fault.

    `alone`: whether nothing else says who can come.
    """
    if not found:
        return
    cells = [f"{column}{number}" for number, column in found]
    said = Message("workbook.colors_without_marks", n=len(cells), cells=first_of(cells))
    bad = Bad("colored_cells", said, Message("workbook.write_marks_for_colors"))
    if alone:
        teller.refuse(bad, cells[0])
    else:
        teller.note(said, cells[0], remedy=bad.remedy, code=bad.code)
