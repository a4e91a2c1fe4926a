"""While many answer, moves go on with the week as it was; then it is made anew with everything."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mornings import TURNS, told, week
from pace import costly

from shiftplan.errors import InputError
from shiftplan.problem.changes import Absence
from shiftplan.record import lagging
from shiftplan.record.collecting import Collecting
from shiftplan.record.entries import ShiftAnswer
from shiftplan.record.events import RecordEvent
from shiftplan.record.forms import HandedIn, SaidTime, SwapAsked
from shiftplan.record.lagging import can_wait
from shiftplan.record.live import LiveWeek
from shiftplan.record.sqlite import SqliteStore
from shiftplan.scoring.check import check
from shiftplan.testing.pictures import parse
from shiftplan.week.roster import Assignment, Change, Roster

HAS = {"ana": "M0", "bob": "M1", "cho": "M2"}
GOES = Change(Assignment("M0", "ana"), added=False)
COMES = Change(Assignment("M0", "bob"), added=True)


def patient() -> tuple[LiveWeek, Collecting]:
    live = told()
    live.lags = True
    return live, Collecting(live)


def says(counter: Collecting, who: str, said: str, number: int = 0) -> None:
    shift = HAS[who]
    form = HandedIn(volunteer_id=who, form=f"sending-{number:010}")
    answers = [ShiftAnswer(volunteer_id=who, shift_id=shift, answer=said)]
    counter.hand_in(form, answers, counter.week.files.shifts)


def test_a_move_does_not_wait_for_an_answer() -> None:
    """Ana's yes would pin her; a move made before that is counted is judged without it."""
    live, counter = patient()
    before = live.now.problem
    says(counter, "ana", "confirmed")
    moved = live.move(GOES, COMES, of=1)

    assert live.now.problem is before
    assert live.is_behind
    assert live.counted == 2
    assert moved.total == check(before, live.roster_of(2)).total
    assert live.now.state.answers  # it is recorded, and known

    live.catch_up()
    assert not live.is_behind
    assert live.counted == live.now.state.head == len(live.entries)
    assert live.now.promised == {Assignment("M0", "ana")}
    priced = live.priced()
    assert priced.problem is live.now.problem
    assert priced.total == check(live.now.problem, priced.roster).total
    assert priced.breaches  # the draft is without what she promised, as everybody can see now


def test_every_other_verb_counts_at_once() -> None:
    """Only moves go on with the week as it was."""
    live, counter = patient()
    before = live.now.problem
    says(counter, "ana", "declined")
    with live.lagging():
        assert live.refresh().problem is before
    assert live.is_behind
    assert Assignment("M0", "ana") in live.refresh().problem.barred
    assert not live.is_behind
    says(counter, "bob", "declined", 1)
    live.record(Absence(volunteer_id="cho"))
    assert {who for _, who in live.now.problem.barred} == {"ana", "bob", "cho"}
    with live.lagging():
        live.record(Absence(volunteer_id="ana"))  # a change that comes by no form cannot wait
        assert not live.is_behind


def test_without_lags_the_next_verb_counts() -> None:
    """A program that calls no `catch_up` always works with the whole record."""
    live = told()
    counter = Collecting(live)
    says(counter, "ana", "confirmed")
    with pytest.raises(InputError) as error:
        live.move(GOES, COMES, of=1)
    assert error.value.faults[0].code == "needs_yes"


def test_nobody_lags_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """If nobody catches up, a move makes the week anew after a while."""
    live, counter = patient()
    says(counter, "ana", "confirmed")
    live.move(GOES, COMES, of=1)
    monkeypatch.setattr(lagging, "MOST_LAG", -1.0)
    live.move(Change(Assignment("M2", "cho"), added=False), of=2)
    assert not live.is_behind
    assert live.now.promised == {Assignment("M0", "ana")}


