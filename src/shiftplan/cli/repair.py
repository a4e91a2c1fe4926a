"""`shiftplan repair`: a published roster and late changes in, the repaired roster out.

Week, roster, changes -> what `plan` writes, changes.csv, and the changed week; what to tell whom.

Exit codes: 0 a roster was written, 1 internal error, 2 bad input, 3 hard rules contradict each
other, 4 no roster was found in time, 5 the roster is empty or very poor: not for handing out, 130
ended by a second Ctrl-C or SIGTERM.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel, NonNegativeInt

from shiftplan.analysis.repair import Repair, repair
from shiftplan.cli.common import (
    app,
    exit_codes,
    fail,
    interrupts,
    make_folder,
    make_place,
    unwritable,
)
from shiftplan.cli.options import (
    Absentees,
    Language,
    LateChanges,
    Recommended,
    Seed,
    Staffed,
    Week,
    Workers,
    place,
)
from shiftplan.cli.plan import exit_code_of
from shiftplan.cli.reading import read_roster_of, read_staffed
from shiftplan.cli.usage import Misused
from shiftplan.errors.message import Message
from shiftplan.files import read_changes, write_week
from shiftplan.files.layout import TABLE_NAMES
from shiftplan.files.seasons import DAYS
from shiftplan.files.text import is_there, need_inside, read_text, real_path
from shiftplan.files.whole import write_texts
from shiftplan.present.answers.reasons import changes_csv
from shiftplan.present.display import Watch, make_console, show_progress
from shiftplan.present.display.changes import show_repair
from shiftplan.present.handouts import revisions_in
from shiftplan.present.outputs import CHANGES, RESULT, ROSTER, WEEK, write_outputs
from shiftplan.present.result_file import ResultPart, read_result_part
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange
from shiftplan.week.roster import Roster


@app.command("repair")
def repair_roster(
    week: Week,
    roster: Path,
    out: Annotated[Path, typer.Option(parser=place, metavar="PATH")],
    absent: Absentees = None,
    changes: LateChanges = None,
    time_limit: float = 20.0,
    prove: Annotated[bool, typer.Option("--prove")] = False,
    frozen_until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")
    ] = None,
    result: Path | None = None,
    workers: Workers = None,
    seed: Seed = 0,
    staff: Staffed = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Repair a published roster after late changes: the same service, and few further changes."""
    start = time.monotonic()
    with exit_codes(lang):
        need_changes(time_limit, absent, changes, lang)
        if real_path(out / WEEK) == real_path(week):
            raise Misused(Message("usage.week_itself", week=str(week)), "--out")
        problem = read_staffed(week, lang, anew=staff, recommended=recommended, out=out)
        published = read_roster_of(problem, roster, lang, week)
        given = read_changes(problem, absent, changes)
        bound = None if result is None else _bound(problem, result, lang)
        numbers, days = revisions_in(roster.parent), _days_of(week)
        make_place(out, lang)
        make_folder(*(out / WEEK / f"{name}.csv" for name in TABLE_NAMES), lang=lang)
        read = time.monotonic() - start
        options = {
            "prove": prove,
            "frozen_until": None if frozen_until is None else frozen_until.date(),
            "bound": bound,
            "workers": workers,
            "seed": seed,
        }
        with repairing(problem, published, given, time_limit, lang, **options) as (found, watch):
            watch.write_files()
            try:
                _write_week(found.problem, days, out / WEEK)
                written = write_outputs(
                    found.problem,
                    found.result,
                    out,
                    lang,
                    beside=_beside(found, lang),
                    compared=published,
                    told=published,
                    revisions=numbers,
                )
            except OSError as error:
                raise unwritable(error, out, lang) from None
    given_up = found.roster is not None and found.result.total.bound is None
    if result is not None and bound is not None and given_up:
        cost = found.result.total.cost
        passed = cost is not None and bound > cost
        _say_unused(result, "repairs.passed" if passed else "repairs.not_only_absences", lang)
    show_repair(make_console(stderr=found.roster is None), found, lang, read=read)
    print(Words(lang)("plans.written", out=", ".join(map(str, [*written, out / WEEK]))))
    if found.roster is not None:
        week_place, roster_place = _quoted(out / WEEK, out / ROSTER)
        print(Words(lang)("repairs.week", week=week_place, roster=roster_place))
    raise typer.Exit(exit_code_of(found.result))


def need_changes(time_limit: float, absent: Path | None, changes: Path | None, lang: Lang) -> None:
    """Refuse a time limit of nothing, and a repair without any change."""
    if not time_limit > 0:
        raise Misused(Message("usage.must_be_above_0"), "--time-limit")
    if absent is None and changes is None:
        raise fail(Words(lang)("usage.nothing_different"))


@contextmanager
def repairing(
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
    with interrupts(cancel, console), shown as watch:
        options |= {"time_limit": time_limit, "cancel": cancel, "on_progress": watch}
        yield repair(problem, roster, *changes, **options), watch


def _days_of(week: Path) -> str | None:
    """The table of open and closed days beside a week; None where there is none."""
    if not is_there(week / DAYS):
        return None
    need_inside(week, week / DAYS)
    return read_text(week / DAYS)


def _write_week(problem: Problem, days: str | None, folder: Path) -> None:
    """Write the changed week, with the open and closed days of the week as it was."""
    write_week(problem, folder)
    if days is None:
        (folder / DAYS).unlink(missing_ok=True)
    else:
        write_texts({folder / DAYS: days})


def _quoted(*places: Path) -> Iterator[str]:
    """Places as they are typed in a command."""
    yield from (f'"{place}"' if " " in str(place) else str(place) for place in places)


class _Total(BaseModel):
    bound: NonNegativeInt | None


class _Planned(ResultPart):
    """What the bound of a plan is, and of which week."""

    problem_digest: str
    total: _Total


def _bound(problem: Problem, path: Path, lang: Lang) -> int | None:
    """The proven bound of the week as it was planned; None when the file has none of this week."""
    planned = read_result_part(_Planned, path)
    bound = planned.total.bound
    if planned.problem_digest != problem.digest:
        _say_unused(path, "repairs.other_week", lang)
        return None
    if bound is None:
        _say_unused(path, "repairs.nothing_proven", lang)
    return bound


def _say_unused(path: Path, why: str, lang: Lang) -> None:
    """Say that the bound of a file is left aside, and why."""
    text = Words(lang)("repairs.bound_unused", path=path, why=Message(why))
    make_console(stderr=True).print(text)


def _beside(found: Repair, lang: Lang) -> dict[str, str]:
    """The result, and the changes where there is a roster."""
    texts = {} if found.roster is None else {CHANGES: changes_csv(found, lang)}
    return {**texts, RESULT: found.to_json() + "\n"}
