"""Who may ask what: every route, every role; a lead sees nothing of other centers."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple
from zipfile import ZipFile, is_zipfile

import pytest
from fastapi.routing import APIRoute
from served import client
from told_by_page import FULL, LEAD, PAIRS, PERSON, two_centers

from shiftplan import Availability, Roster, web
from shiftplan.problem import Absence
from shiftplan.record import LiveWeek, ShiftAnswer
from shiftplan.record.collecting import Collecting
from shiftplan.record.forms import HandedIn, SwapAsked
from shiftplan.web.sign_in import START, Doors
from shiftplan.web.visitor import Visitor

PROVINCE = Visitor(role="province", who="lan")
NOBODY = None
ROLES = {"nobody": NOBODY, "volunteer": PERSON, "center": LEAD, "province": PROVINCE}
EVERYBODY = frozenset(ROLES)
PLANNERS = frozenset({"center", "province"})
ALONE = frozenset({"province"})
SIGNED_IN = frozenset({"volunteer", "center", "province"})
FOREIGN = re.compile(rb"\b[vV][23]\b|09000100(22|33)|\bc1-|0296001001")
"""What stands for the people and shifts of the other center: names, ids, phones, contacts."""


class Row(NamedTuple):
    """What a route is for."""

    roles: frozenset[str]
    """Who may ask."""
    path: str = ""
    """What it is asked for; the path itself unless given."""
    foreign: tuple[Any, ...] = ()
    """Bodies, or paths and queries, by which a lead reaches for what is not theirs."""
    own: tuple[Any, ...] = ()
    """Bodies by which a lead asks for what is theirs."""


def steps(shift_id: str, volunteer_id: str, added: bool = True) -> dict[str, Any]:
    """A move as routes take it."""
    step = {"shift_id": shift_id, "volunteer_id": volunteer_id, "added": added}
    return {"changes": [step], "anyway": True, "of": 2}


FOREIGN_STEPS = (
    steps("c1-1207-07", "v2"),
    steps("c1-1207-07", "v0"),
    steps("c0-1207-07", "v2"),
    steps("c1-1207-13", "v0", added=False),
)
OWN_STEPS = (steps("c0-1207-13", "v0"), steps("c0-1207-07", "v1", added=False))

ROUTES: dict[str, Row] = {
    "POST /api/answer-files": Row(PLANNERS),
    "GET /api/collected": Row(PLANNERS),
    "POST /api/collected/decisions": Row(PLANNERS, foreign=({"entries": [6], "accepted": True},)),
    "GET /api/form": Row(frozenset({"volunteer"})),
    "POST /api/form": Row(frozenset({"volunteer"})),
    "POST /api/invitations": Row(ALONE),
    "POST /api/invitations/files": Row(ALONE),
    "POST /api/invitations/take-back": Row(ALONE),
    "GET /api/swaps": Row(PLANNERS),
    "POST /api/swaps/{entry}": Row(
        PLANNERS, foreign=({"shift_id": "c1-1207-07", "accepted": False},)
    ),
    "GET /api/swaps/{entry}/takers": Row(PLANNERS, path="/api/swaps/6/takers?shift=c1-1207-07"),
    "GET /api/candidates": Row(
        PLANNERS,
        foreign=("?shift=c0-1207-07", "?shift=c1-1207-07", "?shift=c0-1207-07&leaving=v2"),
    ),
    "GET /api/compare": Row(ALONE, "/api/compare?after=1"),
    "POST /api/compare/take": Row(ALONE),
    "GET /api/draft": Row(PLANNERS, foreign=("?since=1",)),
    "GET /api/drafts": Row(PLANNERS),
    "POST /api/drafts": Row(ALONE),
    "PUT /api/drafts": Row(ALONE),
    "DELETE /api/drafts": Row(ALONE),
    "GET /api/figures": Row(PLANNERS),
    "GET /api/files": Row(PLANNERS),
    "POST /api/files": Row(ALONE),
    "GET /api/findings": Row(
        PLANNERS,
        foreign=("?person=v2", "?shift=c1-1207-07", "?center=c1", "?most=500"),
    ),
    "GET /api/history": Row(ALONE),
    "GET /api/history/files": Row(ALONE),
    "POST /api/history/revoked": Row(ALONE),
    "POST /api/lead": Row(frozenset()),
    "DELETE /api/lead": Row(SIGNED_IN),
    "POST /api/lead-links": Row(ALONE),
    "POST /api/lead-links/take-back": Row(ALONE),
    "GET /api/map": Row(PLANNERS),
    "POST /api/moves": Row(PLANNERS, foreign=FOREIGN_STEPS, own=OWN_STEPS),
    "GET /api/messages": Row(ALONE),
    "GET /api/messages/files": Row(ALONE),
    "POST /api/messages/files": Row(ALONE),
    "POST /api/messages/sent": Row(ALONE),
    "GET /api/news": Row(PLANNERS),
    "GET /api/places": Row(
        PLANNERS, foreign=("?person=v0", "?person=v2", "?person=v0&from=c1-1207-07")
    ),
    "POST /api/price": Row(
        PLANNERS,
        foreign=tuple({"changes": body["changes"]} for body in FOREIGN_STEPS),
        own=tuple({"changes": body["changes"]} for body in OWN_STEPS),
    ),
    "POST /api/redo": Row(ALONE),
    "POST /api/undo": Row(ALONE),
    "GET /api/publication": Row(ALONE),
    "POST /api/publication": Row(ALONE),
    "POST /api/questions": Row(
        PLANNERS,
        foreign=(
            {"about": "seat", "shift_id": "c1-1207-07"},
            {"about": "why_here", "shift_id": "c1-1207-07", "volunteer_id": "v2"},
            {"about": "why_not", "shift_id": "c0-1207-07", "volunteer_id": "v2"},
            {"about": "help", "shift_id": "c0-1207-07"},
            {"about": "what_if", "absent": [{"volunteer_id": "v0"}]},
        ),
        own=(
            {"about": "seat", "shift_id": "c0-1207-07"},
            {"about": "seat", "shift_id": "c0-1207-13"},
            {"about": "why_here", "shift_id": "c0-1207-07", "volunteer_id": "v1"},
            {"about": "why_not", "shift_id": "c0-1207-13", "volunteer_id": "v0"},
        ),
    ),
    "GET /api/questions/{question_id}": Row(PLANNERS),
    "DELETE /api/questions/{question_id}": Row(PLANNERS),
    "POST /api/questions/{question_id}/proposal": Row(ALONE),
    "POST /api/questions/{question_id}/record": Row(ALONE),
    "GET /api/searches/newest": Row(ALONE),
    "GET /api/searches/proposals": Row(ALONE),
    "POST /api/searches": Row(ALONE),
    "DELETE /api/searches/{search_id}": Row(ALONE),
    "GET /api/holds": Row(ALONE),
    "POST /api/holds": Row(ALONE),
    "POST /api/records": Row(
        PLANNERS,
        foreign=(
            {"turnouts": [{"shift_id": "c1-1207-07", "volunteer_id": "v2", "state": "came"}]},
            {"turnouts": [{"shift_id": "c0-1207-07", "volunteer_id": "v2", "state": "came"}]},
            {"answers": [{"shift_id": "c1-1207-07", "volunteer_id": "v2", "answer": "declined"}]},
            {"absences": [{"volunteer_id": "v2"}]},
            {"absences": [{"volunteer_id": "v0"}]},
        ),
        own=({"turnouts": [{"shift_id": "c0-1207-07", "volunteer_id": "v1", "state": "came"}]},),
    ),
    "GET /api/session": Row(EVERYBODY),
    "POST /api/session": Row(EVERYBODY),
    "PUT /api/session": Row(SIGNED_IN),
    "DELETE /api/session": Row(SIGNED_IN),
    "GET /api/status": Row(PLANNERS),
    "GET /api/told": Row(PLANNERS, foreign=("?day=2026-12-07",)),
    "GET /api/versions/{version}": Row(ALONE),
    "GET /api/week": Row(PLANNERS),
    "GET /api/withdrawal": Row(ALONE),
    "POST /api/withdrawal": Row(ALONE),
    "GET /api/words": Row(EVERYBODY),
}
"""Every route -> who may ask it."""
ENDLESS = "GET /api/news"


class As(Doors):
    """Doors through which one visitor comes."""

    def __init__(self, visitor: Visitor | None) -> None:
        super().__init__()
        self.visitor = visitor

    def __call__(self, _: Any) -> Visitor | None:
        return self.visitor


@cache
def busy() -> LiveWeek:
    """A week in which all views have something to show, about both centers."""
    base = two_centers()
    spare = Availability(volunteer_id="v3", start="2026-12-07T06:00", end="2026-12-07T20:00")
    problem = base.model_copy(update={"availability": (*base.availability, spare)})
    live = LiveWeek(problem, who="lan")
    live.draft(FULL)
    live.publish(even_if_poor=True)
    no = [ShiftAnswer(volunteer_id=v, shift_id=s, answer="declined") for s, v in PAIRS[1::4]]
    yes = [ShiftAnswer(volunteer_id=v, shift_id=s, answer="confirmed") for s, v in PAIRS[::4]]
    live.record(Absence(volunteer_id="v2"), answers=[*no, *yes], why="ill")
    live.draft(Roster.of([*PAIRS[1::2], ("c1-1207-13", "v0")]))
    swaps = (SwapAsked(shift_id="c1-1207-07"),)
    form = HandedIn(volunteer_id="v2", form="sending-00000001", swaps=swaps, note="v2")
    Collecting(live).hand_in(form, seen=live.files.shifts)
    live.refresh()
    return live


@cache
def page(visitor: Visitor | None) -> Any:
    """What sends requests of a visitor."""
    return client(web.app(busy(), sign_in=As(visitor)))


def asked(route: str) -> tuple[str, str]:
    """Method and path of a request for a route."""
    method, path = route.split(" ")
    return method, ROUTES[route].path or re.sub(r"\{\w+\}", "1", path)


def test_every_route_has_a_row() -> None:
    """A new route says who may ask it; nothing else answers but the page and the start address."""
    app = web.app(busy(), sign_in=As(None))
    described = {
        f"{method.upper()} {path}"
        for path, methods in app.openapi()["paths"].items()
        for method in methods
    }

    assert described == ROUTES.keys()
    hidden = {
        route.path
        for route in app.routes
        if isinstance(route, APIRoute) and not route.include_in_schema
    }
    assert hidden == {START}


ASKED = [
    (route, role)
    for route, row in ROUTES.items()
    for role in ROLES
    if route != ENDLESS or role not in row.roles
]
"""Each route and role; the news never end for those who may hear them."""


@pytest.mark.parametrize(("route", "role"), ASKED)
def test_only_those_who_may_are_answered(route: str, role: str) -> None:
    """401 for nobody, 403 for others; what is asked for wrongly by those who may is neither."""
    is_allowed = role in ROUTES[route].roles
    method, path = asked(route)
    body = {} if method in ("POST", "PUT") else None

    answer = page(ROLES[role]).request(method, path, json=body)

    if is_allowed:
        assert answer.status_code not in (401, 403) or route == "POST /api/session"
    else:
        assert answer.status_code == (401 if role == "nobody" else 403)
        assert answer.json().keys() == {"faults"}


def contents(data: bytes) -> Iterator[bytes]:
    """An answer, and the files of one that is a zip."""
    yield data
    if is_zipfile(io.BytesIO(data)):
        with ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from contents(archive.read(name))


def reached(route: str) -> Iterator[tuple[str, Any]]:
    """Paths and bodies by which a lead asks a route for what is theirs, and for what is not."""
    method, path = asked(route)
    if method == "GET":
        yield path, None
    for foreign in ROUTES[route].foreign:
        yield (path + foreign, None) if isinstance(foreign, str) else (path, foreign)


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize(
    "route", [r for r, row in ROUTES.items() if "center" in row.roles and r != ENDLESS]
)
def test_a_lead_sees_nothing_of_other_centers(route: str, lang: str) -> None:
    """No byte of any answer is about their people and shifts, and nothing of theirs is changed."""
    before = len(busy().entries)
    for path, body in reached(route):
        method = route.split(" ")[0]
        answer = page(LEAD).request(method, path, json=body, params={"lang": lang})

        for part in contents(answer.content):
            assert FOREIGN.search(part) is None, (path, body, FOREIGN.search(part))
        if body is not None:
            assert answer.status_code in (403, 404, 409, 422), (path, body, answer.text)
    busy().refresh()
    assert len(busy().entries) == before


@pytest.mark.parametrize("route", [route for route, row in ROUTES.items() if row.own])
def test_what_a_lead_may_do_says_nothing_of_others(route: str) -> None:
    """Prices, reasons and what was recorded, where people of theirs work elsewhere too."""
    for body in ROUTES[route].own:
        sender = client(web.app(busy.__wrapped__(), sign_in=As(LEAD)))
        method, path = asked(route)
        answer = sender.request(method, path, json=body)
        if route == "POST /api/questions" and answer.json()["state"] == "running":
            ended = time.monotonic() + 20
            while answer.json()["state"] == "running" and time.monotonic() < ended:
                answer = sender.get(f"{path}/{answer.json()['id']}")
        assert answer.status_code == 200, (body, answer.text)
        assert FOREIGN.search(answer.content) is None, (body, answer.text)


def test_the_marks_are_there() -> None:
    """The province sees them: the search would find them."""
    found = {
        route
        for route in ROUTES
        if route.startswith("GET") and route != ENDLESS
        and any(
            FOREIGN.search(part)
            for part in contents(page(PROVINCE).get(asked(route)[1]).content)
        )
    }  # fmt: skip

    assert found == {
        "GET /api/compare", "GET /api/draft", "GET /api/figures", "GET /api/findings",
        "GET /api/collected",
        "GET /api/history",
        "GET /api/history/files", "GET /api/messages", "GET /api/messages/files",
        "GET /api/publication", "GET /api/status", "GET /api/swaps",
        "GET /api/told", "GET /api/versions/{version}", "GET /api/week", "GET /api/withdrawal",
    }  # fmt: skip