def test_what_happens_while_the_week_is_made_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """A move, an answer and another absence in the middle of catching up."""
    live, counter = patient()
    making, go_on = threading.Event(), threading.Event()
    plain = live._week

    def slow(*given: Any) -> Any:
        if threading.current_thread() is not threading.main_thread():
            making.set()
            assert go_on.wait(10)
        return plain(*given)

    monkeypatch.setattr(live, "_week", slow)
    says(counter, "cho", "declined")
    with live.lagging():
        live.refresh()
    for late in (False, True):
        making.clear()
        go_on.clear()
        thread = threading.Thread(target=live.catch_up)
        thread.start()
        assert making.wait(10)
        if late:
            live.record(Absence(volunteer_id="bob"))
        else:
            says(counter, "ana", "confirmed", 1)
            live.move(Change(Assignment("M1", "bob"), added=False), of=1)
        go_on.set()
        thread.join(10)
        assert live.is_behind is not late
        assert live.now.draft == parse("ana  M . .\nbob  . . .\ncho  . . M")
    fresh = live.detached()
    assert live.now.problem == fresh.now.problem
    assert live.now.promised == fresh.now.promised == {Assignment("M0", "ana")}


def test_what_can_wait() -> None:
    """Forms with their parts, links and moves; nothing of what others record."""
    live, counter = patient()
    head = len(live.entries)
    says(counter, "ana", "confirmed")
    live.move(Change(Assignment("M1", "bob"), added=False), of=1)
    ask = HandedIn(volunteer_id="cho", form="s" * 16, swaps=(SwapAsked(shift_id="M2"),))
    counter.hand_in(ask, [], live.files.shifts)
    live.refresh()
    entries = live.entries
    assert can_wait(entries[head:])
    assert not can_wait(entries)  # a roster was drafted whole and told
    assert not can_wait(entries[head + 1 :])  # an answer without its form
    assert not can_wait([])


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(sorted(HAS)), st.sampled_from(("confirmed", "declined", "swap"))),
        st.tuples(st.just("move"), st.sampled_from(sorted(HAS))),
        st.tuples(st.sampled_from(("catch", "look", "refresh", "other")), st.just("")),
    ),
    max_size=12,
)


@costly(0.35)
@given(STEPS)
def test_in_the_end_it_is_the_week_of_all_entries(steps: list[tuple[str, str]]) -> None:
    """Whatever came in which order, a refresh gives what somebody sees who opens the week now."""
    live = LiveWeek(week(), who="lan")
    live.publish(live.draft(parse(TURNS)).number)
    live.lags = True
    counter = Collecting(live)
    for number, (what, which) in enumerate(steps):
        if what == "move":
            pair = Assignment(HAS[which], which)
            of = live.now.state.position("")
            there = live.priced().roster
            live.move(Change(pair, pair not in there), of=of and of.number, anyway=True)
            at = live.priced()
            assert at.total == check(at.problem, at.roster).total
        elif what == "catch":
            live.catch_up()
        elif what == "look":
            with live.lagging():
                live.refresh()
        elif what == "refresh":
            live.refresh()
        elif what == "other":
            live.record(Absence(volunteer_id="cho"))
        elif which == "swap":
            form = HandedIn(
                volunteer_id=what,
                form=f"sending-{number:010}",
                swaps=(SwapAsked(shift_id=HAS[what]),),
            )
            counter.hand_in(form, [], live.files.shifts)
        else:
            says(counter, what, which, number)
        assert live.counted <= live.now.state.head <= counter.state().head

    now, fresh = live.refresh(), live.detached().now
    assert not live.is_behind
    assert now.state == fresh.state == counter.state()
    assert now.problem == fresh.problem
    assert (now.told, now.draft, now.promised) == (fresh.told, fresh.draft, fresh.promised)


