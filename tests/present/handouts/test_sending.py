"""The tables by which messages are sent: copy, click, tick."""

from __future__ import annotations

import csv
import datetime as dt
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from shiftplan import Center, InputError, Problem, Roster
from shiftplan.files import read_sent
from shiftplan.present import write_handouts
from shiftplan.present.handouts import Owner, sending
from shiftplan.testing.pictures import parse, plan

FIRST = parse("ana M A\nbob M .")
EACH: dict[str, dict[str, Any]] = {
    "ana": {"name": "Đặng Thị An"},
    "bob": {"name": "=Bùi Ba", "phone": "0912.345.678", "contact": "fb.com/ba"},
    "cem": {"name": "+Cẩm", "contact": "cem@example.org"},
}
CENTERS = (Center(center_id="home", name="Xã Định Hòa", phone="0296 3852 999"),)


def week(**fields: Any) -> Problem:
    return plan("MA", "ana bob cem", each=EACH, centers=CENTERS, **fields)


def table(folder: Path) -> list[dict[str, str]]:
    text = (folder / "messages" / "messages.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(keepends=True)))


def sheet(folder: Path) -> Any:
    return load_workbook(folder / "messages" / "messages.xlsx").worksheets[0]


def rows(of: Any) -> list[dict[str, Any]]:
    """Cells of each row by their heading."""
    heads = [cell.value for cell in of[3]]
    return [dict(zip(heads, row, strict=True)) for row in of.iter_rows(min_row=4)]


def tick(folder: Path, ids: str, mark: str = "✓") -> None:
    path = folder / "messages" / "messages.xlsx"
    book = load_workbook(path)
    for row in rows(book.worksheets[0]):
        if row["Id"].value in ids.split():
            row["Sent"].value = mark
    book.save(path)


def sent(folder: Path) -> dict[str, str]:
    return {row["id"]: row["sent"] for row in table(folder) if row["sent"]}


def test_the_csv_table_has_a_link_and_a_place_for_a_tick(tmp_path: Path) -> None:
    """Further columns than before stand at the end; who can be reached comes first."""
    write_handouts(week(), FIRST, tmp_path)

    found = table(tmp_path)

    assert list(found[0]) == [
        "file",
        "kind",
        "id",
        "name",
        "phone",
        "contact",
        "message",
        "link",
        "sent",
        "week",
    ]
    assert [row["id"] for row in found] == ["bob", "cem", "ana", "home"]
    assert [row["link"].partition("?")[0] for row in found] == [
        "https://zalo.me/0912345678",
        "mailto:cem@example.org",
        "",
        "tel:02963852999",
    ]
    assert found[0]["file"] == "Bui Ba (bob).txt"
    assert found[0]["name"] == "'=Bùi Ba"
    assert not sent(tmp_path)
    texts = {p.name: p.read_text(encoding="utf-8") for p in (tmp_path / "messages").glob("*.txt")}
    assert {row["file"]: row["message"] + "\n" for row in found} == texts


@pytest.mark.parametrize(
    ("lang", "heads", "kind"),
    [
        ("en", "Name|Phone|Contact|Message|Zalo|SMS|Sent|File|For|Id|Week from", "volunteer"),
        (
            "vi",
            "Tên|Số điện thoại|Liên hệ|Tin nhắn|Zalo|SMS|Đã gửi|Tệp|Gửi cho|Mã|Tuần từ ngày",
            "tình nguyện viên",
        ),
    ],
)
def test_the_workbook_can_be_worked_through(
    tmp_path: Path, lang: str, heads: str, kind: str
) -> None:
    """Frozen head, filter, wrapped text, links that open, a list to choose the tick from."""
    write_handouts(week(), FIRST, tmp_path, lang=lang)

    found = sheet(tmp_path)

    assert [cell.value for cell in found[3]] == heads.split("|")
    assert (found.freeze_panes, found.auto_filter.ref) == ("B4", "A3:K7")
    bob = next(iter(found.iter_rows(min_row=4)))
    told = ["Zalo", "SMS", None, "Bui Ba (bob).txt", kind, "bob", "2026-12-07"]
    assert [cell.value for cell in bob[4:]] == told
    assert bob[3].value == table(tmp_path)[0]["message"]
    assert bob[3].alignment.wrap_text
    links = [cell.hyperlink.target for cell in bob if cell.hyperlink]
    assert links[:3] == ["tel:+84912345678", "https://fb.com/ba", "https://zalo.me/0912345678"]
    assert links[3].startswith("sms:+84912345678?body=")
    (box,) = found.data_validations.dataValidation
    assert (box.formula1, str(box.sqref), box.showErrorMessage) == ('"✓"', "G4:G7", False)


def test_links_stand_where_they_are_looked_for(tmp_path: Path) -> None:
    """A phone in the contact, one that is no mobile, and columns that nobody needs."""
    each = {
        "ana": {"name": "An", "contact": "gọi 0987 654 321"},
        "bob": {"name": "Ba", "phone": "0296 3852 999", "contact": "ba@example.org"},
    }
    problem = plan("M", "ana bob", each=each)
    horizon = problem.horizon.model_copy(update={"country": "DE"})
    write_handouts(problem, parse("ana M\nbob M"), tmp_path / "vn")
    write_handouts(problem.model_copy(update={"horizon": horizon}), parse("bob M"), tmp_path / "de")

    ana, bob, *_ = rows(sheet(tmp_path / "vn"))
    there = sheet(tmp_path / "de")

    assert ana["Contact"].hyperlink.target == "tel:+84987654321"
    assert ana["Phone"].value is ana["Phone"].hyperlink is None
    assert ana["Zalo"].hyperlink.target == "https://zalo.me/0987654321"
    assert bob["Phone"].hyperlink.target == "tel:02963852999"
    assert bob["Contact"].hyperlink.target.startswith("mailto:ba@example.org?subject=")
    assert bob["Zalo"].value is bob["SMS"].value is None
    assert not sheet(tmp_path / "vn").column_dimensions["E"].hidden
    assert [there.column_dimensions[c].hidden for c in "EF"] == [True, False]


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)


