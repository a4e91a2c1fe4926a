"""The open benchmark: its table of best known rosters and bounds, and its command."""

from __future__ import annotations

import gzip
import re
import shlex
from pathlib import Path

import pytest

from benchmarks.family import cli
from benchmarks.family.best import (
    MOST_BYTES,
    ROSTERS,
    Entry,
    Source,
    best_table,
    read_best,
    roster_digest,
    roster_text,
)
from benchmarks.family.instances import INSTANCES, make, register
from benchmarks.family.score import read_packed
from benchmarks.known import best_known
from shiftplan import Problem, Roster, check, read_week

FOLDER = Path(cli.__file__).parent
SMALL = [name for name, instance in INSTANCES.items() if instance.centers <= 30]
ME = Source(by="me", date="2030-01-07", version="mine 1", command="")
TINY = "c0001-balanced-full-h"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("family")


@pytest.fixture(scope="module")
def tiny(root: Path) -> Problem:
    return read_week(make(INSTANCES[TINY], root))


def test_the_table_is_consistent():
    """A row for each instance; no bound above a cost, sources told, rosters kept as they say."""
    best = read_best()

    assert list(best) == list(INSTANCES)
    for name, row in best.items():
        assert row.bound is None or row.cost is None or row.bound <= row.cost
        assert (row.cost is None) == (row.cost_source is None) == (not row.roster)
        assert (row.bound is None) == (row.bound_source is None)
        file = ROSTERS / f"{name}.csv.gz"
        if file.exists():
            assert file.stat().st_size <= MOST_BYTES
            assert roster_digest(read_packed(file)) == row.roster
    assert {f.name.split(".")[0] for f in ROSTERS.glob("*")} <= set(best)


@pytest.mark.parametrize("name", [n for n in SMALL if (ROSTERS / f"{n}.csv.gz").exists()])
def test_rosters_cost_what_the_table_says(name, root):
    """Each kept roster of a small instance is scored again."""
    problem = read_week(make(INSTANCES[name], root))

    score = check(problem, read_packed(ROSTERS / f"{name}.csv.gz"))

    assert score.is_feasible
    assert score.total == read_best()[name].cost


def test_the_page_shows_the_table():
    """README.md has what `table --readme` would write."""
    page = (FOLDER / "README.md").read_text(encoding="utf-8")

    assert best_table(read_best().values()).markdown().strip() in page


def test_commands_of_the_page_exist():
    """Each command line of the page is understood; nothing is run."""
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"^(?:\S*python) -m benchmarks\.family (.+)$", page, re.MULTILINE)

    assert len(found) >= 5
    for line in found:
        cli._parser().parse_args(shlex.split(line, comments=True))


def test_lower_costs_and_higher_bounds_are_kept():
    """A dearer roster and a lower bound change nothing; better ones come with their source."""
    first = Entry(instance=TINY, digest="d").with_roster(Roster(), 100, ME).with_bound(50, ME)

    assert first.gap == 0.5
    assert first.with_roster(Roster.of([("s", "v")]), 100, ME) is first
    assert first.with_bound(50, ME) is first
    better = first.with_roster(Roster.of([("s", "v")]), 80, ME).with_bound(60, ME)
    assert (better.cost, better.bound, better.gap) == (80, 60, 0.25)
    assert better.roster == roster_digest(Roster.of([("s", "v")]))


def test_a_roster_takes_a_wrong_bound_away():
    """A roster is a fact: a bound above it goes, or is not taken."""
    claimed = Entry(instance=TINY, digest="d").with_bound(50, ME)

    refuted = claimed.with_roster(Roster(), 40, ME)

    assert (refuted.cost, refuted.bound, refuted.bound_source) == (40, None, None)
    with pytest.raises(ValueError, match="bound 41, but a roster costs 40"):
        refuted.with_bound(41, ME)


def test_rosters_have_one_text():
    """The order of assignments does not matter."""
    pairs = [("b", "x"), ("a", "y"), ("a", "x")]

    assert roster_text(Roster.of(pairs)) == "shift_id,volunteer_id\na,x\na,y\nb,x\n"


def test_a_table_of_another_family_is_refused(tmp_path):
    """A digest that the register does not have belongs to other files."""
    text = (FOLDER / "best_known.csv").read_text(encoding="utf-8")
    other = tmp_path / "best_known.csv"
    other.write_text(text.replace(register()[TINY]["digest"], "0" * 64), encoding="utf-8")

    with pytest.raises(ValueError, match=f"'{TINY}' is none of the instances"):
        read_best(other)


def test_other_measurements_read_the_costs():
    """`python -m benchmarks week ... --best-known` compares with this table."""
    costs = {n: row.cost for n, row in read_best().items() if row.cost is not None}

    assert best_known(FOLDER / "best_known.csv", Path()) == costs


