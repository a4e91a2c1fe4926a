"""Absent, declined, called in: counts, marks and broken rules speak of who comes."""

from __future__ import annotations

from typing import Any

from test_searching import searched
from told_by_page import FULL, LEAD, drafted, page_of, publish, two_centers

from shiftplan import Roster, check
from shiftplan.problem.changes import Absence, Cancellation
from shiftplan.record import LiveWeek
from shiftplan.week.wishes import Pin

MORNING = "c0-1207-07"
DECLINED = {"answers": [{"volunteer_id": "v1", "shift_id": MORNING, "answer": "declined"}]}


def published(live: LiveWeek | None = None) -> tuple[LiveWeek, Any]:
    """A week that people know, and a page of the province."""
    live = live or drafted()
    page = page_of(live)
    publish(page)
    return live, page


def marks_of(page: Any) -> dict[tuple[str, str], str]:
    rows = page.get("/api/draft").json()["marks"]
    return {(row["shift_id"], row["volunteer_id"]): row["mark"] for row in rows}


def test_absent_people_and_those_who_declined_are_marked():
    """Of an absence of an afternoon, only the shift then; of a no, the shift declined."""
    _, page = published()

    page.post(
        "/api/records",
        json={"absences": [{"volunteer_id": "v0", "start": "2026-12-07T12:00"}], **DECLINED},
    ).raise_for_status()

    assert marks_of(page) == {("c0-1207-13", "v0"): "absent", (MORNING, "v1"): "declined"}


def test_what_keeps_somebody_out_by_the_record_is_no_pin():
    """Candidates and places say how v0 is away; a pin of the week stays a pin, also for them."""
    pins = (Pin(shift_id="c1-1207-07", volunteer_id="v0", state="must_not"),)
    live = drafted(two_centers(pins=pins), Roster.of([(MORNING, "v1"), ("c1-1207-07", "v2")]))
    page = page_of(live)
    live.record(Absence(volunteer_id="v0", end="2026-12-07T12:00"))

    rows = page.get("/api/candidates", params={"shift": MORNING}).json()["candidates"]
    barred = page.get("/api/places", params={"person": "v0"}).json()["barred"]

    assert {row["volunteer_id"]: row.get("rules") for row in rows}["v0"] == ["absent"]
    assert barred[MORNING] == ["absent"]
    assert barred["c1-1207-07"] == ["pins"]
    said = page.get("/api/words").json()
    assert all("away.absent" in texts for texts in said.values())


def test_attendance_marks_who_did_not_come():
    _, page = published()

    turnout = {"volunteer_id": "v1", "shift_id": MORNING, "state": "excused"}
    page.post("/api/records", json={"turnouts": [turnout]}).raise_for_status()

    assert marks_of(page) == {(MORNING, "v1"): "absent"}


def test_a_shift_that_does_not_take_place_marks_all_in_it():
    live, page = published()

    live.record(Cancellation(shift_id=MORNING))

    assert marks_of(page) == {(MORNING, "v0"): "closed", (MORNING, "v1"): "closed"}


def test_a_reserve_who_was_called_and_comes_is_marked_until_the_roster_has_them():
    live, page = published(drafted(roster=Roster.of(FULL.assignments[1:])))
    pair = FULL.assignments[0]
    call = {"volunteer_id": pair.volunteer_id, "shift_id": pair.shift_id, "answer": "comes"}

    page.post("/api/records", json={"calls": [call]}).raise_for_status()
    before = marks_of(page)
    live.draft(FULL)

    assert before == {tuple(pair): "called"}
    assert marks_of(page) == {}


def test_who_confirmed_is_told_with_a_draft_but_not_after_a_move():
    """A move changes no answers, and there are thousands."""
    _, page = published()
    said = {"volunteer_id": "v0", "shift_id": MORNING, "answer": "confirmed"}
    page.post("/api/records", json={"answers": [said]}).raise_for_status()

    shown = page.get("/api/draft").json()
    off = {"shift_id": MORNING, "volunteer_id": "v1", "added": False}
    moved = page.post("/api/moves", json={"changes": [off], "of": shown["version"]}).json()

    assert shown["confirmed"] == [[MORNING, "v0"]]
    assert moved["draft"]["confirmed"] is None


def test_a_lead_sees_the_marks_of_their_shifts_only():
    live, page = published()
    live.record(Absence(volunteer_id="v0"), Absence(volunteer_id="v2"))

    assert {who for _, who in marks_of(page_of(live, LEAD))} == {"v0"}
    assert {who for _, who in marks_of(page)} == {"v0", "v2"}


def test_facts_that_are_recorded_break_no_rule():
    """Absence and a no break rules by `check`; those who come break nothing."""
    live, page = published()

    page.post("/api/records", json={"absences": [{"volunteer_id": "v0"}], **DECLINED})

    assert check(live.now.problem, live.roster_of(1)).broken
    assert page.get("/api/draft").json()["broken"] == []
    assert page.get("/api/findings", params={"hard": True}).json()["count"] == 0


def test_a_rule_that_those_who_come_break_is_still_said():
    """Somebody forced into a shift that a pin forbids stands there as before."""
    pin = Pin(volunteer_id="v2", shift_id="c1-1207-07", state="must_not")
    page = page_of(drafted(two_centers(pins=[pin])))

    page.post("/api/records", json={"absences": [{"volunteer_id": "v1"}]})

    assert len(page.get("/api/draft").json()["broken"]) == 1
    assert page.get("/api/findings", params={"hard": True}).json()["count"] == 1


def test_empty_seats_count_who_comes_and_costs_do_not():
    """Two seats for two people, one of whom declines: one is empty; `check` scores them all.

    Beside that cost stands the one without them, which `check` finds for the week as it is.
    """
    live, page = published()

    page.post("/api/records", json=DECLINED)
    found = page.get("/api/figures").json()

    assert [(row["shift_id"], row["filled"]) for row in found["empty"]] == [(MORNING, 1)]
    shown = page.get("/api/draft").json()
    assert shown["total"] == check(live.now.problem, FULL).total
    assert shown["coming"] == check(live.now.problem, live.roster).total > shown["total"]


def test_where_everybody_comes_there_is_one_cost():
    _, page = published()

    assert page.get("/api/draft").json()["coming"] is None


def test_repair_ends_in_a_proposal_without_whoever_is_absent():
    """The draft stays; what is proposed is what `repair` finds."""
    live, page = published()
    live.record(Absence(volunteer_id="v0"))

    made = searched(page, kind="repair")

    proposals = page.get("/api/searches/proposals").json()
    assert [(one["version"], one["kind"]) for one in proposals] == [(made["proposal"], "repair")]
    repaired = live.roster_of(made["proposal"])
    assert "v0" not in repaired.shifts_of
    assert live.now.draft is None
    assert repaired == live.detached().repair(time_limit=5, workers=1).result.roster


def test_a_repair_without_any_roster_says_why_not():
    page = page_of(LiveWeek(two_centers()))

    assert searched(page, kind="repair")["lines"]
