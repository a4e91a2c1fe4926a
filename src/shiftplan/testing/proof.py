"""A rule proven in three ways: tables by hand, agreement of check and model, mutants.

Class of a rule, grounds to try it on, pictures with amounts, wrong statements -> nothing, or an
AssertionError with the picture of a roster.
"""

from __future__ import annotations
import __future__

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from typing import Any

import numpy as np
from pydantic import TypeAdapter, ValidationError

from shiftplan.errors.message.catalogue import catalogue
from shiftplan.problem import Problem
from shiftplan.rules import RULES, UNLESS_NAMED, AnyRule, Rule, rule
from shiftplan.scoring.check import check
from shiftplan.scoring.moves import Moves
from shiftplan.testing.agreement import (
    Judge,
    all_pairs,
    checked,
    compare,
    difference,
    roster_of,
    truth,
)
from shiftplan.testing.pictures import draw, parse, plan
from shiftplan.week.roster import Assignment, Change, Roster

Fields = Mapping[str, Any]
WEIGHT = 7
"""Weight of a soft rule that is tried."""
_CHANGED = 20
"""Rosters of a problem of which all single changes are judged."""


def prove(
    cls: type[Rule],
    params: Fields,
    grounds: Sequence[Fields],
    rows: Sequence[tuple[str, int]],
    wrong: Sequence[tuple[str, str, str]] = (),
) -> int:
    """Assert that a rule is stated rightly, twice in the same way, and sees what it says it sees.

    Parameters
    ----------
    cls
        Class of the rule, registered or not.
    params
        Its parameters, but for level and weight: it is tried hard, and soft with weight 7.
    grounds
        Keywords of `plan` for tiny problems, of at most 12 pairs of a person and a shift, or of
        more if no more than 14 are possible, and so in the model. Each roster of each of them is
        judged by `check` and by the model.
    rows
        Pictures of rosters of the first ground, and by which amount each breaks the rule.
    wrong
        Method, a piece of its text as `ast.unparse` writes it, and what stands there in a wrong
        statement, such as `("post", "self.max_days + 1", "self.max_days")`.

    Returns
    -------
    Number of rosters on which `check` and the model agree.

    Raises
    ------
    AssertionError
        An amount is another one, the two statements differ, or nothing tells a wrong one.

    """
    with registered(cls):
        kind = cls.model_fields["rule"].default
        rules = list(levels_of(kind, params))
        for given, (picture, amount) in product(rules, rows):
            judge(alone(given, **grounds[0]), parse(picture), kind, amount)
        problems = [alone(given, **ground) for given, ground in product(rules, grounds)]
        rosters = sum(map(compare, problems))
        for problem in problems:
            _sees_enough(problem, kind)
        for method, old, new in wrong:
            found = is_rejected(problems, cls, method, old, new)
            assert found, (
                f"no roster tells {old!r} from {new!r} in {method}.\n"
                "Maybe add a problem on which the wrong statement gives something else"
            )
    return rosters


def _sees_enough(problem: Problem, kind: str) -> None:
    """Assert that single changes mean what the rule finds in whole rosters, by its `sees`."""
    pairs = all_pairs(problem)
    for chosen in np.random.default_rng(0).random((_CHANGED, len(pairs))) < 0.5:
        roster = roster_of(problem, pairs, chosen)
        moves, before = Moves(problem, roster), check(problem, roster)
        for i, (who, where) in enumerate(pairs):
            place = problem.shifts[where].shift_id, problem.volunteers[who].volunteer_id
            change = Change(Assignment(*place), added=not chosen[i])
            other = chosen.copy()
            other[i] = not chosen[i]
            after = check(problem, roster_of(problem, pairs, other))
            effect = moves.effect(change)
            more = after.hard.get(kind, 0) > before.hard.get(kind, 0)
            told = any(found.rule.rule == kind for found in effect.broken)
            is_right = effect.total == after.total - before.total and (told or not more)
            assert is_right, (
                f"{RULES[kind].__name__} sees more than its {RULES[kind].sees!r}: {change} in\n"
                f"{draw(problem, roster)}"
            )


@contextmanager
def registered(cls: type[Rule]) -> Iterator[None]:
    """Make a kind of rule known for a while; nothing changes where it is known already."""
    kind = cls.model_fields["rule"].default
    if RULES.get(kind) is cls:
        yield
        return
    rule(cls)
    try:
        yield
    finally:
        RULES.forget(kind)


