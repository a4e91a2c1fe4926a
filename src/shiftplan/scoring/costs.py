"""Costs before and after, and what makes up a change of the total, in words.

Costs by rule and level -> pairs, and text in English or Vietnamese.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import number, rule_name, signed
from shiftplan.problem import Problem
from shiftplan.week.json_form import Written

Key = TypeVar("Key")


class _Pair(NamedTuple):
    before: int
    """Before."""
    after: int
    """After."""


class CostChange(_Pair, Written):
    """A cost, or an amount by which something is broken, before and after."""

    __slots__ = ()
    json_keys = "before after change"

    @property
    def change(self) -> int:
        """After less before."""
        return self.after - self.before


def beside(before: Mapping[Key, int], after: Mapping[Key, int]) -> dict[Key, CostChange]:
    """Values of both, under the keys of either; 0 where one has none."""
    keys = dict.fromkeys((*before, *after))
    return {key: CostChange(before.get(key, 0), after.get(key, 0)) for key in keys}


def cost_change(total: int, lang: Lang) -> str:
    """By how much the total rises or falls; a sentence that starts small."""
    key = "cost rises" if total > 0 else "cost falls" if total else "cost stays"
    return TEXTS[lang][key].format(number(abs(total), lang))


def cost_parts(
    problem: Problem, costs: Mapping[str, int], levels: Mapping[int, int], lang: Lang
) -> str:
    """What makes up a change of the total, the greatest part first, such as `coverage +2,500`.

    In units of the total, so that it adds up: by rule, or by level where a kind of rule stands at
    several levels. `costs` and `levels` are as `Effect` has them.
    """
    at: dict[str, set[int]] = {}
    for rule in problem.rules:
        if isinstance(rule.level, int):
            at.setdefault(rule.rule, set()).add(rule.level)
    rate_of, level_name = problem.rate_of, TEXTS[lang]["level"]
    if all(len(at[kind]) == 1 for kind in costs):
        parts = {rule_name(k, lang): rate_of[min(at[k])] * cost for k, cost in costs.items()}
    else:
        parts = {level_name.format(n): rate_of[n] * cost for n, cost in levels.items()}
    order = sorted(filter(parts.get, parts), key=lambda name: (-abs(parts[name]), name))
    return ", ".join(f"{name} {signed(parts[name], lang)}" for name in order)
