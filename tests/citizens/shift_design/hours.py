"""A week of one center that says by the hour, or by any time, who is needed, and its types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shiftplan.citizens.shift_design.designing import ShiftDesign
from shiftplan.citizens.shift_design.judged import DesignedShift
from shiftplan.problem import Problem

FREE: Mapping[str, int] = {"short_rise": 0, "surplus_rise": 0, "skill_price": 0}
"""Prices of which each person costs the same."""


def moment(text: str) -> str:
    """`1 08:00` -> that time on the first date of the week, Monday 2 March 2026."""
    day, clock = text.split()
    return f"2026-03-{int(day) + 1:02d}T{clock}"


def need(start: str, end: str, target: int, minimum: int = 0, **told: Any) -> dict[str, Any]:
    """A row about a time at center c: `need("1 08:00", "1 12:00", 3)`."""
    times = {"center_id": "c", "start": moment(start), "end": moment(end)}
    return {**times, "target": target, "minimum": minimum, **told}


def kind(earliest: str, latest: str, minutes: int, longest: int = 0, **told: Any) -> dict[str, Any]:
    """A row of shift types."""
    lengths = {"min_minutes": minutes, "max_minutes": longest or minutes}
    return {"earliest": earliest, "latest": latest, **lengths, "step": 60, **told}


def week(
    needs: Sequence[Mapping[str, Any]],
    types: Sequence[Mapping[str, Any]],
    prices: Mapping[str, float] = FREE,
    *,
    days: int = 1,
    centers: Sequence[str] = ("c",),
    **tables: Any,
) -> Problem:
    """The week; `prices` are those of the policy, everywhere."""
    told = {
        "horizon": {"start": "2026-03-02", "days": days},
        "centers": [{"center_id": name} for name in centers],
        "skills": [{"skill_id": "a"}, {"skill_id": "b"}],
        "volunteers": [],
        "shifts": [],
        "requirements": needs,
        "shift_types": types,
        "policy": [{"setting": name, "value": value} for name, value in prices.items()],
    }
    return Problem.model_validate({**told, **tables})


def shown(found: ShiftDesign) -> list[str]:
    """The shifts of a design, such as `c 1 08:00-12:00 3`: center, date, times, people."""
    return [_shown(shift) for shift in found.shifts]


def _shown(shift: DesignedShift) -> str:
    clocks = (f"{at // 60 % 24:02d}:{at % 60:02d}" for at in shift.span)
    return f"{shift.center_id} {shift.day + 1} {'-'.join(clocks)} {shift.count}"
