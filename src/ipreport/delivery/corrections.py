"""Why an issue was sent again with other files: a file that only grows, a line for each correction.

A line is a JSON object: `issue`; `number`, counted from one in each issue; `moment` in UTC; `zh` and `en`, the reason;
`documents`, the SHA-256 of the PDF of each edition that takes the place of another.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from ipreport.language import Localized
from ipreport.problems import Origin, ReportError, block


@dataclass(frozen=True, slots=True)
class Correction:
    """Which correction of an issue this is, and why; number 0 is the issue as it first went out."""

    number: int = 0
    reason: Localized | None = None


class Corrections:
    """The corrections of one briefing, in `file`, which need not be there yet."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def of(self, issue: str, documents: Mapping[str, str]) -> Correction:
        """The correction that these documents of an issue are; number 0 where they are none."""
        found = [each for name, each, there in self._lines() if name == issue and there.items() >= documents.items()]
        return found[-1] if found else Correction()

    def begin(self, issue: str, documents: Mapping[str, str], reason: Localized) -> Correction:
        """The same, noted as one more correction where it is none yet."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{self.file}.lock"):
            known = self.of(issue, documents)
            if known.number:
                return known
            numbers = [each.number for name, each, _ in self._lines() if name == issue]
            made = Correction(max(numbers, default=0) + 1, reason)
            entry = {
                "issue": issue,
                "number": made.number,
                "moment": datetime.now(UTC).isoformat(timespec="seconds"),
                "zh": reason.zh,
                "en": reason.en,
                "documents": dict(sorted(documents.items())),
            }
            with self.file.open("ab") as stream:
                stream.write(json.dumps(entry, ensure_ascii=False).encode("utf-8") + b"\n")
                stream.flush()
                os.fsync(stream.fileno())
            return made

    def _lines(self) -> Iterator[tuple[str, Correction, Mapping[str, str]]]:
        try:
            content = self.file.read_bytes()
        except FileNotFoundError:
            return
        for number, line in enumerate(content.splitlines(), 1):
            try:
                entry = json.loads(line)
                reason = Localized(str(entry["zh"]), str(entry["en"]))
                documents = {str(edition): str(digest) for edition, digest in entry["documents"].items()}
                yield str(entry["issue"]), Correction(int(entry["number"]), reason), documents
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                origin = Origin(self.file.as_posix(), line=number)
                raise ReportError([block("this is no correction", origin, "restore the file from a copy")]) from error
