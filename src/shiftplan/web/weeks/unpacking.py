"""The tables of a zip, unpacked into a folder, never more than is allowed.

Bytes -> files; what no program packs for a week is refused.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from copy import copy
from io import BytesIO
from pathlib import Path

from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files.text import file_fault

MOST_BYTES = 60_000_000
"""Bytes of a body, and of all tables that it unpacks to."""
MOST_FILES = 50
"""Tables of a zip."""
LONGEST_NAME = 255
"""Bytes of a name; no disk has longer ones."""
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How tables may be packed; others cannot be unpacked piece by piece."""
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError)
_PACK_AGAIN = Message("files.zip_pack_again")


def unpack(body: bytes, name: str) -> dict[str, bytes]:
    """The tables of a zip: name of each, without its folders -> bytes.

    InputError: it is no zip, or one that is too large or packed as by no usual program.
    """
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            infos = [info for info in archive.infolist() if _is_table(info.filename)]
            total = sum(info.file_size for info in infos)
            if len(infos) > MOST_FILES or total > MOST_BYTES:
                limits = {"most": MOST_BYTES, "most_files": MOST_FILES}
                raise file_fault("too_large", Path(name), Message("files.zip_too_large", **limits))
            if not infos:
                raise _refused(name, "files.zip_without_tables")
            found: dict[str, bytes] = {}
            for info in infos:
                table = info.filename.replace("\\", "/").rpartition("/")[2]
                if len(table.encode()) > LONGEST_NAME:
                    raise _refused(name, "files.zip_long_name", table=table[:30])
                if table.casefold() in map(str.casefold, found):  # one file on most disks
                    raise _refused(name, "files.zip_table_twice", table=table)
                found[table] = _content(archive, info, table, name)
            return found
    except UnicodeDecodeError:
        raise _refused(name, "files.zip_names") from None
    except _BROKEN:
        raise _refused(name, "files.zip_broken") from None


def _is_table(name: str) -> bool:
    """Whether a part of a zip is a table; programs of Macs add files that look like some."""
    last = name.rpartition("/")[2]
    return name.lower().endswith(".csv") and not last.startswith(".") and "__MACOSX" not in name


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, table: str, name: str) -> bytes:
    """The bytes of a table, never many more than the zip states."""
    if info.flag_bits & 1:
        raise _refused(name, "files.zip_encrypted", table=table)
    if info.compress_type not in _PACKINGS:
        raise _refused(name, "files.zip_packing", table=table)
    wanted = copy(info)
    wanted.file_size += 1  # asking for one byte more shows whether the size is a lie
    with archive.open(wanted) as packed:
        content = packed.read(wanted.file_size)
    if len(content) != info.file_size:
        raise _refused(name, "files.zip_size", table=table)
    return content


def _refused(name: str, code: str, **facts: object) -> InputError:
    return file_fault("unreadable_file", Path(name), Message(code, **facts), _PACK_AGAIN)
