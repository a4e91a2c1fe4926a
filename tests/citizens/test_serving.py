"""The line of a lane, citizen by citizen: by hand, and against a simulation by events."""

from __future__ import annotations

import math

import numpy as np
import pytest
from crowds import FOREVER, crowd, fates, seeds, some_citizens, some_days, some_people, team
from events import Citizen, Lane, Person
from hypothesis import example, given
from hypothesis import strategies as st

from shiftplan.citizens.serving import serve
from shiftplan.citizens.simulate import Conduct


def one_run(citizens: list[Citizen], people: list[Person], **conduct) -> list:
    """Fates of one run in which everybody comes."""
    languages = max((c.language for c in citizens), default=0)
    services = 1 + max((c.service for c in citizens), default=0)
    there = team(people, services, languages)
    present = np.ones((1, len(there.members)), bool)
    return fates(serve(crowd([citizens]), there, present, Conduct(**conduct)))


@given(seeds, st.integers(1, 3), st.integers(0, 2), st.sampled_from(["finish", "cut"]))
@example(1, 3, 2, "finish")
@example(2, 3, 2, "cut")
def test_the_line_is_that_of_events(seed, services, languages, closing):
    """Every citizen meets exactly the same fate in a simulation that follows the clock."""
    rng = np.random.default_rng(seed)
    people = some_people(rng, services, languages)
    runs = [some_citizens(rng, services, languages) for _ in range(3)]
    there = team(people, services, languages)
    days, present = some_days(rng, people)

    found = serve(crowd(runs), there, present, Conduct(closing=closing))

    expected = []
    for citizens, at_work in zip(runs, days, strict=True):
        slow = Lane(citizens, at_work, closing, 1.5).run()
        expected += [(k, m - c.time, f) for c, (k, m, f) in zip(citizens, slow, strict=True)]
    assert fates(found) == expected


@given(seeds, st.integers(1, 5), st.sampled_from(["finish", "cut"]))
def test_one_more_like_the_others_lets_nobody_wait_longer(seed, size, closing):
    """Among people alike, and citizens alike who never give up, one more is never worse.

    With patience, skills or several windows this does not hold: who would have left then takes
    time from others, or a person who was free is busy when the only able one is needed.
    """
    rng = np.random.default_rng(seed)
    citizens = some_citizens(rng, 1, 0)
    for citizen in citizens:
        citizen.leave = FOREVER
    worker = Person([(480, 900)], {0}, set())

    before = one_run(citizens, [worker] * size, closing=closing)
    after = one_run(citizens, [worker] * (size + 1), closing=closing)

    for (old, waited, _), (new, waits, _) in zip(before, after, strict=True):
        assert new == "served" or old != "served"
        assert waits <= waited


def citizen(time: float, minutes: float = 40, **fields) -> Citizen:
    """Somebody who comes for the first service and never gives up."""
    return Citizen(
        **{"service": 0, "language": 0, "leave": FOREVER} | fields, time=time, minutes=minutes
    )


@pytest.mark.parametrize(
    ("closing", "third"), [("finish", ("served", 70, False)), ("cut", ("cut", 50, False))]
)
def test_the_end_of_the_day(closing, third):
    """One person from 480 to 540, 40 minutes each: the second is served until 560.

    The third, who came at 490, is served then, after 70 minutes, or sent away at 540, after 50.
    Who comes at 545 is sent away at once.
    """
    citizens = [citizen(480), citizen(485), citizen(490), citizen(545)]

    found = one_run(citizens, [Person([(480, 540)], {0}, set())], closing=closing)

    assert found == [("served", 0, False), ("served", 35, False), third, ("cut", 0, False)]


def test_patience_ends_before_the_day():
    """Who would be sent away at 540 but loses patience at 500 gives up then; at 600 is too late."""
    citizens = [citizen(480, 200), citizen(490, leave=500), citizen(490, leave=600)]

    found = one_run(citizens, [Person([(480, 540)], {0}, set())], closing="cut")

    assert found == [("served", 0, False), ("gave_up", 10, False), ("cut", 50, False)]


def test_who_gives_up_takes_nobodys_time():
    """The second leaves at 510, before the person is free at 520; the third is served then."""
    citizens = [citizen(480), citizen(485, leave=510), citizen(490)]

    found = one_run(citizens, [Person([(480, 900)], {0}, set())])

    assert found == [("served", 0, False), ("gave_up", 25, False), ("served", 30, False)]


def test_skilled_people_stay_free():
    """The first citizen takes the less able person, so the second need not wait for skill."""
    simple, able = Person([(480, 900)], {0}, set()), Person([(480, 900)], {0, 1}, set())

    found = one_run([citizen(480), citizen(481, service=1)], [simple, able])

    assert found == [("served", 0, False), ("served", 0, False)]


def test_an_able_person_takes_who_waits_longest():
    """A later citizen overtakes only where the person free cannot help the earlier one."""
    simple, able = Person([(480, 900)], {0}, set()), Person([(480, 900)], {0, 1}, set())
    citizens = [
        citizen(480, 30),
        citizen(480, 60, service=1),
        citizen(481, service=1),
        citizen(482),
    ]

    found = one_run(citizens, [simple, able])

    assert [wait for _, wait, _ in found] == [0, 0, 59, 28]


def test_a_person_with_two_windows_is_one_person():
    """Overtime of the morning, from 590 to 640, goes on in the second window at 600."""
    citizens = [citizen(590, 50), citizen(610, 5)]

    found = one_run(citizens, [Person([(480, 600), (600, 700)], {0}, set())])

    assert found == [("served", 0, False), ("served", 30, False)]


def test_a_citizen_waits_for_who_speaks_the_language():
    """The speaker is busy until 520; the citizen waits, although another person is free."""
    speaker, other = Person([(480, 900)], {0, 1}, {1}), Person([(480, 900)], {0}, set())
    citizens = [citizen(480, service=1), citizen(485, language=1)]

    found = one_run(citizens, [other, speaker])

    assert found == [("served", 0, False), ("served", 35, True)]


@pytest.mark.parametrize("speaker", [[], [Person([(780, 900)], {0}, {1})]])
def test_without_the_language_help_takes_longer(speaker):
    """Nobody at work speaks it: help takes 60 minutes, not 40, so the next citizen waits 55."""
    citizens = [citizen(480, language=1), citizen(485)]

    found = one_run(citizens, [Person([(480, 600)], {0}, set()), *speaker])

    assert found == [("served", 0, False), ("served", 55, False)]


def test_a_speaker_without_time():
    """The speaker is busy until 580 but begins with nobody from 540 on: at 540 the wait is over."""
    speaker, other = Person([(480, 540)], {0, 1}, {1}), Person([(480, 900)], {0}, set())
    citizens = [citizen(480, 100, service=1), citizen(485, language=1)]

    found = one_run(citizens, [other, speaker], closing="cut")

    assert found == [("served", 0, False), ("cut", 55, False)]


def test_speakers_who_cannot_help_do_not_count():
    """A speaker without the skill is of no use."""
    helper, speaker = Person([(480, 600)], {1}, set()), Person([(480, 600)], {0}, {1})

    found = one_run([citizen(480, service=1, language=1)], [speaker, helper])

    assert found == [("served", 0, False)]


def test_nobody_at_work():
    """Where nobody comes, everybody is sent away at once, and nobody needs to come for that."""
    assert one_run([citizen(480)], []) == [("cut", 0, False)]
    assert one_run([], [Person([(480, 600)], {0}, set())]) == []
    assert not math.isnan(one_run([citizen(480)], [Person([(600, 660)], {1}, set())])[0][1])
