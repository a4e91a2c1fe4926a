"""Options that several calls have: what is allowed, and how it is told.

Values of a caller -> `Fault`s.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from shiftplan.errors import Fault

MOST_SEED = 2**31 - 65
"""Largest seed: engines count up from it, and solvers take no more than 31 bits."""


def usual_workers(workers: int | None) -> int:
    """Engines side by side: as many as asked for, else as there are processors, at most 4."""
    return min(4, os.cpu_count() or 1) if workers is None else workers


def option_faults(*options: tuple[str, object, bool, str]) -> Iterator[Fault]:
    """Yield a fault for each option, told by name, value, whether it is fine, and what is."""
    for name, value, fine, allowed in options:
        if not fine:
            message = f"{name} must be {allowed}"
            yield Fault("out_of_range", "options", name, str(value), message)


def limit_options(
    time_limit: float | None, workers: int | None, seed: int
) -> tuple[tuple[str, object, bool, str], ...]:
    """The options that every search has, as `option_faults` takes them."""
    return (
        ("time_limit", time_limit, time_limit is None or time_limit > 0, "seconds above 0"),
        ("workers", workers, workers is None or workers >= 1, "1 or more"),
        seed_option(seed),
    )


def seed_option(seed: int) -> tuple[str, object, bool, str]:
    """The option seed, as `option_faults` takes it."""
    return ("seed", seed, 0 <= seed <= MOST_SEED, f"0 to {MOST_SEED}")
