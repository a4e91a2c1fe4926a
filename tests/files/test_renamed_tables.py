"""A misspelt sheet or file gets the name of its table, and what refers to it follows."""

from __future__ import annotations

import shutil

import pytest
from files.mended import COMMUNE, book_of, parts
from openpyxl import load_workbook

import shiftplan as sp
from shiftplan.errors import InputError
from shiftplan.files import write_problem
from shiftplan.files.mending import (
    put_back,
    rename_table,
)


def test_a_sheet_gets_another_name(tmp_path):
    """A whole template reads as before: lists to choose from, filters and links follow the name."""
    file = tmp_path / "w.xlsx"
    write_problem(sp.read_week(COMMUNE), file)
    book = load_workbook(file)
    book["Volunteers"].title = "Vol & 'unteers"
    book["Help"]["A1"] = "See Vol & 'unteers!"
    book["Rules"]["T9"] = "='Vol & ''unteers'!A2"
    book.save(file)
    with pytest.raises(InputError):
        sp.read_problem(file)
    before = parts(file)

    rename_table(file, "Vol & 'unteers", "Volunteers")

    after, book = parts(file), load_workbook(file)
    assert "unteers'" not in str(book["Volunteers"].print_title_rows or "")
    assert book["Rules"]["T9"].value == "='Volunteers'!A2"
    assert book["Help"]["A1"].value == "See Vol & 'unteers!"
    assert after.keys() == before.keys()
    assert not any(b"Vol &amp; ''unteers" in xml for xml in after.values())
    book["Rules"]["T9"] = None
    book.save(file)
    assert sp.read_problem(file) == sp.read_week(COMMUNE)
    put_back(file)
    assert parts(file) == before


@pytest.mark.parametrize("to", ["", "my own notes", "MY OWN NOTES", "a/b", "x" * 32, "it's"])
def test_names_that_sheets_cannot_have(tmp_path, to):
    """They are refused, and nothing is changed."""
    file = book_of(tmp_path)
    before = file.read_bytes()

    with pytest.raises(InputError, match="is taken, or cannot be used"):
        rename_table(file, "Shifts", to)

    assert file.read_bytes() == before


def test_a_file_gets_the_name_of_a_table(tmp_path):
    """Only to a table's name that is free, and never out of the folder."""
    week = tmp_path / "week"
    shutil.copytree(COMMUNE, week)
    (week / "shifts.csv").rename(week / "shfts.csv")
    for title, to in (
        ("shfts.csv", "centers.csv"),
        ("shfts.csv", "../shifts.csv"),
        ("shfts.csv", "notes.csv"),
        ("../secret.csv", "shifts.csv"),
        ("nothing.csv", "shifts.csv"),
    ):
        with pytest.raises(InputError):
            rename_table(week, title, to)

    rename_table(week, "shfts.csv", "shifts.csv")

    assert sp.read_week(week) == sp.read_week(COMMUNE)
