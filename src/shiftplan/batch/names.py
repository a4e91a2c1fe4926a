"""Names of files in the folder of a run, and in its results."""

from __future__ import annotations

from pathlib import Path

MANIFEST, SUMMARY, PAGE = "manifest.json", "summary.csv", "index.html"
LOG, METRICS = "log.jsonl", "metrics.txt"
FAILED, FAULTS = ".failed", "faults.txt"
"""End of the name of a folder that stands in the place of a result, and its report."""
BOOK = "ledger.json"
"""The ledger in the folder of a planned week."""
PLANNED_WITH = "history_before.csv"
"""The history that a week was planned with, in the same folder, also of people not in it."""
TOLD = "told.csv"
"""The roster that people know, beside a very poor one of which nobody was told."""
_BEFORE = "history_before_"


def history_before(week: str) -> str:
    """File in a result: the history before an earlier week, with what was told of it since then."""
    return f"{_BEFORE}{week}.csv"


def histories_before(result: Path) -> dict[str, Path]:
    """First date of an earlier week -> its history in a result, in order of time."""
    return {
        p.stem.removeprefix(_BEFORE): p for p in sorted(result.glob(history_before("????-??-??")))
    }
