"""The finished document against the records: what is printed is what was recorded (rules R24, R26, R15).

Whatever composed or drew a document, this reads the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ipreport.compose.content import Content
from ipreport.compose.pairs import document_differences, editions_differ
from ipreport.compose.round_trip import unread
from ipreport.compose.values import value_of
from ipreport.document import Document, DrawnText, Figure, Span, document_texts
from ipreport.language import EN, LANGUAGES, ZH, Language
from ipreport.metrics import UNITS, recorded_keys
from ipreport.problems import Origin, Problem, block
from ipreport.wording import read_on_scale
from ipreport.wording.patterns import MINUS

Shown = tuple[str, Language, str, str]
"""The key of a value, the language it is shown in, its words, and the unit that bare digits of a chart stand in."""


def verify(document: Document, content: Content) -> tuple[Problem, ...]:
    """A blocking Problem for every printed value that is none of its wordings, or does not lead back to it.

    R24: one metric has one value in text, cards, tables, charts and their descriptions.
    R26: the words, read back, give an interval that holds the stored value. R15: where
    the document holds both languages, they state the same.
    """
    problems: list[Problem] = []
    for key, language, words, unit in dict.fromkeys(_shown_values(document, content)):
        problems += _on_scale(key, words, unit, content) if unit else _verified(key, language, words, content)
    problems += document_differences(document, content)
    return tuple(dict.fromkeys(problems))


def verify_editions(documents: Iterable[Document], content: Content) -> tuple[Problem, ...]:
    """A blocking Problem for what the Chinese and the English edition do not state alike (rule R15)."""
    alone = {each.meta.languages[0]: each for each in documents if len(each.meta.languages) == 1}
    if ZH not in alone or EN not in alone:
        return ()
    return tuple(dict.fromkeys(editions_differ(alone[ZH], alone[EN], content)))


def _verified(key: str, language: Language, words: str, content: Content) -> Iterator[Problem]:
    value = value_of(key, content)
    origin = _origin(key, content)
    if value is None:
        message = f"'{words}' is printed for '{key}', of which nothing is recorded"
        yield block(message, origin, rule="R24")
        return
    if not value.says(words, language):
        listed = ", ".join(f"'{form}'" for form in sorted(value.forms[language.code]))
        yield block(f"'{words}' is printed for '{key}', expected {listed}", origin, rule="R24")
    reason = unread(words, language, value, content)
    if reason:
        yield block(f"'{words}', printed for '{key}', {reason}", origin, rule="R26")


def _on_scale(key: str, words: str, unit: str, content: Content) -> Iterator[Problem]:
    """Bare digits of a chart, whose subtitle names the unit, are the value rounded in that unit."""
    value, reading = value_of(key, content), read_on_scale(words, UNITS[unit])
    if value is None or value.exact is None:
        message = f"'{words}' is drawn for '{key}', of which nothing is recorded"
        yield block(message, _origin(key, content), rule="R24")
    elif reading is None or not reading.holds(value.exact):
        message = f"'{words}' ({UNITS[unit].label.en}) is drawn for '{key}', expected {value.exact:f} in that unit"
        yield block(message, _origin(key, content), rule="R26")


def _origin(key: str, content: Content) -> Origin:
    known = [name for name in recorded_keys(key) if name in content.metrics]
    return content.metrics[known[0]].origin if known else content.outline.origin


def _shown_values(document: Document, content: Content) -> Iterator[Shown]:
    """Every value in texts and charts."""
    for text in document_texts(document):
        for inline in text.inlines:
            if isinstance(inline, Span) and inline.value_key is not None:
                yield inline.value_key, inline.language, inline.text, ""
    for entry in document.blocks:
        if isinstance(entry, Figure):
            yield from _drawn_values(entry, content)
            yield from _charted_values(entry)


def _charted_values(figure: Figure) -> Iterator[Shown]:
    """The values of a chart that a word processor draws itself: as its workbook holds them and as it prints them."""
    if figure.native is None:
        return
    for series in figure.native.series:
        for point in filter(None, series.points):
            digits = f"{point.value:f}{series.digits.suffix}".replace("-", MINUS)
            yield from ((point.key, LANGUAGES[0], words, series.unit) for words in (digits, point.digits))
            for piece in (piece for line in point.label for piece in line if not piece.follows):
                if piece.value_key is not None:
                    yield piece.value_key, piece.language, piece.text, ""


def _drawn_values(figure: Figure, content: Content) -> Iterator[Shown]:
    """The values of a chart. One that is too wide for its place is drawn on several lines, which are put together."""
    drawn = [item for item in figure.picture.drawing.items if isinstance(item, DrawnText)]
    for (key, language, unit), group in groupby(drawn, key=lambda item: (item.value_key, item.language, item.unit)):
        if key is None:
            continue
        lines = [item.text for item in group]
        joined = ("" if language is ZH else " ").join(lines)
        value = value_of(key, content)
        whole = value is not None and len(lines) > 1 and value.says(joined, language)
        yield from ((key, language, words, unit) for words in ([joined] if whole else lines))
