"""Who has approved which bytes: a file that only grows, one approval a line, each bound to the one before.

A line is a JSON object: `format` 1; `before`, the SHA-256 of the line before without its line end, empty in the first;
`moment` in UTC; `by`; `briefing` and `issue`; `manifest`, the SHA-256 of the manifest that listed the files; and
`files`, by edition and name the SHA-256 of each. A line that was changed or taken out breaks the chain.

Line ends and a byte order mark are not part of a line, as editors and git change them; nothing else may change.
"""

from __future__ import annotations

import codecs
import errno
import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ipreport.delivery.lock import alone
from ipreport.problems import Origin, ReportError, block

_FORMAT = 1
_RESTORE = "restore the file from a copy; who approved what is not known otherwise"
_PATIENCE = 30.0
"""Seconds to wait for others who approve at the same time."""


@dataclass(frozen=True, slots=True)
class Approval:
    """That `by` has approved exactly these files of an issue; `files` are SHA-256 by edition and file name."""

    moment: datetime
    by: str
    briefing: str
    issue: str
    manifest: str
    files: Mapping[str, Mapping[str, str]]


class Approvals:
    """The approvals of one briefing, in `file`, which need not be there yet."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def all(self) -> tuple[Approval, ...]:
        """Every approval, the oldest first. Raises ReportError where the file is not as it was written."""
        return tuple(approval for approval, _ in self._read()[0])

    def of(self, issue: str, edition: str) -> Approval | None:
        """The latest approval of an edition; None where there is none."""
        found = [each for each in self.all() if each.issue == issue and edition in each.files]
        return found[-1] if found else None

    def add(self, approval: Approval) -> None:
        """Append an approval, forced to disk, or leave the file as it was.

        Raises ReportError where the file is not as it was written, or cannot be written.
        """
        origin = Origin(self.file.as_posix())
        held = ReportError([block("others are approving at this moment", origin, "try again")])
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with alone(self.file, "the record of approvals", held, _PATIENCE):
                self._append(approval)
        except OSError as error:
            message = f"the approval cannot be recorded: {error.strerror}"
            raise ReportError([block(message, origin, "nothing was approved")]) from error

    def _append(self, approval: Approval) -> None:
        lines, whole, ended = self._read()
        line = _line(approval, lines[-1][1] if lines else "").encode("utf-8") + b"\n"
        line = line if ended else b"\n" + line
        with self.file.open("ab", buffering=0) as stream:
            stream.truncate(whole)
            try:
                _write(stream, line)
            except OSError:
                with suppress(OSError):  # a line that stays torn has approved nothing
                    stream.truncate(whole)
                raise

    def _content(self) -> bytes:
        try:
            return self.file.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            message = f"the record of approvals cannot be read: {error.strerror}"
            raise ReportError([block(message, Origin(self.file.as_posix()))]) from error

    def _read(self) -> tuple[Sequence[tuple[Approval, str]], int, bool]:
        """Each approval with the digest of its line, how many bytes they are, and whether the last line has its end.

        A last line that was not written to its end has approved nothing, and is not counted; one that an editor took
        only the line end from has.
        """
        content, found, before = self._content(), list[tuple[Approval, str]](), ""
        lines = content.removeprefix(codecs.BOM_UTF8).splitlines()
        whole, ended = len(content), not lines or content.endswith((b"\n", b"\r"))
        if not ended and not _is_json(lines[-1]):
            whole, ended = whole - len(lines.pop()), True
        for number, line in enumerate(lines, 1):
            if line.strip():
                approval = self._understood(line, before, number)
                before = hashlib.sha256(line).hexdigest()
                found.append((approval, before))
        return found, whole, ended

    def _understood(self, line: bytes, before: str, number: int) -> Approval:
        origin = Origin(self.file.as_posix(), line=number)
        try:
            entry = json.loads(line.decode(), object_pairs_hook=_once)
            if entry["format"] != _FORMAT:
                message = f"this approval is of format {entry['format']}, and this program knows format {_FORMAT}"
                raise ReportError([block(message, origin, "use the newer ipreport that wrote it")])
            approval, follows = _read(entry), entry["before"] == before
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ReportError([block("this is no approval", origin, _RESTORE)]) from error
        if not follows:
            message = "this approval does not follow the one before: a line was changed or taken out"
            raise ReportError([block(message, origin, _RESTORE)])
        return approval


def _write(stream: io.FileIO, line: bytes) -> None:
    """The whole line, forced to disk; nothing is kept that would be written later."""
    if stream.write(line) != len(line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(stream.fileno())


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line.decode())
    except (ValueError, RecursionError):
        return False
    return True


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object in which no key stands twice; of two, others may read the first."""
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a key that stands twice")
    return read


def _line(approval: Approval, before: str) -> str:
    entry = {
        "format": _FORMAT,
        "before": before,
        "moment": approval.moment.astimezone(UTC).isoformat(timespec="seconds"),
        "by": approval.by,
        "briefing": approval.briefing,
        "issue": approval.issue,
        "manifest": approval.manifest,
        "files": {edition: dict(sorted(files.items())) for edition, files in sorted(approval.files.items())},
    }
    return json.dumps(entry, ensure_ascii=False)


def _read(entry: Mapping[str, object]) -> Approval:
    by, briefing, issue, manifest = (str(entry[key]) for key in ("by", "briefing", "issue", "manifest"))
    files = entry["files"]
    if not isinstance(files, dict):
        raise TypeError(files)
    named = {edition: {str(name): str(digest) for name, digest in each.items()} for edition, each in files.items()}
    return Approval(datetime.fromisoformat(str(entry["moment"])), by, briefing, issue, manifest, named)
