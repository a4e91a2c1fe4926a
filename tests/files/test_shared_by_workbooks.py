"""Tables that lie above weeks which are workbooks: taken for sheets without rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from files.books import saved, tiny_book
from files.weeks import TINY, refused, write_texts

from shiftplan.batch.manifest import WeekJob
from shiftplan.batch.parcel import pack_job, unpack_job
from shiftplan.batch.succession import job_key
from shiftplan.errors import Fault
from shiftplan.files import read_problem, read_week, read_workbook
from shiftplan.files.closed_days import days_of
from shiftplan.files.opening_csv import make_week
from shiftplan.files.shared import shared_tables
from shiftplan.present.faults import fault_text
from shiftplan.problem import Problem

COMMON = ("centers", "skills", "services", "rules")
MADE = {
    "opening": "days,start,end,session\nMon-Tue,07:00,11:00,am\n",
    "needs": "minimum,target\n1,2\n",
    "days": "date,state,where\n2026-12-08,closed,Hòn Đất\n",
}
FORMS = ["2026-12-07/week.xlsx", "2026-12-07.xlsx", "week-2026-12-07.xlsx"]


def nation(top: Path, form: str, **changed: str) -> Path:
    """A week of a province as a workbook, without the tables that lie above it."""
    book = tiny_book(**{**dict.fromkeys(COMMON, ""), **changed})
    path = top / "nation" / "province" / form
    path.parent.mkdir(parents=True)
    write_texts(top / "nation", {name: TINY[name] for name in COMMON if name != "centers"})
    write_texts(top / "nation" / "province", {"centers": TINY["centers"]})
    return saved(book, path.parent, path.name)


def read(path: Path) -> tuple[Problem, list[Fault]]:
    notes: list[Fault] = []
    return read_workbook(path, on_note=notes.append), notes


@pytest.mark.parametrize("form", FORMS)
def test_a_workbook_takes_what_it_lacks_from_above(tmp_path: Path, form: str) -> None:
    """In a folder named by a date, or named so itself; a note names the files as seen from it."""
    problem, notes = read(nation(tmp_path, form))
    (tmp_path / "whole").mkdir()

    assert problem == read_week(write_texts(tmp_path / "whole", TINY))
    up = "../" if "/" in form else ""
    files = [f"{up}centers.csv", *(f"{up}../{name}.csv" for name in COMMON[1:])]
    first, second, third, last = files
    assert [fault_text(note, "en").splitlines()[0] for note in notes] == [
        f"{first}: this shared table is used, because the week has none of its own, and so are "
        f"{second}, {third} and {last}"
    ]
    assert "tuần này không có bảng riêng" in fault_text(notes[0], "vi")


def test_a_sheet_with_rows_wins_and_a_blank_one_does_not(tmp_path: Path) -> None:
    """Templates have all sheets; a table is never merged with another."""
    own = "rule,level\none_place,hard\n"
    path = nation(tmp_path, FORMS[0], rules=own, skills="skill_id,name\n")
    problem, notes = read(path)

    assert [rule.rule for rule in problem.rules] == ["one_place"]
    assert [skill.skill_id for skill in problem.skills] == ["portal"]
    assert "rules.csv" not in " ".join(fault_text(note, "en") for note in notes)


def test_a_workbook_without_a_date_says_what_to_do(tmp_path: Path) -> None:
    """Its missing sheets are faults, as those of a folder are."""
    path = nation(tmp_path, "december.xlsx")

    (fault,) = (f for f in refused(read_workbook, path) if f.table == "rules")
    assert fault_text(fault, "en").endswith(
        "../rules.csv is shared only by weeks whose folders or workbooks are named by a date, "
        "such as 2026-12-07."
    )
    assert shared_tables(path) == {}


def test_a_json_file_is_whole(tmp_path: Path) -> None:
    """It takes nothing from above, wherever it lies."""
    problem, _ = read(nation(tmp_path, FORMS[0]))
    path = tmp_path / "nation" / "province" / "2026-12-07" / "week.json"
    path.write_text(problem.model_copy(update={"services": (), "demand": ()}).to_json())

    assert read_problem(path).services == ()


def test_faults_of_shared_tables_have_their_file(tmp_path: Path) -> None:
    """They are no cells of the workbook."""
    path = nation(tmp_path, FORMS[0])
    write_texts(tmp_path / "nation", {"rules": "rule,level\nmentr,hard\n"})

    (fault,) = refused(read_workbook, path)
    assert (fault.file, fault.row, fault.sheet, fault.cell) == ("../../rules.csv", 2, "", "")


def test_a_link_out_of_its_folder_is_not_read(tmp_path: Path) -> None:
    """As for folders, nothing of the file is quoted."""
    path = nation(tmp_path, FORMS[1])
    (tmp_path / "secret.csv").write_text("secret\n")
    (tmp_path / "nation" / "rules.csv").unlink()
    (tmp_path / "nation" / "rules.csv").symlink_to("../secret.csv")

    (fault,) = refused(read_workbook, path)
    assert (fault.code, fault.file) == ("unreadable_file", "../rules.csv")
    assert "secret" not in fault_text(fault, "en")


def test_shifts_are_made_from_shared_opening_hours(tmp_path: Path) -> None:
    """For a workbook without shifts, needs and a forecast; the grid may name their sessions."""
    blank = dict.fromkeys(("shifts", "requirements", "demand"), "")
    path = nation(tmp_path, FORMS[0], **blank)
    write_texts(tmp_path / "nation", MADE)
    problem, _ = read(path)

    assert [s.shift_id for s in problem.shifts] == [
        "00430-1207-am", "00430-1208-am", "00431-1207-am",
    ]  # fmt: skip
    assert {need.target for need in problem.requirements} == {2}
    assert len(make_week(path).problem.shifts) == 3


def test_made_shifts_replace_typed_ones_only_if_asked(tmp_path: Path) -> None:
    """Shared opening hours are looked at by the command that makes shifts anew."""
    path = nation(tmp_path, FORMS[0], requirements="", demand="")
    write_texts(tmp_path / "nation", MADE)

    assert [s.shift_id for s in read(path)[0].shifts] == ["S1", "S2"]
    assert len(make_week(path, replace=True).problem.shifts) == 3


def test_closed_days_come_from_the_sheet_or_from_above(tmp_path: Path) -> None:
    """The sheet before the file; a center may be named."""
    path = nation(tmp_path, FORMS[0])
    assert days_of(path, read(path)[0]) == ((), None)

    write_texts(tmp_path / "nation", MADE)
    days, file = days_of(path, read(path)[0])
    assert ([day.where for day in days], file) == (["00431"], tmp_path / "nation" / "days.csv")

    book = tiny_book(days="date,state,where\n2026-12-09,closed,00430\n")
    own = saved(book, path.parent)
    days, file = days_of(own, read(own)[0])
    assert ([day.where for day in days], file) == (["00430"], own)


@pytest.mark.parametrize("form", FORMS)
def test_shared_tables_travel_with_a_workbook(tmp_path: Path, form: str) -> None:
    """A batch plans it elsewhere as here, and again after a shared table has changed."""
    path = nation(tmp_path, form)
    job = WeekJob(name="province/2026-12-07", week="2026-12-07", source=path)
    there = unpack_job(pack_job(job), tmp_path / "there")

    assert read(there.source)[0] == read(path)[0]
    before = job_key(job)
    write_texts(tmp_path / "nation", {"rules": "rule,level\none_place,hard\n"})
    assert job_key(job) != before
