"""Short messages to people and centers, ready to paste into a chat.

(`Problem`, `Roster`, what was told before) -> text for each who has something to read; all of them
in a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta

from shiftplan.errors.message.catalogue import words_for
from shiftplan.errors.options import check_options, lang_option
from shiftplan.files.cells import part_of
from shiftplan.files.cells.names import fold
from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.present.handouts.owners import Book, Owner, owners_of
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.week.records import Shift
from shiftplan.week.roster import Roster

_COLUMNS = ("file", "kind", "id", "name", "phone", "contact", "message")
_LONG = timedelta(hours=7)
_PARTS = ("morning", "midday", "afternoon", "evening", "night")
"""Types of shifts that name a part of the day."""


def messages(
    problem: Problem, roster: Roster, *, before: Roster | None = None, lang: Lang = "en"
) -> dict[Owner, str]:
    """Make the message to every person and every center.

    Parameters
    ----------
    problem
        The week.
    roster
        Who works what now.
    before
        What people were told last. With it, messages tell only what changed, and whoever nothing
        changed for gets none; people who only have other people beside them get none either.
    lang
        Language of the messages.

    Raises
    ------
    InputError
        A roster names unknown ids, or the language is not supported.
    """
    check_options(lang_option(lang))
    writer = _Writer(Book(problem, roster, before, lang))
    found = {owner: "\n".join(writer.lines(owner)) for owner in owners_of(problem)}
    return {owner: f"{text}\n" for owner, text in found.items() if text}


def message_table(problem: Problem, texts: Mapping[Owner, str], files: Mapping[Owner, str]) -> str:
    """CSV text of all messages, a row each, with name, phone and contact of whom it is for.

    `files`: name of the file of each message.
    """
    rows = {Owner("volunteer", who): row for who, row in problem.volunteer_by_id.items()}
    places = {Owner("center", place): row for place, row in problem.center_by_id.items()}
    table = []
    for owner, text in texts.items():
        row = rows.get(owner) or places[owner]
        told = [files[owner], owner.kind, owner.id, row.name, row.phone, row.contact, text.strip()]
        table.append([neutral(cell) for cell in told])
    return to_csv(_COLUMNS, table)


class _Writer:
    def __init__(self, book: Book) -> None:
        self._book, self._names, self._say = book, book.names, book.names.say
        dates = book.problem.horizon.dates
        self._span: dict[str, object] = {"first": dates[0], "last": dates[-1]}
        self._wanted: dict[str, int] = {}
        for need in book.problem.requirements:
            if need.skill_id is None:
                self._wanted[need.shift_id] = max(self._wanted.get(need.shift_id, 0), need.target)

    def lines(self, owner: Owner) -> Iterator[str]:
        """Yield the lines of a message; none when there is nothing to say."""
        told = self._book.before
        if owner.kind == "volunteer":
            return self._week(owner) if told is None else self._changes(owner, told)
        return self._center(owner.id) if told is None else self._center_changes(owner.id, told)

    def _week(self, owner: Owner) -> Iterator[str]:
        say, book = self._say, self._book
        shifts = book.in_time(book.shifts_of(owner, book.roster))
        yield say("message.hello", name=self._names.called(owner.id))
        if not shifts:
            yield say("message.none", **self._span)
            return
        yield say("message.week", **self._span, n=len(shifts))
        for shift in shifts:
            yield _item(self._shift(shift, owner, book.roster))
        yield from self._reach_there(shifts)
        yield say("message.thanks")

    def _changes(self, owner: Owner, told: Roster) -> Iterator[str]:
        say, book = self._say, self._book
        old, now = (book.shifts_of(owner, roster) for roster in (told, book.roster))
        if old == now:
            return
        yield say("message.hello", name=self._names.called(owner.id))
        yield say("message.changed", **self._span)
        for shift in book.in_time(old - now):
            place = self._slot(shift) + self._place(shift)
            yield _item(say("message.removed", shift=place))
        added = book.in_time(now - old)
        for shift in added:
            yield _item(say("message.added", shift=self._shift(shift, owner, book.roster)))
        yield from self._reach_there(added)
        rest = len(old & now)
        yield say("message.rest", n=rest) if rest else say("message.no_rest")
        yield say("message.thanks")

    def _center(self, center_id: str) -> Iterator[str]:
        say, book = self._say, self._book
        shifts = book.shifts_at(center_id)
        if not shifts:
            return
        yield say("message.center_week", center=self._names.center(center_id), **self._span)
        named: list[str] = []
        for shift in shifts:
            people = book.roster.people_in.get(shift.shift_id, ())
            missing = self._wanted.get(shift.shift_id, 0) - len(people)
            if not people and missing <= 0:
                continue
            team = book.team(people) or say("message.nobody")
            team += say("message.missing", n=missing) if missing > 0 else ""
            yield _item(say("message.center_slot", slot=self._slot(shift), team=team))
            named += people
        yield from self._reach(named)

    def _center_changes(self, center_id: str, told: Roster) -> Iterator[str]:
        say, book = self._say, self._book
        lines, named = [], list[str]()
        for shift in book.shifts_at(center_id):
            old, now = (
                set(roster.people_in.get(shift.shift_id, ())) for roster in (told, book.roster)
            )
            for code, people in (("message.leaves", old - now), ("message.joins", now - old)):
                if people:
                    team = book.team(sorted(people))
                    lines.append(_item(say(code, slot=self._slot(shift), team=team)))
                    named += sorted(people)
        if lines:
            yield say("message.center_changed", center=self._names.center(center_id), **self._span)
            yield from lines
            yield from self._reach(named)

    def _reach_there(self, shifts: Iterable[Shift]) -> Iterator[str]:
        """Yield how to reach the centers of some shifts."""
        for center_id in dict.fromkeys(shift.center_id for shift in shifts):
            if reach := self._names.reach_there(center_id):
                yield self._say("message.reach", name=self._inside(center_id), reach=reach)

    def _reach(self, people: Iterable[str]) -> Iterator[str]:
        """Yield how a center reaches its people, each once; volunteers are told of no one else."""
        for who in dict.fromkeys(people):
            if reach := self._names.reach(who):
                yield self._say("message.reach", name=self._names.member(who), reach=reach)

    def _shift(self, shift: Shift, owner: Owner, roster: Roster) -> str:
        people = roster.people_in.get(shift.shift_id, ())
        mates = self._book.team(who for who in people if who != owner.id)
        team = self._say("message.with", names=mates) if mates else self._say("message.alone")
        return self._slot(shift) + self._place(shift) + team

    def _slot(self, shift: Shift) -> str:
        """Day, part of the day and times, such as `thứ Hai 07/12, sáng (07:00–11:00)`."""
        part = self._say(f"message.part_{_part(shift)}")
        return self._say("message.slot", day=shift.day, part=part, start=shift.start, end=shift.end)

    def _place(self, shift: Shift) -> str:
        return self._say("message.center", center=self._inside(shift.center_id))

    def _inside(self, center_id: str) -> str:
        """Name of a center inside a sentence: `xã Định Hòa`."""
        name = self._names.center(center_id)
        kind = self._book.centers[center_id].type
        is_small = self._say("form.type_in_sentence") == "small" and kind
        if is_small and name.casefold().startswith(kind.casefold() + " "):
            name = name[: len(kind)].lower() + name[len(kind) :]
        return name


def _item(text: str) -> str:
    """A line of a list, which begins with a capital."""
    return f"- {text[:1].upper()}{text[1:]}"


def _part(shift: Shift) -> str:
    """The part of the day that a shift's type names, or else the one in which most of it lies.

    Long ones last all day; short ones around noon are at midday.
    """
    kind = fold(shift.type)
    named = (p for p in _PARTS if kind in map(fold, words_for(f"type.{p}")))
    if kind and (part := next(named, "")):
        return part
    hour, noon = shift.start.hour, datetime.combine(shift.day, time(12))
    if 5 <= hour < 12 and shift.end - shift.start >= _LONG:
        return "day"
    midnight = datetime.combine(shift.day, time())
    if part := part_of((shift.start - midnight, shift.end - midnight)):
        return part
    if hour < 5 or hour >= 21:
        return "night"
    if shift.start < noon < shift.end:
        return "midday"
    return "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
