"""Names in the folder of a run: of its own files, and what a province may be called beside them.

Name of a province, which becomes that of a folder -> what is wrong with it.
"""

from __future__ import annotations

from pathlib import Path

MANIFEST, SUMMARY, PAGE = "manifest.json", "summary.csv", "index.html"
LOG, METRICS = "log.jsonl", "metrics.txt"
BOOK = "ledger.json"
"""The ledger in the folder of a planned week."""
PLANNED_WITH = "history_before.csv"
"""The history that a week was planned with, in the same folder, also of people not in it."""
TOLD = "told.csv"
"""The roster that people know, beside a very poor one of which nobody was told."""
_BEFORE = "history_before_"
_TAKEN = frozenset({MANIFEST, SUMMARY, PAGE, LOG, METRICS})
"""Files of the run itself, whose names no province can have."""
_FORBIDDEN = set('/\\:*?"<>|\0')


def history_before(week: str) -> str:
    """File in a result: the history before an earlier week, with what was told of it since then."""
    return f"{_BEFORE}{week}.csv"


def histories_before(result: Path) -> dict[str, Path]:
    """First date of an earlier week -> its history in a result, in order of time."""
    return {
        p.stem.removeprefix(_BEFORE): p for p in sorted(result.glob(history_before("????-??-??")))
    }


def name_fault(province: str) -> str | None:
    """Why a province cannot have this name; None if it can."""
    if not province or province != province.strip().strip("."):
        return "a province has a name without blanks or dots around it"
    if set(province) & _FORBIDDEN or not province.isprintable() or len(province.encode()) > 200:
        return 'the name becomes a folder: at most 200 bytes, without / \\ : * ? " < > |'
    if province.casefold() in _TAKEN:
        return "this is the name of a file that the run writes"
    return None
