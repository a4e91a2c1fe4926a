"""Looking back makes work more equal in the long run."""

from __future__ import annotations

import importlib.util
from pathlib import Path

EXAMPLE = Path(__file__).parents[3] / "examples" / "05_fair_over_weeks.py"


def test_inequality_falls_faster_with_a_ledger() -> None:
    """Six weeks of the example: about 0.29, then 0.12 without and 0.04 with a ledger."""
    spec = importlib.util.spec_from_file_location("fair_over_weeks", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)

    without, with_ledger = (example.season(6, 8, look_back) for look_back in (False, True))

    assert without[0] == with_ledger[0]
    assert with_ledger[-1] < without[-1] < without[0]
    assert with_ledger[-1] < with_ledger[0] / 3
