"""One problem under many weightings: the same measures, added with other rates.

`Problem` -> `Aims` (service, the rest, evenness, travel, areas) and what each costs a `Weighting`.

Every aim is a level of its own, whose cost is what is told of it: so what a dearer aim brings can
be seen in its figure. Weightings multiply rates and leave weights alone, so that a roster costs the
same inside a level under every weighting.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.rules import AnyRule, BalanceHours, Fairness, Leximin, MaxMin, Travel
from shiftplan.week.rates import whole_rates
from shiftplan.week.where import area_classes

Aim = Literal["service", "rest", "evenness", "travel", "areas"]
Kept = Literal["service", "most of the service", "seats", "evenness"]
"""What must be no worse than in the week's own point.

`service`: cost of service and number of empty seats; `most of the service`: both, but up to 5%
more is allowed; `seats`: the number of empty seats; `evenness`: the unevenness.
"""
EVENNESS = (Fairness, Leximin, MaxMin, BalanceHours)
"""Rules that share the whole work between people; the measure takes the place of soft ones."""
GRAIN = 10_000
"""Weight of the squares that evenness is measured by: so large that rounding does not matter."""
PERMILLE = 1000
"""An empty share is measured in so many parts."""
_PRICE_OF_AREAS = 1000
"""Cost of service that a thousandth more filled seats in the worst area are worth."""


@dataclass(frozen=True, slots=True)
class Weighting:
    """Factors on what the week says, and what is kept."""

    evenness: Fraction
    """Factor on the price of unevenness."""
    travel: Fraction
    """Factor on the price of a km; 0 where distances are not known."""
    areas: Fraction = Fraction(0)
    """Factor on the price of empty seats in the worst-served area."""
    service: Fraction = Fraction(1)
    """Factor on the price of service."""
    kept: Kept = "service"
    """What must be no worse than in the week's own point."""


class Aims:
    """A problem with its soft rules sorted by what they are for."""

    def __init__(self, week: Problem) -> None:
        if not week.levels:
            message = Message("tradeoffs.nothing_priced")
            remedy = Message("tradeoffs.coverage_missing")
            fault = Fault("nothing_to_trade", "rules", "level", "", message, remedy=remedy)
            raise InputError([fault])
        self.week = week if week.order == "total" else _changed(week, order="total")
        """The week, with levels added by their rates."""
        shared = [rule for rule in week.rules if isinstance(rule, EVENNESS) and not rule.hard]
        ways = [rule for rule in week.rules if isinstance(rule, Travel)]
        others = [rule for rule in week.rules if rule not in shared + ways]
        self.own = Weighting(Fraction(bool(shared)), Fraction(bool(ways)))
        """The weighting that is the week itself: 0 for an aim that the week has no rule of."""
        self.areas = _areas(week)
        """Class of area -> its centers; none where there are no two that want seats."""
        asking = [r.level for r in others if r.serves and isinstance(r.level, int)]
        served = min(asking, default=None)
        keys = {_key(rule, served) for rule in others if isinstance(rule.level, int)}
        number = {
            key: n for n, key in enumerate(sorted(keys, key=lambda k: (k[1] == "rest", k[0])), 1)
        }
        self.evenness_level, self.travel_level, self.areas_level = (
            len(number) + i for i in (1, 2, 3)
        )
        rules: list[AnyRule] = [
            rule.model_copy(update={"level": number[_key(rule, served)]})
            if isinstance(rule.level, int)
            else rule
            for rule in others
        ]
        self.problem = _changed(self.week, rules=tuple(rules), rates=())
        """The rules by aim, with travel as figures state it and no soft rules of `EVENNESS`."""
        try:
            rules.append(Travel(level=self.travel_level))
            self.problem = _changed(self.problem, rules=tuple(rules))
        except InputError:
            pass
        self.travels = self.travel_level in self.problem.levels
        """Whether km are counted: all centers have coordinates and all people a home."""
        last = Fraction(week.rate_of[week.levels[-1]])
        even = [r.weight * week.rate_of[r.level] for r in shared if isinstance(r, Fairness)]
        per_km = sum(r.weight * week.rate_of[r.level] for r in ways)
        aims: dict[int, Aim] = {n: aim for (_, aim), n in number.items()}
        prices = {n: Fraction(week.rate_of[level]) for (level, _), n in number.items()}
        aims[self.evenness_level] = "evenness"
        prices[self.evenness_level] = max(even, default=Fairness().weight * last) / Fraction(GRAIN)
        if self.travels:
            aims[self.travel_level] = "travel"
            prices[self.travel_level] = Fraction(per_km) or last
        if self.areas:
            aims[self.areas_level] = "areas"
            rate = last if served is None else week.rate_of[served]
            prices[self.areas_level] = Fraction(_PRICE_OF_AREAS * rate)
        self.aim_of: Mapping[int, Aim] = aims
        """Level -> aim; those of evenness and areas are no levels of `problem`."""
        self._price: Mapping[int, Fraction] = prices

    def rates(self, weighting: Weighting) -> tuple[int, ...]:
        """Rate of each level, in order of `aim_of`: the week's prices times the factors.

        They are made whole by a common factor, and no larger than a problem allows: then rounded,
        but never to 0. Every aim but the rest has a factor of its name.
        """
        factors = {level: getattr(weighting, aim, 1) for level, aim in self.aim_of.items()}
        exact = [factor * self._price[level] for level, factor in factors.items()]
        whole = math.lcm(*(rate.denominator for rate in exact))
        shared = math.gcd(*(int(rate * whole) for rate in exact)) or 1
        return tuple(whole_rates([rate * whole / shared for rate in exact]))


