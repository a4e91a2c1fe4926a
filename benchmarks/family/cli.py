"""The command of the open benchmark.

Arguments -> folders of instances, scores, and a better table of best known rosters and bounds.
`list`, `make` and `digests` need nothing but Python; the others import shiftplan when they run.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.family.instances import INSTANCES, REGISTER, entry, make, register

if TYPE_CHECKING:
    from benchmarks.family.best import Entry, Source
    from shiftplan import Roster, Score

ROOT = Path("benchmarks/out/family")
_HERE = Path(__file__).parent
README = _HERE / "README.md"
_NAME = "python -m benchmarks.family"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when all is well, 1 when a roster breaks hard rules, 2 for bad input."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    return code


def _list(options: argparse.Namespace) -> int:
    known = register()
    for name in options.instances or INSTANCES:
        row = known[name]
        sizes = ", ".join(f"{row[key]} {key}" for key in list(row)[2:])
        print(f"{name}: {sizes}")
    return 0


def _make(options: argparse.Namespace) -> int:
    for name in options.instances or INSTANCES:
        print(make(INSTANCES[name], options.root), flush=True)
    return 0


def _digests(options: argparse.Namespace) -> int:
    """Write the register anew; whatever it says differently makes another family."""
    rows = [entry(instance) for instance in INSTANCES.values()]
    with options.out.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return 0


def _check(options: argparse.Namespace) -> int:
    from benchmarks.family.score import score_file

    score = score_file(options.instance, options.roster, options.root).score
    _tell(score)
    return 0 if score.is_feasible else 1


def _tell(score: Score) -> None:
    for rule, amount in score.hard.items():
        print(f"broken: {rule} by {amount}")
    for level, cost in score.levels.items():
        print(f"level {level}: {cost:,}")
    print(f"total: {score.total:,}" + ("" if score.is_feasible else ", not allowed"))


def _solve(options: argparse.Namespace) -> int:
    from benchmarks.cells import percent, seconds, whole
    from benchmarks.family.best import read_best
    from benchmarks.measure import OURS, Budget, Job
    from benchmarks.sources import Source
    from benchmarks.trial import attempt

    names = options.instances or list(INSTANCES)
    if options.missing:
        best = read_best(options.table)
        names = [n for n in names if best[n].cost is None or best[n].bound is None]
    for name in names:
        week = Source(name=name, kind="week", paths=(make(INSTANCES[name], options.root),))
        budget = Budget(seconds=options.time_limit)
        settings = {"seed": options.seed, "workers": options.workers}
        trial = attempt(Job(source=week, engine=OURS, budget=budget, **settings))
        run = trial.run
        command = f"{_NAME} solve {name} --time-limit {options.time_limit:g}"
        command += "".join(f" --{key} {value}" for key, value in settings.items())
        news = _improve(options, name, trial.roster, run.cost, run.bound, command)
        print(
            f"{name}: {run.status}, cost {whole(run.cost)}, bound {whole(run.bound)}, "
            f"gap {percent(run.final_gap)}, {seconds(run.solve_seconds)}; {news}",
            flush=True,
        )
    return 0


def _submit(options: argparse.Namespace) -> int:
    from benchmarks.family.score import score_file

    roster = cost = None
    if options.roster is not None:
        scored = score_file(options.instance, options.roster, options.root)
        _tell(scored.score)
        if not scored.score.is_feasible:
            return 1
        roster, cost = scored.roster, scored.score.total
    print(_improve(options, options.instance, roster, cost, options.bound, options.command))
    return 0


def _improve(
    options: argparse.Namespace,
    name: str,
    roster: Roster | None,
    cost: int | None,
    bound: int | None,
    command: str,
) -> str:
    """Put what is better into the table, and tell what was; `cost` as the checker counts it."""
    from benchmarks.family.best import keep_roster, read_best, write_best

    best, source = read_best(options.table), _source(options, command)
    old, new = best[name], best[name]
    if roster is not None and cost is not None:
        new = new.with_roster(roster, cost, source)
    if bound is not None:
        new = new.with_bound(bound, source)
    if roster is not None and new.roster != old.roster:
        keep_roster(name, roster, options.table.parent / "rosters")
    write_best({**best, name: new}, options.table)
    return ", ".join(_news(old, new)) or "nothing better"


def _source(options: argparse.Namespace, command: str) -> Source:
    from benchmarks.family.best import Source
    from shiftplan.solving.versions import versions

    version = options.version or versions()
    return Source(by=options.by, date=f"{dt.date.today()}", version=version, command=command)


def _news(old: Entry, new: Entry) -> Iterator[str]:
    if new.cost != old.cost:
        yield f"best known cost now {new.cost:,}"
    if new.bound is not None and new.bound != old.bound:
        yield f"best known bound now {new.bound:,}"
    elif new.bound != old.bound:
        yield f"the bound {old.bound:,} was wrong and is gone"


def _table(options: argparse.Namespace) -> int:
    from benchmarks.family.best import best_table, read_best

    text = best_table(read_best(options.table).values()).markdown()
    print(text)
    if options.readme:
        from benchmarks.pages import fill

        page = fill(README.read_text(encoding="utf-8"), "best known", text)
        README.write_text(page, encoding="utf-8")
    return 0


# ---- arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=_NAME, description="The open benchmark of shiftplan.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace], int], about: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=about, description=about)
        added.set_defaults(run=run)
        return added

    _instances(command("list", _list, "Names and sizes of the instances."))

    made = command("make", _make, "Write instances as folders, and check their digests.")
    _instances(made)
    _root(made)

    checked = command("check", _check, "Score a roster: broken hard rules and costs.")
    _instance(checked)
    checked.add_argument("roster", type=Path, help=_ROSTER)
    _root(checked)

    solved = command("solve", _solve, "Run shiftplan, and keep what beats the best known.")
    _instances(solved)
    solved.add_argument(
        "--missing", action="store_true", help="only those without a cost or a bound"
    )
    solved.add_argument("--time-limit", type=float, default=300, help="seconds for each")
    solved.add_argument("--seed", type=int, default=0)
    solved.add_argument("--workers", type=int, default=2, help="threads or processes of a run")
    solved.add_argument("--by", default="shiftplan", help="who found it")
    solved.set_defaults(version="")
    _root(solved)
    _best(solved)

    sent = command("submit", _submit, "Keep a roster or bound of yours that beats the best known.")
    _instance(sent)
    sent.add_argument("--roster", type=Path, help=_ROSTER)
    sent.add_argument("--bound", type=int, help="no roster costs less than this")
    sent.add_argument("--by", required=True, help="who found it")
    sent.add_argument("--version", required=True, help="of the programs that found it")
    sent.add_argument("--command", default="", help="how to get it again")
    _root(sent)
    _best(sent)

    shown = command("table", _table, "Show the best known costs and bounds.")
    shown.add_argument("--readme", action="store_true", help="update the page too")
    _best(shown)

    digests = command("digests", _digests, "Write the register of digests anew.")
    digests.add_argument("--out", type=Path, default=REGISTER, help="file of the register")
    return parser


_ROSTER = "CSV with shift_id and volunteer_id, perhaps packed (.csv.gz), or JSON"


def _instance(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("instance", type=_known, metavar="INSTANCE")


def _instances(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "instances", nargs="*", type=_known, metavar="INSTANCE", help="all if none is named"
    )


def _root(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the instances")


def _best(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--table",
        type=Path,
        default=_HERE / "best_known.csv",
        help="table of the best known; rosters lie in the folder rosters beside it",
    )


def _known(name: str) -> str:
    if name not in INSTANCES:
        raise argparse.ArgumentTypeError(f"no instance {name!r}; `{_NAME} list` has all names")
    return name
