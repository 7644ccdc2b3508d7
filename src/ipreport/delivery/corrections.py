"""Why an issue was sent again with other files: a file that only grows, a line for each correction.

A line is a JSON object: `issue`; `number`, counted from one in each issue; `moment` in UTC; `zh` and `en`, the reason;
`documents`, the SHA-256 of each file that takes the place of another, by its place: the edition, with the name of the
region's variant and a slash before it where it is one, and `.docx` behind it for a Word file.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from ipreport.delivery.growing import alone, append, lines
from ipreport.language import Localized
from ipreport.problems import Origin, ReportError, block


@dataclass(frozen=True, slots=True)
class Correction:
    """Which correction of an issue this is, and why; number 0 is the issue as it first went out."""

    number: int = 0
    reason: Localized | None = None


@dataclass(frozen=True, slots=True)
class _Noted:
    """A line of the file."""

    issue: str
    correction: Correction
    documents: Mapping[str, str]


class Corrections:
    """The corrections of one briefing, in `file`, which need not be there yet."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def of(self, issue: str, place: str, document: str) -> Correction:
        """The latest correction that brought this document to its place; number 0 where none did."""
        found = [each for each in self._of_issue(issue) if each.documents.get(place) == document]
        return found[-1].correction if found else Correction()

    def numbered(self, issue: str, number: int) -> Correction:
        """The correction of this number; without a reason where the file does not have it."""
        found = (each.correction for each in self._of_issue(issue) if each.correction.number == number)
        return next(found, Correction(number))

    def begin(
        self,
        issue: str,
        documents: Mapping[str, str],
        reason: Localized,
        *,
        mailed: Collection[int] = (),
        above: Mapping[str, int] = MappingProxyType({}),
        noted: bool = True,
    ) -> Mapping[str, Correction]:
        """The correction that each of the `documents`, by place, belongs to: one more, for those that are in none yet.

        It is written down unless it is not to be `noted`. `mailed` are the numbers of those that somebody has, or may
        have, got; another may get a new reason: it is begun anew, with a number of its own. So is one whose
        number is not `above` what somebody has of its place, who has come there from another. Raises ReportError where
        the last correction brought one of the documents already, for another reason, and somebody may have got it.
        """
        with alone(self.file):
            known = self._of_issue(issue)
            last = {place: each for each in known for place in each.documents}
            same = {
                place: last[place].correction
                for place, document in documents.items()
                if place in last and last[place].documents[place] == document
            }
            same = {
                place: each
                for place, each in same.items()
                if each.number > above.get(place, 0) and (each.reason == reason or each.number in mailed)
            }
            self._require_reason(reason, same)
            others = {place: document for place, document in documents.items() if place not in same}
            numbers = (*mailed, *(each.correction.number for each in known))
            made = Correction(max(numbers, default=0) + 1, reason)
            if others and noted:
                append(self.file, _line(issue, made, others))
            return same | dict.fromkeys(others, made)

    def _require_reason(self, reason: Localized, known: Mapping[str, Correction]) -> None:
        for each in known.values():
            if each.reason is not None and each.reason != reason:
                given = f"{each.reason.zh} / {each.reason.en}"
                message = f"correction {each.number} was begun for another reason: {given}"
                hint = "go on with it without --corrected, or give the same reason"
                raise ReportError([block(message, Origin(self.file.as_posix()), hint)])

    def _of_issue(self, issue: str) -> tuple[_Noted, ...]:
        return tuple(each for each in self._all() if each.issue == issue)

    def _all(self) -> Iterator[_Noted]:
        for number, line in enumerate(lines(self.file), 1):
            try:
                entry = json.loads(line)
                reason = Localized(str(entry["zh"]), str(entry["en"]))
                documents = {str(place): str(digest) for place, digest in entry["documents"].items()}
                yield _Noted(str(entry["issue"]), Correction(int(entry["number"]), reason), documents)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                origin = Origin(self.file.as_posix(), line=number)
                raise ReportError([block("this is no correction", origin, "restore the file from a copy")]) from error


def _line(issue: str, made: Correction, documents: Mapping[str, str]) -> str:
    reason = made.reason or Localized("", "")
    entry = {
        "issue": issue,
        "number": made.number,
        "moment": datetime.now(UTC).isoformat(timespec="seconds"),
        "zh": reason.zh,
        "en": reason.en,
        "documents": dict(sorted(documents.items())),
    }
    return json.dumps(entry, ensure_ascii=False)
