"""Damage files and read them, again and again: whatever is in them, an answer or an `InputError`.

Readers, seed, number of cases -> `Finding`s, each of which `repeat` makes again.
"""

from __future__ import annotations

import contextlib
import random
import re
import resource
import shutil
import signal
import tempfile
import traceback
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from fuzz import corpus, damage
from fuzz.readers import READERS, Reader
from shiftplan.errors import InputError
from shiftplan.present.faults import fault_text

MOST_SECONDS = 4.0
"""Processor time that one case may take; that of the workbook may be several hundred kB."""
MOST_MEMORY = 300_000_000
"""Bytes by which one case may raise the peak of the process."""
MOST_SAID = 150_000
"""Characters of the whole message of a case."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u2028-\u202e\u2066-\u2069]")


class TooLongError(BaseException):
    """A case took too much processor time; no reader may catch it."""


@dataclass(frozen=True)
class Finding:
    """A case that did not end as it should."""

    reader: str
    case: int
    what: str
    """Kind and words of the error, in a line."""
    where: str
    """Where it was raised; cases with the same place and kind are taken for one."""
    trace: str


class Fuzzer:
    """A folder of valid files of each reader, in which cases are tried one after another.

    Parameters
    ----------
    folder
        An empty folder, best in memory.
    seed
        Of everything random, together with reader and case.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.seed = folder, seed
        self._files: dict[str, dict[str, bytes]] = {}

    def one(self, reader: Reader, case: int) -> Finding | None:
        """Try one case; None when it ended as it should."""
        chance = random.Random(f"{self.seed}/{reader.name}/{case}")
        place = self._place(reader)
        for name, data in self.damaged(reader, chance).items():
            (place / name).write_bytes(data)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            with limited():
                _try(reader, place, chance)
        except (Exception, TooLongError) as error:
            return _finding(reader, case, error)
        finally:
            self._restore(reader, place)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
        if grown > MOST_MEMORY:
            what = f"took {grown / 1e6:.0f} MB more than any case before"
            return Finding(reader.name, case, what, "memory", "")
        return None

    def damaged(self, reader: Reader, chance: random.Random) -> dict[str, bytes]:
        """The files of a case that differ from the valid ones."""
        self._place(reader)
        files = self._files[reader.name]
        found = {}
        if chance.random() < 0.3:
            found = damage.renamed(chance, files)
            if chance.random() < 0.5:
                return found
        for name in chance.sample(sorted(files), chance.choice((1, 1, 1, 1, min(2, len(files))))):
            data = chance.choice(reader.ways)(chance, files[name])
            if name in found or chance.random() < 0.25:
                # What is damaged already may have no cells, nodes or parts to damage.
                with contextlib.suppress(Exception):
                    data = chance.choice(reader.ways)(chance, found.get(name, data))
            found[name] = data
        return found

    def _place(self, reader: Reader) -> Path:
        place = self.folder / reader.name.replace(" ", "_")
        if reader.name not in self._files:
            self._files[reader.name] = dict(reader.files())
            self._restore(reader, place)
        return place

    def _restore(self, reader: Reader, place: Path) -> None:
        """Put the valid files back, and take away what reading left."""
        files = self._files[reader.name]
        tops = {name.partition("/")[0] for name in files}
        for path in place.iterdir() if place.exists() else ():
            if path.name not in tops:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        for name, data in files.items():
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def _try(reader: Reader, place: Path, chance: random.Random) -> None:
    try:
        reader.read(place, chance)
    except InputError as error:
        if InputError not in reader.errors:
            raise
        _see(error, of_a_file=ValueError not in reader.errors)
    except reader.errors:
        pass


def _see(error: InputError, *, of_a_file: bool) -> None:
    """See that faults can be shown, in both languages, and say of which file they are."""
    assert error.faults, "an error without a fault"
    text = str(error)
    assert len(text) < MOST_SAID, f"a message of {len(text)} characters"
    found = _CONTROL.search(text)
    assert found is None, f"a message with {found[0]!r}"
    for fault in error.faults[:3]:
        said = fault_text(fault, "vi")
        assert len(said) < MOST_SAID, f"a fault of {len(said)} characters"
        assert not _CONTROL.search(said), "a fault with control characters"
        assert fault.message, "a fault without words"
        told = fault.file or fault.table == "options" or fault.code in _NOWHERE
        assert told or not of_a_file, "no file is named"


_NOWHERE = {"unknown_horizon"}
"""Faults that may concern no file of a week, but all of them together."""


@contextmanager
def limited() -> Iterator[None]:
    """End a case after so much processor time."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _finding(reader: Reader, case: int, error: BaseException) -> Finding:
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "shiftplan/" in f.filename or "benchmarks/" in f.filename]
    last = (own or frames)[-1]
    end = frames[-1]
    where = f"{Path(last.filename).name}:{last.name}:{last.lineno} {Path(end.filename).name}"
    what = f"{type(error).__name__}: {str(error)[:200]!r}"
    trace = "".join(traceback.format_list(frames[-12:]))
    return Finding(reader.name, case, what, f"{type(error).__name__} {where}", trace[:6000])


def turns(readers: Sequence[Reader]) -> list[Reader]:
    """Each reader as often as its share says, mixed."""
    found = [reader for reader in readers for _ in range(reader.share)]
    random.Random(0).shuffle(found)
    return found


def run(cases: Iterable[int], seed: int, readers: Sequence[Reader] = READERS) -> Iterator[Finding]:
    """Try cases by their numbers, each by the reader that has its turn; yield what went wrong."""
    corpus.week()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        fuzzer, order = Fuzzer(Path(name), seed), turns(readers)
        for case in cases:
            finding = fuzzer.one(order[case % len(order)], case)
            if finding is not None:
                yield finding
