"""Signing in and out, and the name under which somebody works.

Name and password, or the token of an address -> a cookie; `Doors` keeps whose it is.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi.responses import HTMLResponse

from shiftplan.web.bodies import RequestBody
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.sign_in import START, Doors
from shiftplan.web.visitor import Anybody, SignIn
from shiftplan.week.fields import Frozen, Text

router = APIRouter(tags=["session"])
own = APIRouter(tags=["session"])
"""Routes of an app that signs people in itself."""
_ONWARD = '<!doctype html><meta http-equiv="refresh" content="0;url={url}"><title>shiftplan</title>'
"""A page that goes on to the workbench: then the cookie is sent wherever the address was found."""


class SessionShown(Frozen):
    """Who is signed in, and how."""

    who: str | None
    """What the record calls them; None where nobody is signed in."""
    by: Literal["address", "password", "link", "app"]
    """By an address with a token, by name and password, by the link of a center, or by the app
    around this one."""


class SignsIn(RequestBody):
    """Who wants to come in."""

    name: Text
    """What the record shall call them."""
    password: str
    """The password of this server."""


class Renamed(RequestBody):
    """Who somebody is."""

    name: Text
    """What the record shall call them."""


def _doors(request: Request) -> Doors:
    doors: Doors = request.app.state.doors
    return doors


AtDoors = Annotated[Doors, Depends(_doors)]


def sign_in_by(app: FastAPI, sign_in: SignIn | None) -> None:
    """Add the routes of an app that signs people in itself, if it does."""
    app.state.doors = sign_in if isinstance(sign_in, Doors) else None
    if app.state.doors is not None:
        app.include_router(own, prefix="/api")
        app.add_api_route(START, start, include_in_schema=False)


@router.get("/session")
def session(request: Request) -> SessionShown:
    """Who is signed in."""
    sign_in: SignIn = request.app.state.sign_in
    doors: Doors | None = request.app.state.doors
    visitor = sign_in(request)
    by = "app" if doors is None else doors.by
    if visitor is not None and visitor.role == "center" and doors is not None:
        return SessionShown(who=visitor.who, by="link")
    return SessionShown(who=None if visitor is None else visitor.who, by=by)


@own.post("/session", status_code=204)
def sign_in(doors: AtDoors, request: Request, response: Response, told: SignsIn) -> None:
    """Sign in by name and password."""
    doors.sign_in(request, response, told.name, told.password)


@own.put("/session", status_code=204)
def rename(doors: AtDoors, request: Request, _: Anybody, told: Renamed) -> None:
    """Work under another name from now on."""
    doors.rename(request, told.name)


@own.delete("/session", status_code=204)
def sign_out(doors: AtDoors, request: Request, response: Response, _: Anybody) -> None:
    """Sign out."""
    doors.leave(request, response)


def start(
    doors: AtDoors,
    request: Request,
    token: Annotated[str, Query()] = "",
    lang: AskedLang | None = None,
) -> HTMLResponse:
    """Come in by the address that the command printed; the workbench says if it is an old one."""
    url = f"./{doors.landing}" + ("" if lang is None else f"?lang={lang}")
    answer = HTMLResponse(_ONWARD.format(url=url), headers={"Cache-Control": "no-store"})
    doors.enter(request, answer, token)
    return answer
