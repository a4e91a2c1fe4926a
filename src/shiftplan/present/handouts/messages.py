"""Short messages to people and centers, ready to paste into a chat.

(`Problem`, `Roster`, what was told before) -> text for each who has something to read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from shiftplan.analysis.repair.pairing import pairs
from shiftplan.case.case import laid_out
from shiftplan.errors.options import check_options, lang_option
from shiftplan.present.handouts.day_parts import part_of_day
from shiftplan.present.handouts.owners import Book, owners_of
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.week.owner import Owner
from shiftplan.week.records import Shift
from shiftplan.week.roster import Roster


@takes_week
def messages(
    problem: Problem,
    roster: Roster,
    *,
    before: Roster | None = None,
    before_shifts: Mapping[str, Shift] | None = None,
    anew: Collection[Owner] = (),
    agreed: Collection[tuple[str, str]] = (),
    deadline: datetime | None = None,
    now: datetime | None = None,
    lang: Lang = "en",
) -> dict[Owner, str]:
    """Make the message to every person and every center who has something to read.

    People who offered time and got no shift are thanked; those who offered none get no message.

    Parameters
    ----------
    problem
        The week.
    roster
        Who works what now.
    before
        What people were told last. With it, messages tell only what changed, and whoever nothing
        changed for gets none; people who only have other people beside them get none either.
    before_shifts
        Id -> the shift as people were told of it, for those that are now at another time or place
        or are gone from the week. None where all are as they were told.
    anew
        Whom the last message did not reach: they read all of theirs, not only what changed, or
        that they have no shift.
    agreed
        Ids of shifts and people who said already that they come, such as on the phone. They are
        not asked to confirm, and a shift that is new in the roster is no change to them.
    deadline
        Until when people are asked to confirm shifts that are new to them; without a zone it is the
        wall-clock time of the week. None to ask for nothing.
    now
        The present moment, aware: people are asked to confirm soon if the deadline has passed by
        then. None where it has not.
    lang
        Language of the messages.

    Raises
    ------
    InputError
        A roster names unknown ids, or the language is not supported.
    """
    check_options(lang_option(lang))
    book = Book(problem, roster, before, lang, before_shifts)
    writer = _Writer(book, anew, agreed, deadline, now)
    found = {owner: "\n".join(writer.lines(owner)) for owner in owners_of(problem)}
    return {owner: f"{text}\n" for owner, text in found.items() if text}


class _Writer:
    def __init__(
        self,
        book: Book,
        anew: Collection[Owner],
        agreed: Collection[tuple[str, str]],
        deadline: datetime | None,
        now: datetime | None,
    ) -> None:
        self._book, self._names, self._say = book, book.names, book.names.say
        self._anew, self._agreed = {*anew}, {*agreed}
        dates = book.problem.horizon.dates
        self._span: dict[str, object] = {"first": dates[0], "last": dates[-1]}
        self._offering = {window.volunteer_id for window in book.problem.availability}
        self._wanted: dict[str, int] = {}
        case = laid_out(book.problem, book.roster)
        for need in case.asking:
            if need.is_of_heads and need.shift_id is not None:
                self._wanted[need.shift_id] = max(self._wanted.get(need.shift_id, 0), need.target)
        wanting = (need for need in case.asking if need.target)
        needed = {s.shift_id for need in wanting for s in book.problem.shifts_counted(need)}
        needed &= {shift.shift_id for shift in case.taking_place}
        self._open = needed | book.roster.people_in.keys()
        self._until: list[str] = []
        if deadline is not None:
            horizon = book.problem.horizon
            there = deadline if deadline.tzinfo is None else horizon.local(deadline)
            is_over = now is not None and there <= horizon.local(now)
            code = "message.confirm_soon" if is_over else "message.confirm"
            self._until = [self._say(code, day=there.date(), at=there)]

    def lines(self, owner: Owner) -> Iterator[str]:
        """Yield the lines of a message; none when there is nothing to say."""
        is_first = self._book.before is None or owner in self._anew
        if owner.kind == "volunteer":
            return self._week(owner) if is_first or self._is_new(owner) else self._changes(owner)
        return self._center(owner.id) if is_first else self._center_changes(owner)

    def _is_new(self, owner: Owner) -> bool:
        """Whether a person who knew of no shift now has some, and agreed to none before."""
        shifts = self._book.now(owner).values()
        is_agreed = any(self._is_agreed(shift, owner) for shift in shifts)
        return bool(shifts) and not self._book.told(owner) and not is_agreed

    def _week(self, owner: Owner) -> Iterator[str]:
        say, shifts = self._say, self._book.now(owner).values()
        is_offering = owner.id in self._offering
        if not (shifts or is_offering or self._book.told(owner) or owner in self._anew):
            return
        yield say("message.hello", name=self._names.called(owner.id))
        if not shifts:
            yield say("message.none" if is_offering else "message.none_left", **self._span)
            return
        yield say("message.week", **self._span, n=len(shifts))
        for shift in shifts:
            yield _item(self._shift(shift, owner))
        yield from self._work_beside(owner)
        yield from self._reach_there(shifts)
        yield from self._until if any(not self._is_agreed(s, owner) for s in shifts) else ()
        yield say("message.thanks")

    def _work_beside(self, owner: Owner) -> Iterator[str]:
        """Yield what a person has to do in the week beside shifts."""
        rows = self._book.problem.other_work(owner.id)
        if rows:
            yield self._say("message.beside")
        for row in rows:
            yield _item(self._names.beside(row))

    def _changes(self, owner: Owner) -> Iterator[str]:
        say, book = self._say, self._book
        told, now = book.told(owner), book.now(owner)
        kept = {s for s in told.keys() & now.keys() if not book.is_moved(s)}
        if kept == told.keys() == now.keys():
            return
        came = [shift for shift_id, shift in now.items() if shift_id not in kept]
        agreed = [s for s in came if s.shift_id not in told and self._is_agreed(s, owner)]
        instead, gone, new = pairs(
            [shift for shift_id, shift in told.items() if shift_id not in kept],
            [shift for shift in came if shift not in agreed],
        )
        yield say("message.hello", name=self._names.called(owner.id))
        is_changed = bool(instead or gone or new)
        yield say("message.changed" if is_changed else "message.stepping_in", **self._span)
        for old, shift in instead:
            place, own = self._slot(old) + self._place(old), self._shift(shift, owner)
            yield _item(say("message.instead", old=place, new=own))
        for shift in gone:
            code = "message.removed" if shift.shift_id in self._open else "message.cancelled"
            yield _item(say(code, shift=self._slot(shift) + self._place(shift)))
        for shift in new:
            yield _item(say("message.added", shift=self._shift(shift, owner)))
        for shift in agreed:
            own = self._shift(shift, owner)
            yield _item(say("message.agreed", shift=own) if is_changed else own)
        if not now:
            yield say("message.none_left")
            return
        yield from self._reach_there([*(shift for _, shift in instead), *new, *agreed])
        yield say("message.rest", n=len(kept)) if kept else say("message.no_rest")
        yield from self._until if instead or new else ()
        yield say("message.thanks")

    def _is_agreed(self, shift: Shift, owner: Owner) -> bool:
        return (shift.shift_id, owner.id) in self._agreed

    def _center(self, center_id: str) -> Iterator[str]:
        say, book = self._say, self._book
        lines, named = list[str](), list[str]()
        for shift in book.shifts_at(center_id):
            people = book.roster.people_in.get(shift.shift_id, ())
            if people or self._missing(shift.shift_id):
                team = "; ".join([self._team(shift.shift_id), *self._breaks(shift.shift_id)])
                lines.append(_item(say("message.center_slot", slot=self._slot(shift), team=team)))
                named += people
        if lines:
            yield say("message.center_week", center=self._names.center(center_id), **self._span)
            yield from lines
            yield from self._reach(named)

    def _center_changes(self, owner: Owner) -> Iterator[str]:
        book, told = self._book, self._book.told(owner)
        here = {shift.shift_id: shift for shift in book.shifts_at(owner.id)}
        shifts = sorted({**told, **here}.values(), key=lambda s: (s.start, s.shift_id))
        lines, named = list[str](), list[str]()
        for shift_id in (shift.shift_id for shift in shifts):
            said, people = self._changed(shift_id, told.get(shift_id), here.get(shift_id))
            lines += map(_item, said)
            named += people
        if lines:
            center = self._names.center(owner.id)
            yield self._say("message.center_changed", center=center, **self._span)
            yield from lines
            yield from self._reach(named)

    def _changed(
        self, shift_id: str, told: Shift | None, now: Shift | None
    ) -> tuple[list[str], list[str]]:
        """What a center reads of a shift that was or is there, and whom that names."""
        say, book = self._say, self._book
        people = book.roster.people_in.get(shift_id, ())
        if told is not None and shift_id not in self._open:
            return [say("message.shift_cancelled", slot=self._slot(told))], []
        if now is None:
            slot, center = self._slot(book.told_shifts[shift_id]), book.shifts[shift_id].center_id
            return [say("message.shift_elsewhere", slot=slot, center=self._inside(center))], []
        slot = self._slot(now)
        if told is not None and book.is_moved(shift_id):
            slot = say("message.shift_moved", old=self._slot(told), new=slot)
            team = "; ".join([self._team(shift_id), *self._breaks(shift_id)])
            return [say("message.center_slot", slot=slot, team=team)], [*people]
        before = Roster() if told is None or book.before is None else book.before
        old, new = set(before.people_in.get(shift_id, ())), set(people)
        lines = list[str]()
        for code, found in (("message.leaves", old - new), ("message.joins", new - old)):
            if found:
                lines.append(say(code, slot=slot, team=book.team(sorted(found))))
        if lines:
            lines[-1] += self._missing(shift_id) if people else f"; {self._team(shift_id)}"
            lines += (
                say("message.center_slot", slot=slot, team=text) for text in self._breaks(shift_id)
            )
        return lines, sorted(new - old)

    def _breaks(self, shift_id: str) -> list[str]:
        """Who of a shift is on a break when; nothing where nobody is."""
        people = self._book.roster.people_in.get(shift_id, ())
        times = self._book.breaks.of_team(shift_id, people)
        return [self._say("message.breaks", times=times)] if times else []

    def _team(self, shift_id: str) -> str:
        """Who works a shift, and how many people it still lacks."""
        people = self._book.roster.people_in.get(shift_id, ())
        return (self._book.team(people) or self._say("message.nobody")) + self._missing(shift_id)

    def _missing(self, shift_id: str) -> str:
        """How many people a shift still lacks; nothing where it has enough."""
        people = self._book.roster.people_in.get(shift_id, ())
        missing = self._wanted.get(shift_id, 0) - len(people)
        return self._say("message.missing", n=missing) if missing > 0 else ""

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

    def _shift(self, shift: Shift, owner: Owner) -> str:
        people = self._book.roster.people_in.get(shift.shift_id, ())
        mates = self._book.team(who for who in people if who != owner.id)
        team = self._say("message.with", names=mates) if mates else self._say("message.alone")
        own = self._book.breaks.hours(shift.shift_id, owner.id)
        away = self._say("message.break", hours=own) if own else ""
        return self._slot(shift) + self._place(shift) + team + away

    def _slot(self, shift: Shift) -> str:
        """Day, part of the day and times, such as `thứ Hai 07/12, sáng (07:00–11:00)`."""
        part = self._say(f"message.part_{part_of_day(shift)}")
        hours = self._say.hours(shift.start, shift.end)
        return self._say("message.slot", day=shift.day, part=part, hours=hours)

    def _place(self, shift: Shift) -> str:
        return self._say("message.center", center=self._inside(shift.center_id))

    def _inside(self, center_id: str) -> str:
        """Name of a center inside a sentence: `xã Định Hòa`."""
        name = self._names.center(center_id)
        center = self._book.centers.get(center_id)
        kind = "" if center is None else center.type
        is_small = self._say("form.type_in_sentence") == "small" and kind
        if is_small and name.casefold().startswith(kind.casefold() + " "):
            name = name[: len(kind)].lower() + name[len(kind) :]
        return name


def _item(text: str) -> str:
    """A line of a list, which begins with a capital."""
    return f"- {text[:1].upper()}{text[1:]}"
