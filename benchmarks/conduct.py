"""How the people of a term behave: what they offer, say and do, drawn from known rates.

(`Problem`, `Rates`, seed) -> `Conduct`.

Each draw has a name of its own, made of the seed, the week, the person and the time. Ways to plan
that ask about the same person and time hear the same answer, whatever else they asked before.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Literal

from benchmarks.reliability import Reliability
from shiftplan.problem import Problem
from shiftplan.seasons.shows import ShowAnswer
from shiftplan.week.records import Availability

Said = Literal["confirmed", "declined"]
_DAY = dt.timedelta(1)
_Times = tuple[dt.timedelta, dt.timedelta]
"""Start and end of a window, counted from the first moment of its week."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What everything is drawn from; no open data about volunteers has these, they are assumed."""

    usual: float = 0.9
    """Rate at which an ordinary person comes; what changes it is in `reliability.py`."""
    deviation: float = 0.8
    """Standard deviation of people, in log-odds."""
    insight: float = 0.5
    """Correlation of the column `show_rate` of the first week with what people are like."""
    late: float = 0.15
    """Part of people who answer after the first deadline, week by week."""
    silent: float = 0.2
    """Part of people who never answer, week by week."""
    decline: float = 0.04
    """Part of shifts that those who answer decline."""
    ill: float = 0.04
    """Part of people who fall ill in a week, for one to three days."""
    sudden: float = 0.5
    """Part of illnesses that are known on the morning only, and not on the evening before."""
    reached: float = 0.6
    """Part of calls that are answered."""
    willing: float = 0.5
    """Part of reserves reached who say that they come."""
    kept: float = 0.85
    """Part of the usual times that people offer in a week; they offer others instead."""


@dataclass(frozen=True, slots=True)
class Illness:
    """A person is ill for some days."""

    first: dt.date
    """The first day."""
    days: int
    """How many."""
    is_sudden: bool
    """Whether it is known only on the morning of the first day."""

    @property
    def start(self) -> dt.datetime:
        """Midnight before the first day."""
        return dt.datetime.combine(self.first, dt.time())

    @property
    def end(self) -> dt.datetime:
        """Midnight after the last day."""
        return self.start + self.days * _DAY


class Conduct:
    """The people of a first week, for all weeks that follow it."""

    def __init__(self, problem: Problem, rates: Rates, seed: int) -> None:
        self.rates, self._seed, self._problem = rates, seed, problem
        self._known = Reliability(problem, rates.usual, rates.deviation, seed, rates.insight)

    def _draw(self, *name: object) -> float:
        """A number from 0 to 1, always the same for one name."""
        text = " ".join(map(str, (self._seed, *name)))
        return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) / 2**64

    @cached_property
    def _habits(self) -> Mapping[str, Mapping[_Times, Availability]]:
        """Volunteer id -> windows of the first week."""
        first = dt.datetime.combine(self._problem.horizon.start, dt.time())
        found: dict[str, dict[_Times, Availability]] = {}
        for window in self._problem.availability:
            times = window.start - first, window.end - first
            found.setdefault(window.volunteer_id, {})[times] = window
        return found

    def offers(self, start: dt.date) -> Iterator[Availability]:
        """Yield what people offer in a later week: most of their usual times, and as many others.

        A person offers as many times as in the first week, on average.
        """
        every = sorted({times for own in self._habits.values() for times in own})
        first = dt.datetime.combine(start, dt.time())
        for who, own in sorted(self._habits.items()):
            others = len(every) - len(own)
            added = (1 - self.rates.kept) * len(own) / others if others else 0.0
            for times in every:
                if self._draw("offer", start, who, *times) < (
                    self.rates.kept if times in own else added
                ):
                    moved = {"start": first + times[0], "end": first + times[1]}
                    state = own[times].state if times in own else "available"
                    yield Availability(volunteer_id=who, state=state, **moved)

    def answer(self, who: str, start: dt.datetime, week: dt.date, *, late: bool) -> Said | None:
        """What a person answers about a shift, by the first deadline or late; None for nothing."""
        kind = self._draw("kind", week, who)
        if kind < self.rates.silent or (kind < self.rates.silent + self.rates.late and not late):
            return None
        is_declined = self._draw("decline", who, start) < self.rates.decline
        return "declined" if is_declined else "confirmed"

    def illness(self, who: str, week: dt.date, days: int) -> Illness | None:
        """The illness of a person in a week of so many days; None for none."""
        if self._draw("ill", week, who) >= self.rates.ill:
            return None
        first = int(days * self._draw("ill first", week, who))
        length = min(days - first, 1 + int(3 * self._draw("ill days", week, who)))
        is_sudden = self._draw("ill known", week, who) < self.rates.sudden
        return Illness(week + first * _DAY, length, is_sudden)

    def comes(self, who: str, start: dt.datetime, notice: int, answer: ShowAnswer | None) -> bool:
        """Whether a person comes to a shift, of which they were told so many hours before."""
        chance = self._known.chance(who, start, _noticed(notice), answer)
        return self._draw("comes", who, start) < chance

    def call(self, who: str, start: dt.datetime, tried: int) -> bool | None:
        """Whether a reserve says that they come; None when they are not reached."""
        if self._draw("reached", who, start, tried) >= self.rates.reached:
            return None
        return self._draw("willing", who, start) < self.rates.willing

    def effect(self, start: dt.datetime, notice: int, answer: ShowAnswer | None) -> float:
        """What circumstances change, in log-odds."""
        return self._known.effect(start, _noticed(notice), answer)

    def true_rates(self, effects: Counter[float]) -> dict[str, float]:
        """Show rate of each person over circumstances that were met so often."""
        return self._known.rates_at(effects)


def _noticed(hours: int) -> int:
    """The notice of `NOTICES` that hours belong to."""
    return 12 if hours < 24 else 48 if hours < 72 else 120
