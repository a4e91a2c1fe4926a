"""Messages of a publication: each with how to reach its reader, and what was sent already.

`HandedOut` -> `MessageShown`s and a zip of all files; ticks -> entries of the record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, StrictBool

from shiftplan.analysis.repair.notices import Notice
from shiftplan.present.answers.reasons import RepairWords
from shiftplan.present.handed_out import HandedOut
from shiftplan.present.handouts.links import Links
from shiftplan.present.handouts.owners import named_files
from shiftplan.present.handouts.sending import send_rows
from shiftplan.present.naming import Names
from shiftplan.present.words import Lang
from shiftplan.record.entries import RecordEntry, Sent
from shiftplan.record.folding import revoked_by
from shiftplan.record.live import LiveWeek
from shiftplan.record.publications import told_again, withdrawn_again
from shiftplan.record.state import record_error
from shiftplan.web.bodies import RequestBody
from shiftplan.web.desk import AtDesk
from shiftplan.web.inbox import AtInbox
from shiftplan.web.invited import LinksOrder
from shiftplan.web.naming import NamesShown
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.visitor import Province
from shiftplan.web.zipped import Zip
from shiftplan.week.fields import Frozen, Positive, Text
from shiftplan.week.owner import Owner

router = APIRouter(tags=["publication"])
_MOST = 20_000
"""Messages ticked at once."""


class SentMark(Frozen):
    """That a message was sent."""

    entry: int
    """The entry of the record that says so."""
    at: dt.datetime
    """When it was recorded, wall-clock time of the week."""
    who: str
    """Who recorded it."""
    of: int
    """Messages that the entry is about."""


class MessageShown(Frozen):
    """A message to somebody."""

    to: Owner
    """Whom it is for."""
    name: str
    """Name of that person or center; the id where there is none."""
    phone: str
    """Phone as it is dialled."""
    contact: str
    """Contact as it is written in the week."""
    links: Links
    """Links that open a chat, a text message, a call or an e-mail."""
    text: str
    """The message."""
    changes: tuple[str, ...]
    """What changes for the person, each with its reason; empty if they knew nothing before."""
    sent: SentMark | None
    """That it was sent; None if that is not recorded."""


class MessagesShown(Frozen):
    """The messages of what was published or withdrawn last."""

    version: int
    """The version that they are about."""
    withdrawn: bool
    """Whether they withdraw it."""
    messages: tuple[MessageShown, ...]
    """To people, then to centers; of each first those who can be reached."""


class Ticks(RequestBody):
    """Messages that were sent."""

    version: Positive
    """The version that they are about."""
    to: Annotated[tuple[Owner, ...], Field(min_length=1, max_length=_MOST)]
    """Whom they were for."""
    why: Text = ""
    """A remark for the record, such as by which way."""


def messages_shown(
    handed: HandedOut,
    lang: Lang,
    now: dt.datetime,
    sent: Mapping[Owner, SentMark] | None = None,
) -> tuple[MessageShown, ...]:
    """All messages of a publication; `sent`: those that were sent."""
    texts, problem = handed.messages(lang, now), handed.problem
    names, words, marks = (
        Names(problem, lang),
        RepairWords(handed.told, lang, NamesShown),
        sent or {},
    )
    notices: dict[str, list[Notice]] = {}
    for notice in handed.told.notices:
        notices.setdefault(notice.volunteer_id, []).append(notice)
    return tuple(
        MessageShown(
            to=row.owner,
            name=row.name,
            phone=row.phone,
            contact=row.contact,
            links=row.links,
            text=texts[row.owner],
            changes=tuple(
                words.lines(notices.get(row.owner.id, ()) if row.owner.kind == "volunteer" else ())
            ),
            sent=marks.get(row.owner),
        )
        for row in send_rows(problem, texts, named_files(problem), {}, names)
    )


def handed_out_last(live: LiveWeek, *, whole: bool = False) -> HandedOut:
    """What was handed out last; InputError if nothing was ever published."""
    again = told_again(live, live.now.state.version_told) or withdrawn_again(live)
    if again is None:
        raise live.now.state.lacking("record.nothing_told")
    return HandedOut.of(live, again, whole=whole)


@router.get("/messages")
def messages(
    desk: AtDesk, _: Province, lang: AskedLang = "en", whole: bool = False
) -> MessagesShown:
    """The messages of what was published or withdrawn last.

    `whole`: with all shifts of everybody, not only what is new.
    """
    with desk.lock:
        live = desk.week
        live.refresh()
        handed, entries = handed_out_last(live, whole=whole), live.entries
    marks = dict(_marks(handed, entries))
    return MessagesShown(
        version=handed.told.version.number,
        withdrawn=handed.told.version.withdrawn,
        messages=messages_shown(handed, lang, dt.datetime.now(dt.UTC), marks),
    )


def _marks(handed: HandedOut, entries: tuple[RecordEntry, ...]) -> Iterator[tuple[Owner, SentMark]]:
    """Yield whose messages were sent since the publication."""
    revoked, local = revoked_by(entries), handed.week.files.horizon.local
    for entry in entries[handed.told.week.state.head :]:
        if isinstance(entry.body, Sent) and entry.number not in revoked:
            to = entry.body.to
            mark = SentMark(entry=entry.number, at=local(entry.at), who=entry.who, of=len(to))
            yield from ((owner, mark) for owner in to)


@router.get("/messages/files", response_class=Zip)
def files(desk: AtDesk, _: Province, lang: AskedLang = "en", whole: bool = False) -> Zip:
    """A zip of all that `shiftplan publish` writes for what was published or withdrawn last.

    Messages, calendars, roster, stand-by lists, the workbook and the report.
    """
    with desk.lock:
        desk.week.refresh()
        handed = handed_out_last(desk.week, whole=whole)
    now, name = dt.datetime.now(dt.UTC), f"told-{handed.told.version.number}.zip"
    return Zip.of(name, lambda out: handed.write(out, lang, now=now, quiet=True))


class FilesOrder(LinksOrder):
    """How files with links of their readers are to be made."""

    whole: StrictBool = False
    """Whether everybody reads all of their shifts."""


@router.post("/messages/files", response_class=Zip)
def files_with_links(
    desk: AtDesk, inbox: AtInbox, visitor: Province, asked: FilesOrder, lang: AskedLang = "en"
) -> Zip:
    """The same zip, in which each message to a person ends with a new link to their form.

    Earlier links of these people open nothing from then on.
    """
    now = dt.datetime.now(dt.UTC)
    with desk.lock:
        known = desk.week.refresh().problem.volunteer_by_id
        handed = handed_out_last(desk.week, whole=asked.whole)
    readers = [o for o in handed.messages(lang, now) if o.kind == "volunteer" and o.id in known]
    until = asked.end(desk.week.files.horizon)
    with desk.recording(visitor):
        tokens = inbox.collecting.invite(readers, until)
    links = {owner: asked.link(token) for owner, token in tokens.items()}
    name = f"told-{handed.told.version.number}-links.zip"
    return Zip.of(name, lambda out: handed.write(out, lang, now=now, links=links, quiet=True))


@router.post("/messages/sent", status_code=204)
def sent(desk: AtDesk, visitor: Province, ticks: Ticks) -> None:
    """Record that messages were sent."""
    with desk.recording(visitor) as live:
        now = live.refresh().state.need_handed_out().number
        if now != ticks.version:
            raise record_error("outdated", "record.another_handed_out", version=now)
        live.record(sent=ticks.to, why=ticks.why)
