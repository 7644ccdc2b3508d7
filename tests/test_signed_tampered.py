"""Signed files that somebody changed, cut, added to or made to harm: told, never taken for sound, never a traceback."""

from __future__ import annotations

import io
import logging
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1, translate_pyca_cryptography_key_to_asn1
from pyhanko.pdf_utils.generic import NameObject, StreamObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

import ipreport
from certificates import authority, named, office
from ipreport.problems import ReportError
from signing import MOMENT, kept, needs_poppler, pdfsig, signed_showcase, unsigned

Change = ipreport.Change


def verified(data: bytes, folder: Path, **options: object) -> ipreport.Verified:
    return ipreport.verify(kept(data, folder), **options)  # type: ignore[arg-type]


def room_of(data: bytes) -> tuple[int, int]:
    """Where the signature stands, its brackets included."""
    (found,) = re.finditer(rb"/Contents ?(<[0-9a-f]{1000,}>)", data)
    return found.span(1)


def changed(data: bytes, place: int, value: int | None = None) -> bytes:
    return data[:place] + bytes([data[place] ^ 1 if value is None else value]) + data[place + 1 :]


def updated(data: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """The file with something added behind it as other programs do it (ISO 32000-1, 7.5.6)."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    assert target.getvalue().startswith(data)
    return target.getvalue()


def countersigned(data: bytes) -> bytes:
    held = office("ec-256", name=named("第二签名人"))
    store = SimpleCertificateStore()
    store.register(translate_pyca_cryptography_cert_to_asn1(authority().certificate))
    signer = signers.SimpleSigner(
        translate_pyca_cryptography_cert_to_asn1(held.certificate),
        translate_pyca_cryptography_key_to_asn1(held.key),
        store,
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    meta = signers.PdfSignatureMetadata(field_name="Second")
    return bytes(signers.sign_pdf(writer, meta, signer=signer).getbuffer())


def a_page_painted_over(writer: IncrementalPdfFileWriter) -> None:
    page, _ = writer.find_page_for_modification(0)
    writer.add_stream_to_page(0, writer.add_object(StreamObject(stream_data=b"0 0 0 rg 100 100 300 300 re f")))
    del page


def another_title(writer: IncrementalPdfFileWriter) -> None:
    writer.root[NameObject("/Lang")] = TextStringObject("fr-FR")
    writer.update_root()


@pytest.mark.parametrize("share", [0.001, 0.2, 0.5, 0.8, 0.999])
@pytest.mark.parametrize("visible", [True, False])
def test_one_byte_is_enough(visible: bool, share: float, tmp_path: Path) -> None:
    data = signed_showcase(visible=visible)
    start, end = room_of(data)
    place = int(share * len(data))
    while start <= place < end:
        place += 1
    try:
        result = verified(changed(data, place), tmp_path)
    except ReportError as error:
        assert "the PDF file is damaged" in str(error)  # noqa: PT017 - either may be said of a byte
    else:
        assert not result.sound


def test_a_byte_within_a_stream_is_told(tmp_path: Path) -> None:
    data = signed_showcase()
    place = data.index(b"stream\n", len(data) // 2) + 60
    (found,) = verified(changed(data, place), tmp_path).signatures
    assert (found.intact, found.whole, found.change, found.sound) == (False, True, Change.OTHER, False)


@needs_poppler
def test_poppler_sees_the_same(tmp_path: Path) -> None:
    data = signed_showcase()
    place = data.index(b"stream\n", len(data) // 2) + 60
    assert "Signature is Valid." in pdfsig(data, tmp_path)
    assert "Signature is Valid." not in pdfsig(changed(data, place), tmp_path)


@pytest.mark.parametrize("added", [b"x", b"\n% a remark\n", bytes(500)])
def test_bytes_behind_the_file_are_told(added: bytes, tmp_path: Path) -> None:
    result = verified(signed_showcase() + added, tmp_path)
    (found,) = result.signatures
    assert (found.intact, found.whole, found.change) == (True, False, Change.BEHIND)
    assert not result.sound


@pytest.mark.parametrize("change", [a_page_painted_over, another_title])
@pytest.mark.parametrize("visible", [True, False])
def test_an_update_behind_the_signature_is_told(
    visible: bool, change: Callable[[IncrementalPdfFileWriter], None], tmp_path: Path
) -> None:
    result = verified(updated(signed_showcase(visible=visible), change), tmp_path)
    (found,) = result.signatures
    assert (found.intact, found.whole, found.change) == (True, False, Change.OTHER)
    assert not result.sound


@pytest.mark.parametrize("visible", [True, False])
def test_a_second_signature_is_no_change(visible: bool, tmp_path: Path) -> None:
    data = countersigned(signed_showcase(visible=visible))
    result = verified(data, tmp_path, trust=[kept(authority().pem, tmp_path, "root.pem")])
    first, second = result.signatures
    assert (first.intact, first.whole, first.change, first.trusted) == (True, False, Change.ADDED, True)
    assert (second.signer, second.whole, second.change, second.trusted) == ("第二签名人", True, Change.NOTHING, True)
    assert result.sound
    again = verified(updated(data, a_page_painted_over), tmp_path)
    assert [found.change for found in again.signatures] == [Change.OTHER, Change.OTHER]
    assert not again.sound
    place = data.index(b"stream\n", 50_000) + 60
    assert [found.intact for found in verified(changed(data, place), tmp_path).signatures] == [False, False]


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.7, 0.999])
def test_a_file_that_was_cut_is_damaged(share: float, tmp_path: Path) -> None:
    data = signed_showcase()
    message = "expected a PDF file" if share == 0 else "the PDF file is damaged"
    with pytest.raises(ReportError, match=message):
        verified(data[: int(share * len(data))], tmp_path)


def test_a_signature_of_another_file_does_not_hold(tmp_path: Path) -> None:
    data, other = signed_showcase(visible=False), bytearray(signed_showcase(visible=False, theme="official"))
    (start, end), (begin, stop) = room_of(data), room_of(bytes(other))
    other[begin:stop] = data[start:end]
    (found,) = verified(bytes(other), tmp_path).signatures
    assert (found.intact, found.whole) == (False, True)


def test_a_shorter_byte_range_covers_less(tmp_path: Path) -> None:
    data = signed_showcase()
    (found,) = re.finditer(rb"/ByteRange \[0 \d+ \d+ (\d+)", data)
    less = b"%d" % (int(found[1]) - 1)
    short = data[: found.start(1)] + less.ljust(len(found[1])) + data[found.end(1) :]
    result = verified(short, tmp_path)
    assert not result.sound
    assert not result.signatures[0].whole


def test_what_is_hidden_beside_the_signature_is_told(tmp_path: Path) -> None:
    """The room of a signature is the one place that it cannot cover."""
    data = signed_showcase()
    _, end = room_of(data)
    result = verified(changed(data, end - 3, ord("7")), tmp_path)
    (found,) = result.signatures
    assert (found.intact, found.whole, result.sound) == (True, False, False)


@pytest.mark.parametrize("filling", [b"0", b"3", b"f"])
def test_a_signature_that_is_none_is_broken(filling: bytes, tmp_path: Path) -> None:
    data = signed_showcase()
    start, end = room_of(data)
    broken = data[: start + 1] + filling * (end - start - 2) + data[end - 1 :]
    result = verified(broken, tmp_path, trust=[kept(authority().pem, tmp_path, "root.pem")])
    (found,) = result.signatures
    assert (found.field, found.signer, found.intact, found.trusted) == ("Signature", "", False, False)
    assert found.problem == "the signature cannot be read: it is damaged"
    assert not result.sound


def test_a_file_without_a_signature_has_none(tmp_path: Path) -> None:
    result = verified(unsigned(), tmp_path)
    assert (result.signatures, result.sound) == ((), False)


HEAD = b"%PDF-1.7\n"


def made(objects: dict[int, bytes]) -> bytes:
    """A file of these objects, the first one its root."""
    data, places = HEAD, {}
    for number, body in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = max(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % places[n] if n in places else b"%010d 65535 f \n" % 0 for n in range(size))
    start = len(data)
    return data + b"xref\n0 %d\n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, start,
    )  # fmt: skip


PAGES = {2: b"<< /Type /Pages /Kids [] /Count 0 >>"}
ROOT = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [3 0 R] /SigFlags 3 >> >>"
HOSTILE: dict[str, bytes] = {
    "only a head": HEAD,
    "a table that leads to itself": HEAD + b"xref\n0 0\ntrailer\n<< /Size 1 /Prev 9 >>\nstartxref\n9\n%%EOF\n",
    "a field within itself": made({1: ROOT, **PAGES, 3: b"<< /T (a) /Kids [3 0 R] >>"}),
    "a field that is no field": made({1: ROOT, **PAGES, 3: b"[ 3 0 R ]"}),
    "a value that is none": made({1: ROOT, **PAGES, 3: b"<< /FT /Sig /T (a) /V 3 0 R >>"}),
    "a value that is a number": made({1: ROOT, **PAGES, 3: b"<< /FT /Sig /T (a) /V 7 >>"}),
    "a range of words": made(
        {1: ROOT, **PAGES, 3: b"<< /FT /Sig /T (a) /V 4 0 R >>", 4: b"<< /ByteRange [(x)] /Contents <3000> >>"}
    ),
    "deep brackets": made({1: ROOT, **PAGES, 3: b"[" * 20_000 + b"]" * 20_000}),
    "a root that is none": made({1: b"42"}),
    "fields without end": made({1: ROOT.replace(b"[3 0 R]", b"3 0 R"), **PAGES, 3: b"3 0 R"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_files_made_to_harm_end_in_a_message(name: str, tmp_path: Path) -> None:
    try:
        result = verified(HOSTILE[name], tmp_path)
    except ReportError as error:
        assert "the PDF file is damaged" in str(error)  # noqa: PT017 - either may be said
    else:
        assert not result.sound


def test_any_damage_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Bytes changed, copied, left out anywhere: a message or an unsound file, and nothing else."""
    caplog.set_level(logging.CRITICAL)
    data, chance = signed_showcase(visible=False), random.Random(20261122)  # noqa: S311 - the same each time
    start, end = room_of(data)
    for _ in range(150):
        damaged = bytearray(data)
        place = chance.choice([chance.randrange(1, start), chance.randrange(end, len(data)), chance.randrange(3000)])
        match chance.randrange(4):
            case 0:
                damaged[place] ^= 1 << chance.randrange(8)
            case 1:
                del damaged[place : place + chance.randrange(1, 300)]
            case 2:
                damaged[place:place] = damaged[place : place + chance.randrange(1, 300)]
            case _:
                damaged[place : place + 40] = bytes(chance.randrange(256) for _ in range(40))
        if start <= place < end and chance.randrange(2):
            continue  # within the room some bytes are of certificates that the signature does not need
        try:
            assert not verified(bytes(damaged), tmp_path).sound or start <= place < end
        except ReportError:
            continue


def test_names_steer_no_terminal(tmp_path: Path) -> None:
    held = office("ec-256", name=named("A\x1b[31mB\u202eC\nD"))
    store = SimpleCertificateStore()
    signer = signers.SimpleSigner(
        translate_pyca_cryptography_cert_to_asn1(held.certificate),
        translate_pyca_cryptography_key_to_asn1(held.key),
        store,
    )
    meta = signers.PdfSignatureMetadata(field_name="S", reason="no\x1b[2Jreason\x07")
    data = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(unsigned())), meta, signer=signer).getbuffer()
    (found,) = verified(bytes(data), tmp_path).signatures
    assert (found.signer, found.reason) == ("A [31mB C D", "no [2Jreason")
    assert found.moment is not None
    assert found.moment != MOMENT
