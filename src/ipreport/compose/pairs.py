"""The texts of a finished document in pairs, Chinese and English, and what they do not state alike (rule R15)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipreport.compose.annex import CHECKS_LABEL
from ipreport.compose.arrangement import with_second_wording
from ipreport.compose.content import Content
from ipreport.compose.footnotes import footnote_target
from ipreport.compose.parity import differences
from ipreport.compose.values import value_of
from ipreport.document import (
    Block,
    BulletList,
    Callout,
    Cards,
    Contents,
    Document,
    Figure,
    Footnote,
    Heading,
    Imprint,
    Note,
    PageBreak,
    Paragraph,
    SideBySide,
    Span,
    Table,
    Text,
    Texts,
    footnotes,
    small_pictures,
    texts_of,
)
from ipreport.language import LANGUAGES, Language
from ipreport.problems import Problem, block

Placed = tuple[str, Texts]
"""Where a text stands, and its wordings."""


def document_differences(document: Document, content: Content) -> Iterator[Problem]:
    """Texts of a document in both languages that do not state the same, or stand in one language only."""
    if len(document.meta.languages) < len(LANGUAGES):
        return
    for where, texts in _placed(document):
        yield from _differences(where, texts, content, of_finding=CHECKS_LABEL in where)
    for note in _footnotes(document).values():
        yield from _footnotes_differ(note, note.note, content)


def editions_differ(chinese: Document, english: Document, content: Content) -> Iterator[Problem]:
    """The same of two editions of one briefing, each in one language."""
    sides = list(_placed(chinese)), list(_placed(english))
    if len(sides[0]) != len(sides[1]):
        message = f"the Chinese edition has {len(sides[0])} texts, the English one {len(sides[1])}"
        yield block(message, content.outline.origin, rule="R15")
        return
    for (where, texts), (_, others) in zip(*sides, strict=True):
        yield from _differences(where, (*texts, *others), content, of_finding=CHECKS_LABEL in where)
    # Notes go by their labels: marks may stand in another order in the other language.
    notes = _footnotes(english)
    for label, note in _footnotes(chinese).items():
        if label in notes:
            yield from _footnotes_differ(note, (*note.note, *notes[label].note), content)


def _footnotes(document: Document) -> dict[str, Footnote]:
    return {note.label: note for each in document.blocks for note in footnotes(texts_of(each))}


def _footnotes_differ(footnote: Footnote, texts: Texts, content: Content) -> Iterator[Problem]:
    of_finding = footnote_target(footnote).startswith("check-")
    return _differences(f"footnote {footnote.text}", texts, content, of_finding=of_finding)


def _differences(where: str, texts: Texts, content: Content, *, of_finding: bool) -> Iterator[Problem]:
    """What two wordings do not state alike.

    The words of a finding are the program's own and nobody could mend them, so that there
    only the values are checked, not the words around them.
    """
    found: dict[Language, Text] = {text.language: text for text in texts}
    if len(found) == len(LANGUAGES) and of_finding:
        return
    if len(found) == len(LANGUAGES):
        for difference in differences(*(found[language] for language in LANGUAGES)):
            yield difference.problem(content.outline.origin, f"{where}: ")
    elif any(_of_one_language(text, content) for text in texts):
        message = f"{where}: '{texts[0].plain()}' stands in {texts[0].language.name} only"
        yield block(message, content.outline.origin, rule="R15")


_PROSE = re.compile(r"[\u4e00-\u9fff].*[，。；]")
"""A sentence; a name may be written in Chinese in both languages."""
_LATIN = re.compile(r"[A-Za-z]{2}")


def _of_one_language(text: Text, content: Content) -> bool:
    """Whether a text cannot serve both languages, as 90.9%, — and the like do.

    What serves both is kept as a text of the first language.
    """
    if text.language is not LANGUAGES[0]:
        return True
    plain = text.plain()
    if _PROSE.search(plain) and not _LATIN.search(plain):
        return True
    shown = [inline for inline in text.inlines if isinstance(inline, Span) and inline.value_key is not None]
    values = ((value_of(span.value_key or "", content), span.text) for span in shown)
    return any(value is not None and not value.says(words, LANGUAGES[1]) for value, words in values)


# --- where texts stand -----------------------------------------------------------


def _placed(document: Document) -> Iterator[Placed]:
    """Every text with its place, its wordings together; paragraphs stand one after the other."""
    head = document.masthead
    yield from (("masthead", texts) for texts in (head.remark, head.name, head.issue, head.compiler, head.date))
    yield "head of the page", document.meta.running_head
    yield "notice", document.meta.notice
    yield "words of a draft", document.meta.draft
    section = head.name[0].plain()
    for entries in with_second_wording(document.blocks):
        entry = entries[0]
        if isinstance(entry, Heading):
            section = entry.texts[0].plain()
        if isinstance(entry, Paragraph):
            yield f"{section} › paragraph", tuple(one.text for one in entries if isinstance(one, Paragraph))
        else:
            yield from ((f"{section} › {where}", texts) for where, texts in _texts_of(entry))
    if document.imprint is not None:
        yield from (("imprint", texts) for texts in _texts_of_imprint(document.imprint))


def _texts_of(entry: Block) -> Iterator[Placed]:
    match entry:
        case Heading():
            yield "heading", entry.texts
        case Note():
            yield f"note {entry.marker}", entry.texts
        case Callout():
            yield "remark", entry.texts
        case SideBySide():
            yield "paragraph", entry.texts
        case BulletList():
            yield from ((f"list, item {number}", item) for number, item in enumerate(entry.items, start=1))
        case Cards():
            for number, card in enumerate(entry.cards, start=1):
                yield from ((f"card {number}", texts) for texts in (card.label, card.value, card.detail))
            yield from (("note below the cards", note) for note in entry.notes)
            yield from _told("cards", entry)
        case Table():
            yield from _texts_of_table(entry)
        case Figure():
            yield entry.label, entry.caption.texts
            yield from ((f"{entry.label}, note", note) for note in entry.notes)
            yield f"{entry.label}, description", entry.alt
        case Contents():
            # What it lists is compared where it stands.
            yield "title of the contents", entry.title
        case Paragraph() | PageBreak():
            return


def _texts_of_imprint(imprint: Imprint) -> Iterator[Texts]:
    for line in imprint.lines:
        yield from (line.label, line.names)
    yield from (imprint.issuer, imprint.date, imprint.copies)


def _texts_of_table(entry: Table) -> Iterator[Placed]:
    if entry.caption is not None:
        yield entry.label, entry.caption.texts
    for number, row in enumerate((*entry.head, *entry.body), start=1):
        for column, cell in enumerate(row.cells, start=1):
            yield f"{entry.label}, row {number}, column {column}", cell.texts
    yield from ((f"{entry.label}, note", note) for note in entry.notes)
    yield f"{entry.label}, description", entry.description
    yield from _told(entry.label, entry)


def _told(where: str, entry: Block) -> Iterator[Placed]:
    """The descriptions of small pictures."""
    return ((f"{place}, description of the trend", small.alt) for place, small in small_pictures(where, entry))
