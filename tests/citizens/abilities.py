"""Services that need abilities, people who hold them, and all teams of such people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations_with_replacement
from typing import Any

from hypothesis import strategies as st
from offices import PLAIN, come, figures, office, shift

from shiftplan.problem import Problem
from shiftplan.week.demand import Policy
from shiftplan.week.requirements import Requirement

Person = Mapping[str, int]
"""Skill -> level."""
DAYS = [shift(71, 72), shift(0, 71)]
"""A shift whose loads have long settled, and the days before it."""


def service(skill: str | None = None, level: int = 1, minutes: float = 10) -> dict[str, Any]:
    return {"skill_id": skill, "min_level": level, "minutes_per_citizen": minutes}


def settled(services: Mapping[str, Any], people: Mapping[str, Person], **hourly: float) -> Problem:
    """Services with so many visits an hour, for three days."""
    demand = [come(0, 72, 72 * n, name) for name, n in hourly.items()]
    return office(demand, services, people, shifts=DAYS)


def of_last(problem: Problem, policy: Policy = PLAIN) -> dict[str, tuple[int, int]]:
    """Abilities of the settled shift -> minimum and target; heads first, as an empty text."""
    rows = figures(problem, policy).items()
    return {name[3:].strip(): row for name, row in rows if name.startswith("A71")}


TWO = {"online": service("portal"), "phone": service("vneid")}
BOTH = {"portal": 1, "vneid": 1}


def crews(people: Mapping[str, Person], largest: int) -> Iterator[tuple[Person, ...]]:
    """All teams of the kinds of people there are, each kind any number of times."""
    kinds = [dict(kind) for kind in {tuple(sorted(p.items())) for p in people.values()}]
    for size in range(largest + 1):
        yield from combinations_with_replacement(kinds, size)


def counted(row: Requirement, crew: tuple[Person, ...]) -> int:
    """People of a team whom a requirement counts."""
    asked = {} if row.skill_id is None else {row.skill_id: row.min_level or 1}
    for name in row.with_skills:
        skill, _, level = name.partition(":")
        asked[skill] = int(level or 1)
    return sum(all(p.get(skill, 0) >= n for skill, n in asked.items()) for p in crew)


SERVICES = {
    "desk": service(None, 1, 5),
    "form": service("portal", 1, 10),
    "file": service("portal", 2, 25),
    "land": service("portal", 3, 45),
    "phone": service("vneid", 1, 15),
}
persons = st.fixed_dictionaries({"portal": st.integers(0, 3), "vneid": st.integers(0, 1)})
kinds = st.lists(persons, min_size=1, max_size=4).map(
    lambda drawn: {
        f"v{i}": {skill: n for skill, n in person.items() if n} for i, person in enumerate(drawn)
    }
)
days = st.lists(
    st.tuples(st.sampled_from(sorted(SERVICES)), st.integers(7, 10), st.floats(0.1, 6)),
    min_size=1,
    max_size=7,
    unique_by=lambda row: row[:2],
)


def can(person: Person, task: Mapping[str, Any]) -> bool:
    """Whether somebody can help with a service."""
    return task["skill_id"] is None or person.get(task["skill_id"], 0) >= task["min_level"]
