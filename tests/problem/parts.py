"""Parts of a small problem, and what is wrong with it when some of them change."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shiftplan.errors import Fault, InputError
from shiftplan.problem import Problem

MONDAY = dt.date(2026, 12, 7)


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """Wall-clock time on a day of December 2026."""
    return dt.datetime(2026, 12, day, hour, minute)


def base(**changed: Any) -> dict[str, Any]:
    """Parts of a problem of two people and two shifts, some changed."""
    shift = {"center_id": "C", "start": at(7, 7), "end": at(7, 11), "type": "early"}
    parts = {
        "horizon": {"start": MONDAY, "days": 7},
        "centers": [{"center_id": "C", "lat": 10, "lon": 105}],
        "skills": [{"skill_id": "khmer", "max_level": 2}],
        "services": [{"service_id": "file", "minutes_per_citizen": 20}],
        "volunteers": [
            {"volunteer_id": "ana", "home_center_id": "C", "group": "red", "skills": {"khmer": 2}},
            {"volunteer_id": "ben", "home_center_id": "C"},
        ],
        "availability": [{"volunteer_id": "ana", "start": at(7, 7), "end": at(7, 17)}],
        "shifts": [
            {"shift_id": "s1", **shift, "tags": "feast"},
            {"shift_id": "s2", **shift, "start": at(8, 22), "end": at(9, 6)},
        ],
    }
    return parts | changed


def found(**changed: Any) -> list[tuple[str, str]]:
    """Code and place of each fault of the problem with some parts changed."""
    faults: tuple[Fault, ...] = ()
    try:
        Problem.model_validate(base(**changed))
    except InputError as error:
        faults = error.faults
    assert all(f.message for f in faults)
    assert all(f.remedy == "" or str(f.remedy).endswith((".", "?")) for f in faults)
    return [(f.code, f.where) for f in faults]


def row(table: str, index: int = 0, **changed: Any) -> dict[str, Any]:
    """The change of one row of a table."""
    rows = list(base()[table])
    rows[index] = rows[index] | changed
    return {table: rows}


def demand(**changed: Any) -> dict[str, Any]:
    of = {"center_id": "C", "service_id": "file", "arrivals": 1}
    return {**of, "start": at(7, 7), "end": at(7, 8), **changed}


def need(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"requirements": [{"shift_id": "s1", "target": 1, **fields} for fields in rows]}


def spread(**fields: float) -> dict[str, Any]:
    return {"demand": [demand(arrivals=5, **fields)]}


def speech(kind: str, *shares: float) -> dict[str, Any]:
    """Citizens of one center who need one language each."""
    names = ["khmer", "cham"][: len(shares)]
    return {
        "skills": [{"skill_id": n, "max_level": 2, "kind": kind} for n in ("khmer", "cham")],
        "languages": [
            {"center_id": "C", "skill_id": n, "share": s}
            for n, s in zip(names, shares, strict=True)
        ],
    }


def setting(name: str, value: float, where: str = "") -> dict[str, Any]:
    return {"policy": [{"setting": name, "value": value, "where": where}]}


def rule(kind: str, **parameters: Any) -> dict[str, Any]:
    return {"rules": [{"rule": kind, "level": "hard", **parameters}]}


def pin(state: str, shift: str = "s1") -> dict[str, Any]:
    return {"volunteer_id": "ana", "shift_id": shift, "state": state}


def was(who: str, shift: str = "s1", **fields: Any) -> dict[str, Any]:
    return {"volunteer_id": who, "shift_id": shift, **fields}


def history(**fields: Any) -> dict[str, Any]:
    return {"history": [{"volunteer_id": "ana", **fields}]}


def wishes(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"preferences": [{"volunteer_id": "ana", "state": "for", **fields} for fields in rows]}


def wish(**fields: Any) -> dict[str, Any]:
    return wishes(fields)


def grants(*entries: dict[str, Any]) -> dict[str, Any]:
    return row("volunteers", skills=[{"skill_id": "khmer", **e} for e in entries])
