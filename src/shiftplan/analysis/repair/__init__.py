"""A published roster repaired after late changes, with as few further changes as possible."""

from __future__ import annotations

from shiftplan.analysis.repair.outcome import Notice, Repair, WhatIf
from shiftplan.analysis.repair.search import repair, what_if

__all__ = ["Notice", "Repair", "WhatIf", "repair", "what_if"]
