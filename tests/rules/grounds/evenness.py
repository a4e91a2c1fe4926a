"""Grounds on which the rules on even loads are tried."""

from __future__ import annotations

from collections.abc import Iterator

from grounds.ground import OCCUPIED, Plan, times
from grounds.share import LOADS, SHARES


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield "fairness", [{"weight": 50}], OCCUPIED
    yield "leximin", [{"weight": 10000}], OCCUPIED
    yield "max_min", times([50]), OCCUPIED
    yield "fairness", [{}, {"weight": 50}], SHARES
    yield "fairness", [{}, {"weight": 50}, {"group": "youth"}], LOADS
    yield "leximin", [{"weight": 10000}, *times([2, 3, 12], weight=800)], LOADS
    yield "leximin", times([5], weight=1_000_000, group="youth"), LOADS
    yield "max_min", times([5, 50, 62, 100]) + times([100], group="youth"), LOADS
