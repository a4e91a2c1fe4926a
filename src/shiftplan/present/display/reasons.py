"""Explanations on a terminal or in a pipe.

Reasons -> lines on a console.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from shiftplan.analysis.explain import Answer, SeatReasons
from shiftplan.present.answers.reasons import answer_lines, seat_lines
from shiftplan.present.display.console import print_indented, print_items
from shiftplan.present.texts import Lang


def show_seats(console: Console, seats: Sequence[SeatReasons], lang: Lang) -> None:
    """The seats of each requirement, and what keeps people from filling them."""
    for place, found in enumerate(seats):
        head, *rest = seat_lines(found, lang)
        if place:
            print_items(console, "")
        print_items(console, Text(head, style="bold"))
        for line in rest:
            print_items(console, Padding(Text(line), (0, 0, 0, 2)))


def show_answer(console: Console, answer: Answer, lang: Lang) -> None:
    """What it takes to do otherwise than a roster does."""
    print_indented(console, answer_lines(answer, lang))
