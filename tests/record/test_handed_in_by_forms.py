"""What people hand in by forms: links, what counts at once, what waits, swaps, and decisions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mornings import fault_of, told, week
from recording import bodies

from shiftplan.errors import InputError
from shiftplan.problem.changes import Absence, Offer
from shiftplan.record.collecting import Collecting, digest_of
from shiftplan.record.deciding import accept_swap, decide, refuse_swap
from shiftplan.record.entries import RecordEntry, ShiftAnswer
from shiftplan.record.folding import state_of
from shiftplan.record.forms import HandedIn, SaidTime, SaidWish, SpanOfTime, SwapAsked
from shiftplan.record.live import LiveWeek
from shiftplan.record.sqlite import SqliteStore
from shiftplan.testing.pictures import parse, window
from shiftplan.week.owner import Owner
from shiftplan.week.records import Availability
from shiftplan.week.roster import Assignment
from shiftplan.week.wishes import Preference

ANA, BOB = Owner("volunteer", "ana"), Owner("volunteer", "bob")
SOON = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
DAYS = [dt.date(2026, 12, 7) + dt.timedelta(days) for days in range(3)]


def hours(day: int) -> tuple[dt.datetime, dt.datetime]:
    at = dt.datetime.combine(DAYS[day], dt.time(7))
    return at, at + dt.timedelta(hours=4)


def can(day: int, is_free: bool) -> SaidTime:
    start, end = hours(day)
    return SaidTime(start=start, end=end, can=is_free)


def form(number: int = 0, who: str = "ana", **said: Any) -> HandedIn:
    return HandedIn(volunteer_id=who, form=f"sending-{number:010}", **said)


def answer(shift: str, said: str = "confirmed", who: str = "ana") -> ShiftAnswer:
    return ShiftAnswer(volunteer_id=who, shift_id=shift, answer=said)


def collecting(**fields: Any) -> Collecting:
    """Three mornings, each with one person who was told; ana offers only what `fields` say."""
    return Collecting(told(**fields))


def send(counter: Collecting, body: HandedIn, *answers: ShiftAnswer) -> int:
    seen = counter.week.files.shifts
    return counter.hand_in(body, answers, seen)


def test_nothing_is_taken_while_the_record_is_gone(tmp_path: Path) -> None:
    """A sending is refused until the record stands in its place again, and then counts."""
    file = tmp_path / "record.db"
    live = LiveWeek(week(), SqliteStore(file, "w"))
    live.publish(live.draft(parse("ana  M . .\nbob  . M .\ncho  . . M")).number)
    counter = Collecting(live)
    live._store.close()
    file.rename(tmp_path / "away.db")

    with pytest.raises(InputError) as error:
        send(counter, form(), answer("M0"))
    assert fault_of(error)[0] == "not_a_record"
    assert not file.exists()
    (tmp_path / "away.db").rename(file)
    assert send(counter, form(), answer("M0")) == 3
    assert live.refresh().promised == {Assignment("M0", "ana")}


def test_a_token_opens_one_form_until_it_is_replaced_taken_back_or_ended() -> None:
    """Only the newest link of a person is valid, and the record never holds its token."""
    counter = collecting()
    first = counter.invite([ANA, BOB], SOON)
    assert counter.owner_of(first[ANA]) == ANA
    assert counter.owner_of(first[BOB]) == BOB

    second = counter.invite([ANA], SOON)[ANA]
    assert counter.owner_of(first[ANA]) is None
    assert counter.owner_of(second) == ANA
    assert counter.owner_of(second, SOON) is None  # it has ended
    assert counter.take_back([ANA, ANA]) == 1
    assert counter.take_back([ANA]) == 0
    assert counter.owner_of(second) is None
    for wrong in ("", second[:-1], second.upper(), digest_of(second), "x" * 10_000, "\ud800", "ế"):
        assert counter.owner_of(wrong) is None
    counter.week.refresh()
    written = " ".join(entry.model_dump_json() for entry in counter.week.entries)
    assert not any(token in written for token in (second, first[BOB]))
    assert digest_of(first[BOB]) in written
    assert len(set(first.values()) | {second}) == 3
    assert all(len(token) >= 32 for token in first.values())


def test_links_are_only_made_for_those_who_are_there() -> None:
    """Nothing is recorded for an unknown owner."""
    counter = collecting()
    with pytest.raises(InputError):
        counter.invite([ANA, Owner("volunteer", "nobody")], SOON)
    assert counter.invite([], SOON) == {}
    assert counter.state().head == 2


def test_what_is_sent_again_counts_once() -> None:
    """The same sending is one entry however often it arrives; another person's is another one."""
    counter = collecting()
    assert send(counter, form(), answer("M0")) == 3
    assert send(counter, form(), answer("M0")) == 3
    assert send(counter, form(note="changed under the same id")) == 3
    assert send(counter, form(who="bob"), answer("M1", who="bob")) == 5
    counter.week.refresh()
    assert [entry.who for entry in counter.week.entries[2:]] == ["ana", "ana", "bob", "bob"]


