"""Ctrl-C while the command still starts: it ends at once, and quietly.

Command line of the process -> a handler of interrupts, until `started`.

Importing takes a moment, in which nothing of the command could catch an interrupt. A program that
imports shiftplan keeps its own handler.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import PurePath

INTERRUPTED = 130
"""Exit code of a command that Ctrl-C ended."""


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
    """Let Ctrl-C end the process quietly if it is the command that starts."""
    if is_command(sys.orig_argv) and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)


def started() -> None:
    """Give Ctrl-C back to Python: the command catches it now."""
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _end(_signal: int, _frame: object) -> None:
    os._exit(INTERRUPTED)
