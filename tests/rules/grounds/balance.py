"""Grounds on which the rules on balances of hours and unpopular shifts are tried."""

from __future__ import annotations

from collections.abc import Iterator

from grounds.ground import OCCUPIED, Plan, times
from grounds.place import PLACES, SENT
from grounds.share import LOADS


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield "balance_hours", [{}, {"days": "mon"}], OCCUPIED
    for kind in ("balance_hours", "balance_undesired"):
        yield kind, [{}, {"weight": 50}, {"group": "youth"}], LOADS
    yield "balance_hours", [{"shifts": "night", "weight": 30}, {"shifts": "morning|night"}], LOADS
    yield "balance_shifts", [{"shifts": "morning"}, {"shifts": "night|day", "weight": 9}], LOADS
    yield "balance_shifts", [{"shifts": "morning", "group": "youth"}], LOADS
    far = times([0, 11, 12, 60]) + times([9], group="youth")
    yield "balance_far", far, [*LOADS, *PLACES, *SENT]