@pytest.mark.parametrize(
    ("offered", "said", "weighed"),
    [
        ([0, 1], {0: True, 1: True, 2: False}, ["same", "same", "same"]),
        ([0, 1], {2: True}, ["counts"]),  # hours that nobody spoke of
        ([0, 1], {1: False}, ["waits"]),  # contradicts the files
        ([0], {1: False, 2: True}, ["same", "counts"]),
    ],
)
def test_what_contradicts_waits_and_the_rest_counts(
    offered: list[int], said: dict[int, bool], weighed: list[str]
) -> None:
    """New hours count; taking back what the files or the published roster build on waits."""
    rows = [Availability(volunteer_id="ana", start=hours(d)[0], end=hours(d)[1]) for d in offered]
    rows += [window("bob"), window("cho")]
    counter = collecting(availability=tuple(rows))
    send(counter, form(times=tuple(can(day, free) for day, free in said.items())))

    (hand_in,) = counter.state().forms.hand_ins.values()
    assert list(hand_in.body.weighed) == weighed
    now = counter.stands(counter.week.now, counter.state(), "ana").now
    for (day, free), how in zip(said.items(), weighed, strict=True):
        assert now[hours(day)] is (free if how != "waits" else (day in offered))


def test_taking_back_what_a_published_shift_builds_on_waits() -> None:
    """Ana offered Tuesday by her form and was told a shift then: her no waits, and she stays."""
    counter = collecting(availability=(window("ana", last=1), window("bob"), window("cho")))
    send(counter, form(times=(can(1, True),)))
    live = counter.week
    live.refresh()
    live.publish(live.draft(parse("ana  M M .\nbob  . . .\ncho  . . M")).number)
    entry = send(counter, form(1, times=(can(1, False),)))
    assert counter.state().forms.hand_ins[entry].body.weighed == ("waits",)
    assert counter.stands(counter.week.now, counter.state(), "ana").now[hours(1)] is True
    decide(counter, [entry], accepted=True)
    assert counter.stands(counter.week.now, counter.state(), "ana").now[hours(1)] is False


def test_accepting_and_refusing() -> None:
    """What waits counts once it is accepted, and never if it is refused; both happen once."""
    counter = collecting()
    one = send(counter, form(times=(can(1, False),)))
    two = send(counter, form(who="bob", times=(can(0, False),)))
    with pytest.raises(InputError) as error:
        decide(counter, [one, two, 99], accepted=True)
    assert fault_of(error)[0] == "no_version"
    assert len([*counter.state().forms.waiting()]) == 2  # all or nothing

    decide(counter, [one], accepted=True, word="được")
    decide(counter, [two], accepted=False, word="thiếu người")
    week = counter.week.refresh()
    assert week.changes == (Absence(volunteer_id="ana", start=hours(1)[0], end=hours(1)[1]),)
    assert counter.stands(week, week.state, "ana").now[hours(1)] is False
    assert counter.stands(week, week.state, "bob").now[hours(0)] is True
    for entry in (one, two):
        with pytest.raises(InputError):
            decide(counter, [entry], accepted=True)


