"""A tiny week: one person each morning of three days, and a roster that they were told."""

from __future__ import annotations

from typing import Any

import pytest

from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.record.live import LiveWeek
from shiftplan.record.memory import MemoryStore
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.requirements import Requirement

PRICES = (
    {"rule": "coverage", "level": 1, "weight": 10},
    {"rule": "fairness", "level": 2, "weight": 12},
    {"rule": "max_shifts"},
    {"rule": "one_place"},
)
TURNS = "ana  M . .\nbob  . M .\ncho  . . M"
QUICK: dict[str, Any] = {"time_limit": None, "workers": 1}


def week(**fields: Any) -> Problem:
    """One person each morning of three days."""
    needs = tuple(Requirement(shift_id=s, target=1) for s in ("M0", "M1", "M2"))
    return plan("M", "ana bob cho", 3, **{"requirements": needs, "rules": PRICES, **fields})


def told(picture: str = TURNS, **fields: Any) -> LiveWeek:
    """A week of which a roster was told."""
    live = LiveWeek(week(**fields), who="test")
    live.publish(live.draft(parse(picture)).number)
    return live


def two() -> tuple[LiveWeek, LiveWeek]:
    """Lan and Minh, who have both seen version 1 of one week, which is published."""
    store = MemoryStore()
    lan, minh = (LiveWeek(week(), store, who=who) for who in ("lan", "minh"))
    lan.publish(lan.draft(parse(TURNS)).number)
    minh.refresh()
    return lan, minh


def fault_of(error: pytest.ExceptionInfo[InputError]) -> tuple[str, str]:
    return error.value.faults[0].code, str(error.value.faults[0].message)
