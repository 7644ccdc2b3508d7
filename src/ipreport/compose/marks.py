"""Light marks in prose → inlines: **strong**, [text](https://…), and placeholders.

CommonMark is not used for this: its emphasis fails beside Chinese punctuation
(`**金额。**其中` stays literal), which is where a Chinese text puts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipreport.document import Inline, Link, Mark, Span
from ipreport.language import ZH, Language, without_spaces_in_chinese

# Private-use characters cannot occur in a file (the reader refuses them).
PLACEHOLDER_START = "\ue000"
PLACEHOLDER_END = "\ue001"

_TOKEN = re.compile(
    r"(?P<strong>\*\*)"
    r"|\[(?P<text>[^\[\]]+)\]\((?P<address>https?://[^\s()]+)\)"
    rf"|{PLACEHOLDER_START}(?P<piece>\d+){PLACEHOLDER_END}"
)


def inlines_of(rendered: str, language: Language, pieces: tuple[tuple[Inline, ...], ...]) -> tuple[Inline, ...]:
    """The inlines of a rendered template; placeholder n stands for `pieces[n]`."""
    if language is ZH:
        rendered = without_spaces_in_chinese(rendered)
    return tuple(_merged(_inlines(rendered, language, pieces)))


def _inlines(rendered: str, language: Language, pieces: tuple[tuple[Inline, ...], ...]) -> Iterator[Inline]:
    marks: tuple[Mark, ...] = ()
    position = 0
    for token in _TOKEN.finditer(rendered):
        yield Span(rendered[position : token.start()], language, marks)
        position = token.end()
        if token["strong"]:
            marks = () if marks else (Mark.STRONG,)
        elif token["address"]:
            yield Link(token["address"], token["text"], language)
        else:
            yield from (_marked(inline, marks) for inline in pieces[int(token["piece"])])
    yield Span(rendered[position:], language, marks)


def _marked(inline: Inline, marks: tuple[Mark, ...]) -> Inline:
    if isinstance(inline, Span) and marks:
        return Span(inline.text, inline.language, marks, inline.value_key)
    return inline


def _merged(inlines: Iterator[Inline]) -> Iterator[Inline]:
    """Without empty spans."""
    return (inline for inline in inlines if not isinstance(inline, Span) or inline.text)
