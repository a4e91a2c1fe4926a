"""Who may come in: by the address that the command printed, or by name and password.

Token, or name and password -> a session, kept in memory -> `Visitor`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlencode

from fastapi import Request, Response

from shiftplan.present.words import USUAL_LANG, Lang
from shiftplan.web.pace import Pace, network_of
from shiftplan.web.refusals import refused
from shiftplan.web.visitor import Visitor
from shiftplan.week.fields import one_line

SHORTEST = 10
"""Characters of a password at least."""
LONGEST_NAME = 80
"""Characters of the name of who signs in."""
IDLE_SECONDS = 12 * 3600
"""Seconds after which a session that nobody used ends."""
START = "/start"
"""Path of addresses with a token."""
_ONCE_SECONDS = 60
"""Seconds in which an address for one use can be used."""
_TRIES, _PAUSE = 5, 12.0
"""Wrong passwords from one network at once, and seconds for each one more."""
_MOST_SESSIONS = 1_000
"""Sessions at once; the one that was used longest ago ends first."""
_SCRYPT = {"n": 2**14, "r": 8, "p": 1}


@dataclass(frozen=True)
class _Session:
    who: str
    used: float


class Doors:
    """Finds who sends a request, by a cookie that it gave to who came in.

    With a password people sign in by name and password, else by an address with a token. Sessions
    end with the process, or after `IDLE_SECONDS` without a request.

    Parameters
    ----------
    who
        What the record calls those who come by an address, until they give their name.
    password
        The password; None to let in by addresses alone.
    cookie
        Name of the cookie, different for each server on a computer, since cookies ignore ports.
    """

    def __init__(
        self,
        who: str = "",
        password: str | None = None,
        *,
        cookie: str = "shiftplan",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.who, self.cookie = who, cookie
        self.landing = ""
        """Where people come in, below the address; empty for its first page."""
        self._clock = clock
        self._salt = secrets.token_bytes(16)
        self._hash = None if password is None else self._hashed(password)
        self._tokens: dict[bytes, float | None] = {}
        self._sessions: dict[bytes, _Session] = {}
        self._pace = Pace(_TRIES, _PAUSE, clock)
        self._lock, self._one = threading.Lock(), threading.Lock()

    @property
    def by(self) -> Literal["address", "password"]:
        """How people come in."""
        return "address" if self._hash is None else "password"

    def address(self, url: str, *, lang: Lang = USUAL_LANG, once: bool = False) -> str:
        """Make the address by which people come in; one for one use ends after a minute.

        The command line of a browser, which others may see, gets one for one use. With a password
        it has no token. `lang`: language of those who have chosen none; the usual one leaves it to
        their browser.
        """
        in_lang = {} if lang == USUAL_LANG else {"lang": lang}
        if self._hash is not None:
            return f"{url}/{self.landing}?{urlencode(in_lang)}".rstrip("?")
        token = secrets.token_urlsafe(32)
        with self._lock:
            now, known = self._clock(), self._tokens.items()
            self._tokens = {key: end for key, end in known if end is None or end >= now}
            self._tokens[_digest(token)] = now + _ONCE_SECONDS if once else None
        return f"{url}{START}?{urlencode({'token': token, **in_lang})}"

    def __call__(self, request: Request) -> Visitor | None:
        """Find who sends a request; None for somebody unknown."""
        key = self._key(request)
        with self._lock:
            session = self._sessions.pop(key, None)
            now = self._clock()
            if session is None or now - session.used > IDLE_SECONDS:
                return None
            self._sessions[key] = replace(session, used=now)  # the newest stand last
        return Visitor(role="province", who=session.who)

    def enter(self, request: Request, response: Response, token: str) -> bool:
        """Let somebody in who has a token of ours; False for any other token."""
        digest = _digest(token)
        with self._lock:
            if digest not in self._tokens:
                return False
            until = self._tokens[digest]
            if until is not None:
                del self._tokens[digest]
        if until is not None and until < self._clock():
            return False
        if self(request) is None:  # else it is the address once more
            self._begin(request, response, self.who)
        return True

    def sign_in(self, request: Request, response: Response, name: str, password: str) -> None:
        """Let somebody in by name and password; 401 for a wrong one, 429 after too many."""
        if self._hash is None:
            raise refused(401, "web.refused_unknown")
        network = network_of(request)
        if wait := self._pace.wait(network):
            raise refused(429, "web.refused_often", wait=wait, seconds=max(1, round(wait)))
        with self._one:  # a flood of tries takes one processor at most
            right = hmac.compare_digest(self._hashed(password), self._hash)
        if not right:
            raise refused(401, "web.refused_password")
        self._pace.forget(network)
        self._begin(request, response, _named(name))

    def rename(self, request: Request, name: str) -> None:
        """Change the name of whoever sends a request."""
        key, name = self._key(request), _named(name)
        with self._lock:
            if key not in self._sessions:  # it has just ended
                raise refused(401, "web.refused_unknown")
            self._sessions[key] = replace(self._sessions[key], who=name)

    def leave(self, request: Request, response: Response) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(self._key(request), None)
        response.delete_cookie(self.cookie, httponly=True, samesite="strict")

    def _begin(self, request: Request, response: Response, who: str) -> None:
        """Begin a session under a new secret: one that somebody else gave is never taken over."""
        secret = secrets.token_urlsafe(32)
        with self._lock:
            self._sessions.pop(self._key(request), None)
            self._sessions[_digest(secret)] = _Session(who, self._clock())
            if len(self._sessions) > _MOST_SESSIONS:
                del self._sessions[next(iter(self._sessions))]
        is_secure = request.url.scheme == "https"
        response.set_cookie(self.cookie, secret, httponly=True, samesite="strict", secure=is_secure)

    def _key(self, request: Request) -> bytes:
        return _digest(request.cookies.get(self.cookie, ""))

    def _hashed(self, password: str) -> bytes:
        password = unicodedata.normalize("NFC", password)  # keyboards differ
        return hashlib.scrypt(password.encode(), salt=self._salt, **_SCRYPT)


def _digest(secret: str) -> bytes:
    """What is kept of a secret: looking it up takes as long for any wrong one."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def _named(name: str) -> str:
    """A name on one line; 422 for a blank one."""
    found = one_line(name)[:LONGEST_NAME].strip()
    if not found:
        raise refused(422, "web.refused_name")
    return found
