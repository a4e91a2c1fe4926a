"""A language is one file: what people read in a language that the package does not have."""

from __future__ import annotations

import ast
import datetime as dt
import shutil
import sys
from pathlib import Path

import pytest
from babel.dates import format_date
from files.weeks import faults, read, replaced
from openpyxl import load_workbook
from reporting import hostile_week, written
from typer.testing import CliRunner

import shiftplan
from shiftplan import Fault
from shiftplan.cli import app
from shiftplan.errors.message import (
    LOCALE,
    Message,
    languages,
)
from shiftplan.files import read_workbook
from shiftplan.present import fault_text, write_workbook
from shiftplan.present.words import Words
from shiftplan.solving.result import Poor, PoorReason

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "count.centers"
msgid_plural "count.centers"
msgstr[0] "{n:,} sidejo"
msgstr[1] "{n:,} sidejoj"

msgid "form.day"
msgstr "{dd}a de {month}"

msgid "reports.map_alt"
msgid_plural "reports.map_alt"
msgstr[0] "{name}: unu sidejo"
msgstr[1] "{name}: {n:,} sidejoj"

msgid "reports.mark"
msgstr "{name}: {filled:,} el {seats:,} sidlokoj ({share:.1%})"

msgid "reports.title"
msgstr "Deĵoroj de {first:date} ĝis {last:date}"
"""


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of catalogues with one language more."""
    folder = tmp_path / "locale"
    shutil.copytree(LOCALE, folder)
    monkeypatch.setattr(sys.modules["shiftplan.errors.message"], "LOCALE", folder)
    return folder


def _write(folder: Path, lang: str, *entries: str) -> None:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    (folder / f"{lang}.po").write_text("\n".join([head, *entries]), encoding="utf-8")


def test_a_language_is_one_file(locale: Path) -> None:
    """Its words and plural forms are used, and the forms of CLDR for numbers, dates and lists."""
    one, more = "{n:,} homo", "{n:,} homoj"
    _write(
        locale,
        "eo",
        'msgid "count.people"\nmsgid_plural "count.people"\n'
        f'msgstr[0] "{one}"\nmsgstr[1] "{more}"\n',
        'msgid "template.there"\nmsgstr "la dosiero jam estas"\n',
    )
    say = Words("eo")
    fault = Fault("unreadable_file", "week", message=Message("template.there"), file="week.xlsx")

    assert languages() == ("en", "eo", "vi")
    assert [say("count.people", n=n) for n in (1, 2)] == ["1 homo", "2 homoj"]
    assert say.list(["a", "b"]) == "a kaj b"
    assert say.percent(0.981) == "98,1%"
    assert say.day(dt.date(2026, 12, 7)) != "Mon 07 Dec"
    assert fault_text(fault, "eo") == "week.xlsx: la dosiero jam estas"


def test_a_language_says_what_is_wrong_with_a_file(locale: Path, tmp_path: Path) -> None:
    """What a reader finds is said in the words of one file, with the value and place as usual."""
    _write(
        locale,
        "eo",
        'msgid "files.number_needed"\nmsgstr "devas esti nombro, kiel 10.5"\n',
    )
    (wrong,) = faults(tmp_path, **replaced("volunteers", "0.91", "multe"))
    place = "volunteers.csv, row 2, column show_rate"

    assert fault_text(wrong, "eo") == f"{place}: 'multe': devas esti nombro, kiel 10.5"


def test_a_language_has_workbooks_that_are_read_again(locale: Path, tmp_path: Path) -> None:
    """Names of sheets, headings and values, and the mark of examples, come from one file."""
    words = {
        "sheet.volunteers": "Volontuloj",
        "column.volunteer_id": "Kodo de volontulo",
        "word.preferred": "prefere",
        "example.mark": "(ekzemplo)",
        "workbook.form_of_date": "yyyy.mm.dd",
    }
    entries = [f'msgid "{code}"\nmsgstr "{text}"\n' for code, text in words.items()]
    _write(locale, "eo", *entries)
    week, path = read(tmp_path), tmp_path / "week.xlsx"

    write_workbook(week, path, "eo")
    book = load_workbook(path)

    assert book["Volontuloj"]["A1"].value == "Kodo de volontulo"
    assert book["Pins"]["A2"].value.startswith("(ekzemplo)")
    assert book["Shifts"]["C2"].number_format == "yyyy.mm.dd"
    assert read_workbook(path) == week


