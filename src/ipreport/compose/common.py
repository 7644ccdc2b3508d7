"""Small texts that several blocks share."""

from __future__ import annotations

from collections.abc import Iterable

from ipreport.compose.content import Content, NumberedFinding
from ipreport.compose.templates import render
from ipreport.document import Citation, Inline, Mark, Row, Span, Text, Texts
from ipreport.language import ZH, Language, Localized
from ipreport.metrics import recorded_keys
from ipreport.outline import Template
from ipreport.wording import STATES, show_period

Languages = tuple[Language, ...]

AS_STATED = Localized("据来源原文", "as stated")
"""What is said of a value in doubt that is printed all the same."""


def said(localized: Localized, languages: Languages) -> Texts:
    """`localized` as plain text in each language; once where all read the same."""
    return same_once(tuple(Text(language, (Span(localized[language], language),)) for language in languages))


def rendered(template: Template, content: Content, languages: Languages) -> Texts:
    """A template in each language of the edition, but for those in which its conditions leave nothing to say."""
    texts = (render(template, content, language) for language in languages)
    return tuple(text for text in texts if text.plain().strip())


def all_rendered(templates: Iterable[Template], content: Content, languages: Languages) -> tuple[Texts, ...]:
    """Those of `templates` that say something, such as the items of a list."""
    return tuple(filter(None, (rendered(template, content, languages) for template in templates)))


def same_once(texts: Texts) -> Texts:
    """One text where all languages show the same characters, else all."""
    return texts[:1] if len({text.plain() for text in texts}) == 1 else texts


def value_texts(content: Content, key: str, languages: Languages) -> Texts:
    """A metric's value for a cell or card, with its marks."""
    return keyed_texts(content, content.shown[key].value, key, languages)


def keyed_texts(
    content: Content, words: Localized, key: str, languages: Languages, marks: tuple[Mark, ...] = ()
) -> Texts:
    """The words of a value for a cell, traced to `key`, with its marks; `marks` are those of the letters."""
    return same_once(
        tuple(
            Text(language, (Span(words[language], language, marks, key), *content.raised_marks(key, language)))
            for language in languages
        )
    )


def source_line(content: Content, keys: tuple[str, ...], language: Language, *, dated: bool = True) -> Text:
    """Period, where all values share it, and source; a chart says the period itself and is not `dated` again."""
    zh = language is ZH
    metrics = [content.metrics[key] for key in keys]
    inlines: list[Inline] = []
    if dated and (
        len({metric.period for metric in metrics}) == 1 or not any(metric.period.known for metric in metrics)
    ):
        period = show_period(metrics[0].period)[language]
        inlines.append(Span(f"时点或时期：{period}。" if zh else f"Period: {period}. ", language))
    inlines.append(Span("数据来源：" if zh else "Source: ", language))
    inlines += source_citations(content, keys, language)
    return Text(language, (*inlines, Span("。" if zh else ".", language)))


def source_citations(content: Content, keys: tuple[str, ...], language: Language) -> tuple[Citation, ...]:
    """The sources of these metrics as marks on the line, in the order of the list of sources."""
    sources = {content.metrics[key].source for key in keys}
    cited = [source for source in content.metrics.sources if source.id in sources]
    return tuple(Citation(f"source-{source.id}", source.marker, language, raised=False) for source in cited)


def keys_in(texts: Iterable[Text]) -> tuple[str, ...]:
    """The keys of the values that texts show, each once, in reading order."""
    spans = (inline for text in texts for inline in text.inlines if isinstance(inline, Span))
    return tuple(dict.fromkeys(span.value_key for span in spans if span.value_key is not None))


def state_notes(
    content: Content, keys: Iterable[str], languages: Languages, drawn: Iterable[str] = ()
) -> tuple[Texts, ...]:
    """What the marks of states mean, for a table or figure that shows these values.

    Where values only rest on such figures, and none is marked, the note says that; so do
    those that are `drawn` in trend lines, which have no marks.
    """
    shown = tuple(keys)
    marked = {content.state_of(key) for key in shown}
    rested_on = {content.state_of(recorded) for key in (*shown, *drawn) for recorded in recorded_keys(key)}
    notes = [words.note if state in marked else words.derived for state, words in STATES.items() if state in rested_on]
    joined = Localized("".join(note.zh for note in notes), " ".join(note.en for note in notes))
    return (said(joined, languages),) if notes else ()


def notes_on_values(
    content: Content, rows: Iterable[Row], keys: tuple[str, ...], drawn: tuple[str, ...], languages: Languages
) -> tuple[Texts, ...]:
    """What the marks in the rows of a table mean; `keys` are its metrics, `drawn` the values of its trend lines."""
    printed = keys_in(text for row in rows for cell in row.cells for text in cell.texts)
    return (
        *state_notes(content, printed, languages, drawn),
        *doubt_note(content, (*keys, *drawn), languages),
    )


def doubt_note(content: Content, keys: tuple[str, ...], languages: Languages) -> tuple[Texts, ...]:
    """The note under a table or figure that shows values in doubt; empty when none is."""
    found = {entry.number: entry for key in keys for entry in content.marks_of(key)}
    if not found:
        return ()
    entries = [found[number] for number in sorted(found)]
    return (tuple(_doubt_text(entries, language) for language in languages),)


def _doubt_text(entries: list[NumberedFinding], language: Language) -> Text:
    marks: list[Inline] = [Citation(entry.label, entry.mark, language) for entry in entries]
    if language is ZH:
        return Text(language, (*marks, Span("据来源原文刊载，存疑，见“数据核验”相应条目。", language)))
    words = " As stated by the source, and in doubt; see the entry in “Data checks”."
    return Text(language, (*marks, Span(words, language)))
