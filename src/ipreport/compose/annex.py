"""The annexes: sources, and the findings of the rules with everything needed to judge them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ipreport.compose.common import Languages, said
from ipreport.compose.content import Content, NumberedFinding, state_label
from ipreport.compose.grammar import ROUNDING
from ipreport.document import (
    Align,
    Block,
    Cell,
    Citation,
    Column,
    Inline,
    LineBreak,
    Link,
    Note,
    Paragraph,
    Row,
    RowRole,
    Span,
    Table,
    Text,
    Texts,
    texts_of,
)
from ipreport.language import ZH, Language, Localized, within_sentence
from ipreport.metrics import Period, Source
from ipreport.rules import Candidate
from ipreport.wording import NOT_STATED, ROUNDING_RULES, STATES, show, show_as_of, show_date, show_period

# --- sources -------------------------------------------------------------------


def sources(content: Content, languages: Languages) -> tuple[Note, ...]:
    """The numbered list of sources, the target of every citation."""
    return tuple(
        Note(
            label=f"source-{source.id}",
            marker=source.marker,
            texts=tuple(_source_text(source, language) for language in languages),
        )
        for source in content.metrics.sources
    )


_PRINTS_ROUNDING = re.compile(rf"\{{\{{[^{{}}]*\b{ROUNDING}\b[^{{}}]*\}}\}}")


def rounding_note(content: Content, languages: Languages) -> tuple[Paragraph, ...]:
    """The rule of rounding, where no text of the briefing prints it (DOMAIN §3: print it in the notes)."""
    texts = (template.text for template in content.outline.templates())
    if any(_PRINTS_ROUNDING.search(text[languages[0]]) for text in texts):
        return ()
    rule = ROUNDING_RULES[content.rounding]
    return tuple(Paragraph(text) for text in said(Localized(f"数字{rule.zh}。", f"Numbers are {rule.en}."), languages))


def _source_text(source: Source, language: Language) -> Text:
    zh = language is ZH
    comma, stop = ("，", "。") if zh else (", ", ".")
    inlines: list[Inline] = [Span(source_words(source, language), language)]
    if source.link is not None:
        inlines += [Span(comma, language), Link(source.link, source.link, language)]
    inlines.append(Span(stop if source.note is None or zh else ". ", language))
    if source.note is not None:
        inlines.append(Span(source.note[language], language))
    return Text(language, tuple(inlines))


def source_words(source: Source, language: Language) -> str:
    """Title, publisher and date of a source, as far as they are known."""
    parts = [source.title[language]]
    if source.publisher is not None:
        parts.append(source.publisher[language])
    if source.published is not None:
        parts.append(_published(source.published)[language])
    return ("，" if language is ZH else ", ").join(parts)


def _published(written: str) -> Localized:
    """A full date in words; anything else as it was written."""
    try:
        return show_date(date.fromisoformat(written))
    except ValueError:
        return Localized.same(written)


def with_legend(blocks: tuple[Block, ...], languages: Languages) -> tuple[Block, ...]:
    """The blocks with the meaning of every mark of a state that is cited, at the end of the list of sources."""
    texts = (text for block in blocks for text in texts_of(block))
    cited = {inline.target for text in texts for inline in text.inlines if isinstance(inline, Citation)}
    legend = tuple(
        Note(state_label(state), "*", said(words.note, languages))
        for state, words in STATES.items()
        if state_label(state) in cited
    )
    end = max((index for index, block in enumerate(blocks, start=1) if isinstance(block, Note)), default=len(blocks))
    return (*blocks[:end], *legend, *blocks[end:])


# --- findings ------------------------------------------------------------------

CHECKS_LABEL = "table-data-checks"
"""The anchor of the table of findings."""

_LABELS = {
    "finding": Localized("发现", "Finding"),
    "arithmetic": Localized("算式", "Arithmetic"),
    "candidates": Localized("可能的读法", "Candidate readings"),
    "treatment": Localized("处理", "Treatment"),
}
_ONLY_INFERENCE = Localized("（仅供核对，未采用）", "(for checking only; none was applied)")
_UNACKNOWLEDGED = Localized("尚未确认。", "Not yet acknowledged.")
_NOTHING_FOUND = Localized("各项核验规则未发现矛盾。", "The checks found no contradiction.")
_ANNEX_DESCRIPTION = Localized(
    "数据核验结果：每项列出发现、算式、可能的读法和处理。",
    "Results of the data checks: finding, arithmetic, candidate readings and treatment of each.",
)


def checks(content: Content, languages: Languages) -> tuple[Table | Paragraph, ...]:
    """The findings as one table, or a sentence saying that there are none."""
    if not content.findings:
        return tuple(Paragraph(text) for text in said(_NOTHING_FOUND, languages))
    rows = tuple(row for entry in content.findings for row in _finding_rows(entry, content, languages))
    return (
        Table(
            label=CHECKS_LABEL,
            caption=None,
            columns=(Column(1.25, Align.LEFT), Column(6.5, Align.LEFT)),
            head=(),
            body=rows,
            notes=(),
            description=said(_ANNEX_DESCRIPTION, languages),
        ),
    )


def _finding_rows(entry: NumberedFinding, content: Content, languages: Languages) -> Iterator[Row]:
    finding = entry.finding
    title = Localized(
        f"{entry.mark} {finding.title.zh}（{finding.rule}）", f"{entry.mark} {finding.title.en} ({finding.rule})"
    )
    yield Row((Cell(said(title, languages), span=2),), RowRole.GROUP, entry.label)
    filled = tuple(filled_statement(finding.statement, content, language) for language in languages)
    yield _row("finding", filled, languages)
    yield _row("arithmetic", said(finding.arithmetic, languages), languages)
    if finding.candidates:
        readings = tuple(_readings(finding.candidates, content, language) for language in languages)
        yield _row("candidates", readings, languages)
    yield _row("treatment", said(_treatment(entry, content), languages), languages)


def _row(label: str, texts: Texts, languages: Languages) -> Row:
    return Row((Cell(said(_LABELS[label], languages)), Cell(texts)))


def _treatment(entry: NumberedFinding, content: Content) -> Localized:
    accepted = entry.finding.acknowledgement(content.metrics)
    if accepted is None:
        return _UNACKNOWLEDGED
    day = show_date(accepted.date)
    return Localized(
        f"{accepted.reason.zh}（{accepted.by.zh}，{day.zh}）", f"{accepted.reason.en} ({accepted.by.en}, {day.en})"
    )


_FIELD = re.compile(r"\{(\w+)(?:\.(name|when|against))?\}")


def filled_statement(statement: Localized, content: Content, language: Language) -> Text:
    """A finding's statement with names and values put in, each value traceable."""
    written = statement[language]
    inlines: list[Inline] = []
    position = 0
    for field in _FIELD.finditer(written):
        inlines.append(Span(written[position : field.start()], language))
        inlines.append(_field_span(field[1], field[2], field.start() == 0, content, language))
        position = field.end()
    inlines.append(Span(written[position:], language))
    return Text(language, tuple(inline for inline in inlines if not isinstance(inline, Span) or inline.text))


