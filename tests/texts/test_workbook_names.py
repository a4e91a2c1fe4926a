"""Sentences about a workbook have the names that its sheets show."""

from __future__ import annotations

import pytest

from shiftplan.faults import Fault
from shiftplan.texts.faults_in_words import fault_advice, fault_text
from shiftplan.texts.workbook_names import as_shown

UNKNOWN = "there is no such volunteer in the table volunteers"


def fault(sheet: str, message: str, table: str = "pins", remedy: str = "") -> Fault:
    return Fault(
        "unknown_id",
        table,
        "volunteer_id",
        "V7",
        message,
        remedy=remedy,
        file="week.xlsx",
        row=2,
        sheet=sheet,
        cell="A2",
    )


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        ("Ca đã chốt", "trong trang Tình nguyện viên"),
        ("Pins", "trong trang Volunteers"),
        ("Sheet of somebody's own", "trong bảng volunteers"),
        ("", "trong bảng volunteers"),
    ],
)
def test_tables_are_sheets(sheet: str, says: str) -> None:
    """A workbook of ours has a sheet for a table, in its own language; other files have tables."""
    assert says in fault_text(fault(sheet, UNKNOWN), "vi")
    assert says in fault_advice(fault(sheet, UNKNOWN), "vi")


def test_columns_and_values_are_those_of_the_sheet() -> None:
    """Headings stand in quotes, and values as a cell may say them; English stays as it is."""
    values = fault("Ca đã chốt", "must be 'must' or 'must_not'")

    assert "phải là 'phải trực' hoặc 'không trực'" in fault_text(values, "vi")
    assert "must be 'must' or 'must_not'" in fault_text(values, "en")
    levels = "the skill portal has the levels 1 to 4"
    higher = Fault("level_out_of_range", "volunteers", message=levels, sheet="Tình nguyện viên")
    assert "tăng “Bậc cao nhất”" in fault_text(higher, "vi")
    assert "tăng max_level" in fault_text(Fault("level_out_of_range", "volunteers"), "vi")


def test_names_of_rules_stay_as_they_are() -> None:
    """A rule may be called like a column."""
    sentence = "cần tọa độ vì có quy định max_shifts; thiếu max_shifts"

    assert as_shown(fault("Quy định", ""), sentence).endswith(
        "vì có quy định max_shifts; thiếu “Số ca nhiều nhất”"
    )
