"""What holds for every week, roster and attendance."""

from __future__ import annotations

import datetime as dt
import tempfile
from math import fsum
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import costly
from strategies import problems, rosters

from shiftplan import Problem, Roster
from shiftplan.case.case import Case
from shiftplan.files import read_ledger, write_ledger
from shiftplan.seasons import Ledger, Memory, Turnout
from shiftplan.seasons.ledger import STATES, Totals
from shiftplan.week.scope import EVERY

SUMS = ("shifts_offered", "shifts_worked", "hours_offered", "hours_worked", "undesired_worked")
SHARES = (("shifts_worked", "shifts_offered"), ("hours_worked", "hours_offered"))
quick = settings(costly(0.3), deadline=None)


def attendance(draw: st.DrawFn, problem: Problem, roster: Roster) -> list[Turnout]:
    """Any states of planned shifts, and reserves who were called."""
    rows = []
    for shift in problem.shifts:
        for volunteer in problem.volunteers:
            pair = (shift.shift_id, volunteer.volunteer_id)
            states = STATES[:3] if pair in roster else STATES[3:]
            state = draw(st.sampled_from([None, *states]))
            if state is not None:
                rows.append(Turnout(shift_id=pair[0], volunteer_id=pair[1], state=state))
    return rows


Worked = tuple[Problem, Roster, list[Turnout]]


@st.composite
def worked_weeks(draw: st.DrawFn) -> Worked:
    """A problem, a roster of known ids, and how it turned out."""
    problem = draw(problems())
    known = {(s.shift_id, v.volunteer_id) for s in problem.shifts for v in problem.volunteers}
    roster = Roster.of(p for p in draw(rosters(problem)).assignments if p in known)
    return problem, roster, attendance(draw, problem, roster)


@st.composite
def seasons(draw: st.DrawFn) -> list[Worked]:
    """One to three different weeks of the same people: the problem's dates, moved."""
    problem, roster, rows = draw(worked_weeks())
    weeks = [(problem, roster, rows)]
    for _ in range(draw(st.integers(0, 2))):
        last = weeks[-1][0]
        start = last.horizon.end + dt.timedelta(draw(st.integers(0, 9)))
        moved = Problem.model_construct(**dict(last))
        moved = moved.model_copy(
            update={"horizon": last.horizon.model_copy(update={"start": start}), "shifts": ()}
        )
        step = start - last.horizon.start
        shifts = tuple(
            s.model_copy(update={"start": s.start + step, "end": s.end + step}) for s in last.shifts
        )
        windows = tuple(
            w.model_copy(update={"start": w.start + step, "end": w.end + step})
            for w in last.availability
        )
        moved = moved.model_copy(update={"shifts": shifts, "availability": windows})
        known = {(s.shift_id, v.volunteer_id) for s in shifts for v in moved.volunteers}
        roster = Roster.of(p for p in draw(rosters(moved)).assignments if p in known)
        weeks.append((moved, roster, attendance(draw, moved, roster)))
    return weeks


def ledger_of(weeks: list[Worked]) -> Ledger:
    ledger = Ledger()
    for problem, roster, rows in weeks:
        ledger = ledger.record(problem, roster, rows)
    return ledger


def by_person(ledger: Ledger, memory: Memory | None = None) -> dict[str, Totals]:
    return {t.volunteer_id: t for t in ledger.totals(memory)}


memories = st.builds(
    Memory, decay=st.floats(0.01, 1), weeks=st.none() | st.integers(1, 4), since=st.none()
)


@quick
@given(seasons(), memories, st.data())
def test_being_ill_never_raises_the_load(
    weeks: list[Worked], memory: Memory, data: st.DataObject
) -> None:
    """One shift more that is excused: the person's loads do not rise, nobody else's change."""
    places = [
        (w, pair)
        for w, (_, roster, rows) in enumerate(weeks)
        for pair in set(roster.assignments)
        if all((r.shift_id, r.volunteer_id, r.state) != (*pair, "excused") for r in rows)
    ]
    if not places:
        return
    where, pair = data.draw(st.sampled_from(sorted(places)))
    problem, roster, rows = weeks[where]
    came = [row for row in rows if (row.shift_id, row.volunteer_id) != pair]
    ill = [*came, Turnout(shift_id=pair[0], volunteer_id=pair[1], state="excused")]

    def totals(turnouts: list[Turnout]) -> dict[str, Totals]:
        other = [*weeks[:where], (problem, roster, turnouts), *weeks[where + 1 :]]
        return by_person(ledger_of(other), memory)

    well, unwell = totals(came), totals(ill)
    who = pair[1]
    for done, offered in SHARES:
        before, now = well[who], unwell[who]
        # now_done / now_offered <= done / offered, without a division; 0 of 0 is no load
        left = getattr(now, done) * getattr(before, offered)
        assert left <= getattr(before, done) * getattr(now, offered) * (1 + 1e-12)
    shares = {v: [getattr(t, n) for n in SUMS] for v, t in well.items() if v != who}
    assert shares == {v: [getattr(t, n) for n in SUMS] for v, t in unwell.items() if v != who}


@quick
@given(seasons(), st.randoms())
def test_the_order_of_recording_does_not_matter(weeks: list[Worked], chance: object) -> None:
    """Weeks may be handed in late: the ledger is the same."""
    shuffled = list(weeks)
    chance.shuffle(shuffled)

    assert ledger_of(shuffled) == ledger_of(weeks)
    assert ledger_of(shuffled).to_json() == ledger_of(weeks).to_json()


