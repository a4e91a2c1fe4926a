"""Wrong statements of the rules on hours at a stretch and within any hours."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    max_consecutive_minutes post:
        longest[earlier] + more -> longest[earlier]
        works.take(earlier) * more -> works.take(earlier) * 0
        if not self.hard -> if False
        model.new_columns(len(pairs), longest) -> model.new_columns(len(pairs), longest - 1)
        lasts, self.max_minutes, -> lasts, self.max_minutes + 1,
        .plus(~is_shift * 1.0) -> NOTHING
    max_consecutive_minutes _blocks:
        start - merged[-1][2] < pause -> start < merged[-1][2]
        max(merged[-1][2], end) -> end
        within_days=True -> within_days=False
    max_consecutive_minutes _chains:
        side='right' -> side='left'
        - self.pause_minutes -> + self.pause_minutes
        begin[number:i + 1].min() -> begin[i]
        |= too_long[i] -> |= False
        self.group -> ()
        np.concatenate([start, begin]) -> np.concatenate([start, until])
        np.maximum(until - begin - self.max_minutes, 0) -> 0 * until
    max_minutes_within post:
        self._left(person, start, until -> self._left(person, start, start
        until, side='left' -> until - 60, side='left'
        start - longest, -> start,
        - np.maximum(start[other], start[row]) -> - start[other]
        np.minimum(end[other], until[row]) -> end[other]
        np.minimum(end, until) -> end
        self.hard and one_at_a_time(model) -> True
        most + own - left -> most + own - left - 1
        near = inside > 0 -> near = inside > 100
        self.group -> ()
    max_minutes_within _left:
        np.maximum(inside, 0) -> inside
        np.maximum(left, 0) -> left
        person == who -> person >= 0
    """
)

WRONG_CHECKS = table(
    """
    max_consecutive_minutes check:
        begin < stretches[-1][1] -> begin <= stretches[-1][1]
        max((until, before), (end, last)) -> (end, last)
        (first, * -> (begin, *
        beyond > 0 -> beyond > 1
    max_minutes_within check:
        max(start, begin) -> start
        min(end, until) -> end
        beyond > 0 -> beyond > 60
    """
)
