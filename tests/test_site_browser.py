"""The built site in a real browser, opened from its files: looks, search, accessibility."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata

import pages
import pytest
import site_pages
from browsing import AXE, needs_browser, open_browser
from selenium.webdriver.common.by import By

FEW = ("docs/index", "docs/index.vi", "docs/words.vi", "docs/measures")
"""Pages that are built and opened each time; the others when slow tests are run."""
PLAIN = ("-D", "suppress_warnings=myst,toc,ref,image")


def build(out, *options) -> None:
    """Build the site with the command of CONTRIBUTING, or a part of it."""
    contributing = (pages.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    line = re.search(r"^sphinx-build .+$", contributing, re.MULTILINE)[0]
    words = [*line.split()[1:-1], *options, str(out)]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *words],
        cwd=pages.ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A site of few pages."""
    pytest.importorskip("sphinx")
    out = tmp_path_factory.mktemp("site")
    build(out, "-D", "include_patterns=" + ",".join(f"{name}.md" for name in FEW), *PLAIN)
    return out


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    opened = open_browser(tmp_path_factory.mktemp("profile"))
    yield opened
    opened.quit()


def found(browser, site, query) -> set[str]:
    """The pages that the search of the site finds, opened from its file."""
    site_pages.open_page(browser, (site / "search.html").as_uri())
    box = browser.find_element(By.CSS_SELECTOR, "main input[name=q], input[name=q]")
    browser.execute_script(
        "arguments[0].value = arguments[1]; arguments[0].form.submit()", box, query
    )
    site_pages.wait(
        browser,
        "return /^Search finished|did not match/.test("
        "(document.querySelector('.search-summary') || {innerText: ''}).innerText)",
    )
    links = browser.find_elements(By.CSS_SELECTOR, "ul.search a")
    return {
        re.sub(r"\.html.*", "", link.get_attribute("href")).split("/docs/")[1] for link in links
    }


@needs_browser
def test_few_pages_look_right(few, browser):
    """Wide and on a phone, light and dark: nothing sticks out, no image is broken, no error."""
    wrong = [x for name in FEW for x in site_pages.faults(browser, few / f"{name}.html")]

    assert wrong == []


@needs_browser
def test_pages_follow_the_wish_for_dark(few, browser):
    """The ground of a page is darker where the system prefers dark."""
    shades = []
    for dark in (False, True):
        site_pages.look(browser, site_pages.WIDE, dark)
        site_pages.open_page(browser, (few / "docs" / "index.html").as_uri())
        shade = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
        shades.append(sum(map(int, re.findall(r"\d+", shade)[:3])))

    assert shades[0] > 600
    assert shades[1] < 150


@needs_browser
@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("coordinators", "index"),
        ("percentile", "measures"),
        ("Hệ số", "words.vi"),
        ("he so", "words.vi"),
        (unicodedata.normalize("NFD", "điểm phạt"), "words.vi"),
        ("DIEM PHAT", "words.vi"),
        ("lich truc", "index.vi"),
    ],
)
def test_search_works_from_a_file(few, browser, query, page):
    """English words find their page, and so do Vietnamese ones, typed with or without marks."""
    assert page in found(browser, few, query)
    assert browser.get_log("browser") == []


@needs_browser
def test_search_says_that_it_finds_nothing(few, browser):
    """A word that no page has finds no page."""
    assert found(browser, few, "xyzzyx") == set()


@needs_browser
@pytest.mark.parametrize(("name", "dark"), [("docs/index", False), ("docs/words.vi", True)])
def test_pages_are_accessible(few, browser, name, dark):
    """The rules of axe find nothing."""
    site_pages.look(browser, site_pages.PHONE, dark)
    site_pages.open_page(browser, (few / f"{name}.html").as_uri())

    assert site_pages.inaccessible(browser, AXE.read_text(encoding="utf-8")) == []


@needs_browser
def test_faults_of_pages_are_found(tmp_path, browser):
    """What is too wide on a phone only, an image that is missing, and an error of a script."""
    page = tmp_path / "page.html"
    page.write_text(
        "<meta name='viewport' content='width=device-width'><link rel='icon' href='data:,'>"
        "<main><p style='width: 500px'>wide</p><img src='gone.png'></main><script>gone()</script>",
        encoding="utf-8",
    )

    wrong = list(site_pages.faults(browser, page))

    wide = [x for x in wrong if "pixels wide" in x]
    assert len(wide) == 2
    assert all("390 pixels" in x for x in wide)
    assert sum("broken image gone.png" in x for x in wrong) == 4
    assert sum("gone is not defined" in x for x in wrong) == 4


def test_broken_targets_are_found(tmp_path):
    """A missing file and a missing anchor are told; other sites and what is there are not."""
    (tmp_path / "there.html").write_text("<h1 id='here'>x</h1>", encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text(
        "<a id='own' href='there.html#here'></a><a href='#own'></a><a href='there.html#gone'></a>"
        "<img src='gone.png'><a href='https://example.org/gone.html'></a>",
        encoding="utf-8",
    )

    assert list(site_pages.broken_targets(page)) == ["there.html#gone", "gone.png"]


@pytest.mark.slow
@needs_browser
def test_every_page_of_the_site_looks_right(tmp_path, browser):
    """Built whole: links lead somewhere, each page is in order in a browser, and axe is content."""
    pytest.importorskip("sphinx")
    build(tmp_path)
    built = sorted(tmp_path.rglob("*.html"))

    assert len(built) > 60
    assert [(p.name, x) for p in built for x in site_pages.broken_targets(p)] == []
    wrong = []
    for page in built:
        wrong += site_pages.faults(browser, page)
        axe = AXE.read_text(encoding="utf-8")
        wrong += [f"{page.name}: {x}" for x in site_pages.inaccessible(browser, axe)]
    assert wrong == []
