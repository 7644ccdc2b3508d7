"""The manifest of the issue before → what that issue recorded. Its shape is described in `pipeline/manifest.py`."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from ipreport.metrics import UNITS, Period, PeriodKind, PreviousIssue, Published, Qualifier, Status
from ipreport.outline import Outline
from ipreport.problems import Origin, Problem, ReportError, block
from ipreport.readers.schema import Day, Slug

MANIFEST_FORMAT = 2
"""The version of the manifest's shape. The first, which had no number, held no values."""

_REBUILD = "build the previous issue again with this version of ipreport, and name its new manifest.json"
_EXPECTED = "name the manifest.json that the build of the previous issue wrote into its folder in output/"

# More digits than a file may state are not worked with exactly.
_Number = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,30}(\.[0-9]{1,20})?$")]
_Words = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]{1,400}$")]


class _Recorded(BaseModel):
    """What is read of a mapping; other keys are left to other readers."""

    model_config = ConfigDict(frozen=True)


class _PeriodShape(_Recorded):
    kind: PeriodKind
    start: Day | None = None
    end: Day | None = None

    def period(self) -> Period:
        return Period(self.kind, self.start, self.end)


class _ValueShape(_PeriodShape):
    metric: _Words
    region: _Words
    key: _Words
    value: _Number | None
    unit: _Words
    places: Annotated[int, Field(ge=0, le=20)]
    qualifier: Qualifier
    status: Status
    caliber: _Words | None = None
    of: str = ""
    plan: str = ""


class _IssueShape(_Recorded):
    briefing: Slug
    issue: Slug
    date: Day
    period: _PeriodShape
    region: _Words
    values: tuple[_ValueShape, ...]


def read_previous(path: Path, outline: Outline) -> PreviousIssue:
    """The issue before, from its manifest.

    Raises ReportError with one Problem for a file that is no manifest, is of a draft, of
    another format or briefing, or is not of an earlier issue than `outline`.
    """
    origin = Origin(path.as_posix())
    record = _manifest(path, origin)
    if record.get("draft") is True:
        message = "expected the manifest of an issue as it was published, found that of a draft"
        hint = "name the manifest.json that stands beside the final files of that issue, one folder above draft/"
        raise ReportError([block(message, origin, hint)])
    found = record.get("format", 1)
    if found != MANIFEST_FORMAT:
        later = isinstance(found, int) and found > MANIFEST_FORMAT
        message = f"expected a manifest of format {MANIFEST_FORMAT}, found format {found}"
        if not later:
            message = "the manifest is of an earlier format, which does not hold the values of its issue"
        raise ReportError([block(message, origin, "install the version that wrote it" if later else _REBUILD)])
    try:
        shape = _IssueShape.model_validate(record)
        values = tuple(_published(entry) for entry in shape.values)
    except (ValidationError, KeyError) as error:
        message = f"the manifest is damaged: {_first_fault(error)}"
        raise ReportError([block(message, origin, _REBUILD)]) from error
    problem = _wrong_issue(shape, outline, origin)
    if problem is not None:
        raise ReportError([problem])
    return PreviousIssue(shape.issue, shape.period.period(), shape.date, shape.region, values, origin)


def _manifest(path: Path, origin: Origin) -> dict[str, Any]:
    """The JSON of a manifest, of whatever format."""
    try:
        record = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise ReportError([block(f"the file cannot be read: {reason}", origin, _EXPECTED)]) from error
    except (ValueError, RecursionError) as error:
        raise ReportError([block("expected a manifest, found a file that is no JSON", origin, _EXPECTED)]) from error
    tool = record.get("tool") if isinstance(record, dict) else None
    if not isinstance(tool, dict) or tool.get("name") != "ipreport":
        raise ReportError([block("expected a manifest, found some other JSON", origin, _EXPECTED)])
    return dict(record)


def _published(shape: _ValueShape) -> Published:
    return Published(
        metric=shape.metric,
        region=shape.region,
        period=shape.period(),
        key=shape.key,
        value=None if shape.value is None else Decimal(shape.value),
        unit=UNITS[shape.unit],
        places=shape.places,
        qualifier=shape.qualifier,
        status=shape.status,
        caliber=shape.caliber,
        of=shape.of,
        plan=shape.plan,
    )


def _first_fault(error: ValidationError | KeyError) -> str:
    if isinstance(error, KeyError):
        return f"unknown unit {error}"
    detail = error.errors(include_url=False)[0]
    return f"{'.'.join(map(str, detail['loc']))}: {detail['msg'].lower()}"


_OWN_TIME = re.compile(r"[-_.]?\d{4}(?:[-_.]?(?:q[1-4]|\d\d))?$", re.IGNORECASE)


def _series(name: str) -> str:
    """A briefing's name without the issue's own time, where each issue has a folder: haixi-2025q3 is haixi."""
    return _OWN_TIME.sub("", name) or name


def _wrong_issue(shape: _IssueShape, outline: Outline, origin: Origin) -> Problem | None:
    if _series(shape.briefing) != _series(outline.name):
        message = f"expected a manifest of the briefing '{outline.name}', found one of '{shape.briefing}'"
        return block(message, origin, _EXPECTED)
    if shape.issue == outline.issue_slug:
        message = f"expected the manifest of an earlier issue, found that of this one, {shape.issue}"
        return block(message, origin, "keep a copy of the last issue's manifest.json and name that")
    if shape.date > outline.date or _later(shape.period.end, outline.period.end):
        message = f"expected the manifest of an earlier issue than {outline.issue_slug}, found that of {shape.issue}"
        return block(message, origin, _EXPECTED)
    return None


def _later(end: date | None, than: date | None) -> bool:
    return end is not None and than is not None and end > than
