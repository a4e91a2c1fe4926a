"""What the operating system says of a file that it refuses.

An exception -> `Message`, by its number.
"""

from __future__ import annotations

import errno

from shiftplan.errors.message import Message

_OF_SYSTEM = {
    errno.EACCES: "permission_denied",
    errno.EADDRINUSE: "address_in_use",
    errno.EADDRNOTAVAIL: "address_not_available",
    errno.EDQUOT: "disk_quota_exceeded",
    errno.EEXIST: "file_exists",
    errno.EFBIG: "file_too_large",
    errno.EIO: "input_output_error",
    errno.EISDIR: "is_a_directory",
    errno.ENAMETOOLONG: "file_name_too_long",
    errno.ENOENT: "no_such_file_or_directory",
    errno.ENOSPC: "no_space_left_on_device",
    errno.ENOTDIR: "not_a_directory",
    errno.EROFS: "read_only_file_system",
}
"""Number of an error of the system -> what the catalogue calls it."""


def of_file(error: OSError) -> Message:
    """What the system says, with the file that it says it of."""
    if error.filename is None:
        return of_system(error)
    return Message("system.of_file", file=str(error.filename), reason=of_system(error))


def of_system(error: BaseException) -> Message:
    """What the system says of a file; in its own words where the catalogue has none."""
    code = _OF_SYSTEM.get(getattr(error, "errno", None) or 0, "other")
    if code != "other":
        return Message(f"system.{code}")
    return Message("system.other", reason=getattr(error, "strerror", None) or str(error))
