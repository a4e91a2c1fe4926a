"""What is handed to people: calendar files and messages, one for each person and each center."""

from __future__ import annotations

from shiftplan.present.handouts.calendars import Calendars, calendars
from shiftplan.present.handouts.messages import messages
from shiftplan.present.handouts.owners import Owner
from shiftplan.present.handouts.writing import (
    CALENDARS,
    MESSAGES,
    check_handouts,
    clear_handouts,
    revisions_in,
    write_handouts,
)

__all__ = [
    "CALENDARS",
    "MESSAGES",
    "Calendars",
    "Owner",
    "calendars",
    "check_handouts",
    "clear_handouts",
    "messages",
    "revisions_in",
    "write_handouts",
]
