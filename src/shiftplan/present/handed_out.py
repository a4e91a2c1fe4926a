"""What a publication hands out: messages, calendars, lists and tables.

(`LiveWeek`, `Publication`) -> `HandedOut` -> messages, or files in a folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shiftplan.analysis.reserves import Reserve, reserves
from shiftplan.present.answers.reasons import changes_csv
from shiftplan.present.handouts import messages
from shiftplan.present.handouts.owners import readers_of
from shiftplan.present.outputs import CHANGES, with_gone, write_told
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.problem.changes import possible
from shiftplan.record.current import CurrentWeek
from shiftplan.record.entries import Told
from shiftplan.record.live import LiveWeek
from shiftplan.record.telling import Publication, unsent
from shiftplan.week.owner import Owner
from shiftplan.week.roster import Roster


@dataclass(frozen=True)
class HandedOut:
    """What a publication hands out; immutable, so that it can be written while others go on."""

    told: Publication
    """The publication, recorded or not."""
    week: CurrentWeek
    """The week as it is now."""
    deadline: datetime | None
    """Deadline for answers, wall-clock time; None if people are not asked."""
    anew: frozenset[Owner]
    """Who gets all of their shifts, not only what is new."""
    is_whole: bool
    """Whether that is everybody."""

    @classmethod
    def of(
        cls,
        live: LiveWeek,
        told: Publication,
        *,
        deadline: datetime | None = None,
        whole: bool = False,
    ) -> HandedOut:
        """What a publication of a week hands out.

        Parameters
        ----------
        live
            The week.
        told
            The publication.
        deadline
            Deadline for answers to set, unless the publication is already recorded; None keeps the
            earlier one, if any.
        whole
            Send everybody all of their shifts, as happens anyway if only the deadline is new.
            Otherwise only people whom no message has reached get all of theirs.
        """
        entry = told.version.told
        if entry is not None and entry.number > told.week.state.head:
            deadline = entry.body.deadline if isinstance(entry.body, Told) else None
        known = told.week.known is not None
        whole = whole or (deadline is not None and known and not told.people)
        before = live.entries[: told.week.state.head]
        anew = {*unsent(told.week, before, live.roster_or_none, even_if_none=whole)}
        anew |= readers_of(told.problem, told.roster) if whole else set()
        due = deadline or live.now.state.deadline
        return cls(told, live.now, due, frozenset(anew), whole)

    @property
    def problem(self) -> Problem:
        """The week in which it is published, with bare rows for those who are no longer in it."""
        before, shifts = self.told.week.known, self.told.before_shifts
        return with_gone(self.told.problem, before, shifts)[0]

    def messages(self, lang: Lang, now: datetime) -> dict[Owner, str]:
        """Messages by reader; `now`: the present moment, aware."""
        told, shifts = self.told, self.told.before_shifts
        problem, before = with_gone(told.problem, told.week.known, shifts)
        return messages(
            problem,
            told.roster,
            before=before,
            before_shifts=shifts,
            anew=self.anew,
            agreed=told.week.agreed,
            deadline=self.deadline,
            now=now,
            lang=lang,
        )

    @property
    def roster(self) -> Roster:
        """The roster of the publication with reserves who come, as far as it is possible now."""
        pairs = {*self.told.roster.assignments, *self.week.called_in.assignments}
        return possible(self.week.problem, Roster.of(pairs))

    def write(
        self,
        out: Path,
        lang: Lang,
        *,
        now: datetime,
        chances: Mapping[tuple[str, str], float] | None = None,
        links: Mapping[Owner, str] | None = None,
        quiet: bool = False,
    ) -> list[Path]:
        """Write all files into a folder that exists, as `write_told` does.

        `now`: the present moment, aware; `chances`: of people coming, for the stand-by lists;
        `links`: reader -> link by which they answer, with which their message ends; `quiet`: no
        warning on standard error where calendars need a missing package.
        """
        told, week = self.told, self.told.week
        lists: tuple[Reserve, ...] = ()
        if len(told.roster):
            times = self.week.state.times_called
            lists = reserves(self.week.problem, self.roster, called=times, chances=chances)
        return write_told(
            told.problem,
            told.roster,
            out,
            lang,
            beside={CHANGES: changes_csv(told, lang)} if week.known is not None else {},
            before=week.known,
            before_shifts=told.before_shifts,
            anew=self.anew,
            agreed=week.agreed,
            deadline=self.deadline,
            now=now,
            revision=week.state.times_told,
            lists=lists,
            links=links,
            quiet=quiet,
        )
