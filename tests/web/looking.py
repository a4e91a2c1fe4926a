"""What tests of the page do in the browser: open it, wait, find, and ask axe-core."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from browsing import AXE
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By

_SECONDS = 20
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def opened(browser: Any, address: str, view: str = "", *, anew: bool = False) -> Any:
    """Open the page, with nothing remembered if `anew`, and wait until it shows the week."""
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get(f"{address}/#{view}")
    if anew:
        browser.execute_script("localStorage.clear(); sessionStorage.clear()")
        browser.refresh()
    until(browser, lambda: find(browser, "#main *"))
    return browser


def find(page: Any, selector: str) -> Any:
    """The first element of a selector, once there is one."""
    return until(page, lambda: page.find_element(By.CSS_SELECTOR, selector))


def texts(page: Any, selector: str) -> list[str]:
    """Text of all elements, with any blanks in it as single ones."""
    script = (
        "return [...document.querySelectorAll(arguments[0])]"
        ".map(e => e.textContent.trim().replace(/\\s+/g, ' '))"
    )
    found: list[str] = page.execute_script(script, selector)
    return found


def until(page: Any, is_so: Callable[[], Any]) -> Any:
    """Wait until something holds, and give it."""
    end = time.monotonic() + _SECONDS
    while True:
        try:
            if found := is_so():
                return found
        except (NoSuchElementException, StaleElementReferenceException):
            pass
        assert time.monotonic() < end, "it never came so"
        time.sleep(0.02)


def answer(page: Any, place: int) -> str:
    """What the page answers to a question beside a shift, by its place among them."""
    find(page, f"#panel .question:nth-of-type({place + 1}) > button").click()
    reply = f"#panel .question:nth-of-type({place + 1}) .reply"
    until(page, lambda: find(page, reply).get_attribute("aria-busy") == "false")
    return texts(page, reply)[0]


def go_to(page: Any, view: str) -> None:
    """Choose a view by its link."""
    find(page, f'nav.views a[href="#/{view}"]').click()
    until(page, lambda: find(page, f'nav.views a[href="#/{view}"][aria-current]'))


@contextmanager
def phone(page: Any, is_phone: bool = True) -> Iterator[None]:
    """The browser as a phone of 360 by 740 pixels, as long as the block lasts."""
    size = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    if is_phone:
        page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        yield
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def axe(page: Any, root: str = "html") -> list[str]:
    """Rules of WCAG 2.2 AA that the page breaks, each with the first elements that do."""
    page.set_script_timeout(180)  # the grid of a province has ten thousand elements
    page.execute_script(f"if (!window.axe) {{ {AXE.read_text(encoding='utf-8')} }}")
    found = page.execute_async_script(
        "const [root, rules, done] = arguments;"
        "axe.run(root, {runOnly: rules, resultTypes: ['violations']}).then(done)",
        root,
        _RULES,
    )
    return [
        f"{row['id']}: {row['help']} {[node['html'][:160] for node in row['nodes'][:3]]}"
        for row in found["violations"]
    ]


def errors(page: Any) -> list[str]:
    """What the page left in the browser's log."""
    return [row["message"] for row in page.get_log("browser")]
