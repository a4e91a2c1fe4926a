"""What somebody hostile sends: paths, bodies, headers, floods; the app answers and stays."""

from __future__ import annotations

import json
import socket
import threading
import time
from functools import cache
from typing import Any

import httpx2 as httpx
import pytest
from served import client, served
from test_roles import ROUTES, As, asked, busy
from told_by_page import drafted

from shiftplan import web
from shiftplan.web.guard import MOST_BYTES
from shiftplan.web.mounting import PAGE
from shiftplan.web.routes import news
from shiftplan.web.visitor import Visitor

UNSAFE = [route for route in ROUTES if not route.startswith("GET")]
TAKING = [route for route in UNSAFE if route.startswith(("POST", "PUT"))]
OWN = {"X-Shiftplan": "1"}


@cache
def app() -> Any:
    """The app of a week, for somebody of the province."""
    return web.app(busy(), sign_in=As(Visitor(role="province", who="lan")))


@pytest.mark.parametrize("route", UNSAFE)
def test_no_other_site_changes_anything(route: str) -> None:
    """All routes that change something refuse what forms and scripts of other sites can send."""
    method, path = asked(route)
    plain = httpx.Headers({"content-type": "text/plain"})
    before = busy().entries
    bare = client(app())
    del bare.headers["X-Shiftplan"]

    assert bare.request(method, path, content=b"{}", headers=plain).status_code == 403
    assert bare.request(method, path, json={}).status_code == 403
    for site in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert client(app()).request(method, path, json={}, headers=site).status_code == 403
    assert client(app()).request(method, path, content=b"{}", headers=plain).status_code == 415
    override = {"X-HTTP-Method-Override": method, "X-Method-Override": method}
    assert bare.get(path, headers=override).status_code in (200, 403, 404, 405, 409, 422)
    assert busy().entries == before


@pytest.mark.parametrize(
    "path",
    [
        "/../mounting.py", "/..%2fmounting.py", "/%2e%2e/mounting.py", "/%2e%2e%2fmounting.py",
        "/..%5cmounting.py", "/....//mounting.py", "/style/../../mounting.py", "/C:%5cwin.ini",
        "/style/%2e%2e/%2e%2e/mounting.py", "//etc/passwd", "/%2fetc/passwd", "/etc/passwd",
        "/..%c0%afmounting.py", "/app.js%00.html", "/%00", "/style/", "/vendor/", "/views", "/.",
        "/..", "/app.js/", "/app.js/x", "/%252e%252e/mounting.py", "/\\\\server\\share",
        "/" + "a" * 5_000, "/" + "../" * 500 + "etc/passwd", "/＠", "/index.html%0d%0aX-Evil:%201",
    ],
)  # fmt: skip
def test_paths_lead_nowhere_else(path: str) -> None:
    """Only files of the page are served, and no folder is listed."""
    with served(app()) as url:
        place = httpx.URL(url)
        with socket.create_connection((place.host, place.port or 0)) as wire:
            told = f"GET {path} HTTP/1.1\r\nhost: {url[7:]}\r\nconnection: close\r\n\r\n"
            wire.sendall(told.encode())
            answer = b"".join(iter(lambda: wire.recv(65_536), b""))

    head, _, body = answer.partition(b"\r\n\r\n")
    status, own = int(head.split()[1]), f"location: {url}/".encode()
    assert status in (400, 404) or own in head or body in PAGES, head
    assert b"root:" not in body
    assert b"def app(" not in body
    assert b"\nx-evil" not in head.lower()


