"""`explain`, `suggest`, `swap`: questions about a roster.

Week, and perhaps a roster -> why no roster, why an empty seat, why this person and what would help;
who can take a shift; whether people may trade shifts, and with whom.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any
from unicodedata import normalize

import typer

from shiftplan.analysis.advice import SECONDS as ADVICE_SECONDS
from shiftplan.analysis.advice import advise as give_advice
from shiftplan.analysis.explain import (
    SECONDS,
    Answer,
    emptiest,
    explain_seat,
    explain_why_here,
    explain_why_not,
)
from shiftplan.analysis.trades import chains, partners, suggest, swap
from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Argument, AsJson, Language, Most, Recommended, Staff
from shiftplan.cli.reading import current_roster, read_live
from shiftplan.cli.usage import Misused
from shiftplan.errors.message import Message
from shiftplan.files import read_reserves
from shiftplan.files.lists.known import KnownRows
from shiftplan.files.lists.seat_lists import read_assignment, read_pair_named
from shiftplan.files.text import is_there
from shiftplan.present.answers import json_of, lines
from shiftplan.present.display import answers as shown
from shiftplan.present.display import make_console, print_indented, print_items
from shiftplan.present.display.results import show_conflict, show_ways
from shiftplan.present.headline import contradiction_lines
from shiftplan.present.naming import lang_of
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import read_seat
from shiftplan.record.live import LiveWeek
from shiftplan.record.who_comes import as_recorded, barred_by_record
from shiftplan.scoring.check import check
from shiftplan.solving.conflict import contradiction

_SEATS = 5
_PAIR = "VOLUNTEER_ID:SHIFT_ID"
_SHIFT, _FIRST = "SHIFT_ID", "A:SHIFT"
"""Arguments that have to be there, though the one before may be left out."""


@command(
    "explain",
    "shiftplan explain week",
    "shiftplan explain week out/roster.csv",
    "shiftplan explain week out/roster.csv --seat 30280-T2-sang:portal",
    "shiftplan explain week out/roster.csv --why-not V00430:30280-T2-sang",
    "shiftplan explain week out/roster.csv --advise --time-limit 60",
)
def explain(
    week: Argument,
    roster: Annotated[Path | None, typer.Argument()] = None,
    seat: Annotated[str | None, typer.Option(metavar="SHIFT_ID[:SKILLS]")] = None,
    why_not: Annotated[str | None, typer.Option(metavar=_PAIR)] = None,
    why_here: Annotated[str | None, typer.Option(metavar=_PAIR)] = None,
    advise: Annotated[bool, typer.Option("--advise")] = False,
    time_limit: Annotated[float | None, typer.Option(show_default=False)] = None,
    seed: common.Seed = 0,
    as_json: AsJson = False,
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Explain why: contradicting rules, ways out, empty seats, people here or not, advice.

    Exit codes: 0 explained, 1 internal error, 2 bad input, 3 hard rules contradict each other, 4 it
    could not be told in time, 130 ended by a second Ctrl-C or SIGTERM.
    """
    if time_limit is not None and not time_limit > 0:
        raise Misused(Message("usage.must_be_above_0"), "--time-limit")
    asked_any = bool(seat or why_not or why_here or advise)
    live = read_live(week, lang, anew=staff, recommended=recommended)
    problem = live.now.problem
    lang = lang_of(problem, lang)
    seconds, cancel = time_limit or SECONDS, threading.Event()
    with common.interrupts(cancel, make_console(stderr=True)):
        if roster is None and not asked_any and not _has_roster(live):
            raise typer.Exit(_contradiction(problem, seconds, cancel, as_json, lang))
        asked = current_roster(live, roster, lang)
        seats = () if asked_any else emptiest(problem, asked, _SEATS)
        if seat:
            seats = (explain_seat(problem, asked, **read_seat(problem, seat)._asdict()),)
        limits: dict[str, Any] = {"time_limit": seconds, "seed": seed, "cancel": cancel}
        people = {}
        if why_not:
            pair = read_pair_named(why_not, problem)
            people["why_not"] = explain_why_not(problem, asked, *pair, **limits)
        if why_here:
            pair = read_assignment(why_here, problem, asked)
            people["why_here"] = explain_why_here(problem, asked, *pair, **limits)
        advice = None
        if advise:
            limits["time_limit"] = time_limit or ADVICE_SECONDS
            advice = give_advice(problem, asked, **limits)
    if as_json:
        told: dict[str, Any] = {"seats": [json_of(found) for found in seats]}
        told |= {question: json_of(answer) for question, answer in people.items()}
        common.print_json(told if advice is None else told | {"advice": json_of(advice)})
        raise typer.Exit(_exit_code(people.values(), is_stopped=cancel.is_set()))
    console = make_console()
    if not (seats or people or advise):
        print_items(console, Words(lang)("plans.no_empty_seats"))
    away = barred_by_record(live.now)
    shown.show_seats(console, [as_recorded(found, away) for found in seats], lang)
    for answer in people.values():
        print_indented(console, lines(as_recorded(answer, away), lang))
    if advice is not None:
        shown.show_advice(console, advice, lang)
    raise typer.Exit(_exit_code(people.values(), is_stopped=cancel.is_set()))


