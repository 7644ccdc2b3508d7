"""What a mail says of a document, in the order of languages that its recipient wants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ipreport.document import (
    Card,
    Cards,
    CardState,
    Citation,
    Document,
    Footnote,
    Inline,
    Masthead,
    Paragraph,
    ParagraphRole,
    SideBySide,
    Text,
    Texts,
    document_texts,
    footnotes,
    in_order,
    text,
)
from ipreport.language import Language, Localized
from ipreport.writers.mail.words import DOUBTFUL, ENCRYPTED, digest_words, size_words


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with the mail: its name as the mail has it, its size in bytes, its SHA-256 in hexadecimal."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a mail says that its document does not.

    `languages` is the order that the recipient wants; what the edition has besides follows. `period` is what
    the issue reports on, in words. `picture` is the content id of the key figures as a picture. `correction` is
    the reason why an issue is sent again. Where the attachment is `encrypted`, the mail tells nothing of it.
    """

    languages: tuple[Language, ...] = ()
    attached: tuple[Attached, ...] = ()
    period: Localized | None = None
    picture: str = ""
    reply_to: str = ""
    correction: Localized | None = None
    encrypted: bool = False

    def order(self, document: Document) -> tuple[Language, ...]:
        """The languages of the mail in reading order."""
        there = document.meta.languages
        wanted = tuple(language for language in dict.fromkeys(self.languages) if language in there)
        return (*wanted, *(language for language in there if language not in wanted))


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A row of the table of key figures; `remarks` are what stands below its name, doubt first."""

    label: Texts
    value: Texts
    remarks: tuple[Texts, ...]
    doubtful: bool


@dataclass(frozen=True, slots=True)
class MarkedNote:
    """What a mark in the mail means."""

    mark: str
    texts: Texts


@dataclass(frozen=True, slots=True)
class File:
    """An attachment in words: its name, its size, and its digest in each language."""

    name: str
    size: str
    digest: Texts


@dataclass(frozen=True, slots=True)
class Content:
    """All that a mail says, in its order; what does not apply is empty.

    `trends` are the trend lines in words. `below_picture` says how to read the picture, such as its trend lines;
    `below_figures` explains marks in trends and figures. It `tells` of what is attached, unless that is encrypted.
    """

    languages: tuple[Language, ...]
    masthead: Masthead
    correction: Texts
    notices: tuple[Texts, ...]
    summary: Texts
    figures: tuple[KeyFigure, ...]
    picture: str
    below_picture: tuple[Texts, ...]
    trends: tuple[Texts, ...]
    below_figures: tuple[Texts, ...]
    notes: tuple[MarkedNote, ...]
    files: tuple[File, ...]
    reply_to: str
    tells: bool


def content_of(document: Document, occasion: Occasion) -> Content:
    """What the mail says that brings `document` on this `occasion`."""
    languages = occasion.order(document)
    document = replace(document, blocks=()) if occasion.encrypted else document
    cards, summary = key_figures(document), tuple(_summary(document, languages))
    shown, remarks = ((), ()) if cards is None else (cards.cards, cards.notes)
    notes = tuple(_notes(document, (*summary, *(each for card in shown for each in _texts_of(card))), languages))
    marks = frozenset(note.mark for note in notes)
    head, meta = document.masthead, document.meta
    sealed = said(ENCRYPTED, languages) if occasion.encrypted else ()
    return Content(
        languages=languages,
        masthead=Masthead(*(in_order(each, languages) for each in _parts(head))),
        correction=said(occasion.correction, languages) if occasion.correction is not None else (),
        notices=tuple(in_order(each, languages) for each in (meta.draft, meta.notice, sealed) if each),
        summary=tuple(_explained(each, marks) for each in summary),
        figures=tuple(_figure(card, languages, marks) for card in shown),
        picture=occasion.picture if shown else "",
        below_picture=tuple(in_order(each, languages) for each in remarks if not _explains(each)),
        trends=tuple(in_order(card.trend.alt, languages) for card in shown if card.trend is not None),
        below_figures=tuple(in_order(each, languages) for each in remarks if _explains(each)),
        notes=notes,
        files=tuple(_file(each, languages) for each in occasion.attached),
        reply_to=occasion.reply_to,
        tells=bool(occasion.attached) and not occasion.encrypted,
    )


def key_figures(document: Document) -> Cards | None:
    """The key figures that a mail shows: the first that the document has."""
    return next((block for block in document.blocks if isinstance(block, Cards)), None)


def said(words: Localized, languages: tuple[Language, ...]) -> Texts:
    """Words in each language; once where they read the same."""
    found = tuple(text(language, words[language]) for language in languages)
    return found[:1] if len({each.plain() for each in found}) == 1 else found


def _parts(head: Masthead) -> tuple[Texts, ...]:
    return head.remark, head.name, head.issue, head.compiler, head.date


def _summary(document: Document, languages: tuple[Language, ...]) -> Iterator[Text]:
    """The summary, one language after the other."""
    found: list[Text] = []
    for block in document.blocks:
        match block:
            case Paragraph(role=ParagraphRole.SUMMARY):
                found.append(block.text)
            case SideBySide(role=ParagraphRole.SUMMARY):
                found += block.texts
            case _:
                pass
    for language in languages:
        yield from (text for text in found if text.language is language)


def _explains(note: Texts) -> bool:
    """Whether a note says what a mark means."""
    return any(_mark(inline) for each in note for inline in each.inlines)


def _texts_of(card: Card) -> Texts:
    return (*card.label, *card.value, *card.detail)


def _figure(card: Card, languages: tuple[Language, ...], marks: frozenset[str]) -> KeyFigure:
    doubtful = card.state is CardState.DOUBTFUL
    remarks = (said(DOUBTFUL, languages) if doubtful else (), _all_explained(card.detail, languages, marks))
    return KeyFigure(
        _all_explained(card.label, languages, marks),
        _all_explained(card.value, languages, marks),
        tuple(filter(None, remarks)),
        doubtful,
    )


def _file(attached: Attached, languages: tuple[Language, ...]) -> File:
    return File(attached.name, size_words(attached.size), said(digest_words(attached.digest), languages))


# --- marks of notes --------------------------------------------------------------


def _notes(document: Document, shown: Iterable[Text], languages: tuple[Language, ...]) -> Iterator[MarkedNote]:
    """What the marks in the texts `shown` mean, as the footnotes of the document say; the marks in their order."""
    told: dict[str, Texts] = {}
    for footnote in footnotes(document_texts(document)):
        told.setdefault(footnote.text, footnote.note)
    marks = dict.fromkeys(mark for each in shown for mark in map(_mark, each.inlines) if mark in told)
    for mark in marks:
        yield MarkedNote(mark, in_order(told[mark], languages))


def _mark(inline: Inline) -> str:
    """The mark that an inline is, or nothing."""
    match inline:
        case Footnote() | Citation(raised=True):
            return inline.text
        case _:
            return ""


def _all_explained(texts: Texts, languages: tuple[Language, ...], marks: frozenset[str]) -> Texts:
    return tuple(_explained(each, marks) for each in in_order(texts, languages))


def _explained(shown: Text, marks: frozenset[str]) -> Text:
    """A text without the marks that nothing in the mail explains."""
    kept = (inline for inline in shown.inlines if not _mark(inline) or _mark(inline) in marks)
    return replace(shown, inlines=tuple(kept))
