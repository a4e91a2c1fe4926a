"""Tables that make others: opening.csv, needs.csv and days.csv."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from files.opened_weeks import HOURS, read
from files.weeks import TINY, refused, told_at, write_texts

from shiftplan.errors import Fault, MissingExtraError
from shiftplan.files import read_problem, read_week, write_week
from shiftplan.present.faults import fault_text
from shiftplan.problem import Problem
from shiftplan.week.horizon import Horizon


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
    assert "đã tạo 5 nhu cầu theo 2 dòng định mức" in fault_text(notes[2], "vi")


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


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ("date,state\n2026-12-08,closed\n", "1 shift entered|2026-12-08 (S2)"),
        ("weekdays,state\nMon|Tue,closed\n", "2 shifts entered|2026-12-07 (S1)"),
        ("date,state,where\n2026-12-08,closed,Hòn Đất\n", "1 shift entered|2026-12-08 (S2)"),
        ("date,state,start,end\n2026-12-07,open,08:00,11:00\n", "1 shift entered|2026-12-07 (S1)"),
        ("date,state,where\n2026-12-08,closed,00430\n", ""),
        ("date,state,group\n2026-12-08,closed,student\n", ""),
        ("date,state,start,end\n2026-12-07,open,07:00,11:00\n", ""),
        ("date,state\n2026-12-09,closed\n", ""),
        ("date,state\n2026-12-08,shut\n", ""),
    ],
)  # fmt: skip
def test_shifts_filled_in_on_closed_days_are_told(tmp_path: Path, days: str, told: str) -> None:
    """They are still planned. If the list cannot be read, there is no note."""
    notes: list[Fault] = []
    problem = read_week(write_texts(tmp_path, {**TINY, "days": days}), on_note=notes.append)

    assert [s.shift_id for s in problem.shifts] == ["S1", "S2"]
    found = [n for n in notes if n.table == "days"]
    assert [n.code for n in found] == ["no_effect"] * bool(told)
    for note in found:
        assert all(part in fault_text(note, "en") for part in told.split("|"))
        assert "các ca này vẫn được lập lịch" in fault_text(note, "vi")


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
    with pytest.raises(MissingExtraError, match=r"PLACE\[calendar\]"):
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


def test_a_horizon_is_kept(tmp_path: Path) -> None:
    """Its days are those for which shifts are made."""
    problem, _ = read(tmp_path, horizon="start,days\n2026-12-07,14\n")

    assert problem.horizon == Horizon(start="2026-12-07", days=14)
    assert len(problem.shifts) == 8
