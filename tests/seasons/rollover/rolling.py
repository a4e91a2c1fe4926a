"""A worked week whose shifts have a requirement and demand, to be rolled forward."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shiftplan import (
    Demand,
    Problem,
    Requirement,
)
from shiftplan.testing.pictures import MONDAY, parse, plan
from shiftplan.week import Service

NEXT = MONDAY + dt.timedelta(7)
WORKED = parse("ana M . . M M M M\nbob . M . . . . .")


def dates(problem: Problem) -> list[str]:
    return sorted({f"{s.day:%a}" for s in problem.shifts}, key="MonTueWedThuFriSatSun".index)


def office(signs: Any = "M", **fields: Any) -> Problem:
    """A week whose shifts have a requirement and an hour of demand each."""
    bare = plan(signs, "ana bob")
    return plan(
        signs,
        "ana bob",
        **{
            "services": [Service(service_id="s", minutes_per_citizen=5)],
            "requirements": [Requirement(shift_id=s.shift_id, target=1) for s in bare.shifts],
            "demand": [
                Demand(
                    center_id=s.center_id,
                    start=s.start,
                    end=s.start + dt.timedelta(hours=1),
                    service_id="s",
                    arrivals=3,
                )
                for s in bare.shifts
            ],
            **fields,
        },
    )
