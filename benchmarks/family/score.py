"""The scorer: what a roster of an instance costs, and whether it breaks a hard rule.

(Name of an instance, file of a roster) -> `score_file` -> `Scored`.
"""

from __future__ import annotations

import gzip
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from benchmarks.family.instances import INSTANCES, make
from shiftplan import InputError, Roster, Score, check, read_roster, read_week

_MOST_TEXT = 20_000_000
"""Bytes of an unpacked roster; the largest instance has a hundredth of them to assign."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A roster and its score."""

    roster: Roster
    score: Score


def score_file(name: str, file: Path, root: Path) -> Scored:
    """Score a roster.

    Parameters
    ----------
    name
        An instance.
    file
        CSV with the columns shift_id and volunteer_id, perhaps packed (.csv.gz), or JSON.
    root
        Folder of the instances; the instance is made if it is not there.

    Raises
    ------
    ValueError
        The file is not a roster, or the folder has another instance of that name.

    """
    problem = read_week(make(INSTANCES[name], root))
    roster = read_packed(file)
    return Scored(roster, check(problem, roster))


def read_packed(file: Path) -> Roster:
    """Read a roster; one whose name ends in .gz is unpacked first.

    Raises
    ------
    ValueError
        The file is not a roster.

    """
    try:
        if file.suffix.lower() != ".gz":
            return read_roster(file)
        with gzip.open(file) as packed:
            content = packed.read(_MOST_TEXT + 1)
        if len(content) > _MOST_TEXT:
            raise ValueError(f"{file.name} has more than {_MOST_TEXT:,} bytes when unpacked")
        with tempfile.TemporaryDirectory() as folder:
            plain = Path(folder) / file.stem
            plain.write_bytes(content)
            return read_roster(plain)
    except InputError as error:
        raise ValueError(str(error)) from error
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"{file.name} cannot be unpacked: {error}") from None
