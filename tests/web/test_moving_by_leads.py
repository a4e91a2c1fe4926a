"""Leads move only what is theirs, read nothing of other centers, and volunteers move nobody."""

from __future__ import annotations

from moves import C0, C1, codes, move, steps
from told_by_page import LEAD, PERSON, drafted, page_of

from shiftplan.analysis.candidates import comes, leaves
from shiftplan.web import Visitor
from shiftplan.week.roster import Roster


def test_leads_move_only_what_is_theirs():
    """Their people between their shifts; of all else they neither see nor change anything."""
    live = drafted(roster=Roster.of([(C0, "v0"), (C1, "v2")]))
    lead = page_of(live, LEAD)

    for changes in ([comes(C1, "v1")], [comes(C0, "v3")], [leaves(C0, "v0"), comes(C1, "v0")]):
        assert move(lead, *changes, of=1).status_code == 403
        assert lead.post("/api/price", json={"changes": steps(*changes)}).status_code == 403
    for path, asked in [
        ("candidates", {"shift": C1}),
        ("candidates", {"shift": "nowhere"}),
        ("candidates", {"shift": C0, "leaving": "v2"}),
        ("places", {"person": "v3"}),
        ("places", {"person": "v0", "from": C1}),
    ]:
        assert lead.get(f"/api/{path}", params=asked).status_code == 403
    for way in ("undo", "redo", "drafts"):
        body = {"name": "x"} if way == "drafts" else {}
        assert lead.post(f"/api/{way}", json=body).status_code == 403
    assert lead.delete("/api/drafts", params={"draft": "x"}).status_code == 403

    seen = lead.get("/api/candidates", params={"shift": C0}).text
    seen += lead.get("/api/places", params={"person": "v0", "from": C0}).text
    made = move(lead, comes(C0, "v1"), of=1)
    seen += made.raise_for_status().text + lead.get("/api/draft", params={"since": 1}).text
    assert not any(mark in seen for mark in ("c1-", "v2", "v3", "CENTER-1"))
    assert live.refresh().state.head == 2
    assert live.entries[-1].who == LEAD.who


def test_leads_are_told_of_breaches_without_their_places():
    """Somebody of theirs works elsewhere at that hour: the rule is named, the center is not."""
    live = drafted(roster=Roster.of([(C1, "v0")]))
    lead = page_of(live, LEAD)

    price = lead.post("/api/price", json={"changes": steps(comes(C0, "v0"))}).json()
    refused = move(lead, comes(C0, "v0"), of=1)

    assert price["broken"]
    assert set(codes(refused)) == {"needs_yes"}
    assert "CENTER-1" not in str(price) + refused.text
    assert "c1-" not in str(price) + refused.text


def test_leads_read_findings_without_places_of_others():
    """Somebody works at two centers at one time; the lead of the one reads which rule it is."""
    live = drafted(roster=Roster.of([(C0, "v2"), (C1, "v2")]))
    lead = Visitor(role="center", who="lead of c1", ids=frozenset({"c1"}))
    asked = {"hard": True, "shift": C1}

    (told,) = page_of(live, lead).get("/api/findings", params=asked).json()["findings"]
    (whole,) = page_of(live).get("/api/findings", params=asked).json()["findings"]

    assert told | {"sentence": ""} == whole | {"sentence": ""}
    assert "CENTER-0" in whole["sentence"]
    assert "CENTER-0" not in told["sentence"]
    assert told["sentence"]


def test_volunteers_move_nobody():
    """None of it is theirs."""
    page = page_of(drafted(), PERSON)

    for path in ("draft", "drafts", "candidates?shift=" + C0, "places?person=v0"):
        assert page.get(f"/api/{path}").status_code == 403
    for path in ("moves", "price", "undo", "redo", "drafts"):
        body = {"changes": steps(leaves(C0, "v0")), "name": "x"}
        assert page.post(f"/api/{path}", json=body).status_code == 403
