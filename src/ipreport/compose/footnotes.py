"""Marks in running text that get their notes at the foot of the page.

Whatever composes a text marks it with raised citations: of sources, of findings, of the
states of data. In running text they become footnotes here. A mark is the same all over
the document, in texts, tables and charts, so that it is known again; its note stands once
in each chapter, at the first place that has the mark, in all languages of the edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeGuard

from ipreport.compose.annex import filled_statement, source_words
from ipreport.compose.changes import name_with_time
from ipreport.compose.common import Languages
from ipreport.compose.content import Content, NumberedFinding, change_label, state_label
from ipreport.document import (
    Block,
    BulletList,
    Callout,
    Citation,
    Footnote,
    Heading,
    Inline,
    Link,
    NotData,
    Paragraph,
    SideBySide,
    Span,
    Text,
    Texts,
)
from ipreport.language import LANGUAGES, ZH, Language, Localized
from ipreport.metrics import Change, Source, Status
from ipreport.outline import ChangesBlock, ChecksBlock
from ipreport.wording import STATES, StateWords, show

_LONGEST = {"zh": 60, "en": 160}
"""Characters up to which what a finding states serves in a note; of a longer one its title does."""
_WEB_PAGE = Localized("网页", "web page")
_AS_STATED = Localized("据来源原文刊载。", "As stated by the source. ")
_STOP = Localized("。", ".")


@dataclass(frozen=True, slots=True)
class _Note:
    """A mark in each language, and what writes its note in a language."""

    mark: Localized
    write: Callable[[Language], Text]


def with_footnotes(blocks: tuple[Block, ...], content: Content, languages: Languages) -> tuple[Block, ...]:
    """The blocks with the marks of paragraphs, lists and remarks as footnotes; all others stay as they are."""
    notes = _Notes(content, languages)
    return tuple(notes.block(each) for each in blocks)


def footnote_target(footnote: Footnote) -> str:
    """What a footnote of this module is about: `source-…`, `check-…`, `state-…` or `change-…`."""
    return footnote.label.partition(_BEHIND_CHAPTER)[2]


def digits_of(footnote: Footnote) -> NotData | None:
    """What digits of a note are that belong to no value: of a source, or of a data check."""
    kind = footnote_target(footnote).partition("-")[0]
    return {"source": NotData.SOURCE, "check": NotData.CHECK}.get(kind)


_BEHIND_CHAPTER = ":"
"""Stands between the parts of a label: no id of a section or source has it."""


class _Notes:
    """Goes through a document and remembers which notes its chapter has already."""

    def __init__(self, content: Content, languages: Languages) -> None:
        self._languages = languages
        self._notes = dict(_notes(content))
        self._chapter = ""
        self._there: set[str] = set()

    def block(self, block: Block) -> Block:
        """The block with footnotes, if it is running text."""
        match block:
            case Heading():
                if block.level == 1:
                    self._chapter = block.label.removeprefix("section-")
                return block
            case Paragraph():
                return replace(block, text=self._text(block.text))
            case BulletList():
                return replace(block, items=tuple(self._texts(item) for item in block.items))
            case SideBySide() | Callout():
                return replace(block, texts=self._texts(block.texts))
            case _:
                return block

    def _texts(self, texts: Texts) -> Texts:
        return tuple(self._text(text) for text in texts)

    def _text(self, text: Text) -> Text:
        if not any(self._has_note(inline) for inline in text.inlines):
            return text
        made = (self._footnote(inline) if self._has_note(inline) else inline for inline in text.inlines)
        return replace(text, inlines=tuple(made))

    def _has_note(self, inline: Inline) -> TypeGuard[Citation]:
        return isinstance(inline, Citation) and inline.raised and inline.target in self._notes

    def _footnote(self, citation: Citation) -> Footnote:
        label = f"foot-{self._chapter}{_BEHIND_CHAPTER}{citation.target}"
        repeated = label in self._there
        self._there.add(label)
        note = () if repeated else tuple(self._note(citation, language) for language in self._languages)
        return Footnote(label, citation.text, citation.language, note)

    def _note(self, citation: Citation, language: Language) -> Text:
        """The note in a language; where its mark is another there than the one that stands before the note, with it."""
        note = self._notes[citation.target]
        text, mark = note.write(language), note.mark[language]
        if mark == citation.text:
            return text
        return replace(text, inlines=(Span(f"{mark}：" if language is ZH else f"{mark}: ", language), *text.inlines))


# --- what notes say ----------------------------------------------------------------


def _notes(content: Content) -> Iterator[tuple[str, _Note]]:
    """The note of every mark there may be, by the target of its citations."""
    for source in content.metrics.sources:
        yield f"source-{source.id}", _Note(Localized.same(source.marker), partial(_on_source, source))
    for entry in content.findings:
        yield entry.label, _Note(Localized.same(entry.mark), partial(_on_finding, entry, content))
    for state, words in STATES.items():
        yield state_label(state), _Note(words.mark, partial(_on_state, words))
    revised = STATES[Status.REVISED].mark
    for change in content.restatement.changes.values() if content.restatement is not None else ():
        yield change_label(change.key), _Note(revised, partial(_on_change, change, content))


def _on_source(source: Source, language: Language) -> Text:
    """The source in short; where it has an address, a link with a word, for the list at the end prints it."""
    words, stop = source_words(source, language), _STOP[language]
    if source.link is None:
        return Text(language, (Span(words + stop, language),))
    opened, closed = ("（", "）") if language is ZH else (" (", ")")
    link = Link(source.link, _WEB_PAGE[language], language)
    return Text(language, (Span(words + opened, language), link, Span(closed + stop, language)))


def _on_finding(entry: NumberedFinding, content: Content, language: Language) -> Text:
    """That the value is the source's own, what is wrong with it, and where the finding stands."""
    inlines = [Span(_AS_STATED[language], language), *_in_short(entry, content, language)]
    where = _section_with(ChecksBlock, content)
    if where is not None:
        words = f"详见“{where.zh}”" if language is ZH else f" See “{where.en}”, "
        lead = Citation(entry.label, entry.mark, language, raised=False)
        inlines += [Span(words, language), lead, Span(_STOP[language], language)]
    return Text(language, tuple(inlines))


