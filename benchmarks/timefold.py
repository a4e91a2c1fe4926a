"""Timefold Solver on a week, as `TimefoldWeek.java` states it: a local search without bounds.

`Problem` -> facts as lines of text -> a Java process -> `Plan`s over time.

It needs a JDK, whose `java` runs a source file, and the Python package `timefold`, which ships the
solver's Java archives; nothing else of that package is used.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from shutil import which
from typing import Any

from benchmarks.baselines import Limits
from shiftplan import Assignment, Problem, Roster
from shiftplan.rules.base import rnd
from shiftplan.week.records import Shift, Volunteer
from shiftplan.week.requirements import Requirement
from shiftplan.week.where import distance

SOURCE = Path(__file__).with_name("TimefoldWeek.java")
VERSION = "1.24.0"
"""Of the solver. The package with its Java archives has another one."""
PACKAGE = "1.24.0b0"
"""The last release of the Python package, whose archives are those of Timefold Solver 1.24.0."""
KINDS = frozenset(
    {"coverage", "fairness", "wish", "travel", "continuity", "full_day", "min_shifts"}
    | {"max_shifts", "max_distance", "capacity", "one_place", "one_center_per_day"}
    | {"max_centers", "max_consecutive_days", "mentor"}
)
"""The rules that the source states: those of the bundled week."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A roster on the way that keeps all hard rules."""

    seconds: float
    """Time from the call."""
    cost: int
    """Cost by Timefold's own score."""
    people: str
    """Index of the volunteer of each seat, -1 for nobody, with blanks between."""

    def roster(self, problem: Problem) -> Roster:
        """Who works what."""
        seats = (shift for shift in problem.shifts for _ in range(_seats(problem, shift)))
        taken = zip(seats, map(int, self.people.split()), strict=True)
        ids = [volunteer.volunteer_id for volunteer in problem.volunteers]
        works = ((seat.shift_id, ids[who]) for seat, who in taken if who >= 0)
        return Roster(assignments=tuple(Assignment(s, v) for s, v in works))


def missing() -> str | None:
    """What Timefold needs and is not installed; None if all is there."""
    if which("javac") is None:
        return "a JDK"
    try:
        is_there = version("timefold") == PACKAGE
    except PackageNotFoundError:
        is_there = False
    return None if is_there else f"the package timefold=={PACKAGE}"


def run_timefold(problem: Problem, limits: Limits) -> list[Plan]:
    """Timefold with its default settings, from nothing, on one thread.

    Raises
    ------
    ValueError
        The week has other rules than `KINDS`.
    RuntimeError
        Java or the archives are missing, or Java ended with an error.

    """
    start = time.time()
    if lacking := missing():
        raise RuntimeError(f"Timefold needs {lacking}")
    lines = "\n".join(facts(problem))
    deadline = round(1000 * (start + limits.seconds))
    command = ["java", "-cp", _archives(), str(SOURCE), str(deadline), str(limits.seed)]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    plans = []
    for line in done.stdout.splitlines():
        moment, hard, soft, people = line.split(" ", 3)
        if int(hard) == 0:
            plans.append(Plan(int(moment) / 1000 - start, -int(soft), people))
    return plans


def _archives() -> str:
    """The class path: all archives of the package but those that print a log."""
    package = distribution("timefold")
    files = (Path(str(package.locate_file(file))) for file in package.files or ())
    jars = (str(f) for f in files if f.suffix == ".jar" and not f.name.startswith("logback"))
    return os.pathsep.join(jars)


def facts(problem: Problem) -> Iterator[str]:
    """The week as `TimefoldWeek.java` reads it, with costs in points of the one total.

    Raises
    ------
    ValueError
        The week has other rules than `KINDS`.

    """
    rules: dict[str, Any] = {rule.rule: rule for rule in problem.rules}
    if len(problem.rules) != len(KINDS) or set(rules) != KINDS:
        raise ValueError(f"the Timefold model states one rule each of {', '.join(sorted(KINDS))}")

    def points(kind: str) -> int:
        return int(rules[kind].weight) * problem.rate_of[rules[kind].level]

    limits = rules["max_centers"].max_centers, rules["max_consecutive_days"].max_days
    weights = (points(kind) for kind in ("min_shifts", "continuity", "full_day"))
    yield _line("rules", *limits, *weights)
    skills = {skill.skill_id: i for i, skill in enumerate(problem.skills)}
    for volunteer in problem.volunteers:
        yield _volunteer(problem, volunteer, rules, list(skills))
    centers = {center.center_id: i for i, center in enumerate(problem.centers)}
    candidates = _Candidates(problem, rules)
    for i, shift in enumerate(problem.shifts):
        start, end = problem.span[shift.shift_id]
        day = (shift.day - problem.horizon.start).days
        yield _line("shift", centers[shift.center_id], day, start, end, _seats(problem, shift))
        for who, travel, wish in candidates.of(shift):
            yield _line("candidate", i, who, travel, wish)
    shifts = {shift.shift_id: i for i, shift in enumerate(problem.shifts)}
    rate = problem.rate_of[rules["coverage"].level]
    for need in problem.requirements:
        skill = -1 if need.skill_id is None else skills[need.skill_id]
        costs = (rate * cost for cost in _shortages(problem, need, float(rules["coverage"].weight)))
        yield _line("need", shifts[need.shift_id or ""], skill, need.min_level or 0, *costs)


