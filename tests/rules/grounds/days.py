"""Grounds on which the rules on days worked or off in a row are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.ground import GROUPS, OCCUPIED, Plan, before, times, work

RUN_BORDERS: list[Fields] = [
    {},
    before(),
    before(worked_in_a_row=0),
    before(worked_in_a_row=1, off_in_a_row=0),
    before(worked_in_a_row=2, off_in_a_row=0),
    before(worked_in_a_row=5),
    before(off_in_a_row=0),
    before(off_in_a_row=1, worked_in_a_row=0),
    before(off_in_a_row=2),
    before(off_in_a_row=5),
]
TYPE_BORDERS: list[Fields] = [
    {},
    before(last_shift_type="night"),
    before(last_shift_type="night", same_type_in_a_row=1, worked_in_a_row=3),
    before(last_shift_type="night", same_type_in_a_row=2, worked_in_a_row=2),
    before(last_shift_type="night", same_type_in_a_row=4),
    before(last_shift_type="morning", same_type_in_a_row=2, worked_in_a_row=2),
    before(worked_in_a_row=2),
    before(worked_in_a_row=0),
    before(worked_in_a_row=0, off_in_a_row=3),
    before(off_in_a_row=2),
]
LINES = [{"days": 6, **b} for b in RUN_BORDERS] + [{"days": d, **RUN_BORDERS[4]} for d in (1, 2)]
LINES += [{"days": 1, **RUN_BORDERS[8]}, {"signs": {1: "M", 2: "M", 3: "MA"}, "days": 5}]
LINES += [{"signs": {0: "MA", 1: "M", 2: "A"}, "days": 4, **before(worked_in_a_row=1)}]
TYPED_LINES = [{"signs": "MN", "days": 4, **b} for b in TYPE_BORDERS]
GROUPED_LINES = [
    {"days": 5, **GROUPS, **b}
    for b in (
        {},
        {
            "history": before("ana", worked_in_a_row=2)["history"]
            + before("bob", worked_in_a_row=1)["history"]
        },
    )
]
MET: list[Fields] = [
    {"signs": "A", "days": 5, **work(0, 2, 3), **before(worked_in_a_row=1)},
    {"signs": "A", "days": 5, **work(1, 3), **before(off_in_a_row=1)},
    {"signs": "A", "days": 4, **work(0, 3)},
]
"""Meetings of everybody on some days, on which shifts are possible too."""

RUNS = (
    "max_consecutive_days",
    "min_consecutive_days",
    "max_consecutive_days_off",
    "min_consecutive_days_off",
)


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    for kind in ("max_consecutive_days", "max_consecutive_days_off"):
        yield kind, times([0, 1, 2]), OCCUPIED
        yield kind, times([1], days="mon|tue") + times([1], group="youth"), OCCUPIED[:1]
    for kind in ("min_consecutive_days", "min_consecutive_days_off"):
        yield kind, times([2, 3]), [*OCCUPIED, *MET]
        yield kind, times([3], last_run="counted") + times([2], days="tue|wed"), MET
    for kind in RUNS:
        least = [0] if kind.startswith("max") else []
        yield kind, times([*least, 1, 2, 3, 7]), LINES
        yield kind, times([2], group="youth") + times([1, 2], group="choir"), GROUPED_LINES
        if kind.startswith("min"):
            yield kind, times([2, 3, 7], last_run="counted"), LINES
    for kind in RUNS[:2]:
        yield kind, times([1, 2, 3], shifts="night"), TYPED_LINES
        yield kind, times([2], shifts="morning|night"), TYPED_LINES[:3]
        yield (
            kind,
            times([2], shifts="day"),
            [{"signs": {0: "EM", 1: "LM", 2: "E", 3: "N"}, "days": 4}],
        )
