"""Questions: what the page is told is what the library says, to whom it may be told."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from served import client, commune
from told_by_page import FULL, LEAD, PERSON, drafted, page_of, two_centers

from shiftplan import Problem, Roster
from shiftplan.analysis import advise, explain_seat, explain_why_here, explain_why_not, repair
from shiftplan.present import lines
from shiftplan.present.words import Words
from shiftplan.problem.changes import Absence, Closing
from shiftplan.record import LiveWeek
from shiftplan.scoring.check import check
from shiftplan.scoring.equity import equity
from shiftplan.web import Visitor, app

EMPTY = Roster(assignments=FULL.assignments[1:])
"""Everybody but v0 in the first shift."""
SHIFT = "c0-1207-07"


def asked(page: Any, question: dict[str, Any], lang: str = "en") -> dict[str, Any]:
    """The answer to a question, once it is there."""
    path, params = "/api/questions", {"lang": lang}
    told: dict[str, Any] = page.post(path, json=question, params=params).raise_for_status().json()
    end = time.monotonic() + 30
    while told["state"] in ("waiting", "running") and time.monotonic() < end:
        time.sleep(0.01)
        told = page.get(f"{path}/{told['id']}", params=params).raise_for_status().json()
    return told


def said(told: dict[str, Any]) -> list[str]:
    """All lines, those of groups under their titles."""
    groups = [line for group in told["groups"] for line in (group["title"], *group["lines"])]
    return [*told["lines"], *groups]


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> LiveWeek:
    """The commune, with a roster that lacks somebody."""
    live = commune(tmp_path_factory.mktemp("week"))
    live.draft(Roster(assignments=live.roster.assignments[1:]))
    return live


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_answers_are_those_of_the_library(village: LiveWeek, lang: str):
    """On an empty seat, on somebody here, and on somebody not there."""
    page = client(app(village))
    problem, roster = village.now.problem, village.roster
    shift_id, gone = next(iter(set(_whole(village).assignments) - set(roster.assignments)))
    here = roster.assignments[0]

    seat = asked(page, {"about": "seat", "shift_id": shift_id}, lang)
    not_there = asked(page, {"about": "why_not", "shift_id": shift_id, "volunteer_id": gone}, lang)
    why_here = asked(page, {"about": "why_here", **here._asdict()}, lang)

    head, paragraph = lines(explain_seat(problem, roster, shift_id), lang)
    first, intro, *parts = said(seat)
    assert (first, f"{intro} {'; '.join(parts)}.") == (head, paragraph)
    assert said(not_there) == lines(explain_why_not(problem, roster, shift_id, gone), lang)
    answer = explain_why_here(problem, roster, *here)
    assert said(why_here) == lines(answer, lang)
    changes = [(c["shift_id"], c["volunteer_id"], c["added"]) for c in why_here["changes"]]
    assert changes == [(*change.assignment, change.added) for change in answer.changes]
    assert why_here["version"] == 2


def _whole(live: LiveWeek) -> Roster:
    return live.roster_of(1)


def test_another_language_says_the_same_again(village: LiveWeek, monkeypatch: pytest.MonkeyPatch):
    """Nothing is found anew."""
    page = client(app(village))
    here = village.roster.assignments[0]._asdict()
    told = asked(page, {"about": "why_here", **here})
    monkeypatch.setattr("shiftplan.web.questions.explain_why_here", None)

    again = page.get(f"/api/questions/{told['id']}", params={"lang": "vi"}).json()

    assert again["state"] == "done"
    assert again["lines"][0] != told["lines"][0]
    assert again["seconds"] == told["seconds"]


def test_a_what_if_is_priced_and_not_recorded(village: LiveWeek):
    """Costs by rule, seats and people as `repair` finds them; the record stays as it was."""
    page, head = client(app(village)), village.now.state.head
    problem, roster = village.now.problem, village.roster
    who, center = roster.assignments[0].volunteer_id, problem.centers[0].center_id
    start, end = problem.shifts[0].start, problem.shifts[0].end
    closing = {"center_id": center, "start": f"{start:%FT%R}", "end": f"{end:%FT%R}"}
    question = {"about": "what_if", "absent": [{"volunteer_id": who}], "closed": [closing]}

    told = asked(page, question)

    changes = Absence(volunteer_id=who), Closing(center_id=center, start=start, end=end)
    found = repair(problem, roster, *changes)
    assert told["total"] == {
        "name": "",
        "rule": "",
        "before": found.before.total,
        "after": found.score.total,
    }
    before = equity(problem, roster).overall.both
    after = equity(found.problem, found.require_roster()).overall.both
    assert told["seats"] == {
        "filled": before.filled,
        "seats": before.target,
        "filled_after": after.filled,
        "seats_after": after.target,
    }
    rules = {row["name"]: (row["before"], row["after"]) for row in told["costs"]}
    assert {*rules} == {rule for rule, cost in found.costs.items() if cost.change}
    change = sum(after - before for before, after in rules.values())
    assert change == found.score.total - found.before.total
    assert len(told["groups"]) == len({n.volunteer_id for n in found.notices})
    assert village.refresh().state.head == head


def test_a_what_if_is_recorded_once():
    """With the reason and who did it; then it is part of the week."""
    live = drafted()
    page = page_of(live, Visitor(role="province", who="hoa"))
    told = asked(page, {"about": "what_if", "absent": [{"volunteer_id": "v0"}]})
    path = f"/api/questions/{told['id']}/record"

    done = page.post(path, json={"why": "ill"})
    twice = page.post(path, json={})

    assert done.json()["recorded"]
    assert twice.status_code == 409
    (entry,) = (e for e in live.entries if e.body.kind == "changed")
    assert (entry.who, entry.why) == ("hoa", "ill")
    assert live.now.changes == (Absence(volunteer_id="v0"),)
    assert not any(a.volunteer_id == "v0" for a in live.roster.assignments)


def test_the_roster_of_a_what_if_becomes_a_proposal_once_recorded(tmp_path: Path):
    """Priced as the week is by then; nobody is in it who cannot come any more."""
    live = commune(tmp_path)
    page, (gone, also) = page_of(live), _two_who_work(live)
    told = asked(page, {"about": "what_if", "absent": [{"volunteer_id": gone}]})
    path = f"/api/questions/{told['id']}"
    early = page.post(f"{path}/proposal")
    page.post(f"{path}/record", json={}).raise_for_status()
    live.record(Absence(volunteer_id=also))

    first, again = (page.post(f"{path}/proposal").json()["proposal"] for _ in range(2))

    assert (early.status_code, first) == (409, again)
    roster = live.roster_of(first)
    assert not {gone, also} & {pair.volunteer_id for pair in roster.assignments}
    (listed,) = page.get("/api/searches/proposals").json()
    assert (listed["version"], listed["kind"]) == (first, "repair")
    assert listed["cost"] == check(live.now.problem, roster).total
    page.post("/api/compare/take", json={"version": first, "of": 1, "anyway": True})
    assert live.refresh().draft == roster


def _two_who_work(live: LiveWeek) -> tuple[str, str]:
    one, other, *_ = live.roster.shifts_of
    return one, other


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ({"about": "seat", "shift_id": "nowhere"}, "no such shift"),
        ({"about": "help", "shift_id": "nowhere"}, "no such shift"),
        ({"about": "why_not", "shift_id": SHIFT, "volunteer_id": "x"}, "no such"),
        ({"about": "what_if"}, "no change has been chosen yet"),
        ({"about": "what_if", "absent": [{"volunteer_id": "x"}]}, "no such"),
        ({"about": "what_if", "cancelled": [{"shift_id": "x"}]}, "no such shift"),
        (
            {"about": "what_if", "citizens": [{"center_id": "c0", "day": "2026-12-07", "more": 9}]},
            "no citizens are forecast",
        ),
        (
            {"about": "what_if", "citizens": [{"center_id": "c0", "day": "2031-12-07", "more": 9}]},
            "2031-12-07 is not a date of this week",
        ),
    ],
)
def test_what_cannot_be_answered_says_why(question: dict[str, Any], text: str):
    """In words, and nothing of it is recorded."""
    live = drafted()
    page = page_of(live)

    told = asked(page, question)

    assert told["state"] == "failed"
    assert text in " ".join(told["lines"])
    for what in ("record", "proposal"):
        assert page.post(f"/api/questions/{told['id']}/{what}", json={}).status_code == 409


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"about": "seat"},
        {"about": "seat", "shift_id": ""},
        {"about": "seat", "shift_id": SHIFT, "more": 1},
        {"about": "who", "shift_id": SHIFT},
        {"about": "what_if", "absent": [{"volunteer_id": f"v{n}"} for n in range(201)]},
        {"about": "what_if", "citizens": [{"center_id": "c", "day": "2026-12-07", "more": "NaN"}]},
        {"about": "what_if", "citizens": [{"center_id": "c", "day": "x", "more": 1}]},
        {"about": "what_if", "citizens": [{"center_id": "c", "day": 1765065600, "more": 1}]},
        {"about": "what_if", "citizens": [{"center_id": "c", "day": "9999-12-07", "more": 1}]},
        {"about": "what_if", "needs": [{"shift_id": SHIFT, "target": -1}]},
        {"about": "what_if", "arrived": [{"volunteer": {"volunteer_id": "a" * 100_000}}]},
    ],
)
def test_other_forms_are_refused(question: dict[str, Any]):
    """Whatever is missing, unknown, too long or out of range."""
    assert page_of(drafted()).post("/api/questions", json=question).status_code == 422


def test_names_are_text_and_nothing_else():
    """A new person with a script for a name is named so, in JSON."""
    name = "<script>alert(1)</script>"
    person = {"volunteer_id": "n", "name": name, "home_center_id": "c0"}
    windows = [{"volunteer_id": "n", "start": "2026-12-07T00:00", "end": "2026-12-08T00:00"}]
    page = page_of(drafted(roster=EMPTY))

    told = asked(page, {"about": "what_if", "arrived": [{"volunteer": person, "windows": windows}]})

    assert told["state"] == "done"
    assert told["asked"]["arrived"][0]["volunteer"]["name"] == name


def test_a_lead_asks_about_their_centers_only():
    """And reads no name of anybody elsewhere; what helps the week is for the province."""
    elsewhere = {"shift_id": "c1-1207-07", "volunteer_id": "v0"}
    stranger = {"shift_id": SHIFT, "volunteer_id": "v2"}
    page = page_of(drafted(roster=EMPTY), LEAD)

    for question in (
        {"about": "seat", "shift_id": "c1-1207-07"},
        {"about": "seat", "shift_id": "unknown"},
        {"about": "why_not", **elsewhere},
        {"about": "why_not", **stranger},
        {"about": "help", "shift_id": SHIFT},
        {"about": "what_if", "absent": [{"volunteer_id": "v0"}]},
    ):
        assert page.post("/api/questions", json=question).status_code == 403
    told = asked(page, {"about": "seat", "shift_id": SHIFT})

    assert told["state"] == "done"
    assert "NAME-OF" not in str(told)


def test_a_lead_reads_changes_of_their_people_and_centers_only():
    """V2 of the other center would come, and V0 go there: three of four changes are counted."""
    problem = two_centers()
    whole = tuple(need.model_copy(update={"minimum": 2}) for need in problem.requirements)
    live = drafted(Problem.model_validate({**dict(problem), "requirements": whole}))
    question = {"about": "why_here", "shift_id": SHIFT, "volunteer_id": "v0"}

    told, to_all = (asked(page_of(live, visitor), question) for visitor in (LEAD, None))

    assert len(to_all["changes"]) == 4
    assert told["changes"] == []
    text = " ".join(told["lines"])
    assert "3 more changes or reasons concern other centers" in text
    assert "NAME-OF-V0" in text
    assert not any(mark in text for mark in ("NAME-OF-V2", "NAME-OF-V3", "CENTER-1", "c1-"))


def test_volunteers_ask_nothing_and_nobody_reads_others_questions():
    """A volunteer is refused; the question of one planner is unknown to another."""
    live = drafted(roster=EMPTY)
    visitors = iter([Visitor(role="province", who="lan"), Visitor(role="province", who="hoa")])
    who = next(visitors)
    page = client(app(live, sign_in=lambda _: who))
    told = asked(page, {"about": "seat", "shift_id": SHIFT})
    path = f"/api/questions/{told['id']}"

    who = next(visitors)

    assert page.get(path).status_code == 404
    assert page.delete(path).status_code == 404
    assert page.post(f"{path}/record", json={}).status_code == 404
    assert page.post(f"{path}/proposal").status_code == 404
    who = PERSON
    assert page.post("/api/questions", json={"about": "seat", "shift_id": SHIFT}).status_code == 403
    assert page.get(path).status_code == 403


def test_a_question_can_be_stopped(monkeypatch: pytest.MonkeyPatch):
    """It ends with what it found, here nothing."""

    def wait(*_: Any, cancel: threading.Event, **__: Any) -> None:
        cancel.wait(30)

    monkeypatch.setattr("shiftplan.web.questions.explain_why_here", wait)
    page = page_of(drafted())
    question = {"about": "why_here", "shift_id": SHIFT, "volunteer_id": "v0"}
    told = page.post("/api/questions", json=question).json()
    assert told["state"] == "running"

    page.delete(f"/api/questions/{told['id']}").raise_for_status()

    end = time.monotonic() + 10
    while told["state"] == "running" and time.monotonic() < end:
        told = page.get(f"/api/questions/{told['id']}").json()
    assert (told["state"], told["lines"]) == ("stopped", ["Stopped before anything was found."])


def test_what_helps_says_so_of_the_shift_and_of_the_week(monkeypatch: pytest.MonkeyPatch):
    """The steps of `advise`, those that bring somebody to the shift above all others."""
    problem = two_centers()
    more = tuple(need.model_copy(update={"target": 3}) for need in problem.requirements)
    live = drafted(Problem.model_validate({**dict(problem), "requirements": more}))
    advice = advise(live.now.problem, live.roster, fill_seats=False, time_limit=2)
    monkeypatch.setattr("shiftplan.web.questions.advise", lambda *_, **__: advice)

    shifts = {shift.shift_id for shift in problem.shifts}
    told = {s: asked(page_of(live), {"about": "help", "shift_id": s})["groups"] for s in shifts}

    steps = advice.gains
    more_there = [
        (gain, shift)
        for gain in steps
        for shift in shifts
        if len(gain.roster.people_in[shift]) > len(live.roster.people_in[shift])
    ]
    assert more_there
    for shift, (here, *rest) in told.items():
        n = sum(place == shift for _, place in more_there)
        assert here["title"] == "For this shift"
        assert len(here["lines"]) == max(1, n)
        assert ("None of the steps" in here["lines"][0]) is not bool(n)
        assert n + sum(len(group["lines"]) for group in rest) == len(steps)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_who_is_absent_by_the_record_is_not_called_pinned(lang: str) -> None:
    """Nobody set a pin: the record keeps v0 out, and the answers say so."""
    live = drafted(roster=EMPTY)
    live.record(Absence(volunteer_id="v0"))
    page, say = page_of(live), Words(lang)

    seat = asked(page, {"about": "seat", "shift_id": SHIFT}, lang)
    person = asked(page, {"about": "why_not", "shift_id": SHIFT, "volunteer_id": "v0"}, lang)

    assert say("away.absent") in " ".join(said(seat))
    assert "[absent]" in " ".join(said(person))
    for answer in (seat, person):
        assert say("why.pins") not in " ".join(said(answer))
        assert "[pins]" not in " ".join(said(answer))
