"""A `result.json` read back: the part that a reader needs, or what stands beside a roster.

(Model of the part, path) -> the part; (path, `Problem`, `Roster`, `Score`) -> `Result`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, NonNegativeFloat, NonNegativeInt, ValidationError

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.text import file_fault, read_text
from shiftplan.problem import Problem
from shiftplan.problem.validation import NEWER
from shiftplan.scoring.check import Score
from shiftplan.scoring.equity import equity
from shiftplan.solving.result import (
    RESULT_SCHEMA,
    Cost,
    HintUse,
    Poor,
    Progress,
    Result,
    Status,
    StoppedBy,
)
from shiftplan.solving.trouble import PoorReason
from shiftplan.week.roster import Roster

_REMEDY = Message("solving.result_beside")
_OTHER_WEEK = Message("solving.planned_otherwise")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class ResultPart(_Frozen):
    """What a reader needs of a `result.json`; whatever else the file holds is left aside."""

    schema_version: Literal[1]


class _Version(BaseModel):
    schema_version: Annotated[int, Field(strict=True)]


Part = TypeVar("Part", bound=ResultPart)


def read_result_part(part: type[Part], path: Path, remedy: str | Message = "") -> Part:
    """Read what is needed of a result: the fields of a model.

    Raises
    ------
    InputError
        The file cannot be read, was written by a newer version, or is no result; then `remedy` is
        told as the way out.
    """
    text = read_text(path)
    try:
        return part.model_validate_json(text)
    except ValidationError as error:
        _refuse_newer(text, path)
        first = error.errors()[0]
        place, message = ".".join(map(str, first["loc"])), Message("files.no_result")
        if place:
            how = "without" if first["type"] == "missing" else "by"
            message = Message(f"files.no_result_{how}", field=place)
        raise file_fault("invalid_value", path, message, remedy) from None


def _refuse_newer(text: str, path: Path) -> None:
    try:
        version = _Version.model_validate_json(text).schema_version
    except ValidationError:
        return
    if version > RESULT_SCHEMA:
        message, column = Message("files.version_needed", n=RESULT_SCHEMA), "schema_version"
        fault = Fault(
            "not_one_of", path.stem, column, str(version), message, remedy=NEWER, file=path.name
        )
        raise InputError([fault])


_Seconds = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
_Amount = Annotated[int, Field(ge=0, le=10**15)] | None


class _CostRead(_Frozen):
    cost: NonNegativeInt | None
    bound: NonNegativeInt | None


class _HintRead(_Frozen):
    assignments: NonNegativeInt
    kept: NonNegativeInt


class _PoorRead(_Frozen):
    reason: PoorReason
    seats: int
    fillable: int
    filled: int
    gap: float | None
    barred: dict[str, int] = {}


class _Outcome(ResultPart):
    problem_digest: str
    status: Status
    stopped_by: StoppedBy | None
    seconds: NonNegativeFloat
    total: _CostRead
    levels: dict[int, _CostRead]
    hint: _HintRead | None = None
    poor: _PoorRead | None = None
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
    problem, roster, score
        The week, its roster, and the roster's score.

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
        total=Cost(**dict(read.total)),
        levels={level: Cost(**dict(cost)) for level, cost in read.levels.items()},
        poor=None if read.poor is None else Poor(**dict(read.poor)),
        equity=equity(problem, roster),
        nobody_at=read.nobody_at,
        nobody_on=read.nobody_on,
        seconds=read.seconds,
        history=tuple(Progress(*at, {}) for at in sorted(read.history, key=lambda at: at[0])),
        hint=None if read.hint is None else HintUse(**dict(read.hint)),
        problem_digest=read.problem_digest,
    )
    require_same(result, problem, score, file)
    return result


def require_same(result: Result, problem: Problem, score: Score, file: Path) -> None:
    """Refuse a result about another week or roster: its bound would say nothing of this one."""
    if result.problem_digest not in ("", problem.digest):
        message, remedy = Message("solving.of_another_week"), _OTHER_WEEK
    elif result.total.cost != score.total:
        cost = result.total.cost
        code = "solving.of_no_roster" if cost is None else "solving.of_another_roster"
        message, remedy = Message(code, cost=cost, total=score.total), _REMEDY
    else:
        return
    error: InputError = file_fault("invalid_value", file, message, remedy)
    raise error
