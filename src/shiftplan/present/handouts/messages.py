"""Short messages to people and centers, ready to paste into a chat.

(`Problem`, `Roster`, what was told before) -> text for each who has something to read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from shiftplan.options import check_options, lang_option
from shiftplan.present.handouts.owners import Book, Owner
from shiftplan.present.naming import Names
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.problem import Problem
from shiftplan.week.records import Shift
from shiftplan.week.roster import Roster

_LONG = timedelta(hours=7)


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
        A roster names unknown ids, or there is no such language.

    """
    check_options(lang_option(lang))
    book = Book(problem, roster, before)
    writer = _Writer(book, lang)
    found = {owner: "\n".join(writer.lines(owner)) for owner in book.owners()}
    return {owner: f"{text}\n" for owner, text in found.items() if text}


class _Writer:
    """Writes messages in one language."""

    def __init__(self, book: Book, lang: Lang) -> None:
        self._book, self._lang, self._words = book, lang, TEXTS[lang]
        self._names = Names(book.problem, lang)
        horizon = book.problem.horizon
        self._span = (self._day(horizon.dates[0]), self._day(horizon.dates[-1]))
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

    def _day(self, value: date) -> str:
        return self._names.day(value)

    def _week(self, owner: Owner) -> Iterator[str]:
        words, book = self._words, self._book
        shifts = book.in_time(book.shifts_of(owner, book.roster))
        yield words["message hello"].format(book.name(owner.id))
        if not shifts:
            yield words["message none"].format(*self._span)
            return
        yield words["message week"].format(*self._span, len(shifts))
        for shift in shifts:
            yield _item(self._shift(shift, owner, book.roster))
        yield words["message thanks"]

    def _changes(self, owner: Owner, told: Roster) -> Iterator[str]:
        words, book = self._words, self._book
        old, now = (book.shifts_of(owner, roster) for roster in (told, book.roster))
        if old == now:
            return
        yield words["message hello"].format(book.name(owner.id))
        yield words["message changed"].format(*self._span)
        for shift in book.in_time(old - now):
            yield _item(words["message removed"].format(self._slot(shift) + self._place(shift)))
        for shift in book.in_time(now - old):
            yield _item(words["message added"].format(self._shift(shift, owner, book.roster)))
        rest = len(old & now)
        yield words["message rest"].format(rest) if rest else words["message no rest"]
        yield words["message thanks"]

    def _center(self, center_id: str) -> Iterator[str]:
        words, book = self._words, self._book
        shifts = book.shifts_at(center_id)
        if not shifts:
            return
        yield words["message center week"].format(book.center(center_id), *self._span)
        for shift in shifts:
            people = book.roster.people_in.get(shift.shift_id, ())
            missing = self._wanted.get(shift.shift_id, 0) - len(people)
            if not people and missing <= 0:
                continue
            team = ", ".join(map(book.member, people)) or words["message nobody"]
            team += words["message missing"].format(missing) if missing > 0 else ""
            yield _item(words["message center slot"].format(self._slot(shift), team))

    def _center_changes(self, center_id: str, told: Roster) -> Iterator[str]:
        words, book = self._words, self._book
        lines = []
        for shift in book.shifts_at(center_id):
            old, now = (
                set(roster.people_in.get(shift.shift_id, ())) for roster in (told, book.roster)
            )
            for key, people in (("message leaves", old - now), ("message joins", now - old)):
                team = ", ".join(map(book.member, sorted(people)))
                if team:
                    lines.append(_item(words[key].format(self._slot(shift), team)))
        if lines:
            yield words["message center changed"].format(book.center(center_id), *self._span)
            yield from lines

    def _shift(self, shift: Shift, owner: Owner, roster: Roster) -> str:
        """Time, center and team mates of a shift."""
        mates = [who for who in roster.people_in.get(shift.shift_id, ()) if who != owner.id]
        names = ", ".join(map(self._book.member, mates))
        key = "message with" if mates else "message alone"
        return self._slot(shift) + self._place(shift) + self._words[key].format(names)

    def _slot(self, shift: Shift) -> str:
        """Day, part of the day and times, such as `thứ Hai 07/12, sáng (07:00–11:00)`."""
        part = self._words[f"message part {_part(shift)}"]
        times = f"{shift.start:%H:%M}", f"{shift.end:%H:%M}"
        return self._words["message slot"].format(self._day(shift.day), part, *times)

    def _place(self, shift: Shift) -> str:
        """Name of the center, inside a sentence: `xã Định Hòa`."""
        name = self._book.center(shift.center_id)
        kind = self._book.centers[shift.center_id].type
        if self._lang == "vi" and kind and name.casefold().startswith(kind.casefold() + " "):
            name = name[: len(kind)].lower() + name[len(kind) :]
        return self._words["message center"].format(name)


def _item(text: str) -> str:
    """A line of a list, which begins with a capital."""
    return f"- {text[:1].upper()}{text[1:]}"


def _part(shift: Shift) -> str:
    """The part of the day in which a shift lies, by its first hour; long ones last all day."""
    hour = shift.start.hour
    if 5 <= hour < 12 and shift.end - shift.start >= _LONG:
        return "day"
    if hour < 5 or hour >= 21:
        return "night"
    return "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