def levels_of(kind: str, params: Fields) -> Iterator[dict[str, Any]]:
    """A rule hard and soft, as far as its class allows."""
    for level in ("hard", 2):
        given = {"rule": kind, "level": level, **params}
        if level != "hard" and "weight" in RULES[kind].model_fields:
            given.setdefault("weight", WEIGHT)
        try:
            TypeAdapter(AnyRule).validate_python(given)
        except ValidationError as error:
            if all(e["loc"][-1] == "level" for e in error.errors()):
                continue
            raise
        yield given


def alone(*rules: Fields, **ground: Any) -> Problem:
    """A problem of `plan` with no other rules: those that hold without a row are off."""
    named = {given["rule"] for given in rules}
    silent = [{"rule": r.rule, "level": "off"} for r in UNLESS_NAMED if r.rule not in named]
    return plan(**ground, rules=(*rules, *silent))


def judge(
    problem: Problem, roster: Roster, kind: str, amount: int, cost: int | None = None
) -> None:
    """Assert that checker and model find the amount by which a roster breaks a kind of rule.

    Parameters
    ----------
    problem, roster
        A problem with one rule of the kind, and a roster of it.
    kind, amount
        Kind of the rule, and the amount in its unit.
    cost
        What is to be paid for it; None where that is not held.

    """
    strange = {(s, v) for s, v in roster} - {
        (s.shift_id, v.volunteer_id) for s in problem.shifts for v in problem.volunteers
    }
    assert not strange, f"the problem has no such shifts or people: {sorted(strange)}"
    score, picture = check(problem, roster), draw(problem, roster)
    found = [v for v in (*score.broken, *score.priced) if v.rule.rule == kind]
    unknown = [v.code for v in found if v.code not in catalogue("en")]
    assert not unknown, f"no words say {unknown}"
    open_ended = [text for v in found if "{" in (text := v.message.said("en"))]
    assert not open_ended, f"gaps that nothing fills: {open_ended}"
    total, paid = sum(v.amount for v in found), sum(v.cost for v in found)
    assert total == amount, f"{kind} finds {total} and not {amount} in\n{picture}"
    assert cost is None or paid == cost, f"{kind} costs {paid} and not {cost} in\n{picture}"
    assert all(v.amount > 0 for v in found), f"amounts are positive: {[v.amount for v in found]}"
    assert all(v.unit for v in found), (
        f'{RULES[kind].__name__} does not say what its amounts count, such as unit = "shifts"'
    )
    numbers = list(product(range(len(problem.volunteers)), range(len(problem.shifts))))
    ids = [(problem.shifts[s].shift_id, problem.volunteers[v].volunteer_id) for v, s in numbers]
    said = Judge(problem).say(numbers, np.array([[pair in roster for pair in ids]]))
    is_allowed = bool(said.feasible[0])
    words = {True: "allowed", False: "forbidden"}
    assert is_allowed == score.is_feasible, (
        f"{words[score.is_feasible]} by check, {words[is_allowed]} by the model:\n{picture}"
    )
    if score.is_feasible:
        posted = int(said.costs[0, -1])
        assert posted == score.total, (
            f"cost {score.total} by check, {posted} by the model:\n{picture}"
        )


@contextmanager
def mutated(owner: Any, name: str, old: str, new: str) -> Iterator[None]:
    """Change one piece of the text of a method, or of a function of its module, for a while."""
    if not hasattr(owner, name):
        owner = sys.modules[owner.__module__]
    kept, original = vars(owner).get(name), getattr(owner, name)
    tree = ast.parse(textwrap.dedent(inspect.getsource(original)))
    assert isinstance(tree.body[0], ast.FunctionDef)
    tree.body[0].decorator_list = []
    text = ast.unparse(tree)
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in\n{text}"
    # Inside a function of `__class__`, a method can call super() as it does in its class.
    wrong, called = textwrap.indent(text.replace(old, new), " "), original.__name__
    made = f"def make(__class__):\n{wrong}\n return {called}"
    space: dict[str, Any] = {}
    flags = __future__.annotations.compiler_flag
    exec(compile(made, "mutant", "exec", flags), original.__globals__, space)
    mutant = space["make"](owner)
    found = inspect.getattr_static(owner, name)
    is_wrapped = isinstance(found, staticmethod | classmethod)
    setattr(owner, name, type(found)(mutant) if is_wrapped else mutant)
    try:
        yield
    finally:
        if kept is not None:
            setattr(owner, name, kept)
        else:
            delattr(owner, name)


def is_rejected(problems: Iterable[Problem], owner: Any, name: str, old: str, new: str) -> bool:
    """Whether some roster tells a wrong statement: the other one contradicts it there."""
    for problem in problems:
        pairs, choices, right = truth(problem)
        with mutated(owner, name, old, new):
            told = difference(problem, pairs, choices, right)
            if told or difference(problem, pairs, choices, checked(problem, pairs, choices)):
                return True
    return False
