"""Visits of several steps: by hand, against a simulation by events, and against single steps."""

from __future__ import annotations

import numpy as np
import pytest
from crowds import FOREVER, crowd, fates, seeds, some_citizens, some_days, some_people, team
from events import Person
from hypothesis import example, given
from hypothesis import strategies as st
from step_events import Counter, Visitor

from shiftplan.citizens.draws import VisitCrowd
from shiftplan.citizens.serving import LineOutcome, serve
from shiftplan.citizens.simulate import Conduct
from shiftplan.citizens.stepping import serve_visits

DAY = [(480, 720)]


def visits(runs: list[list[Visitor]], most: int | None = None) -> VisitCrowd:
    """Visitors of several runs, side by side."""
    everybody = [(r, v) for r, visitors in enumerate(runs) for v in visitors]
    most = most or max((len(v.steps) for _, v in everybody), default=1)
    steps = np.full((len(everybody), most), -1)
    minutes = np.zeros((len(everybody), most))
    for i, (_, v) in enumerate(everybody):
        for j, step in enumerate(v.steps):
            steps[i, j], minutes[i, j] = step
    columns = ([r for r, _ in everybody], [v.time for _, v in everybody])
    rest = ([v.language for _, v in everybody], [v.leave for _, v in everybody])
    return VisitCrowd(
        np.array(columns[0], int),
        np.array(columns[1], float),
        steps[:, 0],
        np.array(rest[0], int),
        minutes[:, 0],
        np.array(rest[1], float),
        steps,
        minutes,
    )


def lived(found: LineOutcome) -> list[tuple[str, float, float, bool]]:
    """How it ended for each visitor, minutes in the line in all and at first, own language."""
    return [
        (kind, wait, first, own)
        for (kind, wait, own), first in zip(fates(found), found.first_wait.tolist(), strict=True)
    ]


def one_day(visitors: list[Visitor], people: list[Person], **conduct) -> list:
    """Fates of one run in which everybody comes."""
    services = 1 + max(s for v in visitors for s, _ in v.steps)
    languages = max(v.language for v in visitors)
    there = team(people, services, languages)
    present = np.ones((1, len(there.members)), bool)
    return lived(serve_visits(visits([visitors]), there, present, Conduct(**conduct)))


def visit(time: float, *steps: tuple[int, float], language: int = 0, leave: float = FOREVER):
    return Visitor(time, list(steps), language, leave)


def some_visitors(rng: np.random.Generator, services: int, languages: int) -> list[Visitor]:
    """The citizens of `some_citizens`, most of them with further steps."""
    return [
        Visitor(
            c.time,
            [(c.service, c.minutes)]
            + [
                (int(rng.integers(services)), float(20 * rng.exponential()))
                for _ in range(rng.integers(4))
            ],
            c.language,
            c.leave,
        )
        for c in some_citizens(rng, services, languages)
    ]


def test_one_person_goes_on_with_all_steps() -> None:
    """The second visitor waits for both steps of the first: 4 + 20 minutes."""
    both = Person(DAY, {0, 1}, set())

    found = one_day([visit(500, (0, 4), (1, 20)), visit(501, (0, 4))], [both])

    assert found == [("served", 0, 0, False), ("served", 23, 23, False)]


def test_the_rest_of_a_visit_goes_before_those_who_came_later() -> None:
    """Ana gives tickets, Bob files: the first is back at 504, before the second, who came at 501.

    Bob is with the visitor of 480 until 510; then the first goes before the second.
    """
    ana, bob = Person(DAY, {0}, set()), Person(DAY, {1}, set())
    visitors = [visit(480, (1, 30)), visit(500, (0, 4), (1, 20)), visit(501, (1, 5))]

    found = one_day(visitors, [ana, bob])

    assert [wait for _, wait, _, _ in found] == [0, 6, 29]
    assert [first for _, _, first, _ in found] == [0, 0, 29]