@settings(max_examples=8)
@given(NAMES | st.sampled_from(["_x000D_", "'=1+1", "=1", "a\u0301", "\ufeff", "'"]))
def test_ticks_stay_whatever_people_are_called(name: str) -> None:
    """Through a workbook and back."""
    problem = plan("M", "ana", each={"ana": {"name": name}})
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        write_handouts(problem, parse("ana M"), out)
        tick(out, "ana")
        write_handouts(problem, parse("ana M"), out)

        assert sent(out) == {"ana": "✓"}


def test_nothing_in_the_workbook_is_a_formula(tmp_path: Path) -> None:
    """Names such as `=Bùi Ba` are text, also after they are opened and saved."""
    write_handouts(week(), FIRST, tmp_path)

    for row in sheet(tmp_path).iter_rows():
        assert all(cell.data_type != "f" for cell in row)
        assert all(isinstance(cell.value, str | None) for cell in row)


def test_ticks_stay_at_messages_that_are_the_same(tmp_path: Path) -> None:
    """bob's message is the same in the second version; ana's is not, and cem has none any more."""
    write_handouts(week(), FIRST, tmp_path)
    tick(tmp_path, "ana bob cem")

    write_handouts(week(), parse("ana M .\nbob M ."), tmp_path)

    assert sent(tmp_path) == {"bob": "✓", "cem": "✓"}
    book = tmp_path / "messages" / "messages.xlsx"
    assert set(read_sent(book, week())) == {Owner("volunteer", "bob"), Owner("volunteer", "cem")}
    write_handouts(week(), parse("ana M .\nbob M ."), tmp_path, before=FIRST)
    assert sent(tmp_path) == {}


def test_who_was_not_sent_the_last_message_reads_all_of_the_next(tmp_path: Path) -> None:
    """ana was told; bob, whose message is still unsent, reads his whole week and not nothing."""
    write_handouts(week(), FIRST, tmp_path)
    tick(tmp_path, "ana home")
    after = parse("ana M .\nbob M .\ncem . M")

    write_handouts(week(), after, tmp_path, before=FIRST)

    told = {row["id"]: row["message"].splitlines() for row in table(tmp_path)}
    assert set(told) == {"ana", "bob", "cem", "home"}
    assert told["ana"][1] == "there is a change to your shifts from Mon 07 Dec to Sun 13 Dec:"
    assert told["bob"][1] == told["cem"][1] == ("you have one shift from Mon 07 Dec to Sun 13 Dec:")
    tick(tmp_path, "bob cem")
    write_handouts(week(), after, tmp_path, before=after)
    assert [row["id"] for row in table(tmp_path)] == ["ana", "home"]


