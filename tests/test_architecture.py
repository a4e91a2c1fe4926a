"""The structure that docs/architecture.md draws, held by tests."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import shiftplan

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "shiftplan"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
DRAWN = re.findall(
    r"^  (\w+)(\.py|/) ", PAGE.split("src/shiftplan/\n")[1].split("```")[0], re.MULTILINE
)
ORDER = [name for name, _ in DRAWN]
"""Modules and packages from the top of the data flow down, as the page draws them."""


def _load_rooms() -> ModuleType:
    """The script that counts rooms and the imports between them."""
    spec = importlib.util.spec_from_file_location("rooms", ROOT / ".ci" / "rooms.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


rooms = _load_rooms()


def test_few_rooms_import_each_other():
    """At most 124 of the pairs of rooms know each other, and none in a circle."""
    assert len(rooms.pairs()) <= 124
    assert rooms.circle() == []


def test_no_modules_import_each_other_in_a_circle():
    """Within rooms too, also in functions and for types."""
    assert rooms.inner_circle() == []


def test_rooms_import_only_from_above():
    """A room imports only rooms above it in the picture, also in functions and for types."""
    upward = {pair for pair in rooms.pairs() if ORDER.index(pair[1]) > ORDER.index(pair[0])}

    assert upward == set()


@pytest.mark.parametrize(
    "line",
    [
        "from shiftplan.upper import thing",
        "from shiftplan import upper",
        "def late():\n    from shiftplan import upper",
        "from shiftplan.upper.inner import Thing",
        "import shiftplan.upper",
        "if TYPE_CHECKING:\n    from shiftplan.upper import Thing",
    ],
)
def test_a_circle_is_seen_however_a_module_is_imported(line: str, tmp_path: Path):
    """A room that imports the one it is imported by, and one that imports nothing of it."""
    source = tmp_path / "shiftplan"
    (source / "upper").mkdir(parents=True)
    (source / "upper" / "inner.py").write_text("from shiftplan import lower\n", encoding="utf-8")
    lower = source / "lower.py"

    lower.write_text(f"{line}\n", encoding="utf-8")
    circle, inner = rooms.circle(source), rooms.inner_circle(source)
    lower.write_text("import json\n", encoding="utf-8")
    straight = rooms.circle(source) + rooms.inner_circle(source)

    assert set(circle) == {"upper", "lower"}
    assert bool(inner) == ("inner" in line)
    assert straight == []


def test_no_class_name_stands_twice():
    """A name means one class, private ones included."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    count = Counter(re.findall(r"^\s*class (\w+)[(:\[]", text, re.MULTILINE))

    assert [name for name, times in count.items() if times > 1] == []


def test_no_file_of_tests_has_the_name_of_another():
    """Folders of tests are no packages: with two files of one name, pytest collects nothing."""
    count = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))

    assert [name for name, times in count.items() if times > 1] == []


def test_the_page_draws_every_module():
    """The picture in the page names every module and package there is, and no other."""
    hidden = {"__init__.py", "__init__.pyi", "__main__.py", "py.typed", "__pycache__"}
    there = {p.name for p in SOURCE.iterdir()} - hidden

    assert {(name + kind).rstrip("/") for name, kind in DRAWN} == there
    assert len(ORDER) == len(set(ORDER))


def test_checking_needs_no_solver():
    """Importing shiftplan and checking a roster load no solver, and nothing of an extra."""
    code = (
        "import sys, shiftplan; from shiftplan import Horizon, Problem, Roster, check;"
        "p = Problem(horizon=Horizon(start='2026-12-07', days=1), centers=(), volunteers=(),"
        " shifts=()); check(p, Roster());"
        "late = ('scipy', 'ortools', 'highspy', 'typer', 'rich', 'openpyxl', 'jinja2', 'ray',"
        " 'filelock', 'psutil', 'prometheus_client', 'fastapi', 'uvicorn');"
        "print([m for m in late if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_public_names_have_docstrings():
    """Every public name says what it is."""
    things = [getattr(shiftplan, name) for name in shiftplan.__all__]

    assert all(thing.__doc__ for thing in things)


def test_the_door_is_small():
    """At most 46 names stand at the top; rooms are attributes beside them."""
    assert len(shiftplan.__all__) <= 46
    assert {room for room in dir(shiftplan) if (SOURCE / room).is_dir()} >= set(shiftplan._MOVED)


@pytest.mark.parametrize("room", sorted(shiftplan._MOVED))
def test_names_that_moved_work_and_warn(room: str):
    """A name that was at the top is still found there, with a warning that says where it went."""
    for name in shiftplan._MOVED[room].split():
        with pytest.warns(DeprecationWarning, match=f"has moved to shiftplan.{room}.{name}"):
            old = getattr(shiftplan, name)

        assert old is getattr(import_module(f"shiftplan.{room}"), name)
        assert name not in shiftplan.__all__


def test_importing_has_no_side_effect():
    """Importing shiftplan sets no signal handler and loads no room but errors and messages."""
    code = (
        "import signal, sys; before = [signal.getsignal(n) for n in (2, 15)]; import shiftplan;"
        "print(before == [signal.getsignal(n) for n in (2, 15)],"
        " sorted({m.split('.')[1] for m in sys.modules if m.startswith('shiftplan.')}))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "True ['errors']"
