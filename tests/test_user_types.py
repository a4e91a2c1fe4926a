"""Users who check their types see ours: examples, pages, and every public function."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pages
import pytest

import shiftplan

pytest.importorskip("mypy")
ROOT = Path(__file__).parents[1]
PANDAS = """class DataFrame:
    def __init__(self, data: object) -> None: ...
"""
"""Types of pandas, which bears none itself, as users have them from the package pandas-stubs."""
NAMES = sorted(n for n in shiftplan.__all__ if callable(getattr(shiftplan, n)))


def names_to_reveal() -> list[str]:
    """Public functions, and the public methods of public classes."""
    found = []
    for name in NAMES:
        thing = getattr(shiftplan, name)
        if not inspect.isclass(thing):
            found.append(name)
            continue
        own = (n for n, member in vars(thing).items() if inspect.isfunction(member))
        found += [f"{name}.{method}" for method in own if not method.startswith("_")]
    return found


def checked(folder: Path) -> str:
    """What mypy --strict says of a folder, with shiftplan installed as users have it."""
    place = folder / "env"
    venv.create(place, symlinks=True)
    (site,) = place.glob("lib/python*/site-packages")
    installed = Path(shiftplan.__file__).parents[1]
    lines = [str(installed), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    (site / "user.pth").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--config-file="]
    command += ["--cache-dir", str(folder / "cache"), "--python-executable", f"{place}/bin/python"]
    files = sorted(path.name for path in folder.glob("*.py"))
    done = subprocess.run(
        [*command, *files], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@pytest.mark.slow
def test_users_can_check_their_types(tmp_path: Path) -> None:
    """Nothing of what pages and examples show is an error, and no public function returns Any."""
    for script in (ROOT / "examples").glob("[0-9]*.py"):
        text = script.read_text(encoding="utf-8")
        (tmp_path / f"example_{script.name}").write_text(text, encoding="utf-8")
    service = (ROOT / "examples" / "service.py").read_text(encoding="utf-8")
    (tmp_path / "service.py").write_text(service, encoding="utf-8")
    for page in pages.pages():
        blocks = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
        if blocks:
            name = re.sub(r"\W", "_", str(page.relative_to(ROOT)))
            (tmp_path / f"page_{name}.py").write_text("\n".join(blocks), encoding="utf-8")
    (tmp_path / "pandas.pyi").write_text(PANDAS, encoding="utf-8")
    asked = names_to_reveal()
    lines = ["import shiftplan", *(f"reveal_type(shiftplan.{name})" for name in asked)]
    (tmp_path / "names.py").write_text("\n".join(lines), encoding="utf-8")

    said = checked(tmp_path)

    told = [line for line in said.splitlines() if "Revealed type is" in line]
    assert [line for line in said.splitlines() if ": error:" in line] == []
    assert len(told) == len(asked)
    assert [line for line in told if re.search(r"-> Any\b|is \"Any\"", line)] == []
