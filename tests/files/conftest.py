"""What tests of files share."""

from __future__ import annotations

from pathlib import Path

import pytest
from files.deliveries import SHARED, give


@pytest.fixture
def teams(tmp_path: Path) -> Path:
    """The tables that all share; teams come beside them."""
    place = tmp_path / "teams"
    give(place, "_shared", **SHARED)
    return place
