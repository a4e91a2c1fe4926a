"""Records of made-up people whose show rates are known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from shiftplan.seasons import Show, ShowRates, show_rates
from shiftplan.testing.pictures import MONDAY
from shiftplan.week.records import Volunteer

NOON = dt.datetime.combine(MONDAY, dt.time(12))
ANSWER_EFFECTS = {None: 0.0, "confirmed": 0.8, "unanswered": -0.8}
HOUR_EFFECTS = {7: 0.2, 13: -0.2}


def record_of(came: str, who: str = "ana", **more: object) -> list[Show]:
    """A show on each day from Monday on; `+` came, `-` did not."""
    return [
        Show(volunteer_id=who, start=NOON + dt.timedelta(i), came=sign == "+", **more)
        for i, sign in enumerate(came)
    ]


def mean_of(rates: ShowRates, who: str = "ana") -> float:
    return rates.chance(who).mean


@dataclass(frozen=True)
class Known:
    """People with known rates, and what was seen of them in twelve weeks."""

    people: list[Volunteer]
    shows: list[Show]
    rates: np.ndarray
    """True rate of each person, averaged over hours and answers as they were."""
    counts: np.ndarray
    """Shifts of each person."""

    @property
    def raw(self) -> np.ndarray:
        """Own share of each person."""
        came = dict.fromkeys((v.volunteer_id for v in self.people), 0)
        for show in self.shows:
            came[show.volunteer_id] += show.came
        return np.array([*came.values()]) / self.counts

    def learned(self) -> ShowRates:
        return show_rates(self.shows, self.people)


def drawn(seed: int, people: int = 300, deviation: float = 0.8) -> Known:
    """People of two groups: a third with 1 to 4 shifts, the others with 10 to 59."""
    chance = np.random.default_rng(seed)
    few = chance.random(people) < 1 / 3
    counts = np.where(few, chance.integers(1, 5, people), chance.integers(10, 60, people))
    student = chance.random(people) < 0.5
    own = 2.2 - 0.5 * student + chance.normal(0, deviation, people)
    who = np.repeat(np.arange(people), counts)
    day = chance.integers(0, 84, len(who)).tolist()
    hour = chance.choice([*HOUR_EFFECTS], len(who)).tolist()
    answer = [[*ANSWER_EFFECTS][i] for i in chance.integers(0, 3, len(who))]
    effect = np.array(
        [HOUR_EFFECTS[h] + ANSWER_EFFECTS[a] for h, a in zip(hour, answer, strict=True)]
    )
    came = chance.random(len(who)) < 1 / (1 + np.exp(-own[who] - effect))
    monday = dt.datetime.combine(MONDAY, dt.time())
    shows = [
        Show(
            volunteer_id=f"v{person:03}",
            start=monday + dt.timedelta(days=day[i], hours=hour[i]),
            came=bool(came[i]),
            answer=answer[i],
        )
        for i, person in enumerate(who.tolist())
    ]
    volunteers = [
        Volunteer(volunteer_id=f"v{i:03}", group=("student" if student[i] else "worker",))
        for i in range(people)
    ]
    sampled = chance.choice(effect, 2_000)
    rates = (1 / (1 + np.exp(-own[:, None] - sampled))).mean(axis=1)
    return Known(volunteers, shows, rates, counts)