def _in_short(entry: NumberedFinding, content: Content, language: Language) -> tuple[Inline, ...]:
    """What a finding states, or its title where that is too long for a note."""
    stated = {each.code: filled_statement(entry.finding.statement, content, each) for each in LANGUAGES}
    if any(len(stated[code].plain()) > longest for code, longest in _LONGEST.items()):
        return (Span(entry.finding.title[language] + _STOP[language], language),)
    return stated[language.code].inlines


def _on_state(words: StateWords, language: Language) -> Text:
    meaning = words.meaning[language]
    return Text(language, (Span(meaning[:1].upper() + meaning[1:], language),))


def _on_change(change: Change, content: Content, language: Language) -> Text:
    """What a revised figure was, and where the reason stands."""
    before, now = show(change.before, content.rounding), content.shown[change.key]
    name = name_with_time(content.metrics[change.key], content)[language]
    begins, between = ("：上一期公布", "，现修订为") if language is ZH else (": ", " in the last issue, revised to ")
    inlines: list[Inline] = [
        Span(name + begins, language),
        Span(before.text[language], language, (), change.before.key),
        Span(between, language),
        Span(now.text[language], language, (), change.key),
    ]
    where = _section_with(ChangesBlock, content)
    if where is not None:
        opened, closed = ("，详见“", "”") if language is ZH else ("; see “", "”")
        lead = Citation(change_label(change.key), where[language], language, raised=False)
        inlines += [Span(opened, language), lead, Span(closed, language)]
    return Text(language, (*inlines, Span(_STOP[language], language)))


def _section_with(kind: type[ChecksBlock | ChangesBlock], content: Content) -> Localized | None:
    """The title of the section that prints the findings, or the changes."""
    sections = content.outline.sections
    return next((s.title for s in sections if any(isinstance(each, kind) for each in s.blocks)), None)
