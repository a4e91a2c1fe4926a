"""The structure that the README draws, held by tests."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import shiftplan

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "shiftplan"
ORDER = [
    "starting",
    "errors",
    "options",
    "texts",
    "wording",
    "faults_in_words",
    "collation",
    "frames",
    "notebook",
    "fields",
    "horizon",
    "queueing",
    "attendance",
    "measures",
    "arrays",
    "rules",
    "nearest",
    "demand",
    "records",
    "crosscheck",
    "roster",
    "changes",
    "problem",
    "profile",
    "languages",
    "naming",
    "known_ids",
    "costs",
    "case",
    "check",
    "workload",
    "equity",
    "wishes",
    "person",
    "fairness",
    "ledger",
    "workdays",
    "rollover",
    "anonymous",
    "staffing",
    "simulate",
    "comparison",
    "moves",
    "reserves",
    "trades",
    "files",
    "handouts",
    "linear",
    "model",
    "engines",
    "judge",
    "around",
    "contradiction",
    "result",
    "timeline",
    "conflict",
    "session",
    "solve",
    "season",
    "replan",
    "leximin",
    "tradeoff",
    "summary",
    "charts",
    "advice",
    "explain",
    "report",
    "sheets",
    "outputs",
    "batch",
    "display",
    "cli",
]
"""Modules and packages from the top of the data flow down."""
ENGINES = ["task", "highs", "apart", "partial", "greedy", "hint", "relaxation", "restriction"]
ENGINES += ["dive", "opening", "chooser", "mip", "cpsat", "neighborhoods", "proof", "relaxing"]
ENGINES += [
    "personal",
    "pricing",
    "schedules",
    "worker",
    "here",
    "team",
    "lineup",
    "watch",
    "regions",
    "search",
]
PERSONAL = ["blocks", "course", "graph", "growth", "master", "crew", "part", "descent"]
PERSONAL += ["best", "nearby", "mixing", "ways", "sweep", "search"]
REGIONS = ["partition", "pieces", "prices", "jobs", "conduct"]
INSIDE = {"personal": PERSONAL, "regions": REGIONS}


def _runtime_imports(path: Path) -> set[str]:
    """Modules of shiftplan that a file imports at run time, also inside functions."""
    found: set[str] = set()

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            return
        if isinstance(node, ast.ImportFrom) and node.module == "shiftplan":
            found.update(f"shiftplan.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("shiftplan."):
            found.add(str(node.module))
        elif isinstance(node, ast.Import):
            found.update(a.name for a in node.names if a.name.startswith("shiftplan."))
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(path.read_text(encoding="utf-8")))
    return found


def _files() -> list[Path]:
    return sorted(p for p in SOURCE.rglob("*.py") if p.name not in ("__init__.py", "__main__.py"))


@pytest.mark.parametrize("path", _files(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_modules_import_only_from_above(path):
    """A module imports at run time only from modules above it in the order."""
    own = path.relative_to(SOURCE).with_suffix("").parts

    for imported in _runtime_imports(path):
        other = imported.split(".")[1:]
        assert ORDER.index(other[0]) <= ORDER.index(own[0]), f"{path.name} imports {imported}"
        if other[0] == own[0] == "engines" and len(other) > 1:
            mine, theirs, order = own[1:], other[1:], ENGINES
            if mine[0] == theirs[0] and mine[0] in INSIDE:
                mine, theirs, order = mine[1:], theirs[1:], INSIDE[mine[0]]
            assert order.index(theirs[0]) < order.index(mine[0]), f"{path.name}: {imported}"


def test_readme_draws_every_module_in_order():
    """The picture in the README names every module and package, in the order of imports."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    picture = text.split("src/shiftplan/\n")[1].split("```")[0]
    drawn = re.findall(r"^  (\w+)(\.py|/) ", picture, re.MULTILINE)
    assert [name for name, _ in drawn] == ORDER
    there = {p.name for p in SOURCE.iterdir()}
    assert [name + kind for name, kind in drawn if (name + kind).rstrip("/") not in there] == []


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
    names = [n for n in vars(shiftplan) if not n.startswith("_") and n != "annotations"]
    things = [getattr(shiftplan, n) for n in names]

    assert all(t.__doc__ for t in things)
    promised = {"read_week", "solve", "check", "Problem", "Roster", "Result"}
    assert promised <= set(names)
