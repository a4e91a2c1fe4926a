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

from benchmarks.cells import Table, seconds, whole
from shiftplan.files import read_problem
from shiftplan.problem import Problem
from shiftplan.seasons import Show, ShowRates, show_rates
from shiftplan.week.fields import WEEKDAYS
from shiftplan.week.records import Volunteer

HOURS = {7: 0.1, 13: -0.1}
DAYS = dict(zip(WEEKDAYS, (-0.2, 0.0, 0.1, 0.1, 0.0, -0.3, -0.3), strict=True))
NOTICES = {12: -0.4, 48: 0.0, 120: 0.1}
ANSWERS = {"confirmed": 0.6, "unanswered": -0.9}
"""Effects on the log-odds of coming: of hours, days, hours of notice, and answers."""
SEEN = ((1, 4), (5, 14), (15, 10**9))
"""Least and most shifts of people who are taken together."""


class Term:
    """People with known rates, and what is seen of them."""

    def __init__(self, problem: Problem, usual: float, deviation: float, seed: int) -> None:
        self._draw = np.random.default_rng(seed)
        self._problem = problem
        groups = sorted({name for v in problem.volunteers for name in v.group})
        of_group = dict(zip(groups, self._draw.normal(0, 0.3, len(groups)), strict=True))
        common = np.log(usual / (1 - usual))
        self._odds = {
            v.volunteer_id: common
            + sum(of_group[name] for name in v.group)
            + self._draw.normal(0, deviation)
            for v in problem.volunteers
        }
        parts = ([*effects.values()] for effects in (HOURS, DAYS, NOTICES, ANSWERS))
        mixed = np.add.outer(*(np.add.outer(a, b).ravel() for a, b in _pairs(*parts))).ravel()
        self.rates = {
            who: float((1 / (1 + np.exp(-odds - mixed))).mean()) for who, odds in self._odds.items()
        }
        """True rate of each person, on average over days, hours, notices and answers."""

    def week(self, number: int) -> Iterator[Show]:
        """Yield up to as many shifts of each person as may be worked in a week, 0 at least."""
        draw = self._draw
        monday = dt.datetime.combine(self._problem.horizon.start, dt.time())
        monday += dt.timedelta(7 * number)
        for v in self._problem.volunteers:
            most = 3 if v.max_shifts is None else v.max_shifts
            for place in draw.permutation(14)[: draw.integers(0, most + 1)].tolist():
                day, hour = place // 2, [*HOURS][place % 2]
                notice, answer = draw.choice([*NOTICES]), draw.choice([*ANSWERS])
                odds = self._odds[v.volunteer_id] + HOURS[hour] + DAYS[WEEKDAYS[day]]
                odds += NOTICES[int(notice)] + ANSWERS[str(answer)]
                yield Show(
                    volunteer_id=v.volunteer_id,
                    start=monday + dt.timedelta(days=day, hours=hour),
                    came=bool(draw.random() < 1 / (1 + np.exp(-odds))),
                    notice_hours=int(notice),
                    answer=str(answer),
                )


def _pairs(*parts: list[float]) -> Iterator[tuple[list[float], list[float]]]:
    return zip(parts[::2], parts[1::2], strict=True)


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


def live(term: Term, people: Sequence[Volunteer], weeks: int) -> Iterator[tuple[str, ...]]:
    """Learn week after week; rows after weeks 1, 4, 12 and the last."""
    shows: list[Show] = []
    for number in range(weeks):
        shows += term.week(number)
        began = time.perf_counter()
        rates = show_rates(shows, people)
        took = time.perf_counter() - began
        people = rates.applied_to(people)
        if number + 1 in (1, 4, 12, weeks):
            for row in measure(rates, term.rates, took):
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
    people = [v.model_copy(update={"show_rate": 1.0}) for v in problem.volunteers]
    term = Term(problem, options.usual, options.deviation, options.seed)
    errors = ("error of own share", "error learned", "true rates inside", "width of interval")
    head = ("after week", "shifts seen", "people", *errors, "time")
    table = Table("Show rates", head, tuple(live(term, people, options.weeks)))
    text = table.markdown()
    print(text)
    (options.out / "shows.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
