"""News as they happen, as a stream of server-sent events.

`News` -> events `entries`, `progress` and `anew`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent

from shiftplan.web.desk import AtDesk
from shiftplan.web.visitor import Planner

router = APIRouter(tags=["news"])


@router.get("/news", response_class=EventSourceResponse)
async def news(desk: AtDesk, _: Planner) -> AsyncIterator[ServerSentEvent]:
    """What anybody records from now on, and how searches go.

    `entries`: numbers of new entries of the record. `progress`: how a search goes. `anew`: too much
    was missed; load everything again.
    """
    yield ServerSentEvent(event="hello", data={"head": desk.week.now.state.head})
    async for item in desk.news.listen():
        yield ServerSentEvent(event=item.event, data=item.data)
