"""Leads of centers, who come by the link of their center.

Centers -> links; the token of one -> a cookie, by which its lead is known until the link ends.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from shiftplan.present.naming import Names
from shiftplan.problem import Problem
from shiftplan.web.bodies import RequestBody
from shiftplan.web.desk import AtDesk
from shiftplan.web.inbox import TOKEN_HEADER, AtInbox, lead_cookie
from shiftplan.web.invited import LinksOrder, link_to_send, links_table
from shiftplan.web.refusals import refused
from shiftplan.web.routes.invitations import LinksGone
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.visitor import Anybody, Province
from shiftplan.week.fields import Frozen, Id
from shiftplan.week.owner import Owner

router = APIRouter(tags=["collect"])


class CentersAsked(RequestBody):
    """Some centers."""

    centers: Annotated[tuple[Id, ...], Field(max_length=100_000)] | None
    """Ids; None for all."""


class LeadLinksAsked(CentersAsked, LinksOrder):
    """For which centers links are to be made, and how."""


class LeadLink(Frozen):
    """A link by which the lead of a center comes in; it is shown once."""

    center_id: str
    """The center."""
    link: str
    """The link."""
    text: str
    """A message with the link, in the language asked for."""
    send: str
    """A link that opens a chat or message to the center; empty where none is known."""


class LeadLinks(Frozen):
    """Links that were made."""

    until: dt.datetime
    """From when on they open nothing."""
    links: tuple[LeadLink, ...]
    """One for each center."""
    table: str
    """The same as CSV text, for mail merge: ids, names, phones, contacts and links."""


@router.post("/lead-links")
def invite_leads(
    desk: AtDesk, inbox: AtInbox, visitor: Province, asked: LeadLinksAsked, lang: AskedLang = "en"
) -> LeadLinks:
    """Make links by which leads of centers come in; they are shown this once."""
    problem = desk.week.now.problem
    owners = _centers(problem, asked)
    until, names = asked.end(problem.horizon), Names(problem, lang)
    with desk.recording(visitor):
        made = inbox.collecting.invite(owners, until)

    def shown(center_id: str, link: str) -> LeadLink:
        center, name = problem.center_by_id[center_id], names.center(center_id)
        text = names.say("web.lead_invite", name=name, link=link)
        send = link_to_send(center, text, names.say("web.lead_subject"), problem.horizon)
        return LeadLink(center_id=center_id, link=link, text=text, send=send)

    links = {owner.id: f"{asked.base}c/#{token}" for owner, token in made.items()}
    table = links_table("center_id", problem.center_by_id, links, problem.horizon)
    found = tuple(shown(center_id, link) for center_id, link in links.items())
    return LeadLinks(until=until, links=found, table=table)


@router.post("/lead-links/take-back")
def take_leads_back(
    desk: AtDesk, inbox: AtInbox, visitor: Province, asked: CentersAsked
) -> LinksGone:
    """Take links of centers back: whoever came by them is let in no more."""
    owners = _centers(desk.week.now.problem, asked)
    with desk.recording(visitor):
        return LinksGone(links=inbox.collecting.take_back(owners))


def _centers(problem: Problem, asked: CentersAsked) -> tuple[Owner, ...]:
    """The centers asked for; 404 if one is unknown."""
    known = problem.center_by_id
    found = tuple(known if asked.centers is None else dict.fromkeys(asked.centers))
    if not known.keys() >= set(found):
        raise refused(404, "web.refused_center")
    return tuple(Owner("center", center_id) for center_id in found)


@router.post("/lead", status_code=204)
def enter(request: Request, response: Response, visitor: Anybody) -> None:
    """Come in by the token of a center."""
    token = request.headers.get(TOKEN_HEADER)
    if token is None or visitor.role != "center":
        raise refused(403, "web.refused_link")
    is_secure = request.url.scheme == "https"
    name = lead_cookie(request)
    response.set_cookie(name, token, httponly=True, samesite="strict", secure=is_secure)


@router.delete("/lead", status_code=204)
def leave(request: Request, response: Response, _: Anybody) -> None:
    """Leave; the link opens the workbench again."""
    response.delete_cookie(lead_cookie(request), httponly=True, samesite="strict")
