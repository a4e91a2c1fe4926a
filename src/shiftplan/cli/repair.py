"""`repair` and `what-if`: the roster that people know, and late changes.

Week, its record, changes -> a draft: what `plan` writes and changes.csv; or only costs by rule
before and after, and who would change.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel, NonNegativeInt

from shiftplan.analysis.repair import WhatIf
from shiftplan.analysis.repair import repair as repair_roster
from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Argument, Language, Out, Recommended, Seed, Staff, Workers
from shiftplan.cli.drafts import need_other_folder, show_draft, show_unrecorded
from shiftplan.cli.keeping import keep_inputs_in
from shiftplan.cli.plan import exit_code_of
from shiftplan.cli.reading import (
    current_roster,
    read_late_changes,
    read_live,
    read_roster_of,
)
from shiftplan.cli.usage import Misused
from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.present.answers.reasons import changes_csv
from shiftplan.present.display import Watch, make_console, show_progress
from shiftplan.present.display.changes import show_repair
from shiftplan.present.naming import lang_of
from shiftplan.present.outputs import CHANGES, RESULT, write_draft
from shiftplan.present.result_file import ResultPart, read_result_part
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange
from shiftplan.problem.known_ids import known_part
from shiftplan.record.live import LiveWeek
from shiftplan.record.planning import now_in
from shiftplan.week.roster import Roster


@command(
    "repair",
    "shiftplan repair week --absent absent.csv --out repaired",
    "shiftplan repair week --out repaired",
)
def repair(
    week: Argument,
    out: Out,
    roster: common.MaybeRoster = None,
    absent: common.Lists = None,
    changes: common.Changes = None,
    time_limit: float = 20.0,
    prove: Annotated[bool, typer.Option("--prove")] = False,
    frozen_until: common.Day = None,
    result: Path | None = None,
    replace: common.Replace = False,
    workers: Workers = None,
    seed: Seed = 0,
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Repair a roster after late changes: the same service, and few further changes.

    Exit codes: 0 a roster was written, 1 internal error, 2 bad input, 3 hard rules contradict each
    other, 4 no roster was found in time, 5 the roster is empty or very poor: not for handing out,
    130 ended by a second Ctrl-C or SIGTERM.
    """
    start = time.monotonic()
    _need_time(time_limit)
    keep_inputs_in(out, week, changes, *map(Path, absent or ()))
    live = read_live(week, lang, anew=staff, recommended=recommended, out=out)
    lang = lang_of(live.now.problem, lang)
    given = read_late_changes(live.now.problem, absent, changes, lang)
    known = live.now.known if live.now.told is None else None
    if roster is not None:
        known = read_roster_of(live.now.problem, roster, lang)
    if known is None and live.now.roster is None:
        raise live.now.state.lacking("record.no_roster")
    if not replace:
        need_other_folder(live, out)
    bound = None if result is None else _bound(live.files, result, lang)
    common.make_place(out, lang)
    recorded, live = live, _recorded(live, known, given, week, lang)
    read = time.monotonic() - start
    options: dict[str, Any] = {
        "now": now_in(live.files.horizon),
        "prove": prove,
        "frozen_until": None if frozen_until is None else frozen_until.date(),
        "bound": bound,
        "workers": workers,
        "seed": seed,
    }
    with _searching(time_limit, lang, options) as watch:
        made = live.repair(**options)
        watch.write_files()
        found = made.repair
        assert found is not None
        tables = {} if found.roster is None else {CHANGES: changes_csv(found, lang)}
        tables[RESULT] = found.to_json() + "\n"
        try:
            written = write_draft(found.problem, found.result, out, beside=tables)
        except OSError as error:
            raise common.unwritable(error, out, lang) from None
    total = found.result.total
    if result is not None and bound is not None and found.roster is not None and not total.bound:
        passed = total.cost is not None and bound > total.cost
        _say_unused(result, "repairs.passed" if passed else "repairs.not_only_absences", lang)
    show_repair(make_console(stderr=found.roster is None), found, lang, read=read)
    common.print_written(lang, *written)
    show_draft(live, made, week, lang, quiet=live is not recorded)
    raise typer.Exit(exit_code_of(found.result))


def _recorded(
    live: LiveWeek,
    known: Roster | None,
    given: tuple[AnyChange, ...],
    week: Path,
    lang: Lang,
) -> LiveWeek:
    """The week with a roster that people know and late changes, in memory if need be."""
    told = None if known is None else known_part(live.now.problem, known)
    try:
        live.record(*given, told=told)
    except InputError as error:
        if error.faults[0].code not in ("unreadable_file", "in_use"):
            raise
        show_unrecorded(error, week, lang)
        live = live.detached()
        live.record(*given, told=told)
    return live


@command("what-if")
def show_what_if(
    week: Argument,
    roster: common.MaybeRoster = None,
    absent: common.Lists = None,
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
    _need_time(time_limit)
    if not absent and changes is None:
        raise common.fail(Words(lang)("usage.nothing_different"))
    live = read_live(week, lang, anew=staff, recommended=recommended)
    problem = live.now.problem
    lang = lang_of(problem, lang)
    judged = current_roster(live, roster, lang)
    given = read_late_changes(problem, absent, changes, lang)
    read = time.monotonic() - start
    now = now_in(problem.horizon)
    options: dict[str, Any] = {"now": now, "workers": workers, "seed": seed}
    with _searching(time_limit, lang, options):
        found = repair_roster(problem, judged, *given, **options)
    if not as_json:
        console = make_console(stderr=found.roster is None)
        show_repair(console, found, lang, read=read, is_question=True)
    elif found.roster is None:
        common.print_json(found.result.as_dict())
    else:
        common.print_json(WhatIf.of(found).as_dict())
    raise typer.Exit(exit_code_of(found.result))


def _need_time(time_limit: float) -> None:
    if not time_limit > 0:
        raise Misused(Message("usage.must_be_above_0"), "--time-limit")


@contextmanager
def _searching(time_limit: float, lang: Lang, options: dict[str, Any]) -> Iterator[Watch]:
    """Show the progress of a search, whose options are completed; it may be interrupted."""
    console, cancel = make_console(stderr=True), threading.Event()
    shown = show_progress(console, cancel, time.monotonic(), lang, limit=time_limit)
    with common.interrupts(cancel, console), shown as watch:
        options |= {"time_limit": time_limit, "cancel": cancel, "on_progress": watch}
        yield watch


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
