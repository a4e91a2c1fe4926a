"""One problem under many weightings: the same costs, added with other rates.

`Problem` -> `Aims` (service, evenness, travel, the rest) -> a problem for each `Weighting`.

The soft rules of each aim and level get a level of their own. A weighting multiplies rates and
leaves weights alone, so that a roster costs the same inside a level under every weighting.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from shiftplan.errors import InputError
from shiftplan.faults import Fault
from shiftplan.problem import Problem
from shiftplan.problem.records import whole_rates
from shiftplan.rules import AnyRule, Fairness, Floor, Rule, Travel
from shiftplan.rules.base import OnShares

Aim = Literal["service", "evenness", "travel", "rest"]
EVENNESS = (Fairness, Floor, OnShares)
"""Rules that share work, or what is hard about it, between people."""


@dataclass(frozen=True, slots=True)
class Weighting:
    """Factors on what the week says."""

    evenness: Fraction
    """Factor on the rates of rules that share work between people."""
    travel: Fraction
    """Factor on the rate of travel; 0 where distances are not known."""


class Aims:
    """A problem with its soft rules sorted by what they are for."""

    def __init__(self, week: Problem) -> None:
        rules, own = _completed(week)
        self.own = own
        """The weighting that is the week itself: 0 for an aim that the week has no rule of."""
        self.travels = any(rule.rule == "travel" for rule in rules)
        """Whether km are counted."""
        soft = [rule for rule in rules if rule.level != "hard"]
        keys = sorted({self._key(rule, week) for rule in soft})
        number = {key: i + 1 for i, key in enumerate(keys)}
        last = week.rate_of[week.levels[-1]]
        self.aim_of: Mapping[int, Aim] = {number[key]: key[1] for key in keys}
        """Level -> aim."""
        rates = whole_rates([Fraction(week.rate_of.get(level, last)) for level, _ in keys])
        self._rate_of = {number[key]: rate for key, rate in zip(keys, rates, strict=True)}
        self._rules = tuple(
            rule
            if rule.level == "hard"
            else rule.model_copy(update={"level": number[self._key(rule, week)]})
            for rule in rules
        )
        self._week = week
        self.problem = self._problem(self._rules, self._rate_of)
        """All rules, each aim and level of the week as a level of its own."""

    @staticmethod
    def _key(rule: Rule, week: Problem) -> tuple[int, Aim]:
        """Level in the week, and aim."""
        assert rule.level != "hard"
        aim: Aim = "service" if rule.level == week.levels[0] else "rest"
        if isinstance(rule, EVENNESS):
            aim = "evenness"
        return rule.level, "travel" if rule.rule == "travel" else aim

    def rates(self, weighting: Weighting) -> tuple[int, ...]:
        """Rate of each level, in order of levels: the week's rates times the factors.

        They are made whole by a common factor, and no larger than a problem allows: then rounded,
        but never to 0.
        """
        factors = {"evenness": weighting.evenness, "travel": weighting.travel}
        exact = [
            factors.get(self.aim_of[level], Fraction(1)) * rate
            for level, rate in self._rate_of.items()
        ]
        whole = math.lcm(*(rate.denominator for rate in exact))
        shared = math.gcd(*(int(rate * whole) for rate in exact)) or 1
        return tuple(whole_rates([rate * whole / shared for rate in exact]))

    def reweighted(self, rates: Sequence[int]) -> Problem:
        """The problem whose total adds levels with these rates; rules without a price are out."""
        priced = dict(zip(self._rate_of, rates, strict=True))
        rules = [r for r in self._rules if r.level == "hard" or priced[r.level] > 0]
        return self._problem(rules, {level: rate for level, rate in priced.items() if rate > 0})

    def _problem(self, rules: Sequence[AnyRule], rates: Mapping[int, int]) -> Problem:
        return _changed(
            self._week,
            rules=tuple(rules),
            rates=[{"level": level, "rate": rate} for level, rate in rates.items()],
            order="total",
        )


def _completed(week: Problem) -> tuple[list[AnyRule], Weighting]:
    """The week's rules and those that a trade-off needs beside them; the week's own weighting.

    Evenness is the rule fairness where the week has no such rule; km are counted where all
    centers have coordinates and all people a home.
    """
    if not week.levels:
        message = "the week has no rule with a price, so that nothing can be traded"
        remedy = "Maybe the row coverage,1,100 is missing, or --recommended."
        raise InputError([Fault("nothing_to_trade", "rules", "level", "", message, remedy=remedy)])
    rules, last = list(week.rules), week.levels[-1]
    evenness, travel = Fraction(1), Fraction(1)
    if not any(isinstance(rule, EVENNESS) and rule.level != "hard" for rule in rules):
        rules.append(Fairness(level=last))
        evenness = Fraction(0)
    if not any(rule.rule == "travel" for rule in rules):
        travel = Fraction(0)
        try:
            _changed(week, rules=(*rules, Travel(level=last)))
        except InputError:
            pass
        else:
            rules.append(Travel(level=last))
    return rules, Weighting(evenness, travel)


def _changed(problem: Problem, **fields: object) -> Problem:
    """The problem with other fields, checked anew."""
    kept = {name: getattr(problem, name) for name in type(problem).model_fields}
    return Problem.model_validate(kept | fields)


def choose(aims: Aims, count: int) -> list[Weighting]:
    """Weightings that span what can be traded, the most telling first.

    The week itself and the one without a price on evenness and travel; then evenness dearer and
    dearer, then travel, then what lies between.
    """
    own = aims.own
    steps = {
        True: "own none e16 e4 t16 e64 t4 e1/4 t0 e1",
        False: "own none e16 e4 e64 e1/4 e1 e2 e8 e32",
    }[aims.travels]
    found: dict[Weighting, None] = {}
    for step in steps.split():
        weighting = own
        if step == "none":
            weighting = Weighting(Fraction(0), Fraction(0))
        elif step[0] == "e":
            weighting = Weighting(Fraction(step[1:]), own.travel)
        elif step[0] == "t":
            weighting = Weighting(own.evenness, Fraction(step[1:]))
        found[weighting] = None
    return list(found)[:count]
