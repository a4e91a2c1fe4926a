"""What a problem defines and what was not read, for everything that refers to it.

`Problem` -> `Known`: ids, names and levels, and the faults of what they do not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from shiftplan.errors import Fault, FaultCode, OtherRow
from shiftplan.errors.message import Column, Message, Table
from shiftplan.problem.by_name import NearRows
from shiftplan.problem.nearest import Nearest
from shiftplan.rules import Rotation
from shiftplan.week.patterns import PatternDay, own_words, pattern_days
from shiftplan.week.records import AREAS
from shiftplan.week.scope import told_apart
from shiftplan.week.skill_names import parts_of_condition, skill_and_level
from shiftplan.week.where import NO_PLACE, place_names

if TYPE_CHECKING:
    from shiftplan.problem import Problem
    from shiftplan.rules import Rule
    from shiftplan.week.requirements import Counted

IDS = {f"{kind}s": f"{kind}_id" for kind in ("center", "skill", "service", "volunteer", "shift")}
"""Table -> the column of its ids."""

Named = Literal["people", "spots", "types", "sets", "before", "skills"]
"""Kinds of names that tables refer to: attributes of `Known`."""
_TYPED = ("shifts", "problem.no_such_type")
_HOMES: Mapping[Named, tuple[str, str]] = {
    "people": ("volunteers", "problem.no_such_group"),
    "spots": ("centers", "problem.no_such_area"),
    "types": _TYPED,
    "sets": _TYPED,
    "before": _TYPED,
    "skills": ("skills", "problem.no_such_skill_id"),
}
"""Kind of names -> the table that has them, and what is said of an unknown one."""

_SETS: dict[str, Named] = {
    "shifts": "sets",
    "first": "before",
    "then": "sets",
    "where": "spots",
}
"""Column of a rule -> of what it names some."""
_SIGNS = re.compile(r"[|/]")
"""Signs that separate skills."""
_PATTERNS = ("pattern", "followed_by")
"""Columns of a rule that name types or tags on each of some days."""


def fault(
    code: FaultCode,
    table: str,
    index: int | None,
    column: str,
    value: object,
    said: str | Message,
    /,
    *,
    remedy: str | Message = "",
    other: int | None = None,
    **facts: Any,
) -> Fault:
    """A fault of a row; `said` and `remedy` are messages or their codes, `facts` fill `said`."""
    message = Message(said, **facts) if isinstance(said, str) else said
    way_out = Message(remedy) if isinstance(remedy, str) and remedy else remedy
    place = None if other is None else OtherRow(other)
    return Fault(code, table, column, str(value), message, remedy=way_out, index=index, other=place)


@dataclass(frozen=True)
class Unread:
    """What a reader could not read, so that no reference to it is called unknown."""

    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Table -> ids of rows that are there but faulty."""
    tables: frozenset[str] = frozenset()
    """Tables, `horizon` among them, of which not even the ids are known."""

    def touches(self, table: str) -> bool:
        """Whether a table is known in part only."""
        return table in self.tables or bool(self.ids.get(table))


NOTHING_UNREAD = Unread()


