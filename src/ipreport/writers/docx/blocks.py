"""Blocks of running text: headings, paragraphs, lists, captions, notes, callouts."""

from __future__ import annotations

from collections.abc import Iterator
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
from ipreport.writers.docx.context import Context
from ipreport.writers.docx.flow import Gap, Item, Para
from ipreport.writers.docx.sheet import BOX_GAP, HEADINGS, Name
from ipreport.writers.docx.styles import heading_indent, heading_variant_id

_ROLES = {ParagraphRole.BODY: Name.BODY, ParagraphRole.SUMMARY: Name.SUMMARY, ParagraphRole.QUOTATION: Name.QUOTE}
_TONES = {Tone.INFORMATION: Name.CALLOUT, Tone.WARNING: Name.CALLOUT_WARNING}
_SEQUENCES = {CaptionKind.FIGURE: "Figure", CaptionKind.TABLE: "Table"}


def heading(context: Context, block: Heading) -> Iterator[Item]:
    """One paragraph, so that the navigation pane shows both languages in one entry."""
    name = HEADINGS[block.level - 1]
    lines = [
        context.inlines(text, name, heading_variant_id(context.sheet, name, text.language)) for text in block.texts
    ]
    number, language = context.heading_numbers.of(block.label), block.texts[0].language
    if number.typed:
        lines[0] = context.plain(number.typed, language, name) + lines[0]
    content = context.anchors.mark(context.anchors.name(block.label), runs.LINE_BREAK.join(lines))
    paragraph = context.styled(name, language, content)
    if number.instance is not None:
        indent = heading_indent(context.sheet, name)
        paragraph = replace(paragraph, numbering=number.instance, numbering_level=block.level - 1, indent=indent)
    yield paragraph


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
        yield context.para(_TONES[block.tone], text, keep_with_next=True if index + 1 < len(block.texts) else None)
    yield Gap(BOX_GAP)


def caption(context: Context, label: str, block: Caption, name: Name, *, keep: bool) -> Iterator[Para]:
    """Word, number and title in each language; `keep` binds the last line to what follows.

    The number is counted once by a SEQ field; further languages repeat it by
    reference, for a second SEQ would count on.
    """
    for index, text in enumerate(block.texts):
        if index == 0:
            number = context.anchors.mark(
                context.anchors.number_name(label), _sequence_field(context, block, text, name)
            )
        else:
            number = runs.field(
                f"REF {context.anchors.number_name(label)} \\h", context.plain(str(block.number), text.language, name)
            )
        word = context.plain(CAPTION_WORDS[block.kind][text.language], text.language, name)
        prefix = context.anchors.mark(context.anchors.prefix_name(label, text.language), word + number)
        if index == 0:
            prefix = context.anchors.mark(context.anchors.name(label), prefix)
        last = index + 1 == len(block.texts)
        # The Latin faces have no em space.
        space = context.plain("\u3000" if text.language is ZH else "  ", text.language, name)
        yield context.para(name, text, lead=prefix + space, keep_with_next=keep if last else True)


def _sequence_field(context: Context, block: Caption, text: Text, name: Name) -> str:
    context.sequence[block.kind] += 1
    instruction = f"SEQ {_SEQUENCES[block.kind]} \\* ARABIC"
    if context.sequence[block.kind] != block.number:
        # The numbering of the edition leaves some out; an update of fields must not close the gap.
        instruction += f" \\r {block.number}"
        context.sequence[block.kind] = block.number
    return runs.field(instruction, context.plain(str(block.number), text.language, name))


def notes(context: Context, entries: tuple[Texts, ...], name: Name) -> Iterator[Item]:
    """What stands below a table or figure, on one page."""
    lines = [text for texts in entries for text in texts]
    for number, text in enumerate(lines, 1):
        yield context.para(name, text, keep_with_next=True if number < len(lines) else None)
