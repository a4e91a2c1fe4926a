"""The command run as a process: what it prints where nobody expected its error, and exit codes.

Command line -> exit code.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import traceback

import typer

from shiftplan.cli.commands import app
from shiftplan.cli.common import EXIT_INPUT, EXIT_INTERNAL, EXIT_INTERRUPTED, FULL
from shiftplan.cli.usage import asked, settle
from shiftplan.present.words import Words

_NEW_OBJECTS = 500_000
"""New objects after which Python looks for garbage; at its usual 700, a third of the time in which
a large week is read goes into that. A province is planned without looking even once, in no more
memory: hardly anything here refers to itself."""


def main() -> None:
    """Run the command."""
    gc.set_threshold(_NEW_OBJECTS)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without Vietnamese letters is no error
            stream.reconfigure(errors="replace")
    settle(os.environ)
    command = typer.main.get_command(app)
    try:
        try:
            command()
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    except Exception as error:
        if not (isinstance(error, OSError) and error.errno in FULL and error.filename is None):
            print(_unexpected(error), file=sys.stderr)
            sys.exit(EXIT_INTERNAL)
        # Nothing more goes to standard output, or Python would try once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        print(Words(asked())("usage.output_full", error=str(error)), file=sys.stderr)
        sys.exit(EXIT_INPUT)
    finally:
        try:
            sys.stderr.flush()
        except OSError:  # nobody reads it; Python would try again and choose another exit code
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _unexpected(error: Exception) -> str:
    """Say what went wrong that nobody thought of, and keep what a report of it needs."""
    say = Words(asked())
    if isinstance(error, MemoryError):
        return say("usage.no_memory")
    what = say("usage.unexpected", text=f"{type(error).__name__}: {error}")
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="shiftplan-", suffix=".txt", delete=False
        ) as file:
            traceback.print_exception(error, file=file)
    except OSError:
        return what
    return f"{what}\n{say('usage.unexpected_file', name=file.name)}"
