"""A sheet of a workbook under another name, in all that refers to it.

Path, title and new title -> bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr, unescape

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.mending.cell_places import tag_end
from shiftplan.files.workbook import need_openpyxl, raw

BOOK = "xl/workbook.xml"
"""The part of a workbook that names its sheets."""
_SHEET = re.compile(r"<(?:\w+:)?sheet\s")
_SHEET_NAME = re.compile(r"(?<=\s)name\s*=\s*([\"'])(.*?)\1")
_NAME = re.compile(r"[^\\/?*:\[\]\x00-\x1f']{1,31}")
"""Names that sheets may have."""
_FORMULA = re.compile(
    r"<(?:\w+:)?(?:f|formula[12]?|definedName)(?:\s[^<>]*)?>[^<>]+<|\slocation=\"[^\"<>]+\""
)
"""Where parts refer to sheets by name: formulas, lists to choose from, names, links."""
_PARTS = re.compile(r"xl/(?:workbook\.xml|(?:worksheets|chartsheets|charts)/[^/]+\.xml)")
_CACHES = "xl/pivotCache/"


def renamed(week: Path, title: str, to: str) -> bytes:
    """The bytes of a workbook in which a sheet has another name.

    InputError: the name is taken or invalid, a pivot table uses the sheet, or the workbook cannot
    be read.
    """
    need_openpyxl()
    with raw.opened(week) as book, zipfile.ZipFile(week) as archive:
        taken = {sheet.title.casefold() for sheet in book.values.worksheets}
        if not _NAME.fullmatch(to) or to.casefold() in taken - {title.casefold()}:
            raise _refused(week, title, Message("files.name_is_taken", name=to))
        new: dict[str, bytes] = {}
        for part in archive.namelist():
            if part.startswith(_CACHES) and f"sheet={quoteattr(title)}".encode() in archive.read(
                part
            ):
                raise _refused(week, title, Message("files.sheet_of_pivot"))
            if _PARTS.fullmatch(part):
                xml = archive.read(part)
                try:
                    text = _with_calls(xml.decode(), title, to)
                except UnicodeDecodeError:
                    raise _refused(week, title, Message("files.mend_in_program")) from None
                text = _with_name(text, title, to) if part == BOOK else text
                new |= {part: text.encode()} if text.encode() != xml else {}
        return repacked(archive, new)


def _with_calls(xml: str, title: str, to: str) -> str:
    """A part whose formulas refer to a sheet by its new name."""
    from openpyxl.utils import quote_sheetname

    quoted, called = title.replace("'", "''"), escape(f"{quote_sheetname(to)}!")
    call = re.compile(rf"'{re.escape(escape(quoted))}'!|(?<![\w.']){re.escape(escape(title))}!")
    return _FORMULA.sub(lambda found: call.sub(lambda _: called, found[0]), xml)


def _with_name(xml: str, title: str, to: str) -> str:
    """The part of the workbook with the new name in the tag of the sheet."""

    def named(found: re.Match[str]) -> str:
        old = unescape(found[2], {"&quot;": '"', "&apos;": "'"})
        return f"name={quoteattr(to)}" if old == title else found[0]

    made, at, data = "", 0, xml.encode()
    for found in _SHEET.finditer(xml):
        start = len(xml[: found.start()].encode())
        tag = data[start : tag_end(data, start)].decode()
        made += xml[at : found.start()] + _SHEET_NAME.sub(named, tag)
        at = found.start() + len(tag)
    return made + xml[at:]


def _refused(week: Path, title: str, message: Message) -> InputError:
    remedy = Message("files.mend_in_program")
    fault = Fault("invalid_value", "", message=message, remedy=remedy, file=week.name)
    return InputError([replace(fault, sheet=title)])


def repacked(
    archive: zipfile.ZipFile, new: Mapping[str, bytes], drop: Collection[str] = ()
) -> bytes:
    """An archive with other content in some parts; order, names and dates of all stay."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for info in archive.infolist():
            if info.filename not in drop:
                content = new.get(info.filename)
                out.writestr(copy(info), archive.read(info) if content is None else content)
    return packed.getvalue()
