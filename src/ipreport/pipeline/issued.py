"""What a build has issued: the files of its manifest, on disk as the manifest says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ipreport.pipeline.checked import Checked
from ipreport.pipeline.manifest import MANIFEST
from ipreport.pipeline.saving import folders_of, inputs_of
from ipreport.problems import Origin, Problem, ReportError, block

_BUILD = "build it again"


@dataclass(frozen=True, slots=True)
class Issued:
    """A built issue: its `folder`, the SHA-256 of its manifest, and by edition and file name those of its documents.

    `remarks` are the problems that did not stop the build, in words.
    """

    folder: Path
    manifest: str
    files: Mapping[str, Mapping[str, str]]
    remarks: tuple[str, ...] = ()

    def content(self, name: str) -> bytes:
        """The bytes of one of its files. Raises ReportError where they are not those that were listed."""
        content = (self.folder / name).read_bytes()
        listed = next(files[name] for files in self.files.values() if name in files)
        if hashlib.sha256(content).hexdigest() != listed:
            origin = Origin((self.folder / name).as_posix())
            raise ReportError([block("the file has changed a moment ago", origin, "do not build while mails are sent")])
        return content


def issued(ready: Checked, output: Path | None) -> Issued:
    """The issue of a briefing as it was built last.

    Raises ReportError where it was not built, a file is missing or other than the manifest says, or the
    briefing or its data have changed since.
    """
    folder, _ = folders_of(ready, output, None, draft=False)
    place = folder / MANIFEST
    origin = Origin(place.as_posix())
    try:
        content = place.read_bytes()
        record = json.loads(content)
        documents = {str(name): str(each["sha256"]) for name, each in record["documents"].items()}
        inputs = {str(name): str(each["sha256"]) for name, each in record["inputs"].items()}
        editions = [str(edition) for edition in record["editions"]]
        remarks = tuple(str(each) for each in record["warnings"])
    except FileNotFoundError as error:
        raise ReportError([block("the issue has not been built", origin, "build it first")]) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReportError([block("this is no manifest of a build", origin, _BUILD)]) from error
    problems = [*_changed_since(ready, inputs), *_not_as_listed(folder, documents)]
    if problems:
        raise ReportError(problems)
    of_edition = {each: {name: d for name, d in documents.items() if f".{each}." in name} for each in editions}
    return Issued(folder, hashlib.sha256(content).hexdigest(), of_edition, remarks)


def _changed_since(ready: Checked, inputs: Mapping[str, str]) -> Iterator[Problem]:
    now = {name: hashlib.sha256(content).hexdigest() for name, content in inputs_of(ready).items()}
    for name in sorted(inputs.keys() | now.keys()):
        if inputs.get(name) != now.get(name):
            origin = Origin((ready.source.folder / name).as_posix())
            yield block("the file has changed since the issue was built", origin, f"{_BUILD} and approve it again")


def _not_as_listed(folder: Path, documents: Mapping[str, str]) -> Iterator[Problem]:
    for name, digest in sorted(documents.items()):
        origin = Origin((folder / name).as_posix())
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError:
            yield block("the file is not there any more", origin, _BUILD)
            continue
        if found != digest:
            yield block(
                "the file is not the one that was built", origin, f"{_BUILD}; files are not edited before they are sent"
            )
