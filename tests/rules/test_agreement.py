"""`check` and the model say the same of every roster: verdict, cost of each level, total.

`pytest tests/rules/test_agreement.py -q` prints how many rosters were enumerated; `-m slow` adds
more generated problems.
"""

from __future__ import annotations

import mixtures
import numpy as np
import pytest
import tiny
from drawn import problems
from drawn_rules import NAMED, WITH_PARAMETERS
from families import family_of
from hypothesis import HealthCheck, given, settings
from listed import wrong_in

from shiftplan.rules import RULES
from shiftplan.testing.agreement import (
    Judge,
    Verdict,
    all_choices,
    all_pairs,
    compare,
    difference,
    truth,
)


@pytest.mark.parametrize("kind", [*RULES, "pins", "occupied"])
def test_each_rule_by_itself(kind):
    """Hard and soft, with all parameters, filters and borders, the model is the rule's `check`."""
    problems = tiny.cases().get(kind)
    assert problems, f"tests/rules/grounds/{family_of(kind)}.py has no ground for {kind}"

    count = sum(compare(problem) for problem in problems)

    assert count >= 30 * len(problems)


@pytest.mark.parametrize("number", range(len(mixtures.mixed())))
def test_many_rules_at_once(number):
    """Rules share indicators and rely on each other's hard limits without changing any cost."""
    assert compare(mixtures.mixed()[number]) >= 256


@pytest.mark.parametrize("number", range(len(mixtures.without_pairs())))
def test_nothing_to_decide(number):
    """A problem without people, shifts or windows has a model, which agrees with `check`."""
    assert compare(mixtures.without_pairs()[number]) >= 1


def test_mixed_problems_hold_every_rule():
    """No rule is missing where all are tried at once."""
    named = [rule["rule"] for rule in mixtures.EVERY_RULE]
    assert not (said := wrong_in("EVERY_RULE of tests/rules/mixtures.py", named, RULES)), said


def test_parameters_of_every_rule_are_drawn():
    """A rule with parameters of its own is drawn with them, not only without."""
    said = wrong_in(
        "_rule_options of tests/rules/drawn_rules.py", NAMED, {*NAMED, *WITH_PARAMETERS}
    )
    assert not said, said


def test_relaxed_and_whole_solutions_cost_the_same():
    """With the assignments fixed HiGHS finds the judge's cost, nearly always as a plain LP too."""
    problems = [*(cases[-1] for cases in tiny.cases().values()), *mixtures.mixed()]

    for problem in problems:
        pairs = all_pairs(problem)
        choices = all_choices(len(pairs))[:: 1 + 2 ** max(0, len(pairs) - 4)]
        judge = Judge(problem)
        said = judge.say(pairs, choices)
        # Half a full day is enough for the second of three shifts: there the relaxation is lower.
        # A part of a seat, or of an hour that is begun, costs that part of it.
        kinds = {"full_day", "max_min", "balance_hours", "area_floor", "skill_placement"}
        kinds |= {"min_group_share", "max_group_share", "max_active_people"}
        # Some shifts are a part of the types that they ask for.
        kinds |= {"min_types", "varied_mentors"}
        loose = any(rule.rule in kinds for rule in problem.rules)
        own = list(
            zip(judge.model.pairs.volunteer.tolist(), judge.model.pairs.shift.tolist(), strict=True)
        )
        if not set(own) <= set(pairs):
            continue
        for i, chosen in enumerate(choices):
            if chosen[[pair not in own for pair in pairs]].any():
                continue
            values = np.array([float(chosen[pairs.index(pair)]) for pair in own])
            whole, relaxed = judge.solve(values), judge.solve(values, whole=False)
            assert (whole is not None) == said.feasible[i]
            if whole is not None:
                assert abs(whole - said.costs[i]).max(initial=0) < 1e-4
                assert relaxed is not None
                assert relaxed[-1] < whole[-1] + 1e-4
                assert loose or relaxed[-1] > whole[-1] - 1e-4


# ---- generated problems


@settings(
    max_examples=150, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(problem=problems())
def test_generated_problems(problem):
    """Any few rules together, on any people, shifts and borders, agree on every roster."""
    compare(problem)


@pytest.mark.slow
@settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=problems(pairs=10))
def test_many_generated_problems(problem):
    """The same on larger problems and many more of them."""
    compare(problem)


def test_the_harness_sees_a_difference():
    """A verdict that is wrong in one roster only does not pass."""
    problem = tiny.cases()["max_shifts"][-1]
    pairs, choices, verdict = truth(problem)

    for part in verdict:
        wrong = part.copy()
        wrong[0] = ~wrong[0] if wrong.dtype == bool else wrong[0] + 1
        other = Verdict(*(wrong if p is part else p for p in verdict))
        assert difference(problem, pairs, choices, other)
