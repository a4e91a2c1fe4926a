"""The form of one person: what it shows and takes, and that it shows nothing of others."""

from __future__ import annotations

from typing import Any

import pytest
from forms import MARKS, Week
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.record.forms import HandedIn

TUESDAY = {"start": "2026-12-08T07:00:00", "end": "2026-12-08T11:00:00"}


@pytest.fixture
def week() -> Week:
    return Week()


def test_a_form_shows_the_own_shifts_times_and_wishes(week: Week) -> None:
    """Ana sees her name, her one shift, three mornings and her wishes."""
    page = week.of("ana").get("/api/form").json()
    form = page["form"]
    assert form["name"] == "Ana <b>Ý</b>"
    assert [(s["shift_id"], s["answer"]) for s in form["shifts"]] == [("M0", None)]
    assert [time["can"] for time in form["times"]] == [True, True, True]
    assert [time["works"] for time in form["times"]] == [True, False, False]
    assert [wish["state"] for wish in form["wishes"]] == [None, None, None]
    assert page["words"]["vi"]["web.form_send"] == "Gửi"
    assert page["words"].keys() == {"en", "vi"}


def test_what_is_sent_is_recorded_and_comes_back(week: Week) -> None:
    """An answer counts; the form shows it, and what waits is marked; sent again it is one entry."""
    sent = week.sending("ana", times=[TUESDAY | {"can": False}], note="dòng một\ndòng hai")
    done = week.of("ana").post("/api/form", json=sent)
    assert done.status_code == 200
    form = done.json()["form"]
    assert form["note"] == "dòng một dòng hai"
    assert form["shifts"][0]["answer"] == "confirmed"
    assert form["times"][1] | {"can": False, "waits": True} == form["times"][1]
    again = week.of("ana").post("/api/form", json=sent).json()
    assert again["entry"] == done.json()["entry"]
    (entry,) = (
        e for e in week.live.refresh() and week.live.entries if isinstance(e.body, HandedIn)
    )
    assert (entry.who, entry.body.note) == ("ana", "dòng một dòng hai")


def test_a_form_sent_as_it_is_counts_as_sent(week: Week) -> None:
    """Whoever has nothing to change can say so: the form was sent, and nothing else is recorded."""
    sent = week.sending("ana") | {"answers": []}
    done = week.of("ana").post("/api/form", json=sent).json()
    assert done["form"]["sent"] is not None
    week.live.refresh()
    assert week.live.entries[-1].number == done["entry"]
    people = week.planner.get("/api/collected").json()["people"]
    assert [one["volunteer_id"] for one in people if one["sent"]] == ["ana"]


def test_a_shift_that_was_given_away_says_so_until_it_is_published(week: Week) -> None:
    """After a swap both still have their published shifts, marked as given; then they have not."""
    sent = week.sending("ana")
    sent["answers"][0] |= {"answer": "swap", "instead": [TUESDAY]}
    entry = week.of("ana").post("/api/form", json=sent).json()["entry"]
    order = {"shift_id": "M0", "accepted": True, "taker": "bob", "takes": "M1", "version": 1}
    assert week.planner.post(f"/api/swaps/{entry}", json=order).status_code == 200
    for who, shift in (("ana", "M0"), ("bob", "M1")):
        form = week.of(who).get("/api/form").json()["form"]
        assert [(one["shift_id"], one["is_given"]) for one in form["shifts"]] == [(shift, True)]
        assert [one["is_published"] for one in form["swaps"]] == [False]
    week.live.refresh()
    week.live.publish(even_if_poor=True)
    for who, shift in (("ana", "M1"), ("bob", "M0")):
        form = week.of(who).get("/api/form").json()["form"]
        assert [(one["shift_id"], one["is_given"]) for one in form["shifts"]] == [(shift, False)]
        assert [one["is_published"] for one in form["swaps"]] == [True]


