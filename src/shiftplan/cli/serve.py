"""`serve`: the workbench, a page in the browser on which a week is seen and worked on.

Week, or none for the page of all weeks -> a server on this computer, until it is stopped.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shiftplan.citizens.staffing import prepare
from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language, Recommended, Staff
from shiftplan.cli.reading import read_live, user_name
from shiftplan.cli.usage import Misused
from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.errors.system import of_system
from shiftplan.files import read_problem
from shiftplan.files.text import is_there, read_text
from shiftplan.present.words import Lang, Words

if TYPE_CHECKING:
    from fastapi import FastAPI

PASSWORD = "SHIFTPLAN_PASSWORD"
"""Environment variable with the password of those who sign in."""
_HERE = ("127.0.0.1", "localhost", "::1")
"""Hosts that only this computer reaches."""


@command(
    "serve",
    "shiftplan serve",
    "shiftplan serve week",
    "shiftplan serve week --map areas.geojson --lang vi",
    "shiftplan serve week --host 0.0.0.0 --password-file password.txt",
)
def serve(
    week: Annotated[Path | None, typer.Argument()] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535)] = None,
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    password_file: Annotated[Path | None, typer.Option("--password-file")] = None,
    areas: Annotated[Path | None, typer.Option("--map")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser")] = False,
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Open the workbench: a browser page for viewing a week and working on its roster.

    Exit codes: 0 it was stopped, 2 bad input.
    """
    from shiftplan.web import (
        home,  # says which package is missing
        serving,
    )
    from shiftplan.web.sign_in import Doors
    from shiftplan.web.weeks.places import usual_folder

    say = Words(lang)
    if week is None and (areas or staff or recommended):
        option = "--map" if areas else "--staff" if staff else "--recommended"
        raise Misused(Message("usage.needs_week"), option)
    password = _password(host, password_file, lang)
    make = None if week is None else _of_week(week, areas, lang, anew=staff, more=recommended)
    try:
        listener = serving.listening(host, port)
    except OSError as error:
        where = {"host": host, "port": port or serving.PORT, "reason": of_system(error)}
        raise common.fail(say("usage.cannot_listen", **where)) from None
    with listener:
        number = listener.getsockname()[1]
        doors = Doors(user_name(), password, cookie=f"shiftplan-{number}")
        hosts = [host, *serving.names_here()]
        if make is None:
            made = home(usual_folder(), sign_in=doors, hosts=hosts)
        else:
            made = make(sign_in=doors, hosts=hosts)
        url = serving.url_of(listener)

        def started() -> None:
            if port is None and number != serving.PORT:
                print(say("serve.other_port", port=serving.PORT, other=number), file=sys.stderr)
            print(say("serve.open", url=doors.address(url, lang=lang)), flush=True)
            if not no_browser and serving.has_display():
                serving.show(doors.address(url, lang=lang, once=True))

        serving.serve(made, listener, started=started)


def _of_week(
    week: Path, areas: Path | None, lang: Lang, *, anew: bool, more: bool
) -> Callable[..., FastAPI]:
    """Read a week and remember its place; what makes its app.

    InputError: with every fault of the week, which can be mended on the page of all weeks.
    """
    from shiftplan.web import app
    from shiftplan.web.files_on_disk import FilesOnDisk
    from shiftplan.web.weeks.places import WeekPlaces, usual_folder

    places = WeekPlaces(usual_folder())
    try:
        live = read_live(week, lang, anew=anew, recommended=more)
    except InputError as error:
        if is_there(week):
            places.remember(week)
            error.add_note(Words(lang)("serve.mend"))
        raise
    places.remember(week)
    on_disk = FilesOnDisk(week, lambda: prepare(read_problem(week), anew=anew, recommended=more))
    return partial(app, live, areas=areas, on_disk=on_disk)


def _password(host: str, file: Path | None, lang: Lang) -> str | None:
    """The password of those who sign in; None where only this computer is let in, by an address."""
    from shiftplan.web.sign_in import SHORTEST

    if file is not None:
        given = read_text(file).partition("\n")[0].strip()
    else:
        given = os.environ.get(PASSWORD, "")
    if not given and file is None and host in _HERE:
        return None
    if not given and file is None and sys.stdin.isatty():
        given = getpass(Words(lang)("serve.password", n=SHORTEST))
    if not given and file is None:
        raise Misused(Message("usage.password_needed", host=host, variable=PASSWORD), "--host")
    if len(given) < SHORTEST:
        by = PASSWORD if file is None else "--password-file"
        raise Misused(Message("usage.password_short", n=SHORTEST), by)
    return given