def test_a_newer_form_takes_the_place_of_an_older_one() -> None:
    """What waited is replaced; what was accepted stays until the person says otherwise."""
    counter = collecting()
    first = send(counter, form(times=(can(1, False),)))
    second = send(counter, form(1, times=(can(1, False), can(2, False))))
    with pytest.raises(InputError):
        decide(counter, [first], accepted=True)
    decide(counter, [second], accepted=True)
    send(counter, form(2, note="hello"))  # says nothing of hours
    assert len(counter.week.refresh().changes) == 2

    send(counter, form(3, times=(can(2, True),)))
    assert counter.week.refresh().changes == (
        Absence(volunteer_id="ana", start=hours(1)[0], end=hours(1)[1]),
    )
    send(counter, form(4, times=(can(1, True),)))
    assert counter.week.refresh().changes == ()


def test_wishes_count_unless_the_week_has_another_one() -> None:
    """A new wish counts at once; one against a wish of the files waits."""
    wish = Preference(volunteer_id="ana", date=DAYS[0], state="for")
    counter = collecting(preferences=(wish,))
    said = (
        SaidWish(date=DAYS[0], state="against"),
        SaidWish(date=DAYS[1], state="for"),
        SaidWish(date=DAYS[2], state=None),
        SaidWish(date=dt.date(2026, 1, 1), state="for"),
    )
    entry = send(counter, form(wishes=said))
    assert counter.state().forms.hand_ins[entry].body.weighed == ("waits", "counts", "same")
    problem = counter.week.refresh().problem
    assert {w.date: w.state for w in problem.preferences} == {DAYS[0]: "for", DAYS[1]: "for"}
    decide(counter, [entry], accepted=True)
    problem = counter.week.refresh().problem
    assert {w.date: w.state for w in problem.preferences} == {DAYS[0]: "against", DAYS[1]: "for"}


def test_what_a_coordinator_recorded_is_not_changed_by_a_form() -> None:
    """Hours of a recorded absence stay absent, and no change of the form touches them."""
    counter = collecting()
    counter.week.record(Absence(volunteer_id="ana", start=hours(1)[0], end=hours(1)[1]))
    entry = send(counter, form(times=(can(1, True),)))
    assert counter.state().forms.hand_ins[entry].body.weighed == ("same",)
    assert len(counter.week.refresh().changes) == 1


def test_hours_that_were_declined_are_offered_again() -> None:
    """After a no, saying that one can come makes the hours free again, as an offer does."""
    counter = collecting()
    send(counter, form(), answer("M0", "declined"))
    assert counter.stands(counter.week.now, counter.state(), "ana").now[hours(0)] is False
    send(counter, form(1, times=(can(0, True),)))
    assert counter.stands(counter.week.now, counter.state(), "ana").now[hours(0)] is True
    assert any(isinstance(change, Offer) for change in counter.week.refresh().changes)
    send(counter, form(2), answer("M0", "declined"))
    send(counter, form(3, times=(can(0, True),)))  # said once more, it counts once more
    assert counter.stands(counter.week.now, counter.state(), "ana").now[hours(0)] is True


def test_a_no_holds_though_other_hours_are_offered_with_it() -> None:
    """What the same form offered before at these hours does not lift it; a later offer does."""
    live = LiveWeek(week(availability=(window("bob"), window("cho"))))
    counter = Collecting(live)
    send(counter, form(times=(can(0, True),)))
    live.publish(live.draft(parse("ana  M . .\nbob  . M .\ncho  . . M")).number)
    send(counter, form(1, times=(can(2, True),)), answer("M0", "declined"))
    now = counter.stands(live.refresh(), counter.state(), "ana").now
    assert [now[hours(day)] for day in range(3)] == [False, False, True]
    assert Assignment("M0", "ana") in live.now.problem.barred