def test_no_form_holds_anything_about_others(week: Week) -> None:
    """Not one byte of Bob in any answer to Ana, also after a swap with him was accepted."""
    sent = week.sending("ana")
    sent["answers"][0] |= {"answer": "swap", "colleague": "cho", "instead": [TUESDAY]}
    answers = [week.of("ana").post("/api/form", json=sent)]
    entry = answers[0].json()["entry"]
    order = {"shift_id": "M0", "accepted": True, "taker": "bob", "takes": "M1", "version": 1}
    assert week.planner.post(f"/api/swaps/{entry}", json=order).status_code == 200
    answers += [week.of("ana").get(path) for path in ("/api/form", "/api/form?lang=vi", "/f/")]
    assert answers[1].json()["form"]["swaps"][0]["state"] == "accepted"
    for answer in answers:
        assert answer.status_code == 200
        text = answer.text + repr(answer.headers)
        assert not [mark for mark in MARKS if mark in text]
    (swap,) = week.of("bob").get("/api/form").json()["form"]["swaps"]
    assert swap["gets"]["start"] == "2026-12-07T07:00:00"
    assert swap["gives"]["start"] == "2026-12-08T07:00:00"
    assert "Ana" not in week.of("bob").get("/api/form").text


PATHS = (
    ("get", "/api/collected"),
    ("get", "/api/swaps"),
    ("get", "/api/swaps/4/takers?shift=M0"),
    ("post", "/api/swaps/4"),
    ("post", "/api/collected/decisions"),
    ("post", "/api/invitations"),
    ("post", "/api/invitations/files"),
    ("post", "/api/invitations/take-back"),
    ("post", "/api/answer-files"),
    ("get", "/api/week"),
    ("get", "/api/draft"),
    ("get", "/api/history"),
    ("get", "/api/news"),
)


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_a_volunteers_token_opens_no_route_of_those_who_plan(
    week: Week, method: str, path: str
) -> None:
    """403 with a token, 401 with a wrong one, even where everybody without one may plan."""
    body = {"json": {}} if method == "post" else {}
    assert getattr(week.of("ana"), method)(path, **body).status_code == 403
    assert getattr(week.of("x" * 32), method)(path, **body).status_code == 401


@pytest.mark.parametrize(
    "token", ["", "x", "x" * 5_000, "../../etc/passwd", "' OR 1=1 --", "volunteer bob"]
)
def test_forged_tokens_open_nothing(week: Week, token: str) -> None:
    """401, and the refusal repeats nothing of what was sent."""
    for answer in (week.of(token).get("/api/form"), week.of(token).post("/api/form", json={})):
        assert answer.status_code == 401
        assert not token or token not in answer.text or token == "x"
    assert week.planner.get("/api/form").status_code == 403


def test_a_token_is_no_address_and_no_cookie(week: Week) -> None:
    """Only the header counts: no address of ours holds a token, so no log and no referrer does."""
    token = week.tokens["ana"]
    for path in (f"/api/form?token={token}", f"/api/form?X-Shiftplan-Form={token}"):
        assert week.planner.get(path).status_code == 403
    assert week.planner.get("/api/form", headers={"Cookie": f"t={token}"}).status_code == 403
    assert week.planner.get(f"/f/{token}").status_code == 404
    assert week.of("ana").get("/f/").headers["Referrer-Policy"] == "no-referrer"
    assert week.of("ana").get("/api/form").headers["Cache-Control"] == "no-store"


def test_a_revoked_a_replaced_and_an_ended_link_open_nothing(week: Week) -> None:
    """Also for what was typed before: it is refused, and nothing is recorded."""
    sent = week.sending("ana")
    head = week.live.refresh().state.head
    week.planner.post("/api/invitations/take-back", json={"people": ["ana"]})
    assert week.of("ana").post("/api/form", json=sent).status_code == 401
    links = {"people": ["bob"], "until": "2001-01-01T00:00:00Z"}
    (made,) = week.planner.post("/api/invitations", json=links).json()["links"]
    assert week.of("bob").get("/api/form").status_code == 401
    assert week.of(made["link"].rpartition("#")[2]).get("/api/form").status_code == 401
    assert week.live.refresh().state.head == head + 2


