"""What people handed in by their forms, for those who plan, and the decisions on it.

`FormState` of the record -> `Collected`; orders -> decisions as entries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeAlias

from fastapi import APIRouter
from pydantic import Field, StrictBool

from shiftplan.record.current import CurrentWeek
from shiftplan.record.deciding import decide
from shiftplan.record.entries import ShiftAnswer
from shiftplan.record.form_state import HandIn
from shiftplan.record.forms import Note, SaidTime, SaidWish
from shiftplan.record.state import RecordState, record_error
from shiftplan.web.bodies import RequestBody
from shiftplan.web.desk import AtDesk
from shiftplan.web.inbox import AtInbox
from shiftplan.web.visitor import Planner, Visitor
from shiftplan.week.fields import Frozen, Positive
from shiftplan.week.owner import Owner
from shiftplan.week.roster import Assignment, Roster

router = APIRouter(tags=["collect"])
MOST_SHOWN = 500
"""Rows that are shown of what came in."""
_Local: TypeAlias = Callable[[dt.datetime], dt.datetime]
"""A moment -> wall-clock time of the week."""


class PersonAsked(Frozen):
    """Somebody who can have a form."""

    volunteer_id: str
    """The person."""
    link: Literal["none", "valid", "ended"]
    """Whether a link opens their form."""
    until: dt.datetime | None
    """From when on it opens nothing; None where there is none."""
    shifts: int
    """Shifts that they were told."""
    answered: int
    """Of these, shifts that they confirmed or declined."""
    sent: dt.datetime | None
    """When they sent their form last, wall-clock time of the week."""


class AnswerHandedIn(Frozen):
    """An answer about a shift."""

    shift_id: str
    """The shift."""
    answer: str
    """The answer."""
    before: str | None
    """The one that it replaced; None for none."""


class HandInShown(Frozen):
    """What somebody handed in."""

    entry: int
    """Number of its entry."""
    at: dt.datetime
    """When, wall-clock time of the week."""
    volunteer_id: str
    """Who."""
    state: Literal["counts", "waits", "accepted", "refused", "replaced"]
    """Whether its times and wishes count, wait, or were decided or sent anew."""
    answers: tuple[AnswerHandedIn, ...]
    """Answers about shifts that the visitor sees."""
    times: tuple[SaidTime, ...]
    """Hours at which they say something else than before."""
    wishes: tuple[SaidWish, ...]
    """Dates for which they say something else than before."""
    note: str
    """What else they say."""
    word: str
    """Message that came with a decision."""


class Collected(Frozen):
    """Everything that was handed in, as far as it is the visitor's to see."""

    people: tuple[PersonAsked, ...]
    """Everybody, in the order of the week."""
    hand_ins: tuple[HandInShown, ...]
    """What came in last, and all that waits for a decision, newest first."""


class Decision(RequestBody):
    """A decision on times and wishes."""

    entries: Annotated[tuple[Positive, ...], Field(min_length=1, max_length=5_000)]
    """Numbers of the entries."""
    accepted: StrictBool
    """Whether they count."""
    word: Note = ""
    """Message to the people concerned, shown with the decision."""


class DecisionDone(Frozen):
    """What was recorded."""

    entry: int
    """Number of the last entry."""


@router.get("/collected")
def collected(desk: AtDesk, inbox: AtInbox, visitor: Planner) -> Collected:
    """Who has a form, and what came in."""
    state = inbox.collecting.state()
    told = inbox.collecting.told(state) or Roster()
    now = desk.week.now
    seen = people_seen(now, visitor, told)
    hand_ins = (h for h in reversed(state.forms.hand_ins.values()) if h.body.volunteer_id in seen)
    waiting = {hand_in.entry.number for hand_in in state.forms.waiting()}
    shown = (h for i, h in enumerate(hand_ins) if i < MOST_SHOWN or h.entry.number in waiting)
    shifts, local = now.problem.shift_by_id, now.files.horizon.local

    def is_theirs(answer: ShiftAnswer) -> bool:
        at = shifts.get(answer.shift_id)
        return visitor.role == "province" if at is None else visitor.sees_shift(at)

    return Collected(
        people=tuple(_person(state, told, who, local) for who in seen),
        hand_ins=tuple(_hand_in(state, h, is_theirs, local) for h in shown),
    )


def people_seen(now: CurrentWeek, visitor: Visitor, told: Roster) -> dict[str, None]:
    """Ids of the people whom a visitor sees, in the order of the week."""
    seen = visitor.people(now.problem, now.roster or Roster(), told)
    return dict.fromkeys(who for who in now.problem.volunteer_by_id if who in seen)


def _person(state: RecordState, told: Roster, who: str, local: _Local) -> PersonAsked:
    found = state.forms.links.get(Owner("volunteer", who))
    until = None if found is None else found[1].until
    is_valid = until is not None and dt.datetime.now(dt.UTC) < until
    shifts = told.shifts_of.get(who, ())
    newest = state.forms.newest.get(who)
    return PersonAsked(
        volunteer_id=who,
        link="none" if until is None else "valid" if is_valid else "ended",
        until=until,
        shifts=len(shifts),
        answered=sum(Assignment(shift_id, who) in state.answers for shift_id in shifts),
        sent=None if newest is None else local(state.forms.hand_ins[newest].entry.at),
    )


def _hand_in(
    state: RecordState,
    hand_in: HandIn,
    is_theirs: Callable[[ShiftAnswer], bool],
    local: _Local,
) -> HandInShown:
    body, decision = hand_in.body, hand_in.decision()
    number = hand_in.entry.number
    if decision is not None:
        word = decision.word
        what: Any = "accepted" if decision.accepted else "refused"
    else:
        is_newest = state.forms.stated.get(body.volunteer_id, number) == number
        waits = "waits" if is_newest else "replaced"
        word, what = "", waits if "waits" in body.weighed else "counts"
    return HandInShown(
        entry=number,
        at=local(hand_in.entry.at),
        volunteer_id=body.volunteer_id,
        state=what,
        answers=tuple(
            AnswerHandedIn(
                shift_id=a.shift_id, answer=a.answer, before=hand_in.before.get(a.shift_id)
            )
            for a in filter(is_theirs, hand_in.answers)
        ),
        times=tuple(said for said in body.times if said.weighed != "same"),
        wishes=tuple(said for said in body.wishes if said.weighed != "same"),
        note=body.note,
        word=word,
    )


@router.post("/collected/decisions")
def decide_times(desk: AtDesk, inbox: AtInbox, visitor: Planner, order: Decision) -> DecisionDone:
    """Accept or refuse times and wishes that wait, all of them or none."""
    state = inbox.collecting.state()
    told = inbox.collecting.told(state) or Roster()
    seen = people_seen(desk.week.now, visitor, told)
    hand_ins = state.forms.hand_ins
    for entry in order.entries:
        if entry not in hand_ins or hand_ins[entry].body.volunteer_id not in seen:
            raise record_error("no_version", "record.nothing_waits", entry=entry)
    with desk.recording(visitor):
        added = decide(inbox.collecting, order.entries, accepted=order.accepted, word=order.word)
    return DecisionDone(entry=added[-1].number)
