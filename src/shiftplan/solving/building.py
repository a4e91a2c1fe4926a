"""The model of a problem.

`Problem` -> `Model`, into which all rules that hold are posted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from shiftplan.case.arrays import Array, Arrays
from shiftplan.model import Model
from shiftplan.problem import Problem
from shiftplan.rules import Rule
from shiftplan.rules.given import Pins, Stability
from shiftplan.rules.registry import exclusive_classes, forbidden_pairs

_GROUND, _LAST = "ground", "model"
"""Where problems that share most tables keep what is made of these: arrays, and a model."""


class _Ground(NamedTuple):
    """What lasts of problems near one another."""

    rules: tuple[Rule, ...]
    """The rules to which pins and what was published are nothing."""
    arrays: Arrays
    """The week of one of the problems."""
    closed: Array
    """Pairs that these rules forbid, bool of shape (num_volunteers, num_shifts)."""


class Room(NamedTuple):
    """Who could work which shift."""

    arrays: Arrays
    """The week."""
    possible: Array
    """Pairs that no rule forbids by itself, bool of shape (num_volunteers, num_shifts)."""


def build(problem: Problem) -> Model:
    """Post all rules of a problem into a new model."""
    rules, arrays = problem.active_rules, Arrays(problem)
    return _posted(_model(rules, arrays, forbidden_pairs(rules, arrays), problem), rules)


def build_again(problem: Problem) -> Model:
    """The model of a problem, made in a tenth of the time where it is one of several near ones.

    Problems that differ in pins, in what was published and in rates share the model of all other
    rules: the first that is asked for makes it. Into a copy of it, what differs is posted. So a
    pair that only pins or published assignments forbid is a column, unlike in `build`, whose upper
    bound is 0. All solutions and costs are the same.
    """
    ground, model = _ground(problem), problem.shared.get(_LAST)
    if model is None or model.rules is not ground.rules:
        model = _posted(_model(*ground, problem), ground.rules)
        problem.shared[_LAST] = model
    rules, others = problem.active_rules, _others(problem)
    arrays = ground.arrays.of(problem)
    closed = forbidden_pairs(others, arrays)
    near: Model = model.of(arrays, closed=closed, rules=rules, rates=problem.rate_of)
    return _posted(near, others)


def room_of(problem: Problem) -> Room:
    """Who could work which shift; of problems near one another most of it is made once."""
    ground = _ground(problem)
    arrays = ground.arrays.of(problem)
    return Room(arrays, ~(ground.closed | forbidden_pairs(_others(problem), arrays)))


def _ground(problem: Problem) -> _Ground:
    """What lasts, made for the first problem of those that share it."""
    lasting = tuple(rule for rule in problem.active_rules if _lasts(rule))
    ground: _Ground | None = problem.shared.get(_GROUND)
    if ground is None or ground.rules != lasting:
        arrays = Arrays(problem)
        ground = _Ground(lasting, arrays, forbidden_pairs(lasting, arrays))
        problem.shared[_GROUND] = ground
    return ground


def _others(problem: Problem) -> list[Rule]:
    """The rules that are asked, and posted, for each problem."""
    return [rule for rule in problem.active_rules if not _lasts(rule)]


def _lasts(rule: Rule) -> bool:
    """Whether pins and what was published are nothing to a rule; rules of others may read them."""
    is_own = type(rule).__module__.startswith("shiftplan.rules.")
    return is_own and not isinstance(rule, (Pins, Stability))


def _model(rules: tuple[Rule, ...], arrays: Arrays, closed: Array, problem: Problem) -> Model:
    exclusive = exclusive_classes(rules, arrays)
    return Model(arrays, ~closed, exclusive, rules=rules, rates=problem.rate_of)


def _posted(model: Model, rules: Sequence[Rule]) -> Model:
    for rule in sorted(rules, key=lambda r: not r.hard):
        rule.post(model)
    return model
