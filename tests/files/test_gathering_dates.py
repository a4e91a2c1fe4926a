"""How dates, hours and lists of many teams are read: each file by itself, and by the week."""

from __future__ import annotations

import io
from pathlib import Path

from files.deliveries import PEOPLE, SHARED, TIMES, give, team, told
from files.weeks import TINY
from openpyxl import Workbook
from rich.console import Console

from shiftplan.files.gathering import gather
from shiftplan.present.gathering import GatheredWords, show_gathered


def test_faults_keep_their_file_sheet_and_cell(teams: Path) -> None:
    """Of many files, each tells of its own; two of one sheet name are told apart."""
    for name, home in (("x", "00430"), ("y", "00431")):
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Volunteers"
        sheet.append(["Volunteer id", "Name", "Home center id", "Most shifts"])
        sheet.append([f"{name}1", "An", home, "many"])
        sheet.append([f"{name}2", f"Bình {name}", "nowhere", 3])
        book.save(teams / f"{name}.xlsx")
    give(teams, "z", availability=TIMES)

    gathered = gather(teams)

    assert [(f.file, f.sheet, f.cell, f.code) for f in gathered.faults] == [
        ("x.xlsx", "Volunteers", "D2", "not_a_whole_number"),
        ("x.xlsx", "Volunteers", "C3", "unknown_id"),
        ("y.xlsx", "Volunteers", "D2", "not_a_whole_number"),
        ("y.xlsx", "Volunteers", "C3", "unknown_id"),
    ]
    assert [d.state for d in gathered.deliveries if d.name.endswith(".xlsx")] == ["faulty"] * 2


def test_each_file_has_its_own_decimal_commas_and_dates(teams: Path) -> None:
    """A file with semicolons, or the month first, does not change how others are read."""
    give(
        teams,
        "a",
        volunteers="volunteer_id;name;home_center_id;show_rate\nA1;An;00430;0,5\n",
        availability="volunteer_id;date;start;end\nA1;12/07/2026;07:00;11:00\nA1;12/13/2026;07:00;11:00\n",
    )
    give(
        teams,
        "b",
        volunteers="volunteer_id,name,home_center_id,show_rate\nA2,Bình,00431,0.25\n",
        availability=TIMES + "A2,07/12/2026,07:00,11:00,available\nA2,13/12/2026,07:00,11:00,\n",
    )

    gathered = gather(teams)

    assert gathered.problem is not None
    assert [v.show_rate for v in gathered.problem.volunteers] == [0.5, 0.25]
    assert [w.start.day for w in gathered.problem.availability] == [7, 13, 7, 13]


def test_names_mean_people_of_the_same_file_first(teams: Path) -> None:
    """Two teams may each have an An; a team's own grid means its own."""
    team(teams, "a", "A1,An,00430,", times="An,2026-12-07,07:00,11:00,available\n")
    team(teams, "b", "A2,An,Hòn Đất,", times="An,2026-12-08,13:00,17:00,available\n")

    gathered = gather(teams)

    assert gathered.problem is not None
    assert [(w.volunteer_id, w.start.day) for w in gathered.problem.availability] == [
        ("A1", 7),
        ("A2", 8),
    ]
    assert {d.name: d.center_id for d in gathered.deliveries} == {
        "_shared/": "",
        "a/": "00430",
        "b/": "00431",
    }


def test_a_window_without_a_date_is_a_fault(teams: Path) -> None:
    """Also where another file has one of the same person."""
    team(teams, "a", "A1,An,00430,", times="A1,2026-12-07,07:00,11:00,\n")
    give(
        teams, "other", volunteers=PEOPLE + "A2,Bình,00431,\n", availability=TIMES + "A1,,7h,11h,\n"
    )

    gathered = gather(teams)

    assert [(f.code, f.file, f.column) for f in gathered.faults] == [
        ("missing_value", "other/availability.csv", "date")
    ]


def test_a_broken_cell_of_a_copy_is_a_fault(teams: Path) -> None:
    """It is told where it stands, though the row is taken from another file."""
    broken = SHARED["centers"].replace("10.2,", "north,")
    team(teams, "a", "A1,An,00430,", centers=broken)

    gathered = gather(teams)

    assert told(gathered) == []
    assert [(f.file, f.row, f.column, f.value) for f in gathered.faults] == [
        ("a/centers.csv", 3, "lat", "north")
    ]