@quick
@given(seasons(), st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=9))
def test_json_keeps_everything(weeks: list[Worked], name: str) -> None:
    """What was written is read back as an equal ledger, also with strange names."""
    problem = weeks[0][0]
    people = tuple(v.model_copy(update={"name": name.strip()}) for v in problem.volunteers)
    weeks[0] = (problem.model_copy(update={"volunteers": people}), *weeks[0][1:])
    ledger = ledger_of(weeks)
    for known in ledger.totals()[:1]:
        ledger = ledger.confirm(known.volunteer_id, "skill, =1+1", 2, problem.horizon.start)

    assert Ledger.model_validate_json(ledger.to_json()) == ledger
    with tempfile.TemporaryDirectory() as folder:
        for file in (Path(folder) / "ledger.json", Path(folder) / "ledger.csv"):
            write_ledger(ledger, file)
            text = file.read_bytes()
            again = read_ledger(file)
            write_ledger(again, file)
            assert file.read_bytes() == text
            assert [figures(t) for t in again.totals()] == [figures(t) for t in ledger.totals()]
            assert file.suffix == ".csv" or again == ledger


@quick
@given(seasons(), memories)
def test_totals_are_hand_sums(weeks: list[Worked], memory: Memory) -> None:
    """Sums of the entries, each times decay to the power of its age; plain with decay 1."""
    ledger = ledger_of(weeks)
    end = max(week.end for week in ledger.weeks)

    for plain in (False, True):
        found = by_person(ledger, None if plain else memory)
        for who, totals in found.items():
            for name in SUMS:
                parts = []
                for week in ledger.weeks:
                    age = (end - week.end).days // 7
                    kept = plain or memory.weeks is None or age < memory.weeks
                    factor = 1.0 if plain else memory.decay**age
                    parts += [
                        factor * getattr(e, name)
                        for e in week.entries
                        if kept and e.volunteer_id == who
                    ]
                assert getattr(totals, name) == pytest.approx(fsum(parts), rel=1e-12)
    last = weeks[-1][0]
    after = last.model_copy(
        update={"horizon": last.horizon.model_copy(update={"start": end}), "history": ()}
    )
    plain_sums = memory.model_copy(update={"call_credit": 0})
    rows = {h.volunteer_id: h for h in ledger.history(after, plain_sums)}
    assert {w: [getattr(h, n) for n in SUMS] for w, h in rows.items()} == {
        w: [getattr(t, n) for n in SUMS] for w, t in by_person(ledger, memory).items()
    }


@quick
@given(seasons(), memories, st.floats(0, 1))
def test_calls_in_vain_only_ever_raise_the_load(
    weeks: list[Worked], memory: Memory, credit: float
) -> None:
    """They never lower a share, and no share is above 1: what is credited was offered too."""
    ledger = ledger_of(weeks)
    after = weeks[-1][0].model_copy(update={"history": ()})
    horizon = after.horizon.model_copy(update={"start": max(w.end for w in ledger.weeks)})
    after = after.model_copy(update={"horizon": horizon})
    before, now = (
        {h.volunteer_id: h for h in ledger.history(after, memory.model_copy(update=update))}
        for update in ({"call_credit": 0}, {"call_credit": credit})
    )

    for who, row in now.items():
        for done, offered in SHARES:
            old, new = before[who], getattr(row, done)
            assert new <= getattr(row, offered)
            assert new * getattr(old, offered) >= getattr(old, done) * getattr(row, offered) * (
                1 - 1e-12
            )


@quick
@given(seasons(), st.data())
def test_illness_teaches_nothing_about_who_comes(weeks: list[Worked], data: st.DataObject) -> None:
    """A shift that was excused leaves no trace: it counts as if it had not been planned."""
    problem, roster, rows = weeks[0]
    if not set(roster.assignments):
        return
    pair = data.draw(st.sampled_from(sorted(set(roster.assignments))))
    others = [row for row in rows if (row.shift_id, row.volunteer_id) != pair]
    ill = [*others, Turnout(shift_id=pair[0], volunteer_id=pair[1], state="excused")]
    without = Roster.of(a for a in roster.assignments if a != pair)

    shows = Ledger().record(problem, roster, ill).weeks[0].shows

    assert shows == Ledger().record(problem, without, others).weeks[0].shows


@quick
@given(worked_weeks())
def test_offers_are_those_of_the_rule_fairness(week: Worked) -> None:
    """Where a roster gives nobody more than they offered and nobody is excused.

    What occupies people and counts as shifts is both offered and worked.
    """
    problem, _, _ = week
    case = Case(problem, Roster())

    entries = {e.volunteer_id: e for e in Ledger().record(problem, Roster()).weeks[0].entries}

    for volunteer in problem.volunteers:
        entry = entries.get(volunteer.volunteer_id)
        beside = sum(n for _, n in case.occupied_on(volunteer, "counted_shifts", EVERY))
        assert (entry.shifts_offered if entry else 0) == case.offers.count(volunteer) + beside


def figures(totals: Totals) -> list[object]:
    """All that a table can hold."""
    names = [*SUMS, "volunteer_id", "weeks", "wishes", "wishes_met", "mentored"]
    return [getattr(totals, n) for n in [*names, "called", "asked", "excused", "absent", "load"]]
