"""What `design` and `plan --design` share: places of designed weeks, reasons, and what is written.

(Week, options) -> `ShownDesign`; its week, design.json and design.html.
"""

from __future__ import annotations

import datetime as dt
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import typer

from shiftplan.citizens.shift_design.candidates import ShiftTime
from shiftplan.citizens.shift_design.designing import ShiftDesign, design
from shiftplan.citizens.shift_design.why import WhyTime, why
from shiftplan.cli import common
from shiftplan.cli.drafts import need_other_folder
from shiftplan.cli.reading import read_live, show_lost
from shiftplan.cli.usage import Misused
from shiftplan.errors import MissingExtraError
from shiftplan.errors.message import Message
from shiftplan.files import write_roster
from shiftplan.files.opening_csv import own_hours, write_with_hours
from shiftplan.files.text import is_taken, real_path
from shiftplan.files.whole import write_texts
from shiftplan.present.designs import write_design_page
from shiftplan.present.designs.summary import DesignReport, ShownDesign
from shiftplan.present.display import make_console, show_progress
from shiftplan.present.display.designs import show_design
from shiftplan.present.naming import Names, lang_of
from shiftplan.present.outputs import ROSTER
from shiftplan.present.report import can_write
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence
from shiftplan.problem.changes.kinds import gone_by
from shiftplan.record.live import LiveWeek
from shiftplan.record.opening import open_store
from shiftplan.week.occupied import Occupied

JSON, PAGE = "design.json", "design.html"
_FILES = (".json", ".xlsx")
"""Endings of weeks that are one file."""
_WHY_SECONDS = 2.0
"""Seconds for each reason, at most."""
_DESIGNED = "-designed"
"""End of the name of the week that is designed before it is planned."""
_DESIGN_SECONDS = 60.0
"""Seconds of that design where a plan has no time limit."""
_OPEN = 5
"""Centers whose pictures are open in its page."""
_NEAR = 4
"""Shifts that are named where another one was asked for."""
_KEPT = ("days",)
"""Tables that help to make others and that a designed week still has."""


def check_place(out: Path, week: Path, lang: Lang, *, replaced: bool) -> None:
    """See that a designed week can be written to a place, before anybody waits.

    Misused or typer.Exit: it is the week itself, or taken and not `replaced`. MissingExtraError:
    the page cannot be made.
    """
    if not can_write():
        raise MissingExtraError("jinja2", "report")
    if real_path(out) == real_path(week):
        raise Misused(Message("usage.is_input", name=str(out)), "--out")
    if not replaced and is_taken(out):
        raise common.fail(Words(lang)("weeks.new_week_exists", place=out))
    common.make_folder(*beside(out), lang=lang)


def beside(out: Path) -> tuple[Path, ...]:
    """Where design.json, design.html and a roster are: in the folder of the week, or beside it."""
    if out.suffix.lower() in _FILES:
        return tuple(out.with_name(f"{out.stem}.{name}") for name in (JSON, PAGE, ROSTER))
    return tuple(out / name for name in (JSON, PAGE, ROSTER))


def need_shifts(found: ShiftDesign, lang: Lang) -> None:
    """End with an exit code if a search ended before it found any shift."""
    if not found.shifts and found.stopped_by is not None:
        print(Words(lang)("designs.nothing_found"), file=sys.stderr)
        raise typer.Exit(common.EXIT_NO_ROSTER)


def write_design(shown: ShownDesign, out: Path, week: Path, names: Names, most: int) -> list[Path]:
    """Write a designed week, and beside it its figures, its page and a roster if it has one.

    Returns the files. `week`: the one that it was made of, of which it keeps closed days. `most`:
    centers whose pictures are open.
    """
    hours = {table: rows for table, rows in own_hours(week).items() if table in _KEPT}
    write_with_hours(shown.found.problem, out, names.say, hours)
    report, page, roster = beside(out)
    is_replaced = report.exists()
    write_texts({report: DesignReport.of(shown).to_json() + "\n"})
    write_design_page(shown, names, page, most=most)
    show_lost(week, out, names.say.lang)
    if shown.found.roster is None:
        if is_replaced:  # that of an earlier design is of other shifts
            roster.unlink(missing_ok=True)
        return [out, report, page]
    write_roster(shown.found.problem, shown.found.roster, roster)
    return [out, report, page, roster]


