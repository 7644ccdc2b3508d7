"""Signed PDF files: sound by two programs, archivable, and the same text as without a signature."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest
from asn1crypto import cms

import ipreport
from certificates import PASSPHRASE, authority, named, office
from helpers import Copy
from ipreport.cache import Cache
from ipreport.document import document_texts
from ipreport.fonts import check_coverage
from ipreport.signatures.passphrase import PASSPHRASE as KEPT
from ipreport.style import MODERN, THEMES
from ipreport.writers.pdf import write
from ipreport.writers.pdf.imprint import imprint_box
from ipreport.writers.pdf.pages import fill
from ipreport.writers.pdf.signature import signature_box
from pdf_layout import boxes_of, faces, page_for, setter
from showcase import showcase
from signing import (
    MOMENT,
    kept,
    needs_poppler,
    pdfsig,
    signed_briefing,
    signed_showcase,
    signer,
    unsigned,
    with_signature,
)

BOTH = pytest.mark.parametrize("visible", [True, False])


def text_of(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        return "\f".join(each.get_textpage().get_text_range() for each in pdf)


def poppler_text(data: bytes, folder: Path) -> str:
    command = ["pdftotext", str(kept(data, folder, "text.pdf")), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def widget_of(pdf: pikepdf.Pdf) -> tuple[pikepdf.Object, pikepdf.Object]:
    """The one field of the file, and its page."""
    ((place, field),) = [
        (each.obj, annotation)
        for each in pdf.pages
        for annotation in each.obj.get("/Annots", [])
        if annotation.Subtype == "/Widget"
    ]
    return field, place


@BOTH
@pytest.mark.parametrize("kind", ["rsa-2048", "rsa-3072", "ec-256", "ec-384", "ec-521"])
def test_a_signature_holds_and_says_who_signed_when_and_why(visible: bool, kind: str, tmp_path: Path) -> None:
    file = kept(signed_showcase(visible=visible, kind=kind), tmp_path)
    root = kept(authority().pem, tmp_path, "root.pem")
    verified = ipreport.verify(file, trust=[root])
    (found,) = verified.signatures
    assert (verified.sound, verified.checked_against, verified.file) == (True, 1, file.as_posix())
    assert (found.signer, found.issuer) == ("海西州知识产权局", "示例根证书 Sample Root")
    assert (found.intact, found.whole, found.change, found.trusted) == (True, True, ipreport.Change.NOTHING, True)
    assert (found.moment, found.profile) == (MOMENT, "ETSI.CAdES.detached")
    assert (found.reason, found.location) == ("正式发布 / For publication", "德令哈市 / Delingha")
    assert found.fingerprint == signer(kind).fingerprint
    assert (found.valid_from, found.valid_until) == (
        office(kind).certificate.not_valid_before_utc,
        office(kind).certificate.not_valid_after_utc,
    )


@needs_poppler
@BOTH
@pytest.mark.parametrize("kind", ["rsa-2048", "ec-256"])
def test_poppler_finds_it_valid(visible: bool, kind: str, tmp_path: Path) -> None:
    told = pdfsig(signed_showcase(visible=visible, kind=kind), tmp_path)
    assert "Signature is Valid." in told
    assert "Total document signed" in told
    assert "Signature Type: ETSI.CAdES.detached" in told
    assert "海西州知识产权局" in told


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl")
def test_openssl_finds_it_valid_and_leads_it_to_the_authority(tmp_path: Path) -> None:
    data = signed_showcase(visible=False)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        first, start, second, rest = (int(each) for each in pdf.Root.AcroForm.Fields[0].V.ByteRange)
    assert (first, second + rest) == (0, len(data))
    assert (data[start : start + 1], data[second - 1 : second]) == (b"<", b">")
    kept(cms.ContentInfo.load(bytes.fromhex(data[start + 1 : second - 1].decode())).dump(), tmp_path, "signature.der")
    signed = kept(data[:start] + data[second:], tmp_path, "signed")
    root = kept(authority().pem, tmp_path, "root.pem")
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", str(tmp_path / "signature.der")]
    command += ["-content", str(signed), "-CAfile", str(root), "-purpose", "any", "-out", str(tmp_path / "out")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_it_keeps_to_the_baseline_of_pades() -> None:
    """ETSI EN 319 142-1, 6.3: the certificate is signed with the rest, and the time stands in the dictionary alone."""
    with pikepdf.open(io.BytesIO(signed_showcase())) as pdf:
        value = pdf.Root.AcroForm.Fields[0].V
        assert (str(value.M), str(value.Filter)) == ("D:20261122000000Z", "/Adobe.PPKLite")
        content = cms.ContentInfo.load(bytes(value.Contents))["content"]
    (info,) = content["signer_infos"]
    signed = {each["type"].native: each["values"] for each in info["signed_attrs"]}
    assert signed.keys() == {"content_type", "message_digest", "signing_certificate_v2"}
    (certificate,) = signed["signing_certificate_v2"][0]["certs"]
    assert certificate["cert_hash"].native.hex() == signer().fingerprint
    assert len(content["certificates"]) == 2


@BOTH
def test_the_same_document_is_signed_with_the_same_bytes_by_rsa(visible: bool) -> None:
    first = signed_showcase(visible=visible)
    again = write(with_signature(showcase(), visible=visible), MODERN, faces(), Cache(None))
    assert signer().sign(again) == first
    ecdsa = write(with_signature(showcase(), visible=visible, kind="ec-256"), MODERN, faces(), Cache(None))
    assert signer("ec-256").sign(ecdsa) != signer("ec-256").sign(ecdsa)


@BOTH
def test_a_signed_file_has_one_revision_and_opens_page_by_page(visible: bool) -> None:
    data = signed_showcase(visible=visible)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.is_linearized
        assert pdf.check_linearization()
        assert pdf.check_pdf_syntax() == []
    assert data.count(b"startxref") == data.count(b"%%EOF") == 1


@BOTH
def test_both_standards_are_kept(visible: bool, tmp_path: Path) -> None:
    path = str(kept(signed_showcase(visible=visible), tmp_path))
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        assert [failure.message for failure in page.validate_pdf(path, profile=profile).failures] == []


@BOTH
def test_the_text_of_the_pages_is_that_of_a_file_without_signature(visible: bool) -> None:
    assert text_of(signed_showcase(visible=visible)) == text_of(unsigned())


@needs_poppler
def test_poppler_reads_what_is_seen_of_a_signature_and_else_the_same(tmp_path: Path) -> None:
    plain = poppler_text(unsigned(), tmp_path)
    assert poppler_text(signed_showcase(visible=False), tmp_path) == plain
    signature = with_signature(showcase(), visible=True).signature
    assert signature is not None
    shown = [text.plain() for line in signature.lines for text in (*line.label, *line.names)]
    seen = poppler_text(signed_showcase(visible=True), tmp_path)
    assert "签名日期：" in shown
    for words in shown:
        assert seen.count(words) == plain.count(words) + shown.count(words)
    for words in sorted(set(shown), key=len, reverse=True):
        seen = seen.replace(words, "")
        plain = plain.replace(words, "")
    assert "".join(seen.split()) == "".join(plain.split())


@pytest.mark.parametrize("theme", ["modern", "official"])
def test_the_frame_stands_clear_of_everything_on_its_page(theme: str) -> None:
    data = signed_showcase(visible=True, theme=theme)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        field, place = widget_of(pdf)
        left, bottom, right, top = (float(each) for each in field.Rect)
        number = [each.obj.objgen for each in pdf.pages].index(place.objgen)
        assert number == len(pdf.pages) - 1
        assert [*field.AP.N.BBox] == [*field.Rect]
    area = THEMES[theme].page
    assert abs(right - (area.width - area.right)) < 1
    assert left > area.width / 2
    assert top - bottom > 50
    with pypdfium2.PdfDocument(data) as pdf:
        words = pdf[number].get_textpage()
        assert words.count_chars() > 100
        for index in range(words.count_chars()):
            x, lower, far, upper = words.get_charbox(index)
            if far > x:
                assert far < left or x > right or upper < bottom or lower > top


@BOTH
def test_the_field_is_told_to_those_who_cannot_see_it(visible: bool) -> None:
    with pikepdf.open(io.BytesIO(signed_showcase(visible=visible))) as pdf:
        field, _ = widget_of(pdf)
        assert str(field.TU).startswith("数字签名：海西州知识产权局；签名日期：2026年11月22日；签名理由：正式发布；")
        assert str(field.TU).endswith("Signed on: 22 November 2026; Reason: For publication; Place: Delingha.")
        assert (str(field.FT), str(field.T), int(field.F)) == ("/Sig", "Signature", 132)
        owner = dict(pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree))[int(field.StructParent)]
        assert str(owner.S) == "/Form"
        (kid,) = owner.K
        assert (str(kid.Type), kid.Obj.objgen) == ("/OBJR", field.objgen)
        # It is the last thing that the text says.
        assert owner.P.K[-1].objgen == owner.objgen or str(owner.P.K[-1].S) != "/Form"
        assert ("/AP" in field, [float(each) for each in field.Rect] == [0, 0, 0, 0]) == (visible, not visible)
        assert int(pdf.Root.AcroForm.SigFlags) == 3
        assert "/NeedAppearances" not in pdf.Root.AcroForm


def test_what_is_seen_is_set_in_the_faces_of_the_document() -> None:
    with pikepdf.open(io.BytesIO(signed_showcase())) as pdf:
        field, _ = widget_of(pdf)
        look = field.AP.N
        used = set(re.findall(rb"/(F\S+) [\d.]+ Tf", look.read_bytes()))
        assert used
        for name in used:
            font = look.Resources.Font["/" + name.decode()]
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
        assert b"BDC" not in look.read_bytes()  # no mark of a page


@pytest.mark.parametrize("height", range(260, 700, 20))
def test_text_signature_and_imprint_share_a_page_or_part(height: int) -> None:
    document = with_signature(showcase(), visible=True)
    assert document.signature is not None
    assert document.imprint is not None
    frame, imprint = signature_box(document.signature, setter()), imprint_box(document.imprint, setter())
    assert frame is not None
    sheets = fill(boxes_of(*document.blocks), page_for(height), imprint, frame)
    (signed,) = (sheet for sheet in sheets if any(box is frame for _, box in sheet.placed))
    (closed,) = (sheet for sheet in sheets if sheet.imprint is not None)
    low = frame.height + imprint.height + imprint.space_before > height
    assert (closed is sheets[-1], signed is sheets[-2 if low else -1]) == (True, True)
    (top,) = (distance for distance, box in signed.placed if box is frame)
    assert all(distance + box.height <= top for distance, box in signed.placed if box is not frame)
    below = 0.0 if low else imprint.height + imprint.space_before
    assert top + frame.height + signed.foot.height + below <= height + 0.02
    assert closed.used + closed.foot.height + imprint.height <= height + 0.02


def test_words_of_a_signature_are_looked_up_in_the_faces() -> None:
    document = with_signature(showcase(), visible=True)
    assert document.signature is not None
    plain = [text.plain() for text in document_texts(document)]
    assert plain.count("海西州知识产权局") == 2
    assert check_coverage(document, faces()) == ()


@needs_poppler
def test_an_encrypted_file_is_signed_as_well(tmp_path: Path) -> None:
    document = with_signature(showcase(), visible=True)
    data = write(document, MODERN, faces(), Cache(None), archive=False, password="开门")  # noqa: S106 - a test's own
    file = kept(signer().sign(data), tmp_path)
    verified = ipreport.verify(file, password="开门")  # noqa: S106 - likewise
    assert verified.sound
    assert verified.signatures[0].reason == "正式发布 / For publication"
    assert "Signature is Valid." in pdfsig(file.read_bytes(), tmp_path, "-upw", "开门")
    for password, message in ((None, "the file is encrypted"), ("zu", "the file does not open with this password")):
        with pytest.raises(ipreport.ReportError, match=message):
            ipreport.verify(file, password=password)


def signed_pdfs(small: Copy, **options: object) -> dict[str, bytes]:
    """The PDF files of a briefing, and its manifest."""
    built = small.build(**options)
    files = {path.name: path.read_bytes() for path in built.documents if path.suffix == ".pdf"}
    return {**files, "manifest": built.manifest.read_bytes()}


def test_a_briefing_is_signed_in_every_edition_and_traced_as_before(
    small: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEPT.variable, PASSPHRASE)
    signed_briefing(small, office().pkcs12(), "visible: true, reason: {zh: 发布, en: Release}")
    files = signed_pdfs(small)
    for name in ("bilingual", "zh", "en"):
        (path,) = (small.root / "output").rglob(f"*.{name}.pdf")
        verified = ipreport.verify(path)
        assert verified.sound
        assert verified.signatures[0].reason == {"bilingual": "发布 / Release", "zh": "发布", "en": "Release"}[name]
        assert ipreport.trace(path).sound
    assert signed_pdfs(small) == files
    manifest = json.loads(files["manifest"])
    assert manifest["signature"] == {"certificate": signer().fingerprint}
    assert not any("p12" in name for name in manifest["inputs"])
    everything = [path.read_bytes() for path in (small.root / "output").rglob("*") if path.is_file()]
    assert not any(PASSPHRASE.encode() in data for data in everything)


def test_another_certificate_makes_another_output(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEPT.variable, PASSPHRASE)
    plain = json.loads(signed_pdfs(small, editions=["zh"])["manifest"])
    assert "signature" not in plain
    signed_briefing(small, office().pkcs12())
    first = json.loads(signed_pdfs(small, editions=["zh"])["manifest"])
    small.overwrite("office.p12", office(name=named("另一单位")).pkcs12())
    second = json.loads(signed_pdfs(small, editions=["zh"])["manifest"])
    assert first["inputs"] == second["inputs"]
    assert len({plain["fingerprint"], first["fingerprint"], second["fingerprint"]}) == 3
    # The same certificate in a file of another passphrase is no other certificate.
    monkeypatch.setenv(KEPT.variable, "another")
    small.overwrite("office.p12", office(name=named("另一单位")).pkcs12("another"))
    assert json.loads(signed_pdfs(small, editions=["zh"])["manifest"]) == second


def test_files_that_differ_at_every_build_are_told_of(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEPT.variable, PASSPHRASE)
    signed_briefing(small, office("ec-256").pkcs12())
    (told,) = small.check()
    assert told.startswith("briefing.yaml:1:19: note: the PDF files are signed with an ECDSA key: they differ at every")
    small.overwrite("office.p12", office().pkcs12())
    assert small.check() == []


def test_the_moment_is_that_of_the_files(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEPT.variable, PASSPHRASE)
    signed_briefing(small, office().pkcs12())
    small.build(editions=["zh"])
    (path,) = (small.root / "output").rglob("*.pdf")
    assert str(ipreport.verify(path).signatures[0].moment) == "2025-10-15 00:00:00+00:00"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000123")
    small.build(editions=["zh"])
    assert str(ipreport.verify(path).signatures[0].moment) == "2026-09-21 14:15:23+00:00"


def test_a_signer_tells_neither_key_nor_passphrase() -> None:
    assert repr(signer()).count("=") == 5
    with pytest.raises(ValueError, match="expected one place for a signature, found 0"):
        signer().sign(unsigned())
    longer = replace(signer(), room=signer().room, signature_of=lambda _: bytes(signer().room + 1))
    with pytest.raises(ValueError, match="larger than the room"):
        longer.sign(write(with_signature(showcase(), visible=False), MODERN, faces(), Cache(None)))
