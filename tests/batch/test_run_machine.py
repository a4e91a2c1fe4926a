"""Any life of a run folder: starts, deaths, edits of data and results, in any order."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import threading
from pathlib import Path

import pytest
from batches import FIRST, SECOND, finals, flaws, noted, plan, pretend, states
from dying import Death, steps
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from pace import costly

from shiftplan import InputError
from shiftplan.batch import local
from shiftplan.batch import run_folder as holder
from shiftplan.batch.manifest import JobOutcome, WeekJob
from shiftplan.batch.run_folder import RunFolder

PROVINCES = ("an", "binh")
NAMES = [f"{province}/{week}" for province in PROVINCES for week in (FIRST, SECOND)]
ENDS = ("whole", "whole", "whole", "late", "late", "died", "died", "time")
names, provinces = st.sampled_from(NAMES), st.sampled_from(PROVINCES)


class Life(RuleBasedStateMachine):
    """A root, a run, and what must be true of them whatever happens."""

    @initialize()
    def begin(self) -> None:
        self.patch = pytest.MonkeyPatch()
        self.place = Path(tempfile.mkdtemp(prefix="life-"))
        self.root, self.run = self.place / "root", self.place / "run"
        self.script: list[str] = []
        self.running: list[str] = []
        self.begun: list[str] = []
        self.cancel, self.most = threading.Event(), 0
        self.kept: set[str] = set()  # done, and nothing it depends on was touched since
        self.stale: set[str] = set()  # something that it depends on was touched
        self.touched: set[str] = set()  # results that somebody changed
        self.tags: set[str] = set()  # what somebody wrote into results
        for number, name in enumerate(NAMES):
            (self.root / name).mkdir(parents=True)
            (self.root / name / "week.csv").write_text(f"week {number}")
        machine = self

        class Process:
            def __init__(self, job: WeekJob, folder: Path) -> None:
                self.job, self.folder = job, folder
                machine.on_begin(job)
                self.end_as = machine.script.pop() if machine.script else "whole"
                self.polls = 3 if self.end_as == "late" else 0

            def poll(self) -> JobOutcome | None:
                self.polls -= 1
                if self.polls >= 0:
                    return None
                machine.running.remove(self.job.name)
                outcome = pretend(self.job, self.folder)
                if self.end_as in ("died", "time"):
                    told = {"failure": self.end_as, "facts": self.end_as}
                    return JobOutcome.model_validate(told)
                return outcome

            def end(self) -> None:
                """Nothing runs."""

        self.patch.setattr(local, "JobProcess", Process)
        self.patch.setattr(local, "_LOOK_SECONDS", 0)
        self.patch.setattr(holder, "_WAIT_SECONDS", 0)
        self.patch.setattr("os.fsync", lambda number: None)

    def on_begin(self, job: WeekJob) -> None:
        """A job begins: nothing of its province runs, and the week before is settled."""
        province = job.name.split("/")[0]
        assert province not in {name.split("/")[0] for name in self.running}
        assert job.name not in self.kept
        known = noted(self.run)
        assert known[job.name]["state"] == "running"
        if job.name.endswith(str(SECOND)):
            before = known[f"{province}/{FIRST}"]
            assert before["state"] == "done"
            assert len(job.before) == 1
        self.running.append(job.name)
        self.begun.append(job.name)
        if self.most and len(self.begun) >= self.most:
            self.cancel.set()

    @rule(
        script=st.lists(st.sampled_from(ENDS), max_size=6),
        last=st.none() | st.integers(1, 90),
        most=st.sampled_from([0, 0, 0, 1, 3]),
    )
    def start(self, script: list[str], last: int | None, most: int) -> None:
        """Workers end as the script says; the batch dies at a step or is cancelled, or is not."""
        self.script, self.running, self.begun = list(script), [], []
        self.cancel, self.most = threading.Event(), most
        try:
            with steps(self.run, last):
                plan(self.root, self.run, workers=4, cancel=self.cancel)
            if not most:
                assert {e["state"] for e in noted(self.run).values()} <= {"done", "failed"}
            assert not list((self.run / ".staging").glob("*"))
        except Death:
            pass
        done = {name for name, entry in noted(self.run).items() if entry["state"] == "done"}
        self.touched -= set(self.begun)
        self.stale -= done & set(self.begun)
        self.kept = done - self.stale

    @rule(name=names, text=st.sampled_from(["other", "another", "bad"]))
    def change_data(self, name: str, text: str) -> None:
        (self.root / name / "week.csv").write_text(text)
        if name not in self.kept or not (self.root / name / "attendance.csv").exists():
            self.spoil(name, f"{name.split('/')[0]}/{SECOND}")

    @rule(province=provinces, text=st.sampled_from(["came", "ill"]))
    def tell_attendance(self, province: str, text: str) -> None:
        (self.root / province / str(FIRST) / "attendance.csv").write_text(text)

    @precondition(lambda self: finals(self.run))
    @rule(data=st.data(), added=st.booleans())
    def edit_result(self, data: st.DataObject, added: bool) -> None:
        folder = data.draw(st.sampled_from(finals(self.run)))
        tag = f"tag {len(self.tags)}"
        with (folder / ("note.txt" if added else "roster.csv")).open("a") as file:
            file.write(tag)
        self.tags.add(tag)
        self.forget(folder)

    @precondition(lambda self: finals(self.run))
    @rule(data=st.data())
    def lose_a_file(self, data: st.DataObject) -> None:
        folder = data.draw(st.sampled_from(finals(self.run)))
        (folder / "ledger.json").unlink(missing_ok=True)
        self.forget(folder)

    @precondition(lambda self: finals(self.run))
    @rule(data=st.data())
    def remove_result(self, data: st.DataObject) -> None:
        folder = data.draw(st.sampled_from(finals(self.run)))
        for path in folder.iterdir():
            if path.is_file():
                self.tags -= {tag for tag in self.tags if tag in path.read_text()}
        shutil.rmtree(folder)
        self.forget(folder)

    @rule()
    def lose_the_manifest(self) -> None:
        (self.run / "manifest.json").unlink(missing_ok=True)
        self.spoil(*NAMES)

    @rule()
    def start_twice(self) -> None:
        with RunFolder(self.run).held(), pytest.raises(InputError, match="another batch"):
            plan(self.root, self.run)

    def forget(self, folder: Path) -> None:
        name = f"{folder.parent.name}/{folder.name}"
        self.touched.add(name)
        self.spoil(name, f"{folder.parent.name}/{SECOND}")

    def spoil(self, *names: str) -> None:
        self.stale |= set(names)
        self.kept -= self.stale

    @invariant()
    def nothing_is_half_written_or_lost(self) -> None:
        """Results are as written but for those that somebody changed; what people wrote is kept."""
        if not hasattr(self, "run"):
            return
        known = noted(self.run)
        for folder in finals(self.run):
            name = f"{folder.parent.name}/{folder.name}"
            if known.get(name, {}).get("state") == "done" and name not in self.touched:
                assert flaws(folder) == []
        texts = " ".join(
            p.read_text()
            for p in self.run.rglob("*.*")
            if p.is_file() and "record.db" not in p.name
        )
        assert not {tag for tag in self.tags if tag not in texts}

    def teardown(self) -> None:
        """With good data and workers all is planned in the end, each week after the one before."""
        if not hasattr(self, "run"):
            return
        for number, name in enumerate(NAMES):
            week = self.root / name / "week.csv"
            if week.read_text() == "bad":
                week.write_text(f"mended {number}")
        self.script, self.running, self.begun, self.most = [], [], [], 0
        self.kept, self.cancel = set(), threading.Event()
        try:
            batch = plan(self.root, self.run, workers=4)

            assert states(batch) == dict.fromkeys(NAMES, "done")
            assert not list(self.run.glob("*/*.failed"))
            known = noted(self.run)
            for province in PROVINCES:
                first, second = (f"{province}/{week}" for week in (FIRST, SECOND))
                planned = [(self.run / name / "roster.csv").read_text() for name in (first, second)]
                ledger = json.loads((self.run / second / "ledger.json").read_text())
                assert [name for name, _ in ledger] == [first, second]
                assert ledger[1][1] == planned[1] == (self.root / second / "week.csv").read_text()
                if first in known[second]["told"]:
                    digest = hashlib.sha256(ledger[0][1].encode()).hexdigest()
                    assert known[second]["told"] == {first: digest}
                else:
                    assert ledger[0][1] == planned[0]
                if not (self.root / first / "attendance.csv").exists():
                    assert planned[0] == (self.root / first / "week.csv").read_text()
        finally:
            self.patch.undo()
            shutil.rmtree(self.place)


TestLife = Life.TestCase
TestLife.settings = costly(0.15)
