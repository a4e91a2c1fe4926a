"""Logs as offices keep them: a sheet a month, plain headings, counts, closed days by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from files.weeks import refused, told_at
from fuzz.run import limited
from openpyxl import Workbook
from visit_logs import HEAD, found_kinds, read, told, week, written

from shiftplan.files import read_visits

ONE = [("A1", "2026-11-30 08:00", ("flow",))]
TWO = [*ONE, ("B2", "2026-11-30 09:00", ("file",))]


def book(folder: Path, sheets: dict[str, list[list[str]]]) -> Path:
    """A workbook with some sheets."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(folder / "log.xlsx")
    return folder / "log.xlsx"


def test_a_sheet_a_month_is_one_log(tmp_path: Path) -> None:
    """A sheet of other things beside them is passed over."""
    head = HEAD.strip().split(",")
    sheets = {
        "Tháng 10": [head, ["A1", "2026-10-30 08:00", "flow"]],
        "Tháng 11": [head, ["B2", "2026-11-30 09:00", "file"]],
        "Ghi chú": [["Nghỉ lễ"]],
    }

    history = read_visits(book(tmp_path, sheets), week())

    assert [center for center, _, _ in told(history)] == ["A1", "B2"]
    assert history.report.rows == 2


def test_a_sheet_named_after_the_list_is_the_log(tmp_path: Path) -> None:
    """The other sheet is a copy of it that somebody keeps."""
    rows = [HEAD.strip().split(","), ["A1", "2026-11-30 08:00", "flow"]]

    history = read_visits(book(tmp_path, {"visits": rows, "Copy": [*rows, rows[1]]}), week())

    assert told(history) == ONE


def test_sheets_may_be_named_after_their_centers(tmp_path: Path) -> None:
    """As files may."""
    sheets = {
        "Rạch Giá": [["arrived", "services"], ["2026-11-30 08:00", "flow"]],
        "B2": [["arrived", "services"], ["2026-11-30 09:00", "file"]],
    }

    assert told(read_visits(book(tmp_path, sheets), week())) == TWO


def test_dates_of_all_sheets_show_their_order(tmp_path: Path) -> None:
    """The first sheet alone could have the month first."""
    head = HEAD.strip().split(",")
    sheets = {
        "1": [head, ["A1", "10/11/2026 08:00", "flow"]],
        "2": [head, ["A1", "13/11/2026 08:00", "flow"]],
    }

    moments = [moment for _, moment, _ in told(read_visits(book(tmp_path, sheets), week()))]

    assert moments == ["2026-11-10 08:00", "2026-11-13 08:00"]


@pytest.mark.parametrize(
    "head",
    [
        "Trung tâm,Ngày,Giờ,Dịch vụ",
        "Trung tam,Ngay,Gio den,Dich vu",
        "Center,Date,Time,Service",
    ],
)
def test_plain_headings(head: str, tmp_path: Path) -> None:
    """A date and an hour, with and without accents."""
    history = read(tmp_path, f"{head}\nA1,2026-11-30,08:00,flow\n")

    assert told(history) == ONE


def test_a_column_of_numbers_makes_counts(tmp_path: Path) -> None:
    """One row is not one visit there, even if its hour is called time: it lacks the end."""
    faults = refused(read, tmp_path, "Center,Date,Time,Service,Count\nA1,2026-11-30,8:00,flow,7\n")

    assert told_at(faults) == ["missing_column|1|end"]


def test_counts_of_days_lack_their_hours(tmp_path: Path) -> None:
    """The fault is not that of a log of visits."""
    faults = refused(read, tmp_path, "center_id,date,services,number\nA1,2026-11-30,flow,7\n")

    assert told_at(faults) == ["missing_column|1|start"]


def test_a_million_columns_are_read_in_a_moment(tmp_path: Path) -> None:
    """Each title was compared with all before it."""
    titles = ",".join(f"c{i}" for i in range(200_000))
    cells = "," * 199_999

    with limited():
        history = read(tmp_path, f"{HEAD.strip()},{titles}\nA1,2026-11-30 08:00,flow,{cells}\n")

    assert told(history) == ONE


def test_why_no_date_is_left(tmp_path: Path) -> None:
    """Visits that are too late are the reason that nothing is left."""
    (fault,) = refused(read, tmp_path, HEAD + "A1,2026-12-30 08:00,flow\n")

    assert fault.code == "no_effect"
    assert "after the last date to be read" in str(fault.remedy)


def test_why_no_count_is_left(tmp_path: Path) -> None:
    """The same of a log of counts."""
    text = "center_id,date,start,end,services,number\nA1,2027-11-30,8:00,9:00,flow,7\n"

    (fault,) = refused(read, tmp_path, text)

    assert "after the last date to be read" in str(fault.remedy)


@pytest.mark.parametrize("word", ["*", "", "all", "Tất cả"])
def test_closed_days_of_all_centers(word: str, tmp_path: Path) -> None:
    """Words of people mean all centers too."""
    closed = written(tmp_path, f"center_id,date\n{word},2026-11-27\n", "closed.csv")
    rows = "".join(f"{c},2026-11-{d} 08:00,flow\n" for c in ("A1", "B2") for d in (27, 30))

    history = read(tmp_path, HEAD + rows, closed=closed)

    assert found_kinds(history.report)["closed_days"] == 2


def test_closed_days_of_unknown_centers_are_told(tmp_path: Path) -> None:
    """A slip would make a closed day one on which nobody came."""
    closed = written(tmp_path, "center_id,date\nZ9,2026-11-27\nZ9,2026-11-28\n", "closed.csv")

    note = read(tmp_path, HEAD + "A1,2026-11-30 08:00,flow\n", closed=closed).report[
        "unknown_closed"
    ]

    assert (note.count, note.names) == (2, ("Z9",))
    assert "2 rows of closed days left out" in str(note.message)
