"""Teams and crowds for simulations of lines, drawn or given, and what became of each citizen."""

from __future__ import annotations

import datetime as dt

import numpy as np
from events import Citizen, Person
from hypothesis import strategies as st

from shiftplan import Volunteer
from shiftplan.citizens.draws import Crowd
from shiftplan.citizens.lanes import SimulatedPerson, SimulatedTeam
from shiftplan.citizens.serving import LineOutcome

HALVES = ((420, 660), (780, 1020))
WINDOWS = (*((half,) for half in HALVES), HALVES, ((480, 600), (600, 700)), ((450, 1000),))
FOREVER = np.finfo(np.float64).max
seeds = st.integers(0, 2**32 - 1)


def team(people: list[Person], services: int = 1, languages: int = 0) -> SimulatedTeam:
    """Columns of people, their windows side by side."""
    rows = [(p, i, window) for i, p in enumerate(people) for window in p.windows]
    same = [[j for j, (_, k, _) in enumerate(rows) if k == i] for _, i, _ in rows]
    most = max(map(len, same), default=0)
    members = [
        SimulatedPerson(Volunteer(volunteer_id=f"v{i}"), dt.date(2026, 12, 7), int(a), int(b), 1.0)
        for _, i, (a, b) in rows
    ]
    return SimulatedTeam(
        tuple(members),
        np.array([m.begin for m in members], float),
        np.array([m.end for m in members], float),
        np.array([[k in p.able for p, _, _ in rows] for k in range(services)], bool).reshape(
            services, len(rows)
        ),
        np.array([[k in p.speaks for p, _, _ in rows] for k in range(languages + 1)], bool),
        np.array([own + own[:1] * (most - len(own)) for own in same], int).reshape(len(rows), most),
    )


def crowd(runs: list[list[Citizen]]) -> Crowd:
    """Citizens of several runs, side by side."""
    everybody = [(r, c) for r, citizens in enumerate(runs) for c in citizens]
    kinds = [int, float, int, int, float, float]
    rows = [(r, c.time, c.service, c.language, c.minutes, c.leave) for r, c in everybody]
    columns = zip(*rows, strict=True) if rows else [()] * 6
    return Crowd(*(np.array(values, k) for values, k in zip(columns, kinds, strict=True)))


def fates(found: LineOutcome) -> list[tuple[str, float, bool]]:
    """What became of each citizen, after how many minutes, and whether in the own language."""
    kinds = np.select([found.served, found.gave_up, found.cut], ["served", "gave_up", "cut"], "?")
    return list(zip(kinds.tolist(), found.wait.tolist(), found.in_language.tolist(), strict=True))


def some_people(rng: np.random.Generator, services: int, languages: int) -> list[Person]:
    """Up to five people with any skills in any windows."""
    return [
        Person(
            list(WINDOWS[rng.integers(len(WINDOWS))]),
            {k for k in range(services) if rng.random() < 0.6},
            {k + 1 for k in range(languages) if rng.random() < 0.4},
        )
        for _ in range(rng.integers(6))
    ]


def some_citizens(rng: np.random.Generator, services: int, languages: int) -> list[Citizen]:
    """Up to sixty citizens with any needs, from before the first to after the last window."""
    patience = rng.choice([8.0, 60.0, np.inf])
    return [
        Citizen(
            time,
            int(rng.integers(services)),
            int(rng.integers(languages + 1)),
            float(rng.choice([5.0, 40.0]) * rng.exponential()),
            min(FOREVER, time + patience * rng.exponential()),
        )
        for time in sorted(rng.uniform(400, 1050, rng.integers(60)).tolist())
    ]


def some_days(
    rng: np.random.Generator, people: list[Person]
) -> tuple[list[list[Person]], np.ndarray]:
    """Who comes in each of three runs, for simulations by events and as the presence of a team."""
    comes = rng.random((3, len(people))) < 0.8
    at_work = [
        [Person(p.windows, p.able, p.speaks) for p, c in zip(people, came, strict=True) if c]
        for came in comes
    ]
    return at_work, np.repeat(comes, [len(p.windows) for p in people], axis=1)
