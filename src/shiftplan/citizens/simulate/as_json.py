"""What citizens experience, as JSON for other programs.

`Experience` -> text.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from shiftplan.citizens.simulate.estimate import Estimate
from shiftplan.citizens.simulate.experience import CitizenFigures, Experience

_WAITS = {"wait_p50": "wait_p50_minutes", "wait_p90": "wait_p90_minutes"}


def as_json(experience: Experience) -> str:
    """JSON text: options, then figures in all, by area, service and center, the worst first.

    Each figure is an object of `value`, `low` and `high`, or null where there are no such citizens;
    `low` and `high` are null where too few runs say anything.
    """
    content = {
        "schema_version": 1,
        "runs": experience.runs,
        "seed": experience.seed,
        "conduct": experience.conduct.model_dump(),
        "overall": _figures(experience.overall),
        "areas": _rows("area", experience.areas),
        "services": _rows("service_id", experience.services),
        "centers": _rows("center_id", experience.centers),
    }
    return json.dumps(content, indent=1, ensure_ascii=False)


def _rows(key: str, rows: Iterable[CitizenFigures]) -> list[dict[str, Any]]:
    return [{key: row.key, "name": row.name, **_figures(row)} for row in rows]


def _figures(row: CitizenFigures) -> dict[str, Any]:
    names = [info.name for info in fields(row)[2:]]
    return {_WAITS.get(name, name): _estimate(getattr(row, name)) for name in names}


def _estimate(estimate: Estimate | None) -> dict[str, float | None] | None:
    if estimate is None:
        return None
    parts = {"value": estimate.value, "low": estimate.low, "high": estimate.high}
    return {k: round(float(v), 6) if math.isfinite(v) else None for k, v in parts.items()}