class Known:
    """The ids and names that a problem defines."""

    def __init__(self, problem: Problem, unread: Unread = NOTHING_UNREAD) -> None:
        self.problem = problem
        self.unread = unread
        self.ids: dict[str, set[str]] = {}
        for table, key in IDS.items():
            own = {getattr(row, key) for row in getattr(problem, table)}
            self.ids[table] = own | unread.ids.get(table, frozenset())
        self.places = self.ids["centers"] | place_names(problem.centers) | {""}
        """All that a column `where` may hold."""
        self.max_level = {s.skill_id: s.max_level for s in problem.skills}
        self.spots = self.places - {""} | {*AREAS}
        """All that a rule may name of places."""
        self.groups = {name for v in problem.volunteers for name in v.group}
        self.types = {s.type for s in problem.shifts if s.type}
        self.sets = self.types.union(*(s.tags for s in problem.shifts))
        self.before = self.sets | {h.last_shift_type for h in problem.history}
        self.designed = {row.type for row in problem.shift_types if row.type}
        """Types that shifts may get which are still to be designed."""
        self.skills = self.ids["skills"]
        self._nearest: dict[str, Nearest] = {}
        self._near_rows: dict[str, NearRows] = {}

    def meanings(self, name: str) -> list[str]:
        """What a name of people may be, words of `PEOPLE`; where one is a group, it means that."""
        said, own = told_apart(name)
        skill, level = skill_and_level(own)
        is_so = {
            "group": own in self.groups,
            "skill": skill in self.skills and 1 <= level <= self.max_level.get(skill, level),
            "person": own in self.ids["volunteers"],
            "home": own in self.spots,
        }
        found = [kind for kind, so in is_so.items() if so and said in ("", kind)]
        is_literal = name in self.groups and "group" not in found
        return ["group", *found] if is_literal else found

    @cached_property
    def people(self) -> set[str]:
        """All that a rule may name of people, also with what it is, as `skill:portal:2`."""
        levels = {
            f"{skill}:{level}"
            for skill in self.skills
            for level in range(1, self.max_level.get(skill, 1) + 1)
        }
        named = {
            "group": self.groups,
            "skill": self.skills | levels,
            "person": self.ids["volunteers"],
            "home": self.spots,
        }
        said = {f"{kind}:{name}" for kind, names in named.items() for name in names}
        return said.union(*named.values())

    def named(self, of: Named) -> set[str]:
        """All names of a kind, also those of types of shifts that a design may use."""
        known: set[str] = getattr(self, of)
        return known | self.designed if self.designed and _HOMES[of] is _TYPED else known

    def nearest(self, kind: str, names: Iterable[str]) -> Nearest:
        """What finds the name of a kind that a wrong one is near to."""
        if kind not in self._nearest:
            self._nearest[kind] = Nearest(sorted(names))
        return self._nearest[kind]

    def rows_near(self, of: str) -> NearRows:
        """What finds the row of a table that an unknown id stands for."""
        if of not in self._near_rows:
            rows, key = getattr(self.problem, of), IDS[of]
            names = {getattr(row, key): getattr(row, "name", "") for row in rows}
            kinds = {c.type for c in self.problem.centers} if of == "centers" else ()
            self._near_rows[of] = NearRows(dict.fromkeys(self.ids[of], "") | names, kinds)
        return self._near_rows[of]

    def unknown(
        self, table: str, index: int | None, column: str, value: object, of: str
    ) -> Iterator[Fault]:
        """Yield the fault of an id that its table does not hold; what is no text is no id."""
        ids = self.ids[of]
        if (isinstance(value, str) and value in ids) or of in self.unread.tables:
            return
        said = f"problem.no_such_{of.removesuffix('s')}{'' if ids else '_as_none'}"
        remedy = self.rows_near(of).remedy(str(value))
        if table == "availability" and not remedy:
            remedy = Message("problem.add_person", table=Table(of))
        yield fault("unknown_id", table, index, column, value, said, remedy=remedy, table=Table(of))

    def place(self, table: str, index: int, where: str, column: str = "where") -> Iterator[Fault]:
        """Yield the fault of a name, in a column such as `where`, that is for no center."""
        if where in self.places or self.unread.touches("centers"):
            return
        remedy = self.nearest("places", self.places - {""}).remedy(where)
        remedy = remedy or self.rows_near("centers").remedy(where)
        yield fault("unknown_name", table, index, column, where, NO_PLACE, remedy=remedy)

    def misspelt(
        self, table: str, index: int, column: str, names: Iterable[str], of: Named
    ) -> Iterator[Fault]:
        """Yield the faults of names that nothing of this week has, but for a slip of the pen.

        Any other name may be one of another week: a holiday takes the last night shift.
        """
        home, said = _HOMES[of]
        homes = ("centers", "skills", home) if of == "people" else (home,)
        homes = (*homes, "shift_types") if home == "shifts" else homes
        if any(map(self.unread.touches, homes)):
            return
        known = self.named(of)
        code: FaultCode = "unknown_id" if of == "skills" else "unknown_name"
        for name in names:
            if name not in known and (meant := self.nearest(of, known).slip(name)):
                guess = Message("files.meant_quoted", text=meant)
                remedy = self.nearest(of, known).remedy(name) or guess
                yield fault(code, table, index, column, name, said, remedy=remedy)

    def level(
        self, table: str, index: int | None, column: str, level: int | None, skill: str | None
    ) -> Iterator[Fault]:
        """Yield the fault of a level that its skill does not reach."""
        most = self.max_level.get(skill or "")
        if level is not None and most is not None and level > most:
            said = Message("problem.levels_of_skill", skill=skill, most=most)
            yield fault("level_out_of_range", table, index, column, level, said)

    def needs(
        self, table: str, index: int, skill: str | None, level: int | None, default: int | None
    ) -> Iterator[Fault]:
        """Yield the faults of a skill that is needed at a level."""
        if skill is not None:
            yield from self.unknown(table, index, "skill_id", skill, "skills")
            yield from self.level(table, index, "min_level", level, skill)
        elif level != default:
            column = Column("skill_id")
            remedy = Message("problem.skill_forgotten", column=column)
            said = Message("problem.level_without_skill", column=column)
            place = table, index, "min_level"
            yield fault("level_without_skill", *place, level, said, remedy=remedy)

    def together(self, table: str, index: int, need: Counted) -> Iterator[Fault]:
        """Yield the faults of what people whom a requirement counts also hold or lack."""
        column, named = "with_skills", {need.skill_id or "": need.min_level or 1}
        lacked: set[str] = set()
        parts = {name: parts_of_condition(name) for name in need.with_skills}
        for name, (held, abilities) in sorted(parts.items(), key=lambda part: not part[1][0]):
            for skill, level in abilities:
                faults = self.unknown(table, index, column, skill, "skills")
                yield from (self._or_is_part(found, skill) for found in faults)
                most = self.max_level.get(skill)
                if most is not None and not 1 <= level <= most:
                    said = Message("problem.levels_of_skill", skill=skill, most=most)
                    yield fault("level_out_of_range", table, index, column, name, said)
                # Portal, but below level 3, is `portal|!portal:3`.
                is_between = not held and level > named.get(skill, 0)
                if skill in lacked or (skill in named and not is_between):
                    said = Message("problem.skill_twice", skill=skill)
                    yield fault("invalid_value", table, index, column, name, said)
                if held:
                    named[skill] = level
                else:
                    lacked.add(skill)

    def _or_is_part(self, unknown: Fault, name: str) -> Fault:
        """The fault of an unknown skill, which says so if it is a part of an id with a bar."""
        ids = sorted(id_ for id_ in self.ids["skills"] if name in _SIGNS.split(id_))
        if not ids:
            return unknown
        column = Column("skill_id")
        return replace(
            unknown, remedy=Message("problem.skill_with_bar", skill=ids[0], column=column)
        )

    def interval(self, table: str, index: int, start: datetime, end: datetime) -> Iterator[Fault]:
        """Yield the fault of an interval that ends before it starts."""
        if end <= start:
            said = Message("problem.ends_before_start", start=start)
            remedy = "problem.ends_later" if start.date() == end.date() else ""
            value = f"{end:%Y-%m-%d %H:%M}"
            yield fault("reversed_interval", table, index, "end", value, said, remedy=remedy)

    def outside(self, table: str, index: int, column: str, day: date) -> Iterator[Fault]:
        """Yield the fault of a date that is not planned."""
        horizon = self.problem.horizon
        if "horizon" not in self.unread.tables and day not in horizon:
            said = Message("problem.horizon_is", first=horizon.start, last=horizon.dates[-1])
            yield fault("outside_horizon", table, index, column, day, said)


