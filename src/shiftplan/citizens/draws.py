"""All that is drawn: who comes, when, for what and for how long, and which volunteers show up.

(`Lane`, `Conduct`, seed) -> `Crowd` and attendance. Nothing here reads who is at work but
attendance, which reads only who and when: so two rosters meet the same citizens, and the same
people stay at home.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
from pydantic import Field

from shiftplan.citizens.lanes import Bools, Floats, Ints, Lane, SimulatedDay, SimulatedTeam
from shiftplan.problem import Problem
from shiftplan.week.demand import policy_at
from shiftplan.week.fields import Frozen

AtClosing = Literal["finish", "cut"]
BLOCK = 20
"""Runs that share a stream of random numbers; a stream is always drawn for all of them."""
_MOST = 300_000
"""Citizens in memory at a time, unless one block has more."""
_NEVER = np.finfo(np.float64).max
"""Minute at which nobody gives up."""
_CONSTANT = 1e-4
"""Coefficient of variation below which a quantity is as good as constant."""


class Conduct(Frozen):
    """How citizens wait, how volunteers come, and how the day ends."""

    patience_minutes: float | None = Field(default=60.0, ge=0.1, le=1_000_000)
    """Mean minutes, exponential, after which waiting citizens give up; None for never.

    Where the table policy says `patience_minutes`, that holds.
    """
    everybody_comes: bool = False
    """Whether all who are assigned come; otherwise each comes with the own chance."""
    closing: AtClosing = "finish"
    """What the end of a person's time at work means for who waits then.

    With `finish` the person still helps citizens who came before it; with `cut` the person begins
    with nobody from then on. Who is being helped is helped to the end in any case.
    """
    without_language_factor: float = Field(default=1.5, ge=1, le=10)
    """Factor on the minutes to help somebody by a person who does not speak the language needed."""


USUAL = Conduct()


@dataclass(frozen=True)
class Crowd:
    """Citizens of some runs of a lane, by run and in order of arrival; arrays (citizens,)."""

    run: Ints  # run, counted from 0 in this crowd
    time: Floats  # minute of arrival
    service: Ints  # what they come for: position in the table services
    language: Ints  # language needed, 1 for the lane's first; 0 for none
    minutes: Floats  # minutes of service by somebody who speaks the language
    leave: Floats  # minute at which they give up if they still wait; a huge number for never


@dataclass(frozen=True)
class VisitCrowd(Crowd):
    """Citizens whose visits may have several steps; `service` and `minutes` are of the first."""

    steps: Ints  # services in the order of the visit, then -1; shape (citizens, steps)
    step_minutes: Floats  # minutes of each step by somebody who speaks the language, same shape


def stream(seed: int, *names: object) -> np.random.Generator:
    """Random numbers that depend on nothing but the seed and some names."""
    text = "\x1f".join(map(str, (seed, *names)))
    digest = hashlib.blake2b(text.encode(), digest_size=16).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))


def attendance(team: SimulatedTeam, seed: int, runs: int, conduct: Conduct) -> Bools:
    """Who comes, shape (runs, columns): one draw for each volunteer, date and run."""
    present = np.ones((runs, len(team.members)), dtype=bool)
    if conduct.everybody_comes:
        return present
    for j, member in enumerate(team.members):
        who = member.volunteer
        draws = stream(seed, "comes", who.volunteer_id, member.day).random(runs)
        present[:, j] = draws < member.chance
    return present


class Citizens:
    """The source of all crowds of one simulation."""

    def __init__(self, problem: Problem, seed: int, runs: int, conduct: Conduct) -> None:
        self.seed, self.runs = seed, runs
        self.patience = {
            c.center_id: policy_at(c, problem.policy).patience_minutes or conduct.patience_minutes
            for c in problem.centers
        }
        self.minutes = np.array([s.minutes_per_citizen for s in problem.services], np.float64)
        self.cv = np.array([s.cv for s in problem.services], np.float64)

    def crowds(self, lane: Lane) -> Iterator[tuple[int, int, Crowd]]:
        """Yield first runs, numbers of runs and their citizens, so that few are in memory."""
        first, held, parts = 0, 0, list[Crowd]()
        for number in range(-(-self.runs // BLOCK)):
            begin = number * BLOCK
            end = min(begin + BLOCK, self.runs)
            for day in lane.days:
                part = self._draw(lane, day, number)
                inside = part.run < end - begin
                kept = {f.name: getattr(part, f.name)[inside] for f in fields(part)}
                parts.append(type(part)(**kept | {"run": kept["run"] + begin - first}))
                held += len(parts[-1].run)
            if held and (held > _MOST or end == self.runs):
                yield first, end - first, _in_order(parts)
            if held > _MOST:
                first, held, parts = end, 0, []

    def _draw(self, lane: Lane, day: SimulatedDay, block: int) -> Crowd:
        """Citizens of one date in one block of runs, not yet in order."""
        rng = stream(self.seed, "citizens", lane.center_id, day.date, block)
        busy = rng.random(BLOCK)
        count = rng.poisson(day.mean * _factors(busy, day.spread))
        cells = (index.reshape(-1) for index in np.indices(count.shape))
        run, row = (np.repeat(index, count.reshape(-1)) for index in cells)
        size = len(run)
        time = day.start[row] + day.length[row] * rng.random(size)
        language = np.searchsorted(np.cumsum(lane.languages), rng.random(size), side="right") + 1
        language[language > len(lane.languages)] = 0
        patience = rng.standard_exponential(size)
        service = day.service[row]
        steps = service[:, None] if lane.journeys is None else lane.journeys.drawn(service, rng)
        minutes = self._minutes(steps, rng) * lane.kinds.drawn(size, rng)[:, None]
        mean = self.patience[lane.center_id]
        leave = np.full(size, _NEVER) if mean is None else time + mean * patience
        crowd = Crowd(run, time, steps[:, 0], language, minutes[:, 0], leave)
        if lane.journeys is None:
            return crowd
        return VisitCrowd(**vars(crowd), steps=steps, step_minutes=minutes)

    def _minutes(self, steps: Ints, rng: np.random.Generator) -> Floats:
        """Minutes of each step, 0 where there is none."""
        minutes = self.minutes[steps] * _unit_gamma(rng, self.cv[steps])
        return np.where(steps >= 0, minutes, 0.0)


def _factors(busy: Floats, spread: Floats) -> Floats:
    """Factors on the means of a date's rows, shape (runs, rows): gamma with mean 1.

    They are the quantiles of all rows at the same uniform number, so a busy day is busy in all.
    """
    wide = spread > _CONSTANT
    factors = np.ones((len(busy), len(spread)))
    if wide.any():
        from scipy.special import gammaincinv

        shape = 1 / spread[wide] ** 2
        factors[:, wide] = gammaincinv(shape, busy[:, None]) / shape
    return factors


def _unit_gamma(rng: np.random.Generator, cv: Floats) -> Floats:
    """Gamma variates of mean 1 with some coefficients of variation; 1 where these are 0."""
    shape = 1 / np.maximum(cv, _CONSTANT) ** 2
    drawn = rng.standard_gamma(shape) / shape
    return np.where(cv > _CONSTANT, drawn, 1.0)


def _in_order(parts: list[Crowd]) -> Crowd:
    kind = type(parts[0])
    joined = {f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(kind)}
    order = np.lexsort((joined["time"], joined["run"]))
    return kind(**{name: values[order] for name, values in joined.items()})