def test_where_nothing_is_ticked_all_are_taken_for_sent(tmp_path: Path) -> None:
    """Most people send without ticking; only changes are written."""
    write_handouts(week(), FIRST, tmp_path)

    write_handouts(week(), parse("ana M .\nbob M ."), tmp_path, before=FIRST)

    assert [row["id"] for row in table(tmp_path)] == ["ana", "home"]


def test_ticks_of_the_csv_table_stay_too(tmp_path: Path) -> None:
    """A spreadsheet has saved it with other ends of lines; a blank in the workbook is no answer."""
    write_handouts(week(), FIRST, tmp_path)
    path = tmp_path / "messages" / "messages.csv"
    found = table(tmp_path)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(found[0])
        for row in found:
            text = row["message"].replace("\n", "\r\n")
            marks = {"bob": "rồi 5/12", "ana": "chưa"}
            writer.writerow([*(row | {"message": text, "sent": marks.get(row["id"], "")}).values()])

    write_handouts(week(), FIRST, tmp_path)

    assert sent(tmp_path) == {"bob": "rồi 5/12"}
    assert [row["Sent"].value for row in rows(sheet(tmp_path))] == ["rồi 5/12", None, None, None]


@pytest.mark.parametrize("name", ["messages.csv", "messages.xlsx"])
def test_a_table_that_cannot_be_read_is_not_replaced(tmp_path: Path, name: str) -> None:
    """Its ticks would be lost."""
    write_handouts(week(), FIRST, tmp_path)
    path = tmp_path / "messages" / name
    path.write_bytes(b"broken \xff")

    with pytest.raises(InputError) as error:
        write_handouts(week(), Roster(), tmp_path)

    assert {fault.file for fault in error.value.faults} == {name}
    assert path.read_bytes() == b"broken \xff"


def test_without_openpyxl_there_is_the_csv_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No workbook of an earlier roster stays beside it."""
    write_handouts(week(), FIRST, tmp_path)
    for module in ("shiftplan.present.handouts", "shiftplan.present.handouts.sending"):
        monkeypatch.setattr(f"{module}.has_openpyxl", lambda: False)

    write_handouts(week(), FIRST, tmp_path)

    assert not (tmp_path / "messages" / "messages.xlsx").exists()
    assert len(table(tmp_path)) == 4


def test_a_message_too_long_for_a_cell_is_in_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is never cut, and a tick beside it says nothing of the next one."""
    monkeypatch.setattr(sending, "_LONGEST_CELL", 200)
    write_handouts(week(), FIRST, tmp_path)
    tick(tmp_path, "ana cem")

    told = {row["Id"].value: row["Message"].value for row in rows(sheet(tmp_path))}
    assert told["ana"] == "This message is too long for a cell. It is in Dang Thi An (ana).txt."
    assert told["cem"].startswith("Hello +Cẩm,\n")
    write_handouts(week(), FIRST, tmp_path)
    assert sent(tmp_path) == {"cem": "✓"}


def test_links_beyond_those_that_excel_takes_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The phone is still there to be typed."""
    monkeypatch.setattr(sending, "_MOST_LINKS", 2)

    write_handouts(week(), FIRST, tmp_path)

    cells = [cell for row in sheet(tmp_path).iter_rows() for cell in row]
    assert sum(cell.hyperlink is not None for cell in cells) == 2


def test_a_deadline_reaches_the_tables(tmp_path: Path) -> None:
    """As it does the files."""
    write_handouts(week(), FIRST, tmp_path, deadline=dt.datetime(2026, 12, 6, 18), lang="vi")

    assert "Anh/chị vui lòng xác nhận trước 18:00 Chủ nhật 06/12." in table(tmp_path)[2]["message"]


@pytest.mark.skipif(os.name == "nt", reason="pipes have no names there")
def test_what_is_no_file_has_no_ticks(tmp_path: Path) -> None:
    """A folder of others under the name of the table stays; a pipe would never end."""
    place = tmp_path / "messages" / "messages.csv"
    place.mkdir(parents=True)

    assert sending.ticks_of(place.parent) == {}
    place.rmdir()
    os.mkfifo(place)
    assert sending.ticks_of(place.parent) == {}
