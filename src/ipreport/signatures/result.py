"""What checking the signatures of a file finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Change(StrEnum):
    """What has become of a file since it was signed."""

    NOTHING = "nothing was changed"
    ADDED = "more signatures were added, or fields filled in"
    BEHIND = "bytes were added behind it"
    OTHER = "the document was changed"


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """A signature as it stands in a file.

    `moment` is when it was made, as the signer claims. `intact` says whether what was signed is still what the
    signature is of; `whole` whether it covers every byte of the file, and `change` what came after it. `trusted` is
    None where no authority was named to hold it to. `problem` is why it cannot be relied on, in words; of one that
    cannot be read nothing else is known.
    `profile` is how it was made, `ETSI.CAdES.detached` as ours are; `valid_from` and `valid_until` are those of the
    certificate, `fingerprint` its SHA-256.
    """

    field: str
    signer: str = ""
    issuer: str = ""
    fingerprint: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    moment: datetime | None = None
    reason: str = ""
    location: str = ""
    profile: str = ""
    intact: bool = False
    whole: bool = False
    change: Change = Change.OTHER
    trusted: bool | None = None
    problem: str = ""

    @property
    def sound(self) -> bool:
        """Whether it holds, and is of someone who is trusted where that was asked."""
        return self.intact and self.change is not Change.OTHER and self.trusted is not False


@dataclass(frozen=True, slots=True)
class Verified:
    """The signatures of a file, in the order of its fields.

    `checked_against` counts the authorities that were named.
    """

    file: str
    signatures: tuple[FoundSignature, ...]
    checked_against: int = 0

    @property
    def sound(self) -> bool:
        """Whether the file is signed, every signature holds, and one of them covers every byte."""
        return all(each.sound for each in self.signatures) and any(each.whole for each in self.signatures)
