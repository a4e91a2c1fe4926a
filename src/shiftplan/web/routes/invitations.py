"""Links and files by which people answer, and answers that come back as files.

People -> links, or a zip of forms; files of answers -> entries of the record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field, ValidationError

from shiftplan.errors import InputError
from shiftplan.present.faults import fault_text
from shiftplan.present.handouts.owners import named_files
from shiftplan.present.naming import Names
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.record.current import CurrentWeek
from shiftplan.web.bodies import RequestBody
from shiftplan.web.desk import AtDesk, Desk
from shiftplan.web.form_file import form_file
from shiftplan.web.inbox import AtInbox, Inbox
from shiftplan.web.invited import LinksOrder, link_to_send, links_table
from shiftplan.web.own_form import form_of, form_words
from shiftplan.web.refusals import refused
from shiftplan.web.routes.collect import people_seen
from shiftplan.web.routes.forms import FormSent, take
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.visitor import Planner, Province, Visitor
from shiftplan.web.zipped import Zip
from shiftplan.week.fields import Frozen, Id
from shiftplan.week.owner import Owner
from shiftplan.week.roster import Roster

router = APIRouter(tags=["collect"])
_LONGEST_FILE = 100_000
"""Characters of a file with an answer."""


class PeopleAsked(RequestBody):
    """Some people."""

    people: Annotated[tuple[Id, ...], Field(max_length=100_000)] | None
    """Ids; None for all whom the visitor sees."""


class LinksAsked(PeopleAsked, LinksOrder):
    """Whose links or files are to be made, and how."""


class LinkMade(Frozen):
    """A link, which is shown once: only its digest is kept."""

    volunteer_id: str
    """Whose."""
    link: str
    """The link."""
    text: str
    """A message with the link, in the language asked for."""
    send: str
    """A link that opens a chat or message to the person; empty where none is known."""


class LinksMade(Frozen):
    """Links that were made."""

    until: dt.datetime
    """From when on they open nothing."""
    links: tuple[LinkMade, ...]
    """One for each person."""
    table: str
    """The same as CSV text, for mail merge: ids, names, phones, contacts and links."""


class LinksGone(Frozen):
    """Links that were taken back."""

    links: int
    """How many."""


class AnswerFile(RequestBody):
    """A file that somebody gave back."""

    name: Annotated[str, Field(max_length=300)]
    """What it is called."""
    text: Annotated[str, Field(max_length=_LONGEST_FILE)]
    """What it holds."""


class AnswerFiles(RequestBody):
    """Files that people gave back."""

    files: Annotated[tuple[AnswerFile, ...], Field(min_length=1, max_length=200)]
    """The files."""


class FileRead(Frozen):
    """What became of a file."""

    name: str
    """What it is called."""
    volunteer_id: str | None
    """Whose it is; None where it was not read."""
    entry: int | None
    """Number of the entry that it became; None where it was not read."""
    fault: str
    """Why it was not read; empty if it was."""


class _Content(RequestBody):
    """What a file of an answer holds."""

    shiftplan_form: Literal[1]
    token: Annotated[str, Field(max_length=200)]
    sent: FormSent


@router.post("/invitations")
def invite(
    desk: AtDesk, inbox: AtInbox, visitor: Province, asked: LinksAsked, lang: AskedLang = "en"
) -> LinksMade:
    """Make links for people; they are shown this once.

    A link opens all that its person sees, and answers in their name; so leads make none.
    """
    problem, until, tokens = _invited(desk, inbox, visitor, asked)
    names = Names(problem, lang)
    links = {who: asked.link(token) for who, token in tokens.items()}
    table = links_table("volunteer_id", problem.volunteer_by_id, links, problem.horizon)
    made = tuple(_made(problem, names, who, link) for who, link in links.items())
    return LinksMade(until=until, links=made, table=table)


@router.post("/invitations/files", response_class=Zip)
def invite_by_files(desk: AtDesk, inbox: AtInbox, visitor: Province, asked: LinksAsked) -> Zip:
    """Make a form for each person as a file of its own, and a list of the same people's links."""
    problem, _, tokens = _invited(desk, inbox, visitor, asked)
    words, named = form_words(inbox.collecting), named_files(problem)
    state = inbox.collecting.state()
    files = {who: f"{named[Owner('volunteer', who)]}.html" for who in tokens}
    links = {who: asked.link(token) if asked.base else "" for who, token in tokens.items()}

    def fill(folder: Path) -> None:
        for who, token in tokens.items():
            page = form_file(form_of(inbox.collecting, state, who), words, token, asked.base)
            (folder / files[who]).write_text(page, encoding="utf-8")
        people = problem.volunteer_by_id
        table = links_table("volunteer_id", people, links, problem.horizon, file=files)
        (folder / "links.csv").write_text(table, encoding="utf-8-sig", newline="")

    return Zip.of("forms.zip", fill)


