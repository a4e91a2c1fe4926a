"""Moves from the page: their prices, who may make them, who came first, and drafts with names."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moves import C0, C1, codes, move, steps
from small_weeks import weeks
from starlette.testclient import TestClient
from told_by_page import FULL, drafted, page_of, two_centers

from shiftplan.analysis.candidates import Candidates, comes, leaves
from shiftplan.analysis.suggest import suggest
from shiftplan.problem import Problem
from shiftplan.record import LiveWeek
from shiftplan.rules.base import kinds_of
from shiftplan.scoring.check import Score, check
from shiftplan.scoring.moves import Moves
from shiftplan.web import Visitor, app
from shiftplan.week.roster import Change, Roster


def equals_check(shown: dict[str, Any], problem: Problem, roster: Roster) -> Score:
    """What a page is told of a draft is what `check` finds."""
    score = check(problem, roster)
    assert shown["total"] == score.total
    assert shown["costs"] == {rule: cost for rule, cost in score.parts.items() if cost}
    assert len(shown["broken"]) == len({found.message for found in score.broken})
    return score


def test_a_move_answers_with_its_price():
    """Of the draft only what became different, by whom and for how much; the record has it."""
    live = drafted()
    page = page_of(live)

    made = move(page, leaves(C0, "v0"), of=1).json()

    before, after = (check(live.files, live.roster_of(v)) for v in (1, 2))
    assert made["draft"]["version"] == 2
    assert (made["draft"]["since"], made["draft"]["assignments"]) == (1, [])
    assert made["draft"]["changes"] == made["changes"] == steps(leaves(C0, "v0"))
    assert made["price"]["total"] == after.total - before.total > 0
    assert sum(part["cost"] for part in made["price"]["parts"]) == made["price"]["total"]
    assert made["draft"]["head"] == len(live.entries)
    assert live.entries[-1].who == "lan"


@settings(max_examples=12)
@given(weeks(), st.randoms(use_true_random=False))
def test_every_price_is_that_of_check(problem: Problem, rng: random.Random):
    """Moves, some of which break rules, and undo: totals, costs by rule, and breaches."""
    live = LiveWeek(problem, who="lan")
    page = page_of(live)
    seen: int | None = None
    known: set[tuple[str, str]] = set()

    for _ in range(6):
        shift, who = (
            rng.choice(problem.shifts).shift_id,
            rng.choice(problem.volunteers).volunteer_id,
        )
        change = (leaves if (shift, who) in known else comes)(shift, who)
        price = page.post("/api/price", json={"changes": steps(change)}).json()
        made = move(page, change, of=seen, anyway=True).json()
        assert made["price"] == price
        if rng.random() < 0.3:
            made = page.post("/api/undo", json={"of": made["draft"]["version"], "anyway": True})
            made = made.json()
        draft = page.get("/api/draft", params={"since": seen} if seen else {}).json()
        known = followed(known, draft)
        seen = draft["version"]
        assert known == {*live.roster_of(seen).assignments}
        equals_check(draft, problem, live.roster_of(seen))


def followed(known: set[tuple[str, str]], draft: dict[str, Any]) -> set[tuple[str, str]]:
    """Assignments that a page shows which takes over what it is told."""
    if draft["since"] is None:
        return {(shift, who) for shift, who in draft["assignments"]}
    for step in draft["changes"]:
        pair = step["shift_id"], step["volunteer_id"]
        known = known | {pair} if step["added"] else known - {pair}
    return known


@settings(max_examples=12)
@given(weeks(), st.randoms(use_true_random=False))
def test_places_cost_what_going_there_costs(problem: Problem, rng: random.Random):
    """Each shift is priced or barred, and each swap priced, as judging them one by one finds."""
    pairs = itertools.product(problem.shifts, problem.volunteers)
    roster = Roster.of((s.shift_id, v.volunteer_id) for s, v in pairs if rng.random() < 0.4)
    live = LiveWeek(problem)
    live.draft(roster)
    page, moves = page_of(live), Moves(problem, roster)
    person = rng.choice(problem.volunteers).volunteer_id
    own = roster.shifts_of.get(person, ())

    for left in (None, *own):
        asked = {"person": person} | ({"from": left} if left else {})
        shown = page.get("/api/places", params=asked).json()
        away = [leaves(left, person)] if left else []
        joined = {p["shift_id"]: p for p in shown["places"] if "instead_of" not in p}
        others = {s.shift_id for s in problem.shifts} - {*own}
        assert joined.keys() | shown.get("barred", {}).keys() >= others
        for at in others:
            effect = moves.effect(comes(at, person), *away)
            if at not in joined:
                assert {*shown["barred"][at]} <= {*kinds_of(effect.broken)}
                continue
            kind = "better" if effect.total < 0 else "dearer" if effect.total else "same"
            assert joined[at]["total"] == effect.total
            assert joined[at]["kind"] == ("breaks" if effect.broken else kind)
            assert joined[at].get("rules", []) == [*kinds_of(effect.broken)]
        for place in (p for p in shown["places"] if "instead_of" in p):
            at, other = place["shift_id"], place["instead_of"]
            back = [comes(left, other)] if left else []
            effect = moves.effect(comes(at, person), *away, leaves(at, other), *back)
            assert (place["total"], place["kind"] == "breaks") == (
                effect.total,
                bool(effect.broken),
            )


def test_every_possible_swap_is_a_place():
    """Whoever could swap is among the places, for all people and shifts of a small week."""
    problem = two_centers()
    live = drafted(problem, Roster.of([(C0, "v0"), ("c0-1207-13", "v1"), (C1, "v2")]))
    page, roster = page_of(live), live.roster
    judge = Candidates(problem, roster)

    for (left, who), (at, other) in itertools.permutations(roster.assignments, 2):
        swap = comes(at, who), leaves(left, who), leaves(at, other), comes(left, other)
        effect = judge.legal(*swap)
        shown = page.get("/api/places", params={"person": who, "from": left}).json()["places"]
        found = [p for p in shown if p.get("instead_of") == other and p["shift_id"] == at]
        if effect is not None:
            assert [p["total"] for p in found] == [effect.total]


@pytest.mark.parametrize("leaving", [None, "v0"])
def test_candidates_are_those_that_suggest_ranks(leaving: str | None):
    """In the same order, with the same prices and rules, for a seat and for somebody's place."""
    live = drafted(roster=Roster.of([(C0, "v0"), (C1, "v2")]))
    asked = {"shift": C0} | ({"leaving": leaving} if leaving else {})

    shown = page_of(live).get("/api/candidates", params=asked).json()

    found = suggest(live.files, live.roster, C0, leaving=leaving)
    assert [
        (c["volunteer_id"], c["standing"], c.get("total"), c.get("rules", []))
        for c in shown["candidates"]
    ] == [
        (c.volunteer_id, c.standing, c.effect and c.effect.total, [*kinds_of(c.broken)])
        for c in found.candidates
    ]
    ways = [w["shift_id"] for c in shown["candidates"] for w in c.get("after_leaving", ())]
    assert ways == [w.shift_id for c in found.candidates for w in c.exchanges]


