"""Where forms arrive: whose token a request has, and how often it may come.

Request with a token -> `Inbox` -> the one `Visitor` whose form it opens.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from shiftplan.record.collecting import Collecting
from shiftplan.record.live import LiveWeek
from shiftplan.web.pace import Pace, network_of
from shiftplan.web.refusals import refused
from shiftplan.web.visitor import Anybody, Visitor

TOKEN_HEADER = "X-Shiftplan-Form"  # a name, no secret
"""Header with the token of a link: not in an address, so in no log, and no cookie, so that no
other site can send it."""


class Inbox:
    """What arrives from the forms of one week."""

    def __init__(self, week: LiveWeek) -> None:
        self.collecting = Collecting(week)
        self._of_token = Pace(40, 2.0)
        self._of_network = Pace(1_000, 0.1)
        self._wrong = Pace(20, 6.0)

    def visitor(self, request: Request) -> Visitor | None:
        """Who sends a request with a token; None if it has none.

        401 for one that opens nothing, 429 for too many requests of one token or network.
        """
        token = request.headers.get(TOKEN_HEADER)
        if token is None:
            return None
        network = network_of(request)
        if wait := self._of_network.wait(network):
            raise _too_often(wait)
        owner = self.collecting.owner_of(token)
        if owner is None:
            if wait := self._wrong.wait(network):
                raise _too_often(wait)
            raise refused(401, "web.refused_link")
        if wait := self._of_token.wait(f"{owner.kind} {owner.id}"):
            raise _too_often(wait)
        return Visitor(role=owner.kind, who=owner.id, ids=frozenset({owner.id}))

    def lead(self, request: Request) -> Visitor | None:
        """The lead of a center who came by its link; None for anybody else."""
        owner = self.collecting.owner_of(request.cookies.get(lead_cookie(request), ""))
        if owner is None or owner.kind != "center":
            return None
        return Visitor(role="center", who=owner.id, ids=frozenset({owner.id}))


def lead_cookie(request: Request) -> str:
    """Name of the cookie of a lead: another one for each server of a computer and each week.

    A path would not do: browsers and servers write the same one differently.
    """
    week = sha256(request.scope["root_path"].encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"shiftplan-lead-{request.url.port or 0}-{week}"


def _too_often(wait: float) -> HTTPException:
    return refused(429, "web.refused_pace", wait=wait, seconds=max(1, round(wait)))


def _inbox(request: Request) -> Inbox:
    inbox: Inbox = request.app.state.inbox
    return inbox


AtInbox = Annotated[Inbox, Depends(_inbox)]
"""Where the forms of the week arrive."""


def _own_form(visitor: Anybody) -> str:
    """Id of the person who looks at their form; 403 for somebody of the province or a center."""
    if visitor.role != "volunteer":
        raise refused(403, "web.refused_no_person")
    return min(visitor.ids)


OwnForm = Annotated[str, Depends(_own_form)]
"""Id of the person who looks at their form."""
