"""How well show rates are learned: people with known rates, seen week after week.

    python -m benchmarks.shows examples/data/an_giang --out benchmarks/out/shows

The people of a week, each with a rate that is drawn -> twelve weeks of who came -> a table: errors
of the rates learned and of everybody's own share, by how often people were seen, and how many true
rates are inside their intervals. After each week its volunteers get the rates learned so far, as
`new-week` gives them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.random import Generator

from benchmarks.cells import Table, seconds, whole
from benchmarks.reliability import ANSWERS, DAYS, HOURS, NOTICES, Reliability
from shiftplan.files import read_problem
from shiftplan.problem import Problem
from shiftplan.seasons import Show, ShowRates, show_rates

SEEN = ((1, 4), (5, 14), (15, 10**9))
"""Least and most shifts of people who are taken together."""


def week_of(problem: Problem, known: Reliability, number: int, draw: Generator) -> Iterator[Show]:
    """Yield up to as many shifts of each person as may be worked in a week, 0 at least."""
    monday = dt.datetime.combine(problem.horizon.start, dt.time()) + dt.timedelta(7 * number)
    for v in problem.volunteers:
        most = 3 if v.max_shifts is None else v.max_shifts
        for place in draw.permutation(14)[: draw.integers(0, most + 1)].tolist():
            start = monday + dt.timedelta(days=place // 2, hours=[*HOURS][place % 2])
            notice = [*NOTICES][draw.integers(len(NOTICES))]
            answer = [*ANSWERS][draw.integers(len(ANSWERS))]
            chance = known.chance(v.volunteer_id, start, notice, answer)
            yield Show(
                volunteer_id=v.volunteer_id,
                start=start,
                came=bool(draw.random() < chance),
                notice_hours=notice,
                answer=answer,
            )


def measure(rates: ShowRates, true: dict[str, float], took: float) -> Iterator[tuple[str, ...]]:
    """Rows of a table: one for each of `SEEN` that anybody belongs to."""
    for least, most in SEEN:
        rows = [row for row in rates.people if least <= row.shifts <= most]
        if not rows:
            continue
        wanted = np.array([true[row.volunteer_id] for row in rows])
        learned = np.array([row.chance.mean for row in rows])
        own = np.array([row.came / row.shifts for row in rows])
        low, high = np.array([(row.chance.low, row.chance.high) for row in rows]).T
        yield (
            f"{least} to {most}" if most < 10**9 else f"{least} and more",
            whole(len(rows)),
            _error(own - wanted),
            _error(learned - wanted),
            f"{np.mean((low <= wanted) & (wanted <= high)):.0%}",
            f"{np.mean(high - low):.1%}",
            seconds(took),
        )


def _error(difference: np.ndarray) -> str:
    """Root of the mean square."""
    return f"{np.sqrt(np.mean(difference**2)):.1%}"


def live(
    problem: Problem, known: Reliability, weeks: int, draw: Generator
) -> Iterator[tuple[str, ...]]:
    """Learn week after week; rows after weeks 1, 4, 12 and the last."""
    shows: list[Show] = []
    people = tuple(v.model_copy(update={"show_rate": 1.0}) for v in problem.volunteers)
    true = known.rates(HOURS, DAYS, NOTICES, ANSWERS)
    for number in range(weeks):
        shows += week_of(problem, known, number, draw)
        began = time.perf_counter()
        rates = show_rates(shows, people)
        took = time.perf_counter() - began
        people = rates.applied_to(people)
        if number + 1 in (1, 4, 12, weeks):
            for row in measure(rates, true, took):
                yield (whole(number + 1), *row)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shows", description=__doc__)
    parser.add_argument("week", type=Path)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    parser.add_argument("--weeks", type=int, default=12)
    parser.add_argument("--usual", type=float, default=0.9, help="rate of an ordinary person")
    parser.add_argument("--deviation", type=float, default=0.8, help="of people, in log-odds")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    problem = read_problem(options.week)
    known = Reliability(problem, options.usual, options.deviation, options.seed)
    draw = np.random.default_rng(options.seed)
    errors = ("error of own share", "error learned", "true rates inside", "width of interval")
    head = ("after week", "shifts seen", "people", *errors, "time")
    table = Table("Show rates", head, tuple(live(problem, known, options.weeks, draw)))
    text = table.markdown()
    print(text)
    (options.out / "shows.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
