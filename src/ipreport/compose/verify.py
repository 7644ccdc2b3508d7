"""The finished document against the records: what is printed is what was recorded (rule R24)."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.compose.content import Content
from ipreport.compose.values import value_of
from ipreport.document import Document, DrawnText, Figure, Span, document_texts
from ipreport.language import Language
from ipreport.metrics import recorded_keys
from ipreport.problems import Problem, block


def verify(document: Document, content: Content) -> tuple[Problem, ...]:
    """A blocking Problem for every printed value that is none of the wordings of its record.

    One metric has one value in text, cards, tables, charts and their descriptions;
    whatever composed or drew them, this reads the result.
    """
    problems = []
    for key, language, words in _shown_values(document):
        value = value_of(key, content)
        if value is not None and not value.says(words, language):
            listed = ", ".join(f"'{form}'" for form in sorted(value.forms[language.code]))
            origin = content.metrics[recorded_keys(key)[0]].origin
            problems.append(block(f"'{words}' is printed for '{key}', expected {listed}", origin, rule="R24"))
    return tuple(dict.fromkeys(problems))


def _shown_values(document: Document) -> Iterator[tuple[str, Language, str]]:
    """The key, language and words of every value in texts and charts."""
    for text in document_texts(document):
        for inline in text.inlines:
            if isinstance(inline, Span) and inline.value_key is not None:
                yield inline.value_key, inline.language, inline.text
    for entry in document.blocks:
        if isinstance(entry, Figure):
            for item in entry.picture.drawing.items:
                if isinstance(item, DrawnText) and item.value_key is not None:
                    yield item.value_key, item.language, item.text
