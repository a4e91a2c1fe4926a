"""What a forecast is worth: citizens served in time after staffing and planning with it.

    python -m benchmarks.served --seeds 1 2 3

Logs with a known truth -> for each forecast a roster of about as many assignments, judged by
simulating the citizens who really came in the week after the log.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.cells import Table, percent, whole
from benchmarks.forecasts import MAKER, TRUTH, WEEK
from benchmarks.visit_logs import KnownLog, make_log, read_log
from shiftplan.analysis.served import RUNS, HeldOutWeek, ServedForecast, served_in_time
from shiftplan.citizens import Forecast, forecast
from shiftplan.citizens.forecasting.ahead import counted, within_shifts
from shiftplan.citizens.visits.counts import Floats
from shiftplan.files import read_problem
from shiftplan.problem import Problem
from shiftplan.week.demand import Demand

NAMES = ("embedded", "four_week_mean", "seasonal_naive")


def week_of(problem: Problem, log: KnownLog) -> HeldOutWeek:
    """The week after a log, with forecasts, the true means and what came."""

    def rows(found: Forecast) -> tuple[Demand, ...]:
        return within_shifts(problem, found).demand()

    found = {name: rows(forecast(log.counts, log.ahead, forecaster=name)) for name in NAMES}
    true, came = (_ahead(log, mean) for mean in (log.mean, log.came))
    return HeldOutWeek(
        problem.model_copy(update={"demand": rows(came)}), {**found, TRUTH: rows(true)}
    )


def _ahead(log: KnownLog, values: Floats) -> Forecast:
    known = np.ones(values.shape[:2], dtype=bool)
    visits = np.full(values.shape[:3], np.nan)
    counts = replace(log.counts, dates=log.ahead, requests=values, recorded=known, visits=visits)
    return counted(counts)


def compared(found: Sequence[tuple[ServedForecast, ...]]) -> Table:
    """Forecasts side by side, log by log."""
    rows = []
    for number, week in enumerate(found, start=1):
        for one in week:
            share, gain = one.served_in_time, one.difference
            between = "" if gain is None else f"{100 * gain.value:+.2f}"
            ends = "" if gain is None else f"{100 * gain.low:+.2f} to {100 * gain.high:+.2f}"
            rows.append(
                (
                    str(number),
                    one.forecaster,
                    whole(one.assignments),
                    percent(share.value),
                    f"{percent(share.low)} to {percent(share.high)}",
                    between,
                    ends,
                )
            )
    head = ("log", "planned with", "assignments", "served in time", "95% interval")
    return Table(
        "Citizens served in time",
        (*head, "points more than the first", "95% interval"),
        tuple(rows),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.served", description=__doc__)
    parser.add_argument("--week", type=Path, default=WEEK)
    parser.add_argument("--maker", type=Path, default=MAKER)
    parser.add_argument("--weeks", type=int, default=40)
    parser.add_argument("--seeds", type=int, nargs="*", default=[1, 2, 3])
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--time-limit", type=float, default=30, help="seconds for each plan")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    problem = read_problem(options.week)
    found = []
    for seed in options.seeds:
        folder = make_log(options.maker, options.week, seed, options.weeks, options.out)
        week = week_of(problem, read_log(folder))
        limits = {"time_limit": options.time_limit, "workers": options.workers}
        found.append(served_in_time(week, runs=options.runs, **limits))
        print(compared(found).markdown(), flush=True)
    (options.out / "served.md").write_text(compared(found).markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
