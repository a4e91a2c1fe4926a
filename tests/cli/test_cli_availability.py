"""The command `availability`: what it writes, shows and ends with."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from commands import run
from files.answers import answer_files as files

from shiftplan import read_problem, read_week, write_week
from shiftplan.files import write_problem
from shiftplan.files.workbook import write_book
from shiftplan.week.records import StandBy

MIXED = (
    "Họ và tên,Xã/phường,Thời gian rảnh\n"
    'Nguyễn Thị Lân,Bình Đức,"sáng thứ 2, chiều thứ 5, trừ 9/12"\n'
    '"Trần Văn Minh",,"T2, T4 sáng"\n'
    "Lê Hoàng Anh,Bình Đức,cả tuần trừ CN\n"
    "Phạm Thu Hà,,sáng T2\nPhạm Thu Hà,,bận\n"
)
"""Understood, two ways, a person of another center, and two answers of one person."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A week without availability, and sources beside it."""
    write_week(files.week(), tmp_path / "week")
    (tmp_path / "week" / "availability.csv").unlink()
    for name in ("google_sheet", "framadate", "rallly"):
        text = getattr(files, name.upper())
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "list.csv").write_text(MIXED, encoding="utf-8")
    return tmp_path


def read(folder: Path, *sources: str, lang: str = "en", **options: Path) -> tuple[int, str]:
    """Exit code and output of the command."""
    places = {"week": folder / "week", "out": folder / "availability.csv"} | options
    given = [part for name, place in places.items() for part in (f"--{name}", place)]
    done = run("availability", *(folder / name for name in sources), *given, "--lang", lang)
    return done.exit_code, done.output


def test_the_table_makes_the_week_whole(folder: Path) -> None:
    """The week had no availability; with the file it reads, and people can come then."""
    code, output = read(folder, "framadate.csv", out=folder / "week" / "availability.csv")

    assert code == 0
    windows = read_week(folder / "week").availability
    assert [(w.volunteer_id, w.start.day, w.start.hour, w.state) for w in windows] == [
        ("V1", 7, 7, "available"),
        ("V1", 7, 13, "undesired"),
        ("V1", 8, 7, "available"),
        ("V2", 7, 13, "available"),
    ]
    assert "Understood: 2 people, 4 windows." in output
    assert "No answer: 3 of 5 people." in output
    silent = "Lê Hoàng Anh (V3), Phạm Thu Hà (V4), Danh Sóc Kha (V5)"
    assert f"No answer from 3 people, by center {silent}" in " ".join(output.split())


def test_what_is_not_understood_is_shown_first_and_ends_with_6(folder: Path) -> None:
    """Answers as they are written, why they do not count, and what may be meant."""
    code, output = read(folder, "list.csv")

    assert code == 6
    text = " ".join(output.split())
    assert "Not understood: 1 answer. None of it counts." in text
    assert "- Trần Văn Minh (V2) (list.csv, row 3) 'T2, T4 sáng'" in text
    assert "may mean 't2 và t4 sáng' or 't2; t4 sáng'" in text
    assert "From an unknown person: 1 answer - Lê Hoàng Anh, Bình Đức" in text
    assert "V3 (Lê Hoàng Anh, Phường Mỹ Thới)" in text
    assert "- Phạm Thu Hà (V4) - list.csv, row 5: 'sáng T2' - list.csv, row 6: 'bận'" in text
    assert "Matched to a person whose name is written differently: 1 answer" in text
    assert "- Nguyễn Thị Lan (V1): written 'Nguyễn Thị Lân, Bình Đức' (list.csv, row 2)" in text
    assert text.index("Not understood") < text.index("Understood person")
    lines = (folder / "availability.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == [
        "V1,2026-12-07,07:00,11:00,available",
        "V1,2026-12-10,13:00,17:00,available",
    ]


GRID_OF_OFFERS = (
    "Họ và tên,Thứ 2 7/12 sáng,Thứ 2 7/12 chiều,Thứ 3 8/12 sáng\n"
    "Nguyễn Thị Lan,x,Dự bị,DB\nTrần Văn Minh,,dự bị ạ,không\nPhạm Thu Hà,x,,\n"
)
LIST_OF_OFFERS = (
    "Họ và tên,Thời gian rảnh\nNguyễn Thị Lan,sáng T2; dự bị: chiều T2; dự bị sáng T3\n"
    "Trần Văn Minh,chiều T2 (dự bị)\nPhạm Thu Hà,T2 sáng\n"
)


@pytest.mark.parametrize("answers", [GRID_OF_OFFERS, LIST_OF_OFFERS])
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_offers_to_stand_by_are_read(folder: Path, answers: str, form: str) -> None:
    """They are rows of the table `stand_by`, not of `availability`; who is silent keeps theirs."""
    before = (StandBy(volunteer_id="V1"), StandBy(volunteer_id="V5"))
    write_week(files.week().model_copy(update={"stand_by": before}), folder / "week")
    (folder / "week" / "availability.csv").unlink()
    (folder / "offers.csv").write_text(answers, encoding="utf-8")
    out = folder / "week" / "availability.csv" if form == "csv" else folder / f"new.{form}"

    code, output = read(folder, "offers.csv", out=out)
    if form == "csv":  # stand_by.csv is not ours
        assert (code, "stand_by.csv already exists" in " ".join(output.split())) == (2, True)
        assert not out.exists()
        assert run("availability", folder / "offers.csv", "--week", folder / "week", "--out", out,
                   "--replace").exit_code == 0  # fmt: skip

    assert form == "csv" or code == 0
    made = read_problem(folder / "week" if form == "csv" else out)
    monday = [dt.datetime(2026, 12, 7, hour) for hour in (7, 11, 13, 17)]
    tuesday = [dt.datetime(2026, 12, 8, hour) for hour in (7, 11)]
    assert {(w.volunteer_id, w.start, w.end) for w in made.availability} == {
        ("V1", *monday[:2]),
        ("V4", *monday[:2]),
    }
    assert {(s.volunteer_id, s.start, s.end) for s in made.stand_by} == {
        ("V1", *monday[2:]),
        ("V1", *tuesday),
        ("V2", *monday[2:]),
        ("V5", None, None),
    }
    table = out.with_name(f"{out.stem}.understood.csv").read_text(encoding="utf-8-sig")
    assert "13:00–17:00 (stands by)" in table


