"""Rows of key figures."""

from __future__ import annotations

from ipreport.compose.common import AS_STATED, Languages, doubt_note, rendered, said, value_texts
from ipreport.compose.comparisons import compare, previous
from ipreport.compose.content import Content
from ipreport.compose.sense import refusal
from ipreport.compose.standings import standing
from ipreport.compose.trends import Trends, chosen, keys_of, trend_note
from ipreport.document import Card, Cards, CardState, Inline, Span, Text, Texts
from ipreport.language import ZH, Language, Localized
from ipreport.metrics import Basis, Metric, Status
from ipreport.outline import CardsBlock, CardSpec
from ipreport.wording import STATES, Phrase


def cards(spec: CardsBlock, content: Content, languages: Languages, trends: Trends) -> Cards:
    """A row of key figures; one in doubt or not settled says so below, unless something else stands there.

    Below all of them stands once what their trend lines show.
    """
    made = [_card(card, content, languages, trends) for card in spec.cards]
    drawn = chosen(((card.trend, card.metric) for card in spec.cards), trends)
    notes = trend_note(drawn, content, languages, in_table=False)
    return Cards(tuple(made), spec.per_row, (*notes, *doubt_note(content, keys_of(drawn.values()), languages)))


def _card(spec: CardSpec, content: Content, languages: Languages, trends: Trends) -> Card:
    metric = content.metrics[spec.metric]
    doubtful = bool(content.marks_of(spec.metric))
    return Card(
        label=said(spec.label or metric.name, languages),
        value=value_texts(content, spec.metric, languages),
        detail=_detail(spec, metric, doubtful, content, languages),
        state=CardState.DOUBTFUL if doubtful else CardState.NORMAL,
        trend=trends.get((spec.trend, spec.metric)) if spec.trend is not None else None,
    )


def _detail(spec: CardSpec, metric: Metric, doubtful: bool, content: Content, languages: Languages) -> Texts:
    """What the author wrote; else that the value is in doubt; else its state and what the records say beside it."""
    if spec.detail is not None:
        return rendered(spec.detail, content, languages)
    if doubtful:
        return (_in_one_line(AS_STATED, languages),)
    phrases, state = tuple(_beside(metric, content)), content.state_of(metric.key)
    if not phrases:
        return () if state is None else said(STATES[state].name, languages)
    return tuple(_joined(phrases, state, content, language) for language in languages)


def _in_one_line(words: Localized, languages: Languages) -> Text:
    """Words in all languages beside each other, each span in its own."""
    first, *others = languages
    spans = (Span(words[first], first), *(Span(f" / {words[language]}", language) for language in others))
    return Text(first, spans)


def _beside(metric: Metric, content: Content) -> list[Phrase]:
    """The change within a year and the rank, each where it can be worked out."""
    found = []
    before = previous(metric, content)
    if metric.value is not None and before is not None and before.value is not None:
        found += [compare(metric, content, Basis.YEAR)] if refusal(metric, "yoy", content) is None else []
    if refusal(metric, "rank", content) is None:
        phrase = standing(metric, content)[1]
        found += [phrase] if phrase.rounded is not None else []
    return found


def _joined(phrases: tuple[Phrase, ...], state: Status | None, content: Content, language: Language) -> Text:
    inlines: list[Inline] = [] if state is None else [Span(STATES[state].name[language], language)]
    for phrase in phrases:
        if inlines:
            inlines.append(Span("，" if language is ZH else "; ", language))
        inlines.append(Span(phrase.text[language], language, (), phrase.key))
        inlines += content.raised_marks(phrase.key, language)
    return Text(language, tuple(inlines))
