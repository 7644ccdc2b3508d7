"""The finished document against the records: what is printed is what was recorded (rule R24)."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.compose.comparisons import COMPARISONS, compare
from ipreport.compose.content import Content
from ipreport.document import Document, DrawnText, Figure, Span, document_texts
from ipreport.language import Language
from ipreport.metrics import recorded_keys, share_key
from ipreport.problems import Problem, block
from ipreport.wording import show_share


def verify(document: Document, content: Content) -> tuple[Problem, ...]:
    """A blocking Problem for every printed value that is none of the wordings of its record.

    One metric has one value in text, cards, tables, charts and their descriptions;
    whatever composed or drew them, this reads the result.
    """
    problems = []
    for key, language, words in _shown_values(document):
        forms = _forms(key, language, content)
        if forms and words not in forms:
            listed = ", ".join(f"'{form}'" for form in sorted(forms))
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


def _forms(key: str, language: Language, content: Content) -> set[str]:
    """The wordings of a value; empty for one whose wording belongs to the chart that works it out."""
    if key in content.shown:
        shown = content.shown[key]
        return {shown.text[language], shown.value[language], shown.number[language]}
    recorded = [content.metrics[name] for name in recorded_keys(key)]
    for basis in COMPARISONS.values():
        phrase = compare(recorded[0], content, basis)
        if phrase.key == key:
            return {phrase.text[language], phrase.cell[language]}
    if len(recorded) != 2:
        return set()
    part, whole = recorded
    if key != share_key(part.key, whole.key) or part.value is None or not whole.value:
        return set()
    exact = part.is_exact and whole.is_exact
    share = show_share(part.value, whole.value, exact=exact, rounding=content.rounding)[language]
    return {share, f"占比{share}"}