def test_breaking_a_hard_rule_needs_a_yes():
    """Refused with each breach in words and nothing recorded; made with a yes, and shown broken."""
    live = drafted(roster=Roster.of([(C0, "v0")]))
    page = page_of(live)

    refused = move(page, comes(C1, "v0"), of=1, lang="vi")

    assert set(codes(refused)) == {"needs_yes"}
    assert all("NAME-OF-V0" in fault["text"] for fault in refused.json()["faults"])
    assert live.refresh().state.head == 1
    made = move(page, comes(C1, "v0"), of=1, anyway=True).json()
    assert made["price"]["broken"]
    assert made["draft"]["broken"]
    equals_check(made["draft"], live.files, live.roster_of(2))


def test_what_others_did_is_merged_or_refused():
    """Other people and shifts: both stay. The same, or an old undo: who came first is named."""
    live = drafted()
    anybody = Visitor(role="province", who="minh")
    lan, minh = page_of(live), page_of(live, anybody)
    made = move(lan, leaves(C0, "v0"), of=1).json()
    assert made["draft"]["version"] == 2

    merged = move(minh, leaves(C1, "v2"), of=1).json()
    refused = move(minh, leaves("c0-1207-13", "v0"), of=1)
    old = minh.post("/api/undo", json={"of": 2})

    assert merged["merged"] == ["lan"]
    assert merged["draft"]["changes"] == steps(leaves(C0, "v0"), leaves(C1, "v2"))
    assert merged["draft"]["by"] == ["lan", "minh"]
    assert merged["changes"] == steps(leaves(C1, "v2"))
    for answer in (refused, old):
        assert codes(answer) == ["conflicting_move"]
    assert "lan" in refused.json()["faults"][0]["text"]
    assert len(live.refresh().state.versions) == 3


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([comes("nowhere", "v0")], "unknown_id"),
        ([comes(C0, "nobody")], "unknown_id"),
        ([leaves(C1, "v0")], "not_assigned"),
        ([comes(C0, "v0")], "duplicate_row"),
        ([leaves(C0, "v0"), comes(C0, "v0")], "duplicate_row"),
    ],
)
def test_what_cannot_be_is_refused(changes: list[Change], code: str):
    """For the price as for the move, which leaves the draft as it was."""
    live = drafted()
    page = page_of(live)

    price = page.post("/api/price", json={"changes": steps(*changes)})

    assert code in codes(price)
    assert code in codes(move(page, *changes, of=1))
    assert live.refresh().state.head == 1


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("candidates", {"shift": "nowhere"}),
        ("candidates", {"shift": C0, "leaving": "v3"}),
        ("places", {"person": "nobody"}),
        ("places", {"person": "v0", "from": C1}),
        ("draft", {"draft": "none"}),
        ("places", {"person": "v0", "draft": "none"}),
    ],
)
def test_unknown_things_are_refused(path: str, asked: dict[str, str]):
    """Ids, places that nobody has, and drafts that are not open."""
    assert codes(page_of(drafted()).get(f"/api/{path}", params=asked))


