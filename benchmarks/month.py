"""Weeks of one province, one after another, as one problem.

`Problem`s of consecutive weeks -> `month` -> `Problem`.

The weeks are joined by `shiftplan.seasons.joined.join_weeks`, for the people of the first one. A
volunteer's `max_shifts` stays the limit of each week; over the month it is a share of the sum of
the weeks. `fairness`, `continuity`, `max_centers` and `max_consecutive_days` read the whole
horizon. So the load is fair over the month, runs of days go across Sundays, and whoever keeps to
the `value` centers in the month also does in each week.
"""

from __future__ import annotations

from collections.abc import Sequence

from shiftplan.problem import Problem
from shiftplan.seasons.joined import join_weeks

DEFAULT_SHARE = 0.9
"""Part of the weekly limits' sum that a volunteer gives in a month; few give their most weekly."""


def month(weeks: Sequence[Problem], share: float = DEFAULT_SHARE) -> Problem:
    """Join consecutive weeks into one problem, with the people of the first one.

    Parameters
    ----------
    weeks
        Weeks of the same centers, in order, each beginning where the one before ends.
    share
        A volunteer's limit over the month as a part of the sum of the weekly limits, rounded up.

    Raises
    ------
    InputError
        The weeks do not follow each other, share a shift id, differ in rules or centers, or do not
        run from Monday to Sunday where people have limits.

    """
    first = weeks[0]
    people = {v.volunteer_id for v in first.volunteers}
    own = [
        week.model_copy(
            update={
                "volunteers": first.volunteers,
                "history": first.history,
                **{
                    name: tuple(r for r in getattr(week, name) if r.volunteer_id in people)
                    for name in ("availability", "pins", "preferences", "published")
                },
            }
        )
        for week in weeks
    ]
    return join_weeks(own, share=share)
