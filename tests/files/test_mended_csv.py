"""A new text for a cell of a CSV file leaves all other lines as they were."""

from __future__ import annotations

import csv
import io
import shutil
import unicodedata

import pytest
from files.mended import COMMUNE, mend_cell
from hypothesis import given
from hypothesis import strategies as st

import shiftplan as sp
from shiftplan.errors import InputError
from shiftplan.files.mending import (
    rows_of_table,
)
from shiftplan.files.mending.cell_places import CellPlace

CELL = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="'"), max_size=9
)


@given(
    grid=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=4),
    row=st.integers(2, 7),
    column=st.integers(1, 5),
    text=CELL,
    end=st.sampled_from(["\n", "\r\n"]),
    form=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    sign=st.sampled_from(",;\t"),
)
def test_csv_files_keep_all_other_lines(tmp_path_factory, grid, row, column, text, end, form, sign):
    """Whatever stands in a table, only the line of the cell changes; it shows the new text."""
    week = tmp_path_factory.mktemp("week")
    made = io.StringIO()
    writer = csv.writer(made, delimiter=sign, lineterminator=end)
    writer.writerow(["center_id", "name", "type"])
    writer.writerows([["c", *cells[1:]] for cells in grid])
    file = week / "centers.csv"
    file.write_bytes(made.getvalue().encode(form))
    before = rows_of_table(week, "centers.csv")
    was = before.get(row, ())
    shown = was[column - 1] if column <= len(was) else ""

    mend_cell(week, CellPlace("centers.csv", row, column), text, shown)

    after = rows_of_table(week, "centers.csv")
    now = after.get(row, ())
    said = unicodedata.normalize("NFC", " ".join(text.split()))
    assert (now[column - 1] if column <= len(now) else "") == said
    assert {n: r for n, r in after.items() if n != row} == {
        n: r for n, r in before.items() if n != row
    }
    text_now = file.read_bytes().decode(form)
    old = io.StringIO(made.getvalue(), newline="").readlines()
    new = io.StringIO(text_now, newline="").readlines()
    assert old[: row - 1] == new[: min(row - 1, len(old))]
    assert old[row:] == new[row:][: len(old[row:])]


def test_a_line_with_broken_quotes_can_be_mended(tmp_path):
    """It is shown as it can be, and the whole file is read again once the line is right."""
    week = tmp_path / "week"
    shutil.copytree(COMMUNE, week)
    file = week / "centers.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([lines[0], '30958,"Xã "Định Hòa,,,', ""]), encoding="utf-8")
    with pytest.raises(InputError):
        sp.read_week(week)
    shown = rows_of_table(week, "centers.csv")[2]

    mend_cell(week, CellPlace("centers.csv", 2, 2), "Xã Định Hòa", shown[1])

    assert sp.read_week(week).centers[0].name == "Xã Định Hòa"


def test_a_cell_that_is_too_long_can_be_mended_away(tmp_path):
    """Its line is shown as one cell, which no reader of CSV would give."""
    week = tmp_path / "week"
    shutil.copytree(COMMUNE, week)
    file = week / "centers.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    long = "x" * (csv.field_size_limit() + 1)
    file.write_text("\n".join([lines[0], long, *lines[1:], ""]), encoding="utf-8")
    with pytest.raises(InputError):
        sp.read_week(week)
    shown = rows_of_table(week, "centers.csv")
    assert shown[2] == (long,)

    mend_cell(week, CellPlace("centers.csv", 2, 1), "", long)

    assert sp.read_week(week).centers == sp.read_week(COMMUNE).centers
