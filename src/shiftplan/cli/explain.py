"""`shiftplan explain`: why no roster, why an empty seat, why this person; and what would help.

Week, and perhaps a roster -> reasons.

Exit codes: 0 explained, 1 internal error, 2 bad input, 3 hard rules contradict each other, 4 it
could not be told in time, 130 ended by Ctrl-C.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Any

import typer

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
    read_roster_of,
    read_staffed,
)
from shiftplan.cli.plan import EXIT_INFEASIBLE, EXIT_NO_ROSTER
from shiftplan.conflict.inquiry import Inquiry
from shiftplan.display import make_console, print_items, show_conflict
from shiftplan.display_advice import show_advice
from shiftplan.display_explain import show_answer, show_seats
from shiftplan.engines.task import Limits
from shiftplan.explain import (
    Answer,
    SeatReasons,
    emptiest,
    explain_seat,
    explain_why_here,
    explain_why_not,
)
from shiftplan.explain.faults import known_pair
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
        seconds = time_limit or _SECONDS
        if roster is None and (seat or why_not or why or advise):
            raise typer.BadParameter("name the roster that the question is about")
        problem = read_staffed(week, lang, anew=staff, recommended=recommended)
        if roster is None:
            raise typer.Exit(_contradiction(problem, seconds, as_json, lang))
        asked = read_roster_of(problem, roster)
        advice = None
        if advise:
            advice = give_advice(
                problem, asked, time_limit=time_limit or _ADVICE_SECONDS, seed=seed
            )
        seats: tuple[SeatReasons, ...] = ()
        answers: dict[str, Answer] = {}
        if seat or why_not or why or not advise:
            seats, answers = _answers(problem, asked, seat, why_not, why, seconds, seed)
    if as_json:
        content: dict[str, Any] = {"seats": [found.as_dict() for found in seats]}
        content |= {key: answer.as_dict(lang) for key, answer in answers.items()}
        if advice is not None:
            content["advice"] = told(advice, problem, lang)
        print(json.dumps(content, indent=1, ensure_ascii=False))
        return
    console = make_console()
    if not seats and not answers and advice is None:
        print_items(console, TEXTS[lang]["seat none empty"])
    show_seats(console, problem, seats, lang)
    for answer in answers.values():
        show_answer(console, problem, answer, lang)
    if advice is not None:
        show_advice(console, problem, advice, lang)


def _answers(
    problem: Problem,
    roster: Roster,
    seat: str | None,
    why_not: str | None,
    why: str | None,
    seconds: float,
    seed: int,
) -> tuple[tuple[SeatReasons, ...], dict[str, Answer]]:
    """What is asked about a roster; the emptiest seats when nothing is."""
    if not (seat or why_not or why):
        return emptiest(problem, roster, _SEATS), {}
    seats = () if not seat else (explain_seat(problem, roster, *_seat(problem, seat)),)
    answers = {}
    for key, text, ask in (
        ("why_not", why_not, explain_why_not),
        ("why", why, explain_why_here),
    ):
        if text:
            pair = _pair(problem, text)
            answers[key] = ask(problem, roster, *pair, seconds=seconds, seed=seed)
    return seats, answers


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
    else:
        console = make_console()
        if found is None:
            print_items(console, TEXTS[lang]["conflict: not known"])
        elif not members:
            print_items(console, TEXTS[lang]["conflict: no contradiction"])
        else:
            show_conflict(console, members, lang, minimal=found.minimal, ways=ways)
    if found is None:
        return EXIT_NO_ROSTER
    return EXIT_INFEASIBLE if members else EXIT_OK


def _pair(problem: Problem, text: str) -> tuple[str, str]:
    """Volunteer and shift of a text; ids may have colons, so both sides must be known ids."""
    people = {v.volunteer_id for v in problem.volunteers}
    shifts = {s.shift_id for s in problem.shifts}
    pair = _split(text, people, shifts)
    if pair is None:
        raise typer.BadParameter(f"{text}: write {_PAIR}, with a colon between")
    known_pair(problem, *pair)
    return pair


def _seat(problem: Problem, text: str) -> tuple[str, str | None]:
    """Shift and skill of a text; the skill may be missing."""
    shifts = {s.shift_id for s in problem.shifts}
    if text in shifts:
        return text, None
    return _split(text, shifts, {s.skill_id for s in problem.skills}) or (text, None)


def _split(text: str, first: Collection[str], second: Collection[str]) -> tuple[str, str] | None:
    """The two ids that a colon parts; where none fits, the split that fits best."""
    places = [i for i, sign in enumerate(text) if sign == ":"]
    pairs = [(text[:i], text[i + 1 :]) for i in places]
    return max(pairs, key=lambda p: (p[0] in first) + (p[1] in second), default=None)
