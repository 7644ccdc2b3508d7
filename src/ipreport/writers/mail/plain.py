"""A mail as plain text: for programs that show no HTML, and for people who read none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from ipreport.document import Citation, Footnote, Inline, LineBreak, Link, Reference, Span, Text, Texts
from ipreport.language import Localized
from ipreport.writers.mail.content import Content, KeyFigure, said
from ipreport.writers.mail.words import (
    ATTACHED,
    CORRECTION,
    KEY_FIGURES,
    MAILTO,
    NOTES,
    REPLACES,
    TRENDS,
    origin,
)

_BETWEEN = " / "
_RULE = "-" * 40


def plain(content: Content) -> str:
    """The mail as text: a blank line between its parts, ` / ` between languages in a line."""
    parts = (
        _masthead(content), _correction(content), _notices(content), _summary(content), _figures(content),
        _trends(content), _notes(content), _files(content), _origin(content),
    )  # fmt: skip
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part))) + "\n"


def _masthead(content: Content) -> Iterator[str]:
    head = content.masthead
    for texts in (head.remark, head.name, head.issue, head.compiler, head.date):
        if texts:
            yield _joined(texts)
    yield _RULE


def _correction(content: Content) -> Iterator[str]:
    if content.correction:
        yield f"(!) {_words(CORRECTION, content)}"
        yield from map(characters, content.correction)
        yield _words(REPLACES, content)


def _notices(content: Content) -> Iterator[str]:
    for notice in content.notices:
        yield f"(!) {_joined(notice)}"


def _summary(content: Content) -> Iterator[str]:
    for index, each in enumerate(content.summary):
        if index:
            yield ""
        yield characters(each)


def _figures(content: Content) -> Iterator[str]:
    if content.figures:
        yield _words(KEY_FIGURES, content)
        yield from map(_figure, content.figures)


def _figure(figure: KeyFigure) -> str:
    remarks = "; ".join(map(_joined, figure.remarks))
    return f"- {_joined(figure.label)}: {_joined(figure.value)}{f' ({remarks})' if remarks else ''}"


def _trends(content: Content) -> Iterator[str]:
    if content.trends:
        yield _words(TRENDS, content)
    for trend in content.trends:
        yield from _hanging("-", trend)
    for note in content.below_figures:
        yield from map(characters, note)


def _notes(content: Content) -> Iterator[str]:
    if content.notes:
        yield _words(NOTES, content)
    for note in content.notes:
        yield from _hanging(note.mark, note.texts)


def _hanging(mark: str, texts: Texts) -> Iterator[str]:
    """The first language behind a mark, the others below it."""
    for index, each in enumerate(texts):
        yield f"{' ' * len(mark) if index else mark} {characters(each)}"


def _files(content: Content) -> Iterator[str]:
    if content.files:
        yield _words(ATTACHED, content)
    for file in content.files:
        yield f"- {file.name} ({file.size})"
        yield from (f"  {characters(each)}" for each in file.digest)


def _origin(content: Content) -> Iterator[str]:
    yield _RULE
    for language in content.languages:
        yield from map(characters, origin(language, content.reply_to, told=content.tells))


def _words(words: Localized, content: Content) -> str:
    return _joined(said(words, content.languages))


def _joined(texts: Iterable[Text]) -> str:
    return _BETWEEN.join(map(characters, texts))


def characters(text: Text) -> str:
    """The characters of a text; links bring their addresses."""
    return "".join(map(_inline, text.inlines))


def _inline(inline: Inline) -> str:
    match inline:
        case Span() | Reference() | Citation() | Footnote():
            return inline.text
        case Link():
            return inline.text if inline.address.startswith(MAILTO) else f"{inline.text} <{inline.address}>"
        case LineBreak():
            return "\n"
        case _:
            assert_never(inline)
