"""Wrong statements of what all rules lean on: verbs of the model, arrays, a check's case."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    arrays _find_moments:
        [begin, end] -> [begin, begin]
        [begin, end] -> [end, end]
        last - first -> last - first - 1
        self.center * apart + minute -> minute
    model below:
        -linear - shared, -bound -> -linear - shared, -bound + 1
        shared is None -> True
    model at_most:
        beyond > 1e-09 -> beyond > 1
        , np.ceil(beyond[live] - 1e-09) -> NOTHING
        bounds = (linear.take(live), bounds[live]) -> bounds = (linear.take(live), bounds[live] + 1)
    model avoid:
        linear.constant @ prices -> 0.0
        linear.matrix.T @ prices -> linear.matrix.T @ (prices > 0)
    model any_of:
        exact and ceiling is not None -> False
        (linear, None) -> (linear, ceiling)
    model days_worked:
        self.meant(which) -> self.meant(())
    model meant:
        who[self.pairs.volunteer] & -> NOTHING
        & where[self.pairs.shift] -> NOTHING
    pairs most_together:
        size) -> size) * 0
    pairs parts:
        + self._class[pair] -> NOTHING
    model greatest:
        linear.matrix.maximum(0) -> linear.matrix.minimum(0)
    model program:
        self._rates[level] * costs -> costs
        bounds - linear.constant -> bounds
    arrays counted:
        np.full(len(found), i) -> np.full(len(found), 0)
    arrays _counted:
        self.center == self.center_index[at] -> self.center >= 0
        self.in_set(need.shifts)[there] -> self.in_set(())[there]
        <= from_ -> < from_
        until <= self.end -> until < self.end
        >= (first -> > (first
        <= (last -> < (last
    arrays center_of:
        index[n.center_id or ''] -> 0
    arrays concerned:
        meant == counted -> meant > 0
        (counted > 0) | which.is_all -> True
        (counted > 0) | which.is_all -> counted > 0
    arrays tallied:
        name in wanted -> True
        += number -> = number
    arrays past:
        getattr(history, field) -> 0
        .sum(axis=1) / unit -> [:, 0] / unit
    arrays _find_state:
        > reached[:-1] -> >= reached[:-1]
        np.maximum.accumulate(end + apart) -> end + apart
        apart = who * -> apart = 0 * who *
        np.minimum.at -> np.maximum.at
        > start[owner] -> >= start[owner]
        start - longest -> start
        <= until[owner] -> < until[owner]
    arrays level:
        (grant.valid_to - first).days + 1 -> (grant.valid_to - first).days
        max(0, since), max -> max(0, since + 1), max
        np.maximum(level[i, days], grant.level, -> np.minimum(level[i, days], grant.level,
        grant.skill_id != skill_id -> False
    arrays holds:
        >= min_level -> > min_level
        self.day -> 0 * self.day
    sets _closed:
        some | outside == every -> some == every
        not fits & some -> fits & some
        range(every + 1) -> range(1, every + 1)
    sets _fits:
        fits &= -> fits =
        << place -> << 0
    arrays meets_on:
        >= level -> >= 1
        held |= -> held =
        in condition.abilities -> in condition.abilities[:1]
        condition.held -> True
    seats pairs_counted:
        met[entries] &= -> met[entries] =
        in conditions: -> in conditions[:1]:
        in conditions: -> in conditions[-1:]:
        bool(conditions) -> False
        first[shift[owner]] + nth -> first[shift[owner]]
    seats presence:
        at_once[need], works -> at_once[need] & False, works
        at_once[need], works -> at_once[need] | True, works
        need * (works -> 0 * need * (works
        exact=True -> exact=False
    arrays in_group:
        of_group.any() -> False
        np.ones -> np.zeros
        kind in ('', meaning) -> kind == ''
    arrays _of_skill:
        [:, 0] -> [:, -1]
        >= level) -> > level)
        level >= 1 -> level >= 0
    arrays _of_home:
        self.at([name]) -> self.at([name]) & False
    arrays at:
        or {'other'} -> | {'other'}
        center.type, -> NOTHING
        *center.groups, -> NOTHING
    arrays _find_occupied:
        < end -> <= end
        start < self.span_times -> start <= self.span_times
        who[:, None] & -> NOTHING
    arrays _find_max_shifts:
        np.maximum(most - beside, 0) -> most
        np.maximum(most - beside, 0) -> most - beside
        np.where(is_limited, -> np.where(most >= 0,
    arrays work_beside_shifts:
        which.shifts or -> NOTHING
        (is_short or not within_days) -> True
        row.is_work and -> NOTHING
    arrays occupied_by_day:
        which.shifts or -> NOTHING
        0 <= day < self.num_days -> 0 < day < self.num_days
        += amount -> = amount
        found[:, ~self._days_meant(which)] = 0 -> NOTHING
    arrays in_set:
        (last - first - 1) % 1440 + 1 -> last - first
        < (last - first - 1) % 1440 + 1 -> <= (last - first - 1) % 1440 + 1
        s.type in wanted or -> NOTHING
        or (not wanted.isdisjoint(s.tags)) -> NOTHING
    reach _as_the_crow_flies:
        np.ceil -> np.floor
    reach _quickest:
        min(( -> max((
    reach _made:
        leave <= latest -> leave < latest
        end - 1 -> end
        np.maximum(leave, begin) -> leave
        range((last - first).days + 1) -> range((last - first).days)
    reach _told:
        rank + 1 -> rank
        100 * np.maximum -> 10 * np.maximum
        rank.T -> rank.T + 2
    arrays _days_meant:
        d in which.days.dates or -> NOTHING
        or d.weekday() in weekdays -> NOTHING
        day >= -> day >
        day <= -> day <
    """
)

