"""One advice from start to end: prices, promising steps, trials near the roster.

(`Problem`, `Roster`) -> `StepPrices` -> `Guess`es -> `Gain`s, tried and checked -> `Advice`.
"""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from shiftplan.analysis.advice.course_search import find_courses
from shiftplan.analysis.advice.crew import Newcomers, crew, needed_skills
from shiftplan.analysis.advice.filling import filling
from shiftplan.analysis.advice.gains import Advice, Fate, Gain
from shiftplan.analysis.advice.newcomers import empty_seats, typical_of
from shiftplan.analysis.advice.prices import StepPrices
from shiftplan.analysis.advice.promising import Guess, promising_steps
from shiftplan.analysis.advice.steps import GROUPS, Group, Kind, Step, training
from shiftplan.analysis.advice.trials import Trial, most_gained
from shiftplan.engines.params import AdviceParams, SearchOptions
from shiftplan.engines.task import Deadline, whole_bound
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.solving.around import solve_around
from shiftplan.week.roster import Roster

_OF_EACH = 3
"""Steps of each group that are shown even when others gain more, as `advise` promises."""


def run(
    problem: Problem,
    roster: Roster,
    options: SearchOptions,
    cancel: threading.Event,
    *,
    most: int,
    fill_seats: bool,
    with_courses: bool,
) -> Advice:
    """What `advise` says, for options that are in range."""
    seconds, seed, own = options.seconds, options.seed, options.params.advice
    whole, stopped = Deadline(seconds), cancel.is_set
    kept = own.others_share * fill_seats + own.courses_share * with_courses
    deadline = Deadline(seconds if math.isinf(seconds) else seconds * (1 - kept))
    score, typical = check(problem, roster), typical_of(problem)
    turn = seconds * own.prices_share
    prices = StepPrices(problem, options.params, seconds=turn, seed=seed, stopped=stopped)
    people = None
    if fill_seats and not stopped():
        share = min(deadline.left(), seconds * own.filling_share)
        people = crew(Newcomers(typical, (), problem, roster), seconds=share, seed=seed)
    examined: dict[Kind, int] = {}
    meant: dict[Group, list[Guess]] = {}
    if prices.known:
        pricing = Deadline(deadline.left() * own.promising_share)

        def is_over() -> bool:
            return stopped() or pricing.left() <= 0

        meant = promising_steps(prices, typical, 2 * most, own, examined, is_over)
    near = partial(solve_around, seed=seed, cancel=cancel, params=options.params)
    trial = Trial(problem, roster, score, near)

    def at_most(step: Step) -> int | None:
        return most_gained(prices, score, (step,))

    found, counts = _tried(trial, meant, at_most, own, deadline, stopped)
    gains = []
    for gain, guess in _shown(found, most):
        if not stopped() and deadline.left() > 0:
            gain = trial.with_rest(gain, guess, min(own.trial_seconds, deadline.left()))
        if gain.own > 0:
            gain = modest(problem, gain)
            gains.append(replace(gain, at_most=at_most(gain.step)))
    gains.sort(key=_rank)
    together = None
    if not stopped() and deadline.left() > 0:
        together = trial.together(gains, min(own.together_seconds, deadline.left()))
    courses = None
    if with_courses:
        # What the steps left of their time is there for courses, too.
        own_share = 0.0 if math.isinf(seconds) else seconds * own.courses_share
        share = deadline.left() + own_share
        courses = find_courses(prices, trial, own, share, stopped)
    filled = None
    if people is not None:
        left = 0.0 if stopped() else whole.left()
        filled = filling(problem, roster, people, gains, seconds=left, seed=seed)
    bound = max(0, whole_bound(prices.bound)) if prices.known else None
    return Advice(score, bound, tuple(gains), together, courses, filled, examined, counts, problem)


def _tried(
    trial: Trial,
    meant: Mapping[Group, Sequence[Guess]],
    at_most: Callable[[Step], int | None],
    own: AdviceParams,
    deadline: Deadline,
    stopped: Callable[[], bool],
) -> tuple[list[tuple[Gain, Guess]], Counter[Fate]]:
    """Try the promising steps, each group in its share of the time: gains, and the fate of all."""
    found: list[tuple[Gain, Guess]] = []
    counts = Counter[Fate]()
    shares: dict[Group, float] = {
        "volunteer": own.volunteer_share,
        "training": own.training_share,
        "limit": own.limit_share,
    }
    for group in GROUPS:
        trying = Deadline(shares[group] * deadline.left())
        for guess in meant.get(group, ()):
            if stopped() or trying.left() <= 0:
                counts["no_time"] += 1
                continue
            limit = at_most(guess.step)
            if limit is not None and limit <= 0:
                counts["excluded"] += 1
                continue
            gain = trial.gain(guess, limit, min(own.trial_seconds, deadline.left()))
            if isinstance(gain, Gain):
                counts["gains"] += 1
                found.append((gain, guess))
            else:
                counts[gain] += 1
    return found, counts


def _shown(found: list[tuple[Gain, Guess]], most: int) -> list[tuple[Gain, Guess]]:
    """The best of all, and the best few of each group, the best first; one about each thing."""
    ranked: dict[Hashable, tuple[Gain, Guess]] = {}
    for item in sorted(found, key=lambda item: _rank(item[0])):
        ranked.setdefault(item[0].step.about, item)
    first = list(ranked.values())
    kept = first[:most]
    for group in GROUPS:
        best = [item for item in first if item[0].step.group == group][:_OF_EACH]
        kept += [item for item in best if item not in kept]
    return kept


def _rank(gain: Gain) -> tuple[int, int, int]:
    """The largest gain first; of equal ones the one that asks for the least."""
    return (-gain.own, gain.step.asked, len(gain.shifts))


def modest(problem: Problem, gain: Gain) -> Gain:
    """The gain with the step that asks least of those with which its roster is as good."""

    def worth(step: Step) -> tuple[bool, dict[int, int], int]:
        """Whether the roster holds with a step, its cost by level, and its empty seats."""
        changed = step.apply(problem)
        score, empty = check(changed, gain.roster), empty_seats(changed, gain.roster)
        return score.is_feasible, dict(score.levels), sum(empty.values())

    as_good = worth(gain.step)
    for step in _lesser(problem, gain):
        if worth(step) == as_good:
            return replace(gain, step=step)
    return gain


def _lesser(problem: Problem, gain: Gain) -> Iterator[Step]:
    """Steps of the same kind that ask for less, the least first."""
    step, person = gain.step, gain.step.person
    if person is None:
        return
    if step.grant is not None:
        now = problem.volunteer_by_id[person.volunteer_id]
        for level in range(int(step.before or 0) + 1, step.grant.level):
            yield training(problem, now, step.grant.skill_id, level)
    if step.kind == "volunteer":
        (needed,) = needed_skills(step.apply(problem), gain.roster, [person])
        if needed.skills != person.skills:
            yield replace(step, person=needed)
