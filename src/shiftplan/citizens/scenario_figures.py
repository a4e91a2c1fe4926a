"""What a roster's empty seats are in joint scenarios of a forecast.

Values in each scenario -> `ScenarioFigures`, and their form as JSON.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from shiftplan.citizens.estimate import Estimate, mean
from shiftplan.citizens.queue import Floats
from shiftplan.week.json_form import Amount, Figure, Written
from shiftplan.week.json_form import Share as WrittenShare


@dataclass(frozen=True, slots=True)
class OverScenarios(Written):
    """A figure over all scenarios."""

    json_keys = "mean p10 p50 p90 worst"

    mean: Estimate
    """Its mean with a 95% confidence interval."""
    p10: Figure
    """Value that one scenario in ten is below."""
    p50: Figure
    """Value that half of the scenarios are below."""
    p90: Figure
    """Value that one scenario in ten is above."""
    worst: Figure
    """Its greatest value."""

    @classmethod
    def of(cls, values: Floats) -> OverScenarios:
        """The figure from its value in each scenario, shape (scenarios,), at least two."""
        p10, p50, p90, worst = np.quantile(values, [0.1, 0.5, 0.9, 1.0]).tolist()
        return cls(mean(values), p10, p50, p90, worst)


@dataclass(frozen=True, slots=True)
class CenterInScenarios(Written):
    """A center in the scenarios."""

    json_keys = "center_id name empty_seats"

    center_id: str
    """Id of the center."""
    name: str
    """Its name."""
    empty_seats: OverScenarios
    """Seats of its requirements that stay empty."""


@dataclass(frozen=True, slots=True)
class DayInScenarios(Written):
    """A date in the scenarios."""

    json_keys = "date empty_seats"

    date: dt.date
    """Date on which shifts start."""
    empty_seats: OverScenarios
    """Seats of their requirements that stay empty."""


@dataclass(frozen=True)
class ScenarioFigures(Written):
    """Empty seats of a roster, and their cost, in joint scenarios of the forecast."""

    json_keys = "scenarios seed sizes correlation seats empty_seats cost days centers"

    scenarios: Amount
    """Joint scenarios drawn."""
    seed: Amount
    """Seed of the draw."""
    sizes: Amount
    """Equally likely sizes that a day of a center may have."""
    correlation: WrittenShare
    """Correlation of the days of two centers: 1 if all are busy on the same dates. That of the
    `Forecast`, if scenarios were drawn from one."""
    seats: OverScenarios
    """Seats of all requirements: the sum of the targets."""
    empty_seats: OverScenarios
    """Seats that stay empty, with and without a skill."""
    cost: OverScenarios
    """What the week's soft rules about empty seats cost, in points of the total."""
    days: tuple[DayInScenarios, ...]
    """By date with shifts, in ascending order."""
    centers: tuple[CenterInScenarios, ...]
    """By center, the one with the most empty seats first."""
