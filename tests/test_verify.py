"""The finished document is read back against the records (R24)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from helpers import HAIXI
from ipreport.cache import Cache
from ipreport.compose import Content, compose, content_of, verify
from ipreport.document import Document, DrawnText, Figure, Paragraph, Span
from ipreport.figures import draw
from ipreport.fonts import find_faces
from ipreport.outline import Edition
from ipreport.readers import read
from ipreport.rules import findings
from ipreport.style import MODERN


@pytest.fixture(scope="module")
def content() -> Content:
    source = read(HAIXI)
    return content_of(source.outline, source.metrics, findings(source.metrics))


@pytest.fixture(scope="module")
def document(content: Content, warm_cache: Path) -> Document:
    cache = Cache(warm_cache)
    faces, edition = find_faces(cache=cache), Edition.BILINGUAL
    figures = {
        spec.id: draw(spec, content.metrics, edition.languages, MODERN, faces, cache, content.marks, 455)
        for spec in content.outline.figures()
    }
    return compose(content, edition, figures, date(2026, 11, 22))


def test_everything_printed_in_haixi_is_what_was_recorded(content: Content, document: Document) -> None:
    assert verify(document, content) == ()


def test_a_changed_number_in_a_text_is_found(content: Content, document: Document) -> None:
    changed = replace(document, blocks=tuple(swapped(block) for block in document.blocks))

    (problem,) = verify(changed, content)
    assert problem.rule == "R24"
    assert problem.message == "'365件' is printed for 'patent_invention_in_force', expected '356', '356件'"
    assert problem.origin is not None
    assert problem.origin.pointer == "patent_invention_in_force"


def test_a_changed_number_in_a_chart_is_found(content: Content, document: Document) -> None:
    blocks = tuple(redrawn(block) if isinstance(block, Figure) else block for block in document.blocks)

    (problem,) = verify(replace(document, blocks=blocks), content)
    assert problem.message == (
        "'占比24.8%' is printed for 'patent_invention_hv/share_of/patent_invention_in_force', "
        "expected '28.4%', '占比28.4%'"
    )


def swapped(block: object) -> object:
    """The first Chinese paragraph with two digits exchanged."""
    if not isinstance(block, Paragraph):
        return block
    inlines = tuple(
        replace(inline, text="365件") if isinstance(inline, Span) and inline.text == "356件" else inline
        for inline in block.text.inlines
    )
    return replace(block, text=replace(block.text, inlines=inlines))


def redrawn(figure: Figure) -> Figure:
    """A chart whose Chinese share has its digits exchanged."""
    items = tuple(
        replace(item, text="占比24.8%") if isinstance(item, DrawnText) and item.text == "占比28.4%" else item
        for item in figure.picture.drawing.items
    )
    drawing = replace(figure.picture.drawing, items=items)
    return replace(figure, picture=replace(figure.picture, drawing=drawing))
