"""The command `shiftplan`, for coordinators and weekly batches.

Folder or file -> plan, check -> roster.csv, result.json and a summary.

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
from shiftplan.check import Score, check
from shiftplan.errors import InputError, ModelError
from shiftplan.files import read_problem, read_roster, write_roster
from shiftplan.problem import Problem
from shiftplan.result import Progress, Result, Status
from shiftplan.rules import Violation
from shiftplan.solve import solve
from shiftplan.summary import AreaSeats, CenterSeats, Seats, Summary, number, percent
from shiftplan.texts import TEXTS, UNITS_VI, Lang

try:
    import typer
    from rich.console import Console, RenderableType
    from rich.live import Live
    from rich.padding import Padding
    from rich.table import Column, Table
    from rich.text import Text
except ModuleNotFoundError as error:
    sys.exit(
        f"The command shiftplan needs the package {error.name}, which is not installed.\n"
        "Maybe the extra is missing; install it with:  pip install 'shiftplan[cli]'"
    )

EXIT_OK, EXIT_BROKEN, EXIT_INTERNAL, EXIT_INPUT = 0, 1, 1, 2
EXIT_INFEASIBLE, EXIT_NO_ROSTER, EXIT_INTERRUPTED = 3, 4, 130
_LEAST_SECONDS = 0.05
_PICTURE_WIDTH = 30
ROSTER, RESULT = "roster.csv", "result.json"

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
    out: Annotated[Path, typer.Option(help=f"Folder for {ROSTER} and {RESULT}; made if missing.")],
    time_limit: Annotated[
        float, typer.Option(help="Seconds for reading, solving and checking together.")
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
    """Plan a week: write the roster, its cost and the proven bound.

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
        console = _console(stderr=True)
        cancel = threading.Event()
        with _interrupts(cancel, console), _progress(console, cancel, start, lang) as watch:
            run = partial(solve, problem, time_limit=left, workers=workers, seed=seed, gap=gap)
            result = run(on_progress=watch, cancel=cancel)
            try:
                written = _write(problem, result, out)
            except OSError as error:
                raise _unwritable(error, out) from None
    _show_result(problem, result, written, lang)
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
        console = _console()
        _show_broken(console, problem, score, most, lang)
        _show_costs(console, score, lang)
        _show_summary(console, figures.summarize(problem, judged), lang)
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
        for file in (out / ROSTER, out / RESULT):
            if file.exists():  # a program that shows the file may hold it
                file.open("r+b").close()
    except OSError as error:
        raise _unwritable(error, out) from None


def _write(problem: Problem, result: Result, out: Path) -> list[Path]:
    """Put the result, and the roster if there is one, in place of earlier ones.

    Both are complete before either is put in place, and no earlier roster stays beside a result
    that is not its own.
    """
    with tempfile.TemporaryDirectory(dir=out, prefix=".shiftplan-") as name:
        part = Path(name)
        (part / RESULT).write_text(result.to_json() + "\n", encoding="utf-8")
        if result.roster is None:
            (out / ROSTER).unlink(missing_ok=True)
            files = [RESULT]
        else:
            write_roster(problem, result.roster, part / ROSTER)
            files = [ROSTER, RESULT]
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


class _Watch:
    """The line of progress: called with what is new, drawn several times a second."""

    def __init__(self, cancel: threading.Event, start: float, lang: Lang) -> None:
        self._cancel, self._start, self._lang = cancel, start, lang
        self._last: Progress | None = None

    def __call__(self, progress: Progress) -> None:
        self._last = progress

    def __rich__(self) -> Text:
        words, lang = TEXTS[self._lang], self._lang
        parts = [f"{time.monotonic() - self._start:.0f} s"]
        last = self._last
        if last is None or last.total is None:
            parts.append(words["searching"])
        else:
            parts.append(f"{words['cost']} {number(last.total, lang)}")
        if last is not None and last.bound is not None:
            parts.append(f"{words['bound']} {number(last.bound, lang)}")
            parts.append(f"{words['gap']} {percent(last.gap, lang, up=True)}")
        if self._cancel.is_set():
            parts.append(words["stopping"])
        return Text("   ".join(parts), no_wrap=True, overflow="ellipsis")


@contextmanager
def _progress(
    console: Console, cancel: threading.Event, start: float, lang: Lang
) -> Iterator[_Watch]:
    """A live line on a terminal; nothing at all elsewhere."""
    watch = _Watch(cancel, start, lang)
    if not console.is_terminal:
        yield watch
        return
    with Live(watch, console=console, refresh_per_second=4, transient=True):
        yield watch


# ---- what is shown


def _console(*, stderr: bool = False) -> Console:
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def _print(console: Console, *items: RenderableType) -> None:
    """Print, and leave no blanks at the ends of lines in a file or pipe."""
    for item in items:
        if console.is_terminal:
            console.print(item)
            continue
        with console.capture() as text:
            console.print(item)
        console.file.write("".join(f"{line.rstrip()}\n" for line in text.get().splitlines()))


