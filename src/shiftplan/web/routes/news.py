"""News as they happen, as a stream of server-sent events.

`News` -> events `hello`, `entries`, `progress`, `files` and `anew`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from shiftplan.web.desk import AtDesk
from shiftplan.web.news import MOST_EACH
from shiftplan.web.refusals import refused
from shiftplan.web.visitor import Planner

router = APIRouter(tags=["news"])


def _listener(desk: AtDesk, visitor: Planner) -> str:
    """Who listens; 429 for somebody with too many pages."""
    who = "\n".join((visitor.role, visitor.who, *sorted(visitor.ids)))
    if desk.news.is_heard_by(who) >= MOST_EACH:
        raise refused(429, "web.refused_pages", wait=10, n=MOST_EACH)
    return who


@router.get("/news", response_class=EventSourceResponse)
async def news(
    desk: AtDesk, who: Annotated[str, Depends(_listener)]
) -> AsyncIterator[ServerSentEvent]:
    """What anybody records from now on, and how searches go.

    `hello`: number of the last entry by now. `entries`: numbers of new entries of the record.
    `progress`: how a search goes. `files`: files of the week that were edited. `anew`: load
    everything again.
    """
    async with aclosing(desk.news.listen(who, lambda: {"head": desk.week.now.state.head})) as told:
        async for item in told:
            yield ServerSentEvent(event=item.event, data=item.data)