def _key(rule: AnyRule, served: int | None) -> tuple[int, Aim]:
    """Level in the week, and aim, of a rule that is neither on evenness nor on travel."""
    assert isinstance(rule.level, int)
    is_service = rule.level == served and bool(rule.serves)
    return rule.level, "service" if is_service else "rest"


def _areas(week: Problem) -> Mapping[str, frozenset[str]]:
    """Class of area -> its centers, of classes that want seats; none where there are no two."""
    wanting = {week.center_of(need) for need in week.requirements if need.target}
    found: dict[str, set[str]] = {}
    for center in week.centers:
        for name in area_classes(center):
            found.setdefault(name, set()).add(center.center_id)
    areas = {name: frozenset(ids) for name, ids in found.items() if not ids.isdisjoint(wanting)}
    return areas if len(areas) > 1 else {}


def _changed(problem: Problem, **fields: object) -> Problem:
    kept = {name: getattr(problem, name) for name in type(problem).model_fields}
    return Problem.model_validate(kept | fields)


def choose(aims: Aims, count: int) -> list[Weighting]:
    """Weightings beside the week's own, at most `count` - 1, the most telling first.

    One without a price on evenness and travel; then evenness and travel far dearer, what evenness
    gains from a little of the service, what areas can be given, service at the same evenness, and
    what lies between.
    """
    own, nothing, dear = aims.own, Fraction(0), Fraction(16)
    even, near = replace(own, evenness=dear), replace(own, travel=dear)
    found = [Weighting(nothing, nothing), even, near, replace(even, kept="most of the service")]
    if aims.areas:
        found.append(replace(own, areas=Fraction(1), kept="seats"))
    found.append(replace(own, service=dear, kept="evenness"))
    for step in ["e4", "e1/4", "t4", "e64", "e1", "t0", "e2", "t64"]:
        f = Fraction(step[1:])
        found.append(replace(own, evenness=f) if step[0] == "e" else replace(own, travel=f))
    known = [w for w in found if aims.travels or w.travel == own.travel or w == found[0]]
    return list(dict.fromkeys(known))[: count - 1]


def order_of(weighting: Weighting) -> tuple[int, bool, Fraction, Fraction]:
    """Key of the order of points: what keeps the service, by travel and evenness; then others."""
    kept: Sequence[Kept] = ("service", "most of the service", "seats", "evenness")
    priced = weighting.evenness > 0 or weighting.travel > 0
    return kept.index(weighting.kept), priced, weighting.travel, weighting.evenness
