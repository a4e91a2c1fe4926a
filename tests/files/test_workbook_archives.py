"""Archives that no spreadsheet program packs are refused, whatever they tell of themselves."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import pytest
from books import faults_of, saved, tiny_book, with_parts

from shiftplan.files import read_workbook

SHEET, TYPES, PICTURE = "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/media/image1.png"


def packed(path: Path, form: int, told: dict[str, int] | None = None) -> Path:
    """Pack the parts of a workbook again; `told`: sizes and check sums as if parts ended there."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", form) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        for name, size in (told or {}).items():
            info = archive.getinfo(name)
            info.file_size, info.CRC = size, zlib.crc32(parts[name][: size + 1])
    return path


@pytest.mark.parametrize("form", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_both_usual_packings_are_read(form: int, tmp_path: Path) -> None:
    """Parts that are stored or deflated."""
    assert read_workbook(packed(saved(tiny_book(), tmp_path), form)).centers


@pytest.mark.parametrize("form", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_packings_are_refused(form: int, tmp_path: Path) -> None:
    """They unpack a small part to gigabytes at once, and no spreadsheet program has them."""
    (fault,) = faults_of(packed(saved(tiny_book(), tmp_path), form))

    assert fault.code == "not_a_workbook"
    assert "uses a compression unknown to spreadsheet programs" in str(fault.message)
    assert str(fault.remedy) == "Open it in a spreadsheet program and save it as .xlsx."


@pytest.mark.parametrize("more", [1, 2, 5_000_000])
@pytest.mark.parametrize("part", [SHEET, TYPES, PICTURE])
def test_a_part_that_is_larger_than_it_tells_is_refused(
    part: str, more: int, tmp_path: Path
) -> None:
    """Also where what it tells of is a whole part, and the rest only fills memory."""
    path = with_parts(saved(tiny_book(), tmp_path), **{PICTURE: b"picture"})
    with zipfile.ZipFile(path) as archive:
        content = archive.read(part)
    with_parts(path, **{part: content + b" " * more})
    (fault,) = faults_of(packed(path, zipfile.ZIP_DEFLATED, {part: len(content)}))

    assert fault.code == "not_a_workbook"
    assert f"{part} does not have the size that the archive states" in str(fault.message)


def test_a_part_that_is_smaller_than_it_tells_is_refused(tmp_path: Path) -> None:
    """What is missing may be anything."""
    path = with_parts(saved(tiny_book(), tmp_path), **{PICTURE: b"picture"})
    (fault,) = faults_of(packed(path, zipfile.ZIP_STORED, {PICTURE: 9}))

    assert f"{PICTURE} does not have the size" in str(fault.message)


@pytest.mark.parametrize("form", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_damaged_part_in_either_packing_is_a_fault(form: int, tmp_path: Path) -> None:
    """Each packing fails in its own way when bytes in its middle are turned."""
    path = packed(saved(tiny_book(), tmp_path), form)
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo(SHEET).header_offset + 80
    content = bytearray(path.read_bytes())
    content[at : at + 40] = bytes(255 - byte for byte in content[at : at + 40])
    path.write_bytes(content)

    assert [f.code for f in faults_of(path)] == ["not_a_workbook"]
