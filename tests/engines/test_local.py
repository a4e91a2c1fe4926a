"""Rows of one place that cannot hold together, against all rosters."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pace import costly
from scipy import sparse

from shiftplan.engines.local import AskingPlaces
from shiftplan.model import Layout, Program


def program(rows: list[tuple[list[float], float]], pairs: int | None = None) -> Program:
    """Rows of coefficients, each at most its bound; columns up to 1."""
    matrix = np.array([row for row, _ in rows], dtype=float)
    bounds = np.array([bound for _, bound in rows])
    return Program.part(sparse.csr_array(matrix), bounds, np.ones(matrix.shape[1]), num_pairs=pairs)


def of_place(about: Program, who: list[int], day: list[int], **limits: float) -> list[int] | None:
    layout = Layout(np.array(who), np.zeros(len(who), dtype=int), np.array(day))
    given = {"seconds": np.inf, "nodes": 200, "stopped": lambda: False, **limits}
    rows = AskingPlaces(about, layout).rows(**given)
    return None if rows is None else rows.tolist()


WHO, DAY = [0, 1, 2, 0, 1, 2], [0, 0, 0, 1, 1, 1]
"""Three people, each with a shift on two days."""


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Rows that ask for some of the six pairs, and others; the last column is no pair."""
    rows: list[tuple[list[float], float]] = []
    for _ in range(draw(st.integers(1, 3))):
        asks = draw(st.lists(st.booleans(), min_size=6, max_size=6))
        rows.append(([*(-1.0 if a else 0.0 for a in asks), 0.0], -float(draw(st.integers(1, 3)))))
    for _ in range(draw(st.integers(1, 4))):
        row = [float(c) for c in draw(st.lists(st.integers(-1, 2), min_size=7, max_size=7))]
        rows.append((row, float(draw(st.integers(-1, 2)))))
    return program(rows, pairs=6)


@costly(0.1)
@given(programs())
def test_rows_of_a_place_cannot_hold_together(about: Program):
    """No values of all columns keep them, those elsewhere included."""
    rows = of_place(about, WHO, DAY)
    assume(rows is not None)
    values = np.array(list(product((0.0, 1.0), repeat=7)))

    broken = about.matrix[rows] @ values.T > about.row_upper[rows, None] + 1e-9
    assert broken.any(axis=0).all()


def test_a_team_that_asks_for_more_than_can_come_is_told_alone():
    """Two of three are asked of the first day, where two exclude each other and one is kept out."""
    rows = [
        ([-1, -1, -1, 0, 0, 0], -2.0),
        ([1, 1, 0, 0, 0, 0], 1.0),
        ([0, 0, 1, 0, 0, 0], 0.0),
        ([0, 0, 0, 1, 1, 0], 1.0),
    ]

    assert of_place(program(rows), WHO, DAY) == [0, 1, 2]


def test_what_happens_elsewhere_is_taken_as_it_suits_best():
    """Who comes on the first day has to come on the second too, and nobody says they cannot."""
    together = [([float(i == v) - float(i == v + 3) for i in range(6)], 0.0) for v in range(3)]
    rows = [([-1, -1, -1, 0, 0, 0], -2.0), *together, ([0, 0, 0, 1, 1, 1], 1.0)]

    assert of_place(program(rows), WHO, DAY) is None


def test_the_teams_of_a_day_are_looked_at_together():
    """Two teams want two of three people each, and nobody else: three may come in all."""
    rows = [([-1, -1, -1, 0, 0, 0], -2.0), ([0, 0, 0, -1, -1, -1], -2.0), ([1] * 6, 3.0)]

    assert of_place(program(rows), [0, 1, 2, 3, 4, 5], [0] * 6) == [0, 1, 2]
    assert of_place(program(rows), [0, 1, 2, 3, 4, 5], DAY) is None


def test_what_the_people_of_a_team_do_elsewhere_that_day_is_looked_at():
    """Who is in the team has to be elsewhere too, and works once a day; two centers, one day."""
    who = [0, 1, 0, 1]
    too = [([1.0, 0, -1.0, 0], 0.0), ([0, 1.0, 0, -1.0], 0.0)]
    once = [([1, 0, 1, 0], 1.0), ([0, 1, 0, 1], 1.0)]
    about = program([([-1, -1, 0, 0], -1.0), *too, *once])
    layout = Layout(np.array(who), np.array([0, 0, 1, 1]), np.zeros(4, dtype=int))

    rows = AskingPlaces(about, layout).rows(seconds=np.inf, nodes=200, stopped=lambda: False)

    assert rows.tolist() == [0, 1, 2, 3, 4]


def test_columns_that_follow_from_the_pairs_of_a_place_belong_to_it():
    """Who works is counted by a column each, and one may work: two are asked for."""
    counts = [
        ([float(i == v) for i in range(3)] + [-float(i == v) for i in range(3)]) for v in range(3)
    ]
    rows = [
        ([-1, -1, -1, 0, 0, 0], -2.0),
        *((row, 0.0) for row in counts),
        ([0, 0, 0, 1, 1, 1], 1.0),
    ]

    assert of_place(program(rows, pairs=3), [0, 1, 2], [0, 0, 0]) == [0, 1, 2, 3, 4]


def test_what_may_be_missing_at_a_price_is_not_asked_for(monkeypatch):
    """A column stands for who is missing; no place is looked at for such a row."""
    monkeypatch.setattr(AskingPlaces, "_at", lambda *_: pytest.fail("looked at"))

    assert (
        of_place(program([([-1, -1, -1], -1.0), ([1, 1, 0], 0.0)], pairs=2), [0, 1], [0, 0]) is None
    )


def test_nothing_is_said_of_places_without_time_or_after_a_cancel():
    """Where there is time, the same team is found."""
    asked = program([([-1, -1, -1, 0, 0, 0], -2.0), ([1, 1, 1, 0, 0, 0], 1.0)])

    assert of_place(asked, WHO, DAY) == [0, 1]
    assert of_place(asked, WHO, DAY, seconds=0.0) is None
    assert of_place(asked, WHO, DAY, stopped=lambda: True) is None


def test_a_person_alone_is_no_team():
    """One work is asked of the first person, who must not work."""
    rows = [([-1, 0, 0, -1, 0, 0], -1.0), ([1, 0, 0, 0, 0, 0], 0.0), ([0, 0, 0, 1, 0, 0], 0.0)]

    assert of_place(program(rows), WHO, DAY) is None
