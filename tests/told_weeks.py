"""Three people for two shifts of two, a roster that they are told, and commands on its record."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from commands import make_problem, run

from shiftplan import Problem, Roster
from shiftplan.record import open_week

MORNING, AFTERNOON = "c0-1207-07", "c0-1207-13"
THREE = make_problem(3, 1, 1)
PAIRS = [(MORNING, "v0"), (MORNING, "v1"), (AFTERNOON, "v1"), (AFTERNOON, "v2")]
FULL = Roster.of(PAIRS)
"""Every seat is filled; v0 and v2 have one shift each, v1 has both."""


def done(*arguments: object, code: int = 0, **environment: str) -> Any:
    """What a command shows that ends with this exit code."""
    result = run(*arguments, **environment)
    assert result.exit_code == code, result.output
    return result


def kinds(week: Path) -> list[str]:
    """Kinds of the entries in the record of a week."""
    return [entry.body.kind for entry in open_week(week).entries]


def later_by(tiny: Problem, days: int) -> Problem:
    """The same week, with the same ids, some days later."""
    by, start = dt.timedelta(days), tiny.horizon.start + dt.timedelta(days)
    moved: dict[str, object] = {
        table: tuple(
            row.model_copy(update={"start": row.start + by, "end": row.end + by})
            for row in getattr(tiny, table)
        )
        for table in ("shifts", "availability")
    }
    horizon = tiny.horizon.model_copy(update={"start": start})
    return tiny.model_copy(update={**moved, "horizon": horizon})