PAGES = [(PAGE / name).read_bytes() for name in ("index.html", "app.js")]
DEEP = 100_000
BOMBS: dict[str, bytes] = {
    "deep lists": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "deep and open": b"[" * (MOST_BYTES - 1),
    "deep in a field": b'{"name": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    "many digits": b'{"version": ' + b"9" * 100_000 + b"}",
    "a large power": b'{"version": 1e999999999}',
    "not a number": b'{"version": NaN, "head": Infinity}',
    "a key twice": b'{"name": "a", "name": "b", "password": "x"}',
    "many keys": json.dumps({f"k{n}": n for n in range(5_000)}).encode(),
    "many rows": json.dumps({"changes": [{}] * 6_000, "absences": [{}] * 6_000}).encode(),
    "half a sign": b'{"name": "\\ud800", "password": "\\udfff"}',
    "no UTF-8": b'{"name": "\xff\xfe", "password": "\xc3\x28"}',
    "UTF-16": '{"name": "a", "password": "b"}'.encode("utf-16"),
    "a mark before": b"\xef\xbb\xbf{}",
    "signs that control": b'{"name": "a\\u0000b\\u001b[2J\\r\\nX: y", "password": "\\u0000"}',
    "a long text": json.dumps({"name": "x" * 900_000, "password": "y" * 90_000}).encode(),
    "nothing": b"", "null": b"null", "a text": b'"x"', "a number": b"7", "a list": b"[]",
    "a class": b'{"__class__": "x", "__proto__": {}, "constructor": {"prototype": {}}}',
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_bodies_that_are_bombs(bomb: str) -> None:
    """Each route refuses them, in a short answer, or takes them for what they are."""
    sender = client(app())
    for route in TAKING:
        method, path = asked(route)
        answer = sender.request(
            method, path, content=BOMBS[bomb], headers={"content-type": "application/json"}
        )
        assert answer.status_code < 500, (route, answer.text)
        assert answer.status_code >= 400 or bomb == "a mark before" or route == "POST /api/files"
        assert len(answer.content) < 50_000, route


INJECTED = "%0d%0aSet-Cookie:%20a=b%0d%0a%0d%0a<script>alert(1)</script>"


@pytest.mark.parametrize("route", [r for r in ROUTES if r != "GET /api/news"])
def test_nothing_that_is_asked_becomes_a_header_or_a_page(route: str) -> None:
    """Whatever stands in a query: the answer is JSON or a file to keep, never a page."""
    method, path = asked(route)
    for query in (f"?lang={INJECTED}", f"?{INJECTED}=1", f"?shift={INJECTED}&person={INJECTED}"):
        answer = client(app()).request(method, path + query)
        assert "set-cookie" not in answer.headers or method == "DELETE"
        kind = answer.headers.get("content-type", "application/json")
        assert kind in ("application/json", "application/zip"), kind
        if kind == "application/zip":
            assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.status_code < 500


def test_streams_of_a_visitor_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many pages of one visitor the last are refused; one that is closed makes room."""
    monkeypatch.setattr(news, "MOST_EACH", 2)
    asked_by = {
        "lan": Visitor(role="province", who="lan"),
        "mai": Visitor(role="province", who="mai"),
    }
    live = drafted()
    made = web.app(live, sign_in=lambda request: asked_by[request.headers["who"]])
    with served(made) as url, httpx.Client(base_url=url, headers=OWN) as sender:

        def listen(who: str) -> Any:
            return sender.stream("GET", "/api/news", headers={"who": who})

        with listen("lan") as first, listen("lan") as second:
            assert [first.status_code, second.status_code] == [200, 200]
            with listen("lan") as third:
                assert (third.status_code, third.headers["retry-after"]) == (429, "10")
            with listen("mai") as other:
                assert other.status_code == 200
        deadline = time.monotonic() + 5
        status = 0
        while status != 200 and time.monotonic() < deadline:
            with listen("lan") as again:
                status = again.status_code
        assert status == 200
        made.state.close()


def test_a_page_that_does_not_read_holds_nobody_up() -> None:
    """News that nobody reads are dropped, and the page is told to load everything anew."""
    live = drafted()
    made = web.app(live)
    with served(made) as url:
        place = httpx.URL(url)
        with socket.create_connection((place.host, place.port or 0)) as idle:
            idle.sendall(f"GET /api/news HTTP/1.1\r\nhost: {place.host}\r\n\r\n".encode())
            assert b"200" in idle.recv(20)
            for n in range(5_000):
                made.state.desk.news.tell("progress", {"text": "x" * 1_000, "n": n})
            with httpx.Client(base_url=url) as other:
                assert other.get("/api/draft").status_code == 200
            (queue,) = made.state.desk.news._queues
            assert queue.qsize() <= queue.maxsize
        made.state.close()


def test_half_a_request_holds_nobody_up() -> None:
    """Connections that send half a head, half a body or nothing are beside those that ask."""
    with served(app()) as url:
        place = httpx.URL(url)
        at = (place.host, place.port or 0)
        wires = [socket.create_connection(at) for _ in range(60)]
        for n, wire in enumerate(wires):
            half = f"POST /api/session HTTP/1.1\r\nhost: {place.host}\r\nX-Shiftplan: 1\r\n"
            wire.sendall([half, half + "content-length: 9\r\n\r\n{", ""][n % 3].encode())
        found = [httpx.get(f"{url}/api/draft").status_code for _ in range(3)]
        for wire in wires:
            wire.close()

    assert found == [200, 200, 200]


def test_many_at_once_get_the_same() -> None:
    """Eight threads that read while the week is read again: no answer is broken or mixed."""
    sender = client(app())
    known = {path: sender.get(path).content for path in ("/api/week", "/api/draft", "/api/status")}
    wrong: list[str] = []

    def read() -> None:
        own = client(app())
        for path, content in known.items():
            if own.get(path).content != content:
                wrong.append(path)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