def test_the_week_decides_how_dates_and_hours_of_each_team_are_read(teams: Path) -> None:
    """Dates without a year and parts of the day mean those of the shifts that all share."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Bảng đăng ký"
    for row in (
        ("Mã tình nguyện viên", "Tên", "Ngày", "Thứ 2 7/12", "8/12"),
        (None, None, "Giờ bắt đầu", "7h", "13h"),
        (None, None, "Giờ kết thúc", "11h", "17h"),
        ("A1", "An", None, "x", "x"),
    ):
        sheet.append(row)
    people = book.create_sheet("Tình nguyện viên")
    people.append(("Mã tình nguyện viên", "Tên", "Mã trung tâm gần nhà", "Kỹ năng: Dịch vụ công"))
    people.append(("A1", "An", "00430", 3))
    book.save(teams / "x.xlsx")
    give(
        teams,
        "y",
        volunteers="volunteer_id,name,home_center_id,skill.portal\nA2,Bình,00431,2\n",
        availability=TIMES + "A2,08/12/2026,07:00,11:00,available\n",
    )

    gathered = gather(teams)

    assert [str(fault) for fault in gathered.faults] == []
    assert gathered.problem is not None
    assert [(w.volunteer_id, w.start.day) for w in gathered.problem.availability] == [
        ("A1", 7),
        ("A1", 8),
        ("A2", 8),
    ]
    assert [v.skills[0].level for v in gathered.problem.volunteers] == [3, 2]


def test_a_workbook_that_tells_the_week_tells_it_the_others(tmp_path: Path) -> None:
    """Whichever name it has, the grids of the others are read by its shifts."""
    for name, tables in (("a", ("availability", "volunteers")), ("z", SHARED)):
        book = Workbook()
        book.remove(book.active)
        for table in tables:
            sheet = book.create_sheet(table)
            for line in TINY[table].splitlines():
                sheet.append([cell or None for cell in line.split(",")])
        if name == "a":
            del book["availability"]
            grid = book.create_sheet("availability_grid")
            for row in (
                ("volunteer_id", "name", "date", "7/12", "8/12"),
                (None, None, "start", "07:00", "13:00"),
                (None, None, "end", "11:00", "17:00"),
                ("A1", "An", None, "x", None),
                ("A2", "Bình", None, None, "x"),
            ):
                grid.append(row)
        book.save(tmp_path / f"{name}.xlsx")

    gathered = gather(tmp_path)

    assert [str(fault) for fault in gathered.faults] == []
    assert gathered.problem is not None
    assert [w.start.day for w in gathered.problem.availability] == [7, 8]


def test_dates_of_a_file_are_not_proven_by_those_of_another(teams: Path) -> None:
    """A column that is unclear in its own file is one fault, whatever other files prove."""
    give(teams, "_shared", horizon="start,days\n2026-01-01,365\n")
    rows = "A1,07/12/2026,07:00,11:00,\nA1,08/12/2026,07:00,11:00,\nA1,09/12/2026,07:00,11:00,\n"
    team(teams, "a", "A1,An,00430,", times=rows)
    team(teams, "b", "A2,Bình,00431,", times="A2,13/12/2026,07:00,11:00,\n")

    gathered = gather(teams)

    assert gathered.problem is None
    assert [(f.code, f.file, f.row, f.more) for f in gathered.faults] == [
        ("ambiguous_date", "a/availability.csv", 2, 2)
    ]


def test_people_and_times_may_come_in_files_of_their_own(teams: Path) -> None:
    """Either file counts who offered time, wherever that stands; an empty form says what it is."""
    places = [teams / name for name in ("volunteers 00430.csv", "availability 00430.csv")]
    places += [teams / "volunteers 00431.csv"]
    texts = [PEOPLE + "A1,An,00430,\n", TIMES + "A1,2026-12-07,07:00,11:00,\n", PEOPLE]
    for place, text in zip(places, texts, strict=True):
        place.write_text(text, encoding="utf-8")

    gathered = gather(teams)

    states = {d.name: (d.people, d.able, d.state) for d in gathered.deliveries}
    assert states[places[0].name] == states[places[1].name] == (1, 1, "delivered")
    assert states[places[2].name] == (0, 0, "doubtful")
    words = {lang: GatheredWords(gathered, lang) for lang in ("en", "vi")}
    assert words["en"].notes(gathered.deliveries[-1]) == ["it lists no people"]
    assert words["vi"].notes(gathered.deliveries[-1]) == ["tệp không có tên người nào"]


def test_lists_under_other_names_are_told_from_notes(teams: Path) -> None:
    """They are to be renamed, or read as answers; the place of a note names column and title."""
    book = Workbook()
    book.active.append(["Họ và tên", "Thời gian rảnh"])
    book.active.append(["An", "sáng thứ 2"])
    book.save(teams / "Mỹ Thới.xlsx")
    (teams / "Câu trả lời.csv").write_text("Họ và tên\nAn\n", encoding="utf-8")
    listed = "Họ và tên,Đơn vị\nAn,Rạch Giá\n"
    (teams / "volunteers 00430.csv").write_text(listed, encoding="utf-8")

    gathered = gather(teams)

    words = GatheredWords(gathered, "vi")
    notes = {d.name: words.notes(d) for d in gathered.deliveries}
    (line,) = notes["Mỹ Thới.xlsx"][:1]
    assert "có vẻ là danh sách người hoặc câu trả lời của họ" in line
    assert "shiftplan availability" in line
    assert notes["volunteers 00430.csv"][0].startswith("dòng 1, cột “Đơn vị”: 'Đơn vị': được đọc")
    console = Console(file=io.StringIO(), width=90)
    show_gathered(console, gathered, "en")
    shown = console.file.getvalue()
    assert "Câu trả lời.csv\nRead answers to forms" in shown
