"""What all commands share: the application, reading, messages and exit codes.

Arguments -> `Problem`, or a message on standard error and an exit code.
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
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from shiftplan.cli.vietnamese import LANGUAGE, asked, translate
from shiftplan.errors import SHOWN, Fault, InputError, MissingExtraError, ModelError
from shiftplan.faults_in_words import fault_advice, fault_text, system_reason
from shiftplan.files import read_problem, read_roster, workbook
from shiftplan.handouts import check_handouts
from shiftplan.options import MOST_SEED
from shiftplan.outputs import FILES
from shiftplan.problem import Problem
from shiftplan.profile import with_recommended
from shiftplan.roster import Roster
from shiftplan.staffing import staff
from shiftplan.starting import INTERRUPTED, started
from shiftplan.texts import TEXTS, Lang
from shiftplan.wording import number

EXIT_OK, EXIT_INTERNAL, EXIT_INPUT, EXIT_INTERRUPTED = 0, 1, 2, INTERRUPTED
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What the system says where a disk is full or broken."""


def examples(*commands: str) -> str:
    """What stands at the end of a help page: commands to try, each on a line."""
    return "\n\n".join(["Examples:", *(f"  {command}" for command in commands)])


app = typer.Typer(
    name="shiftplan",
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

Week = Annotated[
    Path,
    typer.Argument(
        help="The planning week: a workbook .xlsx, a folder of CSV files, or a .json problem."
    ),
]
Judged = Annotated[Path, typer.Argument(help="The roster: CSV with shift_id, volunteer_id.")]
Recommended = Annotated[
    bool,
    typer.Option("--recommended", help="Add the recommended rules that the week does not name."),
]
Staffed = Annotated[
    bool,
    typer.Option(
        "--staff", help="Make requirements from the forecast, also where the week has its own."
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1, help="Engines side by side; as many as processors, at most 4, if not given."
    ),
]
Seed = Annotated[int, typer.Option(min=0, max=MOST_SEED, help="Seed of all chance.")]
Quiet = Annotated[
    bool, typer.Option("--quiet", help="Show nothing but errors; the exit code tells the rest.")
]
Language = Annotated[
    Lang, typer.Option(help="Language of what is shown.", envvar=LANGUAGE, show_envvar=False)
]


def place(text: str) -> Path:
    """A place to write to; nothing at all would mean the folder that somebody happens to be in."""
    if not text.strip():
        raise typer.BadParameter(TEXTS[asked()]["must not be empty"])
    return Path(text)


def main() -> None:
    """Run the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without Vietnamese letters is no error
            stream.reconfigure(errors="replace")
    started()
    command = typer.main.get_command(app)
    if asked() == "vi":
        translate(command)
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
        print(TEXTS[asked()]["output full"].format(error), file=sys.stderr)
        sys.exit(EXIT_INPUT)


def _is_full(error: Exception) -> bool:
    """Whether an error says that standard output cannot take more."""
    return isinstance(error, OSError) and error.errno in FULL and error.filename is None


def _unexpected(error: Exception) -> str:
    """Say what went wrong that nobody thought of, and keep what a report of it needs."""
    words = TEXTS[asked()]
    what = words["unexpected"].format(f"{type(error).__name__}: {error}")
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="shiftplan-", suffix=".txt", delete=False
        ) as file:
            traceback.print_exception(error, file=file)
    except OSError:
        return what
    return f"{what}\n{words['unexpected file'].format(file.name)}"


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"shiftplan {version('shiftplan')}")
        raise typer.Exit


@app.callback()
def _common(
    show_version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and end."
        ),
    ] = False,
) -> None:
    """Fair volunteer shift rosters for many service centers, with a proven bound."""


@contextmanager
def exit_codes(lang: Lang) -> Iterator[None]:
    """Turn expected errors into messages on standard error and exit codes."""
    try:
        yield
    except InputError as error:
        count = len(error.faults)
        head = TEXTS[lang]["1 fault" if count == 1 else "faults"].format(count)
        lines = [head, *(f"  {fault_text(fault, lang)}" for fault in error.faults[:SHOWN])]
        if count > SHOWN:
            lines.append("  " + TEXTS[lang]["more"].format(number(count - SHOWN, lang)))
        print(*lines, *getattr(error, "__notes__", ()), sep="\n", file=sys.stderr)
        raise typer.Exit(EXIT_INPUT) from None
    except MissingExtraError as error:
        text = TEXTS[lang]["missing extra"].format(error.package, error.extra)
        raise fail(text) from None
    except ModelError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(EXIT_INTERNAL) from None
    except KeyboardInterrupt:
        raise typer.Exit(EXIT_INTERRUPTED) from None


def fail(message: str) -> typer.Exit:
    """Show a message, and end with the exit code for bad input."""
    print(message, file=sys.stderr)
    return typer.Exit(EXIT_INPUT)


def read(week: Path, lang: Lang = "en", out: Path | None = None) -> Problem:
    """Read a planning week. The faults of a workbook are marked in a copy of it.

    The copy is put into the folder `out`, or beside the workbook when there is none.
    """
    try:
        return read_problem(week)
    except InputError as error:
        if workbook.can_mark(error.faults):
            error.add_note(_mark(week, error, week.parent if out is None else out, lang))
        raise


def _mark(week: Path, error: InputError, folder: Path, lang: Lang) -> str:
    """Mark the faults of a workbook; the sentence that says where, or why not."""
    words = TEXTS[lang]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copy = workbook.mark_faults(week, error.faults, folder, lang)
    except (InputError, OSError) as problem:
        if isinstance(problem, InputError):
            reason = fault_advice(problem.faults[0], lang)
        else:
            reason = system_reason(problem.strerror, lang)
        return words["faults unmarked"].format(reason)
    return words["faults marked"].format(copy) if copy else words["faults unmarked"].format(week)


def read_staffed(
    week: Path,
    lang: Lang,
    *,
    anew: bool = False,
    recommended: bool = False,
    out: Path | None = None,
) -> Problem:
    """Read a planning week; requirements come from its forecast where it has none.

    `anew`: from its forecast in any case. `recommended`: with the rules of `with_recommended`.
    `out`: folder for the copy of a workbook with faults.
    """
    problem = read(week, lang, out)
    if recommended:
        problem = with_recommended(problem)
    if anew or (problem.demand and not problem.requirements):
        return staff(problem, lang=lang).problem
    return problem


def print_json(content: Mapping[str, Any]) -> None:
    """Print one JSON object on standard output."""
    print(json.dumps(content, indent=1, ensure_ascii=False))


def read_roster_of(problem: Problem, path: Path, lang: Lang) -> Roster:
    """Read a roster of a week; one that has no shift of the week is another week's.

    Where it has some ids that the week does not know, that is said on standard error.
    """
    roster = read_roster(path)
    shifts = {s.shift_id for s in problem.shifts}
    if roster.people_in and roster.people_in.keys().isdisjoint(shifts):
        message = "the week has none of the shifts of this roster"
        remedy = "Maybe it was made for another week."
        first = next(iter(roster.people_in))
        raise InputError(
            [Fault("unknown_id", "roster", "shift_id", first, message, remedy, file=path.name)]
        )
    people = {v.volunteer_id for v in problem.volunteers}
    unknown = [
        a for a in roster.assignments if a.shift_id not in shifts or a.volunteer_id not in people
    ]
    if unknown:
        pair = f"{unknown[0].volunteer_id}, {unknown[0].shift_id}"
        count = number(len(unknown), lang)
        print(TEXTS[lang]["roster unknown"].format(path.name, count, pair), file=sys.stderr)
    return roster


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
    Exit
        A file cannot be written.
    InputError
        Calendars or messages cannot be written, or their notes are broken.

    """
    make_folder(*(out / name for name in FILES), lang=lang)
    check_handouts(out)


def unwritable(error: OSError, out: Path, lang: Lang) -> typer.Exit:
    """Say that a file cannot be written, and why."""
    reason = system_reason(error.strerror, lang)
    return fail(TEXTS[lang]["unwritable"].format(error.filename or out, reason))


@contextmanager
def interrupts(cancel: threading.Event, console: Console) -> Iterator[None]:
    """Let the first Ctrl-C end the search softly, and the second end the process at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: object) -> None:
        if cancel.is_set():
            console.show_cursor()
            os._exit(EXIT_INTERRUPTED)  # workers end by themselves when their parent is gone
        cancel.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
