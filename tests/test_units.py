"""The systemd units of examples/operating fit systemd, the code and each other."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from test_docs_commands import fault_of

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "examples" / "operating"
UNITS = sorted(file for file in FOLDER.glob("shiftplan-*") if file.suffix != ".toml")
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
INSTALLED = "/opt/shiftplan/current/"
"""The folder of a version on a server: its environment, and the project in `source`."""
needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd-analyze is missing"
)


def values(unit: Path, key: str) -> list[str]:
    """What a unit says for a key, line by line."""
    return re.findall(rf"^{key}=(.*)$", unit.read_text(encoding="utf-8"), re.M)


def command(unit: Path) -> list[str]:
    """The words of the command line of a service."""
    (line,) = values(unit, "ExecStart")
    return shlex.split(line)


@pytest.fixture
def here(tmp_path: Path) -> list[str]:
    """The units, with a program that exists in the place of ours."""
    for unit in UNITS:
        text = re.sub(rf"{INSTALLED}bin/\w+", "/bin/true", unit.read_text(encoding="utf-8"))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    return [str(tmp_path / unit.name) for unit in UNITS]


@needs_systemd
def test_units_are_valid(here: list[str]) -> None:
    """systemd finds nothing to say of them, once the programs are there."""
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *here], capture_output=True, text=True
    )

    assert [line for line in done.stderr.splitlines() if "shiftplan" in line] == []
    assert done.returncode == 0, done.stderr


@needs_systemd
def test_services_are_hardened(here: list[str]) -> None:
    """systemd's own measure of what a service could reach, 0 to 10, is at most 1.5 for each."""
    services = [name for name in here if name.endswith(".service")]
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager"]

    done = subprocess.run([*command, *services], capture_output=True, text=True)

    assert done.stdout.count("Overall exposure level") == len(services) == 3
    assert done.returncode == 0, done.stdout


def test_units_run_what_exists() -> None:
    """Each service runs a command, script or app of ours with options that exist."""
    batch, backup, desk = (
        command(FOLDER / f"shiftplan-{name}.service") for name in ("batch", "backup", "desk")
    )
    apps = desk[desk.index("--app-dir") + 1].removeprefix(f"{INSTALLED}source/")
    module, _, name = desk[-1].partition(":")
    used = [word for word in backup if word.startswith("--")]

    assert fault_of(batch[1:]) == ""
    assert ROOT / apps == FOLDER
    assert f"\ndef {name}()" in (FOLDER / f"{module}.py").read_text(encoding="utf-8")
    script = ROOT / backup[1].removeprefix(f"{INSTALLED}source/")
    assert script == FOLDER / "backup.py"
    assert used == ["--keep"]
    for option in used:
        assert f'"{option}"' in script.read_text(encoding="utf-8")


def test_results_are_read_by_nobody_else() -> None:
    """Results and backups name people: others may not read them."""
    assert [values(unit, "UMask")[0][-1] for unit in SERVICES] == ["7"] * len(SERVICES)
    assert [values(unit, "User") for unit in SERVICES] == [["shiftplan"]] * len(SERVICES)
    assert values(FOLDER / "shiftplan-desk.socket", "SocketMode") == ["0660"]


def test_the_proxy_and_the_service_meet_at_one_socket() -> None:
    """The proxy sends to the socket of the unit, and says who asks only where it asked."""
    proxy = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
    (socket,) = values(FOLDER / "shiftplan-desk.socket", "ListenStream")
    asking = proxy.split("location = /sign-in {")[1].split("}")[0]

    assert set(re.findall(r"proxy_pass http://unix:([^;]+);", proxy)) == {socket}
    assert "auth_basic_user_file" in asking
    assert re.findall(r"X-Remote-User (\S+);", proxy) == ['""', "$remote_user"]
    assert "X-Remote-User $remote_user;" in asking
