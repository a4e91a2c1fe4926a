"""Those who plan: links, what came in, decisions, swaps with their price, files that come back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from typing import Any
from zipfile import ZipFile

import pytest
from fastapi import FastAPI
from forms import SOON, Week
from served import client
from told_by_page import LEAD, drafted, page_of

from shiftplan.record.collecting import Collecting
from shiftplan.record.deciding import accept_swap
from shiftplan.record.entries import ShiftAnswer
from shiftplan.record.forms import HandedIn, SwapAsked
from shiftplan.web import Visitor
from shiftplan.web.inbox import TOKEN_HEADER
from shiftplan.web.routes import collect, swaps
from shiftplan.week.owner import Owner
from shiftplan.week.roster import Roster

PROVINCE = Visitor(role="province", who="lan")
C0, C1 = "c0-1207-07", "c1-1207-07"
TUESDAY = {"start": "2026-12-08T07:00:00", "end": "2026-12-08T11:00:00"}


@pytest.fixture
def week() -> Week:
    return Week()


def test_a_yes_does_not_make_pages_load_the_week_again(week: Week) -> None:
    """It changes no table that they show; a no cuts the time that its person offered."""

    def edition() -> int:
        week.live.refresh()
        found: int = week.planner.get("/api/draft").json()["edition"]
        return found

    first = edition()
    week.of("ana").post("/api/form", json=week.sending("ana"))
    assert edition() == first
    sent = week.sending("bob")
    sent["answers"][0]["answer"] = "declined"
    week.of("bob").post("/api/form", json=sent)
    assert edition() == first + 1
    assert edition() == first + 1


def lead(*centers: str) -> Any:
    """Signs everybody in as the lead of some centers."""
    return lambda _: Visitor(role="center", who="mai", ids=frozenset(centers))


def test_links_are_made_for_some_and_shown_once(week: Week) -> None:
    """A link opens the form of its person; only its digest is kept; the list tells whose it is."""
    asked = {"people": ["ana"], "base": "http://10.0.0.5:8710/"}
    made = week.planner.post("/api/invitations", json=asked, params={"lang": "vi"}).json()
    (link,) = made["links"]
    assert link["link"].startswith("http://10.0.0.5:8710/f/#")
    asks = "mời anh/chị mở phiếu đăng ký trực từ thứ Hai 07/12 đến thứ Tư 09/12 và trả lời"
    assert link["text"] == f"Chào anh/chị Ana <b>Ý</b>, {asks}: {link['link']}"
    assert link["send"].startswith("sms:+84912345678?body=")
    assert made["until"] == "2026-12-11T17:00:00Z"  # two days after the week, at midnight there
    token = link["link"].rpartition("#")[2]
    assert week.of(token).get("/api/form").json()["form"]["name"] == "Ana <b>Ý</b>"
    shown = week.planner.get("/api/collected").text
    assert token not in shown + week.planner.get("/api/history").raise_for_status().text
    assert week.planner.post("/api/invitations", json={}).status_code == 422  # it says whose
    made = week.planner.post("/api/invitations", json={"people": None}).json()
    everybody, table = made["links"], list(csv.DictReader(io.StringIO(made["table"])))
    assert [row["link"] for row in table] == [one["link"] for one in everybody]
    assert [row["volunteer_id"] for row in table] == [one["volunteer_id"] for one in everybody]
    people = week.live.now.problem.volunteer_by_id
    assert all(row["phone"] == people[row["volunteer_id"]].phone for row in table)
    assert [one["volunteer_id"] for one in everybody] == ["ana", "bob", "cho"]


@pytest.mark.parametrize(
    "asked",
    [
        {"base": "javascript:alert(1)/"},
        {"base": "http://x.example/#a/"},
        {"base": "http://x.example"},
        {"until": "2026-12-11T17:00:00"},
    ],
)
def test_addresses_and_ends_that_are_none_are_refused(week: Week, asked: dict[str, Any]) -> None:
    """422 for what would make links that lead elsewhere, or end nobody knows when."""
    asked |= {"people": ["ana"]}
    assert week.planner.post("/api/invitations", json=asked).status_code == 422
    assert week.planner.post("/api/invitations", json={"people": ["nobody"]}).status_code == 404


def test_what_waits_is_shown_however_much_came_since(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Times and swaps that somebody has to decide on, beside the newest."""
    for room in (collect, swaps):
        monkeypatch.setattr(room, "MOST_SHOWN", 1)
    asked = week.sending("ana", times=[TUESDAY | {"can": False}])
    asked["answers"][0]["answer"] = "swap"
    week.of("ana").post("/api/form", json=asked).raise_for_status()
    for who in ("bob", "cho"):
        sent = week.sending(who, note="vâng")
        sent["answers"][0]["answer"] = "swap" if who == "cho" else "confirmed"
        week.of(who).post("/api/form", json=sent).raise_for_status()

    found = week.planner.get("/api/collected").json()["hand_ins"]
    assert [(one["volunteer_id"], one["state"]) for one in found] == [
        ("cho", "counts"), ("ana", "waits"),
    ]  # fmt: skip
    found = week.planner.get("/api/swaps").json()
    assert [one["volunteer_id"] for one in found] == ["cho", "ana"]


