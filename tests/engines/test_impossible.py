"""Rows that cannot hold together by one person, a count or a sum, against all rosters."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pace import costly
from scipy import sparse

from shiftplan.engines import impossible
from shiftplan.engines.impossible import Count, Reasons, impossible_sum
from shiftplan.model import Layout, Program

Row = tuple[list[float], float]


def program(rows: list[Row], upper: list[float] | None = None, pairs: int | None = None) -> Program:
    """Rows of coefficients, each at most its bound; columns up to 1."""
    matrix = np.array([row for row, _ in rows], dtype=float)
    most = np.ones(matrix.shape[1]) if upper is None else np.array(upper)
    bounds = np.array([bound for _, bound in rows])
    return Program.part(sparse.csr_array(matrix), bounds, most, num_pairs=pairs)


def everywhere(who: list[int]) -> Layout:
    """All pairs at one center on one day."""
    return Layout(np.array(who), np.zeros(len(who), dtype=int), np.zeros(len(who), dtype=int))


def reasons(about: Program, who: list[int], nodes: int = 200) -> Reasons:
    return Reasons(about, everywhere(who), seconds=np.inf, nodes=nodes, stopped=lambda: False)


def rosters(about: Program) -> np.ndarray:
    """All values of the columns, one a row."""
    return np.array(list(product((0.0, 1.0), repeat=about.num_columns)))


def hold(about: Program, rows: np.ndarray) -> np.ndarray:
    """Whether all of some rows hold, for each roster."""
    room = about.row_upper[rows, None] - about.matrix[rows] @ rosters(about).T
    return (room >= -1e-9).all(axis=0)


@st.composite
def programs(draw: st.DrawFn) -> tuple[Program, list[int]]:
    """A few people with a few works each, rows of their own, and rows that ask for works."""
    people, works = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    who = [v for v in range(people) for _ in range(works)]
    rows: list[Row] = []
    for v in range(people):
        own = draw(st.lists(st.integers(-1, 2), min_size=works, max_size=works))
        at = [float(c) if w == v else 0.0 for w, c in zip(who, own * people, strict=True)]
        rows.append((at, float(draw(st.integers(-2, 3)))))
    for _ in range(draw(st.integers(1, 4))):
        asks = draw(st.lists(st.booleans(), min_size=len(who), max_size=len(who)))
        rows.append(([-1.0 if a else 0.0 for a in asks], -float(draw(st.integers(0, 4)))))
    return program(rows), who


@costly(0.1)
@given(programs())
def test_rows_that_are_named_cannot_hold_together(case: tuple[Program, list[int]]):
    """No roster keeps them all, so that nothing is named where a roster exists."""
    about, who = case
    rows = reasons(about, who).rows()
    assume(rows is not None)

    assert not hold(about, rows).any()


@costly(0.1)
@given(programs())
def test_a_count_is_never_too_low(case: tuple[Program, list[int]]):
    """No roster that keeps the rows of the people counted fills more of what is asked."""
    about, who = case
    count = reasons(about, who).count()
    if count is None:
        return
    own = [rows for each in count.limited for rows in each.people.rows]
    kept = hold(about, np.concatenate([np.zeros(0, dtype=int), *own]))
    filled = -(about.matrix[count.rows] @ rosters(about).T).sum(axis=0)
    assert count.asked == -about.row_upper[count.rows].sum()
    assert filled[kept].max(initial=0) <= count.most < count.asked


def asked(first: float, second: float) -> tuple[Program, list[int]]:
    """Two shifts, and three people of whom each works at most one of them."""
    own: list[Row] = [([1.0 if w // 2 == v else 0.0 for w in range(6)], 1.0) for v in range(3)]
    rows: list[Row] = [([-1, 0] * 3, -first), ([0, -1] * 3, -second)]
    return program([*own, *rows]), [0, 0, 1, 1, 2, 2]


def test_a_count_says_what_is_asked_and_what_there_can_be():
    """Four seats for three people of one work each; all rows are in it."""
    about, who = asked(2, 2)
    count = reasons(about, who).count()

    assert isinstance(count, Count)
    assert (count.asked, count.most, count.others) == (4, 3, 0)
    assert count.rows.tolist() == [3, 4]
    assert reasons(about, who).rows().tolist() == [0, 1, 2, 3, 4]


def test_people_who_are_alike_are_asked_once(monkeypatch):
    """One search for what each of the three can work, beside the flow."""
    searches = []
    load = impossible.load
    monkeypatch.setattr(impossible, "load", lambda *a, **k: searches.append(1) or load(*a, **k))
    about, who = asked(2, 2)

    assert reasons(about, who).count() is not None
    assert len(searches) == 2


def test_the_word_of_a_solver_alone_proves_no_count(monkeypatch):
    """Three seats for three people, whatever the solver says."""
    monkeypatch.setattr(impossible, "_ray", lambda part, _: np.ones(part.num_rows))
    about, who = asked(2, 1)

    assert reasons(about, who).count() is None


@pytest.mark.parametrize(("first", "second"), [(2, 1), (3, 0), (0, 0)])
def test_nothing_is_counted_where_people_are_enough(first, second):
    about, who = asked(first, second)
    assert reasons(about, who).rows() is None


def test_works_of_people_without_rows_of_their_own_all_count():
    """Of three people one is limited to a work; six seats are asked, and five can be filled."""
    rows: list[Row] = [([1, 1, 0, 0, 0, 0], 1.0), ([-1, 0] * 3, -3.0), ([0, -1] * 3, -3.0)]
    count = reasons(program(rows), [0, 0, 1, 1, 2, 2]).count()

    assert (count.asked, count.most, count.others) == (6, 5, 4)


def test_nothing_is_counted_where_a_work_counts_for_several_rows():
    """Three rows ask for one of two works each, of a person who may do one: a sum says so."""
    own: list[Row] = [([1, 1, 1, 0, 0, 0], 1.0), ([0, 0, 0, 1, 1, 1], 0.0)]
    asks = [[-1, -1, 0, -1, 0, 0], [0, -1, -1, 0, -1, 0], [-1, 0, -1, 0, 0, -1]]
    about = reasons(program([*own, *((row, -1.0) for row in asks)]), [0, 0, 0, 1, 1, 1])

    assert about.count() is None
    assert about.rows().tolist() == [0, 1, 2, 3, 4]


def test_what_one_person_is_asked_for_is_no_seat():
    """One of two people has to work elsewhere, and both are needed here: a sum says so."""
    rows: list[Row] = [([1, 1, 0], 1.0), ([-1, 0, 0], -1.0), ([0, -1, -1], -2.0)]
    about = reasons(program(rows), [0, 0, 1])

    assert about.count() is None
    assert about.rows().tolist() == [0, 1, 2]


def test_a_person_who_is_asked_for_too_much_is_named_alone():
    """Of three people who are alike the first; what a team asks for does not matter."""
    rows: list[Row] = [([0, -1, 0, -1, 0, -1], -3.0)]
    for v in range(3):
        at = [1.0 if w == v else 0.0 for w in (0, 0, 1, 1, 2, 2)]
        rows += [(at, 1.0), ([-c for c in at], -2.0)]

    assert reasons(program(rows), [0, 0, 1, 1, 2, 2]).rows().tolist() == [1, 2]


def test_limits_of_people_join_a_sum():
    """Of three shifts a person works one, in whole numbers only; a further column asks for four."""
    rows: list[Row] = []
    for v in range(2):
        for a, b in ((0, 1), (1, 2), (0, 2)):
            rows.append(([1.0 if w in (3 * v + a, 3 * v + b) else 0.0 for w in range(7)], 1.0))
    rows += [([-1.0] * 6 + [1.0], -2.0), ([0.0] * 6 + [-1.0], -1.0)]
    about = program(rows, pairs=6)

    assert impossible_sum(about, np.inf) is None
    assert reasons(about, [0, 0, 0, 1, 1, 1]).rows().tolist() == [0, 1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("stopped", [True, False])
def test_nothing_is_said_once_time_is_over(stopped):
    """Neither after a cancel, nor where no seconds are left."""
    about, who = asked(2, 2)
    late = Reasons(
        about, everywhere(who), seconds=np.inf if stopped else 0, nodes=9, stopped=lambda: stopped
    )

    assert late.rows() is None
    assert late.of_few(np.inf) is None


@pytest.mark.parametrize("least", [1, 3])
def test_rows_of_one_person_come_before_those_of_a_place(least):
    """The first of two people has to work and must not; a team of two asks for more than it can."""
    about = program([([1, 0], 0.0), ([-1, 0], -1.0), ([-1, -1], -float(least))])

    assert reasons(about, [0, 1]).of_few(np.inf).tolist() == [0, 1]


def test_rows_that_contradict_each_other_in_sum_are_told_from_the_others():
    """x + y is at least 2 and at most 1; what is said of z does not matter."""
    rows = program([([-1, -1, 0], -2), ([1, 1, 0], 1), ([0, 0, 1], 1)])

    assert impossible_sum(rows, np.inf).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("rows", "upper"),
    [
        ([([-1, -1], -1), ([1, 1], 1)], [1, 1]),  # a roster exists
        ([([2], 1), ([-2], -1)], [1]),  # half of a work would do
        ([([0.5], 0), ([-0.5], -0.5)], [1]),  # no whole numbers to confirm it
    ],
)
def test_nothing_is_said_of_rows_where_no_sum_proves_it(rows, upper):
    """A relaxation with a solution, and arithmetic that whole numbers do not confirm."""
    assert impossible_sum(program(rows, upper), np.inf) is None
