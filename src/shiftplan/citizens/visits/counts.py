"""How many citizens came: counts by center, date, slot and service, as a forecaster reads them.

Log of visits, or a log of counts -> `VisitCounts`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Slot = tuple[int, int]
"""First minute of the day, and the first minute after it."""
VISITS = ""
"""Stands for the id of a service where whole visits are counted, as in the table demand."""


@dataclass(frozen=True, eq=False)
class VisitCounts:
    """Requests and visits that were counted; what was not recorded is missing, never zero.

    A visit is one citizen who comes once. It has one request for each service that is needed.

    Raises
    ------
    ValueError
        Dates or slots are out of order, or an array does not have its shape.
    """

    centers: tuple[str, ...]
    """Ids of centers. Those without any recorded date are new."""
    dates: tuple[dt.date, ...]
    """Dates, in ascending order; gaps are allowed."""
    slots: tuple[Slot, ...]
    """Minutes of the day, start and end, in ascending order; the same on all dates."""
    services: tuple[str, ...]
    """Ids of services; a single blank one where the counts are of whole visits (`of_visits`)."""
    requests: Floats
    """Requests, float, shape (centers, dates, slots, services); ignored where not recorded."""
    recorded: Bools
    """Whether a center's date counts, bool, shape (centers, dates).

    False where the center was closed or nobody kept the log.
    """
    visits: Floats = field(default_factory=lambda: np.full((0, 0, 0), np.nan))
    """Visits, float, shape (centers, dates, slots); nan where only requests were logged.

    Without a value, nan everywhere.
    """
    population: Floats = field(default_factory=lambda: np.full(0, np.nan))
    """Size of each center, such as the population it serves, float, shape (centers,).

    In any unit; nan where unknown, and without a value, nan everywhere. Centers with few recorded
    dates are forecast like others of their size.
    """

    def __post_init__(self) -> None:
        places, days, slots = len(self.centers), len(self.dates), len(self.slots)
        if not self.visits.size:
            object.__setattr__(self, "visits", np.full((places, days, slots), np.nan))
        if not self.population.size:
            object.__setattr__(self, "population", np.full(places, np.nan))
        shapes = {
            "requests": (places, days, slots, len(self.services)),
            "recorded": (places, days),
            "visits": (places, days, slots),
            "population": (places,),
        }
        for name, shape in shapes.items():
            found = getattr(self, name).shape
            if found != shape:
                raise ValueError(f"{name} has shape {found} instead of {shape}")
        if any(one >= two for one, two in pairwise(self.dates)):
            raise ValueError("dates must ascend")
        if any(one[1] > two[0] for one, two in pairwise(self.slots)):
            raise ValueError("slots must ascend without overlap")

    @property
    def totals(self) -> Floats:
        """Requests of each center and date, shape (centers, dates); nan where not recorded."""
        return np.where(self.recorded, self.requests.sum(axis=(2, 3)), np.nan)

    @property
    def recorded_dates(self) -> tuple[dt.date, ...]:
        """Dates that at least one center recorded."""
        some = np.any(self.recorded, axis=0).tolist()
        return tuple(day for day, known in zip(self.dates, some, strict=True) if known)

    @property
    def counts_visits(self) -> bool:
        """Whether `requests` counts whole visits instead of requests for services."""
        return self.services == (VISITS,)

    def of_visits(self) -> VisitCounts:
        """The visits in the place of requests, for one service without an id.

        Raises
        ------
        ValueError
            Visits are unknown: only requests were logged.
        """
        visits = np.where(self.recorded[:, :, None], self.visits, 0)
        if np.isnan(visits).any():
            raise ValueError("only requests are known, not visits")
        return replace(self, services=(VISITS,), requests=visits[..., None])

    def on(self, dates: Sequence[dt.date]) -> VisitCounts:
        """The counts of some of the dates, in ascending order."""
        wanted = set(dates)
        return self._of(np.array([day in wanted for day in self.dates], dtype=bool))

    def before(self, day: dt.date) -> VisitCounts:
        """The counts of the dates before one."""
        return self._of(np.array([known < day for known in self.dates], dtype=bool))

    def _of(self, kept: Bools) -> VisitCounts:
        return replace(
            self,
            dates=tuple(day for day, keep in zip(self.dates, kept, strict=True) if keep),
            requests=self.requests[:, kept],
            recorded=self.recorded[:, kept],
            visits=self.visits[:, kept],
        )
