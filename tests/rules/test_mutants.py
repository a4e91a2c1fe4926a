"""Wrong statements of each rule, which agreement of check and model must reject.

A mutant is one change in the text of a method: off by one, a forgotten border, filter or last
window, a wrong direction, inexact indicators. The text is compared after `ast.unparse`, so that
formatting does not matter.
"""

from __future__ import annotations

import mixtures
import numpy as np
import pytest
import scopes
import tiny
from families import family_of
from mutants import WRONG_CHECKS, WRONG_POSTS

from shiftplan.case import case, reach
from shiftplan.case.arrays import Arrays
from shiftplan.case.case import Case
from shiftplan.model import Model
from shiftplan.model.pairs import Pairs
from shiftplan.problem import Problem
from shiftplan.rules import ALWAYS, RULES, exclusive, seats
from shiftplan.testing import agreement, mutated
from shiftplan.week.offers import Offers
from shiftplan.week.records import Shift
from shiftplan.week.requirements import Condition, Requirement
from shiftplan.week.scope import NamesOfPeople, Which
from shiftplan.week.travel import Connections

SURVIVORS = {
    # Without sharing there are more columns, all of them right.
    ("model", "shared is None"),
    # Exact indicators only cost a row more.
    ("max_weekends", "exact=False"),
    # The ceiling is posted twice: one row more.
    ("model", "(linear, None)"),
}
"""Changes that are no errors: they must survive on all problems, which takes long."""


def _size(problem):
    return len(problem.volunteers) * len(problem.shifts)


def _problems(kind, where):
    """Problems that tell a mutant, those first whose rosters are few."""
    if kind in SHARED:
        some = [p for problems in tiny.cases().values() for p in problems[::9]]
        whole = [
            p
            for kind in ("forbidden_succession", "skill_placement", "wish")
            for p in tiny.cases()[kind]
        ]
        most = [*sorted([*some, *whole], key=_size), *mixtures.mixed()]
        near = [p for rule in SEEN_BY.get((kind, where), ()) for p in tiny.cases()[rule]]
        near += scopes.named() if (kind, where) in OF_LIMITS else []
        return [*sorted(near, key=_size), *most]
    mixed = [p for p in mixtures.mixed() if any(r.rule == kind for r in p.rules)]
    limited = scopes.limited(kind) if kind in RULES else []
    own = [*sorted(tiny.cases()[kind], key=_size), *limited]
    if where == "_implied_by":  # what only other rules beside it can show
        return [*sorted(mixed, key=_size), *own]
    return [*own, *mixed]


