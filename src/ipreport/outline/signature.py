"""The electronic signature of PDF files, as a briefing asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ipreport.language import Localized
from ipreport.problems import Origin


@dataclass(frozen=True, slots=True)
class SignatureSpec:
    """Whose signature the PDF files get, and whether it is to be seen.

    `certificate` is a PKCS#12 file with key and certificate, named at `origin`; its passphrase is never part of a
    briefing. `reason` and `location` say why and where it is signed.
    """

    certificate: Path
    origin: Origin
    visible: bool = False
    reason: Localized | None = None
    location: Localized | None = None
