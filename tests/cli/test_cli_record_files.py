"""`record` from files and typed texts, and `history --out`, whose files are handed in again."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from commands import run
from typer.testing import Result

from shiftplan import write_roster, write_week
from shiftplan.present.words import Words
from shiftplan.problem.changes import Arrival, Update
from shiftplan.record import LiveWeek, open_week
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.records import Volunteer
from shiftplan.week.requirements import Requirement


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """A week of three mornings, of which a roster was told."""
    each = {"an": {"name": "Nguyễn Văn An", "max_shifts": 3}, "binh": {"name": "Trần Bình"}}
    rules = ({"rule": "coverage", "level": 1, "weight": 10},)
    needs = [Requirement(shift_id=f"M{day}", target=1) for day in range(3)]
    problem = plan("M", "an binh", 3, each=each, rules=rules, requirements=needs)
    write_week(problem, tmp_path / "week")
    publish(tmp_path / "week")
    return tmp_path / "week"


def publish(week: Path) -> None:
    live = open_week(week)
    live.publish(live.draft(parse("an M M .\nbinh . . M")).number, even_if_poor=True)


def opened(week: Path) -> LiveWeek:
    return open_week(week)


def record(week: Path, *args: object) -> Result:
    return run("record", week, *args)


def test_texts_are_recorded_and_told(week: Path) -> None:
    """What was read otherwise stands on standard error, what was recorded on standard output."""
    found = record(week, "--absent", "Nguyễn Văn An: T3", "--declined", "binh", "--why", "ốm")

    assert found.exit_code == 0
    assert "--absent: 'Nguyễn Văn An: T3': read as an, Nguyễn Văn An" in found.stderr
    assert "1 person absent: Nguyễn Văn An (an) (Tue 08 Dec)" in found.stdout
    assert "1 shift declined: Trần Bình (binh)" in found.stdout
    assert opened(week).now.state.answers["M2", "binh"].answer == "declined"


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_answers_are_not_to_be_cleared_where_the_people_are_missing(
    week: Path, tmp_path: Path, lang: str
) -> None:
    """No blank answer corrects a question for the name with another title."""
    form = tmp_path / "form.csv"
    form.write_text("Your name,Answer\nNguyễn Văn An,yes\n", encoding="utf-8")

    found = record(week, "--confirmed", form, "--lang", lang)

    assert found.exit_code == 2
    assert Words(lang)("record.none_of_it") in found.stderr
    assert Words(lang)("record.clear_the_answer") not in found.stderr


def test_one_bad_row_of_a_form_says_that_nothing_was_recorded(week: Path, tmp_path: Path) -> None:
    """And what to do with the row; a row whose answer is cleared is counted, not recorded."""
    form, row = tmp_path / "form.csv", "Họ tên,Trả lời\nNguyễn Văn An,Có\nNgười Lạ,"
    form.write_text(f"{row}Có\n", encoding="utf-8")

    found = record(week, "--confirmed", form, "--lang", "vi")
    form.write_text(f"{row}\n", encoding="utf-8")
    mended = record(week, "--confirmed", form, "--lang", "vi")

    assert found.exit_code == 2
    assert "Chưa ghi gì cả. Hãy sửa hoặc xóa những dòng này" in found.stderr
    assert "có 1 câu trả lời còn trống hoặc chưa chắc" in mended.stderr
    assert {who for _, who in opened(week).now.state.answers} == {"an"}


def test_nothing_is_recorded_where_one_text_is_wrong(week: Path) -> None:
    """The faults of every option that is read first are told."""
    found = record(week, "--absent", "an", "--confirmed", "binh: T2", "--lang", "vi")

    assert found.exit_code == 2
    assert "--confirmed: 'binh: T2': Trần Bình (binh) không có ca nào vào lúc đó" in found.stderr
    assert len(opened(week).entries) == 2


def test_what_history_writes_can_be_recorded_again(week: Path, tmp_path: Path) -> None:
    """A row that was changed twice, somebody new and their answer, in a copy without a record."""
    live = opened(week)
    for most in (1, 2):
        row = live.files.volunteer_by_id["an"].model_copy(update={"max_shifts": most})
        live.record(Update(row=row))
    live.record(Arrival(volunteer=Volunteer(volunteer_id="chi", name="Chi")))
    assert record(week, "--called", "Chi: M1: comes", "--confirmed", "an: M0").exit_code == 0
    assert run("history", week, "--out", tmp_path / "files").exit_code == 0
    other = tmp_path / "other"
    shutil.copytree(week, other, ignore=shutil.ignore_patterns("record.db*"))
    publish(other)
    files = [("--changes", "changes"), ("--called", "calls"), ("--confirmed", "answers")]
    args = [part for option, name in files for part in (option, tmp_path / "files" / f"{name}.csv")]

    again = record(other, *args)

    one, two = opened(other).now, opened(week).now
    assert again.exit_code == 0, again.stderr
    assert again.stderr == ""
    assert (one.state.answers, one.state.calls) == (two.state.answers, two.state.calls)
    assert one.changes == two.changes
    assert one.problem == two.problem


def test_times_of_entries_are_those_of_the_week(week: Path, tmp_path: Path) -> None:
    """The table has the offset of its zone."""
    run("history", week, "--out", tmp_path / "files")

    text = (tmp_path / "files" / "entries.csv").read_text(encoding="utf-8-sig")
    told_at = dt.datetime.fromisoformat(text.splitlines()[1].split(",")[1])
    assert told_at.utcoffset() == dt.timedelta(hours=7)


def test_a_repair_takes_texts_too(week: Path, tmp_path: Path) -> None:
    """Several, each as somebody would say it."""
    told = write_told(week, tmp_path / "told.csv")

    found = run(
        "what-if", week, told, "--absent", "Trần Bình", "--absent", "an: T2", "--time-limit", "1"
    )

    assert found.exit_code == 0, found.stderr
    assert "Nguyễn Văn An (an): Mon 07 Dec" in found.stderr
    assert "Trần Bình (binh)" in found.stderr


def write_told(week: Path, file: Path) -> Path:
    live = opened(week)
    assert live.now.told is not None
    write_roster(live.now.problem, live.now.told, file)
    return file
