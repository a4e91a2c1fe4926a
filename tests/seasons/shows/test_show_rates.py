"""Show rates that are learned: known ones are found again, and few observations say little."""

from __future__ import annotations

import datetime as dt
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import costly
from records import NOON, Known, drawn, mean_of, record_of

from shiftplan.seasons import Show, show_rates
from shiftplan.testing.pictures import MONDAY, parse, plan
from shiftplan.week.records import Volunteer


@pytest.fixture(scope="module")
def known() -> Known:
    return drawn(1)


def test_known_rates_are_found_again(known: Known) -> None:
    """For few shifts far better than each person's share; for many no worse."""
    found = np.array([row.chance.mean for row in known.learned().people])

    def error(rates: np.ndarray, chosen: np.ndarray) -> float:
        return float(np.sqrt(np.mean((rates - known.rates)[chosen] ** 2)))

    few, many = known.counts < 5, known.counts >= 40
    assert error(found, few) < 0.5 * error(known.raw, few)
    assert error(found, many) < 1.02 * error(known.raw, many)


@pytest.mark.parametrize("deviation", [0.4, 0.8])
def test_nine_in_ten_true_rates_are_inside_their_interval(deviation: float) -> None:
    """Of 300 people, also of those with few shifts."""
    known = drawn(2, deviation=deviation)
    rows = known.learned().people

    inside = np.array(
        [r.chance.low <= rate <= r.chance.high for r, rate in zip(rows, known.rates, strict=True)]
    )

    assert 0.85 <= inside.mean() <= 0.96
    assert 0.82 <= inside[known.counts < 5].mean() <= 0.99


def test_hours_and_answers_change_the_chance(known: Known) -> None:
    """As they were drawn: the early shift and those who confirmed are better, silence is worse."""
    rates = known.learned()
    found = {(row.of, row.level): row.chance for row in rates.effects}

    confirmed, silent = found["answer", "confirmed"], found["answer", "unanswered"]
    assert silent.high < found["answer", ""].low < found["answer", ""].high < confirmed.low
    assert found["hour", "13"].high < found["hour", "7"].low
    assert all(of != "notice" for of, _ in found)  # it is always unknown
    assert sum(row.shifts for row in rates.effects if row.of == "answer") == len(known.shows)
    # And so they change the chance of each person: averaged where nothing is said.
    yes, no = (rates.chance("v000", answer=a).mean for a in ("confirmed", "unanswered"))
    assert no < mean_of(rates, "v000") < yes
    monday = dt.datetime.combine(MONDAY, dt.time(7))
    assert rates.chance("v000", monday, answer="confirmed").mean > yes


def test_a_group_draws_those_who_were_seldom_seen(known: Known) -> None:
    """Somebody new is taken for a student or a worker, and for neither where that is unknown."""
    new = [Volunteer(volunteer_id=who, group=(who,)) for who in ("student", "worker")]
    rates = show_rates(known.shows, [*known.people, *new])

    student, worker, stranger = (mean_of(rates, who) for who in ("student", "worker", "nobody"))

    assert student < stranger < worker


def test_each_show_moves_the_rate_its_way() -> None:
    """The more often somebody came, of ten, the higher the rate; nobody else's rank changes it."""
    others = [show for i in range(20) for show in record_of("+++++++++-", f"v{i}")]
    found = [
        mean_of(show_rates([*record_of("+" * n + "-" * (10 - n)), *others])) for n in range(11)
    ]

    assert found == sorted(found)
    assert len(set(found)) == 11


def test_few_shows_stay_near_the_others_and_many_near_the_own_share() -> None:
    """One absence of one shift is luck; thirty of sixty are half."""
    others = [show for i in range(30) for show in record_of("+++++++++-" * 3, f"v{i}")]
    chances = [show_rates([*record_of(s), *others]).chance("ana") for s in ("-", "+-" * 30)]

    assert chances[0].mean > 0.8
    assert chances[1].mean == pytest.approx(0.5, abs=0.12)
    assert chances[1].high - chances[1].low < 0.25


@pytest.mark.parametrize("came", ["+", "-", "+" * 60, "-" * 60])
@pytest.mark.parametrize("people", [1, 30])
def test_extremes_stay_rates(came: str, people: int) -> None:
    """All or nobody came, one person or several, one shift or many."""
    rates = show_rates([show for i in range(people) for show in record_of(came, f"v{i}")])

    for row in rates.people:
        assert 0 < row.chance.low < row.chance.mean < row.chance.high < 1
    assert (mean_of(rates, "v0") > 0.85) == (came[0] == "+")
    if len(came) == 60:
        assert abs(mean_of(rates, "v0") - (came[0] == "+")) < 0.05


def test_without_shows_everybody_has_the_rate_of_the_table() -> None:
    """And how sure that is, nobody knows."""
    people = [Volunteer(volunteer_id="ana", show_rate=0.7), Volunteer(volunteer_id="bob")]
    rates = show_rates([], people)

    assert [(r.volunteer_id, r.shifts, r.chance.mean) for r in rates.people] == [
        ("ana", 0, 0.7),
        ("bob", 0, 1.0),
    ]
    assert rates.chance("cam").mean == 1.0
    assert (rates.chance("ana").low, rates.chance("ana").high) == (0, 1)
    assert rates.effects == ()
    assert rates.applied_to(people) == tuple(people)


