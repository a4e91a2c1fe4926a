"""Wrong statements of the rules on days worked or off in a row."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    max_consecutive_days _before:
        return history.same_type_in_a_row -> return history.worked_in_a_row
        return 0 if was_off else history.worked_in_a_row -> return None
    min_consecutive_days _before:
        history.worked_in_a_row == 0 or -> NOTHING
        history.last_shift_type or was_off -> was_off
        0 if was_off else history.worked_in_a_row -> 0
    max_consecutive_days_off _before:
        0 if has_worked else history.off_in_a_row -> history.worked_in_a_row
    min_consecutive_days_off _before:
        or (history.worked_in_a_row or 0) > 0 -> NOTHING
        0 if has_worked else history.off_in_a_row -> None
    max_consecutive_days post:
        self.max_days + 1 -> self.max_days
        self.max_days + 1 -> self.max_days + 2
        last = np.arange(total) -> last = np.arange(total - 1)
        c or 0 for -> 0 for
        before[:, None] >= reach -> before[:, None] > reach
        inside - 1, who -> inside, who
    max_consecutive_days _days:
        arrays.in_set(self.shifts) -> arrays.in_set(())
    max_consecutive_days _people:
        model.arrays.in_group(self.group) -> model.arrays.in_group(())
    max_consecutive_days_off _days:
        exact=True -> exact=False
        worked.complement() -> worked
    max_consecutive_days_off post:
        c or 0 for -> 0 for
        day[row] - offset -> day[row]
        self.max_days + 1 -> self.max_days
        last = np.arange(total) -> last = np.arange(total - 1)
    min_consecutive_days post:
        exact=True -> exact=False
        self.min_days == 1 -> self.min_days <= 2
    min_consecutive_days _post_hard:
        if before: -> if before == 1:
        self.min_days - before, total -> self.min_days - before - 1, total
        0 if before == 0 else 1 -> 0
        0 if before == 0 else 1 -> 1
        range(1, min(self.min_days, total - a)) -> range(1, min(self.min_days - 1, total - a))
        range(1, min(self.min_days, total - a)) -> range(1, min(self.min_days, total - a - 1))
        start[preceded] - 1 -> start[preceded]
    min_consecutive_days _post_soft:
        range(min(self.min_days, total)) -> range(min(self.min_days - 1, total))
        before is not None and (length or before) -> before
        before is not None and (length or before) -> before is not None and length
        self.min_days - before - length -> self.min_days - length
        r[1] + r[2] < total -> r[1] + r[2] < total - 1
        range(1, total) -> range(2, total)
        self.weight * lacking -> self.weight
        length - 1, who -> length, who
    min_consecutive_days_off post:
        self._post_hard(model, days, people, carried) -> pass
        self._post_soft(model, days, people, carried) -> pass
    min_consecutive_days_off _days:
        exact=True -> exact=False
        worked.complement() -> worked
    min_consecutive_days_off _post_soft:
        length - 1, who -> length, who
        self.min_days - before - length -> self.min_days - length
    """
)

WRONG_CHECKS = table(
    """
    max_consecutive_days check:
        - max(0, before - self.max_days) -> NOTHING
        carried or 0 -> 0
    min_consecutive_days check:
        first + length == case.horizon.days -> first + length > case.horizon.days
        carried is None or -> not carried or
    min_consecutive_days _runs:
        carried and (not row[0]) -> False
        carried if first == 0 else 0 -> 0
    max_consecutive_days _carried:
        if history.last_shift_type in self.shifts -> if history.last_shift_type
        history.same_type_in_a_row if -> history.worked_in_a_row if
        None if self.shifts else history.worked_in_a_row -> None
    min_consecutive_days _carried:
        self.shifts and history.last_shift_type -> self.shifts
        or history.worked_in_a_row == 0 -> NOTHING
        None if self.shifts else history.worked_in_a_row -> 0
    max_consecutive_days_off _carried:
        return history.off_in_a_row -> return None
        return history.off_in_a_row -> return history.worked_in_a_row
    min_consecutive_days_off _carried:
        history.worked_in_a_row or history.off_in_a_row == 0 -> history.off_in_a_row == 0
    """
)
