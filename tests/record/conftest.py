"""A PostgreSQL server of Debian's package, and places of records in it and on the disk."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shiftplan.record.opening import open_store
from shiftplan.record.sql import SqlStore

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Address of a database on a server of its own, which listens on a socket."""
    if not PROGRAMS:
        pytest.skip("PostgreSQL is not installed")
    pytest.importorskip("psycopg")
    programs, user = PROGRAMS[-1].parent, {}
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    if os.geteuid() == 0:  # as which it refuses to run
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    data, common = folder / "data", {"cwd": folder, **user}
    command = [programs / "initdb", "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "-N"]
    subprocess.run([*command, "--locale=C"], check=True, capture_output=True, **common)
    rule = "local all guarded scram-sha-256\nlocal all all trust\n"
    (data / "pg_hba.conf").write_text(rule, encoding="utf-8")
    options = ["-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, *options], stdout=log, stderr=log, **common
        )
    try:
        ready = [programs / "pg_isready", "-q", "-h", folder]
        waits = iter(range(200))
        while subprocess.run(ready, check=False).returncode:
            assert next(waits, None) is not None, (folder / "log").read_text(encoding="utf-8")
            assert process.poll() is None, (folder / "log").read_text(encoding="utf-8")
            time.sleep(0.05)
        yield f"postgresql://owner@/postgres?host={folder}"
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(server: str) -> str:
    """Address of a database without a record, and with the usual settings."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS shiftplan CASCADE")
        connection.execute("ALTER DATABASE postgres RESET ALL")
    return server


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where records of many weeks can be kept."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("database"))
    return str(tmp_path / "all.db")


@pytest.fixture
def opened(place: str) -> Iterator[Callable[..., SqlStore]]:
    """Opens the record of a week there, and closes all in the end."""
    stores = []

    def open_named(name: str = "tuần 50") -> SqlStore:
        stores.append(open_store("week", place, name=name))
        return stores[-1]

    yield open_named
    for store in stores:
        store.close()
