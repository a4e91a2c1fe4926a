"""A week of one center that says by the hour, or by any time, who is needed, and its types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shiftplan.citizens import ShiftDesign, design
from shiftplan.citizens.shift_design.judged import DesignedShift
from shiftplan.problem import Problem

HOUR = 60
FREE: Mapping[str, int] = {"short_rise": 0, "surplus_rise": 0, "skill_price": 0}
"""Prices of which each person costs the same."""
CHEAP: Mapping[str, int] = {**FREE, "time_price": 10}
"""The same, where a time is no matter."""


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
    centers: Sequence[str | Mapping[str, Any]] = ("c",),
    **tables: Any,
) -> Problem:
    """The week; `prices` are those of the policy, everywhere."""
    told = {
        "horizon": {"start": "2026-03-02", "days": days},
        "centers": [{"center_id": own} if isinstance(own, str) else own for own in centers],
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


def asked(signs: str, first: int = 8, day: int = 1, **told: Any) -> list[dict[str, Any]]:
    """Rows about one hour each from a first hour on: `2 2 1`."""
    hours = enumerate(signs.split(), start=first)
    clocks = ((f"{day} {h:02d}:00", f"{day} {h + 1:02d}:00", int(sign)) for h, sign in hours)
    return [need(*clock, **told) for clock in clocks]


def there(found: ShiftDesign, first: int = 8, last: int = 16, skill: str | None = None) -> str:
    """People there at the beginning of each hour of the first date."""
    signs = []
    for hour in range(first, last):
        pieces = [
            one
            for one in found.score.cover
            if one.need.span[0] <= hour * HOUR < one.need.span[1]
            and (one.conditions[0].name if one.conditions else None) == skill
        ]
        signs += [str(one.there) for one in pieces]
    return " ".join(signs)


def best(
    needs: Sequence[Mapping[str, Any]],
    *types: Mapping[str, Any],
    prices: Mapping[str, float] = FREE,
    options: Mapping[str, Any] | None = None,
    **tables: Any,
) -> ShiftDesign:
    """The design of such a week, which is proven."""
    found = design(week(needs, types, prices, **tables), workers=1, **(options or {}))
    assert (found.status, found.bound) == ("OPTIMAL", found.cost)
    return found
