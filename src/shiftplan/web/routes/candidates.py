"""Who could take a shift, and where somebody could go, each with the price.

`suggest`, `destinations` -> `CandidatesShown`, `PlacesShown`; ids, figures and kinds of rules.
"""

from __future__ import annotations

import math
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from shiftplan.analysis.candidates import Exchange
from shiftplan.analysis.destinations import Destination, destinations
from shiftplan.analysis.suggest import Candidate, suggest
from shiftplan.problem.known_ids import need_assignment, need_person
from shiftplan.record.who_comes import barred_by_record, kinds_as_recorded
from shiftplan.rules.base import kinds_of
from shiftplan.web.desk import AtDesk, DraftAsked
from shiftplan.web.steps import need_theirs
from shiftplan.web.visitor import Planner
from shiftplan.week.fields import Frozen, Id
from shiftplan.week.roster import Assignment

router = APIRouter(tags=["moves"])


class ExchangeShown(Frozen):
    """An assignment given up so that somebody can come."""

    shift_id: str
    """The shift left."""
    total: int
    """What both changes do to the total."""


class CandidateShown(Frozen):
    """What it does when one person takes the shift."""

    volunteer_id: str
    """The person."""
    standing: Literal["possible", "after_leaving", "blocked", "barred"]
    """As `suggest` says it."""
    total: int | None = None
    """What it does to the total; None unless it is possible."""
    rules: tuple[str, ...] = ()
    """Kinds of the rules against it; or `absent`, `declined` or `closed`, as recorded."""
    after_leaving: tuple[ExchangeShown, ...] = ()
    """Ways to come on leaving another shift, cheapest first."""
    stands_by: bool = False
    """Whether the person offered to stand by then."""
    km: float | None = None
    """Distance from home, in km; None where it is not known."""


class CandidatesShown(Frozen):
    """Everybody who is not in a shift, the best to take it first."""

    version: int | None
    """The version that they are ranked for."""
    shift_id: str
    """The shift."""
    leaving: str | None
    """Who is replaced; None when somebody comes in addition."""
    candidates: tuple[CandidateShown, ...]
    """In order of rank; whom rules bar, fewest rules and nearest home first."""


@router.get("/candidates", response_model_exclude_defaults=True)
def candidates(
    desk: AtDesk,
    visitor: Planner,
    shift: Id,
    leaving: Id | None = None,
    name: DraftAsked = "",
) -> CandidatesShown:
    """Rank everybody for a seat of a shift, or for the place of somebody in it."""
    with desk.lock:
        hand, now = desk.in_hand(name), desk.week.now
    problem, roster, away = hand.problem, hand.roster, barred_by_record(now)
    need_theirs(visitor, problem, roster, [shift], [leaving])
    found = suggest(problem, roster, shift, leaving=leaving)
    seen, own = visitor.people(problem, roster), visitor.sees_shift
    case, at = hand.candidates.case, problem.shift_by_id[shift]

    def distance(who: str) -> float | None:
        return case.km(case.volunteers[who], at)

    def one(candidate: Candidate) -> CandidateShown:
        ways = (w for w in candidate.exchanges if own(problem.shift_by_id[w.shift_id]))
        pair = Assignment(shift, candidate.volunteer_id)
        return CandidateShown(
            volunteer_id=candidate.volunteer_id,
            standing=candidate.standing,
            total=None if candidate.effect is None else candidate.effect.total,
            rules=kinds_as_recorded(kinds_of(candidate.broken), pair, away),
            after_leaving=tuple(map(_exchange, ways)),
            stands_by=candidate.stands_by,
            km=None if (km := distance(candidate.volunteer_id)) is None else round(km, 1),
        )

    def nearest(row: CandidateShown) -> tuple[int, float]:
        return len(row.rules), math.inf if row.km is None else row.km

    rows = [one(c) for c in found.candidates if c.volunteer_id in seen]
    free = [row for row in rows if row.standing != "barred"]
    shown = (*free, *sorted((row for row in rows if row.standing == "barred"), key=nearest))
    return CandidatesShown(version=hand.version, shift_id=shift, leaving=leaving, candidates=shown)


def _exchange(found: Exchange) -> ExchangeShown:
    return ExchangeShown(shift_id=found.shift_id, total=found.effect.total)


PlaceKind = Literal["better", "same", "dearer", "breaks"]
"""What going to a place does: the total falls, stays or rises, or hard rules are broken."""


class PlaceShown(Frozen):
    """A place to which somebody could be moved."""

    shift_id: str
    """The shift."""
    instead_of: str | None = None
    """Whose place there they take, in exchange for theirs if they leave one; None to join them."""
    kind: PlaceKind
    """What it does."""
    total: int
    """What it does to the total."""
    rules: tuple[str, ...] = ()
    """Kinds of hard rules that it breaks."""


class PlacesShown(Frozen):
    """Everywhere that one person could go."""

    version: int | None
    """The version that it is judged in."""
    volunteer_id: str
    """The person."""
    leaving: str | None
    """The shift that they leave; None when they only come."""
    places: tuple[PlaceShown, ...]
    """Shifts, and people whose place they could take."""
    barred: dict[str, tuple[str, ...]]
    """Shift that they cannot take -> kinds of the rules against it, or how they are away."""


@router.get("/places", response_model_exclude_defaults=True)
def places(
    desk: AtDesk,
    visitor: Planner,
    person: Id,
    leaving: Annotated[Id | None, Query(alias="from")] = None,
    name: DraftAsked = "",
) -> PlacesShown:
    """What moving somebody would do, for every shift and everybody in it."""
    with desk.lock:
        hand, now = desk.in_hand(name), desk.week.now
    problem, roster, away = hand.problem, hand.roster, barred_by_record(now)
    need_theirs(visitor, problem, roster, [leaving], [person])
    if leaving is None:
        need_person(problem, person)
    else:
        need_assignment(problem, roster, leaving, person)
    own = frozenset(s.shift_id for s in problem.shifts if visitor.sees_shift(s))
    found = destinations(hand.candidates, person, leaving)
    shown = [_place(one) for one in found.shifts if one.shift_id in own]
    for who, ways in found.people.items():
        shown += (_place(one, who) for one in ways if one.shift_id in own)
    return PlacesShown(
        version=hand.version,
        volunteer_id=person,
        leaving=leaving,
        places=tuple(shown),
        barred={
            at: kinds_as_recorded(rules, Assignment(at, person), away)
            for at, rules in found.barred.items()
            if at in own
        },
    )


def _place(found: Destination, instead_of: str | None = None) -> PlaceShown:
    effect = found.effect
    kind: PlaceKind = "better" if effect.total < 0 else "dearer" if effect.total else "same"
    return PlaceShown(
        shift_id=found.shift_id,
        instead_of=instead_of,
        kind="breaks" if effect.broken else kind,
        total=effect.total,
        rules=kinds_of(effect.broken),
    )
