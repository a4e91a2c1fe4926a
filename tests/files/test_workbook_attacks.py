"""Hostile and broken workbooks end in one clear fault, and nothing large is ever built."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from books import faults_of, places, saved, sheet_xml, tiny_book, with_parts
from openpyxl import load_workbook
from weeks import TINY, refused

from shiftplan.errors import InputError
from shiftplan.errors.message import shown
from shiftplan.files import read_problem, read_workbook
from shiftplan.files.workbook import limits, raw
from shiftplan.present import write_template
from shiftplan.present.faults import fault_text
from shiftplan.present.sheets.marking import mark_faults

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("week.xlsx", b"center_id,name\n1,An\n", "not_a_workbook", "not a workbook"),
        ("week.xlsx", b"", "empty_file", "empty"),
        ("week.xls", OLE, "not_a_workbook", ".xls"),
        ("week.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "not_a_workbook", "encrypted"),
        ("week.xlsx", b"PK\x03\x04" + bytes(50), "not_a_workbook", "damaged"),
    ],
)
def test_other_files_are_refused(
    tmp_path: Path, name: str, content: bytes, code: str, words: str
) -> None:
    """Text, nothing, an old form, an encrypted workbook and a broken archive are told apart."""
    (tmp_path / name).write_bytes(content)
    (fault,) = faults_of(tmp_path / name)

    assert fault.code == code
    assert words in str(fault.message)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["mimetype", "content.xml"], ".ods"),
        (["xl/workbook.bin", "[Content_Types].xml"], ".xlsb"),
        (["word/document.xml", "[Content_Types].xml"], "not a workbook"),
    ],
)
def test_other_archives_are_refused(tmp_path: Path, names: list[str], words: str) -> None:
    """An open document, a binary workbook and a letter are told apart."""
    path = tmp_path / "week.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    (fault,) = faults_of(path)

    assert fault.code == "not_a_workbook"
    assert words in str(fault.message)


def test_a_missing_workbook_is_one_fault(tmp_path: Path) -> None:
    """There is no traceback for a file that is not there."""
    assert [f.code for f in faults_of(tmp_path / "week.xlsx")] == ["missing_file"]


def test_a_bomb_is_refused_by_its_sizes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that would unpack to more than is read is not unpacked."""
    monkeypatch.setattr(limits, "MOST_UNPACKED", 10_000_000)
    monkeypatch.setattr(limits, "_scan", lambda *part: pytest.fail("a part is unpacked"))
    path = with_parts(saved(tiny_book(), tmp_path), sheet1=sheet_xml(bytes(10_000_001)))

    assert path.stat().st_size < 50_000
    assert [f.code for f in faults_of(path)] == ["too_large"]


@pytest.mark.parametrize(
    "texts", [bytes(limits.MOST_OF_PART + 1), b"<sst>" + b"<si/>" * (limits.MOST_TEXTS + 1)]
)
def test_too_many_texts_are_refused(tmp_path: Path, texts: bytes) -> None:
    """Texts are held in memory, and so their number and size have limits of their own."""
    path = with_parts(saved(tiny_book(), tmp_path), texts=texts)

    assert [f.code for f in faults_of(path)] == ["too_large"]


@pytest.mark.parametrize("prefix", [b"", b"x:"])
def test_too_many_blank_rows_are_refused(tmp_path: Path, prefix: bytes) -> None:
    """A sheet formatted to its last row is told to be cut, whatever its XML calls rows."""
    xml = sheet_xml((b"<" + prefix + b'row r="1"/>') * (limits.MOST_ROWS + 1))
    if prefix:
        xml = xml.replace(b"<worksheet xmlns", b"<x:worksheet xmlns:x")
    (fault,) = faults_of(with_parts(saved(tiny_book(), tmp_path), sheet1=xml))

    assert fault.code == "too_large"
    assert "300,000 rows" in str(fault.message)


def test_too_many_cells_are_refused(tmp_path: Path) -> None:
    """Cells are counted before they are read."""
    xml = sheet_xml(b'<row r="1">' + b"<c/>" * (limits.MOST_CELLS + 1) + b"</row>")
    path = with_parts(saved(tiny_book(), tmp_path), sheet1=xml)

    assert [f.code for f in faults_of(path)] == ["too_large"]


def test_a_lone_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    """A blank cell in the last row and a dimension that lies leave the week as it is."""
    book = tiny_book()
    expected = read_workbook(saved(book, tmp_path))
    book["shifts"].cell(1_048_576, 3).value = ""
    path = saved(book, tmp_path)

    def lie(xml: bytes) -> bytes:
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml)

    with_parts(path, sheet6=lie)

    assert read_workbook(path) == expected


