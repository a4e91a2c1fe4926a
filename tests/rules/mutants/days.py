"""Wrong statements of the rules on days worked or off in a row."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    max_consecutive_days before:
        return history.same_type_in_a_row -> return history.worked_in_a_row
        None if self.shifts else history.worked_in_a_row -> None
    min_consecutive_days before:
        history.worked_in_a_row == 0 or -> NOTHING
        if by_type else was_off -> if by_type else False
        None if self.shifts else history.worked_in_a_row -> 0
    max_consecutive_days_off before:
        0 if has_worked else history.off_in_a_row -> history.worked_in_a_row
    min_consecutive_days_off before:
        or (history.worked_in_a_row or 0) > 0 -> NOTHING
        0 if has_worked else history.off_in_a_row -> None
    max_consecutive_days post:
        self.max_days + 1 -> self.max_days
        self.max_days + 1 -> self.max_days + 2
        last = np.arange(total) -> last = np.arange(total - 1)
        c or 0 for -> 0 for
        before[:, None] >= reach -> before[:, None] > reach
        inside - 1, who -> inside, who
        inside[kept] - 1 -> inside[kept]
        days.settled(given, self._of_work) -> days
    max_consecutive_days _days:
        self.which -> ()
    max_consecutive_days _people:
        model.arrays.in_group(self.group) -> model.arrays.in_group(())
    max_consecutive_days_off _days:
        exact=True -> exact=False
        .complement() -> NOTHING
    max_consecutive_days_off post:
        c or 0 for -> 0 for
        day[row] - offset -> day[row]
        self.max_days + 1 -> self.max_days
        last = np.arange(total) -> last = np.arange(total - 1)
    min_consecutive_days post:
        exact=True -> exact=False
        self.min_days == 1 -> self.min_days <= 2
        first[preceded] - 1 -> first[preceded]
        self.weight * lacking -> self.weight
        length - 1, who -> length, who
    min_consecutive_days _starts:
        if before else () -> if before == 1 else ()
        self.min_days - before, total -> self.min_days - before - 1, total
        0 if before == 0 else 1 -> 0
        0 if before == 0 else 1 -> 1
        first + min(self.min_days, total - first) -> first + min(self.min_days - 1, total - first)
        first + min(self.min_days, total - first) -> first + min(self.min_days, total - first - 1)
    min_consecutive_days _short_runs:
        range(min(self.min_days, total)) -> range(min(self.min_days - 1, total))
        before is not None and (length or before) -> before
        before is not None and (length or before) -> before is not None and length
        self.min_days - before - length -> self.min_days - length
        range(1, total - length) -> range(1, total - length - 1)
        range(1, total - length) -> range(2, total - length)
    min_consecutive_days _at_the_end:
        self.last_run == 'counted' -> False
        min(self.min_days, total + 1) -> min(self.min_days, total)
        total - length, length -> total - length - 1, length
        self.min_days - before - total -> self.min_days - total
    min_consecutive_days _alone:
        (length > 0) & (decided == length) -> length < 0
        (length > 0) & (decided == length) -> decided > 0
    min_consecutive_days_off _alone:
        preceded & ~given -> ~preceded & ~given
    min_consecutive_days_off post:
        self._starts if self.hard and (not given.any()) else self._short_runs -> self._starts
        length - 1, who -> length, who
    min_consecutive_days_off _days:
        exact=True -> exact=False
        .complement() -> NOTHING
    min_consecutive_days_off _short_runs:
        self.min_days - before - length -> self.min_days - length
    """
)

WRONG_CHECKS = table(
    """
    max_consecutive_days check:
        before + day - first >= self.max_days and -> NOTHING
        day - self.max_days) -> day - self.max_days + 1)
        and (not given.issuperset(range(max(first, day - self.max_days), day + 1))) -> NOTHING
        carried or 0 -> 0
    max_consecutive_days _kinds:
        self._of_work if i in given else kind -> kind
    max_consecutive_days_off _kinds:
        self._of_work if i in given else kind -> kind or i in given
    min_consecutive_days check:
        self.last_run == 'open' -> False
        carried is None or -> not carried or
    min_consecutive_days _runs:
        carried and (not row[0]) -> False
        carried if first == 0 else 0 -> 0
    max_consecutive_days _carried:
        history.last_shift_type not in self.shifts -> not history.last_shift_type
        history.same_type_in_a_row if -> history.worked_in_a_row if
        history.worked_in_a_row if self.which.is_all else None -> None
    min_consecutive_days _carried:
        self.shifts and history.last_shift_type -> self.shifts
        or history.worked_in_a_row == 0 -> NOTHING
        history.worked_in_a_row if self.which.is_all else None -> 0
    max_consecutive_days_off _carried:
        return history.off_in_a_row -> return None
        return history.off_in_a_row -> return history.worked_in_a_row
    min_consecutive_days_off _carried:
        history.worked_in_a_row or history.off_in_a_row == 0 -> history.off_in_a_row == 0
    """
)
