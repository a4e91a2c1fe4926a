"""What happened is recorded by hand, stands in the history, and is corrected there."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from commands import run
from served import commune
from told_by_page import FULL, LEAD, PERSON, drafted, page_of, publish, two_centers

from shiftplan import Roster
from shiftplan.problem.changes import Absence
from shiftplan.record import LiveWeek
from shiftplan.record.memory import MemoryStore
from shiftplan.web import Visitor
from shiftplan.week.roster import Assignment, Change

MORNING = "c0-1207-07"
OTHER = "c1-1207-07"


def kinds(live: LiveWeek) -> list[str]:
    return [entry.body.kind for entry in live.entries]


def test_all_that_is_recorded_by_hand_is_an_entry_under_the_name_of_the_visitor():
    """An absence, an answer, a call and attendance, together; each is said in words."""
    live = drafted()
    visitor = Visitor(role="province", who="Minh <b>")
    page = page_of(live, visitor)
    publish(page)

    done = page.post(
        "/api/records",
        params={"lang": "vi"},
        json={
            "absences": [{"volunteer_id": "v0", "start": "2026-12-07T12:00"}],
            "answers": [{"volunteer_id": "v1", "shift_id": MORNING, "answer": "confirmed"}],
            "calls": [{"volunteer_id": "v2", "shift_id": "c0-1207-13", "answer": "not_reached"}],
            "turnouts": [{"volunteer_id": "v1", "shift_id": MORNING, "state": "excused"}],
            "why": "<script>alert(1)</script>",
        },
    )

    assert [entry["kind"] for entry in done.json()["entries"]] == kinds(live)[2:]
    assert kinds(live)[2:] == ["changed", "called", "answered", "attended"]
    assert {entry.who for entry in live.entries[1:]} == {"Minh <b>"}
    assert {e["why"] for e in done.json()["entries"]} == {"<script>alert(1)</script>"}


def test_what_is_worth_a_second_look_is_said():
    """The same absence twice, and an answer of somebody who is absent then."""
    live = drafted()
    page = page_of(live)
    publish(page)
    absent = {"absences": [{"volunteer_id": "v0"}]}
    answer = {"answers": [{"volunteer_id": "v0", "shift_id": MORNING, "answer": "confirmed"}]}

    notes = [
        page.post("/api/records", json=one).json()["notes"] for one in (absent, absent, answer)
    ]

    assert [len(found) for found in notes] == [0, 1, 1]
    assert "entry 3" in notes[1][0]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"why": "nothing"},
        {"absences": [{"volunteer_id": "nobody"}]},
        {"turnouts": [{"volunteer_id": "v0", "shift_id": "none"}]},
        {
            "absences": [{"volunteer_id": "v0"}],
            "answers": [{"volunteer_id": "v0", "shift_id": "none", "answer": "confirmed"}],
        },
    ],
)
def test_what_does_not_fit_is_refused_whole(body: dict[str, object]):
    """Nothing at all, and unknown ids: no entry is made."""
    live = drafted()

    refused = page_of(live).post("/api/records", json=body)

    assert refused.status_code == 409
    assert kinds(live) == ["drafted"]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_history_says_what_the_command_says(tmp_path: Path, lang: str):
    """Newest first, word by word, with who and why; the same files as zip."""
    live = commune(tmp_path)
    page, week = page_of(live), tmp_path / "commune"
    publish(page)
    page.post("/api/records", json={"absences": [{"volunteer_id": "V01"}], "why": "flu"})

    found = page.get("/api/history", params={"lang": lang}).json()
    packed = page.get("/api/history/files", params={"lang": lang}).content
    assert run("history", week, "--out", tmp_path / "all", "--lang", lang).exit_code == 0

    shown = " ".join(run("history", week, "--lang", lang).stdout.split()).replace(" (V01)", "")
    assert [entry["number"] for entry in found["entries"]] == [3, 2, 1]
    assert not found["more"]
    for entry in found["entries"]:
        assert entry["text"] in shown
        assert entry["who"] == "lan"
    files = {
        p.relative_to(tmp_path / "all").as_posix(): p for p in (tmp_path / "all").rglob("*.csv")
    }
    with ZipFile(io.BytesIO(packed)) as archive:
        assert {*archive.namelist()} == {*files}
        for name, path in files.items():
            assert archive.read(name).decode() == path.read_bytes().decode(), name


def test_the_history_is_filtered_and_read_in_parts():
    """By person, center and kind; publications are about those for whom they were different."""
    live = drafted()
    page = page_of(live)
    publish(page)
    page.post("/api/records", json={"absences": [{"volunteer_id": "v0"}]})
    page.post("/api/records", json={"turnouts": [{"volunteer_id": "v2", "shift_id": OTHER}]})
    page.post("/api/messages/sent", json={"version": 1, "to": [{"kind": "center", "id": "c1"}]})
    live.draft(Roster.of(pair for pair in FULL.assignments if pair.volunteer_id != "v0"))
    publish(page)
    page.post("/api/history/revoked", json={"entry": 4})

    def numbers(**asked: object) -> list[int]:
        entries = page.get("/api/history", params=asked).json()["entries"]
        return [entry["number"] for entry in entries]

    assert numbers() == [8, 7, 6, 5, 4, 3, 2, 1]
    assert numbers(person="v0") == [7, 3, 2]
    assert numbers(person="v2") == [8, 4, 2]
    assert numbers(center="c1") == [8, 5, 4, 2]
    assert numbers(center="c1", person="v2") == [8, 4, 2]
    assert numbers(kind="told") == [7, 2]
    assert numbers(kind="nothing") == numbers(person="nobody") == []
    assert numbers(below=3) == [2, 1]
    assert numbers(limit=3) == [8, 7, 6]
    assert page.get("/api/history", params={"limit": 3}).json()["more"]
    revoked = {e["number"]: e for e in page.get("/api/history").json()["entries"]}
    assert (revoked[4]["revoked_by"], revoked[4]["revocable"]) == (8, False)
    assert [n for n, entry in revoked.items() if entry["revocable"]] == [5, 3]


def test_only_mistakes_are_revoked_and_only_once():
    """Not versions, publications, unknown entries or what is revoked already."""
    live = drafted()
    page = page_of(live)
    publish(page)
    page.post("/api/records", json={"absences": [{"volunteer_id": "v0"}]})

    answers = [
        page.post("/api/history/revoked", json={"entry": entry, "why": "typo"}).status_code
        for entry in (1, 2, 3, 3, 4, 99)
    ]

    assert answers == [409, 409, 204, 409, 409, 409]
    assert live.entries[-1].why == "typo"
    assert not live.now.changes


def test_a_version_is_shown_as_it_was():
    """The first roster, after another was published."""
    live = drafted()
    page = page_of(live)
    publish(page)
    live.draft(Roster.of(FULL.assignments[1:]))
    publish(page)

    cost = live.now.state.versions[1].draft.cost
    first = page.get("/api/versions/1").json()

    assert Roster.of(map(tuple, first["assignments"])) == FULL
    assert (first["version"], first["who"], first["total"]) == (1, "lan", cost)
    assert page.get("/api/versions/3").status_code == 409
    assert page.get("/api/versions/0").status_code == 422


def test_the_status_follows_what_others_record():
    """A deadline, an answer, an absence; recorded by another process, seen at the next look."""
    store = MemoryStore()
    live = LiveWeek(two_centers(), store, who="lan")
    live.draft(FULL)
    page, other = page_of(live), LiveWeek(live.files, store, who="minh")
    empty = page.get("/api/status").json()
    publish(page, deadline="2026-12-06T18:00:00")
    before = page.get("/api/status").json()
    page.post(
        "/api/records",
        json={"answers": [{"volunteer_id": "v1", "shift_id": MORNING, "answer": "confirmed"}]},
    )
    other.record(Absence(volunteer_id="v0"))
    after = page.get("/api/status").json()
    day = page.get("/api/told", params={"day": "2026-12-07"}).json()

    theirs = page.get("/api/told", params={"person": "v1"}).json()

    assert {one["volunteer_id"] for one in theirs} == {"v1"}
    assert len(theirs) == 2
    assert (empty["told"], empty["drafted"], empty["waiting"]) == (None, 1, [])
    assert (before["told"], before["told_by"], before["people"]) == (1, "lan", 4)
    assert [one["volunteer_id"] for one in before["waiting"]] == ["v0", "v1", "v2", "v3"]
    assert before["waiting"][0]["reach"] == "0900010000, mail-of-v0@example.org"
    assert [one["volunteer_id"] for one in after["waiting"]] == ["v1", "v2", "v3"]
    assert (after["confirmed"], after["declined"]) == (1, 0)
    assert {lack["shift_id"] for lack in after["lacking"]} == {MORNING, "c0-1207-13"}
    assert {(one["shift_id"], one["answer"]) for one in day if one["volunteer_id"] == "v1"} == {
        (MORNING, "confirmed"),
        ("c0-1207-13", ""),
    }


def test_leads_see_the_status_of_their_centers_and_nothing_else():
    """No name, phone, mail or id of the other center stands in any answer."""
    live = drafted()
    publish(page_of(live), deadline="2026-12-06T18:00:00")
    page_of(live).post("/api/records", json={"absences": [{"volunteer_id": "v0"}]})
    lead = page_of(live, LEAD)

    status, told = lead.get("/api/status"), lead.get("/api/told")

    assert [one["volunteer_id"] for one in status.json()["waiting"]] == ["v1"]
    assert status.json()["people"] == 2
    assert len(told.json()) == 4
    for answer in (status, told):
        for mark in ("c1", "v2", "v3", "CENTER-1", "NAME-OF-V2", "0900", "mail-of", "0296"):
            assert mark not in answer.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"turnouts": [{"volunteer_id": "v0", "shift_id": MORNING, "state": "absent"}]}, 200),
        ({"turnouts": [{"volunteer_id": "v2", "shift_id": OTHER}]}, 403),
        ({"turnouts": [{"volunteer_id": "v2", "shift_id": MORNING}]}, 403),
        ({"turnouts": [{"volunteer_id": "nobody", "shift_id": MORNING}]}, 403),
        ({"turnouts": [{"volunteer_id": "v0", "shift_id": "none"}]}, 403),
        ({"absences": [{"volunteer_id": "v0"}]}, 403),
        ({"answers": [{"volunteer_id": "v0", "shift_id": MORNING, "answer": "declined"}]}, 403),
        ({"calls": [{"volunteer_id": "v1", "shift_id": MORNING, "answer": "comes"}]}, 403),
    ],
)
def test_leads_record_attendance_of_theirs_and_nothing_else(body: dict[str, object], status: int):
    """What is another center's, or unknown, is refused alike, and nothing is recorded."""
    live = drafted()
    publish(page_of(live))

    answer = page_of(live, LEAD).post("/api/records", json=body)

    assert answer.status_code == status
    assert kinds(live)[2:] == (["attended"] if status == 200 else [])


