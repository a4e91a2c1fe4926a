"""The command: sub-commands that measure, judge a change, or show what was measured.

Arguments -> `Job`s -> `carry_out`; or folders of records -> tables and pictures.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from benchmarks import report
from benchmarks.campaign import carry_out
from benchmarks.gate import add_gate, gate
from benchmarks.measure import ENGINES, OURS, TIMEFOLD, USUAL, Budget, Job
from benchmarks.month import DEFAULT_SHARE
from benchmarks.registry import NATION_GAP, SUITES
from benchmarks.shift_design import instance_files
from benchmarks.sources import Source, load, regions, week_folders
from benchmarks.timefold import missing
from benchmarks.weeks.recipes import make_centers
from shiftplan import InputError
from shiftplan.files import write_problem

OUT = Path("benchmarks/out")
_GAP = {"nation": NATION_GAP}
"""Sub-command -> proven gap at which its runs end early."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code, 2 for bad input."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except (InputError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2


def _run(options: argparse.Namespace) -> int:
    if options.command == "list":
        print(report.listing())
    elif options.command == "report":
        _report(options)
    elif options.command == "gate":
        return gate(options)
    else:
        _measure(options)
    return 0


def _measure(options: argparse.Namespace) -> None:
    suite = SUITES[options.command]
    if TIMEFOLD in options.engines and (lacking := missing()):
        raise ValueError(f"Timefold needs {lacking}; benchmarks/METHOD.md says how to run it")
    sources, budget = _PLANS[options.command](options)
    for path in (path for source in sources for path in source.paths):
        if not path.exists():
            raise ValueError(f"{path}: no such file or folder")
    jobs = [
        Job(
            source=source,
            engine=engine,
            budget=budget,
            seed=seed,
            workers=options.workers,
            gap=_GAP.get(options.command, 0.0),
            marks=suite.marks,
        )
        for source in sources
        for engine in options.engines
        for seed in options.seeds
    ]
    carry_out(suite, jobs, options.out, options.best_known)


def _report(options: argparse.Namespace) -> None:
    for folder in options.folders:
        report.redraw(folder)
    print("\n".join(report.tables(options.folders).values()))
    if options.readme:
        report.update_pages(options.folders)


# ---- what each sub-command measures

Plan = tuple[list[Source], Budget]


def _week(options: argparse.Namespace) -> Plan:
    sources = [Source(name=p.stem, kind="week", paths=(p,)) for p in options.weeks]
    return sources, Budget(seconds=options.time_limit)


def _curtois(options: argparse.Namespace) -> Plan:
    sources = [Source(name=p.stem, kind="curtois", paths=(p,)) for p in options.instances]
    return sources, Budget(seconds=options.time_limit)


def _inrc2(options: argparse.Namespace) -> Plan:
    folder = options.dataset
    sources = [Source(name=name, kind="inrc2", paths=(folder,)) for name in options.instances]
    if options.time_limit is not None:
        return sources, Budget(seconds=options.time_limit)
    return sources, Budget(per_week=options.seconds_per_week)


def _nation(options: argparse.Namespace) -> Plan:
    folders = week_folders(options.root)
    budget = Budget(
        per_volunteer=float(options.seconds_per_volunteer), least=options.least, most=options.most
    )
    return [Source(name=p.name, kind="week", paths=(p,)) for p in folders], budget


def _month(options: argparse.Namespace) -> Plan:
    weeks = tuple(options.weeks)
    source = Source(
        name=f"month of {weeks[0].name}", kind="month", paths=weeks, share=options.share
    )
    if options.out_week is not None:
        write_problem(load(source), options.out_week)
    return [source], Budget(seconds=options.time_limit)


def _growth(options: argparse.Namespace) -> Plan:
    folders = [week for path in options.paths for week in week_folders(path)]
    if not folders:
        folders = make_centers(max(options.sizes), options.out / "weeks")
    sources = regions(folders, options.sizes)
    left_out = len(options.sizes) - len(sources)
    if left_out:
        print(f"{left_out} sizes are beyond all centers there are, and left out")
    return sources, Budget(seconds=options.time_limit)


def _shift_design(options: argparse.Namespace) -> Plan:
    files = instance_files(options.paths)
    sources = [Source(name=n, kind="shift_design", paths=(p,)) for n, p in files.items()]
    return sources, Budget(seconds=options.time_limit)


_PLANS: Mapping[str, Callable[[argparse.Namespace], Plan]] = {
    "week": _week,
    "curtois": _curtois,
    "inrc2": _inrc2,
    "nation": _nation,
    "month": _month,
    "growth": _growth,
    "shift_design": _shift_design,
}


# ---- arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure shiftplan, and other solvers on the same integer program.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    added = {name: _suite_parser(commands, name) for name in SUITES}

    week = added["week"]
    week.add_argument("weeks", nargs="+", type=Path, metavar="WEEK", help="week folders or files")
    _time_limit(week, 60)
    week.set_defaults(engines=list(USUAL))

    curtois = added["curtois"]
    curtois.add_argument("instances", nargs="+", type=Path, metavar="FILE", help="instance files")
    _time_limit(curtois, 600)

    inrc2 = added["inrc2"]
    inrc2.add_argument("dataset", type=Path, help="folder with the JSON files of a data set")
    inrc2.add_argument("instances", nargs="+", metavar="INSTANCE", help="as n030w4_1_6-2-9-1")
    limit = inrc2.add_mutually_exclusive_group()
    limit.add_argument("--time-limit", type=float, help="seconds for an instance")
    limit.add_argument(
        "--seconds-per-week", type=float, default=60, help="instead: for each week of the horizon"
    )

    nation = added["nation"]
    nation.add_argument("root", type=Path, help="folder with a week folder for each province")
    nation.add_argument(
        "--seconds-per-volunteer", type=Fraction, default=Fraction(60, 1353), help="as 60/1353"
    )
    nation.add_argument("--least", type=float, default=20, help="least seconds for a province")
    nation.add_argument("--most", type=float, default=300, help="most seconds for a province")

    month = added["month"]
    month.add_argument("weeks", nargs="+", type=Path, metavar="WEEK", help="consecutive weeks")
    month.add_argument("--out-week", type=Path, help="also write the month's problem here")
    month.add_argument(
        "--share",
        type=float,
        default=DEFAULT_SHARE,
        help="monthly limit of a volunteer as a part of the weekly limits' sum",
    )
    _time_limit(month, 300)

    growth = added["growth"]
    growth.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="week folders, or folders of them; without any, weeks of provinces are made",
    )
    sizes = [10, 20, 50, 100, 200, 500, 1000]
    growth.add_argument("--sizes", nargs="+", type=int, default=sizes)
    _time_limit(growth, 500)

    designs = added["shift_design"]
    designs.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="instance files, or folders of them; an instance is named after folder and file",
    )
    _time_limit(designs, 60)

    commands.add_parser("list", help="show what each sub-command measures")
    add_gate(commands)
    again = commands.add_parser("report", help="tables and pictures of measurements, again")
    again.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="folders of records")
    again.add_argument("--readme", action="store_true", help="update the pages of figures too")
    return parser


def _suite_parser(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str
) -> argparse.ArgumentParser:
    """A sub-command with the options that all have."""
    about = SUITES[name].about
    parser = commands.add_parser(
        name,
        help=about.replace("%", "%%"),
        description=about,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--out", type=Path, default=OUT, help="folder for all that is written")
    parser.add_argument("--seeds", nargs="+", type=int, default=[0], help="a run for each")
    engines = (OURS,) if name == "shift_design" else ENGINES
    parser.add_argument("--engines", nargs="+", choices=engines, default=[OURS])
    parser.add_argument("--workers", type=int, default=2, help="threads or processes of a run")
    parser.add_argument(
        "--best-known", type=Path, help="table of best known costs; else one near the instances"
    )
    return parser


def _time_limit(parser: argparse.ArgumentParser, default: float) -> None:
    parser.add_argument("--time-limit", type=float, default=default, help="seconds for a run")
