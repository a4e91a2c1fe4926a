"""`mcp`: the door of agents, on standard input and output.

Weeks, or folders of weeks -> a server, until its input ends.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli.commands import command
from shiftplan.cli.common import Language
from shiftplan.cli.reading import user_name
from shiftplan.cli.starting import ending_at_once
from shiftplan.errors import MissingExtraError
from shiftplan.web.agents.places import GivenPlaces
from shiftplan.web.agents.seen import AgentDoor


@command(
    "mcp",
    "shiftplan mcp week",
    "shiftplan mcp weeks --hide-names --lang vi",
    "shiftplan mcp weeks --write",
)
def mcp(
    weeks: Annotated[list[Path], typer.Argument()],
    write: Annotated[bool, typer.Option("--write")] = False,
    hide_names: Annotated[bool, typer.Option("--hide-names")] = False,
    lang: Language = "en",
) -> None:
    """Serve weeks to an agent, over the Model Context Protocol on standard input and output.

    Exit codes: 0 the agent's program ended it, 2 bad input.
    """
    try:
        from shiftplan.web.agents.serving import serve
    except ModuleNotFoundError as error:
        if error.name not in ("mcp", "mcp_types"):
            raise
        raise MissingExtraError("mcp", "mcp") from None
    allowed = {"writes": write, "hides_names": hide_names}
    door = AgentDoor(GivenPlaces(weeks), **allowed, who=user_name(), lang=lang)
    ending_at_once()  # what is being recorded is recorded whole, or not at all
    serve(door)
