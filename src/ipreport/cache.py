"""A folder of computed bytes that may be lost or damaged at any time without harm."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

_DIGEST = hashlib.sha256().digest_size


class Cache:
    """Bytes by key, each stored with its own checksum.

    A `folder` of None keeps nothing: every look-up misses. A damaged, truncated
    or unreadable entry counts as a miss; a folder that cannot be written is ignored.

    Programs may share a folder without a lock. An entry appears whole, in one step. Where
    a system refuses that because another program is reading the entry (Windows), the entry
    stays as it was, and one that is being replaced may read as a miss: both only cost time.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """The bytes last stored under `key`, or None."""
        if self._folder is None:
            return None
        with suppress(OSError):
            data = self._path(self._folder, key).read_bytes()
            checksum, payload = data[:_DIGEST], data[_DIGEST:]
            if hashlib.sha256(payload).digest() == checksum:
                return payload
        return None

    def put(self, key: str, payload: bytes) -> None:
        """Store `payload` under `key`, replacing what was there in one step."""
        if self._folder is None:
            return
        path = self._path(self._folder, key)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(hashlib.sha256(payload).digest() + payload)
                Path(temporary).replace(path)
            except OSError:
                with suppress(OSError):
                    Path(temporary).unlink()
                raise

    @staticmethod
    def _path(folder: Path, key: str) -> Path:
        name = hashlib.sha256(key.encode("utf-8")).hexdigest()
        return folder / name[:2] / name
