"""What spreadsheet programs and people make of a file is read as it was meant, or refused."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import pytest
from weeks import TINY, faults, read, replaced, told_at, write_texts

from shiftplan.files import read_week
from shiftplan.files.cells import (
    Bad,
    date_reader,
    decimal_reader,
    read_flag,
    read_moment,
    read_time,
    read_whole,
)
from shiftplan.present.faults import fault_text


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_forms_of_files(delimiter: str, encoding: str, newline: str, tmp_path: Path) -> None:
    """Separators, byte-order marks and line ends do not matter, nor does whether they mix."""
    plain, other = tmp_path / "plain", tmp_path / "other"
    plain.mkdir()
    other.mkdir()
    write_texts(plain, TINY)
    for table, text in TINY.items():
        changed = text.replace(",", delimiter).replace("\n", newline)
        (other / f"{table}.csv").write_bytes(changed.encode(encoding))

    assert read_week(other) == read_week(plain)


def test_blanks_case_and_empty_rows(tmp_path: Path) -> None:
    """Blanks, upper case in the header, empty columns and empty rows change nothing."""
    expected = read(tmp_path)
    pins = ",,\n Volunteer_ID ,SHIFT_ID\u00a0, State,,\n,,,,\n A1 , S1,must ,,,\n\n"
    changed = read(tmp_path, **replaced("centers", "Rạch Giá", "\u00a0Rạch Giá  "), pins=pins)

    assert changed.centers == expected.centers
    assert [(p.volunteer_id, p.shift_id) for p in changed.pins] == [("A1", "S1")]


def test_decimal_comma_in_semicolon_files(tmp_path: Path) -> None:
    """Where fields end at semicolons, 0,91 is a decimal number."""
    text = TINY["volunteers"].replace(",", ";").replace("0.91", "0,91")

    assert read(tmp_path, volunteers=text).volunteers[0].show_rate == 0.91


def test_dates_with_the_day_first(tmp_path: Path) -> None:
    """A date that proves the day comes first proves it for the whole file."""
    rows = "A1,07/12/2026,07:00,17:00\nA2,13/12/2026,07:00,17:00\n"
    problem = read(tmp_path, availability="volunteer_id,date,start,end\n" + rows)

    assert [w.start for w in problem.availability] == [
        dt.datetime(2026, 12, 7, 7),
        dt.datetime(2026, 12, 13, 7),
    ]


def test_dates_without_a_proof(tmp_path: Path) -> None:
    """A date that may be July or December is refused where both are planned."""
    rows = "A1,07/12/2026,07:00,17:00\n"
    year = "start,days\n2026-01-01,365\n"
    availability = "volunteer_id,date,start,end\n" + rows
    (fault,) = faults(tmp_path, availability=availability, horizon=year)

    assert (fault.code, fault.value) == ("ambiguous_date", "07/12/2026")
    assert str(fault.remedy) == "Write 2026-12-07 or 2026-07-12."


def test_night_shifts(tmp_path: Path) -> None:
    """An end at or before the start is on the next date; 24:00 ends the date itself."""
    shifts = (
        "shift_id,center_id,date,start,end,end_date\n"
        "S1,00430,2026-12-07,22:00,06:00,\n"
        "S2,00430,2026-12-07,22:00,24:00,\n"
        "S3,00430,2026-12-07,07:00,07:00,\n"
        "S4,00430,2026-12-07,07:00,09:00,2026-12-08\n"
    )
    hours = [s.end - s.start for s in read(tmp_path, shifts=shifts).shifts]

    assert hours == [dt.timedelta(hours=h) for h in (8, 2, 24, 26)]


WHOLE: dict[int | str, list[str]] = {
    8: ["8", "+8", "8.0", "8.00", "8,00", "008"],
    -8: ["-8"],
    1234: ["1 234", "1\u00a0234", "1.234,00", "1,234.00"],
    1234567: ["1,234,567", "1.234.567"],
    "ambiguous_number": ["1,234", "1.234", "8.000"],
    "not_a_whole_number": [
        *("8.5", "0,500", "1E+05", "٣", "1,23,456", "1.234.567,891"),
        *("9" * 5000 + ".0", "9" + " 999" * 5000),
    ],
    "out_of_range": ["9" * 5000],
}
"""Whole number, or code of the fault -> ways to write it."""


@pytest.mark.parametrize(
    ("cell", "value"), [(cell, value) for value, cells in WHOLE.items() for cell in cells]
)
def test_whole_numbers(cell: str, value: object) -> None:
    """Whole numbers are read when they can mean only one number."""
    found = read_whole(cell)

    assert (found.code if isinstance(found, Bad) else found) == value


@pytest.mark.parametrize(
    ("cell", "in_commas", "in_semicolons"),
    [
        ("1.125", 1.125, "ambiguous_number"),
        ("1.1250", 1.125, 1.125),
        ("10.25", 10.25, 10.25),
        ("0.125", 0.125, 0.125),
        ("10", 10.0, 10.0),
        ("-.5", -0.5, -0.5),
        ("1e-07", 1e-07, 1e-07),
        ("10,4", 10.4, 10.4),
        ("0,125", 0.125, 0.125),
        ("1,125", "ambiguous_number", 1.125),
        ("1.234,5", 1234.5, 1234.5),
        ("1,234.5", 1234.5, 1234.5),
        ("1 234,5", 1234.5, 1234.5),
        ("1,234,567", 1234567.0, 1234567.0),
        ("1.234.567", 1234567.0, 1234567.0),
        ("91%", "not_a_number", "not_a_number"),
        ("nan", "not_a_number", "not_a_number"),
        ("1e999", "out_of_range", "out_of_range"),
        ("0x10", "not_a_number", "not_a_number"),
    ],
)
def test_decimals(cell: str, in_commas: object, in_semicolons: object) -> None:
    """A point is a decimal point; a comma only where it cannot set off thousands."""
    for semicolons, value in ((False, in_commas), (True, in_semicolons)):
        found = decimal_reader({cell}, semicolons)(cell)

        assert (found.code if isinstance(found, Bad) else found) == value


@pytest.mark.parametrize(
    ("cell", "remedy"),
    [
        ("91%", "Did you mean 0.91 (91%)?"),
        ("90%", "Did you mean 0.9 (90%)?"),
        ("99,5%", "Did you mean 0.995 (99.5%)?"),
        ("100%", "Did you mean 1 (100%)?"),
        ("-5%", ""),
        ("nine%", ""),
        ("1234%", ""),
    ],
)
def test_a_percentage_is_told_as_a_share(cell: str, remedy: str) -> None:
    """Shares are written from 0 to 1; what a percentage is then stands in the remedy."""
    found = decimal_reader({cell}, True)(cell)

    assert isinstance(found, Bad)
    assert (found.code, str(found.remedy)) == ("not_a_number", remedy)


def test_point_beside_decimal_commas() -> None:
    """In a column that writes 8,5 the cell 1.125 may be a thousand and more: it is refused."""
    read = decimal_reader({"8,5", "1.125"}, True)

    assert read("8,5") == 8.5
    assert isinstance(read("1.125"), Bad)


@pytest.mark.parametrize(
    ("others", "most", "value"),
    [
        ((), math.inf, None),
        (("15.000", "250"), math.inf, None),
        (("10.5",), math.inf, 1.25),
        (("0.500",), math.inf, 1.25),
        ((), 1250, None),
        ((), 180, 1.25),
    ],
)
def test_a_point_in_a_file_of_semicolons(
    others: tuple[str, ...], most: float, value: float | None
) -> None:
    """1.250 is refused where it may be 1250: nothing else shows that points are decimal points."""
    found = decimal_reader({"1.250", *others}, True, most)("1.250")

    assert (None if isinstance(found, Bad) else found) == value
    if isinstance(found, Bad):
        assert str(found.message) == (
            "it may mean 1250, where '.' sets off thousands, or 1.25, where it is the decimal sign"
        )
        assert str(found.remedy) == "Write 1250 or 1,25."
        assert decimal_reader({"1,250"}, True)("1,250") == 1.25


def test_coordinates_of_three_decimals_are_read(tmp_path: Path) -> None:
    """A file of semicolons and points: 10386 would be no latitude, but 2125 may be arrivals."""
    centers = "center_id;lat;lon\n00430;10.386;105.435\n00431;10.123;-5.001\n"
    week = read(tmp_path, centers=centers)
    demand = TINY["demand"].replace("2.5", "2.125").replace(",", ";")
    (fault,) = faults(tmp_path, demand=demand)

    assert [(c.lat, c.lon) for c in week.centers] == [(10.386, 105.435), (10.123, -5.001)]
    assert (fault.code, fault.value) == ("ambiguous_number", "2.125")
    assert "[" not in fault_text(fault, "vi")


TIMES: dict[int | None, list[str]] = {
    0: ["12:00 AM", "00:00"],
    420: ["07:00", "7:00", "07:00:00", "7 giờ", "7g", "7:00 SA", "7:00 sáng", "7h sa\u0301ng"],
    450: ["7 GIỜ 30 phút"],
    480: ["8.00", "8h"],
    485: ["8H05"],
    510: ["8h30", "8 giờ 30 p sáng"],
    780: ["13g00"],
    810: ["1:30 pm", "1 giờ 30 chiều", "13h30 chiều"],
    660: ["11h trưa", "11:00 Trưa"],
    720: ["12h trưa", "12:00 pm", "12:00 CH", "noon", "12 noon", "12:00 Noon"],
    785: ["1h05 trưa", "13:05 trưa"],
    1140: ["7:00 CH", "7 giờ tối", "19:00 Tối"],
    1350: ["10h30 đêm", "22:30 đêm", "10:30 pm"],
    1440: ["24:00"],
    None: [
        *("12:00 chiều", "12 giờ tối", "2 giờ tối", "13:00 sáng", "8.5", "8.30", "8", "07:00:30"),
        *("12h đêm", "9h trưa", "2h trưa", "1 noon", "noon 12", "afternoon"),
        *("24:01", "7:60", "13:00 PM", "0.2917", "-1:00", ""),
        # blanks that two parts could share would take minutes
        *("8h" + " " * 100_000 + "x", "8h30" + " " * 100_000 + "x"),
    ],
}
"""Minutes since midnight -> ways to write them; None for what is no time."""


@pytest.mark.parametrize(
    ("cell", "minutes"), [(cell, told) for told, cells in TIMES.items() for cell in cells]
)
def test_times(cell: str, minutes: int | None) -> None:
    """Times of day are read as people write them, but never guessed."""
    found = read_time(cell)

    assert (found / dt.timedelta(minutes=1) if isinstance(found, dt.timedelta) else None) == minutes


@pytest.mark.parametrize(
    ("cells", "dates"),
    [
        (
            ["2026-12-07", "2026/1/2", "2026-12-07 00:00:00"],
            ["2026-12-07", "2026-01-02", "2026-12-07"],
        ),
        (["07/12/2026", "13.12.2026"], ["2026-12-07", "2026-12-13"]),
        (["07/12/2026", "12/13/2026"], ["2026-07-12", "2026-12-13"]),
        (["05/05/2026"], ["2026-05-05"]),
        (["07-12-2026"], ["ambiguous_date"]),
        (["13/12/2026", "12/13/2026"], ["ambiguous_date"] * 2),
        (
            ["2026-02-30", "31/02/2026", "7.12.26", "46363", "13/13/2026"],
            ["not_a_date", "not_a_date", "ambiguous_date", "not_a_date", "not_a_date"],
        ),
    ],
)
def test_dates(cells: list[str], dates: list[str]) -> None:
    """Dates are read when the file proves their order."""
    read = date_reader(cells)
    found = [read(c) for c in cells]

    assert [f.code if isinstance(f, Bad) else str(f) for f in found] == dates


def test_flags_and_moments() -> None:
    """Flags in two languages; a moment is a date with a time."""
    yes = ["1", "TRUE", "yes", "Có", "co\u0301", "x", "X", "✓"]

    assert [read_flag(c) for c in yes] == [True] * 8
    assert [read_flag(c) for c in ("0", "False", "no", "không")] == [False] * 4
    assert all(isinstance(read_flag(c), Bad) for c in ("v", "✗", "?", "2", "xx"))
    assert read_moment("2026-12-06 22:00") == dt.datetime(2026, 12, 6, 22)
    days = [dt.date(2026, 12, day) for day in range(1, 14)]
    for said in ("2026-12-06T18:00", "6/12/2026 18h", "CN 6/12 18:00", "18h CN, 6/12", "6/12 6 PM"):
        assert read_moment(said, days) == dt.datetime(2026, 12, 6, 18)
    for said in ("2026-12-06", "18:00", "CN 18:00", "T2 6/12 18:00", "2026-12-06 25h", "", "T"):
        assert isinstance(read_moment(said, days), Bad)
    assert isinstance(read_moment("9999-12-31 24:00"), Bad)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_sheet_saved_as_csv_keeps_its_headings(tmp_path: Path, delimiter: str) -> None:
    """They are read, whatever the sign between the fields; so is the heading of a skill."""
    header = "Mã trung tâm,Tên,VĨ ĐỘ,Longitude,Mức ưu tiên,Sức chứa"
    text = TINY["centers"].replace("center_id,name,lat,lon,priority,capacity", header)
    text = text.replace(",", delimiter)
    people = replaced("volunteers", "skill.portal", "Kỹ năng: portal")

    assert read(tmp_path, centers=text, **people) == read(tmp_path)


def test_a_heading_of_a_column_that_is_there_is_no_guess(tmp_path: Path) -> None:
    """The same column twice is told as that."""
    twice = faults(tmp_path, **replaced("volunteers", "skill.portal", "Tên"))

    assert told_at(twice) == ["repeated_column|1|name|Tên"]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Hourly pay", "hourly_cost"),
        ("Tiền công mỗi giờ", "hourly_cost"),
        ("Allowance per shift", "shift_cost"),
        ("Phụ cấp mỗi ca", "shift_cost"),
    ],
)
def test_former_and_usual_headings_of_pay_are_read(
    tmp_path: Path, heading: str, column: str
) -> None:
    """What workbooks were headed with before the words of the catalogue changed."""
    header, *rows = TINY["volunteers"].strip().splitlines()
    text = "\n".join([f"{header},{heading}", *(f"{row},5" for row in rows)])

    week = read_week(write_texts(tmp_path, TINY | {"volunteers": text}))

    assert {getattr(v, column) for v in week.volunteers} == {5}
