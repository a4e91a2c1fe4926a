"""`template`, `anonymize`, `schema`: weeks begun, shown to others, described.

Nothing or a week -> a workbook to fill in; a week -> the same under made-up names; the name of a
form -> its JSON schema, as docs/schemas/ holds it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

import typer
from pydantic import BaseModel

from shiftplan.citizens.forecasting.learning import WeekLesson
from shiftplan.citizens.simulate import Experience
from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language, Out
from shiftplan.cli.reading import read, read_noted, show_lost
from shiftplan.cli.usage import Misused
from shiftplan.errors.allowed import MOST_SEED
from shiftplan.errors.message import Message
from shiftplan.files import write_roster, write_week
from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.files.opening_csv import own_hours, write_with_hours
from shiftplan.files.text import file_fault, is_taken, is_there, real_path
from shiftplan.files.whole import write_texts
from shiftplan.files.workbook import need_openpyxl
from shiftplan.present.designs.summary import DesignReport
from shiftplan.present.forecasts.summary import ForecastReport
from shiftplan.present.naming import lang_of
from shiftplan.present.outputs import ROSTER
from shiftplan.present.sheets import write_template
from shiftplan.present.sheets.starting import first_date
from shiftplan.present.summary import CheckReport
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.seasons.anonymous import anonymize
from shiftplan.seasons.ledger import Ledger
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
Form = Literal[
    "problem", "roster", "ledger", "result", "check", "simulation", "forecast", "lesson", "design"
]
FORMS: Mapping[Form, type[BaseModel] | type[Written]] = {
    "problem": Problem,
    "roster": Roster,
    "ledger": Ledger,
    "result": Result,
    "check": CheckReport,
    "simulation": Experience,
    "forecast": ForecastReport,
    "lesson": WeekLesson,
    "design": DesignReport,
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
    if week is None or problem is None:
        first = first_date(kind, dt.date.today()) if start is None else start.date()
        write_template(out, first, lang, profile=profile, kind=kind, example=example)
    else:
        write_with_hours(problem, out, Words(lang_of(problem, lang)), own_hours(week))
        show_lost(week, out, lang)
    say = Words(lang)
    print(say("template.written", out=out, sheet=Message("sheet.help")))
    if problem is None:
        place, others = PROFILES[profile], [p for p, v in PROFILES.items() if not _has_country(v)]
        facts = {"zone": place["zone"], "country": place["country"], "other": others[0]}
        code = f"template.{'in_country' if _has_country(place) else 'anywhere'}"
        print(say(code, sheet=Message("sheet.horizon"), **facts))


def _has_country(profile: Mapping[str, str]) -> bool:
    return profile["country"] != NO_COUNTRY


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
