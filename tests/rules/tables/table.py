"""What a table is made of, and grounds that families of rules share."""

from __future__ import annotations

from typing import Any

from families import Fields

from shiftplan.testing.pictures import window
from shiftplan.testing.proof import WEIGHT


class Row:
    """One roster, and what the rule says of it.

    `says` are the findings in their order, each "who | where | message"; None where only amount
    and cost are held.
    """

    def __init__(
        self,
        name: str,
        picture: str,
        amount: int,
        cost: int | None = None,
        *,
        says: tuple[str, ...] | None = None,
        **fields: Any,
    ) -> None:
        self.name, self.picture, self.amount, self.fields = name, picture, amount, fields
        self.cost = WEIGHT * amount if cost is None else cost
        self.says = says


class Table:
    """Rows about one rule with the same parameters, on the same ground."""

    def __init__(self, kind: str, params: Fields, *rows: Row, **ground: Any) -> None:
        self.kind, self.params, self.rows, self.ground = kind, params, rows, ground


def before(**fields: Any) -> tuple[Fields, ...]:
    return ({"volunteer_id": "ana", **fields},)


NIGHTS = "NM"
PORTAL = ({"skill_id": "portal", "max_level": 4}, {"skill_id": "khmer"})
HOLDERS = {"dan": {"skills": {"portal": 3}}, "eve": {"skills": {"portal": 2}}}
THREE_STATES = (
    window("ana", "preferred", 0, 1),
    window("ana", "available", 1, 2),
    window("ana", "undesired", 2, 4),
)


def needs(*rows: tuple[str, str | None, int, int]) -> tuple[Fields, ...]:
    """Requirements as (shift, skill, minimum, target)."""
    keys = ("shift_id", "skill_id", "minimum", "target")
    return tuple(dict(zip(keys, row, strict=True)) for row in rows)
