"""`repair` and `what-if`: a published roster and late changes.

Week, roster, changes -> what `plan` writes, changes.csv and the changed week, and what to tell
whom; or only costs by rule before and after, and who would change.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from pydantic import BaseModel, NonNegativeInt

from shiftplan.analysis.repair import Repair, WhatIf
from shiftplan.analysis.repair import repair as repair_roster
from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Argument, Language, Out, Recommended, Seed, Staff, Workers
from shiftplan.cli.plan import exit_code_of
from shiftplan.cli.reading import read_late_changes, read_roster_of, read_staffed
from shiftplan.cli.usage import Misused
from shiftplan.errors.message import Message
from shiftplan.files import write_week
from shiftplan.files.layout import TABLE_NAMES
from shiftplan.files.seasons import DAYS
from shiftplan.files.text import is_there, need_inside, read_text, real_path
from shiftplan.files.whole import write_texts
from shiftplan.present.answers.reasons import changes_csv
from shiftplan.present.display import Watch, make_console, show_progress
from shiftplan.present.display.changes import show_repair
from shiftplan.present.handouts import revisions_in
from shiftplan.present.naming import lang_of
from shiftplan.present.outputs import CHANGES, RESULT, ROSTER, WEEK, write_outputs
from shiftplan.present.result_file import ResultPart, read_result_part
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange
from shiftplan.week.horizon import Horizon
from shiftplan.week.roster import Roster


@command("repair")
def repair(
    week: Argument,
    roster: Path,
    out: Out,
    absent: common.Absent = None,
    changes: common.Changes = None,
    time_limit: float = 20.0,
    prove: Annotated[bool, typer.Option("--prove")] = False,
    frozen_until: common.Day = None,
    result: Path | None = None,
    workers: Workers = None,
    seed: Seed = 0,
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Repair a published roster after late changes: the same service, and few further changes.

    Exit codes: 0 a roster was written, 1 internal error, 2 bad input, 3 hard rules contradict each
    other, 4 no roster was found in time, 5 the roster is empty or very poor: not for handing out,
    130 ended by a second Ctrl-C or SIGTERM.
    """
    start = time.monotonic()
    _need_changes(time_limit, absent, changes, lang)
    if real_path(out / WEEK) == real_path(week):
        raise Misused(Message("usage.week_itself", week=str(week)), "--out")
    problem = read_staffed(week, lang, anew=staff, recommended=recommended, out=out)
    lang = lang_of(problem, lang)
    say = Words(lang)
    published = read_roster_of(problem, roster, lang, week)
    given = read_late_changes(problem, absent, changes, lang)
    bound = None if result is None else _bound(problem, result, lang)
    numbers, days = revisions_in(roster.parent), None
    if is_there(week / DAYS):
        need_inside(week, week / DAYS)
        days = read_text(week / DAYS)
    common.make_place(out, lang)
    common.make_folder(*(out / WEEK / f"{name}.csv" for name in TABLE_NAMES), lang=lang)
    read = time.monotonic() - start
    options = {
        "prove": prove,
        "frozen_until": None if frozen_until is None else frozen_until.date(),
        "bound": bound,
        "workers": workers,
        "seed": seed,
    }
    with _repairing(problem, published, given, time_limit, lang, **options) as (found, watch):
        watch.write_files()
        told = {} if found.roster is None else {CHANGES: changes_csv(found, lang)}
        try:
            write_week(found.problem, out / WEEK)
            if days is None:
                (out / WEEK / DAYS).unlink(missing_ok=True)
            else:
                write_texts({out / WEEK / DAYS: days})
            written = write_outputs(
                found.problem,
                found.result,
                out,
                lang,
                beside={**told, RESULT: found.to_json() + "\n"},
                compared=published,
                told=published,
                revisions=numbers,
            )
        except OSError as error:
            raise common.unwritable(error, out, lang) from None
    total = found.result.total
    given_up = found.roster is not None and total.bound is None
    if result is not None and bound is not None and given_up:
        passed = total.cost is not None and bound > total.cost
        _say_unused(result, "repairs.passed" if passed else "repairs.not_only_absences", lang)
    show_repair(make_console(stderr=found.roster is None), found, lang, read=read)
    common.print_written(lang, *written, out / WEEK)
    if found.roster is not None:
        places = {"week": out / WEEK, "roster": out / ROSTER}
        # As they are typed in a command.
        typed = {name: f'"{p}"' if " " in str(p) else str(p) for name, p in places.items()}
        print(say("repairs.week", **typed))
    raise typer.Exit(exit_code_of(found.result))


