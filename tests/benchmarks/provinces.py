"""Made-up weeks that can be put together: later ones, and those of other provinces."""

from __future__ import annotations

import datetime as dt

from towns import MONDAY, town

from shiftplan import Problem


def later(problem: Problem, weeks: int) -> Problem:
    """The same week, some weeks later."""
    step = dt.timedelta(weeks=weeks)

    def moved(rows):
        return tuple(
            r.model_copy(update={"start": r.start + step, "end": r.end + step}) for r in rows
        )

    def renamed(rows):
        return tuple(r.model_copy(update={"shift_id": f"{weeks}/{r.shift_id}"}) for r in rows)

    return Problem.model_validate(
        dict(problem)
        | {
            "horizon": problem.horizon.model_copy(update={"start": MONDAY + step}),
            "shifts": renamed(moved(problem.shifts)),
            "availability": moved(problem.availability),
            "requirements": renamed(problem.requirements),
        }
    )


def province(number: int) -> Problem:
    """A week whose centers and shifts have ids of their own, but not its people."""
    week = town(2, 4, seed=number)
    text = week.to_json().replace('"C', f'"{number}C')
    return Problem.model_validate_json(text)
