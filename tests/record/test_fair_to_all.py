"""From the record of a week through the ledger to the next: illness costs nothing, calls count."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from told_weeks import done

from shiftplan import Problem, Roster, open_week, read_roster, write_week
from shiftplan.problem.changes import Absence
from shiftplan.record import LiveWeek, ShiftAnswer, turned_out
from shiftplan.seasons import Ledger, Turnout
from shiftplan.seasons.ledger import Entry, WorkedWeek
from shiftplan.testing.pictures import parse, plan, window
from shiftplan.week.requirements import Requirement

PEOPLE = ("ana", "bob", "cho", "dan")
RULES = (
    {"rule": "coverage", "level": 1, "weight": 100},
    {"rule": "one_place"},
    {"rule": "fairness", "level": 2, "weight": 50},
)
REPORTS = ("absence", "day", "declined", "excused")
"""How an illness is recorded: for the whole week, for a day, as an answer, as attendance."""
COUNTS = st.integers(0, 9)
PAIRS = st.sets(st.tuples(st.sampled_from(("M0", "M1", "M2")), st.sampled_from(PEOPLE)), min_size=1)


def mornings(days: int, people: Sequence[str] = PEOPLE) -> Problem:
    """Mornings that want one person each; everybody can come to all."""
    needs = tuple(Requirement(shift_id=f"M{day}", minimum=1, target=1) for day in range(days))
    windows = tuple(map(window, people))
    names = " ".join(people)
    return plan("M", names, days, requirements=needs, availability=windows, rules=RULES)


def earlier(worked: int, more: int) -> Ledger:
    """A ledger in which everybody worked as many of the shifts that they offered."""
    entries = tuple(
        Entry(volunteer_id=who, shifts_worked=worked, shifts_offered=worked + more)
        for who in PEOPLE
    )
    return Ledger(weeks=(WorkedWeek(start=dt.date(2026, 11, 2), entries=entries),))


def loads(ledger: Ledger) -> dict[str, float]:
    return {row.volunteer_id: row.load or 0.0 for row in ledger.totals()}


@given(
    PAIRS, st.data(), st.sampled_from(REPORTS), st.booleans(), st.integers(0, 9), st.integers(0, 9)
)
def test_nobody_is_punished_for_an_illness(
    pairs: set[tuple[str, str]],
    data: st.DataObject,
    report: str,
    is_replaced: bool,
    worked: int,
    more: int,
) -> None:
    """However it is recorded, and whether somebody else was told the shift or nobody.

    The load of who was ill never rises, nor does anybody's who did not take over; and it is no
    evidence that the person does not come.
    """
    live, before = LiveWeek(mornings(3)), earlier(worked, more)
    live.publish(live.draft(Roster.of(pairs)).number, even_if_poor=True)
    usual = turned_out(live).added_to(before)
    where, ill = data.draw(st.sampled_from(sorted(pairs)))
    shift = live.files.shift_by_id[where]

    if report == "absence":
        live.record(Absence(volunteer_id=ill))
    elif report == "day":
        live.record(Absence(volunteer_id=ill, start=shift.start, end=shift.end))
    elif report == "declined":
        live.record(answers=[ShiftAnswer(volunteer_id=ill, shift_id=where, answer="declined")])
    else:
        live.record(turnouts=[Turnout(shift_id=where, volunteer_id=ill, state="excused")])
    others = [who for who in PEOPLE if who != ill and (where, who) not in pairs]
    taker = data.draw(st.sampled_from(others)) if is_replaced and others else None
    if taker is not None:
        left = {pair for pair in pairs if pair[1] != ill}
        live.publish(live.draft(Roster.of({*left, (where, taker)})).number, even_if_poor=True)
    came = next((pair for pair in pairs if pair[1] not in (ill, taker)), None)
    if came is not None:
        live.record(turnouts=[Turnout(shift_id=came[0], volunteer_id=came[1])])

    after = turned_out(live).added_to(before)

    now, once = loads(after), loads(usual)
    assert now[ill] <= once[ill]
    assert all(now[who] == once[who] for who in PEOPLE if who not in (ill, taker))
    assert all(show.came for show in after.weeks[-1].shows)
    (entry,) = (e for e in after.weeks[-1].entries if e.volunteer_id == ill)
    assert entry.excused > 0 == entry.absent


def firsts(folder: Path) -> dict[str, str]:
    """Shift -> who is first on its list."""
    with (folder / "reserves.csv").open(encoding="utf-8-sig", newline="") as file:
        return {r["shift_id"]: r["volunteer_id"] for r in csv.DictReader(file) if r["rank"] == "1"}


def test_the_next_week_knows_who_was_ill_and_who_was_called(tmp_path: Path) -> None:
    """Ana was ill; bob and cho worked one of three, and bob was called twice in vain.

    So ana is planned first, as are dan and eve, who did nothing; and bob, whose two calls count as
    half a shift, is called after cho.
    """
    week, following, out = (tmp_path / name for name in ("week", "next", "out"))
    write_week(mornings(3, (*PEOPLE, "eve")), week)
    live = open_week(week)
    live.publish(live.draft(parse("ana  M . .\nbob  . M .\ncho  . . M")).number)

    done("record", week, "--absent", "ana", "--called", "bob: M0: not_reached")
    done("record", week, "--called", "bob: M2: cannot")
    done("ledger", ledger := tmp_path / "ledger.json", "--record", week)
    start = ("--start", "2026-12-14")
    done("new-week", "--from", week, *start, "--ledger", ledger, "--out", following)
    done("plan", following, "--out", out, "--time-limit", "20", "--workers", "1")

    assert read_roster(out / "roster.csv").shifts_of.keys() == {"ana", "dan", "eve"}
    with (out / "reserves.csv").open(encoding="utf-8-sig", newline="") as file:
        order = [r["volunteer_id"] for r in csv.DictReader(file) if r["shift_id"] == "M0"]
    assert order[0] == "cho"
    assert "bob" not in order
