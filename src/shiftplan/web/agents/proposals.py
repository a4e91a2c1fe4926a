"""What tools found and nobody has recorded yet; it is recorded only by its digest.

(`SeenWeek`, roster, changes) -> `Proposal` -> a draft of the record, if nothing changed meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass, field
from typing import Literal

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem.changes import AnyChange
from shiftplan.record.state import Version
from shiftplan.solving.result import Result
from shiftplan.web.agents.answers import ToolRow
from shiftplan.web.agents.seen import SeenWeek
from shiftplan.week.roster import Roster

MOST_KEPT = 20
"""Proposals that are kept, the newest ones; each holds a week."""
MadeHow = Literal["plan", "repair"]


@dataclass(frozen=True)
class Proposal:
    """A roster that could become the draft of a week."""

    week: SeenWeek
    """The week that it was made for."""
    roster: Roster
    """The roster, with the ids of the week's files."""
    made_by: MadeHow
    """What made it, for the record."""
    result: Result
    """What the search found."""
    before: int | None
    """Cost of the roster until then; None without one."""
    lines: tuple[str, ...]
    """What it comes to, in words."""
    rows: tuple[ToolRow, ...]
    """What would change for people."""
    changes: tuple[AnyChange, ...] = ()
    """Changes of the week that are recorded with it, with the ids of the week's files."""

    @property
    def digest(self) -> str:
        """Digest of the week, its record, the changes and the roster."""
        changes = [{"kind": type(c).__name__, **c.model_dump(mode="json")} for c in self.changes]
        state = [self.week.name, self.week.now.problem.digest, self.week.now.state.head]
        told = json.dumps([*state, changes, self.roster.assignments])
        return hashlib.sha256(told.encode()).hexdigest()[:16]


@dataclass
class Proposals:
    """The proposals of one session."""

    _kept: dict[str, Proposal] = field(default_factory=dict)
    _recorded: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, proposal: Proposal) -> str:
        """Keep a proposal; its digest."""
        digest = proposal.digest
        with self._lock:
            self._kept.pop(digest, None)
            self._kept[digest] = proposal
            for old in list(self._kept)[:-MOST_KEPT]:
                del self._kept[old]
        return digest

    def need(self, digest: str) -> Proposal:
        """The proposal of a digest; InputError if none is kept."""
        with self._lock:
            found = self._kept.get(digest)
        if found is None:
            message = Message("agents.no_proposal", n=MOST_KEPT)
            raise InputError([Fault("unknown_id", "", "", digest, message)])
        return found

    def need_fresh(self, digest: str, now: SeenWeek) -> Proposal:
        """The proposal of a digest, for the week as it is now.

        InputError (`outdated`) if anything else happened since it was made, or it is recorded.
        """
        made = self.need(digest)
        if digest in self._recorded:
            raise _outdated("agents.recorded_already")
        then = made.week.now
        is_same = now.path == made.week.path and now.now.problem.digest == then.problem.digest
        if not is_same or now.now.state.head != then.state.head:
            raise _outdated("agents.stale", Message("agents.propose_again"))
        return made

    def record(self, made: Proposal, now: SeenWeek, why: str) -> Version:
        """Record a proposal: its changes of the week and its roster as a draft, both or neither.

        InputError (`outdated`) if anything else was recorded meanwhile.
        """
        result = None if made.changes else made.result
        of = now.now, made.changes, made.roster
        version = now.live.record_unless_changed(*of, made.made_by, result, why)
        if version is None:
            raise _outdated("agents.stale", Message("agents.propose_again"))
        self._recorded.add(made.digest)
        return version


def _outdated(said: str, remedy: str | Message = "") -> InputError:
    return InputError([Fault("outdated", "", message=Message(said), remedy=remedy)])
