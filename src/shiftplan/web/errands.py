"""What runs in the background while people go on: searches, and questions that take seconds.

A function of an `Errand` -> a thread -> what it found, or why it found nothing, for who asked.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import Annotated, Any, Literal

from fastapi import Path

from shiftplan.errors import Fault, InputError, ShiftplanError
from shiftplan.errors.message import Message
from shiftplan.web.visitor import Visitor

log = logging.getLogger("shiftplan")

ErrandId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{16}$")]
"""Id of an errand in the path of a request."""
ErrandState = Literal["waiting", "running", "done", "stopped", "failed"]
"""`stopped`: somebody ended it; it has what was found until then, if anything."""
_SIDE_BY_SIDE = 2
"""Questions that run at one time; others wait for their turn."""
_MOST_OPEN = 20
"""Errands that run or wait, at most."""
_KEPT = 40
"""Questions that are kept, the newest ones; each holds a week."""
_SECONDS_TO_END = 20.0
"""Seconds that errands have to end when the app ends."""


def refusal(said: str) -> InputError:
    """The error of an errand that cannot begin now."""
    return InputError([Fault("in_use", "", message=Message(said))])


@dataclass(eq=False)
class Errand:
    """One search or question."""

    by: Visitor
    """Who asked."""
    asked: Any
    """What was asked."""
    run: Callable[[Errand], Any]
    """Finds the answer, in a thread of its own; ends soon after `cancel` is set."""
    at_end: Callable[[Errand], object] = lambda _: None
    """Called when it has ended."""
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    """Unguessable."""
    cancel: threading.Event = field(default_factory=threading.Event)
    """Ends it early."""
    ended: threading.Event = field(default_factory=threading.Event)
    """Set at its end."""
    state: ErrandState = "waiting"
    """How it stands."""
    found: Any = None
    """What was found; None while nothing was."""
    error: ShiftplanError | None = None
    """Why it failed; None if it did not, or nobody knows why."""
    _began: float = 0.0
    _took: float = 0.0

    @property
    def seconds(self) -> float:
        """How long it took, or has taken so far."""
        return monotonic() - self._began if self.state == "running" else self._took

    def work(self, turns: threading.Semaphore) -> None:
        """Run to the end when it is its turn; whatever goes wrong is kept."""
        state: ErrandState = "done"
        with turns:
            self._began, self.state = monotonic(), "running"
            try:
                if not self.cancel.is_set():
                    self.found = self.run(self)
            except ShiftplanError as error:
                self.error, state = error, "failed"
            except Exception:
                log.exception("a search or question of the workbench failed")
                state = "failed"
        if self.cancel.is_set() and state == "done":
            state = "stopped"
        self._took = monotonic() - self._began
        self.state = state
        self.ended.set()
        self.at_end(self)


class Errands:
    """Errands of one kind of one week.

    `side_by_side` of them run at one time; `kept` are kept, the newest ones.
    """

    def __init__(self, side_by_side: int = _SIDE_BY_SIDE, kept: int = _KEPT) -> None:
        self._kept = kept
        self._turns = threading.Semaphore(side_by_side)
        self._lock = threading.Lock()
        self._all: dict[str, Errand] = {}
        self._is_closed = False

    def __iter__(self) -> Iterator[Errand]:
        """All that are kept, the newest first."""
        with self._lock:
            return reversed([*self._all.values()])

    def of(self, errand_id: str, by: Visitor) -> Errand | None:
        """The errand of an id, if the visitor asked for it."""
        found = self._all.get(errand_id)
        return found if found is not None and found.by == by else None

    def start(self, errand: Errand, *, alone: str = "") -> Errand:
        """Start an errand.

        InputError where too many are open, or, with the code of a message in `alone`, any other is.
        """
        with self._lock:
            opened = [other for other in self._all.values() if not other.ended.is_set()]
            if self._is_closed:
                raise refusal("web.closing")
            if alone and opened:
                raise refusal(alone)
            if len(opened) >= _MOST_OPEN:
                raise refusal("web.too_many_questions")
            ended = [i for i, other in self._all.items() if other.ended.is_set()]
            for old in ended[: max(0, len(self._all) + 1 - self._kept)]:
                del self._all[old]
            self._all[errand.id] = errand
        threading.Thread(target=errand.work, args=(self._turns,), daemon=True).start()
        return errand

    def cancel(self) -> list[Errand]:
        """Cancel all errands, which are returned; no other one starts."""
        with self._lock:
            self._is_closed = True
            opened = [errand for errand in self._all.values() if not errand.ended.is_set()]
        for errand in opened:
            errand.cancel.set()
        return opened


def close_all(groups: Iterable[Errands]) -> None:
    """End the errands of some groups, with what they found until then; no other one starts."""
    opened = [errand for group in groups for errand in group.cancel()]
    end = monotonic() + _SECONDS_TO_END
    for errand in opened:
        errand.ended.wait(max(0.0, end - monotonic()))
