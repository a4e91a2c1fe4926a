"""The line of a lane: first come, first served, among people with different skills.

(`Crowd`, `SimulatedTeam`, attendance) -> `LineOutcome`; all runs at once, citizen after citizen.
Outcomes -> `Sums` by service, run, and group of runs, from which all figures are made.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shiftplan.citizens.draws import Conduct, Crowd, VisitCrowd
from shiftplan.citizens.estimate import STEPS, mean, quantile, ratio, steps_of
from shiftplan.citizens.experience import CitizenFigures
from shiftplan.citizens.lanes import Bools, Floats, Ints, SimulatedTeam

_AFTER_ALL = 1e18
"""Arrival of citizens who only fill up a matrix: later than any window."""
_GROUPS = 20
"""Groups of runs for the jackknife of quantiles, at most."""


@dataclass(frozen=True)
class LineOutcome:
    """What becomes of the citizens of a crowd; arrays of shape (citizens,)."""

    served: Bools  # who is served
    gave_up: Bools  # who gives up before
    cut: Bools  # who is sent away: nobody who could help has time before the own time at work ends
    in_language: Bools  # who is served by somebody who speaks the language needed
    wait: Floats  # minutes in the line for all steps, until served, given up or sent away
    minutes: Floats  # minutes of service; 0 for who is not served at all
    first_wait: Floats  # minutes in the line until the first step of a visit, or until the end


def serve(crowd: Crowd, team: SimulatedTeam, present: Bools, conduct: Conduct) -> LineOutcome:
    """Let the people who come serve a crowd.

    Whoever gets free takes the citizen who waits longest among those the person can help; who
    comes takes the least able of those free. Hence one look at each citizen, in order of arrival,
    is exact: each begins at the earliest time at which somebody who can help is free of all
    citizens before, since no later one is ever preferred. And later ones lose nothing: what a
    person leaves idle before a citizen lies before that arrival, hence before theirs.

    A citizen who needs a language waits for the people who speak it, can help and are at work
    when the first one who can help is free, also in their later windows. If there are none, that
    one helps, and takes longer.

    A person helps citizens who came before the end of the window (`finish`), or begins before
    that end (`cut`). Citizens for whom there is no such time stay until the last window of those
    who could help ends, or give up before, if they came before that end; they are sent away then.
    `present` says who comes, shape (runs, columns).
    """
    runs, columns = present.shape
    citizens = len(crowd.run)
    place = np.arange(citizens) - np.searchsorted(crowd.run, np.arange(runs))[crowd.run]
    cells = (int(place.max(initial=-1)) + 1, runs)
    cell = (place, crowd.run)

    def laid(values: NDArray[Any], empty: float) -> NDArray[Any]:
        """Values as a matrix, a row for the first citizen of every run, for the second, ..."""
        matrix = np.full(cells, empty, dtype=values.dtype)
        matrix[cell] = values
        return matrix

    time, leave = laid(crowd.time, _AFTER_ALL), laid(crowd.leave, -np.inf)
    minutes = laid(crowd.minutes, 0)
    service, language = laid(crowd.service, 0), laid(crowd.language, 0)
    start, last = np.full(cells, np.inf), np.full(cells, -np.inf)
    own = np.zeros(cells, dtype=bool)

    cuts, factor = conduct.closing == "cut", conduct.without_language_factor
    bar = np.where(team.able, 0.0, np.inf)
    free = np.where(present, team.begin, np.inf)
    flat, row = free.reshape(-1), np.arange(runs)
    ends = np.where(present, team.end, -np.inf)
    for i in range(cells[0] if columns else 0):
        came = time[i][:, None]
        soonest = np.maximum(free, came)
        soonest += bar[service[i]]
        np.putmask(soonest, (soonest if cuts else came) >= team.end, np.inf)
        if cuts:
            last[i] = np.where(team.able[service[i]], ends, -np.inf).max(axis=1)
        if language[i].any():
            first = soonest.min(axis=1, keepdims=True)
            # Who speaks the language and is at work at that moment is waited for.
            there = team.speaks[language[i]] & team.able[service[i]] & present
            there &= (team.begin <= first) & ((first if cuts else came) < team.end)
            there = there[:, team.same].any(axis=2)
            own[i] = there.any(axis=1)
            waits = own[i][:, None]
            np.putmask(soonest, waits & ~there, np.inf)
            if cuts:
                np.copyto(last[i], np.where(there, ends, -np.inf).max(axis=1), where=own[i])
            np.copyto(minutes[i], minutes[i] * factor, where=(language[i] > 0) & ~own[i])
        # The first of equals is the least able; all windows of a person are busy at once.
        pick = soonest.argmin(axis=1)
        start[i] = soonest[row, pick]
        done = np.where(start[i] <= leave[i], start[i] + minutes[i], -np.inf)
        spots = (row * columns)[:, None] + team.same[pick]
        flat[spots] = np.maximum(flat[spots], done[:, None])

    # Who never can begin stays until the last chance is gone, if there was one, or gives up before.
    begin, stays = start[cell], last[cell]
    served = begin <= crowd.leave
    never = np.isinf(begin)
    gave_up = ~served & (~never | (crowd.leave < stays))
    until = np.where(served, begin, np.where(gave_up, crowd.leave, np.maximum(stays, crowd.time)))
    return LineOutcome(
        served,
        gave_up,
        ~served & ~gave_up,
        served & own[cell],
        until - crowd.time,
        np.where(served, minutes[cell], 0.0),
        until - crowd.time,
    )


class Sums:
    """Sums of some citizens by service and run; memory does not grow with their number."""

    def __init__(self, services: int, runs: int) -> None:
        self.counts: Floats = np.zeros((8, services + 1, runs))
        """Citizens: who come, are served, in time, need a language, are served in it, give up, are
        cut; and minutes of service. A visit counts in each of its services; the last row takes off
        what is too much, so that a sum over all rows counts each citizen once. Shape
        (8, services + 1, runs)."""
        self.waits = np.zeros((services + 1, min(_GROUPS, runs), STEPS), dtype=np.int64)
        """Waits of those served or given up, shape (services + 1, groups of runs, steps)."""
        self.present: Floats = np.zeros(runs)
        """Minutes in windows of the people who come, shape (runs,)."""

    def add(self, crowd: Crowd, outcome: LineOutcome, first: int, within_minutes: float) -> None:
        """Add citizens whose runs are counted from `first`, with the promise made to them."""
        _, rows, runs = self.counts.shape
        run = crowd.run + first
        values = (
            np.ones(len(run)),
            outcome.served,
            outcome.served & (outcome.first_wait <= within_minutes),
            crowd.language > 0,
            outcome.in_language,
            outcome.gave_up,
            outcome.cut,
            outcome.minutes,
        )
        group = run * self.waits.shape[1] // runs
        for who, row, sign in _counted(crowd, rows - 1):
            key = row * runs + run[who]
            for counts, weights in zip(self.counts, values, strict=True):
                sums = np.bincount(key, weights=weights[who], minlength=rows * runs)
                counts += sign * sums.reshape(rows, runs)
            line = ~outcome.cut[who]
            cell = (row[line], group[who][line], steps_of(outcome.wait[who][line]))
            np.add.at(self.waits, cell, sign)

    def __iadd__(self, other: Sums) -> Sums:
        self.counts += other.counts
        self.waits += other.waits
        self.present += other.present
        return self


def _counted(crowd: Crowd, last: int) -> Iterator[tuple[Ints | slice, Ints, int]]:
    """Yield citizens, rows of sums in which they count, and 1, or -1 where they are taken off."""
    if not isinstance(crowd, VisitCrowd):
        yield slice(None), crowd.service, 1
        return
    steps = np.sort(crowd.steps, axis=1)
    once = steps >= 0
    once[:, 1:] &= steps[:, 1:] != steps[:, :-1]
    who, place = np.nonzero(once)
    yield who, steps[who, place], 1
    again = who[1:][who[1:] == who[:-1]]
    yield again, np.full(len(again), last), -1


def figures(
    key: str, name: str, counts: Floats, waits: Ints, present: Floats | None = None
) -> CitizenFigures:
    """Figures of sums: `counts` (8, runs), `waits` (groups, steps), both as those of `Sums`.

    `present` are minutes at work, (runs,), None for no utilization.
    """
    came, served, in_time, in_need, in_language, gave_up, cut, busy = counts
    return CitizenFigures(
        key,
        name or key,
        mean(came),
        ratio(served, came),
        ratio(in_time, came),
        ratio(in_language, in_need),
        ratio(gave_up, came),
        ratio(cut, came),
        quantile(waits, 0.5),
        quantile(waits, 0.9),
        None if present is None else ratio(busy, present, most=math.inf),
    )
