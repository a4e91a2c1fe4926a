"""A week staffed from visits and from requests: people, minutes of a visit, and who is in time.

    python -m benchmarks.counted --seeds 1 2 3

Logs with a known truth -> for each a forecast of visits and one of requests, teams of exactly the
people that each asks for, who can do everything, and what the visits of the week experience.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.cells import Table, percent, whole
from benchmarks.log_files import write_log
from benchmarks.log_options import Origin, add_logs, known_log, origins
from benchmarks.made_logs import KnownLog
from benchmarks.made_teams import PATIENT, in_teams, in_time
from benchmarks.ways_to_staff import by_load
from shiftplan.citizens import VisitHistory, simulate, visit_tables
from shiftplan.citizens.forecasting.ahead import WeekForecast, forecast_week
from shiftplan.files import read_problem, read_visits
from shiftplan.problem import Problem


@dataclass(frozen=True)
class CountedWeek:
    """A week staffed from one kind of count."""

    counted: str
    """What is counted: visits or requests."""
    people: int
    """People in all teams."""
    requests: float
    """Requests that are forecast, over those of the true means."""
    minutes: float
    """Minutes of help that are forecast, over those of the true means."""
    in_time: float
    """Share of visits served in time."""


def weeks_of(
    problem: Problem, history: VisitHistory, log: KnownLog, runs: int
) -> list[CountedWeek]:
    """The week after a log, staffed from both kinds of counts and judged on visits."""
    assert history.log is not None
    told = visit_tables(problem, history.log).applied(problem)
    told = told.model_copy(update={"requirements": (), "languages": ()})
    visits, requests = (
        forecast_week(told, history.counting(what).counts) for what in ("visits", "requests")
    )
    met = told.model_copy(update={"demand": visits.demand()})
    asked, minutes = _true(told, requests, log)
    found = []
    for name, forecast in (("visits", visits), ("requests", requests)):
        week = told.model_copy(update={"demand": forecast.demand()})
        asked_for = by_load(week)
        experience = simulate(*in_teams(met, asked_for), runs=runs, conduct=PATIENT)
        rows = [(s, m / s.minutes_per_citizen, m) for _, s, m in week.requests()]
        found.append(
            CountedWeek(
                name,
                sum(asked_for.values()),
                sum(n for _, n, _ in rows) / asked,
                sum(m for _, _, m in rows) / minutes,
                in_time(experience.overall),
            )
        )
    return found


def _true(problem: Problem, forecast: WeekForecast, log: KnownLog) -> tuple[float, float]:
    """Requests in shifts by the true means, and their minutes."""
    is_open = forecast.forecast.mean.sum(axis=3) > 0
    at = [log.counts.centers.index(center) for center in forecast.forecast.centers]
    on = [log.ahead.index(day) for day in forecast.forecast.dates]
    by_service = (log.mean[np.ix_(at, on)] * is_open[..., None]).sum(axis=(0, 1, 2))
    of = {service.service_id: service.minutes_per_citizen for service in problem.services}
    minutes = np.array([of[service] for service in log.counts.services])
    return float(by_service.sum()), float(by_service @ minutes)


def history_of(problem: Problem, log: KnownLog, origin: Origin) -> VisitHistory:
    """Visits as shiftplan reads them, from the folder of a log or one that it is written to."""
    with tempfile.TemporaryDirectory() as made:
        folder = origin if isinstance(origin, Path) else write_log(log, Path(made), origin)
        return read_visits([folder / "visits.csv"], problem, closed=folder / "closed.csv")


def compared(found: Sequence[Sequence[CountedWeek]]) -> Table:
    """Both kinds of counts side by side, log by log."""
    rows = [
        (
            str(number),
            week.counted,
            whole(week.people),
            percent(week.requests),
            percent(week.minutes),
            percent(week.in_time),
        )
        for number, weeks in enumerate(found, start=1)
        for week in weeks
    ]
    head = ("log", "counted", "people", "requests", "minutes", "visits served in time")
    return Table("Staffed from visits and from requests", head, tuple(rows))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.counted", description=__doc__)
    add_logs(parser, [1, 2, 3])
    parser.add_argument("--runs", type=int, default=30)
    options = parser.parse_args(arguments)
    problem = read_problem(options.week)
    found = []
    for origin in origins(options).values():
        log = known_log(origin, problem, options.weeks)
        found.append(weeks_of(problem, history_of(problem, log, origin), log, options.runs))
    print(compared(found).markdown())


if __name__ == "__main__":
    main()
