"""Opening hours become shifts, and standard needs become their requirements.

Rows of the tables `opening`, `needs` and `days`, with centers and horizon -> shifts, requirements.
"""

from __future__ import annotations

from shiftplan.seasons.opening.needs import MadeRequirements, make_requirements
from shiftplan.seasons.opening.rows import Hours, StandardNeed
from shiftplan.seasons.opening.shifts import MadeShifts, make_shifts
from shiftplan.week.days import Days

__all__ = [
    "Days",
    "Hours",
    "MadeRequirements",
    "MadeShifts",
    "StandardNeed",
    "make_requirements",
    "make_shifts",
]