def test_what_a_language_lacks_is_said_in_english(locale: Path) -> None:
    """Entries that are missing, empty or marked as fuzzy; its plural rule stays that of English."""
    _write(
        locale,
        "eo",
        '#, fuzzy\nmsgid "plans.centers"\nmsgstr "Centroj?"\n',
        'msgid "plans.people"\nmsgstr ""\n',
    )
    say = Words("eo")

    assert [say(f"plans.{code}") for code in ("centers", "people", "rule")] == [
        "Centers", "People", "Rule",
    ]  # fmt: skip
    assert say("count.people", n=1) == "1 person"


@pytest.mark.parametrize(
    ("lang", "forms", "numbers", "said"),
    [
        ("ru", ("a", "b", "c"), (1, 2, 5, 21), "abca"),
        ("ja", ("a",), (1, 2), "aa"),
        # unknown to CLDR: the plural rule of the root, one form
        ("tlh", ("a",), (1, 2), "aa"),
    ],
)
def test_texts_are_chosen_by_the_plural_rule(
    lang: str, forms: tuple[str, ...], numbers: tuple[int, ...], said: str, locale: Path
) -> None:
    """The rule is that of the language, the texts are in its order."""
    plural = "\n".join(f'msgstr[{i}] "{form}"' for i, form in enumerate(forms))
    _write(locale, lang, f'msgid "x.y"\nmsgid_plural "x.y"\n{plural}\n')

    assert "".join(Words(lang)("x.y", n=n) for n in numbers) == said


def test_a_sentence_may_be_a_part_of_another(locale: Path) -> None:
    """Messages inside messages, also in lists, are said in the same language."""
    _write(locale, "eo", 'msgid "x.why"\nmsgstr "{who}: {why:and}"\n', 'msgid "x.a"\nmsgstr "A"\n')

    why = (Message("x.a"), Message("count.days", n=2))

    assert Words("eo")("x.why", who="{why}", why=why) == "{why}: A kaj 2 days"


def test_help_is_in_any_language(locale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A language that has a catalogue is taken by the environment, and by `--lang`."""
    _write(locale, "eo", 'msgid "command.plan"\nmsgstr "Planu semajnon"\n')

    asked = CliRunner().invoke(app, ["plan", "--help"], env={"SHIFTPLAN_LANG": "eo"})
    given = CliRunner().invoke(app, ["plan", "--lang", "eo", "--help"])

    assert "Planu semajnon" in asked.output
    assert "Planu semajnon" in given.output
    assert "Random seed." in given.output


def test_json_has_every_language(locale: Path) -> None:
    """Sentences are said in all languages that have a catalogue, English first."""
    _write(locale, "eo", 'msgid "status.empty"\nmsgstr "Malplena"\n')

    said = Poor(PoorReason.EMPTY, seats=1, fillable=1, filled=0, gap=None).as_dict()["sentence"]

    assert list(said) == ["en", "eo", "vi"]
    assert said["eo"] == "Malplena"


def test_a_report_is_in_any_language(locale: Path, tmp_path: Path) -> None:
    """Esperanto where the file has words, English elsewhere; commas in numbers come from CLDR."""
    (locale / "eo.po").write_text(CATALOGUE, encoding="utf-8")

    text = written(tmp_path, *hostile_week(), lang="eo")

    assert '<html lang="eo">' in text
    first, last = (format_date(dt.date(2026, 12, n), locale="eo") for n in (7, 13))
    assert f"<title>Deĵoroj de {first} ĝis {last}</title>" in text
    assert "5 sidejoj · 16 volunteers" in text
    assert "Đảo Xa: 0 el 4 sidlokoj (0,0%)" in text
    assert text.count(": unu sidejo") == 1
    assert text.count(": 4 sidejoj") == 1
    assert ">07a de Dec</th>" in text
    assert "Map of the centers" in text


def test_no_module_knows_a_language_by_its_name() -> None:
    """What one language does otherwise is in its catalogue; English is only what is left.

    Left are the words themselves, and findings, which English says with ids.
    """
    found = set()
    for file in sorted(Path(shiftplan.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
            if any(isinstance(side, ast.Constant) and side.value in languages() for side in sides):
                found.add(file.name)

    assert found == {"words.py", "summary.py"}