WRONG_CHECKS = table(
    """
    case wishes:
        state == 'undesired' -> state != 'undesired'
    case refused:
        works == (wish.state == 'against') -> works and wish.state == 'against'
    offers state_inside:
        w.contain(shift.start, shift.end) -> w.start <= shift.start and shift.end < w.end
        w.contain(shift.start, shift.end) -> w.start < shift.start and shift.end <= w.end
    offers _least:
        min(states -> max(states
        w.start < shift.end -> w.start <= shift.end
        shift.start < w.end -> shift.start <= w.end
    offers count:
        else min(count, most) -> else count
    offers most:
        max(0, volunteer.max_shifts - sum(inside)) -> volunteer.max_shifts
        if d in self._horizon -> NOTHING
    offers times:
        s.end <= w.end -> s.end < w.end
        w.start.date() <= day -> w.start.date() < day
        self._least(w, s) -> 'available'
    seating meeting:
        for v in left if -> for v in people if
    seating seated:
        (-worth, place) -> (worth, place)
        found(seat_of[who], tried) -> False
        seat_of.get(who) == place -> who in able[place]
    case filled:
        kind=kind -> kind='all'
    condition is_met:
        in self.abilities -> in self.abilities[:1]
        >= level -> > level
        >= level -> >= 1
        return not self.held -> return self.held
    case paid:
        + volunteer.shift_cost -> NOTHING
        + 60 -> NOTHING
    case fitting:
        conditions, shift.day) -> conditions[:1], shift.day)
        conditions, shift.day) -> conditions, self.week.horizon.start)
        requirement.start is None -> True
        requirement.start is None -> False
        and requirement.is_of_heads -> NOTHING
    case concerns:
        bool(shifts) and -> NOTHING
        all((self -> any((self
        if which.is_all -> if False
    need may_count:
        shift.start <= self.start -> shift.start < self.start
        self.end <= shift.end -> self.end < shift.end
        shift.day < self.first_day -> shift.day <= self.first_day
        shift.day <= self.last_day -> shift.day < self.last_day
        not shift.is_one_of(self.shifts) -> False
    shift is_one_of:
        self.type in names or -> NOTHING
    seating is_of_kind:
        kind == 'all' or -> NOTHING
    case _count_minutes:
        * self.minutes(shift) -> * 240
    case tallied:
        if name in names -> NOTHING
    case past:
        getattr(history, field) -> 0
        / unit -> * unit
    case occupied_on:
        not which.is_of_days -> False
        and day in self.horizon -> NOTHING
        and which.has_day(day) -> NOTHING
    offers occupying:
        if row.meets(shift) -> if row.start <= shift.end
    case members:
        self.is_member(volunteer, group) -> not group or any(n in volunteer.group for n in group)
    names has:
        not names or -> NOTHING
    names is_called:
        0 < level <= -> 0 <= level <=
        kind in ('', 'person') and -> NOTHING
        self.first_day -> self.first_day + dt.timedelta(3)
        kind in ('', 'home') and -> NOTHING
    case wishes:
        which.has_day(self.day_of(wish)) -> True
    which has:
        first <= minute < last -> first <= minute <= last
        first <= minute < last -> first < minute < last
        minute >= first or minute < last -> minute >= first
        not shift.is_one_of(self.shifts) or -> NOTHING
    which has_day:
        day < self.first_day -> day <= self.first_day
        day <= self.last_day -> day < self.last_day
    ways arrival:
        min(( -> max((
    ways minutes:
        min(( -> max((
        math.ceil -> math.floor
    ways _arrival:
        < end -> <= end
        day <= last -> day < last
    """
)
