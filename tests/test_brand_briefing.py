"""`brand:` in briefing.yaml, from the file in the folder to the finished Word file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # it has no stubs
import pytest

import ipreport
from brand_templates import chinese_word, with_logo
from docx_helpers import W, part
from helpers import BRIEFING, Copy, build_refusal, everything_below
from ipreport.document import Rendered
from ipreport.pipeline import story
from ipreport.problems import Level
from ipreport.tracing import Kind
from office_parts import DEFAULTS, changed, package, style, styles, theme, unzipped
from ooxml_lint import lint


@pytest.fixture
def branded(small: Copy) -> Copy:
    """A small briefing with a template whose header has numbers."""
    template = changed(with_logo(), "word/header1.xml", ("奇数页", "电话0977-1234567"))
    small.overwrite("office.dotx", changed(template, "[Content_Types].xml", ("document.main", "template.main")))
    small.change(BRIEFING, "number: 1\n", "number: 1\nbrand: office.dotx\n")
    return small


def word_files(built: ipreport.Built) -> list[Path]:
    return [path for path in built.documents if path.suffix == ".docx"]


def test_word_files_are_in_the_offices_template_and_pdf_files_are_not(branded: Copy) -> None:
    built = branded.build()
    in_pdf = {path.name: path.read_bytes() for path in built.documents if path.suffix == ".pdf"}

    for path in word_files(built):
        file = path.read_bytes()
        assert lint(file) == []
        margins = part(file).find(f".//{W}sectPr/{W}pgMar")
        assert margins is not None
        assert margins.get(W + "left") == "1800"
    branded.change(BRIEFING, "brand: office.dotx\n", "")
    pages = {path.name: page_sizes(path.read_bytes()) for path in branded.build().documents if path.suffix == ".pdf"}
    assert {name: page_sizes(data) for name, data in in_pdf.items()} == pages


def test_fonts_that_the_template_asks_for_and_no_file_can_carry_are_told(small: Copy) -> None:
    ipreport.template(small.folder / "office.dotx", theme="official")
    small.change(BRIEFING, "number: 1\n", "number: 1\nbrand: office.dotx\nembed-fonts: subset\n")

    built = small.build(editions=["zh"])

    (told,) = [problem for problem in built.warnings if "do not carry" in problem.message]
    assert told.level is Level.WARN
    assert "FangSong" in told.message
    assert "SimHei" in told.message
    (word,) = word_files(built)
    assert not any(name.endswith(".odttf") for name in unzipped(word.read_bytes()))


@pytest.mark.parametrize("theme_of_template", ["modern", None])
def test_where_word_files_carry_all_fonts_or_none_is_asked_for_nothing_is_told(
    small: Copy, theme_of_template: str | None
) -> None:
    asked = "embed-fonts: subset\n" if theme_of_template else ""
    ipreport.template(small.folder / "office.dotx", theme=theme_of_template or "official")
    small.change(BRIEFING, "number: 1\n", f"number: 1\nbrand: office.dotx\n{asked}")

    built = small.build(editions=["zh"])

    assert not any("do not carry" in problem.message for problem in built.warnings)
    (word,) = word_files(built)
    assert any(name.endswith(".odttf") for name in unzipped(word.read_bytes())) == bool(asked)


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_size() for page in document]


def test_every_number_of_the_file_is_known(branded: Copy) -> None:
    """Those of the template's header too, which are the office's own."""
    for path in word_files(branded.build()):
        traced = ipreport.trace(path)
        assert traced.sound
        assert not [number for number in traced.numbers if number.kind is Kind.UNKNOWN]
        letterhead = [number.text for number in traced.numbers if "0977" in number.text]
        assert letterhead == ["示例省知识产权局 电话0977-1234567"]


def test_the_same_bytes_twice(branded: Copy) -> None:
    first = {path.name: path.read_bytes() for path in word_files(branded.build())}
    second = {path.name: path.read_bytes() for path in word_files(branded.build())}

    assert first == second


def test_a_template_that_cannot_be_one_stops_the_build_and_writes_nothing(small: Copy) -> None:
    data = package({"styles": styles(*DEFAULTS, style("x", "题注", kind="character"))})
    small.overwrite("office.docx", data)
    small.change(BRIEFING, "number: 1\n", "number: 1\nbrand: office.docx\n")
    before = everything_below(small.root)

    assert build_refusal(small) == (
        "office.docx: block: the style '题注' (Word's 'caption') is expected to be a paragraph style,"
        " and is a character style in the template\n"
        "    hint: rename it in the template; a paragraph style 'caption' is then added"
    )
    assert small.check() == [build_refusal(small)]
    assert everything_below(small.root) == before


def test_what_is_not_taken_over_is_told_and_stops_nothing(small: Copy) -> None:
    small.overwrite("office.docx", chinese_word())
    small.change(BRIEFING, "number: 1\n", "number: 1\nbrand: office.docx\n")

    told = [line for line in small.check() if "template" in line]

    assert told == [
        "office.docx: note: the protection of the template is not taken over: the briefing can be edited",
        "office.docx: note: the template records changes; the briefing starts without that",
        "office.docx: note: the template that this one is attached to is not taken over: its own styles are",
    ]
    assert word_files(small.build())


def test_contents_have_the_pages_of_the_offices_page(small: Copy) -> None:
    """On a page of half the size headings begin later than in the PDF."""
    half = '<w:pgSz w:w="8391" w:h="8391"/><w:pgMar w:top="567" w:right="567" w:bottom="567" w:left="567"/>'
    small.overwrite("office.docx", package({"styles": styles(*DEFAULTS)}, section=half))
    small.change(BRIEFING, "    blocks:\n      - text:", "    blocks:\n      - contents: {}\n      - text:")
    usual = last_page_listed(word_files(small.build())[0])
    small.change(BRIEFING, "number: 1\n", "number: 1\nbrand: office.docx\n")

    assert last_page_listed(word_files(small.build())[0]) > usual


def last_page_listed(path: Path) -> int:
    """The greatest page in the tables of contents."""
    pages = [0]
    for paragraph in part(path.read_bytes()).iter(W + "p"):
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        if named is not None and str(named.get(W + "val")).startswith("Toc"):
            words = "".join(piece.text or "" for piece in paragraph.iter(W + "t"))
            digits = words[len(words.rstrip("0123456789")) :]
            pages += [int(digits)] if digits else []
    return max(pages)


def test_figures_of_word_files_are_drawn_for_the_offices_page_and_in_its_accent(small: Copy) -> None:
    """Not scaled down with their letters; the PDF and the files in figures/ stay as they are."""
    narrow = '<w:pgSz w:w="9978" w:h="14173"/><w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850"/>'
    usual = charts(small.build())
    small.overwrite("office.docx", package({"styles": styles(*DEFAULTS), "theme": theme("8B0000")}, section=narrow))
    small.change(BRIEFING, "number: 1\n", "number: 1\nbrand: office.docx\n")
    built = small.build()

    assert charts(built) == usual
    for path in word_files(built):
        vectors = [data.decode() for name, data in unzipped(path.read_bytes()).items() if name.endswith(".svg")]
        assert vectors
        width = (9978 - 2 * 850) / 20
        assert [re.search(r'width="([\d.]+)pt"', vector)[1] for vector in vectors] == [f"{width:g}"] * len(vectors)  # type: ignore[index]
        assert all("#8b0000" in vector for vector in vectors)


def test_figures_of_word_files_are_held_to_the_records_as_all_others_are(
    small: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.overwrite("office.docx", package({"styles": styles(*DEFAULTS), "theme": theme("8B0000")}))
    small.change(BRIEFING, "number: 1\n", "number: 1\nbrand: office.docx\n")
    monkeypatch.setattr(story, "_draw", _with_another_value(story._draw))

    with pytest.raises(ipreport.ReportError, match=r"R24.*'777' is printed for 'patent_invention_hv'"):
        small.build(editions=["zh"])
    assert not (small.root / "output").exists()


def _with_another_value(draw: Callable[..., dict[str, Rendered]]) -> Callable[..., dict[str, Rendered]]:
    """Draws one value wrong in the figures of Word files, which leave no journal."""

    def drawn(*arguments: Any) -> dict[str, Rendered]:
        return {name: each if len(arguments) > 3 else _wrong(each) for name, each in draw(*arguments).items()}

    return drawn


def _wrong(figure: Rendered) -> Rendered:
    drawing = figure.picture.drawing
    first = next(n for n, item in enumerate(drawing.items) if getattr(item, "value_key", "") == "patent_invention_hv")
    items = (*drawing.items[:first], replace(drawing.items[first], text="777"), *drawing.items[first + 1 :])
    return replace(figure, picture=replace(figure.picture, drawing=replace(drawing, items=items)))


def test_charts_alone_need_no_template(small: Copy) -> None:
    small.overwrite("office.docx", b"junk")
    small.change(BRIEFING, "number: 1\n", "number: 1\nbrand: office.docx\n")

    assert ipreport.draw_figures(small.folder, figures=small.root / "figures").files


def charts(built: ipreport.Built) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in built.figures}
