"""What the command shows of a ledger: people ranked by hours worked, and what novices learned.

(`Ledger`, `Totals`, `LevelUpSuggestion`s) -> rich tables on a console.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from shiftplan.present.display import make_table, print_items, print_more
from shiftplan.present.naming import named
from shiftplan.present.words import Lang, Words
from shiftplan.seasons.ledger import Ledger, LevelUpSuggestion, Totals

_COUNTS = ("called", "excused", "absent", "mentored")


def ranked(totals: Sequence[Totals]) -> list[Totals]:
    """People by hours worked, most first; among equals by shifts worked, then by id."""
    return sorted(totals, key=lambda t: (-t.hours_worked, -t.shifts_worked, t.volunteer_id))


def show_ledger(
    console: Console, ledger: Ledger, totals: Sequence[Totals], most: int, lang: Lang
) -> None:
    """How much there is, the first people of the ranking, and the levels confirmed."""
    say = Words(lang)
    if not ledger.weeks:
        print_items(console, say("ledgers.no_weeks"))
        return
    hours = sum(t.hours_worked for t in totals)
    counts_of = say("ledgers.ledger", weeks=len(ledger.weeks), people=len(totals), hours=hours)
    print_items(console, counts_of, "")
    shown = ranked(totals)[:most]
    counts = [key for key in _COUNTS if any(getattr(person, key) for person in shown)]
    heads = (
        "ledgers.volunteer",
        "ledgers.hours",
        "ledgers.worked_shifts",
        "ledgers.share_worked",
        "ledgers.share_of_wishes",
        *(f"ledgers.{key}" for key in counts),
    )
    table = make_table(*map(say, heads))
    for person in shown:
        shifts, wishes = (
            say("plans.part_of", part=part, whole=whole)
            for part, whole in (
                (person.shifts_worked, person.shifts_offered),
                (person.wishes_met, person.wishes),
            )
        )
        table.add_row(
            Text(named(person.name, person.volunteer_id)),
            say.decimal(person.hours_worked),
            shifts,
            say.percent(person.load),
            wishes if person.wishes else "–",
            *(say.number(getattr(person, key)) if getattr(person, key) else "" for key in _COUNTS),
        )
    print_items(console, table)
    print_more(console, len(totals) - most, lang)
    if ledger.training:
        names = {t.volunteer_id: t.name for t in totals}
        table = make_table(say("ledgers.volunteer"), say("citizens.skill"), "", left=2)
        for up in ledger.training:
            who = named(names.get(up.volunteer_id, ""), up.volunteer_id)
            table.add_row(Text(who), Text(f"{up.skill_id} {up.level}"), say.date(up.day))
        print_items(console, "", Text(say("ledgers.confirmed"), style="bold"), table)


def show_suggestions(console: Console, found: Sequence[LevelUpSuggestion], lang: Lang) -> None:
    """Novices who may be ready for a higher level, and with whom they worked."""
    say = Words(lang)
    if not found:
        return
    table = make_table(say("ledgers.volunteer"), say("citizens.skill"), "", left=3)
    for row in found:
        lessons = say("ledgers.lessons", shifts=row.shifts, mentors=", ".join(row.mentors))
        who = named(row.name, row.volunteer_id)
        table.add_row(Text(who), Text(f"{row.skill_id} {row.level}"), Text(lessons))
    print_items(console, "", Text(say("ledgers.learned"), style="bold"), table)
