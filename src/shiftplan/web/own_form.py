"""The form of one person: their shifts, times, wishes and swaps, and nothing about others.

(`Collecting`, person) -> `FormShown`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from shiftplan.errors.message import languages
from shiftplan.errors.message.catalogue import catalogue
from shiftplan.present.naming import lang_of
from shiftplan.problem import Problem
from shiftplan.record.collecting import Collecting
from shiftplan.record.form_state import HandIn
from shiftplan.record.forms import SpanOfTime
from shiftplan.record.state import RecordState
from shiftplan.record.weighing import AsItStands
from shiftplan.week.fields import Frozen, Moment, one_line
from shiftplan.week.records import Shift
from shiftplan.week.roster import Assignment, Roster


class OwnPlace(SpanOfTime):
    """Where and when a shift is."""

    center: str
    """Name of its center."""


class OwnShift(OwnPlace):
    """A shift that the person was told."""

    shift_id: str
    """The shift."""
    center_id: str
    """Id of its center."""
    answer: Literal["confirmed", "declined"] | None
    """What they answered; None for nothing yet."""
    is_given: bool
    """Whether a swap that was accepted takes it away with the next publication."""


class OwnTime(SpanOfTime):
    """Hours of shifts, and whether the person can come then."""

    can: bool
    """Whether they can, as they said last or else as the week has it."""
    waits: bool
    """Whether that waits for a coordinator."""
    is_noted: bool
    """Whether a coordinator recorded that they cannot, which the form does not change."""
    works: bool
    """Whether they have a shift then, about which they answer by itself."""


class OwnWish(Frozen):
    """A date, and whether the person would like to work on it."""

    date: dt.date
    """The date."""
    state: Literal["for", "against"] | None
    """The wish; None for none."""
    waits: bool
    """Whether it waits for a coordinator."""
    is_planned: bool
    """Whether the week has a wish of theirs for it, which may be turned but not taken away."""


class OwnSwap(Frozen):
    """A swap that the person asked for, or takes part in."""

    state: Literal["asked", "accepted", "refused"]
    """What became of it."""
    gives: OwnPlace | None
    """The shift that they give away; None for none."""
    gets: OwnPlace | None
    """The shift that they get; None for none, or while nothing is decided."""
    is_published: bool
    """Whether the published roster is newer than the decision; False while there is none."""
    word: str
    """What the coordinator says with it."""
    shift_id: str | None
    """The shift while they ask to give it away; None once it is decided."""


class FormDecided(Frozen):
    """What was decided on times and wishes that waited."""

    accepted: bool
    """Whether they count."""
    dates: tuple[dt.date, ...]
    """Dates that they are about."""
    word: str
    """What the coordinator says with it."""


class FormShown(Frozen):
    """The form of one person."""

    name: str
    """Their name."""
    days: tuple[dt.date, ...]
    """Dates of the week."""
    deadline: Moment | None
    """By when they are asked to answer, wall-clock time; None if they are not."""
    shifts: tuple[OwnShift, ...]
    """Their shifts in the published roster."""
    times: tuple[OwnTime, ...]
    """Hours that they are asked about."""
    wishes: tuple[OwnWish, ...]
    """Dates for wishes; none where no rule looks at them."""
    swaps: tuple[OwnSwap, ...]
    """Swaps that concern them."""
    decided: FormDecided | None
    """The decision on what they sent last; None if there is none."""
    sent: dt.datetime | None
    """When they sent the form last, wall-clock time; None if they did not."""
    note: str
    """What else they said then."""


def form_words(collecting: Collecting) -> dict[str, dict[str, str]]:
    """Language -> code -> text of a form's page."""
    found = {lang: catalogue(lang_of(collecting.week.files, lang)) for lang in languages()}
    return {
        lang: {code: texts[code][0] for code in texts if code.startswith("web.form_")}
        for lang, texts in found.items()
    }


def form_of(collecting: Collecting, state: RecordState, who: str) -> FormShown:
    """The form of a person as a state of the record has it, such as `collecting.state()`."""
    now = collecting.week.now
    problem = now.problem
    told = collecting.told(state) or Roster()
    number = state.forms.stated.get(who)
    last = None if number is None else state.forms.hand_ins[number]
    stands = collecting.stands(now, state, who)
    number = state.forms.newest.get(who)
    newest = None if number is None else state.forms.hand_ins[number]
    person = problem.volunteer_by_id.get(who)
    has_wishes = any("preferences" in rule.reads for rule in problem.active_rules)
    return FormShown(
        name=who if person is None else one_line(person.name) or who,
        days=problem.horizon.dates,
        deadline=state.deadline,
        shifts=tuple(_shifts(problem, state, told, who)),
        times=tuple(_times(stands, last)),
        wishes=tuple(_wishes(stands, last)) if has_wishes else (),
        swaps=tuple(_swaps(problem, state, who)),
        decided=_decided(last),
        sent=None if newest is None else problem.horizon.local(newest.entry.at),
        note="" if newest is None else newest.body.note,
    )


