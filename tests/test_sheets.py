"""The workbook of a roster: what its views say, how they print, and that text stays text."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from commands import make_problem
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from strategies import problems, rosters

from shiftplan import Horizon, Problem, Requirement, Roster, Skill, Volunteer, read_roster
from shiftplan.files.workbook.prints import HIDDEN
from shiftplan.present import write_roster_workbook
from shiftplan.present.words import Lang
from shiftplan.week.history import Published

VIEWS = {
    "en": ["By center", "By volunteer", "Empty seats", "Loads", "Roster"],
    "vi": ["Theo trung tâm", "Theo người", "Chỗ trống", "Số ca mỗi người", "Danh sách phân công"],
}
PROBLEM = make_problem(3, 2, 2)
"""Three people, two centers, two days of two shifts each, minimum 1 and target 2 everywhere."""
ROSTER = Roster.of([("c0-1207-07", "v0"), ("c0-1207-07", "v1"), ("c0-1207-13", "v0")])


def book_of(problem: Problem, roster: Roster, folder: Path, **more: Any) -> Any:
    path = folder / "roster.xlsx"
    write_roster_workbook(problem, roster, path, **more)
    book = load_workbook(path)
    assert book[HIDDEN].sheet_state == "veryHidden"
    del book[HIDDEN]
    return book


def rows(sheet: Any) -> list[list[Any]]:
    """Rows below the headings, which stand in row 3."""
    return [list(row) for row in sheet.iter_rows(min_row=4, values_only=True)]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_sheet_for_each_view(tmp_path: Path, lang: Lang) -> None:
    """All views are there, frozen, filtered, across A4, with headings on each page."""
    book = book_of(PROBLEM, ROSTER, tmp_path, lang=lang)

    assert book.sheetnames == VIEWS[lang]
    for sheet in book.worksheets:
        assert sheet.freeze_panes.endswith("4")
        assert sheet.auto_filter.ref.startswith("A3:")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.print_area


def test_each_center_is_printed_on_pages_of_its_own(tmp_path: Path) -> None:
    """A page ends below the last row of each center."""
    sheet = book_of(PROBLEM, ROSTER, tmp_path)["By center"]

    # Two centers with two times of day each: rows 4 and 5, rows 6 and 7.
    assert [pause.id for pause in sheet.row_breaks.brk] == [5, 7]


def test_namesakes_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    """Two people of one name stand in a team with their ids, others by name."""
    names = {"v0": "Lan", "v1": "Lan", "v2": "Minh"}
    people = [v.model_copy(update={"name": names[v.volunteer_id]}) for v in PROBLEM.volunteers]
    problem = PROBLEM.model_copy(update={"volunteers": tuple(people)})
    roster = Roster.of([("c0-1207-07", "v0"), ("c0-1207-07", "v1"), ("c0-1207-07", "v2")])

    sheet = book_of(problem, roster, tmp_path)["By center"]

    assert sheet.cell(4, 3).value == "Lan (v0)\nLan (v1)\nMinh"


def test_centers_show_teams_and_what_is_lacking(tmp_path: Path) -> None:
    """A full team, one of two people, and nobody are told apart by words, signs and fills."""
    sheet = book_of(PROBLEM, ROSTER, tmp_path)["By center"]
    monday = {row[1].value: row[2] for row in sheet.iter_rows(min_row=4, max_row=5)}

    assert monday["07:00–11:00"].value == "Người v0\nNgười v1"
    assert monday["07:00–11:00"].fill.patternType is None
    assert monday["13:00–17:00"].value == "Người v0\n△ 1 missing"
    assert monday["13:00–17:00"].fill.patternType == "gray0625"
    assert sheet["D4"].value == "▲ 2 missing"
    assert sheet["D4"].fill.patternType == "lightUp"
    assert sheet["E4"].value == "·"


def test_months_have_rows_for_each_week(tmp_path: Path) -> None:
    """Horizons of several weeks repeat weekdays as columns, a row for each week with shifts."""
    longer = Problem(**{**dict(PROBLEM), "horizon": Horizon(start="2026-12-01", days=14)})
    sheet = book_of(longer, ROSTER, tmp_path)["By center"]

    assert [c.value for c in sheet[3]][:5] == ["Center", "Week of", "Hours", "Tue", "Wed"]
    found = [(row[1].date().isoformat(), row[2]) for row in rows(sheet)[:3]]
    assert found == [
        ("2026-12-01", "07:00–11:00"),
        ("2026-12-01", "13:00–17:00"),
        ("2026-12-08", "07:00–11:00"),
    ]


def test_skills_that_are_lacking_are_named(tmp_path: Path) -> None:
    """A seat for somebody with a skill is told with the skill."""
    need = Requirement(shift_id="c0-1207-07", skill_id="k", minimum=0, target=1)
    skills = {"skills": (Skill(skill_id="k", name="Khmer"),)}
    problem = Problem(**{**dict(PROBLEM), **skills, "requirements": (need,)})

    assert "△ 1 missing: Khmer" in book_of(problem, ROSTER, tmp_path)["By center"]["C4"].value


def test_people_see_where_and_when(tmp_path: Path) -> None:
    """Who works has a row with center and hours; who does not has none."""
    found = rows(book_of(PROBLEM, ROSTER, tmp_path)["By volunteer"])

    assert [row[1] for row in found] == ["v0", "v1"]
    assert found[0][3:5] == [2, "07:00–11:00\nXã 0\n13:00–17:00\nXã 0"]


def test_empty_seats_come_worst_first(tmp_path: Path) -> None:
    """Seats below the minimum come before those below the target only."""
    found = rows(book_of(PROBLEM, ROSTER, tmp_path)["Empty seats"])

    # 8 shifts: one is full, one has one of two, six have nobody.
    assert [(row[0], row[7], row[8], row[9]) for row in found] == [("▲", 0, 2, 1)] * 6 + [
        ("△", 1, 1, 0)
    ]
    assert found[-1][10] == "c0-1207-13"


def test_loads_tell_offered_and_worked(tmp_path: Path) -> None:
    """Everybody who offered time has a row, the highest share first."""
    found = rows(book_of(PROBLEM, ROSTER, tmp_path)["Loads"])

    # At most 3 shifts each, so 3 offered; v0 works 2 of them, v1 one.
    assert [(row[1], row[3], row[4], row[5]) for row in found] == [
        ("v0", 3, 2, 0.6667),
        ("v1", 3, 1, 0.3333),
        ("v2", 3, 0, 0),
    ]


def test_changes_are_told_by_person(tmp_path: Path) -> None:
    """What somebody loses and gets; the published roster counts where no other is given."""
    before = Roster.of([("c0-1207-07", "v0"), ("c1-1207-13", "v0"), ("c0-1207-07", "v1")])
    published = tuple(
        Published(shift_id=a.shift_id, volunteer_id=a.volunteer_id) for a in before.assignments
    )
    known = Problem(**{**dict(PROBLEM), "published": published})
    for book in (
        book_of(PROBLEM, ROSTER, tmp_path, before=before),
        book_of(known, ROSTER, tmp_path),
    ):
        assert [(row[1], row[2], row[6]) for row in rows(book["Changes"])] == [
            ("v0", "+ new", "c0-1207-13"),
            ("v0", "− no longer", "c1-1207-13"),
        ]


def test_names_never_become_formulas(tmp_path: Path) -> None:
    """Names that start like a formula stay text in every view."""
    people = [Volunteer(volunteer_id=v, name=f"=1+{v}") for v in ("v0", "v1", "v2")]
    book = book_of(Problem(**{**dict(PROBLEM), "volunteers": people}), ROSTER, tmp_path)

    types = {cell.data_type for sheet in book.worksheets for row in sheet for cell in row}
    assert "f" not in types
    assert book["By volunteer"]["A4"].value == "=1+v0"
    assert book["By volunteer"]["A4"].quotePrefix


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_roster_can_be_written(data: st.DataObject) -> None:
    """Whatever the problem and the roster, unknown ids included, there is a workbook."""
    problem = data.draw(problems())
    roster, before = data.draw(rosters(problem)), data.draw(rosters(problem))
    odd = Roster.of([*roster.assignments, ("no shift", "nobody")])
    with tempfile.TemporaryDirectory() as folder:
        book = book_of(problem, odd, Path(folder), before=before, lang="vi")

        assert len(book.sheetnames) == 6 + ("Danh bạ" in book.sheetnames)
        for of in (None, problem):
            assert read_roster(Path(folder) / "roster.xlsx", of=of) == odd
