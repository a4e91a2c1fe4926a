"""Workbooks for tests: the tiny week as sheets, and hostile packages."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

from files.weeks import TINY, refused
from openpyxl import Workbook

from shiftplan.errors import Fault
from shiftplan.files import read_workbook


def tiny_book(**changed: str) -> Workbook:
    """The tiny week as a workbook of texts, some tables changed; blank tables are left out."""
    book = Workbook()
    book.remove(book.active)
    for table, text in (TINY | changed).items():
        if text:
            sheet = book.create_sheet(table)
            for row in csv.reader(io.StringIO(text)):
                sheet.append([cell or None for cell in row])
    return book


def saved(book: Workbook, folder: Path, name: str = "week.xlsx") -> Path:
    """Save a workbook."""
    path = folder / name
    book.save(path)
    return path


def faults_of(path: Path) -> tuple[Fault, ...]:
    """What reading a workbook complains about."""
    return refused(read_workbook, path)


def places(faults: tuple[Fault, ...]) -> list[tuple[str, str, str]]:
    """(code, sheet, cell) of each fault."""
    return [(f.code, f.sheet, f.cell) for f in faults]


def with_parts(path: Path, **parts: Any) -> Path:
    """Replace parts of a saved workbook: `sheet1` is the first sheet; bytes, or bytes -> bytes."""
    names = {f"sheet{i}": f"xl/worksheets/sheet{i}.xml" for i in range(1, 20)}
    names |= {"texts": "xl/sharedStrings.xml", "workbook": "xl/workbook.xml"}
    changed = {names.get(key, key): value for key, value in parts.items()}
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    for name, value in changed.items():
        content[name] = value(content[name]) if callable(value) else value
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def sheet_xml(rows: bytes) -> bytes:
    """A sheet with some rows of XML."""
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    start = b"<?xml version='1.0'?><worksheet " + space + b"><sheetData>"
    return start + rows + b"</sheetData></worksheet>"
