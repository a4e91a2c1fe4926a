"""What is drawn of each citizen: the services of a visit, and a kind with its factor on minutes.

Tables journeys and citizen_kinds -> mixes of a center, as arrays to draw from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftplan.citizens.queue import Floats
from shiftplan.problem import Problem
from shiftplan.week.records import Center
from shiftplan.week.visits import journeys_at, kinds_at

VISITS = -1
"""Stands for the service where a row of demand counts visits."""


@dataclass(frozen=True)
class JourneyMix:
    """Journeys through a center and how many take each."""

    steps: NDArray[np.int64]  # services in order, then -1; shape (journeys, steps)
    part: Floats  # part of the visits that take each, shape (journeys,)

    def requests(self, services: int) -> Floats:
        """Mean number of requests for each service in a visit, shape (services,)."""
        found = np.zeros(services)
        journey, place = np.nonzero(self.steps >= 0)
        np.add.at(found, self.steps[journey, place], self.part[journey])
        return found

    def drawn(self, service: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
        """Draw steps for citizens, (citizens, steps): of requests the service itself."""
        bounds = np.cumsum(self.part)
        journey = np.searchsorted(bounds, rng.random(len(service)) * bounds[-1], side="right")
        request = np.full((len(service), self.steps.shape[1]), -1)
        request[:, 0] = service
        return np.where((service == VISITS)[:, None], self.steps[journey], request)


@dataclass(frozen=True)
class KindMix:
    """Kinds of citizens at a center; the rest are of none."""

    part: Floats  # part of the citizens of each kind, shape (kinds,)
    factor: Floats  # their factor on minutes, shape (kinds,)

    def drawn(self, citizens: int, rng: np.random.Generator) -> Floats:
        """Draw factors on minutes, shape (citizens,)."""
        if not self.part.size:
            return np.ones(citizens)
        kind = np.searchsorted(np.cumsum(self.part), rng.random(citizens), side="right")
        return np.append(self.factor, 1.0)[kind]


def journey_mix(
    problem: Problem, center: Center, service_index: Mapping[str | None, int]
) -> JourneyMix:
    """Journeys of visits to a center; there must be some."""
    found = journeys_at(problem.journeys, center)
    steps = np.full((len(found), max(len(names) for names, _ in found)), -1)
    for row, (names, _) in zip(steps, found, strict=True):
        row[: len(names)] = [service_index[name] for name in names]
    return JourneyMix(steps, np.array([part for _, part in found]))


def kind_mix(problem: Problem, center: Center) -> KindMix:
    """Kinds of the citizens of a center."""
    found = kinds_at(problem.citizen_kinds, center)
    parts, factors = ([getattr(row, name) for row in found] for name in ("share", "factor"))
    return KindMix(np.array(parts, dtype=np.float64), np.array(factors, dtype=np.float64))