def test_a_stated_rate_counts_as_a_few_shows() -> None:
    """It matters while somebody was seen twice, and hardly after sixty shifts."""
    others = [show for i in range(30) for show in record_of("+++++++++-", f"v{i}")]

    def found(came: str, rate: float) -> float:
        person = Volunteer(volunteer_id="ana", show_rate=rate)
        return mean_of(show_rates([*record_of(came), *others], [person]))

    assert found("++", 0.5) < found("++", 1) - 0.01
    assert found("+++-" * 15, 0.5) == pytest.approx(found("+++-" * 15, 1), abs=0.02)
    # Whoever was never seen keeps it; 1 is the default of the column and says nothing.
    assert found("", 0.6) == pytest.approx(0.6, abs=0.04)
    assert found("", 1) == pytest.approx(0.9, abs=0.03)


def test_rates_are_applied_to_whom_they_are_known_of() -> None:
    """To a percent; a stated rate of somebody never seen is left alone, to the last digit."""
    shows = record_of("+++++-") + record_of("++++++", "bob")
    people = [
        Volunteer(volunteer_id=who, show_rate=rate)
        for who, rate in (("ana", 0.9), ("bob", 1), ("cam", 0.777), ("dan", 1))
    ]
    rates = show_rates(shows, people)

    found = {v.volunteer_id: v.show_rate for v in rates.applied_to(people)}

    assert found == {
        "cam": 0.777,
        **{who: round(mean_of(rates, who), 2) for who in ("ana", "bob", "dan")},
    }
    assert found["ana"] < found["bob"] < 1


def test_learning_again_from_what_was_applied_hardly_moves_it() -> None:
    """The table has last week's rate next week: it must not count as news of its own."""
    shows = [show for i in range(40) for show in record_of("+" * i + "-" * (45 - i), f"v{i}")]
    people = [Volunteer(volunteer_id=f"v{i}") for i in range(40)]
    first = show_rates(shows, people).applied_to(people)
    again = first
    for _ in range(5):
        again = show_rates(shows, again).applied_to(again)

    for old, new in zip(first, again, strict=True):
        assert new.show_rate == pytest.approx(old.show_rate, abs=0.03)


def test_weights_count() -> None:
    """A show with weight 0 is not seen; two halves are one."""
    shows = record_of("+-+--") + record_of("+++++", "bob")
    whole = show_rates(shows)

    without = show_rates([*shows, *record_of("-" * 20, "bob")], weights=[1.0] * 10 + [0.0] * 20)
    halves = show_rates(shows * 2, weights=[0.5] * 20)

    assert without.people == whole.people
    assert [r.chance.mean for r in halves.people] == pytest.approx(
        [r.chance.mean for r in whole.people]
    )


def test_chances_of_a_week_follow_answers_and_notice() -> None:
    """For each assignment that the week knows; moments may be in another time zone."""
    shows = [
        *(s for i in range(20) for s in record_of("++++-", f"v{i}", notice_hours=100)),
        *(s for i in range(20) for s in record_of("+-+-+", f"v{i}", notice_hours=3)),
    ]
    problem, roster = plan("M", "ana bob"), parse("ana M . . . . . .\nbob M M . . . . .")
    start = problem.shifts[0].start
    rates = show_rates(shows)

    found = rates.chances(
        problem,
        parse("ana M . . . . . .\nbob M M . . . . .\ncam M . . . . . ."),
        told={
            ("M0", "ana"): (start - dt.timedelta(hours=10)).replace(tzinfo=dt.UTC),
            ("M0", "bob"): start - dt.timedelta(hours=100),
        },
    )

    assert set(found) == {tuple(a) for a in roster.assignments}
    assert found["M0", "ana"] < found["M0", "bob"]
    # The clock of UTC is 7 hours behind that of Vietnam: ana has 3 hours.
    for who, hours in (("ana", 3), ("bob", 100)):
        expected = rates.chance(who, start, notice_hours=hours).mean
        assert found["M0", who] == pytest.approx(expected)
    assert found["M1", "bob"] == pytest.approx(rates.chance("bob", problem.shifts[1].start).mean)


shows_of_any_kind = st.lists(
    st.builds(
        Show,
        volunteer_id=st.sampled_from(["ana", "bob", "cam", "=1+1"]),
        start=st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2199, 12, 31)).map(
            lambda t: t.replace(second=0, microsecond=0, fold=0)
        ),
        came=st.booleans(),
        notice_hours=st.none() | st.integers(0, 1_000_000),
        answer=st.sampled_from([None, "confirmed", "unanswered"]),
    ),
    max_size=12,
)


@settings(costly(0.3), deadline=None)
@given(
    shows_of_any_kind,
    st.lists(st.floats(0, 1), min_size=3, max_size=3),
    st.randoms(use_true_random=False),
)
def test_any_record_gives_chances(
    shows: list[Show], stated: list[float], chance: random.Random
) -> None:
    """Between 0 and 1, in order, whatever was seen and stated; in any order of shows."""
    people = [
        Volunteer(volunteer_id=who, show_rate=rate, group=("g", who))
        for who, rate in zip(("ana", "bob", "new"), stated, strict=True)
    ]
    rates = show_rates(shows, people)
    shuffled = list(shows)
    chance.shuffle(shuffled)

    for row in rates.people:
        assert 0 <= row.chance.low <= row.chance.mean <= row.chance.high <= 1
    for row in rates.effects:
        assert 0 <= row.chance.low <= row.chance.mean <= row.chance.high <= 1
    other = show_rates(shuffled, people).people
    assert [r.chance.mean for r in other] == pytest.approx([r.chance.mean for r in rates.people])
    assert [r.came for r in other] == [r.came for r in rates.people]
    found = rates.chance("ana", NOON, notice_hours=5, answer="confirmed")
    assert 0 <= found.low <= found.mean <= found.high <= 1
