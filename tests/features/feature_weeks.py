"""The tiny weeks, by the names that docs/features.md gives them; a module for each of its parts."""

from __future__ import annotations

import fair_weeks
import hard_weeks
import input_weeks
import soft_weeks

WEEKS = input_weeks.WEEKS | hard_weeks.WEEKS | soft_weeks.WEEKS | fair_weeks.WEEKS
