"""The verbs of the model: what they make columns, rows, prices and tags of."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from shiftplan.rules.counts import MaxShiftCount
from shiftplan.rules.wishes import Preferences
from shiftplan.solving.building import build
from shiftplan.testing.pictures import MONDAY, parse, plan, window

HARD = Preferences(level="hard")
SOFT = Preferences(level=2, weight=7)


def empty(signs="MA", people="ana", days=2, **fields):
    """A model without rows, of a problem that has level 2."""
    fields.setdefault("rules", (SOFT,))
    return build(plan(signs, people, days, **fields))


def cheapest(model, worked=(), cost=None):
    """Least cost when exactly the pairs of `worked` are worked; None when that is infeasible."""
    program = model.program()
    objective = np.zeros(program.num_columns)
    if cost is None:
        objective = program.cost
    else:
        for column, price in cost.items():
            objective[column] = price
    fixed = np.zeros(program.num_pairs)
    fixed[list(worked)] = 1
    lower = np.concatenate([fixed, np.zeros(program.num_columns - program.num_pairs)])
    upper = np.concatenate([fixed, program.upper[program.num_pairs :]])
    matrix = program.matrix.toarray()
    rows = LinearConstraint(matrix, -np.inf, program.row_upper) if program.num_rows else ()
    found = milp(objective, constraints=rows, bounds=Bounds(lower, upper), integrality=1)
    offset = program.offset if cost is None else 0
    return None if found.x is None else round(found.fun + offset, 6)


def test_pairs_are_those_that_may_be():
    """Pairs outside the windows or pinned as must not are no columns; the others are, by person."""
    pin = {"volunteer_id": "bob", "shift_id": "A1", "state": "must_not"}
    windows = (window("ana", first=1, last=2), window("bob"))

    model = empty(people="ana bob", availability=windows, pins=(pin,))

    assert model.pairs.volunteer.tolist() == [0, 0, 1, 1, 1]
    assert model.pairs.shift.tolist() == [2, 3, 0, 1, 2]
    assert model.program().num_pairs == len(model.pairs) == 5
    assert model.pairs.roster(np.array([0, 1, 0, 0, 1])) == parse("ana  . A\nbob  . M")


@pytest.mark.parametrize("exact", [True, False])
def test_indicators(exact):
    """An indicator is 1 when a pair of its key is worked; without work only an exact one is 0."""
    model = empty()

    days = model.any_of(model.pairs.day, 2, exact=exact)
    column = int(days.take(np.array([0])).matrix.indices[0])

    assert days.size == 2
    assert cheapest(model, [0], {column: 1}) == 1
    assert cheapest(model, [0, 1], {column: 1}) == 1
    assert cheapest(model, [2], {column: 1}) == 0
    assert cheapest(model, [2], {column: -1}) == (0 if exact else -1)
    assert cheapest(model, [1], {column: -1}) == -1


def test_a_pair_alone_is_its_own_indicator():
    """Keys with one pair need neither columns nor rows; negative keys are left out."""
    model = empty()

    days = model.any_of(np.array([0, -1, 1, -1]), 2, exact=True)

    assert days.matrix.indices.tolist() == [0, 2]
    assert model.program().num_columns == len(model.pairs)
    assert model.program().num_rows == 0


def test_exclusive_shifts_are_their_own_indicator():
    """Where a hard limit lets nobody work two of the shifts, their sum is the indicator."""
    one_a_day = MaxShiftCount(max_shifts=1, per="day")
    model = empty(rules=(SOFT, one_a_day))
    rows = model.program().num_rows

    days = model.any_of(model.pairs.day, 2, exact=True)

    assert np.diff(days.matrix.indptr).tolist() == [2, 2]
    assert model.program().num_rows == rows
    assert model.most_shifts.tolist() == [2]


def test_a_name_shares_indicators():
    """The same name gives the same columns; asking for exact ones later adds the rows once."""
    model = empty()

    first = model.any_of(model.pairs.day, 2, exact=False, name="days")
    columns, rows = model.program().num_columns, model.program().num_rows
    exact = [model.any_of(model.pairs.day, 2, exact=True, name="days") for _ in range(2)]

    assert model.program().num_columns == columns
    assert model.program().num_rows == rows + 2
    assert all((e.matrix != first.matrix).nnz == 0 for e in exact)


def test_pairs_may_count_for_several_keys():
    """With `pairs`, key[i] belongs to pairs[i]."""
    model = empty()

    both = model.any_of(np.array([0, 0, 1]), 2, exact=True, pairs=np.array([0, 1, 0]))
    columns = [int(both.take(np.array([i])).matrix.indices[0]) for i in range(2)]

    assert columns[1] == 0
    assert cheapest(model, [1], {columns[0]: 1}) == 1
    assert cheapest(model, [2], {columns[0]: -1}) == 0


def test_rows_that_hold_anyway_are_left_out():
    """Two shifts a day are at most 2: no row; at most 1: a row each, also without a column more."""
    model = empty()
    per_day = model.sum_pairs(model.pairs.day, 2)

    model.at_most(HARD, per_day, 2)
    without = model.program().num_rows
    model.at_most(HARD, per_day, np.array([1, 2]))

    assert without == 0
    assert model.program().num_rows == 1
    assert model.program().num_columns == len(model.pairs)


def test_a_hard_row_holds_and_a_soft_one_costs():
    """Beyond the bound a hard row is infeasible; a soft one costs its weight for each unit."""
    hard, soft, dear = empty(), empty(), empty()

    for model, rule, weight in ((hard, HARD, None), (soft, SOFT, None), (dear, SOFT, 3)):
        model.at_most(rule, model.sum_pairs(model.pairs.volunteer, 1), 1, weight=weight)

    assert cheapest(hard, [0]) == 0
    assert cheapest(hard, [0, 1]) is None
    assert cheapest(soft, [0]) == 0
    assert cheapest(soft, [0, 1, 2]) == 2 * 7
    assert cheapest(dear, [0, 1, 2, 3]) == 3 * 3


@pytest.mark.parametrize(("count", "cost"), [(1, 0), (2, 0), (3, 7), (4, 7)])
def test_fractions_beyond_a_bound_cost_whole_units(count, cost):
    """Works that count a half each: half a unit beyond is a unit, and never too much."""
    model = empty()

    model.at_most(SOFT, model.sum_pairs(np.zeros(len(model.pairs), int), 1, 0.5), 1)

    assert cheapest(model, range(count)) == cost
    odd = empty("M", days=3)
    odd.at_most(SOFT, odd.sum_pairs(np.zeros(3, int), 1, 0.5), 1)
    assert cheapest(odd, range(3)) == 7


@pytest.mark.parametrize("bound", [0.5, 1.0, 1.5])
def test_what_is_below_a_fraction_has_room(bound):
    """A column from 0 to the next whole number above the bound."""
    model = empty()

    model.below(model.sum_pairs(model.pairs.day, 2, 0.5), np.full(2, bound), name="half")
    model.largest(model.sum_pairs(model.pairs.day, 2, 0.3), np.zeros(2, int), 1, name="most")

    assert cheapest(model) == 0
    assert cheapest(model, range(len(model.pairs))) == 0


def test_at_least():
    """Each unit below the bound costs; a hard row holds."""
    hard, soft = empty(), empty()

    for model, rule in ((hard, HARD), (soft, SOFT)):
        model.at_least(rule, model.sum_pairs(model.pairs.day, 2), 1)

    assert cheapest(hard, [0, 2]) == 0
    assert cheapest(hard, [0, 1]) is None
    assert cheapest(soft, [0, 1]) == 7
    assert cheapest(soft) == 14


def test_avoid_prices_columns_and_constants():
    """A soft `avoid` needs no row: it prices what is worked, and constants as an offset."""
    hard, soft, kept = empty(), empty(), empty()

    for model, rule in ((hard, HARD), (soft, SOFT)):
        model.avoid(rule, model.columns(np.array([1])))
    kept.avoid(SOFT, kept.columns(np.array([0, 1])).complement(), weight=np.array([2, 3]))

    assert soft.program().num_rows == 0
    assert cheapest(hard, [1]) is None
    assert cheapest(hard, [0]) == 0
    assert cheapest(soft, [0, 1]) == 7
    assert kept.program().offset == 5
    assert [cheapest(kept, w) for w in ((), (0,), (1,), (0, 1))] == [5, 3, 2, 0]


def test_steps_price_each_unit_by_itself():
    """Units beyond the bound cost 1, 4 and 9; a fourth is not possible."""
    model = empty(days=3)

    model.steps(
        SOFT,
        model.sum_pairs(model.pairs.volunteer, 1),
        1,
        np.array([3]),
        np.array([1.0, 4.0, 9.0]),
    )

    costs = [cheapest(model, range(n)) for n in range(6)]
    assert costs == [0, 0, 1, 5, 14, None]


def test_greatest_is_the_largest_value():
    """Pairs count with 1, other columns with their upper bound, negative terms with 0."""
    model = empty()
    wide = model.columns(model.new_columns(1, 5))

    ones = model.sum_pairs(np.zeros(4, dtype=np.int64), 1)

    assert model.greatest(ones - wide).tolist() == [4]
    assert model.greatest(wide - ones).tolist() == [5]
    assert model.greatest(ones.complement()).tolist() == [1]


def test_tags_say_whom_and_where_each_row_concerns():
    """Rows left out leave no tag: bob offers one shift on the second day, so no row is about it."""
    rule = MaxShiftCount(max_shifts=1, per="day")
    windows = (window("ana"), window("bob", first=0, last=1))

    model = empty(people="ana bob", availability=windows, rules=(rule,))

    (tag,) = [t for t in model.tags if t.rule is rule]
    assert tag.rule == rule
    assert tag.place == "day"
    assert list(zip(tag.who.tolist(), tag.where.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 0)]
    rows = model.program().matrix.toarray()[tag.first : tag.first + 3]
    # Pairs: ana M0 A0 M1 A1, bob M0 A0.
    assert rows.tolist() == [[1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0], [0, 0, 0, 0, 1, 1]]


def test_every_row_has_a_tag():
    """The runs of tags follow each other and cover all rows."""
    rules = (
        {"rule": "min_consecutive_days", "value": 2},
        {"rule": "full_day", "level": 2},
        {"rule": "min_shift_count", "level": 1, "value": 3},
        {"rule": "forbidden_succession", "first": "morning", "then": "afternoon"},
    )
    model = empty(people="ana bob", days=3, rules=rules)

    ends = [tag.first + len(tag.who) for tag in model.tags]

    assert [tag.first for tag in model.tags] == [0, *ends[:-1]]
    assert ends[-1] == model.program().num_rows
    assert all(len(tag.who) == len(tag.where) for tag in model.tags)


def test_a_program_keeps_what_its_model_forgets():
    """Its places take 4 bytes each, and whom rows concern stays known."""
    model = empty(people="ana bob", rules=({"rule": "full_day", "level": 2},))
    program, tags = model.program(), [*model.tags]
    rows, cost = program.matrix.toarray(), program.cost.copy()

    model.forget_rows()

    assert len(rows) > 0
    assert np.array_equal(program.matrix.toarray(), rows)
    assert np.array_equal(program.cost, cost)
    assert program.matrix.indices.dtype == program.matrix.indptr.dtype == np.int32
    assert model.tags == tags


def test_levels_are_priced_apart_and_added_with_rates():
    """Costs and constants of a level stay in it; the total is the sum of rate times cost."""
    wishes = (
        {"volunteer_id": "ana", "shift_id": "M0", "state": "for", "weight": 2},
        {"volunteer_id": "ana", "date": MONDAY, "state": "against"},
    )
    rules = (SOFT, {"rule": "travel", "level": 1, "weight": 3})
    model = empty("m", days=1, rules=rules, preferences=())
    wished = empty("M", days=1, rules=(SOFT,), preferences=wishes)

    program, other = model.program(), wished.program()

    # 11 km x 3 on level 1, with rate 10; the wish for costs 2 x 7 unless it is met, the other 7.
    assert {level: cost.tolist() for level, cost in program.level_cost.items()} == {1: [33], 2: [0]}
    assert program.cost.tolist() == [330]
    assert dict(other.level_offset) == {2: 14}
    assert other.offset == 14
    assert other.cost.tolist() == [7 - 14]


def test_programs_with_another_row_or_objective():
    """The copies differ in nothing else, and `total` adds the offset."""
    model = empty()
    model.price_pairs(SOFT, np.array([1.0, 2.0, 0.0, 4.0]))
    program = model.program()

    limited = program.with_row(np.array([1.0, 1.0, 0.0, 0.0]), 1)
    other = program.with_cost(np.ones(4), 3)

    assert (program.num_rows, limited.num_rows) == (0, 1)
    assert limited.matrix.toarray().tolist() == [[1, 1, 0, 0]]
    assert limited.row_upper.tolist() == [1]
    assert program.total(np.array([1, 1, 1, 1])) == 7
    assert other.total(np.array([1, 1, 1, 1])) == 7
    assert other.total(np.zeros(4)) == 3


def test_steps_and_prices_of_a_hard_rule_are_limits():
    """Nothing beyond the bound, and no pair that has a price."""
    stepped, priced = empty(days=2), empty(days=1)
    load = stepped.sum_pairs(stepped.pairs.volunteer, 1)

    none = stepped.steps(HARD, load, 1, np.array([3]), np.array([1.0, 4.0, 9.0]))
    priced.price_pairs(HARD, np.array([0.0, 5.0]))

    assert none.size == 0
    assert [cheapest(stepped, range(n)) for n in range(3)] == [0, 0, None]
    assert [cheapest(priced, w) for w in ((), (0,), (1,))] == [0, 0, None]
    tag = priced.tags[-1]
    assert (tag.who.tolist(), tag.where.tolist(), tag.place) == ([0], [1], "shift")


@pytest.mark.parametrize("other", ["bound", "expressions", "group"])
def test_a_name_stands_for_the_same_expressions(other):
    """Those of another group, or of the same one with another bound, would be lost."""
    model = empty(people="ana bob", days=1)
    load = model.sum_pairs(model.pairs.volunteer, 2)
    one, two = np.array([1.0, 1.0]), np.array([2.0, 1.0])

    if other == "group":
        assert model.largest(load, np.array([0, 0]), 2, name="most").size == 2
        with pytest.raises(ValueError, match="'most' stands for other"):
            model.largest(load, np.array([0, 1]), 2, name="most")
        return
    known = model.below(load, one, name="lacking")
    assert model.below(load, one, name="lacking") is known
    load, bound = (load, two) if other == "bound" else (load.take(np.array([1, 0])), one)
    with pytest.raises(ValueError, match="'lacking' stands for other"):
        model.below(load, bound, name="lacking")