SHARED = {
    "model": Model,
    "pairs": Pairs,
    "arrays": Arrays,
    "case": Case,
    "offers": Offers,
    "shift": Shift,
    "which": Which,
    "reach": reach,
    "ways": Connections,
    "condition": Condition,
    "names": NamesOfPeople,
    "sets": exclusive,
    "seats": seats,
    "seating": case,
    "need": Requirement,
}
"""What all rules lean on."""
SEEN_BY = {
    ("reach", "_as_the_crow_flies"): ("travel_time",),
    ("reach", "_quickest"): ("max_travel",),
    ("reach", "_made"): ("travel_time",),
    ("reach", "_told"): ("travel_time",),
    ("ways", "arrival"): ("travel_time",),
    ("ways", "minutes"): ("max_travel",),
    ("ways", "_arrival"): ("travel_time",),
    ("offers", "state_inside"): ("wish",),
    ("offers", "_least"): ("wish",),
    ("offers", "times"): ("wish_equality",),
    ("offers", "count"): ("fairness",),
    ("case", "wishes"): ("wish_equality",),
    ("case", "refused"): ("preferences",),
    ("condition", "is_met"): ("coverage",),
    ("seating", "seated"): ("coverage",),
    ("seating", "meeting"): ("coverage",),
    ("seating", "is_of_kind"): ("worst_center_first",),
    ("case", "filled"): ("worst_center_first",),
    ("seats", "pairs_counted"): ("surplus",),
    ("seats", "presence"): ("surplus", "coverage"),
    ("sets", "_closed"): ("minimum_coverage", "surplus"),
    ("sets", "_fits"): ("minimum_coverage",),
    ("arrays", "meets_on"): ("coverage",),
    ("case", "fitting"): ("coverage",),
    ("case", "paid"): ("budget",),
    ("case", "concerns"): ("shortage",),
    ("need", "may_count"): ("coverage",),
    ("arrays", "counted"): ("coverage",),
    ("arrays", "_counted"): ("coverage",),
    ("arrays", "center_of"): ("coverage",),
    ("arrays", "concerned"): ("shortage",),
    ("model", "below"): ("worst_center_first",),
    ("arrays", "tallied"): ("balance_shifts",),
    ("case", "tallied"): ("balance_shifts",),
    ("offers", "occupying"): ("occupied",),
    ("offers", "most"): ("min_shifts", "balance_hours"),
    ("arrays", "_find_max_shifts"): ("max_shifts",),
    ("arrays", "work_beside_shifts"): ("max_consecutive_minutes", "min_rest"),
    ("arrays", "_find_occupied"): ("occupied",),
    ("arrays", "occupied_by_day"): ("max_minutes",),
    ("case", "occupied_on"): ("max_minutes", "fairness"),
    ("arrays", "past"): ("fairness",),
    ("arrays", "_find_moments"): ("mentor",),
    ("case", "past"): ("fairness", "balance_hours"),
}
"""Method that few rules use -> the rules whose problems are tried before all others."""
OF_LIMITS = {
    *(("arrays", name) for name in ("in_group", "in_set", "at", "_of_skill", "_of_home")),
    ("arrays", "_days_meant"),
    *(("case", name) for name in ("members", "wishes")),
    *(("names", name) for name in ("has", "is_called")),
    *(("which", name) for name in ("has", "has_day")),
    ("model", "meant"),
}
"""Methods that say whom and which shifts a rule means."""
OWNERS = {**RULES, **{rule.rule: type(rule) for rule in ALWAYS}, **SHARED}


def _name(mutant):
    return f"{mutant.kind}.{mutant.where}: {mutant.old} -> {mutant.new}".replace(" ", "_")


def _marked(mutants):
    return [
        pytest.param(m, marks=[pytest.mark.slow] if (m.kind, m.old) in SURVIVORS else [])
        for m in mutants
    ]


@pytest.mark.parametrize("mutant", _marked(WRONG_POSTS), ids=_name)
def test_wrong_post_is_rejected(mutant):
    """A model with one error differs from the checker where the right one does not."""
    with mutated(OWNERS[mutant.kind], mutant.where, mutant.old, mutant.new):
        killer = next((p for p, *told in _told(mutant) if agreement.difference(p, *told)), None)

    if (mutant.kind, mutant.old) in SURVIVORS:
        assert killer is None
        return
    assert killer is not None, "no roster tells the mutant from the rule"
    assert not agreement.difference(killer, *agreement.truth(killer))


@pytest.mark.parametrize("mutant", WRONG_CHECKS, ids=_name)
def test_wrong_check_is_rejected(mutant):
    """A checker with one error differs from the model on some roster."""

    def is_killed_by(problem, pairs, choices, right):
        with mutated(OWNERS[mutant.kind], mutant.where, mutant.old, mutant.new):
            said = agreement.checked(_anew(problem), pairs, choices)
        if all(map(np.array_equal, said, right)):
            return False  # the right checker says the same, and the model agrees with that one
        return bool(agreement.difference(problem, pairs, choices, said))

    assert any(is_killed_by(*told) for told in _told(mutant))


def _told(mutant):
    """Problems, pairs, rosters and what is true of them: of each problem a few, then all."""
    problems = _problems(mutant.kind, mutant.where)
    return ((p, *agreement.truth(p, few=few)) for few in (True, False) for p in problems)


def _anew(problem):
    """The problem without what the right checker has kept of it."""
    return Problem.model_construct(**dict(problem))


def test_every_rule_has_mutants():
    """Each rule that posts rows or prices has two wrong posts at least."""
    count = dict.fromkeys([*RULES, "pins"], 0)
    for mutant in WRONG_POSTS:
        count[mutant.kind] = count.get(mutant.kind, 0) + 1

    few = {kind for kind, n in count.items() if n < 2} - {"available", "occupied"}
    files = [f"tests/rules/mutants/{family_of(kind)}.py: {kind}" for kind in sorted(few)]
    assert not few, f"fewer than two WRONG_POSTS: {'; '.join(files)}"
