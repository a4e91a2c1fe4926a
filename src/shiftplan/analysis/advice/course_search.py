"""Courses that pay in later weeks: who learns what, with as few learners as are found.

(`StepPrices`, `Trial`) -> `Sessions` -> later weeks solved near the learners -> `Courses`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain, zip_longest
from typing import NamedTuple

import numpy as np

from shiftplan.analysis.advice.courses import Courses, Missing, ProposedCourse
from shiftplan.analysis.advice.prices import StepPrices
from shiftplan.analysis.advice.promising import PricedSteps
from shiftplan.analysis.advice.sessions import HeldCourse, Sessions
from shiftplan.analysis.advice.steps import Step, apply_steps, trainings
from shiftplan.analysis.advice.trials import Trial, most_gained
from shiftplan.engines.params import AdviceParams
from shiftplan.engines.task import Deadline
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.solving.around import Around
from shiftplan.week.requirements import Ability

_TRIAL = 5.0
"""How many times as long a trial takes as preparing all of them, roughly."""


class _Hoped(NamedTuple):
    """A training that may be part of a course."""

    hope: float
    """What it might save in a later week, by the prices of works taken by themselves."""
    step: Step
    """The training."""
    copy: str
    """Id of the person as they would be, where steps are priced."""
    person: int
    """Number of the person."""


def find_courses(
    prices: StepPrices,
    trial: Trial,
    params: AdviceParams,
    seconds: float,
    stopped: Callable[[], bool],
) -> Courses:
    """Find the best course for each skill and level, as far as there is time.

    Sessions are taken in the order of what those who may come might save; the learners' later weeks
    are solved again near them, as other steps are tried. Whoever is not needed for the gain is left
    out, as far as solving again shows.
    """
    problem = trial.problem
    taught = {s.skill_id for s in problem.skills if s.kind == "tech"}
    steps = [step for step in trainings(problem) if step.grant and step.grant.skill_id in taught]
    if not steps:
        return Courses((), 0, "no_need")
    deadline = Deadline(seconds if prices.known else 0.0)

    def is_over() -> bool:
        return stopped() or deadline.left() <= 0

    if is_over():
        return Courses((), 0, "no_time")
    return _CourseSearch(prices, trial, params, deadline, is_over, steps).courses()


class _CourseSearch:
    """Courses of one week."""

    def __init__(
        self,
        prices: StepPrices,
        trial: Trial,
        params: AdviceParams,
        deadline: Deadline,
        is_over: Callable[[], bool],
        steps: Sequence[Step],
    ) -> None:
        self._prices, self._trial, self._params = prices, trial, params
        self._deadline, self._is_over = deadline, is_over
        begun = time.monotonic()
        self._priced = PricedSteps(prices, steps)
        self._sessions = Sessions(trial.problem, trial.roster, trial.score.total, is_over)
        index = {v.volunteer_id: i for i, v in enumerate(trial.problem.volunteers)}
        self._hoped: dict[Ability, list[_Hoped]] = {}
        # Of those who promise as much, who has least to learn comes first.
        ranked = sorted(self._priced.hoped, key=lambda item: (-round(item[0], 3), item[1].rise))
        for hope, step, copy in ranked:
            assert step.person is not None
            assert step.grant is not None
            ability = Ability(step.grant.skill_id, step.grant.level)
            person = index[step.person.volunteer_id]
            self._hoped.setdefault(ability, []).append(_Hoped(hope, step, copy, person))
        self._tried: dict[Ability, list[frozenset[int]]] = {}
        self._best: dict[Ability, ProposedCourse] = {}
        self._least = _TRIAL * (time.monotonic() - begun)
        """Seconds that must be left for a trial to begin."""

    def courses(self) -> Courses:
        """The courses found until time is over, or enough sets of learners were tried."""
        for ability, session in self._turns():
            tried = sum(map(len, self._tried.values()))
            if self._is_late() or tried == self._params.course_trials:
                break
            learners = self._learners(ability, session)
            people = frozenset(one.person for one in learners)
            known = self._tried.setdefault(ability, [])
            if people and not any(people <= other for other in known):
                known.append(people)
                self._try(ability, session, learners)
        ranked = sorted(self._best.values(), key=_rank)
        count = sum(map(len, self._tried.values()))
        if ranked:
            return Courses(tuple(ranked), count, None)
        return Courses((), count, self._why(count))

    def _is_late(self) -> bool:
        """Whether there is no time for one more trial."""
        return self._is_over() or self._deadline.left() < self._least

    def _why(self, tried: int) -> Missing:
        if self._is_late():
            return "no_time"
        return "no_gain" if tried else "no_session"

    def _turns(self) -> Iterator[tuple[Ability, int]]:
        """Skills in turn, each with its sessions, those with the most hope first."""
        lines: list[tuple[float, list[tuple[Ability, int]]]] = []
        for ability, hoped in self._hoped.items():
            holders = self._sessions.holders(ability)
            people = [one.person for one in hoped]
            hopes = np.array([max(one.hope, 0.0) for one in hoped])
            free = self._sessions.free[people]
            most = self._params.course_people
            weight = -np.sort(free * -hopes[:, None], axis=0)[:most].sum(axis=0)
            taught = np.any(holders & self._sessions.free, axis=0)
            usable = np.logical_and(np.any(free, axis=0), taught)
            ranked = np.argsort(-weight, kind="stable")
            order = ranked[usable[ranked]].tolist()
            if order:
                lines.append((float(-weight[order[0]]), [(ability, i) for i in order]))
        lines.sort(key=lambda line: line[0])
        turns = chain.from_iterable(zip_longest(*(line for _, line in lines)))
        return (turn for turn in turns if turn is not None)

    def _learners(self, ability: Ability, session: int) -> list[_Hoped]:
        """Those who may come to a session and promise most; nobody where no trainer may come."""
        holders = self._sessions.holders(ability)
        may_attend = self._sessions.may_attend
        if not any(may_attend(session, one) for one in self._sessions.trainers(session, holders)):
            return []
        able = (one for one in self._hoped[ability] if may_attend(session, one.person))
        return [one for one, _ in zip(able, range(self._params.course_people), strict=False)]

    def _try(self, ability: Ability, session: int, learners: Sequence[_Hoped]) -> None:
        """Keep the course for the best of some learners, if it is better than the one known."""
        best = self._best.get(ability)
        at_most = self._at_most([one.step for one in learners])
        if self._is_over() or at_most <= 0 or (best is not None and at_most < best.own):
            return
        shifts = self._shifts_of(learners)
        found = self._later([one.step for one in learners], shifts)
        if found is None:
            return
        kept, found = self._fewest(learners, found, shifts)
        held = self._held(ability, kept, session)
        while kept and held is None and not self._is_over():
            kept = kept[:-1]
            held = self._held(ability, kept, session) if kept else None
            found = None
        steps = [one.step for one in kept]
        if held is None or (found is None and (found := self._later(steps, shifts)) is None):
            return
        course = self._course(ability, steps, held, found, shifts)
        if course.own > 0 and (best is None or _rank(course) < _rank(best)):
            self._best[ability] = course

    def _held(self, ability: Ability, kept: Sequence[_Hoped], session: int) -> HeldCourse | None:
        steps, most = [one.step for one in kept], self._params.course_sessions
        return self._sessions.held(ability, steps, session, most)

    def _shifts_of(self, learners: Sequence[_Hoped]) -> set[str]:
        """Ids of the shifts that learners would work by the prices."""
        found = (self._priced.guess(one.step, one.copy) for one in learners)
        return {shift for guess in found if guess is not None for shift in guess.shifts}

    def _at_most(self, steps: Sequence[Step]) -> int:
        """What trainings gain at most in a later week: the roster's cost less a proven bound.

        Without time for another bound it is that of 0, as no roster costs less.
        """
        score = self._trial.score
        found = None if self._is_over() else most_gained(self._prices, score, steps)
        return score.total if found is None else found

    def _later(self, steps: Sequence[Step], shifts: set[str]) -> Around | None:
        """A later week in which the trainings are done, if it costs less."""
        trial = self._trial
        found = self._near(apply_steps(trial.problem, steps), steps, shifts)
        return found if found is not None and found.score.total < trial.score.total else None

    def _near(
        self, problem: Problem, steps: Sequence[Step], shifts: Collection[str]
    ) -> Around | None:
        people = [who for step in steps for who in step.people]
        seconds = max(0.0, min(self._params.together_seconds, self._deadline.left()))
        return self._trial.near(
            problem, self._trial.roster, people=people, shifts=shifts, seconds=seconds
        )

    def _fewest(
        self, learners: Sequence[_Hoped], found: Around, shifts: set[str]
    ) -> tuple[list[_Hoped], Around]:
        """Fewer learners with whom a later week costs no more: some of the first, none too many."""
        cost = found.score.total

        def as_good(fewer: Sequence[_Hoped]) -> Around | None:
            later = None if self._is_over() else self._later([one.step for one in fewer], shifts)
            return later if later is not None and later.score.total <= cost else None

        kept = self._needed(learners, found)
        low, high = 1, len(kept) - (kept == list(learners[: len(kept)]))
        while low <= high:
            middle = (low + high) // 2
            later = as_good(learners[:middle])
            if later is None:
                low = middle + 1
            else:
                high, found, kept = middle - 1, later, list(learners[:middle])
        for one in kept[::-1]:
            fewer = [other for other in kept if other is not one]
            if fewer and one in kept and (later := as_good(fewer)) is not None:
                found, kept = later, self._needed(fewer, later)
        return kept, found

    def _needed(self, learners: Sequence[_Hoped], found: Around) -> list[_Hoped]:
        """Learners without those whose new level no cost of a roster needs, hoped for least first.

        One learner stays. Those who work as before are left out at once where that will do.
        """

        def as_good(fewer: Sequence[_Hoped]) -> bool:
            if not fewer or self._is_over():
                return False
            changed = apply_steps(self._trial.problem, [one.step for one in fewer])
            score = check(changed, found.roster)
            return score.is_feasible and score.total <= found.score.total

        before, after = self._trial.roster.shifts_of, found.roster.shifts_of
        kept = list(learners)
        moved = [
            one
            for one in learners
            if any(before.get(who, ()) != after.get(who, ()) for who in one.step.people)
        ]
        if len(moved) < len(kept) and as_good(moved):
            kept = moved
        for one in kept[::-1]:
            fewer = [other for other in kept if other is not one]
            if as_good(fewer):
                kept = fewer
        return kept

    def _course(
        self,
        ability: Ability,
        steps: Sequence[Step],
        held: HeldCourse,
        found: Around,
        shifts: set[str],
    ) -> ProposedCourse:
        trial = self._trial
        people = [who for step in steps for who in step.people]
        theirs = (found.roster.shifts_of.get(who, ()) for who in people)
        over = self._is_over()
        rest = None if over else self._near(trial.problem, steps, shifts.union(*theirs))
        total, levels, seats = trial.won(apply_steps(trial.problem, steps), found)
        without = None
        if rest is not None:
            without = min(max(0, trial.score.total - rest.score.total), total)
        return ProposedCourse(
            ability,
            tuple(steps),
            held.trainer_id,
            held.shift,
            held.requirements,
            held.attended,
            held.cost,
            found.roster,
            total,
            levels,
            seats,
            self._at_most(steps),
            found.proven,
            without,
        )


def _rank(course: ProposedCourse) -> tuple[int, int, int, int]:
    """The largest gain first; of equal ones the fewest learners, the lowest level, and the week
    that it costs least.
    """
    return (-course.own, len(course.steps), course.level, course.cost_now)
