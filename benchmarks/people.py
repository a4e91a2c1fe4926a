"""People of a season: who they are, when they come and go, and what they offer.

(`Size`, centers, weeks of exams, chance) -> `Person`s.

- They have habits: half days that they usually offer, week after week, and others that they seldom
  do. About half are students, who offer little while exams are on.
- Some leave, others join; the number stays about the same.
- A person works at most so many shifts a week, and a number that was promised for the season; who
  wants a certificate needs a number at least.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks.size import HALF_DAYS, Size, Time
from shiftplan.week.records import Center, Volunteer

KINDS = {"steady": (30, 4), "student": (18, 3), "guest": (10, 2)}
"""Group -> most shifts in twelve weeks, and in a week."""
CERTIFICATE = 12
"""Shifts in twelve weeks that a certificate takes."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person, and all that they will offer."""

    record: Volunteer
    first: int
    """First week."""
    end: int
    """First week after the person left."""
    offers: dict[Time, str]
    """Time -> state of the window."""


def draw_people(
    size: Size, centers: Sequence[Center], exams: Collection[int], draw: random.Random
) -> list[Person]:
    """Draw all who are there at the beginning, and those who join later.

    Parameters
    ----------
    size
        How many there are, for how many weeks, and how they come and go.
    centers
        Where they may be at home.
    exams
        Numbers of the weeks, from 0, in which students offer little.
    draw
        Where chance comes from.

    """
    person = partial(_person, size, centers, exams, draw)
    people = [person(i, 0) for i in range(size.people)]
    for week in range(1, size.weeks):
        if draw.random() < size.people * size.leaving:
            people.append(person(len(people), week))
    return people


def _person(
    size: Size,
    centers: Sequence[Center],
    exams: Collection[int],
    draw: random.Random,
    number: int,
    first: int,
) -> Person:
    kind = draw.choices(list(KINDS), weights=(1, 2, 1))[0]
    weekly = KINDS[kind][1]
    end = first + 1
    while end < size.weeks and draw.random() >= size.leaving:
        end += 1
    liking = draw.uniform(0.3, 0.7)
    usual = {time: draw.random() < liking for time in HALF_DAYS}
    disliked = draw.choice(HALF_DAYS)
    offers: dict[Time, str] = {}
    for week in range(first, end):
        busy = 0.3 if week in exams and kind == "student" else 1.0
        for time in HALF_DAYS:
            if draw.random() < busy * (0.75 if usual[time] else 0.08):
                state = "preferred" if draw.random() < 0.3 else "available"
                offers[week, *time] = "undesired" if time == disliked else state
    wants = kind != "guest" and draw.random() < 0.5
    record = Volunteer(
        volunteer_id=f"V{number:03}",
        home_center_id=draw.choice(centers).center_id,
        group=(kind, "certificate") if wants else (kind,),
        max_shifts=weekly,
        max_distance_km=8,
        show_rate=1 - size.no_show,
    )
    return Person(record, first, end, offers)
