"""Alerts and the dashboard of examples/operating ask for figures that we really expose."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from fastapi.testclient import TestClient
from nation import done, failed
from prometheus_client.openmetrics.parser import text_string_to_metric_families as batch_families
from prometheus_client.parser import text_string_to_metric_families as desk_families

from shiftplan.batch.manifest import State
from shiftplan.batch.records import metrics_text

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "examples" / "operating"
ALERTS = FOLDER / "alerts.yml"
NOW = dt.datetime(2026, 12, 5, tzinfo=dt.UTC)
OF_PROMETHEUS = {"up": {"job"}}
"""What Prometheus adds itself: whether a scrape succeeded."""
OF_SCRAPES = {"job", "instance"}
"""Labels that Prometheus adds to everything."""
NAME = re.compile(r"\b(shiftplan_\w+|process_\w+|up)\b(?:\{([^}]*)\})?")
DAY = 86_400


def alerts() -> dict[str, dict[str, Any]]:
    """Name -> rule."""
    groups = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    return {rule["alert"]: rule for rule in rules}


def panels() -> list[dict[str, Any]]:
    return json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))["panels"]


def queries() -> dict[str, str]:
    """Where it stands -> what is asked."""
    found = {name: rule["expr"] for name, rule in alerts().items()}
    for panel in panels():
        for target in panel.get("targets", ()):
            found[f"{panel['title']} {target['refId']}"] = target["expr"]
    return found


@pytest.fixture(scope="module")
def exposed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, set[str]]]:
    """Metric -> label -> values, as a batch and the workbench expose them now."""
    sys.path.append(str(FOLDER))
    folder = tmp_path_factory.mktemp("desk")
    app = import_module("desk").desk(folder, {}, backups=folder)
    client = TestClient(app)
    client.get("/planning/api/weeks")
    text = metrics_text([done("A"), failed("B")], "1", NOW, NOW)
    families = [*batch_families(text), *desk_families(client.get("/metrics").text)]
    found: dict[str, dict[str, set[str]]] = {}
    for sample in (sample for family in families for sample in family.samples):
        labels = found.setdefault(sample.name, {})
        for label, value in sample.labels.items():
            labels.setdefault(label, set()).add(value)
    return found


@pytest.mark.parametrize(("place", "query"), queries().items(), ids=queries())
def test_every_figure_exists(
    place: str, query: str, exposed: dict[str, dict[str, set[str]]]
) -> None:
    """Each name and label in a query is one of the exposition, and each state is one of a week."""
    used = NAME.findall(query)

    assert used
    for name, matched in used:
        known = OF_PROMETHEUS[name] if name in OF_PROMETHEUS else exposed[name].keys()
        for label, value in re.findall(r'(\w+)=~?"([^"]*)"', matched):
            assert label in known | OF_SCRAPES
            assert label != "state" or value in {*get_args(State), "poor"}
    grouped = ",".join(re.findall(r"\b(?:by|on) \(([^)]*)\)", query))
    labels = {label for name, _ in used for label in exposed.get(name, ())}
    assert set(re.findall(r"\w+", grouped)) <= labels | OF_SCRAPES
    legend = set(re.findall(r"\$labels\.(\w+)", str(alerts().get(place, ""))))
    assert legend <= labels | OF_SCRAPES


def test_every_figure_of_a_batch_is_shown(exposed: dict[str, dict[str, set[str]]]) -> None:
    """The dashboard leaves out no figure that we expose ourselves, but for when a batch ended."""
    shown = " ".join(target["expr"] for p in panels() for target in p.get("targets", ()))
    parts = ("_created", "_sum", "_count")  # of what is shown by its buckets
    ours = {n for n in exposed if n.startswith("shiftplan_") and not n.endswith(parts)}

    assert ours - set(re.findall(r"shiftplan_\w+", shown)) == {
        "shiftplan_batch_end_timestamp_seconds"
    }


def test_panels_do_not_overlap() -> None:
    """Each has a number of its own and a place of its own within the 24 columns."""

    def cells(panel: dict[str, Any]) -> Iterator[tuple[int, int]]:
        place = panel["gridPos"]
        for x in range(place["x"], place["x"] + place["w"]):
            for y in range(place["y"], place["y"] + place["h"]):
                yield x, y

    taken = [set(cells(panel)) for panel in panels()]

    assert len({panel["id"] for panel in panels()}) == len(panels())
    assert all(x < 24 for place in taken for x, _ in place)
    assert not any(one & other for one, other in combinations(taken, 2))


def test_every_alert_has_its_section() -> None:
    """docs/operating.md says for each alert, and for no other, what to do."""
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    sections = re.findall(r"^### (Shiftplan\w+)$", page, re.M)

    assert sections == list(alerts())
    assert {rule["labels"]["severity"] for rule in alerts().values()} == {"critical", "warning"}
    assert all(rule["annotations"]["summary"].endswith(".") for rule in alerts().values())


START = "shiftplan_batch_start_timestamp_seconds"
END = "shiftplan_batch_end_timestamp_seconds"
NEXT = 'shiftplan_week_timestamp_seconds{province="A"}'
DESK = 'process_resident_memory_bytes{job="shiftplan-desk"}'


def le(most: str) -> str:
    """The answers that began within so many seconds."""
    return f'shiftplan_desk_request_seconds_bucket{{le="{most}"}}'


FIRES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "ShiftplanBatchOverdue": ({START: f"{-9 * DAY}"}, {START: f"{-7 * DAY}"}),
    "ShiftplanBatchDoesNotEnd": (
        {START: f"{-DAY}"},
        {START: f"{-DAY}", END: "9"},
    ),
    "ShiftplanWeeksFailed": (
        {'shiftplan_province_weeks{state="failed"}': "1", END: "9"},
        {'shiftplan_province_weeks{state="failed"}': "1"},
    ),
    "ShiftplanRostersVeryPoor": (
        {'shiftplan_province_weeks{state="poor"}': "2", END: "9"},
        {'shiftplan_province_weeks{state="done"}': "2", END: "9"},
    ),
    "ShiftplanNextWeekMissing": ({NEXT: f"{-6 * DAY}"}, {NEXT: f"{-4 * DAY}"}),
    "ShiftplanGapWide": (
        {'shiftplan_gap_ratio{province="A"}': "0.06"},
        {'shiftplan_gap_ratio{province="A"}': "0.05"},
    ),
    "ShiftplanDown": ({'up{job="shiftplan-desk"}': "0"}, {'up{job="another"}': "0"}),
    "ShiftplanDeskFails": (
        {'shiftplan_desk_requests_total{status="500"}': "0+1"},
        {'shiftplan_desk_requests_total{status="403"}': "0+1"},
    ),
    "ShiftplanDeskSlow": (
        {le("1.0"): "0+90", le("2.5"): "0+100", le("+Inf"): "0+100"},
        {le("1.0"): "0+96", le("2.5"): "0+100", le("+Inf"): "0+100"},
    ),
    "ShiftplanDeskMemoryHigh": ({DESK: "3e9"}, {DESK: "1e9"}),
    "ShiftplanDiskFull": (
        {"shiftplan_desk_disk_free_bytes": "4e9"},
        {"shiftplan_desk_disk_free_bytes": "6e9"},
    ),
    "ShiftplanBackupOld": (
        {"shiftplan_backup_timestamp_seconds": f"{-2 * DAY}"},
        {"shiftplan_backup_timestamp_seconds": f"{-DAY}"},
    ),
}
"""Alert -> figures of each minute from the first second of 1970 on at which it fires two hours
later, and figures at which it does not."""


def unit_test(name: str, series: dict[str, str], *, fires: bool) -> dict[str, Any]:
    """A test as promtool reads it: whether an alert fires."""
    given = []
    for metric, value in series.items():
        family, _, labels = metric.partition("{")
        labels = f'{{instance="s",{labels or "}"}'
        each_minute = value if "+" in value else f"{value}+0"
        given.append({"series": f"{family}{labels}", "values": f"{each_minute}x120"})
    asked = f'count(ALERTS{{alertname="{name}", alertstate="firing"}})'
    found = [{"labels": "{}", "value": 1}] if fires else []
    expected = {"expr": asked, "eval_time": "2h", "exp_samples": found}
    return {"interval": "1m", "input_series": given, "promql_expr_test": [expected]}


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is missing")
def test_alerts_fire_when_they_should(tmp_path: Path) -> None:
    """promtool accepts the rules; each alert fires on its figures, and not on those beside them."""
    tests = [
        unit_test(name, series, fires=fires)
        for name, cases in FIRES.items()
        for fires, series in zip((True, False), cases, strict=True)
    ]
    content = json.dumps({"rule_files": [str(ALERTS)], "tests": tests})
    (tmp_path / "asked.yml").write_text(content, encoding="utf-8")

    for command in (["check", "rules", str(ALERTS)], ["test", "rules", "asked.yml"]):
        done = subprocess.run(["promtool", *command], capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
    assert FIRES.keys() == alerts().keys()
