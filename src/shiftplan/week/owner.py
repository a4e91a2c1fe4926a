"""Whom something that is handed out is for: a person, or a center.

Ids -> `Owner`, by which calendars, messages and what was sent are looked up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Owner:
    """Whom a calendar or a message is for: a person, or a center."""

    kind: Literal["volunteer", "center"]
    id: str
