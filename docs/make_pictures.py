"""Take the pictures of the workbench, light and dark, and of designed shifts, in both languages.

    python docs/make_pictures.py

The bundled week of An Giang is planned for a minute and served; headless Chromium looks at it, and
at the page on shifts that are designed for the call center of the examples.
It needs the extra `dev`, Chromium and its driver. Nothing compares the files with what it makes:
plans and fonts differ from computer to computer.
"""

from __future__ import annotations

import io
import random
import shutil
import sys
import tempfile
from datetime import time
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import shiftplan  # noqa: E402 - after the folder, as the next
from benchmarks.workbench import Page, serving  # noqa: E402 - of the folder added above
from shiftplan.citizens import design  # noqa: E402 - after the folder, as the next
from shiftplan.files import read_problem  # noqa: E402 - as above
from shiftplan.present.designs import write_design_page  # noqa: E402 - as above
from shiftplan.present.designs.summary import ShownDesign  # noqa: E402 - as above
from shiftplan.present.naming import Names  # noqa: E402 - as above
from shiftplan.week.shift_types import ShiftType  # noqa: E402 - as above

PICTURES = ROOT / "docs" / "pictures"
SIZE = 1280, 800
_COLORS = 160
"""Colors of a picture; so few keep the files small, and nobody sees it."""
_SPEAK = """
localStorage.setItem('shiftplan.lang', arguments[0]);
localStorage.setItem('shiftplan.theme', arguments[1]);
"""
_UNDO = "document.querySelector('.last-move .buttons button').click()"
_TAKEN = {
    ("workbench", "light", "en"),
    ("workbench", "dark", "en"),
    ("workbench", "light", "vi"),
    ("move", "dark", "vi"),
    ("map", "light", "en"),
}
"""Subject, theme and language of the pictures that pages show."""
_DESIGN_HEIGHT = 540
"""Height of the window that shows designed shifts."""
_PICTURES_ONLY = """
document.querySelector('nav').remove();
document.documentElement.style.overflow = 'hidden';
document.querySelector('#centers .key').scrollIntoView();
window.scrollBy(0, 50);
"""
_LEAST_LIT = 5
"""Places in view that light up in the picture of somebody who is held."""


def take(page: Page, subject: str, theme: str, lang: str) -> None:
    """Keep what the browser shows, if a page shows it."""
    if (subject, theme, lang) not in _TAKEN:
        return
    keep(page.browser, PICTURES / f"{subject}.{theme}.{lang}.png")


def keep(browser: Any, file: Path) -> None:
    """Keep what a browser shows."""
    picture = Image.open(io.BytesIO(browser.get_screenshot_as_png()))
    picture.convert("RGB").quantize(_COLORS).save(file, optimize=True)
    print(file.relative_to(ROOT))


def look(page: Page, lang: str, theme: str) -> None:
    """Take the pictures in one language and theme: somebody is held, a move, and the map."""
    page.browser.execute_script(_SPEAK, lang, theme)
    page.open_anew("centers")
    rng, places = random.Random(3), list[tuple[float, float]]()
    while len(places) < _LEAST_LIT:
        page.drop(None)
        places = page.hold(rng)
    page.hover(places[0])
    take(page, "workbench", theme, lang)
    page.drop(places[0])
    page.wait("return document.querySelector('.last-move .buttons') !== null")
    take(page, "move", theme, lang)
    page.browser.execute_script(_UNDO)
    page.browser.execute_script("location.hash = 'map'")
    page.wait("return document.querySelectorAll('#main svg path').length > 90")
    take(page, "map", theme, lang)


def look_at_design(browser: Any, folder: Path) -> None:
    """Take the pictures of the page on designed shifts, from the people needed on."""
    week = read_problem(ROOT / "examples" / "domains" / "call_center")
    kind = ShiftType(earliest=time(8), latest=time(16), min_minutes=240, max_minutes=480, step=120)
    found = design(week.model_copy(update={"shift_types": (kind,)}), step=60)
    browser.set_window_size(1100, _DESIGN_HEIGHT)
    for lang in ("en", "vi"):
        file, names = folder / "design.html", Names(found.problem, lang)
        write_design_page(ShownDesign(found), names, file, most=1)
        browser.get(file.as_uri())
        browser.execute_script(_PICTURES_ONLY)
        keep(browser, PICTURES / f"design.{lang}.png")


def main() -> None:
    """Take all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        week = Path(folder) / "an_giang"
        shutil.copytree(ROOT / "examples" / "data" / "an_giang", week)
        live = shiftplan.open_week(week, who="Lan")
        live.plan(time_limit=60)
        with serving(week) as (url, _):
            page = Page(url, Path(folder) / "profile")
            page.browser.set_window_size(*SIZE)
            try:
                for lang in ("en", "vi"):
                    for theme in ("light", "dark"):
                        look(page, lang, theme)
                look_at_design(page.browser, Path(folder))
            finally:
                page.browser.quit()


if __name__ == "__main__":
    main()
