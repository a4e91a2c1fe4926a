"""Where the record of a week is, and the store that keeps it.

The path of a week, and the environment variable `SHIFTPLAN_RECORD` -> `Store`.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

from shiftplan.citizens.staffing import prepare
from shiftplan.errors import Fault
from shiftplan.files import read_problem
from shiftplan.files.text import need_inside, real_path
from shiftplan.record.live import LiveWeek
from shiftplan.record.postgres import PostgresStore
from shiftplan.record.sql import SqlStore
from shiftplan.record.sqlite import SqliteStore

RECORD = "SHIFTPLAN_RECORD"
"""Environment variable that says where records are, if not beside their weeks."""
FILE = "record.db"
"""The record in the folder of a week; beside a workbook or JSON it is `NAME.record.db`."""
_SERVERS = ("postgresql://", "postgres://")


def open_week(
    week: str | os.PathLike[str],
    place: str | None = None,
    *,
    staff: bool = False,
    recommended: bool = False,
    who: str = "",
    reads_only: bool = False,
    on_note: Callable[[Fault], None] | None = None,
) -> LiveWeek:
    """Read a week with its record.

    Parameters
    ----------
    week
        The week: a folder of CSV files, a workbook or a JSON file.
    place
        Where its record is kept, as `open_store` takes it.
    staff
        Make requirements from the forecast even if the week has its own.
    recommended
        Add the recommended rules missing from the week.
    who
        Who works with it, for the entries.
    reads_only
        Whether verbs that record something are refused.
    on_note
        Called with what is no fault but worth a look.

    Raises
    ------
    InputError
        With every fault of the files, or the record cannot be read.
    MissingExtraError
        It is a workbook or kept in PostgreSQL, and the package for it is missing.
    """
    files = prepare(read_problem(week, on_note=on_note), anew=staff, recommended=recommended)
    store = open_store(week, place)
    store.reads_only = reads_only
    return LiveWeek(files, store, who=who)


def open_store(
    week: str | os.PathLike[str], place: str | None = None, *, name: str = ""
) -> SqlStore:
    """Open the record of a week; it need not exist, and neither opening nor reading creates it.

    Parameters
    ----------
    week
        The week: a folder, a workbook or a JSON file.
    place
        Where its record is kept: an SQLite file, or a PostgreSQL database as `postgresql://...`;
        `#name` at the end says which of several weeks in it. None for what the environment
        variable `SHIFTPLAN_RECORD` says, or else a file beside the week.
    name
        Name of the week, rather than that of `place`; blank for none.

    Returns
    -------
    Store
        The record. Without a name it has that of the week's folder, or of its file without the
        ending.

    Raises
    ------
    InputError
        The address of a database is wrong, or the file beside the week is a link that leads out of
        its folder.
    MissingExtraError
        PostgreSQL needs the extra `postgres`.
    """
    path = Path(week)
    place = place or os.environ.get(RECORD, "").strip()
    where, _, told = place.rpartition("#") if "#" in place else (place, "", "")
    name = unicodedata.normalize("NFC", name or told or _name_of(path))
    if where.startswith(_SERVERS):
        return PostgresStore(where, name)
    if where:
        return SqliteStore(Path(where), name)
    file = file_beside(path)
    need_inside(file.parent, file)
    return SqliteStore(file, name, alone=True)


def file_beside(week: Path) -> Path:
    """The file of a week's record where the environment names no other place."""
    return week / FILE if week.is_dir() else week.with_name(f"{week.stem}.{FILE}")


def _name_of(week: Path) -> str:
    real = real_path(week)
    return real.name if real.is_dir() else real.stem
