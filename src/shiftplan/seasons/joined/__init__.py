"""Weeks of a season: planned one after another, each with a look ahead."""

from __future__ import annotations

from shiftplan.seasons.joined.candidates import Ahead, CandidateRoster, plan_ahead
from shiftplan.seasons.joined.joining import join_weeks
from shiftplan.seasons.joined.pro_rata import pro_rata
from shiftplan.seasons.joined.sampling import Resampled
from shiftplan.seasons.joined.weeks import PlannedWeek, plan_weeks

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
