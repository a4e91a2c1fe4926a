"""The browser of all tests of the workbench, and a commune served to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import open_browser
from served import commune, served

from shiftplan.record import LiveWeek
from shiftplan.web import app


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One browser for all tests; each opens what it looks at."""
    found = open_browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.quit()


@pytest.fixture
def live(tmp_path: Path) -> LiveWeek:
    """The commune with one draft."""
    return commune(tmp_path)


@pytest.fixture
def address(live: LiveWeek) -> Iterator[str]:
    """Where it is served."""
    with served(app(live)) as place:
        yield place


@pytest.fixture(autouse=True)
def _before_the_week(saturday: None) -> None:
    """Nothing of the weeks of these tests is past."""
