"""Where the record of a week is, and the store that keeps it.

The path of a week, and the environment variable `SHIFTPLAN_RECORD` -> `Store`.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from shiftplan.files.text import need_inside, real_path
from shiftplan.record.postgres import PostgresStore
from shiftplan.record.sql import SqlStore
from shiftplan.record.sqlite import SqliteStore

RECORD = "SHIFTPLAN_RECORD"
"""Environment variable that says where records are, if not beside their weeks."""
FILE = "record.db"
"""The record in the folder of a week; beside a workbook or JSON it is `NAME.record.db`."""
_SERVERS = ("postgresql://", "postgres://")


def open_store(
    week: str | os.PathLike[str], place: str | None = None, *, name: str = ""
) -> SqlStore:
    """Open the record of a week; there need be none yet, and opening or reading makes none.

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
        The record. A name that nobody gives is that of the week's folder, or of its file without
        its ending.

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
    file = path / FILE if path.is_dir() else path.with_name(f"{path.stem}.{FILE}")
    need_inside(file.parent, file)
    return SqliteStore(file, name, alone=True)


def _name_of(week: Path) -> str:
    real = real_path(week)
    return real.name if real.is_dir() else real.stem
