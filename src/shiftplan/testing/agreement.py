"""Agreement of `check` and the model on every roster of a tiny problem.

`Problem` -> `compare` -> number of rosters judged, or the picture of the first one on which the
two differ.
"""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np

from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.solving.building import build
from shiftplan.testing.judging import Array, Judge, Verdict
from shiftplan.testing.pictures import draw
from shiftplan.week.roster import Assignment, Roster

MOST_PAIRS = 12
COUNT = {"rosters": 0, "problems": 0, "solved": 0}
"""What `compare` enumerated in this run."""


def all_pairs(problem: Problem) -> list[tuple[int, int]]:
    """(volunteer, shift) indexes whose subsets are all the rosters to be judged.

    All pairs where there are few, so that forbidden ones are judged too; else the model's own.
    """
    everything = list(product(range(len(problem.volunteers)), range(len(problem.shifts))))
    if len(everything) <= MOST_PAIRS:
        return everything
    model = build(problem)
    own = list(zip(model.pairs.volunteer.tolist(), model.pairs.shift.tolist(), strict=True))
    assert len(own) <= MOST_PAIRS + 2, f"{len(own)} pairs are too many to enumerate"
    return own


def all_choices(count: int) -> Array:
    """Every subset of `count` pairs, bool of shape (2 ** count, count)."""
    return np.asarray((np.arange(2**count)[:, None] >> np.arange(count)) % 2 == 1)


def roster_of(problem: Problem, pairs: list[tuple[int, int]], chosen: Array) -> Roster:
    """The roster of a choice of pairs; it skips validation, for speed."""
    ids = [
        Assignment(problem.shifts[s].shift_id, problem.volunteers[v].volunteer_id)
        for (v, s), kept in zip(pairs, chosen, strict=True)
        if kept
    ]
    return Roster.model_construct(assignments=tuple(sorted(ids)))


def checked(problem: Problem, pairs: list[tuple[int, int]], choices: Array) -> Verdict:
    """What `check` says of each choice."""
    feasible, costs = [], []
    for chosen in choices:
        score = check(problem, roster_of(problem, pairs, chosen))
        feasible.append(score.is_feasible)
        costs.append([*score.levels.values(), score.total])
    return Verdict(np.array(feasible), np.array(costs, dtype=float))


def difference(
    problem: Problem, pairs: list[tuple[int, int]], choices: Array, truth: Verdict
) -> str:
    """The first roster on which the model differs from a verdict, as text; empty for none."""
    judge = Judge(problem)
    said = judge.say(pairs, choices)
    COUNT["solved"] += judge.solved
    same_costs = (abs(said.costs - truth.costs) < 1e-4).all(axis=1)
    agree = (said.feasible == truth.feasible) & (~truth.feasible | same_costs)
    if agree.all():
        return ""
    i = int(np.flatnonzero(~agree)[0])
    rules = "\n".join(repr(rule) for rule in problem.rules)
    names = [*(f"level {level}" for level in problem.levels), "total"]

    def words(verdict: Verdict) -> str:
        if not verdict.feasible[i]:
            return "infeasible"
        return ", ".join(f"{n} {c:g}" for n, c in zip(names, verdict.costs[i], strict=True))

    return (
        f"\n{draw(problem, roster_of(problem, pairs, choices[i]))}\n"
        f"check: {words(truth)}\nmodel: {words(said)}\n"
        f"{rules}\nhistory: {problem.history}\n{(~agree).sum()} of {len(agree)} rosters differ"
    )


@cache
def _remembered() -> dict[int, tuple[Problem, list[tuple[int, int]], Array, Verdict]]:
    return {}


def truth(problem: Problem) -> tuple[list[tuple[int, int]], Array, Verdict]:
    """Pairs, all choices of them and what `check` says of each; remembered by problem object."""
    known = _remembered()
    if id(problem) not in known:
        pairs = all_pairs(problem)
        choices = all_choices(len(pairs))
        known[id(problem)] = (problem, pairs, choices, checked(problem, pairs, choices))
    return known[id(problem)][1:]


def compare(problem: Problem) -> int:
    """Assert that check and model agree on every roster; return how many there are."""
    pairs, choices, verdict = truth(problem)
    found = difference(problem, pairs, choices, verdict)
    assert not found, found
    COUNT["rosters"] += len(choices)
    COUNT["problems"] += 1
    return len(choices)
