"""People come in by an address with a token, or by name and password, and by nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from served import DATA, client

from shiftplan import open_week, web
from shiftplan.record import LiveWeek
from shiftplan.web import sign_in
from shiftplan.web.sign_in import IDLE_SECONDS, Doors

PASSWORD = "đúng rồi đó nha"
URL = "http://testserver"


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that tests set, and a hash that takes no time."""
    monkeypatch.setattr(sign_in, "_SCRYPT", {"n": 2, "r": 1, "p": 1})
    return [0.0]


@pytest.fixture(scope="module")
def week() -> LiveWeek:
    return LiveWeek(open_week(DATA / "commune").files)


def house(week: LiveWeek, now: list[float], password: str | None = None) -> tuple[Doors, Any]:
    """Doors with a clock of the test, and the app behind them."""
    doors = Doors("lan", password, cookie="here", clock=lambda: now[0])
    return doors, web.app(week, sign_in=doors)


def is_in(sender: Any) -> bool:
    """Whether somebody sees the week."""
    status = sender.get("/api/week").status_code
    assert status in (200, 401)
    return bool(status == 200)


def come_in(sender: Any, name: str, password: str) -> Any:
    return sender.post("/api/session", json={"name": name, "password": password})


def test_an_address_lets_in(week: LiveWeek, now: list[float]) -> None:
    """Often, from several browsers; the page goes on without the token; scripts see no cookie."""
    doors, app = house(week, now)
    address = doors.address(URL)
    for _ in range(2):
        sender = client(app)
        assert not is_in(sender)
        answer = sender.get(address)
        assert is_in(sender)
        assert 'content="0;url=./"' in answer.text
        cookie = answer.headers["set-cookie"]
        assert re.fullmatch(r"here=[\w-]{43}; HttpOnly; Path=/; SameSite=strict", cookie), cookie
        assert address.partition("token=")[2] not in answer.text + str(answer.headers)


def test_an_address_names_the_language(week: LiveWeek, now: list[float]) -> None:
    """The page goes on in it; an unsupported one is refused."""
    doors, app = house(week, now)
    address = doors.address(URL, lang="vi")
    assert 'content="0;url=./?lang=vi"' in client(app).get(address).text
    assert client(app).get(address.replace("vi", "<b>")).status_code == 422
    assert house(week, now, PASSWORD)[0].address(URL, lang="vi") == f"{URL}/?lang=vi"


def test_an_address_for_one_use_ends(week: LiveWeek, now: list[float]) -> None:
    """It lets in once, and within a minute."""
    doors, app = house(week, now)
    once, late = (doors.address(URL, once=True) for _ in range(2))
    first, second, third = (client(app) for _ in range(3))
    for sender in (first, second):
        sender.get(once)
    now[0] = 61
    third.get(late)

    assert [is_in(sender) for sender in (first, second, third)] == [True, False, False]


def test_addresses_that_nobody_used_are_forgotten(week: LiveWeek, now: list[float]) -> None:
    """An app that makes one for each visit keeps those of the last minute."""
    doors, _ = house(week, now)
    doors.address(URL)
    for second in range(100):
        now[0] = second * 10
        doors.address(URL, once=True)

    assert len(doors._tokens) == 1 + 7


CHANGES: tuple[Callable[[str], str], ...] = (
    lambda token: token[:-1],
    lambda token: token + "A",
    lambda token: token.swapcase(),
    lambda token: "",
    lambda token: "%00",
    lambda token: "a" * 5000,
)


@pytest.mark.parametrize("change", CHANGES)
def test_forged_and_old_addresses_let_nobody_in(
    week: LiveWeek, now: list[float], change: Any
) -> None:
    """Neither do those of the server before."""
    doors, app = house(week, now)
    old = house(week, now)[0].address(URL)
    token = doors.address(URL).partition("token=")[2]
    sender = client(app)
    for address in (f"/start?token={change(token)}", old, "/start"):
        answer = sender.get(address)
        assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)

    assert not is_in(sender)


@pytest.mark.parametrize("cookie", ["", "x", "A" * 43, '"', "\xff", "a=b", "\ud800", "../../x"])
def test_forged_cookies_let_nobody_in(week: LiveWeek, now: list[float], cookie: str) -> None:
    """Whatever stands in it."""
    _, app = house(week, now)
    value = f"here={cookie}".encode("utf-8", "surrogatepass")

    assert client(app).get("/api/week", headers=[(b"cookie", value)]).status_code == 401


def test_a_cookie_that_somebody_gave_is_not_taken_over(week: LiveWeek, now: list[float]) -> None:
    """Whoever makes a browser send a known cookie does not know the one it gets (fixation)."""
    doors, app = house(week, now)
    sender, thief = client(app), client(app)
    sender.cookies.set("here", "known")
    thief.cookies.set("here", "known")
    sender.get(doors.address(URL))

    assert not is_in(thief)