def test_it_is_said_in_vietnamese(folder: Path) -> None:
    """As a coordinator reads it."""
    code, output = read(folder, "list.csv", lang="vi")

    assert code == 6
    text = " ".join(output.split())
    assert "Không hiểu: 1 câu trả lời, không phần nào được tính." in text
    assert "có thể là 't2 và t4 sáng' hoặc 't2; t4 sáng'" in text
    assert "2 người chưa trả lời, theo trung tâm" in text
    table = (folder / "availability.understood.csv").read_text(encoding="utf-8-sig")
    assert "thứ Hai 07/12 07:00–11:00; thứ Năm 10/12 13:00–17:00" in table


def test_a_table_lists_every_answer_and_who_is_silent(folder: Path) -> None:
    """What needs a look stands first; an answer that is unclear contradicts a clear one."""
    read(folder, "list.csv", "google_sheet.csv")

    text = (folder / "availability.understood.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert [(row["result"], row["volunteer_id"], row["row"]) for row in rows] == [
        ("contradiction", "V1", "2"),
        ("contradiction", "V2", "3"),
        ("unknown person", "", "4"),
        ("contradiction", "V4", "5"),
        ("contradiction", "V4", "6"),
        ("replaced", "V1", "2"),
        ("contradiction", "V2", "3"),
        ("contradiction", "V1", "4"),
        ("no answer", "V3", ""),
        ("no answer", "V5", ""),
    ]


def test_a_file_of_somebody_is_not_replaced(folder: Path) -> None:
    """Unless that is asked for; one that the command made is replaced by its next run."""
    out = folder / "availability.csv"
    out.write_text("by hand", encoding="utf-8")

    assert read(folder, "rallly.csv")[0] == 2
    assert out.read_text(encoding="utf-8") == "by hand"
    given = ("--week", folder / "week", "--out", out, "--replace")
    assert run("availability", folder / "rallly.csv", *given).exit_code == 0
    assert read(folder, "framadate.csv")[0] == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 5


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("nothing.csv", "nothing.csv: no such file"),
        ("week/centers.csv", "no column says when people can come"),
        ("week", "the file cannot be read: Is a directory"),
    ],
)
def test_bad_sources_write_nothing(source: str, says: str, folder: Path) -> None:
    """Exit code 2, with the place of what is wrong."""
    code, output = read(folder, "rallly.csv", source)

    assert code == 2
    assert says in output
    assert not (folder / "availability.csv").exists()


def test_a_mapping_is_saved_and_used(folder: Path) -> None:
    """The guess of this week is what is known in the next."""
    saved = folder / "mapping.toml"

    assert read(folder, "google_sheet.csv", **{"save-mapping": saved})[0] == 0
    first = (folder / "availability.csv").read_bytes()
    assert read(folder, "google_sheet.csv", mapping=saved)[0] == 0
    assert (folder / "availability.csv").read_bytes() == first
    assert '"Họ và tên" = "name"' in saved.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["folder", "broken", "workbook", "json", "old json"])
def test_a_week_may_have_no_availability_or_an_old_one(form: str, folder: Path) -> None:
    """It is not looked at: a week that is begun, or still holds last week's windows."""
    problem, place = files.week(), folder / "week"
    if form == "broken":
        text = "volunteer_id,date,start,end\nV99,2026-11-30,7,9\n,,,\n"
        (place / "availability.csv").write_text(text, encoding="utf-8")
    elif form == "workbook":
        place = folder / "week.xlsx"
        write_book(problem, place, str)
    elif form.endswith("json"):
        place = folder / "week.json"
        write_problem(problem, place)
        if form == "old json":
            windows = '"availability": [{"volunteer_id": "V99", "start": 3}]'
            text = place.read_text(encoding="utf-8")
            assert '"availability": []' in text
            place.write_text(text.replace('"availability": []', windows), encoding="utf-8")

    assert read(folder, "rallly.csv", week=place)[0] == 0


@pytest.mark.parametrize("name", ["filled.xlsx", "filled.json"])
def test_the_whole_week_can_be_written(name: str, folder: Path) -> None:
    """For offices whose week is a workbook: the same week, with the windows in it."""
    write_book(files.week(), folder / "week.xlsx", str)

    assert read(folder, "framadate.csv", week=folder / "week.xlsx", out=folder / name)[0] == 0

    found = read_problem(folder / name)
    assert len(found.availability) == 4
    assert found.model_copy(update={"availability": ()}) == files.week()
    assert (folder / "filled.understood.csv").exists()


def test_other_forms_cannot_be_written(folder: Path) -> None:
    """The fault names those that can."""
    code, output = read(folder, "rallly.csv", out=folder / "availability")

    assert code == 2
    assert "--out: must end in .csv, .xlsx or .json" in output


def test_other_faults_of_the_week_are_told(folder: Path) -> None:
    """Its people and shifts have to be right before their answers are read."""
    text = (folder / "week" / "shifts.csv").read_text(encoding="utf-8")
    (folder / "week" / "shifts.csv").write_text(text.replace("30292,", "30299,", 1))

    code, output = read(folder, "rallly.csv")

    assert code == 2
    assert "shifts.csv" in output
