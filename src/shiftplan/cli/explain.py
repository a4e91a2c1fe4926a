"""`shiftplan explain`: why no roster, why an empty seat, why this person; and what would help.

Week, and perhaps a roster -> reasons.

Exit codes: 0 explained, 1 internal error, 2 bad input, 3 hard rules contradict each other, 4 it
could not be told in time, 130 ended by a second Ctrl-C or SIGTERM.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from shiftplan.analysis.advice import SECONDS as ADVICE_SECONDS
from shiftplan.analysis.advice import Advice
from shiftplan.analysis.advice import advise as give_advice
from shiftplan.analysis.explain import (
    SECONDS,
    Answer,
    SeatReasons,
    emptiest,
    explain_seat,
    explain_why_here,
    explain_why_not,
)
from shiftplan.cli.common import EXIT_OK, app, exit_codes, interrupts, print_json
from shiftplan.cli.options import Language, Recommended, Seed, Staffed, Week
from shiftplan.cli.plan import EXIT_INFEASIBLE, EXIT_NO_ROSTER
from shiftplan.cli.reading import read_roster_of, read_staffed
from shiftplan.cli.usage import Misused
from shiftplan.errors.message import Message
from shiftplan.present.answers import json_of, lines
from shiftplan.present.display import make_console, print_indented, print_items
from shiftplan.present.display.answers import show_advice, show_seats
from shiftplan.present.display.results import show_conflict
from shiftplan.present.headline import contradiction_lines
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import read_pair, read_seat
from shiftplan.solving.conflict import contradiction
from shiftplan.week.roster import Roster

_SEATS = 5
_PAIR = "VOLUNTEER_ID:SHIFT_ID"


@app.command("explain")
def explain(
    week: Week,
    roster: Annotated[Path | None, typer.Argument()] = None,
    seat: Annotated[str | None, typer.Option(metavar="SHIFT_ID[:SKILL]")] = None,
    why_not: Annotated[str | None, typer.Option(metavar=_PAIR)] = None,
    why_here: Annotated[str | None, typer.Option(metavar=_PAIR)] = None,
    advise: Annotated[bool, typer.Option("--advise")] = False,
    time_limit: Annotated[float | None, typer.Option(show_default=False)] = None,
    seed: Seed = 0,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    staff: Staffed = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Explain why: contradicting rules, ways out, empty seats, people here or not, advice."""
    with exit_codes(lang):
        if time_limit is not None and not time_limit > 0:
            raise Misused(Message("usage.must_be_above_0"), "--time-limit")
        if roster is None and (seat or why_not or why_here or advise):
            raise Misused(Message("usage.question_without_roster"))
        problem = read_staffed(week, lang, anew=staff, recommended=recommended)
        seconds = time_limit or SECONDS
        cancel = threading.Event()
        with interrupts(cancel, make_console(stderr=True)):
            if roster is None:
                raise typer.Exit(_contradiction(problem, seconds, cancel, as_json, lang))
            asked = read_roster_of(problem, roster, lang, week)
            seats = _seats(problem, asked, seat, any_else=bool(why_not or why_here or advise))
            limits: dict[str, Any] = {"time_limit": seconds, "seed": seed, "cancel": cancel}
            people: dict[str, Answer] = {}
            if why_not:
                pair = read_pair(problem, why_not)
                people["why_not"] = explain_why_not(problem, asked, *pair, **limits)
            if why_here:
                pair = read_pair(problem, why_here, asked)
                people["why_here"] = explain_why_here(problem, asked, *pair, **limits)
            advice = None
            if advise:
                limits["time_limit"] = time_limit or ADVICE_SECONDS
                advice = give_advice(problem, asked, **limits)
    told = _Answers(seats, people, advice)
    if as_json:
        print_json(told.as_dict())
    else:
        told.show(lang)


def _seats(
    problem: Problem, roster: Roster, seat: str | None, *, any_else: bool
) -> tuple[SeatReasons, ...]:
    """The seats asked about; the emptiest ones when nothing is asked at all."""
    if seat:
        return (explain_seat(problem, roster, *read_seat(problem, seat)),)
    return () if any_else else emptiest(problem, roster, _SEATS)


@dataclass(frozen=True)
class _Answers:
    """What was asked about a roster, answered."""

    seats: tuple[SeatReasons, ...]
    people: dict[str, Answer]
    advice: Advice | None

    def as_dict(self) -> dict[str, Any]:
        content: dict[str, Any] = {"seats": [json_of(found) for found in self.seats]}
        content |= {question: json_of(answer) for question, answer in self.people.items()}
        if self.advice is not None:
            content["advice"] = json_of(self.advice)
        return content

    def show(self, lang: Lang) -> None:
        console = make_console()
        if not self.seats and not self.people and self.advice is None:
            print_items(console, Words(lang)("plans.no_empty_seats"))
        show_seats(console, self.seats, lang)
        for answer in self.people.values():
            print_indented(console, lines(answer, lang))
        if self.advice is not None:
            show_advice(console, self.advice, lang)


def _contradiction(
    problem: Problem, seconds: float, cancel: threading.Event, as_json: bool, lang: Lang
) -> int:
    """Show whether hard rules contradict each other; the exit code."""
    found, ways = contradiction(problem, time_limit=seconds, cancel=cancel)
    members = () if found is None else found.members
    if as_json:
        print_json(
            {
                "contradiction": None if found is None else bool(members),
                "conflict": [member.as_dict() for member in members],
                "conflict_minimal": found is not None and found.minimal,
                "conflict_confirmed": found is not None and found.confirmed,
                "ways_out": [way.as_dict() for way in ways],
            }
        )
    elif found is not None and members:
        show_conflict(make_console(), members, lang, minimal=found.minimal, ways=ways)
        print_items(make_console(), *contradiction_lines(lang, confirmed=found.confirmed))
    else:
        key = "conflict.not_known" if found is None else "conflict.no_contradiction"
        print_items(make_console(), Words(lang)(key))
    if found is None:
        return EXIT_NO_ROSTER
    return EXIT_INFEASIBLE if members else EXIT_OK
