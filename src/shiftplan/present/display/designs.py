"""Designed shifts on a terminal: what was found, today's shifts beside it, why a time is held.

`ShownDesign` -> tables and sentences.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from rich.console import Console
from rich.text import Text

from shiftplan.citizens.shift_design.why import WhyTime
from shiftplan.present.designs.summary import ShownDesign
from shiftplan.present.designs.telling import (
    amount,
    compared,
    headlines,
    why_lines,
    worst_time,
)
from shiftplan.present.display import make_table, print_indented, print_items
from shiftplan.present.naming import Names

_WORST = 10
"""Centers that are listed."""


def show_design(console: Console, shown: ShownDesign, names: Names) -> None:
    """What was found, how it compares with today's shifts, and where most is missing."""
    say = names.say
    print_items(console, *headlines(shown, names), "")
    heads = ["designs.designed"] + ["designs.today"] * (shown.today is not None)
    table = make_table("", *map(say, heads))
    for name, cells in compared(shown, names):
        table.add_row(name, *cells)
    print_items(console, table, "")
    if shown.today is not None:
        print_items(console, say("designs.today_help"), "")
    short = [name for name, own in shown.by_center.items() if own.missing]
    if not short:
        if not shown.figures.missing_with_skill:
            print_items(console, say("designs.all_covered"))
        return
    print_items(console, say("designs.worst"))
    columns = ["plans.center", "designs.worst_head", "designs.missing"]
    columns += ["designs.missing_today"] * (shown.today is not None)
    table = make_table(*map(say, columns), left=2)
    for name in islice(short, _WORST):
        missing = [shown.by_center[name].missing]
        if (today := shown.today_by_center.get(name)) is not None:
            missing.append(today.missing)
        where = Text(names.center(name)), Text(worst_time(shown, name, names))
        table.add_row(*where, *(amount(hours, names) for hours in missing))
    print_items(console, table)
    if left := short[_WORST:]:
        print_items(console, say("form.more", n=len(left)))


def show_whys(console: Console, shown: ShownDesign, whys: Iterable[WhyTime], names: Names) -> None:
    """Why times are held: what the best shifts without them would cost and lack."""
    for why in whys:
        first, lines = why_lines(shown, why, names)
        print_items(console, first)
        print_indented(console, (f"  - {line}" for line in lines))
