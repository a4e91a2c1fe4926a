"""Wrong statements of the rules on rest, successions and weekends."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    min_rest post:
        begin < earliest -> begin <= earliest
        left + self.min_rest_minutes -> left
        pairs[begin -> pairs[-begin
        history.last_shift_end is not None -> False
        rested, side='left' -> rested, side='right'
        finish + self.min_rest_minutes -> finish
        self.hard and (not model.alone) -> True
        self.group -> ()
        self.which -> ()
        between >= 0 -> between > 0
        between < self.min_rest_minutes -> between <= self.min_rest_minutes
        np.maximum(begin - ends, starts - finish) -> begin - ends
        np.maximum(begin - ends, starts - finish) -> starts - finish
        is_near & people[model.pairs.volunteer[pairs]] -> is_near
    min_rest _two_by_two:
        np.maximum(last - np.arange(len(last)) - 1, 0) -> (last - np.arange(len(last)) > 1) * 1
    min_rest _cliques:
        rank[np.maximum(last - 1, 0)] -> rank
        final, side='right' -> final, side='left'
        minlength=len(moments)) > 1 -> minlength=len(moments)) > 2
    forbidden_succession post:
        row - 1 -> row
        np.arange(1, arrays.num_days) -> np.arange(2, arrays.num_days)
        np.arange(1, arrays.num_days) -> np.arange(1, arrays.num_days - 1)
        both = (Which(self.first), self.which) -> both = (self.which, Which(self.first))
        first_day, 0 -> first_day, 1
        in self.first for -> in self.then for
        arrays.in_group(self.group) -> arrays.in_group(())
        in_turn, 1, -> in_turn, 2,
    max_weekends post:
        weekend >= 0 -> weekend > 0
        meant(self.which -> meant(()
        exact=False -> exact=True
        self.max_weekends - arrays -> self.max_weekends - 1 - arrays
        self.max_weekends - arrays -> self.max_weekends - 0 * arrays
        left - given.sum(axis=1), np.minimum(left, 0) -> left - given.sum(axis=1), left - 9
        left - given.sum(axis=1), np.minimum(left, 0) -> left, left
        worked.settled(given.ravel(), 0) -> worked
        if self.which.is_all else '' -> NOTHING
        in_group(self.group) -> in_group(())
    max_weekends _given_weekends:
        |= given[:, day] -> = given[:, day]
    max_weekends _weekend_of:
        first + np.arange -> np.arange
        ~np.concatenate([[False], is_weekend[:-1]]) -> is_weekend
        np.array([WEEKDAYS.index(d) for d in self.weekend]) -> np.array([5, 6])
    complete_weekends post:
        exact=True -> exact=False
        length[i] == len(self.weekend) -> True
        np.roll(days, -1) -> np.append(days[1:], days[-1:])
        first + np.flatnonzero(~closed) -> first + np.arange(len(closed))
        (own == closed).all(axis=1) -> (own == closed).any(axis=1)
        range(count) -> range(count - 1)
        rise, 0 -> rise, 1
        meant(self.which -> meant(()
    """
)

WRONG_CHECKS = table(
    """
    min_rest check:
        rest < self.min_rest_minutes -> rest <= self.min_rest_minutes
        history.last_shift_end is not None -> history.last_shift_end is None
        row.is_work and -> NOTHING
    forbidden_succession check:
        history.last_shift_type in self.first -> False
    max_weekends check:
        self.which.is_all -> True
    complete_weekends check:
        run[0] >= 0 and -> NOTHING
    """
)
