"""Features of planners: the best roster of a tiny week has each, and a naive roster does not."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module

import pytest
from feature_weeks import WEEKS
from pages import ROOT
from tiny_weeks import Tiny
from typer.main import get_command

import shiftplan as sp
from shiftplan.cli import app

PAGE = (ROOT / "docs" / "features.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split(" | ")]
    for line in PAGE.splitlines()
    if re.match(r"\| .+ \| [Ypn] \| ", line)
]
"""Feature, state, how to say it or why not, and what shows it."""

FOLDERS = ("benchmarks",)
"""Words in the third column that are folders."""


def found(tiny: Tiny, roster: sp.Roster) -> int:
    """How much a roster breaks the rule of the week, or costs by it."""
    score = sp.check(tiny.problem, roster)
    kind = tiny.rule.rule
    return score.hard.get(kind, 0) + score.parts.get(kind, 0)


@pytest.mark.parametrize("name", WEEKS)
def test_the_roster_has_the_feature(name):
    """The best roster fills as many seats, breaks nothing, and obeys better than the naive one."""
    tiny = WEEKS[name]

    best = sp.solve(tiny.problem, time_limit=None, workers=1)

    roster = best.require_roster()
    score = sp.check(tiny.problem, roster)
    assert best.status is sp.Status.OPTIMAL
    assert score.is_feasible
    assert score.levels[1] <= sp.check(tiny.problem, tiny.roster).levels[1]
    assert found(tiny, roster) < found(tiny, tiny.roster)


def test_the_page_names_every_tiny_week():
    """Names of tiny weeks on the page are those that are tested."""
    named = [name for row in ROWS for name in re.findall(r"`([a-z-]+)`", row[3])]

    assert sorted(set(named)) == sorted(WEEKS)


def test_each_row_says_what_shows_it():
    """What is there names a tiny week or a test, what is not there gives the reason."""
    assert [row[0] for row in ROWS if bool(row[3].strip()) == (row[1] == "n")] == []
    assert [row[0] for row in ROWS if len(row[2]) < 5] == []


def test_the_page_counts_its_rows():
    """The figures above the tables are those of the tables."""
    counts = Counter(row[1] for row in ROWS)

    told = re.search(r"(\d+) features: (\d+) complete, (\d+) in part, (\d+) not", PAGE).groups()
    assert [int(n) for n in told] == [len(ROWS), counts["Y"], counts["p"], counts["n"]]


def test_what_rows_say_can_be_written():
    """Commands, rules, columns and names of the library in the third column exist."""
    words = {word for row in ROWS for word in re.findall(r"`([^`]+)`", row[2])}
    tables = "".join((ROOT / "docs" / f"{x}.md").read_text("utf-8") for x in ("week", "rules"))
    commands = get_command(app).commands
    lost = []
    for word in words:
        if match := re.match(r"shiftplan ([a-z-]+)", word):
            known = match[1] in commands
        elif match := re.fullmatch(r"shiftplan\.(\w+)(?:\.(\w+))?", word):
            room = import_module(f"shiftplan.{match[1]}")
            known = match[2] is None or hasattr(room, match[2])
        elif re.fullmatch(r"[a-z_]+", word):
            known = f"`{word}`" in tables or word in commands or word in FOLDERS
        else:
            known = True
        if not known:
            lost.append(word)

    assert lost == []
