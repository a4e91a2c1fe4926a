"""The score of any roster, also a hand-made one; no solver is involved.

(`Problem`, `Roster`) -> `check` -> `Score`. What differs between two rosters, people's shifts,
centers' teams, costs and broken rules: (`Problem`, two `Roster`s) -> `compare_rosters` ->
`Comparison`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, TypeVar

from shiftplan.case.case import Case, laid_out
from shiftplan.errors import message
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.rules import Violation
from shiftplan.week.json_form import Amount, LevelKey, Written
from shiftplan.week.records import Shift, moved_shifts
from shiftplan.week.roster import Change, Roster

Key = TypeVar("Key")
_LAST = "_last_checked"
"""Where a problem keeps the roster that was checked last, and its score; copies have none."""


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

    def as_html(self, lang: str = "en") -> str:
        """Hard rules that are broken, and costs by rule and level, as HTML."""
        return message.html_of(self, lang)

    def _repr_html_(self) -> str:
        return self.as_html()


def _sums(items: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    sums: dict[str, int] = {}
    for key, amount in items:
        sums[key] = sums.get(key, 0) + amount
    return sums


@takes_week
def check(problem: Problem, roster: Roster) -> Score:
    """Score any roster by every rule of its problem: all figures are whole numbers.

    The roster may break rules, repeat assignments and name unknown ids.

    Raises
    ------
    InputError
        If rows of a changed copy of a problem do not fit together.
    """
    problem.need_fit()
    last: tuple[Roster, Score] | None = vars(problem).get(_LAST)
    if last is not None and last[0] is roster:
        return last[1]
    broken = breaches(problem, roster)
    case = laid_out(problem, roster)
    priced: list[Violation] = []
    levels = dict.fromkeys(problem.levels, 0)
    for rule in problem.active_rules:
        if isinstance(rule.level, int):
            for found in rule.check(case):
                priced.append(found)
                levels[rule.level] += found.cost
    total = sum(problem.rate_of[level] * cost for level, cost in levels.items())
    score = Score(broken, tuple(priced), levels, total)
    vars(problem)[_LAST] = roster, score
    return score


def breaches(problem: Problem, roster: Roster) -> tuple[Violation, ...]:
    """What of the hard rules any roster breaks, as `check` finds it, without looking at others."""
    problem.need_fit()
    case = laid_out(problem, roster)
    hard = (rule for rule in problem.active_rules if not isinstance(rule.level, int))
    return tuple(found for rule in hard for found in rule.check(case))


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


class _RosterPair(NamedTuple):
    old: str
    """Id of the shift worked before."""
    new: str
    """Id of the shift worked afterwards."""


class Move(_RosterPair, Written):
    """A shift worked instead of another one on the same date, or one that itself was moved."""

    __slots__ = ()
    json_keys = "from=old to=new"


@dataclass(frozen=True, slots=True)
class PersonChange(Written):
    """What one person works instead of what."""

    volunteer_id: str
    """The person."""
    removed: tuple[str, ...]
    """Ids of shifts worked only before, in order of time; those moved are left out."""
    added: tuple[str, ...]
    """Ids of shifts worked only afterwards, in order of time; those moved are left out."""
    moved: tuple[Move, ...]
    """Ids of a shift removed and one added on the same date, in order of time; twice the id of a
    shift that is at another time or place."""

    @property
    def count(self) -> int:
        """Shifts removed, added and moved together."""
        return len(self.removed) + len(self.added) + len(self.moved)


@dataclass(frozen=True, slots=True)
class CenterChange(Written):
    """What changes at one center."""

    center_id: str
    """The center."""
    removed: Amount
    """Assignments there only before."""
    added: Amount
    """Assignments there only afterwards."""
    filled_before: Amount
    """Seats of its requirements filled before, of shifts that were held."""
    filled_after: Amount
    """Seats filled afterwards."""
    wanted: Amount
    """Seats wanted afterwards: the targets of its requirements, of shifts that are held."""


@dataclass(frozen=True)
class Comparison(Written):
    """What differs between two rosters of one problem."""

    json_keys = "removed added total levels costs hard people centers"

    removed: Amount
    """Different assignments that only the roster before has."""
    added: Amount
    """Different assignments that only the roster after has."""
    people: tuple[PersonChange, ...]
    """People whose shifts differ, most changes first, then by id; also unknown ids."""
    centers: tuple[CenterChange, ...]
    """Centers whose teams differ, most changes first, then by id."""
    before: Score
    """Score of the roster before."""
    after: Score
    """Score of the roster after."""
    before_shifts: Mapping[str, Shift]
    """Id -> the shift as it was in the roster before."""
    after_shifts: Mapping[str, Shift]
    """Id -> the shift as it is in the roster after."""

    @property
    def costs(self) -> Mapping[str, CostChange]:
        """Soft rule -> its cost, for rules that find anything in either roster."""
        return beside(self.before.parts, self.after.parts)

    @property
    def hard(self) -> Mapping[str, CostChange]:
        """Hard rule -> amount by which it is broken, for rules broken in either roster."""
        return beside(self.before.hard, self.after.hard)

    @property
    def levels(self) -> Mapping[LevelKey, CostChange]:
        """Level -> its cost, dearest level first."""
        return beside(self.before.levels, self.after.levels)

    @property
    def total(self) -> CostChange:
        """The one total."""
        return CostChange(self.before.total, self.after.total)


@takes_week
def compare_rosters(
    problem: Problem,
    before: Roster,
    after: Roster,
    *,
    before_shifts: Mapping[str, Shift] | None = None,
    after_shifts: Mapping[str, Shift] | None = None,
) -> Comparison:
    """Tell what differs between two rosters of one problem.

    Any rosters can be compared; they may break rules and name unknown ids. Assignments that stand
    several times count once. A shift that a person loses and one that they gain on the same date
    are reported as moved, in order of time; so is a shift that is at another time or place.

    Parameters
    ----------
    problem
        The week; both rosters are scored in it.
    before, after
        The rosters.
    before_shifts, after_shifts
        Id -> the shift as people were told of it in one of them, where that is not as the problem
        has it. None where all are.
    """
    old = {**problem.shift_by_id, **(before_shifts or {})}
    new = {**problem.shift_by_id, **(after_shifts or {})}
    changes = list(before.changes_to(after, moved_shifts(old, new)))
    by_person: dict[str, list[Change]] = {}
    for change in changes:
        by_person.setdefault(change.assignment.volunteer_id, []).append(change)
    people = [_person(who, own, old, new) for who, own in by_person.items()]
    people.sort(key=lambda person: (-person.count, person.volunteer_id))
    added = sum(change.added for change in changes)
    centers = tuple(_centers(problem, (before, after), changes, old, new))
    scores = check(problem, before), check(problem, after)
    return Comparison(len(changes) - added, added, tuple(people), centers, *scores, old, new)


def _person(
    volunteer_id: str,
    changes: Iterable[Change],
    before: Mapping[str, Shift],
    after: Mapping[str, Shift],
) -> PersonChange:
    found = [*changes]
    removed = _in_time((c.assignment.shift_id for c in found if not c.added), before)
    added = _in_time((c.assignment.shift_id for c in found if c.added), after)
    stays = {*removed} & {*added}
    moved: list[Move] = []
    for old in [s for s in removed if s in before]:
        other = (s for s in added if s in after and after[s].day == before[old].day)
        new = old if old in stays else next((s for s in other if s not in stays), None)
        if new is not None:
            moved.append(Move(old, new))
            removed.remove(old)
            added.remove(new)
    return PersonChange(volunteer_id, tuple(removed), tuple(added), tuple(moved))


def _in_time(shift_ids: Iterable[str], shifts: Mapping[str, Shift]) -> list[str]:
    """Ids of shifts in order of time, unknown ones last."""
    last = datetime.max
    return sorted(shift_ids, key=lambda s: (shifts[s].start if s in shifts else last, s))


def _centers(
    problem: Problem,
    rosters: tuple[Roster, Roster],
    changes: Iterable[Change],
    before: Mapping[str, Shift],
    after: Mapping[str, Shift],
) -> list[CenterChange]:
    people, known = problem.volunteer_by_id, problem.center_by_id
    counts: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    for (shift_id, volunteer_id), is_added in changes:
        shift = (after if is_added else before).get(shift_id)
        if shift is not None and shift.center_id in known and volunteer_id in people:
            counts[is_added][shift.center_id] += 1
    earlier, later = (_seats(laid_out(problem, roster)) for roster in rosters)
    found = [
        CenterChange(c, counts[False][c], counts[True][c], earlier[c][0], *later[c])
        for c in {**counts[False], **counts[True]}
    ]
    return sorted(found, key=lambda c: (-(c.removed + c.added), c.center_id))


def _seats(case: Case) -> Mapping[str, tuple[int, int]]:
    """Center id -> seats filled and wanted, of the shifts that are held."""
    seats = {center.center_id: (0, 0) for center in case.week.centers}
    for need in case.asking:
        center = case.week.center_of(need)
        filled, wanted = seats[center]
        seats[center] = filled + case.filled(need), wanted + need.target
    return seats
