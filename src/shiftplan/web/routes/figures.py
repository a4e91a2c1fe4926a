"""Figures of the roster that is worked on: what is empty, what is at risk, what costs most.

Desk -> `FiguresShown`.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import Counter
from collections.abc import Collection, Set
from typing import Annotated

from fastapi import APIRouter, Query

from shiftplan.analysis.seats import lacking
from shiftplan.case.case import Case, laid_out
from shiftplan.record.current import CurrentWeek
from shiftplan.rules.attendance import LIKELY, attendance_of, chance_of_at_least
from shiftplan.web.desk import AtDesk, DraftAsked, DraftInHand
from shiftplan.web.routes.findings import place_in, priced_seen
from shiftplan.web.routes.week import times_of
from shiftplan.web.visitor import Planner, Visitor
from shiftplan.week.fields import Frozen
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster

router = APIRouter(tags=["figures"])
_MOST_KEPT = 100
"""Figures of one version that are kept, of different visitors and lengths."""


class SeatFigures(Frozen):
    """A requirement with an empty seat, or one whose minimum may not come."""

    shift_id: str
    """The shift."""
    skill_id: str | None
    """The skill that counts; None for every head."""
    min_level: int | None
    """Level from which people count."""
    with_skills: tuple[str, ...]
    """Further skills of the same people, such as `portal:2`."""
    filled: int
    """People there whom it counts."""
    minimum: int
    """People needed at least."""
    target: int
    """People wanted."""
    chance: float
    """Chance that the minimum comes, 0 to 1."""
    start: dt.datetime | None = None
    """First minute for which people are needed, where it is about a time; `shift_id` is then the
    first shift of several."""
    end: dt.datetime | None = None
    """First minute after it."""


class CostFigures(Frozen):
    """What the findings of a rule or at a center cost together."""

    of: str
    """The rule or the center."""
    cost: int
    """Share of the total cost."""
    findings: int
    """How many findings."""
    rules: dict[str, int]
    """Soft rule -> its share, dearest first."""


class FiguresShown(Frozen):
    """Figures of the roster that is worked on, as far as it is the visitor's to see."""

    version: int | None
    """Version of the roster."""
    people_changed: int
    """People for whom it is different from what they know."""
    empty: tuple[SeatFigures, ...]
    """Seats that lack most, at most `most`."""
    empty_count: int
    """Requirements with an empty seat."""
    at_risk: tuple[SeatFigures, ...]
    """Minimums that are filled, but least likely to come, at most `most`."""
    at_risk_count: int
    """Minimums that are filled, but come with a chance below 90%."""
    expected: float | None
    """Seats for people filled on average; None when everybody surely comes."""
    expected_of: int
    """Such seats."""
    by_rule: tuple[CostFigures, ...]
    """What each soft rule costs, dearest first."""
    by_center: tuple[CostFigures, ...]
    """What is found in the shifts of each center, dearest first."""
    elsewhere: dict[str, tuple[int, ...]]
    """Person whom the lead of a center sees -> places, in the week's `times`, of the shifts that
    they work at other centers; empty for the province."""


@router.get("/figures")
def figures(
    desk: AtDesk,
    visitor: Planner,
    name: DraftAsked = "",
    most: Annotated[int, Query(ge=1, le=1_000)] = 12,
) -> FiguresShown:
    """What is empty, what is at risk, and what costs most."""
    with desk.lock:
        hand, now = desk.in_hand(name), desk.week.now
        coming = desk.coming(hand).roster
    key, head = ("figures", visitor.role, visitor.ids, most), now.state.head
    known: tuple[int, FiguresShown] | None = hand.kept.get(key)
    if known is None or known[0] != head:
        known = head, _figures(hand, now, coming, visitor, most)
        if len(hand.kept) >= _MOST_KEPT:
            hand.kept.clear()
        hand.kept[key] = known
    return known[1]


def _figures(
    hand: DraftInHand, now: CurrentWeek, coming: Roster, visitor: Visitor, most: int
) -> FiguresShown:
    """Seats by those who come; costs of the roster as `check` finds them."""
    problem, case = hand.problem, laid_out(hand.problem, coming)
    mine = {s.shift_id for s in problem.shifts if visitor.sees_shift(s)}
    empty = [need for need in lacking(case) if case.shown_at(need) in mine]
    needs = (need for need in problem.requirements if case.shown_at(need) in mine)
    risky = [seat for need in needs if (seat := _at_risk(case, need))]
    seen = visitor.people(problem, hand.roster, now.told or hand.roster)
    come = attendance_of(case) if visitor.role == "province" else None
    rules, centers = Counter[str](), dict[str, Counter[str]]()
    found, there = Counter[str](), Counter[str]()
    for violation, cost in priced_seen(hand, visitor):
        rules[violation.rule.rule] += cost
        found[violation.rule.rule] += 1
        center = place_in(hand, violation)[1]
        if center is not None:
            centers.setdefault(center, Counter())[violation.rule.rule] += cost
            there[center] += 1
    return FiguresShown(
        version=hand.version,
        people_changed=len(seen & now.people_changed(hand.roster)),
        empty=tuple(_seat(case, need) for need in empty[:most]),
        empty_count=len(empty),
        at_risk=tuple(heapq.nsmallest(most, risky, key=lambda seat: seat.chance)),
        at_risk_count=len(risky),
        expected=None if come is None else come.expected,
        expected_of=0 if come is None else come.seats,
        by_rule=tuple(
            CostFigures(of=rule, cost=cost, findings=found[rule], rules={rule: cost})
            for rule, cost in rules.most_common()
        ),
        by_center=tuple(
            CostFigures(of=c, cost=own.total(), findings=there[c], rules=dict(own.most_common()))
            for c, own in sorted(centers.items(), key=lambda item: (-item[1].total(), item[0]))
        ),
        elsewhere=_elsewhere(laid_out(problem, hand.roster), seen, mine)
        if visitor.role == "center"
        else {},
    )


def _elsewhere(case: Case, seen: Collection[str], mine: Set[str]) -> dict[str, tuple[int, ...]]:
    """When people work shifts that are not the visitor's; where is not theirs to know."""
    place = {time: at for at, time in enumerate(times_of(case.week.shifts))}
    shifts = ((who, [s for s in case.shifts_of[who] if s.shift_id not in mine]) for who in seen)
    return {who: tuple(place[s.start, s.end] for s in own) for who, own in shifts if own}


def _seat(case: Case, need: Requirement) -> SeatFigures:
    rates = [v.show_rate for v in case.counted(need)]
    return SeatFigures(
        shift_id=case.shown_at(need) or "",
        skill_id=need.skill_id,
        min_level=need.min_level,
        with_skills=need.with_skills,
        filled=len(rates),
        minimum=need.minimum,
        target=need.target,
        chance=chance_of_at_least(rates, need.minimum),
        start=need.start,
        end=need.end,
    )


def _at_risk(case: Case, need: Requirement) -> SeatFigures | None:
    """A requirement whose minimum is there, but comes with too small a chance."""
    if not need.minimum or case.coverage(need) < need.minimum:
        return None
    found = _seat(case, need)
    return found if found.chance < LIKELY - 1e-9 else None
