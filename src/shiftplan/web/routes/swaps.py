"""Swaps that people ask for by their forms: who could take the shift, and what that costs.

`FormState` of the record -> `SwapShown`, `Takers`; orders -> decisions, and moves in the draft.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import StrictBool

from shiftplan.analysis.trades import Trade, partners
from shiftplan.present.answers.trades import TradeWords
from shiftplan.record.deciding import accept_swap, refuse_swap, swap_changes
from shiftplan.record.form_state import HandIn
from shiftplan.record.forms import Note, SpanOfTime, SwapAsked
from shiftplan.record.state import RecordState, record_error
from shiftplan.web.bodies import RequestBody
from shiftplan.web.desk import AtDesk, Desk
from shiftplan.web.inbox import AtInbox, Inbox
from shiftplan.web.naming import NamesShown
from shiftplan.web.refusals import refused
from shiftplan.web.routes.collect import MOST_SHOWN, DecisionDone, people_seen
from shiftplan.web.routes.moves import refused_for
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.steps import need_theirs
from shiftplan.web.visitor import Planner, Visitor
from shiftplan.week.fields import Count, Frozen, Id, Positive
from shiftplan.week.records import Shift, overlap
from shiftplan.week.roster import Assignment

router = APIRouter(tags=["collect"])


class SwapShown(Frozen):
    """A swap that somebody asks for."""

    entry: int
    """Number of its entry."""
    at: dt.datetime
    """When it was asked for, wall-clock time of the week."""
    volunteer_id: str
    """Who asks."""
    shift_id: str
    """The shift that they want to give away."""
    instead: tuple[SpanOfTime, ...]
    """When they could work instead."""
    colleague: str
    """With whom they agreed, as they write it."""
    state: Literal["asked", "accepted", "refused", "replaced"]
    """What became of it."""
    taker: str | None
    """Who takes the shift."""
    takes: str | None
    """The taker's shift that they work instead; None for none that the visitor sees."""
    word: str
    """Message to both people that came with the decision."""


class TakerShown(Frozen):
    """Somebody who could take a shift, for nothing or for one of theirs."""

    taker: str
    """The person."""
    takes: str | None
    """The shift of theirs that is worked instead; None for none."""
    total: int
    """What both changes do to the total."""
    sentence: str
    """Who gives what to whom and what it costs, in the language asked for."""
    is_named: bool
    """Whether the person who asks wrote this name."""
    fits: bool
    """Whether the shift worked instead is at hours that they named."""


class Takers(Frozen):
    """Everybody who could take a shift, the best first."""

    version: int | None
    """The version that they were judged for."""
    found: int
    """How many there are."""
    takers: tuple[TakerShown, ...]
    """Those whom the person named, then those at hours that they named, then the cheapest."""


class SwapDecision(RequestBody):
    """A decision on a swap."""

    shift_id: Id
    """The shift that was to be given away."""
    accepted: StrictBool
    """Whether it is made."""
    taker: Id | None = None
    """Who takes it; needed to accept it."""
    takes: Id | None = None
    """The taker's shift that is worked instead; None for none."""
    version: Count | None = None
    """The version of the draft that it was judged for."""
    anyway: StrictBool = False
    """Whether it is made although it breaks hard rules."""
    word: Note = ""
    """Message to both people, shown with the decision."""


@router.get("/swaps")
def swaps(desk: AtDesk, inbox: AtInbox, visitor: Planner) -> tuple[SwapShown, ...]:
    """The newest swaps, and all that wait for a decision, newest first."""
    state, shifts = inbox.collecting.state(), desk.week.now.problem.shift_by_id
    local = desk.week.files.horizon.local
    found = _swaps(state, reversed(state.forms.hand_ins.values()), local)
    theirs = {shift_id for shift_id, shift in shifts.items() if visitor.sees_shift(shift)}
    seen = enumerate(swap for swap in found if swap.shift_id in theirs)
    own = (swap for i, swap in seen if i < MOST_SHOWN or swap.state == "asked")
    return tuple(s if s.takes in theirs else s.model_copy(update={"takes": None}) for s in own)


