"""Path of the helpers in tests/, and the number of rosters that were enumerated."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from shiftplan.testing import agreement


def pytest_terminal_summary(terminalreporter):
    """Say how many rosters check and model agreed on."""
    if agreement.COUNT["rosters"]:
        terminalreporter.write_line(
            "agreement of check and model: {rosters:,} rosters of {problems:,} problems, "
            "{solved:,} of them solved by HiGHS".format(**agreement.COUNT)
        )
