"""The tools that an agent finds, and how each is called: what is asked, what is told.

Name and arguments as JSON -> a tool -> its answer, or `InputError`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any

from shiftplan.web.agents.answers import (
    AppliedTold,
    CheckTold,
    ExplainTold,
    ProposalTold,
    SuggestTold,
    ToolAnswer,
    WeeksTold,
    WeekTold,
)
from shiftplan.web.agents.asked import (
    ApplyAsked,
    CheckAsked,
    ExplainAsked,
    PageAsked,
    PlanAsked,
    ProposalAsked,
    ReadAsked,
    RepairAsked,
    SuggestAsked,
    WhatIfAsked,
)
from shiftplan.web.agents.asking import explain, suggest_steps
from shiftplan.web.agents.following import Following
from shiftplan.web.agents.planning import Planner
from shiftplan.web.agents.reading import check_roster, list_weeks, read_week
from shiftplan.web.agents.seen import AgentDoor
from shiftplan.web.bodies import RequestBody

_SLOW = ("explain", "suggest_steps", "plan", "repair", "what_if")
_SPARED = ("title", "pattern", "minLength", "maxLength", "maxItems", "additionalProperties")
"""Keywords of schemas that cost an agent more than they tell: the server checks them anyway."""


@dataclass(frozen=True)
class AgentTool:
    """One tool."""

    run: Callable[[AgentDoor, Any, Following], ToolAnswer]
    """What it does; its docstring describes it to agents."""
    asked: type[RequestBody]
    """Its arguments."""
    told: type[ToolAnswer]
    """Its answer."""

    @property
    def name(self) -> str:
        """What agents call it."""
        return self.run.__name__

    @property
    def description(self) -> str:
        """What it does, for agents."""
        return cleandoc(self.run.__doc__ or "")

    @property
    def is_slow(self) -> bool:
        """Whether it may search; one such tool runs at a time."""
        return self.name in _SLOW

    @property
    def writes(self) -> bool:
        """Whether it records anything."""
        return self.name == "apply_proposal"

    @property
    def input_schema(self) -> dict[str, Any]:
        """JSON schema of its arguments."""
        schema: dict[str, Any] = _short(self.asked.model_json_schema())
        return schema

    @property
    def output_schema(self) -> dict[str, Any]:
        """JSON schema of its answer; only what its figures mean is described."""
        schema: dict[str, Any] = _short(self.told.model_json_schema(mode="serialization"))
        own = self.told.__annotations__
        inherited = [part for name, part in schema["properties"].items() if name not in own]
        for part in (*inherited, *schema.get("$defs", {}).values()):
            part.pop("description", None)
        return schema


def tools_of(door: AgentDoor) -> Mapping[str, AgentTool]:
    """Name -> tool; the one that records is there only where that is allowed."""
    planner = Planner()
    tools = [
        AgentTool(list_weeks, PageAsked, WeeksTold),
        AgentTool(read_week, ReadAsked, WeekTold),
        AgentTool(check_roster, CheckAsked, CheckTold),
        AgentTool(explain, ExplainAsked, ExplainTold),
        AgentTool(suggest_steps, SuggestAsked, SuggestTold),
        AgentTool(planner.plan, PlanAsked, ProposalTold),
        AgentTool(planner.repair, RepairAsked, ProposalTold),
        AgentTool(planner.what_if, WhatIfAsked, ProposalTold),
        AgentTool(planner.read_proposal, ProposalAsked, ProposalTold),
    ]
    if door.writes:
        tools.append(AgentTool(planner.apply_proposal, ApplyAsked, AppliedTold))
    return {tool.name: tool for tool in tools}


def _short(schema: Any) -> Any:
    """A schema without what agents need not know: it is part of all that they keep in mind."""
    if isinstance(schema, list):
        return [_short(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kinds = schema.get("anyOf", ())
    if len(kinds) == 2 and kinds[1] == {"type": "null"} and isinstance(kinds[0].get("type"), str):
        others = {key: value for key, value in schema.items() if key not in ("anyOf", "default")}
        schema = {**kinds[0], **others, "type": [kinds[0]["type"], "null"]}
    spared = {key for key in _SPARED if not isinstance(schema.get(key), dict)}
    return {key: _short(part) for key, part in schema.items() if key not in spared}
