"""Footnotes (ECMA-376 17.11): a part of its own, with notes that have the marks of the document.

The marks are custom ones (`w:customMarkFollows`), for “[1]” and “①” mean the same in
texts, tables and charts. What Word numbers itself are the notes that an editor adds.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from math import fsum

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.parts.document import DocumentPart

from ipreport.document import Footnote, Texts
from ipreport.style import FontRole
from ipreport.writers.docx import runs
from ipreport.writers.docx.catalogue import FOOTNOTE_LEFT
from ipreport.writers.docx.context import Context
from ipreport.writers.docx.markup import escape
from ipreport.writers.docx.names import Name
from ipreport.writers.docx.side_part import SidePart
from ipreport.writers.docx.styles import FOOTNOTE_MARK, FOOTNOTE_REFERENCE, RAISED_CITATION, line_style_id

SETTINGS = '<w:footnotePr><w:numFmt w:val="decimal"/><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
"""`w:footnotePr` of the settings (17.11.11): numbers for an editor's own notes, and the two separators."""


class Footnotes:
    """The notes of one document, in the order of their marks."""

    def __init__(self) -> None:
        self._part = SidePart("footnotes", CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES)
        self._notes: list[str] = []
        self._labels: set[str] = set()

    def mark(self, context: Context, footnote: Footnote, role: FontRole) -> str:
        """What stands in a text set in the face `role` for `footnote`, whose note is taken along.

        A mark that repeats a note is a citation of the first one: on an update NOTEREF would show
        the number that Word itself gives the note, and REF would repeat the note as well.
        ValueError for two notes of one label, and for a mark whose note does not stand before it.
        """
        if not footnote.note:
            if footnote.label not in self._labels:
                raise ValueError(f"no note labelled {footnote.label!r} stands before a mark that repeats it")
            return context.internal(footnote.label, runs.runs(footnote.text, footnote.language, role, RAISED_CITATION))
        context.anchors.add(footnote.label)
        self._labels.add(footnote.label)
        self._notes.append(self._content(context, footnote))
        reference = _reference(footnote, len(self._notes), role)
        return context.anchors.mark(context.anchors.name(footnote.label), reference)

    def _content(self, context: Context, footnote: Footnote) -> str:
        """The paragraph of the note: its mark hangs, further languages follow behind a line break.

        Where all have room on one line they stand on it.
        """
        inside = replace(context, link=self._part.link, value=context.anchors.value, note=refuse_note)
        sheet, first = context.sheet, footnote.note[0].language
        joint = context.plain(runs.WIDE_SPACE, first, Name.FOOTNOTE) if _fits(context, footnote) else runs.LINE_BREAK
        texts = joint.join(
            inside.inlines(text, Name.FOOTNOTE, line_style_id(sheet, Name.FOOTNOTE, text.language))
            for text in footnote.note
        )
        return context.styled(Name.FOOTNOTE, first, _mark_of_note(footnote) + runs.TAB + texts).xml()

    def enter(self, main: DocumentPart) -> None:
        """Add the part to the package; also without notes, for the settings name its separators."""
        notes = "".join(
            f'<w:footnote w:id="{number}">{note}</w:footnote>' for number, note in enumerate(self._notes, 1)
        )
        self._part.enter(main, _SEPARATORS + notes)


def _reference(footnote: Footnote, number: int, role: FontRole) -> str:
    """The mark in the text, a character an element.

    LibreOffice 7.4 takes a mark in one element of several characters for text as well and prints it twice.
    """
    properties = runs.run_properties(footnote.text, footnote.language, role, FOOTNOTE_REFERENCE)
    characters = "".join(f'<w:t xml:space="preserve">{escape(character)}</w:t>' for character in footnote.text)
    return f'<w:r>{properties}<w:footnoteReference w:customMarkFollows="1" w:id="{number}"/>{characters}</w:r>'


def _mark_of_note(footnote: Footnote) -> str:
    """The mark before its note.

    LibreOffice 7.4 sets the mark that stands in the text before the note of its own accord, and
    would print a typed one beside it. It hides text that Word hides only in the Web Layout view.
    """
    return (
        f'<w:r><w:rPr><w:rStyle w:val="{FOOTNOTE_MARK}"/><w:webHidden/>{runs.proofing(footnote.language)}</w:rPr>'
        f'<w:t xml:space="preserve">{escape(footnote.text)}</w:t></w:r>'
    )


def _fits(context: Context, footnote: Footnote) -> bool:
    """Whether the note in all its languages is surely not wider than the text."""
    size = context.sheet.text_style(Name.FOOTNOTE, context.sheet.primary).size
    return _width(footnote.note) * size < context.text_width - FOOTNOTE_LEFT


def _width(texts: Texts) -> float:
    """The width of texts side by side in em, a little more than less."""
    characters = runs.WIDE_SPACE.join(text.plain() for text in texts)
    return fsum(
        0.55 if unicodedata.east_asian_width(character) in ("Na", "H", "N") else 1.0 for character in characters
    )


def refuse_note(_context: Context, footnote: Footnote, _role: FontRole) -> str:
    """Where no note can stand: inside a note, and in a comment. Raises ValueError."""
    raise ValueError(f"the note {footnote.label!r} stands inside a note or a comment")


def _separator(kind: str, number: int) -> str:
    """The rule above notes (17.11.23), or that above what of them goes on from the page before (17.11.1)."""
    spacing = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    return (
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr>{spacing}</w:pPr>'
        f"<w:r><w:{kind}/></w:r></w:p></w:footnote>"
    )


_SEPARATORS = _separator("separator", -1) + _separator("continuationSeparator", 0)