def _decided(last: HandIn | None) -> FormDecided | None:
    """The decision on what waited of what was sent last."""
    decision = None if last is None else last.decision()
    if last is None or decision is None:
        return None
    times = {said.start.date() for said in last.body.times if said.weighed == "waits"}
    wishes = {said.date for said in last.body.wishes if said.weighed == "waits"}
    return FormDecided(
        accepted=decision.accepted, dates=tuple(sorted(times | wishes)), word=decision.word
    )


def _shifts(problem: Problem, state: RecordState, told: Roster, who: str) -> Iterator[OwnShift]:
    """Yield the shifts that somebody was told, in order of time."""
    mine = told.shifts_of.get(who, ())
    known = state.shifts_told if mine else {}
    own = [known[shift_id] for shift_id in mine if shift_id in known]
    given = frozenset(_given(state, who))
    for shift in sorted(own, key=lambda shift: (shift.start, shift.shift_id)):
        answer = state.answers.get(Assignment(shift.shift_id, who))
        yield OwnShift(
            shift_id=shift.shift_id,
            center=_center(problem, shift),
            center_id=shift.center_id,
            start=shift.start,
            end=shift.end,
            answer=None if answer is None else answer.answer,
            is_given=shift.shift_id in given,
        )


def _given(state: RecordState, who: str) -> Iterator[str]:
    """Yield the shifts that somebody gives away by swaps that nobody was told of yet."""
    for number, shift_id in state.forms.swaps_of.get(who, ()):
        hand_in = state.forms.hand_ins[number]
        decision = hand_in.decision(shift_id)
        if decision is None or not decision.accepted or _is_published(state, hand_in, shift_id):
            continue
        gives = decision.takes if decision.taker == who else shift_id
        if gives is not None:
            yield gives


def _is_published(state: RecordState, hand_in: HandIn, shift_id: str) -> bool:
    """Whether the decision on a swap is older than the published roster."""
    told = None if state.told is None else state.told.told
    decided = hand_in.swaps.get(shift_id)
    return told is not None and decided is not None and decided.number < told.number


def _center(problem: Problem, shift: Shift) -> str:
    center = problem.center_by_id.get(shift.center_id)
    return shift.center_id if center is None else one_line(center.name) or center.center_id


def _times(stands: AsItStands, last: HandIn | None) -> Iterator[OwnTime]:
    rows = () if last is None or last.decided else last.body.times
    said = {(s.start, s.end): s.can for s in rows if s.weighed == "waits"}
    for hours, can in stands.now.items():
        yield OwnTime(
            start=hours[0],
            end=hours[1],
            can=said.get(hours, can),
            waits=hours in said,
            is_noted=hours in stands.noted,
            works=hours in stands.works,
        )


def _wishes(stands: AsItStands, last: HandIn | None) -> Iterator[OwnWish]:
    rows = () if last is None or last.decided else last.body.wishes
    said = {s.date: s.state for s in rows if s.weighed == "waits"}
    for date, state in stands.wish_now.items():
        is_planned = stands.wished[date] is not None
        yield OwnWish(
            date=date, state=said.get(date, state), waits=date in said, is_planned=is_planned
        )


def _swaps(problem: Problem, state: RecordState, who: str) -> Iterator[OwnSwap]:
    """Yield the swaps that somebody asked for, or takes part in, newest first."""
    asked = state.forms.swaps_of.get(who, ())
    shifts = {**problem.shift_by_id, **state.shifts_told} if asked else {}

    def place(shift_id: str | None) -> OwnPlace | None:
        shift = shifts.get(shift_id or "")
        if shift is None:
            return None
        return OwnPlace(start=shift.start, end=shift.end, center=_center(problem, shift))

    for number, shift_id in reversed(asked):
        hand_in = state.forms.hand_ins[number]
        decision = hand_in.decision(shift_id)
        if decision is None:
            if state.forms.asked.get(Assignment(shift_id, who)) == number:
                yield OwnSwap(
                    state="asked",
                    gives=place(shift_id),
                    gets=None,
                    is_published=False,
                    word="",
                    shift_id=shift_id,
                )
            continue
        theirs, back = place(shift_id), place(decision.takes)
        is_taker = decision.taker == who
        yield OwnSwap(
            state="accepted" if decision.accepted else "refused",
            gives=back if is_taker else theirs,
            gets=theirs if is_taker else back,
            is_published=_is_published(state, hand_in, shift_id),
            word=decision.word,
            shift_id=None,
        )
