"""A ledger as JSON text, and what two of its rows cannot both say.

Weeks and level-ups -> text; weeks -> faults.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.seasons.ledger.entries import LevelUp, WorkedWeek
from shiftplan.seasons.shows import Show
from shiftplan.week.fields import Frozen
from shiftplan.week.lessons import VisitWeek


def written(
    version: int,
    weeks: Sequence[WorkedWeek],
    training: Sequence[LevelUp],
    visits: Sequence[VisitWeek],
) -> str:
    """Text with a line for each person and week, and for each week of a log."""
    parts = []
    for week in weeks:
        head = json.dumps({"start": week.start.isoformat(), "days": week.days})[:-1]
        shows = f',\n"shows": {_by_person(week.shows)}' if week.shows else ""
        parts.append(f'{head}, "entries": {_lines(week.entries)}{shows}}}')
    keys = [f'"schema_version": {version}', '"weeks": [' + ",\n".join(parts) + "]"]
    if training:
        keys.append(f'"training": {_lines(training)}')
    if visits:
        keys.append(f'"visits": {_lines(visits)}')
    return "{" + ",\n".join(keys) + "}"


def _lines(rows: Sequence[Frozen]) -> str:
    return "[" + ",".join(f"\n  {row.model_dump_json(exclude_defaults=True)}" for row in rows) + "]"


def _by_person(shows: Sequence[Show]) -> str:
    people = groupby(shows, key=lambda show: show.volunteer_id)
    lines = (
        ", ".join(show.model_dump_json(exclude_defaults=True) for show in own) for _, own in people
    )
    return "[" + ",".join(f"\n  {line}" for line in lines) + "]"


def repeated_days(weeks: Sequence[WorkedWeek | VisitWeek], table: str = "weeks") -> Iterator[Fault]:
    """Yield weeks that share days with an earlier one."""
    end, last = date.min, date.min
    for i, week in enumerate(weeks):
        if week.start < end:
            message = Message("seasons.days_recorded", week=last)
            remedy = Message("seasons.take_week_out", week=last)
            value = str(week.start)
            yield Fault("week_recorded", table, "start", value, message, remedy=remedy, index=i)
        if week.end > end:
            end, last = week.end, week.start


def repeated_people(weeks: Sequence[WorkedWeek]) -> Iterator[Fault]:
    """Yield people with several entries in one week."""
    for i, week in enumerate(weeks):
        for who, count in Counter(entry.volunteer_id for entry in week.entries).items():
            if count > 1:
                message = Message("seasons.several_entries", entries=count, week=week.start)
                yield Fault("duplicate_id", "weeks", "volunteer_id", who, message, index=i)
