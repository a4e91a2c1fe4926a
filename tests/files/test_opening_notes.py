"""Rows of opening.csv, needs.csv and days.csv that contradict, say nothing, or are for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from files.opened_weeks import HOURS, NEEDS, read, week
from files.weeks import TINY, refused, told_at, write_texts

from shiftplan.files import read_week
from shiftplan.present.faults import fault_text


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
    assert "không ngày nào của dòng thuộc những ngày được lập lịch" in fault_text(notes[0], "vi")


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
    assert "it applies to none of the week's centers" in fault_text(found[0], "en")
    assert "không áp dụng cho trung tâm nào" in fault_text(found[0], "vi")
    assert "it applies to none of the week's shifts" in fault_text(found[1], "en")
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
    assert "không ngày nào trong số này thuộc những ngày được lập lịch" in fault_text(note, "vi")

    _, notes = read(tmp_path, days=old + ",sun,closed\n")
    assert "outside_horizon" not in [n.code for n in notes]


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
