"""The command `shiftplan`, for coordinators and weekly batches.

Folder or file -> plan, check -> roster.csv, reserves.csv, result.json and a summary.

Exit codes of `plan`: 0 a roster was written, 1 internal error, 2 bad input, 3 hard rules
contradict each other, 4 no roster was found in time, 130 ended by a second Ctrl-C.
Exit codes of `check`: 0 no hard rule is broken, 1 some are, 2 bad input.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

from shiftplan import summary as figures
from shiftplan.check import check
from shiftplan.errors import InputError, ModelError
from shiftplan.files import read_problem, read_roster, write_reserves, write_roster
from shiftplan.problem import Problem
from shiftplan.reserves import reserves
from shiftplan.result import Result, Status
from shiftplan.solve import solve
from shiftplan.texts import TEXTS, Lang

try:
    import typer
    from rich.console import Console

    from shiftplan.display import (
        make_console,
        show_broken,
        show_costs,
        show_progress,
        show_result,
        show_summary,
    )
except ModuleNotFoundError as error:
    sys.exit(
        f"The command shiftplan needs the package {error.name}, which is not installed.\n"
        "Maybe the extra is missing; install it with:  pip install 'shiftplan[cli]'"
    )

EXIT_OK, EXIT_BROKEN, EXIT_INTERNAL, EXIT_INPUT = 0, 1, 1, 2
EXIT_INFEASIBLE, EXIT_NO_ROSTER, EXIT_INTERRUPTED = 3, 4, 130
_LEAST_SECONDS = 0.05
ROSTER, RESERVES, RESULT = "roster.csv", "reserves.csv", "result.json"

app = typer.Typer(
    name="shiftplan",
    help="Fair volunteer shift rosters for many service centers, with a proven bound.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

Week = Annotated[
    Path,
    typer.Argument(help="The planning week: a folder of CSV files, or a .json problem."),
]
Language = Annotated[Lang, typer.Option(help="Language of what is shown.")]


def main() -> None:
    """Run the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without Vietnamese letters is no error
            stream.reconfigure(errors="replace")
    app()


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


@app.command()
def plan(
    week: Week,
    out: Annotated[
        Path,
        typer.Option(help=f"Folder for {ROSTER}, {RESERVES} and {RESULT}; made if missing."),
    ],
    time_limit: Annotated[
        float,
        typer.Option(
            help="Seconds for reading, solving and checking together; the stand-by lists of "
            f"{RESERVES} are made after that."
        ),
    ] = 60.0,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1, help="Engines side by side; as many as processors, at most 4, if not given."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 65, help="Seed of all chance.")] = 0,
    gap: Annotated[
        float, typer.Option(help="Gap that is good enough, such as 0.01; 0 asks for a proof.")
    ] = 0.0,
    lang: Language = "en",
) -> None:
    """Plan a week: write the roster, whom to call when somebody does not come, cost and bound.

    Ctrl-C ends the search and writes the best roster so far; a second one ends at once.
    """
    start = time.monotonic()
    with _exit_codes(lang):
        if not time_limit > 0:
            raise typer.BadParameter("must be above 0", param_hint="--time-limit")
        if not 0 <= gap < 1:
            raise typer.BadParameter("must be 0 to below 1", param_hint="--gap")
        problem = _read(week)
        _make_folder(out)
        left = max(_LEAST_SECONDS, time_limit - (time.monotonic() - start))
        console = make_console(stderr=True)
        cancel = threading.Event()
        with _interrupts(cancel, console), show_progress(console, cancel, start, lang) as watch:
            run = partial(solve, problem, time_limit=left, workers=workers, seed=seed, gap=gap)
            result = run(on_progress=watch, cancel=cancel)
            try:
                written = _write(problem, result, out, lang)
            except OSError as error:
                raise _unwritable(error, out) from None
    show_result(problem, result, written, lang)
    if result.status is Status.INFEASIBLE:
        raise typer.Exit(EXIT_INFEASIBLE)
    raise typer.Exit(EXIT_NO_ROSTER if result.roster is None else EXIT_OK)


