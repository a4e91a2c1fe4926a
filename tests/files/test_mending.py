"""Cells change together, only as they were seen and in files of the week, and can be put back."""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest
from files.mended import COMMUNE, book_of, mend_cell

import shiftplan as sp
from shiftplan.errors import InputError
from shiftplan.files.mending import (
    CellText,
    is_mended,
    mend_cells,
    put_back,
    rows_of_table,
    titles_of_week,
)
from shiftplan.files.mending.cell_places import CellPlace


@pytest.mark.parametrize("place", [CellPlace("Shifts", 2, 1), CellPlace("Shifts", 9, 9)])
def test_nothing_is_overwritten_unseen(tmp_path, place):
    """If the cell shows something else by now, the change is refused, and says what it shows."""
    file = book_of(tmp_path)
    before = file.read_bytes()

    with pytest.raises(InputError, match="the cell now shows"):
        mend_cell(file, place, "x", "something else")

    assert file.read_bytes() == before


@pytest.mark.parametrize("title", ["Nothing", "../w.xlsx", "", "shifts"])
def test_only_known_tables(tmp_path, title):
    """A name that is no sheet, or no table of the folder, is never looked for."""
    shutil.copytree(COMMUNE, tmp_path / "week")

    for week in (book_of(tmp_path), tmp_path / "week"):
        with pytest.raises(InputError, match="no such file"):
            rows_of_table(week, title)
        with pytest.raises(InputError):
            mend_cell(week, CellPlace(title, 1, 1), "x", "")


def test_a_cell_far_below_is_refused(tmp_path):
    """One request does not make a file of a million rows."""
    shutil.copytree(COMMUNE, tmp_path / "week")

    for week, title in ((book_of(tmp_path), "Shifts"), (tmp_path / "week", "shifts.csv")):
        for row, column in ((1_000_000, 1), (1, 16_000)):
            with pytest.raises(InputError, match="too far"):
                mend_cell(week, CellPlace(title, row, column), "x", "")


def test_many_cells_change_together_or_none(tmp_path):
    """A row is cleared and rows are added in one step; one wrong cell, and nothing is changed."""
    shutil.copytree(COMMUNE, tmp_path / "week")
    for week, title in ((book_of(tmp_path), "Shifts"), (tmp_path / "week", "shifts.csv")):
        grid = rows_of_table(week, title)
        last, row = max(grid), grid[2]
        cells = [CellText(2, place, text, "") for place, text in enumerate(row, start=1)]
        cells += [CellText(last + 3, 2, "", "b"), CellText(last + 1, 1, "", "a")]
        with pytest.raises(InputError):
            mend_cells(week, title, [*cells, CellText(1, 1, "wrong", "x")])
        assert rows_of_table(week, title) == grid
        assert not is_mended(week)

        mend_cells(week, title, cells)

        after = rows_of_table(week, title)
        assert 2 not in after
        assert after[last + 1][0] == "a"
        assert after[last + 3][:2] == ("", "b")
        others = {n: r for n, r in grid.items() if n != 2}
        assert {n: r for n, r in after.items() if n <= last} == others


@pytest.mark.parametrize("fails_at", [1, 2])
def test_where_the_disk_fails_the_file_stays(tmp_path, monkeypatch, fails_at):
    """Whether the copy or the file cannot be written: nothing is half written, and it is told."""
    file, times = book_of(tmp_path), []
    before, replace = file.read_bytes(), os.replace

    def failing(*places: Any) -> None:
        times.append(places)
        if len(times) == fails_at:
            raise PermissionError(13, "open in another program")
        replace(*places)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(InputError, match=r"w\.xlsx"):
        mend_cell(file, CellPlace("Shifts", 2, 1), "x", "a")

    assert file.read_bytes() == before
    assert not [entry for entry in tmp_path.iterdir() if entry.name.endswith(".part")]


def test_all_can_be_put_back(tmp_path):
    """The copy is that of before the first change, and putting it back leaves no copy."""
    for week, title in ((book_of(tmp_path), "Shifts"), (tmp_path / "week", "shifts.csv")):
        if not week.exists():
            shutil.copytree(COMMUNE, week)
        file = week if week.is_file() else week / title
        before, id_ = file.read_bytes(), rows_of_table(week, title)[2][0]
        mend_cell(week, CellPlace(title, 2, 1), "x", id_)
        mend_cell(week, CellPlace(title, 2, 1), "y", "x")
        assert is_mended(week)

        put_back(week)

        assert file.read_bytes() == before
        assert not is_mended(week)
        assert [entry for entry in file.parent.iterdir() if "before" in entry.name] == []


def test_a_copy_is_no_table(tmp_path):
    """A week with copies beside its tables reads as before, without notes."""
    week = tmp_path / "week"
    shutil.copytree(COMMUNE, week)
    for title in titles_of_week(week):
        shown = rows_of_table(week, title)[1][0]
        mend_cell(week, CellPlace(title, 1, 1), "", shown)
        mend_cell(week, CellPlace(title, 1, 1), shown, "")
    notes: list[Any] = []

    assert sp.read_week(week, on_note=notes.append) == sp.read_week(COMMUNE)
    assert notes == []


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    """A table that is a link to another file is neither shown nor changed."""
    week, secret = tmp_path / "week", tmp_path / "secret.csv"
    shutil.copytree(COMMUNE, week)
    secret.write_text("center_id\nhidden\n", encoding="utf-8")
    (week / "centers.csv").unlink()
    (week / "centers.csv").symlink_to(secret)

    with pytest.raises(InputError, match="link"):
        rows_of_table(week, "centers.csv")
    with pytest.raises(InputError, match="link"):
        mend_cell(week, CellPlace("centers.csv", 2, 1), "x", "hidden")

    assert "hidden" in secret.read_text(encoding="utf-8")
