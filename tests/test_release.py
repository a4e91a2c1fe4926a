"""The files of a release: what they hold, how large they are, and that builds repeat."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

MOST_WHEEL, MOST_SOURCE = 2_400_000, 2_000_000
"""Bytes. Four fifths of the wheel are Python files, with the docstrings that the site shows."""


def built(folder: Path, out: Path) -> list[Path]:
    """Source archive and wheel of a folder, built without a network."""
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(out)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return sorted(out.iterdir())


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Wheel and source archive of this folder."""
    return built(ROOT, tmp_path_factory.mktemp("release"))


def test_builds_repeat_to_the_byte(release: list[Path], tmp_path: Path) -> None:
    """What the source archive builds, elsewhere and with times of its own, are the same files."""
    _, archive = release
    with tarfile.open(archive) as source:
        source.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    for path in folder.rglob("*.py"):
        path.touch()

    again = built(folder, tmp_path / "again")

    assert [p.name for p in again] == [p.name for p in release]
    for first, second in zip(release, again, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name


def test_a_release_is_small(release: list[Path]) -> None:
    """Neither file holds tests, benchmarks, pages or pictures."""
    wheel, archive = release

    assert wheel.stat().st_size <= MOST_WHEEL
    assert archive.stat().st_size <= MOST_SOURCE
    with tarfile.open(archive) as source:
        tops = {name.split("/")[1] for name in source.getnames()}
    assert not tops & {"tests", "benchmarks", "docs"}


def test_the_wheel_holds_the_package_the_example_and_the_licences(release: list[Path]) -> None:
    """Every file of `src`, the tables of the commune byte for byte, and nothing else."""
    package = [p for p in (ROOT / "src").rglob("*") if p.is_file() and p.suffix != ".pyc"]
    tables = ROOT / "examples" / "data" / "commune"

    with zipfile.ZipFile(release[0]) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
        licences = sorted(n for n in wheel.namelist() if n.endswith("LICENSE") and "dist-info" in n)
        for path in tables.glob("*.csv"):
            inside = f"shiftplan/cli/commune/{path.name}"
            assert wheel.read(inside) == path.read_bytes()
            names.remove(inside)

    assert names == {p.relative_to(ROOT / "src").as_posix() for p in package}
    assert len(licences) == 2  # our own, and that of lit-html


def test_the_wheel_runs_its_demo(release: list[Path], tmp_path: Path) -> None:
    """`demo` needs no folder of the project: it plans the week that the wheel brings."""
    with zipfile.ZipFile(release[0]) as packed:
        packed.extractall(tmp_path / "installed")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}

    command = [sys.executable, "-m", "shiftplan", "demo", "--out", "first"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "first" / "report.html").is_file()
    assert "2,120" in done.stdout  # the cost that the start page explains
