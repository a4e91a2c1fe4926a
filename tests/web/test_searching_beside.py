"""Searches and questions in processes of their own: their results, their deaths, and stops."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Any

import computing
import pytest
from processes import children, gone, needs_proc
from told_by_page import FULL, PAIRS, drafted, page_of

from shiftplan import Roster, check, solve
from shiftplan.analysis import advise
from shiftplan.problem.changes import Absence
from shiftplan.record import LiveWeek
from shiftplan.solving.beside import beside
from shiftplan.web.errands import close_all

SHIFT = PAIRS[0][0]
SECONDS = 60
"""Seconds after which a test gives up."""


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small weeks have processes of their own, too."""
    monkeypatch.setattr("shiftplan.solving.beside.LEAST_PAIRS", 0)


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Searches go on until they are stopped."""

    def run(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        return beside(computing.after_cancel, function, *arguments, **named)

    monkeypatch.setattr("shiftplan.web.searches.runner_for", lambda _: run)


def ended(page: Any, path: str) -> dict[str, Any]:
    """A search or question, once it has ended."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        found: dict[str, Any] = page.get(path).raise_for_status().json()
        if found["state"] not in ("waiting", "running"):
            return found
        time.sleep(0.01)
    raise AssertionError("it does not end")


def started(page: Any, **asked: Any) -> tuple[dict[str, Any], list[int]]:
    """A search that runs, and its processes."""
    before = {*children(os.getpid())}
    told = page.post("/api/searches", json={"seconds": 5} | asked).raise_for_status().json()
    until = time.monotonic() + SECONDS
    while not (new := [*{*children(os.getpid())} - before]) and time.monotonic() < until:
        time.sleep(0.01)
    assert new
    return told, new


@pytest.mark.parametrize("kind", ["improve", "anew"])
def test_what_another_process_finds_is_a_proposal(kind: str) -> None:
    """The best, recorded by this one, with bound and progress."""
    live = drafted(roster=Roster())
    page = page_of(live)

    page.post("/api/searches", json={"kind": kind, "seconds": 30}).raise_for_status()
    found = ended(page, "/api/searches/newest")

    best = solve(live.now.problem, workers=1)
    assert (found["state"], found["proposal"]) == ("done", 2)
    assert check(live.now.problem, live.roster_of(2)).total == best.total.cost
    assert found["progress"][-1]["total"] == best.total.cost
    assert live.now.state.versions[2].draft.bound == best.total.bound


@needs_proc
def test_a_search_whose_process_dies_says_so_and_records_nothing(endless: None) -> None:
    """In the language of the page; another one can start."""
    live = drafted(roster=Roster())
    page, head = page_of(live), live.now.state.head
    _, (pid,) = started(page)

    os.kill(pid, signal.SIGKILL)

    found = ended(page, "/api/searches/newest?lang=vi")
    assert (found["state"], found["proposal"]) == ("failed", None)
    assert found["lines"] == ["tiến trình tính toán kết thúc ngoài dự kiến:", "exit code -9"]
    assert live.refresh().state.head == head
    told, _ = started(page)
    page.delete(f"/api/searches/{told['id']}").raise_for_status()
    ended(page, "/api/searches/newest")


@needs_proc
def test_a_stop_keeps_the_best_of_another_process(endless: None) -> None:
    """And that is gone."""
    live = drafted(roster=Roster())
    page = page_of(live)
    told, pids = started(page)

    page.delete(f"/api/searches/{told['id']}").raise_for_status()

    found = ended(page, "/api/searches/newest")
    assert (found["state"], found["proposal"]) == ("stopped", 2)
    assert len(live.roster_of(2)) == len(FULL)
    assert all(map(gone, pids))


@needs_proc
def test_the_end_of_all_servers_waits_once_for_all_searches(endless: None) -> None:
    """All are asked to end before any is waited for; each keeps its best."""
    lives = [drafted(roster=Roster()) for _ in range(2)]
    pages = [page_of(live) for live in lives]
    for page in pages:
        started(page)

    close_all(page.app.state.searches.errands for page in pages)

    for live in lives:
        assert live.refresh().state.versions[2].draft.made_by == "improve"


def test_advice_of_another_process_is_that_of_the_library() -> None:
    """Nothing gains anything in a full week."""
    live = drafted()
    page = page_of(live)

    told = page.post("/api/questions", json={"about": "help", "shift_id": SHIFT})
    told = ended(page, f"/api/questions/{told.raise_for_status().json()['id']}")

    advice = advise(live.now.problem, live.roster, fill_seats=False, time_limit=5)
    (errand,) = page.app.state.questions
    assert told["state"] == "done"
    assert errand.found.advice.gains == advice.gains


def test_rosters_that_other_processes_find_fit_what_was_published() -> None:
    """Planned anew by a week that people know, with the changes for them."""
    live: LiveWeek = drafted()
    live.publish()
    live.record(Absence(volunteer_id="v0"))
    page = page_of(live)

    page.post("/api/searches", json={"kind": "anew", "seconds": 30}).raise_for_status()
    found = ended(page, "/api/searches/newest")

    assert found["state"] == "done"
    roster = live.roster_of(found["proposal"])
    assert "v0" not in roster.shifts_of
    assert check(live.refresh().problem, roster).is_feasible
