"""`shiftplan ledger`: what everybody offered and did, week after week.

Ledger, and perhaps a week that was worked -> ledger, the next week's history, and a ranking.

Exit codes: 0 all was done, 2 bad input; then nothing was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli.common import app, exit_codes, make_folder, print_json
from shiftplan.cli.ledger_shown import ranked, show_ledger, show_suggestions
from shiftplan.cli.options import Language, Recommended, place
from shiftplan.cli.reading import note_changed_week, read
from shiftplan.cli.usage import Misused
from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files import read_roster
from shiftplan.files.seasons import ledger_text, read_ledger, record_files
from shiftplan.files.text import file_fault
from shiftplan.files.week import history_to_csv
from shiftplan.files.whole import write_texts
from shiftplan.present.display import make_console
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.profile import with_recommended
from shiftplan.seasons.ledger import Ledger, LevelUpSuggestion, Memory, Totals

_DATE = ["%Y-%m-%d"]
_MOST_WEEKS = 5_200


@app.command("ledger")
def keep_ledger(
    ledger: Path,
    record: Path | None = None,
    roster: Path | None = None,
    attendance: Path | None = None,
    remove: Annotated[datetime | None, typer.Option(formats=_DATE, metavar="YYYY-MM-DD")] = None,
    level_up: Annotated[tuple[str, str, int] | None, typer.Option(show_default=False)] = None,
    history: Path | None = None,
    next_week: Annotated[Path | None, typer.Option("--next")] = None,
    decay: float = 1.0,
    weeks: Annotated[int | None, typer.Option(min=1, max=_MOST_WEEKS)] = None,
    since: Annotated[datetime | None, typer.Option(formats=_DATE, metavar="YYYY-MM-DD")] = None,
    enough: Annotated[int, typer.Option(min=1)] = 4,
    recommended: Recommended = False,
    out: Annotated[Path | None, typer.Option(parser=place, metavar="PATH")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    most: Annotated[int, typer.Option(min=0)] = 20,
    lang: Language = "en",
) -> None:
    """Keep the ledger: record a week, write the next week's history, show who did how much."""
    if (record is None) != (roster is None) or (attendance is not None and record is None):
        hint = "--record / --roster / --attendance"
        raise Misused(Message("usage.record_without_roster"), hint)
    if not 0 < decay <= 1:
        raise Misused(Message("usage.must_be_above_0_to_1"), "--decay")
    memory = Memory(decay=decay, weeks=weeks, since=since.date() if since else None)
    with exit_codes(lang):
        week, planned = (
            None if path is None else _read(path, lang, recommended=recommended)
            for path in (record, next_week)
        )
        kept = before = _opened(ledger, week)
        if remove is not None:
            kept = kept.without(remove.date())
        if record is not None and week is not None and roster is not None:
            note_changed_week(record, roster, lang)
            read_roster(roster, of=week)  # one of another week would be taken for this one
            kept = record_files(kept, week, roster, attendance)
        if level_up is not None:
            who, skill, level = level_up
            known = week if planned is None else planned
            kept = kept.confirm(who, skill, level, date.today(), problem=known)
        texts: dict[Path, str] = {}
        if kept is not before:
            if ledger.suffix.lower() != ".json":
                message = Message("ledgers.kept_as_json")
                remedy = Message("ledgers.make_json_first")
                raise file_fault("not_one_of", ledger, message, remedy, value=ledger.suffix)
            texts[ledger] = ledger_text(kept, ledger)
        if out is not None:
            texts[out] = ledger_text(kept, out)
        if history is not None:
            texts[history] = history_to_csv(kept.history(planned, memory))
        for file in texts:
            make_folder(file, lang=lang)
        write_texts(texts)
    before_day = None if planned is None else planned.horizon.start
    totals = kept.totals(memory, before_day)
    novices = planned or week
    found = [] if novices is None else list(kept.suggestions(novices, enough))
    if as_json:
        _print_json(kept, totals, found)
        return
    console = make_console()
    show_ledger(console, kept, totals, most, lang)
    show_suggestions(console, found, lang)
    if texts:
        print("\n" + Words(lang)("plans.written", out=", ".join(map(str, texts))))


def _read(path: Path, lang: Lang, *, recommended: bool) -> Problem:
    """A week, with the recommended rules where it was planned with them: they tell of mentors."""
    week = read(path, lang, recommended=recommended)
    return with_recommended(week) if recommended else week


def _opened(path: Path, week: Problem | None) -> Ledger:
    """The ledger of a file; when there is none, one that begins with the history of a week."""
    try:
        return read_ledger(path)
    except InputError as error:
        if week is not None and error.faults[0].code == "missing_file":
            return Ledger.begin(week)
        raise


def _print_json(
    ledger: Ledger, totals: Sequence[Totals], found: Sequence[LevelUpSuggestion]
) -> None:
    content = {
        "weeks": [{"start": str(w.start), "days": w.days} for w in ledger.weeks],
        "people": [person.as_dict() for person in ranked(totals)],
        "training": [up.model_dump(mode="json") for up in ledger.training],
        "suggestions": [row.as_dict() for row in found],
    }
    print_json(content)
