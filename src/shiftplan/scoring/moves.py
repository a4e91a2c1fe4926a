"""What a change does to a roster: which hard rules it breaks, and what it costs.

(`Problem`, `Roster`) -> `Moves`; changes -> `Effect`.

A change of a few assignments is judged by the rules' own `check`, on the part of the problem they
concern: the people moved with all their shifts, and the teams of the shifts touched. Before and
after are laid out on the same part, so that whatever the part leaves out is the same in both, and
their difference is that of the whole rosters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from shiftplan.case.case import Case, laid_out
from shiftplan.case.partial import PartialCase
from shiftplan.problem import Problem
from shiftplan.rules import Rule, Violation
from shiftplan.rules.company import OfCompany
from shiftplan.week.json_form import LevelKey, Written
from shiftplan.week.roster import Assignment, Change, Roster

T = TypeVar("T")
_Sides = tuple[Callable[[], Case], Callable[[], Case]]
"""Cases before and after a change, laid out when they are asked for: of most changes, which break
nothing, nobody looks at what was before."""


@dataclass(frozen=True)
class Effect(Written):
    """What a change does to a roster; `check` of both rosters would show the same."""

    json_keys = "costs levels total broken"

    broken: tuple[Violation, ...]
    """Breaches of hard rules that the change makes or makes worse, as they are after it."""
    costs: Mapping[str, int]
    """Soft rule -> cost after less cost before; rules whose cost stays are left out."""
    levels: Mapping[LevelKey, int]
    """Level -> cost after less cost before, dearest level first; also levels that stay."""
    total: int
    """Total after less total before."""


class Moves:
    """Judges changes of one roster.

    A breach belongs to a rule and a person, or to a rule and a place when it concerns a team. It
    is made or made worse when the sum of its amounts grows. Of a person only the sum counts: a
    run of days that starts earlier is at another place, but no new breach. Who moves from one
    shift to another may so mend as much of a rule as they break of it.
    """

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self.problem = problem
        self.case = laid_out(problem, roster)
        """The roster before all changes."""
        self._assignments: Sequence[Assignment] = roster.assignments
        self._shifts_of: Mapping[str, Sequence[str]] = roster.shifts_of
        self._people_in: Mapping[str, Sequence[str]] = roster.people_in
        self._hard = tuple(r for r in problem.active_rules if r.hard)
        seen = [r for r in problem.active_rules if r.sees == "groups"]
        self._company = {
            name: [v.volunteer_id for v in self.case.members((name,))]
            for name in dict.fromkeys(name for rule in seen for name in getattr(rule, "group", ()))
        }
        """Group of which a rule has to see all -> ids of its members."""
        self._groups: dict[str, list[str]] = {}
        """Volunteer id -> such groups of the person."""
        for name, members in self._company.items():
            for who in members:
                self._groups.setdefault(who, []).append(name)
        at_moments = [
            r for r in problem.active_rules if isinstance(r, OfCompany) and r.per == "moment"
        ]
        self._shared = {
            c.center_id for c in problem.centers if at_moments or c.capacity is not None
        }
        """Centers at which rules see who is in other shifts at the time of one."""
        self._sees_teams_beside = any(rule.sees == "team" for rule in at_moments)
        """Whether these rules find something about people in the other shifts."""
        self._sees_roster = any(rule.sees == "roster" for rule in problem.active_rules)
        self._pins = _by(problem.pins, "volunteer_id")
        self._published = _by(problem.published, "volunteer_id")
        self._wishes = _by(problem.preferences, "volunteer_id")

    def after(self, *changes: Change) -> Moves:
        """Judges changes of the roster that changes lead to, of people and shifts that are known.

        Each adds an assignment that is not there, or takes away one that is.
        """
        later = copy(self)
        later.case = self.case.after(changes)
        later._assignments = tuple(_later(self._assignments, changes))
        shifts_of, people_in = dict(self._shifts_of), dict(self._people_in)
        for (shift_id, who), _ in changes:
            shifts_of[who] = [s.shift_id for s in later.case.shifts_of[who]]
            people_in[shift_id] = [v.volunteer_id for v in later.case.people_in[shift_id]]
        later._shifts_of, later._people_in = shifts_of, people_in
        return later

    def legal(self, *changes: Change) -> Effect | None:
        """The effect of changes; None where they break a hard rule, or break one more."""
        cases = self._cases(changes)
        if any(True for rule in self._hard for _ in _worse(rule, *cases(rule))):
            return None
        return self._effect((), cases)

    def mends(self, *changes: Change) -> bool:
        """Whether there is less of a breach of a hard rule after changes."""
        cases = self._cases(changes)
        return any(True for rule in self._hard for _ in _worse(rule, *reversed(cases(rule))))

    def broken(self, *changes: Change) -> tuple[Violation, ...]:
        """Breaches of hard rules that changes make or make worse, as they are after them."""
        cases = self._cases(changes)
        return tuple(found for rule in self._hard for found in _worse(rule, *cases(rule)))

    def breaches(self, *changes: Change) -> int:
        """Amount by which hard rules are broken after changes, all together, less that before."""
        cases, amounts = self._cases(changes), [0, 0]
        for rule in self._hard:
            for side, case in enumerate(cases(rule)):
                amounts[side] += sum(found.amount for found in rule.check(case()))
        return amounts[1] - amounts[0]

    def effect(self, *changes: Change) -> Effect:
        """What changes do, made together.

        Each assignment is added or taken away one time; taking away one that is not there changes
        nothing. They may name unknown ids, as rosters may.
        """
        cases = self._cases(changes)
        broken = (found for rule in self._hard for found in _worse(rule, *cases(rule)))
        return self._effect(tuple(broken), cases)

    def _effect(self, broken: tuple[Violation, ...], cases: Callable[[Rule], _Sides]) -> Effect:
        problem = self.problem
        costs: dict[str, int] = {}
        levels = dict.fromkeys(problem.levels, 0)
        for rule in problem.active_rules:
            if not isinstance(rule.level, int):
                continue
            before, after = cases(rule)
            then, now = (sum(v.cost for v in rule.check(side())) for side in (before, after))
            more = now - then
            costs[rule.rule] = costs.get(rule.rule, 0) + more
            levels[rule.level] += more
        total = sum(problem.rate_of[level] * cost for level, cost in levels.items())
        different = {rule: cost for rule, cost in costs.items() if cost}
        return Effect(broken, different, levels, total)

    def _cases(self, changes: Sequence[Change]) -> Callable[[Rule], _Sides]:
        """What a rule has to see, before and after changes."""
        part = self._part(changes)
        if not self._sees_roster:
            return lambda rule: part
        whole = (lambda: self.case, cache(lambda: self._whole_after(changes)))
        return lambda rule: whole if rule.sees == "roster" else part

    def _whole_after(self, changes: Sequence[Change]) -> Case:
        """The case of the whole roster after changes; laid out anew only where it must be."""
        case = self.case
        is_once = len({change.assignment for change in changes}) == len(changes)
        is_plain = is_once and not case.unknown and not case.repeated
        if is_plain and all(map(self._is_plain, changes)):
            return case.after(changes)
        roster = Roster.model_construct(assignments=tuple(_later(self._assignments, changes)))
        return Case(self.problem, roster)

    def _is_plain(self, change: Change) -> bool:
        """Whether a change adds what is not there, or takes away what is, of known ids."""
        (shift_id, who), is_added = change
        if shift_id not in self.case.shifts or who not in self.case.volunteers:
            return False
        return is_added != (who in self._people_in.get(shift_id, ()))

    def _part(self, changes: Iterable[Change]) -> _Sides:
        """The part of the problem that changes concern, before and after them."""

        def of(ids: Iterable[str], groups: Mapping[str, Sequence[T]]) -> list[T]:
            return [item for i in sorted(ids) for item in groups.get(i, ())]

        whole = self.case
        moved = {c.assignment.volunteer_id for c in changes}
        shifts_touched = (c.assignment.shift_id for c in changes)
        others = whole.week.alternatives
        touched = {other for s in shifts_touched for other in others.get(s, (s,))}
        needs = list({id(need): need for need in of(touched, self.problem.needs_at)}.values())
        counted = (self.problem.shifts_counted(n) for n in needs if n.shift_id is None)
        touched.update(shift.shift_id for shifts in counted for shift in shifts)
        before = [Assignment(s, v) for v in moved for s in self._shifts_of.get(v, ())]
        teams = ((s, v) for s in touched for v in self._people_in.get(s, ()))
        before += [Assignment(s, v) for s, v in teams if v not in moved]
        shared = {g for v in moved for g in self._groups.get(v, ())}
        mates = {m for g in shared for m in self._company[g]}
        theirs = ((s, v) for v in sorted(mates - moved) for s in self._shifts_of.get(v, ()))
        before += [Assignment(s, v) for s, v in theirs if s not in touched]
        people = moved.union(a.volunteer_id for a in before)
        shifts = touched.union(a.shift_id for a in before)
        known = (whole.shifts[s] for s in touched if s in whole.shifts)
        sharing = (whole.beside(shift) for shift in known if shift.center_id in self._shared)
        beside = {other.shift_id for others in sharing for other in others}
        shifts |= beside
        if self._sees_teams_beside:
            people.update(v for s in beside for v in self._people_in.get(s, ()))
        pins, published = of(moved, self._pins), of(moved, self._published)
        shifts.update(pin.shift_id for pin in pins)
        shifts.update(entry.shift_id for entry in published)
        if self._company:
            groups = {g for v in people for g in self._groups.get(v, ())}
            people.update(v for g in groups for v in self._company.get(g, ()))
        update: dict[str, Iterable[object]] = {
            "volunteers": [whole.volunteers[v] for v in sorted(people) if v in whole.volunteers],
            "shifts": [whole.shifts[s] for s in sorted(shifts) if s in whole.shifts],
            "requirements": needs,
            "pins": pins,
            "published": published,
            "preferences": of(moved, self._wishes),
        }
        part = whole.week.model_copy(update={name: tuple(rows) for name, rows in update.items()})

        def laid_out(assignments: Iterable[Assignment]) -> Case:
            roster = Roster.model_construct(assignments=tuple(assignments))
            return PartialCase(part, roster, whole, moved=moved, touched=touched)

        return cache(lambda: laid_out(before)), cache(lambda: laid_out(_later(before, changes)))


def _later(assignments: Iterable[Assignment], changes: Iterable[Change]) -> Iterator[Assignment]:
    """Assignments as changes leave them."""
    later = Counter(assignments)
    later.update(c.assignment for c in changes if c.added)
    later -= Counter(c.assignment for c in changes if not c.added)
    return later.elements()


def _worse(
    rule: Rule, before: Callable[[], Case], after: Callable[[], Case]
) -> Iterator[Violation]:
    """Breaches of a hard rule of which there is more afterwards."""
    found = list(rule.check(after()))
    if not found:
        return

    def whose(violation: Violation) -> tuple[str, object]:
        """The person, or the place when it concerns a team."""
        return violation.who, None if violation.who else violation.where

    more: Counter[tuple[str, object]] = Counter()
    for violation in found:
        more[whose(violation)] += violation.amount
    for violation in rule.check(before()):
        more[whose(violation)] -= violation.amount
    yield from (violation for violation in found if more[whose(violation)] > 0)


def _by(items: Iterable[T], field: str) -> dict[str, list[T]]:
    """Items by the id that they have in a field."""
    groups: dict[str, list[T]] = {}
    for item in items:
        groups.setdefault(getattr(item, field), []).append(item)
    return groups
