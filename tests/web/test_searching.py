"""Searches from the page: what they find is a proposal, what is held stays, one runs at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from commands import make_problem
from hypothesis import given, settings
from hypothesis import strategies as st
from served import client
from small_weeks import weeks
from told_by_page import FULL, LEAD, PERSON, drafted, page_of, two_centers

from shiftplan import Problem, Roster, check, solve
from shiftplan.record import LiveWeek
from shiftplan.web import Visitor, app
from shiftplan.web.news import Item

SHIFT = "c0-1207-07"
SECONDS = 20
"""Seconds after which a test gives up."""
QUICK = {"seconds": 5}


def pages_of(live: LiveWeek, *who: str) -> list[Any]:
    """Pages of people of the province, all of one server."""
    made = app(live, sign_in=lambda r: Visitor(role="province", who=r.headers["X-Who"]))
    return [client(made, **{"X-Who": one}) for one in who]


def ended(page: Any, **params: str) -> dict[str, Any]:
    """The newest search, once it has ended."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        found: dict[str, Any] = page.get("/api/searches/newest", params=params).json()
        if found["state"] not in ("waiting", "running"):
            return found
        time.sleep(0.01)
    raise AssertionError("it does not end")


def searched(page: Any, **asked: Any) -> dict[str, Any]:
    """A search from its start to its end."""
    page.post("/api/searches", json=QUICK | asked).raise_for_status()
    return ended(page)


