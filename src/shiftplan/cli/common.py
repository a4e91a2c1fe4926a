"""What all commands share: the application, messages, exit codes, and places to write to.

A command that runs -> a message on standard error, and an exit code.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from shiftplan.cli.language import asked, settle
from shiftplan.cli.starting import ENDING, INTERRUPTED, started
from shiftplan.cli.usage import Commands
from shiftplan.errors import SHOWN, ClusterError, InputError, MissingExtraError, ModelError
from shiftplan.errors.system import of_system
from shiftplan.present.faults import fault_text
from shiftplan.present.handouts import check_handouts
from shiftplan.present.outputs import FILES
from shiftplan.present.words import Lang, Words
from shiftplan.solving.versions import __version__

EXIT_OK, EXIT_INTERNAL, EXIT_INPUT, EXIT_INTERRUPTED = 0, 1, 2, INTERRUPTED
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What the system says where a disk is full or broken."""


def examples(*commands: str) -> str:
    """What stands at the end of a help page: commands to try, each on a line."""
    return "\n\n".join(f"  {command}" for command in commands)


app = typer.Typer(
    name="shiftplan",
    cls=Commands,
    help="Fair volunteer shift rosters for many service centers, with a proven bound.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    epilog=examples(
        "shiftplan plan examples/data/an_giang --out out",
        "shiftplan check examples/data/an_giang out/roster.csv",
        "shiftplan charts examples/data/an_giang out/roster.csv --out slides",
        "shiftplan plan --help",
    ),
)


def main() -> None:
    """Run the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without Vietnamese letters is no error
            stream.reconfigure(errors="replace")
    started()
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
        if not _is_full(error):
            print(_unexpected(error), file=sys.stderr)
            sys.exit(EXIT_INTERNAL)
        # Nothing more goes there, or Python would try once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        print(Words(asked())("usage.output_full", error=str(error)), file=sys.stderr)
        sys.exit(EXIT_INPUT)
    finally:
        try:
            sys.stderr.flush()
        except (
            OSError
        ):  # nobody reads it: Python would try once more, and end with a code of its own
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _is_full(error: Exception) -> bool:
    """Whether an error says that standard output cannot take more."""
    return isinstance(error, OSError) and error.errno in FULL and error.filename is None


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


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"shiftplan {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Fair volunteer shift rosters for many service centers, with a proven bound."""


@contextmanager
def exit_codes(lang: Lang) -> Iterator[None]:
    """Turn expected errors into messages on standard error and exit codes."""
    try:
        yield
    except InputError as error:
        count = error.count
        head = Words(lang)("errors.faults", n=count)
        lines = [head, *(f"  {fault_text(fault, lang)}" for fault in error.faults[:SHOWN])]
        if count > SHOWN:
            lines.append("  " + Words(lang)("form.more", n=count - SHOWN))
        print(*lines, *getattr(error, "__notes__", ()), sep="\n", file=sys.stderr)
        raise typer.Exit(EXIT_INPUT) from None
    except MissingExtraError as error:
        raise fail(error.said(Words(lang))) from None
    except (ClusterError, ModelError) as error:
        print(error.said(Words(lang)), file=sys.stderr)
        raise typer.Exit(EXIT_INTERNAL) from None
    except KeyboardInterrupt:
        raise typer.Exit(EXIT_INTERRUPTED) from None


def fail(message: str) -> typer.Exit:
    """Show a message, and end with the exit code for bad input."""
    print(message, file=sys.stderr)
    return typer.Exit(EXIT_INPUT)


def print_json(content: Mapping[str, Any]) -> None:
    """Print one JSON object on standard output."""
    print(json.dumps(content, indent=1, ensure_ascii=False))


def make_folder(*files: Path, lang: Lang) -> None:
    """Make the folder of some files, and see that all can be written before anybody waits."""
    folder = files[0].parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        for file in files:
            if file.exists():  # a program that shows the file may hold it
                file.open("r+b").close()
    except OSError as error:
        raise unwritable(error, folder, lang) from None


def make_place(out: Path, lang: Lang) -> None:
    """Make the folder of a result, and see that all can be written before anybody waits.

    Raises
    ------
    typer.Exit
        A file cannot be written.
    InputError
        Calendars or messages cannot be written, or their notes are broken.

    """
    make_folder(*(out / name for name in FILES), lang=lang)
    check_handouts(out)


def unwritable(error: OSError, out: Path, lang: Lang) -> typer.Exit:
    """Say that a file cannot be written, and why; of a temporary one nobody knows the name."""
    reason, name = Words(lang)(of_system(error)), error.filename
    if not name or Path(os.fsdecode(name)).name.startswith(tempfile.gettempprefix()):
        name = out
    return fail(Words(lang)("usage.unwritable", name=name, reason=reason))


@contextmanager
def interrupts(cancel: threading.Event, console: Console) -> Iterator[None]:
    """Let the first Ctrl-C or SIGTERM end the search softly, and the second end it at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: object) -> None:
        if cancel.is_set():
            console.show_cursor()
            os._exit(EXIT_INTERRUPTED)  # workers end by themselves when their parent is gone
        cancel.set()

    before = {number: signal.signal(number, stop) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
