"""Tables beside a forecast of visits: which of them are written, and which the week keeps.

(Week, log, `--counts`, `--out`) -> what is counted, the week with these tables, their texts.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from shiftplan.citizens.forecasting.visit_tables import VisitTable, VisitTables, visit_tables
from shiftplan.citizens.visits.history import Counted, VisitHistory
from shiftplan.errors.message import Message, Table
from shiftplan.files.forecasts import visit_texts
from shiftplan.files.text import is_there
from shiftplan.present.naming import Names
from shiftplan.problem import Problem

TABLE_FILES: dict[VisitTable, str] = {
    "journeys": "journeys.csv",
    "citizen_kinds": "citizen_kinds.csv",
    "languages": "languages.csv",
}
"""Table -> its file beside the one of `--out`."""


@dataclass(frozen=True)
class CountedLog:
    """A log that is counted as asked, and what its visits consist of."""

    problem: Problem
    """The week with the tables of the log."""
    history: VisitHistory
    """The log; its counts are of visits or of requests."""
    tables: VisitTables
    """Tables to write; none where requests are counted."""
    kept: tuple[VisitTable, ...]
    """Tables of the week that stay, though the log tells other rows."""

    def texts(self, out: Path) -> dict[Path, str]:
        """Texts of the tables by file, beside the one of `--out`."""
        texts = visit_texts(self.problem, self.tables)
        return {out.with_name(TABLE_FILES[name]): text for name, text in texts.items()}

    def show_notes(self, names: Names, *, is_written: bool) -> None:
        """What a coordinator should know of the tables, and of those written, on standard error."""
        notes = []
        if self.kept:
            tables = tuple(map(Table, self.kept))
            notes.append(Message("forecasts.kept_tables", n=len(tables), tables=tables))
        if is_written and self.tables.untimed and self.tables.citizen_kinds:
            notes.append(Message("forecasts.untimed", kinds=self.tables.untimed))
        if is_written and self.tables.unknown_languages:
            languages = self.tables.unknown_languages
            notes.append(Message("forecasts.unknown_languages", languages=languages))
        for note in notes:
            print(names.say("plans.note", line=names.say(note)), file=sys.stderr)


def count_log(
    problem: Problem,
    history: VisitHistory,
    what: Counted | None,
    out: Path | None,
    *,
    replace: bool,
) -> CountedLog:
    """Count a log, and estimate the tables that the week does not have yet.

    Parameters
    ----------
    problem, history
        The week and its log.
    what
        What to count; None as of `VisitHistory.counting`.
    out
        File of the table demand: tables that lie beside it stay, as those of the week do.
    replace
        Whether they are replaced instead.

    Raises
    ------
    InputError
        The log does not have what is to be counted.
    """
    counted = history.counting(what)
    if not counted.counts.counts_visits or counted.log is None:
        return CountedLog(problem, counted, VisitTables(), ())
    found = visit_tables(problem, counted.log)
    own = [name for name in TABLE_FILES if _is_kept(problem, name, out) and not replace]
    kept = tuple(n for n in own if found.rows[n] and getattr(problem, n) != found.rows[n])
    found = found.without(own)
    return CountedLog(found.applied(problem), counted, found, kept)


def _is_kept(problem: Problem, table: VisitTable, out: Path | None) -> bool:
    """Whether the week has a table, or its file lies where it would be written."""
    has_file = out is not None and is_there(out.with_name(TABLE_FILES[table]))
    return bool(getattr(problem, table)) or has_file
