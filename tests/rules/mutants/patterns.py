"""Wrong statements of the rules on patterns of days."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    forbidden_pattern _starts:
        range(1 - length -> range(0
        num_days - length + 1 -> num_days - length
        day < self.first_day -> day <= self.first_day
        day > self.last_day -> day >= self.last_day
        early or late or other -> early or late
    forbidden_pattern _windows:
        arrays.in_group(self.group) -> arrays.in_group(())
        start + i -> start + i + 1
    forbidden_pattern was:
        history is None or self.where or self.hours -> history is None
        history.off_in_a_row or 0 -> 0
        day.off is not day.negated -> day.off
        1 if history.last_shift_type else 0 -> 0
        (history.last_shift_type in day.names) is not day.negated -> True
        and (not day.names) and -> and
    forbidden_pattern _days_like:
        over is not day.negated -> over is day.negated
        exact=over is day.negated -> exact=False
        like.complement() if day.negated else like -> like
        if day.off: -> if day.off and (not day.names):
        worked.settled(given, 1) -> worked
    forbidden_pattern _by_shifts:
        one.off and one.negated -> one.negated
        one.off and one.negated -> False
        & ~met & -> &
        needs[met.any(axis=1)] = 1 -> needs[met.any(axis=1)] = 2
    forbidden_pattern _post_never:
        count - 1 -> count
    forbidden_pattern _days_so:
        first + i >= 0 -> first + i > 0
        count[rows] += 1 -> count += 1
    required_pattern post:
        not day.negated -> day.negated
        * i -> * (i + 1)
    """
)

WRONG_CHECKS = table(
    """
    forbidden_pattern _matches:
        range(-last, -> range(0,
        case.horizon.days - last -> case.horizon.days - last - 1
    forbidden_pattern _is_so:
        known is not None and known != meant.negated -> known
        meant.off and day not in -> day not in
    forbidden_pattern _breaches:
        not met or -> NOTHING
        - met -> NOTHING
        day.off and day.negated -> day.negated
    forbidden_pattern _was_so:
        max(history.same_type_in_a_row or 0, 1) -> 1
        self.where or self.hours -> self.where
        not meant.names -> True
    """
)
