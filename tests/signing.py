"""Briefings and documents with a signature, and what other programs find in them."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

import ipreport
from certificates import PASSPHRASE, Held, office
from helpers import Copy
from ipreport.cache import Cache
from ipreport.compose import signature
from ipreport.document import Document
from ipreport.language import Localized
from ipreport.outline import SignatureSpec
from ipreport.problems import Origin, Problem, ReportError
from ipreport.signatures import Signer
from ipreport.signatures.identity import signer_of
from ipreport.style import MODERN, THEMES
from ipreport.writers.pdf import write
from pdf_layout import faces
from showcase import showcase

needs_poppler = pytest.mark.skipif(shutil.which("pdfsig") is None, reason="no poppler")
MOMENT = datetime(2026, 11, 22, tzinfo=UTC)
REASON, LOCATION = Localized("正式发布", "For publication"), Localized("德令哈市", "Delingha")


def signed_briefing(small: Copy, file: bytes, more: str = "") -> None:
    """Let a briefing be signed with a PKCS#12 file; the setting stands in line 1."""
    small.overwrite("office.p12", file)
    setting = f"pdf: {{signature: {{certificate: office.p12, {more}}}}}\n"
    path = small.folder / "briefing.yaml"
    path.write_text(setting + path.read_text(encoding="utf-8"), encoding="utf-8")


def problems_of(small: Copy) -> tuple[Problem, ...]:
    """What keeps a briefing from being built; nothing was written, and `check` says the same."""
    with pytest.raises(ReportError) as caught:
        small.build(editions=["zh"])
    assert not (small.root / "output").exists()
    assert caught.value.problems == ipreport.check(small.folder)
    return caught.value.problems


def words(problems: tuple[Problem, ...]) -> str:
    return "\n".join(map(str, problems))


@cache
def signer(kind: str = "rsa-2048") -> Signer:
    return signer_of(office(kind).pkcs12(), PASSPHRASE.encode(), Origin("briefing.yaml", line=1), MOMENT)


def signed_by(held: Held) -> bytes:
    """A document with the signature of somebody."""
    by = signer_of(held.pkcs12(), PASSPHRASE.encode(), Origin("briefing.yaml", line=1), MOMENT)
    return by.sign(write(with_signature(showcase(), visible=False, by=by), MODERN, faces(), Cache(None)))


def with_signature(document: Document, *, visible: bool, kind: str = "rsa-2048", by: Signer | None = None) -> Document:
    """A document that says who has signed it, why and where."""
    spec = SignatureSpec(Path("office.p12"), Origin("briefing.yaml"), visible, REASON, LOCATION)
    by = by or signer(kind)
    return replace(document, signature=signature(spec, by.name, MOMENT, by.room, document.meta.languages))


@cache
def signed_showcase(*, visible: bool = True, theme: str = "modern", kind: str = "rsa-2048") -> bytes:
    """Every kind of block, signed."""
    document = with_signature(showcase(), visible=visible, kind=kind)
    style = MODERN if theme == "modern" else THEMES[theme].led_by(document.meta.languages[0])
    return signer(kind).sign(write(document, style, faces(), Cache(None)))


def unsigned() -> bytes:
    """The same without a signature."""
    return write(showcase(), MODERN, faces(), Cache(None))


def kept(data: bytes, folder: Path, name: str = "signed.pdf") -> Path:
    """A file with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return path


def pdfsig(data: bytes, folder: Path, *options: str) -> str:
    """What poppler finds, told in English."""
    command = ["pdfsig", *options, str(kept(data, folder, "checked.pdf"))]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return run.stdout + run.stderr