def _swaps(
    state: RecordState, hand_ins: Iterable[HandIn], local: Callable[[dt.datetime], dt.datetime]
) -> Iterator[SwapShown]:
    for hand_in in hand_ins:
        body = hand_in.body
        for swap in body.swaps:
            decision = hand_in.decision(swap.shift_id)
            pair = Assignment(swap.shift_id, body.volunteer_id)
            is_open = state.forms.asked.get(pair) == hand_in.entry.number
            what: Any = "asked" if is_open else "replaced"
            if decision is not None:
                what = "accepted" if decision.accepted else "refused"
            yield SwapShown(
                entry=hand_in.entry.number,
                at=local(hand_in.entry.at),
                volunteer_id=body.volunteer_id,
                shift_id=swap.shift_id,
                instead=swap.instead,
                colleague=swap.colleague,
                state=what,
                taker=decision and decision.taker,
                takes=decision and decision.takes,
                word=decision.word if decision else "",
            )


@router.get("/swaps/{entry}/takers")
def takers(
    desk: AtDesk,
    inbox: AtInbox,
    visitor: Planner,
    entry: Positive,
    shift: Id,
    lang: AskedLang = "en",
) -> Takers:
    """Who could take a shift that somebody wants to give away, and what that costs."""
    hand_in, swap = _asked(desk, inbox, visitor, entry, shift)
    with desk.lock:
        hand, now = desk.in_hand(), desk.week.now
    asker = hand_in.body.volunteer_id
    if Assignment(shift, asker) not in hand.roster:
        return Takers(version=hand.version, found=0, takers=())
    found = partners(hand.problem, hand.roster, shift, asker, most=None)
    words = TradeWords(hand.problem, lang, NamesShown)
    colleague = _plain(swap.colleague)
    seen = people_seen(now, visitor, hand.roster)

    def shown(trade: Trade) -> TakerShown | None:
        taker, back = trade.handovers[0].taker, trade.handovers[1:]
        takes = hand.problem.shift_by_id[back[0].shift_id] if back else None
        if taker not in seen or (takes is not None and not visitor.sees_shift(takes)):
            return None
        if takes is not None and swap.instead and overlap(takes, hand.problem.shift_by_id[shift]):
            return None  # the person cannot come then
        return TakerShown(
            taker=taker,
            takes=None if takes is None else takes.shift_id,
            total=trade.effect.total,
            sentence=words.trade(trade),
            is_named=bool(colleague)
            and colleague in (_plain(words.names.name(taker)), _plain(taker)),
            fits=takes is not None and any(_has(span, takes) for span in swap.instead),
        )

    rows = [row for trade in found.trades if (row := shown(trade)) is not None]
    rows.sort(key=lambda row: (not row.is_named, not row.fits))
    return Takers(version=hand.version, found=len(rows), takers=tuple(rows[:MOST_SHOWN]))


@router.post("/swaps/{entry}")
def decide_swap(
    desk: AtDesk, inbox: AtInbox, visitor: Planner, entry: Positive, order: SwapDecision
) -> DecisionDone:
    """Refuse a swap, or accept it and make it in the draft."""
    hand_in, _ = _asked(desk, inbox, visitor, entry, order.shift_id)
    if not order.accepted:
        with desk.recording(visitor):
            refuse_swap(inbox.collecting, entry, order.shift_id, order.word)
    elif order.taker is None:
        raise refused(422, "web.refused_taker")
    else:
        swap = order.shift_id, order.taker, order.takes
        with desk.recording(visitor):
            hand = desk.in_hand()
            shifts, people = [order.shift_id, order.takes], [order.taker]
            need_theirs(visitor, hand.problem, hand.roster, shifts, people)
            changes = swap_changes(hand_in.body.volunteer_id, *swap)
            with refused_for(visitor, hand, changes):
                more: dict[str, Any] = {"anyway": order.anyway, "word": order.word}
                accept_swap(inbox.collecting, entry, *swap, of=order.version, **more)
    return DecisionDone(entry=inbox.collecting.state().head)


def _asked(
    desk: Desk, inbox: Inbox, visitor: Visitor, entry: int, shift_id: str
) -> tuple[HandIn, SwapAsked]:
    """A swap that is asked for and the visitor's to decide; InputError if there is none."""
    hand_in = inbox.collecting.state().forms.hand_ins.get(entry)
    swaps = () if hand_in is None else hand_in.body.swaps
    swap = next((s for s in swaps if s.shift_id == shift_id), None)
    shift = desk.week.now.problem.shift_by_id.get(shift_id)
    if hand_in is None or swap is None or shift is None or not visitor.sees_shift(shift):
        raise record_error("no_version", "record.no_swap", entry=entry)
    return hand_in, swap


def _has(span: SpanOfTime, shift: Shift) -> bool:
    """Whether a shift is inside a span of time."""
    return span.start <= shift.start and shift.end <= span.end


def _plain(text: str) -> str:
    """A name without case and with single blanks."""
    return " ".join(text.casefold().split())
