"""Fair volunteer shift rosters for many service centers, with a proven bound.

>>> import shiftplan
>>> problem = shiftplan.read_week("examples/data/an_giang")  # doctest: +SKIP
>>> result = shiftplan.solve(problem, time_limit=60)  # doctest: +SKIP
>>> result.total.cost, result.total.bound  # doctest: +SKIP

The names stand in the order of the data: files are read into a `Problem`, or it is made in Python;
`solve` finds a `Roster`, and `check` scores any roster, also one made by hand; then comes what
changes a roster, answers questions about it, writes it for people, and goes on to the next week.
"""

from __future__ import annotations

import logging as _logging

from shiftplan import messages as _messages
from shiftplan.starting import starting as _starting


def _english(message: _messages.Message) -> str:
    """The English line of a message; its catalogue is read with the first one."""
    from shiftplan.present.words import english

    return english(message)


_starting()
_messages.english = _english
_logging.getLogger("shiftplan").addHandler(_logging.NullHandler())

# ruff: noqa: E402, I001, RUF022
from shiftplan.solving.versions import __version__

# Read
from shiftplan.files import (
    read_problem,
    read_tables,
    read_week,
    read_workbook,
    read_roster,
    read_changes,
    read_days,
    read_attendance,
    read_ledger,
    read_reserves,
)

# The problem
from shiftplan.problem import Problem
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import (
    Center,
    Skill,
    SkillGrant,
    Volunteer,
    Availability,
    Shift,
    Requirement,
    Pin,
    Preference,
    History,
    Published,
)
from shiftplan.week.demand import Service, Demand, LanguageShare, Policy, Setting
from shiftplan.problem.profile import with_recommended
from shiftplan.citizens.staffing import staff, Staffing

# Solve
from shiftplan.solving.solve import solve
from shiftplan.solving.conflict import find_conflict, ways_out
from shiftplan.solving.result import Result, Status, StoppedBy, Progress, Poor, PoorReason
from shiftplan.solving.result import Conflict, WayOut
from shiftplan.week.roster import Roster, Assignment

# Check
from shiftplan.scoring.check import check, Score
from shiftplan.scoring.fairness import fairness, FairnessMeasures
from shiftplan.scoring.equity import equity, EquityMeasures
from shiftplan.scoring.comparison import compare_rosters, Comparison
from shiftplan.citizens.simulate import simulate, Conduct, Experience, compare_experiences

# Change
from shiftplan.analysis.repair import repair, Repair, what_if, WhatIf
from shiftplan.problem.changes import Absence, Closing, Cancellation, Need, Arrival, Offer, Update
from shiftplan.analysis.reserves import reserves, Reserve
from shiftplan.analysis.trades import (
    suggest,
    Suggestion,
    Candidate,
    swap,
    Trade,
    partners,
    chains,
    Trades,
)

# Ask
from shiftplan.analysis.explain import (
    emptiest,
    explain_seat,
    SeatReasons,
    explain_why_not,
    explain_why_here,
    Answer,
)
from shiftplan.analysis.advice import advise, Advice
from shiftplan.analysis.tradeoff import tradeoff, Tradeoff

# Write
from shiftplan.files import (
    write_problem,
    write_week,
    write_workbook,
    write_template,
    write_requirements,
    write_roster,
    write_reserves,
    write_ledger,
    write_history,
)
from shiftplan.present.sheets import write_roster_workbook
from shiftplan.present.report import write_report
from shiftplan.present.handouts import calendars, messages, write_handouts

# The next week, and many of them
from shiftplan.seasons.ledger import Ledger, Turnout, Memory
from shiftplan.seasons.rollover import new_week, NewWeek
from shiftplan.seasons.rollover.workdays import Day, Workdays, with_holidays
from shiftplan.seasons.anonymous import anonymize, Anonymous
from shiftplan.batch import plan_batch, Batch, preview_batch

# What any of them may raise
from shiftplan.errors import (
    ShiftplanError,
    InputError,
    NoRosterError,
    MissingExtraError,
    ClusterError,
    ModelError,
)
from shiftplan.errors import Fault
from shiftplan.present.texts.faults_in_words import fault_text

# fmt: off
__all__ = [
    "__version__",
    # Read
    "read_problem", "read_tables", "read_week", "read_workbook", "read_roster", "read_changes",
    "read_days", "read_attendance", "read_ledger", "read_reserves",
    # The problem
    "Problem", "Horizon", "Center", "Skill", "SkillGrant", "Volunteer", "Availability", "Shift",
    "Requirement", "Pin", "Preference", "History", "Published", "Service", "Demand",
    "LanguageShare", "Policy", "Setting", "with_recommended", "staff", "Staffing",
    # Solve
    "solve", "find_conflict", "ways_out", "Result", "Status", "StoppedBy", "Progress", "Poor",
    "PoorReason", "Conflict", "WayOut", "Roster", "Assignment",
    # Check
    "check", "Score", "fairness", "FairnessMeasures", "equity", "EquityMeasures",
    "compare_rosters", "Comparison", "simulate", "Conduct", "Experience", "compare_experiences",
    # Change
    "repair", "Repair", "what_if", "WhatIf", "Absence", "Closing", "Cancellation", "Need",
    "Arrival", "Offer", "Update", "reserves", "Reserve", "suggest", "Suggestion", "Candidate",
    "swap", "Trade", "partners", "chains", "Trades",
    # Ask
    "emptiest", "explain_seat", "SeatReasons", "explain_why_not", "explain_why_here", "Answer",
    "advise", "Advice", "tradeoff", "Tradeoff",
    # Write
    "write_problem", "write_week", "write_workbook", "write_template", "write_requirements",
    "write_roster", "write_reserves", "write_ledger", "write_history", "write_roster_workbook",
    "write_report", "calendars", "messages", "write_handouts",
    # The next week, and many of them
    "Ledger", "Turnout", "Memory", "new_week", "NewWeek", "Day", "Workdays", "with_holidays",
    "anonymize", "Anonymous", "plan_batch", "Batch", "preview_batch",
    # What any of them may raise
    "ShiftplanError", "InputError", "NoRosterError", "MissingExtraError", "ClusterError",
    "ModelError", "Fault", "fault_text",
]
# fmt: on
