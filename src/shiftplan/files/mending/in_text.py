"""Cells of CSV files: what they show, and a file with another text in one of them.

Path -> rows; path and cell -> bytes, in which all other rows, ends of lines and the encoding stay.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from shiftplan.files.csv_text import neutral, plain, quoted, sign_between
from shiftplan.files.text import read_text

_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks and their encodings; a file without one is UTF-8."""


def rows(file: Path) -> dict[int, tuple[str, ...]]:
    """What the cells of a file show, by row; InputError where it cannot be read."""
    text = read_text(file)
    between = sign_between(text, file.stem)
    cells = ((n, tuple(plain(c.strip()) for c in row)) for n, _, row in _records(text, between))
    return {number: row for number, row in cells if any(row)}


def with_cells(file: Path, texts: Mapping[tuple[int, int], str]) -> bytes:
    """The bytes of a file with other texts in some cells; rows after its last one may be new.

    `texts`: (row, column) -> text. InputError: it cannot be read.
    """
    between = sign_between(read_text(file), file.stem)
    data = file.read_bytes()
    mark, encoding = next((m for m in _MARKS if data.startswith(m[0])), (b"", "utf-8"))
    whole = data[len(mark) :].decode(encoding)
    wanted: dict[int, dict[int, str]] = {}
    for (row, column), text in texts.items():
        kept = text if _NUMBER.fullmatch(text) else neutral(" ".join(text.split()))
        wanted.setdefault(row, {})[column] = kept
    lines, made, last = list(io.StringIO(whole, newline="")), list[str](), 0
    for number, place, cells in _records(whole, between):
        last, old = number, "".join(lines[place])
        new = wanted.get(number)
        made.append(old if new is None else _line(cells, new, between) + _end_of(old))
    if any(row > last for row in wanted):
        end = _end_of(lines[0]) if lines else "\n"
        if made and not _end_of(made[-1]):
            made[-1] += end
        rows = range(last + 1, max(wanted) + 1)
        made += [_line([], wanted.get(row, {}), between) + end for row in rows]
    return mark + "".join(made).encode(encoding)


def _line(cells: list[str], texts: Mapping[int, str], between: str) -> str:
    """A row with other texts in some columns; fields that it lacks are blank."""
    filled = cells + [""] * (max(texts, default=0) - len(cells))
    for column, text in texts.items():
        filled[column - 1] = text
    return between.join(map(quoted, filled))


def _end_of(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _records(text: str, between: str) -> Iterator[tuple[int, slice, list[str]]]:
    """Yield number, lines and cells of each row.

    From a row with broken quotes on, each line is a row, so that it can be mended.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    number = first = 0
    with suppress(csv.Error):
        for cells in reader:
            number += 1
            yield number, slice(first, reader.line_num), cells
            first = reader.line_num
    for line in list(io.StringIO(text, newline=""))[first:]:
        number += 1
        yield number, slice(first, first + 1), _cells(line, between)
        first += 1


def _cells(line: str, between: str) -> list[str]:
    """Cells of a line by itself; one that is longer than a cell may be is one cell."""
    try:
        return next(csv.reader([line], delimiter=between), [])
    except csv.Error:
        return [line]
