"""How the week stands: what people know, who has not answered, what is empty, whom to call next.

`WeekStatus` and the published roster -> `StatusShown`, `PromiseShown`s, of which a lead of centers
gets what is theirs.
"""

from __future__ import annotations

import datetime as dt

from fastapi import APIRouter

from shiftplan.present.naming import Names
from shiftplan.record.calls import NextCall
from shiftplan.seasons.ledger import State
from shiftplan.web.bodies import AskedDate
from shiftplan.web.desk import AtDesk
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.visitor import Planner, Visitor
from shiftplan.week.fields import Frozen, Id
from shiftplan.week.owner import Owner

router = APIRouter(tags=["status"])


class Waiting(Frozen):
    """Somebody who has not answered about all of their shifts."""

    volunteer_id: str
    """Who."""
    shift_ids: tuple[str, ...]
    """The shifts, in order of time."""
    reach: str
    """Phone and contact; empty for those who do not plan for the province."""


class CallShown(Frozen):
    """Whom to call next for a shift."""

    volunteer_id: str
    """Who."""
    reach: str
    """Phone and contact."""
    why: str
    """Why this person."""
    then: tuple[str, ...]
    """Ids of those who follow."""


class LackShown(Frozen):
    """A shift that lacks people."""

    shift_id: str
    """The shift."""
    missing: int
    """People it lacks."""
    urgent: bool
    """Whether it is below a minimum."""
    call: CallShown | None
    """Whom to call next; None where nobody is left."""


class StatusShown(Frozen):
    """How the week stands."""

    told: int | None
    """The version that people know; None if they know none."""
    told_at: dt.datetime | None
    """When it was published, wall-clock time of the week."""
    told_by: str
    """Who published it."""
    people: int
    """People who work in it."""
    withdrawn: int | None
    """The version that was withdrawn, with none published since."""
    drafted: int | None
    """The newest draft since then; None if there is none."""
    changed: int
    """People for whom it changes something."""
    deadline: dt.datetime | None
    """Deadline for answers, wall-clock time; None if people were not asked."""
    confirmed: int
    """Published assignments that were confirmed."""
    declined: int
    """Published assignments that were declined."""
    waiting: tuple[Waiting, ...]
    """Who has not answered although there is a deadline."""
    unsent: tuple[Owner, ...]
    """Whose newest message was not sent; empty if none was ever recorded as sent."""
    lacking: tuple[LackShown, ...]
    """Shifts that lack people, those below a minimum first, then in order of time."""
    notes: tuple[str, ...]
    """What else to know, such as tables that were edited since."""


class PromiseShown(Frozen):
    """A shift that somebody was told of, or was called in for."""

    shift_id: str
    """The shift."""
    volunteer_id: str
    """The person."""
    answer: str
    """`confirmed`, `declined`, `comes` for a reserve who was called, or empty."""
    state: State | None
    """How it turned out; None where that is not recorded."""


@router.get("/status")
def status(desk: AtDesk, visitor: Planner, lang: AskedLang = "en") -> StatusShown:
    """How the week stands; for the lead of some centers, as far as their shifts go."""
    found = desk.status()
    with desk.lock:
        names = desk.names(lang)
    week = found.week
    everything, shifts = visitor.role == "province", week.problem.shift_by_id

    def own(shift_id: str) -> bool:
        return shift_id in shifts and visitor.sees_shift(shifts[shift_id])

    known = week.told
    pairs = [p for p in (() if known is None else known.assignments) if own(p.shift_id)]
    answers = [week.state.answers[p].answer for p in pairs if p in week.state.answers]
    notes = filter(None, (found.edited_said, found.untold_said))
    last = None if week.state.told is None else week.state.told.told
    return StatusShown(
        told=found.version_told,
        told_at=None if last is None else week.files.horizon.local(last.at),
        told_by="" if last is None else last.who,
        people=len({p.volunteer_id for p in pairs}),
        withdrawn=None if week.state.withdrawn is None else week.state.withdrawn.number,
        drafted=found.version_drafted if everything else None,
        changed=found.people_changed if everything else 0,
        deadline=week.state.deadline,
        confirmed=answers.count("confirmed"),
        declined=answers.count("declined"),
        waiting=tuple(
            Waiting(
                volunteer_id=one.volunteer_id,
                shift_ids=own_shifts,
                reach=names.reach(one.volunteer_id) if everything else "",
            )
            for one in found.unanswered
            if (own_shifts := tuple(filter(own, one.shift_ids)))
        ),
        unsent=found.unsent if everything else (),
        lacking=tuple(_lack(call, names, visitor) for call in found.calls if own(call.shift_id)),
        notes=tuple(map(names.say, notes)) if everything else (),
    )


def _lack(call: NextCall, names: Names, visitor: Visitor) -> LackShown:
    """A shift that lacks people; whom to call is only for the province to see."""
    person = None
    if call.volunteer_id is not None and visitor.role == "province":
        person = CallShown(
            volunteer_id=call.volunteer_id,
            reach=names.reach(call.volunteer_id),
            why=names.say.show(call.reason),
            then=call.then,
        )
    return LackShown(
        shift_id=call.shift_id, missing=call.missing, urgent=call.urgent > 0, call=person
    )


@router.get("/told")
def told(
    desk: AtDesk, visitor: Planner, day: AskedDate | None = None, person: Id | None = None
) -> tuple[PromiseShown, ...]:
    """Who was told to come, or was called in: what they answered, and whether they came.

    In order of time; `day`: on one day only; `person`: one person only. The lead of some centers
    sees their shifts.
    """
    with desk.lock:
        week = desk.week.refresh()
    shifts, state = week.problem.shift_by_id, week.state
    known = () if week.told is None else week.told.assignments
    pairs = {*known, *week.called_in.assignments, *state.turnouts}
    own = (p for p in pairs if p.shift_id in shifts and visitor.sees_shift(shifts[p.shift_id]))
    on_day = (p for p in own if day is None or shifts[p.shift_id].day == day)
    asked = (p for p in on_day if person in (None, p.volunteer_id))
    there = (p for p in asked if p.volunteer_id in week.problem.volunteer_by_id)
    ordered = sorted(there, key=lambda p: (shifts[p.shift_id].start, p))
    return tuple(
        PromiseShown(
            shift_id=pair.shift_id,
            volunteer_id=pair.volunteer_id,
            answer=(
                state.answers[pair].answer
                if pair in state.answers
                else "comes"
                if pair in week.called_in
                else ""
            ),
            state=state.turnouts[pair].state if pair in state.turnouts else None,
        )
        for pair in ordered
    )
