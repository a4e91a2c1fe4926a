"""A term lived week by week, with and without learning from the record who comes.

    python -m benchmarks.term examples/data/an_giang --out benchmarks/out/term

A week -> twelve weeks of its people, whose show rates are known (`reliability.py`) -> a table and a
picture: seats filled on the day, calls made, told assignments changed, error of the show rates that
were planned with. What was measured stays in `term.jsonl`.

Each week is planned, told with a deadline for answers, repaired after drop-outs and declines, and
lived day by day: reserves are called for whoever stays away. Both ways meet the same people, who
draw the same lots for the same shift. With learning, the next week has the show rates that
`new-week` writes; without, everybody keeps the same one. The rule `show_up` plans by them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import fmean

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from benchmarks.cells import Table, whole
from benchmarks.reliability import DAYS, HOURS, NOTICES, Reliability
from shiftplan.analysis.reserves import reserves
from shiftplan.case.case import Case
from shiftplan.citizens.draws import stream
from shiftplan.files import read_problem
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence
from shiftplan.record.entries import Call, ShiftAnswer
from shiftplan.record.live import LiveWeek
from shiftplan.record.turned_out import turned_out
from shiftplan.rules import ShowUp
from shiftplan.rules.attendance import chance_of_at_least
from shiftplan.seasons import Ledger, Turnout, new_week
from shiftplan.week.roster import Assignment, Roster

mpl.use("Agg")
WAYS = ("without learning", "with learning")
NOTICE = 120
"""Hours before the first shift at which rosters are told; one of `NOTICES`."""
ILL, DECLINES = 0.03, 0.02
"""Chance of each person to be ill for a week, and of each assignment to be declined."""
CONFIRMS = {True: 0.75, False: 0.25}
"""Chance to confirm of those who will come, and of those who will not."""
REACHED = 0.6
"""Chance of a reserve to be reached and free; whoever is comes as reliably as else."""
LONGEST = 5
"""Reserves called for one shift and day, at most."""


@dataclass(frozen=True, slots=True)
class WeekLived:
    """What a week came to."""

    way: str
    seed: int
    week: int
    seats: int
    """Seats wanted, without those for skills."""
    came: int
    """Of these, seats filled by people who were planned."""
    filled: int
    """Seats filled with reserves."""
    short: float
    """Chance that a minimum above 0, also of a skill, is missed by the people planned; the mean."""
    calls: int
    changed: float
    """Share of the assignments told first that were not worked as told, without staying away."""
    error: float
    """Root of the mean square of planned with less true show rates."""
    seconds: float


@dataclass(frozen=True)
class Effort:
    """Seconds of each plan and repair, and processes."""

    plan: float
    repair: float
    workers: int
    wanted: int = 90
    """Chance of each minimum, in percent, that the rule `show_up` asks for."""


class Season:
    """The people of a week, and their lots."""

    def __init__(self, problem: Problem, seed: int, deviation: float) -> None:
        self.seed = seed
        self._known = Reliability(problem, 0.9, deviation, seed)
        self.rates = self._known.rates(HOURS, DAYS, {NOTICE: NOTICES[NOTICE]})

    def lot(self, *names: object) -> float:
        """A number from 0 to 1, always the same for the same names."""
        return float(stream(self.seed, *names).random())

    def comes(self, problem: Problem, pair: Assignment) -> bool:
        start = problem.shift_by_id[pair.shift_id].start
        return self.lot("comes", *pair) < self._known.chance(pair.volunteer_id, start, NOTICE)

    def short(self, problem: Problem, told: Roster) -> float:
        """Mean chance that a minimum is missed."""
        case, chances = Case(problem, told), []
        for need in (need for need in problem.requirements if need.minimum):
            start, people = problem.shift_by_id[need.shift_id].start, case.counted(need)
            rates = [self._known.chance(v.volunteer_id, start, NOTICE) for v in people]
            chances.append(1 - chance_of_at_least(rates, need.minimum))
        return fmean(chances) if chances else 0.0

    def answers(self, problem: Problem, told: Roster) -> Iterator[ShiftAnswer]:
        for pair in told.assignments:
            confirms = CONFIRMS[self.comes(problem, pair)]
            if self.lot("declines", *pair) < DECLINES:
                yield ShiftAnswer(**pair._asdict(), answer="declined")
            elif self.lot("confirms", *pair) < confirms:
                yield ShiftAnswer(**pair._asdict(), answer="confirmed")


def live(
    season: Season, way: str, files: Problem, ledger: Ledger, effort: Effort, number: int
) -> tuple[WeekLived, Ledger]:
    """Plan, tell, repair and live one week."""
    began = time.monotonic()
    week = LiveWeek(files)
    week.plan(time_limit=effort.plan, workers=effort.workers)
    monday = dt.datetime.combine(files.horizon.start, dt.time())
    week.publish(deadline=monday - dt.timedelta(days=2), even_if_poor=True)
    first = week.now.told
    assert first is not None
    ill = [who for who in sorted(first.shifts_of) if season.lot("ill", who, number) < ILL]
    answers = [a for a in season.answers(files, first) if a.volunteer_id not in ill]
    week.record(*(Absence(volunteer_id=who) for who in ill), answers=answers)
    repaired = week.repair(time_limit=effort.repair, workers=effort.workers)
    if repaired.version is None:  # such as a confirmed novice whose mentor is ill
        week.draft(week.roster)
    week.publish(even_if_poor=True)
    told = week.now.told
    assert told is not None
    turnouts, calls, present = days(season, week.now.problem, told)
    week.record(turnouts=turnouts, calls=calls)
    found = turned_out(week)
    notice = monday - dt.timedelta(hours=NOTICE)
    ledger = replace(found, told=dict.fromkeys(found.told, notice)).added_to(ledger)
    planned = [pair for pair in told.assignments if season.comes(files, pair)]
    errors = [v.show_rate - season.rates[v.volunteer_id] for v in files.volunteers]
    lived = WeekLived(
        way,
        season.seed,
        number,
        sum(need.target for need in files.requirements if need.skill_id is None),
        _filled(files, planned),
        _filled(files, present),
        season.short(week.now.problem, told),
        len(calls),
        1 - len(set(first.assignments) & set(told.assignments)) / len(first),
        float(np.sqrt(np.mean(np.square(errors)))),
        time.monotonic() - began,
    )
    return lived, ledger


def days(
    season: Season, problem: Problem, told: Roster
) -> tuple[list[Turnout], list[Call], list[Assignment]]:
    """Live the days: who stays away, who is called, and who is there in the end."""
    wanted = _wanted(problem)
    turnouts, calls = [], []
    there = {pair for pair in told.assignments if season.comes(problem, pair)}
    for pair in told.assignments:
        state = "came" if pair in there else "absent"
        turnouts.append(Turnout(**pair._asdict(), state=state))
    now = set(told.assignments)
    for day in problem.horizon.dates:
        today = [s.shift_id for s in problem.shifts if s.day == day]
        now -= {pair for pair in now - there if pair.shift_id in today}
        count = Counter(pair.shift_id for pair in there)
        lacking = [shift_id for shift_id in today if count[shift_id] < wanted[shift_id]]
        lists = reserves(problem, Roster.of(now), per_shift=LONGEST, shifts=lacking)
        busy: set[str] = set()
        for reserve in lists:
            pair = Assignment(reserve.shift_id, reserve.volunteer_id)
            if count[pair.shift_id] >= wanted[pair.shift_id] or pair.volunteer_id in busy:
                continue
            if pair in told:  # who stayed away is not called
                continue
            comes = season.lot("reached", *pair) < REACHED and season.comes(problem, pair)
            calls.append(Call(**pair._asdict(), answer="comes" if comes else "cannot"))
            if comes:
                busy.add(pair.volunteer_id)
                there.add(pair)
                now.add(pair)
                count[pair.shift_id] += 1
    return turnouts, calls, sorted(there)


def _wanted(problem: Problem) -> Mapping[str, int]:
    return Counter({n.shift_id: n.target for n in problem.requirements if n.skill_id is None})


def _filled(problem: Problem, pairs: Sequence[Assignment]) -> int:
    wanted, count = _wanted(problem), Counter(pair.shift_id for pair in pairs)
    return sum(min(wanted[shift_id], n) for shift_id, n in count.items())


def term(
    problem: Problem, way: str, seed: int, effort: Effort, weeks: int, deviation: float
) -> Iterator[WeekLived]:
    """Live the weeks of one way."""
    season = Season(problem, seed, deviation)
    usual = round(fmean(season.rates.values()), 2)
    people = tuple(v.model_copy(update={"show_rate": usual}) for v in problem.volunteers)
    rules = (*problem.rules, ShowUp(chance_percent=effort.wanted))
    week = problem.model_copy(update={"volunteers": people, "rules": rules})
    ledger = Ledger.begin(week)
    for number in range(1, weeks + 1):
        lived, ledger = live(season, way, week, ledger, effort, number)
        yield lived
        learn = way == WAYS[1]
        week = new_week(week, week.horizon.end, ledger=ledger, learn=learn).problem


def part_of(problem: Problem, centers: int) -> Problem:
    """The first centers of a week, with the people at home there."""
    kept = {center.center_id for center in problem.centers[:centers]}
    ids = {
        "center_id": {None, *kept},
        "volunteer_id": {
            None,
            *(v.volunteer_id for v in problem.volunteers if v.home_center_id in kept),
        },
        "shift_id": {None, *(s.shift_id for s in problem.shifts if s.center_id in kept)},
    }

    def rows(name: str) -> list[object]:
        table = getattr(problem, name)
        return [row for row in table if all(getattr(row, k, None) in v for k, v in ids.items())]

    tables = ("centers", "volunteers", "availability", "shifts", "requirements", "demand")
    others = ("history", "pins", "preferences", "published")
    values = {**dict(problem), **{name: rows(name) for name in (*tables, *others)}}
    return Problem.model_validate(values)


def table(found: Sequence[WeekLived]) -> Table:
    """A row for each way: means over its weeks."""
    rows = []
    for way in WAYS:
        own = [lived for lived in found if lived.way == way]
        if own:
            last = max(lived.week for lived in own)
            seats = sum(lived.seats for lived in own)
            rows.append(
                (
                    way,
                    whole(len(own)),
                    f"{sum(lived.came for lived in own) / seats:.1%}",
                    f"{sum(lived.filled for lived in own) / seats:.1%}",
                    f"{fmean(lived.short for lived in own):.1%}",
                    whole(fmean(lived.calls for lived in own)),
                    f"{fmean(lived.changed for lived in own):.1%}",
                    f"{fmean(lived.error for lived in own if lived.week == last):.1%}",
                )
            )
    head = ("way", "weeks", "seats filled as planned", "with reserves", "minimums missed")
    return Table(
        "A term", (*head, "calls a week", "told changed", "error of rates at the end"), tuple(rows)
    )


def draw(found: Sequence[WeekLived], path: Path) -> None:
    """Draw seats left empty by those planned, and the error of show rates, week by week."""
    figure = Figure(figsize=(8, 3.2), dpi=120, layout="constrained")
    seats, errors = figure.subplots(1, 2)
    for way, color in zip(WAYS, ("#969696", "#08519c"), strict=True):
        weeks = sorted({lived.week for lived in found if lived.way == way})
        own = [[lived for lived in found if (lived.way, lived.week) == (way, n)] for n in weeks]
        short = [100 * fmean(lived.short for lived in each) for each in own]
        seats.plot(weeks, short, "o-", color=color, markersize=3, label=way)
        error = [100 * fmean(lived.error for lived in each) for each in own]
        errors.plot(weeks, error, "o-", color=color, markersize=3, label=way)
    seats.set(xlabel="week", ylabel="% of minimums missed before calls", ylim=(0, None))
    errors.set(xlabel="week", ylabel="error of show rates, percentage points", ylim=(0, None))
    seats.legend()
    figure.savefig(path)


def main(arguments: Sequence[str] | None = None) -> None:
    """Live the terms, print the table, and draw the picture."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.term", description=__doc__)
    parser.add_argument("week", type=Path)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--weeks", type=int, default=12)
    parser.add_argument("--centers", type=int, help="only so many of them; all unless given")
    parser.add_argument("--deviation", type=float, default=0.8, help="of people, in log-odds")
    parser.add_argument("--plan", type=float, default=15, help="seconds of each plan")
    parser.add_argument("--repair", type=float, default=5, help="seconds of each repair")
    parser.add_argument("--wanted", type=int, default=90, help="percent, of the rule show_up")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    problem = read_problem(options.week)
    if options.centers is not None:
        problem = part_of(problem, options.centers)
    effort = Effort(options.plan, options.repair, options.workers, options.wanted)
    kept = options.out / "term.jsonl"
    for seed in options.seeds:
        for way in options.ways:
            for lived in term(problem, way, seed, effort, options.weeks, options.deviation):
                print(lived, flush=True)
                with kept.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(lived)) + "\n")
    lines = kept.read_text(encoding="utf-8").splitlines()
    latest = {(w.way, w.seed, w.week): w for w in (WeekLived(**json.loads(x)) for x in lines)}
    text = table([*latest.values()]).markdown()
    print(text)
    (options.out / "term.md").write_text(text, encoding="utf-8")
    draw([*latest.values()], options.out / "term.png")


if __name__ == "__main__":
    main()
