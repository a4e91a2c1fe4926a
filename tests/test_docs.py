"""Pages that are made from code are up to date, and code in pages runs."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from shiftplan.errors.allowed import MOST_SEED
from shiftplan.files.lists.changes import KINDS
from shiftplan.rules import RULES, Rule
from shiftplan.solving import solve
from shiftplan.web.routes.searches import SearchAsked

ROOT = Path(__file__).parents[1]


def load(path: Path):
    """A module from a file that is in no package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_rules_page_is_made_from_the_classes():
    """docs/rules.md is what docs/make_rules.py makes of the classes now."""
    made = load(ROOT / "docs" / "make_rules.py").page()

    there = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert there == made, "docs/rules.md is out of date: run `python docs/make_rules.py`"


def test_week_page_is_made_from_the_models():
    """docs/week.md is what docs/make_week.py makes of the tables now; each column has a meaning."""
    made = load(ROOT / "docs" / "make_week.py").page()

    there = (ROOT / "docs" / "week.md").read_text(encoding="utf-8")
    assert there == made, "docs/week.md is out of date: run `python docs/make_week.py`"
    assert "|  |" not in made


def test_every_rule_has_a_sentence_an_amount_and_an_example():
    """Each class says its sentence, its amount, its unit, a worked example, and its topic."""
    for rule in RULES.values():
        name = f"{rule.__name__} in {rule.__module__}"
        topics = "one of TOPICS in docs/make_rules.py"
        assert rule.topic != Rule.topic, f"{name} has no `topic`, such as {topics}"
        assert "Amount:" in rule.__doc__, f"the docstring of {name} has no paragraph `Amount:`"
        first = rule.__doc__.split("\n")[0]
        assert first.endswith("."), f"the first line of {name} is not one sentence: {first}"
        assert rule.unit, f"{name} has no `unit`"
        assert rule.example, f"{name} has no `example`"


def test_kinds_of_changes_stand_in_the_page_with_their_columns():
    """docs/explain.md has the table of the reader, row by row."""
    text = (ROOT / "docs" / "explain.md").read_text(encoding="utf-8")

    for kind, (needs, may) in KINDS.items():
        row = f"| `{kind}` | {', '.join(needs)} | {', '.join(may)} |"
        assert row.replace("|  |", "| |") in text


def test_what_starts_a_search_stands_in_the_page_of_the_service():
    """docs/service.md names each kind of search, and how long it may be at most."""
    text = (ROOT / "docs" / "service.md").read_text(encoding="utf-8")
    (row,) = re.findall(r"^\| `POST /api/searches` .+$", text, re.MULTILINE)
    described = SearchAsked.model_json_schema()["properties"]

    assert all(kind in row for kind in described["kind"]["enum"])
    assert f"1 to {described['seconds']['maximum']:,}" in row


def test_the_docstring_of_solve_says_the_largest_seed():
    """Whoever draws seeds at random learns from `help(solve)` how large they may be."""
    assert f"{MOST_SEED:,}" in solve.__doc__


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "docs/start.md",
        "docs/apps.md",
        "docs/service.md",
        "docs/plugins.md",
        "docs/design.md",
        "docs/modelling.md",
        "docs/gallery.md",
        "docs/record.md",
    ],
)
def test_python_in_pages_runs(page):
    """The Python examples of a page run as they stand."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)

    assert blocks
    for block in blocks:
        subprocess.run(
            [sys.executable, "-c", block], cwd=ROOT, check=True, capture_output=True, timeout=120
        )
