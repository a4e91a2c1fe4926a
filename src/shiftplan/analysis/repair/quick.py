"""Empty seats filled by quick moves: what a repair has in hand before it searches.

(`Problem`, what is left of a roster) -> `QuickMoves` -> `Roster`. A move adds one person, brings
somebody from a place that can spare them, or has a third person take that place.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter

from shiftplan.analysis.candidates import Candidates, comes, leaves
from shiftplan.case.case import Case
from shiftplan.problem import Problem
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Assignment, Change, Roster

_SOON = timedelta(hours=48)
"""From when on there is little time to find somebody."""
_LEAVING, _FOLLOWING = 6, 12
"""Places that somebody could leave, and people who could follow them there, that are tried for a
seat: the cheapest places, and the people with the fewest shifts."""

Found = tuple[tuple[int, ...], tuple[Change, ...]]
"""Key by which the best move comes first, and its changes."""


class QuickMoves:
    """Fills seats one by one; every move is judged by the rules' own checks.

    A move breaks no hard rule that was not broken, costs no more on the dearest level, and is
    worth what it costs, or mends a hard rule. `seconds`: of the processor, so that as much is
    filled on a busy machine.
    """

    def __init__(self, problem: Problem, roster: Roster, seconds: float) -> None:
        self._problem, self._end = problem, time.thread_time() + seconds
        self._candidates = Candidates(problem, roster)
        self._assignments = set(roster.assignments)
        self._has_moved = False
        """Whether anybody has left a shift."""
        self._before = frozenset(roster.assignments)
        self._settled: frozenset[Assignment] = frozenset()
        """What was added for seats that are more urgent than those looked at now."""
        self._added: dict[Assignment, Requirement] = {}
        """What was added, by a move of one person, for which seat."""

    @property
    def num_allowed(self) -> int:
        """How many pairs of a person and a shift no rule forbids by itself."""
        return self._candidates.num_allowed

    def fill(self, lost: Collection[str], people: Iterable[str], now: datetime) -> Roster:
        """Fill empty seats in order of urgency until the time is over.

        `lost`, `people`: ids of the shifts and people whom changes concern.
        """
        lost = frozenset(lost)
        urgent = self._urgent(lost, people, now)
        for _, needs in groupby(urgent, key=itemgetter(0)):
            seats = [need for _, need in needs]
            for need in seats:
                self._fill(need, self._coming)
            for need in seats:
                if self._is_of(need, lost):  # whom others lack was known when they were planned
                    self._fill(need, self._moving)
            self._settled = frozenset(self._assignments - self._before)
        for assignment, need in list(self._added.items()):
            self._exchange(assignment, need)
        for _, need in urgent if self._has_moved else ():  # who was not free before may be now
            self._fill(need, self._coming)
        return Roster.model_construct(assignments=tuple(sorted(self._assignments)))

    def _fill(self, need: Requirement, best: Callable[[Requirement], Found | None]) -> None:
        """Make the best moves of a kind that fill empty seats of a requirement."""
        while self._case.empty(need) and not self._is_over():
            found = best(need)
            if found is None:
                break
            self._make(need, *found[1])

    @property
    def _case(self) -> Case:
        return self._candidates.case

    def _is_over(self) -> bool:
        return time.thread_time() >= self._end

    def _urgent(
        self, lost: Collection[str], people: Iterable[str], now: datetime
    ) -> list[tuple[tuple[bool, int], Requirement]]:
        """Requirements with empty seats and how urgent they are, the most urgent first.

        Those that the changes emptied and that are soon, those below their minimum, then the others
        that changes concern; those of shifts that have begun come last.
        """
        is_open = self._candidates.open_to(people)
        priority = {c.center_id: c.priority for c in self._problem.centers}
        found = []
        for place, need in enumerate(self._problem.requirements):
            is_lost, may_come = self._is_of(need, lost), self._is_of(need, is_open)
            if not (is_lost or need.minimum or may_come):
                continue
            shifts, count = self._case.shifts_counted(need), self._case.coverage(need)
            is_below = count < need.minimum
            is_empty = bool(shifts) and bool(self._case.empty(need))
            if not is_empty or not (is_lost or is_below or may_come):
                continue
            starts = [shift.start for shift in shifts]
            start = need.start or min((s for s in starts if s >= now), default=min(starts))
            has_begun = start < now
            is_soon = is_lost and not has_begun and start < now + _SOON
            urgency = 0 if is_soon else 1 if is_below else 2
            weight = -priority[self._problem.center_of(need)]
            within = (start, weight, need.is_of_heads, place)
            found.append(((has_begun, urgency), within, need))
        return [(urgency, need) for urgency, _, need in sorted(found, key=itemgetter(0, 1))]

    def _is_of(self, need: Requirement, shifts: Collection[str]) -> bool:
        """Whether a requirement counts people of any of some shifts."""
        return any(shift.shift_id in shifts for shift in self._case.shifts_counted(need))

    def _able(self, shift_id: str) -> list[str]:
        """People whom no rule keeps out of a shift; those with the fewest shifts come first."""
        found = [v.volunteer_id for v in self._candidates.able(shift_id)]
        return sorted(found, key=lambda who: len(self._case.shifts_of[who]))

    def _filling(self, need: Requirement) -> Iterator[tuple[str, str]]:
        """Yield shifts and people whom no rule keeps out of them, and whom a requirement counts."""
        people = self._case.volunteers
        for shift in self._case.shifts_counted(need):
            for who in self._able(shift.shift_id):
                if self._case.would_fill(need, people[who], shift):
                    yield shift.shift_id, who

    def _coming(self, need: Requirement) -> Found | None:
        """The best move that fills a seat by one person who comes."""
        is_below = self._case.coverage(need) < need.minimum
        found: list[Found] = []
        for shift_id, who in self._filling(need):
            found += self._judged(is_below, comes(shift_id, who))
        return min(found, key=itemgetter(0), default=None)

    def _moving(self, need: Requirement) -> Found | None:
        """The best move that fills a seat by somebody who leaves another, for a third or nobody."""
        is_below = self._case.coverage(need) < need.minimum
        leaving: list[tuple[tuple[int, ...], tuple[Change, ...]]] = []
        for shift_id, who in self._filling(need):
            for own in self._case.shifts_of[who]:
                if (own.shift_id, who) in self._settled or self._is_over():
                    continue
                changes = (comes(shift_id, who), leaves(own.shift_id, who))
                effect = self._candidates.legal(*changes)
                if effect is not None:
                    leaving.append((self._candidates.order(effect), changes))
        leaving.sort(key=itemgetter(0))
        found: list[Found] = []
        for _, (coming, left) in leaving[:_LEAVING]:
            found += self._judged(is_below, coming, left)
            place, mover = left.assignment.shift_id, coming.assignment.volunteer_id
            able = [who for who in self._able(place) if who != mover]
            for who in able[:_FOLLOWING]:
                found += self._judged(is_below, coming, left, comes(place, who))
        return min(found, key=itemgetter(0), default=None)

    def _judged(self, is_below: bool, *changes: Change) -> Iterator[Found]:
        """Yield a move, if it is to be made and there is time for it."""
        effect = None if self._is_over() else self._candidates.legal(*changes)
        if effect is None or next(iter(effect.levels.values()), 0) > 0:
            return
        key = self._candidates.order(effect)
        mends = is_below and self._candidates.mends(*changes)
        if mends or key < (0,) * len(key):
            yield (not mends, *key), changes

    def _make(self, need: Requirement, *changes: Change) -> None:
        self._candidates = self._candidates.after(*changes)
        for assignment, is_added in changes:
            if is_added:
                self._assignments.add(assignment)
            else:
                self._assignments.discard(assignment)
                self._added.pop(assignment, None)
        self._has_moved |= len(changes) > 1
        if len(changes) == 1:
            self._added[changes[0].assignment] = need

    def _exchange(self, assignment: Assignment, need: Requirement) -> None:
        """Let somebody else come instead of a person added, where that is cheaper still."""
        if assignment not in self._added or self._is_over():
            return
        found: list[Found] = []
        for shift_id, who in self._filling(need):
            found += self._judged(False, comes(shift_id, who), leaves(*assignment))
        if found:
            _, changes = min(found, key=itemgetter(0))
            self._make(need, *changes)
