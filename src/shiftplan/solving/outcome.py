"""What `result.json` says beside a roster: status, cost, proven bound, and how they came about.

(File, `Problem`, `Roster`, `Score`) -> `Result`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, NonNegativeFloat, NonNegativeInt

from shiftplan.errors import InputError
from shiftplan.files.json_file import ResultPart, read_result_part
from shiftplan.files.text import file_fault
from shiftplan.problem import Problem
from shiftplan.scoring.check import Score
from shiftplan.solving.result import Cost, HintUse, Poor, Progress, Result, Status, StoppedBy
from shiftplan.week.roster import Roster

_REMEDY = "Maybe it belongs to another roster; give the result.json written beside this one."
_OTHER_WEEK = (
    "Maybe --staff or --recommended was given when it was planned, or the history of weeks before; "
    "else leave it out: its bound says nothing of this week."
)


class _Cost(BaseModel):
    model_config = ConfigDict(frozen=True)

    cost: NonNegativeInt | None
    bound: NonNegativeInt | None


class _HintUse(BaseModel):
    model_config = ConfigDict(frozen=True)

    assignments: NonNegativeInt
    kept: NonNegativeInt


_Seconds = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
_Amount = Annotated[int, Field(ge=0, le=10**15)] | None


class _Outcome(ResultPart):
    problem_digest: str
    status: Status
    stopped_by: StoppedBy | None
    seconds: NonNegativeFloat
    total: _Cost
    levels: dict[int, _Cost]
    hint: _HintUse | None = None
    poor: Poor | None = None
    nobody_at: tuple[str, ...] = ()
    nobody_on: tuple[str, ...] = ()
    history: tuple[tuple[_Seconds, _Amount, _Amount], ...] = ()


def read_outcome(
    path: str | os.PathLike[str], problem: Problem, roster: Roster, score: Score
) -> Result:
    """Read a `result.json` for the roster it was written beside.

    Costs of levels over time are not in the file.

    Parameters
    ----------
    path
        The file.
    problem
        The week of the roster.
    roster
        The roster.
    score
        Its score.

    Raises
    ------
    InputError
        The file is no result, or that of another week or of a roster with another cost.
    """
    file = Path(path)
    read = read_result_part(_Outcome, file, _REMEDY)
    result = Result(
        status=read.status,
        stopped_by=read.stopped_by,
        roster=roster,
        score=score,
        total=Cost(read.total.cost, read.total.bound),
        levels={level: Cost(cost.cost, cost.bound) for level, cost in read.levels.items()},
        poor=read.poor,
        nobody_at=read.nobody_at,
        nobody_on=read.nobody_on,
        seconds=read.seconds,
        history=tuple(Progress(*moment, {}) for moment in sorted(read.history, key=_when)),
        hint=None if read.hint is None else HintUse(**dict(read.hint)),
        problem_digest=read.problem_digest,
    )
    require_same(result, problem, score, file)
    return result


def _when(moment: tuple[float, int | None, int | None]) -> float:
    return moment[0]


def require_same(result: Result, problem: Problem, score: Score, file: Path) -> None:
    """Refuse a result about another week or roster: its bound would say nothing of this one."""
    if result.problem_digest not in ("", problem.digest):
        message, remedy = "it is about another week, or this one before it was changed", _OTHER_WEEK
    elif result.total.cost != score.total:
        cost = result.total.cost
        told = "no roster" if cost is None else f"a roster that costs {cost}"
        message, remedy = f"it is about {told}, but the roster costs {score.total}", _REMEDY
    else:
        return
    error: InputError = file_fault("invalid_value", file, message, remedy)
    raise error
