"""Types of shifts and breaks: read and written, and what is wrong there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from files.weeks import TINY, faults, read, refused, write_texts
from problem.design_tables import BREAKS, HALF_DAY, HEAD, TYPES

from shiftplan.errors import Fault
from shiftplan.files import read_problem, read_week, read_workbook, write_week
from shiftplan.present import write_workbook
from shiftplan.present.faults import fault_text
from shiftplan.week.days import Days
from shiftplan.week.shift_types import MOST_TIMES, Break, ShiftType


def notes(folder: Path, **tables: str) -> list[Fault]:
    """Faults and notes about these two tables of the tiny week."""
    found: list[Fault] = []
    read_week(write_texts(folder, TINY | tables), on_note=found.append)
    return [note for note in found if note.table in ("shift_types", "breaks", "rules")]


@pytest.mark.parametrize("form", ["folder", "workbook", "json"])
def test_each_door_gives_designs_back_as_they_were_read(tmp_path: Path, form: str) -> None:
    """With hours as people write them, Thứ Hai to Thứ Sáu, and midnight as an end."""
    problem = read(tmp_path, shift_types=TYPES, breaks=BREAKS)

    if form == "folder":
        write_week(problem, tmp_path / "again")
        again = read_week(tmp_path / "again")
    elif form == "workbook":
        write_workbook(problem, tmp_path / "again.xlsx", lang="vi")
        again = read_workbook(tmp_path / "again.xlsx")
    else:
        (tmp_path / "again.json").write_text(problem.to_json())
        again = read_problem(tmp_path / "again.json")

    assert again == problem
    assert problem.shift_types == (
        ShiftType(
            type="early",
            days=Days(weekdays=("mon", "tue", "wed", "thu", "fri")),
            earliest=dt.time(6),
            latest=dt.time(6, 30),
            min_minutes=240,
            max_minutes=480,
            shared=True,
            price=2,
            note="An asked",
        ),
        ShiftType(
            type="night",
            where="00431",
            days=Days(dates=(dt.date(2026, 12, 8),)),
            earliest=dt.time(22),
            latest=dt.time(0),
            min_minutes=360,
            max_minutes=360,
        ),
    )
    assert problem.breaks[1] == Break(minutes=15)
    assert [*problem.shift_types[1].times()] == [(start, 360) for start in range(1320, 1441, 30)]


def test_headings_may_be_those_of_the_vietnamese_workbook(tmp_path: Path) -> None:
    """Also in a CSV file, and in another order."""
    types = "Dài nhất (phút),Ngắn nhất (phút),Bắt đầu muộn nhất,Bắt đầu sớm nhất,"
    types += "Chung giờ,Bước (phút)\n"
    breaks = "Nghỉ bao lâu (phút),Muộn nhất (phút từ đầu ca),Loại ca\n45,200,\n"

    problem = read(tmp_path, shift_types=types + "480,240,8h30,7h,1,15\n", breaks=breaks)

    (row,) = problem.shift_types
    assert (row.min_minutes, row.max_minutes, row.step, row.shared) == (240, 480, 15, True)
    assert (row.earliest, row.latest) == (dt.time(7), dt.time(8, 30))
    assert problem.breaks == (Break(minutes=45, latest=200),)


@pytest.mark.parametrize(
    ("rows", "column", "code"),
    [
        ("early,0430,07:00,08:00,60,90,15\n", "where", "unknown_name"),
        ("early,Rạch Ggiá,07:00,08:00,60,90,15\n", "where", "unknown_name"),
        ("early,minorty,07:00,08:00,60,90,15\n", "where", "unknown_name"),
        ("early,,24:00,08:00,60,90,15\n", "earliest", "not_a_time"),
        ("early,,07:00,x,60,90,15\n", "latest", "not_a_time"),
        ("early,,07:00,,60,90,15\n", "latest", "missing_value"),
        ("early,,07:00,08:00,4.5,90,15\n", "min_minutes", "not_a_whole_number"),
        ("early,,07:00,08:00,4,90,15\n", "min_minutes", "out_of_range"),
        ("early,,07:00,08:00,60,2881,15\n", "max_minutes", "out_of_range"),
        ("early,,07:00,08:00,90,60,15\n", "", "invalid_value"),
        ("early,,07:00,08:00,60,90,4\n", "step", "out_of_range"),
        ("early,,00:00,23:55,5,2880,5\n", "", "invalid_value"),
        (f"early,{HALF_DAY}" * 2, "", "duplicate_row"),
    ],
)
def test_each_mistake_in_types_of_shifts_is_found_at_its_place(
    tmp_path: Path, rows: str, column: str, code: str
) -> None:
    """Nothing is guessed, and nothing left out."""
    found = faults(tmp_path, shift_types=HEAD + rows)

    assert [(f.table, f.column, f.code) for f in found] == [("shift_types", column, code)]


@pytest.mark.parametrize(
    ("rows", "column", "code"),
    [
        ("erly,30,,,,\n", "type", "unknown_name"),
        ("morming,30,,,,\n", "type", "unknown_name"),
        (",,60,,,\n", "minutes", "missing_value"),
        (",481,,,,\n", "minutes", "out_of_range"),
        (",30,60,59,,\n", "", "invalid_value"),
        (",30,,,300,299\n", "", "invalid_value"),
        (",30,3000,,,\n", "earliest", "out_of_range"),
        (",30,60,,,\n,30,60,,,\n", "", "duplicate_row"),
    ],
)
def test_each_mistake_in_breaks_is_found_at_its_place(
    tmp_path: Path, rows: str, column: str, code: str
) -> None:
    """Types are those of the week's shifts, and those that shifts may get."""
    shifts = TINY["shifts"].replace("end\n", "end,type\n").replace("11:00\n", "11:00,morning\n")
    shifts = shifts.replace("17:00\n", "17:00,\n")
    breaks = "type,minutes,earliest,latest,min_shift,max_shift\n" + rows

    found = faults(tmp_path, shifts=shifts, shift_types=HEAD + f"early,{HALF_DAY}", breaks=breaks)

    assert [(f.table, f.column, f.code) for f in found] == [("breaks", column, code)]
    if code == "unknown_name":
        meant = "early" if rows.startswith("erly") else "morning"
        assert fault_text(found[0], "en").endswith(f"Did you mean '{meant}'?")


