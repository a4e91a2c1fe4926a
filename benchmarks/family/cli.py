"""The command of the open benchmark.

Arguments -> folders of instances, scores, and better tables of rosters, bounds and results.
`solve` imports shiftplan and other solvers when it runs, and `table` their package; the others
need nothing but Python.
"""

from __future__ import annotations

import datetime as dt
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.family.audit import faults
from benchmarks.family.best import (
    FILE,
    is_table,
    keep_roster,
    read_best,
    score_of,
    write_best,
)
from benchmarks.family.entry import Entry, Source
from benchmarks.family.instances import (
    INSTANCES,
    REGISTER,
    entry,
    instance_of,
    make,
    register,
    stricter,
    write_register,
)
from benchmarks.family.results import read_results, results_beside, with_result, write_results
from benchmarks.family.validator import Pairs, read_roster
from benchmarks.lacking import lacking

ROOT = Path("benchmarks/out/family")
PAGE = Path(__file__).with_name("RECORDS.md")
_NAME = "python -m benchmarks.family"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Returns
    -------
    int
        0 when all is well, 1 when a roster breaks hard rules or a table has faults, 2 for bad
        input.

    """
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except ModuleNotFoundError as error:
        print(lacking(error), file=sys.stderr)
        return 2
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    return code


def _list(options: Namespace) -> int:
    known = register()
    for name in options.instances or INSTANCES:
        row = known.get(name) or entry(instance_of(name))
        sizes = ", ".join(f"{row[key]} {key}" for key in list(row)[2:])
        print(f"{name}: {sizes}")
    return 0


def _make(options: Namespace) -> int:
    for name in options.instances or INSTANCES:
        print(make(instance_of(name), options.root), flush=True)
    return 0


def _digests(options: Namespace) -> int:
    known = register()
    write_register(options.out)
    written = register(options.out)
    other = ", ".join(name for name, row in written.items() if row != known.get(name))
    print(f"{options.out}: digests and sizes of {len(written)} instances")
    print(f"not those of family 1, which never change: {other}" if other else "as in family 1")
    return 0


def _check(options: Namespace) -> int:
    return max([_check_file(options, file) for file in options.files])


def _check_file(options: Namespace, file: Path) -> int:
    if is_table(file):
        found = list(faults(file, options.root, options.since))
        print("\n".join(found) or f"{file.name}: every roster costs what the table says")
        return int(bool(found))
    name = options.instance or _named_after(file)
    score = score_of(name, read_roster(file), options.root)
    print(f"{file.name}, a roster of {name}", *score.lines(), sep="\n")
    best = read_best(options.table).get(name)
    if score.is_feasible and best is not None:
        print(_beside(score.total, best.cost))
    return 0 if score.is_feasible else 1


def _named_after(file: Path) -> str:
    """The instance whose name a roster's file has."""
    name = file.name.split(".")[0]
    try:
        return instance_of(name).name
    except ValueError as error:
        raise ValueError(f"{error}.\nMaybe say whose roster {file.name} is: --instance") from None


def _beside(value: int, best: int | None) -> str:
    """How far a cost or bound is from the best known one."""
    if best is None:
        return "no roster is known yet: this one would be the record"
    above = value - best
    if above == 0:
        return "as good as the best known"
    share = f" ({abs(above) / best:.2%})" if best > 0 else ""
    return f"{abs(above):,}{share} {'above' if above > 0 else 'below'} the best known, {best:,}"


def _solve(options: Namespace) -> int:
    from benchmarks.cells import percent, seconds, whole
    from benchmarks.family.running import Asked, run

    names = options.instances or list(INSTANCES)
    if options.missing:
        best = read_best(options.table)
        known = {n for n, one in best.items() if one.cost is not None and one.bound is not None}
        names = [name for name in names if name not in known]
    for name in names:
        for solver in options.solver:
            asked = Asked(name, solver, options.time_limit, options.seed, options.workers)
            result, pairs = run(asked, options.root, f"{_NAME} solve")
            options.version, options.by = result.version, result.solver
            news = _improve(options, name, pairs, result.cost, result.bound, result.command)
            if options.record and name in INSTANCES:
                file = results_beside(options.table)
                write_results(with_result(read_results(file), result), file)
            print(
                f"{name}, {solver}: cost {whole(result.cost)}, bound {whole(result.bound)}, "
                f"gap {percent(result.gap)}, {seconds(result.seconds)}; {news}",
                flush=True,
            )
    return 0


def _submit(options: Namespace) -> int:
    name, pairs, cost = options.instance, None, None
    if options.roster is None and options.bound is None:
        raise ValueError("nothing to enter: give --roster, --bound or both")
    if options.bound is not None:
        empty = score_of(name, (), options.root).total
        if options.bound > empty:
            raise ValueError(
                f"{name}: bound {options.bound:,}, but the empty roster costs {empty:,}"
            )
    if options.roster is not None:
        pairs = read_roster(options.roster)
        score = score_of(name, pairs, options.root)
        print(*score.lines(), sep="\n")
        if not score.is_feasible:
            return 1
        cost = score.total
    print(_improve(options, name, pairs, cost, options.bound, options.command))
    return 0


