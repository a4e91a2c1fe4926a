"""Stand-alone validator: what a roster of an instance breaks, and what it costs.

    python validator.py FOLDER_OF_INSTANCE ROSTER.csv [--json]

(Folder, roster file) -> `Instance`, pairs -> `score` -> `Score`. This one file needs Python 3.11
and nothing else, and imports neither shiftplan nor the rest of the benchmark. It is written from
FORMAT.md, whose sections have the names of its functions. What it does not know, such as another
column or rule, is an error, never ignored.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import gzip
import io
import json
import math
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

Pairs = Sequence[tuple[str, str]]
"""Shift id and volunteer id of each assignment."""
MENTOR_SKILL = "portal"
NOVICE, MENTOR = 0, 3
"""Highest level of a novice and lowest level of a mentor."""
RATES = {1: 10, 2: 1}
"""Level -> its rate in the total."""
_EARTH_KM = 6371.0088
_MOST_TEXT = 20_000_000
"""Bytes of an unpacked roster file; no roster has a tenth of them."""
_STATES = {"preferred": 0.0, "available": 0.2, "undesired": 1.0}
_SKILL = "skill."
"""How names of columns of skills begin; the others are these, in their order."""
_COLUMNS = {
    "availability": "volunteer_id,date,start,end,state",
    "centers": "center_id,name,type,lat,lon,population,minority_area,remote_area,priority,"
    "capacity,groups",
    "history": "volunteer_id,weeks,shifts_offered,shifts_worked,undesired_worked,last_worked",
    "requirements": "shift_id,skill_id,min_level,minimum,target",
    "rules": "rule,level,weight,value",
    "shifts": "shift_id,center_id,date,start,end",
    "volunteers": "volunteer_id,home_center_id,group,max_shifts,min_shifts,max_distance_km,"
    "show_rate",
}


# ---- an instance


@dataclass(frozen=True, slots=True)
class Center:
    """A place where shifts are; coordinates in degrees."""

    latitude: float
    longitude: float
    priority: float
    """Factor on the price of its empty seats."""
    capacity: int
    """Most people at once."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A session at a center."""

    center_id: str
    time: tuple[str, str, str]
    """Date, start and end, as 2030-01-07, 07:00 and 11:00."""


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement of a shift: heads, or people with a skill at a level or more."""

    shift_id: str
    skill_id: str
    """Empty for heads."""
    min_level: int
    minimum: int
    target: int


@dataclass(frozen=True, slots=True)
class Person:
    """A volunteer."""

    home: str
    """Id of the home center."""
    levels: Mapping[str, int]
    """Skill id -> level."""
    max_shifts: int
    min_shifts: int
    reach: float
    """Farthest center in km."""
    states: Mapping[tuple[str, str, str], str]
    """Time of a session that the person offers -> preferred, available or undesired."""
    past: tuple[int, int]
    """Shifts offered and worked in earlier weeks."""

    @property
    def offered(self) -> int:
        """Shifts that the person can work."""
        return min(self.max_shifts, len(self.states))


@dataclass(frozen=True, slots=True)
class Instance:
    """A week to plan; ids are keys."""

    centers: Mapping[str, Center]
    shifts: Mapping[str, Shift]
    needs: Sequence[Need]
    people: Mapping[str, Person]
    rules: Sequence[tuple[str, int, int]]
    """Name, level (0 for hard), and column value of a hard rule or weight of a soft one."""


def read_instance(folder: Path) -> Instance:
    """Read the folder of an instance.

    Raises
    ------
    ValueError
        A file is missing, or is not as FORMAT.md says.

    """
    try:
        shifts = {r["shift_id"]: Shift(r["center_id"], _time(r)) for r in _rows(folder, "shifts")}
        return Instance(
            centers={r["center_id"]: _center(r) for r in _rows(folder, "centers")},
            shifts=shifts,
            needs=[_need(r) for r in _rows(folder, "requirements")],
            people=_people(folder, {shift.time for shift in shifts.values()}),
            rules=[_rule(r) for r in _rows(folder, "rules")],
        )
    except (OSError, LookupError, TypeError, csv.Error) as error:
        told = f"{type(error).__name__}: {error}"
        raise ValueError(f"{folder} is not an instance: {told}") from error


def _rows(folder: Path, table: str) -> Iterator[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="ascii", newline="") as file:
        head, *lines = csv.reader(file, strict=True)
        if ",".join(c for c in head if not c.startswith(_SKILL)) != _COLUMNS[table]:
            raise ValueError(f"{table}.csv has the columns {','.join(head)}")
        yield from (dict(zip(head, line, strict=True)) for line in lines)


def _time(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["date"], row["start"], row["end"]


def _center(row: Mapping[str, str]) -> Center:
    degrees = float(row["lat"]), float(row["lon"])
    return Center(*degrees, float(row["priority"]), int(row["capacity"]))


def _need(row: Mapping[str, str]) -> Need:
    numbers = int(row["min_level"] or 0), int(row["minimum"]), int(row["target"])
    return Need(row["shift_id"], row["skill_id"], *numbers)


def _people(folder: Path, sessions: Set[tuple[str, str, str]]) -> dict[str, Person]:
    states: dict[str, dict[tuple[str, str, str], str]] = {}
    for row in _rows(folder, "availability"):
        if _time(row) not in sessions or row["state"] not in _STATES:
            raise ValueError(f"{folder}: a window is no session, or of no known state: {row}")
        states.setdefault(row["volunteer_id"], {})[_time(row)] = row["state"]
    past = {}
    if (folder / "history.csv").exists():
        for row in _rows(folder, "history"):
            past[row["volunteer_id"]] = int(row["shifts_offered"]), int(row["shifts_worked"])
    return {
        row["volunteer_id"]: Person(
            home=row["home_center_id"],
            levels={k[len(_SKILL) :]: int(v) for k, v in row.items() if k.startswith(_SKILL)},
            max_shifts=int(row["max_shifts"]),
            min_shifts=int(row["min_shifts"]),
            reach=float(row["max_distance_km"]),
            states=states.get(row["volunteer_id"], {}),
            past=past.get(row["volunteer_id"], (0, 0)),
        )
        for row in _rows(folder, "volunteers")
    }


def _rule(row: Mapping[str, str]) -> tuple[str, int, int]:
    name, level = row["rule"], row["level"]
    if level == "hard" and name in HARD:
        return name, 0, int(row["value"] or 0)
    if level in map(str, RATES) and name in SOFT and not row["value"]:
        return name, int(level), int(row["weight"])
    raise ValueError(f"a rule of another form: {row}")


# ---- a roster


def read_roster(file: Path) -> list[tuple[str, str]]:
    """Read a roster: CSV with the columns shift_id and volunteer_id, or the same packed (.csv.gz).

    Other columns are ignored.

    Raises
    ------
    ValueError
        The file is not a roster.

    """
    content = file.read_bytes()
    try:
        if file.suffix.lower() == ".gz":
            with gzip.open(io.BytesIO(content)) as packed:
                content = packed.read(_MOST_TEXT + 1)
        if len(content) > _MOST_TEXT:
            raise ValueError(f"{file.name} has more than {_MOST_TEXT:,} bytes when unpacked")
        text = io.StringIO(content.decode("utf-8-sig"), newline="")
        rows = csv.DictReader(text, strict=True)
        if not {"shift_id", "volunteer_id"} <= set(rows.fieldnames or ()):
            raise ValueError(f"{file.name} lacks the columns shift_id and volunteer_id")
        return [(row["shift_id"].strip(), row["volunteer_id"].strip()) for row in rows]
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"{file.name} cannot be unpacked: {error}") from None
    except (csv.Error, UnicodeDecodeError, AttributeError) as error:
        raise ValueError(f"{file.name} is not a roster: {error}") from None


class Case:
    """A roster of an instance, laid out; unknown and repeated assignments are set aside."""

    def __init__(self, instance: Instance, pairs: Pairs) -> None:
        self.instance = instance
        self.set_aside = 0
        """Number of assignments that name an unknown id, or stand once more than needed."""
        self.team: dict[str, list[Person]] = {s: [] for s in instance.shifts}
        """Shift id -> people in it."""
        own: dict[str, list[Shift]] = {v: [] for v in instance.people}
        for (shift_id, volunteer_id), times in Counter(pairs).items():
            if shift_id not in self.team or volunteer_id not in own:
                self.set_aside += times
                continue
            self.set_aside += times - 1
            self.team[shift_id].append(instance.people[volunteer_id])
            own[volunteer_id].append(instance.shifts[shift_id])
        self.weeks = [(instance.people[v], shifts) for v, shifts in own.items()]
        """Each person, and the shifts they work."""

    def teams(self) -> Iterator[tuple[Center, list[Person]]]:
        """Each shift: its center, and the people in it."""
        week = self.instance
        for shift_id, team in self.team.items():
            yield week.centers[week.shifts[shift_id].center_id], team

    def works(self) -> Iterator[tuple[Person, Shift]]:
        """Each assignment."""
        return ((person, shift) for person, own in self.weeks for shift in own)

    def days(self) -> Iterator[list[Shift]]:
        """The shifts that a person works on a date, for each person and date with any."""
        for _, own in self.weeks:
            dates: dict[str, list[Shift]] = {}
            for shift in own:
                dates.setdefault(shift.time[0], []).append(shift)
            yield from dates.values()

    def km(self, person: Person, shift: Shift) -> float:
        """Great-circle distance from home to a shift."""
        here, there = self.instance.centers[person.home], self.instance.centers[shift.center_id]
        if here is there:
            return 0.0
        a, b = math.radians(here.latitude), math.radians(there.latitude)
        c, d = math.radians(here.longitude), math.radians(there.longitude)
        h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin((d - c) / 2) ** 2
        return 2 * _EARTH_KM * math.asin(math.sqrt(h))


def half_up(value: float) -> int:
    """Round to the nearest whole number, halves upwards."""
    return math.floor(value + 0.5)


def places(shifts: Iterable[Shift]) -> int:
    """Number of centers of some shifts."""
    return len({shift.center_id for shift in shifts})


# ---- hard rules: the amount by which each is broken, from the roster and the column value


def known_assignments(case: Case, _: int) -> int:
    """Assignments with unknown ids, and repetitions."""
    return case.set_aside


def available(case: Case, _: int) -> int:
    """Shifts worked outside the sessions that the person offers."""
    return sum(shift.time not in person.states for person, shift in case.works())


def max_shifts(case: Case, _: int) -> int:
    """Shifts beyond the person's max_shifts."""
    return sum(max(0, len(own) - person.max_shifts) for person, own in case.weeks)


