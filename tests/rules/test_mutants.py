"""Wrong statements of each rule, which agreement of check and model must reject.

A mutant is one change in the text of a method: off by one, a forgotten border, filter or last
window, a wrong direction, inexact indicators. The text is compared after `ast.unparse`, so that
formatting does not matter.
"""

from __future__ import annotations
import __future__

import ast
import inspect
import sys
import textwrap
from typing import NamedTuple

import agreement
import pytest
import tiny

from shiftplan.model import Model
from shiftplan.rules import ALWAYS, RULES
from shiftplan.rules.arrays import Arrays
from shiftplan.scoring.case import Case


class Mutant(NamedTuple):
    """One wrong statement of a rule."""

    kind: str
    where: str  # method of the class, or function of its module
    old: str
    new: str


def _table(text: str) -> list[Mutant]:
    """Rows `kind where: old -> new`; `kind` and `where` stand once for the rows below them."""
    mutants, kind, where = [], "", ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.endswith(":") and "->" not in line:
            kind, where = line[:-1].split()
            continue
        old, new = line.split(" -> ")
        mutants.append(Mutant(kind, where, old, new.replace("NOTHING", "")))
    return mutants


WRONG_POSTS = _table(
    """
    pins post:
        p.state == 'must' -> p.state == 'must_not'
        works, 1, -> works, 0,
        self, works -> self, -works
    pins forbid:
        pin.state == 'must_not' -> pin.state == 'must'
        True -> False
    available forbid:
        < 0 -> < 1
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
    max_shift_count _windows:
        total - length + 1 -> total - length
        every[i:i + length] -> every[i:i + length + 1]
        self._least and self.rolling_days -> self.rolling_days
        min(self.rolling_days, total) -> self.rolling_days
        d - timedelta(d.weekday()) -> d - timedelta((d.weekday() + 1) % 7)
        d.replace(day=1) -> d.replace(month=1, day=1)
    max_shift_count post:
        self.value - before -> self.value
        self.value - before -> self.value + before
        self.value - before -> self.value + 1 - before
        arrays.in_group(self.group) -> arrays.in_group(())
        arrays.in_set(self.shifts) -> arrays.in_set(())
        and (not self.shifts) -> NOTHING
        self.per == 'horizon' and -> NOTHING
    max_shift_count exclusive:
        not self.group and -> NOTHING
        and (not self.shifts) -> NOTHING
        self.hard and -> NOTHING
        self.value == 1 -> self.value >= 1
    min_shift_count _windows:
        label in (labels[0], labels[-1]) -> label == labels[0]
        label in (labels[0], labels[-1]) -> label == labels[-1]
        self._least and label in -> label in ('',) and label in
        return [] -> return [every]
    min_shift_count post:
        self.value - before -> self.value - 1 - before
        self.value - before -> self.value
        model.at_least if self._least else model.at_most -> model.at_most
    max_minutes post:
        self._amounts(arrays)[model.pair_shift] -> np.ones(model.num_pairs)
        self.value - before -> self.value
        self.value - before -> self.value - 1 - before
    max_minutes _amounts:
        arrays.end - arrays.start -> (arrays.end - arrays.start) // 60 * 60 + 1
        arrays.end - arrays.start -> (arrays.end - arrays.start) % 1440 % 500
    min_minutes post:
        self.value - before -> self.value + 1 - before
        model.at_least if self._least else model.at_most -> model.at_most
    min_minutes _windows:
        label in (labels[0], labels[-1]) -> label == labels[-1]
        total - length + 1 -> total - length
    coverage post:
        seat <= minimum -> seat < minimum
        , 4, 1) -> , 3, 1)
        1 + (target[owner] - seat) -> (target[owner] - seat)
        * share + 0.5 -> * share
        priority[owner] * -> NOTHING
        self, missing, -target, target -> self, missing, -minimum, target
        arrays.center[where] -> where * 0
    minimum_coverage post:
        n.minimum for -> n.target for
        n.minimum for -> n.minimum + 1 for
        at_least -> at_most
    minimum_coverage _named:
        concerned[arrays.shift_index[n.shift_id]] -> True
    shortage post:
        n.target for -> n.minimum for
        n.target for -> n.target - 1 for
        at_least -> at_most
    shortage _named:
        concerned[arrays.shift_index[n.shift_id]] -> not concerned[arrays.shift_index[n.shift_id]]
    surplus post:
        n.target for -> n.minimum for
        at_most -> at_least
        counted, target -> counted, target + 1
    surplus counted_pairs:
        arrays.holds(skill, level) -> arrays.holds(skill, level + 1)
        arrays.holds(skill, level) -> arrays.holds(skill, 1)
        key = np.where(holds, key, -1) -> pass
    surplus people_counted:
        key, len(requirements)) -> key, len(requirements), 2.0)
    show_up post:
        n.minimum for -> n.target for
        people - least + 1 -> people - least
        least, people - least + 1 -> 1, people
        part + bit <= 100 -> True
        100 * minimum, -> 99 * minimum,
        self.value / 100 -> 0.9
        - 1e-09 -> + 1e-09
        2, 1) -> 2)
        64, 32, -> 32,
        least_of[key] -> 0
        rate_of[model.pair_volunteer] -> 0
    worst_center_first post:
        self.value - 1 -> self.value
        ** self.value -> ** 2
        + scale) // -> ) //
        empty.sum_by(center, -> empty.sum_by(0 * center,
        self.weight * -> NOTHING
    worst_center_first _empty:
        target[kept] -> target[kept] + 1
        skilled == (kind == 'skilled') -> skilled == (kind == 'people')
        [shift[kept]] -> [0 * kept]
        n.skill_id is not None -> (n.min_level or 0) > 1
    area_floor post:
        (1 - self.value) + _EPS) -> (1 - self.value) + _EPS) + 1
        1 - self.value -> self.value
        math.floor(wanted -> math.ceil(wanted
        wanted // factor) -> elsewhere // factor)
        filled.sum_by(np.zeros -> (filled * 0).sum_by(np.zeros
        _filled(model, kept[~here], target[~here]) -> _filled(model, kept[here], target[here])
        (names or {'other'}) -> ({'other'})
        *place.groups -> place.center_id
        missing * (elsewhere // factor) -> missing * elsewhere
        np.where(here, 0, -1), 1 -> np.where(here, -1, 0), 1
        if place.remote_area -> if place.remote_area and not place.minority_area
    area_floor _filled:
        there - filled - full * np.maximum(beyond, 0), 0) -> there - filled - full * 9, 9)
        full * np.maximum(beyond, 0) -> full * np.maximum(beyond - 1, 0)
        full * target - filled -> full * 0 - filled
        beyond > 0) -> beyond > 1)
    skill_placement post:
        >= self.value -> > self.value
        - 1e-09 -> + 0.5
        2 * nth - 1 -> 2 * nth
        unit=60 -> unit=50
        -60 * hours -> -60 * hours + 59
        first <= row.start.date() < last -> True
        kind[0] in staffed -> True
        max(spoken, wanted.get(kind, 0.0)) -> spoken
        tongue.share * -> NOTHING
        (skill, level)[model -> (skill, 1)[model
        hours[owner] + 0.5 -> hours[owner]
    mentored post:
        before.get(name, 0) -> 0
        min(most[i], -> max(0,
        level[:, 0] <= -> level[:, -1] <=
        held <= self.novice_level -> held <= 9
        (held > self.novice_level) -> (held > -1)
        model.define_at_most(mentored - worked, 0) -> pass
        model.define_at_most(mentored - there.take(row), 0) -> pass
        there - model.sum_pairs(key, len(shifts)) -> there - there
    mentored _implied_by:
        rule.hard and -> NOTHING
        (rule.skill == self.skill) and -> NOTHING
        rule.novice_level >= self.novice_level -> True
        rule.mentor_level >= -> 9 >=
    capacity post:
        arrays.num_volunteers if r is None -> 1 if r is None
        room[arrays.center] -> room[arrays.center] + 1
        room[arrays.center] -> room[arrays.center] - 1
        room[arrays.center] -> room.min()
    qualified forbid:
        ~arrays.holds -> arrays.holds
        str(skill), level -> str(skill), 1
        str(skill), level -> str(skill), level + 1
        if s.skill_id} -> if s.skill_id and s.min_level > 1}
    max_distance forbid:
        None if v.mobile else -> NOTHING
        > limit[:, None] -> > limit[:, None] + 12
        away & -> ~away &
        > limit[:, None] -> >= limit[:, None]
        else km for -> else 0 for
        arrays.km[arrays.home] -> arrays.km[0 * arrays.home]
    travel post:
        mobile[model.pair_volunteer] -> False
        km + 0.5 -> km
        arrays.home[model.pair_volunteer] -> 0 * model.pair_volunteer
        self.weight * -> NOTHING
    one_place post:
        arrays.end[model.pair_shift], side='left' -> arrays.end[model.pair_shift], side='right'
        running, 1 -> running, 2
        arrays.end[model.pair_shift] -> arrays.start[model.pair_shift] + 1
    one_place exclusive:
        arrays.span -> arrays.day
    one_center_per_day post:
        centers, 1 -> centers, 2
        person_day * arrays.num_centers -> model.pair_volunteer * arrays.num_centers
        model.pair_center, return_inverse -> 0 * model.pair_center, return_inverse
    max_centers post:
        self.value -> self.value - 1
        self.value -> self.value + 1
    max_centers _centers_of:
        model.pair_center -> 0
    continuity post:
        centers, 1 -> centers, 0
        centers, 1 -> centers, 2
    continuity _centers_of:
        visits.sum_by -> (-visits).sum_by
    max_shifts post:
        arrays.max_shifts, who -> arrays.max_shifts - 1, who
        arrays.max_shifts, who -> arrays.max_shifts + 1, who
        model.most_shifts, arrays.max_shifts -> model.most_shifts, arrays.max_shifts - 1
        at_most -> at_least
    min_shifts post:
        np.minimum(asked, arrays.offered) -> asked
        np.minimum(asked, arrays.offered) -> np.maximum(asked, arrays.offered)
        at_least -> at_most
    fairness post:
        + i, q[v] -> + i + 1, q[v]
        w[v] + i -> i
        past(arrays, 'shifts_offered') + arrays.offered -> arrays.offered
        (q > 0) & -> (q > 2) &
        & arrays.in_group(self.group) -> NOTHING
    fairness price_each:
        + 0.5 -> + 0.0
        count) + 1 -> count) + 2
    fairness works:
        np.minimum(model.most_shifts -> np.minimum(model.most_shifts - 1
    leximin post:
        (w[v] + i - 1) -> (w[v] + i)
        range(1, self.value) -> range(2, self.value)
        np.minimum(self.weight * total / q[v], HIGHEST_PRICE) -> self.weight * total / q[v]
        arrays.offered > 0 -> arrays.offered > 1
        past(arrays, 'shifts_offered') + arrays.offered -> arrays.offered
        & arrays.in_group(self.group) -> NOTHING
    max_min post:
        load < step -> load <= step
        & arrays.in_group(self.group)[:, None] -> NOTHING
        every[:-1]) - missed.take(every[1:]) -> every[1:]) - missed.take(every[:-1])
        nth + w[:, None] -> nth + 1 + w[:, None]
        nth + w[:, None] -> nth
        * need[people] -> * 1
        eased, -need[people] -> eased, 1 - need[people]
        self.value + 1, -> self.value,
    floor post:
        np.minimum(min( -> np.maximum(min(
        offered_of(self.shifts) -> offered_of(())
        in_set(self.shifts) -> in_set(())
        in_group(self.group) -> in_group(())
        at_least -> at_most
    balance_hours post:
        -np.sort(-( -> np.sort((
        >= arrays.max_shifts -> > arrays.max_shifts
        if not self.shifts: -> if True:
        h[v] + nth -> nth
        + 0.5 -> + 0.0
        np.ceil( -> np.floor(
        price, 60 * block // max(unit, 1) -> price
        in_set(self.shifts) -> in_set(())
        inside(self.shifts) -> inside(())
        & arrays.in_group(self.group) -> NOTHING
    balance_undesired post:
        state == UNDESIRED -> state != UNDESIRED
        u[v] + i -> i
        past(arrays, 'shifts_offered') + arrays.offered -> arrays.offered
        & arrays.in_group(self.group) -> NOTHING
    balance_shifts post:
        offered_of(self.shifts) -> offered_of(())
        in_set(self.shifts) -> in_set(())
        2 * i - 1 -> 2 * i
        & arrays.in_group(self.group) -> NOTHING
    balance_far post:
        not v.mobile -> True
        > self.value -> >= self.value
        arrays.home[model.pair_volunteer] -> 0 * model.pair_volunteer
        past(arrays, 'shifts_offered') + arrays.offered -> arrays.offered
        & arrays.in_group(self.group) -> NOTHING
    wish_equality post:
        times // spans -> 0 * times
        np.where(against, -1, people) -> np.where(against, people, -1)
        n = stated + undesired.sum(axis=1) -> n = stated + undesired.sum(axis=1) + 1
        arrays.state == UNDESIRED -> arrays.state > UNDESIRED
        np.minimum(undesired.sum(axis=1), model.most_shifts) -> 0
        2 * k - 1 -> 2 * k + 1
        arrays.in_group(self.group) -> True
    wish post:
        0.2)) -> 0.25))
        + 0.5 -> + 0.0
        np.where(state == PREFERRED, 0.0, 0.2) -> np.where(state == PREFERRED, 0.2, 0.0)
    full_day post:
        full * more, 1 -> full * more, 2
        full * more -> full
        model.pair_volunteer * arrays.num_days -> 0 * model.pair_volunteer
    stability post:
        self.weight + np.where -> np.where
        np.where(told, self.told_weight, 0) -> np.where(told, 0, self.told_weight)
        (key < 0) & inside[model.pair_shift] -> key < 0
        kept = inside[where] -> kept = inside[where] | True
        .complement() -> NOTHING
    stability forbid:
        forbidden[who, where] = False -> NOTHING
        forbidden[:, self._inside(arrays)] -> forbidden[:, :]
    stability _inside:
        arrays.day >= first -> arrays.day > first
        arrays.day <= last -> arrays.day < last
    preferences _granted:
        exact=True -> exact=False
        (model.pair_day[own] == day) & sets[wish.shifts][shift] -> model.pair_day[own] == day
    preferences post:
        == 'against' -> == 'for'
        w.weight for -> 1 for
        (worked.complement(), ~against) -> (worked.complement(), ~against & (people < 0))
    mentor post:
        level <= self.novice_level -> level < self.novice_level
        level >= self.mentor_level -> level > self.mentor_level
        novice - self.value * mentor -> self.value * novice - mentor
        novice - self.value * mentor -> novice - mentor
        level >= self.mentor_level -> level > self.novice_level
    never_alone post:
        arrays.holds(self.skill, self.min_level) -> arrays.holds(self.skill, 1)
        novice * self.value -> novice
        np.where(able, -1, model.pair_shift) -> model.pair_shift
        - skilled, 0 -> - skilled, 1
    together post:
        float(member.sum()) -> float(member.sum() - 1)
        missing, 0 -> missing, 1
        float(member.sum()) -> float(member[model.pair_volunteer].any())
        in_group((name,)) -> in_group(self.group)
    apart post:
        count, self.value -> count, self.value + 1
        count, self.value -> count, 1
        in_group((name,)) -> in_group(self.group)
        in_group((name,)) -> in_group(())
    min_rest post:
        + self.value, side='left' -> + self.value, side='right'
        + self.value, side='left' -> , side='left'
        self._post_border(model, pairs, begin) -> pass
        np.maximum(last - np.arange(len(pairs)) - 1, 0) -> (last - np.arange(len(pairs)) > 1) * 1
        arrays.in_group(self.group) -> arrays.in_group(())
        arrays.in_set(self.shifts) -> arrays.in_set(())
    min_rest _post_border:
        begin < earliest -> begin <= earliest
        end + self.value -> end
        pairs[begin -> pairs[-begin
    forbidden_succession post:
        row - 1 -> row
        np.arange(1, arrays.num_days) -> np.arange(2, arrays.num_days)
        np.arange(1, arrays.num_days) -> np.arange(1, arrays.num_days - 1)
        in (self.first, self.then) -> in (self.then, self.first)
        first_day, 0 -> first_day, 1
        in self.first for -> in self.then for
        arrays.in_group(self.group) -> arrays.in_group(())
        self, both, 1, -> self, both, 2,
    max_consecutive_days post:
        self.value + 1 -> self.value
        self.value + 1 -> self.value + 2
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
        self.value + 1 -> self.value
        last = np.arange(total) -> last = np.arange(total - 1)
    min_consecutive_days post:
        exact=True -> exact=False
        self.value == 1 -> self.value <= 2
    min_consecutive_days _post_hard:
        if before: -> if before == 1:
        self.value - before, total -> self.value - before - 1, total
        0 if before == 0 else 1 -> 0
        0 if before == 0 else 1 -> 1
        range(1, self.value) -> range(1, self.value - 1)
        a + j < total -> a + j < total - 1
        start[preceded] - 1 -> start[preceded]
    min_consecutive_days _post_soft:
        range(self.value) -> range(self.value - 1)
        before is not None and (length or before) -> before
        before is not None and (length or before) -> before is not None and length
        self.value - before - length -> self.value - length
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
        self.value - before - length -> self.value - length
    max_weekends post:
        weekend >= 0 -> weekend > 0
        exact=False -> exact=True
        self.value - before[people] -> self.value
        self.value - before[people] -> self.value - 1 - before[people]
        if not self.shifts: -> if True:
        in_group(self.group) -> in_group(())
    max_weekends _weekend_of:
        first + np.arange -> np.arange
        ~np.concatenate([[False], is_weekend[:-1]]) -> is_weekend
        np.array([_WEEKDAYS.index(d) for d in self.weekend]) -> np.array([5, 6])
    max_weekends _pairs:
        in_set(self.shifts) -> in_set(())
    complete_weekends post:
        exact=True -> exact=False
        length[i] == len(self.weekend) -> True
        np.roll(days, -1) -> np.append(days[1:], days[-1])
        range(count) -> range(count - 1)
        rise, 0 -> rise, 1
    complete_weekends _pairs:
        in_set(self.shifts) -> in_set(())
    """
)

