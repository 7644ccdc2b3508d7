"""Documents in the manner of GB/T 9704 that several tests look at."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from docx_helpers import EDITIONS, in_language
from ipreport.cache import Cache
from ipreport.document import Document, Heading, Paragraph, text
from ipreport.fonts import Faces, find_faces
from ipreport.language import EN, ZH
from ipreport.style import OFFICIAL
from ipreport.writers import docx, pdf
from showcase import showcase

HAN = "全州知识产权工作稳中有进创造质量持续提高运用效益逐步显现保护力度不断加大服务能力明显增强"
"""Characters of one em each, none of which a line may not begin or end with."""


def plain_pages() -> Document:
    """Three pages and more of running text without a mark, in Chinese."""
    document = in_language(showcase(), ZH)
    words = Paragraph(text(ZH, (HAN * 60)[:2200]))
    return replace(document, blocks=(words,), comments=(), imprint=None, meta=replace(document.meta, notice=()))


def official(document: Document) -> bytes:
    """The Word file of a document."""
    return docx.write(document, OFFICIAL.led_by(document.meta.languages[0]))


@cache
def faces() -> Faces:
    """The faces of the theme that this machine has."""
    return find_faces(None, Cache(None), OFFICIAL.roles)


@cache
def plain() -> bytes:
    """The PDF of `plain_pages`."""
    return pdf.write(plain_pages(), OFFICIAL, faces(), Cache(None))


def numbered_showcase(edition: str) -> Document:
    """The showcase with numbered headings, the last without."""
    document, counts = EDITIONS[edition], [0, 0, 0]
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    marked = {}
    for heading in headings[:-1]:
        counts = [*counts[: heading.level - 1], counts[heading.level - 1] + 1, *[0] * (3 - heading.level)]
        number = counts[heading.level - 1]
        chinese = ("一二三"[number - 1] + "、", f"（{'一二三'[number - 1]}）", f"{number}.")[heading.level - 1]
        english = ".".join(map(str, counts[: heading.level])) + (". " if heading.level == 1 else " ")
        marker = english if document.meta.languages[0] is EN else chinese
        marked[heading.label] = replace(heading, marker=marker)
    blocks = (marked.get(block.label, block) if isinstance(block, Heading) else block for block in document.blocks)
    return replace(document, blocks=tuple(blocks))
