"""What would help a roster most: people, trainings and limits, each tried and checked.

(`Problem`, `Roster`) -> `advise` -> `Advice` of `Gain`s and a `Filling` -> JSON, tables and
sentences. The solvers are loaded with the first call.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from shiftplan.analysis.advice.courses import Courses, Learner, ProposedCourse
from shiftplan.analysis.advice.gains import Advice, Gain, TrainedTogether
from shiftplan.analysis.advice.newcomers import AskedSkill, Barrier, Filling, Lack
from shiftplan.analysis.advice.steps import Step
from shiftplan.engines.params import SearchOptions, SearchParams
from shiftplan.errors import Fault, InputError
from shiftplan.errors.allowed import FromOne
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.scoring.check import check
from shiftplan.solving.interrupts import interrupts
from shiftplan.week.roster import Roster

__all__ = [
    "Advice",
    "AskedSkill",
    "Barrier",
    "Courses",
    "Filling",
    "Gain",
    "Lack",
    "ProposedCourse",
]
__all__ += ["Learner", "Step", "TrainedTogether", "advise"]

SECONDS = 60.0
"""Seconds for an advice, where nothing else is asked for."""


class AdviceOptions(SearchOptions):
    """Those of `advise`."""

    most: FromOne


@takes_week
def advise(
    problem: Problem,
    roster: Roster,
    *,
    most: int = 10,
    time_limit: float | None = SECONDS,
    seed: int = 0,
    fill_seats: bool = True,
    with_courses: bool = True,
    cancel: threading.Event | None = None,
    params: SearchParams | Mapping[str, Any] | None = None,
) -> Advice:
    """Find the steps that would lower the cost of a roster most: people, trainings, limits.

    The linear relaxation prices every step; those that promise most are taken one at a time, the
    roster is solved again near them and checked. Gains are counted in the total, also where the
    order of levels is strict. How many are tried depends on the time; a small problem's all are.

    Parameters
    ----------
    problem, roster
        What is planned, and a roster that keeps its hard rules.
    most
        Most steps to return, 1 or more, besides the three best of each group.
    time_limit
        Seconds for everything; None for no limit.
    fill_seats
        Whether to find the people who would fill all empty seats.
    with_courses
        Whether to look for courses that would help in later weeks.
    seed, cancel, params
        As `solve` takes them; advice that is cancelled is what was found so far.

    Raises
    ------
    InputError
        If an option is out of range, or the roster breaks a hard rule.
    """
    options = AdviceOptions(
        most=most, time_limit=time_limit, seed=seed, cancel=cancel, params=params
    )
    broken = check(problem, roster).broken
    if broken:
        first = broken[0]
        message = Message("advice.roster_breaks_rules", rule=first.rule.rule, why=first.message)
        remedy = Message("advice.check_roster")
        raise InputError([Fault("broken_rules", "roster", message=message, remedy=remedy)])
    with interrupts(cancel) as stop:
        from shiftplan.analysis.advice.run import run

        return run(
            problem,
            roster,
            options,
            stop,
            most=most,
            fill_seats=fill_seats,
            with_courses=with_courses,
        )
