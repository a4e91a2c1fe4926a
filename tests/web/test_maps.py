"""Maps of areas: any GeoJSON, broken ones, where they lie, and how centers are drawn."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from reporting import hostile_week
from served import DATA, an_giang_week, client, commune

from shiftplan import read_problem
from shiftplan.errors import InputError
from shiftplan.files.geojson import find_map, read_areas
from shiftplan.present.outlines import Outlines, outlines_of
from shiftplan.problem import Problem
from shiftplan.web import app
from shiftplan.web.files_on_disk import FilesOnDisk

POINT = {"type": "Point", "coordinates": [1, 2]}
SQUARE = [[[105, 10], [105.1, 10], [105.1, 10.1], [105, 10.1], [105, 10]]]


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def polygon(east: float = 0.0, north: float = 0.0) -> dict[str, Any]:
    rings = [[[x + east, y + north] for x, y in ring] for ring in SQUARE]
    return {"type": "Polygon", "coordinates": rings}


def ring(*points: Any) -> dict[str, Any]:
    return feature({"type": "Polygon", "coordinates": [[*points]]})


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [*features], **members}


def put(folder: Path, found: Any) -> Path:
    path = folder / "map.geojson"
    path.write_text(found if isinstance(found, str) else json.dumps(found), encoding="utf-8")
    return path


def drawn(folder: Path, problem: Problem, found: Any) -> Outlines:
    return outlines_of(problem, read_areas(put(folder, found)))


def ids(found: Outlines) -> set[str]:
    return {outline.center_id for panel in found.panels for outline in panel.outlines}


@pytest.fixture
def week() -> Problem:
    """Centers c0 to c4."""
    return hostile_week()[0]


@pytest.mark.parametrize(
    "geometry",
    [
        polygon(),
        {"type": "MultiPolygon", "coordinates": [SQUARE, SQUARE]},
        {"type": "GeometryCollection", "geometries": [polygon(), {"type": "Point"}]},
        {"type": "Polygon", "coordinates": [[[*p, 7.5] for p in SQUARE[0]]]},
        {"type": "Polygon", "coordinates": [*SQUARE, [[105.05, 10.05]] * 4]},
    ],
    ids=["polygon", "multi", "collection", "heights", "hole"],
)
def test_shapes_of_every_kind_are_drawn(tmp_path: Path, week: Problem, geometry: Any) -> None:
    """Polygons, several of them, collections, points with heights, holes of no size."""
    found = drawn(tmp_path, week, collection(feature(geometry, code="c1")))

    assert ids(found) == {"c1"}
    assert found.panels[0].outlines[0].path.startswith("M")


def test_the_property_that_names_most_centers_counts(tmp_path: Path, week: Problem) -> None:
    """Of the properties the one with the ids; names serve where no property has ids."""
    by_id = [feature(polygon(i), type="c0", code=f"c{i}") for i in range(3)]
    by_name = [feature(polygon(i), ten=n) for i, n in enumerate(("xã  hai", "XÃ BA", "Đảo xa"))]

    assert ids(drawn(tmp_path, week, collection(*by_id))) == {"c0", "c1", "c2"}
    assert ids(drawn(tmp_path, week, collection(*by_name))) == {"c1", "c2", "c4"}


def test_features_of_no_center_are_land(tmp_path: Path, week: Problem) -> None:
    """What matches no center is drawn behind; several areas of one center are one shape."""
    areas = [feature(polygon(), c="c1"), feature(polygon(0.2), c="c1"), feature(polygon(0.1), c="")]
    found = drawn(tmp_path, week, collection(*areas, feature(None), source="Sở Xây dựng"))

    [panel] = found.panels
    assert [o.path.count("M") for o in panel.outlines] == [2]
    assert panel.land.count("M") == 1
    assert found.source == "Sở Xây dựng"


def test_without_shapes_centers_are_dots(tmp_path: Path, week: Problem) -> None:
    """Without a map, or with one of another province, the dots of reports; else no drawing."""
    other = drawn(tmp_path, week, collection(feature(polygon(), code="elsewhere")))
    bare = [c.model_copy(update={"lat": None, "lon": None}) for c in week.centers]

    assert outlines_of(week, None) == other
    assert not other.has_shapes
    assert ids(other) == {c.center_id for c in week.centers}
    assert outlines_of(week.model_copy(update={"centers": tuple(bare)}), None).panels == ()


@pytest.mark.parametrize(
    ("found", "code", "text"),
    [
        ("", "empty_file", "empty"),
        ("{", "broken_json", "line 1"),
        ("[" * 100_000, "broken_json", "nested too deeply"),
        ("[]", "invalid_value", "FeatureCollection"),
        ('{"type": "FeatureCollection"}', "invalid_value", "FeatureCollection"),
        ('{"type": "Topology", "features": []}', "invalid_value", "FeatureCollection"),
        (collection(), "invalid_value", "no areas"),
        (collection(feature(POINT)), "invalid_value", "no areas"),
        (collection(7), "invalid_value", "feature 1"),
        (collection(feature(polygon()), feature({})), "invalid_value", "feature 2"),
        (collection(feature(polygon(200))), "invalid_value", "WGS 84"),
        (collection(feature(polygon(float("nan")))), "invalid_value", "degrees"),
        (collection(ring(*"abcd")), "invalid_value", "shape"),
        (collection(ring([1, 2])), "invalid_value", "four"),
        (collection(ring(*[[True, 2]] * 4)), "invalid_value", "degrees"),
        (collection(ring(*[[1, 2]] * 21)), "too_large", "20"),
    ],
)  # fmt: skip
def test_what_is_no_map_is_a_clear_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: Any, code: str, text: str
) -> None:
    """Every broken map ends in one fault that says what a map is."""
    monkeypatch.setattr("shiftplan.files.geojson._MOST_POINTS", 20)

    with pytest.raises(InputError, match=text) as error:
        read_areas(put(tmp_path, found))

    assert [fault.code for fault in error.value.faults] == [code]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """A map that leads out of its folder is refused, as tables are."""
    (tmp_path / "week").mkdir()
    put(tmp_path, collection(feature(polygon())))
    (tmp_path / "week" / "map.geojson").symlink_to(tmp_path / "map.geojson")

    with pytest.raises(InputError, match="link"):
        read_areas(tmp_path / "week" / "map.geojson")


def test_where_the_map_of_a_week_lies(tmp_path: Path) -> None:
    """In its folder, beside its workbook, or in the folder of its province; nowhere else."""
    dated, other = tmp_path / "p" / "2026-12-07", tmp_path / "p" / "x"
    for folder in (dated, other):
        folder.mkdir(parents=True)
    above = put(tmp_path / "p", collection())
    book = other / "week.xlsx"

    assert find_map(dated) == above
    assert find_map(other) is None
    assert find_map(book) is None
    own, beside = put(dated, collection()), other / "week.geojson"
    shutil.copy(own, beside)
    assert find_map(dated) == own
    assert find_map(book) == beside


def test_a_week_is_the_same_with_its_map(tmp_path: Path) -> None:
    """Readers leave the map alone: the same problem, and nothing is noted."""
    week = shutil.copytree(DATA / "commune", tmp_path / "week")
    notes: list[Any] = []
    put(week, collection())

    assert read_problem(week, on_note=notes.append) == read_problem(DATA / "commune")
    assert notes == []


def test_the_map_of_an_giang() -> None:
    """All 102 centers have their shape, islands in a drawing of their own; the source is said."""
    problem = an_giang_week()
    found = outlines_of(problem, read_areas(DATA / "an_giang" / "map.geojson"))

    assert found.has_shapes
    assert "thanglequoc" in found.source
    assert [(panel.name, len(panel.outlines)) for panel in found.panels] == [
        ("main", 97),
        ("far", 5),
    ]
    assert ids(found) == {c.center_id for c in problem.centers}
    for panel in found.panels:
        assert all(0 < o.x < panel.width and 0 < o.y < panel.height for o in panel.outlines)
        assert panel.scale < panel.width


def test_the_map_beside_a_week_is_shown_and_may_be_mended(tmp_path: Path) -> None:
    """The page draws `map.geojson` as it is now; a broken one is refused in the reader's words."""
    live = commune(tmp_path)
    week = tmp_path / "commune"
    center = live.files.centers[0].center_id
    page = client(app(live, on_disk=FilesOnDisk(week, lambda: live.files)))

    assert page.get("/api/map").json()["panels"] == []
    put(week, "{}")
    answer = page.get("/api/map", params={"lang": "vi"})
    assert answer.status_code == 409
    assert "bản đồ phải là tệp GeoJSON" in answer.json()["faults"][0]["text"]
    put(week, collection(feature(polygon(), code=center), source="Sở"))
    found = page.get("/api/map").json()
    assert [o["center_id"] for o in found["panels"][0]["outlines"]] == [center]
    assert found["source"] == "Sở"


def test_a_map_that_is_named_must_be_one(tmp_path: Path) -> None:
    """`areas` of another file goes before the one beside the week, and is read at once."""
    live = commune(tmp_path)
    on_disk = FilesOnDisk(tmp_path / "commune", lambda: live.files)
    put(tmp_path / "commune", "{}")
    path = put(tmp_path, collection(feature(polygon(), code=live.files.centers[0].center_id)))

    assert client(app(live, areas=path, on_disk=on_disk)).get("/api/map").json()["has_shapes"]
    with pytest.raises(InputError, match="no such file"):
        app(live, areas=tmp_path / "none.geojson")
