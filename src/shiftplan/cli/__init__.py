"""The command `shiftplan`, for coordinators and weekly batches.

Folder or file -> a command, each in a file of its own -> files, and what is shown.
"""

from __future__ import annotations

import sys

from shiftplan.cli.starting import starting

starting()

try:
    from shiftplan.cli import (
        anonymize,
        batch,
        calendars,
        charts,
        check,
        compare,
        explain,
        ledger,
        new_week,
        plan,
        repair,
        report,
        schema,
        simulate,
        staff,
        suggest,
        swap,
        template,
        tradeoff,
        what_if,
    )
    from shiftplan.cli.common import app, main
except ModuleNotFoundError as error:
    if str(error.name).startswith("shiftplan"):
        raise
    sys.exit(
        f"The command shiftplan needs the package {error.name}, which is not installed.\n"
        "Maybe the extra is missing; install it with:  pip install 'shiftplan[cli]'"
    )

__all__ = [
    "anonymize",
    "app",
    "batch",
    "calendars",
    "charts",
    "check",
    "compare",
    "explain",
    "ledger",
    "main",
    "new_week",
    "plan",
    "repair",
    "report",
    "schema",
    "simulate",
    "staff",
    "suggest",
    "swap",
    "template",
    "tradeoff",
    "what_if",
]
