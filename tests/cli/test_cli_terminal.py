"""What the command shows while it works, how it stays quiet, and how it teaches."""

from __future__ import annotations

import io
import json
import sys
import threading
import time
from pathlib import Path

import pytest
from commands import call_as, run
from files.weeks import TINY, write_texts
from rich.console import Console

import shiftplan.cli as cli
from shiftplan.cli import rosters as checking
from shiftplan.present import display
from shiftplan.present.display import Watch, show_progress
from shiftplan.solving import Conflict, Progress


@pytest.fixture
def week(tmp_path: Path) -> Path:
    folder = tmp_path / "week"
    folder.mkdir()
    return write_texts(folder, TINY)


def test_a_quiet_plan_says_nothing(week: Path, tmp_path: Path):
    """The files tell everything."""
    done = run("plan", week, "--out", tmp_path / "out", "--quiet")

    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "out" / "roster.csv").exists()


def test_a_quiet_plan_still_tells_contradictions(week: Path, tmp_path: Path):
    """Errors go to standard error, with the exit code they always have."""
    (week / "pins.csv").write_text(
        "volunteer_id,shift_id,state\nA1,S1,must\nA2,S1,must\n", encoding="utf-8"
    )

    done = run("plan", week, "--out", tmp_path / "out", "--quiet")

    assert done.exit_code == 3
    assert "hard rules contradict each other" in done.stderr


@pytest.mark.parametrize("quiet", [(), ("--quiet",)])
def test_plan_prints_one_json_object(week: Path, tmp_path: Path, quiet: tuple[str, ...]):
    """What result.json holds, and the files that were written."""
    out = tmp_path / "out"
    done = run("plan", week, "--out", out, "--json", *quiet)

    told = json.loads(done.stdout)
    written = told.pop("written")
    assert told.pop("version_of_roster") == 1
    assert told == json.loads((out / "result.json").read_text(encoding="utf-8"))
    assert {str(out / name) for name in ("roster.csv", "result.json", "reserves.csv")} < {*written}
    assert all(Path(name).exists() for name in written)


def test_a_log_has_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch):
    """Where no terminal is, lines come one after another, without control characters."""
    monkeypatch.setattr(display, "_LOG_SECONDS", 0.001)
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=False)
    found = Progress(1.0, 1000, 900, {})

    with show_progress(console, threading.Event(), time.monotonic(), "en", limit=60) as watch:
        watch(found)
        while "improving" not in shown.getvalue():
            time.sleep(0.001)

    lines = shown.getvalue().splitlines()
    assert any("improving   cost 1,000   bound 900   gap 10.0%" in line for line in lines)
    assert all(line.endswith("s left") and line.isprintable() for line in lines)


def test_a_quiet_log_is_empty(monkeypatch: pytest.MonkeyPatch):
    """No thread writes anything."""
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True)

    with show_progress(console, threading.Event(), time.monotonic(), "en", quiet=True) as watch:
        watch(Progress(1.0, 1000, 900, {}))

    assert shown.getvalue() == ""


def test_the_live_line_tells_the_phase_and_the_time_left():
    """From reading over searching to writing; no time is left to be told at the end."""
    watch = Watch(threading.Event(), time.monotonic(), "vi", limit=1000)

    phases = [watch.line()]
    watch(Progress(1.0, 1000, 900, {}))
    phases.append(watch.line())
    watch.write_files()
    phases.append(watch.line())

    assert "đang dựng mô hình" in phases[0]
    figures = "điểm phạt 1.000   thấp nhất có thể 900   giảm thêm tối đa 10,0%"
    assert f"đang cải thiện   {figures}   còn " in phases[1]
    assert "đang kiểm tra và ghi tệp" in phases[2]
    assert "còn" not in phases[2]


def test_the_live_line_tells_that_ways_out_are_looked_for():
    """Once the conflict is known; they have a time of their own, so none is left to be told."""
    watch = Watch(threading.Event(), time.monotonic(), "en", limit=1000)

    watch(Progress(1.0, None, None, {}, Conflict((), minimal=True)))

    assert watch.line().endswith("looking for ways out")


@pytest.mark.parametrize("command", [[], ["plan"], ["charts"]])
def test_help_teaches_by_example(command: list[str]):
    """At the end stand commands that can be tried."""
    shown = run(*command, "--help").output

    assert "Examples:" in shown
    assert shown.count("shiftplan plan") + shown.count("shiftplan charts") >= 2


def test_help_names_the_command_whatever_runs_the_tests(monkeypatch: pytest.MonkeyPatch, capsys):
    """Also where they run as `python -m pytest`, which makes `__main__` a part of a package."""
    monkeypatch.setattr(sys.modules["__main__"], "__package__", "pytest", raising=False)
    call_as(monkeypatch, "--help")

    with pytest.raises(SystemExit):
        cli.main()

    shown = capsys.readouterr().out
    assert "Usage: shiftplan " in shown
    assert "pytest" not in shown


def test_completion_knows_the_commands(monkeypatch: pytest.MonkeyPatch, capsys):
    """A shell that asks for words after `ch` gets the commands that begin so, as help has them."""
    call_as(monkeypatch)
    monkeypatch.setenv("_SHIFTPLAN_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "shiftplan ch")
    monkeypatch.setenv("COMP_CWORD", "1")

    with pytest.raises(SystemExit):
        cli.main()

    assert capsys.readouterr().out.split() == ["check", "charts"]


def test_completion_can_be_installed():
    """Help names the options that set completion up in a person's shell."""
    shown = run("--help").output

    assert "--install-completion" in shown
    assert "--show-completion" in shown


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "Out of memory."), ("vi", "Máy không đủ bộ nhớ.")]
)
def test_a_lack_of_memory_is_no_bug_to_report(
    lang: str, words: str, week: Path, good: Path, tmp_path: Path, monkeypatch, capsys
):
    """What to do is told in a sentence; no file for a report is written. Exit code 1."""

    def fail(*_: object) -> None:
        raise MemoryError("Unable to allocate 17 TiB")

    monkeypatch.setattr(checking, "check", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("SHIFTPLAN_LANG", lang)
    call_as(monkeypatch, "check", str(week), str(good))

    with pytest.raises(SystemExit) as ended:
        cli.main()

    shown = capsys.readouterr().err
    assert ended.value.code == 1
    assert shown.startswith(words)
    assert "--workers" in shown
    assert not list(tmp_path.glob("shiftplan-*.txt"))


def test_what_nobody_thought_of_has_no_traceback(
    week: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
):
    """A sentence, and a file for a report; exit code 1."""
    roster = tmp_path / "roster.csv"
    roster.write_text("shift_id,volunteer_id\n", encoding="utf-8")

    def fail(*_: object) -> None:
        raise ZeroDivisionError("of an odd kind")

    monkeypatch.setattr(checking, "check", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    call_as(monkeypatch, "check", str(week), str(roster))

    with pytest.raises(SystemExit) as ended:
        cli.main()

    assert ended.value.code == 1
    shown = capsys.readouterr().err
    assert "ZeroDivisionError: of an odd kind" in shown
    assert "Traceback" not in shown
    file = next(p for p in tmp_path.glob("shiftplan-*.txt") if str(p) in shown)
    assert "Traceback" in file.read_text(encoding="utf-8")
