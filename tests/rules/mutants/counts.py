"""Wrong statements of the rules on shifts and minutes per period."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    max_shift_count _period_days:
        total - length + 1 -> total - length
        every[i:i + length] -> every[i:i + length + 1]
        self._least and self.rolling_days -> self.rolling_days
        min(self.rolling_days, total) -> self.rolling_days
        d - timedelta(d.weekday()) -> d - timedelta((d.weekday() + 1) % 7)
        d.replace(day=1) -> d.replace(month=1, day=1)
    max_shift_count post:
        self.parameter - before -> self.parameter
        self.parameter - before -> self.parameter + before
        self.parameter - before -> self.parameter + 1 - before
        np.maximum(left - fixed, np.minimum(left, 0)) -> left - fixed
        np.maximum(left - fixed, np.minimum(left, 0)) -> np.maximum(left - fixed, 0)
        given[:, days] -> given
        arrays.in_group(self.group) -> arrays.in_group(())
        meant(self.which, -> meant((),
        and self.which.is_all -> NOTHING
        self.per == 'horizon' and -> NOTHING
    max_shift_count exclusive:
        not self.group and -> NOTHING
        and self.which.is_all -> NOTHING
        self.hard and -> NOTHING
        self.max_shifts == 1 -> self.max_shifts >= 1
    min_shift_count _period_days:
        label in (labels[0], labels[-1]) -> label == labels[0]
        label in (labels[0], labels[-1]) -> label == labels[-1]
        self._least and label in -> label in ('',) and label in
        return [] -> return [every]
    min_shift_count post:
        self.parameter - before -> self.parameter - 1 - before
        self.parameter - before -> self.parameter
        model.at_least if self._least else model.at_most -> model.at_most
    max_minutes post:
        self._amounts(arrays)[shift] -> np.ones(len(shift))
        self.parameter - before -> self.parameter
        self.parameter - before -> self.parameter - 1 - before
    max_minutes _amounts:
        arrays.end - arrays.start -> (arrays.end - arrays.start) // 60 * 60 + 1
        arrays.end - arrays.start -> (arrays.end - arrays.start) % 1440 % 500
    min_minutes post:
        self.parameter - before -> self.parameter + 1 - before
        model.at_least if self._least else model.at_most -> model.at_most
    min_minutes _period_days:
        label in (labels[0], labels[-1]) -> label == labels[-1]
        total - length + 1 -> total - length
    """
)

WRONG_CHECKS = table(
    """
    max_shift_count check:
        beyond > 0 -> beyond >= 0
        and which.is_all -> NOTHING
        min(limit - start, 0) -> 0
        own - left -> count - limit
    min_shift_count check:
        limit - count if self._least else own - left -> own - left
    max_shift_count _periods:
        len(dates) - n + 1 -> len(dates) - n
    min_shift_count _periods:
        or after.weekday() != 0 -> NOTHING
        before.month == min(days).month or -> NOTHING
        return [] if self._least else -> return
    max_minutes _amount:
        case.minutes(shift) -> 240
    """
)
