"""What differs between two rosters, in parts that can be made one by one, each with its price.

(`Problem`, two `Roster`s) -> `Difference`s, the one that saves most first.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from shiftplan.analysis.candidates import Candidates
from shiftplan.problem import Problem
from shiftplan.scoring.moves import Effect
from shiftplan.week.json_form import Written
from shiftplan.week.roster import Change, Roster

_MOST_JOINED = 8
"""Parts that join one that breaks something, at most."""


@dataclass(frozen=True, slots=True)
class Difference(Written):
    """Changes that belong together."""

    json_keys = "changes *effect"

    changes: tuple[Change, ...]
    """What is taken away and added, in order of shift and volunteer."""
    effect: Effect
    """What they do to the roster before, made together and without any others."""


def differences(
    problem: Problem,
    before: Roster,
    after: Roster,
    *,
    candidates: Candidates | None = None,
) -> tuple[Difference, ...]:
    """Split what differs between two rosters into parts that can be made one by one.

    What somebody leaves and takes on the same date goes together, and so do somebody who leaves a
    shift and somebody who comes into it. Where a part alone breaks a hard rule, other changes of
    the people and shifts concerned join it, if that helps.

    Parameters
    ----------
    problem
        The week in which both are judged.
    before, after
        The rosters.
    candidates
        Those of `before`, where they are at hand; None to make them.

    Returns
    -------
    tuple of Difference
        Each change is in one of them. Those that break nothing come first, then the cheapest.
    """
    judge = Candidates(problem, before) if candidates is None else candidates
    parts = _joined([*before.changes_to(after)], problem)
    found = [Difference(part, judge.effect(*part)) for part in parts]
    return tuple(sorted(_mended(found, judge), key=lambda part: _rank(part, judge)))


def _joined(changes: Sequence[Change], problem: Problem) -> list[tuple[Change, ...]]:
    """The changes, those that belong together as one."""
    shifts, people = problem.shift_by_id, problem.volunteer_by_id

    def date_of(change: Change) -> Hashable:
        shift = shifts.get(change.assignment.shift_id)
        return change.assignment.volunteer_id, shift and shift.day

    def skills_of(change: Change) -> object:
        person = people.get(change.assignment.volunteer_id)
        return person and person.skills

    groups = _Groups(changes)
    for own in _by(changes, date_of):
        groups.join(own)
    for own in _by(changes, lambda change: change.assignment.shift_id):
        come = [change for change in own if change.added]
        gone = [change for change in own if not change.added]
        for is_alike in (True, False):  # whoever has the same skills follows first
            for old in [*gone]:
                fits = (new for new in come if not is_alike or skills_of(new) == skills_of(old))
                if (new := next(fits, None)) is not None:
                    groups.join((old, new))
                    gone.remove(old)
                    come.remove(new)
    return groups.parts()


def _mended(found: Iterable[Difference], judge: Candidates) -> list[Difference]:
    """Parts that break something joined with others, one by one, where that helps."""
    left = dict(enumerate(found))
    about: dict[str, list[int]] = {}
    for place, part in left.items():
        for name in dict.fromkeys(name for c in part.changes for name in c.assignment):
            about.setdefault(name, []).append(place)
    for place in [*left]:
        if place not in left:
            continue
        best = part = left[place]
        joined: list[int] = []
        while part.effect.broken and len(joined) < _MOST_JOINED:
            near = dict.fromkeys(i for name in _concerned(part) for i in about.get(name, ()))
            tried = [
                (_together(part, left[i], judge), i)
                for i in near
                if i in left and i != place and i not in joined
            ]
            if not tried:
                break
            part, other = min(tried, key=lambda one: _rank(one[0], judge))
            joined.append(other)
            if len(part.effect.broken) < len(best.effect.broken):
                best, taken = part, [*joined]
        if best is not left[place]:
            left[place] = best
            for other in taken:
                del left[other]
    return [*left.values()]


def _rank(part: Difference, judge: Candidates) -> tuple[int, tuple[int, ...]]:
    """What breaks least first, then what costs least."""
    return len(part.effect.broken), judge.order(part.effect)


def _together(part: Difference, other: Difference, judge: Candidates) -> Difference:
    changes = sorted({*part.changes, *other.changes})
    return Difference(tuple(changes), judge.effect(*changes))


def _concerned(part: Difference) -> set[str]:
    """Ids of the people and shifts whose other changes may mend what a part breaks."""
    broken = part.effect.broken
    found = {violation.who for violation in broken if violation.who}
    if len(found) < len(broken):  # of a team: whoever comes or goes may matter
        found |= {change.assignment.shift_id for change in part.changes}
    return found


def _by(changes: Iterable[Change], key: Callable[[Change], Hashable]) -> list[list[Change]]:
    groups: dict[Hashable, list[Change]] = {}
    for change in changes:
        groups.setdefault(key(change), []).append(change)
    return [*groups.values()]


class _Groups:
    """Changes, joined step by step."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._first = {change: change for change in changes}

    def _root(self, change: Change) -> Change:
        while (first := self._first[change]) is not change:
            self._first[change] = change = self._first[first]
        return change

    def join(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self._first[self._root(change)] = self._root(changes[0])

    def parts(self) -> list[tuple[Change, ...]]:
        return [tuple(part) for part in _by(self._first, self._root)]
