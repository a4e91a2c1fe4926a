"""Months joined of weeks, provinces joined to one problem, and parts cut from a week."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from provinces import later, province
from towns import town

from benchmarks.month import month
from benchmarks.regions import cut, join
from benchmarks.sources import regions, week_folders
from shiftplan import InputError, Problem, Roster, check
from shiftplan.files import write_week
from shiftplan.solving.building import build


@pytest.fixture
def week() -> Problem:
    return town(3, 8)


@pytest.fixture
def fortnight(week: Problem) -> Problem:
    return month([week, later(week, 1)], share=0.75)


def test_a_month_has_the_shifts_and_needs_of_all_weeks(week: Problem, fortnight: Problem) -> None:
    """Tables of single weeks are put together; people, centers and history are the first week's."""
    assert fortnight.horizon.days == 14
    for name in ("shifts", "requirements", "availability"):
        assert len(getattr(fortnight, name)) == 2 * len(getattr(week, name))
    assert fortnight.centers == week.centers
    assert fortnight.history == week.history
    assert [v.skills for v in fortnight.volunteers] == [v.skills for v in week.volunteers]


def test_limits_of_a_month_are_a_share_of_the_weeks(week: Problem, fortnight: Problem) -> None:
    """With 0.75, two weeks of at most 3 make ceil(4.5) = 5; at least 1 a week makes 2."""
    three = next(i for i, v in enumerate(week.volunteers) if v.max_shifts == 3)

    assert fortnight.volunteers[three].max_shifts == 5
    assert fortnight.volunteers[three].min_shifts == 2


def test_weekly_limits_stay_weekly(week: Problem, fortnight: Problem) -> None:
    """Three shifts in one week break a weekly limit of 2, though the month allows 3."""
    person = next(v for v in week.volunteers if v.max_shifts == 2)
    shifts = [s for s in week.shifts if s.center_id == person.home_center_id][:3]

    score = check(fortnight, Roster.of((s.shift_id, person.volunteer_id) for s in shifts))

    assert "max_shifts" not in score.hard
    assert score.hard["max_shift_count"] == 1


def test_people_who_are_not_in_the_first_week_are_left_out(week: Problem) -> None:
    """What a later week says of others does not enter the month."""
    second = later(town(3, 9), 1)

    joined = month([week, second])

    assert {a.volunteer_id for a in joined.availability} <= {
        v.volunteer_id for v in week.volunteers
    }


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (lambda week: later(week, 2), "the week before ends at the start of"),
        (lambda week: later(town(2, 8), 1), "have the same centers"),
        (lambda week: later(town(3, 8, rules=week.rules[:2]), 1), "have the same rules"),
    ],
)
def test_weeks_that_do_not_fit_are_refused(week: Problem, second, message: str) -> None:
    """Weeks follow each other, and have the same centers and rules."""
    with pytest.raises(InputError, match=message):
        month([week, second(week)])


def test_a_shift_id_in_two_weeks_is_refused(week: Problem) -> None:
    """Ids of shifts are unique in the month."""
    second = later(week, 1)
    ids = {s.shift_id: first.shift_id for s, first in zip(second.shifts, week.shifts, strict=True)}
    clash = Problem.model_validate(
        dict(second)
        | {
            name: tuple(
                row.model_copy(update={"shift_id": ids[row.shift_id]})
                for row in getattr(second, name)
            )
            for name in ("shifts", "requirements")
        }
    )

    with pytest.raises(InputError, match="is in two weeks"):
        month([week, clash])


def test_a_part_holds_the_people_of_its_centers(week: Problem) -> None:
    """Everything in a part concerns its centers, and nothing of theirs is lost."""
    part = cut(week, 2)

    centers = {c.center_id for c in part.centers}
    homes = [v.home_center_id for v in week.volunteers]
    assert len(centers) == 2
    assert len(part.volunteers) == sum(home in centers for home in homes)
    assert len(part.shifts) == sum(s.center_id in centers for s in week.shifts)
    assert {h.volunteer_id for h in part.history} == {v.volunteer_id for v in part.volunteers}
    assert part.rules == week.rules


def test_parts_grow_around_the_same_middle() -> None:
    """A smaller part lies in every larger one, and the whole is a part of itself."""
    whole = town(6, 12)

    parts = [{c.center_id for c in cut(whole, n).centers} for n in range(1, 7)]

    assert all(small < large for small, large in pairwise(parts))
    assert cut(whole, 6) == whole


def test_a_part_larger_than_the_whole_is_refused(week: Problem) -> None:
    """More centers than there are cannot be cut."""
    with pytest.raises(ValueError, match="4 centers wanted, there are 3"):
        cut(week, 4)


def test_joined_provinces_are_one_problem() -> None:
    """All centers and people are there, with ids of their own, and the parts' pairs remain."""
    parts = [province(1), province(2)]

    joined = join(parts)

    assert len(joined.centers) == 4
    assert [v.volunteer_id for v in joined.volunteers][::4] == ["1:V000", "2:V000"]
    pairs = [build(p).program().num_pairs for p in (*parts, joined)]
    assert pairs[2] >= pairs[0] + pairs[1]


def test_provinces_of_different_weeks_are_refused() -> None:
    """Only provinces with one horizon make one problem."""
    with pytest.raises(ValueError, match="horizon of"):
        join([province(1), later(province(2), 1)])


def test_sizes_take_as_many_weeks_as_they_need(tmp_path: Path) -> None:
    """Sizes up to the first week are cut from it; those beyond all weeks are left out."""
    for number in (1, 2):
        write_week(province(number), tmp_path / f"p{number}")

    sources = regions(week_folders(tmp_path), [1, 2, 3, 5])

    assert [(s.num_centers, len(s.paths)) for s in sources] == [(1, 1), (2, 1), (3, 2)]
