"""Agents that ask: weeks to ask about, and answers by the protocol's own client."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import anyio
from mcp import Client
from mcp_types import CallToolResult

from shiftplan.web.agents.places import GivenPlaces
from shiftplan.web.agents.seen import AgentDoor
from shiftplan.web.agents.serving import server_of

DATA = Path(__file__).parents[2] / "examples" / "data"
Asked = tuple[str, dict[str, Any]]


def weeks_of(folder: Path) -> Path:
    """A folder of weeks with the commune in it."""
    weeks = folder / "weeks"
    shutil.copytree(DATA / "commune", weeks / "commune")
    return weeks


def door_of(*places: Path, **allowed: Any) -> AgentDoor:
    """A door to some weeks."""
    return AgentDoor(GivenPlaces(places), **allowed)


def asked(door: AgentDoor, *calls: Asked) -> list[CallToolResult]:
    """What the tools of a door answer, one after the other, in one session.

    The client checks each answer against the schema of its tool.
    """

    async def ask() -> list[CallToolResult]:
        async with Client(server_of(door)) as client:
            await client.list_tools()
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return anyio.run(ask)


def told(door: AgentDoor, name: str, **arguments: Any) -> dict[str, Any]:
    """The figures of one answer, which is no refusal."""
    (answer,) = asked(door, (name, arguments))
    assert not answer.is_error, text_of(answer)
    found: dict[str, Any] = answer.structured_content
    return found


def refused(door: AgentDoor, name: str, **arguments: Any) -> str:
    """Why one call is refused."""
    (answer,) = asked(door, (name, arguments))
    assert answer.is_error, text_of(answer)
    return text_of(answer)


def text_of(answer: CallToolResult) -> str:
    """The text of an answer."""
    return "\n".join(block.text for block in answer.content if block.type == "text")


def all_of(answers: Sequence[CallToolResult]) -> str:
    """Everything that answers hold, text and figures, as one text."""
    return json.dumps([a.model_dump(mode="json") for a in answers], ensure_ascii=False)
