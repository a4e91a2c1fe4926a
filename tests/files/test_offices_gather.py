"""A province's week from the workbooks of its teams: what is planted is found, and nothing else."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from commands import run
from files.teams import (
    GRID,
    YELLOW,
    add_person,
    color_marks,
    edit,
    file_of,
    person_in,
    province,
    some_roster,
)
from rich.console import Console

from shiftplan import Problem, check, read_week
from shiftplan.errors.faults import line_of
from shiftplan.files.gathering import Gathered, gather
from shiftplan.present import write_team_forms
from shiftplan.present.gathering import show_gathered

EVERYDAY, ALL = 12, 102


@pytest.fixture(scope="module", params=[EVERYDAY, pytest.param(ALL, marks=pytest.mark.slow)])
def week(request: pytest.FixtureRequest) -> Problem:
    return province(request.param)


@pytest.fixture(scope="module")
def clean(week: Problem, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbooks of all teams, as they are sent out with everybody's marks."""
    folder = tmp_path_factory.mktemp("clean")
    write_team_forms(week, folder)
    return folder


@pytest.fixture
def teams(clean: Path, tmp_path: Path) -> Path:
    return shutil.copytree(clean, tmp_path / "teams")


def plant(week: Problem, teams: Path) -> list[str]:
    """Three people double, two teams missing, a wrong date, colors, a version; the centers."""
    ids = [center.center_id for center in week.centers]
    files = [file_of(teams, center) for center in ids[:EVERYDAY]]
    add_person(files[1], person_in(files[0], 1))  # in two teams, all the same
    double = person_in(files[2], 2)
    add_person(files[3], {**double, "Volunteer id": "X9"})  # under a second id
    other = person_in(files[5], 1)
    add_person(files[5], {**other, "Volunteer id": person_in(files[4], 2)["Volunteer id"]})
    color_marks(files[6])

    def mistype(book: Any) -> None:
        book[GRID]["D1"].value = dt.date(2026, 12, 17)

    edit(files[7], mistype)
    files[8].unlink()
    files[9].unlink()
    shutil.copy(files[10], teams / f"{ids[10]} (2).xlsx")
    return ids


def test_the_clean_workbooks_are_the_week(week: Problem, teams: Path) -> None:
    """Split and gathered, a week is the same, and a roster of it costs the same.

    Namesakes need no decision: their teams have an id for each.
    """
    gathered = gather(teams)

    assert gathered.problem == week
    assert (gathered.open, gathered.missing, gathered.faults) == ((), (), ())
    assert len(gathered.namesakes) == (107 if len(week.centers) == ALL else 2)
    assert {d.state for d in gathered.deliveries} == {"delivered"}
    roster = some_roster(week)
    assert check(gathered.problem, roster).total == check(week, roster).total


def test_everything_planted_is_found_and_nothing_else(week: Problem, teams: Path) -> None:
    """Each plant is told with its places; all other files are in order."""
    ids = plant(week, teams)

    gathered = gather(teams)

    names = [file_of(teams, c).name if c not in ids[8:10] else "" for c in ids[:EVERYDAY]]
    assert gathered.problem is None
    assert {(c.kind, c.first.file, c.second.file) for c in gathered.open} == {
        ("person_twice", names[0], names[1]),
        ("two_ids", names[2], names[3]),
        ("same_id", names[4], names[5]),
        ("versions", f"{ids[10]} (2).xlsx", names[10]),
    }
    assert gathered.missing == (ids[8], ids[9])
    assert [(fault.file, fault.sheet, fault.cell) for fault in gathered.faults] == [
        (names[6], GRID, gathered.faults[0].cell)
    ]
    states = {d.name: d.state for d in gathered.deliveries}
    assert {name for name, state in states.items() if state == "faulty"} == {names[6]}
    disputed = {*names[:6], names[10], f"{ids[10]} (2).xlsx"}
    assert {name for name, state in states.items() if state == "disputed"} == disputed
    assert {name for name, state in states.items() if state == "doubtful"} == {names[7], "_shared/"}
    (late,) = (d for d in gathered.deliveries if d.name == names[7])
    assert {(n.code, n.cell) for n in late.notes if n.code == "outside_horizon"} == {
        ("outside_horizon", "D1")
    }


def test_corrected_files_give_the_week_that_was(week: Problem, teams: Path, clean: Path) -> None:
    """Once the leaders sent right files, nothing is left of what was wrong."""
    ids = plant(week, teams)
    (teams / f"{ids[10]} (2).xlsx").unlink()
    for center in ids[:EVERYDAY]:
        shutil.copy(file_of(clean, center), teams)

    assert gather(teams).problem == week


def test_decisions_give_the_week_too(week: Problem, teams: Path, clean: Path, out: Path) -> None:
    """Conflicts are settled by a column of a table, and the rest by two corrected files."""
    ids = plant(week, teams)
    for center in (*ids[6:8], *ids[8:10]):
        shutil.copy(file_of(clean, center), teams)
    assert run("gather", teams, "--out", out).exit_code == 3
    table = out / "decisions.csv"
    text = table.read_text(encoding="utf-8")
    assert text.count(",,versions,") == text.count(",,person_twice,") == 1

    text = text.replace(",,versions,", ",2,versions,").replace(",,person", ",1,person")
    text = text.replace(",,two_ids,", ",1,two_ids,").replace(",,same_id,", ",first,same_id,")
    table.write_text(text, encoding="utf-8")
    assert run("gather", teams, "--out", out).exit_code == 0

    assert read_week(out) == week


def test_some_colors_among_marks_are_asked_about(week: Problem, teams: Path) -> None:
    """A leader who marked some people and colored others is doubtful, not refused."""
    file = file_of(teams, week.centers[0].center_id)

    def color(book: Any) -> None:
        for cell in book[GRID][4][3:]:
            cell.value, cell.fill = None, YELLOW

    edit(file, color)

    gathered = gather(teams)

    assert gathered.faults == ()
    assert {d.name: d.state for d in gathered.deliveries if d.state != "delivered"} == {
        file.name: "doubtful"
    }
    notes = next(d.notes for d in gathered.deliveries if d.name == file.name)
    assert any("colored" in line_of(note) for note in notes)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def shown(gathered: Gathered, lang: str) -> str:
    """What the terminal shows."""
    console = Console(file=io.StringIO(), width=100, highlight=False, markup=False, emoji=False)
    show_gathered(console, gathered, lang)
    return console.file.getvalue()


def test_people_read_who_delivered_in_both_languages(week: Problem, teams: Path) -> None:
    """The table, the missing centers and the conflicts are sentences."""
    ids = plant(week, teams)
    gathered = gather(teams)
    missing = ", ".join(f"{c.center_id} {c.name}" for c in week.centers[8:10])

    english, vietnamese = shown(gathered, "en"), shown(gathered, "vi")

    centers = len(ids)
    assert f"{centers - 2} of {centers} centers have delivered." in english
    assert f"Missing, 2 centers: {missing}" in english
    assert "4 open conflicts:" in english
    assert "The id V00070 belongs to two people." in english
    assert "sheet Volunteers, cell A3" in english
    assert f"Đã nộp: {centers - 2} trên {centers} trung tâm." in vietnamese
    assert f"Chưa nộp, 2 trung tâm: {missing}" in vietnamese
    assert "4 mâu thuẫn chưa giải quyết:" in vietnamese
    assert "Mã V00070 được dùng cho hai người." in vietnamese
    assert "trang Volunteers, ô A3" in vietnamese
