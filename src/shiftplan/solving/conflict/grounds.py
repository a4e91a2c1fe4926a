"""Hard rules and pins as groups of rows that can be taken away one by one.

(`Arrays`, scopes that are opened) -> `Grounds`: a program and the member that each row belongs to.

A pair that a rule forbids by itself is in no model, so nothing could say that it is the rule that
stands in the way. Here pairs of chosen shifts and people are opened: they are in the program, and
the rules that forbid them have rows which say so. Members that only forbid pairs are called facts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from shiftplan.case.arrays import Array, Arrays
from shiftplan.model import Model, Program, RowTag, Where
from shiftplan.model.linear import PLACES
from shiftplan.rules import Rule
from shiftplan.rules.given import Pins, Stability
from shiftplan.rules.registry import forbidden_pairs
from shiftplan.week.history import Published
from shiftplan.week.wishes import Pin


class Member(NamedTuple):
    """A hard rule with regard to a person and a place, or a pin."""

    rule: int
    """Number of the rule among the active rules of the problem."""
    who: int
    """Volunteer index; -1 for nobody in particular."""
    where: int
    """Index of the place; -1 for none in particular."""
    place: Where
    """What `where` counts."""


class Scope(NamedTuple):
    """A shift or a person whose forbidden pairs are opened."""

    kind: str
    """`shift` or `person`."""
    number: int
    """Which one."""


class Fact(NamedTuple):
    """Pairs that a member forbids, whatever else holds."""

    volunteers: Array
    """Volunteer index of each pair."""
    shifts: Array
    """Shift index of each pair."""
    scope: int
    """Number of the scope they are opened for; -1 for pairs that a pin or the like speaks of."""


@dataclass(frozen=True)
class Grounds:
    """A program of hard rules only, and the members its rows belong to."""

    model: Model
    program: Program
    members: tuple[Member, ...]
    """In the order of their rules, people and places."""
    member_of: Array
    """Number of the member of each row, -1 for rows that define a column, int (num_rows,)."""
    rules: tuple[Rule, ...]
    """Active rules of the problem."""
    facts: dict[Member, Fact]
    """Member -> pairs that it forbids, for those that do nothing else."""


def lay_out(arrays: Arrays, rules: tuple[Rule, ...], scopes: Sequence[Scope]) -> Grounds:
    """Post the hard ones of the active rules, with the forbidden pairs of pins and scopes opened.

    Pairs that a pin or a published roster speaks of are opened always, each as a member of its own.
    A pair in several scopes belongs to the first of them. All that a rule forbids in a scope is one
    member; it says whom and where if that is one pair.
    """
    people, shifts = arrays.num_volunteers, arrays.num_shifts
    named = np.zeros((people, shifts), dtype=bool)
    rows: Iterable[Pin | Published] = (*arrays.week.pins, *arrays.week.published)
    for row in rows:
        named[arrays.volunteer_index[row.volunteer_id], arrays.shift_index[row.shift_id]] = True
    owner = np.full((people, shifts), -1)
    for number in reversed(range(len(scopes))):
        kind, one = scopes[number]
        owner[(slice(None), one) if kind == "shift" else (one, slice(None))] = number
    owner[named] = -1
    possible = ~forbidden_pairs(rules, arrays) | named | (owner >= 0)
    facts: dict[Member, Fact] = {}
    for number, rule in enumerate(rules):
        forbidden = rule.forbid(arrays) if rule.hard else None
        if forbidden is not None:
            facts |= _facts(number, forbidden & possible, owner, scopes)
    return _posted(arrays, possible, rules, facts)


def scopes_of(arrays: Arrays, rule: Rule, member: Member) -> set[Scope]:
    """Whose forbidden pairs could help a member to hold: its person or shift, and what helps it.

    None where it speaks of a single pair, which is opened in any case.
    """
    if isinstance(rule, (Pins, Stability)):
        return set()
    helpers = rule.helpers(arrays)
    scopes: set[Scope] = set()
    if helpers is not None:
        kind, axis = ("person", 1) if member.who >= 0 else ("shift", 0)
        scopes = {Scope(kind, one) for one in np.flatnonzero(helpers.any(axis)).tolist()}
    if member.who >= 0:
        return scopes | {Scope("person", member.who)}
    if member.place == "need":
        _, counted = arrays.counted([arrays.week.requirements[member.where]])
        return scopes | {Scope("shift", shift) for shift in counted.tolist()}
    if member.place == "moment":
        shifts, moment = arrays.moments
        return scopes | {Scope("shift", s) for s in shifts[moment == member.where].tolist()}
    return scopes | ({Scope("shift", member.where)} if member.place == "shift" else set())


def only(arrays: Arrays, grounds: Grounds, members: Collection[Member], *, whole: bool) -> Grounds:
    """The same problem when nothing is kept but some of the members that its grounds have.

    Where it is `whole`, all pairs are there, also those that the grounds leave out.
    """
    pairs = grounds.model.pairs
    possible = np.full((arrays.num_volunteers, arrays.num_shifts), whole)
    possible[pairs.volunteer, pairs.shift] = True
    facts = {member: grounds.facts[member] for member in members if member in grounds.facts}
    return _posted(arrays, possible, grounds.rules, facts, {*members})


def _facts(
    number: int, forbidden: Array, owner: Array, scopes: Sequence[Scope]
) -> dict[Member, Fact]:
    """What a rule forbids among pairs that are opened, grouped by scope."""
    volunteers, shifts = np.nonzero(forbidden)
    scope = owner[volunteers, shifts]
    order = np.argsort(scope, kind="stable")
    found: dict[Member, Fact] = {}
    for part in np.split(order, np.flatnonzero(np.diff(scope[order])) + 1):
        if not len(part):
            continue
        own = int(scope[part[0]])
        if own < 0 or len(part) == 1:
            for i in part.tolist():
                member = Member(number, int(volunteers[i]), int(shifts[i]), "shift")
                found[member] = Fact(volunteers[[i]], shifts[[i]], own)
        else:
            kind, one = scopes[own]
            of_person, of_shift = Member(number, one, -1, ""), Member(number, -1, one, "shift")
            member = of_person if kind == "person" else of_shift
            found[member] = Fact(volunteers[part], shifts[part], own)
    return found


def _posted(
    arrays: Arrays,
    possible: Array,
    rules: tuple[Rule, ...],
    facts: dict[Member, Fact],
    kept: set[Member] | None = None,
) -> Grounds:
    """Post facts and hard rules on possible pairs; of the rules' rows only those of members kept.

    None for all members.
    """
    model = Model(arrays, possible, np.arange(arrays.num_shifts), alone=True)
    column = model.pairs.table()
    number_of: list[int] = []
    wanted = None if kept is None else {member.rule for member in kept}
    for member, fact in facts.items():
        size = len(fact.volunteers)
        model.avoid(
            rules[member.rule],
            model.columns(column[fact.volunteers, fact.shifts]),
            who=np.full(size, member.who),
            where=np.full(size, member.where),
            place=member.place,
        )
        number_of.append(member.rule)
    for number, rule in enumerate(rules):
        if rule.hard and (wanted is None or number in wanted):
            rule.post(model)
            number_of += [number] * (len(model.tags) - len(number_of))
    keys = np.concatenate([np.zeros((0, 4), dtype=np.int64), *map(_key, model.tags, number_of)])
    found, member_of = np.unique(keys, axis=0, return_inverse=True)
    defining = int(np.count_nonzero(found[:, 0] < 0))
    members = [Member(r, v, s, PLACES[p]) for r, v, s, p in found[defining:].tolist()]
    member_of = np.maximum(np.asarray(member_of).reshape(-1) - defining, -1)
    program = model.program()
    if kept is not None:
        stays = np.array([member in kept for member in members] + [True], dtype=bool)[member_of]
        rows = np.flatnonzero(stays)
        matrix, upper, pairs = program.matrix[rows], program.row_upper[rows], program.num_pairs
        program = Program.part(matrix, upper, program.upper, num_pairs=pairs)
        member_of = member_of[rows]
    return Grounds(model, program, tuple(members), member_of, rules, facts)


def _key(tag: RowTag, number: int) -> Array:
    """Rule, person, place and kind of place of each row; a rule of -1 where it defines columns."""
    key = np.full((len(tag.who), 4), number if tag.rule is not None else -1)
    where = tag.where if tag.place else np.full(len(key), -1)
    key[:, 1], key[:, 2], key[:, 3] = tag.who, where, PLACES.index(tag.place)
    key[where < 0, 3] = 0
    return key
