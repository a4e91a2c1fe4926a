"""Why, what if and what now: how long the answers take, and how few people a repair moves.

    python -m benchmarks.late examples/data/an_giang --roster out/roster.csv

A week and a roster -> three tables. Questions about random shifts, people and seats; small edits,
solved again near the roster, and some of them beside solving the whole week again; then repairs
after random drop-outs for the whole week: some without time to search, and the larger ones beside
solving from scratch.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Literal

from benchmarks.cells import Table, percent, whole
from shiftplan.analysis.advice import advise
from shiftplan.analysis.explain import explain_seat, explain_why_here, explain_why_not
from shiftplan.analysis.repair import repair
from shiftplan.analysis.trades import chains, partners, suggest
from shiftplan.files import read_problem, read_roster
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence
from shiftplan.solving.around import solve_around
from shiftplan.solving.building import build
from shiftplan.solving.conflict import find_conflict, ways_out
from shiftplan.solving.result import Cost
from shiftplan.solving.solve import solve
from shiftplan.week.roster import Assignment, Roster
from shiftplan.week.wishes import Pin

_MANY = 40
"""People who drop out together in the larger repairs."""
_AGAIN = 2
"""Edits of a kind beside which the whole week is solved again."""
_SOME, _NO_TIME = 10, 0.05
"""People who drop out together where there is no time to search, and seconds for it."""


def timed(name: str, tries: Iterable[Callable[[], object]]) -> tuple[str, ...]:
    """A row: how often something was asked, and the median and longest seconds."""
    seconds = []
    for ask in tries:
        began = time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - began)
    row = (name, whole(len(seconds)), f"{median(seconds):.2f}", f"{max(seconds):.2f}")
    print(" ".join(row), flush=True)
    return row


def absent_pairs(
    problem: Problem, roster: Roster, rng: random.Random, count: int
) -> list[Assignment]:
    """Random pairs that no rule forbids by itself and that the roster does not have."""
    model = build(problem)
    pairs = rng.sample(range(len(model.pairs)), min(len(model.pairs), 4 * count))
    found = [
        Assignment(
            problem.shifts[model.pairs.shift[i]].shift_id,
            problem.volunteers[model.pairs.volunteer[i]].volunteer_id,
        )
        for i in pairs
    ]
    return [pair for pair in found if pair not in roster][:count]


def contradictions(problem: Problem, rng: random.Random, count: int) -> dict[str, list[Problem]]:
    """Weeks that contradict themselves by what people are pinned to."""
    offered: dict[str, list[str]] = {}
    for window in problem.availability:
        for shift in problem.shifts if window.volunteer_id not in offered else ():
            if window.start <= shift.start and shift.end <= window.end:
                offered.setdefault(window.volunteer_id, []).append(shift.shift_id)
    shifts = {s.shift_id: s for s in problem.shifts}
    people = rng.sample([v for v, own in offered.items() if len(own) > 1], count)

    def pinned(who: str, ids: Iterable[str]) -> Problem:
        pins = tuple(Pin(volunteer_id=who, shift_id=s, state="must") for s in ids)
        return problem.model_copy(update={"pins": problem.pins + pins})

    def elsewhere(who: str) -> list[str]:
        first = shifts[offered[who][0]]
        return [s.shift_id for s in problem.shifts if s.start == first.start][:2]

    return {
        "two places at once": [pinned(who, elsewhere(who)) for who in people],
        "a time not offered": [
            pinned(who, [rng.choice(sorted(set(shifts) - set(offered[who])))]) for who in people
        ],
    }


def questions(problem: Problem, roster: Roster, rng: random.Random, count: int) -> Table:
    """Seconds of each kind of question."""
    asked: list[tuple[str, ...]] = [(s.shift_id,) for s in rng.sample(problem.shifts, count)]
    worked: list[tuple[str, ...]] = list(rng.sample(roster.assignments, count))
    absent: list[tuple[str, ...]] = list(absent_pairs(problem, roster, rng, count))
    about: list[tuple[str, Callable[..., object], list[tuple[str, ...]]]] = [
        ("who can take a shift", suggest, asked),
        ("trades of two", partners, worked),
        ("trades of three", chains, worked),
        ("why is a seat empty", explain_seat, asked),
        ("why not this person", explain_why_not, absent),
        ("why this person", explain_why_here, worked),
    ]
    rows = [
        timed(name, [partial(ask, problem, roster, *place) for place in places])
        for name, ask, places in about
    ]
    for what, weeks in contradictions(problem, rng, min(count, 5)).items():
        rows.append(timed(f"conflict: {what}", [partial(find_conflict, week) for week in weeks]))
        rows.append(timed(f"ways out: {what}", [partial(ways_out, week) for week in weeks]))
    rows.append(timed("what would help most", [partial(advise, problem, roster)]))
    return Table("Questions", ("question", "asked", "median s", "longest s"), tuple(rows))


def edits_of(
    problem: Problem, roster: Roster, rng: random.Random, count: int
) -> dict[str, list[tuple[Problem, Assignment]]]:
    """Kinds of small edits -> weeks after one each, and an assignment that it is about."""
    worked, absent = (
        rng.sample(roster.assignments, count),
        absent_pairs(problem, roster, rng, count),
    )

    def pinned(pair: Assignment, state: Literal["must", "must_not"]) -> Problem:
        pin = Pin(volunteer_id=pair.volunteer_id, shift_id=pair.shift_id, state=state)
        return problem.fitting(pins=(*problem.pins, pin))

    away = rng.sample(roster.assignments, count)
    return {
        "somebody shall not work a shift": [(pinned(pair, "must_not"), pair) for pair in worked],
        "somebody shall work a shift": [(pinned(pair, "must"), pair) for pair in absent],
        "somebody is absent all week": [
            (problem.with_changes(Absence(volunteer_id=pair.volunteer_id)), pair) for pair in away
        ],
    }


def edits(
    problem: Problem, roster: Roster, rng: random.Random, count: int, scratch: float
) -> Table:
    """Seconds until the best roster after an edit is found, and until it is proven and checked.

    The first edits of each kind are solved as whole weeks too, from the roster that was found.
    """
    problem.compute()
    rows = []
    for kind, weeks in edits_of(problem, roster, rng, count).items():
        best, done, work, proven, beyond = [], [], [], 0, []
        for number, (week, pair) in enumerate(weeks):
            began, busy = time.perf_counter(), time.process_time()
            moments = [began]
            near: dict[str, Any] = {"people": [pair.volunteer_id], "shifts": [pair.shift_id]}
            near["on_better"] = lambda _, moments=moments: moments.append(time.perf_counter())
            found = solve_around(week, roster, **near)
            done.append(time.perf_counter() - began)
            work.append(time.process_time() - busy)
            best.append(moments[-1] - began)
            if found is None:
                continue
            proven += found.proven
            if scratch and number < _AGAIN:
                again = solve(week, time_limit=scratch, hint=found.roster).total.cost
                if (gap := Cost(found.score.total, again).gap) is not None:
                    beyond.append(gap)
        times = [f"{at(own):.2f}" for own in (best, done) for at in (median, max)]
        above = percent(max(beyond)) if beyond else "none"
        rows.append((kind, whole(len(weeks)), *times, f"{median(work):.2f}", whole(proven), above))
        print(" ".join(rows[-1]), flush=True)
    head = (
        "edit",
        "edits",
        "found, median s",
        "longest s",
        "proven and checked, median s",
        "longest s",
        "processor, median s",
        "proven",
        "above the whole week again, at most",
    )
    return Table("Edits", head, tuple(rows))


def repairs(
    problem: Problem, roster: Roster, rng: random.Random, count: int, scratch: float
) -> Table:
    """Repairs after drop-outs: seconds, changes among those untouched, cost of level 1."""
    level = problem.levels[0]
    people, rows, single = sorted(roster.shifts_of), [], []
    for size, tries, limit in (
        (1, count, 20.0),
        (_SOME, min(count, 3), _NO_TIME),
        (_MANY, min(count, 3), 20.0),
    ):
        for _ in range(tries):
            away = rng.sample(people, size)
            changes = [Absence(volunteer_id=who) for who in away]
            began = time.perf_counter()
            found = repair(problem, roster, *changes, time_limit=limit)
            seconds = time.perf_counter() - began
            single += [seconds] * (size == 1)
            untouched = sum(a.volunteer_id not in away for a in roster.assignments)
            fresh = "none"
            if size == _MANY and scratch:
                week = problem.with_changes(*changes)
                fresh = whole(solve(week, time_limit=scratch).levels[level].cost)
            rows.append(
                (
                    whole(size),
                    f"{limit:g}",
                    f"{seconds:.2f}",
                    whole(found.lost),
                    whole(sum(notice.added for notice in found.notices)),
                    percent((untouched - found.kept) / untouched),
                    whole(found.result.levels[level].cost),
                    fresh,
                )
            )
            print(" ".join(rows[-1]), flush=True)
    print(f"one drop-out: median {median(single):.2f} s, longest {max(single):.2f} s")
    head = (
        "drop-outs",
        "time limit",
        "seconds",
        "lost",
        "new",
        "untouched taken away",
        "level 1",
        "from scratch",
    )
    return Table("Repairs", head, tuple(rows))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.late", description=__doc__)
    parser.add_argument("week", type=Path)
    parser.add_argument("--roster", type=Path, required=True, help="a roster of the week")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    parser.add_argument("--count", type=int, default=20, help="questions and drop-outs of a kind")
    parser.add_argument("--scratch", type=float, default=60, help="seconds to solve from scratch")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    problem, roster = read_problem(options.week), read_roster(options.roster)
    rng = random.Random(options.seed)
    tables = (
        questions(problem, roster, rng, options.count),
        edits(problem, roster, rng, options.count, options.scratch),
        repairs(problem, roster, rng, options.count, options.scratch),
    )
    text = "\n".join(table.markdown() for table in tables)
    print(text)
    (options.out / "late.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
