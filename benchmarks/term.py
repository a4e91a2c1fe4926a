"""A term lived week by week, with and without learning from the record who comes.

    python -m benchmarks.term examples/data/an_giang --out benchmarks/out/term

The people of a week, with drawn habits (`benchmarks/conduct.py`) -> weeks planned, told, answered,
repaired and worked through their records (`benchmarks/term_week.py`) -> `term.csv`, a table and a
picture. Both arms plan with the rule `show_up`, meet the same people and days, and keep a ledger:

- `learned`: each new week takes over the show rates learned from the ledger, and stand-by lists
  know the answers.
- `column`: the column `show_rate` of the first week stays what the coordinator believes.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks.conduct import Conduct, Rates
from benchmarks.term_rows import ARMS, Arm, LivedWeek, Row, draw, table
from benchmarks.term_week import lived
from shiftplan.files import read_problem
from shiftplan.problem import Problem
from shiftplan.rules import ShowUp
from shiftplan.scoring.equity import AreaSeats, equity
from shiftplan.seasons import Ledger, ShowRates, new_week, show_rates


def live(
    problem: Problem,
    weeks: int,
    rates: Rates,
    seed: int,
    plan: Mapping[str, Any],
    repair: Mapping[str, Any],
    arms: Sequence[Arm] = ARMS,
) -> Iterator[Row]:
    """Live through a term in each arm; the first week, in which nobody has learned, only once.

    Parameters
    ----------
    problem
        The first week; its windows are the habits of people. It has the rule `show_up`, or show
        rates do not change plans.
    weeks
        How many.
    rates, seed
        How people behave.
    plan, repair
        Options of the searches.
    arms
        Which arms.
    """
    begun = _Term(arms[0], problem, Conduct(problem, rates, seed))
    first = begun.week(plan, repair)
    for arm in arms:
        term = begun.alike(arm)
        yield replace(first, arm=arm)
        for _ in range(1, weeks):
            yield term.week(plan, repair)


class _Term:
    """One arm."""

    def __init__(self, arm: Arm, problem: Problem, conduct: Conduct) -> None:
        self._arm, self._first, self._conduct = arm, problem, conduct
        self._ledger = Ledger.begin(problem)
        self._weeks: list[LivedWeek] = []
        self._learned: ShowRates | None = None

    def alike(self, arm: Arm) -> _Term:
        """Another arm, after the same weeks."""
        other = _Term(arm, self._first, self._conduct)
        other._ledger, other._weeks, other._learned = self._ledger, [*self._weeks], self._learned
        return other

    def week(self, plan: Mapping[str, Any], repair: Mapping[str, Any]) -> Row:
        """Live through the next week."""
        began = time.monotonic()
        problem = self._problem(len(self._weeks))
        rates = self._learned if self._arm == "learned" else None
        week = lived(problem, self._conduct, rates, plan, repair)
        self._weeks.append(week)
        self._ledger = week.turned_out.added_to(self._ledger)
        shows = (show for done in self._ledger.weeks for show in done.shows)
        self._learned = show_rates(shows, problem.volunteers)
        return self._row(len(self._weeks), week, time.monotonic() - began)

    def _problem(self, number: int) -> Problem:
        start = self._first.horizon.start + dt.timedelta(7 * number)
        windows = tuple(self._conduct.offers(start))
        last = self._weeks[-1].problem if self._weeks else None
        if last is None:
            return self._first.model_copy(update={"availability": windows})
        made = new_week(last, start, ledger=self._ledger, learn=self._arm == "learned")
        return Problem.model_validate({**dict(made.problem), "availability": windows})

    def _row(self, number: int, week: LivedWeek, seconds: float) -> Row:
        found = equity(week.problem, week.present)
        minority = [area for area in found.areas if area.area == "minority"]
        all_seats, skilled = found.overall.both, found.overall.skilled
        entries = self._ledger.weeks[-1].entries
        states = {(t.shift_id, t.volunteer_id): t.state for t in week.turned_out.turnouts}
        return Row(
            arm=self._arm,
            week=number,
            assignments=len(week.first),
            seats=all_seats.target,
            filled=all_seats.filled,
            skilled=skilled.target,
            skilled_filled=skilled.filled,
            minority=sum(_seats(area)[0] for area in minority),
            minority_filled=sum(_seats(area)[1] for area in minority),
            calls=week.calls.total(),
            came_after_call=sum(
                states.get((a.shift_id, a.volunteer_id)) == "called"
                for a in week.present.assignments
            ),
            told=len(week.told),
            taken=week.taken.total() - week.taken["own"],
            own=week.taken["own"],
            absent=sum(entry.absent for entry in entries),
            excused=sum(entry.excused for entry in entries),
            refused=week.refused,
            seconds=seconds,
            **self._errors(),
        )

    def _errors(self) -> dict[str, Any]:
        """Errors of rates, and how many are inside their intervals."""
        assert self._learned is not None
        effects = sum((week.effects for week in self._weeks), Counter())
        true = self._conduct.true_rates(effects)
        rows = [row for row in self._learned.people if row.shifts]
        column = {v.volunteer_id: v.show_rate for v in self._first.volunteers}

        def error(rates: Mapping[str, float]) -> float:
            return fmean(abs(rate - true[who]) for who, rate in rates.items())

        return {
            "seen": len(rows),
            "error_learned": error({row.volunteer_id: row.chance.mean for row in rows}),
            "error_share": error({row.volunteer_id: row.came / row.shifts for row in rows}),
            "error_column": error({row.volunteer_id: column[row.volunteer_id] for row in rows}),
            "inside": fmean(
                row.chance.low <= true[row.volunteer_id] <= row.chance.high for row in rows
            ),
        }


def _seats(area: AreaSeats) -> tuple[int, int]:
    return area.both.target, area.both.filled


def part_of(problem: Problem, centers: int) -> Problem:
    """The first centers of a week, with the people at home there."""
    kept = {center.center_id for center in problem.centers[:centers]}
    people = {v.volunteer_id for v in problem.volunteers if v.home_center_id in kept}
    shifts = {s.shift_id for s in problem.shifts if s.center_id in kept}
    ids = {"center_id": {None, *kept}, "volunteer_id": {None, *people}, "shift_id": {None, *shifts}}

    def rows(name: str) -> list[object]:
        table = getattr(problem, name)
        return [row for row in table if all(getattr(row, k, None) in v for k, v in ids.items())]

    tables = ("centers", "volunteers", "availability", "shifts", "requirements", "demand")
    others = ("history", "pins", "preferences", "published", "stand_by")
    return Problem.model_validate({**dict(problem), **{n: rows(n) for n in (*tables, *others)}})


def with_show_up(problem: Problem, wanted: int = 90) -> Problem:
    """The week with the rule `show_up`, as it is recommended but for the chance wanted, percent."""
    if any(isinstance(rule, ShowUp) for rule in problem.rules):
        return problem
    rule = ShowUp(weight=2, chance_percent=wanted)
    return problem.model_copy(update={"rules": (*problem.rules, rule)})


def main(arguments: Sequence[str] | None = None) -> None:
    """Live through the term, and write rows, table and picture."""
    usual = Rates()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.term", description=__doc__)
    parser.add_argument("week", type=Path)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    parser.add_argument("--weeks", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--arms", nargs="+", choices=ARMS, default=ARMS)
    parser.add_argument("--centers", type=int, help="only so many of them; all unless given")
    parser.add_argument(
        "--wanted", type=int, default=90, help="percent, of the rule show_up where it is added"
    )
    parser.add_argument("--time-limit", type=float, default=25, help="seconds for each plan")
    parser.add_argument("--repair-limit", type=float, default=3, help="seconds for each repair")
    parser.add_argument("--work-limit", type=int, help="steps of each search, instead of time")
    parser.add_argument("--workers", type=int, default=2)
    for rate in fields(Rates):
        name = f"--{rate.name}"
        parser.add_argument(name, type=float, default=getattr(usual, rate.name), help="a rate")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    rates = Rates(**{rate.name: getattr(options, rate.name) for rate in fields(Rates)})
    search = {"workers": options.workers, "seed": options.seed}
    if options.work_limit is None:
        plan = {**search, "time_limit": options.time_limit}
        repair = {**search, "time_limit": options.repair_limit}
    else:
        plan = repair = {**search, "time_limit": None, "work_limit": options.work_limit}
    problem, rows = read_problem(options.week), []
    if options.centers is not None:
        problem = part_of(problem, options.centers)
    problem = with_show_up(problem, options.wanted)
    with (options.out / "term.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)])
        writer.writeheader()
        for row in live(problem, options.weeks, rates, options.seed, plan, repair, options.arms):
            rows.append(row)
            writer.writerow(asdict(row))
            file.flush()
            print(row, flush=True)
    text = table(rows).markdown()
    print(text)
    (options.out / "term.md").write_text(text, encoding="utf-8")
    draw(rows, options.out / "term.png")


if __name__ == "__main__":
    main()