def week_to_design(live: LiveWeek) -> Problem:
    """A week as it is now, for other shifts than its own.

    Who is recorded as absent is occupied then: what keeps people from the shifts of the week says
    nothing of others. Misused: shifts are recorded as closed or cancelled.
    """
    now = live.now
    if gone := gone_by(now.changes, now.problem.shifts):
        raise Misused(Message("designs.closed_by_record", n=len(gone)))
    first = dt.datetime.combine(now.problem.horizon.start, dt.time())
    last = first + dt.timedelta(now.problem.horizon.days)
    away = [
        Occupied(volunteer_id=one.volunteer_id, start=one.start or first, end=one.end or last)
        for one in now.changes
        if isinstance(one, Absence)
    ]
    if not away:
        return now.problem
    return now.problem.fitting(occupied=(*now.problem.occupied, *away))


def design_first(
    week: Path,
    out: Path,
    lang: Lang,
    time_limit: float | None,
    cancel: threading.Event,
    search: Mapping[str, Any],
    *,
    replaced: bool,
    told: bool,
) -> Path:
    """Design the shifts of a week before it is planned; the designed week, in the folder `out`.

    A half of the time is for the design. `replaced`: whether an earlier designed week is replaced;
    `told`: whether what was found is printed.

    Misused or typer.Exit: people were told a roster of the week, or of the one that is replaced;
    there is one already; or no shift was found.
    """
    own = real_path(week)
    place = out / f"{own.name if own.is_dir() else own.stem}{_DESIGNED}"
    if not replaced and is_taken(place):
        raise common.fail(Words(lang)("designs.there", place=place))
    live = read_live(week, lang, as_written=True, to_design=True, out=out, quiet=not told)
    if not replaced:
        need_other_folder(live, out)
    for one, named in ((live, week), (LiveWeek(live.files, open_store(place)), place)):
        if one.now.state.told is not None:
            raise Misused(Message("record.designed_told", week=named), "--design")
    problem = week_to_design(live)
    check_place(place, week, lang, replaced=True)
    common.make_place(out, lang)
    limit = _DESIGN_SECONDS if time_limit is None else time_limit / 2
    errors = make_console(stderr=True)
    begun = time.monotonic()
    watch = show_progress(
        errors, cancel, begun, lang, limit=limit, quiet=not told, first="designing"
    )
    with common.interrupts(cancel, errors), watch:
        found = design(problem, time_limit=limit, cancel=cancel, **search)
    need_shifts(found, lang)
    shown, names = ShownDesign(found), Names(found.problem, lang_of(found.problem, lang))
    write_design(shown, place, week, names, _OPEN)
    if told:
        show_design(make_console(), shown, names)
        print()
    return place


def explained(
    shown: ShownDesign, most: int, end: float, cancel: threading.Event, **search: Any
) -> ShownDesign:
    """A design with reasons for the times at some centers, as far as there is time for them.

    `most`: how many centers, those where most is missing; `end`: moment by `time.monotonic`. A time
    for which nothing is proven in a short while has no reason. Those that it has already stay.
    """
    whys: list[WhyTime] = [*shown.whys]
    told = {(one.center_id, one.time) for one in whys}
    for name in [*shown.by_center][:most]:
        for at in sorted({s.time for s in shown.found.shifts if s.center_id == name}):
            if (name, at) in told:
                continue
            left = end - time.monotonic()
            if left <= 0 or cancel.is_set():
                return replace(shown, whys=tuple(whys))
            limit = min(left, _WHY_SECONDS)
            one = why(shown.found, name, at, time_limit=limit, cancel=cancel, **search)
            if one.is_proven or one.bound > one.cost or one.more <= 0:
                whys.append(one)
    return replace(shown, whys=tuple(whys))


def times_of(
    shown: ShownDesign, shifts: Iterable[str], lang: Lang
) -> Iterator[tuple[str, ShiftTime]]:
    """Yield the center and the time of shifts that are named by their ids.

    typer.Exit: the design has no such shift.
    """
    known = {shown.shift_id(shift): shift for shift in shown.found.shifts}
    for shift_id in shifts:
        if shift_id not in known:
            near = tuple(get_close_matches(shift_id, known, n=_NEAR, cutoff=0))
            code = "designs.no_such_shift" if near else "designs.no_shift_at_all"
            raise common.fail(Words(lang)(code, shift=shift_id, near=near))
        yield known[shift_id].center_id, known[shift_id].time
