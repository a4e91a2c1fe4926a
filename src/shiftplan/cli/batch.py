"""`batch`: every week of every province, unattended, resumed where it ended.

ROOT -> results of each province-week, summary.csv, index.html, log.jsonl, metrics.txt.
"""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from shiftplan.batch.asked import ExecutorName, asked_for
from shiftplan.batch.places import PAGE, SUMMARY
from shiftplan.batch.preview import preview_asked
from shiftplan.batch.run import plan_asked
from shiftplan.batch.summary import summary_rows
from shiftplan.cli import common
from shiftplan.cli.batch_shown import show_batch, show_failures, show_preview, show_summary
from shiftplan.cli.commands import command
from shiftplan.cli.usage import Misused
from shiftplan.errors import DiskFullError, InputError
from shiftplan.errors.message import Message
from shiftplan.present.display import make_console
from shiftplan.present.words import Lang, Words
from shiftplan.record.planning import Keep

if TYPE_CHECKING:
    from shiftplan.batch.manifest import BatchEvent

EXIT_FAILED = 1


@command(
    "batch",
    "shiftplan batch nation --out run --time-limit 120",
    "shiftplan batch nation --out run --weeks 2026-12-07..2026-12-28 --budget 7200",
    "shiftplan batch nation --out run --dry-run",
)
def batch(
    root: Path,
    out: common.Out,
    weeks: Annotated[list[str] | None, typer.Option(metavar="DATES")] = None,
    executor: ExecutorName = "local",
    address: str | None = None,
    workers: common.Workers = None,
    time_limit: float | None = None,
    budget: float | None = None,
    memory: Annotated[int | None, typer.Option(min=1, metavar="MB")] = None,
    seed: common.Seed = 0,
    gap: float = 0.0,
    staff: common.Staff = False,
    recommended: common.Recommended = False,
    keep: Keep = "lightly",
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    quiet: common.Quiet = False,
    as_json: common.AsJson = False,
    lang: common.Language = "en",
) -> None:
    """Plan every week of every province, unattended; the same command again goes on.

    Exit codes: 0 all are planned, 1 some failed or are very poor, or disk or record are unusable
    by now, 2 invalid arguments, or an unusable folder or record, 130 ended by Ctrl-C or SIGTERM.
    """
    for name, seconds in (("--time-limit", time_limit), ("--budget", budget)):
        if seconds is not None and not seconds > 0:
            raise Misused(Message("usage.must_be_above_0"), name)
    if not 0 <= gap < 1:
        raise Misused(Message("usage.must_be_0_to_below_1"), "--gap")
    asked = asked_for(
        root,
        out,
        None,
        named=weeks,
        executor="local" if dry_run else executor,
        address=None if dry_run else address,
        workers=workers,
        time_limit=time_limit,
        budget=budget,
        memory_mb=memory,
        seed=seed,
        gap=gap,
        staff=staff,
        recommended=recommended,
        keep=keep,
        lang=lang,
    )
    plain = make_console(stderr=True)
    if dry_run:
        with _checking(plain, lang, quiet=quiet) as tell:
            preview = preview_asked(asked, tell)
        if as_json:
            common.print_json(preview.as_dict())
        else:
            show_preview(make_console(stderr=quiet), preview, lang, only_failing=quiet)
        raise typer.Exit(EXIT_FAILED if preview.failing else common.EXIT_OK)
    cancel = threading.Event()
    shown = show_batch(plain, asked.chosen, lang, budget=budget, quiet=quiet)
    began = threading.Event()
    ended = common.interrupts(cancel, plain)
    with _disk_errors(out, lang, began), ended, shown as watch:

        def take(event: BatchEvent) -> None:
            began.set()
            watch(event)

        found = plan_asked(asked, take, cancel)
    if as_json:
        common.print_json(
            {"province_weeks": summary_rows(found.rows, out, Words(lang)), "run": str(out)}
        )
    elif quiet:
        show_failures(make_console(stderr=True), found.rows, lang)
    else:
        show_summary(make_console(), found.rows, lang)
        page = (out / PAGE).exists()
        where = out / (PAGE if page else SUMMARY)
        print(Words(lang)("batches.page" if page else "batches.table", place=where))
    if cancel.is_set() and not found.is_complete:
        print(Words(lang)("batches.ended_softly"), file=sys.stderr)
        raise typer.Exit(common.EXIT_INTERRUPTED)
    raise typer.Exit(common.EXIT_OK if found.is_complete else EXIT_FAILED)


@contextmanager
def _disk_errors(out: Path, lang: Lang, began: threading.Event) -> Iterator[None]:
    """Say that the run folder cannot be written, or its record is gone; once a week was settled,
    no argument is to blame.
    """
    try:
        yield
    except InputError as error:
        if not began.is_set():
            raise
        common.show_faults(error, lang)
        print(Words(lang)("batches.disk"), file=sys.stderr)
        raise typer.Exit(EXIT_FAILED) from None
    except OSError as error:
        reason = os.strerror(error.errno or errno.EIO)
        ended = common.unwritable(OSError(error.errno, reason, error.filename), out, lang)
        if error.errno not in common.FULL and not began.is_set():
            raise ended from None
        advice = error.message if isinstance(error, DiskFullError) else "batches.disk"
        print(Words(lang)(advice), file=sys.stderr)
        raise typer.Exit(EXIT_FAILED) from None


@contextmanager
def _checking(
    console: Console, lang: Lang, *, quiet: bool
) -> Iterator[Callable[[int, int], None] | None]:
    """Tell on a terminal how many weeks are checked."""
    if quiet or not console.is_terminal:
        yield None
        return
    with console.status("") as status:
        yield lambda number, of: status.update(Words(lang)("batches.checked", number=number, of=of))
