"""What keeps a briefing from being signed: told with the line of the setting, and nothing is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

import ipreport
from certificates import PASSPHRASE, authority, named, office
from helpers import Copy
from ipreport.problems import Origin, ReportError
from ipreport.signatures import open_signer
from ipreport.signatures.identity import signer_of, unfit
from ipreport.signatures.passphrase import PASSPHRASE as KEPT
from signing import MOMENT, problems_of, signed_briefing, words

PLACE = "briefing.yaml:1:"


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEPT.variable, PASSPHRASE)
    monkeypatch.delenv(KEPT.variable_of_file, raising=False)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def refused(small: Copy) -> str:
    """What keeps a briefing from being signed, at the line of the setting."""
    problems = problems_of(small)
    assert {str(problem.origin).rpartition("briefing.yaml")[2] for problem in problems} == {":1:19"}
    assert PASSPHRASE not in words(problems)
    return words(problems)


def without_key() -> bytes:
    certificate = office().certificate
    return pkcs12.serialize_key_and_certificates(
        None, None, None, [certificate], serialization.BestAvailableEncryption(PASSPHRASE.encode())
    )


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "PEM": (lambda: authority().pem, "expected a PKCS#12 file, found text in PEM"),
    "nothing": (lambda: b"", "expected a PKCS#12 file, found something else"),
    "noise": (lambda: bytes(range(256)) * 10, "expected a PKCS#12 file, found something else"),
    "DER": (
        lambda: authority().certificate.public_bytes(serialization.Encoding.DER),
        "expected a PKCS#12 file, found something else",
    ),
    "cut": (lambda: office().pkcs12()[:-200], "expected a PKCS#12 file, found something else"),
    "behind": (lambda: office().pkcs12() + b"x", "expected a PKCS#12 file, found something else"),
    "no key": (without_key, "the PKCS#12 file has no private key"),
    "wrong": (lambda: office().pkcs12("another"), "the certificate does not open with this passphrase"),
    "short": (lambda: office("rsa-1024").pkcs12(), "expected an RSA key of 2048 bits or more, found one of 1024"),
    "other key": (lambda: office("ed25519").pkcs12(), "expected an RSA or ECDSA key, found one of another kind"),
    "expired": (
        lambda: office(last=datetime(2025, 10, 14, 12, tzinfo=UTC)).pkcs12(),
        "is valid from 2020-01-01 00:00 to 2025-10-14 12:00 (UTC), and the files are signed as of 2025-10-15 00:00",
    ),
    "early": (
        lambda: office(first=datetime(2030, 1, 1, tzinfo=UTC)).pkcs12(),
        "the certificate is valid from 2030-01-01 00:00 to 2040-01-01 00:00 (UTC)",
    ),
    "damaged": (lambda: office(usage="damaged").pkcs12(), "the certificate is damaged"),
    "usage": (
        lambda: office(usage="key_encipherment").pkcs12(),
        "the certificate is not for signing: its key usage has neither digitalSignature nor nonRepudiation",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_sign_is_refused(small: Copy, name: str) -> None:
    make, message = FILES[name]
    signed_briefing(small, make())
    assert message in refused(small)


def test_key_and_certificate_belong_together() -> None:
    """Libraries write no such file, but others may."""
    (told,) = unfit(office().certificate, office("ec-256").key, Origin("briefing.yaml"))
    assert "key and certificate do not belong together" in str(told)
    assert not [*unfit(office().certificate, office().key, Origin("briefing.yaml"))]


@pytest.mark.parametrize("usage", ["digital_signature", "content_commitment", ""])
def test_a_certificate_for_signatures_or_for_everything_signs(usage: str) -> None:
    held = office(usage=usage)
    assert signer_of(held.pkcs12(), PASSPHRASE.encode(), Origin("briefing.yaml"), MOMENT).room


def test_all_that_is_wrong_with_a_certificate_is_told(small: Copy) -> None:
    held = office("rsa-1024", usage="crl_sign", last=datetime(2021, 1, 1, tzinfo=UTC))
    signed_briefing(small, held.pkcs12())
    told = refused(small)
    for expected in ("2048 bits or more", "not for signing", "is valid from"):
        assert expected in told


def test_an_unencrypted_file_needs_no_passphrase(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEPT.variable)
    signed_briefing(small, office().pkcs12(None))
    assert small.check() == []


def test_a_passphrase_that_is_missing_is_asked_for(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEPT.variable)
    signed_briefing(small, office().pkcs12())
    told = refused(small)
    assert "the certificate needs a passphrase, and none is given" in told
    assert f"set {KEPT.variable}, or {KEPT.variable_of_file} to the path of a file that only you may read" in told


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_passphrase_may_stand_in_a_file(small: Copy, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    file = small.root / "passphrase"
    file.write_bytes(f"{PASSPHRASE}{end}".encode())
    file.chmod(0o600)
    monkeypatch.delenv(KEPT.variable)
    monkeypatch.setenv(KEPT.variable_of_file, str(file))
    signed_briefing(small, office().pkcs12())
    assert small.check() == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_refused(small: Copy, monkeypatch: pytest.MonkeyPatch, mode: int) -> None:
    file = small.root / "passphrase"
    file.write_text(PASSPHRASE, encoding="utf-8")
    file.chmod(mode)
    monkeypatch.delenv(KEPT.variable)
    monkeypatch.setenv(KEPT.variable_of_file, str(file))
    signed_briefing(small, office().pkcs12())
    told = words(problems_of(small))
    assert "the file with the passphrase may be read by others" in told
    assert PASSPHRASE not in told


def told_of(file: Path) -> str:
    with pytest.raises(ReportError) as caught:
        open_signer(file, Origin("briefing.yaml", line=1), MOMENT)
    return words(caught.value.problems)


def test_ways_to_give_no_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "office.p12"
    file.write_bytes(office().pkcs12())
    monkeypatch.setenv(KEPT.variable_of_file, str(tmp_path / "gone"))
    assert "the passphrase is given twice" in told_of(file)
    monkeypatch.delenv(KEPT.variable)
    assert "the file with the passphrase cannot be read: no such file or directory" in told_of(file)
    long = tmp_path / "long"
    long.write_bytes(b"x" * 5000)
    long.chmod(0o600)
    monkeypatch.setenv(KEPT.variable_of_file, str(long))
    assert "expected a passphrase of at most 4096 bytes, found more" in told_of(file)


def test_a_file_that_is_gone_is_told_beside_the_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEPT.variable_of_file, str(tmp_path / "gone"))
    told = told_of(tmp_path / "gone.p12")
    assert "the certificate cannot be read: no such file or directory" in told
    assert "the passphrase is given twice" in told


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("{certificate: gone.p12}", "expected a file with a certificate and its key, found none at 'gone.p12'"),
        ("{certificate: .}", "expected a file with a certificate and its key, found none at '.'"),
        ("{visible: true}", "certificate"),
        ("{certificate: office.p12, visible: perhaps}", "perhaps"),
        ("{certificate: office.p12, passphrase: secret}", "unknown key 'passphrase'"),
        ("{certificate: office.p12, reason: {zh: 发布}}", "en"),
    ],
)
def test_a_setting_that_is_wrong_has_its_place(small: Copy, setting: str, message: str) -> None:
    small.overwrite("office.p12", office().pkcs12())
    small.overwrite(
        "briefing.yaml", f"pdf: {{signature: {setting}}}\n".encode() + (small.folder / "briefing.yaml").read_bytes()
    )
    told = words(problems_of(small))
    assert message in told
    assert PLACE in told


def test_problems_of_the_briefing_and_of_its_certificate_come_together(small: Copy) -> None:
    signed_briefing(small, office().pkcs12("another"))
    small.change("metrics.yaml", 'value: "100"', 'value: "500"')
    small.change("briefing.yaml", "pdf:", "brand: office.docx\npdf:")
    small.overwrite("office.docx", b"PK no Word file")
    told = words(problems_of(small))
    assert "the certificate does not open with this passphrase" in told
    assert "office.docx" in told
    assert "[R" in told


def test_the_time_of_signing_decides_whether_a_certificate_is_valid(
    small: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_briefing(small, office(first=datetime(2030, 1, 1, tzinfo=UTC)).pkcs12())
    assert "set SOURCE_DATE_EPOCH to the time of signing" in refused(small)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2030, 1, 1, tzinfo=UTC).timestamp())))
    assert small.check() == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2030, 1, 1, tzinfo=UTC).timestamp()) - 1))
    assert len(small.check()) == 1


def test_a_name_without_a_glyph_is_told(small: Copy) -> None:
    signed_briefing(small, office(name=named("\U0001f58b 局")).pkcs12(), "visible: true")
    with pytest.raises(ReportError, match="no glyph for the character"):
        small.build(editions=["zh"])


def test_a_draft_and_an_explanation_need_no_passphrase(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEPT.variable)
    signed_briefing(small, office().pkcs12())
    (draft,) = [path for path in small.build(editions=["zh"], draft=True).documents if path.suffix == ".pdf"]
    assert ipreport.verify(draft).signatures == ()
    assert ipreport.explain(small.folder, "penalty_amount").places
