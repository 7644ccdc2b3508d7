"""A template to start from: every style of the house, each with a paragraph that shows it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date

from ipreport.document import (
    Align,
    Callout,
    Caption,
    CaptionKind,
    Card,
    Cards,
    CardState,
    Cell,
    Column,
    Document,
    Heading,
    Masthead,
    Meta,
    Row,
    RowRole,
    Table,
    Texts,
    text,
)
from ipreport.language import BY_CODE, ZH, Language, Localized
from ipreport.style import Style
from ipreport.writers.docx import runs, sample_texts
from ipreport.writers.docx.brand.names import chinese
from ipreport.writers.docx.brand.opc import TYPES
from ipreport.writers.docx.brand.wordml import Element, W, parse, serialise, val
from ipreport.writers.docx.markup import DECLARATION, R, escape
from ipreport.writers.docx.markup import W as W_DECLARED
from ipreport.writers.docx.names import Name
from ipreport.writers.docx.package import zipped
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.writer import write

_MAIN, _STYLES = "word/document.xml", "word/styles.xml"
_STAMP = date(1980, 1, 1)
"""The date in its properties: that of every file in a container without a clock."""
_UNSEEN = {"Separator"}
"""A style that is nothing but space."""
_DOCUMENT_TYPE, _TEMPLATE_TYPE = b"wordprocessingml.document.main+xml", b"wordprocessingml.template.main+xml"


def starter(style: Style, languages: tuple[Language, ...], *, template: bool) -> bytes:
    """A Word document, or with `template` a Word template (.dotx), in the look of `style`.

    Its styles are those of an edition in `languages`: the first has the plain names. Equal
    input gives equal bytes.
    """
    with zipfile.ZipFile(io.BytesIO(write(_sample(languages), style))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sheet = Sheet(style, languages)
    main = parse(files[_MAIN])
    body = main.find(W + "body")
    last = None if body is None else body.find(W + "sectPr")
    if last is None:
        raise ValueError("the main document has no section")
    for paragraph in _paragraphs(parse(files[_STYLES]), languages):
        last.addprevious(paragraph)
    files[_MAIN] = serialise(main)
    for name in sorted(files):
        if name.startswith("word/header"):
            files[name] = _header(sheet).encode("utf-8")
    if template:
        files[TYPES] = files[TYPES].replace(_DOCUMENT_TYPE, _TEMPLATE_TYPE)
    return zipped(files)


def _texts(said: Localized, languages: tuple[Language, ...]) -> Texts:
    return tuple(text(language, said[language]) for language in languages)


def _sample(languages: tuple[Language, ...]) -> Document:
    """A document that shows what is more than a paragraph."""

    def each(said: Localized) -> Texts:
        return _texts(said, languages)

    right = Align.RIGHT
    table = Table(
        label="sample",
        caption=Caption(CaptionKind.TABLE, 1, each(sample_texts.TABLE_TITLE)),
        columns=(Column(2), Column(1, right)),
        head=(Row((Cell(each(sample_texts.ITEM)), Cell(each(sample_texts.VALUE), align=right))),),
        body=(
            Row((Cell(each(sample_texts.GROUP), span=2),), RowRole.GROUP),
            *(Row((Cell(each(sample_texts.ROW)), Cell(_once(sample_texts.UNIT, languages)))) for _ in range(3)),
        ),
        notes=(each(sample_texts.TABLE_REMARK),),
        description=each(sample_texts.TABLE_TITLE),
    )
    value, detail = _once(sample_texts.UNIT, languages), each(sample_texts.DETAIL)
    cards = (
        Card(each(sample_texts.CARD), value, detail),
        Card(each(sample_texts.DOUBTFUL), value, detail, CardState.DOUBTFUL),
    )
    blocks = (
        Callout(each(sample_texts.HOW_TO)),
        Heading(1, "figures", each(sample_texts.FIGURES_HEADING)),
        Cards(cards, per_row=2),
        table,
        Heading(1, "styles", each(sample_texts.STYLES_HEADING)),
    )
    return Document(_meta(languages), Masthead((), each(sample_texts.TITLE), (), (), ()), blocks)


def _once(said: Localized, languages: tuple[Language, ...]) -> Texts:
    return _texts(said, languages[:1])


def _meta(languages: tuple[Language, ...]) -> Meta:
    return Meta(
        title=" / ".join(sample_texts.TITLE[language] for language in languages),
        subject="",
        author="",
        keywords=(),
        edition="template",
        languages=languages,
        running_head=(),
        notice=(),
        stamp=_STAMP,
    )


def _paragraphs(styles: Element, languages: tuple[Language, ...]) -> Iterator[Element]:
    """A paragraph for every style of paragraphs and of characters, in the order of the list."""
    for style in styles.iterfind(W + "style"):
        kind, name, style_id = style.get(W + "type"), val(style, "name") or "", style.get(W + "styleId", "")
        if style.get(W + "default") == "1" or kind not in {"paragraph", "character"} or name in _UNSEEN:
            continue
        language, base = _language_of(name, languages)
        shown = _shown(name, base, language)
        role = None if kind == "paragraph" else style_id
        properties = f'<w:pPr><w:pStyle w:val="{escape(style_id)}"/></w:pPr>' if kind == "paragraph" else ""
        content = _words(shown, language, role)
        yield parse(f"<w:p {W_DECLARED}>{properties}{content}</w:p>".encode())


def _shown(name: str, base: str, language: Language) -> str:
    """The name of a style, as Chinese Word lists it too, and what it is for."""
    said = sample_texts.PURPOSES.get(base)
    if language is not ZH:
        return name if said is None else f"{name}: {said[language]}"
    own = chinese(name)
    listed = name if own is None else f"{name}（{own}）"
    return listed if said is None else f"{listed}：{said[language]}"


def _words(shown: str, language: Language, character_style: str | None) -> str:
    """Runs without a face of their own: the style is to show itself."""
    named = f'<w:rStyle w:val="{escape(character_style)}"/>' if character_style else ""
    speech = f'<w:lang w:val="en-US" w:eastAsia="{language.tag}"/>'
    return f'<w:r><w:rPr>{named}{speech}</w:rPr><w:t xml:space="preserve">{escape(shown)}</w:t></w:r>'


def _language_of(name: str, languages: tuple[Language, ...]) -> tuple[Language, str]:
    """The language that a style is for, and its name without it."""
    for language in BY_CODE.values():
        base = name.removesuffix(f" {language.name}")
        if base != name:
            return language, base
    return languages[0], name


def _header(sheet: Sheet) -> str:
    """A header with a prompt, which stays out of briefings as long as nobody writes over it (17.5.2.39)."""
    said = _texts(sample_texts.HEAD_PLACEHOLDER, (sheet.primary,))[0]
    font = sheet.text_style(Name.HEADER, sheet.primary).font
    prompt = runs.runs(said.plain(), said.language, font)
    style = f'<w:pPr><w:pStyle w:val="{sheet.style_id(Name.HEADER, sheet.primary)}"/></w:pPr>'
    control = '<w:sdtPr><w:id w:val="49500100"/><w:showingPlcHdr/></w:sdtPr>'
    content = f"{style}<w:sdt>{control}<w:sdtContent>{prompt}</w:sdtContent></w:sdt>"
    return f"{DECLARATION}<w:hdr {W_DECLARED} {R}><w:p>{content}</w:p></w:hdr>"
