"""Who could take a seat: what stands against each person, what it would break, what it costs.

(`Problem`, `Roster`) -> `Candidates` -> the `Standing` of people in shifts, effects of changes.
Suggestions, trades, stand-by lists, reasons for empty seats and advice all judge by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from shiftplan.analysis.on_call import with_offers_for
from shiftplan.case.arrays import Array, Arrays
from shiftplan.case.partial import PartialCase
from shiftplan.problem import Problem
from shiftplan.rules import Rule, Violation
from shiftplan.rules.base import kinds_of
from shiftplan.scoring.moves import Effect, Moves
from shiftplan.solving.building import Room, room_of
from shiftplan.week.json_form import Written
from shiftplan.week.records import Shift, Volunteer
from shiftplan.week.roster import Assignment, Change, Roster


@dataclass(frozen=True, slots=True)
class Exchange(Written):
    """An assignment given up so that somebody can come."""

    json_keys = "shift_id *effect"

    shift_id: str
    """The shift left, which then needs somebody else."""
    volunteer_id: str
    """Who leaves it: the person who comes, or a member of the team that they join."""
    effect: Effect
    """What both changes do together; it breaks nothing."""


def comes(shift_id: str, volunteer_id: str) -> Change:
    """The change by which somebody comes to a shift."""
    return Change(Assignment(shift_id, volunteer_id), added=True)


def leaves(shift_id: str, volunteer_id: str) -> Change:
    """The change by which somebody leaves a shift."""
    return Change(Assignment(shift_id, volunteer_id), added=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """What it does when one person comes to a shift."""

    changes: tuple[Change, ...]
    """The person's coming, and the leaving of whoever is replaced."""
    is_barred: bool
    """Whether rules keep the person from the shift whatever they work."""
    broken: tuple[Violation, ...]
    """Breaches of hard rules, each with its place and amount, that coming makes or makes worse; of
    the barred only those that bar them."""
    effect: Effect | None
    """What coming costs; None where it breaks anything."""

    @property
    def volunteer_id(self) -> str:
        """The person."""
        return self.changes[0].assignment.volunteer_id

    @property
    def rules(self) -> tuple[str, ...]:
        """Kinds of the rules that stand against it, each once."""
        return kinds_of(self.broken)


