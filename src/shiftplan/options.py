"""Options that several calls have: what is usual, what is allowed, and how it is told.

Values of a caller -> nothing, or `InputError`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from numbers import Integral, Real
from typing import Any

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import languages

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


def limit_options(
    time_limit: float | None,
    workers: int | None,
    seed: int,
    cancel: object = None,
    *,
    zero: bool = False,
) -> tuple[Option, ...]:
    """The options that every search has, as `check_options` takes them."""
    return (
        time_option(time_limit, zero=zero),
        whole_option("workers", usual_workers(workers), 1),
        seed_option(seed),
        cancel_option(cancel),
    )


def time_option(time_limit: float | None, *, zero: bool = False) -> Option:
    """The option time_limit, seconds, as `check_options` takes it; None is no limit.

    `zero`: whether no time at all is an answer's time too.
    """
    seconds = 1 if time_limit is None else time_limit
    if zero:
        return number_option("time_limit", seconds, lambda x: x >= 0, "seconds from 0 on")
    return number_option("time_limit", seconds, lambda x: x > 0, "seconds above 0")


def seed_option(seed: int) -> Option:
    """The option seed, as `check_options` takes it."""
    return whole_option("seed", seed, 0, MOST_SEED)


def whole_option(name: str, value: object, least: int, most: int | None = None) -> Option:
    """An option that is a whole number, `least` at least and `most` at most."""
    allowed = f"{least} or more" if most is None else f"{least} to {most}"
    if not isinstance(value, Integral):
        return (name, value, False, f"a whole number, {allowed}")
    fine = least <= int(value) and (most is None or int(value) <= most)
    return (name, value, fine, allowed)


def limit_option(name: str, value: int | None, least: int) -> Option:
    """An option that is a whole number, `least` at least, or None for no limit."""
    return whole_option(name, least if value is None else value, least)


def number_option(name: str, value: object, fine: Callable[[Any], bool], allowed: str) -> Option:
    """An option that is a number as floats are; text and `Decimal` are none."""
    if not isinstance(value, Real):
        return (name, value, False, f"a number, {allowed}")
    return (name, value, fine(value), allowed)


def gap_option(gap: float) -> Option:
    """The option of a proven gap that is good enough."""
    return number_option("gap", gap, lambda x: 0 <= x < 1, "0 to below 1")


def cancel_option(cancel: object) -> Option:
    """The option cancel: an event, of threads or of processes, or None."""
    fine = cancel is None or callable(getattr(cancel, "is_set", None))
    return ("cancel", cancel, fine, "None or an event such as threading.Event()")


def call_option(name: str, value: object) -> Option:
    """An option that is called now and then, or None."""
    return (name, value, value is None or callable(value), "None or a function")


def date_option(name: str, value: object, *, optional: bool = False) -> Option:
    """An option that is a date, or None where it is optional.

    A moment is no date, although Python makes it one: the two cannot be compared.
    """
    fine = isinstance(value, date) and not isinstance(value, datetime)
    allowed = "a date without a time, such as date(2026, 12, 7)"
    return (name, value, fine or (optional and value is None), allowed)


def lang_option(lang: object) -> Option:
    """The option lang, as `check_options` takes it."""
    *others, last = languages()
    return ("lang", lang, lang in (*others, last), f"{', '.join(others)} or {last}")
