"""Who has approved which bytes: a file that only grows, one approval a line, each bound to the one before.

A line is a JSON object: `format` 1; `before`, the SHA-256 of the line before without its line end, empty in the first;
`moment` in UTC; `by`; `briefing` and `issue`; `manifest`, the SHA-256 of the manifest that listed the files; and
`files`, by edition and name the SHA-256 of each. A line that was changed or taken out breaks the chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ipreport.delivery.growing import alone, append, lines
from ipreport.problems import Origin, ReportError, block

_FORMAT = 1
_RESTORE = "restore the file from a copy; who approved what is not known otherwise"


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
        return tuple(approval for approval, _ in self._lines())

    def of(self, issue: str, edition: str) -> Approval | None:
        """The latest approval of an edition; None where there is none."""
        found = [each for each in self.all() if each.issue == issue and edition in each.files]
        return found[-1] if found else None

    def add(self, approval: Approval) -> None:
        """Append an approval, forced to disk. Raises ReportError where the file is not as it was written."""
        with alone(self.file):
            known = [*self._lines()]
            last = known[-1][1] if known else ""
            append(self.file, _line(approval, last))

    def _lines(self) -> Iterator[tuple[Approval, str]]:
        """Each approval with the digest of its line; one that was not written to its end has approved nothing."""
        before = ""
        for number, line in enumerate(lines(self.file), 1):
            approval = self._understood(line, before, number)
            before = hashlib.sha256(line).hexdigest()
            yield approval, before

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
