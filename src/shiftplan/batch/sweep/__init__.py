"""Weeks under several assumptions, planned one after the other and compared.

Weeks and what is varied -> a folder of results -> `Sweep` -> table, page and picture.
"""

from __future__ import annotations

from shiftplan.batch.sweep.running import Sweep, SweepRow, plan_sweep

__all__ = ["Sweep", "SweepRow", "plan_sweep"]