def test_a_break_of_a_type_that_could_not_be_read_is_not_misspelt(tmp_path: Path) -> None:
    """The row that names the type is there, but has a fault of its own."""
    shifts = TINY["shifts"].replace("end\n", "end,type\n").replace(":00\n", ":00,erly\n")
    types, breaks = HEAD + "early,,07:00,x,60,90,15\n", "type,minutes\nearly,30\n"

    (found,) = faults(tmp_path, shifts=shifts, shift_types=types, breaks=breaks)

    assert (found.table, found.column) == ("shift_types", "latest")


def test_too_many_times_name_the_column_to_change(tmp_path: Path) -> None:
    """In words of the table."""
    (found,) = faults(tmp_path, shift_types=HEAD + "early,,00:00,23:55,5,2880,5\n")

    assert f"165,888, at most {MOST_TIMES:,}; a larger step makes fewer" in fault_text(found, "en")


IDLE = {
    "a place of another week": (HEAD + f"a,xã{HALF_DAY}a,{HALF_DAY}", "", "where: unknown_name"),
    "no remote center": (
        HEAD + f"a,remote{HALF_DAY}a,{HALF_DAY}",
        "",
        "where: no_effect",
    ),
    "closer rows": (
        HEAD + f"a,00430{HALF_DAY}a,00431{HALF_DAY}a,{HALF_DAY}",
        "",
        "where: no_effect",
    ),
    "a center without rows": (HEAD + f"a,00430{HALF_DAY}", "", "where: no_effect"),
    "days that are not planned": (
        f"days,{HEAD}2026-12-24,a,{HALF_DAY},a,{HALF_DAY}",
        "",
        "days: outside_horizon",
    ),
    "a type of another week": (
        HEAD + f"a,{HALF_DAY}",
        "type,minutes\nlate,30\n",
        "type: unknown_name",
    ),
    "longer than any shift of the type": (
        HEAD + f"a,{HALF_DAY}",
        "type,minutes,after\na,30,451\n",
        "minutes: no_effect",
    ),
    "no shift so long": (
        HEAD + f"a,{HALF_DAY}",
        "minutes,min_shift\n30,481\n",
        "minutes: no_effect",
    ),
}
"""What a row is about -> both tables, and the column and code of the one note."""