def test_a_no_is_said_again_after_the_hours_were_offered_again() -> None:
    """The last word counts, also where it is the same as an earlier answer."""
    counter = collecting()
    send(counter, form(), answer("M0", "declined"))
    send(counter, form(1, times=(can(0, True),)))
    assert Assignment("M0", "ana") not in counter.week.refresh().problem.barred
    entry = send(counter, form(2), answer("M0", "declined"))
    assert [one.answer for one in counter.state().forms.hand_ins[entry].answers] == ["declined"]
    assert Assignment("M0", "ana") in counter.week.refresh().problem.barred
    entry = send(counter, form(3), answer("M0", "declined"))
    assert counter.state().forms.hand_ins[entry].answers == ()


def test_an_answer_counts_at_once_and_the_one_before_can_be_seen() -> None:
    """The last word counts, and what it replaced stays beside it."""
    counter = collecting()
    send(counter, form(), answer("M0"))
    entry = send(counter, form(1), answer("M0", "declined"))
    hand_in = counter.state().forms.hand_ins[entry]
    assert hand_in.before == {"M0": "confirmed"}
    assert [one.answer for one in hand_in.answers] == ["declined"]
    assert Assignment("M0", "ana") in counter.week.refresh().problem.barred


def test_answers_about_what_is_not_theirs_any_more_are_refused_whole() -> None:
    """Another person's shift, an unknown one, and one that was moved since they saw it."""
    counter = collecting()
    shifts = counter.week.files.shift_by_id
    later = shifts["M0"].model_copy(update={"end": hours(0)[1] + dt.timedelta(hours=1)})
    cases: list[Any] = [("M1", [shifts["M1"]]), ("X", [shifts["M0"]]), ("M0", [later]), ("M0", [])]
    for shift, seen in cases:
        with pytest.raises(InputError) as error:
            counter.hand_in(form(times=(can(2, False),)), [answer(shift)], seen)
        assert fault_of(error)[0] == "outdated"
        with pytest.raises(InputError):
            counter.hand_in(form(swaps=(SwapAsked(shift_id=shift),)), [], seen)
    assert counter.state().head == 2


def test_a_swap_is_asked_accepted_and_seen_by_both() -> None:
    """It takes an earlier yes back, so that the shift may go; the draft then has the swap."""
    counter = collecting()
    send(counter, form(), answer("M0"))
    assert counter.week.refresh().promised == {Assignment("M0", "ana")}
    span = SpanOfTime(start=hours(1)[0], end=hours(1)[1])
    entry = send(counter, form(1, swaps=(SwapAsked(shift_id="M0", instead=(span,)),)))
    assert counter.week.refresh().promised == frozenset()

    accept_swap(counter, entry, "M0", "bob", "M1", of=1, word="cảm ơn")
    assert counter.week.refresh().draft == parse("ana  . M .\nbob  M . .\ncho  . . M")
    forms = counter.state().forms
    assert forms.asked == {}
    assert forms.swaps_of == {"ana": ((entry, "M0"),), "bob": ((entry, "M0"),)}
    decision = forms.hand_ins[entry].decision("M0")
    assert decision is not None
    assert (decision.taker, decision.takes) == ("bob", "M1")
    with pytest.raises(InputError) as error:
        accept_swap(counter, entry, "M0", "cho", of=2)
    assert fault_of(error)[0] == "no_version"
    with pytest.raises(InputError) as error:
        refuse_swap(counter, entry, "M0")
    assert fault_of(error)[0] == "no_version"


