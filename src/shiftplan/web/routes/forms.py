"""The form of one person: what it shows, and what they send.

Token -> `FormPage`, which holds nothing about others; `FormSent` -> entries of the record.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field, StrictBool

from shiftplan.record.collecting import Collecting
from shiftplan.record.entries import ShiftAnswer
from shiftplan.record.forms import FormId, HandedIn, Note, SaidTime, SaidWish, SpanOfTime, SwapAsked
from shiftplan.web.bodies import AskedDate, RequestBody
from shiftplan.web.inbox import AtInbox, OwnForm
from shiftplan.web.own_form import FormShown, form_of, form_words
from shiftplan.week.fields import Frozen, Id, Moment, Text
from shiftplan.week.records import Shift

router = APIRouter(tags=["forms"])
_MOST = 500
"""Rows of each kind that a form may send."""


class FormPage(Frozen):
    """A form with the words of its page."""

    form: FormShown
    """The form."""
    words: dict[str, dict[str, str]]
    """Language -> code -> text."""


class AnswerSent(RequestBody):
    """An answer about a shift, and the shift as the person saw it."""

    shift_id: Id
    """The shift."""
    center_id: Id
    """Its center."""
    start: Moment
    """Its first minute."""
    end: Moment
    """The first minute after it."""
    answer: Literal["confirmed", "declined", "swap"]
    """Whether they come, or want to give the shift away."""
    instead: Annotated[tuple[SpanOfTime, ...], Field(max_length=_MOST)] = ()
    """When they could work instead, if they want to give it away."""
    colleague: Annotated[Text, Field(max_length=200)] = ""
    """With whom they agreed on that; empty for anybody."""


class TimeSent(RequestBody):
    """Whether the person can come at some hours."""

    start: Moment
    """First minute."""
    end: Moment
    """First minute after them."""
    can: StrictBool
    """Whether they can."""


class WishSent(RequestBody):
    """Whether the person would like to work on a date."""

    date: AskedDate
    """The date."""
    state: Literal["for", "against"] | None = None
    """The wish; None for none."""


class FormSent(RequestBody):
    """What a form sends, each time under an id of its own."""

    form: FormId
    """What the form calls this sending; the same one sent again counts once."""
    answers: Annotated[tuple[AnswerSent, ...], Field(max_length=_MOST)] = ()
    """Answers about shifts."""
    times: Annotated[tuple[TimeSent, ...], Field(max_length=_MOST)] = ()
    """When they can come; hours left out stay as they are."""
    wishes: Annotated[tuple[WishSent, ...], Field(max_length=_MOST)] = ()
    """Wishes for dates; dates left out stay as they are."""
    note: Note = ""
    """What else they say."""


class FormTaken(Frozen):
    """What was recorded, durably."""

    entry: int
    """Number of the entry."""
    form: FormShown
    """The form as it is now."""


@router.get("/form")
def form(inbox: AtInbox, who: OwnForm) -> FormPage:
    """The form of the person whose token the request has."""
    collecting = inbox.collecting
    shown = form_of(collecting, collecting.state(), who)
    return FormPage(form=shown, words=form_words(collecting))


@router.post("/form")
def send(inbox: AtInbox, who: OwnForm, sent: FormSent) -> FormTaken:
    """Record what the person sends; it is on the disk when this is answered."""
    collecting = inbox.collecting
    entry = take(collecting, who, sent)
    return FormTaken(entry=entry, form=form_of(collecting, collecting.state(), who))


def take(collecting: Collecting, who: str, sent: FormSent) -> int:
    """Record what somebody sent; the number of its entry. InputError as `Collecting.hand_in`."""
    answers = tuple(
        ShiftAnswer(volunteer_id=who, shift_id=a.shift_id, answer=a.answer)
        for a in sent.answers
        if a.answer != "swap"
    )
    seen = (
        Shift(shift_id=a.shift_id, center_id=a.center_id, start=a.start, end=a.end)
        for a in sent.answers
    )
    body = HandedIn(
        volunteer_id=who,
        form=sent.form,
        times=tuple(SaidTime(start=t.start, end=t.end, can=t.can) for t in sent.times),
        wishes=tuple(SaidWish(date=w.date, state=w.state) for w in sent.wishes),
        swaps=tuple(
            SwapAsked(shift_id=a.shift_id, instead=a.instead, colleague=a.colleague)
            for a in sent.answers
            if a.answer == "swap"
        ),
        note=sent.note,
    )
    return collecting.hand_in(body, answers, seen)
