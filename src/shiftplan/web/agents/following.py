"""How a tool that takes a while is followed and stopped.

A request of the protocol -> `Following`, which knows nothing of the protocol.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from shiftplan.solving.result import Progress


@dataclass(frozen=True)
class Following:
    """The way back to whoever asked."""

    cancel: threading.Event = field(default_factory=threading.Event)
    """Set when nobody waits for the answer any more."""
    hear: Callable[[Progress], None] = lambda _: None
    """Called with how far a search has come."""
