"""The files of a week, which somebody may edit while the workbench shows it.

Place of a week, and what reads it -> names of files that changed since; `Problem`, read again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from shiftplan.files.geojson import find_map
from shiftplan.files.shared import shared_tables
from shiftplan.problem import Problem


class MapFile(NamedTuple):
    """A map, which another one replaces when it was written again."""

    path: Path
    """Where it lies."""
    written: int
    """When it was written, in nanoseconds."""


class FilesOnDisk:
    """The files of a week as they were read last, and as they are now.

    `read` reads the week at `place` again, with all that is made of it.
    """

    def __init__(self, place: Path, read: Callable[[], Problem]) -> None:
        self._place, self._read = place, read
        self._seen = self._marks()

    def changed(self) -> list[str]:
        """Names of files that are new, gone or otherwise than when the week was read."""
        now = self._marks()
        return sorted({name for name, _ in self._seen.items() ^ now.items()})

    def read(self, take: Callable[[Problem], object]) -> None:
        """Read the week again for `take`; InputError with every fault of its files.

        As long as `take` refuses it by an error, the files have changed.
        """
        seen = self._marks()
        take(self._read())
        self._seen = seen

    def map(self) -> MapFile | None:
        """The map that lies beside the week or above it, as it is now; None where there is none."""
        path = find_map(self._place)
        try:
            return None if path is None else MapFile(path, path.stat().st_mtime_ns)
        except OSError:  # somebody is just saving it
            return None

    def _marks(self) -> dict[str, tuple[int, int]]:
        """Name of each file -> when it was written, and its size."""
        try:
            own = [*self._place.glob("*.csv")] if self._place.is_dir() else [self._place]
            files = {path.name: path for path in own}
            files |= {table.label: table.path for table in shared_tables(self._place).values()}
            told = {name: path.stat() for name, path in files.items()}
        except OSError:  # somebody is just saving it
            return {}
        return {name: (found.st_mtime_ns, found.st_size) for name, found in told.items()}
