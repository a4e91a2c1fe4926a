"""Tables that make others: opening.csv, needs.csv and days.csv, and their faults at their rows."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from files.weeks import TINY, refused, told_at, write_texts

from shiftplan.errors import Fault, MissingExtraError
from shiftplan.files import read_problem, read_week, write_week
from shiftplan.present.faults import fault_text
from shiftplan.problem import Problem
from shiftplan.week.horizon import Horizon

HOURS = "where,days,start,end,session\n,Mon-Tue,07:00,11:00,am\n00431,T3,13h,17h,pm\n"
NEEDS = "where,days,shifts,skill_id,min_level,minimum,target\n,,,,,1,2\n00431,,pm,portal,2,0,1\n"
BLANK = {"shifts": "", "requirements": "", "demand": "", "services": ""}
"""Tables that the tiny week does not have here."""


def week(folder: Path, **changed: str) -> Path:
    """The tiny week with opening hours and standard needs instead of shifts."""
    tables = {**TINY, **BLANK, "opening": HOURS, "needs": NEEDS, **changed}
    return write_texts(folder, {name: text for name, text in tables.items() if text})


def read(folder: Path, **changed: str) -> tuple[Problem, list[Fault]]:
    notes: list[Fault] = []
    return read_week(week(folder, **changed), on_note=notes.append), notes


def seats(problem: Problem) -> dict[str, list[tuple[str, int, int]]]:
    return {
        s.shift_id: [
            (r.skill_id or "", r.minimum, r.target)
            for r in problem.requirements
            if r.shift_id == s.shift_id
        ]
        for s in problem.shifts
    }


def test_shifts_and_requirements_are_made(tmp_path: Path) -> None:
    """The horizon follows from the windows; the notes say how many were made from how many."""
    problem, notes = read(tmp_path)

    assert seats(problem) == {
        "00430-1207-am": [("", 1, 2)],
        "00430-1208-am": [("", 1, 2)],
        "00431-1207-am": [("", 1, 2)],
        "00431-1208-pm": [("", 1, 2), ("portal", 0, 1)],
    }
    assert str(problem.horizon.start) == "2026-12-07"
    assert [fault_text(note, "en").splitlines() for note in notes] == [
        ["opening.csv: 4 shifts from 2026-12-07 to 2026-12-13 made from 2 rows of opening hours",
         "    Rows in the table shifts take precedence."],
        ["opening.csv, row 3, column where: '00431': the most specific opening hours are the whole"
         " day, so these sessions of other rows are not made: am 07:00–11:00 on Tue 08 Dec",
         "    If they take place all the same, add a row for each of them with the same place and"
         " days."],
        ["needs.csv: 5 requirements made from 2 rows of standard needs",
         "    Rows in the table requirements take precedence."],
    ]  # fmt: skip
    assert "đã tạo 4 ca từ 07/12/2026 đến 13/12/2026" in fault_text(notes[0], "vi")
    assert "không tạo các buổi ở dòng khác: am 07:00–11:00 thứ Ba 08/12" in fault_text(
        notes[1], "vi"
    )
    assert "đã tạo 5 yêu cầu theo 2 dòng định mức" in fault_text(notes[2], "vi")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("00431,T3,8h,11h,am\n", {2: "pm 13:00–17:00 on Tue 08 Dec"}),
        ("00431,T2-T3,8h,11h,am\n00431,T2,13h,17h,pm\n", {2: "pm 13:00–17:00 on Tue 08 Dec"}),
        ("00431,T3,9h,15h,long\n", {}),
        ("00431,2026-12-08,8h,9h,am\n", {2: "pm 13:00–17:00 on Tue 08 Dec"}),
        ("minority,T2-T3,8h,9h,am\n", {}),
    ],
)
def test_sessions_that_a_row_replaces_by_none_are_told(
    rows: str, told: dict[int, str], tmp_path: Path
) -> None:
    """A session that meets one of the row, or has its name, is not missed."""
    hours = "where,days,start,end,session\n,T2-T6,7h,11h,am\n,T2-T6,13h,17h,pm\n"
    _, notes = read(tmp_path, opening=hours + rows)

    found = {n.index: fault_text(n, "en") for n in notes if "not made: " in fault_text(n, "en")}
    assert found.keys() == told.keys()
    assert all(f"not made: {told[i]}\n" in text for i, text in found.items())


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("1:00,5:00", "the shift from 01:00 to 05:00 is before dawn, and no other shift is at"),
        ("7:00,11:00", "the session 'pm' starts at 07:00, before noon; hours after noon are"),
    ],
)
def test_an_afternoon_before_noon_is_told(tmp_path: Path, hours: str, said: str) -> None:
    """Shifts are made as written; the hour or `pm` says that one after noon may be meant."""
    _, notes = read(tmp_path, opening=HOURS.replace("13h,17h", hours))

    found = [n for n in notes if "noon" in fault_text(n, "en")]
    assert [(n.row, n.column) for n in found] == [(3, "start")]
    assert said in fault_text(found[0], "en")


def test_what_was_made_is_read_back(tmp_path: Path) -> None:
    """As any other week, also as JSON; made and typed rows are the same."""
    made, _ = read(tmp_path)
    (tmp_path / "again").mkdir()
    write_week(made, tmp_path / "again")

    assert read_week(tmp_path / "again") == made
    (tmp_path / "p.json").write_text(made.to_json())
    assert read_problem(tmp_path / "p.json") == made


def test_rows_of_shifts_win(tmp_path: Path) -> None:
    """With a note for each of the two tables; what is not used has no faults."""
    plain = read_week(write_texts(tmp_path, TINY))
    problem, notes = read(
        tmp_path, **TINY, opening="start,end\nnever,11:00\n", needs="target\n-1\n", days="x\n1\n"
    )

    assert problem == plain
    assert [(n.file, n.code) for n in notes] == [
        ("opening.csv", "read_as"),
        ("needs.csv", "read_as"),
    ]
    assert "not used, because the table shifts has rows" in fault_text(notes[0], "en")
    assert "không dùng đến, vì bảng shifts đã có dòng" in fault_text(notes[0], "vi")


def test_a_header_alone_is_blank(tmp_path: Path) -> None:
    """Shifts are made, and standard needs count for typed shifts too."""
    problem, _ = read(tmp_path, shifts="shift_id,center_id,date,start,end\n")
    assert len(problem.shifts) == 4

    problem, notes = read(tmp_path, shifts=TINY["shifts"])
    assert seats(problem) == {"S1": [("", 1, 2)], "S2": [("", 1, 2)]}
    assert [n.column for n in notes] == ["shifts", "", ""]  # no shift ends in pm


def test_standard_needs_go_before_a_forecast(tmp_path: Path) -> None:
    """They are stated; `staff` reckons from the forecast all the same."""
    problem, _ = read(tmp_path, demand=TINY["demand"], services=TINY["services"])

    assert len(problem.requirements) == 5
    assert problem.demand


@pytest.mark.parametrize(
    ("tables", "faults"),
    [
        ({"opening": "start,end\n7 giờ rưỡi,11:00\n"}, ["not_a_time|2|start|7 giờ rưỡi"]),
        ({"opening": "start,end\n07:00,\n"}, ["missing_value|2|end"]),
        ({"opening": "start\n07:00\n"}, ["missing_column|1|end"]),
        ({"opening": "start,end,wher\n07:00,11:00,\n"}, ["unknown_column|1|wher|wher"]),
        ({"opening": HOURS.replace("T3", "Thu 3")}, ["ambiguous_date|3|days|Thu 3"]),
        ({"opening": HOURS.replace("T3", "Mon|2026-12-08")},
         ["invalid_value|3|days|Mon|2026-12-08"]),
        ({"opening": HOURS.replace("00431", "431")}, ["unknown_name|3|where|431"]),
        ({"opening": HOURS.replace("00431", "minorty")}, ["unknown_name|3|where|minorty"]),
        ({"opening": HOURS.replace("00431", "Hon Dad")}, ["unknown_name|3|where|Hon Dad"]),
        ({"opening": HOURS + ",Mon,08:00,12:00,am\n"}, ["contradicting_rows|4|session|am"]),
        ({"opening": HOURS + ",Mon,08:00,12:00," + "x" * 51 + "\n"},
         ["invalid_value|4|session|" + "x" * 51]),
        ({"needs": NEEDS.replace("portal,2", "portl,2")}, ["unknown_name|3|skill_id|portl"]),
        ({"needs": NEEDS.replace("portal,2", "portal,5")}, ["level_out_of_range|3|min_level|5"]),
        ({"needs": NEEDS.replace("portal,2", ",2")}, ["level_without_skill|3|min_level|2"]),
        ({"needs": NEEDS.replace(",1,2\n", ",3,2\n")}, ["minimum_above_target|2|minimum|3"]),
        ({"needs": NEEDS + ",,,,,1,3\n"}, ["contradicting_rows|4|target|3"]),
        ({"needs": NEEDS.replace("1,2\n", "1,\n")}, ["missing_value|2|target"]),
        ({"needs": NEEDS.replace("1,2\n", "1,-2\n")}, ["out_of_range|2|target|-2"]),
        ({"days": "date,state,where\n2026-12-08,closed,0431\n"}, ["unknown_name|2|where|0431"]),
        ({"days": "date,state,group\n2026-12-08,closed,oficial\n"},
         ["unknown_name|2|group|oficial"]),
        ({"days": "date,state\n2026-12-08,shut\n"}, ["not_one_of|2|state|shut"]),
        ({"horizon": "start,days,country\n2026-12-07,7,XX\n"}, ["not_one_of|2|country|XX"]),
        # Shifts that were not made are unknown to nobody.
        ({"opening": HOURS.replace("T3", "T9"), "pins": "volunteer_id,shift_id,state\n"
          "A1,00430-1207-am,must\n"}, ["not_a_date|3|days|T9"]),
    ],
)  # fmt: skip
def test_faults_have_their_row_and_column(
    tmp_path: Path, tables: Mapping[str, str], faults: list[str]
) -> None:
    """Each once, however many shifts would follow from the row."""
    assert told_at(refused(read, tmp_path, **tables)) == faults


def test_the_other_row_is_told(tmp_path: Path) -> None:
    """In both languages, with a way out."""
    (fault,) = refused(read, tmp_path, opening=HOURS + ",Mon,08:00,12:00,am\n")

    assert fault_text(fault, "en").splitlines() == [
        "opening.csv, row 4, column session: 'am': at center 00430 on 2026-12-07, this row "
        "contradicts another one that is equally specific (row 2)",
        "    Correct one of them, or make one more specific: for a single center or a date.",
    ]
    vietnamese = fault_text(fault, "vi")
    assert "với trung tâm 00430 vào ngày 07/12/2026" in vietnamese
    assert "dòng 2" in vietnamese


def test_names_of_other_weeks_are_notes(tmp_path: Path) -> None:
    """Places, groups, skills and shifts that this week lacks do nothing."""
    problem, notes = read(
        tmp_path,
        opening=HOURS + "đặc khu,,05:00,06:00,early\n",
        needs=NEEDS + "island,,,,,9,9\n,,night,,,9,9\n,,,khmer,1,0,1\n",
        days="date,state,where,group\n2026-12-07,closed,island,\n2026-12-07,closed,,choir\n",
    )

    assert len(problem.shifts) == 4
    kinds = ("no_effect", "unknown_name")
    lacking = [(n.table, n.row, n.column, n.value) for n in notes if n.code in kinds]
    assert lacking == [
        ("opening", 4, "where", "đặc khu"),
        ("needs", 4, "where", "island"),
        ("needs", 6, "skill_id", "khmer"),
        ("needs", 5, "shifts", "night"),
        ("days", 2, "where", "island"),  # closed days may be those of other weeks
        ("days", 3, "group", "choir"),
    ]
    told = next(n for n in notes if n.value == "đặc khu")
    assert "nothing in this week is named 'đặc khu', so this row has no effect" in fault_text(
        told, "en"
    )
    assert "không có gì mang tên 'đặc khu' nên dòng này" in fault_text(told, "vi")


def test_tables_may_have_the_headings_of_offices(tmp_path: Path) -> None:
    """`Trung tâm` says where, `Ngày` and `Thứ` on which days, `Lý do` why."""
    problem, notes = read(
        tmp_path,
        opening="Đơn vị,Ngày,Từ,Đến\n,T2-T3,7h,11h\nHòn Đất,T3,13h,17h\n",
        needs="Trung tâm,Thứ,Tối thiểu,Chỉ tiêu\n,,1,2\n",
        days="Ngày,Trạng thái,Địa điểm,Lý do\n8/12,nghỉ,Rạch Giá,giỗ\n",
    )

    assert [s.shift_id for s in problem.shifts] == [
        "00430-1207-0700", "00431-1207-0700", "00431-1208-1300",
    ]  # fmt: skip
    assert {need.target for need in problem.requirements} == {2}
    assert "(giỗ)" in " ".join(fault_text(note, "vi") for note in notes)


def test_names_of_rows_with_faults_are_not_called_misspelt(tmp_path: Path) -> None:
    """A center whose row cannot be read is there all the same, and so are its type and groups."""
    centers = TINY["centers"].replace("Hòn Đất,10.2", "Hòn Đất,north").replace("00431", "00439")
    faults = refused(
        read, tmp_path, centers=centers, opening=HOURS.replace("00431", "00439"), needs="",
        volunteers=TINY["volunteers"].replace("00431", "00439"),
    )  # fmt: skip

    assert told_at(faults) == ["not_a_number|3|lat|north"]


def test_a_misspelt_center_is_told_by_its_name(tmp_path: Path) -> None:
    """Nobody wants 0 shifts because of one letter."""
    (fault,) = refused(read, tmp_path, opening="where,start,end\nHon Dad,07:00,11:00\n", needs="")

    assert "Did you mean '00431', Hòn Đất?" in fault_text(fault, "en")
    assert "00431" in fault_text(fault, "vi")


def test_rows_for_days_that_are_not_planned_are_told_first(tmp_path: Path) -> None:
    """Dates of last week, of opening hours and of needs; a target of 0 has its effect."""
    _, notes = read(
        tmp_path,
        opening=HOURS + ",2026-11-30,07:00,11:00,am\n,2026-12-01,07:00,11:00,am\n",
        needs=NEEDS + ",2026-11-30,,,,1,1\n00430,Tue,,,,0,0\n",
    )

    found = [(n.code, n.table, n.row, n.column, n.more) for n in notes]
    assert found[:2] == [
        ("no_effect", "opening", 4, "days", 1),
        ("no_effect", "needs", 4, "days", 0),
    ]
    assert "no_effect" not in [code for code, *_ in found[2:]]
    assert "none of its days is planned" in fault_text(notes[0], "en")
    assert "không ngày nào của dòng nằm trong kế hoạch" in fault_text(notes[0], "vi")


def test_a_row_that_others_go_before_is_told(tmp_path: Path) -> None:
    """A second row for the same session, and one for all beside one for each center."""
    _, notes = read(
        tmp_path,
        opening=HOURS + ",Mon,07:00,11:00,am\n",
        needs="where,target\n,1\n00430,2\n00431,2\n",
    )

    found = [note for note in notes if note.code == "no_effect"]
    assert [(n.table, n.row) for n in found] == [("opening", 4), ("needs", 2)]
    assert "because other rows say the same" in fault_text(found[0], "en")
    assert "vì có dòng khác nói giống hệt" in fault_text(found[0], "vi")


def test_rows_that_are_for_nothing_of_the_week_are_told(tmp_path: Path) -> None:
    """No center is remote; the one that is named has no shift that morning."""
    _, notes = read(
        tmp_path,
        opening=HOURS + "remote,,07:00,11:00,am\n",
        needs=NEEDS + "00431,Tue,am,,,1,1\n",
    )

    found = [note for note in notes if note.code == "no_effect"]
    assert [(n.table, n.row) for n in found] == [("opening", 4), ("needs", 4)]
    assert "it is for none of the week's centers" in fault_text(found[0], "en")
    assert "không áp dụng cho trung tâm nào" in fault_text(found[0], "vi")
    assert "it is for none of the week's shifts" in fault_text(found[1], "en")
    assert "không áp dụng cho ca nào" in fault_text(found[1], "vi")


def test_tables_of_which_nothing_at_all_comes_are_told_first(tmp_path: Path) -> None:
    """No shift and no requirement, whoever the table is for."""
    _, notes = read(tmp_path, opening=HOURS.replace("\n,", "\nđặc khu,").replace("00431", "island"))

    loud = [fault_text(n, "en").splitlines()[0] for n in notes if n.code == "no_effect"]
    assert loud[2] == (
        "opening.csv: 0 shifts from 2026-12-07 to 2026-12-13 made from 2 rows of opening hours"
    )
    assert loud[3] == "needs.csv: 0 requirements made from 2 rows of standard needs"
    assert [n.code for n in notes][:4] == ["no_effect"] * 4


def test_closed_days_of_last_year_are_told(tmp_path: Path) -> None:
    """None of them is planned; one that is, or a weekday, is enough."""
    old = "date,weekdays,state\n2025-12-07,,closed\n2025-12-08,,closed\n"
    _, notes = read(tmp_path, days=old)
    (note,) = (n for n in notes if n.code == "outside_horizon")
    assert (note.table, note.row, note.column, note.more) == ("days", 2, "date", 1)
    assert "none of these days is planned, from 2026-12-07 to 2026-12-13" in fault_text(note, "en")
    assert "không ngày nào trong số này nằm trong kế hoạch" in fault_text(note, "vi")

    _, notes = read(tmp_path, days=old + ",sun,closed\n")
    assert "outside_horizon" not in [n.code for n in notes]


def test_a_place_may_be_the_name_of_a_center(tmp_path: Path) -> None:
    """With a note; of namesakes all are told."""
    problem, notes = read(tmp_path, opening=HOURS.replace("00431", "hon dat"))

    assert "00431-1208-pm" in [shift.shift_id for shift in problem.shifts]
    told = next(note for note in notes if "read as" in fault_text(note, "en") and note.value)
    assert fault_text(told, "en").startswith(
        "opening.csv, row 3, column where: 'hon dat': read as 00431, Hòn Đất"
    )
    assert "được đọc là 00431 (Hòn Đất)" in fault_text(told, "vi")

    twins = TINY["centers"].replace("Hòn Đất", "Rạch Giá")
    hours = HOURS.replace("00431", "Rạch Giá")
    (fault,) = refused(read, tmp_path, centers=twins, opening=hours, needs="")
    assert told_at([fault]) == ["ambiguous_name|3|where|Rạch Giá"]
    assert "00430" in fault_text(fault, "en")
    assert "00431" in fault_text(fault, "en")


def test_dates_and_hours_are_read_as_offices_write_them(tmp_path: Path) -> None:
    """The days planned decide what a date means; each way of reading is a note."""
    hours = (
        "days,start,end,session\n9/12..10/12,7h-11h,,am\nT3 8/12,13h30,17g,pm\n"
        "7/12,07:00,11:00,am\n2026-12-11,Sáng,,am\n"
    )
    problem, notes = read(
        tmp_path, opening=hours, needs="", centers="center_id\nC\n",
        volunteers="volunteer_id\nA1\n",
        availability="volunteer_id,date,start,end\nA1,2026-12-07,07:00,17:00\n",
        rules="rule,level\none_place,hard\n", skills="",
    )  # fmt: skip

    assert [(s.shift_id, f"{s.start:%H%M}-{s.end:%H%M}") for s in problem.shifts] == [
        ("C-1207-am", "0700-1100"), ("C-1208-pm", "1330-1700"), ("C-1209-am", "0700-1100"),
        ("C-1210-am", "0700-1100"), ("C-1211-am", "0700-1100"),
    ]  # fmt: skip
    told = {note.column: note for note in notes}
    assert str(told["days"].message) == "read as 2 days from 2026-12-09 to 2026-12-10"
    assert "2 ngày từ 09/12/2026 đến 10/12/2026" in fault_text(told["days"], "vi")
    assert told["days"].more == 2
    assert str(told["start"].message) == "read as 07:00 to 11:00"


def test_closed_days_and_holidays_are_told(tmp_path: Path) -> None:
    """days.csv closes a type of center; New Year's Day closes all; a row for the date opens one."""
    pytest.importorskip("holidays")
    problem, notes = read(
        tmp_path,
        horizon="start,days\n2026-12-28,7\n",
        availability="volunteer_id,date,start,end\nA1,2026-12-28,07:00,17:00\n",
        opening="where,days,start,end,session\n,T2-T6,07:00,11:00,am\n"
        "00431,2027-01-01,09:00,10:00,short\n",
        days="date,state,where,note\n2026-12-29,closed,00430,flood\n2026-12-30,closed,,\n",
        needs="",
        requirements="",
    )

    assert [s.shift_id for s in problem.shifts] == [
        "00430-1228-am", "00430-1231-am",
        "00431-1228-am", "00431-1229-am", "00431-1231-am", "00431-0101-short",
    ]  # fmt: skip
    texts = [str(note.message) for note in notes if note.file == "opening.csv"][1:]
    assert texts == [
        "closed on 2026-12-29 (flood): 1 shift of 1 center not made",
        "closed on 2026-12-30: 2 shifts of 2 centers not made",
        "closed on 2027-01-01 (New Year's Day): 1 shift of 1 center not made",
    ]


