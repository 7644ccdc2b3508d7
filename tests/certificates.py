"""Certificates and PKCS#12 files for signatures, made when they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtensionOID, NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

PASSPHRASE = "口令 2026"  # noqa: S105 - of certificates that tests make
OFFICE = "海西州知识产权局"
FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Held:
    """A key and its certificate, with those that vouch for it."""

    key: Any
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def pkcs12(self, passphrase: str | None = PASSPHRASE) -> bytes:
        """Both in a file."""
        encryption: serialization.KeySerializationEncryption = serialization.NoEncryption()
        if passphrase is not None:
            encryption = serialization.BestAvailableEncryption(passphrase.encode())
        return pkcs12.serialize_key_and_certificates(b"office", self.key, self.certificate, self.chain, encryption)


@cache
def key(kind: str) -> Any:
    """A key of a kind, such as `rsa-2048`, the same for all tests of a run."""
    name, _, size = kind.partition("-")
    if name == "rsa":
        return rsa.generate_private_key(65537, int(size))
    if name == "ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    return ec.generate_private_key({"256": ec.SECP256R1(), "384": ec.SECP384R1(), "521": ec.SECP521R1()}[size])


def named(common_name: str, organisation: str = "") -> x509.Name:
    parts = [(NameOID.COMMON_NAME, common_name), (NameOID.ORGANIZATION_NAME, organisation)]
    return x509.Name([x509.NameAttribute(oid, words) for oid, words in parts if words])


@cache
def authority() -> Held:
    """Who vouches for the office."""
    own = key("rsa-3072")
    name = named("示例根证书 Sample Root")
    return Held(own, _certificate(name, name, own, own, authority=True))


@cache
def other_authority() -> Held:
    """Somebody else of the same name, who vouches for nobody."""
    own = key("ec-384")
    name = named("示例根证书 Sample Root")
    return Held(own, _certificate(name, name, own, own, authority=True))


def office(
    kind: str = "rsa-2048",
    *,
    name: x509.Name | None = None,
    first: datetime = FIRST,
    last: datetime = LAST,
    usage: str = "digital_signature",
    online: str = "",
) -> Held:
    """Whose signature briefings get; `online` is where more is to be had of who vouches for it and of revocation."""
    own, root = key(kind), authority()
    subject = named(OFFICE) if name is None else name
    certificate = _certificate(
        subject, root.certificate.subject, own, root.key, first=first, last=last, usage=usage, online=online
    )
    return Held(own, certificate, (root.certificate,))


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    own: Any,
    signs: Any,
    *,
    first: datetime = FIRST,
    last: datetime = LAST,
    usage: str = "key_cert_sign",
    authority: bool = False,
    online: str = "",
) -> x509.Certificate:
    serial = 1 + abs(hash((subject.rfc4514_string(), first, last, usage))) % 2**60
    builder = x509.CertificateBuilder(issuer, subject, own.public_key(), serial, first, last)
    builder = builder.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    if usage == "damaged":
        builder = builder.add_extension(x509.UnrecognizedExtension(ExtensionOID.KEY_USAGE, b"no bits"), critical=True)
    elif usage:
        names = (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
            "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        )  # fmt: skip
        uses = {each: each == usage for each in names}
        builder = builder.add_extension(x509.KeyUsage(**uses), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
    if online:
        place = x509.UniformResourceIdentifier(online)
        builder = builder.add_extension(
            x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)]), critical=False
        )
        access = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, place)
        builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
    known = x509.AuthorityKeyIdentifier.from_issuer_public_key(signs.public_key())
    builder = builder.add_extension(known, critical=False)
    return builder.sign(signs, None if isinstance(signs, ed25519.Ed25519PrivateKey) else hashes.SHA256())