@app.command("check")
def check_roster(
    week: Week,
    roster: Annotated[Path, typer.Argument(help="The roster: CSV with shift_id, volunteer_id.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print figures as JSON.")] = False,
    most: Annotated[int, typer.Option(min=0, help="Findings shown for each broken rule.")] = 5,
    lang: Language = "en",
) -> None:
    """Score any roster, also one made by hand: broken hard rules and costs."""
    with _exit_codes(lang):
        problem = _read(week)
        judged = read_roster(roster)
        score = check(problem, judged)
    if as_json:
        content = {
            "hard": dict(score.hard),
            "levels": {str(level): cost for level, cost in score.levels.items()},
            "parts": dict(score.parts),
            "total": score.total,
        }
        print(json.dumps(content, indent=1, ensure_ascii=False))
    else:
        console = make_console()
        show_broken(console, problem, score, most, lang)
        show_costs(console, score, lang)
        show_summary(console, figures.summarize(problem, judged), lang)
    raise typer.Exit(EXIT_OK if score.is_feasible else EXIT_BROKEN)


@app.command()
def schema() -> None:
    """Print the JSON schema of a problem."""
    print(json.dumps(Problem.model_json_schema(), indent=1, ensure_ascii=False))


# ---- reading, writing, ending


@contextmanager
def _exit_codes(lang: Lang) -> Iterator[None]:
    """Turn expected errors into messages on standard error and exit codes."""
    try:
        yield
    except InputError as error:
        count = len(error.faults)
        head = TEXTS[lang]["1 fault" if count == 1 else "faults"].format(count)
        print(head, *(f"  {fault}" for fault in error.faults), sep="\n", file=sys.stderr)
        raise typer.Exit(EXIT_INPUT) from None
    except ModelError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(EXIT_INTERNAL) from None
    except KeyboardInterrupt:
        raise typer.Exit(EXIT_INTERRUPTED) from None


def _fail(message: str) -> typer.Exit:
    print(message, file=sys.stderr)
    return typer.Exit(EXIT_INPUT)


def _read(week: Path) -> Problem:
    if week.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods"):
        raise _fail(
            f"{week}: workbooks cannot be read yet; save each sheet as CSV UTF-8 into a folder "
            "and give the folder."
        )
    return read_problem(week)


def _unwritable(error: OSError, out: Path) -> typer.Exit:
    return _fail(f"{error.filename or out}: cannot be written: {error.strerror}")


def _make_folder(out: Path) -> None:
    """Make the folder, and see that all can be written before anybody waits for it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
        for file in (out / ROSTER, out / RESERVES, out / RESULT):
            if file.exists():  # a program that shows the file may hold it
                file.open("r+b").close()
    except OSError as error:
        raise _unwritable(error, out) from None


def _write(problem: Problem, result: Result, out: Path, lang: Lang) -> list[Path]:
    """Put the result, and the roster with its reserves if there is one, in place of earlier ones.

    All are complete before any is put in place, and no earlier roster stays beside a result that
    is not its own.
    """
    with tempfile.TemporaryDirectory(dir=out, prefix=".shiftplan-") as name:
        part = Path(name)
        (part / RESULT).write_text(result.to_json() + "\n", encoding="utf-8")
        if result.roster is None:
            for file in (ROSTER, RESERVES):
                (out / file).unlink(missing_ok=True)
            files = [RESULT]
        else:
            write_roster(problem, result.roster, part / ROSTER)
            write_reserves(problem, reserves(problem, result.roster, lang=lang), part / RESERVES)
            files = [ROSTER, RESERVES, RESULT]
        for file in files:
            os.replace(part / file, out / file)
    return [out / file for file in files]


@contextmanager
def _interrupts(cancel: threading.Event, console: Console) -> Iterator[None]:
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