WRONG_CHECKS = _table(
    """
    pins check:
        works and pin.state == 'must_not' -> works and pin.state == 'must'
    available check:
        is None -> == 'undesired'
    stability check:
        if told[who, where] else 0 -> NOTHING
        worked ^ told.keys() -> told.keys() - worked
    stability _concerns:
        self.first_day <= day -> self.first_day < day
        day <= self.last_day -> day < self.last_day
    max_shift_count check:
        count > self.value -> count >= self.value
    min_shift_count check:
        count < self.value -> count <= self.value
    max_shift_count _periods:
        len(dates) - n + 1 -> len(dates) - n
    min_shift_count _periods:
        or after.weekday() != 0 -> NOTHING
        before.month == min(days).month or -> NOTHING
        return [] if self._least else -> return
    max_shift_count _totals:
        and (not self.shifts) -> NOTHING
    max_minutes _amount:
        case.minutes(shift) -> 240
    coverage check:
        seat <= need.minimum -> seat < need.minimum
        range(filled + 1, target + 1) -> range(filled + 1, target)
    show_up check:
        100 * least - -> 100 * need.target -
        missing > 0 -> missing > 1
        case.counted(need) -> case.people_in[need.shift_id]
    show_up _part:
        1e-09 -> 0.01
        low, high = (0, 100) -> low, high = (0, 120)
        low, high = (0, 100) -> low, high = (1, 100)
    show_up _chance:
        people - least + 1 -> people - least
        range(1, least) -> range(1, least + 1)
    worst_center_first check:
        wanted, wanted - filled) -> wanted, 1)
    worst_center_first _cost:
        above + below // 2 -> above
        power - 1) -> power)
    area_floor check:
        math.ceil(self.value * wanted - _EPS) -> math.floor(self.value * wanted - _EPS)
        math.ceil(self.value * wanted - _EPS) -> math.ceil(self.value * wanted + _EPS)
        -(-filled_there * wanted // wanted_there) -> filled_there * wanted // wanted_there
        elif wanted_there -> elif wanted_there > 3
        filled < due -> filled + 1 < due
    area_floor _is_in:
        and (not center.remote_area) -> NOTHING
        area in center.groups -> False
    skill_placement check:
        hours - given // 60 -> hours - (given + 59) // 60
        get(center_id) -> get(center_id, 0)
    skill_placement _work:
        level >= self.value -> level > self.value
        max(needed.get(key, 0.0), spoken) -> needed.get(key, 0.0) + spoken
    mentored check:
        self.value - before -> self.value
        case.horizon.start -> case.horizon.end
        if volunteer.level(self.skill, shift.day) <= self.novice_level -> if True
        level >= mentor_level -> level > mentor_level
        max(self.mentor_level, self.novice_level + 1) -> self.mentor_level
    capacity check:
        count > room -> count >= room
    one_place check:
        < case.span -> <= case.span
    one_center_per_day check:
        len(there) - 1 -> 1
    continuity check:
        - 1 -> NOTHING
    min_rest check:
        start - end < self.value -> start - end <= self.value
        history.last_shift_end is not None -> history.last_shift_end is None
    forbidden_succession check:
        history.last_shift_type in self.first -> False
    max_consecutive_days check:
        - max(0, before - self.value) -> NOTHING
        carried or 0 -> 0
    min_consecutive_days check:
        first + length == case.horizon.days -> first + length > case.horizon.days
        carried is None or -> not carried or
    min_consecutive_days _runs:
        carried and (not row[0]) -> False
        carried if first == 0 else 0 -> 0
    max_weekends check:
        and (not self.shifts) -> NOTHING
    complete_weekends check:
        run[0] >= 0 and -> NOTHING
    mentor check:
        n >= self.mentor_level -> n > self.mentor_level
    never_alone check:
        able < len(people) and -> NOTHING
    together check:
        0 < count < -> 0 <= count <
    fairness check:
        before + i -> before + i + 1
    leximin check:
        or offered == 0 -> or offered <= 1
    leximin _growth:
        worked - 1 -> worked
        self.value - 1 -> self.value
        min(HIGHEST_PRICE, -> max(0,
    max_min _reached:
        >= step -> > step
        count >= offered -> False
    floor check:
        case.offered(volunteer, self.shifts) -> self.value
        count < due -> count <= due
    balance_hours check:
        math.ceil -> math.floor
        [:volunteer.max_shifts] -> NOTHING
        None if self.shifts else case -> case
    balance_shifts check:
        case.offered(volunteer, self.shifts) -> case.offered(volunteer)
    balance_far check:
        if volunteer.mobile -> if False
    balance_far _is_far:
        > self.value -> >= self.value
    wish_equality check:
        n ** 2 -> n
    case wishes:
        state == 'undesired' -> state != 'undesired'
    min_shifts check:
        case.offered(volunteer) -> volunteer.min_shifts
    wish check:
        rnd(factor * self.weight) -> int(factor * self.weight)
    case refused:
        works == (wish.state == 'against') -> works and wish.state == 'against'
    full_day check:
        count > 1 -> count > 2
    case state:
        shift.end <= window.end -> shift.end < window.end
        window.start <= shift.start -> window.start < shift.start
    case offered:
        else min(count, volunteer.max_shifts) -> else count
    case _find_inside:
        s.end <= w.end -> s.end < w.end
        w.start.date() <= day -> w.start.date() < day
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
    case counts:
        >= (requirement.min_level or 1) -> > (requirement.min_level or 1)
    case is_one_of:
        shift.type in names or -> NOTHING
    case seats:
        min(self.coverage(need), need.target) -> self.coverage(need)
        kind != 'all' and -> NOTHING
    case minutes_held:
        people * self.minutes(shift) -> people * 240
    case members:
        not group or -> NOTHING
    """
)

