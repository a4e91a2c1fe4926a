"""Weeks of a season: planned one after another, each with a look ahead."""

from __future__ import annotations

from shiftplan.seasons.joined.ahead import Ahead as Ahead
from shiftplan.seasons.joined.ahead import CandidateRoster as CandidateRoster
from shiftplan.seasons.joined.ahead import Resampled as Resampled
from shiftplan.seasons.joined.ahead import plan_ahead as plan_ahead
from shiftplan.seasons.joined.joining import PlannedWeek as PlannedWeek
from shiftplan.seasons.joined.joining import join_weeks as join_weeks
from shiftplan.seasons.joined.joining import plan_weeks as plan_weeks
from shiftplan.seasons.joined.pro_rata import pro_rata as pro_rata
