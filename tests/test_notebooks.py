"""Notebooks of the site run from their first cell to their last, without a kernel."""

from __future__ import annotations

import re

import matplotlib.pyplot as plt
import pages
import pytest

NOTEBOOKS = sorted((pages.ROOT / "docs" / "notebooks").glob("*.md"))
CELL = re.compile(r"^```\{code-cell\} ipython3\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_draws(notebook, monkeypatch):
    """Its cells run in order in its folder, as on the site, and at least two of them draw."""
    monkeypatch.chdir(notebook.parent)
    plt.switch_backend("agg")
    plt.close("all")
    cells = CELL.findall(notebook.read_text(encoding="utf-8"))
    names = {"__name__": "__main__"}

    for cell in cells:
        exec(compile(cell, notebook.name, "exec"), names)

    drawn = len(plt.get_fignums())
    plt.close("all")
    assert len(cells) >= 4
    assert drawn >= 2


def test_notebooks_are_there_and_hold_no_output():
    """There are three at least, as text with a kernel named in the head, and nothing that ran."""
    texts = [path.read_text(encoding="utf-8") for path in NOTEBOOKS]

    assert len(texts) >= 3
    assert [text for text in texts if "\nkernelspec:\n" not in text] == []
    assert [word for text in texts for word in ("image/png", "outputs:") if word in text] == []
