"""Somebody who signs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ipreport.signatures.filling import filled


@dataclass(frozen=True, slots=True)
class Signer:
    """A certificate and its key, ready to sign. `fingerprint` is the SHA-256 of the certificate, in hexadecimal.

    `name` is whom the certificate names, `room` how many bytes a signature takes at most, `digest` the hash
    that is signed. One that is `repeatable`, of an RSA key, has the same bytes for the same file; ECDSA gives
    others each time.
    """

    name: str
    fingerprint: str
    room: int
    digest: str
    repeatable: bool
    signature_of: Callable[[bytes], bytes] = field(repr=False)
    """The signature of a digest, as it stands in a file."""

    def sign(self, data: bytes) -> bytes:
        """A PDF file with room for a signature, signed in place: as long as before, with the signature filled in.

        Raises ValueError where there is no such room.
        """
        return filled(data, self.room, self.digest, self.signature_of)
