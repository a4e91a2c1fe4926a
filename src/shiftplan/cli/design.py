"""`design`: from needs over time to shifts, with a proven bound.

Week -> a week with designed shifts, design.json, design.html and a summary; why shifts are held.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace as changed
from typing import Annotated, Any

import typer

from shiftplan.citizens.shift_design.designing import design
from shiftplan.citizens.shift_design.why import why
from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language, MaybeOut
from shiftplan.cli.designed import (
    check_place,
    explained,
    need_shifts,
    times_of,
    week_to_design,
    write_design,
)
from shiftplan.cli.reading import read_live
from shiftplan.cli.usage import Misused
from shiftplan.errors.message import Message
from shiftplan.present.designs.summary import DesignReport, ShownDesign
from shiftplan.present.display import make_console, show_progress
from shiftplan.present.display.designs import show_design, show_whys
from shiftplan.present.naming import Names, lang_of
from shiftplan.present.words import Words
from shiftplan.problem import Problem

_DESIGN_SHARE = 0.8
"""Part of the time in which shifts are searched; the rest is for reasons."""


@command(
    "design",
    "shiftplan design examples/data/commune --out designed",
    "shiftplan design examples/data/commune --why fri-am",
)
def design_week(
    week: common.Argument,
    out: MaybeOut = None,
    time_limit: Annotated[float, typer.Option(min=0)] = 60.0,
    workers: common.Workers = None,
    seed: common.Seed = 0,
    step: Annotated[int, typer.Option(min=5, max=1440)] = 30,
    period: Annotated[int | None, typer.Option(min=1)] = None,
    cyclic: Annotated[bool, typer.Option("--cyclic")] = False,
    ignore_offers: Annotated[bool, typer.Option("--ignore-offers")] = False,
    jointly: Annotated[bool, typer.Option("--jointly")] = False,
    center: Annotated[list[str] | None, typer.Option(show_default=False)] = None,
    asked: Annotated[list[str] | None, typer.Option("--why", show_default=False)] = None,
    most: common.Most = 5,
    replace: common.Replace = False,
    as_json: common.AsJson = False,
    lang: Language = "en",
) -> None:
    """Design the shifts of a week, and tell why they are held.

    Exit codes: 0 shifts were designed, 2 bad input, 4 no shift was found in time; then nothing was
    written, 130 ended by a second Ctrl-C or SIGTERM.
    """
    if jointly and ignore_offers:
        raise Misused(Message("usage.jointly_offers"), "--jointly")
    if out is not None:
        check_place(out, week, lang, replaced=replace)
    live = read_live(week, lang, as_written=True, to_design=True, quiet=as_json)
    problem = week_to_design(live)
    lang = lang_of(problem, lang)
    if live.now.state.told is not None:
        told = Words(lang)("designs.told_before")
        print(Words(lang)("plans.note", line=told), file=sys.stderr)
    shifts = asked or []
    only = center or (_centers_of(problem, shifts) if shifts and out is None else None)
    begun, cancel, errors = time.monotonic(), threading.Event(), make_console(stderr=True)
    search: dict[str, Any] = {"workers": workers, "seed": seed, "cancel": cancel}
    progress = show_progress(
        errors, cancel, begun, lang, limit=time_limit, quiet=as_json, first="designing"
    )
    with common.interrupts(cancel, errors), progress:
        found = design(
            problem,
            step=step,
            period=period,
            cyclic=cyclic,
            offers=not ignore_offers,
            jointly=jointly,
            centers=only,
            time_limit=time_limit * _DESIGN_SHARE,
            **search,
        )
        need_shifts(found, lang)
        shown = ShownDesign(found)
        places = [*dict.fromkeys(times_of(shown, shifts, lang))]
        whys = [why(found, *place, **search) for place in places]
        shown = changed(shown, whys=tuple(whys))
        if out is not None:
            shown = explained(shown, most, begun + time_limit, **search)
    names = Names(found.problem, lang)
    written = [] if out is None else write_design(shown, out, week, names, most)
    if as_json:
        common.print_json(DesignReport.of(shown).as_dict())
        return
    console = make_console()
    if out is not None or not whys:
        show_design(console, shown, names)
        print()
    show_whys(console, shown, whys, names)
    if out is not None:
        common.print_written(lang, *written)
        print(names.say("designs.next", week=common.typed(out)))


def _centers_of(problem: Problem, shifts: Sequence[str]) -> list[str] | None:
    """The centers that need be designed to explain some shifts; None for all.

    A designed shift is named after its center, unless the week had it before.
    """
    if any(row.shared for row in problem.shift_types):
        return None
    found = set()
    for shift_id in shifts:
        if shift_id in problem.shift_by_id:
            found.add(problem.shift_by_id[shift_id].center_id)
            continue
        named = [name for name in problem.center_by_id if shift_id.startswith(f"{name}-")]
        if not named:
            return None
        found.add(max(named, key=len))
    return sorted(found)
