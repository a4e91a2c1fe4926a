"""A published roster mended after late changes, with as few further changes as possible."""

from __future__ import annotations

from shiftplan.analysis.repair.mend import repair
from shiftplan.analysis.repair.notices import Notice
from shiftplan.analysis.repair.outcome import Repair, WhatIf
from shiftplan.analysis.repair.what_if import what_if

__all__ = ["Notice", "Repair", "WhatIf", "repair", "what_if"]
