"""Why a seat is empty: what keeps each of those who could fill it.

(`Problem`, `Roster`, shift, skill) -> `SeatReasons`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from shiftplan.analysis.candidates import Candidates
from shiftplan.analysis.on_call import is_offered, who_stands_by
from shiftplan.case.case import Case
from shiftplan.errors.allowed import FromZero
from shiftplan.errors.message import AtTimes
from shiftplan.errors.options import check_options
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.problem.known_ids import AskedSeat, need_seats
from shiftplan.scoring.moves import Effect
from shiftplan.week.json_form import Written
from shiftplan.week.records import Shift
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Assignment, Roster

Kind = Literal["in_it", "forbidden", "broken", "too_dear", "on_call", "free"]
_KINDS: tuple[Kind, ...] = ("free", "on_call", "too_dear", "broken", "forbidden", "in_it")
_ORDER: Mapping[Kind, int] = {kind: place for place, kind in enumerate(_KINDS)}


@dataclass(frozen=True, slots=True)
class PersonReason(Written):
    """Why one person whom a requirement counts does not fill its seat."""

    json_keys = "volunteer_id shift_id kind rules total=effect.total costs instead=given_up"

    volunteer_id: str
    """The person."""
    shift_id: str
    """The shift that the person works, or would come to."""
    kind: Kind
    """`in_it`: works the shift already. `forbidden`: rules bar the pair by itself. `broken`:
    coming breaks hard rules. `too_dear`: could simply come, but nothing is won by it. `free`: could
    come, and the roster would be cheaper: by its total, or by levels in their strict order.
    `on_call`: stands by then, and could come if called; nobody is planned so."""
    rules: tuple[str, ...]
    """Kinds of the rules that forbid it or would be broken, each once."""
    effect: Effect | None
    """What coming does, with the change `instead`; None where nothing makes it possible."""
    instead: Assignment | None
    """An assignment to be taken away so that the person can come without breaking a hard rule: one
    of their own, or that of somebody in the team; the cheapest of them. None where none is needed
    or none is enough, and for those who only stand by."""

    @property
    def costs(self) -> Mapping[str, int]:
        """Soft rule -> change of its cost; empty where nothing makes it possible."""
        return {} if self.effect is None else self.effect.costs

    @property
    def given_up(self) -> dict[str, str] | None:
        """`instead`, by column."""
        return self.instead and self.instead._asdict()


@dataclass(frozen=True, slots=True)
class Reason(Written):
    """Why some people do not fill a seat."""

    kind: Kind
    """As of `PersonReason`."""
    rule: str
    """Kind of the rule; empty for none."""
    people: int
    """How many it concerns."""


@dataclass(frozen=True, slots=True)
class SeatReasons(Written):
    """What is known of the empty seats of one requirement."""

    json_keys = (
        "shift_id=requirement.shift_id center_id=requirement.center_id "
        "start=requirement.start end=requirement.end shifts=requirement.shifts "
        "first_day=requirement.first_day last_day=requirement.last_day "
        "skill_id=requirement.skill_id "
        "min_level=requirement.min_level with_skills=requirement.with_skills "
        "minimum=requirement.minimum target=requirement.target "
        "asks filled empty qualified reasons people"
    )

    requirement: Requirement
    """Whom the shift needs."""
    filled: int
    """People there whom it counts."""
    people: tuple[PersonReason, ...]
    """Everybody whom it counts, those nearest to filling the seat first; of an exclusive one also
    those who would take the seat of somebody in the shift who could have this one."""
    asks: bool
    """Whether it asks for anybody: not where its shift is not held, as an optional one may be."""
    problem: Problem = field(repr=False, compare=False)
    """The problem the roster is for."""

    @property
    def empty(self) -> int:
        """Seats empty, up to the target; none where it asks for nobody."""
        return max(0, self.requirement.target - self.filled) * self.asks

    @property
    def groups(self) -> Mapping[tuple[Kind, str], tuple[PersonReason, ...]]:
        """(Kind, rule) -> people, in the order in which they first appear; no rule is "".

        Whoever several rules keep away is in the group of each, as in `Suggestion.barred`.
        """
        groups: dict[tuple[Kind, str], list[PersonReason]] = {}
        for person in self.people:
            for rule in person.rules or ("",):
                groups.setdefault((person.kind, rule), []).append(person)
        return {key: tuple(group) for key, group in groups.items()}

    @property
    def qualified(self) -> int:
        """How many people it counts."""
        return len(self.people)

    @property
    def reasons(self) -> list[Reason]:
        """People by reason; some have several."""
        return [Reason(kind, rule, len(group)) for (kind, rule), group in self.groups.items()]


@takes_week
def explain_seat(
    problem: Problem,
    roster: Roster,
    shift_id: str,
    skill_id: str | None = None,
    *,
    min_level: int | None = None,
    with_skills: Sequence[str] | None = None,
    times: AtTimes | Literal["any"] | None = "any",
) -> SeatReasons:
    """Explain why a seat of a shift is empty: what keeps each person who is qualified for it.

    Parameters
    ----------
    problem, roster
        Any roster of the problem; what it breaks already is held against nobody.
    shift_id
        The shift.
    skill_id
        Skill of the requirement meant; None for that of heads, or any if there is no such.
    min_level
        Level of the skill; None for any.
    with_skills
        What it also asks for, such as `["portal:2", "!novice"]`, and empty for one without more;
        None for any.
    times
        Which shifts it counts, as `Requirement.times` has them; None for one of this shift alone.
        Of several requirements that may be meant it is the one that lacks most.

    Raises
    ------
    InputError
        If there is no such shift, or the shift does not ask for the skills or for anybody.
    """
    candidates = Candidates(problem, roster)
    further = None if with_skills is None else tuple(with_skills)
    meant = max(
        need_seats(problem, AskedSeat(shift_id, skill_id, min_level, further, times)),
        key=lambda need: (
            need.skill_id == skill_id,
            need.is_of_heads == (skill_id is None),
            need.target - candidates.case.coverage(need),
            need.min_level or 0,
        ),
    )
    return seat_reasons(candidates, meant)


@takes_week
def emptiest(problem: Problem, roster: Roster, most: int = 5) -> tuple[SeatReasons, ...]:
    """Explain the requirements that lack most: below their minimum first, then their target.

    Parameters
    ----------
    problem, roster
        Any roster of the problem.
    most
        Longest list; requirements without an empty seat are left out.

    Raises
    ------
    InputError
        If `most` is below 0.
    """
    check_options(("most", most, FromZero))
    candidates = Candidates(problem, roster)
    return tuple(seat_reasons(candidates, need) for need in lacking(candidates.case)[:most])


def lacking(case: Case) -> tuple[Requirement, ...]:
    """Requirements with an empty seat: what lacks most below its minimum first, then its target.

    Seats count with the priority of their center, as they do in what they cost.
    """
    priority = {c.center_id: c.priority for c in case.week.centers}
    found = []
    for place, need in enumerate(case.week.requirements):
        if empty := case.empty(need):
            weight = priority[case.week.center_of(need)]
            below = max(0, need.minimum - case.coverage(need))
            found.append((-below * weight, -empty * weight, place))
    return tuple(case.week.requirements[place] for *_, place in sorted(found))


def seat_reasons(candidates: Candidates, need: Requirement) -> SeatReasons:
    """Why the seats of a requirement are empty.

    Where it counts several shifts, a person's reason is that of the shift in which they come
    closest to filling a seat.
    """
    case, problem = candidates.case, candidates.problem
    shifts = case.shifts_counted(need)
    # Who is there at a time of a date fills a seat of it, whatever else they might work then.
    known = case.counted(need) if need.start is not None else ()
    there = {volunteer.volunteer_id for volunteer in known}
    found: dict[str, PersonReason] = {}

    def distance(person: PersonReason) -> tuple[int, bool, tuple[int, ...], int, str]:
        effect = person.effect
        cost = () if effect is None else candidates.order(effect)
        return _ORDER[person.kind], effect is None, cost, len(person.rules), person.volunteer_id

    for shift in shifts:
        for person in _reasons_at(candidates, need, shift, there):
            best = found.setdefault(person.volunteer_id, person)
            found[person.volunteer_id] = min(best, person, key=distance)
    people = sorted(found.values(), key=distance)
    return SeatReasons(need, case.coverage(need), tuple(people), case.asks(need), problem)


def _reasons_at(
    candidates: Candidates, need: Requirement, shift: Shift, there: Collection[str]
) -> Iterator[PersonReason]:
    """Yield what keeps each person whom a requirement would count in one of its shifts.

    `there`: ids of people who fill a seat, perhaps in another shift.
    """
    case, problem, shift_id = candidates.case, candidates.problem, shift.shift_id
    candidates = candidates.on_call(shift)
    stand_by = who_stands_by(problem, shift)
    called = {who for who in stand_by if not is_offered(problem, who, shift)}
    team = {v.volunteer_id for v in case.people_in[shift_id]}
    counted = [
        v.volunteer_id
        for v in problem.volunteers
        if (case.counts if v.volunteer_id in team else case.would_fill)(need, v, shift)
    ]
    for who in counted:
        if who in team:
            yield PersonReason(who, shift_id, "in_it", (), None, None)
    others = dict.fromkeys(who for who in counted if who not in team and who not in there)
    for found in candidates.standings(shift_id, others):
        kind: Kind = "forbidden" if found.is_barred else "broken"
        effect, instead = found.effect, None
        if effect is not None:
            cost = candidates.order(effect)
            kind = "free" if cost < (0,) * len(cost) else "too_dear"
            if found.volunteer_id in called:
                kind = "on_call"
        elif found.volunteer_id not in called:  # no plan has whoever only stands by
            for way in candidates.exchanges(found, with_team=True)[:1]:
                effect, instead = way.effect, Assignment(way.shift_id, way.volunteer_id)
        yield PersonReason(found.volunteer_id, shift_id, kind, found.rules, effect, instead)