# ---- the command


def test_list_and_table_show_every_instance(capsys):
    """Both have a line for each."""
    assert cli.main(["list"]) == 0
    assert capsys.readouterr().out.count("\n") == len(INSTANCES)
    assert cli.main(["table"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in INSTANCES)


def test_an_unknown_instance_is_refused(capsys):
    """The message says where to find names."""
    with pytest.raises(SystemExit, match="2"):
        cli.main(["make", "c0002-balanced-full-h"])

    assert "`python -m benchmarks.family list` has all names" in capsys.readouterr().err


def test_check_scores_a_roster(tiny, root, tmp_path, capsys):
    """The total is the one of `shiftplan check`; a roster that breaks a rule is not allowed."""
    empty, wrong = tmp_path / "empty.csv", tmp_path / "wrong.csv"
    empty.write_text(roster_text(Roster()), encoding="utf-8")
    wrong.write_text("shift_id,volunteer_id\nC0001-1am,nobody\n", encoding="utf-8")

    assert cli.main(["check", TINY, str(empty), "--root", str(root)]) == 0
    assert f"total: {check(tiny, Roster()).total:,}\n" in capsys.readouterr().out
    assert cli.main(["check", TINY, str(wrong), "--root", str(root)]) == 1
    assert "not allowed" in capsys.readouterr().out
    assert cli.main(["check", TINY, str(tmp_path / "absent.csv"), "--root", str(root)]) == 2
    assert "absent.csv" in capsys.readouterr().err


def test_a_packed_file_that_is_none_is_refused(tmp_path):
    """What cannot be unpacked, or is far too long, is no roster."""
    broken, bomb = tmp_path / "broken.csv.gz", tmp_path / "bomb.csv.gz"
    broken.write_bytes(b"shift_id,volunteer_id\n")
    bomb.write_bytes(gzip.compress(bytes(20_000_001)))

    with pytest.raises(ValueError, match="cannot be unpacked"):
        read_packed(broken)
    with pytest.raises(ValueError, match="more than 20,000,000 bytes"):
        read_packed(bomb)


def test_a_submission_has_to_be_allowed_and_cheaper(tiny, root, tmp_path, capsys):
    """What passes the checker and is better enters the table, with its roster beside it."""
    table, file = tmp_path / "best_known.csv", tmp_path / "mine.csv"
    start = ["submit", TINY, "--root", str(root), "--table", str(table), "--by", "me"]
    start += ["--version", "mine 1"]
    file.write_text(roster_text(Roster()), encoding="utf-8")

    assert cli.main([*start, "--roster", str(file), "--bound", "5"]) == 0

    cost = check(tiny, Roster()).total
    row = read_best(table)[TINY]
    assert (row.cost, row.bound, row.cost_source.by) == (cost, 5, "me")
    assert read_packed(tmp_path / "rosters" / f"{TINY}.csv.gz") == Roster()
    assert cli.main([*start, "--roster", str(file)]) == 0
    assert capsys.readouterr().out.endswith("nothing better\n")
    file.write_text("shift_id,volunteer_id\nC0001-1am,nobody\n", encoding="utf-8")
    assert cli.main([*start, "--roster", str(file)]) == 1
    assert cli.main([*start, "--bound", str(cost + 1)]) == 2
    assert read_best(table)[TINY] == row


def test_solve_fills_what_is_missing(root, tmp_path, capsys):
    """shiftplan's roster of one center is proven optimal, kept, and not looked for again."""
    table = tmp_path / "best_known.csv"
    start = ["solve", TINY, "--missing", "--workers", "1", "--root", str(root)]
    start += ["--table", str(table)]

    assert cli.main(start) == 0

    row = read_best(table)[TINY]
    assert row.cost == row.bound is not None
    assert row.cost_source.command.endswith(f"solve {TINY} --time-limit 300 --seed 0 --workers 1")
    assert "OPTIMAL" in capsys.readouterr().out
    packed = tmp_path / "rosters" / f"{TINY}.csv.gz"
    assert roster_digest(read_packed(packed)) == row.roster
    assert cli.main(start) == 0
    assert capsys.readouterr().out == ""
    assert read_best()[TINY].cost in (None, row.cost)


def test_digests_writes_the_register(tmp_path, monkeypatch):
    """The command gives the rows of the register."""
    monkeypatch.setattr(cli, "INSTANCES", {name: INSTANCES[name] for name in SMALL[:5]})

    assert cli.main(["digests", "--out", str(tmp_path / "register.csv")]) == 0

    lines = cli.REGISTER.read_text(encoding="utf-8").splitlines()
    assert (tmp_path / "register.csv").read_text(encoding="utf-8").splitlines() == lines[:6]
