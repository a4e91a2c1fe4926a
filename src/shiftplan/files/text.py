"""Bytes on disk as text, with faults that name the place of what cannot be read.

Path -> text.
"""

from __future__ import annotations

import codecs
import errno
import json
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from shiftplan.errors import Fault, FaultCode, InputError
from shiftplan.errors.message import Message
from shiftplan.errors.system import of_system

MOST_BYTES = 200_000_000
"""Size of a text file that is read: over a hundred times the largest table of An Giang."""
_PART = 1 << 22
"""Bytes of a part of a file."""
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Signs that no text holds."""
_ONCE_MORE = re.compile("\xe1[\xba\xbb]([\x80-\xbf]|[^\x00-\xff])")
"""A Vietnamese letter whose bytes in UTF-8 were taken for three letters of Windows-1252."""
_MOST_LETTERS = 2
"""Such letters that are enough; one may be three signs that somebody wrote."""
_SAVE_AS = Message("files.older_encoding")


def file_fault(
    code: FaultCode,
    path: Path,
    message: Message,
    remedy: str | Message = "",
    *,
    row: int | None = None,
    value: str = "",
) -> InputError:
    """Make the error of a file that cannot be used at all."""
    fault = Fault(code, path.stem, "", value, message, remedy=remedy, file=path.name, row=row)
    return InputError([fault])


def no_file(path: Path) -> InputError:
    """Make the error of a file that is not there."""
    return file_fault("missing_file", path, Message("files.no_file"), _sought(path))


def no_folder(path: Path) -> InputError:
    """Make the error of a folder that is not there."""
    return file_fault("missing_file", path, Message("files.no_folder"), _sought(path))


def _sought(path: Path) -> Message:
    """Where the path of what is not there ends."""
    whole = path.absolute()
    there = next((folder for folder in whole.parents if os.path.isdir(folder)), whole.parent)
    (name, *_) = whole.relative_to(there).parts or ("",)
    return Message("files.not_in_folder", folder=str(there), name=name)


def read_fault(path: Path, error: Exception) -> InputError:
    """Make the error of a file that the system does not read."""
    return file_fault("unreadable_file", path, Message("files.not_read", reason=of_system(error)))


def write_fault(path: Path, error: Exception) -> InputError:
    """Make the error of a file or folder that the system does not write."""
    message = Message("files.not_written", reason=of_system(error))
    return file_fault("unreadable_file", path, message)


def read_text(path: Path) -> str:
    """Read a text file in UTF-8, or in UTF-16 with its byte-order mark.

    InputError: the file is missing, not readable, too large, not text, or in another encoding.
    """
    try:
        with path.open("rb") as file:
            told = os.fstat(file.fileno())
            usual = stat.S_ISREG(told.st_mode) and told.st_size <= MOST_BYTES
            # What is no file on a disk may have no end, whatever size it tells.
            data = file.read() if usual else file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise no_file(path) from None
    except (OSError, ValueError) as error:
        raise read_fault(path, error) from None
    return text_of(data, path)


def read_json(path: Path) -> Any:
    """Read a text file that holds JSON.

    InputError: as of `read_text`, or the file is empty or no JSON.
    """
    text = read_text(path)
    if not text.strip():
        raise file_fault("empty_file", path, Message("files.file_empty"))
    try:
        return json.loads(text)
    except ValueError as error:
        message = Message("problem.broken_json", reason=str(error))
    except RecursionError:
        message = Message("problem.nested_json")
    raise file_fault("broken_json", path, message)


def text_parts(path: Path) -> Iterator[str]:
    """Yield the text that `read_text` reads in parts of whole lines, to keep it out of memory.

    InputError: as of `read_text`, perhaps after some parts.
    """
    begun = False
    try:
        with path.open("rb") as file:
            told = os.fstat(file.fileno())
            data = file.read(_PART)
            wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            if stat.S_ISREG(told.st_mode) and _PART <= told.st_size <= MOST_BYTES and not wide:
                while data:
                    more = file.read(_PART)
                    end = data.rfind(b"\n") + 1 if more else len(data)
                    if end:
                        text, begun = text_of(data[:end], path), True
                        yield text
                    data = data[end:] + more
                return
    except (OSError, ValueError, InputError):
        if begun:
            read_text(path)  # tells in which row of all it is wrong
            raise
    yield read_text(path)


def text_of(data: bytes, path: Path) -> str:
    """The text that bytes hold, in UTF-8, or in UTF-16 with its byte-order mark, as NFC.

    InputError: they are too many, no text, or in another encoding; `path` tells where they are
    from.
    """
    if len(data) > MOST_BYTES:
        message = Message("files.too_many_bytes", most=MOST_BYTES)
        raise file_fault("too_large", path, message)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        remedy = Message("files.save_sheet_as_csv")
        raise file_fault("not_text", path, Message("files.not_text"), remedy)
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start
        if wide:
            row = data[:start].decode("utf-16", "replace").count("\n") + 1
        else:
            start += len(codecs.BOM_UTF8) * data.startswith(codecs.BOM_UTF8)
            row = data[:start].count(b"\n") + 1
        value = f"byte 0x{data[start]:02X}" if start < len(data) else ""
        message = Message("files.wrong_encoding", encoding="UTF-16" if wide else "UTF-8")
        raise file_fault("wrong_encoding", path, message, _SAVE_AS, row=row, value=value) from None
    if "\xe1\xba" in text or "\xe1\xbb" in text:
        _need_once(text, path)
    found = CONTROL.search(text)
    if found is not None:
        row = text.count("\n", 0, found.start()) + 1
        value = f"character 0x{ord(found[0]):02X}"
        message = Message("files.control_character")
        raise file_fault("control_character", path, message, _SAVE_AS, row=row, value=value)
    return unicodedata.normalize("NFC", text)


def _need_once(text: str, path: Path) -> None:
    """See that text was not read in another encoding and saved so; InputError: it was."""
    found = [*islice(_ONCE_MORE.finditer(text), _MOST_LETTERS)]
    right = {match[0]: _once(match[0]) for match in found}
    if len(found) == _MOST_LETTERS and all(right.values()):
        row, sample = text.count("\n", 0, found[0].start()) + 1, found[0][0]
        message = Message("files.encoded_twice", read=sample, meant=right[sample])
        remedy = Message("files.take_earlier_copy")
        raise file_fault("wrong_encoding", path, message, remedy, row=row)


def _once(letters: str) -> str:
    """The letter that was taken for others; empty where there is none."""
    try:
        data = b"".join(c.encode("latin-1" if c <= "\xff" else "cp1252") for c in letters)
        return data.decode()
    except UnicodeError:
        return ""


def is_there(path: Path) -> bool:
    """Whether there is a file or folder; no name that the system refuses is one."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_taken(path: Path) -> bool:
    """Whether there is a file, or a folder that is not empty."""
    return is_there(path) and (not path.is_dir() or any(path.iterdir()))


def real_path(path: Path) -> Path:
    """Where a file or folder is or would be, links followed.

    InputError: no file can have this name, or links lead in a ring.
    """
    try:
        real = path.resolve()
        try:
            real.stat()
        except OSError as error:
            if error.errno == errno.ELOOP:  # which `resolve` leaves as it is from Python 3.13 on
                raise
        return real
    except (OSError, ValueError, RuntimeError) as error:
        raise write_fault(path, error) from None


def need_inside(folder: Path, file: Path) -> None:
    """See that a table is no link that leads out of its folder, which may be a link itself.

    InputError: it is; whoever may put a file into the folder could have any other one read and
    quoted.
    """
    try:
        real, home = file.resolve(), folder.resolve()
    except (OSError, RuntimeError):  # a ring of links, which reading tells
        return
    if not real.is_relative_to(home):
        message, remedy = Message("files.link_outside"), Message("files.copy_in_place")
        raise file_fault("unreadable_file", file, message, remedy)
