"""Changes of the total as people read them.

Costs by rule and level -> text.
"""

from __future__ import annotations

from collections.abc import Mapping

from shiftplan.present.texts import TEXTS
from shiftplan.present.texts.wording import rule_name
from shiftplan.present.words import Words
from shiftplan.problem import Problem


def cost_change(total: int, say: Words) -> str:
    """By how much the total rises or falls; a sentence that starts small."""
    code = "cost_rises" if total > 0 else "cost_falls" if total else "cost_stays"
    return say(f"trades.{code}", cost=abs(total))


def cost_parts(
    problem: Problem, costs: Mapping[str, int], levels: Mapping[int, int], say: Words
) -> str:
    """What makes up a change of the total, the greatest part first, such as `coverage +2,500`.

    In units of the total, so that it adds up: by rule, or by level where a kind of rule stands at
    several levels. `costs` and `levels` are as `Effect` has them.
    """
    at: dict[str, set[int]] = {}
    for rule in problem.rules:
        if isinstance(rule.level, int):
            at.setdefault(rule.rule, set()).add(rule.level)
    rate_of, level_name = problem.rate_of, TEXTS[say.lang]["level"]
    if all(len(at[kind]) == 1 for kind in costs):
        parts = {rule_name(k, say.lang): rate_of[min(at[k])] * cost for k, cost in costs.items()}
    else:
        parts = {level_name.format(n): rate_of[n] * cost for n, cost in levels.items()}
    order = sorted(filter(parts.get, parts), key=lambda name: (-abs(parts[name]), name))
    return ", ".join(f"{name} {say.signed(parts[name])}" for name in order)
