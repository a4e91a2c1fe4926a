"""Grounds on which each rule is tried, one module for each module of rules."""

from __future__ import annotations

from collections.abc import Iterator

from families import FAMILIES, leg

from grounds.ground import Plan


def plans() -> Iterator[Plan]:
    """Kind of a rule that problems name, its parameter sets, the grounds to try them on."""
    for family in FAMILIES:
        yield from leg("grounds", family).plans()
