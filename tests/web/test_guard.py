"""The guard lets in what our page sends, refuses everything else, and adds its headers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response
from served import client
from starlette.testclient import TestClient

from shiftplan.web import guard
from shiftplan.web.guard import HEADERS, Guard
from shiftplan.web.refusals import refused, say_refusals
from shiftplan.web.visitor import Visitor

JSON = {"content-type": "application/json"}
BROWSER = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}


def guarded(**options: Any) -> FastAPI:
    """An app of one route for each kind of request, behind a guard."""
    made = FastAPI(openapi_url=None)
    made.add_middleware(Guard, **options)
    say_refusals(made)

    @made.get("/api/look")
    @made.get("/look")
    def look() -> str:
        return "seen"

    @made.api_route("/api/do", methods=["POST", "PUT", "PATCH", "DELETE"])
    async def do(request: Request) -> int:
        return len(await request.body())

    @made.post("/api/up")
    async def up(request: Request) -> int:
        return len(await request.body())

    @made.get("/api/framed")
    def framed() -> Response:
        return Response("x", headers={"X-Frame-Options": "SAMEORIGIN", "Cache-Control": "private"})

    @made.get("/api/broken")
    def broken() -> None:
        raise RuntimeError("secret of the inside")

    return made


APP = guarded()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),  # no browser: it has the header, and knows nothing of sites
        (BROWSER, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),  # another port of this computer
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://testserver:81"}, 403),
        ({"origin": "http://testserver.evil.example"}, 403),
        ({"origin": "http://evil.example/http://testserver"}, 403),
        ({"X-Shiftplan": "0"}, 403),
        ({"X-Shiftplan": ""}, 403),
    ],
)
def test_only_our_page_changes_anything(method: str, headers: dict[str, str], status: int) -> None:
    """Another site may send forms, but neither our header nor our origin."""
    answer = client(APP).request(method, "/api/do", headers=headers)

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("headers", "code", "named"),
    [
        ({"X-Shiftplan": ""}, "web.refused_header", "X-Shiftplan: 1"),
        ({"content-type": "text/plain"}, "web.refused_type", "application/json"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_what_is_missing_is_named(
    headers: dict[str, str], code: str, named: str, lang: str
) -> None:
    """A program learns which header it has to send."""
    answer = client(APP).post("/api/do", params={"lang": lang}, content=b"{}", headers=headers)

    (fault,) = answer.json()["faults"]
    assert fault["code"] == code
    assert named in fault["text"]


def test_another_site_is_told_from_a_missing_header() -> None:
    """Both are refused; only a program can mend the second."""
    answer = client(APP).post("/api/do", content=b"{}", headers={"origin": "null"})

    assert [fault["code"] for fault in answer.json()["faults"]] == ["web.refused_site"]


@pytest.mark.parametrize(
    ("path", "site", "status"),
    [
        ("/api/look", None, 200),
        ("/api/look", "same-origin", 200),
        ("/api/look", "none", 200),
        ("/api/look", "same-site", 403),
        ("/api/look", "cross-site", 403),
        ("/look", "cross-site", 200),  # a link to the page itself
    ],
)
def test_other_sites_read_nothing(path: str, site: str | None, status: int) -> None:
    """They may link to the page; what it asks for is not theirs, not even as a picture."""
    headers = {} if site is None else {"sec-fetch-site": site}

    assert client(APP).get(path, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("127.0.0.1", True), ("127.0.0.1:8710", True), ("localhost:8710", True),
        ("LOCALHOST", True), ("[::1]:8710", True), ("192.168.1.20:8710", True),
        ("plans.example", True), ("plans.example:443", True), ("PLANS.example", True),
        ("evil.example", False), ("evil.example:8710", False), ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False), ("evil.example@127.0.0.1.", False),
        ("xplans.example", False), ("plans.example.", False), ("", False), ("[::1", False),
        ("evil.example#127.0.0.1", False), ("evil.example/127.0.0.1", False),
    ],
)  # fmt: skip
def test_only_names_of_ours_are_answered(host: str, is_ours: bool) -> None:
    """A name of somebody else that leads to this computer is refused, whatever is asked."""
    sender = client(guarded(hosts=["plans.example"]))

    for path in ("/look", "/api/look", "/nothing"):
        answer = sender.get(path, headers={"host": host})
        assert (answer.status_code != 421) is is_ours
        assert "seen" not in answer.text or is_ours


def test_without_names_every_host_is_answered() -> None:
    """Where the app is mounted, the one around it checks."""
    assert client(APP).get("/look", headers={"host": "any.example"}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (JSON, 200),
        ({"content-type": "application/json; charset=utf-8"}, 200),
        ({"content-type": "APPLICATION/JSON"}, 200),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"content-type": "multipart/form-data; boundary=x"}, 415),
        ({"content-type": "application/jsonx"}, 415),
        ({}, 415),
    ],
)
def test_bodies_are_json(headers: dict[str, str], status: int) -> None:
    """Forms and plain text are what other sites can send without being asked."""
    answer = client(APP).post("/api/do", content=b"{}", headers=headers)

    assert answer.status_code == status


def test_bodies_have_a_size() -> None:
    """The largest one is taken; one byte more is refused, whether its length is told or not.

    It is a smaller one for somebody unknown.
    """

    def parts(size: int) -> Iterator[bytes]:
        yield b"x" * (size // 2)
        yield b"x" * (size - size // 2)

    def broken(_: Request) -> Visitor:
        raise refused(401, "web.refused_unknown")

    known = guarded(sign_in=lambda _: Visitor(role="volunteer"))
    limits = [(known, guard.MOST_BYTES), (APP, guard.MOST_OF_UNKNOWN)]
    limits.append((guarded(sign_in=broken), guard.MOST_OF_UNKNOWN))
    for app, most in limits:
        for make in (lambda n: b"x" * n, parts):
            sent = [
                client(app).post("/api/do", content=make(most + more), headers=JSON)
                for more in (0, 1)
            ]
            assert [answer.status_code for answer in sent] == [200, 413]
            assert sent[0].json() == most


@pytest.mark.parametrize("length", ["9" * 5_000, "9" * 19, "1000001"])
def test_a_length_that_is_told_is_enough(length: str) -> None:
    """Nothing of it is read, and no number is too long to be looked at."""
    headers = {**JSON, "content-length": length}

    assert client(APP).post("/api/do", content=b"{}", headers=headers).status_code == 413


@pytest.mark.parametrize(
    ("role", "size", "status"),
    [("province", 2_000_000, 200), ("province", 2_000_001, 413), (None, 9, 401)],
)
def test_uploads_are_larger_and_of_any_type(role: Any, size: int, status: int) -> None:
    """From somebody known only, who is asked for before anything is read."""
    visitor = None if role is None else Visitor(role=role)
    app = guarded(uploads={"/api/up": 2_000_000}, sign_in=lambda _: visitor)

    answer = client(app).post("/api/up", content=b"x" * size, headers={"content-type": "a/b"})

    assert answer.status_code == status


def test_slow_bodies_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sends a byte now and then holds nobody up: the answer comes after the time."""
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.02)
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.005)
        return {"type": "http.request", "body": b" ", "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", b"testserver"), (b"x-shiftplan", b"1")]
    scope = {"type": "http", "method": "POST", "path": "/api/do", "headers": headers}
    scope |= {"query_string": b"", "scheme": "http", "server": ("testserver", 80)}
    asyncio.run(Guard(APP)(scope, receive, send))

    assert sent[0]["status"] == 408


