"""Fair volunteer shift rosters for many service centers, with a proven bound.

>>> import shiftplan
>>> problem = shiftplan.read_week("examples/data/an_giang")  # doctest: +SKIP
>>> result = shiftplan.solve(problem, time_limit=60)  # doctest: +SKIP
>>> result.total.cost, result.total.bound  # doctest: +SKIP

The names stand in the order of the data: a `Problem` is read from files or made in Python, `solve`
finds a `Roster` and checks it, and `check` scores any roster, also one made by hand; then comes
what explains, improves, mends, shows and carries on a roster.
"""

from __future__ import annotations

from shiftplan.starting import starting as _starting

_starting()

# ruff: noqa: E402, I001
from shiftplan.versions import __version__ as __version__

# Errors
from shiftplan.errors import ClusterError as ClusterError
from shiftplan.errors import Fault as Fault
from shiftplan.errors import InputError as InputError
from shiftplan.errors import MissingExtraError as MissingExtraError
from shiftplan.errors import ModelError as ModelError
from shiftplan.errors import NoRosterError as NoRosterError
from shiftplan.errors import ShiftplanError as ShiftplanError

# The input
from shiftplan.problem import Problem as Problem
from shiftplan.problem.horizon import Horizon as Horizon
from shiftplan.problem.records import Availability as Availability
from shiftplan.problem.records import Center as Center
from shiftplan.problem.records import History as History
from shiftplan.problem.records import Pin as Pin
from shiftplan.problem.records import Preference as Preference
from shiftplan.problem.records import Published as Published
from shiftplan.problem.records import Requirement as Requirement
from shiftplan.problem.records import Shift as Shift
from shiftplan.problem.records import Skill as Skill
from shiftplan.problem.records import SkillGrant as SkillGrant
from shiftplan.problem.records import Volunteer as Volunteer
from shiftplan.problem.demand import Demand as Demand
from shiftplan.problem.demand import LanguageShare as LanguageShare
from shiftplan.problem.demand import Policy as Policy
from shiftplan.problem.demand import Service as Service
from shiftplan.problem.demand import Setting as Setting
from shiftplan.problem.profile import with_recommended as with_recommended

# Files
from shiftplan.files import read_attendance as read_attendance
from shiftplan.files import read_changes as read_changes
from shiftplan.files import read_days as read_days
from shiftplan.files import read_ledger as read_ledger
from shiftplan.files import read_problem as read_problem
from shiftplan.files import read_reserves as read_reserves
from shiftplan.files import read_roster as read_roster
from shiftplan.files import read_week as read_week
from shiftplan.files import read_workbook as read_workbook
from shiftplan.files import write_history as write_history
from shiftplan.files import write_ledger as write_ledger
from shiftplan.files import write_requirements as write_requirements
from shiftplan.files import write_reserves as write_reserves
from shiftplan.files import write_roster as write_roster
from shiftplan.files import write_template as write_template
from shiftplan.files import write_week as write_week
from shiftplan.files import write_workbook as write_workbook

# Requirements from a forecast of citizens
from shiftplan.citizens.staffing import Staffing as Staffing
from shiftplan.citizens.staffing import staff as staff

# A roster: found, checked, measured
from shiftplan.problem.roster import Assignment as Assignment
from shiftplan.problem.roster import Roster as Roster
from shiftplan.solving.solve import solve as solve
from shiftplan.solving.result import Conflict as Conflict
from shiftplan.solving.result import Progress as Progress
from shiftplan.solving.result import Result as Result
from shiftplan.solving.result import Status as Status
from shiftplan.solving.result import StoppedBy as StoppedBy
from shiftplan.solving.result import WayOut as WayOut
from shiftplan.solving.conflict import find_conflict as find_conflict
from shiftplan.solving.conflict import ways_out as ways_out
from shiftplan.scoring.check import Score as Score
from shiftplan.scoring.check import check as check
from shiftplan.scoring.fairness import Fairness as Fairness
from shiftplan.scoring.fairness import fairness as fairness
from shiftplan.scoring.equity import Equity as Equity
from shiftplan.scoring.equity import equity as equity
from shiftplan.scoring.comparison import Comparison as Comparison
from shiftplan.scoring.comparison import compare_rosters as compare_rosters

# Why it is so, and what would help
from shiftplan.explain import Answer as Answer
from shiftplan.explain import SeatReasons as SeatReasons
from shiftplan.explain import emptiest as emptiest
from shiftplan.explain import explain_seat as explain_seat
from shiftplan.explain import explain_why_here as explain_why_here
from shiftplan.explain import explain_why_not as explain_why_not
from shiftplan.advice import Advice as Advice
from shiftplan.advice import advise as advise
from shiftplan.tradeoff import Tradeoff as Tradeoff
from shiftplan.tradeoff import tradeoff as tradeoff

# What citizens feel
from shiftplan.citizens.simulate import Conduct as Conduct
from shiftplan.citizens.simulate import Experience as Experience
from shiftplan.citizens.simulate import compare_experiences as compare_experiences
from shiftplan.citizens.simulate import simulate as simulate

# Stand-by lists, trades and late changes
from shiftplan.reserves import Reserve as Reserve
from shiftplan.reserves import reserves as reserves
from shiftplan.trades import Candidate as Candidate
from shiftplan.trades import Trades as Trades
from shiftplan.trades import Suggestion as Suggestion
from shiftplan.trades import Trade as Trade
from shiftplan.trades import chains as chains
from shiftplan.trades import partners as partners
from shiftplan.trades import suggest as suggest
from shiftplan.trades import swap as swap
from shiftplan.problem.changes import Absence as Absence
from shiftplan.problem.changes import Arrival as Arrival
from shiftplan.problem.changes import Cancellation as Cancellation
from shiftplan.problem.changes import Closing as Closing
from shiftplan.problem.changes import Need as Need
from shiftplan.problem.changes import Offer as Offer
from shiftplan.replan import Repair as Repair
from shiftplan.replan import WhatIf as WhatIf
from shiftplan.replan import repair as repair
from shiftplan.replan import what_if as what_if

# What people get
from shiftplan.report import write_report as write_report
from shiftplan.sheets import write_roster_workbook as write_roster_workbook
from shiftplan.handouts import calendars as calendars
from shiftplan.handouts import messages as messages
from shiftplan.handouts import write_handouts as write_handouts

# From week to week
from shiftplan.ledger import Ledger as Ledger
from shiftplan.ledger import Memory as Memory
from shiftplan.ledger import Turnout as Turnout
from shiftplan.rollover import NewWeek as NewWeek
from shiftplan.rollover import new_week as new_week
from shiftplan.rollover.workdays import Day as Day
from shiftplan.rollover.workdays import Workdays as Workdays
from shiftplan.rollover.workdays import with_holidays as with_holidays
from shiftplan.anonymous import Anonymous as Anonymous
from shiftplan.anonymous import anonymize as anonymize

# Many weeks of many provinces
from shiftplan.batch import Batch as Batch
from shiftplan.batch import plan_batch as plan_batch
from shiftplan.batch import preview_batch as preview_batch