def _improve(
    options: Namespace,
    name: str,
    pairs: Pairs | None,
    cost: int | None,
    bound: int | None,
    command: str,
) -> str:
    """Put what is better into the table, and tell what was; `cost` as the validator counts it."""
    best = read_best(options.table)
    if name not in best:
        return f"{name} is not in the register, so nothing is kept"
    source = Source(options.by, f"{dt.date.today()}", options.version, command)
    old = new = best[name]
    if pairs is not None and cost is not None:
        new = new.with_roster(pairs, cost, source)
    if bound is not None:
        new = new.with_bound(bound, source)
    changed, news = {name: new}, list(_news(old, new))
    missed = list(_missed(old, cost, bound))
    for other in INSTANCES:
        if other != name and stricter(other) == stricter(name):
            changed[other] = _twin(best[other], old, new)
            news += [f"{other}: {told}" for told in _news(best[other], changed[other])]
    if pairs is not None and new.roster != old.roster:
        keep_roster(name, pairs, options.table)
    write_best({**best, **changed}, options.table)
    said = "; ".join(news + missed)
    return said if news else f"nothing better: {said}" if missed else "nothing better"


def _twin(twin: Entry, old: Entry, new: Entry) -> Entry:
    """What an instance's new entry says of the same one with other rules.

    Rosters by all rules are allowed by the plain ones, where they cost no more; bounds by the plain
    rules hold for all, and so does their refutation.
    """
    if stricter(new.instance) == new.instance:
        return twin if new.cost is None else twin.refuted_by(new.cost)
    if old.bound is not None and new.bound is None and twin.bound_source == old.bound_source:
        twin = replace(twin, bound=None, bound_source=None)
    if new.bound is not None and new.bound_source is not None:
        return twin.with_bound(new.bound, new.bound_source)
    return twin


def _news(old: Entry, new: Entry) -> Iterator[str]:
    if new.cost != old.cost:
        yield f"best known cost now {new.cost:,}"
    if new.bound is not None and new.bound != old.bound:
        yield f"best known bound now {new.bound:,}"
    elif new.bound != old.bound:
        yield f"the bound {old.bound:,} was wrong and is gone"


def _missed(old: Entry, cost: int | None, bound: int | None) -> Iterator[str]:
    """How far a cost or bound is from the best known one that stays."""
    if cost is not None and old.cost is not None and cost >= old.cost:
        yield f"cost {_beside(cost, old.cost)}"
    if bound is not None and old.bound is not None and bound <= old.bound:
        yield f"bound {_beside(bound, old.bound)}"


def _table(options: Namespace) -> int:
    from benchmarks.family.shown import best_table, results_table
    from benchmarks.pages import fill

    best = read_best(options.table)
    tables = {
        "best known": best_table(best.values()).markdown(),
        "results": results_table(read_results(results_beside(options.table)), best).markdown(),
    }
    print("\n".join(tables.values()))
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        for name, text in tables.items():
            page = fill(page, name, text)
        PAGE.write_text(page, encoding="utf-8")
    return 0


# ---- arguments


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog=_NAME, description="The open benchmark of shiftplan.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[Namespace], int], about: str) -> ArgumentParser:
        added = commands.add_parser(name, help=about, description=about)
        added.set_defaults(run=run)
        return added

    _instances(command("list", _list, "Names and sizes of the instances."))

    made = command("make", _make, "Write instances as folders, and check their digests.")
    _instances(made)
    _root(made)

    checked = command("check", _check, "Score rosters, or audit the table of best known rosters.")
    checked.add_argument("files", nargs="+", type=Path, metavar="FILE", help=_CHECKED)
    checked.add_argument("--instance", type=_known, help="where a file is not named after it")
    checked.add_argument("--since", type=Path, help="earlier table; no row may be worse than there")
    _root(checked)
    _tables(checked)

    solved = command("solve", _solve, "Run solvers, and enter what beats the best known.")
    _instances(solved)
    solved.add_argument("--solver", nargs="+", default=["shiftplan"], help="one or several")
    solved.add_argument(
        "--missing", action="store_true", help="only instances without a cost or a bound"
    )
    solved.add_argument("--time-limit", type=float, default=300, help="seconds for each")
    solved.add_argument("--seed", type=int, default=0)
    solved.add_argument("--workers", type=int, default=2, help="threads or processes of a run")
    solved.add_argument("--record", action="store_true", help="keep the runs in the results too")
    _root(solved)
    _tables(solved)

    sent = command("submit", _submit, "Enter a roster or bound of yours that beats the best known.")
    sent.add_argument("instance", type=_known, metavar="INSTANCE")
    sent.add_argument("--roster", type=Path, help=_ROSTER)
    sent.add_argument("--bound", type=int, help="no roster costs less than this")
    sent.add_argument("--by", required=True, type=_told, help="who found it")
    sent.add_argument("--version", required=True, type=_told, help="of the programs that found it")
    sent.add_argument("--command", default="", help="how to get it again")
    _root(sent)
    _tables(sent)

    shown = command("table", _table, "Show the best known costs and bounds, and the results.")
    shown.add_argument("--write", action="store_true", help=f"update {PAGE.name} too")
    _tables(shown)

    digests = command("digests", _digests, "Write the register of digests anew.")
    digests.add_argument("--out", type=Path, default=REGISTER, help="file of the register")
    return parser


_ROSTER = "CSV with shift_id and volunteer_id, or the same packed (.csv.gz)"
_CHECKED = f"roster named like its instance, such as c0010-scarce-full-h.csv, or {FILE.name}"


def _instances(parser: ArgumentParser) -> None:
    parser.add_argument(
        "instances", nargs="*", type=_known, metavar="INSTANCE", help="all if none is named"
    )


def _root(parser: ArgumentParser) -> None:
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the instances")


def _tables(parser: ArgumentParser) -> None:
    about = "table of the best known; beside it are the folder rosters and results.csv"
    parser.add_argument("--table", type=Path, default=FILE, help=about)


def _known(name: str) -> str:
    try:
        return instance_of(name).name
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def _told(text: str) -> str:
    if not text.strip():
        raise ArgumentTypeError("is blank")
    return text.strip()
