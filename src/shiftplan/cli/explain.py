"""`shiftplan explain`: why no roster, why an empty seat, why this person; and what would help.

Week, and perhaps a roster -> reasons.

Exit codes: 0 explained, 1 internal error, 2 bad input, 3 hard rules contradict each other, 4 it
could not be told in time, 130 ended by Ctrl-C.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from shiftplan.advice import Advice
from shiftplan.advice import advise as give_advice
from shiftplan.advice.sentences import told
from shiftplan.cli.common import (
    EXIT_OK,
    Language,
    Recommended,
    Seed,
    Staffed,
    Week,
    app,
    exit_codes,
    read_staffed,
)
from shiftplan.cli.plan import EXIT_INFEASIBLE, EXIT_NO_ROSTER
from shiftplan.conflict.inquiry import Inquiry
from shiftplan.display.advice import show_advice
from shiftplan.display.console import make_console, print_items
from shiftplan.display.reasons import show_answer, show_seats
from shiftplan.display.results import show_conflict
from shiftplan.engines.task import Limits
from shiftplan.explain import (
    Answer,
    SeatReasons,
    emptiest,
    explain_seat,
    explain_why_here,
    explain_why_not,
)
from shiftplan.files import read_roster
from shiftplan.known_ids import read_pair, read_seat
from shiftplan.problem import Problem
from shiftplan.roster import Roster
from shiftplan.texts import TEXTS, Lang

_SEATS = 5
_SECONDS, _ADVICE_SECONDS = 10.0, 60.0
_PAIR = "VOLUNTEER_ID:SHIFT_ID"


@app.command("explain")
def explain(
    week: Week,
    roster: Annotated[
        Path | None,
        typer.Argument(
            help="The roster to explain; without one: do hard rules contradict each other?"
        ),
    ] = None,
    seat: Annotated[
        str | None,
        typer.Option(metavar="SHIFT_ID[:SKILL]", help="Why is a seat of this shift empty?"),
    ] = None,
    why_not: Annotated[
        str | None,
        typer.Option(metavar=_PAIR, help="Why does this person not work this shift?"),
    ] = None,
    why: Annotated[
        str | None, typer.Option(metavar=_PAIR, help="Why does this person work this shift?")
    ] = None,
    advise: Annotated[
        bool, typer.Option("--advise", help="What would help most: people, trainings, limits?")
    ] = False,
    time_limit: Annotated[
        float | None,
        typer.Option(
            help="Seconds for each answer: 10 if not given, and 60 for advice.", show_default=False
        ),
    ] = None,
    seed: Seed = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answers as JSON.")] = False,
    staff: Staffed = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Explain why: contradicting rules and ways out, empty seats, people here or not here, advice.

    With a roster and no question the seats that lack most are explained.
    """
    with exit_codes(lang):
        if time_limit is not None and not time_limit > 0:
            raise typer.BadParameter("must be above 0", param_hint="--time-limit")
        if roster is None and (seat or why_not or why or advise):
            raise typer.BadParameter("name the roster that the question is about")
        problem = read_staffed(week, lang, anew=staff, recommended=recommended)
        seconds = time_limit or _SECONDS
        if roster is None:
            raise typer.Exit(_contradiction(problem, seconds, as_json, lang))
        asked = read_roster(roster)
        seats = _seats(problem, asked, seat, any_else=bool(why_not or why or advise))
        limits: dict[str, Any] = {"seconds": seconds, "seed": seed}
        people: dict[str, Answer] = {}
        if why_not:
            pair = read_pair(problem, why_not)
            people["why_not"] = explain_why_not(problem, asked, *pair, **limits)
        if why:
            pair = read_pair(problem, why, asked)
            people["why"] = explain_why_here(problem, asked, *pair, **limits)
        advice = None
        if advise:
            seconds = time_limit or _ADVICE_SECONDS
            advice = give_advice(problem, asked, time_limit=seconds, seed=seed)
    if as_json:
        _print_json(problem, seats, people, advice, lang)
    else:
        _show(problem, seats, people, advice, lang)


def _seats(
    problem: Problem, roster: Roster, seat: str | None, *, any_else: bool
) -> tuple[SeatReasons, ...]:
    """The seats asked about; the emptiest ones when nothing is asked at all."""
    if seat:
        return (explain_seat(problem, roster, *read_seat(problem, seat)),)
    return () if any_else else emptiest(problem, roster, _SEATS)


def _print_json(
    problem: Problem,
    seats: tuple[SeatReasons, ...],
    people: dict[str, Answer],
    advice: Advice | None,
    lang: Lang,
) -> None:
    content: dict[str, Any] = {"seats": [found.as_dict() for found in seats]}
    content |= {question: answer.as_dict(lang) for question, answer in people.items()}
    if advice is not None:
        content["advice"] = told(advice, problem, lang)
    print(json.dumps(content, indent=1, ensure_ascii=False))


def _show(
    problem: Problem,
    seats: tuple[SeatReasons, ...],
    people: dict[str, Answer],
    advice: Advice | None,
    lang: Lang,
) -> None:
    console = make_console()
    if not seats and not people and advice is None:
        print_items(console, TEXTS[lang]["seat none empty"])
    show_seats(console, problem, seats, lang)
    for answer in people.values():
        show_answer(console, problem, answer, lang)
    if advice is not None:
        show_advice(console, problem, advice, lang)


def _contradiction(problem: Problem, seconds: float, as_json: bool, lang: Lang) -> int:
    """Show whether hard rules contradict each other; the exit code."""
    inquiry = Inquiry(problem, Limits(seconds=seconds))
    found = inquiry.conflict()
    members = () if found is None else found.members
    ways = inquiry.ways_out() if members else ()
    if as_json:
        content = {
            "contradiction": None if found is None else bool(members),
            "conflict": [member.as_dict(lang) for member in members],
            "minimal": found is not None and found.minimal,
            "ways_out": [way.as_dict(lang) for way in ways],
        }
        print(json.dumps(content, indent=1, ensure_ascii=False))
    elif found is not None and members:
        show_conflict(make_console(), members, lang, minimal=found.minimal, ways=ways)
    else:
        key = "conflict: not known" if found is None else "conflict: no contradiction"
        print_items(make_console(), TEXTS[lang][key])
    if found is None:
        return EXIT_NO_ROSTER
    return EXIT_INFEASIBLE if members else EXIT_OK
