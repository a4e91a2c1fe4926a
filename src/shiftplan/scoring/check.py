"""The score of any roster, also a hand-made one; no solver is involved.

(`Problem`, `Roster`) -> `check` -> `Score`; costs of two scores -> `CostChange`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from shiftplan.case.case import Case
from shiftplan.problem import Problem
from shiftplan.rules import Violation
from shiftplan.week.json_form import Amount, LevelKey, Written
from shiftplan.week.roster import Roster

Key = TypeVar("Key")


@dataclass(frozen=True)
class Score:
    """What a roster breaks and what it costs."""

    broken: tuple[Violation, ...]
    """Breaches of hard rules; none in a roster that can be worked."""
    priced: tuple[Violation, ...]
    """What soft rules find; each entry carries its cost."""
    levels: Mapping[LevelKey, Amount]
    """Level -> cost, dearest level first; also levels that cost nothing."""
    total: Amount
    """Sum over levels of rate x cost."""

    @property
    def is_feasible(self) -> bool:
        """Whether no hard rule is broken."""
        return not self.broken

    @cached_property
    def hard(self) -> Mapping[str, Amount]:
        """Rule -> amount by which it is broken, for hard rules that are."""
        return _sums((v.rule.rule, v.amount) for v in self.broken)

    @cached_property
    def parts(self) -> Mapping[str, Amount]:
        """Rule -> cost, for soft rules that find anything."""
        return _sums((v.rule.rule, v.cost) for v in self.priced)


def _sums(items: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    sums: dict[str, int] = {}
    for key, amount in items:
        sums[key] = sums.get(key, 0) + amount
    return sums


def check(problem: Problem, roster: Roster) -> Score:
    """Score any roster by every rule of its problem: all figures are whole numbers.

    The roster may break rules, repeat assignments and name unknown ids.

    Raises
    ------
    InputError
        If rows of a changed copy of a problem do not fit together.
    """
    problem.need_fit()
    case = Case(problem, roster)
    broken: list[Violation] = []
    priced: list[Violation] = []
    levels = dict.fromkeys(problem.levels, 0)
    for rule in problem.active_rules:
        for found in rule.check(case):
            if isinstance(rule.level, int):
                priced.append(found)
                levels[rule.level] += found.cost
            else:
                broken.append(found)
    total = sum(problem.rate_of[level] * cost for level, cost in levels.items())
    return Score(tuple(broken), tuple(priced), levels, total)


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
