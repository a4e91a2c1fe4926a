"""How fast a machine is at the moment: seconds of a linear program that never changes.

Nothing -> `yardstick` -> seconds. No code of shiftplan has a part in it.
"""

from __future__ import annotations

import time
from statistics import median
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

PEOPLE, SEATS = 3_000, 3_000
_PLACES = 12
"""Seats that each person could take."""
_SHIFTS = 2
"""Most seats of a person, and the people that each seat wants."""
_EMPTY = 5_000
"""Price of an empty seat, more than any person costs."""
_RUNS = 3


def yardstick() -> float:
    """Median seconds of three runs, on one core."""
    return median(_seconds() for _ in range(_RUNS))


def least_cost() -> float:
    """The least cost of giving people seats, by the dual simplex method without presolve.

    Prices and places are remainders of products of whole numbers, the same on every machine.
    """
    person = np.repeat(np.arange(PEOPLE), _PLACES)
    place = np.tile(np.arange(_PLACES), PEOPLE)
    seat = (person * 7 + place * place * 31 + place * (person % 13)) % SEATS
    price = (person * 7919 + seat * 104_729) % 997
    pairs = np.arange(person.size)
    rows = np.concatenate([person, PEOPLE + seat, PEOPLE + np.arange(SEATS)])
    columns = np.concatenate([pairs, pairs, person.size + np.arange(SEATS)])
    signs = np.concatenate([np.ones(person.size), -np.ones(person.size + SEATS)])
    matrix = coo_array((signs, (rows, columns))).tocsr()
    minimise: Any = linprog  # its stubs know no sparse matrix
    most = np.concatenate([np.ones(person.size), np.full(SEATS, _SHIFTS)])
    found = minimise(
        np.concatenate([price, np.full(SEATS, _EMPTY)]),
        A_ub=matrix,
        b_ub=np.concatenate([np.full(PEOPLE, _SHIFTS), np.full(SEATS, -_SHIFTS)]),
        bounds=np.column_stack([np.zeros(most.size), most]),
        method="highs-ds",
        options={"presolve": False},
    )
    return float(found.fun)


def _seconds() -> float:
    start = time.perf_counter()
    least_cost()
    return time.perf_counter() - start