@contextmanager
def endless(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Searches go on until somebody stops them, or the event is set that is given."""
    free = threading.Event()

    def slowly(problem: Problem, **search: Any) -> Any:
        until = time.monotonic() + SECONDS
        while not search["cancel"].is_set() and not free.is_set() and time.monotonic() < until:
            time.sleep(0.005)
        return solve(problem, workers=1, time_limit=5, hint=search["hint"])

    with monkeypatch.context() as patch:
        patch.setattr("shiftplan.record.holding.solve", slowly)
        yield free
    free.set()


def test_what_is_found_is_a_proposal():
    """As good as `solve` finds; the draft is what it was, and commands mean it."""
    live = drafted(roster=Roster())
    page = page_of(live, Visitor(role="province", who="hoa"))

    found = searched(page)

    best = solve(live.now.problem, workers=1)
    assert (found["state"], found["proposal"], found["version"]) == ("done", 2, 1)
    assert check(live.now.problem, live.roster_of(2)).total == best.total.cost
    last = found["progress"][-1]
    assert (last["total"], last["bound"]) == (best.total.cost, best.total.bound)
    assert live.now.state.draft.number == 1
    (listed,) = page.get("/api/searches/proposals").json()
    assert (listed["version"], listed["kind"], listed["cost"]) == (2, "improve", best.total.cost)
    assert (listed["who"], live.entries[-1].who) == ("hoa", "hoa")
    assert any("Proven" in line or "best" in line for line in found["lines"])


def test_everything_can_be_planned_anew():
    """Whatever the draft is and is held; that too is a proposal."""
    live = drafted(roster=Roster())
    page = page_of(live)
    page.post("/api/holds", json={"on": [{"center_id": "c0"}, {"center_id": "c1"}]})

    kept, anew = searched(page), searched(page, kind="anew")

    assert kept["held"]
    assert not anew["held"]
    assert len(live.roster_of(kept["proposal"])) == 0
    assert len(live.roster_of(anew["proposal"])) == len(FULL)
    assert live.now.state.draft.number == 1
    assert [one["kind"] for one in page.get("/api/searches/proposals").json()] == [
        "anew",
        "improve",
    ]


def test_a_proposal_is_taken_over_and_closed():
    """Compared, taken, undone; then nobody is bothered with it."""
    live = drafted(roster=Roster())
    page = page_of(live)
    version = searched(page)["proposal"]

    shown = page.get("/api/compare", params={"after": version}).json()
    page.post("/api/compare/take", json={"version": version, "of": 1}).raise_for_status()
    page.delete("/api/drafts", params={"draft": f"#{version}"}).raise_for_status()

    assert shown["added"] == len(FULL)
    assert live.roster == live.roster_of(version)
    assert page.get("/api/searches/proposals").json() == []


def test_stopping_keeps_the_best(monkeypatch: pytest.MonkeyPatch):
    """Also if somebody else of the province stops it."""
    live = drafted(roster=Roster())
    page, other = pages_of(live, "lan", "hoa")
    with endless(monkeypatch):
        own = page.post("/api/searches", json={}).json()

        other.delete(f"/api/searches/{own['id']}").raise_for_status()

        found = ended(other)
    assert (found["state"], found["proposal"]) == ("stopped", 2)
    assert len(live.roster_of(2)) > 0


def test_one_search_runs_at_a_time(monkeypatch: pytest.MonkeyPatch):
    """Another one is refused, in words; afterwards it may run."""
    page = page_of(drafted(roster=Roster()))
    with endless(monkeypatch) as free:
        page.post("/api/searches", json={}).raise_for_status()

        refused = page.post("/api/searches", json={"kind": "anew"}, params={"lang": "vi"})

        assert refused.status_code == 409
        assert "đang có một lượt tìm" in refused.json()["faults"][0]["text"]
        free.set()
        ended(page)
        page.post("/api/searches", json=QUICK).raise_for_status()
        ended(page)


def test_others_move_people_meanwhile(monkeypatch: pytest.MonkeyPatch):
    """The proposal is compared with the draft as it is then; moves are recorded as theirs."""
    live = drafted(roster=Roster())
    searcher, page = pages_of(live, "lan", "hoa")
    step = {"shift_id": SHIFT, "volunteer_id": "v0", "added": True}
    with endless(monkeypatch) as free:
        searcher.post("/api/searches", json={}).raise_for_status()

        made = page.post("/api/moves", json={"changes": [step], "of": 1})

        free.set()
        found = ended(page)
    assert made.status_code == 200
    assert found["version"] == 1
    assert live.now.state.draft.number == 2
    shown = page.get("/api/compare", params={"after": found["proposal"]}).json()
    assert shown["before"]["version"] == 2
    who = {entry.body.version: entry.who for entry in live.entries}
    assert (who[2], who[found["proposal"]]) == ("hoa", "lan")


def test_the_end_of_the_server_keeps_the_best(monkeypatch: pytest.MonkeyPatch):
    """Whoever serves the app says `close`, or the server its lifespan."""
    for close in (lambda made: made.state.close(), _leave):
        live = drafted(roster=Roster())
        made = app(live)
        with endless(monkeypatch):
            client(made).post("/api/searches", json={}).raise_for_status()
            close(made)
        assert live.refresh().state.versions[2].draft.made_by == "improve"
        refused = client(made).post("/api/searches", json={})
        assert refused.status_code == 409


def _leave(made: Any) -> None:
    with client(made):
        pass


def test_a_named_draft_has_searches_and_holds_of_its_own():
    """What is found begins with it; the main draft stays as it is."""
    live = drafted()
    page = page_of(live)
    page.post("/api/drafts", json={"name": "second"}).raise_for_status()
    other = {"draft": "second"}
    step = {"shift_id": SHIFT, "volunteer_id": "v0", "added": False}
    page.post("/api/moves", json={"changes": [step], "of": 2}, params=other).raise_for_status()
    page.post("/api/holds", json={"on": [{"shift_id": SHIFT}]}, params=other).raise_for_status()

    page.post("/api/searches", json=QUICK, params=other).raise_for_status()
    found = ended(page)

    assert (found["draft"], found["version"], found["held"]) == ("second", 3, True)
    assert live.refresh().state.versions[found["proposal"]].draft.of == 3
    asked = {"after": found["proposal"], **other}
    shown = page.get("/api/compare", params=asked).raise_for_status().json()
    assert shown["before"]["version"] == 3
    assert not any(row["shift_id"] == SHIFT for p in shown["parts"] for row in p["changes"])
    assert live.roster == FULL


def test_errors_are_said():
    """Rules that contradict each other are named; there is no proposal."""
    problem = two_centers(
        rules=({"rule": "coverage", "level": 1}, {"rule": "one_place"}),
        pins=(
            {"volunteer_id": "v0", "shift_id": SHIFT, "state": "must"},
            {"volunteer_id": "v0", "shift_id": "c1-1207-07", "state": "must"},
        ),
    )
    live = drafted(problem, Roster())

    found = searched(page_of(live))

    assert (found["state"], found["proposal"]) == ("done", None)
    assert any("contradict" in line for line in found["lines"])


def test_progress_is_news():
    """It begins, has figures, and ends; all pages hear of the new version."""
    live = drafted(roster=Roster())
    made = app(live)
    told: list[Item] = []
    desk = made.state.desk
    desk.news.tell = lambda event, data: told.append(Item(event, data))
    page = client(made)

    own = page.post("/api/searches", json=QUICK).json()
    ended(page)

    until = time.monotonic() + SECONDS
    while len([i for i in told if "total" not in i.data]) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    progress = [item.data for item in told if item.event == "progress"]
    assert {item["id"] for item in progress} == {own["id"]}
    assert "total" not in progress[0]
    assert "total" not in progress[-1]


def held_pairs(problem: Problem, holds: list[dict[str, Any]]) -> Callable[[str, str], bool]:
    """Whether somebody in a shift is held, by themselves or within something else."""
    shifts = problem.shift_by_id

    def is_held(shift_id: str, who: str) -> bool:
        shift = shifts[shift_id]
        told = {
            "volunteer_id": who,
            "shift_id": shift_id,
            "day": f"{shift.day}",
            "center_id": shift.center_id,
        }
        return any(
            all(told[name] == value for name, value in hold.items() if value) for hold in holds
        )

    return is_held


@settings(max_examples=12)
@given(weeks(), st.data())
def test_what_is_held_stays(problem: Problem, data: st.DataObject):
    """Of what is held nothing is taken away, and nobody is added to it, in any tiny week."""
    pairs = [(s.shift_id, v.volunteer_id) for s in problem.shifts for v in problem.volunteers]
    whole = solve(problem, workers=1).roster
    if whole is None:
        return
    kept = data.draw(st.sets(st.sampled_from(range(len(whole)))) if len(whole) else st.just(set()))
    before = Roster(assignments=tuple(whole.assignments[i] for i in kept))
    one = st.one_of(
        st.sampled_from([{"volunteer_id": v.volunteer_id} for v in problem.volunteers]),
        st.sampled_from([{"shift_id": s.shift_id} for s in problem.shifts]),
        st.sampled_from([{"day": f"{day}"} for day in problem.horizon.dates]),
        st.sampled_from([{"shift_id": s, "volunteer_id": v} for s, v in pairs]),
    )
    holds = data.draw(st.lists(one, max_size=3))
    live = drafted(problem, before)
    page = page_of(live)
    page.post("/api/holds", json={"on": holds}).raise_for_status()

    found = searched(page)

    if found["proposal"] is None:
        return
    after, is_held = live.roster_of(found["proposal"]), held_pairs(problem, holds)
    single = [h for h in holds if len(h) == 2]
    for change in before.changes_to(after):
        own = {"shift_id": change.assignment.shift_id}
        own |= {"volunteer_id": change.assignment.volunteer_id}
        if change.added and own in single:  # one assignment is held: it may come, not go
            wide = held_pairs(problem, [h for h in holds if h != own])
            assert not wide(*change.assignment)
        else:
            assert not is_held(*change.assignment)


def test_holds_are_entries_of_the_record():
    """Seen by everybody, of each draft its own, let go again; unknown ids are refused."""
    live = drafted()
    page = page_of(live, Visitor(role="province", who="hoa"))
    on = [{"volunteer_id": "v0", "shift_id": SHIFT}, {"day": "2026-12-07"}]

    held = page.post("/api/holds", json={"on": on}).raise_for_status().json()

    said = [{k: v for k, v in hold.items() if v} for hold in held]
    assert said == on
    assert page_of(LiveWeek(live.files, live._store)).get("/api/holds").json() == held
    assert live.entries[-1].who == "hoa"
    page.post("/api/drafts", json={"name": "second"}).raise_for_status()
    assert page.get("/api/holds", params={"draft": "second"}).json() == []
    assert page.post("/api/holds", json={"off": on[:1]}).json() == held[1:]
    for wrong, status in (
        ({"on": [{"volunteer_id": "x"}]}, 409),
        ({"on": [{"day": "2026-12-25"}]}, 409),
        ({"on": [{}]}, 422),
        ({"on": [{"volunteer_id": "v0", "center_id": "c0"}]}, 422),
        ({"on": [{"volunteer_id": "v0"}] * 5_001}, 422),
    ):
        assert page.post("/api/holds", json=wrong).status_code == status, wrong
    assert page.post("/api/holds", json={}, params={"draft": "none"}).status_code == 409


@pytest.mark.parametrize(
    ("body", "status"),
    [({"seconds": 0}, 422), ({"seconds": 1e9}, 422), ({"kind": "x"}, 422), ({"who": "x"}, 422)],
)
def test_other_searches_are_refused(body: dict[str, Any], status: int):
    """No time, too much of it, and unknown kinds; nor is there a search of another draft."""
    page = page_of(drafted())

    assert page.post("/api/searches", json=body).status_code == status
    assert page.post("/api/searches", json={}, params={"draft": "none"}).status_code == 409
    assert page.delete("/api/searches/0123456789abcdef").status_code == 404
    assert page.get("/api/searches/newest").json() is None


def test_only_the_province_searches():
    """Leads and volunteers neither search nor hold, nor see what others do."""
    live = drafted()
    for visitor in (LEAD, PERSON):
        page = page_of(live, visitor)
        for method, path in (
            ("POST", "searches"),
            ("GET", "searches/newest"),
            ("GET", "searches/proposals"),
            ("DELETE", "searches/0123456789abcdef"),
            ("GET", "holds"),
            ("POST", "holds"),
        ):
            body = {} if method == "POST" else None
            assert page.request(method, f"/api/{path}", json=body).status_code == 403


def test_an_empty_week_has_nothing_to_improve():
    """Nobody planned anything yet: the first proposal can be taken over."""
    live = LiveWeek(make_problem(3, 2, 1), who="lan")
    page = client(app(live))

    found = searched(page)

    assert (found["version"], found["proposal"]) == (None, 1)
    assert live.now.state.draft is None
