"""`ledger`: what everybody offered and did, week after week.

Ledger, and perhaps a week that was worked -> ledger, the next week's history, and a ranking.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.keeping import keep_apart, keep_inputs, tables_of
from shiftplan.cli.reading import read, read_live, read_noted, show_notes
from shiftplan.cli.usage import Misused
from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.files.ledgers import kept_text, ledger_text, read_or_begin, show_rates_text
from shiftplan.files.turnouts import record_files
from shiftplan.files.week import history_to_csv
from shiftplan.files.whole import write_texts
from shiftplan.present.certificates import (
    PAGE,
    TABLE,
    certificates_csv,
    certificates_of,
    certificates_page,
)
from shiftplan.present.display import make_console, make_table, print_items, print_more
from shiftplan.present.naming import named
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.profile import with_recommended
from shiftplan.record.planning import now_from
from shiftplan.record.turned_out import turned_out
from shiftplan.seasons.ledger import Ledger, LevelUpSuggestion, Memory, Totals
from shiftplan.seasons.shows import ShowEffect, ShowRates
from shiftplan.week.fields import WEEKDAYS
from shiftplan.week.lessons import VisitWeek
from shiftplan.week.roster import Roster

_MOST_WEEKS = 5_200
_COUNTS = ("called", "asked", "excused", "absent", "mentored")


@command("ledger")
def keep_ledger(
    ledger: Path,
    record: Path | None = None,
    roster: Path | None = None,
    attendance: Path | None = None,
    remove: common.Day = None,
    level_up: Annotated[tuple[str, str, int] | None, typer.Option(show_default=False)] = None,
    history: Path | None = None,
    next_week: Annotated[Path | None, typer.Option("--next")] = None,
    decay: float = 1.0,
    weeks: Annotated[int | None, typer.Option(min=1, max=_MOST_WEEKS)] = None,
    since: common.Day = None,
    call_credit: Annotated[float, typer.Option(min=0, max=1)] = 0.25,
    show_rates: Path | None = None,
    certificates: Path | None = None,
    enough: common.FromOne = 4,
    recommended: common.Recommended = False,
    out: common.MaybeOut = None,
    as_json: common.AsJson = False,
    most: common.Most = 20,
    lang: common.Language = "en",
) -> None:
    """Keep the ledger: record a week, write the next week's history, show who did how much.

    Exit codes: 0 all was done, 2 bad input; then nothing was written.
    """
    if (roster is not None and record is None) or (attendance is not None and roster is None):
        hint = "--record / --roster / --attendance"
        raise Misused(Message("usage.record_without_roster"), hint)
    if not 0 < decay <= 1:
        raise Misused(Message("usage.must_be_above_0_to_1"), "--decay")
    weeks_read = [*([] if record is None else tables_of(record))]
    weeks_read += [] if next_week is None else tables_of(next_week, "history")
    placed = [("--out", out), ("--history", history), ("--show-rates", show_rates)]
    if certificates is not None:
        placed += [("--certificates", certificates / name) for name in (TABLE, PAGE)]
    keep_apart([("ledger", ledger), *placed])
    for option, place in placed:
        keep_inputs(option, (place,), (roster, attendance, *weeks_read))
    first = since.date() if since else None
    memory = Memory(decay=decay, weeks=weeks, since=first, call_credit=call_credit)
    if record is None or roster is not None:
        live, week = None, _read(record, lang, recommended=recommended)
    else:
        live = read_live(record, lang, recommended=recommended)
        week = live.now.problem
    planned = _read(next_week, lang, recommended=recommended)
    kept = before = read_or_begin(ledger, week)
    if remove is not None:
        kept = kept.without(remove.date())
    if live is not None:
        found = turned_out(live)
        kept = found.added_to(kept)
        _note_what_is_to_come(found.problem, found.roster, lang)
    elif week is not None and roster is not None:
        # A roster of another week would be taken for one of this week.
        _note_what_is_to_come(week, read_noted(week, roster, lang), lang)
        notes: list[Fault] = []
        kept = record_files(kept, week, roster, attendance, on_note=notes.append)
        show_notes(notes, lang)
    if level_up is not None:
        who, skill, level = level_up
        known = week if planned is None else planned
        kept = kept.confirm(who, skill, level, date.today(), problem=known)
    texts: dict[Path, str] = {}
    if kept is not before:
        texts[ledger] = kept_text(kept, ledger)
    if out is not None:
        texts[out] = ledger_text(kept, out)
    if history is not None:
        texts[history] = history_to_csv(kept.history(planned, memory))
    before_day = None if planned is None else planned.horizon.start
    # By hours worked, most first; among equals by shifts worked, then by id.
    totals = sorted(
        kept.totals(memory, before_day),
        key=lambda t: (-t.hours_worked, -t.shifts_worked, t.volunteer_id),
    )
    rates = None if show_rates is None else kept.show_rates(planned, memory)
    if show_rates is not None and rates is not None:
        texts[show_rates] = show_rates_text(rates, {t.volunteer_id: t.name for t in totals})
    if certificates is not None:
        people = certificates_of(kept, first)
        texts[certificates / TABLE] = certificates_csv(people)
        texts[certificates / PAGE] = certificates_page(people, lang)
    for file in texts:
        common.make_folder(file, lang=lang)
    write_texts(texts)
    novices = planned or week
    suggested = [] if novices is None else list(kept.suggestions(novices, enough))
    if as_json:
        content: dict[str, object] = {
            "weeks": [{"start": str(w.start), "days": w.days} for w in kept.weeks],
            "people": [person.as_dict() for person in totals],
            "training": [up.model_dump(mode="json") for up in kept.training],
            "suggestions": [row.as_dict() for row in suggested],
            "visits": [week.model_dump(mode="json") for week in kept.visits],
        }
        if rates is not None:
            content["show_rates"] = [row.as_dict() for row in rates.people]
            content["show_effects"] = [row.as_dict() for row in rates.effects]
        common.print_json(content)
        return
    say = Words(lang)
    _show_ledger(kept, totals, most, say)
    _show_suggestions(suggested, say)
    if rates is not None:
        _show_attendance(rates, say)
    _show_visits(kept.visits, say)
    if texts:
        print()
        common.print_written(lang, *texts)


def _note_what_is_to_come(week: Problem, roster: Roster, lang: Lang) -> None:
    """Say how many shifts of a roster count as worked though they are not over yet."""
    now, people = now_from(week.horizon), roster.people_in
    shifts = [shift for shift in week.shifts if shift.shift_id in people]
    if left := sum(now is None or shift.end > now for shift in shifts):
        note = Words(lang)("ledgers.not_over", n=left, start=str(week.horizon.start))
        print(note, file=sys.stderr)


def _read(path: Path | None, lang: Lang, *, recommended: bool) -> Problem | None:
    """A week, with the recommended rules where it was planned with them: they tell of mentors."""
    if path is None:
        return None
    week = read(path, lang, recommended=recommended)
    return with_recommended(week) if recommended else week


def _show_ledger(ledger: Ledger, totals: Sequence[Totals], most: int, say: Words) -> None:
    """How much there is, the first people of the ranking, and the levels confirmed."""
    console = make_console()
    if not ledger.weeks:
        print_items(console, say("ledgers.no_weeks"))
        return
    hours = sum(t.hours_worked for t in totals)
    counts_of = say("ledgers.ledger", weeks=len(ledger.weeks), people=len(totals), hours=hours)
    print_items(console, counts_of, "")
    shown = totals[:most]
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
        shifts = say("plans.part_of", part=person.shifts_worked, whole=person.shifts_offered)
        wishes = say("plans.part_of", part=person.wishes_met, whole=person.wishes)
        table.add_row(
            Text(named(person.name, person.volunteer_id)),
            say.decimal(person.hours_worked),
            shifts,
            say.percent(person.load),
            wishes if person.wishes else "–",
            *(say.number(getattr(person, key)) if getattr(person, key) else "" for key in counts),
        )
    print_items(console, table)
    print_more(console, len(totals) - most, say.lang)
    if ledger.training:
        names = {t.volunteer_id: t.name for t in totals}
        table = make_table(say("ledgers.volunteer"), say("citizens.skill"), "", left=2)
        for up in ledger.training:
            who = named(names.get(up.volunteer_id, ""), up.volunteer_id)
            table.add_row(Text(who), Text(f"{up.skill_id} {up.level}"), say.date(up.day))
        print_items(console, "", Text(say("ledgers.confirmed"), style="bold"), table)


def _show_suggestions(found: Sequence[LevelUpSuggestion], say: Words) -> None:
    """Novices who may be ready for a higher level, and with whom they worked."""
    if not found:
        return
    table = make_table(say("ledgers.volunteer"), say("citizens.skill"), "", left=3)
    for row in found:
        lessons = say("ledgers.lessons", shifts=row.shifts, mentors=", ".join(row.mentors))
        who = named(row.name, row.volunteer_id)
        table.add_row(Text(who), Text(f"{row.skill_id} {row.level}"), Text(lessons))
    print_items(make_console(), "", Text(say("ledgers.learned"), style="bold"), table)


def _show_visits(weeks: Sequence[VisitWeek], say: Words) -> None:
    """How many came in all weeks of which logs were kept, as a share of those planned for."""
    rows = [row for week in weeks for row in week.centers]
    if planned := sum(row.planned for row in rows):
        share = say.percent(sum(row.came for row in rows) / planned)
        print_items(make_console(), "", say("ledgers.visits", n=len(weeks), share=share))


def _show_attendance(rates: ShowRates, say: Words) -> None:
    """How many came, and what days, hours, notices and answers change."""
    console = make_console()
    if not rates.observed:
        print_items(console, "", say("ledgers.no_attendance"))
        return
    people = [row for row in rates.people if row.shifts]
    share = sum(row.came for row in people) / rates.observed
    counts = {"shifts": rates.observed, "people": len(people)}
    print_items(console, "", say("ledgers.attendance", share=say.percent(share), **counts))
    if not rates.effects:
        return
    heads = ("ledgers.circumstance", "ledgers.observed", "ledgers.come", "ledgers.interval")
    table = make_table(*map(say, heads))
    for row in rates.effects:
        ends = say.percent(row.chance.low), say.percent(row.chance.high, up=True)
        table.add_row(
            Text(_circumstance(row, say)),
            say.number(row.shifts),
            say.percent(row.chance.mean),
            " – ".join(ends),
        )
    print_items(console, "", table)


def _circumstance(row: ShowEffect, say: Words) -> str:
    if row.of == "weekday":
        return say("form.weekdays").split("|")[WEEKDAYS.index(row.level)]
    if row.of == "hour":
        return say("ledgers.from_hour", hour=time(int(row.level)))
    return say(f"ledgers.{row.of}_{row.level or 'unknown'}")
