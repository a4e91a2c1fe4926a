"""The shift design instances of TU Wien as shiftplan problems.

Instance text -> `read_shift_design` -> `DesignInstance`; `ShiftDesign` -> `DesignedTime`s, the form
of the scorers.

The instances are those of Di Gaspero, Gärtner, Kortsarz, Musliu, Schaerf and Slany, "The minimum
shift design problem", Annals of Operations Research 155, 2007. They state no licence, so they are
not kept here. What they say of duties a week is left out, as in published comparisons.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks.forms import of_form
from shiftplan.citizens import DesignedShift
from shiftplan.problem import Problem
from shiftplan.week.demand import DesignPolicy
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import Center
from shiftplan.week.requirements import Requirement
from shiftplan.week.shift_types import ShiftType

FIRST_DAY = dt.date(2024, 1, 1)
"""Date of day 0, a Monday."""
CENTER = "company"
"""The one center."""
_DAY = 24 * 60
_EVERY_DAY = "*"
_HOUR = 60
"""Minutes: instances weigh minutes, policies price hours."""


@dataclass(frozen=True, slots=True)
class DesignInstance:
    """An instance as it is designed."""

    problem: Problem
    """One center, a requirement for each slot, a type of shifts for each template."""
    policy: DesignPolicy
    """Weights of the instance: costs are those of its objective."""
    cyclic: bool
    """Whether the last day goes on into the first one."""
    reference: int | None
    """Cost that the file names as assumed to be optimal; None where it names none."""


class DesignedTime(NamedTuple):
    """A shift in the form of the scorers."""

    start: int
    """Minutes after midnight."""
    length: int
    """Minutes."""
    duties: tuple[int, ...]
    """People on each day."""


def instance_files(paths: Iterable[Path]) -> dict[str, Path]:
    """Name -> file, of files and of folders of them: the folder of a file is part of its name.

    Raises
    ------
    ValueError
        A folder holds none, or two files have the same name.
    """
    found: dict[str, Path] = {}
    for path in paths:
        files = sorted(path.rglob("*.txt"), key=_in_order) if path.is_dir() else [path]
        if not files:
            raise ValueError(f"{path.name}: no file of an instance")
        for file in files:
            name = f"{file.resolve().parent.name}/{file.stem}"
            if found.setdefault(name, file) != file:
                raise ValueError(f"two instances are called {name!r}")
    return found


def _in_order(path: Path) -> tuple[str, int, str]:
    """Example 2 before example 10."""
    return str(path.parent), len(path.stem), path.stem


def read_shift_design(path: str | Path) -> DesignInstance:
    """Read an instance in the text form.

    Parameters
    ----------
    path
        File such as `RandomExample1.txt`.

    Raises
    ------
    ValueError
        The text is not of the form, names days on which a template is not allowed, or weights that
        are no whole numbers.
    InputError
        The text says what no problem can say.
    """
    path = Path(path)
    with of_form(path.name):
        return _instance(path.stem, _sections(path.read_text(encoding="utf-8-sig")))


def _sections(text: str) -> Mapping[str, list[str]]:
    """Heading in small letters -> its lines. A line of `#` and a number belongs to a section."""
    sections: dict[str, list[str]] = {}
    rows: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        said = line.lstrip("#").strip()
        if line.startswith("#") and not said[:1].isdigit():
            rows = sections.setdefault(said.split(":")[0].split(",")[0].lower(), [])
        else:
            rows.append(said)
    return sections


def _instance(name: str, sections: Mapping[str, Sequence[str]]) -> DesignInstance:
    """Make the instance of a file's sections."""

    def number(heading: str) -> int:
        return int(sections[heading][0])

    slot, days = number("minuteinterval"), number("dayspercycle")
    needs = [int(value) for line in sections["requirements"] for value in line.split()]
    if len(needs) * slot != days * _DAY:
        raise ValueError(f"{name}: {len(needs)} requirements, not one for each {slot} minutes")
    problem = Problem(
        name=name,
        horizon=Horizon(start=FIRST_DAY, days=days, zone="UTC"),
        centers=(Center(center_id=CENTER),),
        volunteers=(),
        shifts=(),
        requirements=tuple(
            Requirement(
                center_id=CENTER,
                start=_moment(place * slot),
                end=_moment((place + 1) * slot),
                target=need,
            )
            for place, need in enumerate(needs)
        ),
        shift_types=tuple(_type(row.split(), slot) for row in sections["abbr"]),
    )
    policy = DesignPolicy(
        short_price=_HOUR * number("undercover"),
        short_rise=0,
        minimum_factor=1,
        surplus_price=_HOUR * number("overcover"),
        surplus_rise=0,
        skill_price=0,
        time_price=number("shifts"),
    )
    told = sections.get("fitness of assumed optimal solution")
    reference = int(told[0]) if told else None
    return DesignInstance(problem, policy, sections["flagcyclical"][0] == "yes", reference)


def _moment(minutes: int) -> dt.datetime:
    return dt.datetime.combine(FIRST_DAY, dt.time()) + dt.timedelta(minutes=minutes)


def _type(row: Sequence[str], slot: int) -> ShiftType:
    """A template: name, start, minutes later and earlier, length, longer, shorter, and days."""
    start, later, earlier, length, longer, shorter, days = row[-7:]
    if days != _EVERY_DAY:
        raise ValueError(f"template {row[0]}: days {days!r}; only templates of all days are read")
    hour, minute = map(int, start.split(":"))
    begin = hour * 60 + minute
    return ShiftType(
        type=row[0],
        earliest=_clock(begin - int(earlier)),
        latest=_clock(begin + int(later)),
        min_minutes=int(length) - int(shorter),
        max_minutes=int(length) + int(longer),
        step=slot,
    )


def _clock(minutes: int) -> dt.time:
    return dt.time(*divmod(minutes % _DAY, 60))


def times_of(shifts: Iterable[DesignedShift], days: int) -> tuple[DesignedTime, ...]:
    """Designed shifts of one center in the form of the scorers, in order of time."""
    duties: dict[tuple[int, int], list[int]] = {}
    for shift in shifts:
        duties.setdefault((shift.time.start, shift.time.length), [0] * days)[shift.day] += (
            shift.count
        )
    return tuple(DesignedTime(*time, tuple(own)) for time, own in sorted(duties.items()))
