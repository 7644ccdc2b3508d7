"""The manifest: what went in, what came out, what was accepted, by hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from ipreport import __version__
from ipreport.compose import Content
from ipreport.compose.annex import finding_message
from ipreport.language import EN
from ipreport.outline import Edition
from ipreport.problems import Problem

MANIFEST = "manifest.json"


def manifest(
    content: Content,
    editions: tuple[Edition, ...],
    inputs: Mapping[str, bytes],
    outputs: Mapping[str, Mapping[str, bytes]],
    warnings: Iterable[Problem],
) -> bytes:
    """The manifest as JSON, the same bytes for the same build.

    `inputs` are file contents by name; `outputs` are those of each kind of output
    (`documents`, `figures`) by file name.
    """
    record = {
        "tool": {"name": "ipreport", "version": __version__},
        "briefing": content.outline.name,
        "issue": content.outline.issue_slug,
        "date": content.outline.date.isoformat(),
        "editions": [edition.value for edition in editions],
        "inputs": _digests(inputs),
        **{kind: _digests(files) for kind, files in outputs.items()},
        "acknowledged": _acknowledged(content),
        "warnings": [str(problem) for problem in warnings],
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def previous_files(folder: Path, kind: str) -> frozenset[str]:
    """The names of the files of one kind that the manifest in `folder` lists; none if it is unreadable."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        record = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return frozenset(name for name in record[kind] if Path(name).name == name)
    return frozenset()


def _digests(files: Mapping[str, bytes]) -> dict[str, dict[str, str | int]]:
    return {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for name, content in sorted(files.items())
    }


def _acknowledged(content: Content) -> list[dict[str, object]]:
    accepted: list[dict[str, object]] = []
    for entry in content.findings:
        acknowledgement = entry.finding.acknowledgement(content.metrics)
        if acknowledgement is not None:
            accepted.append(
                {
                    "rule": entry.finding.rule,
                    "values": {key: str(value) for key, value in acknowledgement.values},
                    "finding": finding_message(entry, content, EN),
                    "by": acknowledgement.by.en,
                    "date": acknowledgement.date.isoformat(),
                    "reason": acknowledgement.reason.en,
                }
            )
    return accepted
