"""`shiftplan new-week`: the next week made from the last one.

Week, first date, perhaps roster and ledger -> the next week's tables, and what differs.

Exit codes: 0 the week was written, 2 bad input; then nothing was written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli.common import app, exit_codes, fail, make_folder
from shiftplan.cli.options import Language, place
from shiftplan.cli.reading import read
from shiftplan.cli.usage import Misused
from shiftplan.errors.message import Message
from shiftplan.files import read_ledger, read_roster, write_problem
from shiftplan.files.seasons import DAYS, read_days
from shiftplan.files.text import is_there, need_inside, read_text, real_path
from shiftplan.files.whole import write_texts
from shiftplan.files.workbook import SUFFIXES
from shiftplan.present.words import Lang, Words
from shiftplan.seasons.rollover import NewWeek, new_week
from shiftplan.seasons.rollover.workdays import Day, with_holidays

_DATE = ["%Y-%m-%d"]
_NO_COUNTRY = "none"


@app.command("new-week")
def roll_week(
    last: Annotated[Path, typer.Option("--from")],
    start: Annotated[
        dt.datetime, typer.Option("--start", "--monday", formats=_DATE, metavar="YYYY-MM-DD")
    ],
    out: Annotated[Path | None, typer.Option(parser=place, metavar="PATH")] = None,
    roster: Path | None = None,
    ledger: Path | None = None,
    days: Path | None = None,
    opened: Annotated[
        list[dt.datetime] | None, typer.Option("--open", formats=_DATE, metavar="YYYY-MM-DD")
    ] = None,
    closed: Annotated[
        list[dt.datetime] | None, typer.Option("--closed", formats=_DATE, metavar="YYYY-MM-DD")
    ] = None,
    country: str = "VN",
    replace: Annotated[bool, typer.Option("--replace")] = False,
    lang: Language = "en",
) -> None:
    """Make the next week: same work, new dates, without holidays, with history carried on."""
    first = start.date()
    both = {d.date() for d in opened or ()} & {d.date() for d in closed or ()}
    if both:
        raise Misused(Message("usage.open_and_closed", day=min(both)), "--open")
    if out is not None and out.suffix.lower() in (*SUFFIXES, ".csv"):
        raise Misused(Message("usage.folder_or_json"), "--out")
    with exit_codes(lang):
        problem = read(last, lang)
        place = real_path(last).parent / f"week-{first}" if out is None else out
        file = days
        if days is None and is_there(last / DAYS):
            file = last / DAYS
            need_inside(last, file)
        rows = () if file is None else read_days(file, problem)
        named = [Day(date=d.date(), state="open") for d in opened or ()]
        named += [Day(date=d.date(), state="closed") for d in closed or ()]
        dates = {d.date for d in named}
        kept = [d for d in rows if d.group or d.date is None or d.date not in dates]
        end = first + dt.timedelta(problem.horizon.days)
        code = "" if country.lower() == _NO_COUNTRY else country.upper()
        languages = ("en_US", "en_GB", "en") if lang == "en" else (lang,)
        start_of_last = problem.horizon.start
        workdays = with_holidays([*kept, *named], start_of_last, end, code, languages)
        planned = None if roster is None else read_roster(roster, of=problem)
        book = None if ledger is None else read_ledger(ledger)
        made = new_week(problem, first, workdays, roster=planned, ledger=book)
        is_week = is_there(place) and (not place.is_dir() or is_there(place / "volunteers.csv"))
        if is_week and not replace:
            raise fail(Words(lang)("weeks.new_week_exists", place=place))
        make_folder(place if place.suffix.lower() == ".json" else place / DAYS, lang=lang)
        write_problem(made.problem, place)
        if file is not None and place.is_dir():
            write_texts({place / DAYS: read_text(file)})
    print("\n".join(_told(made, lang)))
    print(Words(lang)("plans.written", out=place))


def _told(made: NewWeek, lang: Lang) -> Iterator[str]:
    """What the new week is, and how it differs from the last one."""
    say, problem = Words(lang), made.problem
    horizon = problem.horizon
    yield say(
        "weeks.new_week",
        first=horizon.dates[0],
        last=horizon.dates[-1],
        shifts=len(problem.shifts),
        people=len(problem.volunteers),
        windows=len(problem.availability),
    )
    for gone in made.closed:
        reason, centers = gone.reason or Message("weeks.new_week_no_reason"), len(gone.centers)
        counts = {"shifts": gone.shifts, "centers": centers}
        yield say("weeks.new_week_closed", day=gone.day, reason=reason, **counts)
    for new in made.filled:
        counts, day = {"shifts": new.shifts, "centers": len(new.centers)}, say.day(new.day)
        day = day[:1].upper() + day[1:]
        yield say("weeks.new_week_filled", day=day, source=new.source, **counts)
    if made.unknown:
        yield say("weeks.new_week_unknown", days=tuple(made.unknown))
    if made.windows_off:
        yield say("weeks.new_week_off", windows_off=made.windows_off)
    if made.dropped:
        rows = [say("weeks.new_week_rows", table=n, count=k) for n, k in made.dropped]
        yield say("weeks.new_week_dropped", rows=", ".join(rows))
    yield say(f"weeks.new_week_{'carried' if made.is_carried else 'not_carried'}")
    yield say("weeks.new_week_confirm")
