"""Sentences about a workbook have the names that its sheets show."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

import pytest

from shiftplan.errors import Fault, FaultCode
from shiftplan.errors.message import Column, Message, Table, Word
from shiftplan.files.cells import not_a_parameter
from shiftplan.present.faults import fault_advice, fault_text

UNKNOWN = Message("problem.no_such_volunteer", table=Table("volunteers"))


def fault(sheet: str, message: str | Message, table: str = "pins") -> Fault:
    return Fault(
        "unknown_id",
        table,
        "volunteer_id",
        "V7",
        message,
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
        ("", "trong trang Tình nguyện viên"),
    ],
)
def test_tables_are_sheets(sheet: str, says: str) -> None:
    """A workbook of ours has a sheet for a table, in its own language; others have tables."""
    assert says in fault_text(fault(sheet, UNKNOWN), "vi")
    assert says in fault_advice(fault(sheet, UNKNOWN), "vi")


def test_columns_and_values_are_those_of_the_sheet() -> None:
    """Headings stand in quotes, and values as a cell may say them, in either language."""
    allowed = Message("problem.one_of", allowed=(Word("must"), Word("must_not")))
    values = fault("Ca đã chốt", allowed)

    assert "phải là 'phải trực' hoặc 'không trực'" in fault_text(values, "vi")
    assert "must be 'phải trực' or 'không trực'" in fault_text(values, "en")
    assert "must be 'must' or 'must_not'" in str(values)
    levels = Message("problem.levels_of_skill", skill="portal", most=4)
    higher = Fault("level_out_of_range", "volunteers", message=levels, sheet="Tình nguyện viên")
    assert "tăng “Bậc cao nhất”" in fault_text(higher, "vi")
    assert "tăng max_level" in fault_text(Fault("level_out_of_range", "volunteers"), "vi")


def test_names_that_the_reader_has_to_type_stay_as_they_are() -> None:
    """Ids, skills and rules are details of the sentence, whatever words they are."""
    rule = Fault(
        "unknown_rule",
        "rules",
        "rule",
        "max_shift",
        Message("problem.no_such_rule"),
        remedy=Message("files.meant_quoted", text="max_shifts"),
        sheet="Quy định",
    )
    tech = Message("files.meant_quoted", text="tech")
    skill = replace(rule, column="skill", value="tecx", remedy=tech)

    assert "'max_shifts'" in fault_text(rule, "vi")
    assert "'tech'" in fault_text(skill, "vi")


def test_lists_of_columns_are_headings() -> None:
    """The rule keeps its name; columns of skills have theirs behind a colon."""
    unused = not_a_parameter("max_shifts", "value", ("level", "weight")).message
    known = tuple(map(Column, ("volunteer_id", "name", "skill.portal")))
    strange = Message("files.no_such_column", known=known)

    assert "max_shifts không dùng “Giá trị”; các cột được dùng là “Mức”, “Trọng số”" in fault_text(
        Fault("not_a_parameter", "rules", "value", "3", unused, sheet="Quy định"), "vi"
    )
    assert "“Mã tình nguyện viên”, “Tên”, “Kỹ năng: portal”" in fault_text(
        Fault("unknown_column", "volunteers", "x", "", strange, sheet="TÌNH NGUYỆN VIÊN"), "vi"
    )


@pytest.mark.parametrize("code", get_args(FaultCode))
def test_no_general_sentence_names_a_file_of_tables(code: FaultCode) -> None:
    """Whoever filled in a workbook has no CSV files, and values as its lists say them."""
    told = fault_text(Fault(code, "pins", sheet="Ca đã chốt"), "vi")

    assert not re.search(r"(horizon|demand|services|requirements)\.csv|must|_id\b|\bkind\b", told)


def test_a_row_without_a_column_is_told_without_one() -> None:
    """Rows that are about the same have no single column: nothing stands in quotes."""
    row = replace(fault("Nhu cầu người", "", "requirements"), column="", cell="", row=23)

    place = "tệp week.xlsx, trang Nhu cầu người, dòng 23"
    assert fault_text(row, "vi").startswith(f"{place}: ")
    named = fault_text(replace(row, column="minimum"), "vi")
    assert named.startswith(f"{place}, cột “Tối thiểu”: ")
