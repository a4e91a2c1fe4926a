"""Forecasts of citizens against what came, and against knowing the true means.

    python -m benchmarks.forecasts --seeds 1 2 3 4 5

Logs with a known truth, real series -> tables: loss of each forecaster by size of centers, its
intervals; accuracy on daily arrivals; time and memory. Forecasters of statsforecast are compared
where that package is installed, and arrivals at an emergency department where forecast-tools is.
Those at offices of Warsaw need `--warsaw`: a table with the columns office, date and arrivals.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import resource
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import numpy as np

from benchmarks.cells import Table, percent, seconds
from benchmarks.log_options import add_logs, known_log, origins
from benchmarks.made_logs import KnownLog
from benchmarks.visit_logs import daily_counts, drawn_counts, read_warsaw
from shiftplan.citizens import Accuracy, Forecast, VisitCounts, backtest, forecast
from shiftplan.citizens.forecasting.accuracy import sizes_of
from shiftplan.citizens.forecasting.engine import fit
from shiftplan.citizens.forecasting.judging import judged
from shiftplan.files import read_problem

TRUTH = "true means"
NAMES = ("embedded", "four_week_mean", "seasonal_naive")
STATISTICAL = ("auto_ets", "auto_theta", "mstl")
SIZES = ("all", "small", "medium", "large")
Kind = Literal["day", "cell"]
KINDS: tuple[Kind, ...] = ("day", "cell")
Key = tuple[str, Kind, str]
"""Forecaster, what is counted, size of centers."""


def names() -> tuple[str, ...]:
    """Forecasters to compare."""
    return (*NAMES, *(STATISTICAL if find_spec("statsforecast") else ()))


def knowing(log: KnownLog) -> Forecast:
    """The true means, with the spread of days and cells that the embedded forecaster found."""
    fitted = fit(log.counts)
    found = fitted.forecast(log.ahead)
    blank = np.zeros_like(found.center_level)
    days = blank + fitted.spread.center_day[:, None]
    return replace(
        found, mean=log.mean, province_level=blank[0], center_level=blank, center_day=days
    )


def measured(log: KnownLog, name: str) -> dict[Key, tuple[Accuracy, float]]:
    """Measures of a forecaster on the week after a log, and its distance from the true means."""
    found = knowing(log) if name == TRUTH else forecast(log.counts, log.ahead, forecaster=name)
    sizes = np.array(sizes_of(log.counts))
    measures: dict[Key, tuple[Accuracy, float]] = {}
    for kind in KINDS:
        axes = (2, 3) if kind == "day" else ()
        true = log.mean.sum(axis=axes)
        away = np.abs(found.expected(kind) - true)
        came = judged(found, log.came.sum(axis=axes), kind)
        for size in SIZES:
            chosen = np.repeat(((sizes == size) | (size == "all"))[:, None], len(log.ahead), axis=1)
            share = float(away[chosen].sum() / true[chosen].sum())
            measures[name, kind, size] = came.of(chosen).accuracy(), share
    return measures


def known_truth(logs: Sequence[KnownLog]) -> tuple[Table, Table]:
    """Losses as parts of that of the true means, and how many counts lie in 80% intervals."""
    found: dict[Key, list[tuple[Accuracy, float]]] = defaultdict(list)
    took: dict[str, float] = defaultdict(float)
    for log in logs:
        for name in (TRUTH, *names()):
            began = time.perf_counter()
            for key, figures in measured(log, name).items():
                found[key].append(figures)
            took[name] += time.perf_counter() - began

    def mean(key: Key, figure: str) -> float:
        return float(np.mean([getattr(accuracy, figure) for accuracy, _ in found[key]]))

    first, second = [], []
    for name in (TRUTH, *names()):
        for kind in KINDS:
            for figure in ("wape", "pinball"):
                parts = [
                    mean((name, kind, s), figure) / mean((TRUTH, kind, s), figure) for s in SIZES
                ]
                own = mean((name, kind, "all"), figure)
                loss = percent(own) if figure == "wape" else f"{own:.3f}"
                first.append((name, f"{kind}s", figure, loss, *(f"{x:.3f}" for x in parts)))
            aways = [float(np.mean([away for _, away in found[name, kind, s]])) for s in SIZES]
            first.append((name, f"{kind}s", "from the truth", "", *map(percent, aways)))
        shares = [
            f"{mean((name, 'day', size), figure):.1%}"
            for figure in ("coverage", "randomized_coverage")
            for size in SIZES
        ]
        cells = f"{mean((name, 'cell', 'all'), 'randomized_coverage'):.1%}"
        second.append((name, *shares, cells, seconds(took[name] / len(logs))))
    head = ("forecaster", "of", "measure", "loss", *SIZES)
    exact = tuple(f"{size}, randomized" for size in SIZES)
    return (
        Table(
            f"Loss, and its part of that of the true means, {len(logs)} logs", head, tuple(first)
        ),
        Table(
            "Counts of days in 80% intervals",
            ("forecaster", *SIZES, *exact, "cells, randomized", "time"),
            tuple(second),
        ),
    )


def real_series(title: str, counts: VisitCounts, weeks: int) -> Table:
    """Accuracy on daily arrivals, one week ahead from each of some origins."""
    rows = []
    for name in names():
        found = backtest(counts, name, weeks=weeks).accuracy()
        rows.append(
            (
                name,
                f"{found.number:,}",
                percent(found.wape),
                f"{found.mase:.3f}",
                f"{found.pinball:.2f}",
                f"{found.coverage:.1%}",
                f"{found.bias:+.1%}",
            )
        )
    head = ("forecaster", "days", "WAPE", "MASE", "pinball", "in 80% interval", "bias")
    return Table(title, head, tuple(rows))


def emergency_arrivals() -> VisitCounts:
    """Daily arrivals at one emergency department, which forecast-tools brings along."""
    text = files("forecast_tools").joinpath("data/ed_ts.csv").read_text(encoding="utf-8")
    rows = [
        ("ED", dt.datetime.strptime(row["date"], "%d/%m/%y").date(), float(row["arrivals"]))
        for row in csv.DictReader(text.splitlines())
    ]
    return daily_counts(rows)


def cost() -> Table:
    """Processor time of fitting and forecasting logs of a province, and memory of the process."""
    rows = []
    for weeks in (40, 104):
        counts = drawn_counts(102, weeks, 8, 6)
        ahead = [counts.dates[-1] + dt.timedelta(n) for n in range(2, 8)]
        began = time.process_time()
        found = forecast(counts, ahead)
        found.quantile(0.9)
        took = time.process_time() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows.append((f"{weeks} weeks", seconds(took), f"{peak:,.0f} MB"))
    title = "102 centers, 8 slots, 6 services: processor time, memory of the process"
    return Table(title, ("log", "time", "memory"), tuple(rows))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.forecasts", description=__doc__)
    add_logs(parser, [1, 2, 3, 4, 5])
    parser.add_argument("--warsaw", type=Path, metavar="TABLE", help="daily arrivals at offices")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    tables = [cost()]
    problem = read_problem(options.week)
    logs = [known_log(one, problem, options.weeks) for one in origins(options).values()]
    tables += known_truth(logs)
    if options.warsaw is not None:
        warsaw = read_warsaw(options.warsaw)
        tables.append(real_series("Offices of Warsaw, the last 5 of 13 days", warsaw, 1))
    else:
        print("Offices of Warsaw are left out: --warsaw names no table.\n")
    if find_spec("forecast_tools"):
        tables.append(real_series("Emergency department, 26 weeks", emergency_arrivals(), 26))
    else:
        print("The emergency department is left out: forecast-tools is not installed.\n")
    text = "\n".join(table.markdown() for table in tables)
    print(text)
    (options.out / "forecasts.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
