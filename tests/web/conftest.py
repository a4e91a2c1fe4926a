"""The browser of all tests of the workbench."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browsing import open_browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One browser for all tests; each opens what it looks at."""
    found = open_browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.quit()
