"""The structure that the README draws, held by tests."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import shiftplan

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "shiftplan"
README = (ROOT / "README.md").read_text(encoding="utf-8")
DRAWN = re.findall(
    r"^  (\w+)(\.py|/) ", README.split("src/shiftplan/\n")[1].split("```")[0], re.MULTILINE
)
ORDER = [name for name, _ in DRAWN]
"""Modules and packages from the top of the data flow down, as the README draws them."""


def _runtime_imports(path: Path, source: Path = SOURCE) -> set[str]:
    """Modules of shiftplan that a file imports at run time, also inside functions.

    A module that is taken out of its package (`from shiftplan.files import text`) is imported too.
    """
    found: set[str] = set()

    def module(package: str, name: str) -> str:
        """The module that `from package import name` reads: `name`, if it is one."""
        inner = source.parent.joinpath(*package.split("."), name)
        is_module = package == "shiftplan" or inner.is_dir() or inner.with_suffix(".py").exists()
        return f"{package}.{name}" if is_module else package

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            return
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} names a module by dots, which nobody follows here"
            package = str(node.module)
            if package.split(".")[0] == "shiftplan":
                found.update(module(package, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            found.update(a.name for a in node.names if a.name.startswith("shiftplan."))
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(path.read_text(encoding="utf-8")))
    return found


def _rooms() -> list[Path]:
    return sorted({SOURCE, *(p.parent for p in SOURCE.rglob("*.py"))})


def _files(source: Path = SOURCE) -> list[Path]:
    return sorted(p for p in source.rglob("*.py") if p.name not in ("__init__.py", "__main__.py"))


def _circle(room: Path, source: Path = SOURCE) -> list[str]:
    """Modules and packages of a room that import each other in a circle; empty where none do."""
    inside: dict[str, set[str]] = {}
    start = ("shiftplan", *room.relative_to(source).parts)
    for path in _files(source):
        if room in path.parents:
            name = path.relative_to(room).with_suffix("").parts[0]
            parts = [tuple(i.split(".")) for i in _runtime_imports(path, source)]
            same = {
                p[len(start)] for p in parts if len(p) > len(start) and p[: len(start)] == start
            }
            inside.setdefault(name, set()).update(same - {name})

    try:
        list(TopologicalSorter(inside).static_order())
    except CycleError as circle:
        return list(circle.args[1])
    return []


@pytest.mark.parametrize("path", _files(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_modules_import_only_from_above(path):
    """A module imports at run time only from its own room and those above it in the picture."""
    own = path.relative_to(SOURCE).with_suffix("").parts

    for imported in _runtime_imports(path):
        other = imported.split(".")[1]
        assert ORDER.index(other) <= ORDER.index(own[0]), f"{path.name} imports {imported}"


@pytest.mark.parametrize("room", _rooms(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_room_goes_in_circles(room):
    """The modules of a package can be read one after the other: no circle of imports."""
    assert _circle(room) == []


@pytest.mark.parametrize(
    "line",
    [
        "from shiftplan.room import upper",
        "from shiftplan.room import Thing, upper as other",
        "def late():\n    from shiftplan.room import upper",
        "from shiftplan.room.upper import Thing",
        "import shiftplan.room.upper",
    ],
)
def test_a_circle_is_seen_however_a_module_is_imported(line: str, tmp_path: Path):
    """A module that imports the one it is imported by, and one that imports only a name."""
    source = tmp_path / "shiftplan"
    room = source / "room"
    room.mkdir(parents=True)
    (room / "upper.py").write_text("from shiftplan.room import lower\n", encoding="utf-8")
    lower = room / "lower.py"

    lower.write_text(f"{line}\n", encoding="utf-8")
    circle = _circle(room, source)
    lower.write_text("from shiftplan.room import Thing\n", encoding="utf-8")
    straight = _circle(room, source)

    assert set(circle) == {"upper", "lower"}
    assert straight == []


def test_readme_draws_every_module():
    """The picture in the README names every module and package there is, and no other."""
    hidden = {"__init__.py", "__main__.py", "py.typed", "__pycache__"}
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
        " 'filelock', 'psutil', 'prometheus_client', 'pythonjsonlogger');"
        "print([m for m in late if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_public_names_have_docstrings():
    """Every public name says what it is."""
    things = [getattr(shiftplan, name) for name in shiftplan.__all__]

    assert all(thing.__doc__ for thing in things)


def test_public_names_stand_in_the_order_of_the_data():
    """`__all__` lists what is imported, in the same order: read, solve, check, ..., write."""
    body = ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8")).body
    places = [x for x in body if isinstance(x, ast.ImportFrom) and x.module != "__future__"]
    imported = [alias for place in places for alias in place.names]
    steps = ["read_week", "Problem", "solve", "check", "repair", "emptiest", "write_roster"]

    names = [alias.name for alias in imported if alias.asname is None]
    assert names == shiftplan.__all__
    assert [name for name in names if name in steps] == steps
