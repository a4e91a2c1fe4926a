"""Grounds on which the rules on seats filled, empty and too many are tried."""

from __future__ import annotations

from collections.abc import Iterator

from grounds.ground import Plan
from grounds.team import FOUR, TEAM, WITHOUT_CHO


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    for kind in ("coverage", "minimum_coverage", "shortage", "surplus"):
        yield kind, [{}], [TEAM, FOUR, WITHOUT_CHO]
    yield "coverage", [{"weight": 33}, {"weight": 0}], [TEAM]
    for kind in ("minimum_coverage", "shortage", "surplus"):
        yield kind, [{"shifts": "morning"}, {"shifts": "afternoon|night"}], [TEAM]
