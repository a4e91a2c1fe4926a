"""Invented volunteers, the windows they offer, and what they did in the weeks before.

`Place`s -> `people`, `windows`, `history` -> rows. Of a longer list the first rows are those of a
shorter one, so that weeks with more people have all people of those with fewer.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import isqrt

from benchmarks.family.draw import Draw
from benchmarks.family.needs import sessions
from benchmarks.family.places import LANGUAGES, Place, places, stream

HISTORY_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of volunteer."""

    name: str
    weight: int
    """How frequent."""
    shifts: tuple[int, int]
    """Least and greatest limit of shifts a week."""
    offers: int
    """Percent of sessions offered; a quarter more on Saturday."""
    grades: tuple[int, int, int, int]
    """How frequent each grade from 0 to 3 of skill with technology is."""


KINDS = (
    Kind("student", 40, (2, 5), 42, (15, 35, 30, 20)),
    Kind("worker", 30, (1, 3), 28, (20, 35, 28, 17)),
    Kind("official", 15, (2, 4), 38, (5, 35, 40, 20)),
    Kind("retired", 15, (3, 6), 60, (50, 35, 10, 5)),
)
_STATES = (("available", "preferred", "undesired"), (60, 25, 15))
_REACH = ((0, 8, 12, 18, 25), (25, 25, 25, 15, 10))
"""Farthest center from home in km, and how frequent."""


@dataclass(frozen=True, slots=True)
class Person:
    """A volunteer."""

    volunteer_id: str
    home: Place
    kind: Kind
    guide: int
    account: int
    portal: int
    languages: tuple[int, ...]
    """Level of each of `LANGUAGES`."""
    max_shifts: int
    reach: int
    """Farthest center from home in km; 0 for home only."""
    show_rate: int
    """Percent of assigned shifts to which the person comes."""


@cache
def people(number: int, count: int, seed: int) -> tuple[Person, ...]:
    """The first volunteers of the province with so many centers.

    Homes are shared out in proportion to the square roots of populations, by the method of
    Sainte-Laguë, which keeps to it for every count.
    """
    draw, homes = stream("people", number, seed), _homes(number, seed)
    return tuple(_person(draw, i, next(homes)) for i in range(count))


@cache
def windows(number: int, count: int, seed: int) -> tuple[tuple[Person, int, int, str], ...]:
    """Person, day, session and state of each window."""
    draw, found = stream("windows", number, seed), []
    for person in people(number, count, seed):
        for day, session in sessions():
            percent = person.kind.offers * (5 if day == 5 else 4) // 4
            if draw.chance(percent):
                found.append((person, day, session, draw.pick(*_STATES)))
    return tuple(found)


def history(number: int, count: int, seed: int) -> Iterator[tuple[Person, int, int, int, int]]:
    """Person, shifts offered, worked, of these undesired, and days since the last (0 for never)."""
    draw = stream("history", number, seed)
    for person in people(number, count, seed):
        usual = max(1, min(person.max_shifts, person.kind.offers * 11 // 100))
        offered = HISTORY_WEEKS * usual
        worked = sum(draw.chance(62) for _ in range(offered))
        undesired = sum(draw.chance(15) for _ in range(worked))
        yield person, offered, worked, undesired, draw.between(2, 6) if worked else 0


def _homes(number: int, seed: int) -> Iterator[Place]:
    """Homes without end."""
    there = places(number, seed)
    weights = [1_000_000 * isqrt(place.population) for place in there]
    queue = [(-weight, i, 1) for i, weight in enumerate(weights)]
    heapq.heapify(queue)
    while True:
        _, i, seats = queue[0]
        heapq.heapreplace(queue, (-(weights[i] // (seats + 2)), i, seats + 2))
        yield there[i]


def _person(draw: Draw, index: int, home: Place) -> Person:
    kind = draw.pick(KINDS, [k.weight for k in KINDS])
    grade = draw.pick(range(4), kind.grades)
    guide, account, portal = (
        min(most, max(0, grade + more + draw.pick((-1, 0, 0, 1))))
        for most, more in ((3, 1), (4, 1), (4, 0))
    )
    spoken = tuple(int(draw.chance(35 if home.language == name else 3)) for name in LANGUAGES)
    reach = draw.pick(*_REACH)
    return Person(
        volunteer_id=f"V{index + 1:05d}",
        home=home,
        kind=kind,
        guide=guide,
        account=account,
        portal=portal,
        languages=spoken,
        max_shifts=draw.between(*kind.shifts),
        reach=0 if home.kind == "island" else reach,
        show_rate=99 - min(draw.below(40), draw.below(40)),
    )
