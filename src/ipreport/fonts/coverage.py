"""The check that every character of a document has a glyph: no box is ever printed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ipreport.document import Document, DrawnText, Figure, document_texts
from ipreport.fonts.faces import Faces
from ipreport.language import ZH, Language
from ipreport.problems import Problem, block
from ipreport.style import FontRole

_AROUND = 8
"""Characters of context shown to either side of one that is missing."""

_OWN = "0123456789 /.•"
"""Characters that writers add: page numbers and list markers."""


def check_coverage(document: Document, faces: Faces) -> tuple[Problem, ...]:
    """A blocking Problem for every character that neither its face nor the symbol face has.

    Running text is looked up in every role, since emphasis and headings change the
    face; text of drawings in the face it names. Each character is told once.
    """
    missing: dict[tuple[str, FontRole, str], bool] = {}
    told: set[str] = set()
    problems: list[Problem] = []
    for words, language, roles in _all_texts(document):
        for character, role in itertools.product(sorted(set(words) - told - {"\n"}), roles):
            key = (character, role, language.code)
            if key not in missing:
                missing[key] = faces.for_character(role, character, language) is None
            if missing[key] and character not in told:
                told.add(character)
                problems.append(_problem(words, character, faces, role))
    return tuple(problems)


def _all_texts(document: Document) -> Iterator[tuple[str, Language, tuple[FontRole, ...]]]:
    for text in document_texts(document):
        yield text.plain(), text.language, tuple(FontRole)
    for each in document.blocks:
        if isinstance(each, Figure):
            for item in each.picture.drawing.items:
                if isinstance(item, DrawnText):
                    yield item.text, item.language, (FontRole(item.font),)
    yield _OWN, ZH, tuple(FontRole)


def _problem(words: str, character: str, faces: Faces, role: FontRole) -> Problem:
    position, face = words.index(character), faces.face(role)
    around = words[max(0, position - _AROUND) : position + _AROUND + 1].replace("\n", " ")
    return block(
        f"no glyph for the character '{character}' (U+{ord(character):04X}) in “{around}”: "
        f"looked in {face.name} ({role}) and the symbol face",
        None,
        "write it with another character, or name a font file that has it "
        "in IPREPORT_FONT_SERIF, IPREPORT_FONT_SANS or IPREPORT_FONT_SANS_BOLD",
    )
