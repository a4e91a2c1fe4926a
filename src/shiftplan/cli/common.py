"""What commands share: options, exit codes, and places to write to.

A command that runs -> a message on standard error, and an exit code.
"""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

import typer
from rich.console import Console

from shiftplan.cli.starting import ENDING, INTERRUPTED
from shiftplan.cli.usage import LANGUAGE, Misused
from shiftplan.errors import (
    SHOWN,
    ClusterError,
    Fault,
    InputError,
    MissingExtraError,
    ModelError,
)
from shiftplan.errors.allowed import MOST_SEED
from shiftplan.errors.message import Message, languages
from shiftplan.errors.system import of_system
from shiftplan.present.words import Lang, Words

EXIT_OK, EXIT_INTERNAL, EXIT_INPUT, EXIT_INTERRUPTED = 0, 1, 2, INTERRUPTED
EXIT_INFEASIBLE, EXIT_NO_ROSTER, EXIT_POOR = 3, 4, 5
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What the system says where a disk is full or broken."""


def _place(text: str | Path) -> Path:
    """A place to write to; nothing at all would mean the folder that somebody happens to be in.

    A default comes as it is.
    """
    if not str(text).strip():
        raise Misused(Message("usage.must_not_be_empty"))
    return Path(text)


Argument = Annotated[Path, typer.Argument()]
MaybeRoster = Annotated[Path | None, typer.Argument(show_default=False)]
Out = Annotated[Path, typer.Option(parser=_place, metavar="PATH")]
MaybeOut = Annotated[Path | None, typer.Option(parser=_place, metavar="PATH")]
DATE: dict[str, Any] = {
    "formats": ["%Y-%m-%d", "%d/%m/%Y"],
    "metavar": "YYYY-MM-DD|DD/MM/YYYY",
}
Day = Annotated[dt.datetime | None, typer.Option(**DATE)]
Lists = Annotated[list[str] | None, typer.Option(metavar="FILE|TEXT", show_default=False)]
"""Lists and typed texts, as `files.lists.typed` tells one from the other."""
Changes = Annotated[Path | None, typer.Option("--changes")]
Why = Annotated[str, typer.Option("--why")]
Recommended = Annotated[bool, typer.Option("--recommended")]
Staff = Annotated[bool, typer.Option("--staff")]
Replace = Annotated[bool, typer.Option("--replace")]
AsJson = Annotated[bool, typer.Option("--json")]
Quiet = Annotated[bool, typer.Option("--quiet")]
Most = Annotated[int, typer.Option(min=0)]
FromOne = Annotated[int, typer.Option(min=1)]
Workers = Annotated[int | None, typer.Option(min=1)]
Seed = Annotated[int, typer.Option(min=0, max=MOST_SEED)]
if TYPE_CHECKING:
    Known: TypeAlias = Lang
else:
    Known = Literal[languages()]
Language = Annotated[Known, typer.Option(envvar=LANGUAGE, show_envvar=False)]


@contextmanager
def exit_codes(lang: Lang, week: Path | None = None) -> Iterator[None]:
    """Turn expected errors into messages on standard error and exit codes.

    `week`: the week that the command is about, for commands in remedies.
    """
    say = Words(lang)
    try:
        yield
    except InputError as error:
        show_faults(error, lang, week)
        raise typer.Exit(EXIT_INPUT) from None
    except MissingExtraError as error:
        raise fail(error.said(say)) from None
    except (ClusterError, ModelError) as error:
        print(error.said(say), file=sys.stderr)
        raise typer.Exit(EXIT_INTERNAL) from None
    except KeyboardInterrupt:
        raise typer.Exit(EXIT_INTERRUPTED) from None


def show_faults(error: InputError, lang: Lang, week: Path | None = None) -> None:
    """Show what is wrong with the input, and what else is known of it, on standard error."""
    from shiftplan.present.faults import fault_text

    say = Words(lang)
    is_placed = any(fault.where for fault in error.faults)  # else it is not about the input
    lines = [say("errors.faults", n=error.count)] if is_placed else []
    first = (of_week(fault, week) for fault in error.faults[:SHOWN])
    lines += [f"{'  ' * is_placed}{fault_text(fault, lang)}" for fault in first]
    if error.count > SHOWN:
        lines.append("  " + say("form.more", n=error.count - SHOWN))
    print(*lines, *getattr(error, "__notes__", ()), sep="\n", file=sys.stderr)


def of_week(fault: Fault, week: Path | None) -> Fault:
    """A fault whose remedy names the week as it is typed in a command."""
    remedy = fault.remedy
    if week is None or isinstance(remedy, str):
        return fault
    named = remedy.params.get("week")
    if not isinstance(named, Message) or named.code != "record.any_week":
        return fault
    return replace(fault, remedy=Message(remedy.code, **{**remedy.params, "week": typed(week)}))


def fail(message: str) -> typer.Exit:
    """Show a message, and end with the exit code for bad input."""
    print(message, file=sys.stderr)
    return typer.Exit(EXIT_INPUT)


def typed(path: Path) -> str:
    """A path as it is typed in a command."""
    return f'"{path}"' if " " in str(path) else str(path)


def print_json(content: Mapping[str, Any]) -> None:
    """Print one JSON object on standard output."""
    print(json.dumps(content, indent=1, ensure_ascii=False))


def print_written(lang: Lang, *files: Path) -> None:
    """Tell which files were written."""
    print(Words(lang)("plans.written", out=", ".join(map(str, files))))


def make_folder(*files: Path, lang: Lang) -> None:
    """Make the folder of some files, and see that all can be written before anybody waits."""
    folder = files[0].parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        for file in files:
            with suppress(FileNotFoundError):  # a program that shows the file may hold it
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
    from shiftplan.present.handouts import check_handouts
    from shiftplan.present.outputs import FILES

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