def test_undo_and_redo_know_no_end():
    """Back through all moves to the first version, and forward again to the last one."""
    live = drafted()
    page = page_of(live)
    gone = [("c0-1207-07", "v0"), ("c0-1207-13", "v1"), ("c1-1207-07", "v2"), ("c1-1207-13", "v3")]
    for n, pair in enumerate(gone, start=1):
        move(page, leaves(*pair), of=n).raise_for_status()

    seen = []
    for way in ["undo"] * 4 + ["redo"] * 4:
        made = page.post(f"/api/{way}", json={}).raise_for_status().json()
        seen.append(len(live.roster_of(made["draft"]["version"])))
        assert bool(made["changes"])

    assert seen == [5, 6, 7, 8, 7, 6, 5, 4]
    assert not made["draft"]["can_redo"]
    assert "no_version" in codes(page.post("/api/redo", json={}))


def test_drafts_with_names_stand_beside_the_main_one():
    """Begun as a copy, moved on its own, listed, renamed, and closed, after which it is unknown."""
    live = drafted()
    page = page_of(live)

    begun = page.post("/api/drafts", json={"name": "Tết <b>"}).json()
    made = move(page, leaves(C0, "v0"), of=begun["version"], draft="Tết <b>").json()
    listed = page.get("/api/drafts").json()

    assert (begun["name"], len(begun["assignments"]), begun["can_undo"]) == ("Tết <b>", 8, False)
    assert made["draft"]["name"] == "Tết <b>"
    assert len(page.get("/api/draft").json()["assignments"]) == 8
    assert [(d["name"], d["version"]) for d in listed] == [("", 1), ("Tết <b>", 3)]
    assert codes(page.post("/api/drafts", json={"name": "Tết <b>"})) == ["invalid_value"]
    named = page.put("/api/drafts", json={"name": "Xuân"}, params={"draft": "Tết <b>"}).json()
    assert (named["name"], named["version"], len(named["assignments"])) == ("Xuân", 3, 7)
    assert codes(page.get("/api/draft", params={"draft": "Tết <b>"})) == ["no_version"]
    assert page.delete("/api/drafts", params={"draft": "Xuân"}).status_code == 204
    assert codes(page.get("/api/draft", params={"draft": "Xuân"})) == ["no_version"]
    assert codes(page.delete("/api/drafts", params={"draft": ""})) == ["no_version"]


def test_a_page_that_was_away_is_told_what_it_missed():
    """Whatever version it has, also one that is gone, and whatever the week is by then."""
    live = drafted()
    page = page_of(live)
    first = page.get("/api/draft").json()
    for n, pair in enumerate(FULL.assignments[:5], start=1):
        move(page, leaves(*pair), of=n).raise_for_status()

    for since in (1, 3, 6, 99):
        shown = page.get("/api/draft", params={"since": since}).json()
        begun = {tuple(pair) for pair in first["assignments"]}
        if since != 99:
            begun = {*live.roster_of(since).assignments}
        assert followed(begun, shown) == {*FULL.assignments[5:]}
    assert page.get("/api/draft").json()["edition"] == first["edition"]


def test_an_empty_week_gets_its_first_roster_by_hand():
    """Without any version before."""
    live = LiveWeek(two_centers(), who="lan")
    page = page_of(live)

    begun = page.get("/api/draft").json()
    made = move(page, comes(C0, "v0"), of=None).json()

    assert (begun["version"], begun["assignments"], begun["can_undo"]) == (None, [], False)
    assert page.get("/api/drafts").json()
    assert page.get("/api/draft").json()["assignments"] == [[C0, "v0"]]
    equals_check(made["draft"], live.files, Roster.of([(C0, "v0")]))


def test_the_app_needs_no_page_to_move():
    """Without the header of our page nothing is changed."""
    live = drafted()
    bare = TestClient(app(live))

    answer = bare.post("/api/moves", json={"changes": steps(leaves(C0, "v0")), "of": 1})

    assert answer.status_code == 403
    assert live.refresh().state.head == 1
