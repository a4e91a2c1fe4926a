"""Ctrl-C and SIGTERM while the command still starts: it ends at once, and quietly.

Command line of the process -> handlers of both signals, until `started`.

Importing takes a moment, in which nothing of the command could catch an interrupt. A program that
imports shiftplan keeps its own handlers.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import PurePath

INTERRUPTED = 130
"""Exit code of a command that Ctrl-C or SIGTERM ended."""
ENDING = (signal.SIGINT, signal.SIGTERM)
"""Signals that end a command: of a terminal, and of a service manager, `kill` or `timeout`."""
_USUAL = (signal.default_int_handler, signal.SIG_DFL)
"""Their handlers where nobody asked for another one."""


def is_command(words: Sequence[str]) -> bool:
    """Whether a command line, the interpreter first, starts the command `shiftplan`."""
    for place, word in enumerate(words[1:], 1):
        if word == "-m":
            return words[place + 1 : place + 2] == ["shiftplan"]
        if word == "-c":
            return False
        if not word.startswith("-"):
            # The value of an option such as -W is no program; its name tells.
            if PurePath(word).stem == "shiftplan":
                return True
            if words[place - 1] not in ("-W", "-X"):
                return False
    return False


def starting() -> None:
    """Let both signals end the process quietly if it is the command that starts."""
    if is_command(sys.orig_argv):
        for number, usual in zip(ENDING, _USUAL, strict=True):
            if signal.getsignal(number) is usual:
                signal.signal(number, _end)


def started() -> None:
    """Let both signals raise KeyboardInterrupt: the command catches it now."""
    for number in ENDING:
        if signal.getsignal(number) is _end:
            signal.signal(number, signal.default_int_handler)


def ending_at_once() -> None:
    """Let both signals end the process at once: a thread of it waits for input that never ends."""
    for number in ENDING:
        signal.signal(number, _end)


def _end(_signal: int, _frame: object) -> None:
    os._exit(INTERRUPTED)
