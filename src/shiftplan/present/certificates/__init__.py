"""Certificates of the shifts and hours that people worked, as a ledger knows them.

`Ledger` -> `Certificate`s -> text of certificates.csv, and of certificates.html to print.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.present.report.page import rendered
from shiftplan.present.words import Lang, Words
from shiftplan.seasons.ledger import Ledger, LevelUp
from shiftplan.seasons.ledger.entries import Entry, WorkedWeek
from shiftplan.week.collation import collation_key

TABLE, PAGE = "certificates.csv", "certificates.html"
_COLUMNS = ("volunteer_id", "name", "first", "last", "weeks", "unrecorded_weeks", "shifts", "hours")


@dataclass(frozen=True, slots=True)
class Certificate:
    """What one person worked."""

    volunteer_id: str
    """The person."""
    name: str
    """The newest name in the ledger; empty for none."""
    first: date
    """First date of the first week with work: the ledger knows no earlier day than that."""
    last: date
    """Last date worked."""
    weeks: int
    """Weeks with work."""
    unrecorded_weeks: int
    """Of these, weeks whose attendance was not recorded: their shifts count as planned."""
    shifts: float
    """Shifts worked."""
    hours: float
    """Hours worked."""
    levels: tuple[LevelUp, ...]
    """Levels of skills that were confirmed, in order of time."""


def certificates_of(ledger: Ledger, since: date | None = None) -> tuple[Certificate, ...]:
    """What everybody worked, by name; people who worked no shift are left out.

    Parameters
    ----------
    ledger
        The weeks.
    since
        Only weeks that start on this date or later count, and levels confirmed since then; None for
        all.
    """
    weeks = [week for week in ledger.weeks if since is None or week.start >= since]
    worked: dict[str, list[tuple[WorkedWeek, Entry]]] = {}
    for week in weeks:
        for entry in week.entries:
            if entry.shifts_worked:
                worked.setdefault(entry.volunteer_id, []).append((week, entry))
    ups = sorted(ledger.training, key=lambda up: up.day)
    found = []
    for who, own in worked.items():
        end, last = own[-1]
        found.append(
            Certificate(
                volunteer_id=who,
                name=next((entry.name for _, entry in reversed(own) if entry.name), ""),
                first=own[0][0].start,
                last=last.last_worked or end.end - timedelta(1),
                weeks=len(own),
                unrecorded_weeks=sum(not week.shows for week, _ in own),
                shifts=sum(entry.shifts_worked for _, entry in own),
                hours=sum(entry.hours_worked for _, entry in own),
                levels=tuple(
                    up
                    for up in ups
                    if up.volunteer_id == who and (since is None or up.day >= since)
                ),
            )
        )
    return tuple(sorted(found, key=lambda one: (collation_key(one.name), one.volunteer_id)))


def certificates_csv(found: Sequence[Certificate]) -> str:
    """CSV text, a row for each person: dates and numbers for programs."""
    rows = []
    for one in found:
        figures = (one.first, one.last, one.weeks, one.unrecorded_weeks)
        sums = (f"{one.shifts:g}", f"{one.hours:.2f}")
        rows.append([neutral(one.volunteer_id), neutral(one.name), *map(str, figures), *sums])
    return to_csv(_COLUMNS, rows)


def certificates_page(found: Sequence[Certificate], lang: Lang = "en") -> str:
    """A page of HTML that prints a sheet for each person.

    Raises
    ------
    MissingExtraError
        The package jinja2 is not installed.
    """
    people = [(one, one.name or one.volunteer_id) for one in found]
    return rendered(__name__, ("page.html.j2",), Words(lang), people=people)
