"""The site: every page is in it, every link leads somewhere, and what it shows is true."""

from __future__ import annotations

import fnmatch
import re
import shutil
import subprocess
import sys
from collections import Counter
from importlib import import_module

import pages
import pytest
from fastapi.testclient import TestClient
from test_docs import load
from typer.main import get_command

import shiftplan
from shiftplan import web
from shiftplan.cli import app
from shiftplan.web import guard
from shiftplan.web.weeks import shelf, unpacking
from shiftplan.web.weeks.routes import MOST_WEEKS

ROOT = pages.ROOT
DOCS = ROOT / "docs"
COMMUNE = ROOT / "examples" / "data" / "commune"
OTHERS = {"ALWAYS", "AnyRule", "RULES", "Rule", "Violation", "is_priced", "rule", "without"}


@pytest.fixture(scope="module")
def api():
    return load(DOCS / "make_api.py")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", pages.pages(), ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    """Relative links lead to files of the repository, and anchors to headings."""
    assert list(pages.broken_links(page, page.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("link", "is_broken"),
    [
        ("[a](docs/week.md)", False),
        ("[a](docs/week.md#centers)", False),
        ("[a](#one-two)", False),
        ("[a](#one-two-1)", False),
        ("[a][there]", False),
        ("[a](https://example.org/nothing)", False),
        ("`[a](nothing.md)`", False),
        ("[a](nothing.md)", True),
        ("[a](docs/week.md#centres)", True),
        ("[a](#one-two-2)", True),
        ("[a](#in-a-block)", True),
        ("[a][nowhere]", True),
        ("[a](../outside.md)", True),
    ],
)
def test_broken_links_are_found(link, is_broken):
    """A link to what is not there is told; code and other sites are left alone."""
    text = f"# One `two`\n\n## One: two\n\n```sh\n# in a block\n```\n\n{link}\n\n[there]: LICENSE\n"

    assert bool(list(pages.broken_links(ROOT / "page.md", text))) is is_broken


@pytest.mark.parametrize("page", pages.pages(), ids=lambda p: str(p.relative_to(ROOT)))
def test_paths_that_are_named_are_there(page):
    """Files, folders and tests of the repository that a page names in its text exist."""
    assert list(pages.lost_paths(page.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("code", "is_lost"),
    [
        ("`tests/test_site.py`", False),
        ("`tests/test_site.py::test_paths_that_are_named_are_there`", False),
        ("`files/week.py`", False),
        ("`files/<what>_csv.py`", False),
        ("`tests/fuzz/`", False),
        ("`benchmarks/out/family`", False),
        ("`calendars/a.ics`", False),
        ("tests/nothing.py", False),
        ("```sh\ncat docs/nothing.md\n```", False),
        ("`tests/nothing.py`", True),
        ("`tests/test_site.py::test_nothing`", True),
        ("`files/nothing.py`", True),
        ("`pytest tests/files\ntests/nothing`", True),
        ("`docs/nothing_*.md`", True),
    ],
)
def test_paths_that_are_lost_are_found(code, is_lost):
    """A name of what is not there is told; blocks and what commands make are left alone."""
    assert bool(list(pages.lost_paths(f"# A page\n\nSee\n{code}\nof `this`.\n"))) is is_lost


def test_every_page_is_in_the_site():
    """The contents name each page of the site once; only the README has no place in it."""
    index = DOCS / "index.md"
    patterns = load(DOCS / "conf.py").include_patterns
    listed = pages.toctree(index)

    all_pages = {page for page in pages.pages() if page not in (index, ROOT / "README.md")}
    assert sorted(listed) == sorted(all_pages)
    names = [str(page.relative_to(ROOT)) for page in all_pages]
    assert [n for n in names if not any(fnmatch.fnmatch(n, p) for p in patterns)] == []


def test_the_glossary_has_the_same_words_in_both_languages():
    """Each page names the word of the other language beside its own, in the same order."""
    entry = re.compile(r"^- \*\*(.+?)\*\* \(\*(.+?)\*\)", re.MULTILINE)
    english = [(a.lower(), b.lower()) for a, b in entry.findall(text_of("docs/words.md"))]
    vietnamese = [(b.lower(), a.lower()) for a, b in entry.findall(text_of("docs/words.vi.md"))]

    assert len(english) > 30
    assert english == vietnamese


def test_commands_page_is_made_from_the_commands():
    """docs/commands.md is what docs/make_commands.py makes of the help now, all commands in it."""
    maker = load(DOCS / "make_commands.py")

    said = "docs/commands.md is out of date: run `python docs/make_commands.py`"
    assert text_of("docs/commands.md") == maker.page(), said
    assert set(get_command(app).commands) == set(maker.commands())


def test_api_pages_are_made_from_the_lists(api):
    """docs/api has the pages that docs/make_api.py makes, and no others."""
    there = {p.name: p.read_text(encoding="utf-8") for p in (DOCS / "api").iterdir()}

    assert there == api.pages(), "docs/api is out of date: run `python docs/make_api.py`"


def test_every_public_name_stands_on_one_page(api):
    """What `shiftplan` and its rooms export is described once; other packages are internal."""
    pages_of = Counter(
        id(thing)
        for key, page in api.PAGES.items()
        for thing in {
            id(x): x for package in (key, *page.packages) for x in api.members(package).values()
        }.values()
    )
    packages = [package for page in api.PAGES.values() for package in page.packages]

    assert [name for thing, name in api.top().items() if pages_of[thing] != 1] == []
    assert set(pages_of.values()) == {1}
    listed = [place.stem for place in pages.toctree(DOCS / "api" / "index.md")]
    assert [*api.PAGES, "search"] == listed
    source = ROOT / "src" / "shiftplan"
    there = {p.parent.name for p in source.glob("*/__init__.py")}
    there |= {f"{p.parts[-3]}.{p.parts[-2]}" for p in source.glob("*/*/__init__.py")}
    there |= {p for p in packages if (source / f"{p.replace('.', '/')}.py").is_file()}
    assert sorted([*api.PAGES, *packages, *api.INTERNAL, "rules"]) == sorted(there)


def test_every_rule_class_stands_on_the_rules_page(api):
    """What `shiftplan.rules` exports beside bases and lists is a section of docs/rules.md."""
    names = set(api.exported(import_module("shiftplan.rules"))) - OTHERS

    told = set(re.findall(r"In Python: `(\w+)`", text_of("docs/rules.md")))
    assert names == told, f"{names ^ told}: run `python docs/make_rules.py`"


def test_the_first_roster_costs_what_the_page_says():
    """The roster of the start page breaks nothing, costs 2,120, and nothing costs less."""
    page = text_of("docs/start.md")
    rows = re.findall(r"^\| `([a-z]{3}-[ap]m)` \| (.+) \|$", page, re.MULTILINE)
    pairs = [(shift, who) for shift, people in rows for who in re.findall(r"V\d\d", people)]
    problem = shiftplan.read_week(COMMUNE)

    score = shiftplan.check(problem, shiftplan.Roster.of(pairs))
    best = shiftplan.solve(problem, time_limit=None, workers=1).total

    assert score.is_feasible
    assert (score.total, dict(score.levels)) == (2120, {1: 100, 2: 1120})
    assert (best.cost, best.bound) == (2120, 2120)
    assert len(pairs) == 29


def test_the_start_page_shows_what_the_command_shows(tmp_path):
    """Each line of its blocks of text comes out of the command, and so do the files it names."""
    week, out = tmp_path / "commune", tmp_path / "out"
    shutil.copytree(COMMUNE, week)  # its record is beside it
    command = [sys.executable, "-m", "shiftplan", "plan", str(week), "--out", str(out)]
    command += ["--time-limit", "600"]

    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)

    page = text_of("docs/start.md")
    shown = re.findall(r"^```text\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert len(shown) == 2
    assert [x for b in shown for x in b.splitlines() if x not in done.stdout.splitlines()] == []
    table = page.split("The folder `out` now holds")[1].split("\n\n**")[0]
    names = re.findall(r"`([\w./]+)`", table)
    assert {name.strip("/") for name in names} == {p.name for p in out.iterdir()}


def test_the_start_page_counts_rows():
    """The table of files says how many rows each has."""
    rows = re.findall(r"^\| `(\w+\.csv)` \| (\d+) \|", text_of("docs/start.md"), re.MULTILINE)

    told = {name: int(count) for name, count in rows}
    lines = {f.name: len(f.read_text("utf-8").splitlines()) - 1 for f in COMMUNE.glob("*.csv")}
    assert told == lines


def test_statements_about_others_have_a_source():
    """Each filled cell about other software is a link to a file at a commit."""
    page = text_of("docs/comparison.md")
    tables = re.findall(r"^\|.*\n\|[-|]+\n((?:\|.*\n)+)", page, re.MULTILINE)
    rows = [line.strip("|").split("|") for table in tables for line in table.splitlines()]
    cells = [cell.strip() for row in rows for cell in row[2:] if cell.strip()]

    assert len(tables) == 3
    assert len(cells) > 30
    assert [cell for cell in cells if not re.fullmatch(r"\[.+\]\[\w+\]", cell)] == []
    sources = pages.REFERENCE.findall(page)
    assert [s for _, s in sources if not re.search(r"/blob/[0-9a-f]{40}/", s)] == []


def test_the_service_page_tells_its_limits(tmp_path):
    """Routes of many weeks, and what they refuse, stand in docs/service.md."""
    page = text_of("docs/service.md")
    routes = TestClient(web.home(tmp_path)).get("/api/openapi.json").json()["paths"]

    for path, methods in routes.items():
        for method in methods if path not in ("/api/words", "/api/session") else ():
            assert f"`{method.upper()} {path}" in page
    assert f"a file of more than {unpacking.MOST_BYTES // 10**6} MB" in page
    assert f"unpacks to more than {unpacking.MOST_BYTES // 10**6} MB" in page
    assert f"other body of more than {guard.MOST_BYTES // 10**6} MB" in page
    assert f"more than {unpacking.MOST_FILES} tables" in page
    assert f"more than {unpacking.LONGEST_NAME} bytes" in page
    assert f"a folder with {MOST_WEEKS:,} weeks" in page
    assert shelf.MOST_OPEN == 8
    assert "a ninth week while eight are looked at" in page


@pytest.mark.slow
def test_the_site_is_built_without_a_warning(tmp_path):
    """The command of CONTRIBUTING builds it, and no page asks another site for a file."""
    pytest.importorskip("sphinx")
    line = re.search(r"^sphinx-build .+$", text_of("CONTRIBUTING.md"), re.MULTILINE)[0]
    words = [*line.split()[1:-1], str(tmp_path)]

    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *words], cwd=ROOT, capture_output=True, encoding="utf-8"
    )

    assert done.returncode == 0, done.stderr
    made = [p.read_text(encoding="utf-8") for p in tmp_path.rglob("*.html")]
    assert len(made) > 30
    asked = r'<(?:script|img|iframe)[^>]* src="https?:|<link[^>]* href="https?:[^>]*stylesheet'
    assert [m for page in made for m in re.findall(asked, page)] == []
    styles = [p.read_text(encoding="utf-8") for p in tmp_path.rglob("*.css")]
    assert [m for css in styles for m in re.findall(r"(?:@import|url\()[^;)]*https?:", css)] == []
