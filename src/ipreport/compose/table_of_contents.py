"""Tables of contents and lists of figures and tables, made from the finished blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ipreport.compose.common import Languages, said
from ipreport.compose.content import Content, section_label
from ipreport.compose.record import record_of
from ipreport.document import (
    Block,
    Caption,
    Contents,
    ContentsEntry,
    ContentsKind,
    Document,
    Figure,
    Heading,
    Span,
    Table,
    Text,
    Texts,
)
from ipreport.language import ZH
from ipreport.outline import DEEPEST, ContentsBlock, Outline, Section
from ipreport.problems import Problem, block


def with_contents(blocks: tuple[Block, ...], outline: Outline, languages: Languages) -> tuple[Block, ...]:
    """The blocks with their tables of contents filled, those of the `outline` in their order.

    The pages are still unknown. A heading that stands right above a table of contents is
    not listed in it, and a title that would only repeat that heading is left out.
    """
    made = (_made(place, blocks, languages) for place in _places(outline))
    return tuple(next(made) if isinstance(each, Contents) else each for each in blocks)


@dataclass(frozen=True, slots=True)
class _Place:
    """A table of contents in its section; `below` says whether the heading stands right above it, or above several."""

    spec: ContentsBlock
    section: Section
    below: bool
    first: bool


def _places(outline: Outline) -> Iterator[_Place]:
    for section in outline.sections:
        below = True
        for position, entry in enumerate(section.blocks):
            if isinstance(entry, ContentsBlock):
                yield _Place(entry, section, below, first=position == 0)
            else:
                below = False


def _made(place: _Place, blocks: tuple[Block, ...], languages: Languages) -> Contents:
    spec = place.spec
    repeats = place.first and place.section.title == spec.title
    own = section_label(place.section.id) if place.below else None
    entries = (entry for entry in _entries(spec.kind, spec.levels, blocks) if entry.target != own)
    return Contents(spec.kind, () if repeats else said(spec.title, languages), tuple(entries))


def _entries(kind: ContentsKind, levels: int, blocks: Iterable[Block]) -> Iterator[ContentsEntry]:
    for each in blocks:
        match kind, each:
            case ContentsKind.HEADINGS, Heading() as heading if heading.level <= levels:
                yield ContentsEntry(heading.label, heading.level, _marked(heading))
            case ContentsKind.FIGURES, Figure(label=label, caption=caption):
                yield ContentsEntry(label, 1, tuple(_numbered(caption)))
            case ContentsKind.TABLES, Table(label=label, caption=Caption() as caption):
                yield ContentsEntry(label, 1, tuple(_numbered(caption)))
            case _:
                pass


def _marked(heading: Heading) -> Texts:
    """The texts of a heading, its number before the first of them."""
    if not heading.marker:
        return heading.texts
    first, *others = heading.texts
    marker = Span(heading.marker, first.language)
    return (replace(first, inlines=(marker, *first.inlines)), *others)


def _numbered(caption: Caption) -> Iterator[Text]:
    """A whole caption, spaced as above the figure or table itself."""
    for text in caption.texts:
        space = "\u3000" if text.language is ZH else "  "
        prefix = (Span(caption.prefix(text.language), text.language), Span(space, text.language))
        yield replace(text, inlines=(*prefix, *text.inlines))


# --- pages -----------------------------------------------------------------------


def paginated(document: Document, pages: Mapping[str, int], content: Content) -> Document:
    """The document with the page of everything that its tables of contents list, and its record renewed.

    `pages` are those of all headings, figures and tables by label. Raises ValueError for a
    listed label that is not among them, which is a fault of the program.
    """
    blocks = tuple(_with_pages(each, pages) if isinstance(each, Contents) else each for each in document.blocks)
    paged = replace(document, blocks=blocks)
    return replace(paged, record=record_of(paged, content))


def _with_pages(contents: Contents, pages: Mapping[str, int]) -> Contents:
    unknown = [entry.target for entry in contents.entries if entry.target not in pages]
    if unknown:
        raise ValueError(f"no page is known of {', '.join(unknown)}")
    return replace(contents, entries=tuple(replace(entry, page=pages[entry.target]) for entry in contents.entries))


# --- checking --------------------------------------------------------------------

_NOTHING = {
    ContentsKind.HEADINGS: ("the table of contents would list no heading", "raise 'levels:'"),
    ContentsKind.FIGURES: ("the list of figures would be empty: the briefing has none", "add a block 'figure:'"),
    ContentsKind.TABLES: ("the list of tables would be empty: the briefing has none", "add a block 'table:'"),
}


def check(content: Content) -> Iterator[Problem]:
    """A blocking Problem for every list that would have no entry."""
    for place in _places(content.outline):
        if not _lists_something(place, content.outline):
            message, remedy = _NOTHING[place.spec.kind]
            if place.spec.kind is ContentsKind.HEADINGS and place.spec.levels == DEEPEST:
                remedy = "add a section"
            yield block(message, place.spec.origin, f"delete the block, or {remedy}")


def _lists_something(place: _Place, outline: Outline) -> bool:
    match place.spec.kind:
        case ContentsKind.FIGURES:
            return bool(outline.figures())
        case ContentsKind.TABLES:
            return bool(outline.tables())
        case ContentsKind.HEADINGS:
            others = (each for each in outline.sections if not (place.below and each is place.section))
            return any(each.level <= place.spec.levels for each in others)
