"""Which weeks there are: those in a folder, and others that were opened from their own places.

Folder -> `WeekPlace`s; the places of other weeks are kept in `recent.txt`, which names no people.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_data_path

from shiftplan.errors import InputError
from shiftplan.files.text import is_there, read_text, real_path
from shiftplan.files.whole import write_texts
from shiftplan.record.opening import file_beside
from shiftplan.web.weeks.listing import is_week

RECENT = "recent.txt"
_MOST_RECENT = 30
"""Places of other weeks that are remembered."""


def usual_folder() -> Path:
    """The folder of the weeks of whoever uses this computer, which the system chooses."""
    return user_data_path("shiftplan", appauthor=False) / "weeks"


@dataclass(frozen=True)
class WeekPlace:
    """Where a week is."""

    week_id: str
    """What addresses name it by."""
    path: Path
    """Its folder, workbook or JSON file."""
    is_own: bool
    """Whether it is one of the folder, and not only known by its place."""

    @property
    def used(self) -> datetime | None:
        """When it or its record was changed last; None where it is no longer there."""
        if not is_there(self.path):
            return None
        times = [0.0]
        for file in (self.path, file_beside(self.path)):
            with suppress(OSError):
                times.append(file.stat().st_mtime)
        return datetime.fromtimestamp(max(times), UTC)


class WeekPlaces:
    """The weeks of a folder, and the places of others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()

    def all(self) -> list[WeekPlace]:
        """Every week, the one used last first; those that are no longer there last."""
        found = [*self._own(), *self._others()]
        oldest = datetime.fromtimestamp(0, UTC)
        return sorted(found, key=lambda week: week.used or oldest, reverse=True)

    def find(self, week_id: str) -> WeekPlace | None:
        """The week of an id; None where there is none."""
        return next((week for week in self.all() if week.week_id == week_id), None)

    def remember(self, path: Path) -> WeekPlace:
        """Remember the place of a week that was opened from there, and return it."""
        place = real_path(path)
        if place.parent == real_path(self.folder):
            return WeekPlace(place.name, place, is_own=True)
        with self._lock:
            others = [str(place), *(p for p in self._recent() if p != str(place))]
            with suppress(InputError):  # the week opens all the same
                self._write(others[:_MOST_RECENT])
        return _other(place)

    def forget(self, week: WeekPlace) -> None:
        """Forget the place of a week; nothing of the week itself is touched."""
        with self._lock:
            self._write([p for p in self._recent() if p != str(week.path)])

    def _own(self) -> Iterator[WeekPlace]:
        with suppress(OSError):
            for entry in self.folder.iterdir():
                if not entry.name.startswith((".", "~")) and is_week(entry):
                    yield WeekPlace(entry.name, entry, is_own=True)

    def _others(self) -> Iterator[WeekPlace]:
        yield from (_other(Path(path)) for path in self._recent())

    def _recent(self) -> list[str]:
        """Places that were remembered; a file that cannot be read holds none."""
        try:
            lines = read_text(self.folder / RECENT).splitlines()
        except InputError:
            return []
        return [line for line in lines if line][:_MOST_RECENT]

    def _write(self, paths: list[str]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        write_texts({self.folder / RECENT: "".join(f"{path}\n" for path in paths)})


def _other(path: Path) -> WeekPlace:
    digest = hashlib.sha256(str(path).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return WeekPlace(f"{path.name}~{digest}", path, is_own=False)
