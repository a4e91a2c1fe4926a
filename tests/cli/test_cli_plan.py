"""`plan`: files, messages, exit codes, and what is told before the search."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest
from commands import SOLVE, content, make_problem, run, run_process
from openpyxl import load_workbook

from shiftplan import (
    ModelError,
    Problem,
    Result,
    Status,
    check,
    read_roster,
    write_week,
)
from shiftplan.analysis import reserves
from shiftplan.cli import plan as planning
from shiftplan.cli.reading import show_notes
from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.present import write_workbook
from shiftplan.present.naming import Names
from shiftplan.present.words import Words
from shiftplan.solving.result import Cost

WRITTEN = {"roster.csv", "reserves.csv", "result.json", "roster.xlsx", "report.html"}
"""Files of a plan, besides the folders."""


def test_plan_writes_roster_reserves_and_result(tiny: Problem, week: Path, out: Path) -> None:
    """Exit code 0; the roster has the cost that the result tells, and nothing else is left."""
    done = run("plan", week, "--out", out)

    assert done.exit_code == 0, done.output
    assert set(content(out)) == WRITTEN
    result = json.loads((out / "result.json").read_text(encoding="utf-8"))
    score = check(tiny, read_roster(out / "roster.csv"))
    assert result["status"] == "OPTIMAL"
    assert score.is_feasible
    assert score.total == result["total"]["cost"] == result["total"]["bound"]


def test_plan_records_a_draft_and_tells_nobody(week: Path, out: Path) -> None:
    """Neither a message nor a calendar is written; the last line says how people are told."""
    done = run("plan", week, "--out", out)

    assert done.exit_code == 0, done.output
    assert {p.name for p in out.rglob("*")} == WRITTEN
    assert done.stdout.splitlines()[-1] == Words("en")("record.drafted", draft=1, week=str(week))


def test_plan_shows_seats_centers_load_and_proof(week: Path, out: Path) -> None:
    """Piped text stays within 80 columns and has neither control codes nor trailing blanks."""
    done = run_process("plan", week, "--out", out)

    assert done.returncode == 0
    assert done.stderr == ""
    assert "The best roster was found. Total cost" in done.stdout
    assert "Proven: no roster is cheaper." in done.stdout
    assert "Every seat is filled." in done.stdout
    assert "\x1b" not in done.stdout
    lines = [line for line in done.stdout.splitlines() if str(out.parent) not in line]
    assert all(line == line.rstrip() and len(line) <= 80 for line in lines)


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "No rule asks for seats"), ("vi", "Không có quy định nào yêu cầu đủ")]
)
def test_plan_says_that_no_rule_asks_for_seats(week: Path, out: Path, lang: str, says: str) -> None:
    """Without rules nobody is the best roster, which a coordinator would hardly have meant."""
    (week / "rules.csv").write_text("rule,level,weight\n", encoding="utf-8")

    done = run("plan", week, "--out", out, "--lang", lang)

    assert done.exit_code == 5
    assert says in done.output
    assert not (out / "messages").exists()


def test_plan_speaks_vietnamese(week: Path, out: Path) -> None:
    """Everything a coordinator reads, with its own marks in numbers."""
    done = run_process("plan", week, "--out", out, "--lang", "vi")

    assert done.returncode == 0
    assert "Đã lập được lịch trực tốt nhất." in done.stdout
    assert "Mọi vị trí đều đã có người." in done.stdout
    assert "100,0%" in done.stdout
    assert "Total" not in done.stdout


def test_plan_reads_a_json_problem(tiny: Problem, tmp_path: Path, out: Path) -> None:
    """A .json file is a problem as a folder is."""
    file = tmp_path / "problem.json"
    file.write_text(tiny.to_json(), encoding="utf-8")

    assert run("plan", file, "--out", out).exit_code == 0


def test_plan_replaces_earlier_files(week: Path, stale: Path) -> None:
    """Nothing of the earlier run stays."""
    assert run("plan", week, "--out", stale).exit_code == 0
    assert set(content(stale)) == WRITTEN
    assert not any(b"outworn" in text for text in content(stale).values())


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_plan_writes_whom_to_call(tmp_path: Path, out: Path, lang: str) -> None:
    """Of three people two work each shift, and the third one stands by, with a reason."""
    problem = make_problem(3, 1, 1)
    folder = tmp_path / "week"
    write_week(problem, folder)

    done = run("plan", folder, "--out", out, "--lang", lang)

    assert done.exit_code == 0, done.output
    roster = read_roster(out / "roster.csv")
    with (out / "reserves.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [(r["shift_id"], r["volunteer_id"], r["reason"]) for r in rows]
    lists = reserves(problem, roster)
    say = Words(lang, Names(problem, lang))
    assert found == [(r.shift_id, r.volunteer_id, say(r.reason)) for r in lists]
    assert len(found) == 2
    assert all((shift_id, who) not in roster for shift_id, who, _ in found)


def test_bad_input_lists_every_fault_and_writes_nothing(week: Path, out: Path) -> None:
    """Exit code 2; all faults together, each with file and row."""
    rows = "".join(f"v0,c0-x{i},must\n" for i in range(50))
    (week / "pins.csv").write_text("volunteer_id,shift_id,state\n" + rows, encoding="utf-8")

    done = run_process("plan", week, "--out", out)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("50 faults in the input:")
    assert all(f"pins.csv, row {i + 2}" in done.stderr for i in range(50))
    assert "Traceback" not in done.stderr
    assert not out.exists()


@pytest.mark.parametrize(("lang", "more"), [("en", "  ... and 70 more"), ("vi", "  ... và 70 nữa")])
def test_very_many_faults_are_counted(week: Path, out: Path, lang: str, more: str) -> None:
    """The first 50 faults are shown, and how many more there are."""
    rows = "".join(f"c0-1207-07,nobody{i},must\n" for i in range(120))
    (week / "pins.csv").write_text("shift_id,volunteer_id,state\n" + rows, encoding="utf-8")

    done = run("plan", week, "--out", out, "--lang", lang)

    assert done.exit_code == 2
    assert done.stderr.count("nobody") == 50
    assert done.stderr.splitlines()[-1] == more


def test_bad_input_leaves_an_earlier_run_alone(week: Path, stale: Path) -> None:
    """The pair of files stays as it was."""
    before = content(stale)
    (week / "rules.csv").write_text("rule,level\nnonsense,1\n", encoding="utf-8")

    assert run("plan", week, "--out", stale).exit_code == 2
    assert content(stale) == before


@pytest.mark.parametrize("name", ["nowhere", "nowhere.json"])
def test_a_missing_week_is_bad_input(name: str, tmp_path: Path, out: Path) -> None:
    """It is said in a sentence, not in a traceback."""
    done = run_process("plan", tmp_path / name, "--out", out)

    assert done.returncode == 2
    assert "no such" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--time-limit", "-1"],
        ["--time-limit", "nan"],
        ["--gap", "1"],
        ["--workers", "0"],
        ["--seed", "-1"],
        ["--lang", "de"],
        ["--nonsense"],
    ],
)
def test_wrong_options_are_bad_input(options: list[str], week: Path, out: Path) -> None:
    """Exit code 2, as for wrong data, and nothing is written."""
    assert run("plan", week, "--out", out, *options).exit_code == 2
    assert not out.exists()


@pytest.mark.parametrize(
    "blocked", ["out", "out/roster.csv", "out/reserves.csv", "out/calendars", "out/messages"]
)
def test_a_place_that_cannot_be_written_is_told_before_the_search(
    blocked: str, week: Path, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits a minute to learn that."""
    if blocked in ("out", "out/calendars", "out/messages"):
        (tmp_path / blocked).parent.mkdir(exist_ok=True)
        (tmp_path / blocked).touch()
    else:
        (tmp_path / blocked).mkdir(parents=True)
    monkeypatch.setattr(SOLVE, lambda *_, **__: pytest.fail("it searched"))

    done = run("plan", week, "--out", out)

    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def test_broken_notes_of_calendars_are_told_before_the_search(
    week: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Calendars cannot go on counting then; nobody plans for an hour to learn that."""
    (out / "calendars").mkdir(parents=True)
    (out / "calendars" / ".shiftplan.json").write_text("{", encoding="utf-8")
    monkeypatch.setattr(SOLVE, lambda *_, **__: pytest.fail("it searched"))

    done = run("plan", week, "--out", out)

    assert done.exit_code == 2
    assert "notes of the last run" in done.stderr


def test_an_internal_error_tells_where_the_problem_is(
    week: Path, stale: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 1, and the files of an earlier run stay as they were."""

    def fail(*_: object, **__: object) -> Result:
        raise ModelError("the model and the checker disagree", Path("saved-here"))

    before = content(stale)
    monkeypatch.setattr(SOLVE, fail)

    done = run("plan", week, "--out", stale)

    assert done.exit_code == 1
    assert "saved-here" in done.stderr
    assert content(stale) == before


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "Reading the week took 4 s."), ("vi", "Đọc dữ liệu mất 4 giây.")]
)
def test_reading_takes_no_planning_time(
    week: Path, out: Path, monkeypatch: pytest.MonkeyPatch, lang: str, says: str
) -> None:
    """Four seconds of reading are told apart; all ten of the limit are left for the search."""
    clock = iter([100.0, 104.0, 104.0])
    seen: dict[str, Any] = {}

    def note(problem: Problem, **options: Any) -> Result:
        seen.update(options)
        return Result(Status.NO_ROSTER_FOUND, None, None, None, Cost(None, None), {})

    monkeypatch.setattr(SOLVE, note)
    monkeypatch.setattr(planning, "time", type("Clock", (), {"monotonic": lambda: next(clock)}))

    limits = ("--time-limit", 10, "--seed", 7, "--workers", 3, "--gap", 0.1)
    done = run("plan", week, "--out", out, *limits, "--lang", lang)

    assert seen["time_limit"] == 10
    assert (seen["seed"], seen["workers"], seen["gap"]) == (7, 3, 0.1)
    assert says in done.output


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ((), {"time_limit": 60, "idle_limit": None, "least_gain": 0, "work_limit": None}),
        (("--work-limit", 5), {"time_limit": None, "work_limit": 5}),
        (("--work-limit", 5, "--time-limit", 9), {"time_limit": 9, "work_limit": 5}),
        (("--idle-limit", 20, "--least-gain", 0.01), {"idle_limit": 20, "least_gain": 0.01}),
    ],
)
def test_a_search_has_the_limits_of_the_command(
    week: Path, out: Path, monkeypatch: pytest.MonkeyPatch, limits: Any, expected: Any
) -> None:
    """A minute is usual; where steps are counted there is none, so that plans repeat."""
    seen: dict[str, Any] = {}

    def note(problem: Problem, **options: Any) -> Result:
        seen.update(options)
        return Result(Status.NO_ROSTER_FOUND, None, None, None, Cost(None, None), {})

    monkeypatch.setattr(SOLVE, note)

    run("plan", week, "--out", out, *limits)

    assert expected == {name: seen[name] for name in expected}


