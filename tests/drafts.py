"""Drafts of briefings, and what their remarks say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from helpers import HAIXI
from ipreport.document import Comment, Document, Paragraph
from ipreport.outline import Edition
from ipreport.pipeline import story
from ipreport.pipeline.checked import checked

BROAD = (
    "      - text:\n          zh: 共48次，全国首家{}。\n          en: In all 48 visits; the first one in the country.\n"
)
"""A text of which rules and checks warn, in either language."""


def drafted(folder: Path, edition: Edition = Edition.BILINGUAL, *, draft: bool = True) -> Document:
    """The document of an edition, a draft unless it is to be final."""
    ready = checked(folder, None, accept_warnings=True)
    ready.stop_if_blocked()
    drawn = story._draw(ready.content, edition, ready.formats)
    return story._composed(ready, edition, drawn, draft=draft)


@cache
def haixi(edition: Edition = Edition.BILINGUAL, *, draft: bool = True) -> Document:
    """The same of the shipped briefing."""
    return drafted(HAIXI, edition, draft=draft)


def told(document: Document) -> list[tuple[str, str, str | None]]:
    """Of each remark: the block it stands at, its first line in the first language, the value it points at."""
    return [
        (_name(document, comment), comment.texts[0].plain().partition("\n")[0], comment.value_key)
        for comment in document.comments
    ]


def _name(document: Document, comment: Comment) -> str:
    block = document.blocks[comment.block]
    if isinstance(block, Paragraph):
        return f"{block.text.language} {block.text.plain()[:6]}"
    return getattr(block, "label", type(block).__name__)
