"""What Ctrl-C and a full disk do to the command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import make_hard_problem, make_problem, run

from shiftplan import Problem, check, read_roster, write_week
from shiftplan.cli import common, reading
from shiftplan.cli import plan as planning
from shiftplan.cli.starting import ENDING, is_command


@pytest.fixture
def handlers() -> Iterator[None]:
    before = [(number, signal.getsignal(number)) for number in ENDING]
    yield
    for number, handler in before:
        signal.signal(number, handler)


@pytest.mark.parametrize("ending", ENDING)
def test_the_first_interrupt_asks_and_the_second_ends(
    handlers: None, monkeypatch: pytest.MonkeyPatch, ending: signal.Signals
) -> None:
    """One sets the search's event; two end the process; afterwards the signal is as before."""
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    before = signal.getsignal(ending)
    cancel = threading.Event()

    with common.interrupts(cancel, planning.make_console()):
        signal.raise_signal(ending)
        assert cancel.is_set()
        assert ended == []
        signal.raise_signal(ending)

    assert ended == [130]
    assert signal.getsignal(ending) is before


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent in another way there")
@pytest.mark.parametrize("ending", ENDING)
def test_a_command_that_searches_nothing_ends_too(tmp_path: Path, ending: signal.Signals) -> None:
    """It reads from a pipe that nobody fills: exit code 130, no traceback and nothing written."""
    pipe, week = tmp_path / "roster.csv", tmp_path / "week"
    os.mkfifo(pipe)
    write_week(make_problem(2, 1, 1), week)
    words = ["simulate", str(week), str(pipe), "--out", str(tmp_path / "out.json")]
    process = subprocess.Popen(
        [sys.executable, "-m", "shiftplan", *words], stderr=subprocess.PIPE, text=True
    )
    with pipe.open("w"):  # opens once the command reads
        process.send_signal(ending)
        _, said = process.communicate()

    assert (process.returncode, said) == (130, "")
    assert not (tmp_path / "out.json").exists()


def test_ctrl_c_while_reading_ends(week: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to save yet."""

    def interrupted(_: Path, **_options: object) -> Problem:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "read_problem", interrupted)

    assert run("plan", week, "--out", out).exit_code == 130
    assert not out.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent in another way there")
@pytest.mark.parametrize("ending", ["SIGINT", "SIGTERM"])
def test_ctrl_c_while_starting_ends_quietly(ending: str) -> None:
    """While everything is still being imported there is no traceback either: exit code 130."""
    script = (
        "import os, signal, sys\n"
        "sys.orig_argv = [sys.executable, '-m', 'shiftplan', 'schema']\n"
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'shiftplan.problem':\n"
        f"            os.kill(os.getpid(), signal.{ending})\n"
        "sys.meta_path.insert(0, Finder())\n"
        "import shiftplan.cli\n"
        "shiftplan.cli.app(['schema'])\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("python -m shiftplan plan", True),
        ("python -W error -m shiftplan plan", True),
        ("/bin/python /usr/bin/shiftplan plan", True),
        ("python -m shiftplan.engines.worker", False),
        ("python -c shiftplan", False),
        ("python app.py shiftplan", False),
        ("python", False),
    ],
)
def test_only_the_command_ends_so_while_starting(line: str, is_one: bool) -> None:
    """A program that imports shiftplan keeps its own handler of Ctrl-C."""
    assert is_command(line.split()) is is_one


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_told_in_one_sentence() -> None:
    """Exit code 2, a sentence and no traceback, whatever was shown."""
    for options in (["schema"], ["--version"]):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "shiftplan", *options],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
            )

        assert done.returncode == 2
        assert done.stderr.startswith("Cannot write to standard output")
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent in another way there")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_sigterm_write_the_best_roster_so_far(
    tmp_path: Path, out: Path, ending: signal.Signals
) -> None:
    """A search that would go on for minutes ends with a roster of its cost, whoever ends it."""
    problem = make_hard_problem()
    folder = tmp_path / "week"
    write_week(problem, folder)
    command = [sys.executable, "-m", "shiftplan", "plan", str(folder), "--out", str(out)]
    process = subprocess.Popen(
        [*command, "--time-limit", "300", "--workers", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        # The live line, drawn as on a terminal, tells when there is a roster.
        env={**os.environ, "FORCE_COLOR": "1", "TERM": "xterm", "PYTHONIOENCODING": "utf-8"},
    )
    assert process.stderr is not None

    seen = ""
    while "cost" not in seen and process.poll() is None:
        seen += process.stderr.read(1)
    process.send_signal(ending)
    shown, _ = process.communicate()

    assert process.returncode in (0, 5), seen
    assert "Interrupted" in shown
    result = json.loads((out / "result.json").read_text(encoding="utf-8"))
    assert result["stopped_by"] == "INTERRUPT"
    assert (process.returncode == 5) is (result["poor"] is not None)
    score = check(problem, read_roster(out / "roster.csv"))
    assert score.is_feasible
    assert score.total == result["total"]["cost"]