WRONG_VERBS = _table(
    """
    model below:
        -linear - lacking, -bound -> -linear - lacking, -bound + 1
        name not in self._below -> True
    model at_most:
        beyond > 1e-09 -> beyond > 1
        excess = self.new_columns(len(live), beyond[live]) -> excess = self.new_columns(len(live))
        bounds = (linear.take(live), bounds[live]) -> bounds = (linear.take(live), bounds[live] + 1)
    model avoid:
        linear.constant @ prices -> 0.0
        linear.matrix.T @ prices -> linear.matrix.T @ (prices > 0)
    model any_of:
        exact and ceiling is not None -> False
        (linear, None) -> (linear, ceiling)
    model most_together:
        size) -> size) * 0
    model greatest:
        linear.matrix.maximum(0) -> linear.matrix.minimum(0)
    model program:
        problem.rate_of[level] * costs -> costs
        bounds - linear.constant -> bounds
    arrays level:
        (grant.valid_to - first).days + 1 -> (grant.valid_to - first).days
        max(0, since), max -> max(0, since + 1), max
        np.maximum(level[i, days], grant.level, -> np.minimum(level[i, days], grant.level,
        grant.skill_id != skill_id -> False
    arrays holds:
        >= min_level -> > min_level
        self.day -> 0 * self.day
    arrays in_group:
        not wanted or -> NOTHING
    arrays in_set:
        s.type in wanted or -> NOTHING
        or (not wanted.isdisjoint(s.tags)) -> NOTHING
    """
)
SURVIVORS = {
    # Without sharing there are more columns, all of them right.
    ("model", "name not in self._below"),
    # Exact indicators only cost a row more.
    ("max_weekends", "exact=False"),
    # The ceiling is posted twice: one row more.
    ("model", "(linear, None)"),
}
"""Changes that are no errors: they must survive."""


