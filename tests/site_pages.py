"""Pages of the built site: links that lead nowhere, and what a browser holds against a page."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

WIDE, PHONE = 1280, 390
"""Widths in pixels."""
_HEIGHT = 900
_LOADED = """
return document.readyState === 'complete' && [...document.images].every(image => image.complete)
"""
_FOUND = """
const root = document.documentElement, wide = root.clientWidth;
const out = [...document.images].filter(image => image.naturalWidth === 0)
  .map(image => `broken image ${image.getAttribute('src')}`);
if (root.scrollWidth > wide) {
  const past = [...document.querySelectorAll('main *, article *')]
    .filter(one => one.getBoundingClientRect().right > wide + 1)
    .map(one => one.tagName.toLowerCase() + (one.className ? '.' + one.className : ''));
  out.push(`${root.scrollWidth} pixels wide: ${past.slice(0, 3).join(', ')}`);
}
return out;
"""


class _Links(HTMLParser):
    """The ids of a page, and the links and files that it names."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("id", "name") and value:
                self.ids.add(value)
            elif name in ("href", "src") and value:
                self.targets.append(value)


@cache
def _read(page: Path) -> _Links:
    links = _Links()
    links.feed(page.read_text(encoding="utf-8"))
    return links


def broken_targets(page: Path) -> Iterator[str]:
    """Links of a built page to files that are missing, or to anchors that their page lacks."""
    for target in _read(page).targets:
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        place = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        anchor = unquote(parts.fragment)
        lost = bool(anchor) and place.suffix == ".html" and place.is_file()
        if not place.is_file() or (lost and anchor not in _read(place).ids):
            yield target


def look(browser: Any, width: int, dark: bool) -> None:
    """Give the window a width in pixels, and the reader a preference for dark or light."""
    metrics = {"width": width, "height": _HEIGHT, "deviceScaleFactor": 1, "mobile": width == PHONE}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    wish = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [wish]})


def open_page(browser: Any, address: str) -> None:
    """Open an address, and wait for its images."""
    browser.get(address)
    wait(browser, _LOADED)


def wait(browser: Any, condition: str) -> None:
    """Wait until a script returns something true; a test hangs no longer than a minute."""
    end = time.monotonic() + 60
    while not browser.execute_script(condition):
        assert time.monotonic() < end, condition
        time.sleep(0.02)


def faults(browser: Any, page: Path) -> Iterator[str]:
    """What a browser holds against a page, wide and on a phone, light and dark."""
    for width in (WIDE, PHONE):
        for dark in (False, True):
            look(browser, width, dark)
            open_page(browser, page.as_uri())
            log = [entry["message"] for entry in browser.get_log("browser")]
            for fault in [*browser.execute_script(_FOUND), *log]:
                yield f"{page.name}, {width} pixels, {'dark' if dark else 'light'}: {fault}"


def inaccessible(browser: Any, axe: str) -> Sequence[str]:
    """What the rules of axe find on the page that is open, each with a place."""
    browser.set_script_timeout(180)  # the longest pages have many thousand elements
    browser.execute_script(axe)
    found = browser.execute_async_script(
        "const done = arguments[0]; axe.run().then(result => done(result.violations));"
    )
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]
