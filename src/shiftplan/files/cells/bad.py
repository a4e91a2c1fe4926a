"""Why a cell cannot be read.

Reason and way out -> `Bad`, which the table of the cell makes a fault of.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shiftplan.errors import FaultCode
from shiftplan.errors.message import Message


@dataclass(frozen=True, slots=True)
class Bad:
    """Why a cell cannot be read."""

    code: FaultCode
    message: Message
    remedy: str | Message = ""


Read = Callable[[str], object]
"""Reads one cell that is not blank: its value, or `Bad`."""
