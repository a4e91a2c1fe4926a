"""Command lines in pages are commands that exist, with options that exist."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from pathlib import Path

import pytest
import typer
import typer.main
from openpyxl import load_workbook

from shiftplan.cli import app
from shiftplan.files.headings import heading, sheet_title
from shiftplan.present import write_template
from shiftplan.present.words import Words

USAGE = typer.BadParameter.__base__
ROOT = Path(__file__).parents[1]
GUIDES = ("docs/coordinator.md", "docs/coordinator.vi.md")
PAGES = (
    "README.md",
    *GUIDES,
    "docs/batch.md",
    "docs/commands.md",
    "docs/explain.md",
    "docs/gallery.md",
    "docs/help.md",
    "docs/index.md",
    "docs/index.vi.md",
    "docs/record.md",
    "docs/start.md",
    "examples/07_weekly_routine.md",
)


def command_lines(text: str) -> list[list[str]]:
    """Words after `shiftplan` of each command in sh blocks and in tables' code."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    lines = [part for block in blocks for part in re.split(r"\n|&&", block)]
    for row in re.findall(r"^\|.*\|$", text, re.MULTILINE):
        lines += re.findall(r"`(shiftplan [a-z-]+ [^`]+)`", row)
    words = [shlex.split(line.partition(" > ")[0]) for line in lines]
    return [line[1:] for line in words if line and Path(line[0]).name == "shiftplan"]


def fault_of(words: list[str]) -> str:
    """What the parser says against a command line, which is not run; blank if nothing."""
    command = typer.main.get_command(app).commands.get(words[0])
    if command is None:
        return f"no command {words[0]}"
    parser = command.make_parser(typer.Context(command, info_name=words[0]))
    try:
        values, left_over, _ = parser.parse_args(args=list(words[1:]))
    except USAGE as error:
        return error.format_message()
    missing = [p.name for p in command.params if p.required and values.get(p.name) is None]
    return f"missing {missing}; left over {left_over}" if missing or left_over else ""


@pytest.mark.parametrize("page", PAGES)
def test_command_lines_in_pages_are_valid(page):
    """Each line names a command, its options, and all that it needs."""
    lines = command_lines((ROOT / page).read_text(encoding="utf-8"))

    assert lines
    faults = {" ".join(words): fault_of(words) for words in lines}
    assert not {line: fault for line, fault in faults.items() if fault}


@pytest.mark.parametrize(
    "line",
    ["plann week --out out", "plan week --out out --colour", "plan week", "diff week a b c"],
)
def test_wrong_command_lines_are_found(line):
    """Unknown commands and options, missing ones and left-over words are told."""
    assert fault_of(line.split())


def test_guides_tell_the_same():
    """Both languages use the same commands with the same options, sections and pictures."""
    english, vietnamese = ((ROOT / page).read_text(encoding="utf-8") for page in GUIDES)

    def shape(text: str) -> tuple:
        commands = [
            (words[0], [word for word in words if word.startswith("--")])
            for words in command_lines(text)
        ]
        pictures = re.findall(r"!\[.+\]\((.+)\.(?:en|vi)\.png\)", text)
        return commands, len(re.findall(r"^## ", text, re.MULTILINE)), pictures

    assert shape(english) == shape(vietnamese)
    assert len(shape(english)[2]) == 5


@pytest.mark.parametrize(("page", "lang"), [(GUIDES[0], "en"), (GUIDES[1], "vi")])
def test_guides_tell_what_a_new_workbook_asks_for(page, lang, tmp_path):
    """They name the sheets to fill in as its page of help does, and explain each of its rules."""
    write_template(tmp_path / "week.xlsx", dt.date(2026, 12, 7), lang)
    book = load_workbook(tmp_path / "week.xlsx")
    words = Words(lang)
    first = re.search(r": (.+?)\.", book[sheet_title("help", words)]["A4"].value)[1]
    rules = {row[0] for row in book[sheet_title("rules", words)].iter_rows(2, values_only=True)}
    guide = (ROOT / page).read_text(encoding="utf-8")

    explained = re.findall(r"`(\w+)`", guide[guide.rindex("\n## ") :])

    assert f": {first}." in guide
    assert rules <= set(explained)
    assert f"`{heading('volunteers', 'skill.khmer', words)}`" in guide


def test_guides_are_short():
    """Nobody reads more than 200 lines, and pictures load quickly."""
    for page in GUIDES:
        assert len((ROOT / page).read_text(encoding="utf-8").splitlines()) <= 200
    for picture in (ROOT / "docs" / "pictures").glob("*.png"):
        assert picture.stat().st_size <= 150_000, picture
