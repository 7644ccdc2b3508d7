"""Templates that cannot be one: every reason is told, with what to do about it."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from io import BytesIO
from posixpath import normpath
from random import Random
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from brand_templates import chinese_word, red_serif, with_logo
from ipreport.problems import ReportError
from ipreport.writers.docx import read_brand
from office_parts import (
    A4,
    DEFAULTS,
    USUAL_MARGINS,
    W,
    changed,
    header,
    image,
    logo,
    numbering,
    package,
    relation,
    relationships,
    style,
    styles,
    theme,
    unzipped,
    words,
    zipped,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusals(data: bytes) -> list[str]:
    """Every problem that stops the template, each on one line without its hints."""
    with pytest.raises(ReportError) as refused:
        read_brand(data, "office.dotx")
    for problem in refused.value.problems:
        assert str(problem).startswith("office.dotx: ")
    blocking = [problem for problem in refused.value.problems if problem.level == "block"]
    assert all(problem.hints for problem in blocking)
    return [problem.message for problem in blocking]


def with_styles(*entries: str) -> bytes:
    return package({"styles": styles(*DEFAULTS, *entries), "theme": theme()})


# --- files ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "expected a Word document or template (.docx, .dotx), found another file"),
        (b"%PDF-1.7", "expected a Word document or template (.docx, .dotx), found another file"),
        (OLE + bytes(512), "the template is in the old format of Word 97–2003 (.doc or .dot)"),
        (OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "the template is encrypted"),
        (b"PK\x03\x04 nothing more", "the template is damaged or encrypted; Word files are zip archives"),
        (zipped({"mimetype": b"application/zip"}), "this is not a Word file: it has no list of its parts"),
        (zipped({"[Content_Types].xml": b"<Types/>"}), "this is not a Word file: it has no document"),
        (
            package({}, main="document.macroEnabled.main+xml"),
            "the template holds macros (.docm or .dotm), which a briefing must not carry",
        ),
        (package({}, main="other+xml"), "this is not a Word file: its document is of another kind"),
        (
            package({}, strict=True),
            "the template is a Strict Open XML document, whose names differ from those that Word usually writes",
        ),
        (package({}, section=""), "the template has no section, so that its page size and margins are unknown"),
    ],
    ids=["empty", "pdf", "doc", "encrypted", "cut", "odt", "no document", "macros", "other", "strict", "no section"],
)  # fmt: skip
def test_files_that_are_no_template(data: bytes, message: str) -> None:
    assert refusals(data) == [message]


def test_a_damaged_part_is_named() -> None:
    files = unzipped(chinese_word())
    files["word/styles.xml"] = files["word/styles.xml"][:-20]

    (message,) = refusals(zipped(files))

    assert message.startswith("the template is damaged: word/styles.xml: ")


def test_a_damaged_archive_is_told() -> None:
    whole = bytearray(chinese_word())
    with ZipFile(BytesIO(whole)) as archive:
        start = archive.getinfo("word/styles.xml").header_offset + 60
    whole[start : start + 40] = bytes(40)

    assert refusals(bytes(whole)) == ["the template is damaged or encrypted; Word files are zip archives"]


@pytest.mark.parametrize("packing", [ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_no_damage_to_an_archive_is_a_fault_of_the_program(packing: int) -> None:
    """A byte is another one, in a name, a length, an offset or the content."""
    target = BytesIO()
    with ZipFile(target, "w", packing) as archive:
        for name, content in unzipped(red_serif()).items():
            archive.writestr(name, content)
    whole, draw = target.getvalue(), Random(packing)  # noqa: S311 - damage, no secret
    starts = [match.start() for match in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", whole)]
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(draw.choice((1, 2, 5))):
            at = draw.choice((draw.randrange(len(whole)), draw.choice(starts) + draw.randrange(4, 60)))
            damaged[min(at, len(whole) - 1)] = draw.choice((0, 255, draw.randrange(256)))
        with suppress(ReportError):
            read_brand(bytes(damaged), "office.dotx")


@pytest.mark.parametrize(
    "name", ["document", "styles", "settings", "numbering", "fontTable", "theme/theme1", "header1"]
)
def test_a_part_of_another_kind_is_named(name: str) -> None:
    lists = numbering(("decimal", "%1."))
    parts = {"styles": styles(*DEFAULTS), "numbering": lists, "theme": theme(), "header1": header(words("省"))}
    parts |= {"settings": f"<w:settings {W}/>", "fontTable": f"<w:fonts {W}/>"}
    files = unzipped(package(parts, section=REFERENCE + A4 + USUAL_MARGINS))
    files[f"word/{name}.xml"] = b"<html/>"

    (message,) = refusals(zipped(files))

    assert message.startswith(f"the template is damaged: word/{name}.xml holds 'html', expected '")


def test_entities_are_not_unfolded() -> None:
    """A small file could grow to gigabytes by them; no Word file has any."""
    files = unzipped(with_styles())
    bomb = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    files["word/styles.xml"] = bomb + files["word/styles.xml"]

    assert refusals(zipped(files)) == ["the template is damaged: word/styles.xml: it declares entities of its own"]


def oversized(name: str, size: int) -> bytes:
    """A small file that unpacks to a large one."""
    files = unzipped(with_logo())
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for each, content in files.items():
            archive.writestr(each, content if each != name else bytes(size * 2**20))
    return target.getvalue()


def test_a_part_that_claims_to_be_enormous_is_refused_before_it_is_unpacked() -> None:
    assert refusals(oversized("word/styles.xml", 33)) == ["word/styles.xml in the template is larger than 32 MB"]


def test_pictures_that_claim_to_be_enormous_are_not_unpacked() -> None:
    assert refusals(oversized("word/media/logo.png", 300)) == [
        "the pictures in a header or footer of the template come to 300 MB"
    ]


# --- large templates --------------------------------------------------------------------


def noise(size: int) -> bytes:
    """Bytes that do not shrink, the same every time."""
    return hashlib.shake_128(b"noise").digest(size)


def test_what_is_heavy_in_the_body_is_left_behind() -> None:
    heavy = package({"styles": styles(*DEFAULTS)}, media={"photo.png": noise(30 * 2**20)})

    brand = read_brand(heavy, "office.docx")

    assert sum(len(part.content) for part in brand.parts.values()) < 10_000


def test_what_is_heavy_in_a_header_is_refused() -> None:
    files = unzipped(with_logo())
    files["word/media/logo.png"] = noise(21 * 2**20)

    assert refusals(zipped(files)) == ["the pictures in a header or footer of the template come to 21 MB"]


# --- page -------------------------------------------------------------------------------


@pytest.mark.parametrize("section", [A4, USUAL_MARGINS, '<w:pgSz w:w="wide"/><w:pgMar/>'])
def test_a_page_without_size_or_margins(section: str) -> None:
    assert refusals(package({}, section=section)) == ["the last section of the template has no page size or no margins"]


def test_a_page_that_no_table_fits_on() -> None:
    card = '<w:pgSz w:w="5103" w:h="3118"/>'

    assert refusals(package({}, section=card + USUAL_MARGINS)) == [
        "expected a type area of at least 7.1 × 8.8 cm, found 2.7 × 0.4 cm on a page of 9.0 × 5.5 cm"
    ]


@pytest.mark.parametrize("distance", ["header", "footer"])
def test_a_header_that_pushes_the_text_off_the_page(distance: str) -> None:
    usual = {"header": 851, "footer": 992}[distance]
    deep = USUAL_MARGINS.replace(f'w:{distance}="{usual}"', f'w:{distance}="16000"')

    (message,) = refusals(package({}, section=A4 + deep))

    assert message == "expected a type area of at least 7.1 × 8.8 cm, found 14.7 × -1.1 cm on a page of 21.0 × 29.7 cm"


def test_a_type_area_beyond_the_page() -> None:
    assert refusals(package({}, section=A4 + USUAL_MARGINS.replace('w:left="1800"', 'w:left="-1800"'))) == [
        "the type area of the template, 21.0 × 24.6 cm, reaches beyond its page of 21.0 × 29.7 cm"
    ]


# --- styles -----------------------------------------------------------------------------


def test_a_style_of_another_kind_is_named_with_what_was_expected() -> None:
    data = with_styles(
        style("BodyText", "Body Text", kind="character"),
        style("x", "题注", kind="character"),
        style("Strong", "STRONG"),
        style("Cards", "KPI Cards"),
    )

    another = "is expected to be a {} style, and is a {} style in the template"
    assert refusals(data) == [
        f"the style 'Body Text' {another.format('paragraph', 'character')}",
        f"the style '题注' (Word's 'caption') {another.format('paragraph', 'character')}",
        f"the style 'STRONG' (Word's 'Strong') {another.format('character', 'paragraph')}",
        f"the style 'KPI Cards' {another.format('table', 'paragraph')}",
    ]


def test_a_name_that_both_kinds_have_is_no_problem() -> None:
    data = with_styles(style("BodyText", "Body Text"), style("BodyTextChar", "Body Text", kind="character"))

    assert read_brand(data, "office.docx").problems == ()


def test_a_style_based_on_itself_is_named() -> None:
    circle = (style("b", "乙", parent="c"), style("c", "丙", parent="b"), style("d", "丁", parent="d"))
    data = with_styles(style("a", "甲", parent="b"), *circle)

    # What is based on a circle is not part of it.
    assert refusals(data) == [f"the style '{name}' is based on itself" for name in ("乙", "丙", "丁")]


@pytest.mark.parametrize(
    ("toggle", "does"),
    [("vanish", "hides its text"), ("strike", "strikes its text through"), ("dstrike", "strikes its text through")],
)
def test_a_style_that_hides_words_is_named(toggle: str, does: str) -> None:
    data = with_styles(style("BodyText", "Body Text", run=f"<w:{toggle}/>"))

    assert refusals(data) == [f"the style 'Body Text' {does}, which a briefing needs to show"]


@pytest.mark.parametrize("size", [0, 1, -24, 3276])
def test_a_style_in_letters_that_nobody_can_read_is_named(size: int) -> None:
    default = style("a", "正文", default=True, run=f'<w:sz w:val="{size}"/>')

    assert refusals(package({"styles": styles(default)})) == [f"the style '正文' sets its text in {size / 2:g} pt"]


def test_a_style_without_an_id_is_named() -> None:
    nameless = style("x", "Body Text").replace(' w:styleId="x"', "")

    assert refusals(with_styles(nameless)) == ["the style 'Body Text' has no id, by which text could name it"]


def test_a_style_that_no_briefing_uses_may_hide_words() -> None:
    data = with_styles(style("Secret", "Secret", run="<w:vanish/>"), style("x", "Quote", run='<w:vanish w:val="0"/>'))

    assert read_brand(data, "office.docx").problems == ()


def test_a_style_defined_twice_is_named() -> None:
    assert refusals(with_styles(style("BodyText", "Body Text"), style("BodyText", "Other"))) == [
        "the style 'Other' is defined 2 times"
    ]


# --- headers ----------------------------------------------------------------------------

REFERENCE = '<w:headerReference w:type="default" r:id="header1"/>'


def with_header(content: str, link: str = "") -> bytes:
    parts = {"styles": styles(*DEFAULTS), "header1": header(content)}
    links = {"header1": relationships(link)} if link else {}
    return package(parts, section=REFERENCE + A4 + USUAL_MARGINS, links=links, media={"logo.png": image()})


def test_a_picture_that_lies_outside_the_file() -> None:
    link = relation("logo", "image", "file:///C:/logo.png", external=True)

    assert refusals(with_header(logo(), link)) == [
        "a picture or object in a header or footer lies outside the template, at file:///C:/logo.png"
    ]


def test_an_object_that_cannot_be_copied() -> None:
    link = relation("logo", "control", "activeX/activeX1.xml")

    assert refusals(with_header(logo(), link)) == [
        "a header or footer of the template holds an object that cannot be copied: control"
    ]


@pytest.mark.parametrize("target", ["document.xml", "header1.xml", "../[Content_Types].xml", "media/logo.xyz"])
def test_a_picture_that_is_none(target: str) -> None:
    data = unzipped(with_header(logo(), relation("logo", "image", target)))

    assert refusals(zipped(data | {"word/media/logo.xyz": image()})) == [
        f"the template is damaged: word/header1.xml leads to {normpath(f'word/{target}')}, which is no image"
    ]


def test_a_picture_that_is_missing() -> None:
    link = relation("logo", "image", "media/none.png")

    assert refusals(with_header(logo(), link)) == [
        "the template is damaged: word/header1.xml leads to word/media/none.png, which is missing"
    ]


def test_a_header_that_is_missing() -> None:
    data = package({"styles": styles(*DEFAULTS)}, section=REFERENCE + A4 + USUAL_MARGINS)

    assert refusals(data) == ["the template is damaged: its section names a header 'header1' that is missing"]


def test_what_nothing_shows_does_not_matter() -> None:
    """A picture that was deleted may leave its relationship behind."""
    gone = relation("logo", "image", "file:///C:/logo.png", external=True)

    assert read_brand(with_header(words("示例省"), gone), "office.docx").headers == {"default": "word/header1.xml"}


def test_all_problems_come_together() -> None:
    caption = 'w:type="{}" w:styleId="Caption"'
    based = '<w:name w:val="heading 3"/><w:basedOn w:val="{}"/>'
    data = changed(
        red_serif(),
        "word/styles.xml",
        (caption.format("paragraph"), caption.format("character")),
        (based.format("Normal"), based.format("Heading3")),
    )
    data = changed(data, "word/document.xml", (USUAL_MARGINS, ""))

    assert len(refusals(data)) == 3


@pytest.mark.parametrize("number", ["one", "١", "2147483647"])
def test_a_list_without_a_number_is_damage(number: str) -> None:
    data = changed(chinese_word(), "word/numbering.xml", ('w:num w:numId="1"', f'w:num w:numId="{number}"'))

    assert refusals(data) == ["the template is damaged: a list has no number"]
