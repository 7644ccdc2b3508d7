"""From texts of the document to boxes of text, in the named styles of the theme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from ipreport.document import Citation, Footnote, Inline, LineBreak, Link, Mark, Reference, Span, Text, Texts, footnotes
from ipreport.language import Language
from ipreport.style import Justify, Style, StyleName, TextStyle
from ipreport.writers.pdf.atoms import EM_SPACE, Shaper
from ipreport.writers.pdf.boxes import Abreast, Hanging
from ipreport.writers.pdf.footnotes import FootnoteBox
from ipreport.writers.pdf.paragraph import TextBox
from ipreport.writers.pdf.pieces import Run, Setting
from ipreport.writers.pdf.structure import Element

RAISED_SIZE, RAISED_BY = 0.66, 0.38
"""Size of citation marks and how high they stand, in em of their paragraph."""
LARGEST_RAISED = 9.0
"""Citation marks beside large figures on cards grow no further, in points."""


NOTE_INDENT, LEAST_GAP = 2.0, 0.4
"""Where the words of a footnote begin, and what they keep from a mark that is wide, in em."""
BETWEEN_LANGUAGES = 8.0
"""Space between two languages on one line."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Hyphens and joints for other programs, which come with pasted text: nothing is shown for them here."""


class Setter:
    """Sets texts in a theme."""

    def __init__(self, style: Style, shaper: Shaper) -> None:
        self.style, self.shaper = style, shaper

    def box(self, text: Text, name: StyleName, *, justify: Justify | None = None, colour: str | None = None) -> TextBox:
        """A paragraph in the style `name` of its language, with another alignment or colour if given."""
        style = self.style.text(name, text.language)
        return self.styled(text, replace(style, justify=justify or style.justify, colour=colour or style.colour))

    def styled(self, text: Text, style: TextStyle) -> TextBox:
        """A paragraph in a style that is not named."""
        notes = {note.label: self._note(note) for note in footnotes([text])}
        box = TextBox(self._lines(text.inlines, style), style, self.shaper, notes)
        for note in notes.values():
            note.text = box
        box.element = Element("P", text.language)
        return box

    def flush(self, text: Text, name: StyleName, justify: Justify = Justify.LEFT) -> TextBox:
        """A paragraph in the style `name` of its language without its indent."""
        style = self.style.text(name, text.language)
        return self.styled(text, replace(style, justify=justify, indent=0.0))

    def boxes(
        self, texts: Iterable[Text], name: StyleName, *, justify: Justify | None = None, colour: str | None = None
    ) -> list[TextBox]:
        """A paragraph for every language of `texts`."""
        return [self.box(text, name, justify=justify, colour=colour) for text in texts]

    def _note(self, note: Footnote) -> FootnoteBox:
        """The note for the foot of the page of its mark, the languages behind each other if they are short."""
        language = note.note[0].language
        style = self.style.text(StyleName.FOOTNOTE, language)
        marker = self.box(plain(note.text, language), StyleName.FOOTNOTE)
        marker.element = Element("Lbl", language)
        indent = max(NOTE_INDENT * style.size, marker.natural_width + LEAST_GAP * style.size)
        content = Abreast(self.boxes(note.note, StyleName.FOOTNOTE), BETWEEN_LANGUAGES)
        return FootnoteBox(note.label, Hanging(marker, content, indent))

    def _lines(self, inlines: Sequence[Inline], style: TextStyle) -> list[list[Run]]:
        lines: list[list[Run]] = [[]]
        for inline in inlines:
            if isinstance(inline, LineBreak):
                lines.append([])
            elif visible := inline.text.translate(_INVISIBLE):
                lines[-1].append(replace(self._run(inline, style), text=visible))
        return lines

    def _run(self, inline: Span | Reference | Citation | Footnote | Link, style: TextStyle) -> Run:
        setting = Setting(style.font, style.size, style.colour, inline.language, tracking=style.tracking)
        accent = self.style.colours.accent
        match inline:
            case Span():
                if Mark.STRONG in inline.marks:
                    setting = replace(setting, role=style.strong)
                return Run(inline.text, setting, value=_together(inline))
            case Reference():
                return Run(inline.text, replace(setting, target=inline.target), whole=True)
            case Citation():
                if inline.raised:
                    size = min(RAISED_SIZE * style.size, LARGEST_RAISED)
                    setting = replace(setting, size=size, rise=RAISED_BY * style.size)
                return Run(inline.text, replace(setting, colour=accent, target=inline.target))
            case Footnote():
                size = min(RAISED_SIZE * style.size, LARGEST_RAISED)
                setting = replace(setting, size=size, rise=RAISED_BY * style.size)
                return Run(inline.text, replace(setting, colour=accent, target=inline.label, footnote=True))
            case Link():
                return Run(inline.text, replace(setting, colour=accent, address=inline.address))
            case _:
                assert_never(inline)


def _together(span: Span) -> bool:
    """The words of a shown value stay together; those of an English one may part, its number and unit do not."""
    return span.value_key is not None and span.language.code == "zh"


def joined(texts: Texts, between: str = EM_SPACE) -> Text:
    """All languages of `texts` in one line, with `between` between them."""
    inlines: list[Inline] = []
    for index, text in enumerate(texts):
        if index:
            inlines.append(Span(between, text.language))
        inlines += text.inlines
    return Text(texts[0].language, tuple(inlines))


def prefixed(prefix: str, text: Text) -> Text:
    """`text` after `prefix` and a space of an em."""
    return Text(text.language, (Span(prefix, text.language), Span(EM_SPACE, text.language), *text.inlines))


def plain(characters: str, language: Language) -> Text:
    """A text of one span."""
    return Text(language, (Span(characters, language),))
