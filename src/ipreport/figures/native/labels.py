"""What stands at the values of a chart that a word processor draws itself."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.document import Label, LabelPiece
from ipreport.figures.charts.part_of_whole import share
from ipreport.figures.course import DEFINITION_CHANGED
from ipreport.figures.data import ChartData, Datum
from ipreport.figures.lettering import distinct, mark_behind
from ipreport.language import ZH, Language
from ipreport.metrics import share_key
from ipreport.wording import ChartUnit


def label_of(datum: Datum, unit: ChartUnit, data: ChartData) -> Label:
    """The digits of a value, which follow it when it is edited, or its words; behind them its marks and cases."""
    bare = datum.exact and datum.unit.kind is unit.unit.kind
    words = unit.digits(datum.value) if bare else datum.words
    lines = data.languages[:1] if bare else distinct(words, data.languages)
    return tuple(
        (
            LabelPiece(words[language], language, datum.key, follows=bare),
            *_marks(mark_behind(datum.marks, order, lines, data.languages), language),
            *_cases(datum, language),
        )
        for order, language in enumerate(lines)
    )


def _marks(mark: str, language: Language) -> Iterator[LabelPiece]:
    if mark:
        yield LabelPiece(mark, language, raised=True)


def _cases(datum: Datum, language: Language) -> Iterator[LabelPiece]:
    """The cases behind a rate, in brackets."""
    if datum.cases is not None:
        opening, closing = _brackets(language)
        yield LabelPiece(opening, language)
        yield LabelPiece(datum.cases.part[language], language, datum.cases.part_key)
        yield LabelPiece("/", language)
        yield LabelPiece(datum.cases.whole[language], language, datum.cases.whole_key)
        yield LabelPiece(closing, language)


def with_share(label: Label, data: ChartData) -> Label:
    """The label of a part with its share of the whole behind it, in brackets."""
    (whole, part), words = data.data, share(data)
    pieces: list[LabelPiece] = []
    for language in distinct(words, data.languages):
        opening, closing = _brackets(language)
        pieces.append(LabelPiece(opening, language))
        pieces.append(LabelPiece(words[language], language, share_key(part.key, whole.key)))
        pieces.append(LabelPiece(closing, language))
    return (*label[:-1], (*label[-1], *pieces))


def with_break(label: Label, data: ChartData) -> Label:
    """The label of the first value of a new definition."""
    lead = data.languages[0]
    return (*label, (LabelPiece(DEFINITION_CHANGED[lead], lead),))


def break_alone(label: Label) -> Label:
    """What is left of such a label where its value has no room."""
    return label[-1:]


def _brackets(language: Language) -> tuple[str, str]:
    return ("（", "）") if language is ZH else (" (", ")")
