"""The door of agents: what it tells, what it refuses, and what it never tells."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import anyio
import pytest
from agents import DATA, all_of, asked, door_of, refused, text_of, told, weeks_of
from mcp import Client

from shiftplan import Horizon, Problem, Volunteer, check, open_week, read_week, solve
from shiftplan.files import write_problem
from shiftplan.problem.changes import Absence
from shiftplan.solving.result import Progress
from shiftplan.web.agents import planning
from shiftplan.web.agents.serving import server_of

LONG = 60  # seconds; the commune is solved to its end long before


def everything(person: str, shift: str = "mon-am") -> list[tuple[str, dict[str, Any]]]:
    """A call of every tool that needs no proposal, and wrong ones."""
    week = {"week": "commune"}
    about = [{"about": a} for a in ("empty_seats", "no_roster", "why_here", "why_not", "seat")]
    who = {"shift_id": shift, "volunteer_id": person}
    parts = ("summary", "faults", "centers", "shifts", "people", "rules")
    absent = {"absent": [{"volunteer_id": person}], "seconds": LONG}
    return [
        ("list_weeks", {}),
        *(("read_week", {**week, "part": part}) for part in parts),
        ("check_roster", week),
        *(("explain", {**week, **one, **who, "seconds": LONG}) for one in about),
        ("explain", {**week, "about": "why_here", "shift_id": "no-shift", "volunteer_id": "no"}),
        ("suggest_steps", {**week, "about": "who_can_take", "shift_id": shift}),
        ("suggest_steps", {**week, "about": "trades", **who}),
        ("suggest_steps", {**week, "about": "improvements", "seconds": 1}),
        ("plan", {**week, "seconds": LONG}),
        ("plan", {**week, "seconds": LONG, "keep": "nothing"}),
        ("repair", {**week, "seconds": LONG}),
        ("what_if", {**week, **absent}),
        ("what_if", week),
        ("read_proposal", {"proposal": "0" * 16}),
        ("apply_proposal", {"proposal": "0" * 16}),
    ]


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def published(weeks: Path) -> None:
    """Publish a roster of the commune, whose people have phones; somebody is absent since."""
    table = weeks / "commune" / "volunteers.csv"
    head, *rows = table.read_text("utf-8").splitlines()
    rows = [f"{row},0912 345 6{n:02}" for n, row in enumerate(rows)]
    table.write_text("\n".join([f"{head},phone", *rows]), encoding="utf-8")
    live = open_week(weeks / "commune", who="Lan")
    live.plan(time_limit=LONG, workers=1)
    live.publish()
    live.record(Absence(volunteer_id="V01"), why="Trần Văn An is ill")


def test_figures_are_those_of_the_library(tmp_path: Path) -> None:
    """Cost, bound, breaches and levels; the door computes none of them."""
    weeks = weeks_of(tmp_path)
    problem = read_week(weeks / "commune")
    best = solve(problem, time_limit=LONG, workers=1)
    door = door_of(weeks, writes=True)

    found = told(door, "plan", week="commune", seconds=LONG)
    assert found["total"] == {"cost": best.total.cost, "bound": best.total.bound, "gap": 0.0}
    assert (found["status"], found["before"]) == ("OPTIMAL", None)


def test_a_proposal_is_recorded_only_when_it_is_confirmed(tmp_path: Path) -> None:
    """Until then the folder stays as it is; afterwards there is a draft, which nobody is told."""
    weeks = weeks_of(tmp_path)
    before = files_of(weeks)
    door = door_of(weeks, writes=True, who="agent")
    told(door, "plan", week="commune", seconds=LONG)
    assert files_of(weeks) == before

    async def confirm() -> list[Any]:
        async with Client(server_of(door)) as client:
            plan = await client.call_tool("plan", {"week": "commune", "seconds": LONG})
            name = {"proposal": plan.structured_content["proposal"]}
            pages = await client.call_tool("read_proposal", {**name, "page": 2})
            done = await client.call_tool("apply_proposal", {**name, "why": "first"})
            again = await client.call_tool("apply_proposal", name)
            checked = await client.call_tool("check_roster", {"week": "commune"})
            return [plan, pages, done, again, checked]

    plan, second, done, again, checked = anyio.run(confirm)
    live = open_week(weeks / "commune")
    assert (plan.structured_content["page"], second.structured_content["page"]) == (1, 2)
    assert len(plan.structured_content["rows"]) == 20
    rows = plan.structured_content["rows"] + second.structured_content["rows"]
    assert len(rows) == plan.structured_content["found"] == len(live.roster.assignments)
    assert done.structured_content["version"] == 1
    assert (again.is_error, live.now.told, live.entries[-1].who) == (True, None, "agent")
    score = check(live.now.problem, live.roster)
    told_now = checked.structured_content
    assert told_now["total"]["cost"] == score.total == plan.structured_content["total"]["cost"]
    assert told_now["total"]["bound"] == plan.structured_content["total"]["bound"]
    assert told_now["levels"] == {str(k): v for k, v in score.levels.items()}


def test_changes_are_recorded_with_what_if(tmp_path: Path) -> None:
    """Applied, a what-if records who is absent, and the repaired roster without them."""
    weeks = weeks_of(tmp_path)
    published(weeks)

    async def confirm(door: Any) -> Any:
        async with Client(server_of(door)) as client:
            absent = {"absent": [{"volunteer_id": "V02"}], "seconds": LONG}
            found = await client.call_tool("what_if", {"week": "commune", **absent})
            digest = {"proposal": found.structured_content["proposal"]}
            return await client.call_tool("apply_proposal", digest)

    done = anyio.run(confirm, door_of(weeks, writes=True))
    live = open_week(weeks / "commune")
    assert (done.structured_content["version"], done.structured_content["changes"]) == (2, 1)
    assert {c.volunteer_id for c in live.now.changes} == {"V01", "V02"}
    assert "V02" not in live.roster.shifts_of


@pytest.mark.parametrize("meanwhile", ["record", "files"])
def test_a_stale_proposal_is_refused(tmp_path: Path, meanwhile: str) -> None:
    """Somebody recorded something, or the files changed, after it was made."""
    weeks = weeks_of(tmp_path)

    async def late(door: Any) -> Any:
        async with Client(server_of(door)) as client:
            found = await client.call_tool("plan", {"week": "commune", "seconds": LONG})
            if meanwhile == "record":
                open_week(weeks / "commune").record(Absence(volunteer_id="V01"))
            else:
                for name in ("volunteers.csv", "availability.csv"):
                    table = weeks / "commune" / name
                    text = table.read_text("utf-8").replace("V13", "V14")
                    table.write_text(text, encoding="utf-8")
            digest = {"proposal": found.structured_content["proposal"]}
            return await client.call_tool("apply_proposal", digest)

    done = anyio.run(late, door_of(weeks, writes=True))
    assert done.is_error
    assert "[outdated]" in text_of(done)
    assert open_week(weeks / "commune").now.state.draft is None


def test_nothing_is_written_unless_that_is_allowed(tmp_path: Path) -> None:
    """No tool changes a byte or leaves a file beside, and there is no tool that would record."""
    weeks = weeks_of(tmp_path)
    published(weeks)
    before = files_of(weeks)
    door = door_of(weeks)

    answers = asked(door, *everything("V02"))
    assert files_of(weeks) == before
    assert "0912" not in all_of(answers), "phones are never told"
    assert answers[-1].is_error
    assert "no such tool" in text_of(answers[-1])
    plans = [a.structured_content for a in answers if (a.structured_content or {}).get("proposal")]
    assert len(plans) == 4
    assert not any(plan["recordable"] for plan in plans)


def test_only_the_given_weeks_are_read(tmp_path: Path) -> None:
    """A week is a name in a list; paths and links that lead out of a folder are none."""
    weeks, outside = weeks_of(tmp_path), weeks_of(tmp_path / "outside")
    os.symlink(outside / "commune", weeks / "linked")
    os.symlink(weeks / "commune", weeks / "same")
    (weeks / "not-a-week").mkdir()
    door = door_of(weeks)

    assert [row["id"] for row in told(door, "list_weeks")["rows"]] == ["commune", "same"]
    for name in ("linked", "../outside/weeks/commune", str(outside / "commune"), ".", "commune/"):
        assert "there is no such week" in refused(door, "read_week", week=name)
    assert [r["id"] for r in told(door_of(DATA / "commune"), "list_weeks")["rows"]] == ["commune"]


def test_a_table_that_is_a_link_out_of_its_week_is_not_read(tmp_path: Path) -> None:
    """It is a fault, which quotes nothing of the file that it leads to."""
    weeks = weeks_of(tmp_path)
    secret = tmp_path / "secret.csv"
    secret.write_text("volunteer_id,shift_id\nsecret,word\n", encoding="utf-8")
    os.symlink(secret, weeks / "commune" / "pins.csv")

    found = told(door_of(weeks), "read_week", week="commune")
    assert [row["id"] for row in found["rows"]] == ["unreadable_file"]
    assert "secret,word" not in str(found)
    assert "unreadable_file" in refused(door_of(weeks), "plan", week="commune")


def test_hidden_names_are_in_no_answer(tmp_path: Path) -> None:
    """Neither names nor ids nor phones nor reasons, in answers and refusals of all tools."""
    weeks = weeks_of(tmp_path)
    published(weeks)
    people = read_week(weeks / "commune").volunteers

    answers = asked(door_of(weeks, hides_names=True, writes=True), *everything("P0001"))
    text = all_of(answers)
    assert sum(answer.is_error for answer in answers) <= 6
    assert "Person 0001 (P0001)" in text
    for hidden in [v.name for v in people] + [v.volunteer_id for v in people] + ["0912", " is ill"]:
        assert hidden not in text


def test_hidden_names_are_in_no_fault(tmp_path: Path) -> None:
    """A fault is told by its kind and place, without what was written there."""
    weeks = weeks_of(tmp_path)
    times = weeks / "commune" / "availability.csv"
    rows = times.read_text("utf-8") + "Trần Văn Lạ,2026-12-07,07:00,11:00\n"
    times.write_text(rows, encoding="utf-8")

    shown = told(door_of(weeks), "read_week", week="commune")["rows"]
    hidden = told(door_of(weeks, hides_names=True), "read_week", week="commune")["rows"]
    assert "Trần Văn Lạ" in str(shown)
    assert [row["id"] for row in hidden] == [row["id"] for row in shown]
    assert "Trần" not in str(hidden)
    assert "availability.csv, row" in hidden[0]["text"]
    assert "Trần" not in refused(door_of(weeks, hides_names=True), "plan", week="commune")


def test_hidden_names_change_no_figure(tmp_path: Path) -> None:
    """A what-if under made-up ids costs what it costs under the real ones, and records these."""
    weeks = weeks_of(tmp_path)
    published(weeks)

    async def suppose(door: Any, one: str = "") -> Any:
        async with Client(server_of(door)) as client:
            people = await client.call_tool("read_week", {"week": "commune", "part": "people"})
            rows = people.structured_content["rows"]
            working = [row["id"] for row in rows if not row["text"].endswith("-")]
            absent = {"absent": [{"volunteer_id": one or working[0]}], "seconds": LONG}
            found = await client.call_tool("what_if", {"week": "commune", **absent})
            if door.writes:
                digest = {"proposal": found.structured_content["proposal"]}
                await client.call_tool("apply_proposal", digest)
            return found.structured_content

    hidden = anyio.run(suppose, door_of(weeks, hides_names=True, writes=True))
    (who,) = {c.volunteer_id for c in open_week(weeks / "commune").now.changes} - {"V01"}
    again = weeks_of(tmp_path / "again")
    published(again)
    shown = anyio.run(suppose, door_of(again), who)
    assert (hidden["before"], hidden["total"]) == (shown["before"], shown["total"])


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("list_weeks", {"pages": 2}, "“pages”: unknown field. Use 'page' [unknown_column]"),
        (
            "what_if",
            {"week": "commune", "absent": [{"who": "V01"}]},
            "“absent.0.who”: unknown field. Use 'volunteer_id', 'start' or 'end' [unknown_column]",
        ),
        ("plan", {"week": "commune", "keep": "some"}, "'firmly', 'lightly', 'all' or 'nothing'"),
        ("check_roster", {"week": "commune"}, "Plan the week first [no_version]"),
        ("read_week", {"week": "qqq"}, "list_weeks gives the names of the weeks"),
        ("qqq", {}, "Use 'list_weeks', 'read_week'"),
    ],
)
def test_refusals_say_what_may_be_sent(
    tool: str, arguments: dict[str, Any], said: str, tmp_path: Path
) -> None:
    """So that an agent can mend its call: fields, values, weeks and tools."""
    assert said in refused(door_of(weeks_of(tmp_path)), tool, **arguments)


def test_refusals_are_in_the_language_asked_for(tmp_path: Path) -> None:
    """Those of the library, and those of arguments, by the names that programs send."""
    door = door_of(weeks_of(tmp_path), lang="vi")

    assert "không có tuần này" in refused(door, "read_week", week="x")
    assert "“page”: 'x': phải là số nguyên" in refused(door, "list_weeks", page="x")
    assert "“seconds”" in refused(door, "plan", week="commune", seconds=601)
    assert "chưa có lịch nào" in refused(door, "check_roster", week="commune")


def test_answers_are_small(tmp_path: Path) -> None:
    """Twenty rows a page, whatever the week holds; all pages together have each row once."""
    people = tuple(Volunteer(volunteer_id=f"V{n:03}") for n in range(45))
    problem = Problem(horizon=Horizon(start="2026-12-07", days=1), centers=(), volunteers=people,
                      shifts=())  # fmt: skip
    write_problem(problem, tmp_path / "week.json")
    door = door_of(tmp_path / "week.json")

    calls = [("read_week", {"week": "week.json", "part": "people", "page": p}) for p in range(1, 5)]
    pages = [a.structured_content for a in asked(door, *calls)]
    assert [len(page["rows"]) for page in pages] == [20, 20, 5, 0]
    assert [row["id"] for page in pages for row in page["rows"]] == [v.volunteer_id for v in people]
    assert {(page["pages"], page["found"]) for page in pages} == {(3, 45)}


def test_what_tools_there_are_is_told_briefly(tmp_path: Path) -> None:
    """With --write one more, the only one that records; all in less than 30,000 letters."""

    async def listed(door: Any) -> Any:
        async with Client(server_of(door)) as client:
            return (await client.list_tools()).tools

    reading = anyio.run(listed, door_of(weeks_of(tmp_path)))
    writing = anyio.run(listed, door_of(tmp_path / "weeks", writes=True))
    more = [t.name for t in writing if t.name not in {r.name for r in reading}]
    assert more == [t.name for t in writing if not t.annotations.read_only_hint]
    assert more == ["apply_proposal"]
    text = "".join(t.model_dump_json(exclude_none=True, by_alias=True) for t in writing)
    assert len(text) < 30_000


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_search_is_followed_and_cancelled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    """Its progress comes on the way; whoever gives up ends it, by old and new protocols."""
    ended = threading.Event()

    def search(*_: Any, cancel: threading.Event, on_progress: Any, **__: Any) -> None:
        on_progress(Progress(1.0, 120, 100, {}))
        if cancel.wait(LONG):
            ended.set()

    monkeypatch.setattr(planning, "plan_now", search)
    heard: list[Any] = []

    async def give_up() -> None:
        async with Client(server_of(door_of(weeks_of(tmp_path))), mode=mode) as client:
            with anyio.CancelScope() as scope:

                async def hear(*figures: Any) -> None:
                    heard.append(figures)
                    scope.cancel()

                asking = {"week": "commune", "seconds": LONG}
                await client.call_tool("plan", asking, progress_callback=hear)

    anyio.run(give_up)
    assert heard == [(1.0, None, "cost 120, bound 100, gap 16.7%")]
    assert ended.wait(LONG)


def test_what_breaks_says_nothing_of_the_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The agent hears that something broke; the log says what."""

    def search(*_: Any, **__: Any) -> None:
        raise RuntimeError("V01 in /home")

    monkeypatch.setattr(planning, "plan_now", search)
    said = refused(door_of(weeks_of(tmp_path)), "plan", week="commune")
    assert "unexpected error" in said
    assert "V01" not in said
    assert "V01 in /home" in caplog.text