def test_a_swap_that_was_taken_back_meanwhile_moves_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ana says that she comes while a coordinator accepts her swap: her word is the last one."""
    counter = collecting()
    entry = send(counter, form(swaps=(SwapAsked(shift_id="M0"),)))
    seen = counter.state()
    send(counter, form(1), answer("M0"))
    head = counter.state().head

    monkeypatch.setattr(counter, "state", lambda: seen)
    with pytest.raises(InputError) as error:
        accept_swap(counter, entry, "M0", "bob", "M1", of=1)

    assert fault_of(error)[0] == "no_version"
    assert counter.week.refresh().state.head == head
    assert counter.week.now.draft is None


def test_the_last_word_on_a_shift_counts() -> None:
    """A yes or a no ends the wish to swap; asking again begins it again; a refusal is told."""
    counter = collecting()
    pair = Assignment("M0", "ana")
    ask = (SwapAsked(shift_id="M0", colleague="Bob"),)
    send(counter, form(0, swaps=ask))
    send(counter, form(1), answer("M0"))
    assert counter.state().forms.asked == {}
    send(counter, form(2), answer("M0", "declined"))
    entry = send(counter, form(3, swaps=ask))
    assert counter.state().forms.asked == {pair: entry}
    assert pair not in counter.week.refresh().problem.barred
    refuse_swap(counter, entry, "M0", "không ai rảnh")
    assert counter.state().forms.asked == {}
    decision = counter.state().forms.hand_ins[entry].decision("M0")
    assert decision is not None
    assert (decision.accepted, decision.word) == (False, "không ai rảnh")
    with pytest.raises(InputError):
        refuse_swap(counter, 99, "M0")


def test_the_week_is_made_anew_only_when_somebody_looks() -> None:
    """Handing in does not refresh `now`; a refresh counts everything since."""
    counter = collecting()
    before = counter.week.now
    send(counter, form(), answer("M0"))
    assert counter.week.now is before
    assert counter.week.refresh().state.answers[Assignment("M0", "ana")].answer == "confirmed"


def test_two_processes_see_what_each_other_counted(tmp_path: Any) -> None:
    """What one server took in, another one on the same record knows at once."""
    files = week()
    one = LiveWeek(files, SqliteStore(tmp_path / "record.db", "w"))
    other = LiveWeek(files, SqliteStore(tmp_path / "record.db", "w"))
    one.publish(one.draft(parse("ana  M . .\nbob  . M .\ncho  . . M")).number)
    here, there = Collecting(one), Collecting(other)
    token = here.invite([ANA], SOON)[ANA]
    assert there.owner_of(token) == ANA
    assert send(there, form(), answer("M0")) == send(here, form(), answer("M0"))
    here.take_back([ANA])
    assert there.owner_of(token) is None


SAID = st.dictionaries(st.integers(0, 2), st.booleans(), min_size=1)


@given(st.lists(st.one_of(SAID, st.booleans()), max_size=8))
def test_what_counts_is_what_was_said_and_accepted(steps: list[Any]) -> None:
    """A model of three days: new time counts, a no waits for a yes, the newest form is decided."""
    offers = Availability(volunteer_id="ana", start=hours(0)[0], end=hours(1)[1])
    counter = collecting(availability=(offers, window("bob"), window("cho")))
    now, waits, entry = {0: True, 1: True, 2: False}, dict[int, bool](), 0
    for number, step in enumerate(steps):
        if isinstance(step, dict):
            entry = send(
                counter, form(number, times=tuple(can(d, free) for d, free in step.items()))
            )
            waits = {day: free for day, free in step.items() if day < 2 and now[day] and not free}
            now |= {day: free for day, free in step.items() if day not in waits}
        elif waits:
            decide(counter, [entry], accepted=step)
            now |= waits if step else {}
            waits = {}
        stands = counter.stands(counter.week.now, counter.state(), "ana")
        assert {day: stands.now[hours(day)] for day in now} == now
        assert stands.planned == {hours(0): True, hours(1): True, hours(2): False}
        week = counter.week.refresh()
        bars = {shift for shift, who in week.problem.barred if who == "ana"}
        assert bars == {f"M{day}" for day in (0, 1) if not now[day]}
        person = week.problem.volunteer_by_id["ana"]
        last = week.problem.shift_by_id["M2"]
        assert (week.problem.offers.state(person, last) is not None) is now[2]


@given(st.lists(bodies, max_size=12), st.integers(0, 12))
def test_a_state_that_is_carried_on_is_that_of_all_entries(found: list[Any], cut: int) -> None:
    """Folding in two steps equals folding anew, whatever entries say of one another."""
    counts = (b for b in found if b.kind not in ("told", "withdrawn"))
    at = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    entries = [RecordEntry(number=n, at=at, body=body) for n, body in enumerate(counts, start=1)]
    before = state_of(entries[:cut])
    assert state_of(entries, before) == state_of(entries)
