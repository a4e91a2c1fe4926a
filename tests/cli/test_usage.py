"""Commands that were not given as they must be: told in our words, in the language asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.main import get_command
from typer.testing import CliRunner

from shiftplan.cli import app
from shiftplan.cli.usage import settle, wanted

WRONG = {
    "plan": ("The argument WEEK is missing. ", "Thiếu tham số WEEK. "),
    "plan week": ("The option --out is missing.", "Thiếu tùy chọn --out."),
    "plann": ("Unknown command plann. Did you mean plan", "Không có lệnh plann. Có phải"),
    "plan week --out out --tim 1": (
        "Unknown option --tim. Did you mean --time-limit?",
        "Không có tùy chọn --tim. Có phải ý bạn là: --time-limit?",
    ),
    "plan week --out out --wrokers 1": (
        "Unknown option --wrokers. Did you mean --workers?",
        "Không có tùy chọn --wrokers. Có phải ý bạn là: --workers?",
    ),
    "plan week --out out --nothing": (
        "Unknown option --nothing.",
        "Không có tùy chọn --nothing.",
    ),
    "ledger book.json --level-up 00430 portal": (
        "The option --level-up needs 3 values.",
        "Tùy chọn --level-up cần 3 giá trị.",
    ),
    "plan week another --out out": ("Too many arguments for plan.", "Thừa tham số cho lệnh plan."),
    "plan week --out out --gap few": (
        "--gap: must be a number, such as 10.5",
        "--gap: phải là số, ví dụ 10.5",
    ),
    "plan week --out out --seed 1.5": (
        "--seed: must be a whole number from 0 to 2147483583",
        "--seed: phải là số nguyên từ 0 đến 2147483583",
    ),
    "plan week --out out --workers 0": (
        "--workers: must be a whole number of at least 1",
        "--workers: phải là số nguyên từ 1 trở lên",
    ),
    "plan week --out out --seed 99999999999": (
        "--seed: must be a whole number from 0 to 2147483583",
        "--seed: phải là số nguyên từ 0 đến 2147483583",
    ),
    "plan week --out out --quiet=1": (
        "The option --quiet takes no value.",
        "Tùy chọn --quiet không nhận giá trị.",
    ),
    "plan week --out": ("The option --out needs a value.", "Tùy chọn --out cần có giá trị."),
    "plan week --out out --time-limit -3": (
        "--time-limit: must be 0 or more",
        "--time-limit: phải từ 0 trở lên",
    ),
    "new-week old --out new --start 2026-13-07": (
        "--start: must be a date, such as 2026-12-07",
        "--start: phải là ngày, ví dụ 2026-12-07",
    ),
    "new-week --from old --out new": ("The option --start is missing.", "Thiếu tùy chọn --start."),
    "new-week old --out new --monday 2026-13-07": (
        "--start: must be a date, such as 2026-12-07",
        "--start: phải là ngày, ví dụ 2026-12-07",
    ),
    "new-week old --out new --start it's": (
        "--start: must be a date, such as 2026-12-07",
        "--start: phải là ngày, ví dụ 2026-12-07",
    ),
    "plan --help=5": ("The option --help takes no value.", "Tùy chọn --help không nhận giá trị."),
    "--version=3 plan week": (
        "The option --version takes no value.",
        "Tùy chọn --version không nhận giá trị.",
    ),
    "simulate week roster.csv --closing soon": (
        "--closing: must be one of 'finish', 'cut'",
        "--closing: phải là một trong: 'finish', 'cut'",
    ),
}


@pytest.mark.parametrize("given", WRONG)
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_what_is_wrong_is_said_in_our_words(
    given: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first line says what; the others how it is meant. Nothing goes to standard output."""
    monkeypatch.setenv("SHIFTPLAN_LANG", lang)
    monkeypatch.setattr("sys.argv", ["shiftplan", *given.split()])
    language = ["--lang", lang] if "time-limit" in given else []

    done = CliRunner().invoke(app, [*given.split(), *language])

    assert done.exit_code == 2
    assert done.stdout == ""
    first, *rest = done.stderr.splitlines()
    assert first.startswith(WRONG[given][lang == "vi"])
    assert not rest or rest[0].startswith(("Usage: ", "Cách dùng: ")[lang == "vi"])
    assert not rest or rest[1].endswith("--help")


def test_an_option_unlike_any_other_has_no_hint() -> None:
    """Two letters in common do not make `--out` of `--bogus`."""
    done = CliRunner().invoke(app, ["plan", "week", "--bogus"])

    assert done.stderr.splitlines()[0] == "Unknown option --bogus."


