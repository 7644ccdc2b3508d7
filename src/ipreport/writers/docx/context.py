"""What every block needs while one document is written: styles, bookmarks, relationships, inlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import assert_never

from ipreport.document import (
    CaptionKind,
    Citation,
    Footnote,
    Inline,
    LineBreak,
    Link,
    Mark,
    NativeChart,
    Picture,
    Reference,
    Span,
    Text,
    Texts,
)
from ipreport.language import Language
from ipreport.style import FontRole
from ipreport.writers.docx import runs
from ipreport.writers.docx.anchors import Anchors
from ipreport.writers.docx.catalogue import ORDERED_NUMBERING
from ipreport.writers.docx.emphasis import strong_id
from ipreport.writers.docx.flow import Para
from ipreport.writers.docx.heading_numbers import HeadingNumbers
from ipreport.writers.docx.markup import escape
from ipreport.writers.docx.names import Name
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.styles import CITATION, HYPERLINK, RAISED_CITATION


@dataclass(slots=True)
class Context:
    """The state of writing one document.

    `link`, `embed` and `chart` enter an address, a picture or a chart into the package and
    return relationship ids: of the hyperlink; of the PNG and the SVG; of the chart part.
    `value` puts the runs that show the value of a key, if they do, between what marks it;
    `note` takes a footnote along and returns its mark for a paragraph of that face.
    `text_width` is that of the page at hand, in points.
    """

    sheet: Sheet
    anchors: Anchors
    heading_numbers: HeadingNumbers
    link: Callable[[str], str]
    embed: Callable[[Picture], tuple[str, str]]
    chart: Callable[[NativeChart], str]
    value: Callable[[str | None, str], str]
    note: Callable[[Context, Footnote, FontRole], str]
    text_width: float
    drawing_ids: count[int] = field(default_factory=lambda: count(1))
    ordered_lists: count[int] = field(default_factory=lambda: count(ORDERED_NUMBERING))
    sequence: Counter[CaptionKind] = field(default_factory=Counter)
    looks: dict[tuple[Name, str], tuple[str, float, float]] = field(default_factory=dict)
    """The id and the spacing of every style used so far, by its name and the code of the language."""

    def para(self, name: Name, text: Text, *, lead: str = "", keep_with_next: bool | None = None) -> Para:
        """A paragraph of `text` in the style `name`, `lead` set before its runs."""
        return self.styled(name, text.language, lead + self.inlines(text, name), keep_with_next=keep_with_next)

    def styled(self, name: Name, language: Language, content: str, *, keep_with_next: bool | None = None) -> Para:
        """A paragraph of ready-made runs."""
        key = name, language.code
        if key not in self.looks:
            self.looks[key] = self.sheet.style_id(name, language), *self.sheet.spacing(name, language)
        style_id, before, after = self.looks[key]
        return Para(style_id, content, before, after, keep_with_next)

    def inlines(self, text: Text, name: Name, character_style: str | None = None) -> str:
        """The runs of `text` inside a paragraph of the style `name`."""
        role = self.sheet.text_style(name, text.language).font
        return "".join(self._inline(inline, role, character_style) for inline in text.inlines)

    def plain(self, text: str, language: Language, name: Name, character_style: str | None = None) -> str:
        """Runs of bare characters inside a paragraph of the style `name`."""
        return runs.runs(text, language, self.sheet.text_style(name, language).font, character_style)

    def _inline(self, inline: Inline, role: FontRole, character_style: str | None) -> str:
        match inline:
            case Span():
                if Mark.STRONG in inline.marks:
                    strong = strong_id(self.sheet, inline.language)
                    content = runs.runs(inline.text, inline.language, FontRole.SANS_BOLD, strong)
                else:
                    content = runs.runs(inline.text, inline.language, role, character_style)
                return self.value(inline.value_key, content)
            case Reference():
                return self._reference(inline, role)
            case Citation():
                mark = RAISED_CITATION if inline.raised else CITATION
                return self.internal(inline.target, runs.runs(inline.text, inline.language, role, mark))
            case Footnote():
                return self.note(self, inline, role)
            case Link():
                content = runs.runs(inline.text, inline.language, role, HYPERLINK)
                identifier = self.link(inline.address)
                return f'<w:hyperlink r:id="{escape(identifier)}" w:history="1">{content}</w:hyperlink>'
            case LineBreak():
                return runs.LINE_BREAK
            case _:
                assert_never(inline)

    def _reference(self, reference: Reference, role: FontRole) -> str:
        """A field that repeats a caption's word and number; a plain link to anything else."""
        content = runs.runs(reference.text, reference.language, role)
        bookmark = self.anchors.caption_prefix(reference.target, reference.language, reference.text)
        if bookmark is None:
            return self.internal(reference.target, content)
        return runs.field(f"REF {bookmark} \\h", content)

    def internal(self, label: str, content: str) -> str:
        """Runs that lead to the block, row or note labelled `label`."""
        return runs.link(self.anchors.name(label), content)


def plain_texts(texts: Texts, joint: str = "\n") -> str:
    """The characters of all languages in one string, for properties that hold no runs."""
    return joint.join(entry.plain() for entry in texts)