def test_holidays_need_their_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's shifts depend on what is installed: it is missed, unless there are no holidays."""
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(MissingExtraError, match=r"shiftplan\[calendar\]"):
        read(tmp_path)

    problem, _ = read(tmp_path, horizon="start,days,country\n2026-12-07,7,none\n")
    assert len(problem.shifts) == 4


def test_dates_that_reach_over_years_need_a_horizon(tmp_path: Path) -> None:
    """A mistyped year makes no thousands of shifts; nothing at all leaves the days open too."""
    windows = TINY["availability"] + "A1,2028-12-07,07:00,17:00,available\n"
    (fault,) = refused(read, tmp_path, availability=windows)
    assert (fault.code, fault.file) == ("unknown_horizon", "opening.csv")

    head = TINY["availability"].splitlines()[0] + "\n"
    (fault,) = refused(read, tmp_path, availability=head)
    assert "the table horizon must say which days are planned" in str(fault.message)


def test_files_named_nearly_like_them_are_faults_where_they_would_be_read(tmp_path: Path) -> None:
    """Where there are shifts, nobody misses them."""
    week(tmp_path, needs="")
    (tmp_path / "need.csv").write_text(NEEDS)
    (fault,) = refused(read_week, tmp_path)
    assert (fault.code, fault.table) == ("missing_file", "needs")

    write_texts(tmp_path, {"requirements": "shift_id,target\n00430-1207-am,1\n"})
    assert len(read_week(tmp_path).requirements) == 1


