"""Options that several calls have: what is usual, what is allowed, and how it is told.

Values of a caller -> nothing, or `InputError`.
"""

from __future__ import annotations

import os
from numbers import Integral

from shiftplan.errors import InputError
from shiftplan.faults import Fault

MOST_SEED = 2**31 - 65
"""Largest seed: engines count up from it, and solvers take no more than 31 bits."""

STAY = 10
"""Price of each assignment that changes near a roster, where nothing else is asked for."""

MOST_WAYS = 5
"""Ways out of a contradiction that are looked for, where nothing else is asked for."""

Option = tuple[str, object, bool, str]
"""Name, value, whether it is fine, and what is."""


def usual_workers(workers: int | None) -> int:
    """Engines side by side: as many as asked for, else as there are processors, at most 4."""
    return min(4, os.cpu_count() or 1) if workers is None else workers


def check_options(*options: Option) -> None:
    """Raise `InputError` with a fault for each option that is not fine."""
    faults = [
        Fault("out_of_range", "options", name, str(value), f"{name} must be {allowed}")
        for name, value, fine, allowed in options
        if not fine
    ]
    if faults:
        raise InputError(faults)


def limit_options(time_limit: float | None, workers: int | None, seed: int) -> tuple[Option, ...]:
    """The options that every search has, as `check_options` takes them."""
    return (
        time_option(time_limit),
        whole_option("workers", usual_workers(workers), 1),
        seed_option(seed),
    )


def time_option(time_limit: float | None) -> Option:
    """The option time_limit, seconds, as `check_options` takes it; None is no limit."""
    return ("time_limit", time_limit, time_limit is None or time_limit > 0, "seconds above 0")


def seed_option(seed: int) -> Option:
    """The option seed, as `check_options` takes it."""
    return whole_option("seed", seed, 0, MOST_SEED)


def whole_option(name: str, value: int, least: int, most: int | None = None) -> Option:
    """An option that is a whole number, `least` at least and `most` at most."""
    fine = isinstance(value, Integral) and least <= value and (most is None or value <= most)
    allowed = f"{least} or more" if most is None else f"{least} to {most}"
    return (name, value, fine, allowed)


def limit_option(name: str, value: int | None, least: int) -> Option:
    """An option that is a whole number, `least` at least, or None for no limit."""
    return whole_option(name, least if value is None else value, least)


def gap_option(gap: float) -> Option:
    """The option of a proven gap that is good enough."""
    return ("gap", gap, 0 <= gap < 1, "0 to below 1")
