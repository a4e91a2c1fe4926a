"""Which logs a benchmark of forecasts uses: drawn from seeds, or folders drawn elsewhere.

Options of a command -> number of a log -> where it is from -> `KnownLog`.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.made_logs import KnownLog, make_log
from benchmarks.visit_logs import read_log
from shiftplan.problem import Problem

WEEK = Path("examples/data/an_giang")
Origin = int | Path
"""Seed of a log that is drawn, or folder of one that is read."""


def add_logs(parser: argparse.ArgumentParser, seeds: Sequence[int]) -> None:
    """Add the options about logs, and the week that they come before."""
    parser.add_argument("--week", type=Path, default=WEEK, help="whose demand logs are drawn from")
    parser.add_argument("--weeks", type=int, default=40, help="weeks of each log that is drawn")
    parser.add_argument("--seeds", type=int, nargs="+", default=list(seeds), help="a log for each")
    parser.add_argument(
        "--logs",
        type=Path,
        nargs="+",
        metavar="DIR",
        help="read these instead: folders with visits.csv, closed.csv, truth.csv and actual.csv",
    )


def origins(options: argparse.Namespace) -> Mapping[int, Origin]:
    """Number of each log -> where it is from: seeds by themselves, folders from 1 on."""
    if options.logs:
        return dict(enumerate(options.logs, start=1))
    return {seed: seed for seed in options.seeds}


def known_log(origin: Origin, problem: Problem, weeks: int) -> KnownLog:
    """Draw a log, or read it."""
    return read_log(origin) if isinstance(origin, Path) else make_log(problem, origin, weeks)