def _changed(function, old, new):
    """The function with a piece of its text replaced, in the namespace of its module."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    tree.body[0].decorator_list = []
    text = ast.unparse(tree)
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in\n{text}"
    code = compile(text.replace(old, new), "mutant", "exec", __future__.annotations.compiler_flag)
    space: dict[str, object] = {}
    exec(code, function.__globals__, space)
    return space[function.__name__]


def _install(monkeypatch, owner, name, old, new):
    """Put the mutant where the method or function is looked up."""
    if not hasattr(owner, name):
        owner = sys.modules[owner.__module__]
    original = getattr(owner, name)
    monkeypatch.setattr(owner, name, _changed(original, old, new))


def _problems(kind):
    if kind in ("model", "arrays", "case"):
        some = [p for problems in tiny.cases().values() for p in problems[::9]]
        whole = [
            p for kind in ("forbidden_succession", "skill_placement") for p in tiny.cases()[kind]
        ]
        return [*some, *tiny.mixed(), *whole]
    mixed = [p for p in tiny.mixed() if any(r.rule == kind for r in p.rules)]
    return [*sorted(tiny.cases()[kind], key=lambda p: len(p.volunteers) * len(p.shifts)), *mixed]


OWNERS = {
    **RULES,
    **{rule.rule: type(rule) for rule in ALWAYS},
    "model": Model,
    "arrays": Arrays,
    "case": Case,
}


def _name(mutant):
    return f"{mutant.kind}.{mutant.where}: {mutant.old} -> {mutant.new}".replace(" ", "_")


@pytest.mark.parametrize("mutant", WRONG_POSTS + WRONG_VERBS, ids=_name)
def test_wrong_post_is_rejected(mutant, monkeypatch):
    """A model with one error differs from the checker where the right one does not."""
    problems = _problems(mutant.kind)
    owner = OWNERS[mutant.kind]

    with monkeypatch.context() as patch:
        _install(patch, owner, mutant.where, mutant.old, mutant.new)
        killer = next((p for p in problems if agreement.difference(p, *agreement.truth(p))), None)

    if (mutant.kind, mutant.old) in SURVIVORS:
        assert killer is None
        return
    assert killer is not None, "no roster tells the mutant from the rule"
    assert not agreement.difference(killer, *agreement.truth(killer))


@pytest.mark.parametrize("mutant", WRONG_CHECKS, ids=_name)
def test_wrong_check_is_rejected(mutant, monkeypatch):
    """A checker with one error differs from the model on some roster."""
    problems = _problems(mutant.kind)
    right = [agreement.truth(p) for p in problems]

    _install(monkeypatch, OWNERS[mutant.kind], mutant.where, mutant.old, mutant.new)
    killed = any(
        agreement.difference(p, pairs, choices, agreement.checked(p, pairs, choices))
        for p, (pairs, choices, _) in zip(problems, right, strict=True)
    )

    assert killed


def test_every_rule_has_mutants():
    """Each rule that posts rows or prices has two wrong posts at least."""
    count = dict.fromkeys([*RULES, "pins"], 0)
    for mutant in WRONG_POSTS:
        count[mutant.kind] = count.get(mutant.kind, 0) + 1

    assert {kind for kind, n in count.items() if n < 2} <= {"available"}
