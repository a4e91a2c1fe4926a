"""Whether a file is a workbook that can be read safely, before anything of it is parsed.

Path -> `Package`: which sheets hold formulas or merged cells; or the fault of the file.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import join, normpath

from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files.text import file_fault, no_file, read_fault

MOST_BYTES = 60_000_000
"""Size of a workbook's file."""
MOST_UNPACKED = 200_000_000
"""Size of all its parts when they are unpacked."""
MOST_OF_PART = 60_000_000
"""Size of a part that is no sheet, such as its texts, which is held in memory."""
MOST_PARTS = 2_000
MOST_ROWS = 300_000
"""Rows of one sheet that are stored, also blank ones."""
MOST_CELLS = 1_500_000
"""Cells of all sheets that are stored, also blank ones."""
MOST_TEXTS = 1_000_000
"""Different texts of all sheets."""
MOST_MERGED = 10_000
_SHEETS = "xl/worksheets/"
_PREFIX = re.compile(rb"<(\w+):(?:worksheet|sst)\b")
_CHUNK = 1 << 20
_OVERLAP = 64
_REF = re.compile(rb'<mergeCell\s[^<>]{0,200}?ref\s*=\s*["\']([A-Za-z0-9:$]{1,40})["\']')
_HIDDEN = re.compile(rb"(?:^|\s)hidden\s*=\s*[\"'](?:1|true)[\"']")
_COLUMNS = re.compile(
    rb'<col\s(?=[^<>]{0,300}?min="([0-9]{1,5})")(?=[^<>]{0,300}?max="([0-9]{1,5})")([^<>]{0,300})>'
)
_COMMENT = re.compile(
    rb'<comment\s(?=[^<>]{0,300}?ref="([A-Z]{1,3}[0-9]{1,7})")[^<>]{0,300}?authorId="([0-9]{1,9})"'
)
_AUTHOR = re.compile(rb"<author(?:/>|>([^<]*)</author>)")
_TARGET = re.compile(rb'Target="([^"<>]{1,200}comments[^"<>]{0,200})"')
LAST_ROW = 1_048_576
"""Number of the last row that a sheet can have."""
_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
_NUMBER = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([^\"']*)")
_LONGEST_TAG, _DIGITS = 1 << 16, 10
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How parts may be packed; other packings are not unpacked piece by piece."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, struct.error)
"""How an archive fails that is damaged or encrypted."""
_SAVE = Message("workbook.save_as_xlsx")


@dataclass(frozen=True)
class Package:
    """What is known of a workbook without parsing it."""

    formulas: frozenset[str]
    """Parts, such as `xl/worksheets/sheet1.xml`, that hold formulas."""
    merged: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Part -> ranges of merged cells, such as `B2:B5`."""
    hidden: dict[str, tuple[set[int], list[range]]] = field(default_factory=dict)
    """Part -> numbers of hidden rows and of hidden columns."""
    comments: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Part -> cells with comments that people wrote."""


def inspect(path: Path) -> Package:
    """Look at the parts of a workbook.

    InputError: the file is no workbook of the form .xlsx or .xlsm, is encrypted, is damaged, is
    larger than is read, or is packed or filled as by no spreadsheet program.
    """
    try:
        with path.open("rb") as file:
            start = file.read(8)
            size = file.seek(0, 2)
        if size > MOST_BYTES:
            message = Message("workbook.too_many_bytes", bytes=size, most=MOST_BYTES)
            raise file_fault("too_large", path, message)
        if not start.startswith(b"PK\x03\x04"):
            raise _other_form(path, start)
        with zipfile.ZipFile(path) as archive:
            return _package(path, archive)
    except FileNotFoundError:
        raise no_file(path) from None
    except _BROKEN:
        raise damaged(path) from None
    except (OSError, ValueError) as error:
        raise read_fault(path, error) from None


def damaged(path: Path) -> InputError:
    """Make the error of a workbook that cannot be understood."""
    return _fault(path, Message("workbook.damaged"))


def _fault(path: Path, message: Message, remedy: Message = _SAVE) -> InputError:
    return file_fault("not_a_workbook", path, message, remedy)


def _other_form(path: Path, start: bytes) -> InputError:
    if not start:
        return file_fault("empty_file", path, Message("files.file_empty"))
    if not start.startswith(b"\xd0\xcf\x11\xe0"):
        return _fault(path, Message("workbook.no_workbook"))
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return _fault(path, Message("workbook.encrypted"), Message("workbook.without_password"))
    return _fault(path, Message("workbook.old_form"))


def _package(path: Path, archive: zipfile.ZipFile) -> Package:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.bin" in names:
        raise _fault(path, Message("workbook.other_form", ending=".xlsb"))
    if "mimetype" in names and "content.xml" in names:
        raise _fault(path, Message("workbook.other_form", ending=".ods"))
    if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise _fault(path, Message("workbook.only_a_zip"))
    total = sum(part.file_size for part in parts)
    if total > MOST_UNPACKED or len(parts) > MOST_PARTS:
        limits = {"most": MOST_UNPACKED, "most_parts": MOST_PARTS, "parts": len(parts)}
        raise _too_large(path, Message("workbook.unpacked", bytes=total, **limits))
    for part in parts:
        if part.file_size > MOST_OF_PART and not part.filename.startswith(_SHEETS):
            sizes = {"bytes": part.file_size, "most": MOST_OF_PART}
            raise _too_large(path, Message("workbook.large_part", part=part.filename, **sizes))
        if part.compress_type not in _PACKINGS:
            raise _fault(path, Message("workbook.strange_packing", part=part.filename))
    formulas, merged, hidden, cells = set(), {}, {}, 0
    notes: dict[str, tuple[str, ...]] = {}
    homes: dict[str, str] = {}
    for part in parts:
        found = _scan(path, archive, part)
        cells += found.cells
        if found.rows > MOST_ROWS or cells > MOST_CELLS or found.texts > MOST_TEXTS:
            limits = {"rows": MOST_ROWS, "cells": MOST_CELLS, "texts": MOST_TEXTS}
            raise _too_large(path, Message("workbook.many_rows", part=part.filename, **limits))
        if not found.rises:
            message = Message("workbook.row_numbers", part=part.filename, last=LAST_ROW)
            raise _fault(path, message)
        if found.formulas:
            formulas.add(part.filename)
        if found.merged:
            merged[part.filename] = tuple(dict.fromkeys(found.merged))
        if found.hidden_rows or found.hidden_columns:
            hidden[part.filename] = found.hidden_rows, found.hidden_columns
        if found.comments:
            notes[part.filename] = tuple(dict.fromkeys(found.comments))
        homes |= dict.fromkeys(found.targets, part.filename.replace("_rels/", "")[: -len(".rels")])
    comments = {homes[name]: cells for name, cells in notes.items() if name in homes}
    return Package(frozenset(formulas), merged, hidden, comments)


def _too_large(path: Path, message: Message) -> InputError:
    return file_fault("too_large", path, message, Message("workbook.delete_blanks"))


@dataclass
class _Found:
    rows: int = 0
    cells: int = 0
    texts: int = 0
    formulas: bool = False
    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    """Cells with comments, but for those of templates and marked copies."""
    authors: list[bytes] = field(default_factory=list)
    """Who wrote comments, by number."""
    targets: list[str] = field(default_factory=list)
    """Parts of comments that the relations of a sheet name."""
    last_row: int = 0
    """Number of the last row so far."""
    rises: bool = True
    """Whether rows are numbered upwards; others are dropped without a word where they are read."""
    tag: bytes = b""
    """The start of a tag that goes on in the next piece."""

    def number_rows(self, text: bytes) -> None:
        """Look at the numbers of the rows in the next piece of a sheet."""
        text = self.tag + text
        end = text.rfind(b">") + 1
        self.tag = text[end:][-_LONGEST_TAG:]
        for row in _ROW.finditer(text, 0, end):
            told, number = _NUMBER.search(row[1]), self.last_row + 1
            if told is not None:
                number = int(told[1]) if told[1].isdigit() and len(told[1]) < _DIGITS else 0
            self.rises &= self.last_row < number <= LAST_ROW
            self.last_row = number
            if _HIDDEN.search(row[1]) is not None:
                self.hidden_rows.add(number)

    def look_beside(self, name: str, text: bytes) -> None:
        """Look at the next piece of a part that may tell of the comments of a sheet."""
        if name.startswith("xl/comments"):
            self.authors += _AUTHOR.findall(text)
            own = {i for i, author in enumerate(self.authors) if author == b"shiftplan"}
            cells = _COMMENT.findall(text)
            self.comments += (cell.decode() for cell, author in cells if int(author) not in own)
        elif name.startswith(f"{_SHEETS}_rels/"):
            targets = (target.decode(errors="replace") for target in _TARGET.findall(text))
            self.targets += (normpath(join("/xl/worksheets", t)).lstrip("/") for t in targets)


def _scan(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> _Found:
    found, prefix = _Found(), None
    is_sheet = part.filename.startswith(_SHEETS)
    is_xml = part.filename.endswith((".xml", ".rels", ".vml"))
    for start, piece in _pieces(path, archive, part):
        if not is_xml:
            continue
        if start and b"\0" in piece[:64]:
            raise _fault(path, Message("workbook.part_not_utf8", part=part.filename))
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
            raise _fault(path, Message("workbook.entities", part=part.filename))
        if start:
            prefix = _PREFIX.search(piece)
        plain = piece if prefix is None else piece.replace(b"<" + prefix[1] + b":", b"<")
        found.look_beside(part.filename, plain)
        if not is_sheet:
            found.texts += plain.count(b"<si>") + plain.count(b"<si ") + plain.count(b"<si/")
            continue
        found.number_rows(piece if start else piece[_OVERLAP:])
        found.rows += sum(plain.count(sign) for sign in (b"<row ", b"<row>", b"<row/"))
        found.cells += sum(plain.count(sign) for sign in (b"<c ", b"<c>", b"<c/"))
        found.formulas |= any(sign in plain for sign in (b"<f>", b"<f ", b"<f/"))
        columns = (c for c in _COLUMNS.findall(plain) if _HIDDEN.search(c[2]) is not None)
        found.hidden_columns += (range(int(first), int(last) + 1) for first, last, _ in columns)
        found.merged += [ref.decode() for ref in _REF.findall(plain)]
        if len(found.merged) > MOST_MERGED:
            message = Message("workbook.many_merged", part=part.filename, most=MOST_MERGED)
            raise _too_large(path, message)
    return found


def _pieces(
    path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo
) -> Iterator[tuple[bool, bytes]]:
    """Yield a part in pieces that overlap a little, and whether each is the first.

    InputError: the part has another size than the archive tells, by which it was found small
    enough.
    """
    size, wanted = 0, copy(part)
    wanted.file_size += 1  # one byte more than is told: whether there are more shows only then
    with archive.open(wanted) as file:
        end, first = b"", True
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            yield first, end + chunk
            end, first = chunk[-_OVERLAP:], False
    if size != part.file_size:
        raise _fault(path, Message("workbook.other_size", part=part.filename))
