"""The open benchmark: its table of best known rosters and bounds, and its command."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.family import cli
from benchmarks.family.audit import faults
from benchmarks.family.best import (
    FILE,
    MOST_BYTES,
    keep_roster,
    read_best,
    roster_file,
    score_of,
    write_best,
)
from benchmarks.family.entry import Entry, Source, roster_digest, roster_text
from benchmarks.family.instances import INSTANCES, make, register
from benchmarks.family.results import (
    Result,
    read_results,
    results_beside,
    with_result,
    write_results,
)
from benchmarks.family.running import Asked, run
from benchmarks.family.shown import best_table, results_table
from benchmarks.family.validator import read_roster
from benchmarks.known import best_known
from benchmarks.records import Run
from benchmarks.trial import Trial
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

    assert {"shiftplan", "highs", "cpsat", "greedy"} <= {result.solver for result in results}
    for result in results:
        cost = best[result.instance].cost
        assert result.cost is None or result.cost >= cost
        assert result.bound is None or result.bound <= cost
        assert result.version
        assert f" {result.instance} --solver {result.solver} " in result.command


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
    more = ["--root", str(root)]

    assert cli.main(["check", str(empty), str(roster_file(TINY)), *more]) == 0
    said = capsys.readouterr().out
    assert f"total: {cost:,}\n{cost - best:,} above the best known\n" in said
    assert said.endswith("as good as the best known\n")
    assert cli.main(["check", str(empty), str(wrong), "--instance", TINY, *more]) == 1
    assert "not allowed" in capsys.readouterr().out
    assert cli.main(["check", str(wrong), *more]) == 2
    assert "no instance 'wrong'" in capsys.readouterr().err
    assert cli.main(["check", str(tmp_path / "absent.csv"), *more]) == 2
    assert "absent.csv" in capsys.readouterr().err


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
    assert cli.main([*start, "--roster", str(file)]) == 0
    assert capsys.readouterr().out.endswith("nothing better\n")
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

    assert capsys.readouterr().out.endswith("not in the register, so nothing is kept\n")
    assert not table.exists()


# ---- the audit


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of one optimal roster."""
    file = tmp_path / "best_known.csv"
    best, empty = read_best()[TINY], read_best(file)
    write_best({**empty, TINY: best}, file)
    keep_roster(TINY, read_roster(roster_file(TINY)), file)
    return file


def test_a_good_table_has_no_faults(table, root):
    """Neither by itself, nor beside what it was."""
    assert list(faults(table, root, table)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cost": 51_735}, "the roster costs 51,734, not 51,735"),
        ({"bound": 51_735}, "the bound 51,735 is above the cost 51,734"),
        ({"roster": "0" * 64}, "the digest of the roster is another one"),
        ({"bound_source": None}, "the bound and its source do not go together"),
        ({"cost": None, "cost_source": None, "bound": None, "bound_source": None}, "the reverse"),
    ],
)
def test_a_wrong_row_is_a_fault(table, root, change, said, capsys):
    """Each figure of a row has to be that of the roster beside the table."""
    best = read_best(table)
    write_best({**best, TINY: replace(best[TINY], **change)}, table)

    assert any(said in fault for fault in faults(table, root))
    assert cli.main(["check", str(table), "--root", str(root)]) == 1
    assert said in capsys.readouterr().out


def test_a_roster_that_is_not_there_is_a_fault(table, root):
    """A cost needs its roster, and a roster its row."""
    kept = roster_file(TINY, table)
    kept.rename(kept.with_name("other.csv.gz"))

    assert list(faults(table, root)) == [
        f"{TINY}: a cost without the roster rosters/{TINY}.csv.gz, or the reverse",
        "rosters/other.csv.gz is the roster of no instance",
    ]


def test_a_forbidden_roster_is_a_fault(table, root):
    """A cheap roster that breaks a hard rule does not count."""
    pairs = [*read_roster(roster_file(TINY)), ("C0001-1am", "nobody")]
    keep_roster(TINY, pairs, table)
    best = read_best(table)
    write_best({**best, TINY: replace(best[TINY], roster=roster_digest(pairs))}, table)

    assert list(faults(table, root)) == [f"{TINY}: the roster breaks input"]


def test_no_row_may_become_worse(table, root, tmp_path):
    """A dearer roster and a lower bound are faults beside the earlier table; a bound that a roster
    refutes may go.
    """
    old, best = tmp_path / "old.csv", read_best(table)
    own = best[TINY]
    write_best({**best, TINY: replace(own, cost=own.cost - 1, bound=own.bound - 1)}, old)
    assert list(faults(table, root, old)) == [f"{TINY}: the cost was 51,733 and is 51734 now"]
    write_best(best, old)
    write_best({**best, TINY: replace(own, bound=own.bound - 2)}, table)
    assert list(faults(table, root, old)) == [f"{TINY}: the bound was 51,734 and is 51732 now"]
    write_best({**best, TINY: replace(own, cost=own.cost + 9, bound=own.cost + 9)}, old)
    assert list(faults(table, root, old)) == []


