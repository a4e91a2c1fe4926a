"""Who can be called when somebody does not come: a ranked list of people for each shift."""

from __future__ import annotations

from shiftplan.analysis.reserves.lists import Reserve, reserves

__all__ = ["Reserve", "reserves"]
