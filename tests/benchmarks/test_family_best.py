"""The open benchmark: its table of best known rosters and bounds, and its command."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from benchmarks.family import cli
from benchmarks.family.audit import faults
from benchmarks.family.best import (
    FILE,
    MOST_BYTES,
    read_best,
    roster_file,
    score_of,
)
from benchmarks.family.entry import Entry, Source, roster_digest, roster_text
from benchmarks.family.instances import INSTANCES, make, register
from benchmarks.family.results import (
    read_results,
    results_beside,
)
from benchmarks.family.shown import best_table, results_table
from benchmarks.family.validator import read_roster
from benchmarks.known import best_known
from shiftplan import Problem, Roster, check, read_week

FOLDER = Path(cli.__file__).parent
SMALL = [name for name, instance in INSTANCES.items() if instance.centers <= 30]
ROSTERS = FILE.with_name("rosters")
ME = Source(by="me", date="2030-01-07", version="mine 1", command="")
TINY = "c0001-balanced-full-h"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("family")


@pytest.fixture(scope="module")
def tiny(root: Path) -> Problem:
    return read_week(make(INSTANCES[TINY], root))


def test_the_table_is_consistent():
    """A row for each instance; up to 300 centers with a cost and a bound. No bound is above a cost,
    and every cost has the roster that the digest is of.
    """
    best = read_best()

    assert list(best) == list(INSTANCES)
    for name, row in best.items():
        assert INSTANCES[name].centers > 300 or None not in (row.cost, row.bound), name
        assert row.gap is None or row.bound <= row.cost, name
        if row.cost is not None:
            file = roster_file(name)
            assert file.stat().st_size <= MOST_BYTES
            assert roster_digest(read_roster(file)) == row.roster
    kept = {roster_file(name).name for name, row in best.items() if row.cost is not None}
    assert {f.name for f in ROSTERS.glob("*")} == kept


@pytest.mark.parametrize("name", SMALL)
def test_rosters_cost_what_the_table_says(name, root):
    """The validator scores each roster of up to 30 centers again, and so does the checker."""
    pairs, cost = read_roster(roster_file(name)), read_best()[name].cost

    found = score_of(name, pairs, root)

    assert found.is_feasible
    assert found.total == cost
    assert check(read_week(make(INSTANCES[name], root)), Roster.of(pairs)).total == cost


@pytest.mark.slow
def test_all_rosters_cost_what_the_table_says(root):
    """The audit of the table, with every roster up to 1,000 centers, finds no fault."""
    assert list(faults(FILE, root)) == []


def test_the_page_shows_the_tables():
    """RECORDS.md has what `table --write` would write."""
    page = (FOLDER / "RECORDS.md").read_text(encoding="utf-8")
    best = read_best()

    assert best_table(best.values()).markdown().strip() in page
    assert results_table(read_results(results_beside(FILE)), best).markdown().strip() in page


def test_results_are_of_four_solvers():
    """shiftplan, HiGHS, CP-SAT and the greedy have runs; none is better than the best known."""
    best, results = read_best(), read_results(results_beside(FILE))

    ours = {"shiftplan", "highs", "cpsat", "greedy"}
    assert ours <= {result.solver for result in results}
    for result in results:
        cost = best[result.instance].cost
        assert result.cost is None or result.cost >= cost
        assert result.bound is None or result.bound <= cost
        assert result.version
        how = f" {result.instance} --solver {result.solver} "
        assert how in result.command or result.solver not in ours


@pytest.mark.parametrize("name", ["README.md", "RECORDS.md"])
def test_commands_of_the_pages_exist(name):
    """Each command line of a page is understood; nothing is run."""
    page = (FOLDER / name).read_text(encoding="utf-8")
    found = re.findall(r"^ *python -m benchmarks\.family (.+)$", page, re.MULTILINE)

    assert len(found) >= 3
    for line in found:
        cli._parser().parse_args(shlex.split(line, comments=True))


def test_lower_costs_and_higher_bounds_are_kept():
    """A dearer roster and a lower bound change nothing; better ones come with their source."""
    first = Entry(instance=TINY, digest="d").with_roster([], 100, ME).with_bound(50, ME)

    assert first.gap == 0.5
    assert first.with_roster([("s", "v")], 100, ME) is first
    assert first.with_bound(50, ME) is first
    better = first.with_roster([("s", "v")], 80, ME).with_bound(60, ME)
    assert (better.cost, better.bound, better.gap) == (80, 60, 0.25)
    assert better.roster == roster_digest([("s", "v")])


def test_a_roster_takes_a_wrong_bound_away():
    """A roster is a fact: a bound above it goes, or is not taken."""
    claimed = Entry(instance=TINY, digest="d").with_bound(50, ME)

    refuted = claimed.with_roster([], 40, ME)

    assert (refuted.cost, refuted.bound, refuted.bound_source) == (40, None, None)
    with pytest.raises(ValueError, match="bound 41, but a roster costs 40"):
        refuted.with_bound(41, ME)


def test_rosters_have_one_text():
    """The order of assignments does not matter."""
    pairs = [("b", "x"), ("a", "y"), ("a", "x")]

    assert roster_text(pairs) == "shift_id,volunteer_id\na,x\na,y\nb,x\n"


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
    """The total is the one of `shiftplan check`, beside the best known; a roster that breaks a rule
    is not allowed.
    """
    empty, wrong = tmp_path / f"{TINY}.mine.csv", tmp_path / "wrong.csv"
    empty.write_text(roster_text([]), encoding="utf-8")
    wrong.write_text("shift_id,volunteer_id\nC0001-1am,nobody\n", encoding="utf-8")
    cost, best = check(tiny, Roster()).total, read_best()[TINY].cost
    above = f"{cost - best:,} ({cost / best - 1:.2%}) above the best known, {best:,}"
    more = ["--root", str(root)]

    assert cli.main(["check", str(empty), str(roster_file(TINY)), *more]) == 0
    said = capsys.readouterr().out
    assert f"total: {cost:,}\n{above}\n" in said
    assert said.endswith("as good as the best known\n")
    assert cli.main(["check", str(empty), str(wrong), "--instance", TINY, *more]) == 1
    assert "not allowed" in capsys.readouterr().out
    assert cli.main(["check", str(wrong), *more]) == 2
    said = capsys.readouterr().err
    assert "no instance 'wrong'" in said
    assert "--instance" in said
    assert cli.main(["check", str(tmp_path / "absent.csv"), *more]) == 2
    assert "absent.csv" in capsys.readouterr().err


def test_check_says_where_no_roster_is_known(root, tmp_path, capsys):
    """The first allowed roster of an instance is the record; one with a seed has no records."""
    file, table = tmp_path / "mine.csv", tmp_path / "best_known.csv"
    file.write_text(roster_text([]), encoding="utf-8")
    more = ["--root", str(root), "--table", str(table)]

    assert cli.main(["check", str(file), "--instance", TINY, *more]) == 0
    assert capsys.readouterr().out.endswith(
        "no roster is known yet: this one would be the record\n"
    )
    assert cli.main(["check", str(file), "--instance", "c0001-balanced-full-s5", *more]) == 0
    assert "known" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"--by": " "}, "argument --by: is blank"),
        ({"--version": ""}, "argument --version: is blank"),
        ({"--bound": "99999999999"}, "but the empty roster costs"),
        ({"--bound": None}, "give --roster, --bound or both"),
    ],
)
def test_a_submission_has_to_say_something(root, tmp_path, changes, said, capsys):
    """Who found it with what, and a roster or a bound that can be one; else nothing is kept."""
    table = tmp_path / "best_known.csv"
    given = {"--by": "me", "--version": "1", "--bound": "5"} | changes
    given |= {"--root": str(root), "--table": str(table)}
    line = [word for name, value in given.items() if value is not None for word in (name, value)]

    try:
        code = cli.main(["submit", TINY, *line])
    except SystemExit as error:
        code = error.code

    assert (code, table.exists()) == (2, False)
    assert said in capsys.readouterr().err


def test_a_submission_has_to_be_allowed_and_cheaper(tiny, root, tmp_path, capsys):
    """What passes the validator and is better enters the table, with its roster beside it."""
    table, file = tmp_path / "best_known.csv", tmp_path / "mine.csv"
    start = ["submit", TINY, "--root", str(root), "--table", str(table), "--by", "me"]
    start += ["--version", "mine 1"]
    file.write_text(roster_text([]), encoding="utf-8")

    assert cli.main([*start, "--roster", str(file), "--bound", "5"]) == 0

    cost = check(tiny, Roster()).total
    row = read_best(table)[TINY]
    assert (row.cost, row.bound, row.cost_source.by) == (cost, 5, "me")
    assert read_roster(roster_file(TINY, table)) == []
    best = f"best known cost now {cost:,}; best known bound now 5\n"
    assert capsys.readouterr().out.endswith(best)
    assert cli.main([*start, "--roster", str(file)]) == 0
    said = "nothing better: cost as good as the best known\n"
    assert capsys.readouterr().out.endswith(said)
    assert cli.main([*start, "--bound", "4"]) == 0
    assert capsys.readouterr().out == "nothing better: bound 1 (20.00%) below the best known, 5\n"
    file.write_text("shift_id,volunteer_id\nC0001-1am,nobody\n", encoding="utf-8")
    assert cli.main([*start, "--roster", str(file)]) == 1
    assert cli.main([*start, "--bound", str(cost + 1)]) == 2
    assert read_best(table)[TINY] == row
    assert cli.main(["check", str(table), "--root", str(root)]) == 0


def test_a_submission_beyond_the_register_is_only_scored(tmp_path, capsys):
    """An instance with a seed has no row."""
    table, file = tmp_path / "best_known.csv", tmp_path / "mine.csv"
    file.write_text(roster_text([]), encoding="utf-8")
    more = ["--roster", str(file), "--by", "me", "--version", "1", "--root", str(tmp_path)]

    assert cli.main(["submit", "c0001-balanced-full-s5", "--table", str(table), *more]) == 0

    assert capsys.readouterr().out.endswith("s5 is not in the register, so nothing is kept\n")
    assert not table.exists()