def names_in(rule: Rule) -> Iterator[tuple[str, tuple[str, ...], Named]]:
    """Yield each column of a rule that names something: the names, and of what they are."""
    if group := getattr(rule, "group", ()):
        yield "group", group, "spots" if rule.is_of_areas else "people"
    for column, of in _SETS.items():
        if names := getattr(rule, column, ()):
            yield column, names, of
    for column, day in _days_in(rule):
        if day.names:
            yield column, day.names, "before"
    if isinstance(skill := getattr(rule, "skill", None), str):
        yield "skill", (skill,), "skills"


def _days_in(rule: Rule) -> Iterator[tuple[str, PatternDay]]:
    """Yield each day of the patterns in columns of a rule."""
    for column in _PATTERNS:
        yield from ((column, day) for day in pattern_days(getattr(rule, column, "")))


def words_in(rule: Rule) -> Iterator[tuple[str, str]]:
    """Yield the columns of a rule with patterns, and the words for days in them, sorted."""
    for column in _PATTERNS:
        yield from ((column, word) for word in sorted(own_words(getattr(rule, column, ""))))


def name_of_two(table: str, index: int, name: str, kinds: Sequence[str]) -> Fault:
    """What is said of a name in a column `group` of people that has several meanings."""
    told = tuple(Message(f"problem.name_is_{kind}") for kind in kinds)
    said = Message("problem.name_of_two", kinds=told)
    remedy = Message("problem.say_which", ways=tuple(f"{kind}:{name}" for kind in kinds))
    return fault("ambiguous_name", table, index, "group", name, said, remedy=remedy)


def holds_for_nothing(rule: Rule, known: Known) -> bool:
    """Whether some column of a rule, or a day of a pattern, names only what this week lacks.

    Such a rule is as absent: no name that is left must mean that all are meant. A day that may also
    be off, or that is no shift of some types, needs none of its names, and of a rotation the other
    days still hold.
    """
    named = [(names, of) for column, names, of in names_in(rule) if column not in _PATTERNS]
    days = () if isinstance(rule, Rotation) else _days_in(rule)
    named += [(day.names, "before") for _, day in days if day.is_named]
    return any(getattr(known, of).isdisjoint(names) for names, of in named)