def test_many_threads_answer_and_one_moves(tmp_path: Any) -> None:
    """Nothing acknowledged is lost, and nobody waits for ever: answers, moves and publications."""
    live = LiveWeek(week(), SqliteStore(tmp_path / "record.db", "w"), who="lan")
    live.publish(live.draft(parse(TURNS)).number)
    live.lags = True
    counter = Collecting(live)
    sent: list[str] = []

    def answer(who: str) -> None:
        for number in range(8):
            says(counter, who, ("confirmed", "declined")[number % 2], number)
            sent.append(who)

    threads = [threading.Thread(target=answer, args=(who,), daemon=True) for who in HAS]
    for thread in threads:
        thread.start()
    pair = Assignment("M0", "bob")
    for step in range(6):
        at = live.now.state.position("")
        live.move(Change(pair, step % 2 == 0), of=at and at.number, anyway=True)
        live.catch_up()
        if step == 3:
            live.publish(even_if_poor=True)
    for thread in threads:
        thread.join(30)
    assert len(sent) == 24
    forms = live.refresh().state.forms
    assert len(forms.hand_ins) == 24
    assert live.detached().now.problem == live.now.problem
    assert isinstance(live.now.told, Roster)


def test_the_week_stands_while_its_files_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who answers holds the record, and must not wait for who makes the week anew and needs it."""
    live, _ = patient()
    before, make, seen = live.now, live._week, list[Any]()

    def slowly(*args: Any) -> Any:
        reader = threading.Thread(target=lambda: seen.append(live.now), daemon=True)
        reader.start()
        reader.join(5)
        return make(*args)

    monkeypatch.setattr(live, "_week", slowly)
    other = live.files.model_copy(update={"pins": ()})
    now = live.replace_files(other)

    assert [*map(id, seen)] == [id(before)]
    assert live.now is now
    assert now.files is other


def test_what_is_said_while_files_are_read_is_held_against_the_week_that_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not against files that are refused a moment later: a no to offered hours has to wait."""
    live, counter = patient()
    counter.told(counter.state())  # once it is known, nobody waits for who makes the week
    hours = live.files.shift_by_id["M1"]
    said = SaidTime(start=hours.start, end=hours.end, can=False)
    form = HandedIn(volunteer_id="ana", form="sending-0000000001", times=(said,))

    def refuse(*_: Any) -> Any:
        sender = threading.Thread(target=counter.hand_in, args=(form,), daemon=True)
        sender.start()
        sender.join(10)
        raise InputError([])

    monkeypatch.setattr(live, "_week", refuse)
    with pytest.raises(InputError):
        live.replace_files(live.files.model_copy(update={"availability": ()}))
    (hand_in,) = counter.state().forms.hand_ins.values()
    assert hand_in.body.weighed == ("waits",)


@pytest.mark.parametrize("is_move", [True, False])
def test_who_listens_holds_nobody_up(is_move: bool) -> None:
    """While a listener hears of a move or an answer, others answer and look."""
    live, counter = patient()
    told_of: list[RecordEvent] = []
    held_up: list[bool] = []

    def listen(event: RecordEvent) -> None:
        told_of.append(event)
        if len(told_of) > 1:
            return
        for other in (lambda: says(counter, "bob", "confirmed", 1), live.priced):
            thread = threading.Thread(target=other, daemon=True)
            thread.start()
            thread.join(10)
            held_up.append(thread.is_alive())

    live.subscribe(listen)
    if is_move:
        live.move(GOES, of=1)
    else:
        says(counter, "ana", "confirmed")
    assert held_up == [False, False]


def test_a_roster_that_was_published_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who still looks at an older state does not let who adds to the newest look it up again."""
    live, counter = patient()
    old = counter.state()
    live.move(GOES, of=1)
    live.publish(2, even_if_poor=True)
    new = counter.state()
    told = [counter.told(state) for state in (new, old)]

    monkeypatch.setattr(live, "told_in", lambda _: pytest.fail("the record is held"))
    assert [counter.told(state) for state in (new, old)] == told
    assert told[0] != told[1]
