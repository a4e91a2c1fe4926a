"""People of a season of life: their habits, and how they come and go."""

from __future__ import annotations

from collections.abc import Collection
from random import Random

from benchmarks.people import KINDS, Person, draw_people
from benchmarks.size import HALF_DAYS, Size
from shiftplan.week.records import Center

HOME = Center(center_id="C0")


def drawn(size: Size, exams: Collection[int] = ()) -> list[Person]:
    return draw_people(size, [HOME], exams, Random(1))


def offered(people: list[Person], week: int) -> set[tuple[str, int, int]]:
    """(volunteer id, weekday, hour) of all that is offered in a week."""
    return {
        (person.record.volunteer_id, day, hour)
        for person in people
        for number, day, hour in person.offers
        if number == week
    }


def test_people_keep_habits() -> None:
    """A time that somebody offered in one week is offered in another more often than others are."""
    people = drawn(Size(weeks=4, people=40, leaving=0))
    before, after = offered(people, 0), offered(people, 3)

    again = len(before & after) / len(before)
    others = len(after - before) / (40 * len(HALF_DAYS) - len(before))

    assert again > 2 * others


def test_students_offer_little_while_exams_are_on() -> None:
    """Week 2 of 3 has exams: students offer less than half of what they do before and after."""
    people = drawn(Size(weeks=3, people=60, leaving=0), exams=[1])
    students = [person for person in people if "student" in person.record.group]

    usual, exams, later = (len(offered(students, week)) for week in range(3))

    assert 2 * exams < min(usual, later)


def test_people_leave_and_join() -> None:
    """Nobody offers anything before the first week or after the last; the number stays about so."""
    people = drawn(Size(weeks=20, people=50, leaving=0.02))

    assert len(people) == 50 + 19
    assert min(person.end for person in people) < 20
    for person in people:
        assert {week for week, *_ in person.offers} <= set(range(person.first, person.end))
    # One joins every week, and 1 of 50 leaves.
    there = sum(person.end == 20 for person in people)
    assert 35 <= there <= 65


def test_what_is_promised_a_week_goes_by_the_kind() -> None:
    """Who is no guest may want a certificate; guests work least."""
    people = drawn(Size(people=60))

    for person in people:
        (kind,) = set(person.record.group) - {"certificate"}
        assert person.record.max_shifts == KINDS[kind][1]
        assert kind != "guest" or "certificate" not in person.record.group