def test_a_link_out_of_the_week_is_not_read(tmp_path: Path) -> None:
    """Opening hours are a table as any other, and so are closed days."""
    folder = tmp_path / "week"
    folder.mkdir()
    for table in ("opening", "needs", "days"):
        week(folder, days="date,state\n2026-12-08,closed\n")
        (tmp_path / f"{table}.csv").write_text("secret\n")
        (folder / f"{table}.csv").unlink()
        (folder / f"{table}.csv").symlink_to(tmp_path / f"{table}.csv")
        faults = refused(read_week, folder)
        assert [(f.code, f.table) for f in faults] == [("unreadable_file", table)]
        assert "secret" not in str(faults)
        (folder / f"{table}.csv").unlink()


def test_a_clock_put_forward_is_told_at_the_row(tmp_path: Path) -> None:
    """A shift at an hour that does not exist is a fault of its opening hours."""
    (fault,) = refused(
        read, tmp_path,
        horizon="start,days,zone,country\n2027-03-22,7,Europe/Warsaw,none\n",
        availability="volunteer_id,date,start,end\nA1,2027-03-28,07:00,17:00\n",
        opening="days,start,end\nsun,02:30,06:00\n",
    )  # fmt: skip

    assert told_at([fault]) == ["no_such_time|2|start|02:30"]


def test_a_horizon_is_kept(tmp_path: Path) -> None:
    """Its days are those for which shifts are made."""
    problem, _ = read(tmp_path, horizon="start,days\n2026-12-07,14\n")

    assert problem.horizon == Horizon(start="2026-12-07", days=14)
    assert len(problem.shifts) == 8
