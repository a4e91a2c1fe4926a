"""What programs read first: llms.txt and AGENTS.md."""

from __future__ import annotations

import re
from pathlib import Path

import pages

from docs import make_llms

ROOT = Path(__file__).parents[1]
AGENTS = (ROOT / "AGENTS.md").read_text(encoding="utf-8")


def test_llms_txt_is_made_from_the_pages():
    """A title, a first sentence or the contents of a page that changed has to be there too."""
    there = (ROOT / "llms.txt").read_text(encoding="utf-8")
    assert there == make_llms.page(), "llms.txt is out of date: run `python docs/make_llms.py`"


def test_llms_txt_has_the_form_of_the_convention():
    """A title, a summary, then lists of links under headings, the optional ones last."""
    text = make_llms.page()
    links = re.findall(r"^- \[([^\]]+)\]\(([^)]+)\)(?:: \S.*)?$", text, re.MULTILINE)

    assert text.startswith("# shiftplan\n\n> ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[-1] == "Optional"
    assert len(links) > 50
    assert [place for _, place in links if not (ROOT / place).is_file()] == []


def test_every_page_of_the_site_is_in_llms_txt():
    """In the repository as a source, in the site as a page."""
    listed = {place.relative_to(ROOT) for place in pages.toctree(ROOT / "docs" / "index.md")}

    told = {Path(place) for place in re.findall(r"\]\(([^)]+\.md)\)", make_llms.page())}
    shown = {Path(place) for place in re.findall(r"\]\(([^)]+\.html)\)", make_llms.page(".html"))}

    assert told == listed
    assert shown == {place.with_suffix(".html") for place in listed}


def test_agents_are_told_commands_that_exist():
    """Scripts, folders and files that AGENTS.md names are there."""
    scripts = re.findall(r"make_\w+\.py", AGENTS)
    assert {f"docs/{name}" for name in scripts} <= {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("make_*.py")
    }
    assert {path.name for path in (ROOT / "docs").glob("make_*.py")} - {*scripts} == {
        "make_pictures.py"
    }
    named = re.findall(r"\.ci/\w+(?:\.json)?|docs/\w+\.md|src/shiftplan/[\w/]+", AGENTS)
    assert [name for name in named if not (ROOT / name).exists()] == []