@pytest.mark.parametrize(
    "limits",
    [("--idle-limit", 0), ("--least-gain", 1), ("--least-gain", -0.1), ("--work-limit", 0)],
)
def test_impossible_limits_are_refused(week: Path, out: Path, limits: Any) -> None:
    """No window is empty, and nobody gains a whole cost a minute."""
    done = run("plan", week, "--out", out, *limits)

    assert done.exit_code == 2
    assert limits[0] in done.stderr


def test_files_are_put_in_place_whole(
    week: Path, stale: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk fails before, the earlier files stay, and no half file is left."""
    before = content(stale)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "roster.csv")

    monkeypatch.setattr(os, "replace", fail)

    done = run("plan", week, "--out", stale)

    assert done.exit_code == 2
    assert content(stale) == before


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_sheets_that_are_not_read_are_told(
    tiny: Problem, tmp_path: Path, out: Path, lang: str
) -> None:
    """A sheet of people's own is a line on standard error, in both languages; quiet has none."""
    book = tmp_path / "week.xlsx"
    write_workbook(tiny, book)
    changed = load_workbook(book)
    changed.create_sheet("Own list").append(["Call An"])
    changed.save(book)
    sentence = {
        "en": "Note: week.xlsx, sheet Own list: the sheet was not read.",
        "vi": "Lưu ý: tệp week.xlsx, trang Own list: trang này không được đọc.",
    }

    told = run("plan", book, "--out", out, "--lang", lang)
    quiet = run("plan", book, "--out", out, "--lang", lang, "--quiet")

    assert told.exit_code == 0
    assert sentence[lang] in told.stderr
    assert quiet.stderr == ""


def test_notes_beyond_those_shown_are_counted_before_the_way_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Values like one that is shown are not counted again."""
    message = Message("files.read_as_word", value="A1")
    notes = [Fault("read_as", "pins", "", f"An {i}", message, more=9) for i in range(12)]

    show_notes(notes, "en")
    lines = capsys.readouterr().err.splitlines()
    show_notes(notes[:10], "en")

    assert len(lines) == 12
    assert lines[9].endswith("9 more like this")
    assert lines[10] == "... and 20 more"
    assert lines[11].startswith("If this is not what was meant")
    assert "... and" not in capsys.readouterr().err


def test_no_time_at_all_still_gives_a_roster(week: Path, out: Path) -> None:
    """A time limit of 0 asks for the quick roster alone; it is written like any other."""
    done = run("plan", week, "--out", out, "--time-limit", 0, "--workers", 1)

    assert done.exit_code == 0, done.stderr
    assert len(read_roster(out / "roster.csv"))
