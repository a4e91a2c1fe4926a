"""The weeks that an agent may ask about: those of the places given at the start, and no others.

Places -> names of weeks -> their paths. Agents send names, never paths.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.text import is_there, no_file, real_path
from shiftplan.problem.nearest import Nearest
from shiftplan.web.weeks.listing import is_week

MOST_WEEKS = 1_000
"""Weeks that are listed, at most."""


class GivenPlaces:
    """Weeks, and folders of weeks.

    Links given at the start are followed; links in a folder of weeks only if they stay in it.
    InputError if a place does not exist.
    """

    def __init__(self, places: Sequence[Path]) -> None:
        for place in places:
            if not is_there(place):
                raise no_file(place)
        self._places = [real_path(place) for place in places]

    def all(self) -> dict[str, Path]:
        """Name of each week -> its path; of two with one name, the later has a number too."""
        found: dict[str, Path] = {}
        for path in self._found():
            name, count = path.name, 2
            while name in found:
                name, count = f"{path.name} ({count})", count + 1
            found[name] = path
            if len(found) == MOST_WEEKS:
                break
        return found

    def need(self, name: str) -> Path:
        """The path of a week; InputError if there is none of this name."""
        weeks = self.all()
        if name not in weeks:
            message = Message("web.no_week")
            remedy = Nearest(weeks).remedy(name) or Message("agents.list_weeks")
            raise InputError([Fault("unknown_id", "", "", name, message, remedy=remedy)])
        return weeks[name]

    def _found(self) -> Iterator[Path]:
        for place in self._places:
            if is_week(place):
                yield place
            elif place.is_dir():
                with suppress(OSError):
                    yield from (e for e in sorted(place.iterdir()) if self._is_inside(e, place))

    @staticmethod
    def _is_inside(entry: Path, place: Path) -> bool:
        """Whether an entry of a folder is a week that lies in the folder."""
        if entry.name.startswith((".", "~")) or not is_week(entry):
            return False
        try:
            return real_path(entry).is_relative_to(place)
        except InputError:
            return False