def test_who_calls_it_from_a_program_gets_the_error() -> None:
    """Nothing is printed, and no process ends, where the command does not stand alone."""
    few = ["plan", "week", "--out", "out", "--gap", "few"]
    for given in (few, ["plan"]):
        with pytest.raises(typer.BadParameter):
            get_command(app).main(given, standalone_mode=False)


@pytest.mark.parametrize("name", ["VI", "vi_VN.UTF-8", "vn", " vi-VN "])
def test_vietnamese_has_many_names_in_the_environment(name: str) -> None:
    """What is no name of a language that there is stays, and is told by the parser."""
    told, strange = {"SHIFTPLAN_LANG": name}, {"SHIFTPLAN_LANG": "fr"}
    settle(told)
    settle(strange)
    assert (told["SHIFTPLAN_LANG"], strange["SHIFTPLAN_LANG"]) == ("vi", "fr")


def test_the_last_language_given_counts() -> None:
    """As the parser takes it."""
    assert wanted(["plan", "--lang", "en", "--lang=vi"], {}) == "vi"
    assert wanted(["plan", "--lang=vi", "--lang", "en"], {}) == "en"
    assert wanted(["plan", "--lang"], {"SHIFTPLAN_LANG": "vi"}) == "en"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything may be read")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    """The argument is named, and what may be the cause."""
    locked = tmp_path / "week.xlsx"
    locked.touch(mode=0)

    done = CliRunner().invoke(app, ["plan", str(locked), "--out", "out", "--lang", "vi"])

    assert done.stderr.startswith("WEEK: không có quyền đọc.")


def test_a_command_alone_shows_its_help() -> None:
    """Nothing is called an error, and the exit code says that nothing was done."""
    done = CliRunner().invoke(app, [])

    assert done.exit_code == 2
    assert "Usage: " in done.output
    assert "is missing" not in done.output


def test_the_language_may_stand_before_the_command() -> None:
    """For help and for what is wrong; one after the command counts more; it must be known."""
    runner = CliRunner()

    assert "Tùy chọn" in runner.invoke(app, ["--lang", "vi", "--help"]).output
    assert runner.invoke(app, ["--lang", "vi", "plan"]).stderr.startswith("Thiếu tham số WEEK.")
    told = runner.invoke(app, ["--lang", "vi", "check", "nowhere", "r.csv", "--lang", "en"]).stderr
    assert told.startswith("1 fault")
    told = runner.invoke(app, ["--lang", "vi", "check", "nowhere", "r.csv"]).stderr
    assert told.startswith("Dữ liệu đầu vào có 1 lỗi")
    assert runner.invoke(app, ["--lang", "vi", "schema", "roster"]).exit_code == 0
    told = runner.invoke(app, ["--lang", "fr", "plan", "week"]).stderr
    assert told.startswith("--lang: must be one of")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("Usage: ", " plan WEEK [OPTIONS]", "[required]", "[default: (60)]")),
        ("vi", ("Cách dùng: ", " plan WEEK [TÙY CHỌN]", "[bắt buộc]", "[mặc định: (60)]")),
    ],
)
def test_words_of_the_parser_are_in_the_language_of_the_help(
    lang: str, words: tuple[str, ...]
) -> None:
    """Whichever language help was shown in before."""
    shown = CliRunner().invoke(app, ["plan", "--help", "--lang", lang], env={"COLUMNS": "200"})

    assert [word for word in words if word not in shown.output] == []


def test_help_lists_the_commands_as_a_planner_needs_them() -> None:
    """Trying and planning come first, what is for other programs last; none is left out."""
    lines = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).output.splitlines()
    known = list(get_command(app).commands)
    listed = [name for line in lines for name in known if line.startswith(f"│ {name} ")]

    assert listed == known
    assert (listed[:3], listed[-1]) == (["demo", "plan", "check"], "schema")


def test_what_options_are_unless_given_is_valid() -> None:
    """Defaults go through the same door as what somebody types."""
    checked = 0
    for command in get_command(app).commands.values():
        for option in command.params:
            if option.default is not None and option.name != "help":
                option.process_value(typer.Context(command), option.default)
                checked += 1

    assert checked > 100


def test_a_command_is_imported_when_it_is_used() -> None:
    """The version and the list of commands are shown without numpy, rules or any command."""
    code = (
        "import sys, shiftplan.cli\n"
        "for words in (['--version'], ['--help']):\n"
        "    shiftplan.cli.app(words, standalone_mode=False)\n"
        "own = {'numpy', 'shiftplan.rules', 'shiftplan.files', 'shiftplan.cli.plan'}\n"
        "print('imported:', own & set(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")

    assert done.stdout.endswith("imported: set()\n"), done.stdout + done.stderr
