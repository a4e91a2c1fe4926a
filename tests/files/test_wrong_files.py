"""A file that is no planning week, but beside one, or in one: what is meant is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from books import saved, tiny_book
from weeks import read

from shiftplan.errors import Fault, InputError
from shiftplan.files import read_problem, read_roster, read_week
from shiftplan.present.faults import fault_text


def fault_of(reader: Callable[[Path], object], path: Path) -> Fault:
    """The one fault of a file, all of it known in Vietnamese."""
    with pytest.raises(InputError) as refused:
        reader(path)
    (fault,) = refused.value.faults
    assert "[" not in fault_text(fault, "vi")
    return fault


def test_a_folder_with_one_workbook_names_it(tmp_path: Path) -> None:
    """Copies with marked faults and locks of spreadsheet programs are no weeks."""
    book = saved(tiny_book(), tmp_path)
    for name in ("week.faults.xlsx", "~$week.xlsx"):
        shutil.copy(book, tmp_path / name)

    fault = fault_of(read_problem, tmp_path)

    assert (fault.code, str(fault.remedy)) == ("missing_file", f"Did you mean {book}?")


def test_a_table_names_its_folder(tmp_path: Path) -> None:
    """One table of a week is given where the week is meant."""
    read(tmp_path)
    fault = fault_of(read_problem, tmp_path / "centers.csv")

    assert str(fault.message).startswith("this is one table")
    assert str(fault.remedy) == f"Did you mean {tmp_path}?"


def test_a_workbook_for_printing_names_the_roster_beside_it(tmp_path: Path) -> None:
    """roster.xlsx stands beside roster.csv; without that it is a workbook as any other."""
    book = saved(tiny_book(), tmp_path, "roster.xlsx")
    alone = fault_of(read_roster, book)
    (tmp_path / "roster.csv").write_text("shift_id,volunteer_id\n", encoding="utf-8")
    fault = fault_of(read_roster, book)

    assert "no visible sheet has the columns" in str(alone.message)
    assert str(fault.remedy) == f"Did you mean {tmp_path / 'roster.csv'}?"


@pytest.mark.parametrize("name", ["", ".", "..", "/"])
def test_a_roster_without_a_name_is_told_as_a_file_that_cannot_be_read(name: str) -> None:
    """An empty field of a form, or a folder."""
    assert fault_of(read_roster, Path(name)).code == "unreadable_file"


def test_a_result_is_told_as_one_fault(tmp_path: Path) -> None:
    """Not as a week whose every field is missing or unknown."""
    path = tmp_path / "result.json"
    path.write_text('{"schema_version": 1, "status": "OPTIMAL", "problem_digest": "0"}')

    assert str(fault_of(read_problem, path).message) == "this is a result, not a planning week"


def test_the_reader_of_folders_names_those_of_workbooks(tmp_path: Path) -> None:
    """In Python the wrong function was called."""
    fault = fault_of(read_week, saved(tiny_book(), tmp_path))

    assert "read_problem and read_workbook" in str(fault.message)
