"""A published roster mended after late changes, with as few further changes as possible."""

from __future__ import annotations

from shiftplan.replan.mend import repair
from shiftplan.replan.notices import Notice
from shiftplan.replan.outcome import Repair, WhatIf
from shiftplan.replan.what_if import what_if

__all__ = ["Notice", "Repair", "WhatIf", "repair", "what_if"]