ROUTES = [
    ("GET", "/api/publication"),
    ("POST", "/api/publication"),
    ("GET", "/api/withdrawal"),
    ("POST", "/api/withdrawal"),
    ("GET", "/api/messages"),
    ("GET", "/api/messages/files"),
    ("POST", "/api/messages/sent"),
    ("GET", "/api/history"),
    ("GET", "/api/history/files"),
    ("POST", "/api/history/revoked"),
    ("GET", "/api/versions/1"),
]


@pytest.mark.parametrize(("method", "route"), ROUTES)
def test_only_the_province_publishes_and_reads_the_history(method: str, route: str):
    """Leads and volunteers are refused, before anything of the body is looked at."""
    live = drafted()
    publish(page_of(live))

    for visitor in (LEAD, PERSON):
        answer = page_of(live, visitor).request(
            method, route, json={} if method == "POST" else None
        )
        assert answer.status_code == 403
        assert "NAME-OF" not in answer.text
    assert kinds(live) == ["drafted", "told"]


@pytest.mark.parametrize("route", ["/api/status", "/api/told", "/api/records"])
def test_volunteers_see_no_status(route: str):
    """The form is theirs, not the status."""
    page = page_of(drafted(), PERSON)

    answer = page.post(route, json={"why": "x"}) if "records" in route else page.get(route)

    assert answer.status_code == 403


def test_moves_are_in_the_history_of_those_whom_they_concern():
    """v0 leaves a shift by hand: an entry about v0 and the center, undone by another one."""
    live = drafted()
    page = page_of(live)
    shift, who = FULL.assignments[0]
    live.move(Change(Assignment(shift, who), added=False), of=1)
    live.step_back(of=2)

    found = {
        (asked, entry["made_by"])
        for asked in (f"person={who}", "center=c0", "center=c1", "person=v2")
        for entry in page.get(f"/api/history?{asked}").json()["entries"]
    }

    assert found == {(asked, by) for asked in ("person=v0", "center=c0") for by in ("hand", "undo")}