def test_cells_far_right_in_many_rows_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that are as wide as a sheet can be are not filled up with blanks one after another."""
    monkeypatch.setattr(raw, "_MOST_WIDE", 3 * 16_384)
    rows = (b'<row r="%d"><c r="XFD%d" t="n"><v>1</v></c></row>' % (i, i) for i in range(1, 5))
    path = with_parts(saved(tiny_book(), tmp_path), sheet1=sheet_xml(b"".join(rows)))

    assert [f.code for f in faults_of(path)] == ["too_large"]


@pytest.mark.parametrize("part", ["sheet1", "texts", "workbook", "xl/styles.xml"])
def test_entities_are_refused(tmp_path: Path, part: str) -> None:
    """No part may declare entities: neither to grow, nor to read other files."""
    evil = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    (fault,) = faults_of(with_parts(saved(tiny_book(), tmp_path), **{part: evil}))

    assert fault.code == "not_a_workbook"
    assert "entities" in str(fault.message)


def test_wide_letters_do_not_hide_entities(tmp_path: Path) -> None:
    """Parts in UTF-16, in which entities could hide, are refused."""
    path = with_parts(saved(tiny_book(), tmp_path), sheet1="<?xml?><a/>".encode("utf-16"))

    assert [f.code for f in faults_of(path)] == ["not_a_workbook"]


@pytest.mark.parametrize("part", ["sheet1", "texts", "workbook", "xl/styles.xml"])
@pytest.mark.parametrize("content", [b"", b"<a", b"<a/>", b"\xff\xff", b"<a><b/></a>"])
def test_broken_parts_are_no_traceback(tmp_path: Path, part: str, content: bytes) -> None:
    """Whatever a part holds, the outcome is the week or a fault."""
    expected = read_workbook(saved(tiny_book(), tmp_path))
    path = with_parts(tmp_path / "week.xlsx", **{part: content})

    with suppress(InputError):
        assert read_workbook(path) == expected


def test_macros_are_never_read(tmp_path: Path) -> None:
    """A workbook with macros is read as its tables; the macros are nobody's business."""
    expected = read_workbook(saved(tiny_book(), tmp_path))
    path = saved(tiny_book(), tmp_path, "week.xlsm")
    with_parts(path, **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro"})

    assert read_problem(path) == expected


def test_a_workbook_without_its_ending_is_recognised(tmp_path: Path) -> None:
    """A file that begins as a workbook is read as one, whatever its name."""
    path = saved(tiny_book(), tmp_path)

    assert read_problem(path.rename(tmp_path / "week.bin")).centers


def test_merged_columns_are_not_copied_cell_by_cell(tmp_path: Path) -> None:
    """A merge over the whole sheet is a fault, and no copy of a billion cells is made."""
    path = saved(tiny_book(), tmp_path)
    merge = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    with_parts(path, sheet1=lambda xml: xml.replace(b"</sheetData>", merge))
    faults = faults_of(path)

    assert ("merged_cells", "centers", "A1") in places(faults)
    assert mark_faults(path, faults, tmp_path) is None


@pytest.mark.parametrize("name", ["fill_sheet", "columns_named", "text_of"])
def test_a_bug_of_ours_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Only what openpyxl cannot read is told as damage; all else comes with its trace."""
    path = saved(tiny_book(), tmp_path)
    monkeypatch.setattr(f"shiftplan.files.workbook.reading.{name}", broken)

    with pytest.raises(AttributeError, match="ours"):
        read_workbook(path)


def test_a_bug_of_ours_is_no_workbook_that_cannot_be_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy is missing only where openpyxl cannot make it."""
    path = saved(tiny_book(skills="skill_id,name\n"), tmp_path)
    faults = faults_of(path)
    monkeypatch.setattr("shiftplan.present.sheets.marking.fault_advice", broken)

    with pytest.raises(AttributeError, match="ours"):
        mark_faults(path, faults, tmp_path)


def broken(*_: object, **__: object) -> None:
    raise AttributeError("ours")


def test_what_openpyxl_said_of_damage_is_kept(tmp_path: Path) -> None:
    """As the cause of the error, for whoever looks for the reason."""
    path = with_parts(saved(tiny_book(), tmp_path), sheet1=sheet_xml(b"<row>"))

    with pytest.raises(InputError) as caught:
        read_workbook(path)

    assert [f.code for f in caught.value.faults] == ["not_a_workbook"]
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize("piece", [b"<mergeCell ", b'<mergeCell a="', b"<mergeCell \n\n\n"])
def test_tags_without_an_end_are_looked_at_once(tmp_path: Path, piece: bytes) -> None:
    """A part of a million beginnings of tags is refused as fast as it is read."""
    path = with_parts(saved(tiny_book(), tmp_path), sheet1=sheet_xml(piece * 1_000_000))

    assert [f.code for f in faults_of(path)] == ["not_a_workbook"]


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1f"])
def test_control_characters_are_marked(tmp_path: Path, sign: str) -> None:
    """A workbook can hold what its XML cannot, as a code; so can the copy that marks it."""
    path = saved(
        tiny_book(skills=TINY["skills"].replace("portal", f"por{coded(sign)}tal")), tmp_path
    )
    faults = faults_of(path)

    assert ("invalid_value", "skills", "A2") in places(faults)
    copy = mark_faults(path, faults, tmp_path)
    assert copy is not None
    marked = load_workbook(copy)
    values = {row[0]: row[1] for row in marked["Faults"].iter_rows(min_row=2, values_only=True)}
    assert values["skills, A2"] == f"por{coded(sign)}tal"
    assert marked["skills"]["A2"].comment is not None


def coded(sign: str) -> str:
    """A character as a workbook writes what XML cannot hold."""
    return f"_x{ord(sign):04X}_"


@pytest.mark.parametrize("sign", ["\x07", "\udc80"])
def test_a_template_can_be_called_anything(tmp_path: Path, sign: str) -> None:
    """Its help names the file, with codes for signs that nobody sees or XML cannot hold."""
    path = tmp_path / f"week{sign}.xlsx"

    write_template(path, dt.date(2026, 12, 7))

    assert f"week{shown(sign)}.xlsx" in str(load_workbook(path)["Help"]["A8"].value)


ROW = '<row {}><c t="inlineStr" {}><is><t>{}</t></is></c></row>'


def rows_xml(*numbers: str) -> bytes:
    """A sheet of skills whose rows have these attributes, the header first."""
    texts = ["skill_id", *(f"k{i}" for i in range(1, len(numbers)))]
    return sheet_xml("".join(map(ROW.format, numbers, [""] * len(texts), texts)).encode())


@pytest.mark.parametrize(
    "numbers",
    [
        ('r="1"', f'r="{10**12}"'),
        ('r="1"', 'r="1048577"'),
        ('r="1"', 'r="3"', 'r="2"'),
        ('r="1"', 'r="2"', 'r="2"'),
        ('r="2"', 'r="0"'),
        ("r='1'", "r='two'"),
        ('r="1"', 'r="-2"'),
        ('spans="1:1" r="4"', "", 'r="5"'),
        ('r="1"', f'spans="{"1" * 3_000}" r="1"'),
    ],
)
def test_rows_that_are_not_numbered_upwards_are_not_dropped(
    numbers: tuple[str, ...], tmp_path: Path
) -> None:
    """Rows far below the last one, out of order, or numbered twice, are a fault of the file."""
    path = saved(tiny_book(), tmp_path)
    (fault,) = faults_of(with_parts(path, sheet2=rows_xml(*numbers)))

    assert fault.code == "not_a_workbook"
    assert str(fault.message).endswith("sheet2.xml are not numbered upwards from 1 to 1,048,576")
    assert "không được đánh số tăng dần từ 1 đến 1.048.576" in fault_text(fault, "vi")


@pytest.mark.parametrize(
    "numbers", [("", "", ""), ('r="2"', "", 'r="7"'), ('r="1"', 'xr="9" r="1048576"')]
)
def test_rows_may_have_no_numbers_and_leave_some_out(
    numbers: tuple[str, ...], tmp_path: Path
) -> None:
    """As some programs write them: each row is read, so that only `portal` is no skill now."""
    path = with_parts(saved(tiny_book(), tmp_path), sheet2=rows_xml(*numbers))

    assert {f.code for f in faults_of(path)} == {"unknown_id"}


@pytest.mark.parametrize("cells", [("B1", "A1"), ("A1", "A1"), ("C1", "A1", "B1")])
def test_cells_out_of_order_are_not_dropped(cells: tuple[str, ...], tmp_path: Path) -> None:
    """A row would be as wide as its last cell only, and keep the last of two in one place."""
    texts = (f'<c t="inlineStr" r="{cell}"><is><t>skill_id</t></is></c>' for cell in cells)
    row = f'<row r="1">{"".join(texts)}</row>'.encode()

    (fault,) = faults_of(with_parts(saved(tiny_book(), tmp_path), sheet2=sheet_xml(row)))

    assert fault.code == "not_a_workbook"


def test_rows_are_counted_where_pieces_of_a_part_meet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever a sheet is cut while it is unpacked, no row is taken twice, and none is missed."""
    good = saved(tiny_book(), tmp_path)
    bad = with_parts(saved(tiny_book(), tmp_path, "bad.xlsx"), sheet2=rows_xml('r="1"', 'r="1"'))

    for size in range(64, 160):
        monkeypatch.setattr(limits, "_CHUNK", size)
        assert limits.inspect(good).formulas == set()
        assert [f.code for f in refused(limits.inspect, bad)] == ["not_a_workbook"]
