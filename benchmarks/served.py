"""What a forecast is worth: citizens served in time after staffing and planning with it.

    python -m benchmarks.served

Logs with a known truth -> for each forecast teams and a roster, of exactly as many people, judged
by simulating the citizens who came in the week after the log -> three tables.

The first table has teams as large as required, of people who can do everything: no search adds
chance. The second has rosters of the volunteers, the third each log of the second.

The unit is the log. Logs are drawn independently, and cost far less than plans, so there is one
week and one plan for each log and forecast: with as many plans in all, more logs always give
narrower intervals than more seeds of the search, and weeks of one log are not independent.
Intervals over logs contain the chance of log, citizens, search and simulation.

Searches have one worker and a limit of work, not of time, and so do not depend on how busy the
machine is: 40 seconds on a busy one ended with a cost half as high again. With work 1 a search ends
near the relaxation, at a cost within 2% of the proven bound. Four seeds of one forecast then differ
in the share served in time with a standard deviation of 0.06 points, less than the 0.2 points by
which outcomes of one week move the difference between two forecasts.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.forecasts import NAMES, TRUTH, knowing
from benchmarks.log_options import Origin, add_logs, known_log, origins
from benchmarks.made_logs import KnownLog
from benchmarks.made_teams import PATIENT, in_teams
from benchmarks.served_tables import Served, Week, by_group, tables
from shiftplan.analysis.served import RUNS, HeldOutWeek, planned, staffed
from shiftplan.citizens import Experience, Forecast, forecast, simulate
from shiftplan.citizens.experience import compare_experiences
from shiftplan.citizens.forecasting.accuracy import sizes_of
from shiftplan.citizens.forecasting.ahead import counted, within_shifts
from shiftplan.citizens.visits.counts import Floats
from shiftplan.files import read_problem
from shiftplan.problem import Problem
from shiftplan.week.demand import Demand

PLAIN = "plain mean of four weeks"
"""The mean of four weeks without a spread, as an office would type it in."""
ALL = (*NAMES, PLAIN, TRUTH)


def week_of(problem: Problem, log: KnownLog, names: Sequence[str] = ALL) -> HeldOutWeek:
    """The week after a log, with forecasts, and what came as its demand.

    True means have the spread of days that the embedded forecaster finds. Without one, they would
    ask for teams that keep the promise only on usual days.
    """

    def rows(found: Forecast) -> tuple[Demand, ...]:
        return within_shifts(problem, found).demand()

    def made(name: str) -> tuple[Demand, ...]:
        if name == TRUTH:
            return rows(knowing(log))
        if name == PLAIN:
            blank = {"arrivals_cv": None}
            return tuple(row.model_copy(update=blank) for row in made("four_week_mean"))
        return rows(forecast(log.counts, log.ahead, forecaster=name))

    came = rows(_ahead(log, log.came))
    return HeldOutWeek(
        problem.model_copy(update={"demand": came}), {name: made(name) for name in names}
    )


def _ahead(log: KnownLog, values: Floats) -> Forecast:
    known = np.ones(values.shape[:2], dtype=bool)
    visits = np.full(values.shape[:3], np.nan)
    counts = replace(log.counts, dates=log.ahead, requests=values, recorded=known, visits=visits)
    return counted(counts)


def teams_of(weeks: Mapping[str, Problem]) -> dict[str, dict[str, int]]:
    """Forecast -> shift -> people asked for, with exactly as many in all as the least asks for.

    Requirements are already near that; the others lose one person from their largest teams, which
    miss one least.
    """
    found = {
        name: {row.shift_id or "": row.target for row in week.requirements if row.skill_id is None}
        for name, week in weeks.items()
    }
    people = min(sum(asked.values()) for asked in found.values())
    for asked in found.values():
        while sum(asked.values()) > people:
            asked[max(sorted(asked), key=asked.__getitem__)] -= 1
    return found


def served(
    judged: Callable[[str], Experience], people: Mapping[str, int], groups: Mapping[str, str]
) -> Week:
    """What each forecast serves.

    Parameters
    ----------
    judged
        Forecast -> what citizens experience; the same citizens for all.
    people
        Forecast -> people in all shifts together.
    groups
        Center -> its size.
    """
    first: Experience | None = None
    found = {}
    for name, number in people.items():
        now = judged(name)
        share = now.overall.within_target_share
        assert share is not None
        gain = None
        if first is not None:
            gain = compare_experiences(first, now).overall.within_target_share
        found[name] = Served(number, by_group(now, groups), share, gain)
        first = first or now
    return found


def measured(
    seed: int,
    origin: Origin,
    *,
    week: Path,
    weeks: int,
    names: Sequence[str],
    runs: int,
    work: int,
) -> tuple[Week, Week | None]:
    """Teams and rosters of the week after one log; no rosters without work."""
    problem = read_problem(week)
    log = known_log(origin, problem, weeks)
    held = week_of(problem, log, names)
    sizes = dict(zip(log.counts.centers, sizes_of(log.counts), strict=True))
    asked = staffed(held)
    teams = teams_of(asked)

    def of_teams(name: str) -> Experience:
        everybody, roster = in_teams(held.problem, teams[name])
        return simulate(everybody, roster, runs=runs, seed=seed, conduct=PATIENT)

    first = served(of_teams, {name: sum(team.values()) for name, team in teams.items()}, sizes)
    if not work:
        return first, None
    rosters = planned(asked, time_limit=None, work_limit=work, workers=1, seed=seed)

    def of_rosters(name: str) -> Experience:
        return simulate(held.problem, rosters[name], runs=runs, seed=seed)

    return first, served(of_rosters, {name: len(r) for name, r in rosters.items()}, sizes)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write the tables, again after each log."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.served", description=__doc__)
    add_logs(parser, range(1, 21))
    parser.add_argument("--names", nargs="*", default=ALL, help="the first is compared")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--work", type=int, default=1, help="steps of each plan; 0: only teams")
    parser.add_argument("--jobs", type=int, default=2, help="logs at the same time")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    options = parser.parse_args(arguments)
    how = {key: getattr(options, key) for key in ("week", "weeks", "names", "runs", "work")}
    out = options.out
    out.mkdir(parents=True, exist_ok=True)
    found: dict[int, tuple[Week, Week | None]] = {}
    with ProcessPoolExecutor(options.jobs, multiprocessing.get_context("spawn")) as pool:
        running = {
            pool.submit(partial(measured, seed, origin, **how)): seed
            for seed, origin in origins(options).items()
        }
        for done in as_completed(running):
            found[running[done]] = done.result()
            print(tables(found), flush=True)
            (out / "served.md").write_text(tables(found), encoding="utf-8")


if __name__ == "__main__":
    main()