def _field_span(key: str, what: str | None, first: bool, content: Content, language: Language) -> Span:
    metric = content.metrics[key]
    match what:
        case None:
            return Span(content.shown[key].value[language], language, (), key)
        case "name":
            name = metric.name[language]
            return Span(name if first else within_sentence(name), language)
        case "when":
            return Span(_when(metric.period)[language], language)
        case _:
            return Span(_against(metric.against)[language], language)


def _when(period: Period) -> Localized:
    """A period as a sentence has it: 2025年1—9月 / in January–September 2025; 截至2025年9月底 / as of …."""
    if period.start is None:
        return show_as_of(period)
    words = show_period(period)
    return Localized(words.zh, f"in {words.en}")


def _against(period: Period | None) -> Localized:
    """A period that something is measured against: 2024年9月底 / the end of September 2024."""
    if period is None or period.start is not None or not period.known:
        return NOT_STATED if period is None else show_period(period)
    return Localized(show_period(period).zh, show_as_of(period).en.removeprefix("as of "))


def _readings(candidates: tuple[Candidate, ...], content: Content, language: Language) -> Text:
    """The candidate readings, one a line, ending in the remark that none was applied."""
    inlines: list[Inline] = []
    for number, candidate in enumerate(candidates, start=1):
        bracket = f"（{number}）" if language is ZH else f"({number}) "
        inlines += [Span(f"{bracket}{reading(candidate, content, language)}", language), LineBreak()]
    return Text(language, (*inlines, Span(_ONLY_INFERENCE[language], language)))


def reading(candidate: Candidate, content: Content, language: Language) -> str:
    """A candidate reading in words."""
    zh = language is ZH
    changed = []
    for key, value in candidate.values:
        metric = content.metrics[key]
        words = show(replace(metric, value=value), content.rounding).value[language]
        changed.append(f"{metric.name.zh}为{words}" if zh else f"{within_sentence(metric.name.en)}: {words}")
    reading = ("，" if zh else "; ").join(changed)
    remark = candidate.remark[language] if candidate.remark is not None else ""
    return ("，" if zh else ", ").join(part for part in (reading, remark) if part)


def finding_message(entry: NumberedFinding, content: Content, language: Language) -> str:
    """A finding in one line for messages: statement and arithmetic."""
    statement = filled_statement(entry.finding.statement, content, language).plain()
    return f"{statement} {entry.finding.arithmetic[language]}"


def finding_lines(entry: NumberedFinding, content: Content, language: Language) -> Iterator[str]:
    """Everything that is known of a finding, in lines of plain text: what the annex prints of it, the rule first.

    One that is only worth knowing has no number and needs no acknowledgement.
    """
    finding, numbered = entry.finding, entry.number > 0
    colon = "：" if language is ZH else ": "
    yield f"{finding.rule} {entry.mark + ' ' if numbered else ''}{finding.title[language]}"
    yield filled_statement(finding.statement, content, language).plain()
    yield f"{_LABELS['arithmetic'][language]}{colon}{finding.arithmetic[language]}"
    if finding.candidates:
        yield f"{_LABELS['candidates'][language]}{colon}{_readings(finding.candidates, content, language).plain()}"
    if numbered:
        yield f"{_LABELS['treatment'][language]}{colon}{_treatment(entry, content)[language]}"
