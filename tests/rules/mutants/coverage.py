"""Wrong statements of the rules on seats filled, empty and too many."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    coverage post:
        self, missing, -target, target -> self, missing, -minimum, target
        arrays.center_of(needs) -> arrays.center_of(needs) * 0
    coverage with_spared:
        first != np.arange(shifts) -> first == np.arange(shifts)
        optional | (first -> (first
        first[instead], instead, shifts -> instead, instead, shifts
        people.complement() -> people
        exact=True -> exact=False
        spared.take(where[own]) * seats[own] -> spared.take(where[own])
    expected_shortage post:
        people_counted(model, needs), own, seats -> people_counted(model, needs), own, seats - 1
    coverage _prices:
        seat <= minimum -> seat < minimum
        , 4, 1) -> , 3, 1)
        1 + (target - seat) -> (target - seat)
        * share + 0.5 -> * share
        priority * -> NOTHING
    coverage _price_exclusive:
        own[i] >= price -> own[i] > price
        price - below -> price
        in sets.members[row] -> in sets.outside[row]
    expected_shortage _price_exclusive:
        [0.0] -> []
    minimum_coverage _post_exclusive:
        getattr(need, self._limit) -> need.target
        sets.lacking(model, seats) -> sets.lacking(model, [1 for _ in seats])
    shortage seat_sets:
        bits & some != 0 -> bits != 0
        some in zip(shifts -> some in zip(shifts[::-1]
    shortage _post_exclusive:
        exclusive=True -> exclusive=False
    surplus _post_exclusive:
        sets.others.plus -> sets.fitting.plus
        seats_of(sets.outside -> seats_of(sets.members
    minimum_coverage post:
        getattr(need, self._limit) -> need.target
        getattr(need, self._limit) -> need.minimum + 1
        model.at_most if self._most else model.at_least -> model.at_most
    minimum_coverage _named:
        arrays.concerned(needs, self.which) & kind -> kind
    shortage post:
        getattr(need, self._limit) -> need.minimum
        getattr(need, self._limit) -> need.target - 1
        model.at_most if self._most else model.at_least -> model.at_most
    shortage _named:
        np.flatnonzero(arrays -> np.flatnonzero(~arrays
    expected_shortage post:
        need.needed_percent or -> NOTHING
        percent / 100 + 0.5 -> percent / 100
        priority[owner] * -> NOTHING
        * percent / 100 -> NOTHING
        self, missing, -seats, seats -> self, missing, 1 - seats, seats
    surplus post:
        getattr(need, self._limit) -> need.minimum
        model.at_most if self._most else model.at_least -> model.at_least
        counted, limit -> counted, limit + 1
    surplus _limits:
        heads == (self.seats == 'people') -> heads
        exclusive or self.seats == 'all' -> exclusive
        exclusive or self.seats == 'all' -> self.seats == 'all'
    surplus people_counted:
        found.need, len(requirements)) -> found.need, len(requirements), 2.0)
        all( -> any(
    """
)

WRONG_CHECKS = table(
    """
    coverage check:
        seat <= need.minimum -> seat < need.minimum
        range(filled + 1, target + 1) -> range(filled + 1, target)
    minimum_coverage check:
        min(filled, most) -> filled
    surplus check:
        len({v.volunteer_id for v in fit}) -> len(fit)
        case.exclusive[shift_id] -> case.exclusive[shift_id][:1]
    expected_shortage check:
        , _chances)[need -> )[need
        chances[count:] -> chances[count + 1:]
        chances[count:] -> chances[count:need.target]
        * percent / 100 -> NOTHING
        = _chances(need) -> = need.needed_percent
    """
)
