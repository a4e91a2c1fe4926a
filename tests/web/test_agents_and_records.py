"""Agents and records: what is recorded together, what is known of a cost, and what is read anew."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import anyio
import pytest
from agents import DATA, door_of, refused, text_of, told, weeks_of
from fastapi import FastAPI
from mcp import Client

from shiftplan import InputError, check, open_week
from shiftplan.errors.message import AtCenter, AtShift, Message
from shiftplan.files import read_problem
from shiftplan.present.words import Words
from shiftplan.problem.changes import Absence
from shiftplan.record.live import LiveWeek
from shiftplan.web.agents.answers import ToolRow, WeekTold
from shiftplan.web.agents.serving import server_of
from shiftplan.web.visitor import Visitor
from shiftplan.web.weeks.places import WeekPlaces
from shiftplan.web.weeks.shelf import WeekShelf
from shiftplan.week.roster import Roster

SECONDS = 60  # the commune is solved to its end long before


@pytest.fixture
def weeks(tmp_path: Path) -> Path:
    """The commune with a published roster."""
    weeks = weeks_of(tmp_path)
    live = open_week(weeks / "commune", who="Lan")
    live.plan(time_limit=SECONDS, workers=1)
    live.publish()
    return weeks


def applied(door: Any, *, absent: str) -> Any:
    """The answer when a what-if is proposed and recorded in one session."""

    async def confirm() -> Any:
        async with Client(server_of(door)) as client:
            gone = {"absent": [{"volunteer_id": absent}], "seconds": SECONDS}
            found = await client.call_tool("what_if", {"week": "commune", **gone})
            digest = {"proposal": found.structured_content["proposal"]}
            return found, await client.call_tool("apply_proposal", digest)

    return anyio.run(confirm)


def test_what_others_record_at_the_last_moment_refuses_a_proposal(
    weeks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the record and the entry: then nothing of it is recorded."""
    door = door_of(weeks, writes=True)
    record = LiveWeek.record_unless_changed

    def interrupted(live: LiveWeek, *of: Any) -> Any:
        open_week(weeks / "commune").record(Absence(volunteer_id="V05"))
        return record(live, *of)

    monkeypatch.setattr(LiveWeek, "record_unless_changed", interrupted)
    _, done = applied(door, absent="V02")

    assert done.is_error
    assert "[outdated]" in text_of(done)
    now = open_week(weeks / "commune").now
    assert {change.volunteer_id for change in now.changes} == {"V05"}
    assert now.state.draft is None


