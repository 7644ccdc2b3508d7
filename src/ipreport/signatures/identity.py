"""Who signs: a certificate with its key, from a PKCS#12 file, looked at before anything is made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from asn1crypto.pkcs12 import Pfx
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates, load_pkcs12
from cryptography.x509 import Certificate, ExtensionNotFound, KeyUsage, NameOID
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1 as _as_pyhanko
from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ipreport.problems import Origin, Problem, ReportError, block
from ipreport.signatures.library import finished
from ipreport.signatures.passphrase import PASSPHRASE
from ipreport.signatures.signer import Signer
from ipreport.signatures.words import printable

_LEAST_BITS = 2048
"""The shortest RSA key that a signature may rest on (ETSI TS 119 312, 8.2)."""
_SPARE = 16
"""Bytes kept beyond a signature: ECDSA has no fixed length."""
_AS_STRONG = {384: "sha384", 521: "sha512"}
"""The hash for the bits of a long curve (RFC 5753, 8)."""


def signer_of(data: bytes, secret: bytes | None, origin: Origin, moment: datetime) -> Signer:
    """The signer of a PKCS#12 file of these bytes and this passphrase; `origin` names the file.

    Raises ReportError with everything that keeps it from signing at `moment`.
    """
    held = _opened(data, secret, origin)
    certificate = held.cert.certificate if held.cert is not None else None
    if held.key is None or certificate is None:
        missing = "private key" if held.key is None else "certificate for its key"
        hint = "export the certificate anew, together with its key"
        raise ReportError([block(f"the PKCS#12 file has no {missing}", origin, hint)])
    problems = [
        *_weak(held.key, origin),
        *unfit(certificate, held.key, origin),
        *_untimely(certificate, moment, origin),
    ]
    if problems:
        raise ReportError(problems)
    chain = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # it has no annotations
    chain.register_multiple(_as_pyhanko(each.certificate) for each in held.additional_certs)
    own, key = _as_pyhanko(certificate), translate_pyca_cryptography_key_to_asn1(held.key)
    digest = _AS_STRONG.get(getattr(held.key, "key_size", 0), "sha256")
    sign = partial(_signature, SimpleSigner(own, key, chain), digest)
    room = len(sign(bytes(hashlib.new(digest).digest_size))) + _SPARE
    fingerprint = hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()
    repeatable = isinstance(held.key, RSAPrivateKey)
    return Signer(_named(certificate), fingerprint, room, digest, repeatable, sign)


def _opened(data: bytes, secret: bytes | None, origin: Origin) -> PKCS12KeyAndCertificates:
    """What a PKCS#12 file holds. Raises ReportError where it is none, or where it does not open."""
    if not _is_pkcs12(data):
        found = "text in PEM" if data.startswith(b"-----BEGIN") else "something else"
        hint = "export certificate and key as .p12 or .pfx: openssl pkcs12 -export -inkey KEY -in CERTIFICATE -out FILE"
        raise ReportError([block(f"expected a PKCS#12 file, found {found}", origin, hint)])
    try:
        return load_pkcs12(data, secret or None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        message, hint = "the certificate needs a passphrase, and none is given", PASSPHRASE.asked_for
        if secret is not None:
            message = "the certificate does not open with this passphrase"
        if isinstance(error, UnsupportedAlgorithm) or "assword" not in str(error):
            message = "the PKCS#12 file is damaged, or its key or encryption is of a kind that cannot be read"
            hint = "export it anew, with an RSA or ECDSA key and AES encryption"
        raise ReportError([block(message, origin, hint)]) from error


def _is_pkcs12(data: bytes) -> bool:
    """Whether a file is of the outer form of PKCS#12, whatever it holds (RFC 7292, 4)."""
    try:
        pfx = Pfx.load(data, strict=True)
        return bool(pfx["version"].native == "v3" and pfx["auth_safe"]["content_type"].native)
    except (ValueError, TypeError, KeyError):
        return False


def _weak(key: object, origin: Origin) -> Iterator[Problem]:
    """What keeps a key from signing."""
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        yield block("expected an RSA or ECDSA key, found one of another kind", origin, "sign with another certificate")
    elif key.key_size < _LEAST_BITS and isinstance(key, RSAPrivateKey):
        message = f"expected an RSA key of {_LEAST_BITS} bits or more, found one of {key.key_size}"
        yield block(message, origin, "ask for a certificate with a longer key")


def unfit(certificate: Certificate, key: Any, origin: Origin) -> Iterator[Problem]:
    """What keeps a certificate from being the one of a signature."""
    try:
        if certificate.public_key() != key.public_key():
            yield block("key and certificate do not belong together", origin, "export both anew")
        usage = certificate.extensions.get_extension_for_class(KeyUsage).value
    except ExtensionNotFound:
        return  # without it a key may be used for everything (RFC 5280, 4.2.1.3)
    except (ValueError, UnsupportedAlgorithm):
        yield block("the certificate is damaged", origin, "export it anew, together with its key")
        return
    if not (usage.digital_signature or usage.content_commitment):
        message = "the certificate is not for signing: its key usage has neither digitalSignature nor nonRepudiation"
        yield block(message, origin, "sign with a certificate that is for it")


def _untimely(certificate: Certificate, moment: datetime, origin: Origin) -> Iterator[Problem]:
    """Whether the certificate is valid at the moment of signing."""
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not first <= moment <= last:
        message = f"the certificate is valid from {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} (UTC), "
        message += f"and the files are signed as of {moment:%Y-%m-%d %H:%M}"
        hint = "sign with one that is valid on the date of the issue, or set SOURCE_DATE_EPOCH to the time of signing"
        yield block(message, origin, hint)


def _signature(signer: SimpleSigner, algorithm: str, digest: bytes) -> bytes:
    """The signature of what has this digest, with all that CAdES wants to be signed beside it."""
    content: Any = finished(signer.async_sign(digest, algorithm, use_pades=True))
    return bytes(content.dump())


def _named(certificate: Certificate) -> str:
    """Whom a certificate names: common name, or organisation, or all of the subject."""
    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for attribute in certificate.subject.get_attributes_for_oid(oid):
            name = printable(attribute.value)
            if name:
                return name
    return printable(certificate.subject.rfc4514_string())
