"""What the command shows of a repair: how much changes, costs, and what to send to whom.

`Repair` -> lines and tables on a console.
"""

from __future__ import annotations

from itertools import groupby, islice

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from shiftplan.analysis.repair import Repair
from shiftplan.present.answers.repairs import RepairWords, repair_lines
from shiftplan.present.display.console import print_items, print_more
from shiftplan.present.display.costs import show_cost_changes
from shiftplan.present.display.results import show_contradiction
from shiftplan.present.texts import Lang
from shiftplan.present.words import Words
from shiftplan.scoring.costs import CostChange, beside

_PEOPLE = 15


def show_repair(
    console: Console, found: Repair, lang: Lang, *, read: float, is_question: bool = False
) -> None:
    """Status and proof, costs before and after, and the first people to be told.

    `is_question`: nothing is decided yet, so that nobody is to be told.
    """
    say = Words(lang)
    result = found.result
    if result.roster is None:
        print_items(console, say(f"status.{result.status.value.lower()}"))
        show_contradiction(console, result, lang)
    if result.poor is not None:
        print_items(console, result.poor.message.said(lang), say("plans.poor_not_written"))
    for line in repair_lines(found, lang):
        print_items(console, line)
    reason = "by_itself" if result.stopped_by is None else result.stopped_by.value.lower()
    print_items(console, say(f"stopped.{reason}", seconds=say.decimal(result.seconds)))
    print_items(console, say("plans.read_in", read=read))
    if found.score is not None:
        before, after = found.before, found.score
        print_items(console, "", Text(say("repairs.costs"), style="bold"))
        levels, total = beside(before.levels, after.levels), CostChange(before.total, after.total)
        show_cost_changes(console, found.costs, levels, total, lang)
        _show_people(
            console, found, "repairs.what_if_people" if is_question else "repairs.tell", lang
        )


def _show_people(console: Console, found: Repair, title: str, lang: Lang) -> None:
    if not found.notices:
        return
    sentences = RepairWords(found.problem, lang)
    print_items(console, "", Text(Words(lang)(title), style="bold"))
    groups = [(who, list(own)) for who, own in groupby(found.notices, lambda n: n.volunteer_id)]
    for who, own in islice(groups, _PEOPLE):
        print_items(console, Padding(Text(sentences.names.person(who)), (0, 0, 0, 2)))
        for notice in own:
            print_items(console, Padding(Text(sentences.line(notice)), (0, 0, 0, 4)))
    print_more(console, len(groups) - _PEOPLE, lang)
    print_items(console, "")