def test_results_below_the_best_known_are_faults(table, root):
    """A run that is better than the table, or proves too much, has no roster to show for it."""
    write_results([replace(RESULT, cost=51_733, bound=60_000)], results_beside(table))

    assert list(faults(table, root)) == [
        f"{TINY}, highs: the result 51,733 is below the best known cost 51,734",
        f"{TINY}, highs: the bound 60,000 is above the best known cost 51,734",
    ]


# ---- results

RESULT = Result(
    instance=TINY,
    solver="highs",
    time_limit=10.0,
    seed=0,
    workers=2,
    cost=51_734,
    bound=51_000,
    seconds=1.5,
    memory_mb=None,
    version="highspy 1",
    machine="two cores",
    date="2030-01-07",
    command="run it",
)


def test_results_are_kept_by_run(tmp_path):
    """What is written is read again; the same run anew takes the place of the old one."""
    file = tmp_path / "results.csv"
    other = replace(RESULT, solver="cpsat", cost=None, bound=None, memory_mb=12)

    write_results(with_result([RESULT, other], replace(RESULT, cost=51_800)), file)

    assert read_results(file) == [other, replace(RESULT, cost=51_800)]
    write_results([RESULT, RESULT], file)
    with pytest.raises(ValueError, match="has a run twice"):
        read_results(file)
    file.write_text(file.read_text(encoding="utf-8").replace(TINY, "c0002"), encoding="utf-8")
    with pytest.raises(ValueError, match="'c0002' is none of the register"):
        read_results(file)


def test_the_table_of_results_says_how_far_each_solver_came():
    """Above the best known, and the solver's own proven gap; other solvers stand before greedy."""
    found = {"highs": 110, "greedy": 200, "scip": None, "shiftplan": 100}
    bounds = {"highs": 99, "greedy": None, "scip": 7, "shiftplan": 100}
    runs = [replace(RESULT, solver=s, cost=found[s], bound=bounds[s]) for s in found]

    table = results_table(runs, {TINY: Entry(TINY, "d", cost=100)})

    assert table.head == ("instance", "limit", "shiftplan", "highs", "scip", "greedy")
    assert table.rows == ((TINY, "10 s", "0% / 0%", "10.00% / 10.00%", "none", "100.00% / none"),)


def test_solve_fills_what_is_missing(root, tmp_path, capsys):
    """shiftplan's roster of one center is proven optimal, kept with its run, and not looked for
    again.
    """
    table = tmp_path / "best_known.csv"
    start = ["solve", TINY, "--missing", "--workers", "1", "--root", str(root), "--record"]
    start += ["--table", str(table)]

    assert cli.main(start) == 0

    row = read_best(table)[TINY]
    assert row.cost == row.bound is not None
    again = f"solve {TINY} --solver shiftplan --time-limit 300 --seed 0 --workers 1"
    assert row.cost_source.command.endswith(again)
    assert "gap 0%" in capsys.readouterr().out
    assert roster_digest(read_roster(roster_file(TINY, table))) == row.roster
    (result,) = read_results(results_beside(table))
    assert (result.cost, result.bound, result.solver) == (row.cost, row.cost, "shiftplan")
    assert result.memory_mb > 0
    assert cli.main(start) == 0
    assert capsys.readouterr().out == ""


def test_a_solver_that_claims_a_wrong_cost_is_found_out(root, monkeypatch):
    """The validator scores every roster; an unknown solver is named."""

    def attempt(job):
        return Trial(Run(status="OPTIMAL", cost=5, bound=5), Roster(), 0)

    monkeypatch.setattr("benchmarks.family.running.attempt", attempt)

    with pytest.raises(RuntimeError, match="the cost 5 was claimed, the validator finds"):
        run(Asked(TINY, "shiftplan", 10, 0, 1), root, "solve")
    with pytest.raises(ValueError, match="no solver 'best'; there are shiftplan, highs"):
        run(Asked(TINY, "best", 10, 0, 1), root, "solve")


def test_digests_writes_the_register(tmp_path, monkeypatch):
    """The command gives the rows of the register."""
    few = {name: INSTANCES[name] for name in SMALL[:5]}
    monkeypatch.setattr("benchmarks.family.instances.INSTANCES", few)

    assert cli.main(["digests", "--out", str(tmp_path / "register.csv")]) == 0

    lines = cli.REGISTER.read_text(encoding="utf-8").splitlines()
    assert (tmp_path / "register.csv").read_text(encoding="utf-8").splitlines() == lines[:6]
