"""Certificates of mail servers, and of those who vouch for them, made when they are asked for."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

TODAY = datetime.now(UTC)
FIRST, LAST = TODAY - timedelta(days=2), TODAY + timedelta(days=2)
PAST = (TODAY - timedelta(days=9), TODAY - timedelta(days=1))

_VOUCHES = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


@cache
def authority(name: str = "Test Root") -> tuple[Any, x509.Certificate]:
    """A key and its certificate, which vouches for servers."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key, _certificate(name, key, name, key, (FIRST - timedelta(days=30), LAST), authority=True)


def authority_file(folder: Path, name: str = "Test Root") -> Path:
    """The authority's certificate as a file that clients can be given."""
    path = folder / f"{name.replace(' ', '-')}.pem"
    path.write_bytes(authority(name)[1].public_bytes(serialization.Encoding.PEM))
    return path


def server_file(
    folder: Path,
    hosts: tuple[str, ...] = ("localhost",),
    validity: tuple[datetime, datetime] = (FIRST, LAST),
    issuer: str = "Test Root",
) -> Path:
    """A server's key and certificate in one file."""
    signs, _ = authority(issuer)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(hosts[0], key, issuer, signs, validity, hosts=hosts)
    path = folder / f"server-{abs(hash((hosts, validity, issuer)))}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    path.chmod(0o600)
    return path


def server_context(path: Path) -> ssl.SSLContext:
    """What a server encrypts with."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def _certificate(
    name: str,
    own: Any,
    issuer: str,
    signs: Any,
    validity: tuple[datetime, datetime],
    *,
    authority: bool = False,
    hosts: tuple[str, ...] = (),
) -> x509.Certificate:
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in (issuer, name)]
    builder = x509.CertificateBuilder(*names, own.public_key(), x509.random_serial_number(), *validity)
    builder = builder.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
    known = x509.AuthorityKeyIdentifier.from_issuer_public_key(signs.public_key())
    builder = builder.add_extension(known, critical=False)
    if authority:  # without it, Python 3.13 and later trust nobody (RFC 5280 4.2.1.3)
        builder = builder.add_extension(_VOUCHES, critical=True)
    if hosts:
        named = [
            x509.IPAddress(ipaddress.ip_address(each)) if each[0].isdigit() else x509.DNSName(each) for each in hosts
        ]
        builder = builder.add_extension(x509.SubjectAlternativeName(named), critical=False)
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        builder = builder.add_extension(usage, critical=False)
    return builder.sign(signs, hashes.SHA256())
