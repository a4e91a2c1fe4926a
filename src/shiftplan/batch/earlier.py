"""What is known of a week that was planned before: where to start, and what people were told.

(`Job`, an earlier result) -> `Known`; calendars and messages are copied to go on from.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from shiftplan.batch.job import Job
from shiftplan.batch.names import TOLD
from shiftplan.errors import InputError
from shiftplan.files import read_roster
from shiftplan.files.result_file import ResultPart, read_result_part
from shiftplan.present.handouts import CALENDARS, MESSAGES, check_handouts
from shiftplan.present.outputs import RESULT, ROSTER
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import known_part
from shiftplan.week.roster import Roster


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a week that was planned before."""

    start: Roster | None = None
    """Where the search starts; None for nothing."""
    told: Roster | None = None
    """What people were told; None when nobody was told anything."""


def known_already(job: Job, problem: Problem, folder: Path) -> Known:
    """Read an earlier result; its calendars and messages are copied into a folder to go on from."""
    if job.earlier is None:
        return Known()
    try:
        roster = known_part(problem, read_roster(job.earlier / ROSTER))
        told = _told(job.earlier, problem, roster)
        check_handouts(job.earlier)
    except InputError:  # damaged, so that nothing can go on from it
        return Known()
    for name in (CALENDARS, MESSAGES):
        if (job.earlier / name).is_dir():
            shutil.copytree(job.earlier / name, folder / name)
    return Known(roster if len(roster) else told, told)


class _Handed(ResultPart):
    """Whether a result was handed out."""

    poor: object = None


def _told(earlier: Path, problem: Problem, roster: Roster) -> Roster | None:
    """The roster that people were told: not a very poor one, but perhaps one before it."""
    if (earlier / TOLD).exists():
        return known_part(problem, read_roster(earlier / TOLD))
    if (earlier / RESULT).exists() and read_result_part(_Handed, earlier / RESULT).poor is not None:
        return None
    return roster
