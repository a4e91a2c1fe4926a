"""The commands `split` and `gather`: the way of a week to its teams and back."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from commands import make_problem, run
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pace import costly

from shiftplan import Center, Problem, Roster, Volunteer, read_week, write_roster, write_week
from shiftplan.files.gathering import ordered
from shiftplan.present.sheets.teams import file_names

CENTERS = ("c0", "c1")


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """Two centers with a person each, and one who belongs to neither."""
    plain = make_problem(3, 2, 1)
    homes = ("c0", "c1", None)
    people = [
        Volunteer(**{**dict(v), "home_center_id": home, "name": f"Người {v.volunteer_id}"})
        for v, home in zip(plain.volunteers, homes, strict=True)
    ]
    centers = [Center(center_id=c, name=f"Xã {c.upper()}", lat=10, lon=105) for c in CENTERS]
    problem = Problem(**{**dict(plain), "volunteers": people, "centers": centers})
    write_week(problem, tmp_path / "week")
    return tmp_path / "week"


@pytest.fixture
def teams(week: Path, tmp_path: Path) -> Path:
    """The workbooks of the two teams."""
    place = tmp_path / "teams"
    assert run("split", week, "--out", place).exit_code == 0
    return place


def test_split_and_gather_is_the_way_there_and_back(week: Path, teams: Path, out: Path) -> None:
    """A workbook a center, the shared tables beside them, and the same week in the end."""
    found = run("gather", teams, "--out", out)

    assert found.exit_code == 0
    assert sorted(p.name for p in teams.iterdir()) == ["_shared", "c0 Xã C0.xlsx", "c1 Xã C1.xlsx"]
    assert "3 files read: 3 people, of whom 3 offered time." in found.stdout
    assert "2 of 2 centers have delivered." in found.stdout
    assert read_week(out) == ordered(read_week(week))
    assert (out / "deliveries.csv").read_text(encoding="utf-8").splitlines()[2] == (
        "c0 Xã C0.xlsx,c0 Xã C0,1,1,in order,"
    )
    assert not (out / "decisions.csv").exists()


def test_a_blank_form_has_the_sessions_and_no_marks(week: Path, tmp_path: Path) -> None:
    """Leaders fill it in anew; the steps are in the language of the command."""
    run("split", week, "--out", tmp_path / "blank", "--blank", "--lang", "vi")

    book = load_workbook(tmp_path / "blank" / "c0 Xã C0.xlsx")

    assert book.sheetnames == ["Hướng dẫn", "Tình nguyện viên", "Bảng đăng ký"]
    assert str(book["Hướng dẫn"]["A1"].value).startswith("Xã C0: thứ Hai 07/12")
    marks = [c.value for row in book["Bảng đăng ký"].iter_rows(min_row=4, min_col=4) for c in row]
    assert len(marks) >= 2
    assert set(marks) == {None}


def test_a_roster_is_split_into_pages_to_print(week: Path, tmp_path: Path) -> None:
    """Each center has who works when, its empty seats and its people; A4 across, heads repeated."""
    roster = Roster.of([("c0-1207-07", "v0"), ("c0-1207-13", "v1"), ("c1-1207-07", "v1")])
    write_roster(read_week(week), roster, tmp_path / "roster.csv")
    place = tmp_path / "print"

    found = run("split", week, "--roster", tmp_path / "roster.csv", "--out", place)

    assert found.exit_code == 0
    assert sorted(p.name for p in place.iterdir()) == ["c0 Xã C0.xlsx", "c1 Xã C1.xlsx"]
    book = load_workbook(place / "c0 Xã C0.xlsx")
    assert book.sheetnames == ["By center", "Empty seats", "People"]
    for sheet in book:
        assert str(sheet["A1"].value) == "Roster: Xã C0, Mon 07 Dec to Sun 13 Dec 2026"
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert sheet.print_title_rows == "$3:$3"
    rows = [[c.value for c in row] for row in book["People"].iter_rows(min_row=4)]
    assert [row[:4] for row in rows] == [
        ["Người v0", "v0", "Xã C0", 1],
        ["Người v1", "v1", "Xã C1", 2],
    ]
    assert rows[1][4] == "Mon 07 Dec 07:00–11:00  Xã C1\nMon 07 Dec 13:00–17:00  Xã C0"


def test_what_teams_sent_back_is_never_written_over(week: Path, teams: Path) -> None:
    """A folder that is not empty needs --replace."""
    found = run("split", week, "--out", teams)

    assert found.exit_code == 2
    assert "--replace" in found.stderr
    assert run("split", week, "--out", teams, "--replace").exit_code == 0


@pytest.mark.parametrize("who", ["(example) An", "Total"])
def test_ids_that_a_workbook_would_not_give_back_are_refused(
    tmp_path: Path, out: Path, who: str
) -> None:
    """They would be taken for an example, or for a row of totals; nothing is written."""
    plain = make_problem(1, 1, 1)
    (person,) = plain.volunteers
    people = [person.model_copy(update={"volunteer_id": who, "home_center_id": "c0"})]
    problem = Problem(**{**dict(plain), "volunteers": people, "availability": ()})
    (tmp_path / "week.json").write_text(problem.to_json(), encoding="utf-8")

    found = run("split", tmp_path / "week.json", "--out", out)

    assert found.exit_code == 2
    assert who in found.stderr
    assert not out.exists()


def test_a_form_has_no_roster(week: Path, out: Path) -> None:
    """What is blank to be filled in cannot be planned already."""
    found = run("split", week, "--out", out, "--blank", "--roster", "roster.csv")

    assert found.exit_code == 2
    assert not out.exists()


def test_conflicts_wait_for_decisions_that_later_runs_keep(teams: Path, out: Path) -> None:
    """Exit code 3 and no week; then the decision, then another conflict beside it."""
    shutil.copy(teams / "c0 Xã C0.xlsx", teams / "c0 (2).xlsx")
    first = run("gather", teams, "--out", out)
    table = out / "decisions.csv"
    blank = table.read_text(encoding="utf-8")

    assert first.exit_code == 3
    assert "1 conflict needs a decision" in first.stderr
    assert sorted(p.name for p in out.iterdir()) == ["decisions.csv", "deliveries.csv"]

    table.write_text(blank.replace(",,versions,", ",2,versions,"), encoding="utf-8")
    shutil.copy(teams / "c1 Xã C1.xlsx", teams / "c1 (2).xlsx")
    second = run("gather", teams, "--out", out)

    assert second.exit_code == 3
    assert ",2,versions,Volunteers,c0," in table.read_text(encoding="utf-8")
    assert ",,versions,Volunteers,c1," in table.read_text(encoding="utf-8")

    (teams / "c1 (2).xlsx").unlink()
    (teams / "c0 (2).xlsx").unlink()
    third = run("gather", teams, "--out", out)

    assert third.exit_code == 0
    assert "1 decision is about no conflict that was found; it is kept." in third.stdout
    assert "2,versions,Volunteers,c0," in table.read_text(encoding="utf-8")


def test_faults_are_told_and_no_week_is_written(teams: Path, out: Path) -> None:
    """With all that is wrong, each at its file, and the table of who delivered."""
    (teams / "c0 Xã C0.xlsx").write_bytes(b"no workbook")

    found = run("gather", teams, "--out", out)

    assert found.exit_code == 2
    assert "c0 Xã C0.xlsx: " in found.stderr
    assert "No week was written." in found.stderr
    assert "has faults" in found.stdout
    assert [p.name for p in out.iterdir()] == ["deliveries.csv"]


def test_a_week_that_is_there_is_kept(teams: Path, out: Path) -> None:
    """It may have been changed by hand since; --replace writes over it."""
    run("gather", teams, "--out", out)

    assert run("gather", teams, "--out", out).exit_code == 2
    assert run("gather", teams, "--out", out, "--replace").exit_code == 0


@pytest.mark.parametrize("name", ["week.xlsx", "week.json"])
def test_the_week_is_a_folder(teams: Path, tmp_path: Path, name: str) -> None:
    """Decisions and deliveries lie beside its tables."""
    found = run("gather", teams, "--out", tmp_path / name)

    assert found.exit_code == 2
    assert "must be a folder" in found.stderr


def test_the_week_may_lie_among_the_teams(teams: Path) -> None:
    """It is passed over when they are gathered again, but is not the folder of the teams itself."""
    assert run("gather", teams, "--out", teams / "week").exit_code == 0
    assert run("gather", teams, "--out", teams / "week", "--replace").exit_code == 0
    assert run("gather", teams, "--out", teams).exit_code == 2


def test_decisions_may_lie_elsewhere(teams: Path, out: Path, tmp_path: Path) -> None:
    """A table that is not there yet is made where it is wanted."""
    shutil.copy(teams / "c0 Xã C0.xlsx", teams / "c0 (2).xlsx")
    table = tmp_path / "mine.csv"

    assert run("gather", teams, "--out", out, "--decisions", table).exit_code == 3
    table.write_text(table.read_text("utf-8").replace(",,versions,", ",1,versions,"), "utf-8")
    assert run("gather", teams, "--out", out, "--decisions", table).exit_code == 0


@costly(0.25)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=20), st.text(max_size=90)), max_size=6))
def test_names_of_workbooks_suit_every_system(parts: list[tuple[str, str]]) -> None:
    """They are different, also without capitals, and hold no sign that Windows refuses."""
    centers = [Center.model_construct(center_id=i, name=name) for i, name in parts]

    names = file_names(centers)

    assert len({name.casefold() for name in names}) == len(centers)
    for name in names:
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
        assert not re.match(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])\.", name.casefold())
        assert name == name.strip(" .")
        assert len(name) < 110


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_shifts_that_were_made_do_not_vanish_without_a_word(
    teams: Path, out: Path, lang: str
) -> None:
    """A week gathered again has the shifts of the folder, not those that `shifts` made."""
    run("gather", teams, "--out", out)
    again = run("gather", teams, "--out", out, "--replace", "--lang", lang)
    table = out / "shifts.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("07:00", "07:30"), encoding="utf-8")

    found = run("gather", teams, "--out", out, "--replace", "--lang", lang)

    assert "shiftplan shifts" not in again.stdout
    assert found.exit_code == 0
    assert "shifts.csv" in found.stdout
    assert "`shiftplan shifts`" in found.stdout
    assert "requirements.csv" not in found.stdout


def test_the_form_of_a_team_without_people_has_the_columns_of_the_others(
    week: Path, tmp_path: Path
) -> None:
    """Skills too, and always phones: new people are entered once."""
    table = week / "volunteers.csv"
    kept = [r for r in table.read_text(encoding="utf-8").splitlines() if ",c1," not in r]
    table.write_text("\n".join(kept), encoding="utf-8")
    times = week / "availability.csv"
    left = [r for r in times.read_text(encoding="utf-8").splitlines() if not r.startswith("v1,")]
    times.write_text("\n".join(left), encoding="utf-8")

    assert run("split", week, "--out", tmp_path / "teams").exit_code == 0

    books = [load_workbook(tmp_path / "teams" / f"c{i} Xã C{i}.xlsx") for i in (0, 1)]
    headers = [[cell.value for cell in book["Volunteers"][1]] for book in books]
    assert headers[0] == headers[1]
    assert "Phone" in headers[1]