class Candidates:
    """Everybody who could take a shift of one roster; what the questions share is made once.

    What the roster breaks already is held against nobody.
    """

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self.problem = problem
        self._hard = tuple(r for r in problem.active_rules if r.hard)
        self._take(Moves(problem, roster))

    def _take(self, moves: Moves) -> None:
        self._moves = moves
        self.effect, self.broken = moves.effect, moves.broken
        """What changes do, made together; and the breaches of hard rules that they make or make
        worse, as they are after them."""
        self.legal, self.mends = moves.legal, moves.mends
        """What changes do, None where they break anything; and whether they mend a hard rule."""
        self.breaches = moves.breaches
        """Amount by which hard rules are broken after changes, all together, less that before."""
        self.case = moves.case
        """The roster laid out."""

    def after(self, *changes: Change) -> Candidates:
        """Candidates of the roster after changes, each of which adds what is not there, or takes
        away what is.
        """
        later = copy(self)
        for of_roster in ("closed", "_pair_rules"):
            vars(later).pop(of_roster, None)
        later._take(self._moves.after(*changes))
        return later

    def on_call(self, shift: Shift) -> Candidates:
        """The same in the week in which those who stand by for a shift have offered its hours."""
        week = with_offers_for(self.problem, shift)
        if week is self.problem:
            return self
        teams = self.case.people_in.items()
        roster = Roster.of((where, v.volunteer_id) for where, team in teams for v in team)
        return Candidates(week, roster)

    def order(self, effect: Effect) -> tuple[int, ...]:
        """Key that puts the cheapest effect first: by total, or by levels in the strict order."""
        return tuple(effect.levels.values()) if self.problem.order == "strict" else (effect.total,)

    def standings(
        self, shift_id: str, people: Collection[str], leaving: str | None = None
    ) -> list[Standing]:
        """How people who are not in a shift stand to it, in their order; all ids are known.

        `leaving` is replaced by each of them; with None they come in addition.
        """
        people = dict.fromkeys(people)
        bars = self._bars(self.case.shifts[shift_id], people)
        away = () if leaving is None else (leaves(shift_id, leaving),)
        found = []
        for who in people:
            changes = (comes(shift_id, who), *away)
            broken = tuple(bars[who]) if who in bars else self.broken(*changes)
            effect = None if broken else self.effect(*changes)
            found.append(Standing(changes, who in bars, broken, effect))
        return found

    def exchanges(self, standing: Standing, *, with_team: bool = False) -> list[Exchange]:
        """Assignments on the giving up of which somebody can come after all, cheapest first.

        They are the person's own; `with_team`, where a rule about the team is broken, also those of
        its members.
        """
        if standing.is_barred or not standing.broken:
            return []
        shift_id, who = standing.changes[0].assignment
        pairs = [(own.shift_id, who) for own in self.case.shifts_of[who]]
        if with_team and any(not found.who for found in standing.broken):
            team = self.case.people_in[shift_id]
            pairs += [(shift_id, member.volunteer_id) for member in team]
        found = []
        for pair in dict.fromkeys(pairs):
            effect = self.effect(*standing.changes, leaves(*pair))
            if not effect.broken:
                found.append(Exchange(*pair, effect))
        return sorted(found, key=lambda exchange: self.order(exchange.effect))

    def can_stand_by(self, shift_id: str, volunteer_id: str) -> bool:
        """Whether a person may come without breaking more, or in the place of one of the team.

        In somebody's place they must break none of the rules about the team that coming breaks.
        """
        coming = comes(shift_id, volunteer_id)
        broken = self.broken(coming)
        if not broken or any(found.who for found in broken):
            return not broken
        of_team = {(found.rule, found.where) for found in broken}
        return any(
            of_team.isdisjoint(
                (found.rule, found.where)
                for found in self.broken(coming, leaves(shift_id, member.volunteer_id))
            )
            for member in self.case.people_in[shift_id]
        )

    def forbidding(self, shift_id: str, volunteer_id: str) -> tuple[int, ...]:
        """Numbers, in `active_rules`, of the hard rules that forbid a pair whatever the roster is.

        Every forbidding row is listed, also several of one kind.
        """
        pair = self._arrays.volunteer_index[volunteer_id], self._arrays.shift_index[shift_id]
        rules = enumerate(self.problem.active_rules)
        found = ((i, rule.forbid(self._arrays)) for i, rule in rules if rule.hard)
        return tuple(i for i, own in found if own is not None and own[pair])

    def bars(self, volunteer_id: str) -> dict[str, tuple[str, ...]]:
        """Shifts that `closed` has for a person -> kinds of the rules against them, each once."""
        row, found = self._arrays.volunteer_index[volunteer_id], dict[str, tuple[str, ...]]()
        for rule, breakers in self._pair_rules:
            own = None if volunteer_id in breakers else rule.forbid(self._arrays)
            for i in [] if own is None else np.flatnonzero(own[row]):
                at = self.problem.shifts[i].shift_id
                found[at] = tuple(dict.fromkeys((*found.get(at, ()), rule.rule)))
        return found

    def open_to(self, people: Iterable[str]) -> set[str]:
        """Ids of shifts that no rule forbids to all of some people; unknown ids do not count."""
        index = self._arrays.volunteer_index
        found = np.any(self._allowed[[index[p] for p in people if p in index]], axis=0)
        return {self.problem.shifts[i].shift_id for i in np.flatnonzero(found)}

    def able(self, shift_id: str) -> list[Volunteer]:
        """Everybody whom no rule forbids a shift, but those who are in it."""
        team = {v.volunteer_id for v in self.case.people_in[shift_id]}
        column = self._allowed[:, self._arrays.shift_index[shift_id]]
        able = (self.problem.volunteers[i] for i in np.flatnonzero(column))
        return [v for v in able if v.volunteer_id not in team]

    @property
    def num_allowed(self) -> int:
        """How many pairs of a person and a shift no rule forbids by itself."""
        return int(self._allowed.sum())

    @cached_property
    def _allowed(self) -> Array:
        return self._room.possible

    @cached_property
    def closed(self) -> Array:
        """Pairs that break more of a rule whatever the person leaves for them.

        Bool of shape (num_volunteers, num_shifts): a rule forbids the pair, and the person breaks
        nothing of this rule yet that leaving a shift could mend.
        """
        closed = np.zeros((self._arrays.num_volunteers, self._arrays.num_shifts), dtype=bool)
        ids = [v.volunteer_id for v in self.problem.volunteers]
        for rule, breakers in self._pair_rules:
            own = rule.forbid(self._arrays)
            if own is not None:
                closed |= own & np.array([who not in breakers for who in ids], dtype=bool)[:, None]
        return closed

    @cached_property
    def _pair_rules(self) -> tuple[tuple[Rule, set[str]], ...]:
        # What such a rule finds about a person in a shift depends on the two alone. Who breaks
        # nothing of it yet cannot mend, by leaving another shift, as much as they would break.
        forbidding = (rule for rule in self._hard if type(rule).forbid is not Rule.forbid)
        return tuple((r, {found.who for found in r.check(self.case)}) for r in forbidding)

    @cached_property
    def _room(self) -> Room:
        return room_of(self.problem)

    @property
    def _arrays(self) -> Arrays:
        return self._room.arrays

    def _bars(self, shift: Shift, people: Collection[str]) -> Mapping[str, list[Violation]]:
        """Those of some people, none of them in a shift, who are barred -> what bars them."""
        case, problem, at = self.case, self.problem, shift.shift_id
        everybody = Roster.model_construct(assignments=tuple(Assignment(at, w) for w in people))
        part = problem.model_copy(
            update={
                "volunteers": tuple(case.volunteers[who] for who in people),
                "shifts": (shift,),
                "requirements": (),
                "pins": tuple(p for p in problem.pins if p.shift_id == at),
                "preferences": (),
                "published": tuple(
                    p for p in problem.published if p.shift_id == at and p.volunteer_id in people
                ),
            }
        )
        crowd = PartialCase(part, everybody, case, moved=people, touched=(at,))
        bars: dict[str, list[Violation]] = {}
        for rule, breakers in self._pair_rules:
            for found in rule.check(crowd):
                if found.who in people and found.who not in breakers:
                    bars.setdefault(found.who, []).append(found)
        return bars
