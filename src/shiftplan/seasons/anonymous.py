"""A week without the names of people, to be shown or sent to others.

(`Problem`, `Roster`, seed) -> the same week under made-up names, and who is who.

What a plan costs does not change: skills, offers, limits and histories stay as they are. Whoever
knows a person's skills, home and offers may still find the person; rare homes can be made coarser
for that, at another cost.
"""

from __future__ import annotations

import math
import random
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.problem.known import Known
from shiftplan.problem.known_ids import unknown_ids
from shiftplan.rules import AnyRule
from shiftplan.week.records import Center
from shiftplan.week.roster import Roster
from shiftplan.week.scope import told_apart
from shiftplan.week.where import distance

_OF_PEOPLE = ("availability", "stand_by", "history", "pins", "preferences", "published")


@dataclass(frozen=True, slots=True)
class Anonymous:
    """A week under made-up names."""

    problem: Problem
    """The week."""
    roster: Roster | None
    """The roster under the same names; None when none was given."""
    key: Mapping[str, str]
    """Volunteer id of the original -> made-up id; keep it secret, or throw it away."""


@takes_week
def anonymize(
    problem: Problem,
    roster: Roster | None = None,
    *,
    seed: int | None = None,
    keep_groups: bool = False,
    least_at_home: int = 1,
    person: str = "Person",
) -> Anonymous:
    """Replace people by numbers in an order of chance, consistently in all tables.

    Names become `Person 0001`, ids `P0001`; notes, reasons and the name of the week are blanked. So
    are phones, contacts and columns of people's own, also those of centers and shifts, which often
    name a person. Groups of volunteers become `group-1` and so on. Centers and shifts keep ids and
    names: they are public. A roster has the same score by every rule as the original's.

    Parameters
    ----------
    problem, roster
        The week, and perhaps its roster.
    seed
        Repeats an order; a seed that others know, or can guess, lets them find who is who from a
        list of the original's ids. None draws one that nobody knows.
    keep_groups
        Whether groups of volunteers keep their names.
    least_at_home
        Homes with fewer people than this are replaced by the nearest home that has as many, which
        changes distances, and so costs; 1 keeps all homes.
    person
        Word before the number in the made-up names.

    Raises
    ------
    InputError
        The roster names ids that the week does not know: nobody can tell what they would give away.
    """
    problem = problem.without_contacts()
    order = list(problem.volunteers)
    random.Random(secrets.randbits(128) if seed is None else seed).shuffle(order)
    width = max(4, len(str(len(order))))
    key = {v.volunteer_id: f"P{i:0{width}}" for i, v in enumerate(order, 1)}
    pairs = () if roster is None else roster.assignments
    if faults := list(unknown_ids(problem, pairs, "roster")):
        raise InputError(faults)
    known = Known(problem)
    groups = {} if keep_groups else _coded(problem, known)
    homes = _homes(problem, least_at_home)
    people = [
        v.model_copy(
            update={
                "volunteer_id": key[v.volunteer_id],
                "name": f"{person} {i:0{width}}",
                "group": _renamed(v.group, groups),
                "home_center_id": homes.get(v.home_center_id or "", v.home_center_id),
            }
        )
        for i, v in enumerate(order, 1)
    ]
    values: dict[str, Any] = {n: getattr(problem, n) for n in type(problem).model_fields}
    values |= {"name": "", "volunteers": people}
    for table in _OF_PEOPLE:
        rows = [r.model_copy(update={"volunteer_id": key[r.volunteer_id]}) for r in values[table]]
        values[table] = sorted(rows, key=lambda r: r.volunteer_id)
    for table, column in (("requirements", "reason"), ("policy", "note"), ("shift_types", "note")):
        values[table] = [row.model_copy(update={column: ""}) for row in values[table]]
    whats: dict[str, str] = {}
    values["occupied"] = [
        row.model_copy(
            update={
                "volunteer_id": key.get(row.volunteer_id or ""),
                "group": tuple(sorted(_called(name, known, groups, key) for name in row.group)),
                "what": row.what and whats.setdefault(row.what, f"{len(whats) + 1}"),
            }
        )
        for row in problem.occupied
    ]
    values["rules"] = [_rule(rule, known, groups, key) for rule in problem.rules]
    mapped = Roster.of((a.shift_id, key[a.volunteer_id]) for a in pairs)
    return Anonymous(Problem(**values), None if roster is None else mapped, key)


def _rule(
    rule: AnyRule, known: Known, groups: Mapping[str, str], key: Mapping[str, str]
) -> AnyRule:
    values: dict[str, Any] = {"note": ""}
    names = getattr(rule, "group", ())
    if names and not rule.is_of_areas:
        values["group"] = tuple(sorted(_called(name, known, groups, key) for name in names))
    return rule.model_copy(update=values)


def _called(name: str, known: Known, groups: Mapping[str, str], key: Mapping[str, str]) -> str:
    """What a rule's name of people is in the week under made-up names."""
    if group := _group_in(name, known):
        code = groups.get(group, group)
        return code if group == name else f"group:{code}"
    _, own = told_apart(name)
    return f"person:{key[own]}" if known.meanings(name) == ["person"] else name


def _group_in(name: str, known: Known) -> str:
    """The group that a rule's name means; empty where it means other people.

    A name that the week does not know may be one of a group, or of a person, of another week.
    """
    kind, own = told_apart(name)
    if known.meanings(name)[:1] not in ([], ["group"]):
        return ""
    return own if kind == "group" and name not in known.groups else name


def _renamed(names: tuple[str, ...], groups: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(groups.get(name, name) for name in names))


def _coded(problem: Problem, known: Known) -> dict[str, str]:
    """Group -> code; the largest group is the first."""
    sizes = Counter(name for v in problem.volunteers for name in v.group)
    naming = [rule for rule in problem.rules if not rule.is_of_areas]
    for named in (getattr(row, "group", ()) for row in (*naming, *problem.occupied)):
        found = (_group_in(name, known) for name in named)
        sizes.update(dict.fromkeys(filter(None, found), 0))
    width = len(str(len(sizes)))
    ranked = sorted(sizes, key=lambda name: (-sizes[name], name))
    return {name: f"group-{i:0{width}}" for i, name in enumerate(ranked, 1)}


def _homes(problem: Problem, least: int) -> dict[str, str]:
    """Home with too few people -> nearest home with enough, if there is any."""
    sizes = Counter(v.home_center_id for v in problem.volunteers if v.home_center_id)
    centers = problem.center_by_id
    common = [centers[home] for home, size in sizes.items() if size >= least]
    rare = [centers[home] for home, size in sizes.items() if size < least]
    if not common or not rare:
        return {}

    def away(home: Center, other: Center) -> tuple[float, str]:
        km = distance(home, other)
        return (math.inf if km is None else km, other.center_id)

    return {
        home.center_id: min(common, key=lambda other: away(home, other)).center_id for home in rare
    }
