"""Blocks of running text: headings, paragraphs, lists, captions, notes, callouts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ipreport.document import (
    CAPTION_WORDS,
    BulletList,
    Callout,
    Caption,
    CaptionKind,
    Heading,
    Note,
    Paragraph,
    ParagraphRole,
    Text,
    Texts,
    Tone,
)
from ipreport.language import ZH
from ipreport.writers.docx import runs
from ipreport.writers.docx.catalogue import BOX_GAP, BOX_PADDING
from ipreport.writers.docx.context import Context
from ipreport.writers.docx.flow import Gap, Item, Para
from ipreport.writers.docx.markup import twips
from ipreport.writers.docx.names import HEADINGS, Name
from ipreport.writers.docx.styles import heading_indent, line_style_id

_ROLES = {ParagraphRole.BODY: Name.BODY, ParagraphRole.SUMMARY: Name.SUMMARY, ParagraphRole.QUOTATION: Name.QUOTE}
_TONES = {
    Tone.INFORMATION: (Name.CALLOUT, Name.CALLOUT),
    Tone.WARNING: (Name.CALLOUT_WARNING, Name.CALLOUT_WARNING_CONTINUE),
}
"""The styles of callouts: of their first language, which has the sign of a warning, and of further ones."""
SEQUENCES = {CaptionKind.FIGURE: "Figure", CaptionKind.TABLE: "Table"}
"""What the SEQ fields of captions count by, and lists of figures and tables look for."""


def heading(context: Context, block: Heading) -> Iterator[Item]:
    """One paragraph, so that the navigation pane shows both languages in one entry."""
    name = HEADINGS[block.level - 1]
    number, language = context.heading_numbers.of(block.label), block.texts[0].language
    typed = context.plain(number.typed, language, name) if number.typed else ""
    content = context.anchors.mark(context.anchors.name(block.label), typed + lines(context, block.texts, name))
    paragraph = context.styled(name, language, context.anchors.listed(block.label, content))
    if number.instance is not None:
        indent = heading_indent(context.sheet, name)
        paragraph = replace(paragraph, numbering=number.instance, numbering_level=block.level - 1, indent=indent)
    yield paragraph


def lines(context: Context, texts: Texts, name: Name) -> str:
    """The runs of a text in all its languages, a line each, in a paragraph of the style `name`."""
    return runs.LINE_BREAK.join(
        context.inlines(text, name, line_style_id(context.sheet, name, text.language)) for text in texts
    )


def paragraph(context: Context, block: Paragraph) -> Iterator[Item]:
    """A paragraph of running text."""
    yield context.para(_ROLES[block.role], block.text, keep_with_next=block.introduces or None)


def bullet_list(context: Context, block: BulletList) -> Iterator[Item]:
    """Items; further languages of an item follow as continuation paragraphs without a mark."""
    name = Name.LIST_NUMBER if block.ordered else Name.LIST_BULLET
    numbering = next(context.ordered_lists) if block.ordered else None
    for item in block.items:
        for index, text in enumerate(item):
            more = True if index + 1 < len(item) else None
            if index == 0:
                yield replace(context.para(name, text, keep_with_next=more), numbering=numbering)
            else:
                yield context.para(Name.LIST_CONTINUE, text, keep_with_next=more)


def note(context: Context, block: Note) -> Iterator[Item]:
    """The marker hangs; it carries the bookmark that citations lead to."""
    for index, text in enumerate(block.texts):
        if index:
            yield context.para(Name.NOTE_CONTINUE, text)
            continue
        marker = context.plain(block.marker, text.language, Name.NOTE)
        lead = context.anchors.mark(context.anchors.name(block.label), marker) + runs.TAB
        yield context.para(Name.NOTE, text, lead=lead, keep_with_next=len(block.texts) > 1 or None)


def callout(context: Context, block: Callout) -> Iterator[Item]:
    """Paragraphs with the same borders, which Word draws as one box."""
    yield Gap(BOX_GAP)
    for index, text in enumerate(block.texts):
        name = _TONES[block.tone][min(index, 1)]
        yield context.para(name, text, keep_with_next=True if index + 1 < len(block.texts) else None)
    yield Gap(BOX_GAP)


def callout_apart(items: Iterable[Item]) -> Iterator[Item]:
    """The items of a callout whose box does not grow together with that of the callout before it.

    Paragraphs with the same borders and indents share a box (17.3.1.24), so these are narrower by the smallest step.
    """
    for item in items:
        yield replace(item, indent=_APART) if isinstance(item, Para) else item


_APART = f'<w:ind w:right="{twips(BOX_PADDING) + 1}"/>'


def caption(context: Context, label: str, block: Caption, name: Name, *, keep: bool | None) -> Para:
    """Word, number and title, a line in each language; `keep` binds them to what follows.

    It is one paragraph, so that a list of figures or tables has one entry for it. The number
    is counted once by a SEQ field; further languages repeat it by reference, for a second SEQ
    would count on.
    """
    found = []
    for index, text in enumerate(block.texts):
        style = line_style_id(context.sheet, name, text.language)
        if index == 0:
            number = context.anchors.mark(
                context.anchors.number_name(label), _sequence_field(context, block, text, name, style)
            )
        else:
            number = runs.field(
                f"REF {context.anchors.number_name(label)} \\h",
                context.plain(str(block.number), text.language, name, style),
            )
        word = context.plain(CAPTION_WORDS[block.kind][text.language], text.language, name, style)
        prefix = context.anchors.mark(context.anchors.prefix_name(label, text.language), word + number)
        if index == 0:
            prefix = context.anchors.mark(context.anchors.name(label), prefix)
        # The Latin faces have no em space.
        space = context.plain(runs.WIDE_SPACE if text.language is ZH else "  ", text.language, name, style)
        found.append(prefix + space + context.inlines(text, name, style))
    content = context.anchors.listed(label, runs.LINE_BREAK.join(found))
    return context.styled(name, block.texts[0].language, content, keep_with_next=keep)


def _sequence_field(context: Context, block: Caption, text: Text, name: Name, style: str | None) -> str:
    """SEQ, told its number where the count would give another."""
    instruction = f"SEQ {SEQUENCES[block.kind]} \\* ARABIC"
    context.sequence[block.kind] += 1
    if context.sequence[block.kind] != block.number:
        instruction += f" \\r {block.number}"
        context.sequence[block.kind] = block.number
    return runs.field(instruction, context.plain(str(block.number), text.language, name, style))


def notes(context: Context, entries: tuple[Texts, ...], name: Name) -> Iterator[Item]:
    """What stands below a table or figure, on one page."""
    found = [text for texts in entries for text in texts]
    for number, text in enumerate(found, 1):
        yield context.para(name, text, keep_with_next=True if number < len(found) else None)
