"""How large a season of life is, how much of it goes wrong, and which times it has."""

from __future__ import annotations

from dataclasses import dataclass

HALF_DAYS = [(day, hour) for day in range(5) for hour in (7, 13)]
"""Weekday and first hour of each time a week has."""

Time = tuple[int, int, int]
"""Week, weekday and first hour."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a life is, and how much of it goes wrong."""

    weeks: int = 12
    centers: int = 4
    people: int = 30
    demand: float = 1.6
    """People wanted in an ordinary half day of an ordinary center."""
    no_show: float = 0.04
    """Chance that a person does not come to a half day."""
    promise: int | None = 60
    """Price of each shift beyond the number promised for the season, on the level of the seats;
    None for a hard limit. An empty seat above the minimum costs 100 and more."""
    leaving: float = 0.01
    """Chance of each person, each week, to leave for good; as many join."""
