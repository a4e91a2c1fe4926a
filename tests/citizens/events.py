"""A slow simulation of one run of one lane, by events: a second opinion on `serve`.

It looks at time, not at citizens: people come, go, begin and end, and the line is looked through
at every event.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field


@dataclass
class Person:
    """Somebody at work in some windows; the first in a list of people is the least able."""

    windows: list[tuple[float, float]]
    able: set[int]
    speaks: set[int]
    busy_until: float = -math.inf


@dataclass(eq=False)
class Citizen:
    """Somebody who comes; `language` 0 for none."""

    time: float
    service: int
    language: int
    minutes: float
    leave: float
    only: list[Person] | None = None
    """Who can help in the language; None while nobody at all could."""
    fate: tuple[str, float, bool] = field(default=("waiting", math.nan, False))
    """What became of the citizen, at which minute, and whether in the own language."""


class Lane:
    """One run of a lane."""

    def __init__(
        self, citizens: list[Citizen], people: list[Person], closing: str, factor: float
    ) -> None:
        self.citizens, self.people = citizens, people
        self.cuts, self.factor = closing == "cut", factor
        self.line: list[Citizen] = []

    def run(self) -> list[tuple[str, float, bool]]:
        """Fates of the citizens."""
        edges = {moment for p in self.people for window in p.windows for moment in window}
        self.times = [*edges, *(c.time for c in self.citizens)]
        heapq.heapify(self.times)
        coming = list(reversed(self.citizens))
        while self.times:
            now = heapq.heappop(self.times)
            while coming and coming[-1].time <= now:
                citizen = coming.pop()
                self.line.append(citizen)
                heapq.heappush(self.times, citizen.leave)
            self.dispatch(now)
            for citizen in [c for c in self.line if c.leave <= now]:
                self.close(citizen, "gave_up", now)
            for citizen in [c for c in self.line if self.is_hopeless(c, now)]:
                self.close(citizen, "cut", now)
        return [c.fate for c in self.citizens]

    def close(self, citizen: Citizen, fate: str, now: float, in_language: bool = False) -> None:
        citizen.fate = (fate, now, in_language)
        self.line.remove(citizen)

    def at_work(self, person: Person, citizen: Citizen, now: float) -> bool:
        moment = now if self.cuts else citizen.time
        return any(begin <= now and moment < end for begin, end in person.windows)

    def is_hopeless(self, citizen: Citizen, now: float) -> bool:
        moment = now if self.cuts else citizen.time
        helpers = [p for p in self.people if citizen.service in p.able]
        ends = [end for p in citizen.only or helpers for _, end in p.windows]
        return max(ends, default=-math.inf) <= moment

    def dispatch(self, now: float) -> None:
        """Everybody free takes the first in the line whom they can help."""
        for citizen in list(self.line):
            here = [
                p
                for p in self.people
                if citizen.service in p.able and self.at_work(p, citizen, now)
            ]
            free = [p for p in here if p.busy_until <= now]
            if citizen.only is None and free:
                citizen.only = [p for p in here if citizen.language in p.speaks]
            if citizen.only:
                free = [p for p in free if p in citizen.only]
            if free:
                alone = citizen.language > 0 and not citizen.only
                minutes = citizen.minutes * self.factor if alone else citizen.minutes
                free[0].busy_until = now + minutes
                heapq.heappush(self.times, now + minutes)
                self.close(citizen, "served", now, citizen.language > 0 and not alone)
