"""The command as a whole: its version, its schema, its extras, and lines on a terminal."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from commands import run, run_process
from rich.console import Console
from typer.main import get_command

from shiftplan.cli import app
from shiftplan.cli.weeks import schema
from shiftplan.present.display import Watch, print_indented
from shiftplan.solving.result import Progress

WRITING = {
    name: sum(param.param_type_name == "argument" and param.required for param in command.params)
    for name, command in get_command(app).commands.items()
    if any("--out" in getattr(param, "opts", ()) for param in command.params)
}
"""Command with an option --out -> arguments that it needs."""


@pytest.mark.parametrize("name", WRITING)
def test_an_empty_place_to_write_to_is_refused(name: str) -> None:
    """It would be the folder that somebody happens to be in."""
    done = run(name, *["week"] * WRITING[name], "--out", "")

    assert done.exit_code == 2
    assert "must not be empty" in done.stderr


def test_schema_is_the_schema_of_a_problem() -> None:
    """Valid JSON, with the texts of the fields."""
    done = run("schema")

    assert done.exit_code == 0
    assert json.loads(done.stdout) == schema("problem")


def test_version() -> None:
    """One line."""
    done = run_process("--version")

    assert done.returncode == 0
    assert done.stdout.startswith("shiftplan ")
    assert done.stdout.count("\n") == 1


def test_a_terminal_without_vietnamese_letters_is_no_error(week: Path, out: Path) -> None:
    """Letters it cannot show are replaced."""
    done = run_process("plan", week, "--out", out, "--lang", "vi", PYTHONIOENCODING="ascii")

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("package", ["typer", "rich"])
def test_a_missing_extra_is_explained(package: str) -> None:
    """The message has the command that helps."""
    code = f"import sys; sys.modules['{package}'] = None; import shiftplan.cli"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")

    assert done.returncode == 1
    assert 'pip install "PLACE[cli]"' in done.stderr
    assert "Traceback" not in done.stderr


def test_the_live_line_tells_cost_bound_and_gap() -> None:
    """As they stand, with the time; in words while there is no roster."""
    watch = Watch(threading.Event(), time.monotonic(), "en")

    assert watch.__rich__().plain.endswith("building the model")
    watch(Progress(0.5, None, 10, {}))
    assert watch.__rich__().plain.endswith("searching for a first roster   bound 10")
    watch(Progress(1.0, 1000, 900, {1: 100}))
    assert watch.__rich__().plain.endswith("improving   cost 1,000   bound 900   gap 10.0%")


def test_the_rest_of_a_long_item_begins_below_its_words() -> None:
    """Whatever the sign of the item and the blanks before it; blanks at ends of lines are gone."""
    written = io.StringIO()
    shown = Console(file=written, width=20, highlight=False, markup=False)

    print_indented(shown, ["- one two three four five", "  12. one two three four five"])

    assert written.getvalue() == (
        "- one two three four\n  five\n  12. one two three\n      four five\n"
    )
