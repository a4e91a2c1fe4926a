"""The model of a problem.

`Problem` -> `Model`, into which all rules that hold are posted.
"""

from __future__ import annotations

from collections.abc import Sequence

from shiftplan.case.arrays import Arrays
from shiftplan.model import Model
from shiftplan.problem import Problem
from shiftplan.rules import Rule
from shiftplan.rules.given import Pins, Stability
from shiftplan.rules.registry import exclusive_classes, forbidden_pairs

_LAST = "model"
"""Where problems that share most tables keep the model made of these."""


def build(problem: Problem) -> Model:
    """Post all rules of a problem into a new model."""
    rules = problem.active_rules
    return _posted(_model(Arrays(problem), rules, problem), rules)


def build_again(problem: Problem) -> Model:
    """The model of a problem, made in a tenth of the time where it is one of several near ones.

    Problems that differ in pins, in what was published and in rates share the model of all other
    rules: the first that is asked for makes it. Into a copy of it, what differs is posted. So a
    pair that only pins or published assignments forbid is a column, unlike in `build`, whose upper
    bound is 0. All solutions and costs are the same.
    """
    rules = problem.active_rules
    lasting = tuple(rule for rule in rules if _lasts(rule))
    model: Model | None = problem.shared.get(_LAST)
    if model is None or model.rules != lasting:
        model = _posted(_model(Arrays(problem), lasting, problem), lasting)
        problem.shared[_LAST] = model
    others = [rule for rule in rules if not _lasts(rule)]
    arrays = model.arrays.of(problem)
    closed = forbidden_pairs(others, arrays)
    near = model.of(arrays, closed=closed, rules=rules, rates=problem.rate_of)
    return _posted(near, others)


def _lasts(rule: Rule) -> bool:
    """Whether pins and what was published are nothing to a rule; rules of others may read them."""
    is_own = type(rule).__module__.startswith("shiftplan.rules.")
    return is_own and not isinstance(rule, (Pins, Stability))


def _model(arrays: Arrays, rules: tuple[Rule, ...], problem: Problem) -> Model:
    eligible, exclusive = ~forbidden_pairs(rules, arrays), exclusive_classes(rules, arrays)
    return Model(arrays, eligible, exclusive, rules=rules, rates=problem.rate_of)


def _posted(model: Model, rules: Sequence[Rule]) -> Model:
    for rule in sorted(rules, key=lambda r: not r.hard):
        rule.post(model)
    return model