def max_distance(case: Case, _: int) -> int:
    """Shifts farther from home than the person's max_distance_km."""
    return sum(case.km(person, shift) > person.reach for person, shift in case.works())


def capacity(case: Case, _: int) -> int:
    """People beyond the room of the center, in each shift."""
    return sum(max(0, len(team) - center.capacity) for center, team in case.teams())


def one_place(case: Case, _: int) -> int:
    """Pairs of a person's shifts at one time."""
    return sum(a.time == b.time for own in case.days() for a, b in combinations(own, 2))


def one_center_per_day(case: Case, _: int) -> int:
    """Centers beyond the first, for each person and date."""
    return sum(places(own) - 1 for own in case.days())


def max_centers(case: Case, value: int) -> int:
    """Centers beyond `value`, for each person."""
    return sum(max(0, places(own) - value) for _, own in case.weeks)


def max_consecutive_days(case: Case, value: int) -> int:
    """Dates that end `value` + 1 worked dates in a row, for each person."""
    beyond = 0
    for _, own in case.weeks:
        days = {dt.date.fromisoformat(shift.time[0]).toordinal() for shift in own}
        beyond += sum(days.issuperset(range(day - value, day + 1)) for day in days)
    return beyond


def mentor(case: Case, value: int) -> int:
    """Novices beyond `value` for each mentor, in each shift."""
    beyond = 0
    for _, team in case.teams():
        levels = [person.levels[MENTOR_SKILL] for person in team]
        mentors = sum(level >= MENTOR for level in levels)
        beyond += max(0, sum(level <= NOVICE for level in levels) - value * mentors)
    return beyond


