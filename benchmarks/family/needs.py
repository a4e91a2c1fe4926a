"""Shifts of a week and the people they need.

`Place`s -> `needs` -> `Shift`s with `Need`s. Everything is whole numbers: percent, and thousandths
of a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import isqrt

from benchmarks.family.draw import Draw
from benchmarks.family.places import Place, places, stream

SESSIONS = (("am", 7, 11, 58), ("pm", 13, 17, 42))
"""Name, first and last hour, and percent of a day's citizens."""
DAYS = (125, 100, 95, 95, 100, 55)
"""Citizens from Monday to Saturday, in percent of an ordinary day; Saturday has no afternoon."""
TASKS = {"guide": (47, 5), "account": (20, 18), "online": (25, 25), "hard": (8, 45)}
"""What citizens come for -> percent of them, minutes for each."""


@dataclass(frozen=True, slots=True)
class Need:
    """People a shift needs: heads, or people with a skill at a level or more."""

    skill_id: str
    """Empty for heads."""
    min_level: int
    minimum: int
    target: int


@dataclass(frozen=True, slots=True)
class Shift:
    """A session at a center."""

    shift_id: str
    center_id: str
    day: int
    """0 is Monday."""
    session: int
    """Number in `SESSIONS`."""
    needs: tuple[Need, ...]


def sessions() -> Iterator[tuple[int, int]]:
    """Day and number of each session of the week, in order of time."""
    for day in range(len(DAYS)):
        for session in range(len(SESSIONS)):
            if (day, session) != (5, 1):
                yield day, session


@cache
def needs(number: int, seed: int) -> tuple[Shift, ...]:
    """Shifts of the province with so many centers, center by center in order of time."""
    draw = stream("needs", number, seed)
    return tuple(shift for place in places(number, seed) for shift in _week(draw, place))


def _week(draw: Draw, place: Place) -> Iterator[Shift]:
    rate = draw.between(35, 90)
    """Citizens helped a day among 100,000 people."""
    if place.kind == "island":
        rate = rate * 3 // 2
    for day, session in sessions():
        name, _, _, share = SESSIONS[session]
        citizens = place.population * rate * DAYS[day] * share * draw.between(85, 115)
        # 10^5 people, percent of a day, of a session, of chance and of a task; 240 minutes.
        work = {
            task: citizens * part * minutes // (240 * 10**10)
            for task, (part, minutes) in TASKS.items()
        }
        yield Shift(
            shift_id=f"{place.center_id}-{day + 1}{name}",
            center_id=place.center_id,
            day=day,
            session=session,
            needs=tuple(_needs(place, work)),
        )


def _needs(place: Place, work: dict[str, int]) -> Iterator[Need]:
    """Heads by the square-root rule of staffing, and skills in proportion to their work."""
    load = sum(work.values())
    heads = _up(load + 8 * isqrt(1_000 * load) // 10)
    heads = min(place.capacity, max(2 if place.population < 20_000 else 3, heads))
    yield Need("", 0, _half(heads), heads)
    online = max(1, _up(work["online"] + work["hard"]))
    yield Need("portal", 2, _half(online), online)
    if work["hard"] > 200:
        yield Need("portal", 3, 1, _up(work["hard"]))
    yield Need("account", 2, 1, max(1, _up(work["account"])))
    if place.language:
        yield Need(place.language, 1, 1, _up(300 * heads))


def _half(number: int) -> int:
    return (number + 1) // 2


def _up(thousandths: int) -> int:
    """Whole people, rounded up."""
    return -(-thousandths // 1_000)
