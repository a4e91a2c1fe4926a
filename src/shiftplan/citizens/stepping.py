"""The line of a lane whose visits have several steps: all runs at once, event after event.

(`VisitCrowd`, `SimulatedTeam`, attendance) -> `LineOutcome`.
"""

from __future__ import annotations

import numpy as np

from shiftplan.citizens.draws import Conduct, VisitCrowd
from shiftplan.citizens.lanes import Bools, Floats, Ints, SimulatedTeam
from shiftplan.citizens.serving import LineOutcome

_PLACES = 6
"""Citizens of a run who are looked at together; doubled where more are in a center at once."""


def serve_visits(
    crowd: VisitCrowd, team: SimulatedTeam, present: Bools, conduct: Conduct
) -> LineOutcome:
    """Let the people who come serve visits step by step.

    Steps are done in order. Whoever is free first and can help with the next step takes it, and
    goes on with all steps behind it that the person can help with. For the rest of the visit the
    citizen goes back into the line, to the place that the time of arrival gives. Patience counts
    the minutes in the line of all steps together. What else `serve` says of citizens holds for
    each step that begins, so visits of one step fare the same in both.
    """
    office = _Center(crowd, team, present, conduct)
    while office.go_on():
        pass
    return office.outcome()


class _Center:
    """All runs of a lane, each at its own time.

    Of each run the first citizens who are not done have a place, shape (runs, places). The next
    event of a run is the earliest time at which somebody is free for one of them, and of several
    citizens the one who came first. Times at which people are free only grow, so it is final; and
    so is that a citizen gives up whose next step cannot begin in time.
    """

    def __init__(
        self, crowd: VisitCrowd, team: SimulatedTeam, present: Bools, conduct: Conduct
    ) -> None:
        self.crowd, self.team, self.present = crowd, team, present
        self.cuts = conduct.closing == "cut"
        self.factor = conduct.without_language_factor
        runs, citizens = len(present), len(crowd.run)
        self.next = np.searchsorted(crowd.run, np.arange(runs))
        """First citizen of each run who has no place yet."""
        self.last = np.searchsorted(crowd.run, np.arange(runs), side="right")
        """First citizen after those of each run."""
        self.free = np.where(present, team.begin, np.inf)
        self.ends = np.where(present, team.end, -np.inf)
        self.steps = (crowd.steps >= 0).sum(axis=1)
        # By citizen
        self.served, self.gave_up = np.zeros((2, citizens), dtype=bool)
        self.in_language = crowd.language > 0
        self.first_wait, self.wait, self.minutes = np.zeros((3, citizens))
        # By run and place
        self.who = np.full((runs, 0), -1)
        self.step = self.who.copy()
        self.ready, self.leave = np.zeros((2, runs, 0))
        self.settled, self.own = np.zeros((2, runs, 0), dtype=bool)
        self.bar = np.zeros((runs, 0, len(team.members)))
        """0 for people who may take the next step, or infinity."""
        self._add_places(_PLACES)

    def _add_places(self, number: int) -> None:
        runs = len(self.who)
        for name, empty in (("who", -1), ("step", 0), ("ready", np.inf), ("leave", np.inf)):
            values = getattr(self, name)
            more = np.full((runs, number), empty, dtype=values.dtype)
            setattr(self, name, np.concatenate([values, more], axis=1))
        no = np.zeros((runs, number), dtype=bool)
        self.settled = np.concatenate([self.settled, no], axis=1)
        self.own = np.concatenate([self.own, no], axis=1)
        bar = np.full((runs, number, self.bar.shape[2]), np.inf)
        self.bar = np.concatenate([self.bar, bar], axis=1)
        self._fill_places()

    def _fill_places(self) -> None:
        """Give empty places to the citizens who come next."""
        empty = self.who < 0
        order = self.next[:, None] + empty.cumsum(axis=1) - 1
        run, place = np.nonzero(empty & (order < self.last[:, None]))
        who = order[run, place]
        self.next += np.bincount(run, minlength=len(self.next))
        self.who[run, place] = who
        self.leave[run, place] = self.crowd.leave[who]
        self._line_up(run, place, np.zeros(len(who), dtype=np.int64), self.crowd.time[who])

    def _line_up(self, run: Ints, place: Ints, step: Ints, ready: Floats) -> None:
        """Put citizens who have places into the line, from some times on, for some steps."""
        who = self.who[run, place]
        self.step[run, place], self.ready[run, place] = step, ready
        self.settled[run, place] = self.crowd.language[who] == 0
        self.own[run, place] = False
        able = self.team.able[self.crowd.steps[who, step]]
        if not self.cuts:
            able = able & (self.crowd.time[who][:, None] < self.team.end)
        self.bar[run, place] = np.where(able, 0.0, np.inf)

    def go_on(self) -> bool:
        """Let the next thing happen in every run; whether anything may happen after it."""
        soonest = np.maximum(self.free[:, None, :], self.ready[:, :, None])
        soonest += self.bar
        if self.cuts:
            np.putmask(soonest, soonest >= self.team.end, np.inf)
        due = soonest.min(axis=2, initial=np.inf)
        gone = (self.who >= 0) & (due > self.leave)
        waits = ~gone.any(axis=1)
        if gone.any():
            run, place = np.nonzero(gone)
            self._send_away(run, place, due[gone])
        due[self.who < 0] = np.inf
        now = due.min(axis=1)
        waits &= np.isfinite(now)
        coming = np.flatnonzero(waits & (self.next < self.last))
        if (self.crowd.time[self.next[coming]] < now[coming]).any():
            self._add_places(self.who.shape[1])
            return True
        run = np.flatnonzero(waits)
        if run.size:
            first = np.where(due == now[:, None], self.who, len(self.crowd.run))
            place = first.argmin(axis=1)[run]
            self._begin(run, place, now[run], soonest[run, place])
        self._fill_places()
        return bool((self.who >= 0).any())

    def _send_away(self, run: Ints, place: Ints, due: Floats) -> None:
        """Let citizens give up, or send those away with whom nobody can ever begin."""
        who, ready, leave = self.who[run, place], self.ready[run, place], self.leave[run, place]
        never = np.isinf(due)
        stays = np.full(len(who), -np.inf)
        if self.cuts and self.bar.shape[2]:
            stays = np.where(np.isinf(self.bar[run, place]), -np.inf, self.ends[run]).max(axis=1)
        gave_up = ~never | (leave < stays)
        self.gave_up[who] = gave_up
        waited = np.where(gave_up, leave, np.maximum(stays, ready)) - ready
        first = self.step[run, place] == 0
        self.first_wait[who[first]] = waited[first]
        self.wait[who] += waited
        self.in_language[who] = False
        self.who[run, place] = -1

    def _begin(self, run: Ints, place: Ints, now: Floats, soonest: Floats) -> None:
        """Let citizens begin with somebody who is free for them now, or see whom they wait for."""
        asks = np.flatnonzero(~self.settled[run, place])
        if asks.size:
            soonest[asks] = self._find_speakers(run[asks], place[asks], now[asks], soonest[asks])
            begins = soonest.min(axis=1) == now
            run, place, now, soonest = run[begins], place[begins], now[begins], soonest[begins]
        who, step = self.who[run, place], self.step[run, place]
        crowd, team = self.crowd, self.team
        pick = soonest.argmin(axis=1)  # the first of equals is the least able
        number = np.arange(crowd.steps.shape[1])
        behind = number >= step[:, None]
        able = team.able[crowd.steps[who], pick[:, None]] & (crowd.steps[who] >= 0)
        goes_on = np.logical_and.accumulate(able | ~behind, axis=1)
        minutes = np.where(behind & goes_on, crowd.step_minutes[who], 0.0).sum(axis=1)
        alone = (crowd.language[who] > 0) & ~self.own[run, place]
        minutes = np.where(alone, minutes * self.factor, minutes)
        done = now + minutes
        same = team.same[pick]
        self.free[run[:, None], same] = np.maximum(self.free[run[:, None], same], done[:, None])

        waited = now - self.ready[run, place]
        first = step == 0
        self.first_wait[who[first]] = waited[first]
        self.wait[who] += waited
        self.minutes[who] += minutes
        self.in_language[who] &= ~alone
        next_step = goes_on.sum(axis=1)
        ends = next_step == self.steps[who]
        self.served[who[ends]] = True
        self.who[run[ends], place[ends]] = -1
        back = ~ends
        self.leave[run[back], place[back]] += minutes[back]
        self._line_up(run[back], place[back], next_step[back], done[back])

    def _find_speakers(self, run: Ints, place: Ints, now: Floats, soonest: Floats) -> Floats:
        """Settle whom citizens who need a language wait for; when these are free, or anybody."""
        who, team = self.who[run, place], self.team
        there = team.speaks[self.crowd.language[who]] & np.isfinite(self.bar[run, place])
        moment = now if self.cuts else self.crowd.time[who]
        there &= self.present[run] & (team.begin <= now[:, None]) & (moment[:, None] < team.end)
        there = there[:, team.same].any(axis=2)
        own = there.any(axis=1)
        self.own[run, place], self.settled[run, place] = own, True
        bar = np.where(own[:, None] & ~there, np.inf, 0.0)
        self.bar[run, place] += bar
        return np.asarray(soonest + bar)

    def outcome(self) -> LineOutcome:
        """What became of everybody."""
        return LineOutcome(
            self.served,
            self.gave_up,
            ~self.served & ~self.gave_up,
            self.served & self.in_language,
            self.wait,
            self.minutes,
            self.first_wait,
        )
