"""Explanations on a terminal or in a pipe.

Reasons -> lines on a console.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from shiftplan.display.console import print_indented, print_items
from shiftplan.explain import Answer, SeatReasons
from shiftplan.explain.sentences import answer_lines, seat_lines
from shiftplan.problem import Problem
from shiftplan.texts import Lang


def show_seats(
    console: Console, problem: Problem, seats: Sequence[SeatReasons], lang: Lang
) -> None:
    """The seats of each requirement, and what keeps people from filling them."""
    for place, found in enumerate(seats):
        head, *rest = seat_lines(problem, found, lang)
        if place:
            print_items(console, "")
        print_items(console, Text(head, style="bold"))
        for line in rest:
            print_items(console, Padding(Text(line), (0, 0, 0, 2)))


def show_answer(console: Console, problem: Problem, answer: Answer, lang: Lang) -> None:
    """What it takes to do otherwise than a roster does."""
    print_indented(console, answer_lines(problem, answer, lang))
