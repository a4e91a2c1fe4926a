"""The audit of the open benchmark's tables, and its table of what solvers found."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.family import cli
from benchmarks.family.audit import faults
from benchmarks.family.best import keep_roster, read_best, roster_file, score_of, write_best
from benchmarks.family.entry import Entry, Source, roster_digest
from benchmarks.family.instances import INSTANCES, stricter, tables
from benchmarks.family.results import (
    Result,
    read_results,
    results_beside,
    with_result,
    write_results,
)
from benchmarks.family.running import Asked, run
from benchmarks.family.shown import results_table
from benchmarks.family.validator import read_roster
from benchmarks.records import Run
from benchmarks.trial import Trial
from shiftplan import Roster

TINY = "c0001-balanced-full-h"
ME = Source(by="me", date="2030-01-07", version="mine 1", command="")
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


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("family")


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
        ({"cost_source": replace(ME, version="")}, "or the version of what found it, is blank"),
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


def test_a_bound_above_the_empty_roster_is_a_fault(table, root):
    """Nobody working is always allowed: no bound is above that, also where no roster is kept."""
    other = "c0003-scarce-full-h"
    best, empty = read_best(table), score_of(other, [], root).total
    write_best({**best, other: best[other].with_bound(empty, ME)}, table)
    assert list(faults(table, root)) == []
    write_best({**best, other: best[other].with_bound(empty + 1, ME)}, table)

    (fault,) = faults(table, root)

    assert (
        fault == f"{other}: the bound {empty + 1:,} is above the cost {empty:,} of the empty roster"
    )


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


@pytest.mark.parametrize("text", [None, "", "garbage\n"])
def test_an_earlier_table_has_to_be_one(table, root, tmp_path, text, capsys):
    """Without one nothing would be compared, and everything seem well."""
    before = tmp_path / "before.csv"
    if text is not None:
        before.write_text(text, encoding="utf-8")

    code = cli.main(["check", str(table), "--since", str(before), "--root", str(root)])

    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert "before.csv" in said.err


def test_a_bound_for_fewer_rules_holds_for_more(table, root, capsys):
    """The same people, places and history: a row of all rules without the bound is a fault, and
    both are entered together.
    """
    plain, full = "c0003-balanced-plain-h", "c0003-balanced-full-h"
    best = read_best(table)
    write_best({**best, plain: best[plain].with_bound(50, ME)}, table)
    assert list(faults(table, root)) == [f"{full}: the bound 50 of {plain} holds here too"]

    more = ["--by", "me", "--version", "1", "--root", str(root), "--table", str(table)]
    assert cli.main(["submit", plain, "--bound", "60", *more]) == 0

    told = "best known bound now 60"
    assert capsys.readouterr().out == f"{told}; {full}: {told}\n"
    assert read_best(table)[full].bound_source == read_best(table)[plain].bound_source
    assert list(faults(table, root)) == []


@pytest.mark.parametrize("name", [n for n in INSTANCES if n.endswith("plain-h")][:4])
def test_plain_and_full_differ_in_rules_alone(name):
    """Apart from the name of the horizon; the rules of the one are among those of the other."""
    few, more = (tables(INSTANCES[n]) for n in (name, stricter(name)))

    assert {n for n in few if few[n] != more[n]} == {"horizon.csv", "rules.csv"}
    assert set(few["rules.csv"].splitlines()) < set(more["rules.csv"].splitlines())
    assert few["horizon.csv"].replace(b"plain", b"full") == more["horizon.csv"]


def test_results_below_the_best_known_are_faults(table, root):
    """A run that is better than the table, or proves too much, has no roster to show for it."""
    write_results([replace(RESULT, cost=51_733, bound=60_000)], results_beside(table))

    assert list(faults(table, root)) == [
        f"{TINY}, highs: the result 51,733 is below the best known cost 51,734",
        f"{TINY}, highs: the bound 60,000 is above the best known cost 51,734",
    ]


# ---- results


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


def test_digests_writes_the_register(tmp_path, monkeypatch, capsys):
    """The command gives the rows of the register, and says into which file, and which differ."""
    out = tmp_path / "register.csv"
    few = {name: INSTANCES[name] for name in list(INSTANCES)[:5]}
    monkeypatch.setattr("benchmarks.family.instances.INSTANCES", few)

    assert cli.main(["digests", "--out", str(out)]) == 0

    lines = cli.REGISTER.read_text(encoding="utf-8").splitlines()
    assert out.read_text(encoding="utf-8").splitlines() == lines[:6]
    first = f"{out}: digests and sizes of 5 instances\n"
    assert capsys.readouterr().out == f"{first}as in family 1\n"
    monkeypatch.setattr("benchmarks.family.instances.MONDAY", dt.date(2030, 1, 14))
    assert cli.main(["digests", "--out", str(out)]) == 0
    said = f"{first}not those of family 1, which never change: {', '.join(few)}\n"
    assert capsys.readouterr().out == said


def test_a_refuted_bound_leaves_both_rows(table, root, tmp_path):
    """A roster by all rules is one by the plain rules; a copied bound goes with the original."""
    plain, full = "c0001-balanced-plain-h", "c0001-balanced-full-h"
    before = tmp_path / "before.csv"
    best = read_best(table)
    me = Source("me", "2026-12-02", "1", "x")
    claim = {"cost": None, "cost_source": None, "roster": "", "bound": 60_000, "bound_source": me}
    rows = {name: replace(best[name], **claim) for name in (plain, full)}

    by_all = rows[full].with_roster([], 50_000, me)
    assert cli._twin(rows[plain], rows[full], by_all).bound is None
    by_plain = rows[plain].with_roster([], 50_000, me)
    assert cli._twin(rows[full], rows[plain], by_plain).bound is None
    own = replace(rows[full], bound_source=Source("she", "2026-12-02", "1", "y"))
    assert cli._twin(own, rows[plain], by_plain).bound == 60_000
    higher = rows[plain].with_bound(61_000, me)
    assert cli._twin(rows[full], rows[plain], higher).bound == 61_000

    shutil.copy(table, before)
    kept = best[full]
    write_best({**best, plain: replace(best[plain], bound=kept.cost + 1)}, before)
    assert all("bound was" not in fault for fault in faults(table, root, before))


@pytest.mark.parametrize("option", ["--record", "--missing"])
def test_solve_does_not_lose_instances_that_have_a_seed(root, tmp_path, capsys, option):
    """They are solved and told, and nothing of them is kept."""
    name, file = "c0001-balanced-full-h-s7", tmp_path / "best_known.csv"
    where = ["--root", str(root), "--table", str(file), "--time-limit", "30", "--workers", "1"]

    assert cli.main(["solve", name, "--solver", "highs", option, *where]) == 0

    assert f"{name}, highs: cost" in capsys.readouterr().out
    assert read_results(results_beside(file)) == []
