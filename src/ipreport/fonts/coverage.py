"""The check that every character of a document has a glyph: no box is ever printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from ipreport.document import Document, DrawnText, Figure, document_texts
from ipreport.fonts.clusters import clusters
from ipreport.fonts.faces import Faces
from ipreport.fonts.locate import ENVIRONMENT
from ipreport.language import ZH, Language
from ipreport.problems import Origin, Problem, block
from ipreport.style import FontRole

_AROUND = 8
"""Characters of context shown to either side of one that is missing."""

_OWN = "0123456789 /.•—"
"""Characters that writers add: page numbers and list markers."""


def check_characters(
    words: str,
    language: Language,
    faces: Faces,
    origin: Origin | None = None,
    roles: tuple[FontRole, ...] = (),
) -> tuple[Problem, ...]:
    """A blocking Problem for every character of a text that neither its faces nor the symbol face have.

    Running text is looked up in every role that has a face, since emphasis and headings
    change the face; a text of a drawing in `roles`. Each character is told once.
    """
    problems = []
    roles = roles or tuple(faces.roles)
    for cluster in sorted(set(clusters(words)) - {"\n"}):
        missing = ((role, sign) for role in roles for sign in _missing(cluster, role, language, faces))
        for role, character in islice(missing, 1):
            problems.append(_problem(words, character, faces, role, origin))
    return tuple(problems)


def _missing(cluster: str, role: FontRole, language: Language, faces: Faces) -> Iterator[str]:
    """The characters of a cluster that no face shows, alone or together with the others."""
    if faces.for_character(role, cluster, language) is None:
        yield from (sign for sign in cluster if faces.for_character(role, sign, language) is None)


def check_coverage(document: Document, faces: Faces) -> tuple[Problem, ...]:
    """What `check_characters` finds in all texts of a document, those of drawings included.

    Comments are left out: only the editor's own program shows them, in faces of its choice.
    """
    seen: set[tuple[str, str, tuple[FontRole, ...]]] = set()
    problems: list[Problem] = []
    for words, language, roles in _all_texts(document):
        fresh = {cluster for cluster in clusters(words) if (cluster, language.code, roles) not in seen}
        if fresh:
            found = check_characters(words, language, faces, roles=roles)
            problems += [problem for problem in found if not _told(problem, problems)]
            seen |= {(cluster, language.code, roles) for cluster in fresh}
    return tuple(problems)


def _told(problem: Problem, problems: list[Problem]) -> bool:
    """Whether a problem about the same character is there already."""
    about = problem.message.partition(" in “")[0]
    return any(other.message.partition(" in “")[0] == about for other in problems)


def _all_texts(document: Document) -> Iterator[tuple[str, Language, tuple[FontRole, ...]]]:
    for text in document_texts(replace(document, comments=())):
        yield text.plain(), text.language, ()
    for each in document.blocks:
        if isinstance(each, Figure):
            for item in each.picture.drawing.items:
                if isinstance(item, DrawnText):
                    yield item.text, item.language, (FontRole(item.font),)
    yield _OWN, ZH, ()


def _problem(words: str, character: str, faces: Faces, role: FontRole, origin: Origin | None) -> Problem:
    position, face = words.index(character), faces.face(role)
    around = words[max(0, position - _AROUND) : position + _AROUND + 1].replace("\n", " ")
    return block(
        f"no glyph for the character '{character}' (U+{ord(character):04X}) in “{around}”: "
        f"looked in {face.name} ({role}) and the symbol face",
        origin,
        f"write it with another character, or name a font file that has it in {ENVIRONMENT[role]}",
    )
