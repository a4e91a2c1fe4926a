"""Any moves, undo, redo, named drafts and publications by two people, against lists of rosters."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shiftplan import InputError, Requirement, Roster, check
from shiftplan.problem.changes import Absence
from shiftplan.record import LiveWeek, Moved, RecordEntry
from shiftplan.record.folding import state_of
from shiftplan.record.sqlite import SqliteStore
from shiftplan.scoring.equity import equity
from shiftplan.testing.pictures import plan
from shiftplan.week.roster import Assignment, Change

PEOPLE, SHIFTS = ("ana", "bob", "cho", "dan"), ("M0", "A0", "M1")
WEEK = plan(
    {0: "MA", 1: "M"},
    " ".join(PEOPLE),
    2,
    requirements=[Requirement(shift_id=s, minimum=1, target=1 + (s == "M0")) for s in SHIFTS],
    each={who: {"max_shifts": 2} for who in PEOPLE},
    rules=(
        {"rule": "coverage", "level": 1, "weight": 10},
        {"rule": "fairness", "level": 2, "weight": 12},
        {"rule": "stability", "level": 2, "weight": 3},
        {"rule": "max_shifts"},
        {"rule": "one_place"},
    ),
)
Rosters = tuple[frozenset[Assignment], ...]
pairs = st.builds(Assignment, st.sampled_from(SHIFTS), st.sampled_from(PEOPLE))
either, numbers = st.integers(0, 1), st.integers(0, 20)
"""Who of the two; which of the drafts or versions that there are, and now and then of none."""


def changed(roster: Iterable[Assignment], changes: Iterable[Change]) -> frozenset[Assignment]:
    added, gone = ({c.assignment for c in changes if c.added is way} for way in (True, False))
    return (frozenset(roster) - gone) | added


class Drafts(RuleBasedStateMachine):
    """Two people, each with the week in a process, on one record; what they know may be old."""

    @initialize()
    def begin(self) -> None:
        memory = Path("/dev/shm")
        self.folder = tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)
        self.lives = [self._open(), self._open()]
        self.rosters: dict[int, frozenset[Assignment]] = {}
        self.trails: dict[int, tuple[Rosters, Rosters]] = {}
        """Version -> rosters before it, which undo leads to, and after it, which redo leads to."""
        self.newest: dict[str, int] = {}
        self.told: int | None = None
        self.seen: tuple[RecordEntry, ...] = ()

    def _open(self) -> LiveWeek:
        return LiveWeek(WEEK, SqliteStore(Path(self.folder.name) / "record.db", "w"), who="x")

    def _name(self, number: int) -> str:
        known = ["", *sorted(self.newest.keys() - {""})]
        return "unknown" if number == 20 else known[number % len(known)]

    def _version(self, number: int) -> int:
        return 99 if number == 20 else max(1, len(self.rosters) - number)

    def _at(self, name: str) -> int | None:
        return self.newest.get(name, None if name else self.told)

    def _made(
        self, version: int, name: str, roster: frozenset[Assignment], past: Rosters, to: Rosters
    ) -> None:
        self.newest[name], self.rosters[version] = version, roster
        self.trails[version] = past, to

    def _push(self, version: int, name: str, roster: frozenset[Assignment]) -> None:
        at = self._at(name)
        past = () if at is None else (*self.trails[at][0], self.rosters[at])
        self._made(version, name, roster, past, ())

    def _try(self, verb: Callable[[], Any]) -> Any:
        """What a verb returns, or the code of its refusal, which adds nothing."""
        before = self._open().entries
        try:
            return verb()
        except InputError as error:
            assert self._open().entries == before
            return error.faults[0].code

    def _adds_up(self, live: LiveWeek, moved: Moved, roster: frozenset[Assignment]) -> None:
        problem, found = live.now.problem, live.roster_of(moved.version.number)
        assert {*found.assignments} == roster
        score, seats = check(problem, found), equity(problem, found).overall.both
        assert (moved.total, moved.filled, moved.seats) == (score.total, seats.filled, seats.target)
        draft = moved.version.draft
        assert (draft.filled, draft.seats) == (seats.filled, seats.target)
        assert draft.cost == (score.total if score.is_feasible else None)
        assert live.priced(draft.name).breaches == sum(found.amount for found in score.broken)

    # ---- verbs

    found = st.lists(pairs, min_size=1, max_size=2)

    @rule(who=either, of=numbers, found=found, yes=st.booleans())
    def move_again(self, who: int, of: int, found: list[Assignment], yes: bool) -> None:
        self.move(who, of, found, yes)

    @rule(who=either, of=numbers, found=found, yes=st.booleans())
    def move(self, who: int, of: int, found: list[Assignment], yes: bool) -> None:
        """Each pair is added or taken away, as the person who moves last saw the roster."""
        live, name = self.lives[who], self._name(of)
        seen = live.now.state.position(name)
        old = frozenset() if seen is None else self.rosters[seen.number]
        changes = [Change(pair, pair not in old) for pair in found]
        at = self._at(name)
        now = frozenset() if at is None else self.rosters[at]
        last = None if seen is None else seen.number
        moved = self._try(lambda: live.move(*changes, of=last, name=name, anyway=yes))
        if at is None and (name or last is not None):
            assert moved == "no_version"
            return
        others = old ^ now if at != last else frozenset()
        people, shifts = ({getattr(p, k) for p in others} for k in ("volunteer_id", "shift_id"))
        if any(p.volunteer_id in people or p.shift_id in shifts for p in found):
            assert moved == "conflicting_move"
        elif len({*found}) < len(found):
            assert moved in ("duplicate_row", "not_assigned")
        elif moved == "needs_yes":
            assert not yes
            after = Roster.of(changed(now, changes))
            assert not check(live.refresh().problem, after).is_feasible
        else:
            after = changed(now, changes)
            if at is None:  # an empty version is made first
                self._push(moved.version.number - 1, name, frozenset())
            self._push(moved.version.number, name, after)
            self._adds_up(live, moved, after)
            assert bool(moved.merged) <= (at != last)
            if not yes and check(live.now.problem, Roster.of(now)).is_feasible:
                assert check(live.now.problem, Roster.of(after)).is_feasible

    way = st.sampled_from((True, True, False))

    @rule(who=either, draft=numbers, is_back=way, yes=way, look=st.booleans())
    def step_again(self, who: int, draft: int, is_back: bool, yes: bool, look: bool) -> None:
        self.step(who, draft, is_back, yes, look)

    @precondition(lambda self: self.rosters)
    @rule(who=either, draft=numbers, is_back=way, yes=way, look=st.booleans())
    def step(self, who: int, draft: int, is_back: bool, yes: bool, look: bool) -> None:
        live, name = self.lives[who], self._name(draft)
        seen, at = live.now.state.position(name), self._at(name)
        of = seen.number if look and seen is not None else None
        verb = live.step_back if is_back else live.step_forward
        moved = self._try(lambda: verb(name, of=of, anyway=yes))
        past, future = self.trails.get(at or 0, ((), ()))
        if at is not None and of not in (None, at):
            assert moved == "conflicting_move"
        elif at is None or not (past if is_back else future):
            assert moved == "no_version"
        elif moved == "needs_yes":
            assert not yes
        else:
            now = self.rosters[at]
            after = past[-1] if is_back else future[0]
            trail = (past[:-1], (now, *future)) if is_back else ((*past, now), future[1:])
            self._made(moved.version.number, name, after, *trail)
            self._adds_up(live, moved, after)

    @precondition(lambda self: len(self.rosters) > 1)
    @rule(who=either, which=numbers, into=numbers, people=st.sets(st.sampled_from(PEOPLE)))
    def take(self, who: int, which: int, into: int, people: set[str]) -> None:
        live, name, version = self.lives[who], self._name(into), self._version(which)
        live.refresh()
        at, other = self._at(name), self.rosters.get(version)
        moved = self._try(lambda: live.take(version, people=people, of=at, name=name, anyway=True))
        if other is None or (at is None and name):
            assert moved == "no_version"
            return
        now = frozenset() if at is None else self.rosters[at]
        after = frozenset(
            {p for p in now if p.volunteer_id not in people}
            | {p for p in other if p.volunteer_id in people}
        )
        if after == now:
            assert moved == "no_version"
            return
        if at is None:
            self._push(moved.version.number - 1, name, frozenset())
        self._push(moved.version.number, name, after)
        self._adds_up(live, moved, after)

    @precondition(lambda self: self.rosters)
    @rule(who=either, name=st.sampled_from(("B", "C", "", "#3")), which=st.none() | numbers)
    def begin_a_draft(self, who: int, name: str, which: int | None) -> None:
        version = None if which is None else self._version(which)
        made = self._try(lambda: self.lives[who].name_draft(name, version))
        of = self._at("") if version is None else version
        if not name or name == "#3" or name in self.newest:
            assert made == "invalid_value"
        elif of not in self.rosters:
            assert made == "no_version"
        else:
            self._made(made.number, name, self.rosters[of], (), ())
            assert made.draft.after == (of if of == self.told else self._after(of))

    def _after(self, version: int) -> int | None:
        return self.lives[0].refresh().state.versions[version].draft.after

    @precondition(lambda self: len(self.newest) > 1)
    @rule(who=either, draft=numbers)
    def close(self, who: int, draft: int) -> None:
        name = self._name(draft)
        done = self._try(lambda: self.lives[who].drop_draft(name))
        assert (done is None) == (bool(name) and name in self.newest)
        if done is None:
            del self.newest[name]

    @precondition(lambda self: len(self.newest) > 1)
    @rule(who=either, draft=numbers, to=st.sampled_from(("B", "C", "D", "", "#3")))
    def rename(self, who: int, draft: int, to: str) -> None:
        name = self._name(draft)
        done = self._try(lambda: self.lives[who].rename_draft(name, to))
        if not name or name not in self.newest:
            assert done == "no_version"
        elif not to or to == "#3" or to in self.newest:
            assert done == "invalid_value"
        else:
            self.newest[to] = self.newest.pop(name)

    @rule(who=either, found=st.lists(pairs, max_size=4, unique=True))
    def bring(self, who: int, found: list[Assignment]) -> None:
        """A whole roster, as a plan makes it."""
        self._push(self.lives[who].draft(Roster.of(found)).number, "", frozenset(found))

    @precondition(lambda self: self.rosters)
    @rule(who=either, which=st.none() | numbers)
    def publish(self, who: int, which: int | None) -> None:
        version = None if which is None else self._version(which)
        told = self._try(lambda: self.lives[who].publish(version, even_if_poor=True))
        if not isinstance(told, str):
            self.told = told.version.number
            self.newest.pop("", None)

    @precondition(lambda self: self.told is not None)
    @rule(who=either)
    def withdraw(self, who: int) -> None:
        if self._try(self.lives[who].withdraw) != "no_version":
            self.told = None
            self.newest.pop("", None)

    @rule(who=either, person=st.sampled_from(PEOPLE))
    def absent(self, who: int, person: str) -> None:
        """The week changes, and with it the prices of all rosters."""
        self._try(lambda: self.lives[who].record(Absence(volunteer_id=person)))

    @rule(who=either)
    def refresh(self, who: int) -> None:
        self.lives[who].refresh()

    @rule(who=either)
    def restart(self, who: int) -> None:
        self.lives[who]._store.close()
        self.lives[who] = self._open()

    # ---- what holds after each

    @invariant()
    def the_record_says_the_same(self) -> None:
        fresh = self._open()
        assert fresh.entries[: len(self.seen)] == self.seen
        self.seen = fresh.entries
        state = fresh.now.state
        assert {name: version.number for name, version in state.drafts.items()} == self.newest
        assert (None if state.draft is None else state.draft.number) == self.newest.get("")
        assert [*state.versions] == [*self.rosters]
        for version, roster in self.rosters.items():
            assert {*fresh.roster_of(version).assignments} == roster
        for name in {"", *self.newest}:
            price, at = fresh.priced(name), self._at(name)
            assert price.number == (at or 0)
            assert price.total == check(fresh.now.problem, price.roster).total
        fresh._store.close()

    @invariant()
    def going_on_from_a_state_is_folding_anew(self) -> None:
        for cut in range(len(self.seen) + 1):
            before = state_of(self.seen[:cut])
            assert state_of(self.seen, before) == state_of(self.seen)
        for live in self.lives:
            assert live.now.state == state_of(live.entries)

    def teardown(self) -> None:
        for live in self.lives:
            live._store.close()
        self.folder.cleanup()


TestDrafts = Drafts.TestCase
TestDrafts.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
