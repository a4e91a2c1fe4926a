"""Moves as a page asks for them, and why they are refused."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from shiftplan.week.roster import Change

C0, C1 = "c0-1207-07", "c1-1207-07"


def steps(*changes: Change) -> list[dict[str, Any]]:
    """Changes as a page sends them."""
    return [{**change.assignment._asdict(), "added": change.added} for change in changes]


def move(page: TestClient, *changes: Change, of: int | None, **asked: Any) -> Any:
    """The answer to changes of the main draft."""
    params = {name: asked.pop(name) for name in ("draft", "lang") if name in asked}
    body = {"changes": steps(*changes), "of": of, **asked}
    return page.post("/api/moves", json=body, params=params)


def codes(answer: Any) -> list[str]:
    """What a refusal says, by code."""
    assert answer.status_code == 409, answer.text
    return [fault["code"] for fault in answer.json()["faults"]]
