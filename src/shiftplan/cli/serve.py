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
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

import typer

from shiftplan.citizens.staffing import prepare
from shiftplan.cli import browser, common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language, Recommended, Staff
from shiftplan.cli.reading import read_live, user_name
from shiftplan.cli.usage import Misused
from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.errors.system import of_system
from shiftplan.files import read_problem
from shiftplan.files.geojson import read_areas
from shiftplan.files.mending import titles_of_week
from shiftplan.files.text import read_text
from shiftplan.present.words import Lang, Words

if TYPE_CHECKING:
    from fastapi import FastAPI

    from shiftplan.web.weeks.places import WeekPlace
    from shiftplan.web.weeks.reading import WeekOptions

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
    from shiftplan.web.weeks.reading import WeekOptions

    say = Words(lang)
    if week is None and (areas or staff or recommended):
        option = "--map" if areas else "--staff" if staff else "--recommended"
        raise Misused(Message("usage.needs_week"), option)
    password = _password(host, password_file, lang)
    options = WeekOptions(staff=staff, recommended=recommended, areas=areas)
    make: Callable[..., FastAPI] = partial(home, usual_folder())
    faulty = None
    if week is not None:
        try:
            make = _of_week(week, options, lang, marks=host not in _HERE)
        except InputError as error:
            faulty = _to_mend(week, options, error, lang, is_here=host in _HERE)
    try:
        listener = serving.listening(host, port)
    except OSError as error:
        where = {"host": host, "port": port or serving.PORT, "reason": of_system(error)}
        raise common.fail(say("usage.cannot_listen", **where)) from None
    with listener:
        number = listener.getsockname()[1]
        doors = Doors(user_name(), password, cookie=f"shiftplan-{number}")
        made = make(sign_in=doors, hosts=[host, *serving.names_here()])
        if faulty is not None:
            made.state.shelf.options[faulty.week_id] = options
            doors.landing = f"weeks/{quote(faulty.week_id, safe='')}/"
        url = serving.url_of(listener)

        def started() -> None:
            if port is None and number != serving.PORT:
                print(say("serve.other_port", port=serving.PORT, other=number), file=sys.stderr)
            print(say("serve.open", url=doors.address(url, lang=lang)), flush=True)
            if not no_browser and browser.has_display():
                browser.show_beside(doors.address(url, lang=lang, once=True))

        serving.serve(made, listener, started=started)


def _of_week(
    week: Path, options: WeekOptions, lang: Lang, *, marks: bool
) -> Callable[..., FastAPI]:
    """Read a week and remember its place; what makes its app.

    `marks`: as `read_live` takes it. InputError: with every fault of the week.
    """
    from shiftplan.web import app
    from shiftplan.web.files_on_disk import FilesOnDisk
    from shiftplan.web.weeks.places import WeekPlaces, usual_folder

    how: dict[str, Any] = {"anew": options.staff, "recommended": options.recommended}
    live = read_live(week, lang, marks=marks, **how)
    WeekPlaces(usual_folder()).remember(week)
    on_disk = FilesOnDisk(week, lambda: prepare(read_problem(week), **how))
    return partial(app, live, areas=options.areas, on_disk=on_disk)


def _to_mend(
    week: Path, options: WeekOptions, error: InputError, lang: Lang, *, is_here: bool
) -> WeekPlace:
    """Show the faults of a week whose page for mending can be opened, and remember its place.

    Raises
    ------
    InputError
        The same, where there are no cells to mend, or others can reach the page, which lists all
        weeks; or the map is invalid.
    """
    from shiftplan.web.weeks.places import WeekPlaces, usual_folder

    say = Words(lang)
    if not _has_cells(week):
        raise error
    place = WeekPlaces(usual_folder()).remember(week)
    if not is_here:
        error.add_note(say("serve.mend"))
        raise error
    if options.areas is not None:
        read_areas(options.areas)
    common.show_faults(error, lang)
    print(say("serve.mend_here"), file=sys.stderr)
    return place


def _has_cells(week: Path) -> bool:
    """Whether a week has faults in tables, whose cells can be mended."""
    try:
        titles = titles_of_week(week)
    except InputError:
        return False
    try:
        read_problem(week)
    except InputError:
        return bool(titles)
    return False


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
