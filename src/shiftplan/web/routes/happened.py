"""What happened, recorded by hand: absences, answers, calls, attendance.

`Happened` -> entries of the record, and what of them is worth a second look.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from shiftplan.problem.changes import Absence
from shiftplan.record.entries import Call, ShiftAnswer
from shiftplan.record.handed_in import worth_a_look
from shiftplan.record.state import record_error
from shiftplan.seasons import Turnout
from shiftplan.web.bodies import RequestBody
from shiftplan.web.desk import AtDesk, Desk
from shiftplan.web.refusals import refused
from shiftplan.web.routes.history import EntryShown, entries_shown
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.visitor import Planner, Visitor
from shiftplan.week.fields import Frozen, Text

router = APIRouter(tags=["history"])
_Most = Field(max_length=5_000)


class Happened(RequestBody):
    """What happened; all of it is recorded, or nothing."""

    absences: Annotated[tuple[Absence, ...], _Most] = ()
    """Who cannot come, and when."""
    answers: Annotated[tuple[ShiftAnswer, ...], _Most] = ()
    """What people said about their shifts, such as on the phone."""
    calls: Annotated[tuple[Call, ...], _Most] = ()
    """Calls of reserves."""
    turnouts: Annotated[tuple[Turnout, ...], _Most] = ()
    """Who came."""
    why: Text = ""
    """The reason, for the record."""


class HappenedShown(Frozen):
    """What was recorded."""

    entries: tuple[EntryShown, ...]
    """The entries, oldest first."""
    notes: tuple[str, ...]
    """What of it may be a mistake."""


@router.post("/records")
def record(
    desk: AtDesk, visitor: Planner, happened: Happened, lang: AskedLang = "en"
) -> HappenedShown:
    """Record what happened; the lead of a center records attendance in its shifts."""
    if visitor.role != "province":
        _need_own(desk, visitor, happened)
    with desk.recording(visitor) as live:
        before = live.refresh()
        said: tuple[ShiftAnswer | Call, ...] = (*happened.answers, *happened.calls)
        added = live.record(
            *happened.absences,
            answers=happened.answers,
            calls=happened.calls,
            turnouts=happened.turnouts,
            why=happened.why,
        )
        if not added:
            raise record_error("missing_value", "record.nothing_new")
        now, names = live.now, desk.names(lang)
    at = now.problem.horizon.local(dt.datetime.now(dt.UTC))
    groups = [happened.absences] if happened.absences else []
    looks = worth_a_look(before, now, groups, said, happened.turnouts, at)
    return HappenedShown(
        entries=tuple(entries_shown(now, tuple(added), names, {}, {})),
        notes=tuple(names.say.show(look) for look in looks),
    )


def _need_own(desk: Desk, visitor: Visitor, happened: Happened) -> None:
    """Refuse all but attendance of people in shifts that are the visitor's."""
    with desk.lock:
        week = desk.week.refresh()
    rosters = (roster for roster in (week.told, week.called_in) if roster is not None)
    people, shifts = visitor.people(week.problem, *rosters), week.problem.shift_by_id
    own = all(
        t.volunteer_id in people and t.shift_id in shifts and visitor.sees_shift(shifts[t.shift_id])
        for t in happened.turnouts
    )
    if happened.absences or happened.answers or happened.calls or not own:
        raise refused(403, "web.only_attendance")