def test_what_waits_is_accepted_one_or_many(week: Week) -> None:
    """Before and after stand side by side; all of an order is decided, or nothing."""
    for who in ("ana", "bob", "cho"):
        times = [TUESDAY | {"can": False}, TUESDAY | {"start": "2026-12-08T06:00:00", "can": True}]
        week.of(who).post("/api/form", json=week.sending(who, times=times, note=f"của {who}"))
    found = week.planner.get("/api/collected").json()["hand_ins"]
    assert [(one["volunteer_id"], one["state"]) for one in found] == [
        ("cho", "waits"), ("bob", "waits"), ("ana", "waits"),
    ]  # fmt: skip
    assert found[0]["times"] == [TUESDAY | {"can": False, "weighed": "waits"}]
    assert found[0]["answers"] == [{"shift_id": "M2", "answer": "confirmed", "before": None}]
    entries = [one["entry"] for one in found]

    path = "/api/collected/decisions"
    wrong = {"entries": [*entries, 1], "accepted": True}
    assert week.planner.post(path, json=wrong).status_code == 409
    order = {"entries": entries[:2], "accepted": True, "word": "được"}
    assert week.planner.post(path, json=order).status_code == 200
    assert week.planner.post(path, json=order).status_code == 409
    refusal = {"entries": entries[2:], "accepted": False, "word": "thiếu người"}
    assert week.planner.post(path, json=refusal).status_code == 200

    states = [one["state"] for one in week.planner.get("/api/collected").json()["hand_ins"]]
    assert states == ["accepted", "accepted", "refused"]
    assert len(week.live.now.changes) == 2
    assert {entry.who for entry in week.live.entries if entry.body.kind == "decided"} == {"lan"}
    form = week.of("ana").get("/api/form").json()["form"]
    refused = {"accepted": False, "dates": ["2026-12-08"], "word": "thiếu người"}
    assert form["decided"] == refused
    assert form["times"][1] | {"can": True, "waits": False} == form["times"][1]


def ask(week: Week, who: str = "ana", **said: Any) -> int:
    sent = week.sending(who)
    sent["answers"][0] |= {"answer": "swap", **said}
    entry: int = week.of(who).post("/api/form", json=sent).json()["entry"]
    return entry


def test_what_came_in_has_the_time_of_the_weeks_clocks(week: Week) -> None:
    """As the history has it, wherever the browser is: Vietnam is seven hours ahead of UTC."""
    entry = ask(week)
    made = next(one for one in week.live.refresh() and week.live.entries if one.number == entry)
    there = made.at.astimezone(dt.timezone(dt.timedelta(hours=7))).replace(tzinfo=None).isoformat()

    found = week.planner.get("/api/collected").json()
    (swap,) = week.planner.get("/api/swaps").json()
    listed = week.planner.get("/api/history").json()["entries"]

    assert found["hand_ins"][0]["at"] == found["people"][0]["sent"] == swap["at"] == there
    assert next(one["at"] for one in listed if one["number"] == entry) == there


