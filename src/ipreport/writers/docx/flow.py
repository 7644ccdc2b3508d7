"""What follows what in the body: paragraphs, tables, and the space and page breaks between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .markup import flag, twips


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: its style's id, its runs, and what only this one paragraph has.

    `style_before` is the space above that the style brings along.
    """

    style_id: str
    content: str
    style_before: float = 0.0
    keep_with_next: bool | None = None
    numbering: int | None = None
    page_break: bool = False
    before: float | None = None

    def xml(self) -> str:
        """The `w:p` element, its properties in the order of 17.3.1.26."""
        numbering = (
            ""
            if self.numbering is None
            else f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self.numbering}"/></w:numPr>'
        )
        before = "" if self.before is None else f'<w:spacing w:before="{twips(self.before)}"/>'
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{self.style_id}"/>{flag("keepNext", self.keep_with_next)}'
            f"{flag('pageBreakBefore', self.page_break or None)}{numbering}{before}</w:pPr>{self.content}</w:p>"
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """A finished `w:tbl` element."""

    xml: str


@dataclass(frozen=True, slots=True)
class Gap:
    """At least this much space between what precedes and what follows; none at the top of a page."""

    points: float


@dataclass(frozen=True, slots=True)
class Break:
    """What follows starts a new page."""


Item = Para | Grid | Gap | Break
SEPARATOR = Para("Separator", "")


def assemble(items: Iterable[Item]) -> str:
    """The XML of `items`.

    Space and page breaks go to the paragraph they precede, so that no empty
    paragraph stands for either. Word joins tables that touch and wants a paragraph
    after the last one: only there a thin separator is set.
    """
    parts: list[str] = []
    gap, page_break, after_table = 0.0, False, False
    for item in items:
        match item:
            case Gap(points):
                gap = max(gap, points)
            case Break():
                page_break = True
            case Para():
                before = gap if gap > item.style_before and not page_break else item.before
                parts.append(replace(item, page_break=page_break, before=before).xml())
                gap, page_break, after_table = 0.0, False, False
            case Grid():
                if after_table or page_break:
                    parts.append(replace(SEPARATOR, page_break=page_break).xml())
                parts.append(item.xml)
                gap, page_break, after_table = 0.0, False, True
    if after_table or page_break:
        parts.append(replace(SEPARATOR, page_break=page_break).xml())
    return "".join(parts)
