"""Any life of a week: every verb in any order, by two who share its record, and all questions."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from life import WEEK, Memory, Pair, changes, either, people, shifts

from shiftplan import InputError, NoRosterError, Repair, Roster, check, suggest
from shiftplan.files import read_attendance, read_changes_in_turn, read_roster, read_sent
from shiftplan.problem.changes import Absence, AnyChange
from shiftplan.record import Call, LiveWeek, ShiftAnswer, read_calls, read_shift_answers
from shiftplan.record.entries import RecordEntry
from shiftplan.record.folding import state_of
from shiftplan.record.sqlite import SqliteStore
from shiftplan.record.tables import write_record
from shiftplan.seasons import Turnout
from shiftplan.week.owner import Owner
from shiftplan.week.roster import Assignment, Change

QUICK: dict[str, Any] = {"time_limit": None, "workers": 1}


class Life(RuleBasedStateMachine):
    """Two people, each with the week in a process, on one record."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory(
            dir="/dev/shm" if Path("/dev/shm").is_dir() else None
        )
        self.place = Path(self.folder.name)
        self.lives = [self._open(), self._open()]
        self.seen: tuple[RecordEntry, ...] = ()
        self.rosters: dict[int, Roster] = {}

    def _open(self) -> LiveWeek:
        return LiveWeek(WEEK, SqliteStore(self.place / "record.db", "week"), who="test")

    def _all(self) -> tuple[RecordEntry, ...]:
        return self._open().entries

    @staticmethod
    def _impossible(live: LiveWeek) -> set[Pair]:
        """Who cannot come to which shift, as somebody says who heard the entries."""
        known = Memory(live.entries)
        return {
            (who, shift.shift_id)
            for who in live.now.problem.volunteer_by_id
            for shift in live.now.problem.shifts
            if known.is_away(who, shift)
            or known.is_closed(shift)
            or (who, shift.shift_id) in known.no
        }

    def _try(self, verb: Callable[[], Any]) -> Any:
        """What a verb returns; None where it refuses, and then nothing may have been added."""
        before = self._all()
        try:
            return verb()
        except InputError:
            assert self._all() == before
            return None

    # ---- verbs

    @rule(who=either, keep=st.sampled_from(("firmly", "firmly", "lightly", "all", "nothing")))
    def plan(self, who: int, keep: Any) -> None:
        self._search(self.lives[who], lambda live: live.plan(keep=keep, **QUICK), keep)

    @rule(who=either)
    def repair(self, who: int) -> None:
        live = self.lives[who]
        if live.now.roster is not None:
            self._search(live, lambda live: live.repair(**QUICK), "firmly")

    def _search(self, live: LiveWeek, search: Callable[[LiveWeek], Any], keep: str) -> None:
        week = live.refresh()
        made = search(live)
        assert live.now.state.told == week.state.told
        roster = made.result.roster
        assert made.unrecorded is None
        if roster is None:
            return
        score = check(week.problem, roster)
        assert score.is_feasible
        assert score.total == made.result.total.cost == made.version.draft.cost
        assert made.result.problem_digest == week.problem.digest
        if made.repair is not None:
            self._adds_up(made.repair, week.told or week.draft or Roster(), roster)
        assert live.roster_of(made.version.number) == roster
        known = Memory(live.entries)
        shifts = week.problem.shift_by_id
        assert not any(
            known.is_away(a.volunteer_id, shifts[a.shift_id]) for a in roster.assignments
        )
        assert not any(known.is_closed(shifts[a.shift_id]) for a in roster.assignments)
        kept = Roster.of((p.shift_id, p.volunteer_id) for p in week.problem.published)
        is_kept_whole = check(week.problem, kept).is_feasible
        for a in kept.assignments:
            shift, word = shifts[a.shift_id], known.said.get((a.volunteer_id, a.shift_id))
            is_same = known.times.get(a.shift_id) == (shift.center_id, shift.start, shift.end)
            is_offered = a.volunteer_id != "dan"  # who offered no hours
            if (keep == "all" and is_offered) or (
                word == "confirmed" and is_same and is_kept_whole
            ):
                assert a in roster

    @staticmethod
    def _adds_up(repair: Repair, before: Roster, after: Roster) -> None:
        figures, was = repair.figures, set(before.assignments)
        assert repair.kept + figures.removed == len(was)
        assert repair.kept + figures.added == len(after)
        assert 0 <= repair.lost <= figures.removed
        assert 0 <= figures.moved <= repair.kept

    @rule(who=either, pairs=st.lists(st.tuples(shifts, people), max_size=4, unique=True))
    def bring(self, who: int, pairs: list[Pair]) -> None:
        self._try(lambda: self.lives[who].draft(Roster.of(pairs)))

    @rule(who=either, version=st.integers(1, 6))
    def undo(self, who: int, version: int) -> None:
        live = self.lives[who]
        promised = live.refresh().promised
        made = self._try(lambda: live.undo(version))
        if made is None:
            assert version not in Memory(live.entries).made
            return
        old, new = live.roster_of(version), live.roster_of(made.number)
        no, known = self._impossible(live), live.now.problem.volunteer_by_id
        left = {
            pair
            for pair in old.assignments
            if pair.volunteer_id in known and (pair.volunteer_id, pair.shift_id) not in no
        }
        assert live.now.unfit or set(new.assignments) == left | promised
        assert promised <= live.now.promised

    @rule(who=either, v=people, s=shifts, name=st.sampled_from(("", "", "B")))
    def move(self, who: int, v: str, s: str, name: str) -> None:
        """By hand; the problem of the week stays as it is."""
        live = self.lives[who]
        state = live.refresh().state
        if name and name not in state.drafts and state.versions:
            self._try(lambda: live.name_draft(name, max(state.versions)))
        problem, at = live.now.problem, live.now.state.position(name)
        roster = Roster() if at is None else live.roster_of(at.number)
        change = Change(Assignment(s, v), (s, v) not in roster)
        last = None if at is None else at.number
        moved = self._try(lambda: live.move(change, of=last, name=name, anyway=True))
        if moved is not None:
            after = live.roster_of(moved.version.number)
            assert moved.total == check(live.now.problem, after).total
            assert name or live.now.draft == after
            assert at is None or live.now.problem == problem

    @rule(who=either, is_back=st.booleans())
    def step(self, who: int, is_back: bool) -> None:
        live = self.lives[who]
        moved = self._try(lambda: (live.step_back if is_back else live.step_forward)(anyway=True))
        if moved is not None:
            after = live.roster_of(moved.version.number)
            assert moved.total == check(live.now.problem, after).total

    @rule(who=either, version=st.none() | st.integers(1, 6), anyway=st.booleans())
    def publish(self, who: int, version: int | None, anyway: bool) -> None:
        live = self.lives[who]
        told = self._try(lambda: live.publish(version, even_if_poor=anyway))
        if told is None:
            return
        assert live.now.told == told.roster == live.roster_of(told.version.number)
        if not anyway:
            assert len(told.roster)
            assert check(told.problem, told.roster).is_feasible
        known = Memory(self._all()[:-1])
        assert told.version.draft.after == known.told
        before = Roster() if told.week.known is None else told.week.known
        gone = {(n.volunteer_id, n.shift_id) for n in told.notices if not n.added}
        new = {(n.volunteer_id, n.shift_id) for n in told.notices if n.added}
        if told.week.known is not None:
            pairs = {(a.volunteer_id, a.shift_id) for a in before.assignments}
            after = {(a.volunteer_id, a.shift_id) for a in told.roster.assignments}
            assert gone == pairs - after
            assert new == after - pairs

    @rule(who=either)
    def withdraw(self, who: int) -> None:
        known = Memory(self._all())
        gone = self._try(self.lives[who].withdraw)
        assert (gone is None) == (known.told is None)

    @rule(who=either, found=st.lists(changes, min_size=1, max_size=2))
    def change(self, who: int, found: list[AnyChange]) -> None:
        self._try(lambda: self.lives[who].record(*found, why="so"))

    @rule(who=either, v=people, s=shifts, said=st.sampled_from(("confirmed", "declined")))
    def answer(self, who: int, v: str, s: str, said: Any) -> None:
        answer = ShiftAnswer(volunteer_id=v, shift_id=s, answer=said)
        self._try(lambda: self.lives[who].record(answers=[answer]))

    @rule(who=either, said=st.sampled_from(("confirmed", "declined")), data=st.data())
    def answer_of_the_told(self, who: int, said: Any, data: st.DataObject) -> None:
        told = self.lives[who].now.told
        if told:
            a = data.draw(st.sampled_from(told.assignments))
            self.answer(who=who, v=a.volunteer_id, s=a.shift_id, said=said)

    @rule(who=either, v=people, s=shifts, said=st.sampled_from(("comes", "cannot", "not_reached")))
    def call(self, who: int, v: str, s: str, said: Any) -> None:
        call = Call(volunteer_id=v, shift_id=s, answer=said)
        self._try(lambda: self.lives[who].record(calls=[call]))

    @rule(who=either, v=people, s=shifts, state=st.sampled_from(("came", "absent", "excused")))
    def attend(self, who: int, v: str, s: str, state: Any) -> None:
        turnout = Turnout(volunteer_id=v, shift_id=s, state=state)
        self._try(lambda: self.lives[who].record(turnouts=[turnout]))

    @rule(who=either, v=people)
    def send(self, who: int, v: str) -> None:
        self._try(lambda: self.lives[who].record(sent=[Owner("volunteer", v)]))

    @rule(who=either, number=st.integers(1, 20))
    def revoke(self, who: int, number: int) -> None:
        self._try(lambda: self.lives[who].revoke(number))

    @rule(who=either)
    def refresh(self, who: int) -> None:
        self.lives[who].refresh()

    @rule(who=either)
    def restart(self, who: int) -> None:
        self.lives[who]._store.close()
        self.lives[who] = self._open()

    @rule(who=either)
    def try_apart(self, who: int) -> None:
        """Of a question, and of what a detached week goes through, the record hears nothing."""
        before, other = self._all(), self.lives[who].detached()
        with contextlib.suppress(InputError, NoRosterError):
            other.what_if(Absence(volunteer_id="bob"), **QUICK)
            self.lives[who].what_if(Absence(volunteer_id="bob"), **QUICK)
        other.plan(**QUICK)
        with contextlib.suppress(InputError):
            other.publish(even_if_poor=True)
        other.record(Absence(volunteer_id="ana"))
        assert self._all() == before

    @rule(who=either)
    def hand_in_again(self, who: int) -> None:
        """Written as CSV files and read into a record that is empty."""
        live = self.lives[who]
        week, place = live.refresh(), self.place / "files"
        if week.unfit:
            return
        write_record(place, week, live.entries, live.roster_of)
        other = LiveWeek(WEEK)
        for group in read_changes_in_turn(WEEK, changes=place / "changes.csv"):
            other.record(*group)
        problem, told = other.now.problem, week.state.told
        if told is not None:
            given = read_roster(place / f"roster-{told.number}.csv", of=problem)
            other.publish(other.draft(given).number, even_if_poor=True)
        other.record(
            answers=read_shift_answers(problem, place / "answers.csv", None, usual="declined"),
            calls=read_calls(problem, place / "calls.csv"),
            turnouts=read_attendance(place / "attendance.csv", of=problem),
            sent=read_sent(place / "sent.csv", problem) if told else (),
        )
        one, two = other.now.state, week.state
        lifted = {
            (a.shift_id, a.volunteer_id) for a in two.answers.values() if a.answer == "declined"
        }
        lifted -= {(where, who) for who, where in Memory(live.entries).no}
        assert one.answers == {p: a for p, a in two.answers.items() if p not in lifted}
        assert (one.calls, one.turnouts) == (two.calls, two.turnouts)
        assert other.now.told == week.told
        words = (e.number for e in live.entries if e.body.kind in ("answered", "called"))
        first = next(words, 10**6)
        if not any(
            e.number > first and e.body.kind in ("told", "withdrawn", "changed")
            for e in live.entries
        ):
            assert {*other.now.problem.pins} == {*week.problem.pins}
            for table in ("shifts", "requirements", "availability", "volunteers"):
                assert getattr(other.now.problem, table) == getattr(week.problem, table)

    # ---- what holds after each

    @invariant()
    def nothing_is_lost(self) -> None:
        found = self._all()
        assert [entry.number for entry in found] == list(range(1, len(found) + 1))
        assert found[: len(self.seen)] == self.seen
        self.seen = found
        for live in self.lives:
            assert live.entries == found[: len(live.entries)]

    @invariant()
    def the_state_is_what_the_entries_say(self) -> None:
        live = self._open()
        known, state = Memory(live.entries), live.now.state
        assert (None if state.told is None else state.told.number) == known.told
        assert (None if state.draft is None else state.draft.number) == known.draft
        assert list(state.versions) == known.made
        for one in self.lives:
            one.refresh()
            assert one.now.state == state == state_of(live.entries)
            assert one.now.problem == live.now.problem
            assert (one.now.told, one.now.draft) == (live.now.told, live.now.draft)
        for version in known.made:
            roster = live.roster_of(version)
            assert self.rosters.setdefault(version, roster) == roster

    @invariant()
    def nobody_is_offered_who_cannot_come(self) -> None:
        week, no = self.lives[0].now, self._impossible(self.lives[0])
        problem = week.problem
        if not week.unfit:
            for call in self.lives[0].next_calls():
                assert (call.volunteer_id, call.shift_id) not in no
                assert not any((who, call.shift_id) in no for who in call.then)
            for a in week.roster.assignments if week.roster else ():
                assert (a.volunteer_id, a.shift_id) not in no
            roster = week.roster or Roster()
            for shift_id in problem.shift_by_id:
                found = suggest(problem, roster, shift_id).candidates
                offered = [c for c in found if c.standing in ("possible", "after_leaving")]
                assert not any((c.volunteer_id, shift_id) in no for c in offered)

    def teardown(self) -> None:
        for live in self.lives:
            live._store.close()
        self.folder.cleanup()


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=12, stateful_step_count=15, deadline=None)