# ---- soft rules: what each costs, from the roster and the column weight


def coverage(case: Case, weight: int) -> int:
    """Empty seats, the first of a team at the highest price."""
    week, cost = case.instance, 0
    for need in week.needs:
        team = case.team[need.shift_id]
        if need.skill_id:
            team = [p for p in team if p.levels[need.skill_id] >= need.min_level]
        priority = week.centers[week.shifts[need.shift_id].center_id].priority
        for seat in range(len(team) + 1, need.target + 1):
            factor = 4 if seat <= need.minimum else 1
            share = 1 + (need.target - seat) / need.target
            cost += half_up(weight * priority * factor * share)
    return cost


def fairness(case: Case, weight: int) -> int:
    """Each further shift of a person, in proportion to what the person offers."""
    cost = 0
    for person, own in case.weeks:
        offered, worked = person.past
        offered += person.offered
        if offered:
            prices = (weight * (2 * (worked + i) - 1) / offered for i in range(1, len(own) + 1))
            cost += sum(half_up(min(price, 1_000_000)) for price in prices)
    return cost


def wish(case: Case, weight: int) -> int:
    """Shifts in sessions that are undesired, or only available."""
    states = (person.states.get(shift.time, "preferred") for person, shift in case.works())
    return sum(half_up(_STATES[state] * weight) for state in states)


