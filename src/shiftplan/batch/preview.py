"""What a batch would do, shown before it does it: nothing is written.

ROOT and a run folder -> `Preview`.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

from shiftplan.batch.asked import Asked, asked_for
from shiftplan.batch.manifest import WeekEntry
from shiftplan.batch.places import ProvinceWeek
from shiftplan.batch.timing import source_bytes, week_size
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.present.faults import fault_text
from shiftplan.present.words import Lang
from shiftplan.week.json_form import Written, by_language, rounded

if TYPE_CHECKING:
    from shiftplan.batch.conductor import Conductor

Seconds = Annotated[float, rounded(1)]
"""Seconds, written with one decimal place."""
Fate = Literal["kept", "new", "resumed", "retried", "again", "follows", "blocked", "bad"]
"""kept: its result stands. new: it is planned. resumed: an earlier start began it. retried: it
failed before. again: it was planned, and is planned once more. follows: it is planned again if the
week before, which is planned now, changes. blocked: the week before cannot be planned, or its
result was altered. bad: its data cannot be used."""
Again = Literal["poor", "data", "gone", "altered"]
"""poor: its roster is very poor, and may be better with more time. data: its data, the options or
the week before changed. gone: its result is not there. altered: it is not as it was written."""


@dataclass(frozen=True, slots=True)
class Prospect(Written):
    """What would become of a province-week."""

    json_keys = (
        "province=place.province week=place.label fate again faults=said_faults notes=said_notes"
        " bytes=size seconds=planning"
    )

    place: ProvinceWeek
    fate: Fate
    again: Again | None
    """Why it is planned again; None where it is not."""
    reason: Message | None
    """The same in words: what of it changed."""
    faults: tuple[Fault, ...]
    """What is wrong with its data."""
    notes: tuple[Fault, ...]
    """What is no fault of its data but worth a look; none where it is kept."""
    size: int
    """Bytes of its tables."""
    seconds: float
    """Planning time, without reading and writing: the limit of a week, or of a budget its first
    share, which grows where weeks before take less. 0 where it is not planned."""

    @property
    def is_planned(self) -> bool:
        """Whether it is planned, as far as is known before."""
        return self.fate != "kept" and not self.fails

    @property
    def planning(self) -> Seconds | None:
        """Seconds of planning; None where it is not planned."""
        return self.seconds if self.is_planned else None

    @property
    def said_faults(self) -> list[dict[Lang, str]]:
        """The faults in each language."""
        return [by_language(partial(fault_text, fault)) for fault in self.faults]

    @property
    def said_notes(self) -> list[dict[Lang, str]]:
        """The notes in each language."""
        return [by_language(partial(fault_text, note)) for note in self.notes]

    @property
    def fails(self) -> bool:
        """Whether it cannot be planned."""
        return self.fate in ("blocked", "bad")


@dataclass(frozen=True, slots=True)
class Preview(Written):
    """What a batch would do."""

    json_keys = "province_weeks=prospects seconds jobs=slots"

    prospects: tuple[Prospect, ...]
    """The province-weeks that were asked for, by province and time."""
    slots: int
    """Those planned side by side."""

    @property
    def planned(self) -> tuple[Prospect, ...]:
        """Those that are planned, as far as is known before."""
        return tuple(p for p in self.prospects if p.is_planned)

    @property
    def failing(self) -> tuple[Prospect, ...]:
        """Those that cannot be planned."""
        return tuple(p for p in self.prospects if p.fails)

    @property
    def seconds(self) -> Seconds:
        """Planning in seconds, about: all side by side, but each province week after week."""
        chains: dict[str, float] = {}
        for prospect in self.planned:
            province = prospect.place.province
            chains[province] = chains.get(province, 0.0) + prospect.seconds
        return max([*chains.values(), sum(chains.values()) / self.slots])


def preview_batch(
    root: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    weeks: Iterable[dt.date] | None = None,
    workers: int | None = None,
    time_limit: float | None = None,
    budget: float | None = None,
    seed: int = 0,
    gap: float = 0.0,
    staff: bool = False,
    recommended: bool = False,
    lang: Lang = "en",
    on_progress: Callable[[int, int], None] | None = None,
) -> Preview:
    """Tell what `plan_batch` would do; the data of all that it would plan is read and checked.

    Nothing is written, neither in ROOT nor in the run folder, which need not be there.

    Parameters
    ----------
    root, out, weeks, workers, time_limit, budget, seed, gap, staff, recommended, lang
        As of `plan_batch`.
    on_progress
        Called with the weeks that are checked, and how many there are.

    Raises
    ------
    InputError
        Options or names are wrong, or manifest or record of the run folder cannot be used.

    """
    asked = asked_for(**locals())  # all options, by their names
    return preview_asked(asked, on_progress)


def preview_asked(asked: Asked, on_progress: Callable[[int, int], None] | None) -> Preview:
    """What `preview_batch` does, once its options are checked and the weeks found."""
    from shiftplan.batch.conductor import Conductor
    from shiftplan.batch.run_folder import RunFolder

    run = RunFolder(asked.out)
    run.manifest = run.read()
    run.check_record(place.name for place in asked.chosen)
    conductor = Conductor(asked, run, lambda event: None, threading.Event())
    found: dict[str, Prospect] = {}
    for number, place in enumerate(asked.chosen, start=1):
        found[place.name] = _prospect(conductor, place, found)
        if on_progress is not None:
            on_progress(number, len(asked.chosen))
    slots, limits = asked.slots or 1, asked.limits
    planned = [p.place for p in found.values() if p.is_planned]
    seconds = dict.fromkeys(planned, limits.usual)
    if limits.budget is not None:
        sizes = {place: week_size(place.source) for place in planned}
        every = list(sizes.values())
        for place, size in sizes.items():
            own = [other for p, other in sizes.items() if p.province == place.province]
            seconds[place] = limits.share(size, own, every, passed=0.0, slots=slots)
    shared = (replace(p, seconds=seconds.get(p.place, 0.0)) for p in found.values())
    return Preview(tuple(shared), slots)


def _prospect(conductor: Conductor, place: ProvinceWeek, found: Mapping[str, Prospect]) -> Prospect:
    """What becomes of a week, after those of its province before it, but for its planning time."""
    from shiftplan.batch.reading import read_job

    size = source_bytes(place.source)
    if place.fault is not None:
        return Prospect(place, "bad", None, None, (place.fault,), (), size, 0.0)
    fate, again = _fate(conductor, place, found)
    reason = None if again is None else conductor.reason(place, again)
    faults: tuple[Fault, ...] = ()
    notes: dict[Fault, None] = {}
    if fate != "kept":
        try:
            read_job(conductor.job(place), lambda note: notes.setdefault(note))
        except InputError as error:
            fate, again, reason, faults = "bad", None, None, error.faults
    return Prospect(place, fate, again, reason, faults, tuple(notes), size, 0.0)


def _fate(
    conductor: Conductor, place: ProvinceWeek, found: Mapping[str, Prospect]
) -> tuple[Fate, Again | None]:
    """What becomes of a week whose data is good, and why again."""
    standing = conductor.standing(place)
    if standing == "worked":
        return "kept", None
    previous = conductor.succession.previous(place)
    last = None if previous is None else found.get(previous.name)
    if conductor.succession.hindrance(place) is not None if last is None else last.fails:
        return "blocked", None
    if standing in ("gone", "altered", "poor"):
        return "again", standing
    if standing == "open":
        entry = conductor.run.manifest.entry(place.name)
        if entry.state == "failed":
            return "retried", None
        return ("new" if entry == WeekEntry() else "resumed"), None
    if last is not None and last.is_planned:
        return "follows", None
    return ("again", "data") if standing == "data" else ("kept", None)
