"""The app of one week, alone or mounted in another FastAPI app.

`LiveWeek`, and who signs visitors in -> `FastAPI`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles

from shiftplan.files.geojson import read_areas
from shiftplan.record.live import LiveWeek
from shiftplan.solving.versions import __version__
from shiftplan.web import routes
from shiftplan.web.description import DescribedApp
from shiftplan.web.desk import Desk
from shiftplan.web.errands import Errands, close_all
from shiftplan.web.files_on_disk import FilesOnDisk
from shiftplan.web.guard import Guard
from shiftplan.web.inbox import Inbox
from shiftplan.web.refusals import say_refusals
from shiftplan.web.routes import session
from shiftplan.web.searches import Searches
from shiftplan.web.visitor import SignIn, Visitor

PAGE = Path(__file__).parent / "page"
_DESCRIPTION = "/api/openapi.json"
"""Path of the description of the routes."""
_LEAST_PACKED = 2_000
"""Bytes of an answer from which on it is compressed."""


def app(
    live: LiveWeek,
    *,
    sign_in: SignIn | None = None,
    hosts: Collection[str] | None = None,
    areas: str | os.PathLike[str] | None = None,
    on_disk: FilesOnDisk | None = None,
) -> FastAPI:
    """Make the app of a week.

    Parameters
    ----------
    live
        The week, as `open_week` opens it; its record keeps all that is done.
    sign_in
        Finds who sends a request, such as by the session of the app that this one is mounted in;
        None lets everybody plan for the province, under the name of `live.who`.
    hosts
        Names under which the app is reached, besides addresses and `localhost`: requests to other
        names are refused (DNS rebinding). None where the app that this one is mounted in checks.
    areas
        GeoJSON file with the areas of the centers, for the map; None for the one beside the files
        `on_disk` (`map.geojson`), if there is one. Without areas, centers are dots.
    on_disk
        The files of the week: the page shows when they were edited, and reads them again. None if
        it has none.

    Returns
    -------
    FastAPI
        To be served alone, or mounted: `main.mount("/week", app(open_week(path), sign_in=...))`.

    Raises
    ------
    InputError
        The file of areas is no GeoJSON with areas, or too large.
    """
    found = [module.name for module in iter_modules(routes.__path__, f"{routes.__name__}.")]
    made = with_routes(map(import_module, found), sign_in, lifespan=until_closed)
    shapes = None if areas is None else read_areas(areas)
    desk = made.state.desk = Desk(live, shapes, on_disk)
    made.state.questions = Errands()
    made.state.searches = Searches(desk)

    made.state.has_home = False
    made.state.close = lambda: close_apps([made])
    made.state.names = desk.names
    inbox = made.state.inbox = Inbox(live)
    made.state.by_form = inbox.visitor
    known = sign_in or (lambda _: Visitor(role="province", who=live.who))
    made.state.sign_in = lambda request: known(request) or inbox.lead(request)
    made.add_middleware(Guard, hosts=hosts, sign_in=made.state.sign_in)
    made.mount("/", StaticFiles(directory=PAGE, html=True), name="page")
    return made


def close_apps(apps: Iterable[FastAPI]) -> None:
    """Let all visitors of weeks go, and keep what was found in the background."""
    states = [one.state for one in apps]
    for state in states:
        state.desk.close()
    close_all(errands for state in states for errands in (state.questions, state.searches.errands))


def with_routes(modules: Iterable[ModuleType], sign_in: SignIn | None, **options: Any) -> FastAPI:
    """Make an app of the routers of some modules, with its description and its refusals.

    `sign_in` as `app` takes it; `options` are those of FastAPI.
    """
    made = DescribedApp(
        title="shiftplan",
        version=__version__,
        openapi_url=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_operation,
        **options,
    )
    made.add_middleware(GZipMiddleware, minimum_size=_LEAST_PACKED)
    say_refusals(made)
    for module in modules:
        made.include_router(module.router, prefix="/api")
    session.sign_in_by(made, sign_in)
    return made


def _operation(route: APIRoute) -> str:
    """Name of a route in the description, and of the function in a client made from that."""
    return "_".join([*map(str, route.tags[:1]), route.name])


@asynccontextmanager
async def until_closed(made: FastAPI) -> AsyncIterator[None]:
    """Close an app when the server stops, if it says so."""
    yield
    await asyncio.to_thread(made.state.close)
