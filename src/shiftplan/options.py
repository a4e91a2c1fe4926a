"""Options that several calls have: what is allowed, and how it is told.

Values of a caller -> `Fault`s.
"""

from __future__ import annotations

from collections.abc import Iterator

from shiftplan.errors import Fault

MOST_SEED = 2**31 - 65
"""Largest seed: engines count up from it, and solvers take no more than 31 bits."""


def option_faults(*options: tuple[str, object, bool, str]) -> Iterator[Fault]:
    """Yield a fault for each option, told by name, value, whether it is fine, and what is."""
    for name, value, fine, allowed in options:
        if not fine:
            message = f"{name} must be {allowed}"
            yield Fault("out_of_range", "options", name, str(value), message)


def seed_option(seed: int) -> tuple[str, object, bool, str]:
    """The option seed, as `option_faults` takes it."""
    return ("seed", seed, 0 <= seed <= MOST_SEED, f"0 to {MOST_SEED}")
