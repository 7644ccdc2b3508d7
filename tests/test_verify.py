"""The finished document is read back against the records (R24, R26) and one language against the other (R15)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from helpers import HAIXI
from ipreport.cache import Cache
from ipreport.compose import Content, compose, content_of, verify, verify_editions
from ipreport.document import (
    Block,
    BulletList,
    Callout,
    Document,
    DrawnItem,
    DrawnText,
    Figure,
    Paragraph,
    Rendered,
    Row,
    Span,
    Table,
    text,
)
from ipreport.figures import draw
from ipreport.fonts import find_faces
from ipreport.language import EN
from ipreport.outline import Edition
from ipreport.problems import Level
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
        spec.id: draw(spec, content.metrics, edition.languages, MODERN, faces, cache, content.marks)
        for spec in content.outline.figures()
    }
    return compose(content, edition, figures, date(2026, 11, 22))


def test_everything_printed_in_haixi_is_what_was_recorded(content: Content, document: Document) -> None:
    assert verify(document, content) == ()


def test_a_changed_number_in_a_text_is_found(content: Content, document: Document) -> None:
    changed = replace(document, blocks=tuple(swapped(block) for block in document.blocks))

    problem, not_read_back, *unequal = verify(changed, content)
    assert {(found.rule, found.level) for found in unequal} == {("R15", Level.BLOCK)}
    assert problem.rule == "R24"
    assert problem.message == "'365件' is printed for 'patent_invention_in_force', expected '356', '356件'"
    assert problem.origin is not None
    assert problem.origin.pointer == "patent_invention_in_force"
    assert (not_read_back.rule, not_read_back.message) == (
        "R26",
        "'365件', printed for 'patent_invention_in_force', reads as 364.5 to 365.5, which does not hold 356",
    )


def test_a_changed_number_in_a_chart_is_found(content: Content, document: Document) -> None:
    blocks = tuple(redrawn(block) if isinstance(block, Figure) else block for block in document.blocks)

    problem, not_read_back = verify(replace(document, blocks=blocks), content)
    assert (problem.rule, not_read_back.rule) == ("R24", "R26")
    assert problem.message == (
        "'占比24.8%' is printed for 'patent_invention_hv/share_of/patent_invention_in_force', "
        "expected '28.4%', '占比28.4%'"
    )


def test_a_paragraph_that_stands_in_one_language_only_is_found(content: Content, document: Document) -> None:
    english = next(b for b in document.blocks if isinstance(b, Paragraph) and b.text.language is EN)
    without = replace(document, blocks=tuple(block for block in document.blocks if block is not english))

    (problem,) = verify(without, content)
    assert problem.rule == "R15"
    assert problem.message.startswith("本期要点 › paragraph: '创造。全州有效发明专利356件")
    assert problem.message.endswith("stands in Chinese only")


def test_a_list_item_and_a_cell_in_one_language_only_are_found(content: Content, document: Document) -> None:
    def chinese_only(block: Block) -> Block:
        if isinstance(block, BulletList):
            return replace(block, items=tuple(item[:1] for item in block.items))
        return replace(block, body=tuple(map(first_language, block.body))) if isinstance(block, Table) else block

    problems = verify(replace(document, blocks=tuple(map(chinese_only, document.blocks))), content)
    messages = [problem.message for problem in problems]
    assert {problem.rule for problem in problems} == {"R15"}
    assert any("list, item 1" in message and "时点。" in message for message in messages)
    assert any(message.endswith("'356件' stands in Chinese only") for message in messages)


def first_language(row: Row) -> Row:
    return replace(row, cells=tuple(replace(cell, texts=cell.texts[:1]) for cell in row.cells))


def test_a_value_that_is_drawn_on_two_lines_is_read_as_one(content: Content, document: Document) -> None:
    def two_lines(item: DrawnItem) -> tuple[DrawnItem, ...]:
        if not isinstance(item, DrawnText) or item.text != "101 patents":
            return (item,)
        return replace(item, text="101"), replace(item, text="patents")

    blocks = tuple(drawn_by(block, two_lines) if isinstance(block, Figure) else block for block in document.blocks)
    assert verify(replace(document, blocks=blocks), content) == ()


def drawn_by(figure: Figure, change: Callable[[DrawnItem], tuple[DrawnItem, ...]]) -> Figure:
    items = tuple(new for item in figure.picture.drawing.items for new in change(item))
    return replace(figure, picture=replace(figure.picture, drawing=replace(figure.picture.drawing, items=items)))


def test_editions_of_one_language_each_are_compared(content: Content, document: Document) -> None:
    figures = {
        block.label.removeprefix("figure-"): rendered(block) for block in document.blocks if isinstance(block, Figure)
    }
    zh, en = (compose(content, edition, figures, date(2026, 11, 22)) for edition in (Edition.ZH, Edition.EN))
    shorter = replace(en, blocks=tuple(block for block in en.blocks if not isinstance(block, Callout)))

    assert verify_editions((zh, en), content) == ()
    assert verify_editions((document, zh), content) == ()
    (problem,) = verify_editions((zh, shorter), content)
    assert problem.rule == "R15"
    assert re.fullmatch(r"the Chinese edition has (\d+) texts, the English one (\d+)", problem.message)

    other = replace(en, masthead=replace(en.masthead, issue=(text(EN, "Issue 2"),)))
    (problem,) = verify_editions((zh, other), content)
    assert problem.message == "masthead: the numbers of the two languages differ: Chinese has '1', English has '2'"


def rendered(figure: Figure) -> Rendered:
    return Rendered(figure.picture, ())


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
