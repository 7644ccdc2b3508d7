"""What follows what in the body: paragraphs, tables, and the space and page breaks between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

from ipreport.writers.docx.markup import flag, twips


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: its style's id, its runs, and what only this one paragraph has.

    `style_before` and `style_after` are the space above and below that the style
    brings along, `before` and `after` what replaces it here; `indent` is the `w:ind` of a
    paragraph whose list is not its style's; `section` is the `w:sectPr` of the section that ends
    with it. `opening` and `closing` stand round its element. One that is `bound` keeps to the
    page of the paragraph before it.
    """

    style_id: str
    content: str
    style_before: float = 0.0
    style_after: float = 0.0
    keep_with_next: bool | None = None
    numbering: int | None = None
    numbering_level: int = 0
    indent: str = ""
    page_break: bool = False
    section: str = ""
    before: float | None = None
    after: float | None = None
    opening: str = ""
    closing: str = ""
    bound: bool = False

    def xml(self) -> str:
        """The `w:p` element, its properties in the order of 17.3.1.26."""
        numbering = (
            ""
            if self.numbering is None
            else f'<w:numPr><w:ilvl w:val="{self.numbering_level}"/><w:numId w:val="{self.numbering}"/></w:numPr>'
        )
        return (
            f'{self.opening}<w:p><w:pPr><w:pStyle w:val="{self.style_id}"/>{flag("keepNext", self.keep_with_next)}'
            f"{flag('pageBreakBefore', self.page_break or None)}{numbering}{self._spacing()}{self.indent}{self.section}"
            f"</w:pPr>{self.content}</w:p>{self.closing}"
        )

    def _spacing(self) -> str:
        if self.before is None and self.after is None:
            return ""
        sides = (("before", self.before), ("after", self.after))
        changed = "".join(f' w:{side}="{twips(points)}"' for side, points in sides if points is not None)
        return f"<w:spacing{changed}/>"


@dataclass(frozen=True, slots=True)
class Grid:
    """A finished `w:tbl` element."""

    table: str

    def xml(self) -> str:
        """The element as it stands."""
        return self.table


@dataclass(frozen=True, slots=True)
class Gap:
    """At least this much space between what precedes and what follows; none at the top of a page."""

    points: float


@dataclass(frozen=True, slots=True)
class Break:
    """What follows starts a new page. With `section`, a `w:sectPr`, the section of what precedes ends."""

    section: str | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """Paragraphs side by side, in cells of these `widths` in twentieths of a point: a row of a table to be made.

    One that is `whole` is not cut where a page ends.
    """

    cells: tuple[Para, ...]
    widths: tuple[int, ...]
    whole: bool


Item = Para | Grid | Beside | Gap | Break
SEPARATOR = Para("Separator", "")


class _Top(Enum):
    """Whether what comes next stands at the top of a page, and what brings it there."""

    NO = auto()
    AFTER_BREAK = auto()
    OF_SECTION = auto()
    """A section begins a page of its own."""


def assemble(items: Iterable[Para | Grid | Gap | Break]) -> str:
    """The XML of `items`.

    Space and page breaks go to the paragraphs next to them, so that no empty
    paragraph stands for either. Word joins tables that touch and wants a paragraph
    after the last one: only there a thin separator is set.
    """
    placed: list[Para | Grid] = []
    gap, top = 0.0, _Top.NO
    for item in items:
        match item:
            case Gap(points):
                gap = max(gap, points)
            case Break(section) if section is not None:
                _end_section(placed, section)
                gap, top = 0.0, _Top.OF_SECTION
            case Break():
                top = _Top.AFTER_BREAK if top is _Top.NO else top
            case Para():
                if item.bound and top is _Top.NO and placed and isinstance(placed[-1], Para):
                    placed[-1] = replace(placed[-1], keep_with_next=True)
                placed.append(_opened(placed, item, gap, top))
                gap, top = 0.0, _Top.NO
            case Grid():
                _make_room(placed, gap, top)
                placed.append(item)
                gap, top = 0.0, _Top.NO
    if placed and isinstance(placed[-1], Grid):
        placed.append(SEPARATOR)
    return "".join(item.xml() for item in placed)


def _end_section(placed: list[Para | Grid], section: str) -> None:
    """The last paragraph bears the section that ends with it (17.6.18); no table and no control can.

    Nor does the thin one in which a table of contents ends: LibreOffice 7.4 then drops page numbers from its feet.
    """
    last = placed[-1] if placed else None
    if isinstance(last, Para) and not last.closing and last.style_id != SEPARATOR.style_id:
        placed[-1] = replace(last, section=section)
    else:
        placed.append(replace(SEPARATOR, section=section))


def _opened(placed: list[Para | Grid], paragraph: Para, gap: float, top: _Top) -> Para:
    """`paragraph` with the space above it; at the top of a page there is none.

    Of the space below one paragraph and that above the next, Word and LibreOffice take the larger.
    """
    if top is not _Top.NO:
        page_break = top is _Top.AFTER_BREAK
        return replace(paragraph, page_break=page_break, before=0.0 if paragraph.style_before else None)
    last = placed[-1] if placed else None
    below = last.style_after if isinstance(last, Para) else 0.0
    return replace(paragraph, before=gap) if gap > max(paragraph.style_before, below) else paragraph


def _make_room(placed: list[Para | Grid], gap: float, top: _Top) -> None:
    """Set the space above a table, which has none of its own, below the paragraph before it."""
    last = placed[-1] if placed else None
    if top is _Top.AFTER_BREAK or isinstance(last, Grid):
        placed.append(replace(SEPARATOR, page_break=top is _Top.AFTER_BREAK))
    elif top is _Top.NO and last is not None and gap > last.style_after:
        placed[-1] = replace(last, after=gap)
