"""Files that are sent become weeks under free names, or are refused and leave nothing behind."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from sent_weeks import COMMUNE, packed, send, zipped
from served import client
from starlette.testclient import TestClient

import shiftplan as sp
from shiftplan.errors import InputError
from shiftplan.web import home
from shiftplan.web.weeks import arriving, routes
from shiftplan.web.weeks.arriving import take_in
from shiftplan.web.weeks.places import WeekPlaces
from shiftplan.web.weeks.unpacking import MOST_BYTES, MOST_FILES, unpack


@pytest.fixture
def page(tmp_path: Path) -> TestClient:
    """What sends requests to the app of an empty folder."""
    return client(home(tmp_path / "weeks", who="lan"))


def lying(told: int, content: bytes) -> bytes:
    """A zip of one table that tells a size and check sum as if it were shorter."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("centers.csv", content)
        info = archive.getinfo("centers.csv")
        info.file_size, info.CRC = told, zlib.crc32(content[:told])
    return body.getvalue()


def odd(form: int = zipfile.ZIP_DEFLATED, flag: int = 0, names: tuple[str, ...] = ("a.csv",)):
    """A zip whose tables are packed in another form, flagged, or named in another way."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", form) as archive:
        for name in names:
            archive.writestr(name, b"center_id\n")
        for info in archive.infolist():
            info.flag_bits |= flag
    return body.getvalue()


def test_a_zip_and_json_and_tables_become_the_same_week(page):
    """However a week is sent, its workbench has the same week."""
    ids = [send(page, "a.zip", zipped())]
    ids.append(send(page, "b.json", sp.read_week(COMMUNE).to_json().encode()))
    first, *others = sorted(COMMUNE.glob("*.csv"))
    ids.append(send(page, first.name, first.read_bytes()))
    for file in others:
        send(page, file.name, file.read_bytes(), into=ids[-1])

    weeks = [page.get(f"/weeks/{week_id}/api/week").json() for week_id in ids]

    assert ids == ["a", "b.json", "week"]
    for week in weeks:
        assert [p["volunteer_id"] for p in week["people"]] == [
            v.volunteer_id for v in sp.read_week(COMMUNE).volunteers
        ]
    assert {w["week_id"] for w in page.get("/api/weeks").json()} == {*ids}


def test_a_full_folder_takes_no_more(page, monkeypatch):
    """So many weeks are kept; one more is refused."""
    monkeypatch.setattr(routes, "MOST_WEEKS", 1)
    send(page, "a.zip", zipped())

    answer = page.post("/api/weeks?name=b.zip", content=zipped())

    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("x.json", b"{", 409),
        ("x.json", b"[" * 100_000, 409),
        ("x.zip", b"not a zip", 409),
        ("x.zip", b"", 409),
        ("x.zip", zipped()[:-30], 409),
        ("x.zip", packed(), 409),
        ("x.xlsx", b"not a workbook", 409),
        ("x.xlsx", b"\xd0\xcf\x11\xe0 old or encrypted", 409),
        ("x.xlsx", zipped(), 409),
        ("x.ods", zipped(), 409),
        ("x.exe", b"MZ", 409),
        ("x", b"a,b", 409),
        ("x.zip", packed(centers=bytes(MOST_BYTES + 1)), 409),
        ("x.zip", packed(**{f"t{i}": b"" for i in range(MOST_FILES + 1)}), 409),
        ("x.json", bytes(MOST_BYTES + 1), 413),
    ],
    ids=lambda value: str(value)[:12],
)
def test_what_is_no_week_is_refused(page, tmp_path, name, body, status):
    """Broken, hostile and too large bodies get an answer that says so, and leave nothing behind."""
    answer = page.post("/api/weeks", params={"name": name}, content=body)

    assert answer.status_code == status, answer.text
    assert answer.json()["faults"][0]["text"]
    assert ".begun" not in answer.text
    assert page.get("/api/weeks").json() == []
    assert not [*tmp_path.glob("weeks/*"), *tmp_path.glob("weeks/.*")]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (odd(zipfile.ZIP_BZIP2), "a.csv is packed in an unusual way"),
        (odd(zipfile.ZIP_LZMA), "a.csv is packed in an unusual way"),
        (odd(flag=1), "a.csv is encrypted"),
        (odd(names=("x/a.csv", "y/a.csv")), "two files named a.csv"),
        (odd(names=("x/shifts.csv", "y/Shifts.csv")), "two files named Shifts.csv"),
        (odd(names=("ä" * 126 + ".csv",)), "is too long"),
        (odd(names=("ä.csv",)).replace("ä".encode(), b"\xff\xfe"), "not in UTF-8"),
        (lying(9, b"center_id,name\n"), "damaged"),
        (lying(16, b"center_id,name\n"), "size that the zip states"),
    ],
    ids=["bzip2", "lzma", "encrypted", "twice", "alike", "long", "letters", "more", "less"],
)
def test_an_odd_zip_is_told(page, body, words):
    """What no program packs for a week is refused, each with its own reason."""
    answer = page.post("/api/weeks?name=x.zip", content=body)

    (fault,) = answer.json()["faults"]
    assert words in fault["text"]


def test_a_bomb_is_never_unpacked():
    """A table that tells ten bytes and holds a hundred million does not take their memory."""
    body = lying(10, bytes(100_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(InputError):
            unpack(body, "x.zip")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 10_000_000


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("week.json", "week.json"),
        ("C:\\Users\\lan\\tuần 50.JSON", "tuần 50.json"),
        ("../../etc/passwd.json", "passwd.json"),
        ("/..json", "week.json"),
        (".json", "week.json"),
        ("CON.json", "week CON.json"),
        ('a\x00b<>:"|?*\u202e.json', "ab.json"),
        ("x" * 300 + ".json", "x" * 60 + ".json"),
        ("~$a.json", "$a.json"),
        (".hidden.json", "hidden.json"),
        ("a#b%2f.json", "ab2f.json"),
        ("week.faults.json", "week.json"),
        ("week.before.json", "week.json"),
        ("An Giang 7.12.json", "An Giang 7.12.json"),
    ],
)
def test_names_that_are_kept(tmp_path, name, kept):
    """Only the last part of a name counts, without signs that no file has."""
    place = take_in(tmp_path, name, sp.read_week(COMMUNE).to_json().encode())

    assert place == tmp_path / kept
    assert list(tmp_path.iterdir()) == [place]


def test_names_are_given_once(tmp_path):
    """Weeks of the same name get numbers, since their records would be one file."""
    body = sp.read_week(COMMUNE).to_json().encode()

    places = [take_in(tmp_path, name, body).name for name in ("a.json", "A.json", "a.json")]
    folder = take_in(tmp_path, "a.zip", zipped()).name

    assert places == ["a.json", "A 2.json", "a 3.json"]
    assert folder == "a 4"


def test_names_with_points_are_given_once(tmp_path):
    """A name may begin as that of another week does up to a point."""
    body = sp.read_week(COMMUNE).to_json().encode()

    names = ("an.json", "an.gi.json", "an.gi.json", "an.faults.json")
    files = [take_in(tmp_path, name, body).name for name in names]
    folders = [take_in(tmp_path, "An 7.12.zip", zipped()).name for _ in range(2)]

    assert files == ["an.json", "an.gi.json", "an.gi 2.json", "an 2.json"]
    assert folders == ["An 7.12", "An 7.12 2"]


@pytest.mark.parametrize("left", ["a.record.db", "A.before.json"])
def test_a_week_gets_nothing_of_one_that_is_gone(tmp_path, left):
    """A record or a copy that was left behind belongs to no other week."""
    (tmp_path / left).touch()

    place = take_in(tmp_path, "a.json", sp.read_week(COMMUNE).to_json().encode())

    assert place.name == "a 2.json"


def test_a_week_gets_nothing_of_a_sending_that_was_killed(tmp_path):
    """What such a sending left is no table of the next one."""
    (tmp_path / ".begun-a").mkdir()
    (tmp_path / ".begun-a" / "pins.csv").touch()

    place = take_in(tmp_path, "a.zip", zipped())

    assert not (place / "pins.csv").exists()
    assert list(tmp_path.iterdir()) == [place]


def test_a_zip_writes_nowhere_else(page, tmp_path):
    """Names that lead out of the folder are cut to their last part."""
    week_id = send(page, "x.zip", packed(**{f"../../..{tmp_path}/there": b"x"}))

    assert not (tmp_path / "there.csv").exists()
    assert (tmp_path / "weeks" / week_id / "there.csv").exists()


def test_sending_never_leaves_half_a_week(tmp_path, monkeypatch):
    """Where the disk fails, nothing is listed."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(arriving, "move", fail)
    with pytest.raises(OSError, match="No space"):
        take_in(tmp_path, "a.json", sp.read_week(COMMUNE).to_json().encode())

    assert WeekPlaces(tmp_path).all() == []
