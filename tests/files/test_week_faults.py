"""What is wrong with a week is said at its file, row and column, all at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from weeks import TINY, faults, read, replaced, told_at, write_texts

from shiftplan.errors import InputError
from shiftplan.files import read_week, write_week
from shiftplan.present import write_workbook
from shiftplan.present.faults import fault_text
from shiftplan.week.records import Volunteer

PUBLISHED = "shift_id,volunteer_id,told\n"
PINS = "volunteer_id,shift_id,state\n"
GRANTS = "volunteer_id,skill_id,level,valid_from,valid_to\n"
WISHES = "volunteer_id,shift_id,date,shifts,state,weight\n"

PLACED = [
    ("shifts", "S1,00430", "S1,430", "unknown_id|2|center_id|430", "'00430'? A spreadsheet drops"),
    (
        "shifts",
        "S1,00430",
        "S1,4.30E+02",
        "unknown_id|2|center_id|4.30E+02",
        "'00430'?",
    ),
    ("demand", "00430", "'00430", "unknown_id|2|center_id|'00430", "'00430'"),
    ("availability", "A2", "a2", "unknown_id|3|volunteer_id|a2", "'A2'"),
    ("volunteers", "skill.portal", "skill.portl", "unknown_id|1|skill.portl|portl", "'portal'"),
    ("availability", "preferred", "prefered", "not_one_of|3|state|prefered", "'preferred'"),
    ("availability", "state", "status", "unknown_column|1|status|status", "'state'"),
    ("centers", "10.01,105.08", '"10,01,105.08', "broken_quotes|2", '"'),
    ("centers", "00430,Rạch", "00430,đặc khu,Rạch", "too_many_fields|2", "quotes"),
    ("requirements", "portal,2,0,1", "portal,2", "too_few_fields|3", "cut off"),
    ("centers", "lat,lon", "lat,LAT", "repeated_column|1|lat|LAT", ""),
    (
        "skills",
        "tech,4\n",
        "tech,4\nskill_id,Name,Kind,max_level\n",
        "repeated_header|3",
        "were joined",
    ),
    ("centers", "1.125,2", "1.125,2.5", "not_a_whole_number|2|capacity|2.5", ""),
    ("centers", "1.125,2", '1.125,"1,234"', "ambiguous_number|2|capacity|1,234", "1234"),
    ("centers", "1.125", "0", "out_of_range|2|priority|0", ""),
    ("centers", "10.01", "ten", "not_a_number|2|lat|ten", ""),
    ("shifts", "11:00", "8.5", "not_a_time|2|end|8.5", "08:30"),
    ("shifts", "07:00", "24:00", "not_a_time|2|start|24:00", "00:00"),
    ("shifts", "S2,00431,2026-12-08", "S2,00431,", "missing_value|3|date", ""),
    ("shifts", "2026-12-08", "2031-12-08", "unknown_horizon", "year"),
    ("requirements", "1,2", "3,2", "minimum_above_target|2|minimum|3", ""),
    ("requirements", "S1,,", "S1,,2", "level_without_skill|2|min_level|2", "skill_id"),
    ("volunteers", "official,3", "official,5", "level_out_of_range|2|skill.portal|5", ""),
    ("volunteers", "official,3", "official,-1", "out_of_range|2|skill.portal|-1", ""),
    ("volunteers", "0.91", "91", "out_of_range|2|show_rate|91", ""),
    ("rules", "mentor", "mentr", "unknown_rule|3|rule|mentr", "'mentor'"),
    ("rules", "hard", "harrd", "not_one_of|3|level|harrd", "'hard'"),
    ("rules", "coverage,1", "coverage,Hard", "not_one_of|2|level|Hard", ""),
    ("rules", "coverage,1,100,,", "coverage,1,100,3,", "not_a_parameter|2|value|3", "blank"),
    ("rules", "mentor,hard,,2", "mentor,hard,,", "missing_value|3|value", ""),
    ("rules", "rate,1,7,,", "order,,,strictly,", "not_one_of|4|value|strictly", "'strict'"),
    ("rules", "rate,1,7,,", "rate,1,-7,,", "out_of_range|4|weight|-7", ""),
    ("rules", "rate,1,7,,", "rate,1,7,,\nrate,1,8,,", "duplicate_row|5", "twice"),
]
"""Table, a text of it, what stands there instead; code, row, column and value; a part of the
remedy."""
OTHERS = [
    (
        replaced("shifts", "S2,00431", "S1,00431") | replaced("requirements", "S2,", "S1,"),
        "shifts",
        "duplicate_id|3|shift_id|S1",
        "twice",
    ),
    ({"horizon": "start,days\n2026-12-07,1\n"}, "shifts", "outside_horizon|3|date|2026-12-08", ""),
    (
        {"horizon": "start,days,zone\n2026-12-07,7,Asia/Saigonn\n"},
        "horizon",
        "invalid_value|2|zone|Asia/Saigonn",
        "",
    ),
    ({"horizon": "start,days\n2026-12-07,7\n2026-12-07,7\n"}, "horizon", "duplicate_row|3", ""),
    (
        {"grants": GRANTS + "A2,portal,4,,\nA2,portal,9,2026-12-01,\n"},
        "grants",
        "level_out_of_range|3|level|9",
        "",
    ),
    (
        {"grants": GRANTS + "A3,portal,1,,2026-12-01\n"},
        "grants",
        "unknown_id|2|volunteer_id|A3",
        "",
    ),
    (
        {"published": PUBLISHED + "S1,A1,1\nS1,a1,0\n"},
        "published",
        "unknown_id|3|volunteer_id|a1",
        "'A1'",
    ),
    ({"published": PUBLISHED + "S1,A1,told\n"}, "published", "not_a_flag|2|told|told", ""),
    (
        {"rules": "rule,level,value,group\narea_floor,hard,x,minority\n"},
        "rules",
        "not_a_number|2|value|x",
        "",
    ),
    (
        {"rules": TINY["rules"] + "order,,,strikt,\n"},
        "rules",
        "not_one_of|5|value|strikt",
        "'strict'",
    ),
    (
        {"rules": TINY["rules"] + "order,,x,strict,\n"},
        "rules",
        "not_a_parameter|5|weight|x",
        "blank",
    ),
    ({"rules": TINY["rules"] + "rate,2,,,\n"}, "rules", "missing_value|5|weight", ""),
    (
        {"rules": "rule,level,first_day\nstability,2,soon\n"},
        "rules",
        "not_a_date|2|first_day|soon",
        "",
    ),
    (
        {"pins": PINS + "\n\nA1,S1,must\nA1,S1,must_not\n"},
        "pins",
        "contradicting_pins|5|state|must_not",
        "",
    ),
    ({"preferences": WISHES + "A1,,,,for,\n"}, "preferences", "unclear_wish|2|shift_id", ""),
    ({"pin": PINS}, "pins", "missing_file", "'pin.csv'"),
    ({"shifts": ""}, "shifts", "missing_file", ""),
    ({"pins": "\n \n"}, "pins", "empty_file", ""),
]
"""Changed tables, and the table of the fault; the rest as above."""
SINGLE = [(replaced(t, old, new), t, place, say) for t, old, new, place, say in PLACED] + OTHERS


@pytest.mark.parametrize(("change", "table", "place", "remedy"), SINGLE)
def test_one_fault(
    change: dict[str, str], table: str, place: str, remedy: str, tmp_path: Path
) -> None:
    """One mistake is one fault, at its place, with its remedy; nothing follows from it."""
    (fault,) = faults(tmp_path, **change)

    assert (fault.file, told_at([fault])) == (f"{table}.csv", [place])
    assert remedy in str(fault.remedy)
    assert str(fault.remedy) == "" or str(fault.remedy).endswith((".", "?"))


def test_dates_of_rules_are_read_as_a_column(tmp_path: Path) -> None:
    """One date proves the order of the others; what it contradicts must be a day planned."""
    head = "rule,level,first_day,last_day\n"

    problem = read(tmp_path, rules=head + "stability,2,13/12/2026,\nstability,2,,08/12/2026\n")
    found = faults(tmp_path, rules=head + "stability,2,13/12/2026,\nstability,2,12/14/2026,\n")

    assert [getattr(rule, "last_day", None) for rule in problem.rules] == [
        None,
        dt.date(2026, 12, 8),
    ]
    assert [(f.code, f.row, f.column) for f in found] == [
        ("ambiguous_date", 3, "first_day"),
    ]


def test_all_faults_at_once(tmp_path: Path) -> None:
    """Faults of cells, rows, files and of their relations come in one error, by file and row."""
    found = faults(
        tmp_path,
        **replaced("centers", "10.01,105.08,1.125", "x,500,0"),
        **replaced("shifts", "S2,00431", "S2,00439"),
        **replaced("rules", "mentor,hard,,2", "mentor,0,-1,2"),
        **replaced("volunteers", "0.91", "2"),
    )

    assert [(f.file, f.row, f.column) for f in found] == [
        ("centers.csv", 2, "lat"),
        ("centers.csv", 2, "lon"),
        ("centers.csv", 2, "priority"),
        ("volunteers.csv", 2, "show_rate"),
        ("shifts.csv", 3, "center_id"),
        ("rules.csv", 3, "level"),
        ("rules.csv", 3, "weight"),
    ]


@pytest.mark.parametrize("table", ["centers", "volunteers", "shifts", "skills"])
def test_no_cascade(table: str, tmp_path: Path) -> None:
    """A table that cannot be read does not make every reference to it unknown."""
    found = faults(tmp_path, **{table: "\x00" + TINY[table]})

    assert [(f.code, f.file, f.row) for f in found] == [("control_character", f"{table}.csv", 1)]


def test_encoding(tmp_path: Path) -> None:
    """A file in an older encoding is refused with the line and the byte."""
    write_texts(tmp_path, TINY)
    (tmp_path / "centers.csv").write_bytes(b"center_id,name\n00430,R\xe1ch\n00431,Hon\n")

    with pytest.raises(InputError) as caught:
        read_week(tmp_path)

    (fault,) = caught.value.faults
    assert (fault.code, fault.row, fault.value) == ("wrong_encoding", 2, "byte 0xE1")
    assert str(caught.value) == (
        "1 fault in the input:\n"
        "  centers.csv, row 2: 'byte 0xE1': the file is not in UTF-8, as text must be\n"
        "    Maybe it was saved in an older encoding; save it as 'CSV UTF-8'."
    )


def test_rows_are_those_of_a_spreadsheet(tmp_path: Path) -> None:
    """A name over two lines is one row, and an empty row counts."""
    centers = TINY["centers"].replace("Rạch Giá", '"Rạch\nGiá"').replace("10.2", "x")
    windows = TINY["availability"].replace("A2,", ",,,,\n\nA3,")
    found = faults(tmp_path, centers=centers, availability=windows)

    assert [(f.file, f.row) for f in found] == [("centers.csv", 3), ("availability.csv", 5)]


def test_good_times_beside_bad_rows(tmp_path: Path) -> None:
    """A row with a fault does not spoil another row with the same times."""
    rows = "A1,2026-12-07,07:00,17:00,x\nA2,2026-12-07,07:00,17:00,available\n"
    found = faults(tmp_path, availability="volunteer_id,date,start,end,state\n" + rows)

    assert [(f.row, f.column) for f in found] == [(2, "state")]


@pytest.mark.parametrize(
    ("table", "old", "new", "column"),
    [
        ("requirements", "S1,,,1,2", "S1,,,1,999999999", "target"),
        ("volunteers", "official,3,4,", f"official,3,{10**30},", "max_shifts"),
        ("centers", "1.125,2", f"1.125,{10**30}", "capacity"),
        ("skills", "tech,4", f"tech,{10**30}", "max_level"),
    ],
)
def test_numbers_no_model_can_hold(
    table: str, old: str, new: str, column: str, tmp_path: Path
) -> None:
    """A telephone number in a column of counts is a fault, and neither a crash nor a long wait."""
    found = faults(tmp_path, **replaced(table, old, new))

    assert ("out_of_range", f"{table}.csv", column) in {(f.code, f.file, f.column) for f in found}


def test_tiny_week_is_good(tmp_path: Path) -> None:
    """The week that the tests vary has no fault of its own."""
    problem = read(tmp_path)

    assert [c.center_id for c in problem.centers] == ["00430", "00431"]
    assert problem.rate_of == {1: 7}


@pytest.mark.parametrize(
    "word", ["Tổng", "TỔNG CỘNG", "To\u0302\u0309ng cộng:", "Cộng", "Tổng số: 13", "Sum"]
)
@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("centers", "{},,,,,12", "center_id"),
        ("centers", ",{},,,,12", "name"),
        ("volunteers", "{},,,,,9,", "volunteer_id"),
        ("shifts", "{},,,,", "shift_id"),
        ("requirements", "{},,,1,3", "shift_id"),
        ("centers", "{}", "center_id"),
    ],
)
def test_a_row_of_totals_is_told_as_one(
    tmp_path: Path, word: str, table: str, row: str, column: str
) -> None:
    """Coordinates, a home or dates are not what it lacks."""
    rules = TINY["rules"] + "travel,3,1,,\n"
    text = TINY[table] + row.format(word) + "\n"
    (fault,) = faults(tmp_path, **({"rules": rules} | {table: text}))

    assert (fault.code, fault.row, fault.column) == ("invalid_value", 4, column)
    assert str(fault.remedy) == "Delete the row, or give it another id if it is not a total."
    assert "dòng tổng cộng" in fault_text(fault, "vi")
    assert "[" not in fault_text(fault, "vi")


def test_what_names_a_refused_id_has_no_fault_of_its_own(tmp_path: Path) -> None:
    """A center that is called so is told once, and not at each of its shifts."""
    changed = {name: text.replace("00430", "Total") for name, text in TINY.items()}

    assert {(f.code, f.value) for f in faults(tmp_path, **changed)} == {("invalid_value", "Total")}


def test_names_that_hold_the_word_are_fine(tmp_path: Path) -> None:
    """Tổng is a part of names of people and places."""
    week = read(tmp_path, **replaced("centers", "Rạch Giá", "Tổng"))
    needs = replaced("requirements", "S1,", "Tổng 1,")
    longer = read(tmp_path, **replaced("shifts", "S1,", "Tổng 1,"), **needs)

    assert week.centers[0].name == "Tổng"
    assert longer.shifts[0].shift_id == "Tổng 1"


def test_an_id_that_would_be_read_as_a_total_is_not_written(tmp_path: Path) -> None:
    """A week made in Python may have it; in a file it would be lost."""
    week = read(tmp_path)
    odd = week.model_copy(update={"volunteers": (Volunteer(volunteer_id="Sum"),)})

    for write in (write_week, write_workbook):
        with pytest.raises(InputError, match="looks like a row of totals"):
            write(odd, tmp_path / "odd.xlsx")
    assert not (tmp_path / "odd.xlsx").exists()


@pytest.mark.parametrize("wrong", [1, 3])
def test_an_id_that_stands_twice_is_told_with_the_other_faults_of_its_rows(
    wrong: int, tmp_path: Path
) -> None:
    """Whichever of the two rows is faulty; an id repeated in sound rows is reported once."""
    lines = TINY["volunteers"].splitlines()
    rows = [*lines, lines[1], lines[2]]
    rows[wrong] = rows[wrong].replace(",4,", ",x,")

    found = faults(tmp_path, volunteers="\n".join(rows) + "\n")

    assert sorted(told_at(found)) == [
        "duplicate_id|4|volunteer_id|A1",
        "duplicate_id|5|volunteer_id|A2",
        f"not_a_whole_number|{wrong + 1}|max_shifts|x",
    ]
    assert [f.other.row for f in found if f.code == "duplicate_id" and f.other] == [2, 3]
