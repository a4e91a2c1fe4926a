"""Every rule may be limited to some people, shifts and days, and means the same twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
import scopes
from listed import wrong_in

from shiftplan.case.arrays import Arrays
from shiftplan.model import Model
from shiftplan.rules import RULES, wishes
from shiftplan.testing import agreement
from shiftplan.week.scope import Which

ITS_SHIFTS = ("shifts", "where", "hours", "days", "first_day", "last_day")
WITHOUT: dict[str, tuple[tuple[str, ...], str]] = {
    "one_place": (scopes.SCOPE, "nobody can be in two places"),
    "available": (scopes.SCOPE, "who offered a time said whose and when"),
    "capacity": (scopes.SCOPE, "the room of a center is the same for all and always"),
    "max_shifts": (ITS_SHIFTS, "the person's own limit counts all shifts"),
    "min_shifts": (ITS_SHIFTS, "the person's own wish counts all shifts"),
    "preferences": (("shifts", "where", "hours"), "wishes name their shifts themselves"),
    "wish_equality": (("shifts", "where", "hours"), "wishes name their shifts themselves"),
    "forbidden_succession": (("shifts",), "it names both sets of shifts, first and then"),
    "needs_too": (("shifts",), "it names both sets of shifts, first and then"),
    **dict.fromkeys(
        ("forbidden_pattern", "required_pattern", "min_patterns", "max_patterns"),
        (("shifts",), "its patterns name the shifts of each day"),
    ),
    "rotation": (("shifts", "first_day"), "its pattern names shifts, and it starts on a date"),
    "area_floor": (("where", "group"), "its areas are a parameter of its own"),
    "skill_placement": (
        ("shifts", "hours", "days", "first_day", "last_day", "group"),
        "the work of citizens at a center is not told by shift",
    ),
    "together": (("group",), "its groups are a parameter of its own"),
    "apart": (("group",), "its groups are a parameter of its own"),
    "min_group_share": (("group",), "its group is a parameter of its own"),
    "max_group_share": (("group",), "its group is a parameter of its own"),
    "balance_shifts": (("shifts",), "its shifts are a parameter of its own"),
}
"""Kind -> what it cannot be limited by, and why."""
FILE = "tests/rules/test_scope.py"
OF_TEAMS = ("group",), "it is about seats, whoever fills them"
_SEATS = "coverage minimum_coverage shortage expected_shortage surplus show_up worst_center_first"
_SEATS += " hold_optional"
WITHOUT |= dict.fromkeys(_SEATS.split(), OF_TEAMS)
PEOPLE = [kind for kind in RULES if "group" in scopes.scope_of(kind)]
SHIFTS = [kind for kind in RULES if {*scopes.scope_of(kind)} & {*ITS_SHIFTS}]


@pytest.mark.parametrize("kind", RULES)
def test_every_rule_has_all_limits_that_mean_something_for_it(kind: str) -> None:
    """Those that it lacks are listed with the reason."""
    lacking, reason = WITHOUT.get(kind, ((), ""))

    free = {*scopes.scope_of(kind), *lacking}
    assert not (said := wrong_in(f"{kind} in WITHOUT of {FILE}", free, scopes.SCOPE)), said
    assert not {*scopes.scope_of(kind)} & {*lacking}, (
        f"{kind} has limits that {FILE} denies: {reason}"
    )


@pytest.mark.parametrize("kind", [kind for kind in RULES if scopes.scope_of(kind)])
def test_limited_rules_mean_the_same_twice(kind: str) -> None:
    """On every roster, the model is the check, by whatever the rule is limited."""
    rosters = [agreement.compare(problem) for problem in scopes.limited(kind)]

    assert min(rosters) >= 64


def test_names_of_all_kinds_mean_the_same_twice() -> None:
    """Groups, persons, skills and homes, centers and areas, hours over midnight."""
    assert min(agreement.compare(problem) for problem in scopes.named()) >= 64


def _all(shape: str) -> Callable[[Arrays, Any], Any]:
    return lambda arrays, names: np.ones(getattr(arrays, shape), dtype=bool)


def _is_told(kind: str, monkeypatch: pytest.MonkeyPatch, wrong: Mapping[str, Any]) -> bool:
    """Whether some roster tells the model with a wrong meaning of limits from the check."""
    problems = scopes.limited(kind)
    truths = [agreement.truth(problem) for problem in problems]
    for name, meaning in wrong.items():
        monkeypatch.setattr(Arrays, name, meaning)
    pairs = zip(problems, truths, strict=True)
    return any(agreement.difference(problem, *truth) for problem, truth in pairs)


def _all_wishes(model: Model, which: Which) -> Any:
    return np.ones(len(model.arrays.week.preferences), dtype=bool)


@pytest.mark.parametrize("kind", PEOPLE)
def test_a_model_that_ignores_whom_a_rule_means_is_rejected(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some roster tells a rule for everybody from one for some."""
    assert _is_told(kind, monkeypatch, {"in_group": _all("num_volunteers")})


@pytest.mark.parametrize("kind", SHIFTS)
def test_a_model_that_ignores_which_shifts_a_rule_means_is_rejected(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some roster tells a rule for all shifts from one for some."""
    wrong = {"in_set": _all("num_shifts"), "at": _all("num_centers")}
    if kind in ("preferences", "wish_equality"):  # they ask for days of wishes
        monkeypatch.setattr(wishes, "_days_of_wishes", _all_wishes)

    assert _is_told(kind, monkeypatch, wrong)
