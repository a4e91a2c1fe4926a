"""The image of the Containerfile, built and run without any registry of images.

Its base is made here: folders and users of a small system, into which the programs and the Python
of this computer are mounted. The instructions of the Containerfile run as they stand. Packages come
from the network, so that the test takes minutes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SETTINGS = ("/etc/ssl", "/etc/pip.conf", "/etc/resolv.conf", "/etc/hosts")
"""Files of this computer by which pip in the image reaches packages."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("buildah"), reason="buildah is missing"),
]


def base(folder: Path) -> None:
    """Write the file system of the base image, and the instructions that make it one."""
    root = folder / "root"
    for name in ("usr", "etc", "tmp", "root", "opt", "proc", "sys", "dev", "var/tmp", "run"):
        (root / name).mkdir(parents=True)
    for name in ("tmp", "var/tmp"):
        (root / name).chmod(0o1777)
    for name in ("bin", "sbin", "lib", "lib64"):
        (root / name).symlink_to(f"usr/{name}")
    (root / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/sh\n")
    (root / "etc/group").write_text("root:x:0:\n")
    (root / "etc/shadow").touch()
    (root / "etc/login.defs").write_text("USERGROUPS_ENAB yes\n")
    path = f"{sys.base_prefix}/bin:/usr/bin:/bin:/usr/sbin:/sbin"
    (folder / "Base").write_text(f"FROM scratch\nCOPY root /\nENV PATH={path}\n")


def test_the_image_is_built_and_plans_as_a_user_without_rights(tmp_path: Path) -> None:
    """It plans the week that it brings, without a network, and can write nowhere but in `/data`."""
    (name,) = set(re.findall(r"^FROM (\S+)", (ROOT / "Containerfile").read_text(), re.M))
    mounts = ["/usr", *({sys.base_prefix} - {"/usr"})]
    own = {"BUILDAH_ISOLATION": "chroot", "TMPDIR": str(tmp_path)}

    def buildah(command: str, *words: str, places: list[str]) -> str:
        """What a command prints; it fails if the command does."""
        store = ["--root", str(tmp_path / "store"), "--runroot", str(tmp_path / "run")]
        volumes = [f"--volume={place}:{place}:ro" for place in places if Path(place).exists()]
        done = subprocess.run(
            ["buildah", *store, command, *volumes, *words],
            env={**os.environ, **own},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout

    base(tmp_path)
    limits = ("--pull=never", "--ulimit=nofile=1024:1024", "--ulimit=nproc=4096:4096")
    buildah("bud", f"--tag={name}", f"--file={tmp_path / 'Base'}", str(tmp_path), places=[])
    certificates = "--env=PIP_CERT=/etc/ssl/certs/ca-certificates.crt"
    buildah(
        "bud",
        *(*limits, "--network=host", certificates, "--tag=shiftplan"),
        *(f"--file={ROOT / 'Containerfile'}", str(ROOT)),
        places=[*mounts, *SETTINGS],
    )
    container = buildah("from", *limits, "localhost/shiftplan", places=[]).strip()
    said = buildah("run", container, "--", "shiftplan", "demo", "--out=run/demo", places=mounts)
    rest = "id -u; ls run/demo/report.html; touch /opt/shiftplan/mark || echo refused"
    after = buildah("run", container, "--", "/usr/bin/sh", "-c", rest, places=mounts)
    buildah("rm", "--all", places=[])

    assert "2,120" in said  # the cost that the start page explains
    assert after.split() == ["10001", "run/demo/report.html", "refused"]
