"""The command `shiftplan`, for coordinators and weekly batches.

Folder or file -> a command, each in the file of its family -> files, and what is shown.
"""

from __future__ import annotations

import sys

from shiftplan.cli.starting import starting

starting()

try:
    from shiftplan.cli.commands import app as app
    from shiftplan.cli.running import main as main
except ModuleNotFoundError as error:
    if str(error.name).startswith("shiftplan"):
        raise
    sys.exit(
        f"The command shiftplan needs the package {error.name}, which is not installed.\n"
        'Install shiftplan again with its extra:  pip install "PLACE[cli]", where PLACE is its '
        "folder or its wheel."
    )
