"""The app of many weeks: a page on which one is opened, and each with its workbench.

Folder, and who signs visitors in -> `FastAPI`.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from shiftplan.web.guard import Guard
from shiftplan.web.mounting import PAGE, app, until_closed, with_routes
from shiftplan.web.refusals import say_refusals
from shiftplan.web.routes import session
from shiftplan.web.visitor import SignIn, Visitor
from shiftplan.web.weeks import routes
from shiftplan.web.weeks.places import WeekPlaces
from shiftplan.web.weeks.reading import ReadWeek
from shiftplan.web.weeks.shelf import WeekShelf
from shiftplan.web.weeks.unpacking import MOST_BYTES


def home(
    folder: str | os.PathLike[str],
    *,
    sign_in: SignIn | None = None,
    hosts: Collection[str] | None = None,
    who: str = "",
) -> FastAPI:
    """Make the app of many weeks.

    Parameters
    ----------
    folder
        Holds the weeks: folders of CSV files, workbooks and JSON files, with their records beside
        them. Weeks that are sent to the app are added to it; it is made when the first one comes.
    sign_in
        Finds who sends a request, for this page and for the weeks; None lets everybody plan for
        the province, under the name of `who`. Only the province sees which weeks there are.
    hosts
        As `app` takes it.
    who
        Who works with the weeks, for the entries of their records.

    Returns
    -------
    FastAPI
        To be served alone, or mounted. Below `/weeks/NAME/` is the workbench of a week, as `app`
        makes it.
    """

    def everybody(_: object) -> Visitor:
        return Visitor(role="province", who=who)

    known = sign_in or everybody

    def of_week(found: ReadWeek) -> FastAPI:
        assert found.live is not None
        areas = found.options.areas
        made = app(found.live, sign_in=known, hosts=hosts, areas=areas, on_disk=found.on_disk)
        made.state.has_home = True
        return made

    inside = with_routes((routes, session), sign_in)
    inside.state.sign_in = known
    inside.state.shelf = shelf = WeekShelf(WeekPlaces(Path(folder)), of_week)
    inside.get("/", include_in_schema=False)(lambda: FileResponse(PAGE / "home" / "index.html"))
    inside.mount("/", StaticFiles(directory=PAGE), name="page")
    made = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=until_closed)
    uploads = {"/api/weeks": MOST_BYTES}
    made.add_middleware(Guard, hosts=hosts, uploads=uploads, sign_in=known)
    say_refusals(made)
    made.state.shelf, made.state.close = shelf, shelf.close
    made.mount("/weeks", shelf)
    made.mount("/", inside)
    return made
