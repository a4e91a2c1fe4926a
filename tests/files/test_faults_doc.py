"""Every kind of fault is documented, and can happen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from shiftplan.errors import SHOWN, Fault, FaultCode, InputError

ROOT = Path(__file__).parents[2]
CODES = get_args(FaultCode)


def test_every_code_is_documented() -> None:
    """The page of faults lists the codes that exist, each once, in their order."""
    page = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z_]+) \|(.*)\|$", page, flags=re.MULTILINE)

    assert [code for code, _ in rows if code != "code"] == list(CODES)
    assert all(cells.count("|") == 2 for _, cells in rows)


LISTS = ("errors/codes.py",)
"""Where all codes stand, whether anything raises them or not."""


def test_every_code_is_used() -> None:
    """No code is listed that nothing raises."""
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "src" / "shiftplan").rglob("*.py")
        if path.relative_to(ROOT / "src" / "shiftplan").as_posix() not in LISTS
    )

    assert [code for code in CODES if f'"{code}"' not in source] == []


def test_text_shows_the_first_faults() -> None:
    """The error carries all faults, its text the first 50 and how many more there are."""
    faults = [
        Fault("missing_value", "shifts", "date", "", "must be there", index=i) for i in range(362)
    ]
    error = InputError(faults)

    assert len(error.faults) == 362
    assert str(error).splitlines()[0] == "362 faults in the input:"
    assert str(error).splitlines()[-1] == "  ... and 312 more"
    assert len(str(error).splitlines()) == SHOWN + 2
