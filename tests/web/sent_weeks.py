"""Weeks as people send them: zips of the bundled one, and the request that sends a file."""

from __future__ import annotations

import io
import zipfile

from served import DATA
from starlette.testclient import TestClient

COMMUNE = DATA / "commune"


def packed(**files: bytes) -> bytes:
    """A zip of files, named without the ending .csv."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return body.getvalue()


def zipped(**changed: bytes) -> bytes:
    """The bundled week as a zip, some of its files changed."""
    return packed(**{file.stem: file.read_bytes() for file in COMMUNE.glob("*.csv")} | changed)


def send(page: TestClient, name: str, body: bytes, **params: str) -> str:
    """Send a file; the id of its week."""
    answer = page.post("/api/weeks", params={"name": name, **params}, content=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["week_id"]
