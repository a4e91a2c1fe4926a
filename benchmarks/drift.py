"""Alarms of drift: how soon they see a change of one center, and how many are false.

    python -m benchmarks.drift --seeds 1 2 3

Logs with a known truth, some centers of which get another level -> share of changes seen, weeks
until then, and alarms a year in the logs as they are.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.cells import Table
from benchmarks.log_options import add_logs, known_log, origins
from shiftplan.citizens import VisitCounts, find_drift
from shiftplan.citizens.forecasting.drift import alarms_of
from shiftplan.citizens.visits.counts import Floats
from shiftplan.files import read_problem

FACTORS = (0.85, 1.15, 0.7, 1.3, 0.5, 1.5)
CENTERS = 4
"""Centers that change by each factor."""
BEGINS = (22, 17, 12)
"""Weeks before the end of a log in which a change begins."""
WATCHED = 9
"""Weeks in which it may be seen."""
LEARNED = 11
"""Weeks at the start of a log without alarms, from which forecasts learn."""


def scored(counts: VisitCounts, weeks: Sequence[int]) -> dict[int, Floats]:
    """Scores of windows that end so many weeks before the end, by week."""
    found = {}
    for week in weeks:
        end = counts.dates[-1] - dt.timedelta(weeks=week)
        drift = find_drift(counts.on([day for day in counts.dates if day <= end]))
        found[week] = drift.score[:, 1:]
    return found


def changed(counts: VisitCounts, begin: int, factor: Floats, seed: int) -> VisitCounts:
    """The counts with another level of centers from so many weeks before the end.

    Requests are left out or doubled at random, so counts stay as dispersed as they are.
    """
    rng = np.random.default_rng(seed)
    first = counts.dates[-1] - dt.timedelta(weeks=begin)
    recent = np.array([day > first for day in counts.dates])
    drawn = rng.binomial(
        counts.requests.astype(np.int64),
        np.where(factor < 1, factor, factor - 1)[:, None, None, None],
    )
    new = np.where(factor[:, None, None, None] < 1, drawn, counts.requests + drawn)
    return replace(counts, requests=np.where(recent[:, None, None], new, counts.requests))


def measured(logs: Sequence[VisitCounts]) -> Table:
    """Changes of one center at a time, all others as they were; and false alarms."""
    seen: dict[float, list[int | None]] = defaultdict(list)
    new = weeks = 0
    for seed, counts in enumerate(logs):
        size = (counts.dates[-1] - counts.dates[0]).days // 7
        plain = scored(counts, range(size - LEARNED, -1, -1))
        alarms = np.array([alarms_of(score) for score in plain.values()])
        new += int((np.diff(alarms, axis=0, prepend=0) != 0)[alarms != 0].sum())
        weeks += len(alarms)
        for begin in BEGINS:
            chosen = np.random.default_rng((seed, begin)).permutation(len(counts.centers))
            factor = np.ones(len(counts.centers))
            for i, one in enumerate(FACTORS):
                factor[chosen[i * CENTERS : (i + 1) * CENTERS]] = one
            watched = range(begin - 1, max(begin - 1 - WATCHED, -1), -1)
            found = scored(changed(counts, begin, factor, seed), watched)
            for center in chosen[: CENTERS * len(FACTORS)].tolist():
                alone = []
                for week in watched:
                    score = plain[week].copy()
                    score[center] = found[week][center]
                    alone.append(alarms_of(score)[center] == np.sign(factor[center] - 1))
                seen[factor[center]].append(alone.index(True) + 1 if any(alone) else None)
    rows = []
    for one in FACTORS:
        when = [week for week in seen[one] if week is not None]
        half = sorted([*when, *[np.inf] * (len(seen[one]) - len(when))])[len(seen[one]) // 2]
        share = len(when) / len(seen[one])
        rows.append((f"{one - 1:+.0%}", str(len(seen[one])), f"{share:.0%}", f"{half:.0f}"))
    rows.append(("none", f"{weeks} weeks", f"{new / weeks * 52:.1f} a year", ""))
    head = ("change", "centers", f"seen in {WATCHED} weeks", "weeks until half are seen")
    return Table(f"Alarms of drift, {len(logs)} logs", head, tuple(rows))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drift", description=__doc__)
    add_logs(parser, [1, 2, 3])
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    problem = read_problem(options.week)
    logs = [known_log(one, problem, options.weeks) for one in origins(options).values()]
    text = measured([log.counts for log in logs]).markdown()
    print(text)
    (options.out / "drift.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