def test_patience_counts_the_waits_of_all_steps() -> None:
    """Ten minutes of patience: five are used up before the first step, the rest after it."""
    ana, bob = Person(DAY, {0}, set()), Person(DAY, {1}, set())
    visitors = [visit(480, (0, 10)), visit(481, (1, 60)), visit(485, (0, 4), (1, 9), leave=495)]

    found = one_day(visitors, [ana, bob])

    # 485 to 490 in the line, helped until 494, in the line until 499.
    assert found[2] == ("gave_up", 10, 5, False)


def test_a_step_that_nobody_can_help_with_sends_the_visitor_away() -> None:
    """The first step is done, the visit is not."""
    found = one_day([visit(500, (0, 4), (1, 20))], [Person(DAY, {0}, set())])

    assert found == [("cut", 0, 0, False)]


def test_a_visit_is_in_its_language_if_all_steps_are() -> None:
    """Ana speaks it and gives tickets; nobody who files does."""
    ana, bob = Person(DAY, {0}, {1}), Person(DAY, {1}, set())

    found = one_day(
        [visit(500, (0, 4), language=1), visit(510, (0, 4), (1, 20), language=1)], [ana, bob]
    )

    assert [own for *_, own in found] == [True, False]


def test_help_in_another_language_takes_longer_in_each_step() -> None:
    """Ten minutes become fifteen, so the next visitor waits five more."""
    bob = Person(DAY, {0}, set())

    found = one_day([visit(500, (0, 10), language=1), visit(501, (0, 1))], [bob])

    assert found[1] == ("served", 14, 14, False)


def test_officials_of_one_service_hand_on_the_rest() -> None:
    """Two at the first counter and one at the second: the second line is the longer one."""
    counters = [Person(DAY, {0}, set()), Person(DAY, {0}, set()), Person(DAY, {1}, set())]

    found = one_day([visit(500, (0, 2), (1, 10)) for _ in range(3)], counters)

    # All but the third begin at 500; filing begins at 502, 512 and 522.
    assert [wait for _, wait, _, _ in found] == [0, 10, 20]


@given(seeds, st.integers(1, 3), st.integers(0, 2), st.sampled_from(["finish", "cut"]))
@example(1, 3, 2, "finish")
@example(2, 3, 2, "cut")
@example(3, 2, 1, "cut")
def test_visits_are_those_of_events(seed, services, languages, closing):
    """Every visitor meets exactly the same fate in a simulation that follows the clock."""
    rng = np.random.default_rng(seed)
    people = some_people(rng, services, languages)
    runs = [some_visitors(rng, services, languages) for _ in range(3)]
    there = team(people, services, languages)
    days, present = some_days(rng, people)

    found = lived(serve_visits(visits(runs), there, present, Conduct(closing=closing)))

    expected = []
    for visitors, at_work in zip(runs, days, strict=True):
        expected += Counter(visitors, at_work, closing, 1.5).run()
    for one, other in zip(found, expected, strict=True):
        assert (one[0], one[3]) == (other[0], other[3])
        assert one[1:3] == pytest.approx(other[1:3], abs=1e-9)


@given(seeds, st.integers(1, 3), st.integers(0, 2), st.sampled_from(["finish", "cut"]))
@example(1, 3, 2, "finish")
@example(2, 3, 2, "cut")
def test_visits_of_one_step_fare_as_requests(seed, services, languages, closing):
    """Both simulations agree exactly, also where some people stay away."""
    rng = np.random.default_rng(seed)
    people = some_people(rng, services, languages)
    runs = [some_citizens(rng, services, languages) for _ in range(3)]
    there = team(people, services, languages)
    present = rng.random((3, len(there.members))) < 0.8
    single = crowd(runs)
    steps = VisitCrowd(
        **vars(single), steps=single.service[:, None], step_minutes=single.minutes[:, None]
    )

    one = serve(single, there, present, Conduct(closing=closing))
    other = serve_visits(steps, there, present, Conduct(closing=closing))

    for name, values in vars(one).items():
        np.testing.assert_array_equal(values, getattr(other, name), err_msg=name)