def test_a_swap_shows_its_price_and_is_made_in_the_draft(week: Week) -> None:
    """Whoever was named comes first, then whoever fits; accepting moves both, refusing neither."""
    entry = ask(week, colleague="  CHO ", instead=[TUESDAY])
    path = f"/api/swaps/{entry}"
    takers = week.planner.get(f"{path}/takers", params={"shift": "M0"}).json()
    assert [(one["taker"], one["takes"]) for one in takers["takers"]][:2] == [
        ("cho", "M2"), ("cho", None),
    ]  # fmt: skip
    by_bob = next(one for one in takers["takers"] if (one["taker"], one["takes"]) == ("bob", "M1"))
    assert (by_bob["is_named"], by_bob["fits"]) == (False, True)
    assert by_bob["total"] == -3  # Bob is free on Tuesday, as he wishes
    order = {"shift_id": "M0", "accepted": True, "taker": "bob", "takes": "M1", "version": 1}
    assert week.planner.post(path, json=order | {"version": None}).status_code == 409
    assert week.planner.post(path, json=order | {"taker": None}).status_code == 422
    assert week.planner.post(path, json=order).status_code == 200
    assert week.planner.post(path, json=order).status_code == 409
    (swap,) = week.planner.get("/api/swaps").json()
    assert (swap["state"], swap["taker"], swap["takes"]) == ("accepted", "bob", "M1")
    assert week.live.now.draft is not None
    assert ("M0", "bob") in week.live.now.draft

    other = ask(week, "cho")
    refusal = {"shift_id": "M2", "accepted": False, "word": "không ai rảnh"}
    assert week.planner.post(f"/api/swaps/{other}", json=refusal).status_code == 200
    (mine,) = week.of("cho").get("/api/form").json()["form"]["swaps"]
    assert (mine["state"], mine["word"]) == ("refused", "không ai rảnh")


def test_a_lead_sees_and_decides_what_is_theirs() -> None:
    """The lead of the center of the week sees its people; the lead of another one nobody."""
    here = Week(sign_in=lead("home"))
    entry = ask(here)
    assert len(here.planner.get("/api/swaps").json()) == 1
    assert len(here.planner.get("/api/collected").json()["people"]) == 3
    refusal = {"shift_id": "M0", "accepted": False}
    assert here.planner.post(f"/api/swaps/{entry}", json=refusal).status_code == 200

    there = Week(sign_in=lead("elsewhere"))
    entry = ask(there)
    waits = there.sending("bob", times=[TUESDAY | {"can": False}])
    other = there.of("bob").post("/api/form", json=waits).json()["entry"]
    assert there.planner.get("/api/swaps").json() == []
    assert there.planner.get("/api/collected").json() == {"people": [], "hand_ins": []}
    assert there.planner.post(f"/api/swaps/{entry}", json=refusal).status_code == 409
    takers = there.planner.get(f"/api/swaps/{entry}/takers", params={"shift": "M0"})
    assert takers.status_code == 409
    order = {"entries": [other], "accepted": True}
    assert there.planner.post("/api/collected/decisions", json=order).status_code == 409
    for order in ("invitations", "invitations/files", "invitations/take-back"):
        assert there.planner.post(f"/api/{order}", json={"people": ["ana"]}).status_code == 403
    assert there.of("ana").get("/api/form").status_code == 200


def test_the_link_of_a_center_lets_its_lead_in() -> None:
    """It opens what a lead may see, here and by a cookie, and no form; it ends as others do."""
    week = Week(sign_in=lambda request: PROVINCE if request.headers.get("x-office") else None)
    office = client(week.app, **{"X-Office": "1"})
    asked = {"centers": None, "base": "http://10.0.0.5/"}
    made = office.post("/api/lead-links", json=asked).json()
    (link,) = (one for one in made["links"] if one["center_id"] == "home")
    assert link["link"].startswith("http://10.0.0.5/c/#")
    assert link["link"] in link["text"]
    lead = week.of(link["link"].rpartition("#")[2])
    assert len(lead.get("/api/collected").json()["people"]) == 3
    assert lead.get("/api/form").status_code == 403
    assert lead.get("/api/history").status_code == 403
    assert lead.post("/api/lead-links", json=asked).status_code == 403

    assert lead.post("/api/lead").status_code == 204
    (cookie,) = lead.cookies.jar
    assert cookie.has_nonstandard_attr("HttpOnly")
    del lead.headers["X-Shiftplan-Form"]
    assert lead.get("/api/week").json()["visitor"]["role"] == "center"
    assert lead.get("/api/session").json()["who"] == "home"
    assert office.post("/api/lead-links/take-back", json={"centers": ["home"]}).json()["links"] == 1
    assert lead.get("/api/week").status_code == 401
    assert lead.delete("/api/lead").status_code == 401
    unknown = {"centers": ["x"]}
    assert office.post("/api/lead-links", json=unknown).status_code == 404