def test_name_and_password_let_in(week: LiveWeek, now: list[float]) -> None:
    """Accents however they are typed; a wrong password does not; the name goes to the record."""
    doors, app = house(week, now, PASSWORD)
    sender = client(app)
    assert doors.address(URL) == f"{URL}/"
    assert sender.get("/api/session").json() == {"who": None, "by": "password"}
    wrong = ["", PASSWORD[:-1], PASSWORD + " ", PASSWORD.upper()]
    assert [come_in(sender, "Mai", p).status_code for p in wrong] == [401] * 4
    assert not is_in(sender)

    answer = come_in(sender, " Mai\u202e\nPhạm ", unicodedata.normalize("NFD", PASSWORD))

    assert answer.status_code == 204
    assert sender.get("/api/session").json() == {"who": "Mai Phạm", "by": "password"}
    assert sender.put("/api/session", json={"name": "Trần Mai"}).status_code == 204
    assert sender.get("/api/week").json()["visitor"]["who"] == "Trần Mai"


def test_signing_out_ends_the_session(week: LiveWeek, now: list[float]) -> None:
    """Also for whoever copied the cookie."""
    _, app = house(week, now, PASSWORD)
    sender, copy = client(app), client(app)
    come_in(sender, "Mai", PASSWORD)
    copy.cookies.set("here", sender.cookies["here"])
    assert is_in(copy)

    assert sender.delete("/api/session").status_code == 204

    assert not is_in(sender)
    assert not is_in(copy)


def test_a_session_that_nobody_uses_ends(week: LiveWeek, now: list[float]) -> None:
    """One that is used goes on."""
    _, app = house(week, now, PASSWORD)
    sender = client(app)
    come_in(sender, "Mai", PASSWORD)
    seen = []
    for pause in (IDLE_SECONDS, IDLE_SECONDS, IDLE_SECONDS + 1):
        now[0] += pause
        seen.append(is_in(sender))

    assert seen == [True, True, False]


def test_passwords_cannot_be_tried_out(week: LiveWeek, now: list[float]) -> None:
    """After five tries one in 12 s, and the right one must wait as well; others are not held up."""
    _, app = house(week, now, PASSWORD)
    sender = client(app)
    statuses = [come_in(sender, "x", f"{n}").status_code for n in range(20)]
    assert statuses == [401] * 5 + [429] * 15
    late = come_in(sender, "x", PASSWORD)
    assert (late.status_code, late.headers["retry-after"]) == (429, "12")
    assert "12 s" in late.json()["faults"][0]["text"]
    other = type(sender)(app, headers={"X-Shiftplan": "1"}, client=("10.0.0.2", 1))
    elsewhere = come_in(other, "x", PASSWORD)
    assert elsewhere.status_code == 204
    tried = 0
    for _ in range(600):
        now[0] += 1
        tried += come_in(sender, "x", "no").status_code == 401
    assert tried == 600 / 12
    now[0] += 12

    assert come_in(sender, "x", PASSWORD).status_code == 204


def test_sessions_do_not_fill_the_memory(
    week: LiveWeek, now: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that was used longest ago ends."""
    monkeypatch.setattr(sign_in, "_MOST_SESSIONS", 3)
    doors, app = house(week, now)
    address = doors.address(URL)
    senders = [client(app) for _ in range(4)]
    for sender in senders[:3]:
        sender.get(address)
    assert is_in(senders[0])  # now the second was used longest ago
    senders[3].get(address)

    assert [is_in(sender) for sender in senders] == [True, False, True, True]


def test_blank_names_are_refused(week: LiveWeek, now: list[float]) -> None:
    """What the record says must be somebody; long names are cut."""
    _, app = house(week, now, PASSWORD)
    sender = client(app)
    assert come_in(sender, "\u200b", PASSWORD).status_code == 422
    assert come_in(sender, "M" * 500, PASSWORD).status_code == 204
    assert sender.get("/api/session").json()["who"] == "M" * 80
    for name in ("", "  ", "\u2028", "a\x00b", None, 7):
        assert sender.put("/api/session", json={"name": name}).status_code == 422


def test_secrets_are_kept_as_digests(week: LiveWeek, now: list[float]) -> None:
    """Whoever sees the memory of the doors sees no password, token or cookie."""
    doors, app = house(week, now, PASSWORD)
    sender = client(app)
    come_in(sender, "Mai", PASSWORD)
    kept = repr(vars(doors))

    assert PASSWORD not in kept
    assert sender.cookies["here"] not in kept
    assert house(week, now)[0].address(URL).partition("=")[2] not in kept


def test_other_apps_sign_in_by_themselves(week: LiveWeek) -> None:
    """No address and no password of ours lets anybody in where an app has its own sign-in."""
    sender = client(web.app(week, sign_in=lambda _: None))

    assert sender.get("/api/session").json() == {"who": None, "by": "app"}
    assert come_in(sender, "x", PASSWORD).status_code == 405
    assert sender.get("/start?token=x").status_code == 404
