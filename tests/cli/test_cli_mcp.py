"""`shiftplan mcp` as the program of an agent starts it, by the protocol's own client."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from commands import run
from mcp import Client, StdioServerParameters

from shiftplan import open_week

DATA = Path(__file__).parents[2] / "examples" / "data"
LONG = 60  # seconds; the commune is solved to its end long before


def test_an_agent_plans_explains_and_repairs_a_week(tmp_path: Path) -> None:
    """One session does everything on the commune; its drafts are in the record, told to nobody."""
    shutil.copytree(DATA / "commune", tmp_path / "weeks" / "commune")
    start = ["-W", "error", "-m", "shiftplan", "mcp", str(tmp_path / "weeks"), "--write"]
    server = StdioServerParameters(command=sys.executable, args=start, env={**os.environ})
    news: list[Any] = []

    async def session() -> None:
        async with Client(server) as client:

            async def ask(name: str, **arguments: Any) -> Any:
                answer = await client.call_tool(name, arguments, progress_callback=hear)
                assert not answer.is_error, answer.content
                assert answer.content[0].text
                return answer.structured_content

            async def hear(*figures: Any) -> None:
                news.append(figures)

            (week,) = [row["id"] for row in (await ask("list_weeks"))["rows"]]
            assert (await ask("read_week", week=week))["people"] == 13
            plan = await ask("plan", week=week, seconds=LONG)
            assert plan["total"]["cost"] >= plan["total"]["bound"] > 0
            assert (await ask("read_proposal", proposal=plan["proposal"], page=2))["page"] == 2
            done = await ask("apply_proposal", proposal=plan["proposal"], why="first plan")
            assert done["version"] == 1

            checked = await ask("check_roster", week=week)
            assert (checked["is_feasible"], checked["total"]) == (True, plan["total"])
            empty = await ask("explain", week=week, about="empty_seats")
            shift = empty["rows"][0]["id"]
            seat = await ask("explain", week=week, about="seat", shift_id=shift)
            assert shift in seat["lines"][0]
            people = (await ask("read_week", week=week, part="people"))["rows"]
            person = next(row["id"] for row in people if shift not in row["text"])
            pair = {"shift_id": shift, "volunteer_id": person}
            assert (await ask("explain", week=week, about="why_not", **pair))["lines"]
            for about in ("who_can_take", "improvements"):
                await ask("suggest_steps", week=week, about=about, shift_id=shift)

            absent = [{"volunteer_id": person}]
            supposed = await ask("what_if", week=week, absent=absent, seconds=LONG)
            done = await ask("apply_proposal", proposal=supposed["proposal"])
            assert (done["version"], done["changes"]) == (2, 1)
            repaired = await ask("repair", week=week, seconds=LONG)
            assert repaired["total"]["cost"] == supposed["total"]["cost"]
            assert await client.list_tools()

    anyio.run(session)
    live = open_week(tmp_path / "weeks" / "commune")
    assert [entry.body.kind for entry in live.entries] == ["drafted", "changed", "drafted"]
    assert live.now.told is None
    assert news


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_a_signal_ends_it_though_its_input_stays_open() -> None:
    """Whoever starts it by hand, or stops the agent's program, does not have to end its input."""
    command = [sys.executable, "-m", "shiftplan", "mcp", str(DATA / "commune")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    ping = b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}\n'
    with subprocess.Popen(command, **pipes) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(ping)
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(LONG) == 130


def test_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Before anything is served."""
    done = run("mcp", tmp_path / "none")

    assert done.exit_code == 2
    assert "no such file" in done.stderr


def test_the_extra_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the package of the protocol there is no door."""
    monkeypatch.delitem(sys.modules, "shiftplan.web.agents.serving", raising=False)
    monkeypatch.setitem(sys.modules, "mcp_types", None)
    done = run("mcp", DATA / "commune")

    assert done.exit_code == 2
    assert "PLACE[mcp]" in done.stderr
