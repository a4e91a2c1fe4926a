"""The open benchmark's validator: alone, and equal to the checker on any roster."""

from __future__ import annotations

import ast
import gzip
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.family import validator
from benchmarks.family.best import roster_file
from benchmarks.family.instances import instance_of, make
from benchmarks.family.validator import read_instance, read_roster, score
from shiftplan import Problem, Roster, check, read_week

FILE = Path(validator.__file__)
TINY = "c0001-balanced-full-h"
SEEDED = "c0002-plenty-full-s11"
DRAWN = (TINY, "c0003-scarce-full-h", "c0003-balanced-plain-h", SEEDED, "c0010-plenty-full-h")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("family")


@cache
def both(root: Path, name: str) -> tuple[Problem, validator.Instance]:
    folder = make(instance_of(name), root)
    return read_week(folder), read_instance(folder)


def agree(root: Path, name: str, pairs: list[tuple[str, str]]) -> validator.Score:
    """The validator's score, after a comparison of all figures with those of the checker."""
    problem, instance = both(root, name)
    theirs, ours = check(problem, Roster.of(pairs)), score(instance, pairs)
    assert dict(ours.hard) == dict(theirs.hard)
    assert dict(ours.costs) == {rule: cost for rule, cost in theirs.parts.items() if cost}
    assert dict(ours.levels) == dict(theirs.levels)
    assert (ours.total, ours.is_feasible) == (theirs.total, theirs.is_feasible)
    return ours


@given(st.data(), st.sampled_from(DRAWN))
def test_any_roster_costs_what_the_checker_says(root, data, name):
    """Broken rules, costs, levels and total of drawn rosters, allowed or not, are the same."""
    problem, _ = both(root, name)
    shifts = [*problem.shift_by_id, "no such shift"]
    people = [*problem.volunteer_by_id, "nobody"]
    few = data.draw(st.lists(st.sampled_from(people), min_size=1, max_size=6))
    pair = st.tuples(st.sampled_from(shifts), st.sampled_from(few))
    drawn = data.draw(st.lists(pair, max_size=60))
    kept = roster_file(name)
    best = read_roster(kept) if kept.exists() and data.draw(st.booleans()) else []
    left = best[data.draw(st.integers(0, len(best))) :]

    agree(root, name, left + drawn)


def test_every_rule_is_compared(root):
    """Rosters in which the least skilled work everything, and nobody anything, break or cost all
    rules.
    """
    name = "c0003-plenty-full-h"
    problem, instance = both(root, name)
    people = sorted(instance.people, key=lambda v: instance.people[v].levels["portal"])
    everything = [(s, v) for s in problem.shift_by_id for v in people[:20]]

    crowded = agree(root, name, [*everything, ("x", "y"), everything[0]])
    empty = agree(root, name, [])

    assert set(crowded.hard) == {*validator.ALWAYS, *validator.HARD}
    assert crowded.hard["input"] == 2
    assert {*crowded.costs, *empty.costs} == set(validator.SOFT)


def test_nothing_but_the_standard_library_is_imported():
    """The one file imports neither this repository nor any package."""
    nodes = list(ast.walk(ast.parse(FILE.read_text(encoding="utf-8"))))
    names = {str(n.module) for n in nodes if isinstance(n, ast.ImportFrom)}
    names |= {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}

    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_the_file_runs_alone(root, tmp_path):
    """A copy elsewhere scores a roster, without site packages; the exit code says whether it may
    be worked.
    """
    copy, folder = tmp_path / "validator.py", make(instance_of(TINY), root)
    copy.write_bytes(FILE.read_bytes())
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("shift_id,volunteer_id,name\nC0001-1am,nobody,-\n", encoding="utf-8")

    def run(roster: Path, *more: str) -> tuple[int, str]:
        command = [sys.executable, "-I", "-S", str(copy), str(folder), str(roster), *more]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        return done.returncode, done.stdout + done.stderr

    code, said = run(roster_file(TINY), "--json")
    found = json.loads(said)
    theirs = check(both(root, TINY)[0], Roster.of(read_roster(roster_file(TINY))))
    assert code == 0
    assert found["is_feasible"]
    assert found["total"] == theirs.total
    assert found["levels"] == {str(level): cost for level, cost in theirs.levels.items()}
    code, said = run(wrong)
    assert code == 1
    assert "broken: input by 1\n" in said
    assert said.endswith(", not allowed\n")
    code, said = run(tmp_path / "absent.csv")
    assert code == 2
    assert "absent.csv" in said


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("rules", "fairness,2,50,", "leximin,2,50,8"),
        ("rules", "capacity,hard,,", "capacity,1,,"),
        ("rules", "fairness,2,50,", "fairness,3,50,"),
        ("rules", "fairness,2,50,", "fairness,2,50,1"),
        ("centers", "center_id,name", "center_id,title"),
        ("requirements", "minimum,target", "minimum,target,exclusive"),
        ("availability", "07:00,11:00", "08:00,11:00"),
        ("availability", "undesired", "unwanted"),
        ("volunteers", "V00001,", "V00001,,"),
        ("shifts", "shift_id", ""),
    ],
)
def test_what_is_unknown_is_refused(root, tmp_path, table, old, new):
    """Another rule, level, column, session or state is an error; nothing is ignored."""
    for file in make(instance_of(TINY), root).iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    changed = tmp_path / f"{table}.csv"
    text = changed.read_text(encoding="utf-8")
    assert old in text
    changed.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ValueError, match=r"\w"):
        read_instance(tmp_path)


def test_a_missing_table_is_named(root, tmp_path):
    """A folder without a table is no instance."""
    with pytest.raises(ValueError, match=r"is not an instance: .*shifts\.csv"):
        read_instance(tmp_path)


def test_rosters_are_read_as_people_write_them(tmp_path):
    """A byte-order mark, blanks, other columns and line ends are no obstacle."""
    file = tmp_path / "mine.csv"
    file.write_bytes("\ufeffvolunteer_id,note,shift_id\r\n V1 ,é, S1\r\n".encode())

    assert read_roster(file) == [("S1", "V1")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"shift_id;volunteer_id\n", "lacks the columns"),
        (b"", "lacks the columns"),
        (b"shift_id,volunteer_id\nS1\n", "is not a roster"),
        (b"shift_id,volunteer_id\n\xff,V1\n", "is not a roster"),
        (b'shift_id,volunteer_id\n"S1,V1\n', "is not a roster"),
    ],
)
def test_what_is_no_roster_is_named(tmp_path, content, said):
    """Files of another form are refused with their name."""
    file = tmp_path / "mine.csv"
    file.write_bytes(content)

    with pytest.raises(ValueError, match=rf"mine\.csv {said}"):
        read_roster(file)


def test_a_packed_file_that_is_none_is_refused(tmp_path):
    """What cannot be unpacked, or is far too long, is no roster."""
    broken, bomb = tmp_path / "broken.csv.gz", tmp_path / "bomb.csv.gz"
    broken.write_bytes(b"shift_id,volunteer_id\n")
    bomb.write_bytes(gzip.compress(bytes(20_000_001)))

    with pytest.raises(ValueError, match="cannot be unpacked"):
        read_roster(broken)
    with pytest.raises(ValueError, match="more than 20,000,000 bytes"):
        read_roster(bomb)