def test_answers_for_another_person_are_refused(week: Week) -> None:
    """Ana cannot answer Bob's shift, nor say for whom she answers."""
    sent = week.sending("bob")
    assert week.of("ana").post("/api/form", json=sent).status_code == 409
    as_bob = week.sending("ana") | {"volunteer_id": "bob"}
    assert week.of("ana").post("/api/form", json=as_bob).status_code == 422
    assert week.live.refresh().state.answers == {}


WRONG: list[dict[str, Any]] = [
    {},
    {"form": "short"},
    {"form": "sending-00000001", "note": "x" * 501},
    {"form": "sending-00000001", "note": "a\u0000b"},
    {"form": "sending-00000001", "times": [TUESDAY | {"can": "perhaps"}]},
    {"form": "sending-00000001", "times": [TUESDAY | {"can": True}] * 501},
    {"form": "sending-00000001", "wishes": [{"date": "tomorrow"}]},
    {"form": "sending-00000001", "more": 1},
]


@pytest.mark.parametrize("body", WRONG)
def test_what_no_form_sends_is_refused(week: Week, body: dict[str, Any]) -> None:
    """422 with the place, and nothing is recorded."""
    head = week.live.refresh().state.head
    assert week.of("ana").post("/api/form", json=body).status_code == 422
    assert week.live.refresh().state.head == head


def test_a_body_that_is_too_large_and_another_site_are_refused(week: Week) -> None:
    """413, 415 and 403, as for every route."""
    ana = week.of("ana")
    assert ana.post("/api/form", json={"note": "x" * 1_100_000}).status_code == 413
    assert ana.post("/api/form", content=b"{}").status_code == 415
    assert ana.post("/api/form", json={}, headers={"Origin": "http://x.example"}).status_code == 403
    assert ana.post("/api/form", json={}, headers={"X-Shiftplan": ""}).status_code == 403


def test_too_many_requests_wait(week: Week, monkeypatch: pytest.MonkeyPatch) -> None:
    """One token is slowed down, with the seconds to wait; another person is not."""
    monkeypatch.setattr(week.app.state.inbox._of_token, "_clock", lambda: 0.0)
    ana = week.of("ana")
    answers = [ana.get("/api/form") for _ in range(45)]
    assert [a.status_code for a in answers] == [200] * 40 + [429] * 5
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert week.of("bob").get("/api/form").status_code == 200


def test_guessing_tokens_waits(week: Week, monkeypatch: pytest.MonkeyPatch) -> None:
    """After twenty wrong tokens of one network only now and then another one is looked up."""
    monkeypatch.setattr(week.app.state.inbox._wrong, "_clock", lambda: 0.0)
    codes = [week.of(f"guess-{n}").get("/api/form").status_code for n in range(25)]
    assert codes == [401] * 20 + [429] * 5
    assert week.of("ana").get("/api/form").status_code == 200


@given(st.text(max_size=300), st.text(max_size=40))
def test_hostile_text_is_kept_as_text_or_refused(note: str, colleague: str) -> None:
    """Whatever is written is refused as malformed, or comes back on one line."""
    week = SHARED
    sent = week.sending("ana", form=f"sending-{abs(hash((note, colleague))):016}", note=note)
    sent["answers"][0] |= {"answer": "swap", "colleague": colleague}
    sender = week.of("ana")
    week.app.state.inbox._of_token.forget("volunteer ana")
    done = sender.post("/api/form", json=sent)
    assert done.status_code in (200, 422)
    if done.status_code == 200:
        body = week.collecting.state().forms.hand_ins[done.json()["entry"]].body
        assert "\n" not in body.note + body.swaps[0].colleague


SHARED = Week()
