"""What a build has issued: the files of its manifest, read once, and the same as the manifest says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ipreport import __version__
from ipreport.pipeline.checked import Checked
from ipreport.pipeline.manifest import MANIFEST, account
from ipreport.pipeline.saving import folders_of, inputs_of
from ipreport.problems import Origin, Problem, ReportError, block

_BUILD = "build it again"


@dataclass(frozen=True, slots=True)
class Issued:
    """A built issue: its `folder`, the SHA-256 of its manifest, and by edition and file name those of its documents.

    `contents` are the bytes of the documents by file name. They were read once, and their hashes are taken of what
    was read: what happens to the files afterwards changes nothing of what is approved or mailed. `remarks` are the
    problems that did not stop the build, in words.
    """

    folder: Path
    manifest: str
    files: Mapping[str, Mapping[str, str]]
    contents: Mapping[str, bytes] = field(repr=False)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Record:
    """What is needed of a manifest."""

    entries: Mapping[str, Any]
    documents: Mapping[str, str]
    inputs: Mapping[str, str]
    editions: tuple[str, ...]
    certificate: str | None
    remarks: tuple[str, ...]


def issued(ready: Checked, output: Path | None) -> Issued:
    """The issue of a briefing as it was built last.

    Raises ReportError where it was not built, a file is missing or other than the manifest says, the briefing or
    its data have changed since, or another program or another look would make something else of them: a mail is
    written from the briefing, and has to say what the documents say.
    """
    folder, _ = folders_of(ready, output, None, draft=False)
    origin = Origin((folder / MANIFEST).as_posix())
    content, record = _manifest(folder / MANIFEST, origin)
    inputs, documents = inputs_of(ready), {name: _bytes(folder / name) for name in record.documents}
    problems = [*_another(ready, record, origin)]
    problems += _changed_since(ready, record.inputs, inputs)
    problems += _not_as_listed(folder, record.documents, documents)
    problems = problems or [*_unaccounted(ready, record, inputs, origin)]
    if problems:
        raise ReportError(problems)
    return Issued(
        folder,
        hashlib.sha256(content).hexdigest(),
        {each: _of_edition(each, record.documents) for each in record.editions},
        MappingProxyType({name: data for name, data in documents.items() if data is not None}),
        record.remarks,
    )


def _manifest(place: Path, origin: Origin) -> tuple[bytes, _Record]:
    """The manifest as bytes and as read. Raises ReportError where it is none."""
    try:
        content = place.read_bytes()
        entries = json.loads(content)
        found = _Record(
            entries,
            documents={str(name): str(each["sha256"]) for name, each in entries["documents"].items()},
            inputs={str(name): str(each["sha256"]) for name, each in entries["inputs"].items()},
            editions=tuple(str(edition) for edition in entries["editions"]),
            certificate=entries["signature"]["certificate"] if "signature" in entries else None,
            remarks=tuple(str(each) for each in entries["warnings"]),
        )
    except FileNotFoundError as error:
        raise ReportError([block("the issue has not been built", origin, "build it first")]) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ReportError([block("this is no manifest of a build", origin, _BUILD)]) from error
    elsewhere = any(Path(name).name != name for name in found.documents)
    if elsewhere or not found.editions or not all(_of_edition(each, found.documents) for each in found.editions):
        raise ReportError([block("this is no manifest of a build", origin, _BUILD)])
    return content, found


def _of_edition(edition: str, documents: Mapping[str, str]) -> dict[str, str]:
    """The documents of an edition, which stands before the ending of their names; those of briefings may have dots."""
    return {name: digest for name, digest in documents.items() if Path(name).stem.rpartition(".")[2] == edition}


def _another(ready: Checked, record: _Record, origin: Origin) -> Iterator[Problem]:
    """That this was built of something else, or by somebody else: a copy, a draft, another program, another look."""
    outline, entries = ready.content.outline, record.entries
    if entries.get("draft") is not False:
        yield block("these are the files of a draft", origin, "build the issue without --draft")
    for what, own in (("briefing", outline.name), ("issue", outline.issue_slug)):
        if entries.get(what) != own:
            yield block(f"these are files of the {what} '{entries.get(what)}', and this one is '{own}'", origin, _BUILD)
    if entries.get("tool") != {"name": "ipreport", "version": __version__}:
        tool = entries.get("tool")
        version = tool.get("version") if isinstance(tool, dict) else None
        hint = f"{_BUILD} and approve it again, or go on with the program that built it"
        yield block(f"the issue was built by ipreport {version}, and this is ipreport {__version__}", origin, hint)
    if entries.get("theme") != outline.theme:
        message = f"the issue was built in the theme '{entries.get('theme')}', and briefing.yaml says '{outline.theme}'"
        yield block(message, origin, "write the theme into briefing.yaml, and build it without --theme")


def _unaccounted(ready: Checked, record: _Record, inputs: Mapping[str, bytes], origin: Origin) -> Iterator[Problem]:
    """That the fingerprint of what went into the build is not that of what there is now, to the last value."""
    now = account(ready.content, inputs, certificate=record.certificate)
    if record.entries.get("fingerprint") != now.fingerprint:
        hint = f"{_BUILD} and approve it again"
        yield block("the issue was not built from what the briefing says now", origin, hint)


def _changed_since(ready: Checked, then: Mapping[str, str], inputs: Mapping[str, bytes]) -> Iterator[Problem]:
    now = {name: hashlib.sha256(content).hexdigest() for name, content in inputs.items()}
    for name in sorted(then.keys() | now.keys()):
        if then.get(name) != now.get(name):
            origin = Origin((ready.source.folder / name).as_posix())
            yield block("the file has changed since the issue was built", origin, f"{_BUILD} and approve it again")


def _not_as_listed(folder: Path, listed: Mapping[str, str], documents: Mapping[str, bytes | None]) -> Iterator[Problem]:
    for name, digest in sorted(listed.items()):
        origin, content = Origin((folder / name).as_posix()), documents[name]
        if content is None:
            yield block("the file is not there any more", origin, _BUILD)
        elif hashlib.sha256(content).hexdigest() != digest:
            yield block(
                "the file is not the one that was built", origin, f"{_BUILD}; files are not edited before they are sent"
            )


def _bytes(file: Path) -> bytes | None:
    """What a file holds; None where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError:
        return None
