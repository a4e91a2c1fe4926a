"""Offers to stand by: as a table, as marks of a grid, from teams, and in the weeks after."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from books import places, saved
from deliveries import SHARED, give, team
from openpyxl import load_workbook
from weeks import TINY, faults, read, told_at

from shiftplan import Problem
from shiftplan.errors import InputError
from shiftplan.errors.message import languages
from shiftplan.files import read_problem, read_week, read_workbook, write_problem, write_week
from shiftplan.files.gathering import gather, ordered
from shiftplan.present import write_team_forms, write_template, write_workbook
from shiftplan.present.faults import fault_text
from shiftplan.present.words import Lang
from shiftplan.seasons import anonymize, new_week
from shiftplan.seasons.joined import join_weeks
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import StandBy

HEAD = "volunteer_id,date,start,end\n"
MONDAY = dt.datetime(2026, 12, 7)
HOUR = dt.timedelta(hours=1)
GRIDS = {"en": "Availability grid", "vi": "Bảng đăng ký"}


def row(who: str, *hours: int) -> StandBy:
    """An offer to stand by between hours from Monday on; without hours for the whole week."""
    start, end = [MONDAY + hour * HOUR for hour in hours] or [None, None]
    return StandBy(volunteer_id=who, start=start, end=end)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("A1,,,", row("A1")),
        ("A1,2026-12-07,,", row("A1", 0, 24)),
        ("An,7/12,13h,", row("A1", 13, 24)),
        ("A1,T2,,11:00", row("A1", 0, 11)),
        ("A2,2026-12-07,22:00,06:00", row("A2", 22, 30)),
        ("A2,2026-12-08,7h-11h,", row("A2", 31, 35)),
    ],
)
def test_blank_cells_mean_the_whole_day_or_week(line: str, found: StandBy, tmp_path: Path) -> None:
    """A person alone stands by all week, with a date all day; hours may reach over midnight."""
    assert read(tmp_path, stand_by=HEAD + line + "\n").stand_by == (found,)


def test_a_list_of_people_is_enough(tmp_path: Path) -> None:
    """The table may have the column of people alone, under a Vietnamese heading."""
    found = read(tmp_path, stand_by="Tình nguyện viên\nAn\n").stand_by

    assert found == (row("A1"),)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("A1,,07:00,11:00", "missing_value|2|date"),
        ("A1,,,11:00", "missing_value|2|date"),
        ("A9,,,", "unknown_id|2|volunteer_id|A9"),
        (",2026-12-07,,", "missing_value|2|volunteer_id"),
        ("A1,2026-12-07,25:00,", "not_a_time|2|start|25:00"),
        ("A1,2026-13-07,,", "not_a_date|2|date|2026-13-07"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(line: str, fault: str, tmp_path: Path) -> None:
    """Hours without a date would be of no day; nobody unknown stands by."""
    assert told_at(faults(tmp_path, stand_by=HEAD + line + "\n")) == [fault]


def test_a_window_of_another_week_is_noted(tmp_path: Path) -> None:
    """It counts for nothing, as one of availability; it is no fault."""
    notes: list[Any] = []
    (tmp_path / "week").mkdir()
    for table, text in {**TINY, "stand_by": HEAD + "A1,2027-01-07,,\n"}.items():
        (tmp_path / "week" / f"{table}.csv").write_text(text)

    read_week(tmp_path / "week", on_note=notes.append)

    assert ("stand_by", "outside_horizon", 2) in [(n.table, n.code, n.row) for n in notes]


def test_start_and_end_belong_together() -> None:
    """JSON and Python cannot say what a table cannot."""
    with pytest.raises(ValueError, match="give both a start and an end, or neither"):
        StandBy(volunteer_id="A1", start=MONDAY)


def test_a_week_without_offers_is_as_before(tmp_path: Path) -> None:
    """A plan does not depend on who stands by, so neither does the digest."""
    week = read(tmp_path)
    on_call = week.model_copy(update={"stand_by": (row("A1"),)})

    assert week.digest == on_call.digest
    write_week(week, tmp_path / "written")
    assert not (tmp_path / "written" / "stand_by.csv").exists()


@pytest.fixture
def on_call(tmp_path: Path) -> Problem:
    """The tiny week: A2 stands by in the session of S1, A1 all week, and A1 in an odd hour."""
    lines = "A1,,,\nA1,2026-12-09,05:00,06:00\nA2,2026-12-07,07:00,17:00\n"
    return read(tmp_path, stand_by=HEAD + lines)


@pytest.mark.parametrize("name", ["week", "week.json", "week.xlsx"])
def test_every_form_keeps_the_offers(on_call: Problem, name: str, tmp_path: Path) -> None:
    """Folder, JSON and workbook are read back equal."""
    (tmp_path / "forms").mkdir()
    write_problem(on_call, tmp_path / "forms" / name)

    assert read_problem(tmp_path / "forms" / name) == on_call


@pytest.mark.parametrize("lang", languages())
def test_marks_of_the_grid_are_offers(on_call: Problem, lang: Lang, tmp_path: Path) -> None:
    """What fits a session stands in the grid, the rest in a sheet; both are read back, no note."""
    write_workbook(on_call, tmp_path / "own.xlsx", lang)
    book, notes = load_workbook(tmp_path / "own.xlsx"), list[Any]()
    mark = {"en": "SB", "vi": "DB"}[lang]

    found = read_workbook(tmp_path / "own.xlsx", on_note=notes.append)

    assert found == on_call
    assert [book[GRIDS[lang]]["D5"].value, len(notes)] == [mark, 0]
    assert book[{"en": "Stand by", "vi": "Dự bị"}[lang]].max_row == 3


@pytest.mark.parametrize("mark", ["SB", "sb", "dự bị", "du bi", "DB", "Stand by", "reserve"])
def test_a_mark_is_read_in_any_language(mark: str, tmp_path: Path) -> None:
    """Accents and capitals make no difference; the person is not available then."""
    write_workbook(read(tmp_path), tmp_path / "own.xlsx", "en")
    book = load_workbook(tmp_path / "own.xlsx")
    book[GRIDS["en"]]["D5"] = mark

    week = read_workbook(saved(book, tmp_path))

    assert week.stand_by == (row("A2", 7, 17),)
    assert [w.volunteer_id for w in week.availability] == ["A1", "A2"]


@pytest.mark.parametrize("lang", languages())
def test_a_legend_may_name_another_mark(lang: Lang, tmp_path: Path) -> None:
    """Beside `R: dự bị` an R is such a mark, which is told."""
    write_workbook(read(tmp_path), tmp_path / "own.xlsx", "en")
    book, notes = load_workbook(tmp_path / "own.xlsx"), list[Any]()
    grid = book[GRIDS["en"]]
    grid["D5"], grid["B8"] = "R", "R: dự bị"

    week = read_workbook(saved(book, tmp_path), on_note=notes.append)

    assert week.stand_by == (row("A2", 7, 17),)
    told = [fault_text(note, lang) for note in notes if note.cell == "D5"]
    assert [("SB" if lang == "en" else "DB") in text for text in told] == [True]


def test_a_mark_that_a_sheet_says_too_is_read_once(tmp_path: Path) -> None:
    """The sheet may lack the columns of times, which marks need."""
    write_workbook(read(tmp_path), tmp_path / "own.xlsx", "en")
    book = load_workbook(tmp_path / "own.xlsx")
    book[GRIDS["en"]]["D5"] = "SB"
    sheet = book.create_sheet("Stand by")
    sheet.append(["Volunteer id"])
    sheet.append(["A1"])
    only = read_workbook(saved(book, tmp_path)).stand_by
    sheet.delete_rows(1, 2)
    sheet.append(["Volunteer id", "Date", "Start", "End"])
    sheet.append(["A2", dt.date(2026, 12, 7), dt.time(7), dt.time(17)])

    assert only == (row("A1"), row("A2", 7, 17))
    assert read_workbook(saved(book, tmp_path)).stand_by == (row("A2", 7, 17),)


def test_a_mark_of_nobody_is_told_at_its_cell(tmp_path: Path) -> None:
    """As other marks in a row without a person."""
    write_workbook(read(tmp_path), tmp_path / "own.xlsx", "en")
    book = load_workbook(tmp_path / "own.xlsx")
    book[GRIDS["en"]]["D6"] = "SB"

    with pytest.raises(InputError) as caught:
        read_workbook(saved(book, tmp_path))

    assert places(caught.value.faults) == [("missing_value", GRIDS["en"], "A6")]


def test_a_template_takes_the_mark(tmp_path: Path) -> None:
    """Its list of marks has it, so that a spreadsheet accepts it."""
    write_template(tmp_path / "new.xlsx", MONDAY.date(), "vi")
    grid = load_workbook(tmp_path / "new.xlsx")[GRIDS["vi"]]

    assert '"x,+,-,DB"' in [v.formula1 for v in grid.data_validations.dataValidation]


def test_teams_deliver_offers(tmp_path: Path) -> None:
    """A row that two teams deliver counts once."""
    place = tmp_path / "teams"
    give(place, ".", **SHARED)
    team(place, "a", "A1,An,00430,", stand_by=HEAD + "A1,,,\n")
    team(place, "b", "A2,Bình,00431,", stand_by=HEAD + "A1,,,\nA2,2026-12-07,7h,11h\n")

    gathered = gather(place)

    assert gathered.problem is not None, gathered.faults
    assert gathered.problem.stand_by == (row("A1"), row("A2", 7, 11))


def test_teams_are_sent_their_offers_and_send_them_back(on_call: Problem, tmp_path: Path) -> None:
    """As marks where a session has them, else in a sheet; a blank form has none."""
    write_team_forms(on_call, tmp_path / "teams")

    gathered = gather(tmp_path / "teams")

    assert gathered.problem is not None, gathered.faults
    assert ordered(gathered.problem).stand_by == ordered(on_call).stand_by
    write_team_forms(on_call, tmp_path / "blank", blank=True)
    blank = gather(tmp_path / "blank")
    assert blank.problem is None or blank.problem.stand_by == ()


def test_a_new_week_takes_offers_along(on_call: Problem) -> None:
    """They move by a week; those for the whole week stay so. Who is who becomes secret."""
    moved = new_week(on_call, dt.date(2026, 12, 14)).problem
    secret = anonymize(on_call, seed=1)

    assert moved.stand_by == (row("A1"), row("A1", 221, 222), row("A2", 175, 185))
    assert {r.volunteer_id for r in secret.problem.stand_by} == set(secret.key.values())
    assert len(secret.problem.stand_by) == 3


def test_joined_weeks_keep_offers_on_their_dates(on_call: Problem) -> None:
    """Whoever stands by for one whole week does not for the other."""
    later = new_week(on_call, dt.date(2026, 12, 14)).problem
    shifts = tuple(s.model_copy(update={"shift_id": f"{s.shift_id}+"}) for s in later.shifts)
    needs = {"shifts": shifts, "requirements": (), "stand_by": ()}

    joined = join_weeks([on_call, later.model_copy(update=needs)])

    assert joined.horizon == Horizon(start=MONDAY.date(), days=14)
    assert joined.stand_by[0] == row("A1", 0, 168)