@router.post("/invitations/take-back")
def take_back(desk: AtDesk, inbox: AtInbox, visitor: Province, asked: PeopleAsked) -> LinksGone:
    """Take links back: they open nothing any more."""
    people = _theirs(desk.week.now, inbox, visitor, asked.people)
    with desk.recording(visitor):
        gone = inbox.collecting.take_back(Owner("volunteer", who) for who in people)
    return LinksGone(links=gone)


@router.post("/answer-files")
def answer_files(
    desk: AtDesk, inbox: AtInbox, visitor: Planner, given: AnswerFiles, lang: AskedLang = "en"
) -> tuple[FileRead, ...]:
    """Read files that people gave back, each by itself; one that was read before counts once."""
    seen = frozenset(_theirs(desk.week.now, inbox, visitor, None))
    found = tuple(_read(inbox, seen, file, lang) for file in given.files)
    desk.news.tell_new()
    return found


def _invited(
    desk: Desk, inbox: Inbox, visitor: Visitor, asked: LinksAsked
) -> tuple[Problem, dt.datetime, Mapping[str, str]]:
    """The week, until when links are valid, and the token of each person."""
    now = desk.week.now
    people = _theirs(now, inbox, visitor, asked.people)
    until = asked.end(now.problem.horizon)
    with desk.recording(visitor):
        made = inbox.collecting.invite((Owner("volunteer", who) for who in people), until)
    return now.problem, until, {owner.id: token for owner, token in made.items()}


def _theirs(
    now: CurrentWeek, inbox: Inbox, visitor: Visitor, asked: Iterable[str] | None
) -> tuple[str, ...]:
    """Ids of the people asked for; 404 if one is unknown, or not the visitor's."""
    told = inbox.collecting.told(inbox.collecting.state()) or Roster()
    seen = people_seen(now, visitor, told)
    found = tuple(seen if asked is None else dict.fromkeys(asked))
    if not seen.keys() >= set(found):
        raise refused(404, "web.refused_person")
    return found


def _made(problem: Problem, names: Names, who: str, link: str) -> LinkMade:
    person = problem.volunteer_by_id[who]
    days = problem.horizon.dates
    facts = {"name": names.called(who), "first": days[0], "last": days[-1]}
    text = names.say("web.form_invite", **facts, link=link)
    send = link_to_send(person, text, names.say("web.form_subject"), problem.horizon)
    return LinkMade(volunteer_id=who, link=link, text=text, send=send)


def _read(inbox: Inbox, seen: Set[str], file: AnswerFile, lang: Lang) -> FileRead:
    """Record what a file says; its fault where it cannot be."""

    def failed(text: str) -> FileRead:
        return FileRead(name=file.name, volunteer_id=None, entry=None, fault=text)

    say = Names(inbox.collecting.week.files, lang).say
    try:
        content = _Content.model_validate_json(file.text)
    except ValidationError:
        return failed(say("web.not_an_answer"))
    owner = inbox.collecting.owner_of(content.token)
    if owner is None or owner.kind != "volunteer":
        return failed(say("web.refused_link"))
    if owner.id not in seen:
        return failed(say("web.refused_person"))
    try:
        entry = take(inbox.collecting, owner.id, content.sent)
    except InputError as error:
        return failed("; ".join(fault_text(fault, lang) for fault in error.faults))
    return FileRead(name=file.name, volunteer_id=owner.id, entry=entry, fault="")
