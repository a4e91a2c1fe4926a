"""A slow simulation of one run of a lane with visits of several steps: an opinion on stepping.

Like `Lane`, it looks at time, not at citizens.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field

from events import Person


@dataclass(eq=False)
class Visitor:
    """Somebody who comes for steps, each a service and its minutes; `language` 0 for none."""

    time: float
    steps: list[tuple[int, float]]
    language: int
    leave: float
    only: list[Person] | None = None
    """Who can help with the next step in the language; None while nobody at all could."""
    since: float = math.nan
    """Minute from which the visitor waits for the next step."""
    waits: list[float] = field(default_factory=list)
    """Minutes in the line for each step that began, and for the one that did not."""
    in_language: bool = False
    fate: str = "waiting"


class Counter:
    """One run of a lane."""

    def __init__(
        self, visitors: list[Visitor], people: list[Person], closing: str, factor: float
    ) -> None:
        self.visitors, self.people = visitors, people
        self.cuts, self.factor = closing == "cut", factor
        self.done: dict[Visitor, float] = {}

    def run(self) -> list[tuple[str, float, float, bool]]:
        """Fates of the visitors: how it ended, minutes in all and at first, own language."""
        line: list[Visitor] = []
        back: list[tuple[float, int, Visitor]] = []
        edges = {moment for p in self.people for window in p.windows for moment in window}
        self.times = [*edges, *(v.time for v in self.visitors)]
        heapq.heapify(self.times)
        for number, visitor in enumerate(self.visitors):
            visitor.in_language = visitor.language > 0
            back.append((visitor.time, number, visitor))
        heapq.heapify(back)
        while self.times:
            now = heapq.heappop(self.times)
            while True:
                while back and back[0][0] <= now:
                    visitor = heapq.heappop(back)[2]
                    visitor.since = now
                    heapq.heappush(self.times, visitor.leave)
                    line.append(visitor)
                line.sort(key=self.visitors.index)
                taken = next((v for v in line if self.begins(v, now)), None)
                if taken is None:
                    break
                line.remove(taken)
                if taken.steps:
                    taken.only = None
                    heapq.heappush(back, (self.done[taken], self.visitors.index(taken), taken))
                else:
                    taken.fate = "served"
            for visitor in [v for v in line if v.leave <= now]:
                self.close(line, visitor, "gave_up", now)
            for visitor in [v for v in line if self.is_hopeless(v, now)]:
                self.close(line, visitor, "cut", now)
        return [
            (v.fate, math.fsum(v.waits), v.waits[0], v.in_language and v.fate == "served")
            for v in self.visitors
        ]

    def close(self, line: list[Visitor], visitor: Visitor, fate: str, now: float) -> None:
        visitor.fate = fate
        visitor.waits.append(now - visitor.since)
        line.remove(visitor)

    def at_work(self, person: Person, visitor: Visitor, now: float) -> bool:
        moment = now if self.cuts else visitor.time
        return any(begin <= now and moment < end for begin, end in person.windows)

    def is_hopeless(self, visitor: Visitor, now: float) -> bool:
        moment = now if self.cuts else visitor.time
        helpers = [p for p in self.people if visitor.steps[0][0] in p.able]
        ends = [end for p in visitor.only or helpers for _, end in p.windows]
        return max(ends, default=-math.inf) <= moment

    def begins(self, visitor: Visitor, now: float) -> bool:
        """Whether somebody free takes the visitor, who then has only the steps behind."""
        able = [p for p in self.people if visitor.steps[0][0] in p.able]
        here = [p for p in able if self.at_work(p, visitor, now)]
        free = [p for p in here if p.busy_until <= now]
        if visitor.only is None and free:
            visitor.only = [p for p in here if visitor.language in p.speaks]
        if visitor.only:
            free = [p for p in free if p in visitor.only]
        if not free:
            return False
        minutes = []
        while visitor.steps and visitor.steps[0][0] in free[0].able:
            minutes.append(visitor.steps.pop(0)[1])
        alone = visitor.language > 0 and not visitor.only
        length = sum(minutes) * (self.factor if alone else 1)
        visitor.in_language &= not alone
        visitor.waits.append(now - visitor.since)
        visitor.leave += length
        free[0].busy_until = now + length
        heapq.heappush(self.times, now + length)
        self.done[visitor] = now + length
        return True