def test_every_answer_has_the_headers() -> None:
    """Answers, refusals, what is not there, and what breaks; none names the server."""
    sender = TestClient(APP, raise_server_exceptions=False, headers={"X-Shiftplan": "1"})
    answers = [sender.get(path) for path in ("/look", "/api/look", "/nothing", "/api/broken")]
    answers.append(sender.post("/api/do", headers={"origin": "null"}))

    assert [answer.status_code for answer in answers] == [200, 200, 404, 500, 403]
    for answer in answers:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "server" not in answer.headers
    stored = [answer.headers["cache-control"] for answer in answers]
    assert stored == ["no-cache", "no-store", "no-cache", "no-store", "no-store"]


def test_what_breaks_says_nothing_of_the_inside() -> None:
    """No trace and no message of the error, in the language asked for; it is raised further."""
    with pytest.raises(RuntimeError):
        client(APP).get("/api/broken")
    answer = TestClient(APP, raise_server_exceptions=False).get("/api/broken?lang=vi")

    (fault,) = answer.json()["faults"]
    assert fault["code"] == "web.refused_broken"
    assert "lỗi ngoài dự kiến" in fault["text"]
    assert "secret" not in answer.text


def test_headers_of_a_route_stay() -> None:
    """A route, or the app around, may know better."""
    answer = client(APP).get("/api/framed")

    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert answer.headers["cache-control"] == "private"


def test_a_mounted_guard_sees_paths_below_it() -> None:
    """`/week/api/...` is `/api/...` of the app mounted at `/week`; others are not touched."""
    outer = FastAPI(openapi_url=None)
    outer.get("/own")(lambda: "theirs")
    outer.mount("/week", APP)
    sender = client(outer)

    assert sender.get("/week/api/look").headers["cache-control"] == "no-store"
    assert sender.get("/week/api/look", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert "content-security-policy" not in sender.get("/own").headers