def _show_result(problem: Problem, result: Result, written: list[Path], lang: Lang) -> None:
    console = _console(stderr=result.roster is None)
    _print(console, *figures.headline(result, lang))
    if result.conflict:
        _print(console, TEXTS[lang]["conflict"])
        for line in figures.conflict_lines(result.conflict, problem, lang):
            text = line.lstrip()
            _print(console, Padding(Text(text), (0, 0, 0, len(line) - len(text))))
    if result.roster is not None:
        _show_summary(console, figures.summarize(problem, result.roster), lang)
        print()
    print(TEXTS[lang]["written"].format(", ".join(map(str, written))))


def _show_summary(console: Console, found: Summary, lang: Lang) -> None:
    words = TEXTS[lang]
    everything = [(row.area, row.centers, row.people, row.skilled) for row in found.areas]
    if not any(people.target + skilled.target for _, _, people, skilled in everything):
        _print(console, "\n" + words["no seats"])
    else:
        _show_areas(console, found.areas, lang)
        _show_worst(console, found.worst_centers, lang)
    _show_load(console, found, lang)


def _table(*columns: str, left: int = 1) -> Table:
    table = Table(box=None, pad_edge=False)
    for i, name in enumerate(columns):
        table.add_column(name, justify="left" if i < left else "right", header_style="dim")
    return table


def _of(filled: int, seats: int, lang: Lang) -> str:
    return TEXTS[lang]["of"].format(number(filled, lang), number(seats, lang)) if seats else "–"


def _cells(seats: Seats, lang: Lang) -> tuple[str, str, str]:
    minimum = _of(seats.minimum_filled, seats.minimum, lang)
    share = percent(seats.share, lang) if seats.target else "–"
    return minimum, _of(seats.filled, seats.target, lang), share


def _show_areas(console: Console, areas: tuple[AreaSeats, ...], lang: Lang) -> None:
    words = TEXTS[lang]
    heads = [words[key] for key in ("area", "centers", "needed", "wanted", "filled")]
    table = _table(*heads)
    for kind in ("people", "skilled"):
        rows: list[tuple[AreaSeats, Seats]] = [(row, getattr(row, kind)) for row in areas]
        total = sum((seats for _, seats in rows), Seats())
        if not total.target:
            continue
        table.add_row(Text(words[f"{kind} seats"], style="italic"))
        for row, seats in rows:
            centers = number(row.centers, lang)
            table.add_row("  " + words[row.area], centers, *_cells(seats, lang))
        if len(rows) > 1:
            centers = number(sum(row.centers for row, _ in rows), lang)
            table.add_row("  " + words["all"], centers, *_cells(total, lang))
    _print(console, "")
    _print(console, Text(words["seats by area"], style="bold"), table)


def _show_worst(console: Console, centers: tuple[CenterSeats, ...], lang: Lang) -> None:
    words = TEXTS[lang]
    _print(console, "")
    if not centers:
        _print(console, words["no empty seats"])
        return
    heads = [words[key] for key in ("center", "people", "skilled", "filled")]
    table = _table(*heads)
    for center in centers:
        named = center.name != center.center_id
        table.add_row(
            Text(f"{center.name} ({center.center_id})" if named else center.name),
            _of(center.people.filled, center.people.target, lang),
            _of(center.skilled.filled, center.skilled.target, lang),
            percent(center.both.share, lang),
        )
    _print(console, Text(words["worst"], style="bold"), table)


def _show_load(console: Console, found: Summary, lang: Lang) -> None:
    words = TEXTS[lang]
    rows = figures.load_bins(found.load)
    if not rows:
        return
    table = _table(words["shifts"], words["volunteers"], left=0)
    table.add_column("")
    most = max(count for _, count in rows)
    for label, count in rows:
        length = -(-_PICTURE_WIDTH * count // most) if most else 0
        table.add_row(label, number(count, lang), Text("▇" * length, style="cyan"))
    _print(console, "")
    _print(console, Text(words["load"], style="bold"), table)
    for line in figures.load_lines(found.load, lang):
        _print(console, line)


def _show_broken(console: Console, problem: Problem, score: Score, most: int, lang: Lang) -> None:
    words = TEXTS[lang]
    if score.is_feasible:
        _print(console, words["feasible"])
        return
    _print(console, words["broken"])
    groups: dict[str, list[Violation]] = {}
    for violation in score.broken:
        groups.setdefault(violation.rule.rule, []).append(violation)
    for rule, found in groups.items():
        unit = found[0].unit if lang == "en" else UNITS_VI.get(found[0].unit, found[0].unit)
        amount = f"{number(sum(v.amount for v in found), lang)} {unit}"
        places = f"{number(len(found), lang)} {words['places']}"
        _print(console, f"\n{figures.rule_name(rule, lang)}: {amount}, {places}")
        items = Table.grid(Column(width=4), Column())
        for violation in found[:most]:
            items.add_row("  -", Text(figures.finding(violation, problem, lang)))
        _print(console, items)
        if len(found) > most:
            _print(console, "  " + words["more"].format(number(len(found) - most, lang)))


def _show_costs(console: Console, score: Score, lang: Lang) -> None:
    words = TEXTS[lang]
    _print(console, "")
    table = _table(words["rule"], words["cost"].capitalize())
    for i, (what, cost) in enumerate(figures.totals(score, lang)):
        if 0 < i == len(score.parts):
            table.add_row()
        table.add_row(Text(what), cost)
    _print(console, Text(words["costs"], style="bold"), table)
