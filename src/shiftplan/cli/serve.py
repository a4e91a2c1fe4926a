"""`serve`: the workbench, a page in the browser on which a week is seen and worked on.

Week -> a server on this computer, until it is stopped.
"""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.citizens.staffing import prepare
from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language, Recommended, Staff
from shiftplan.cli.reading import read_live
from shiftplan.cli.usage import Misused
from shiftplan.errors.message import Message
from shiftplan.errors.system import of_system
from shiftplan.files import read_problem
from shiftplan.files.text import read_text
from shiftplan.present.words import Lang, Words

PASSWORD = "SHIFTPLAN_PASSWORD"
"""Environment variable with the password of those who sign in."""
_HERE = ("127.0.0.1", "localhost", "::1")
"""Hosts that only this computer reaches."""


@command(
    "serve",
    "shiftplan serve week",
    "shiftplan serve week --map areas.geojson --lang vi",
    "shiftplan serve week --host 0.0.0.0 --password-file password.txt",
)
def serve(
    week: Annotated[Path, typer.Argument()],
    port: Annotated[int | None, typer.Option(min=1, max=65535)] = None,
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    password_file: Annotated[Path | None, typer.Option("--password-file")] = None,
    areas: Annotated[Path | None, typer.Option("--map")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser")] = False,
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Open the workbench: a page in the browser on which a week is seen and its roster worked on.

    Exit codes: 0 it was stopped, 2 bad input.
    """
    from shiftplan.web import (
        app,  # says which package is missing
        serving,
    )
    from shiftplan.web.files_on_disk import FilesOnDisk
    from shiftplan.web.sign_in import Doors

    say = Words(lang)
    password = _password(host, password_file, lang)
    live = read_live(week, lang, anew=staff, recommended=recommended)
    on_disk = FilesOnDisk(
        week, lambda: prepare(read_problem(week), anew=staff, recommended=recommended)
    )
    try:
        listener = serving.listening(host, port)
    except OSError as error:
        where = {"host": host, "port": port or serving.PORT, "reason": of_system(error)}
        raise common.fail(say("usage.cannot_listen", **where)) from None
    with listener:
        number = listener.getsockname()[1]
        doors = Doors(live.who, password, cookie=f"shiftplan-{number}")
        hosts = [host, *serving.names_here()]
        made = app(live, sign_in=doors, hosts=hosts, areas=areas, on_disk=on_disk)
        url = serving.url_of(listener)

        def started() -> None:
            if port is None and number != serving.PORT:
                print(say("serve.other_port", port=serving.PORT, other=number), file=sys.stderr)
            print(say("serve.open", url=doors.address(url)), flush=True)
            if not no_browser and serving.has_display():
                serving.show(doors.address(url, once=True))

        serving.serve(made, listener, started=started)


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