def _line(word: str, *numbers: int) -> str:
    return " ".join([word, *map(str, numbers)])


def _seats(problem: Problem, shift: Shift) -> int:
    """Seats of a shift: as many as its center holds."""
    capacity = problem.center_by_id[shift.center_id].capacity
    return len(problem.volunteers) if capacity is None else capacity


def _volunteer(
    problem: Problem, volunteer: Volunteer, rules: dict[str, Any], skills: Sequence[str]
) -> str:
    offered = problem.offers.count(volunteer)
    most = offered if volunteer.max_shifts is None else volunteer.max_shifts
    past = problem.history_by_id.get(volunteer.volunteer_id)
    worked, before = (past.shifts_worked or 0, past.shifts_offered or 0) if past else (0, 0)
    fairness, mentor = rules["fairness"], rules["mentor"]
    costs, of = [0], offered + before
    for i in range(1, most + 1):
        cost = rnd(fairness.weight * (2 * (worked + i) - 1) / of) if of else 0
        costs.append(costs[-1] + cost * problem.rate_of[fairness.level])
    levels = [volunteer.level(skill, problem.horizon.start) for skill in skills]
    level = levels[skills.index(mentor.skill)]
    is_novice, is_mentor = level <= mentor.novice_level, level >= mentor.mentor_level
    novices = is_novice - mentor.novices_per_mentor * is_mentor
    due = min(volunteer.min_shifts, offered)
    return _line("volunteer", most, due, novices, len(levels), *levels, *costs)


class _Candidates:
    """Who can work a shift, and what `travel` and `wish` cost."""

    def __init__(self, problem: Problem, rules: dict[str, Any]) -> None:
        self._problem = problem
        travel, wish = rules["travel"], rules["wish"]
        self._of_km = travel.weight * problem.rate_of[travel.level]
        rate = problem.rate_of[wish.level]
        factors = {"undesired": 1.0, "available": 0.2, "preferred": 0.0}
        self._of_state = {s: rate * rnd(factor * wish.weight) for s, factor in factors.items()}
        self._offering: dict[tuple[int, int], list[tuple[int, Volunteer, str]]] = {}
        self._km: dict[tuple[str | None, str], float] = {}

    def of(self, shift: Shift) -> Iterator[tuple[int, int, int]]:
        """Index of each of them, and both costs."""
        for i, volunteer, state in self._who_offer(shift):
            km, most = self._distance(volunteer.home_center_id, shift), volunteer.max_distance_km
            if most is None or km <= most:
                yield i, self._of_km * rnd(km), self._of_state[state]

    def _who_offer(self, shift: Shift) -> list[tuple[int, Volunteer, str]]:
        """People whose windows contain the time of a shift, and in which state."""
        time_of_it = self._problem.span[shift.shift_id]
        if time_of_it not in self._offering:
            offers = self._problem.offers
            people = enumerate(self._problem.volunteers)
            states = ((i, who, offers.state(who, shift)) for i, who in people)
            self._offering[time_of_it] = [(i, v, s) for i, v, s in states if s is not None]
        return self._offering[time_of_it]

    def _distance(self, home: str | None, shift: Shift) -> float:
        ends = home, shift.center_id
        if ends not in self._km:
            of = self._problem.center_by_id
            self._km[ends] = distance(of[home or shift.center_id], of[shift.center_id]) or 0.0
        return self._km[ends]


def _shortages(problem: Problem, need: Requirement, weight: float) -> list[int]:
    """Cost of a requirement with n of its seats filled, n = 0 to the target."""
    priority = problem.center_by_id[problem.center_of(need)].priority
    target, costs = need.target, [0]
    for seat in range(target, 0, -1):
        factor = 4 if seat <= need.minimum else 1
        costs.append(costs[-1] + rnd(weight * priority * factor * (1 + (target - seat) / target)))
    return costs[::-1]
