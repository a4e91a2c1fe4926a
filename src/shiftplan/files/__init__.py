"""Files in and out: planning weeks as CSV folders, problems as JSON, rosters as CSV or JSON."""

from __future__ import annotations

from shiftplan.files.problem_file import read_problem, write_problem
from shiftplan.files.reserves_csv import write_reserves
from shiftplan.files.roster_csv import read_roster, write_roster
from shiftplan.files.week import read_week, write_requirements, write_week

__all__ = [
    "read_problem",
    "read_roster",
    "read_week",
    "write_problem",
    "write_requirements",
    "write_reserves",
    "write_roster",
    "write_week",
]
