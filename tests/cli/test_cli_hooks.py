"""What commands say of hooks that cannot be read, while they go on."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import make_problem, run

from shiftplan import write_week
from shiftplan.record.hooks import HOOKS


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "No hook is run: hooks.toml, chat.events: events is a list"),
        ("vi", "Không chạy hook nào: tệp hooks.toml"),
    ],
)
def test_a_faulty_file_of_hooks_stops_no_command(tmp_path: Path, lang: str, words: str) -> None:
    """One line on standard error, with file, hook and key; a good one is not mentioned."""
    write_week(make_problem(2, 1, 1), tmp_path / "w")
    hooks = tmp_path / "hooks.toml"
    hooks.write_text('[chat]\ncommand = ["true"]\n', encoding="utf-8")

    told = run("status", tmp_path / "w", "--lang", lang, **{HOOKS: str(hooks)})
    hooks.write_text('[chat]\nevents = ["told"]\ncommand = ["true"]\n', encoding="utf-8")
    silent = run("status", tmp_path / "w", "--lang", lang, **{HOOKS: str(hooks)})

    assert told.exit_code == silent.exit_code == 0
    assert told.stdout == silent.stdout
    assert told.stderr.startswith(words)
    assert silent.stderr == ""
