"""An answer tells one state of the week, whatever becomes of it meanwhile."""

from __future__ import annotations

import threading
from itertools import chain, repeat
from typing import Any

import pytest
from forms import Week

from shiftplan.record import LiveWeek
from shiftplan.record.current import CurrentWeek
from shiftplan.record.events import RecordEvent
from shiftplan.testing.pictures import parse
from shiftplan.web import Visitor
from shiftplan.web.desk import Desk
from shiftplan.web.routes import figures

LEAD = Visitor(role="center", who="mai", ids=frozenset({"home"}))


def two_states(week: Week) -> tuple[CurrentWeek, CurrentWeek]:
    """The week with all its people, and without Bob and the second morning, at another place."""
    files, whole = week.live.files, week.live.now
    new: dict[str, Any] = {
        "centers": tuple(c.model_copy(update={"name": "Chợ Mới"}) for c in files.centers),
        "volunteers": tuple(v for v in files.volunteers if v.volunteer_id != "bob"),
        "shifts": tuple(s for s in files.shifts if s.shift_id != "M1"),
        "requirements": tuple(n for n in files.requirements if n.shift_id != "M1"),
        "preferences": (),
        "availability": tuple(a for a in files.availability if a.volunteer_id != "bob"),
    }
    return whole, week.live.replace_files(files.model_copy(update=new))


@pytest.mark.parametrize("path", ["collected", "form", "map", "swaps"])
def test_what_is_shown_is_of_one_state(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Though files are read again after the first look at the week."""
    week = Week(sign_in=lambda _: LEAD)
    week.of("bob").post("/api/form", json=week.sending("bob")).raise_for_status()
    page = week.of("ana") if path == "form" else week.planner
    states = two_states(week)

    def shown(first: CurrentWeek, then: CurrentWeek) -> Any:
        looks = chain([first], repeat(then))
        monkeypatch.setattr(LiveWeek, "now", property(lambda _: next(looks)))
        return page.get(f"/api/{path}").raise_for_status().json()

    whole, new = states
    pure = [shown(whole, whole), shown(new, new)]
    assert shown(whole, new) in pure
    assert shown(new, whole) in pure


def test_links_are_made_for_whom_the_week_had(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is gone from the files a moment later still gets the link that was recorded."""
    week = Week()
    whole, new = two_states(week)
    looks = chain([whole] * 2, repeat(new))  # by whoever asks, and by what records the links
    monkeypatch.setattr(LiveWeek, "now", property(lambda _: next(looks)))

    made = week.planner.post("/api/invitations", json={"people": ["bob"]}).raise_for_status()
    assert [link["volunteer_id"] for link in made.json()["links"]] == ["bob"]


def test_the_week_stands_while_somebody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What came by forms is counted between two answers, and not in the middle of one."""
    week = Week()
    desk: Desk = week.app.state.desk
    sent = week.sending("ana")
    sent["answers"][0]["answer"] = "declined"
    week.of("ana").post("/api/form", json=sent).raise_for_status()
    with week.live.lagging():
        before = week.live.refresh().problem
    made, prepare = threading.Event(), week.live._prepared

    def prepared(state: CurrentWeek) -> Any:
        made.set()
        return prepare(state)

    monkeypatch.setattr(week.live, "_prepared", prepared)
    counter = threading.Thread(target=week.live.catch_up, args=(desk.lock,), daemon=True)
    with desk.lock:
        counter.start()
        assert made.wait(10)
        counter.join(0.5)
        assert week.live.now.problem is before
    counter.join(10)
    assert week.live.now.problem is not before


def test_who_listens_holds_no_page_up() -> None:
    """While a listener of the app around this one hears of a move, others look and move."""
    week, held_up = Week(), list[bool]()
    desk: Desk = week.app.state.desk

    def listen(event: RecordEvent) -> None:
        other = threading.Thread(target=desk.in_hand, daemon=True)
        other.start()
        other.join(10)
        held_up.append(other.is_alive())

    week.live.subscribe(listen)
    step = {"volunteer_id": "ana", "shift_id": "M0", "added": False}
    week.planner.post("/api/moves", json={"changes": [step], "of": 1}).raise_for_status()
    assert held_up == [False]


def test_figures_are_kept_for_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for lists of all lengths does not fill the memory."""
    monkeypatch.setattr(figures, "_MOST_KEPT", 3)
    week = Week()
    for most in range(1, 9):
        week.planner.get("/api/figures", params={"most": most}).raise_for_status()
    assert 0 < len(week.app.state.desk.in_hand().kept) <= 3


def test_of_drafts_that_were_closed_nothing_is_kept() -> None:
    """A server that runs for weeks holds the drafts that are open."""
    week = Week()
    desk: Desk = week.app.state.desk
    week.live.draft(parse("ana  M . .\nbob  . M .\ncho  . . ."))
    for name in ("one", "two"):
        week.live.name_draft(name)
        desk.in_hand(name)
        week.live.drop_draft(name)
    desk.in_hand()
    assert [*desk._hands] == [""]