def travel(case: Case, weight: int) -> int:
    """Kilometres from home."""
    return sum(weight * half_up(case.km(person, shift)) for person, shift in case.works())


def min_shifts(case: Case, weight: int) -> int:
    """Shifts below the person's min_shifts, or below what the person offers if that is less."""
    dues = ((min(person.min_shifts, person.offered), own) for person, own in case.weeks)
    return sum(weight * max(0, due - len(own)) for due, own in dues)


def continuity(case: Case, weight: int) -> int:
    """Centers beyond the first, for each person who works."""
    return sum(weight * (places(own) - 1) for _, own in case.weeks if own)


def full_day(case: Case, weight: int) -> int:
    """Dates on which a person works more than one shift."""
    return sum(weight * (len(own) > 1) for own in case.days())


_Rule = Callable[[Case, int], int]
ALWAYS: Mapping[str, _Rule] = {"input": known_assignments, "available": available}
"""Hard rules that hold without a row -> the amount by which each is broken."""
_SHIFTS = max_shifts, one_place, max_consecutive_days
_PLACES = max_distance, one_center_per_day, max_centers
HARD: Mapping[str, _Rule] = {r.__name__: r for r in (*_SHIFTS, *_PLACES, capacity, mentor)}
"""Hard rule -> the amount by which it is broken."""
_WISHES = wish, travel, min_shifts, continuity, full_day
SOFT: Mapping[str, _Rule] = {r.__name__: r for r in (coverage, fairness, *_WISHES)}
"""Soft rule -> its cost."""


# ---- the score


@dataclass(frozen=True, slots=True)
class Score:
    """What a roster breaks and what it costs."""

    hard: Mapping[str, int]
    """Hard rule -> amount, for those that are broken."""
    costs: Mapping[str, int]
    """Soft rule -> cost, for those that cost anything."""
    levels: Mapping[int, int]
    """Level -> cost."""
    total: int
    """10 x level 1 + level 2."""

    @property
    def is_feasible(self) -> bool:
        """Whether no hard rule is broken."""
        return not self.hard

    def lines(self) -> Iterator[str]:
        """The score for people."""
        yield from (f"broken: {rule} by {amount}" for rule, amount in self.hard.items())
        yield from (f"{rule}: {cost:,}" for rule, cost in self.costs.items())
        yield from (f"level {level}: {cost:,}" for level, cost in self.levels.items())
        yield f"total: {self.total:,}" + ("" if self.is_feasible else ", not allowed")


def score(instance: Instance, pairs: Pairs) -> Score:
    """Score any roster; it may break rules, repeat assignments and name unknown ids."""
    case = Case(instance, pairs)
    hard = {name: rule(case, 0) for name, rule in ALWAYS.items()}
    costs: dict[str, int] = {}
    levels = dict.fromkeys(RATES, 0)
    for name, level, number in instance.rules:
        if level == 0:
            hard[name] = HARD[name](case, number)
        else:
            costs[name] = SOFT[name](case, number)
            levels[level] += costs[name]
    total = sum(rate * levels[level] for level, rate in RATES.items())
    found = {name: amount for name, amount in hard.items() if amount}
    return Score(found, {name: cost for name, cost in costs.items() if cost}, levels, total)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command: 0 for an allowed roster, 1 if hard rules are broken, 2 for bad input."""
    parser = argparse.ArgumentParser(description="Score a roster of the family of benchmarks.")
    parser.add_argument("folder", type=Path, help="folder of the instance")
    parser.add_argument("roster", type=Path, help="CSV with shift_id and volunteer_id, or .csv.gz")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    try:
        found = score(read_instance(options.folder), read_roster(options.roster))
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        said = {"hard": found.hard, "costs": found.costs, "levels": found.levels}
        print(json.dumps({**said, "total": found.total, "is_feasible": found.is_feasible}))
    else:
        print("\n".join(found.lines()))
    return 0 if found.is_feasible else 1


if __name__ == "__main__":
    raise SystemExit(main())
