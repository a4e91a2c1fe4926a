"""Weeks of one province, one after another, as one problem.

`Problem`s of consecutive weeks -> `month` -> `Problem`.

What holds for a week and what for the whole month:

- People, their skills, homes and history, the centers and the rules are those of the first week.
  Shifts, demand, requirements, and what people offer, wish or are pinned to come from each week,
  for the people of the first one.
- A volunteer's `max_shifts` stays the limit of each week: a hard `max_shift_count` per week, with
  a group for each number. Over the month `max_shifts` is a share of the sum of the weeks.
- `min_shifts` is the sum of the weeks, at most the limit of the month.
- `fairness`, `continuity`, `max_centers` and `max_consecutive_days` read the whole horizon. So the
  load is fair over the month, runs of days go across Sundays, and whoever keeps to the `value`
  centers in the month also does in each week.
- `travel`, `wish`, `full_day`, `mentor`, `one_center_per_day` speak of a shift or a date: as they
  are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain, pairwise

from shiftplan.problem import Problem
from shiftplan.records import Volunteer
from shiftplan.rules.counts import MaxShiftCount

DEFAULT_SHARE = 0.9
"""Part of the weekly limits' sum that a volunteer gives in a month; few give their most weekly."""
_SAME = ("skills", "services", "rules", "rates", "order")


def month(weeks: Sequence[Problem], share: float = DEFAULT_SHARE) -> Problem:
    """Join consecutive weeks into one problem.

    Parameters
    ----------
    weeks
        Weeks of the same centers, in order, each beginning where the one before ends.
    share
        A volunteer's limit over the month as a part of the sum of the weekly limits, rounded up.

    Raises
    ------
    ValueError
        The weeks do not follow each other, share a shift id, or differ in rules or centers.

    """
    first = weeks[0]
    _fit_together(weeks)
    people = {v.volunteer_id for v in first.volunteers}
    days = sum(week.horizon.days for week in weeks)
    limits = sorted({v.max_shifts for v in first.volunteers if v.max_shifts is not None})
    return Problem.model_validate(
        dict(first)
        | {
            "horizon": first.horizon.model_copy(update={"days": days}),
            "volunteers": tuple(_volunteer(v, len(weeks), share) for v in first.volunteers),
            "rules": (
                *first.rules,
                *(MaxShiftCount(value=n, per="week", group=(_group(n),)) for n in limits),
            ),
        }
        | {
            name: tuple(chain.from_iterable(getattr(week, name) for week in weeks))
            for name in ("shifts", "demand", "requirements")
        }
        | {
            name: tuple(
                row for week in weeks for row in getattr(week, name) if row.volunteer_id in people
            )
            for name in ("availability", "pins", "preferences")
        }
    )


def _group(limit: int) -> str:
    """Group of the people with a weekly limit, so that a rule can name them."""
    return f"weekly limit {limit}"


def _volunteer(person: Volunteer, weeks: int, share: float) -> Volunteer:
    """The same person with limits for the month."""
    least = weeks * person.min_shifts
    if person.max_shifts is None:
        return person.model_copy(update={"min_shifts": least})
    most = math.ceil(weeks * person.max_shifts * share - 1e-9)
    return person.model_copy(
        update={
            "group": (*person.group, _group(person.max_shifts)),
            "max_shifts": most,
            "min_shifts": min(least, most),
        }
    )


def _fit_together(weeks: Sequence[Problem]) -> None:
    first = weeks[0]
    centers = {c.center_id for c in first.centers}
    for week in weeks[1:]:
        for name in _SAME:
            if getattr(week, name) != getattr(first, name):
                raise ValueError(f"{name} of the weeks differ")
        if {c.center_id for c in week.centers} != centers:
            raise ValueError("centers of the weeks differ")
    for before, after in pairwise(weeks):
        if after.horizon.start != before.horizon.end:
            raise ValueError(
                f"a week begins on {after.horizon.start}, the one before ends at the start of "
                f"{before.horizon.end}"
            )
    seen: set[str] = set()
    for shift in chain.from_iterable(week.shifts for week in weeks):
        if shift.shift_id in seen:
            raise ValueError(f"shift {shift.shift_id!r} is in two weeks")
        seen.add(shift.shift_id)
