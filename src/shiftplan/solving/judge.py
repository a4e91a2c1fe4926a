"""The last word on what engines found: the checker's.

(`Problem`, its `Model`, values) -> `Roster` and `Score`, or an error that keeps the evidence.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping
from pathlib import Path

from shiftplan.engines.highs import settle
from shiftplan.engines.task import Array
from shiftplan.errors import ModelError
from shiftplan.errors.message import Message
from shiftplan.model import Model, Program
from shiftplan.problem import Problem
from shiftplan.scoring.check import Score, check
from shiftplan.solving.result import EXACT
from shiftplan.week.roster import Roster

_OURS = __name__.partition(".")[0]
"""The package whose rules are tried against its model."""


def judged(problem: Problem, model: Model, program: Program, values: Array) -> tuple[Roster, Score]:
    """The roster of a solution, float of shape (num_columns,), and its score by the checker.

    Raises
    ------
    ModelError
        If the checker finds a broken hard rule or another cost than the model.
    """
    roster = model.pairs.roster(values)
    score = check(problem, roster)
    claimed = program.costs(settle(program, values))
    if score.broken or not _are_equal(claimed, score.levels):
        what = figures(model=claimed, check=score.levels, hard=dict(score.hard))
        raise disagreement(problem, what, roster)
    return roster, score


def _are_equal(claimed: Mapping[int, float], levels: Mapping[int, int]) -> bool:
    """Whether costs of levels are equal; large ones as far as the model's arithmetic can tell."""
    return claimed.keys() == levels.keys() and all(
        claimed[level] == cost
        if abs(cost) < EXACT
        else math.isclose(claimed[level], cost, rel_tol=1e-9)
        for level, cost in levels.items()
    )


def better(program: Program, known: Array | None, found: Array) -> Array:
    """The better of two solutions in the strict order, float of shape (num_columns,).

    What was found is settled first, for columns that only levels not asked for pay for may be
    anywhere; what is `known`, None for nothing, is settled already. Of equals it is the one known.
    """
    if found is known:
        return found
    found = settle(program, found)
    if known is None or program.rank(found, strict=True) < program.rank(known, strict=True):
        return found
    return known


def figures(**values: object) -> Message:
    """What the model and the checker found, for whoever looks for the bug."""
    return Message("model.figures", values=[f"{name} {value}" for name, value in values.items()])


def disagreement(
    problem: Problem, what: Message, roster: Roster | None, *, between: str = "model.and_checker"
) -> ModelError:
    """The error for two, named by the code `between`, that cannot both be right.

    The problem is saved for a report, without phones, contacts and columns of people's own, where
    there is a place for it. Rules that others have registered are named: most likely one of them
    states two things.
    """
    told = Message("model.disagree", between=Message(between), what=what)
    strange = {r.rule for r in problem.rules if type(r).__module__.partition(".")[0] != _OURS}
    if strange:
        told = Message("model.maybe_own_rule", told=told, rules=tuple(sorted(strange)))
    try:
        return ModelError(told, _saved(problem, roster))
    except OSError as error:
        return ModelError(told, details=str(error))


def _saved(problem: Problem, roster: Roster | None) -> Path:
    """A new folder with the problem, and the roster if there is one."""
    folder = Path(tempfile.mkdtemp(prefix="shiftplan-bug-"))
    (folder / "problem.json").write_text(problem.without_contacts().to_json(), encoding="utf-8")
    if roster is not None:
        (folder / "roster.json").write_text(roster.to_json(), encoding="utf-8")
    return folder
