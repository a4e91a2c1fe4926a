"""`template`, `new-week`, `anonymize`, `schema`: weeks made, carried on, shown, described.

Nothing or a week -> a workbook to fill in; a week, perhaps with roster and ledger -> the next one,
or the same under made-up names; the name of a form -> its JSON schema, as docs/schemas/ holds it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

import typer
from pydantic import BaseModel

from shiftplan.citizens.simulate import Experience
from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language, MaybeOut, Out
from shiftplan.cli.reading import read, read_noted
from shiftplan.cli.usage import Misused
from shiftplan.errors.allowed import MOST_SEED
from shiftplan.errors.message import Message
from shiftplan.files import read_ledger, write_problem, write_roster, write_week
from shiftplan.files.closed_days import DAYS, days_of, days_text, read_days
from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.files.headings import sheet_title
from shiftplan.files.opening_csv import Carried, carried
from shiftplan.files.shared import same_above, shared_tables
from shiftplan.files.text import file_fault, is_taken, is_there, read_text, real_path
from shiftplan.files.week import write_tables
from shiftplan.files.whole import write_texts
from shiftplan.files.workbook import SUFFIXES, is_workbook, need_openpyxl
from shiftplan.present.naming import lang_of
from shiftplan.present.outputs import ROSTER
from shiftplan.present.sheets import write_template, write_workbook
from shiftplan.present.sheets.starting import first_date
from shiftplan.present.summary import CheckReport
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.seasons.anonymous import anonymize
from shiftplan.seasons.ledger import Ledger
from shiftplan.seasons.rollover import NewWeek, new_week
from shiftplan.seasons.rollover.workdays import Day, with_holidays
from shiftplan.solving.result import Result
from shiftplan.week.horizon import NO_COUNTRY, PROFILE, PROFILES
from shiftplan.week.json_form import Written
from shiftplan.week.kinds import KINDS, USUAL_KIND
from shiftplan.week.roster import Roster

if TYPE_CHECKING:
    Profile: TypeAlias = str
    Kind: TypeAlias = str
else:
    Profile = Literal[tuple(PROFILES)]
    Kind = Literal[KINDS]
Form = Literal["problem", "roster", "ledger", "result", "check", "simulation"]
_UNCHANGED = ("centers", "skills", "services", "rules")
"""Tables that the next week leaves shared where the last one took them from above."""
FORMS: Mapping[Form, type[BaseModel] | type[Written]] = {
    "problem": Problem,
    "roster": Roster,
    "ledger": Ledger,
    "result": Result,
    "check": CheckReport,
    "simulation": Experience,
}
"""Form -> the class that is written so; all have the version 1. Those that are only written may
have more keys in a later version; docs/compatibility.md says what a version promises."""


@command("template")
def template(
    out: Out,
    week: Path | None = None,
    start: common.Day = None,
    kind: Annotated[Kind, typer.Option()] = USUAL_KIND,
    profile: Annotated[Profile, typer.Option()] = PROFILE,
    example: Annotated[bool, typer.Option("--example")] = False,
    replace: common.Replace = False,
    lang: Language = "en",
) -> None:
    """Make a workbook for a planning week, with help, examples and lists to choose from.

    Exit codes: 0 it was written, 2 bad input or the extra `excel` is missing.
    """
    need_openpyxl()
    if week is not None and (kind != USUAL_KIND or example):
        raise Misused(Message("usage.week_has_its_kind"), "--week")
    if out.suffix.lower() != ".xlsx":
        raise file_fault("not_one_of", out, Message("template.ends_in_xlsx"))
    if is_there(out) and not replace:
        raise file_fault("unreadable_file", out, Message("template.there"))
    problem = None if week is None else read(week, lang)
    common.make_folder(out, lang=lang)
    if problem is None:
        first = first_date(kind, dt.date.today()) if start is None else start.date()
        write_template(out, first, lang, profile=profile, kind=kind, example=example)
    else:
        write_workbook(problem, out, lang)
    say = Words(lang)
    print(say("template.written", out=out, sheet=Message("sheet.help")))
    if problem is None:
        place, others = PROFILES[profile], [p for p, v in PROFILES.items() if not _has_country(v)]
        facts = {"zone": place["zone"], "country": place["country"], "other": others[0]}
        code = f"template.{'in_country' if _has_country(place) else 'anywhere'}"
        print(say(code, sheet=Message("sheet.horizon"), **facts))


def _has_country(profile: Mapping[str, str]) -> bool:
    return profile["country"] != NO_COUNTRY


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
    replace: common.Replace = False,
    lang: Language = "en",
) -> None:
    """Make the next week: same work, new dates, without holidays, with history carried on.

    Exit codes: 0 the week was written, 2 bad input; then nothing was written.
    """
    first = start.date()
    if both := {d.date() for d in opened or ()} & {d.date() for d in closed or ()}:
        raise Misused(Message("usage.open_and_closed", day=min(both)), "--open")
    if out is not None and out.suffix.lower() in (*SUFFIXES, ".csv"):
        raise Misused(Message("usage.folder_or_json"), "--out")
    problem = read(last, lang)
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
    print("\n".join(_told(made, hours, lang)))
    if still and place.is_dir():
        labels = [shared[name].label for name in still]
        print(Words(lang)("weeks.new_week_shared", files=labels, n=len(labels)))
    common.print_written(lang, place)


def _is_same(table: str, last: Problem, new: Problem) -> bool:
    """Whether a table says the same in two weeks."""
    fields = ("rules", "rates", "order") if table == "rules" else (table,)
    return all(getattr(last, field) == getattr(new, field) for field in fields)


def _told(made: NewWeek, hours: Carried, lang: Lang) -> Iterator[str]:
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
        yield say("weeks.new_week_closed", day=gone.day, reason=reason, **counts)
    for new in made.filled:
        counts, day = {"shifts": new.shifts, "centers": len(new.centers)}, say.day(new.day)
        day = day[:1].upper() + day[1:]
        yield say("weeks.new_week_filled", day=day, source=new.source, **counts)
    for name, found in hours.dated.items():
        yield say("weeks.new_week_dated", table=sheet_title(name, say), days=tuple(found))
    for name in hours.only:
        yield say("weeks.new_week_only_dated", table=sheet_title(name, say))
    if made.unknown:
        yield say("weeks.new_week_unknown", days=tuple(made.unknown))
    if made.windows_off:
        yield say("weeks.new_week_off", windows_off=made.windows_off)
    if made.dropped:
        rows = [say("weeks.new_week_rows", table=n, count=k) for n, k in made.dropped]
        yield say("weeks.new_week_dropped", rows=", ".join(rows))
    yield say(f"weeks.new_week_{'carried' if made.is_carried else 'not_carried'}")
    if made.learned:
        yield say("weeks.new_week_learned", people=made.learned, of=len(problem.volunteers))
    yield say("weeks.new_week_confirm")


@command("anonymize")
def anonymize_week(
    week: common.Argument,
    out: Out,
    roster: Path | None = None,
    seed: Annotated[int | None, typer.Option(min=0, max=MOST_SEED)] = None,
    keep_groups: Annotated[bool, typer.Option("--keep-groups")] = False,
    least_at_home: common.FromOne = 1,
    key: Path | None = None,
    lang: Language = "en",
) -> None:
    """Replace the names and ids of people; no notes, no names of groups, another order.

    Exit codes: 0 all was written, 2 bad input.
    """
    say = Words(lang)
    if key is not None and real_path(key).is_relative_to(real_path(out)):
        raise common.fail(say("weeks.anonymous_key_place", key=key, out=out))
    problem = read(week, lang)
    made = anonymize(
        problem,
        None if roster is None else read_noted(problem, roster, lang, lenient=True),
        seed=seed,
        keep_groups=keep_groups,
        least_at_home=least_at_home,
        person=say("weeks.anonymous_person"),
    )
    if is_taken(out):
        raise common.fail(say("weeks.anonymous_folder", out=out))
    if key is not None:
        common.make_folder(key, lang=lang)
    common.make_folder(out / ROSTER, lang=lang)
    write_week(made.problem, out)
    if made.roster is not None:
        write_roster(made.problem, made.roster, out / ROSTER)
    if key is not None:  # no id is taken for a formula
        rows = ((neutral(known), made_up) for known, made_up in made.key.items())
        write_texts({key: to_csv(["volunteer_id", "made_up_id"], rows)})
    print(say("weeks.anonymous", key=len(made.key)))
    if key is not None:
        print(say("weeks.anonymous_key", key=key))
    common.print_written(lang, out)


@command("schema")
def print_schema(form: Annotated[Form, typer.Argument()] = "problem") -> None:
    """Print the JSON schema of a problem, or of another form."""
    print(json.dumps(schema(form), indent=1, ensure_ascii=False))


def schema(form: Form) -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of a form."""
    found = FORMS[form]
    made = found.json_schema() if issubclass(found, Written) else found.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
