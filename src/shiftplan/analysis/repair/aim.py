"""What a repair minimises: service first, then changes, then what people like.

A changed week with its published roster -> the same with the rule `stability` and its rate; its
`Result` -> what that is by the week's own rules.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from shiftplan.analysis.repair.notices import notices_of
from shiftplan.analysis.repair.outcome import Repair
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange, Cancellation
from shiftplan.rules import AnyRule, Stability
from shiftplan.rules.base import Level
from shiftplan.scoring.check import Score, check
from shiftplan.scoring.equity import equity
from shiftplan.scoring.fairness import fairness
from shiftplan.solving.result import Cost, Result
from shiftplan.week.rates import HIGHEST_RATE, Rate, whole_rates
from shiftplan.week.records import Shift
from shiftplan.week.roster import Roster
from shiftplan.week.week import Week

log = logging.getLogger("shiftplan")

_OUTRANKS = 1_000
"""Total of a unit of the dearest level in units of the level of changes: ten changes of people who
were not told. A move costs three of these (one taken away, told, and one added), so that a chain of
three people is still worth the smallest gain in service. It says what comes before what, and is not
for tuning."""


def aim_of(week: Problem, frozen_until: date | None = None) -> Problem:
    """The problem that a repair minimises.

    Where the week has no soft rule `stability` of its own, one is added on the level after the
    dearest, with its usual weights: 100 for a change, and 100 more for taking away what somebody
    was told. That is more than nearly all that a change can do for people on that level, so that
    no roster is reshuffled for them. Rates are raised, all before that level alike, until a unit
    of the dearest level is worth ten such changes, as far as the highest rate allows: what citizens
    get comes first, but its smallest part is not worth more changes than that. A rate of 0 stays.

    What is left of the table `published` stays on dates before `frozen_until`. InputError where
    nothing is left of it, and a pin asks for somebody on such a date.
    """
    rules, rates = week.rules, week.rates
    if not prices_changes(week):
        priced = with_stability(week, rules, usual_level(week), None)
        rules, rates = (rules, rates) if priced == rules else (priced, _raised(week))
    if frozen_until is not None and frozen_until > week.horizon.start:
        if not week.published:  # the rule would take it for a week that is planned at first
            week = _empty_until(week, frozen_until)
        rules = with_stability(week, rules, "hard", frozen_until - timedelta(1))
    return week.fitting(rules=rules, rates=rates)


def prices_changes(week: Problem) -> bool:
    """Whether the week has a soft rule `stability` of its own."""
    return any(isinstance(rule, Stability) and not rule.hard for rule in week.rules)


def with_stability(
    week: Problem, rules: tuple[AnyRule, ...], level: Level, last_day: date | None
) -> tuple[AnyRule, ...]:
    """The rules with `stability` up to a date as one more row, unless a hard row says so already.

    No row repeats another one, whatever its level. A row of the week may name the same dates; the
    one added then names a first day before the horizon too, which says nothing more.
    """
    own = [rule for rule in rules if isinstance(rule, Stability)]
    first, last = week.horizon.start, week.horizon.dates[-1]
    end = last if last_day is None else min(last, last_day)
    if any(rule.hard and rule.concerns_all(first, end) for rule in own):
        return rules
    taken = {rule.first_day for rule in own if rule.last_day == last_day}
    days = (None, *(first - timedelta(n) for n in range(len(taken))))
    free = next(day for day in days if day not in taken)
    return (*rules, Stability(level=level, first_day=free, last_day=last_day))


def _empty_until(week: Problem, frozen_until: date) -> Problem:
    """The week with pins that keep everybody out of the shifts before a date."""
    frozen = {s.shift_id for s in week.shifts if s.day < frozen_until}
    faults = []
    for pin in week.pins:
        if pin.state == "must" and pin.shift_id in frozen:
            about = {"who": pin.volunteer_id, "shift": pin.shift_id, "day": frozen_until}
            message = Message("repairs.added_too_early", **about)
            faults.append(Fault("contradicting_pins", "pins", "state", pin.state, message))
    if faults:
        raise InputError(faults)
    closed = week.with_changes(*(Cancellation(shift_id=s) for s in sorted(frozen)))
    pins = tuple(dict.fromkeys((*week.pins, *closed.pins)))
    return week.fitting(pins=pins)


def usual_level(week: Problem) -> int:
    """The level after the dearest, on which changes are priced."""
    levels = week.levels or (1,)
    return levels[1] if len(levels) > 1 else levels[0] + 1


def _raised(week: Problem) -> tuple[Rate, ...]:
    """The rates of all levels, and of the usual one of changes."""
    levels, own = week.levels or (1,), usual_level(week)
    rate = {level: week.rate_of.get(level, 1) for level in (*levels, own)}
    dearest = rate[levels[0]]
    wanted = _OUTRANKS * max(1, rate[own])
    if 0 < dearest < wanted:
        factor = -(-wanted // dearest)
        raised = (level for level in levels if level < own)
        highest = max(HIGHEST_RATE, dearest)
        rate |= {level: min(highest, rate[level] * factor) for level in raised}
    stated = zip(sorted(rate), whole_rates([Fraction(rate[n]) for n in sorted(rate)]), strict=True)
    return tuple(Rate(level=level, rate=value) for level, value in stated)


def only_forbids(before: Problem, after: Problem) -> bool:
    """Whether every roster of the later problem is one of the earlier, at no higher cost there."""
    is_priced = any(isinstance(rule, Stability) for rule in before.rules)
    if is_priced and before.published not in ((), after.published):
        return False
    return before.availability == after.availability and narrows(before, after)


def narrows(before: Problem, after: Problem) -> bool:
    """Whether the later problem only has more pins, less time offered, and other `published`."""
    free = ("pins", "published", "availability", "stand_by")
    same = (n for n in Problem.model_fields if n not in free)
    there, windows = set(before.availability), before.joined_windows
    return (
        set(before.pins) <= set(after.pins)
        and all(getattr(before, name) == getattr(after, name) for name in same)
        and all(
            any(one.contain(row.start, row.end) for one in windows.get(row.volunteer_id, ()))
            for row in after.availability
            if row not in there
        )
    )


def own_score(week: Problem, aim: Problem, roster: Roster, score: Score) -> Score:
    """Score of a roster by the rules and rates of the week, from its score by those of the aim."""
    if any(getattr(week, n) is not getattr(aim, n) for n in Week.model_fields):
        return check(week, roster)
    own = {id(rule) for rule in week.active_rules}
    broken, priced = (
        tuple(v for v in part if id(v.rule) in own) for part in (score.broken, score.priced)
    )
    levels = dict.fromkeys(week.levels, 0)
    for found in priced:
        assert isinstance(found.rule.level, int)
        levels[found.rule.level] += found.cost
    total = sum(week.rate_of[level] * cost for level, cost in levels.items())
    return Score(broken, priced, levels, total)


def repaired(
    week: Problem,
    aim: Problem,
    found: Result,
    bound: int | None,
    began: float,
    before: Score,
    published: Roster,
    base: Roster,
    changes: Sequence[AnyChange] = (),
    before_shifts: Mapping[str, Shift] = {},
) -> Repair:
    """What a search for an aim found, with costs by the rules of the week and a bound of them.

    `base` is what is left of the published roster; `before_shifts` as `notices_of` takes them.
    """
    roster, score, total, levels = found.roster, None, Cost(None, None), {}
    was = set(published.assignments)
    if roster is not None:  # else what was proven is proven of the aim, not of the week
        assert found.score is not None
        score = own_score(week, aim, roster, found.score)
        if bound is not None and bound > score.total:
            log.warning(
                "a roster costs %s, so the bound given, %s, cannot be right", score.total, bound
            )
            bound = None
        total = Cost(score.total, bound)
        levels = {level: Cost(cost, None) for level, cost in score.levels.items()}
    result = replace(
        found,
        score=score,
        total=total,
        levels=levels,
        fairness=None if roster is None else fairness(aim, roster),
        equity=None if roster is None else equity(aim, roster),
        seconds=time.monotonic() - began,
        history=(),  # what the search told on the way was of the aim
        problem_digest=week.digest,
    )
    return Repair(
        problem=week,
        aim_problem=aim,
        before=before,
        result=result,
        aim=found.total,
        notices=()
        if roster is None
        else notices_of(week, changes, published, base, roster, before.broken, before_shifts),
        before_shifts=before_shifts,
        kept=0 if roster is None else len(was & set(roster.assignments)),
        lost=len(was - set(base.assignments)),
    )
