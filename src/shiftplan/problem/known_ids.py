"""Ids that a roster or a question names, checked against the problem.

(`Problem`, rows) -> `Fault`s; (`Problem`, ids or text) -> ids, or `InputError`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Literal, NamedTuple
from unicodedata import normalize

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import AtTimes, Message
from shiftplan.problem import Problem
from shiftplan.problem.known import Known, fault
from shiftplan.problem.nearest import Nearest
from shiftplan.week.owner import Owner
from shiftplan.week.records import Center, Volunteer
from shiftplan.week.requirements import Conditions, Requirement, conditions_of, in_columns
from shiftplan.week.roster import Assignment, InShift, Roster

_TABLES = {"shift_id": "shifts", "volunteer_id": "volunteers"}
"""Column -> the table whose ids it has."""


def unknown_ids(problem: Problem, rows: Iterable[InShift], table: str) -> Iterator[Fault]:
    """Yield the faults of ids that a problem does not know, each with the index of its row.

    `table`: the rows are called so, such as `roster`.
    """
    known = Known(problem)
    for index, row in enumerate(rows):
        for column, of in _TABLES.items():
            yield from known.unknown(table, index, column, getattr(row, column), of)


def unknown_owners(problem: Problem, owners: Iterable[Owner], table: str) -> Iterator[Fault]:
    """Yield the faults of people and centers that a problem does not know, as `unknown_ids`."""
    known = Known(problem)
    for index, owner in enumerate(owners):
        yield from known.unknown(table, index, f"{owner.kind}_id", owner.id, f"{owner.kind}s")


def known_part(problem: Problem, roster: Roster, others: Collection[str] = ()) -> Roster:
    """The assignments whose person and shift the problem knows; `others`: ids of further shifts."""
    people, shifts = problem.volunteer_by_id, {*problem.shift_by_id, *others}
    known = (a for a in roster.assignments if a.volunteer_id in people and a.shift_id in shifts)
    return Roster.of(known)


def with_rows(problem: Problem, owners: Collection[Owner]) -> Problem:
    """The problem with bare rows of those people and centers that it does not know."""
    people, centers = (
        sorted(owner.id for owner in owners if owner.kind == kind and owner.id not in known)
        for kind, known in (
            ("volunteer", problem.volunteer_by_id),
            ("center", problem.center_by_id),
        )
    )
    if not people and not centers:
        return problem
    rows = {
        "volunteers": (*problem.volunteers, *(Volunteer(volunteer_id=who) for who in people)),
        "centers": (*problem.centers, *(Center(center_id=where) for where in centers)),
    }
    return problem.model_copy(update=rows)


def need_shift(problem: Problem, shift_id: str) -> None:
    """Raise InputError unless the problem knows a shift."""
    _need(problem, shift_id=shift_id)


def need_person(problem: Problem, volunteer_id: str) -> None:
    """Raise InputError unless the problem knows a person."""
    _need(problem, volunteer_id=volunteer_id)


def need_pair(problem: Problem, shift_id: str, volunteer_id: str) -> None:
    """Raise InputError unless the problem knows a shift and a person."""
    people, shifts = list(problem.volunteer_by_id), list(problem.shift_by_id)
    if shift_id not in shifts and shift_id in people and volunteer_id in shifts:
        said = Message("problem.volunteer_for_shift", shift=volunteer_id)
        place, remedy = ("shifts", None, "shift_id"), "problem.swapped_ids"
        raise InputError([fault("unknown_id", *place, shift_id, said, remedy=remedy)])
    _need(problem, shift_id=shift_id, volunteer_id=volunteer_id)


def need_assignment(problem: Problem, roster: Roster, shift_id: str, volunteer_id: str) -> None:
    """Raise InputError unless a known person works a known shift in the roster."""
    need_pair(problem, shift_id, volunteer_id)
    if (shift_id, volunteer_id) not in roster:
        worked = roster.shifts_of.get(volunteer_id, ())
        said = Message("problem.not_assigned", who=volunteer_id, shift=shift_id)
        meant = Message("problem.another_shift_meant", who=volunteer_id, shifts=worked)
        place, remedy = ("roster", None, "shift_id"), meant if worked else ""
        raise InputError([fault("not_assigned", *place, shift_id, said, remedy=remedy)])


class AskedSeat(NamedTuple):
    """The seats of a shift that a question is about."""

    shift_id: str
    """The shift."""
    skill_id: str | None = None
    """Skill of the requirement meant; None for any."""
    min_level: int | None = None
    """Its level; None for any."""
    with_skills: tuple[str, ...] | None = None
    """Its further skills, as the table has them; None for any."""
    times: AtTimes | Literal["any"] | None = "any"
    """Which shifts it counts, as `Requirement.times` has them; None for the shift alone."""

    def is_about(self, need: Requirement) -> bool:
        """Whether a requirement of the shift is meant; skills may stand in any order."""
        if self.times not in ("any", need.times):
            return False
        if self.with_skills is None or (self.skill_id is None and not self.with_skills):
            levels = None, need.min_level
            return self.skill_id in (None, need.skill_id) and self.min_level in levels
        return need.conditions == conditions_of(self.skill_id, self.min_level, self.with_skills)


def need_seats(problem: Problem, seat: AskedSeat) -> tuple[Requirement, ...]:
    """The requirements that a question is about; InputError when there are none."""
    shift_id, skill_id = seat.shift_id, seat.skill_id
    need_shift(problem, shift_id)
    shift = problem.shift_by_id[shift_id]
    needs = tuple(n for n in problem.requirements if shift in problem.shifts_counted(n))
    of_skill = tuple(filter(seat.is_about, needs))
    if of_skill:
        return of_skill
    if not needs:
        said = Message("problem.nobody_needed", shift=shift_id)
        place = "requirements", None, "shift_id", shift_id
        raise InputError([fault("unknown_id", *place, said)])
    said = Message("problem.skill_not_needed", shift=shift_id)
    place = "requirements", None, "skill_id", str(skill_id)
    remedy = Nearest(n.skill_id for n in needs if n.skill_id is not None).remedy(str(skill_id))
    raise InputError([fault("unknown_id", *place, said, remedy=remedy)])


def read_pair(problem: Problem, text: str, roster: Roster | None = None) -> Assignment:
    """The assignment of a text such as `V1:S1`; ids may have colons of their own.

    Where several colons divide the text into ids that exist, the pair that the roster has is meant.
    It raises InputError if no colon divides it so, or several do and no roster says which is meant.
    """
    text = normalize("NFC", text)

    def refused(code: str, remedy: str | Message = "", **facts: object) -> InputError:
        said, place = Message(code, **facts), ("question", None, "")
        return InputError([fault("invalid_value", *place, text, said, remedy=remedy)])

    splits = _splits(text)
    people, shifts = problem.volunteer_by_id, problem.shift_by_id
    if not splits:
        who = text if text in people else next(iter(people), "")
        where = text if text in shifts else next(iter(shifts), "")
        example = Message("problem.pair_example", text=f"{who}:{where}")
        raise refused("problem.pair_needed", example if who and where else "")
    pairs = _fitting(splits, people, shifts)
    turned = next(((b, a) for a, b in splits if a in shifts and b in people), None)
    if turned is not None and not (pairs[0][0] in people and pairs[0][1] in shifts):
        raise refused("problem.pair_in_order", Message("files.meant", text=":".join(turned)))
    if roster is not None and len(pairs) > 1:
        pairs = [(who, where) for who, where in pairs if (where, who) in roster] or pairs
    if len(pairs) > 1:
        meant = tuple(Message("problem.pair", who=who, shift=where) for who, where in pairs)
        raise refused("problem.pair_unclear", meant=meant)
    who, where = pairs[0]
    _need(problem, volunteer_id=who, shift_id=where)
    return Assignment(where, who)


def read_seat(problem: Problem, text: str) -> AskedSeat:
    """The seat of a text such as `S1`, `S1:khmer`, `S1:portal:2` or `S1:khmer/cham|portal:2`.

    Whether there are such seats is for `need_seats` to say.
    """
    text = normalize("NFC", text)
    shifts, skills = problem.shift_by_id, {s.skill_id for s in problem.skills}
    splits = _splits(text)
    if text in shifts or not splits:
        return AskedSeat(text)
    for shift_id, named in splits:
        conditions = _conditions(named)
        asked = [ability.skill_id for one in conditions for ability in one.abilities]
        is_known = shift_id in shifts and bool(asked) and skills.issuperset(asked)
        if is_known and named not in skills:
            first, further = in_columns(conditions)
            skill, level = first or (None, None)
            return AskedSeat(shift_id, skill, level, further)
    return AskedSeat(*_fitting(splits, shifts, skills)[0])


def _conditions(named: str) -> Conditions:
    """What bars separate in a text; nothing where that is in no form that conditions have."""
    try:
        return conditions_of(None, None, (name.strip() for name in named.split("|")))
    except ValueError:
        return ()


def _splits(text: str) -> list[tuple[str, str]]:
    """The two sides of each colon."""
    return [(text[:i], text[i + 1 :]) for i, sign in enumerate(text) if sign == ":"]


def _fitting(
    splits: list[tuple[str, str]], first: Collection[str], second: Collection[str]
) -> list[tuple[str, str]]:
    """Splits whose sides both are known; where there are none, the one that comes nearest."""
    known = [split for split in splits if split[0] in first and split[1] in second]
    return known or [max(splits, key=lambda s: (s[0] in first) + (s[1] in second))]


def _need(problem: Problem, **asked: str) -> None:
    """Raise InputError unless the problem knows the ids asked for, by their columns."""
    known = Known(problem)
    faults = [
        found
        for column, value in asked.items()
        for found in known.unknown(_TABLES[column], None, column, value, _TABLES[column])
    ]
    if faults:
        raise InputError(map(_with_place_of_ids, faults))


def _with_place_of_ids(found: Fault) -> Fault:
    """The fault of an unknown id; one of a shift that looks like none says where its ids are."""
    if found.remedy or found.column != "shift_id":
        return found
    return replace(found, remedy=Message("problem.where_shift_ids"))
