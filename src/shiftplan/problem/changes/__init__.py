"""What becomes different after a week was planned, and the week with it."""

from __future__ import annotations

from shiftplan.problem.changes.applied import possible, still_allowed, with_changes
from shiftplan.problem.changes.kinds import (
    Absence,
    AnyChange,
    Arrival,
    Cancellation,
    Closing,
    Need,
    Offer,
    Update,
    absent,
    closed,
)

__all__ = [
    "Absence",
    "AnyChange",
    "Arrival",
    "Cancellation",
    "Closing",
    "Need",
    "Offer",
    "Update",
    "absent",
    "closed",
    "possible",
    "still_allowed",
    "with_changes",
]
