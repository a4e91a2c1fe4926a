"""What rules find in the roster that is worked on: breaches of hard rules, and what costs.

Desk -> `FindingsShown`, in sentences, of a rule, a center, a shift or a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from fastapi import APIRouter, Query

from shiftplan.errors.message import AtCenter, AtSeat, AtShift, AtTimes, CenterDay
from shiftplan.present.naming import Names, why
from shiftplan.rules import Violation
from shiftplan.rules.scope import said_of
from shiftplan.web.desk import AtDesk, DraftAsked, DraftInHand
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.visitor import Planner, Visitor
from shiftplan.week.fields import Frozen

router = APIRouter(tags=["figures"])


class FindingShown(Frozen):
    """Something that a rule finds in the roster."""

    rule: str
    """Kind of the rule."""
    is_hard: bool
    """Whether it is a breach of a hard rule."""
    sentence: str
    """What is found, in the language asked for."""
    cost: int
    """Share of the total cost; 0 for a hard rule."""
    volunteer_id: str | None
    """The person concerned."""
    shift_id: str | None
    """The shift concerned."""
    center_id: str | None
    """The center concerned."""


class FindingsShown(Frozen):
    """What rules find, dearest first."""

    count: int
    """How many there are."""
    cost: int
    """What they cost together."""
    findings: tuple[FindingShown, ...]
    """The dearest of them, breaches of hard rules first."""


@router.get("/findings")
def findings(
    desk: AtDesk,
    visitor: Planner,
    lang: AskedLang = "en",
    name: DraftAsked = "",
    *,
    rule: str | None = None,
    center: str | None = None,
    shift: str | None = None,
    person: str | None = None,
    hard: bool = False,
    most: Annotated[int, Query(ge=1, le=1_000)] = 20,
) -> FindingsShown:
    """What rules find at a place or about a person, breaches of hard rules first, then by cost."""
    with desk.lock:
        hand, names = desk.in_hand(name), desk.names(lang)
        breaches = desk.broken(hand)

    def is_asked(violation: Violation) -> bool:
        at, there = place_in(hand, violation)
        return (
            rule in (None, violation.rule.rule)
            and center in (None, there)
            and shift in (None, at)
            and person in (None, violation.who)
        )

    broken = [(v, 0) for v in breaches if _is_seen(hand, visitor, v)]
    priced = [] if hard else sorted(priced_seen(hand, visitor), key=lambda item: -item[1])
    found = [item for item in (*broken, *priced) if is_asked(item[0])]
    return FindingsShown(
        count=len(found),
        cost=sum(cost for _, cost in found),
        findings=tuple(_shown(hand, visitor, names, *item) for item in found[:most]),
    )


def priced_seen(hand: DraftInHand, visitor: Visitor) -> Iterator[tuple[Violation, int]]:
    """Yield what soft rules find that is the visitor's to see, and its share of the total."""
    rates: Iterable[tuple[Violation, int]] = (
        (v, v.cost * hand.problem.rate_of[v.rule.level])
        for v in hand.score.priced
        if isinstance(v.rule.level, int)
    )
    return ((v, cost) for v, cost in rates if _is_seen(hand, visitor, v))


def _is_seen(hand: DraftInHand, visitor: Visitor, violation: Violation) -> bool:
    """Whether a finding is the visitor's to see: leads see what is found at their centers."""
    return visitor.role == "province" or place_in(hand, violation)[1] in visitor.ids


def place_in(hand: DraftInHand, violation: Violation) -> tuple[str | None, str | None]:
    """Shift and center of a finding, as far as it has them."""
    return _place(hand, violation.where)


def _place(hand: DraftInHand, where: object) -> tuple[str | None, str | None]:
    match where:
        case AtShift(shift_id) | AtSeat(shift_id):
            shift = hand.problem.shift_by_id.get(shift_id)
            return shift_id, None if shift is None else shift.center_id
        case AtCenter(center_id) | AtTimes(center_id) | CenterDay(center_id):
            return None, center_id
    return None, None


def _sentence(hand: DraftInHand, visitor: Visitor, names: Names, violation: Violation) -> str:
    """What is found; if other centers are part of it, a lead reads only what kind it is."""
    if visitor.role == "province":
        return names.say(said_of(violation))
    if visitor.sees_places(hand.problem, violation.message):
        return names.say(violation.message)
    return why(violation.rule.rule, names.say.lang)


def _shown(
    hand: DraftInHand, visitor: Visitor, names: Names, violation: Violation, cost: int
) -> FindingShown:
    shift, center = place_in(hand, violation)
    return FindingShown(
        rule=violation.rule.rule,
        is_hard=not isinstance(violation.rule.level, int),
        sentence=_sentence(hand, visitor, names, violation),
        cost=cost,
        volunteer_id=violation.who or None,
        shift_id=shift,
        center_id=center,
    )
