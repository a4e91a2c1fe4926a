"""The model of a problem.

`Problem` -> `Model`, into which all rules that hold are posted.
"""

from __future__ import annotations

from shiftplan.case.arrays import Arrays
from shiftplan.model import Model
from shiftplan.problem import Problem
from shiftplan.rules.registry import exclusive_classes, forbidden_pairs


def build(problem: Problem) -> Model:
    """Post all rules of a problem into a new model."""
    arrays, rules = Arrays(problem), problem.active_rules
    eligible, exclusive = ~forbidden_pairs(rules, arrays), exclusive_classes(rules, arrays)
    model = Model(arrays, eligible, exclusive, rules=rules, rates=problem.rate_of)
    for rule in sorted(rules, key=lambda r: not r.hard):
        rule.post(model)
    return model