@pytest.mark.parametrize("kind", IDLE)
def test_rows_of_which_nothing_comes_are_told(tmp_path: Path, kind: str) -> None:
    """As notes: the next week may need them."""
    types, breaks, told = IDLE[kind]

    found = notes(tmp_path, shift_types=types, **({"breaks": breaks} if breaks else {}))

    assert [f"{note.column}: {note.code}" for note in found] == [told]


def test_breaks_that_some_shift_has_room_for_are_fine(tmp_path: Path) -> None:
    """One of a type, and one that ends with the longest shift that a design may use."""
    breaks = "type,minutes,after\na,30,450\n,30,210\n"

    assert notes(tmp_path, shift_types=HEAD + f"a,{HALF_DAY}", breaks=breaks) == []


def test_shifts_of_the_week_have_breaks_too(tmp_path: Path) -> None:
    """Without types of shifts a break counts for the shifts that there are, of four hours."""
    found = notes(tmp_path, breaks="minutes,after\n30,210\n30,211\n")

    assert [(note.row, note.code) for note in found] == [(3, "no_effect")]


def test_rules_may_name_types_that_are_still_to_be_designed(tmp_path: Path) -> None:
    """They are neither misspelt nor of another week."""
    rules = "rule,level,weight,value,shifts\nmax_shift_count,2,5,1,early\n"

    assert notes(tmp_path, shift_types=HEAD + f"early,{HALF_DAY}", rules=rules) == []
    found = faults(
        tmp_path,
        shift_types=HEAD + f"early,{HALF_DAY}",
        rules=rules.replace("early", "erly"),
    )
    assert [(f.table, f.column, f.code) for f in found] == [("rules", "shifts", "unknown_name")]


def test_json_gives_the_faults_of_both_tables(tmp_path: Path) -> None:
    """Each at its row and field."""
    problem = read(tmp_path, shift_types=TYPES, breaks=BREAKS)
    path = tmp_path / "week.json"
    text = problem.to_json().replace('"minutes": 30', '"minutes": 3')
    path.write_text(text.replace('"earliest": "06:00:00"', '"earliest": "6"'))

    found = refused(read_problem, path)

    assert [(f.table, f.index, f.column) for f in found] == [
        ("shift_types", 0, "earliest"),
        ("breaks", 0, "minutes"),
    ]


@pytest.mark.parametrize("value", ['"6"', '"25:00"', "21600", "null", '"06:00Z"', "[]"])
def test_what_is_no_time_in_json_is_said_in_both_languages(tmp_path: Path, value: str) -> None:
    """Also a number, which is no time of day, and one of another zone."""
    problem = read(tmp_path, shift_types=TYPES)
    path = tmp_path / "week.json"
    path.write_text(problem.to_json().replace('"06:00:00"', value))

    (found,) = refused(read_problem, path)

    assert (found.table, found.index, found.column) == ("shift_types", 0, "earliest")
    assert "it is not a time; times are written 07:00" in fault_text(found, "en")
    assert "đây không phải là giờ; giờ ghi như 07:00" in fault_text(found, "vi")


@pytest.mark.parametrize("table", ["shift_types", "breaks"])
def test_the_rows_of_the_documentation_can_be_read(tmp_path: Path, table: str) -> None:
    """The first table in the section of each."""
    page = (Path(__file__).parents[2] / "docs" / "week.md").read_text(encoding="utf-8")
    lines = page.split(f"\n## `{table}`\n")[1].split("\n\n")
    shown = next(part for part in lines if part.startswith("|")).replace("`", "").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in shown]
    del cells[1]
    centers = TINY["centers"].replace("capacity\n", "capacity,groups\n")
    centers = centers.replace("1.125,2\n", "1.125,2,border\n").replace(
        "104.9,1,3\n", "104.9,1,3,\n"
    )
    text = "\n".join(map(",".join, cells)) + "\n"

    problem = read(tmp_path, centers=centers, **{table: text})

    assert len(getattr(problem, table)) == len(cells) - 1 > 1


def test_a_shift_may_start_at_any_time_of_the_day(tmp_path: Path) -> None:
    """From 0:00 to 24:00 is no fixed start at midnight."""
    problem = read(tmp_path, shift_types=HEAD + "any,,00:00,24:00,360,360,60\n")

    (row,) = problem.shift_types
    assert [start for start, _ in row.times()] == [60 * hour for hour in range(24)]
