"""Wrong statements of the rules on how alike a person's work is, and of periods."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    min_types post:
        model.meant(self.which, self.group) -> model.meant(self.which)
        exact=True -> exact=False
        len(names) + types -> len(names) + 0 * types
        due - held, 0 -> due - held, 1
    min_types at_most_of:
        most <= limit -> most <= limit + 1
        most > limit -> most > limit + 1
        - limit) - lesser, 0 -> - limit) - lesser, 1
        full * limit - lesser -> full - lesser
    min_types _in_windows:
        np.isin(model.pairs.day[pairs], days) -> model.pairs.day[pairs] == days[0]
    max_gap post:
        end <= first, start >= then -> end < first, start >= then
        end <= first, start >= then -> end <= first, start > then
        range(arrays.num_days) -> range(arrays.num_days - 1)
        [then - first] -> [1]
        - idle, 1 -> - idle, 2
        model.sum_entries(row_in, pair_in, size) -> model.sum_entries(row_in, pair_in, size) * 0
        busy += model.any_of(row_after, size, exact=False, pairs=pair_after) -> busy += busy
        model.meant(self.which, self.group) -> model.meant(self.which)
    similar_starts post:
        start[meant] <= first], -> start[meant] < first],
        is_late - begun -> is_late
        both - between, 1 -> both - between, 2
        between * (then - first) -> between
        model.meant(self.which, self.group) -> model.meant(self.which)
        _in_any(model, later, who, windows) -> _in_any(model, is_late, who, windows)
    similar_starts _in_any:
        days.take(source) - found.take(row), 0 -> days.take(source) * 0 - found.take(row), 0
        days.take(source) - found.take(row), 0 -> days.take(source) - found.take(row), 1
    similar_starts _period_days:
        total - length + 1 -> total - length
    """
)

WRONG_CHECKS = table(
    """
    min_types check:
        min(self.min_types, len(types)) -> self.min_types
        len(set(types)) -> len(types)
        if s.day in days -> NOTHING
    max_gap check:
        max(0, start - last) -> start - last
        max(last, end) -> end
    similar_starts check:
        min(minute, first.get(shift.day, minute)) -> minute
        if day in days -> NOTHING
    """
)
