"""Grounds on which each rule is tried, one module for each module of rules."""

from __future__ import annotations

from collections.abc import Iterator

from grounds import (
    balance,
    counts,
    coverage,
    days,
    equity,
    evenness,
    learning,
    place,
    placement,
    rest,
    share,
    show_up,
    stability,
    team,
    wishes,
)
from grounds.ground import Plan

FAMILIES = (
    days,
    counts,
    rest,
    coverage,
    show_up,
    team,
    equity,
    placement,
    learning,
    place,
    share,
    evenness,
    wishes,
    balance,
    stability,
)


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    for family in FAMILIES:
        yield from family.plans()