def test_changes_and_draft_are_recorded_both_or_neither(
    weeks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record that refuses the entry holds none of the changes either."""
    live = open_week(weeks / "commune")
    roster = live.roster

    def refuses(*_: Any, **__: Any) -> Any:
        raise InputError([])

    with monkeypatch.context() as patch:
        patch.setattr(LiveWeek, "append", refuses)
        with pytest.raises(InputError):
            live.record_unless_changed(live.now, [Absence(volunteer_id="V02")], roster, "repair")
    assert not open_week(weeks / "commune").now.changes

    before = live.now
    version = live.record_unless_changed(before, [Absence(volunteer_id="V02")], roster, "repair")
    assert version is not None
    assert live.roster_of(version.number) == Roster.of(
        a for a in roster.assignments if a.volunteer_id != "V02"
    )
    assert version.draft.seen == live.now.state.head - 1
    assert live.record_unless_changed(before, (), roster, "repair") is None


def test_a_what_if_of_a_draft_costs_what_its_version_does(weeks: Path) -> None:
    """Where changes of what people know have a price, it counts from the published roster."""
    rules = weeks / "commune" / "rules.csv"
    rules.write_text(rules.read_text("utf-8") + "stability,2,100,\n", encoding="utf-8")
    live = open_week(weeks / "commune")
    live.draft(Roster.of(live.roster.assignments[:-6]))
    gone = live.roster.assignments[0].volunteer_id

    found, done = applied(door_of(weeks, writes=True), absent=gone)

    proposed = found.structured_content["total"]["cost"]
    live = open_week(weeks / "commune")
    version = done.structured_content["version"]
    assert proposed == check(live.now.problem, live.roster_of(version)).total
    assert any(rule.rule == "stability" for rule in live.now.problem.rules)


def test_a_repair_says_what_is_proven_of_any_roster(weeks: Path) -> None:
    """Its bound is the one that checking the same roster tells."""
    open_week(weeks / "commune").record(Absence(volunteer_id="V01"))
    door = door_of(weeks, writes=True)

    async def confirm() -> Any:
        async with Client(server_of(door)) as client:
            found = await client.call_tool("repair", {"week": "commune", "seconds": SECONDS})
            digest = {"proposal": found.structured_content["proposal"]}
            await client.call_tool("apply_proposal", digest)
            return found, await client.call_tool("check_roster", {"week": "commune"})

    found, checked = anyio.run(confirm)
    repaired = found.structured_content
    assert repaired["total"] == checked.structured_content["total"]
    assert repaired["total"]["bound"] is not None
    assert repaired["status"] != "OPTIMAL" or "Proven" in text_of(found)


def test_what_would_save_most_has_the_lowest_change(tmp_path: Path) -> None:
    """A change of the cost, as in every other row: what saves is below 0."""
    weeks = weeks_of(tmp_path)
    problem = read_problem(weeks / "commune")
    open_week(weeks / "commune").draft(Roster())

    found = told(door_of(weeks), "suggest_steps", week="commune", about="improvements", seconds=5)

    assert check(problem, Roster()).total > 0
    changes = [row["change"] for row in found["rows"]]
    assert changes
    assert max(changes) < 0


def test_a_record_that_is_well_again_is_read(weeks: Path) -> None:
    """By the door, and by the workbench; no table has to be saved for it."""
    record = weeks / "commune" / "record.db"
    good = record.read_bytes()
    for extra in record.parent.glob("record.db-*"):
        extra.unlink()
    record.write_bytes(b"no record at all" * 100)
    door = door_of(weeks)

    places = WeekPlaces(weeks)
    (week,) = (place for place in places.all() if place.path == weeks / "commune")
    shelf = WeekShelf(places, lambda _: FastAPI())

    assert "[not_a_record]" in refused(door, "check_roster", week="commune")
    assert [fault.code for fault in shelf.read(week).faults] == ["not_a_record"]
    record.write_bytes(good)

    assert told(door, "check_roster", week="commune")["total"]["cost"] is not None
    assert shelf.read(week).faults == ()
    assert shelf.read(week) is shelf.read(week)


def test_a_name_means_the_week_that_is_listed(tmp_path: Path) -> None:
    """A week of the same name in an earlier folder takes it over."""
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    weeks_of(second)
    (second / "weeks" / "commune").rename(second / "wk")
    door = door_of(first, second)
    people = told(door, "read_week", week="wk")["people"]

    weeks_of(tmp_path / "c")
    other = tmp_path / "c" / "weeks" / "commune"
    table = other / "volunteers.csv"
    lines = table.read_text("utf-8").splitlines()
    new = lines[-1].split(",")
    new[0] = "V99"
    table.write_text("\n".join([*lines, ",".join(new)]) + "\n", encoding="utf-8")
    other.rename(first / "wk")

    assert told(door, "read_week", week="wk")["people"] == people + 1
    assert told(door, "read_week", week="wk (2)")["people"] == people


def test_a_proposal_is_not_recorded_in_a_copy(weeks: Path, tmp_path: Path) -> None:
    """Not even one with an equal record, which took over the name."""
    first = tmp_path / "a"
    first.mkdir()
    door = door_of(first, weeks, writes=True)

    async def confirm() -> Any:
        async with Client(server_of(door)) as client:
            gone = {"absent": [{"volunteer_id": "V02"}], "seconds": SECONDS}
            found = await client.call_tool("what_if", {"week": "commune", **gone})
            shutil.copytree(weeks / "commune", first / "commune")
            digest = {"proposal": found.structured_content["proposal"]}
            return await client.call_tool("apply_proposal", digest)

    assert "[outdated]" in text_of(anyio.run(confirm))
    assert not open_week(first / "commune").now.changes


@pytest.mark.parametrize(
    ("fact", "own", "all_"),
    [
        (AtShift("mon-am"), True, True),
        (AtShift("no-such"), False, False),
        (AtCenter("elsewhere"), False, True),
        ((AtCenter("elsewhere"),), False, True),
        (Message("x", shifts=[AtShift("mon-am"), AtCenter("elsewhere")]), False, True),
        (Message("x", n=3), True, True),
        (None, True, True),
    ],
)
def test_a_lead_sees_what_names_own_places_alone(fact: object, own: bool, all_: bool) -> None:
    """However deep in a message; the province sees everything there is."""
    problem = read_problem(DATA / "commune")
    lead = Visitor(role="center", ids=frozenset({problem.centers[0].center_id}))

    assert lead.sees_places(problem, fact) is own
    assert Visitor(role="province").sees_places(problem, fact) is all_


@pytest.mark.parametrize(("length", "rows"), [(600, 1), (601, 2), (5000, 9)])
def test_a_long_row_goes_on_in_the_next_ones(length: int, rows: int) -> None:
    """Nothing is cut off; its figure stands once."""
    words = " ".join(f"w{n}" for n in range(length))[:length]

    page = WeekTold.of([ToolRow.of("s1", words, 7)], 1, [])

    text = " ".join(row.text.removeprefix("... ") for row in page.rows)
    assert text.split() == words.split()
    assert all(len(row.text) <= 604 for row in page.rows)
    assert [row.change for row in page.rows] == [7, *[None] * (len(page.rows) - 1)]
    assert page.found == len(page.rows) == rows


def test_all_of_a_long_team_can_be_found(weeks: Path) -> None:
    """A search looks at whole rows."""
    live = open_week(weeks / "commune")
    people = [v.volunteer_id for v in live.now.problem.volunteers]
    everyone = Roster.of((live.now.problem.shifts[0].shift_id, who) for who in people)
    live.draft(everyone)
    door = door_of(weeks)

    rows = [
        told(door, "read_week", week="commune", part="shifts", containing=who)["rows"]
        for who in people
    ]

    assert all(rows)


@pytest.mark.parametrize("hides_names", [False, True])
def test_who_is_absent_is_not_called_pinned(weeks: Path, hides_names: bool) -> None:
    """The record keeps somebody out, under a made-up name too."""
    live = open_week(weeks / "commune")
    shift_id, who = live.roster.assignments[0]
    live.record(Absence(volunteer_id=who))
    live.draft(Roster.of(a for a in live.roster.assignments if a.volunteer_id != who))
    door = door_of(weeks, hides_names=hides_names)
    mask = door.see("commune").mask
    told_as = who if mask is None else mask.key[who]

    seat = told(door, "explain", week="commune", about="seat", shift_id=shift_id)
    asked = {"about": "why_not", "shift_id": shift_id, "volunteer_id": told_as}
    person = told(door, "explain", week="commune", **asked, seconds=SECONDS)

    say = Words("en")
    assert say("away.absent") in str(seat)
    assert "[absent]" in str(person)
    assert say("why.pins") not in str(seat) + str(person)
