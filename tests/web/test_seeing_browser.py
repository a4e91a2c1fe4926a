"""The page in a real browser: what is seen, in both languages and themes, on desks and phones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browsing import needs_browser
from looking import axe, errors, find, go_to, opened, texts, until
from served import commune, served

from shiftplan.web import app

pytestmark = needs_browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the commune is served."""
    with served(app(commune(tmp_path_factory.mktemp("week")))) as place:
        yield place


def test_a_small_week_in_two_languages_and_themes(browser: Any, address: str) -> None:
    """It loads, changes language and theme at once, remembers both, and breaks no rule of axe."""
    page = opened(browser, address)
    assert "Trần Văn An" in texts(page, ".chip")

    for lang, dark, word in (("en", False, "Overview"), ("vi", True, "Tổng quan")):
        find(page, f"button[lang={lang}]").click()
        if dark:
            find(page, ".choices button:last-child").click()
        until(page, lambda word=word: word in texts(page, "nav.views a"))
        for view in ("overview", "people"):
            go_to(page, view)
            assert axe(page) == [], (lang, view)

    page = opened(browser, address)
    assert page.execute_script("return document.documentElement.lang") == "vi"
    assert page.execute_script("return document.documentElement.dataset.theme") == "dark"
    assert errors(page) == []
