"""What a repair minimises: service first, then changes, then what people like.

A changed week with its published roster -> the same with the rule `stability` and its rate.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from shiftplan.problem import Problem
from shiftplan.problem.changes import Cancellation
from shiftplan.problem.records import HIGHEST_RATE, Rate, whole_rates
from shiftplan.rules import AnyRule, Stability

_OUTRANKS = 1_000
"""Total of a unit of the dearest level in units of the level of changes: ten changes of people who
were not told. A move costs three of these (one taken away, told, and one added), so that a chain of
three people is still worth the smallest gain in service."""


def aim_of(week: Problem, frozen_until: date | None = None) -> Problem:
    """The problem that a repair minimises.

    Where the week has no soft rule `stability` of its own, one is added on the level after the
    dearest, with its usual weights: 100 for a change, and 100 more for taking away what somebody
    was told. That is more than nearly all that a change can do for people on that level, so that
    no roster is reshuffled for them. Rates are raised, all before that level alike, until a unit
    of the dearest level is worth ten such changes, as far as the highest rate allows: what citizens
    get comes first, but its smallest part is not worth more changes than that. A rate of 0 stays.

    Parameters
    ----------
    week
        A week with the table `published`.
    frozen_until
        Dates before it are frozen: what is left of the published roster stays as it is.
    """
    rules: tuple[AnyRule, ...] = week.rules
    rates = week.rates
    if not any(isinstance(r, Stability) and not r.hard for r in rules):
        rule, rates = _usual(week)
        rules = (*rules, rule)
    if frozen_until is not None and frozen_until > week.horizon.start:
        if not week.published:  # the rule would take it for a week that is planned at first
            frozen = (s.shift_id for s in week.shifts if s.day < frozen_until)
            closed = week.with_changes(*(Cancellation(shift_id=s) for s in frozen))
            pins = tuple(dict.fromkeys((*week.pins, *closed.pins)))
            week = week.model_copy(update={"pins": pins})
        rules = (*rules, Stability(level="hard", last_day=frozen_until - timedelta(1)))
    fields = {name: getattr(week, name) for name in Problem.model_fields}
    return Problem.model_construct(**fields | {"rules": rules, "rates": rates})


def _usual(week: Problem) -> tuple[Stability, tuple[Rate, ...]]:
    """The rule that is added, and the rates of all levels with it."""
    levels = week.levels or (1,)
    own = levels[1] if len(levels) > 1 else levels[0] + 1
    rate = {level: week.rate_of.get(level, 1) for level in (*levels, own)}
    dearest = rate[levels[0]]
    wanted = _OUTRANKS * max(1, rate[own])
    if 0 < dearest < wanted:
        factor = -(-wanted // dearest)
        raised = (level for level in levels if level < own)
        highest = max(HIGHEST_RATE, dearest)
        rate |= {level: min(highest, rate[level] * factor) for level in raised}
    stated = zip(sorted(rate), whole_rates([Fraction(rate[n]) for n in sorted(rate)]), strict=True)
    return Stability(level=own), tuple(Rate(level=level, rate=value) for level, value in stated)
