"""Publishing: the messages that people would get, and doubts; then exactly that is published.

`Publication` foreseen -> `PublicationShown`; a `PublishOrder` -> an entry of the record, unless
others recorded something meanwhile that changes a message.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from fastapi import APIRouter
from pydantic import Field

from shiftplan.errors.message import AtShift, Person
from shiftplan.present.handed_out import HandedOut
from shiftplan.present.summary import finding
from shiftplan.present.words import Lang
from shiftplan.problem.known_ids import known_part
from shiftplan.record.doubts import doubts_about
from shiftplan.record.publications import foreseen, foreseen_withdrawal
from shiftplan.record.telling import is_told
from shiftplan.scoring.check import check
from shiftplan.web.approval import AsShown, digest_of, need_in_week
from shiftplan.web.bodies import RequestBody
from shiftplan.web.desk import AtDesk
from shiftplan.web.naming import NamesShown
from shiftplan.web.routes.messages import MessageShown, messages_shown
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.visitor import Province
from shiftplan.week.fields import Count, Frozen, Moment, Positive, Text

router = APIRouter(tags=["publication"])


class PublicationShown(Frozen):
    """What a publication or a withdrawal would do."""

    version: int
    """The version."""
    head: int
    """Number of the last entry of the record that was taken into account."""
    digest: str
    """Mark of all messages, for the order to publish."""
    known: int | None
    """The version that people know; None if they know none from this record."""
    same: bool
    """Whether people know just this roster already."""
    people: int
    """People for whom something changes; everybody in the roster if they knew nothing."""
    deadline: dt.datetime | None
    """Deadline for answers that the messages name, wall-clock time; None if nobody is asked."""
    messages: tuple[MessageShown, ...]
    """The very messages, to people, then to centers."""
    unchanged: tuple[str, ...]
    """Ids of people who work in the roster and get no message."""
    without: int
    """Other people who get no message."""
    doubts: tuple[str, ...]
    """Reasons not to publish it."""
    broken: tuple[str, ...]
    """Breaches of hard rules."""
    notes: tuple[str, ...]
    """What to know beside, such as whom to call off."""


class WithdrawOrder(RequestBody):
    """An order to withdraw just what was shown."""

    head: Count
    """`head` of what was shown."""
    digest: str = Field(max_length=64)
    """`digest` of what was shown."""
    why: Text = ""
    """The reason, for the record."""


class PublishOrder(WithdrawOrder):
    """An order to publish just what was shown."""

    version: Positive
    """The version."""
    deadline: Moment | None = None
    """Deadline for answers, wall-clock time; None to ask for nothing, or by the one before."""
    whole: bool = False
    """Whether everybody reads all of their shifts."""
    even_if_poor: bool = False
    """Whether to publish it despite all doubts."""


class PublicationDone(Frozen):
    """What was recorded."""

    version: int
    """The version that was published or withdrawn."""
    entry: int
    """Number of the entry."""


@router.get("/publication")
def publication(
    desk: AtDesk,
    _: Province,
    lang: AskedLang = "en",
    version: Positive | None = None,
    deadline: Moment | None = None,
    whole: bool = False,
) -> PublicationShown:
    """What publishing a version would do; without one, publishing the newest draft."""
    with desk.lock:
        desk.week.refresh()
        told = foreseen(desk.week, version)
        handed = HandedOut.of(desk.week, told, deadline=deadline, whole=whole)
    need_in_week(told, deadline)
    names, problem = desk.names(lang), told.problem
    doubts = doubts_about(told.week, told.roster, told.version.draft)
    score = check(problem, known_part(problem, told.roster))
    shown = _shown(handed, lang)
    return shown.model_copy(
        update={
            "same": is_told(told.week, told.roster),
            "doubts": tuple(map(names.say.show, doubts)),
            "broken": tuple(finding(found, names) for found in score.broken),
        }
    )


@router.get("/withdrawal")
def withdrawal(desk: AtDesk, _: Province, lang: AskedLang = "en") -> PublicationShown:
    """What withdrawing the published roster would do."""
    with desk.lock:
        desk.week.refresh()
        handed = HandedOut.of(desk.week, foreseen_withdrawal(desk.week))
    return _shown(handed, lang)


def _shown(handed: HandedOut, lang: Lang) -> PublicationShown:
    """What all publications show."""
    told, now = handed.told, dt.datetime.now(dt.UTC)
    found = messages_shown(handed, lang, now)
    readers = {message.to.id for message in found if message.to.kind == "volunteer"}
    people, works = {*told.problem.volunteer_by_id}, {*told.roster.shifts_of}
    return PublicationShown(
        version=told.version.number,
        head=told.week.state.head,
        digest=digest_of(handed, {message.to: message.text for message in found}),
        known=told.week.state.version_told,
        same=False,
        people=len(told.people),
        deadline=handed.deadline,
        messages=found,
        unchanged=tuple(sorted(works - readers)),
        without=len(people - works - readers),
        doubts=(),
        broken=(),
        notes=tuple(_notes(handed, lang, now)),
    )


def _notes(handed: HandedOut, lang: Lang, now: dt.datetime) -> Iterator[str]:
    """Yield what to know beside a publication."""
    told = handed.told
    say = NamesShown(told.problem, lang, told.before_shifts).say
    due = handed.deadline
    if due is not None and due <= told.week.files.horizon.local(now) and len(told.roster):
        yield say("web.deadline_passed", deadline=due)
    if told.missing:
        yield say("web.gone", people=told.missing)
    for shift, who in told.called_off.assignments:
        yield say("web.call_off", who=Person(who), shift=AtShift(shift))


@router.post("/publication")
def publish(
    desk: AtDesk, visitor: Province, order: PublishOrder, lang: AskedLang = "en"
) -> PublicationDone:
    """Publish just what was shown; refused if a message would be another one now."""
    with desk.recording(visitor) as live:
        told = live.publish(
            order.version,
            deadline=order.deadline,
            even_if_poor=order.even_if_poor,
            why=order.why,
            approve=AsShown(
                live,
                order.head,
                order.digest,
                lang,
                deadline=order.deadline,
                whole=order.whole,
            ),
        )
        return PublicationDone(version=told.version.number, entry=live.now.state.head)


@router.post("/withdrawal")
def withdraw(
    desk: AtDesk, visitor: Province, order: WithdrawOrder, lang: AskedLang = "en"
) -> PublicationDone:
    """Withdraw the published roster as it was shown; refused if a message would be another one."""
    with desk.recording(visitor) as live:
        told = live.withdraw(why=order.why, approve=AsShown(live, order.head, order.digest, lang))
        return PublicationDone(version=told.version.number, entry=live.now.state.head)
