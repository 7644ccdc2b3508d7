"""Checking the signatures of a PDF file: who signed it, when, and whether it is still what was signed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from asn1crypto.cms import ContentInfo
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from ipreport.problems import Origin, ReportError, block
from ipreport.signatures.library import finished
from ipreport.signatures.result import Change, FoundSignature
from ipreport.signatures.words import printable

_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
"""What a certificate that signs is for: one of these."""


def authorities(data: bytes, origin: Origin) -> list[Any]:
    """The certificates of a file, PEM or DER, which `origin` names. Raises ReportError where there are none."""
    try:
        certificates = list(load_certs_from_pemder_data(data))
        # They are read when they are asked for something, which had better be here.
        if certificates and all(each.native for each in certificates):
            return certificates
    except (ValueError, TypeError, KeyError):
        pass
    message, hint = "expected a certificate in PEM or DER, found something else", "name the certificate of an authority"
    raise ReportError([block(message, origin, hint)])


def found_in(
    data: bytes, origin: Origin, roots: Sequence[Any], password: str | None = None
) -> tuple[FoundSignature, ...]:
    """The signatures of a PDF file, held to the certificates `roots` where there are some.

    Raises ReportError when the file, which `origin` names, is damaged or not opened by `password`.
    """
    try:
        reader = PdfFileReader(io.BytesIO(data))
        opened = not reader.encrypted or reader.decrypt(password or "").status is not AuthStatus.FAILED
        fields = [*enumerate_sig_fields(reader, filled_status=True)] if opened else []
        filled = [(name, field.get_object()) for name, value, field in fields if _is_signature(value)]
        signatures = tuple(_signature(reader, name, field, roots) for name, field in filled)
    except Exception as error:
        # A file that was damaged, or made to harm, may trip its reader anywhere.
        message, hint = "the PDF file is damaged, or not written by the rules", "check the file as it was signed"
        raise ReportError([block(message, origin, hint)]) from error
    if not opened:
        message = "the file is encrypted" if password is None else "the file does not open with this password"
        raise ReportError([block(message, origin, "give the password that briefing.yaml sets for it (pdf:)")])
    return signatures


def _is_signature(value: Any) -> bool:
    """Whether a field holds somebody's signature, not the time-stamp of an authority."""
    return bool(value.get_object().get("/Type", "/Sig") != "/DocTimeStamp")


def _signature(reader: PdfFileReader, name: str, field: Any, roots: Sequence[Any]) -> FoundSignature:
    """The signature in a field of a file, be it that it cannot be read."""
    try:
        return _Embedded(EmbeddedPdfSignature(reader, field, name)).found(roots)
    except Exception:  # noqa: BLE001 - see `found_in`
        trusted = False if roots else None
        return FoundSignature(printable(name), trusted=trusted, problem="the signature cannot be read: it is damaged")


class _Embedded:
    """A signature of a file."""

    def __init__(self, embedded: EmbeddedPdfSignature) -> None:
        self._embedded = embedded
        self._certificate: Any = embedded.signer_cert
        self._moment = self._claimed()

    def found(self, roots: Sequence[Any]) -> FoundSignature:
        """What is left of it, held to the certificates `roots` where there are some."""
        status, problem = self._status(roots)
        trusted = None if not roots else status is not None and bool(status.trusted)
        certificate = self._certificate
        return FoundSignature(
            field=printable(self._embedded.field_name),
            signer=_named(certificate.subject),
            issuer=_named(certificate.issuer),
            fingerprint=certificate.sha256.hex(),
            valid_from=certificate.not_valid_before,
            valid_until=certificate.not_valid_after,
            moment=self._moment,
            reason=self._told("/Reason"),
            location=self._told("/Location"),
            profile=self._told("/SubFilter").removeprefix("/"),
            intact=status is not None and bool(status.intact and status.valid),
            whole=status is not None and status.coverage is SignatureCoverageLevel.ENTIRE_FILE and self._filled(),
            change=Change.OTHER if status is None else _change(status),
            trusted=trusted,
            problem=problem or ("" if status is None or trusted is not False else _distrust(status)),
        )

    def _filled(self) -> bool:
        """Whether the room of the signature, which no signature covers, holds nothing beside it."""
        room = self._embedded.pkcs7_content
        return not any(room[len(ContentInfo.load(room).dump()) :])

    def _told(self, key: str) -> str:
        """An entry of its dictionary in words; only asked for like this it is decrypted."""
        told = self._embedded.sig_object
        return printable(told[key]) if key in told else ""

    def _claimed(self) -> datetime | None:
        """When the signer claims to have signed; a date that is none is no claim."""
        try:
            moment = self._embedded.self_reported_timestamp
        except Exception:  # noqa: BLE001 - see `found_in`
            return None
        return moment if moment is None or moment.tzinfo is not None else moment.replace(tzinfo=UTC)

    def _status(self, roots: Sequence[Any]) -> tuple[PdfSignatureStatus | None, str]:
        """What pyHanko finds, or why it cannot tell."""
        moment = self._moment or datetime.now(UTC)
        context = ValidationContext(trust_roots=[*roots], moment=moment, allow_fetching=False)
        try:
            return finished(async_validate_pdf_signature(self._embedded, context, key_usage_settings=_USAGE)), ""
        except Exception as error:  # noqa: BLE001 - see `found_in`
            return None, f"the signature cannot be checked: {printable(error) or 'it is damaged'}"


def _change(status: PdfSignatureStatus) -> Change:
    """What came after a signature, or was changed below it."""
    if not status.docmdp_ok or not status.intact:
        return Change.OTHER
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Change.NOTHING
    return Change.BEHIND if status.modification_level is ModificationLevel.NONE else Change.ADDED


def _distrust(status: PdfSignatureStatus) -> str:
    """Why a signer is not trusted."""
    if not (status.intact and status.valid):
        return ""
    indication = "" if status.trust_problem_indic is None else f" ({status.trust_problem_indic})"
    return f"the certificate does not lead to an authority that was named, or was not valid then{indication}"


def _named(name: Any) -> str:
    """Whom a name of a certificate names: common name, or organisation, or all of it."""
    entries = name.native
    for key in ("common_name", "organization_name"):
        value = entries.get(key)
        if value:
            return printable(value if isinstance(value, str) else value[0])
    return printable(name.human_friendly)