def test_a_lead_of_two_weeks_of_one_server_is_in_both() -> None:
    """Each week has a cookie of its own, and leaving one ends the other's for nobody."""
    main, weeks = FastAPI(), {name: Week(sign_in=lambda _: None) for name in ("a", "b")}
    page, home = client(main), Owner("center", "home")
    for name, week in weeks.items():
        main.mount(f"/{name}", week.app)
        token = week.collecting.invite([home], SOON)[home]
        page.post(f"/{name}/api/lead", headers={TOKEN_HEADER: token}).raise_for_status()

    def known() -> list[int]:
        return [page.get(f"/{name}/api/week").status_code for name in weeks]

    assert known() == [200, 200]
    assert page.delete("/a/api/lead").status_code == 204
    assert known() == [401, 200]


def test_a_person_does_not_come_in_as_a_lead() -> None:
    """The token of a form is no cookie, however it is sent."""
    week = Week(sign_in=lambda _: None)
    ana = week.of("ana")
    assert ana.post("/api/lead").status_code == 403
    assert not ana.cookies
    bare = client(week.app)
    home = Owner("center", "home")
    lead = week.of(week.collecting.invite([home], SOON)[home])
    lead.post("/api/lead").raise_for_status()
    (name,) = lead.cookies
    bare.cookies.set(name, week.tokens["ana"])
    assert bare.get("/api/week").status_code == 401
    assert bare.get("/api/form").status_code == 401
    assert bare.post("/api/lead").status_code == 401


def files_of(week: Week) -> dict[str, str]:
    answer = week.planner.post(
        "/api/invitations/files", json={"people": None, "base": "http://10.0.0.5:8710/"}
    )
    with ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def test_every_form_is_a_file_of_its_own(week: Week) -> None:
    """Nothing is loaded, nothing of others is in it, names are text, and the list has its link."""
    files = files_of(week)
    rows = list(csv.DictReader(io.StringIO(files.pop("links.csv"))))
    assert {row["file"] for row in rows} == files.keys()
    page = files[next(row["file"] for row in rows if row["volunteer_id"] == "ana")]
    assert not re.findall(r"(?:src|href)=", page.split("<script")[0])
    assert "OTHER" not in page
    assert "bob" not in page
    assert "import " not in page.split('<script type="module">')[1].split("\n\n")[0]
    assert "<b>Ý" not in page  # it stands in the data, as a code
    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)[0]
    assert "unsafe" not in policy
    assert policy.startswith("default-src &#x27;none&#x27;; script-src &#x27;sha256-")
    given = json.loads(re.findall(r'id="given">(.*?)</script>', page)[0])
    assert week.of(given["token"]).get("/api/form").json()["form"] == given["page"]["form"]
    assert rows[0]["link"] == f"http://10.0.0.5:8710/f/#{given['token']}"


def dropped(week: Week, *texts: str) -> list[dict[str, Any]]:
    given = {"files": [{"name": f"{n}.json", "text": text} for n, text in enumerate(texts)]}
    answer = week.planner.post("/api/answer-files", json=given)
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()
    return found


