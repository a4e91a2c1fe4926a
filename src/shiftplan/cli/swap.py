"""`shiftplan swap`: whether people may trade shifts, and with whom.

Week, roster and one or two assignments -> a trade judged, or all possible trades by cost.

Exit codes: 0 the trade was judged, also where it is not possible, or trades were looked for;
2 bad input.
"""

from __future__ import annotations

from typing import Annotated

import typer

from shiftplan.analysis.trades import chains, partners, swap
from shiftplan.cli.common import app, exit_codes, fail, print_json
from shiftplan.cli.options import Judged, Language, Recommended, Staffed, Week
from shiftplan.cli.reading import read_roster_of, read_staffed
from shiftplan.present.answers import json_of
from shiftplan.present.display import make_console, print_items
from shiftplan.present.display.answers import show_offers, show_trade
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import read_pair
from shiftplan.week.roster import Assignment, Roster

_PAIR = "Volunteer id, colon, shift id, such as V1:S1"


@app.command("swap")
def swap_shifts(
    week: Week,
    roster: Judged,
    first: Annotated[str, typer.Argument(metavar="A:SHIFT")],
    second: Annotated[str | None, typer.Argument(metavar="[B:SHIFT]")] = None,
    with_chains: Annotated[bool, typer.Option("--chains")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    most: Annotated[int, typer.Option(min=0)] = 20,
    staff: Staffed = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Judge a trade of two shifts; with one assignment, find who could take the shift or trade."""
    with exit_codes(lang):
        if second is not None and with_chains:
            raise fail(Words(lang)("usage.chains_of_two"))
        problem = read_staffed(week, lang, anew=staff, recommended=recommended)
        judged = read_roster_of(problem, roster, lang, week)
        giver = read_pair(problem, first, judged)
        if second is None:
            _show_partners(problem, judged, giver, with_chains, as_json, most, lang)
            return
        sides = giver, read_pair(problem, second, judged)
        trade = swap(problem, judged, *sides)
    if as_json:
        print_json(json_of(trade))
    else:
        show_trade(make_console(), trade, lang)


def _show_partners(
    problem: Problem,
    roster: Roster,
    giver: Assignment,
    with_chains: bool,
    as_json: bool,
    most: int,
    lang: Lang,
) -> None:
    """Show partners, and chains where they are wanted."""
    pairs = partners(problem, roster, *giver, most=most)
    rings = chains(problem, roster, *giver, most=most) if with_chains else None
    if as_json:
        content = {"partners": json_of(pairs)}
        if rings is not None:
            content["chains"] = json_of(rings)
        print_json(content)
        return
    console = make_console()
    show_offers(console, problem, pairs, most, lang)
    if rings is not None:
        print_items(console, "")
        show_offers(console, problem, rings, most, lang, what="chains")
