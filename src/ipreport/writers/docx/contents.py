"""Tables of contents and lists of figures and tables: fields that hold their result (ECMA-376 17.16.5.68).

Entries read as Word makes them on an update, and they are there before one: nothing asks the
reader to update anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ipreport.document import (
    CaptionKind,
    Citation,
    Contents,
    ContentsEntry,
    ContentsKind,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    Span,
    Text,
    Texts,
)
from ipreport.style import FontRole
from ipreport.writers.docx import runs
from ipreport.writers.docx.blocks import SEQUENCES, lines
from ipreport.writers.docx.context import Context
from ipreport.writers.docx.flow import SEPARATOR, Item, Para
from ipreport.writers.docx.names import CONTENTS, Name
from ipreport.writers.docx.styles import line_style_id

_CAPTIONS = {ContentsKind.FIGURES: CaptionKind.FIGURE, ContentsKind.TABLES: CaptionKind.TABLE}
# What Word itself puts round an automatic table of contents, and finds it by (17.5.2.12). It gives each an id.
_OPENING = (
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
    "</w:docPartObj></w:sdtPr><w:sdtContent>"
)
_CLOSING = "</w:sdtContent></w:sdt>"


def contents(context: Context, block: Contents) -> Iterator[Item]:
    """The title, a line for each entry, and a thin paragraph in which the field ends; nothing without entries.

    Word ends the field there too: if it ended with the last entry, an update would add a paragraph.
    """
    if not block.entries:
        return
    paragraphs = [_title(context, block.title)] if block.title else []
    start = runs.field_start(_instruction(block))
    for before_end, entry in zip(range(len(block.entries) - 1, -1, -1), block.entries, strict=True):
        line = _line(context, block.kind, entry)
        # No page begins with the last entry alone.
        kept = True if before_end == 1 else None
        paragraphs.append(replace(line, content=f"{start}{line.content}", keep_with_next=kept))
        start = ""
    paragraphs.append(replace(SEPARATOR, content=runs.FIELD_END))
    if block.kind is ContentsKind.HEADINGS:
        paragraphs[0] = replace(paragraphs[0], opening=_OPENING)
        paragraphs[-1] = replace(paragraphs[-1], closing=_CLOSING)
    yield from paragraphs


def contents_heading(context: Context, block: Heading) -> Para:
    """A heading right above a table of contents that does not list it: it looks like others, but is none."""
    name = Name.UNLISTED_HEADING if block.level == 1 else Name.CONTENTS_TITLE
    content = context.anchors.mark(context.anchors.name(block.label), lines(context, block.texts, name))
    return context.styled(name, block.texts[0].language, content)


def _title(context: Context, title: Texts) -> Para:
    """The title of a table of contents in all languages on one line; it is not itself listed."""
    name = Name.CONTENTS_TITLE
    texts = (context.inlines(text, name, line_style_id(context.sheet, name, text.language)) for text in title)
    space = context.plain(runs.WIDE_SPACE, title[0].language, name)
    return context.styled(name, title[0].language, space.join(texts))


def _instruction(block: Contents) -> str:
    r"""What is listed: headings down to the deepest level there is, or the captions of one kind.

    `\h` makes entries links, `\z` leaves page numbers out of the Web Layout view, `\u` goes by outline
    levels as well, and `\x` keeps the line break between languages.
    """
    lines_kept = " \\x" if any(len(entry.texts) > 1 for entry in block.entries) else ""
    if block.kind is ContentsKind.HEADINGS:
        deepest = max(entry.level for entry in block.entries)
        return f'TOC \\o "1-{deepest}" \\h \\z \\u{lines_kept}'
    return f'TOC \\h \\z \\c "{SEQUENCES[_CAPTIONS[block.kind]]}"{lines_kept}'


def _line(context: Context, kind: ContentsKind, entry: ContentsEntry) -> Para:
    """A link with the words of what it leads to, a tab, and the number of its page."""
    name = CONTENTS[entry.level - 1] if kind is ContentsKind.HEADINGS else Name.CONTENTS_LIST
    primary = context.sheet.primary
    words = runs.LINE_BREAK.join(_words(context, text, name) for text in entry.texts)
    page = "" if entry.page is None else context.plain(str(entry.page), primary, name)
    target = context.anchors.listed_name(entry.target)
    number = runs.field(f"PAGEREF {target} \\h", page)
    return context.styled(name, primary, runs.link(target, f"{words}{runs.TAB}{number}"))


def _words(context: Context, text: Text, name: Name) -> str:
    role = context.sheet.text_style(name, text.language).font
    return "".join(_inline(context, inline, role) for inline in text.inlines)


def _inline(context: Context, inline: Inline, role: FontRole) -> str:
    """Characters only: inside a link there are no other links, and marks of notes stand where they belong."""
    match inline:
        case LineBreak():
            return runs.LINE_BREAK
        case Citation() | Footnote():
            return ""
        case _:
            content = runs.runs(inline.text, inline.language, role)
            return context.value(inline.value_key, content) if isinstance(inline, Span) else content