def test_files_that_come_back_are_read_like_forms(week: Week) -> None:
    """By whose they are, once however often; a wrong one is named, and stops no other."""
    sent = week.sending("ana", note="từ tệp")
    good = {"shiftplan_form": 1, "token": week.tokens["ana"], "sent": sent}
    outdated = good | {"token": week.tokens["bob"], "sent": sent}
    text = json.dumps(good)
    bad = [
        "", "[]", "{", "[" * 50_000, text[:-1], json.dumps(good | {"more": 1}),
        json.dumps(good | {"shiftplan_form": 2}), json.dumps(good | {"token": "x" * 32}),
        json.dumps(outdated), json.dumps(good | {"sent": {}}), text.replace('"ana', '"\\u0000'),
    ]  # fmt: skip
    found = dropped(week, *bad, text, text)
    assert all(one["fault"] for one in found[:-3])
    assert found[-1]["entry"] == found[-2]["entry"] is not None
    assert (found[-1]["volunteer_id"], found[-1]["fault"]) == ("ana", "")
    notes = [one["note"] for one in week.planner.get("/api/collected").json()["hand_ins"]]
    assert notes == ["từ tệp"]


def test_a_lead_reads_no_files_of_others() -> None:
    """A file of somebody who is not theirs is refused, and records nothing."""
    there = Week(sign_in=lead("elsewhere"))
    sent = there.sending("ana")
    text = json.dumps({"shiftplan_form": 1, "token": there.tokens["ana"], "sent": sent})
    head = there.collecting.state().head
    (found,) = dropped(there, text)
    assert (found["volunteer_id"], found["entry"]) == (None, None)
    assert found["fault"]
    assert there.collecting.state().head == head


def test_a_lead_reads_nothing_of_other_centers() -> None:
    """Neither why a swap is refused, nor answers about shifts elsewhere, nor a phone."""
    live = drafted(roster=Roster.of([(C0, "v0"), (C1, "v1"), (C0, "v2"), (C1, "v3")]))
    live.publish(1, even_if_poor=True)
    counter = Collecting(live)
    shifts = live.files.shift_by_id
    swap = HandedIn(volunteer_id="v0", form="sending-00000001", swaps=(SwapAsked(shift_id=C0),))
    entry = counter.hand_in(swap, (), [shifts[C0]])
    said = ShiftAnswer(volunteer_id="v1", shift_id=C1, answer="confirmed")
    counter.hand_in(HandedIn(volunteer_id="v1", form="sending-00000002"), [said], [shifts[C1]])
    page = page_of(live, LEAD)

    order = {"shift_id": C0, "accepted": True, "taker": "v1", "version": 1}
    refused = page.post(f"/api/swaps/{entry}", json=order)
    takers = page.get(f"/api/swaps/{entry}/takers", params={"shift": C0})
    collected = page.get("/api/collected")
    made = page.post("/api/invitations", json={"people": ["v0", "v1"]})

    assert [fault["code"] for fault in refused.json()["faults"]] == ["needs_yes"]
    assert [one["volunteer_id"] for one in collected.json()["hand_ins"]] == ["v1", "v0"]
    assert made.status_code == 403
    seen = refused.text + takers.text + collected.text
    for mark in ("CENTER-1", "c1-", "v3", "NAME-OF-V3", "0900", "mail-of"):
        assert mark not in seen
    order |= {"taker": "v3"}
    assert page.post(f"/api/swaps/{entry}", json=order).status_code == 403

    accept_swap(counter, entry, C0, "v3", C1, of=1, anyway=True)
    (swap,) = page.get("/api/swaps").json()
    assert (swap["state"], swap["takes"]) == ("accepted", None)
    (swap,) = page_of(live).get("/api/swaps").json()
    assert swap["takes"] == C1


def test_the_history_of_a_person_has_their_form(week: Week) -> None:
    """Their link, what they handed in, and decisions on it; also those on a swap they take."""
    entry = ask(week)
    order = {"shift_id": "M0", "accepted": True, "taker": "bob", "takes": "M1", "version": 1}
    week.planner.post(f"/api/swaps/{entry}", json=order).raise_for_status()

    def kinds(**asked: str) -> list[str]:
        found = week.planner.get("/api/history", params=asked).raise_for_status().json()
        return [one["kind"] for one in reversed(found["entries"])]

    assert kinds(person="ana") == ["told", "invited", "handed_in", "drafted", "decided"]
    assert kinds(person="bob") == ["told", "invited", "drafted", "decided"]
    assert kinds(person="cho") == ["told", "invited"]
    assert kinds(kind="handed_in") == ["handed_in"]
    assert kinds(center="home")[-3:] == ["handed_in", "drafted", "decided"]