def _exit_code(answers: Iterable[Answer], *, is_stopped: bool) -> int:
    """The code of answers about people; one that was stopped early is no failure."""
    verdicts = {answer.verdict for answer in answers}
    if "no_roster" in verdicts:
        return common.EXIT_INFEASIBLE
    return common.EXIT_NO_ROSTER if "not_known" in verdicts and not is_stopped else common.EXIT_OK


def _has_roster(live: LiveWeek) -> bool:
    """Whether the newest roster recorded keeps all hard rules, which then do not contradict."""
    known = live.now.roster
    return known is not None and check(live.now.problem, known).is_feasible


def _contradiction(
    problem: Problem, seconds: float, cancel: threading.Event, as_json: bool, lang: Lang
) -> int:
    """Show whether hard rules contradict each other; the exit code."""
    found, ways = contradiction(problem, time_limit=seconds, cancel=cancel)
    members = () if found is None else found.members
    if as_json:
        common.print_json(
            {
                "contradiction": None if found is None else bool(members),
                "conflict": [member.as_dict() for member in members],
                "conflict_minimal": found is not None and found.minimal,
                "conflict_confirmed": found is not None and found.confirmed,
                "conflict_count": found.count.as_dict() if found and found.count else None,
                "ways_out": [way.as_dict() for way in ways],
            }
        )
    elif found is not None and members:
        show_conflict(make_console(), found, lang)
        show_ways(make_console(), ways, lang)
        print_items(make_console(), *contradiction_lines(lang, confirmed=found.confirmed))
    else:
        key = "conflict.not_known" if found is None else "conflict.no_contradiction"
        print_items(make_console(), Words(lang)(key))
    if found is None:
        return common.EXIT_NO_ROSTER
    return common.EXIT_INFEASIBLE if members else common.EXIT_OK


def _missing(name: str, about: str, lang: Lang) -> Misused:
    """The error of such an argument that is missing."""
    return Misused(Message("usage.argument", name=name, help=Words(lang)(about)))


@command("suggest")
def suggest_people(
    week: Argument,
    roster: Annotated[Path | None, typer.Argument(metavar="[ROSTER]")] = None,
    shift_id: Annotated[str | None, typer.Argument(metavar=_SHIFT)] = None,
    leaving: str | None = None,
    reserves: Path | None = None,
    as_json: AsJson = False,
    most: Most = 10,
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Show who can take a shift, the cheapest first, and why the others cannot.

    Exit codes: 0 the candidates were shown, 2 bad input.
    """
    live = read_live(week, lang, anew=staff, recommended=recommended)
    problem = live.now.problem
    lang = lang_of(problem, lang)
    if shift_id is None and roster is not None:
        is_shift = str(roster) in problem.shift_by_id or not is_there(roster)
        roster, shift_id = None, str(roster) if is_shift else None
    if shift_id is None:
        raise _missing(_SHIFT, "command.suggest.shift_id", lang)
    lists = None if reserves is None else read_reserves(reserves)
    judged = current_roster(live, roster, lang)
    wanted = normalize("NFC", shift_id)
    other = None if leaving is None else normalize("NFC", leaving)
    if other is not None and isinstance(named := KnownRows(problem).people.find(other), str):
        other = named
    found = suggest(problem, judged, wanted, leaving=other, reserves=lists)
    if as_json:
        common.print_json(json_of(found))
    else:
        shown.show_suggestion(make_console(), found, most, lang, barred_by_record(live.now))


@command("swap")
def swap_shifts(
    week: Argument,
    roster: Annotated[Path | None, typer.Argument(metavar="[ROSTER]")] = None,
    first: Annotated[str | None, typer.Argument(metavar=_FIRST)] = None,
    second: Annotated[str | None, typer.Argument(metavar="[B:SHIFT]")] = None,
    with_chains: Annotated[bool, typer.Option("--chains")] = False,
    as_json: AsJson = False,
    most: Most = 20,
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Judge a trade of two shifts; with one assignment, find who could take the shift or trade.

    Exit codes: 0 the trade was judged, also where it is not possible, or trades were looked for;
    2 bad input.
    """
    if roster is not None and ":" in str(roster) and not is_there(roster):
        if second is not None:
            raise Misused(Message("usage.extra", command="swap"))
        roster, first, second = None, str(roster), first
    if first is None:
        raise _missing(_FIRST, "command.swap.first", lang)
    if second is not None and with_chains:
        raise common.fail(Words(lang)("usage.chains_of_two"))
    live = read_live(week, lang, anew=staff, recommended=recommended)
    problem = live.now.problem
    lang = lang_of(problem, lang)
    judged = current_roster(live, roster, lang)
    giver = read_assignment(first, problem, judged)
    if second is not None:
        trade = swap(problem, judged, giver, read_assignment(second, problem, judged))
        if as_json:
            common.print_json(json_of(trade))
        else:
            shown.show_trade(make_console(), trade, lang)
        return
    pairs = partners(problem, judged, *giver, most=most)
    rings = chains(problem, judged, *giver, most=most) if with_chains else None
    if as_json:
        rest = {} if rings is None else {"chains": json_of(rings)}
        common.print_json({"partners": json_of(pairs), **rest})
        return
    console = make_console()
    shown.show_offers(console, problem, pairs, most, lang)
    if rings is not None:
        print_items(console, "")
        shown.show_offers(console, problem, rings, most, lang, what="chains")
