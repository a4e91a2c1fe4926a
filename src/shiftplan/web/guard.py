"""What stands between browsers and routes: who may ask, how much, and what a page may do.

Request -> its host, origin, type and size are checked -> routes -> headers of security.

It neither sets nor reads cookies, and keeps the headers that a route sets.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Mapping, MutableMapping
from contextlib import suppress
from ipaddress import ip_address
from types import MappingProxyType
from typing import Any

from fastapi import HTTPException, Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shiftplan.web.refusals import asked_lang, refusal_answer
from shiftplan.web.visitor import SignIn

MOST_BYTES = 1_000_000
"""Most bytes of a body, such as the moves of all people of a province."""
MOST_OF_UNKNOWN = 100_000
"""Most bytes of a body from somebody unknown, such as a form that a person hands in."""
BODY_SECONDS = 30.0
"""Seconds within which a body must arrive."""
_MOST_DIGITS = 18
"""Digits of a length; the server lets only digits through."""
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\s:/@#?\[\]]+)(?::[0-9]+)?")
"""A name or an address, and perhaps a port."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = "x-shiftplan"
"""Header of all requests of our page: another site cannot send it without being asked first."""
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types lit-html",
    )
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""Headers of every answer, unless a route sets its own."""


class Guard:
    """Refuses what no page of ours sends, and adds headers of security to all answers.

    Parameters
    ----------
    app
        What it stands before.
    hosts
        Names under which the app is reached, besides addresses and `localhost`; None checks none,
        as where the app that this one is mounted in does so.
    uploads
        Path below the app -> most bytes of a body, which may be of any type, from somebody whom
        `sign_in` knows. Other bodies are JSON of at most `MOST_BYTES`.
    sign_in
        Finds who sends a large body, before it is read.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: Collection[str] | None = None,
        uploads: Mapping[str, int] = MappingProxyType({}),
        sign_in: SignIn = lambda _: None,
    ) -> None:
        self._app = app
        self._hosts = None if hosts is None else {host.casefold() for host in hosts}
        self._uploads, self._sign_in = uploads, sign_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        state = {"started": False}

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                state["started"] = True
                _add_headers(message, path)
            await send(message)

        refusal = self._refusal(request, path)
        if refusal is None and request.method not in _SAFE:
            body = await self._body(request, path, receive)
            if isinstance(body, bytes):
                receive = _again(body, receive)
            else:
                refusal = body
        try:
            if refusal is not None:
                answer = refusal_answer(*refusal, asked_lang(request))
                await answer(scope, receive, guarded)
            else:
                await self._app(scope, receive, guarded)
        except Exception:
            if not state["started"]:
                answer = refusal_answer(500, "web.refused_broken", asked_lang(request))
                await answer(scope, receive, guarded)
            raise

    def _refusal(self, request: Request, path: str) -> tuple[int, str] | None:
        """Status and code of why a request goes no further."""
        headers = request.headers
        host = headers.get("host", "")
        if self._hosts is not None and not _is_ours(host, self._hosts):
            return 421, "web.refused_host"
        is_unsafe = request.method not in _SAFE
        site = headers.get("sec-fetch-site")
        if site not in (None, "same-origin", "none") and (is_unsafe or path.startswith("/api/")):
            return 403, "web.refused_site"
        if is_unsafe:
            origin = headers.get("origin")
            if origin is not None and not _same(origin, host):
                return 403, "web.refused_site"
            if headers.get(_OWN) != "1":
                return 403, "web.refused_header"
        return None

    async def _body(self, request: Request, path: str, receive: Receive) -> bytes | tuple[int, str]:
        """All of a body, or why it is refused; of somebody unknown it is a small one."""
        is_upload = path in self._uploads
        most = self._uploads.get(path, MOST_BYTES)
        told = request.headers.get("content-length", "")
        if len(told) > _MOST_DIGITS or (told and int(told) > most):
            return 413, "web.refused_size"
        if (is_upload or not told or int(told) > MOST_OF_UNKNOWN) and not await self._knows(
            request
        ):
            if is_upload:
                return 401, "web.refused_unknown"
            most = MOST_OF_UNKNOWN
        body = await _whole(receive, most)
        if body and isinstance(body, bytes) and not is_upload and not _is_json(request):
            return 415, "web.refused_type"
        return body

    async def _knows(self, request: Request) -> bool:
        with suppress(HTTPException):
            return await asyncio.to_thread(self._sign_in, request) is not None
        return False


def _is_ours(host: str, names: Collection[str]) -> bool:
    """Whether a host is an address, or one of the names.

    A site whose name is made to point to this computer (DNS rebinding) still sends that name.
    """
    told = _HOST.fullmatch(host)
    if told is None:
        return False
    name = told[1].casefold()
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return name == "localhost" or name in names
    return True


def _same(origin: str, host: str) -> bool:
    """Whether an origin, such as `http://127.0.0.1:8710`, is the host that was asked."""
    return origin.partition("://")[2].casefold() == host.casefold()


def _is_json(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/json"


async def _whole(receive: Receive, most: int) -> bytes | tuple[int, str]:
    """All of a body, or why it is refused."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                body += message.get("body", b"")
                if len(body) > most:
                    return 413, "web.refused_size"
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        return 408, "web.refused_slow"


def _again(body: bytes, receive: Receive) -> Receive:
    """What gives a body that was read, and then what comes after it."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def first() -> MutableMapping[str, Any]:
        return waiting.pop() if waiting else await receive()

    return first


def _add_headers(message: Message, path: str) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", "no-store" if path.startswith("/api/") else "no-cache")
