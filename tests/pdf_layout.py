"""What stands where on filled pages, without painting them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ipreport.cache import Cache
from ipreport.document import Block, PageBreak
from ipreport.fonts import Faces, find_faces
from ipreport.style import MODERN, Page
from ipreport.writers.pdf.atoms import Shaper
from ipreport.writers.pdf.blocks import document_boxes
from ipreport.writers.pdf.boxes import Box
from ipreport.writers.pdf.pages import Sheet, fill
from ipreport.writers.pdf.paragraph import TextBox
from ipreport.writers.pdf.setter import Setter
from showcase import showcase


@cache
def faces() -> Faces:
    return find_faces(cache=Cache(None))


@cache
def setter() -> Setter:
    return Setter(MODERN, Shaper(faces()))


def boxes_of(*blocks: Block) -> list[Box | PageBreak]:
    """The boxes of blocks, without the masthead."""
    document = replace(showcase(), blocks=blocks)
    return document_boxes(document, setter())[1:]


def page_for(height: float, width: float = MODERN.page.text_width) -> Page:
    """A page with a type area of `width` by `height`."""
    page = MODERN.page
    return replace(page, height=page.top + height + page.bottom, width=page.left + width + page.right)


def filled(height: float, *blocks: Block, width: float = MODERN.page.text_width) -> tuple[Sheet, ...]:
    """The pages of blocks with a type area of `width` by `height`."""
    return fill(boxes_of(*blocks), page_for(height, width))


def leaves(boxes: Sequence[Box]) -> Iterator[TextBox]:
    """The paragraphs of boxes in reading order."""
    for box in boxes:
        if isinstance(box, TextBox):
            yield box
        else:
            yield from leaves(box.inner)


@dataclass(frozen=True)
class Said:
    """The words of a page's text and those of its notes, spaces left out."""

    body: str
    foot: str


def said(sheets: Sequence[Sheet]) -> list[Said]:
    return [
        Said(*(_words(boxes) for boxes in ([box for _, box in sheet.placed], sheet.foot.notes))) for sheet in sheets
    ]


def _words(boxes: Sequence[Box]) -> str:
    return "".join("".join(box.lines) for box in leaves(boxes)).replace(" ", "")
