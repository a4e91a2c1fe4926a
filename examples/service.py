"""The workbench of many weeks inside a FastAPI app that signs people in itself.

    pip install '.[excel,web]'
    uvicorn --app-dir examples --timeout-graceful-shutdown 2 service:app

Open http://127.0.0.1:8000/sign-in/lan. The weeks are kept in the folder `weeks`, or where the
environment variable WEEKS says.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import RedirectResponse

import shiftplan as sp
from shiftplan.web import Visitor

PEOPLE = {
    "lan": Visitor(role="province", who="lan"),
    "hoa": Visitor(role="center", who="hoa", ids=frozenset({"30958"})),
    "an": Visitor(role="volunteer", who="an", ids=frozenset({"V01"})),
}
"""Whom the office knows: somebody of the province, the lead of a center, a volunteer."""
COOKIE = "toy-session"


def office(weeks: Path) -> FastAPI:
    """The app of an office, with the workbench of all weeks of a folder below /planning."""
    sessions: dict[str, str] = {}

    def who_asks(request: Request) -> Visitor | None:
        """Who sends a request: shiftplan asks this on every route, of every week."""
        return PEOPLE.get(sessions.get(request.cookies.get(COOKIE, ""), ""))

    planning = sp.web.home(weeks, sign_in=who_asks)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        """When the app ends, searches end with what they found."""
        yield
        planning.state.close()

    made = FastAPI(title="Our office", lifespan=lifespan)

    @made.get("/sign-in/{name}")
    def sign_in(name: str) -> RedirectResponse:
        """A toy: it believes everybody. Put the sign-in of your own app in its place."""
        if name not in PEOPLE:
            raise HTTPException(404, "nobody of this name")
        answer = RedirectResponse("/planning/", 303)
        sessions[secret := secrets.token_urlsafe()] = name
        answer.set_cookie(COOKIE, secret, httponly=True, samesite="strict")
        return answer

    made.mount("/planning", planning)
    return made


app = office(Path(os.environ.get("WEEKS", "weeks")))
