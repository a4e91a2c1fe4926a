"""Weeks of a season: planned one after another, each with a look ahead."""

from __future__ import annotations

from shiftplan.season.candidates import Ahead, CandidateRoster, plan_ahead
from shiftplan.season.joining import join_weeks
from shiftplan.season.pro_rata import pro_rata
from shiftplan.season.sampling import Resampled
from shiftplan.season.weeks import PlannedWeek, plan_weeks

__all__ = [
    "Ahead",
    "CandidateRoster",
    "PlannedWeek",
    "Resampled",
    "join_weeks",
    "plan_ahead",
    "plan_weeks",
    "pro_rata",
]
