"""`new-week`: the week after one that is planned.

A week, perhaps with roster, ledger and closed days -> the next one, and how it differs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language, MaybeOut
from shiftplan.cli.reading import read_live, read_noted
from shiftplan.cli.usage import Misused
from shiftplan.errors.message import Message, Person
from shiftplan.files import read_ledger, write_problem
from shiftplan.files.closed_days import DAYS, days_of, days_text, read_days
from shiftplan.files.headings import sheet_title
from shiftplan.files.opening_csv import Carried, carried
from shiftplan.files.shared import same_above, shared_tables
from shiftplan.files.text import is_there, read_text, real_path
from shiftplan.files.week import write_tables
from shiftplan.files.whole import write_texts
from shiftplan.files.workbook import SUFFIXES, is_workbook
from shiftplan.present.naming import Names, lang_of
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.record.saying import first_of
from shiftplan.seasons.rollover import NewWeek, new_week
from shiftplan.seasons.rollover.workdays import Day, with_holidays

_UNCHANGED = ("centers", "skills", "services", "rules")
"""Tables that the next week leaves shared where the last one took them from above."""


@command("new-week")
def roll_week(
    last: Annotated[Path, typer.Option("--from")],
    start: Annotated[dt.datetime, typer.Option("--start", "--monday", **common.DATE)],
    out: MaybeOut = None,
    roster: Path | None = None,
    ledger: Path | None = None,
    days: Path | None = None,
    opened: Annotated[list[dt.datetime] | None, typer.Option("--open", **common.DATE)] = None,
    closed: Annotated[list[dt.datetime] | None, typer.Option("--closed", **common.DATE)] = None,
    country: str | None = None,
    keep_show_rates: Annotated[bool, typer.Option("--keep-show-rates")] = False,
    learned_minutes: Annotated[bool, typer.Option("--learned-minutes")] = False,
    replace: common.Replace = False,
    lang: Language = "en",
) -> None:
    """Make the next week: same work, new dates, without holidays, with history carried over.

    Exit codes: 0 the week was written, 2 bad input; then nothing was written.
    """
    first = start.date()
    if both := {d.date() for d in opened or ()} & {d.date() for d in closed or ()}:
        raise Misused(Message("usage.open_and_closed", day=min(both)), "--open")
    if out is not None and out.suffix.lower() in (*SUFFIXES, ".csv"):
        raise Misused(Message("usage.folder_or_json"), "--out")
    live = read_live(last, lang, as_written=True)
    problem = live.files
    horizon = problem.horizon
    place = real_path(last).parent / f"week-{first}" if out is None else out
    shared = shared_tables(last) if last.is_dir() else {}
    rows, file = days_of(last, problem) if days is None else (read_days(days, problem), days)
    named = [Day(date=d.date(), state="open") for d in opened or ()]
    named += [Day(date=d.date(), state="closed") for d in closed or ()]
    dates = {d.date for d in named}
    kept = [d for d in rows if d.group or d.date is None or d.date not in dates]
    end = first + dt.timedelta(horizon.days)
    for option, given in (("--open", opened), ("--closed", closed)):
        for d in given or ():
            if not horizon.start <= d.date() < end:
                last_day = end - dt.timedelta(1)
                facts = {"day": d.date(), "first": horizon.start, "last": last_day}
                raise Misused(Message("usage.day_of_no_week", **facts), option)
    code = horizon.country if country is None else country.upper()
    languages = (lang, *Words(lang)("form.holidays").split("|"))
    workdays = with_holidays([*kept, *named], horizon.start, end, code, languages)
    planned = None if roster is None else read_noted(problem, roster, lang)
    book = None if ledger is None else read_ledger(ledger)
    usual, hours = carried(last, problem, first)
    made = new_week(
        problem,
        first,
        workdays,
        roster=planned,
        ledger=book,
        usual=usual,
        learn=not keep_show_rates,
        learn_minutes=learned_minutes,
    )
    is_week = is_there(place) and (not place.is_dir() or is_there(place / "volunteers.csv"))
    if is_week and not replace:
        raise common.fail(Words(lang)("weeks.new_week_exists", place=place))
    common.make_folder(place if place.suffix.lower() == ".json" else place / DAYS, lang=lang)
    above = same_above(last, place, [*shared, "days"])
    still = [name for name in _UNCHANGED if name in above and _is_same(name, problem, made.problem)]
    if place.suffix.lower() == ".json":
        write_problem(made.problem, place)
    else:
        write_tables(made.problem, place, still, hours.hours(made.problem, rows))
    is_shared = days is None and file not in (last, last / DAYS) and "days" in above
    if file is not None and place.is_dir() and not is_shared:
        text = days_text(rows) if is_workbook(file) else read_text(file)
        write_texts({place / DAYS: text})
    print("\n".join(_told(made, problem, hours, lang)))
    known, now = problem.volunteer_by_id, live.now.problem
    if new := tuple(Person(who) for who in now.volunteer_by_id if who not in known):
        say = Names(now, lang).say
        print(say("weeks.new_week_without", people=first_of(new), n=len(new)))
    if still and place.is_dir():
        labels = [shared[name].label for name in still]
        print(Words(lang)("weeks.new_week_shared", files=labels, n=len(labels)))
    common.print_written(lang, place)


def _is_same(table: str, last: Problem, new: Problem) -> bool:
    """Whether a table says the same in two weeks."""
    fields = ("rules", "rates", "order") if table == "rules" else (table,)
    return all(getattr(last, field) == getattr(new, field) for field in fields)


def _told(made: NewWeek, last: Problem, hours: Carried, lang: Lang) -> Iterator[str]:
    """What the new week is, and how it differs from the last one."""
    say, problem = Words(lang_of(made.problem, lang)), made.problem
    yield say(
        "weeks.new_week",
        first=problem.horizon.dates[0],
        last=problem.horizon.dates[-1],
        shifts=len(problem.shifts),
        people=len(problem.volunteers),
        windows=len(problem.availability),
    )
    for gone in made.closed:
        reason, centers = gone.reason or Message("weeks.new_week_no_reason"), len(gone.centers)
        counts = {"shifts": gone.shifts, "centers": centers}
        code = "weeks.new_week_cut" if gone.is_open else "weeks.new_week_closed"
        yield say(code, day=gone.day, reason=reason, **counts)
    for new in made.filled:
        counts, day = {"shifts": new.shifts, "centers": len(new.centers)}, say.day(new.day)
        day = day[:1].upper() + day[1:]
        yield say("weeks.new_week_filled", day=day, source=new.source, **counts)
    for date, places in made.idle.items():
        yield say("weeks.new_week_idle", day=date, centers=len(places))
    for name, found in hours.dated.items():
        yield say("weeks.new_week_dated", table=sheet_title(name, say), days=tuple(found))
    for name in hours.only:
        yield say("weeks.new_week_only_dated", table=sheet_title(name, say))
    if made.unknown:
        yield say("weeks.new_week_unknown", days=tuple(made.unknown))
    if made.windows_off:
        yield say("weeks.new_week_off", windows_off=made.windows_off)
    if made.dropped:
        rows = [
            say("weeks.new_week_rows", table=sheet_title(n, say), count=k) for n, k in made.dropped
        ]
        yield say("weeks.new_week_dropped", rows=", ".join(rows))
    yield say(f"weeks.new_week_{'carried' if made.is_carried else 'not_carried'}")
    if made.services:
        before = {row.service_id: row.minutes_per_citizen for row in last.services}
        minutes = [
            say(
                "weeks.new_week_minutes_of",
                service=row.name or row.service_id,
                old=say.decimal(before[row.service_id]),
                new=say.decimal(row.minutes_per_citizen),
            )
            for row in made.services
        ]
        is_taken = all(row in problem.services for row in made.services)
        code = "weeks.new_week_minutes" if is_taken else "weeks.new_week_propose"
        yield say(code, services=", ".join(minutes), n=len(minutes))
    if made.taught:
        yield say("weeks.new_week_taught", n=made.taught)
    if made.learned:
        yield say("weeks.new_week_learned", people=made.learned, of=len(problem.volunteers))
    yield say("weeks.new_week_confirm")