@command("what-if")
def show_what_if(
    week: Argument,
    roster: Path,
    absent: common.Absent = None,
    changes: common.Changes = None,
    time_limit: float = 20.0,
    as_json: common.AsJson = False,
    workers: Workers = None,
    seed: Seed = 0,
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Show what late changes would mean: costs by rule before and after, and who would change.

    Exit codes: 0 a roster was found for the changed week, 1 internal error, 2 bad input, 3 hard
    rules would contradict each other, 4 no roster was found in time, 5 the roster would be empty or
    very poor, 130 ended by a second Ctrl-C or SIGTERM.
    """
    start = time.monotonic()
    _need_changes(time_limit, absent, changes, lang)
    problem = read_staffed(week, lang, anew=staff, recommended=recommended)
    lang = lang_of(problem, lang)
    judged = read_roster_of(problem, roster, lang, week)
    given = read_late_changes(problem, absent, changes, lang)
    read = time.monotonic() - start
    options = {"workers": workers, "seed": seed}
    with _repairing(problem, judged, given, time_limit, lang, **options) as (found, _):
        pass
    if not as_json:
        console = make_console(stderr=found.roster is None)
        show_repair(console, found, lang, read=read, is_question=True)
    elif found.roster is None:
        common.print_json(found.result.as_dict())
    else:
        common.print_json(WhatIf.of(found).as_dict())
    raise typer.Exit(exit_code_of(found.result))


def _need_changes(time_limit: float, absent: Path | None, changes: Path | None, lang: Lang) -> None:
    """Refuse a time limit of nothing, and a repair without any change."""
    if not time_limit > 0:
        raise Misused(Message("usage.must_be_above_0"), "--time-limit")
    if absent is None and changes is None:
        raise common.fail(Words(lang)("usage.nothing_different"))


@contextmanager
def _repairing(
    problem: Problem,
    roster: Roster,
    changes: Iterable[AnyChange],
    time_limit: float,
    lang: Lang,
    **options: Any,
) -> Iterator[tuple[Repair, Watch]]:
    """Repair a roster while progress is shown; what follows inside may be interrupted too."""
    console, cancel = make_console(stderr=True), threading.Event()
    shown = show_progress(console, cancel, time.monotonic(), lang, limit=time_limit)
    with common.interrupts(cancel, console), shown as watch:
        options |= {"time_limit": time_limit, "cancel": cancel, "on_progress": watch}
        options["now"] = _now_in(problem.horizon)
        yield repair_roster(problem, roster, *changes, **options), watch


def _now_in(horizon: Horizon) -> datetime | None:
    """The present moment by the clocks of a week; None before its first day and after its last."""
    now = datetime.now(ZoneInfo(horizon.zone)).replace(tzinfo=None)
    return now if now.date() in horizon else None


class _Total(BaseModel):
    bound: NonNegativeInt | None


class _Planned(ResultPart):
    """What the bound of a plan is, and of which week."""

    problem_digest: str
    total: _Total


def _bound(problem: Problem, path: Path, lang: Lang) -> int | None:
    """The proven bound of the week as it was planned; None when the file has none of this week."""
    planned = read_result_part(_Planned, path)
    if planned.problem_digest != problem.digest:
        _say_unused(path, "repairs.other_week", lang)
        return None
    if planned.total.bound is None:
        _say_unused(path, "repairs.nothing_proven", lang)
    return planned.total.bound


def _say_unused(path: Path, why: str, lang: Lang) -> None:
    """Say that the bound of a file is left aside, and why."""
    text = Words(lang)("repairs.bound_unused", path=path, why=Message(why))
    make_console(stderr=True).print(text)
