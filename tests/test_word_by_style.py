"""Nothing in a Word file is done by hand: no look, no space by empty paragraphs, no number.

All of the showcase and of the shipped briefings is looked at, in both themes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from lxml import etree

from docx_helpers import EDITIONS, W, names_of, part, style_of, with_part, words_in, written
from ipreport.document import CAPTION_WORDS, BulletList, Document, Figure, Heading, Table
from ipreport.style import MODERN, OFFICIAL
from ipreport.writers.docx import write
from libreoffice import headings_and_titles
from official_samples import numbered_showcase, official
from ooxml_lint import lint
from shipped import NAMES, Shipped
from showcase import draft
from word_numbers import shown_numbers

SHOWCASE: dict[str, Callable[[], tuple[Document, bytes]]] = {
    **{f"showcase.{each}.modern": lambda each=each: (EDITIONS[each], written(each)) for each in EDITIONS},
    **{
        f"showcase.{each}.official": lambda each=each: (numbered_showcase(each), official(numbered_showcase(each)))
        for each in EDITIONS
    },
    "showcase.draft.modern": lambda: (draft(), write(draft(), MODERN)),
    "showcase.draft.official": lambda: (draft(), write(draft(), OFFICIAL)),
}


@pytest.fixture(params=[*SHOWCASE, *NAMES])
def made(request: pytest.FixtureRequest) -> tuple[Document, bytes]:
    """A document and its Word file."""
    if request.param in SHOWCASE:
        return SHOWCASE[request.param]()
    shipped: dict[str, Shipped] = request.getfixturevalue("shipped")
    return shipped[request.param].document, shipped[request.param].word


# --- looks -------------------------------------------------------------------------------

OF_THE_PLACE = {
    "pPr": {"pStyle", "keepNext", "pageBreakBefore", "numPr", "sectPr"},
    "rPr": {"rStyle", "lang", "webHidden"},
    "tblPr": {"tblStyle", "tblW", "tblLayout", "tblLook", "tblCaption", "tblDescription"},
    "trPr": {"cantSplit", "tblHeader"},
    "tcPr": {"tcW", "gridSpan", "vMerge"},
}
"""What no style can say: which style, language, width, span, and what stays together in this place."""
STORIES = re.compile(r"word/(document|footnotes|comments|header\d+|footer\d+)\.xml")


def stories(package: bytes) -> Iterator[etree._Element]:
    """What is printed or remarked, without the rules that Word draws above footnotes itself (17.18.33)."""
    for name in filter(STORIES.fullmatch, names_of(package)):
        root = part(package, name)
        for note in root.findall(W + "footnote"):
            if note.get(W + "type") is not None:
                root.remove(note)
        yield root


def by_hand(package: bytes) -> list[str]:
    """Every look that a place has by itself and not by its style, in words."""
    return [
        f"{etree.QName(each).localname} of {style_of(_paragraph(each))}"
        for root in stories(package)
        for properties in root.iter(*(W + name for name in OF_THE_PLACE))
        for each in properties
        if etree.QName(each).localname not in OF_THE_PLACE[etree.QName(properties).localname] and not _reason(each)
    ]


def _paragraph(element: etree._Element) -> etree._Element:
    """The paragraph that `element` is in, or the first one that is in what it is a property of."""
    found = next(element.iterancestors(W + "p"), None)
    if found is None:
        found = next(element.getparent().getparent().iter(W + "p"))  # type: ignore[union-attr]  # properties are of something
    return found


def _reason(element: etree._Element) -> str:
    """Why a look is set here; nothing if no style could not have said it."""
    paragraph, name = _paragraph(element), etree.QName(element).localname
    style = style_of(paragraph)
    if name == "spacing":
        return _reason_of_space(paragraph)
    if name == "ind" and paragraph.find(f"{W}pPr/{W}numPr/{W}numId[@{W}val='0']") is not None:
        return "a heading without a number is left out of the list, whose indent it would have"
    if name == "shd" and style.startswith("TableGroup"):
        return "a table style does not know rows that head others"
    if name == "tcBorders" and style.startswith("TableHead"):
        return "LibreOffice does not take the last row of a head of two for a head"
    if name in {"shd", "tcBorders"} and _is_doubtful(element):
        return "a table style does not know cards in doubt"
    if name == "rFonts" and all(etree.QName(key).localname in {"hint", "eastAsiaTheme"} for key in element.attrib):
        return "shared punctuation takes the face of its language"
    run = element.getparent().getparent()  # type: ignore[union-attr]  # run properties are of a run
    if name == "noProof" and run.find(W + "pict") is not None:
        return "what is drawn has no words to proof"
    if name == "rFonts" and re.fullmatch(r"[\u2460-\u24ff]+", words_in(run)):
        return "LibreOffice counts circled numbers as Latin"
    return ""


def _reason_of_space(paragraph: etree._Element) -> str:
    if _is_beside_a_table(paragraph):
        return "a table has no space of its own, so that the paragraph beside it has it"
    if _is_above_the_end_of_columns(paragraph):
        return "of the space below columns and that above what follows Word would take both"
    return "there is no space at the top of a page" if _begins_a_page(paragraph) else ""


def _begins_a_page(paragraph: etree._Element) -> bool:
    last = paragraph.getprevious()
    return paragraph.find(f"{W}pPr/{W}pageBreakBefore") is not None or (
        last is not None and last.find(f"{W}pPr/{W}sectPr") is not None
    )


def _is_beside_a_table(paragraph: etree._Element) -> bool:
    near = [paragraph.getprevious(), paragraph.getnext()]
    control = next(paragraph.iterancestors(W + "sdt"), None)
    if control is not None and near[0] is None:  # the first line of a table of contents
        near.append(control.getprevious())
    return any(each is not None and each.tag == W + "tbl" for each in near)


def _is_above_the_end_of_columns(paragraph: etree._Element) -> bool:
    """Whether this stands in the last row of columns side by side."""
    row = next(paragraph.iterancestors(W + "tr"), None)
    return row is not None and row.getnext() is None and "Column" in style_of(paragraph)


def _is_doubtful(element: etree._Element) -> bool:
    """Whether this is of a card in doubt, which may go on in the row of its trend line."""
    cell = next(element.iterancestors(W + "tc"), None)
    if cell is None:
        return False
    row = next(cell.iterancestors(W + "tr"))
    place = row.findall(W + "tc").index(cell)
    rows = row.getparent().findall(W + "tr")  # type: ignore[union-attr]  # a row stands in a table
    styles = [style_of(each) for other in rows for each in other.findall(W + "tc")[place].iter(W + "p")]
    return any(each.endswith(("Doubtful", "DoubtfulEnglish")) for each in styles)


def test_no_look_is_set_that_a_style_could_carry(made: tuple[Document, bytes]) -> None:
    assert by_hand(made[1]) == []


@pytest.mark.parametrize(
    ("place", "look", "found"),
    [
        ('<w:pStyle w:val="BodyText"/>', '<w:jc w:val="both"/>', "jc of BodyText"),
        ('<w:pStyle w:val="BodyText"/>', '<w:spacing w:after="60"/>', "spacing of BodyText"),
        ('<w:rStyle w:val="Strong"/>', "<w:b/>", "b of BodyText"),
        ('<w:rStyle w:val="Strong"/>', '<w:rFonts w:ascii="Arial"/>', "rFonts of BodyText"),
        ('<w:tblStyle w:val="BriefingTable"/>', '<w:jc w:val="center"/>', "jc of TableHead"),
        ("<w:tblHeader/>", '<w:jc w:val="center"/>', "jc of TableHead"),
    ],
)
def test_a_look_set_by_hand_is_found(place: str, look: str, found: str) -> None:
    assert by_hand(with_part(written(), "word/document.xml", place, f"{place}{look}")) == [found]


def test_every_paragraph_names_its_style(made: tuple[Document, bytes]) -> None:
    assert [words_in(each) for root in stories(made[1]) for each in root.iter(W + "p") if not style_of(each)] == []


# --- space -------------------------------------------------------------------------------


def test_no_empty_paragraph_stands_for_space(made: tuple[Document, bytes]) -> None:
    assert [line for line in lint(made[1]) if "empty paragraph" in line] == []


EMPTY = '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr></w:p>'
SPACE = EMPTY.replace("</w:p>", '<w:r><w:t xml:space="preserve"> \u3000</w:t></w:r></w:p>')


@pytest.mark.parametrize("paragraph", [EMPTY, SPACE], ids=["nothing", "spaces"])
@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("word/document.xml", "<w:body>"),
        ("word/document.xml", "<w:sdtContent>"),
        ("word/document.xml", "</w:tcPr>"),
        ("word/footnotes.xml", '<w:footnote w:id="1">'),
    ],
    ids=["body", "contents", "cell", "footnote"],
)
def test_an_empty_paragraph_is_found(name: str, place: str, paragraph: str) -> None:
    found = lint(with_part(written(), name, place, f"{place}{paragraph}"))
    assert [line for line in found if "empty paragraph" in line] != []


# --- numbers -----------------------------------------------------------------------------

RUNNING = re.compile(r"(Heading|BodyText|Summary|List|Quote|Callout)")
COUNTED = re.compile(r"\s*(\d+[.、．)）]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|[•·▪–]\s)")
"""The marks of list items and the numbers of headings, as somebody would type them."""


def test_headings_and_lists_are_counted_by_word(made: tuple[Document, bytes]) -> None:
    document, package = made
    headings = [block for block, titles in headings_and_titles(document) if not titles]
    plain = [(each.marker, "".join(text.plain() for text in each.texts).replace("\n", "")) for each in headings]
    assert shown_numbers(package) == plain
    lists = [block for block in document.blocks if isinstance(block, BulletList)]
    marks = [
        f"{number}.\t" if block.ordered else "•\t"
        for block in lists
        for number, item in enumerate(block.items, 1)
        for _ in (item if block.side_by_side else item[:1])
    ]
    assert [mark for mark, _ in shown_numbers(package, "List(Bullet|Number)(Column(English)?)?")] == marks
    paragraphs = [each for each in part(package).iter(W + "p") if RUNNING.match(style_of(each))]
    assert [words for words in map(words_in, paragraphs) if COUNTED.match(words)] == []


def test_captions_are_counted_by_fields(made: tuple[Document, bytes]) -> None:
    document, package = made
    captions = [block.caption for block in document.blocks if isinstance(block, Figure | Table) and block.caption]
    found = [each for each in part(package).iter(W + "p") if style_of(each) in {"Caption", "TableCaption"}]
    for caption, paragraph in zip(captions, found, strict=True):
        fields = [str(each.text).split()[0] for each in paragraph.iter(W + "instrText")]
        assert fields == ["SEQ", *["REF"] * (len(caption.texts) - 1)]
        typed = "".join(_outside_fields(paragraph))
        assert all(
            f"{CAPTION_WORDS[caption.kind][text.language]}{caption.number}" not in typed for text in caption.texts
        )


def _outside_fields(paragraph: etree._Element) -> Iterator[str]:
    depth = 0
    for each in paragraph.iter(W + "fldChar", W + "t"):
        depth += {"begin": 1, "end": -1}.get(str(each.get(W + "fldCharType")), 0)
        if not depth:
            yield each.text or ""


def test_the_samples_have_something_to_count(shipped: dict[str, Shipped]) -> None:
    documents = [numbered_showcase("zh"), *(each.document for each in shipped.values())]
    blocks = [block for document in documents for block in document.blocks]
    assert any(isinstance(block, Heading) and block.marker for block in blocks)
    assert any(isinstance(block, BulletList) and block.ordered for block in blocks)
