"""Whom something that is handed out is for: a person, or a center.

Ids -> `Owner`, by which calendars, messages and what was sent are looked up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

from shiftplan.week.fields import Id


@dataclass(frozen=True, slots=True, order=True)
class Owner:
    """Whom a calendar or a message is for: a person, or a center."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", revalidate_instances="always"
    )
    kind: Literal["volunteer", "center"]
    """A person or a center."""
    id: Id
    """Its id."""
