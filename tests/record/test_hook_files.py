"""The file of hooks: what is read, and every fault of it with its key and a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from shiftplan.errors import InputError
from shiftplan.record.hooks import Hook, read_hooks

GOOD = """
[office-chat]
events = ["told", "failed"]
url = "https://chat.example/hooks/7?token=t0ken"
secret_file = "keys/chat.txt"

[archive]
events = ["drafted"]
command = ["/usr/local/bin/archive", "--quiet", "một"]

[here]
events = ["changed"]
url = "http://localhost:8080/"
secret_env = "HOOK_SECRET"
"""


def faults(tmp_path: Path, text: str) -> list[tuple[str, str, str]]:
    """Hook, key and English sentence of each fault."""
    path = tmp_path / "hooks.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_hooks(path)
    assert all(fault.file == "hooks.toml" for fault in error.value.faults)
    assert "t0ken" not in str(error.value)
    assert "s3cret" not in str(error.value)
    return [(fault.table, fault.column, str(fault)) for fault in error.value.faults]


def test_a_file_of_hooks_is_read(tmp_path: Path) -> None:
    """Commands and addresses; files of secrets are beside it."""
    path = tmp_path / "hooks.toml"
    path.write_text(GOOD, encoding="utf-8")

    chat, archive, here = read_hooks(path)

    assert chat == Hook(
        "office-chat",
        ("told", "failed"),
        url="https://chat.example/hooks/7?token=t0ken",
        secret_file=tmp_path / "keys" / "chat.txt",
    )
    assert archive.command == ("/usr/local/bin/archive", "--quiet", "một")
    assert (here.url, here.secret_env) == ("http://localhost:8080/", "HOOK_SECRET")


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]:80/a", "https://xã.example/"])
def test_addresses_that_may_be_called(tmp_path: Path, url: str) -> None:
    path = tmp_path / "hooks.toml"
    path.write_text(f'[a]\nevents = ["told"]\nurl = "{url}"\nsecret_env = "S"', encoding="utf-8")

    assert read_hooks(path)[0].url == url


TOLD = '[a]\nevents = ["told"]\n'
SIGNED = TOLD + 'secret_env = "S"\n'


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("a = 1", "", "each hook is a table"),
        (TOLD.replace("[a]", '["a/b"]') + 'command = ["x"]', "", "the name of a hook"),
        (TOLD.replace("[a]", '[".."]') + 'command = ["x"]', "", "the name of a hook"),
        (TOLD + 'command = ["x"]\nurls = "x"', "urls", "only events, command, url"),
        ('[a]\ncommand = ["x"]', "events", "a list with at least one of drafted, told"),
        ('[a]\nevents = []\ncommand = ["x"]', "events", "a list with at least one of"),
        ('[a]\nevents = "told"\ncommand = ["x"]', "events", "a list with at least one of"),
        ('[a]\nevents = ["tolld"]\ncommand = ["x"]', "events", "'tolld'"),
        (TOLD, "", "either a command or a url"),
        (SIGNED + 'command = ["x"]\nurl = "https://h"', "url", "either a command or a url"),
        (TOLD + 'command = "rm -rf /"', "command", 'command = ["'),
        (TOLD + 'command = ["x", 1]', "command", "a list of texts"),
        (TOLD + 'command = [""]', "command", "a list of texts"),
        (SIGNED + 'url = "http://chat.example/t0ken"', "url", "must start with https://"),
        (SIGNED + 'url = "http://localhost.evil.example/"', "url", "must start with https://"),
        (SIGNED + 'url = "file:///etc/passwd"', "url", "invalid address"),
        (SIGNED + 'url = "ftp://host/t0ken"', "url", "must start with https://"),
        (SIGNED + 'url = "https://u:s3cret@host/"', "url", "user or password"),
        (SIGNED + 'url = "https://host:t0ken/"', "url", "invalid address"),
        (SIGNED + 'url = "https://ho st/"', "url", "invalid address"),
        (SIGNED + 'url = "https://host/\\r\\nX: t0ken"', "url", "invalid address"),
        (SIGNED + "url = 7", "url", "invalid address"),
        (TOLD + 'url = "https://h"', "secret_env", "openssl rand -hex 32"),
        (SIGNED + 'secret_file = "f"\nurl = "https://h"', "secret_env", "either secret_env or"),
        (TOLD + 'url = "https://h"\nsecret_env = ""', "secret_env", "needs a secret"),
        (TOLD + 'url = "https://h"\nsecret_file = 1', "secret_file", "needs a secret"),
        (SIGNED + 'command = ["x"]', "secret_env", "only a url needs a secret"),
    ],
)
def test_each_fault_names_its_key(tmp_path: Path, text: str, key: str, words: str) -> None:
    """The hook, the key and what to write; never an address, which may contain a secret."""
    found = faults(tmp_path, text)

    assert (key, True) in [(column, words in sentence) for _, column, sentence in found]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, '[a]\nurl = ""\n[b]\nevents = ["told"]\n[c]\nmore = 1')

    assert {table for table, _, _ in found} == {"a", "b", "c"}
    assert len(found) == 7


@pytest.mark.parametrize("text", ["[a", "a = " + "[" * 5000, "[a]\n[a]", "\x00"])
def test_what_is_no_toml_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "hooks.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_hooks(path)
    assert error.value.faults[0].file == "hooks.toml"


def test_secrets_are_read_when_they_are_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a variable or a file, without the line end; one that is blank signs nothing."""
    file = tmp_path / "secret"
    hooks = Hook("a", ("told",), secret_env="S"), Hook("a", ("told",), secret_file=file)
    monkeypatch.setenv("S", " \n")
    file.write_bytes(b"\n")
    for hook in hooks:
        with pytest.raises(ValueError, match="empty"):
            hook.secret()

    monkeypatch.setenv("S", "một")
    file.write_bytes("một\r\n".encode())
    assert [hook.secret() for hook in hooks] == ["một".encode()] * 2
    assert "một" not in repr(hooks)

    file.unlink()
    with pytest.raises(FileNotFoundError):
        hooks[1].secret()
