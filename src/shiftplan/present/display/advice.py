"""What the command shows of advice: a table of steps, and who would fill all empty seats.

`Advice` -> rich tables on a console.
"""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from shiftplan.analysis.advice import Advice, Filling
from shiftplan.present.answers.advice import AdviceWords
from shiftplan.present.display.console import make_table, print_items
from shiftplan.present.texts import Lang
from shiftplan.present.texts.wording import number, signed
from shiftplan.present.words import Words


def show_advice(console: Console, advice: Advice, lang: Lang) -> None:
    """Steps that help most, what they gain at least and at best, and who would fill seats."""
    say, sentences = Words(lang), AdviceWords(advice.problem, lang)
    print_items(console, Text(say("advice.advice"), style="bold"))
    if advice.gains:
        levels = sorted({level for gain in advice.gains for level in gain.levels})
        heads = [say(f"advice.{key}") for key in ("step", "seats")]
        heads += [sentences.level(level) for level in levels]
        table = make_table(*heads, say("advice.gain"), say("advice.at_most"))
        for gain in advice.gains:
            costs = [gain.levels[level] for level in levels]
            figures = [sentences.less(cost) for cost in (*costs, gain.total, gain.at_most)]
            seats = signed(gain.seats, lang)
            table.add_row(Text(sentences.step(gain.step)), *map(Text, (seats, *figures)))
        print_items(console, table)
    else:
        print_items(console, sentences.none(advice))
    if advice.together is not None:
        print_items(console, Text(sentences.together(advice.together)))
    for line in sentences.trials(advice):
        print_items(console, Text(line))
    if advice.filling is not None:
        _show_filling(console, advice.filling, sentences, lang)


def _show_filling(console: Console, found: Filling, sentences: AdviceWords, lang: Lang) -> None:
    """The number of people by skill with whom no seat is empty."""
    say = Words(lang)
    print_items(console, "", Text(say("advice.filling"), style="bold"))
    if found.lacks:
        table = make_table(*(say(f"advice.{k}") for k in ("skill", "empty", "least", "enough")))
        for lack in found.lacks:
            figures = [number(n, lang) for n in (lack.empty, lack.at_least, lack.enough)]
            table.add_row(Text(sentences.lack(lack)), *figures)
        print_items(console, table)
    for line in sentences.filling(found):
        print_items(console, Text(line))
