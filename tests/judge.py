"""Judge mutants that mutmut made, in forks of one pytest process: `python tests/judge.py OUT`.

Folder `mutants` of a `mutmut run` (mutants, and which tests reach which function) -> CSV with the
name, the verdict and, where one failed, the test of each mutant. The folder has to be made anew
after tests or code have changed.

mutmut collects the tests anew for each mutant, which takes nearly all of its time. Here they are
collected, and run without a mutant, once; then a fork for each mutant runs those that reach the
changed function, the quickest first, up to the first that fails. What is called while tests are
collected is not tried, and what objects of modules keep of the run without a mutant is kept. A fork
that waits for a lock of a solver's threads would be called a timeout. For systems that can fork.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import os
import signal
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fnmatch import fnmatch
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import TextIO

import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation.trampoline import set_mutant_under_test

_TIMES, _MORE_SECONDS = 5, 10
"""A mutant is stopped after this many times the processor time that its tests take without it, plus
these seconds. The clock on the wall would stop innocent ones on a busy machine."""
_WAITS = 20
"""One that only waits is stopped after this many times as long, by the clock on the wall."""
_NOT_FOUND, _FOUND, _BROKEN = 0, 1, 2
"""Exit codes of a fork; the last one where the tests could not be run to their end."""


class Judge:
    """A plugin that runs tests against mutants instead of running them once."""

    def __init__(self, out: TextIO, patterns: Sequence[str], part: int, parts: int) -> None:
        self._out, self._rows = out, csv.writer(out)
        stats = json.loads(Path("mutmut-stats.json").read_text())
        self._reaching: dict[str, list[str]] = stats["tests_by_mangled_function_name"]
        self._seconds: dict[str, float] = stats["duration_by_test"]
        asked = [m for m in _mutants() if any(fnmatch(m, pattern) for pattern in patterns)]
        self._mutants = asked[part - 1 :: parts]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Judge all mutants; true says that the loop is done."""
        if session.testsfailed:
            raise session.Interrupted("a file of tests cannot be read")
        items = {item.nodeid: item for item in session.items}
        failed = _failed(session.items)
        if failed:
            raise pytest.UsageError(f"fails without a mutant: {failed}")
        for known in gc.get_objects():
            if isinstance(known, _lru_cache_wrapper):
                known.cache_clear()  # what it keeps would hide a mutant
        gc.freeze()  # else each fork would copy what the collector touches
        for mutant in self._mutants:
            names = self._reaching.get(mutant.partition("__mutmut_")[0], ())
            order = sorted(items.keys() & names, key=lambda name: self._seconds[name])
            limit = _TIMES * sum(self._seconds[name] for name in order) + _MORE_SECONDS
            found = "no test", ""
            if order:
                found = _verdict(mutant, [items[name] for name in order], limit)
            self._rows.writerow([mutant, *found])
            self._out.flush()
        return True


def _mutants() -> Iterator[str]:
    for meta in sorted(Path("src").rglob("*.meta")):
        yield from json.loads(meta.read_text())["exit_code_by_key"]


def _verdict(mutant: str, items: Sequence[pytest.Item], limit: float) -> tuple[str, str]:
    """What becomes of a mutant, and the test that found it."""
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        ended = _BROKEN
        try:
            os.close(source)
            os.setpgid(0, 0)
            signal.setitimer(signal.ITIMER_PROF, limit)
            signal.alarm(int(_WAITS * limit))
            set_mutant_under_test(mutant)
            failed = _failed(items)
            os.write(sink, failed.encode())
            ended = _FOUND if failed else _NOT_FOUND
        finally:
            os._exit(ended)  # never back into the loop of the parent
    os.close(sink)
    _, status = os.waitpid(child, 0)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # what its tests have started and left
    with os.fdopen(source) as told:
        test = told.read()
    if os.WIFSIGNALED(status):
        is_late = os.WTERMSIG(status) in (signal.SIGALRM, signal.SIGPROF)
        return ("timeout" if is_late else "crashed"), test
    verdicts = {_NOT_FOUND: "survived", _FOUND: "killed"}
    return verdicts.get(os.WEXITSTATUS(status), "broken"), test


def _failed(items: Sequence[pytest.Item]) -> str:
    """The first test that fails, or nothing."""
    for item, then in zip(items, [*items[1:], None], strict=True):
        item._initrequest()  # fixtures anew: it may have run before
        reports = runtestprotocol(item, log=False, nextitem=then)
        if any(report.failed for report in reports):
            return item.nodeid
    return ""


def main() -> int:
    """Judge; pytest's exit code."""
    parser = argparse.ArgumentParser(
        prog="python tests/judge.py", description=__doc__, fromfile_prefix_chars="@"
    )
    parser.add_argument("out", type=Path, help="CSV file to write")
    parser.add_argument(
        "patterns", nargs="*", default=["*"], help="names of mutants, with * and ?; @FILE has some"
    )
    parser.add_argument("--part", type=int, default=1, help="which part, from 1 on")
    parser.add_argument("--parts", type=int, default=1, help="parts, for processes side by side")
    asked = parser.parse_args()
    if not 1 <= asked.part <= asked.parts:
        parser.error("--part is from 1 to --parts")
    out = asked.out.absolute()
    os.chdir("mutants")
    sys.path.insert(0, str(Path("src").absolute()))
    asks = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    tests = asks["pytest_add_cli_args"] + asks["pytest_add_cli_args_test_selection"]
    with out.open("w", encoding="utf-8", newline="") as file:
        judge = Judge(file, asked.patterns, asked.part, asked.parts)
        return pytest.main(["--rootdir=.", "-q", "--hypothesis-seed=0", *tests], plugins=[judge])


if __name__ == "__main__":
    sys.exit(main())
