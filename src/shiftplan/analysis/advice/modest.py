"""Steps that ask for no more skill than their gain needs.

`Gain` -> the `Gain` of the least training, or of a new volunteer with the fewest skills, that the
same roster allows at the same cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shiftplan.analysis.advice.candidates import training
from shiftplan.analysis.advice.results import Gain
from shiftplan.analysis.advice.steps import Step
from shiftplan.analysis.advice.trimming import needed_skills
from shiftplan.analysis.advice.typical import empty_seats
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.week.roster import Roster


def modest(problem: Problem, gain: Gain) -> Gain:
    """The gain with the step that asks least of those with which its roster is as good."""
    as_good = _worth(gain.step.apply(problem), gain.roster)
    for step in _lesser(problem, gain):
        if _worth(step.apply(problem), gain.roster) == as_good:
            return replace(gain, step=step)
    return gain


def _worth(problem: Problem, roster: Roster) -> tuple[bool, dict[int, int], int]:
    """Whether a roster holds, its cost by level, and its empty seats."""
    score = check(problem, roster)
    return score.is_feasible, dict(score.levels), sum(empty_seats(problem, roster).values())


def _lesser(problem: Problem, gain: Gain) -> Iterator[Step]:
    """Steps of the same kind that ask for less, the least first."""
    step, person = gain.step, gain.step.person
    if person is None:
        return
    if step.grant is not None:
        (now,) = (v for v in problem.volunteers if v.volunteer_id == person.volunteer_id)
        for level in range(int(step.before or 0) + 1, step.grant.level):
            yield training(problem, now, step.grant.skill_id, level)
    if step.kind == "volunteer":
        (needed,) = needed_skills(step.apply(problem), gain.roster, [person])
        if needed.skills != person.skills:
            yield replace(step, person=needed)
