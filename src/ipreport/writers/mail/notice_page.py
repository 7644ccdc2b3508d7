"""The form of what the approver is told: plain text, and the same as an HTML document; Chinese first, then English."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ipreport.document import Text
from ipreport.language import LANGUAGES, Localized
from ipreport.style import Colours
from ipreport.writers.mail.bodies import Bodies
from ipreport.writers.mail.content import said
from ipreport.writers.mail.looks import Look, Looks, faces
from ipreport.writers.mail.markup import element
from ipreport.writers.mail.notice import Notice, Part
from ipreport.writers.mail.page import shell

_RULE = "-" * 40
_FIXED = "font-family:Consolas,Menlo,monospace;white-space:pre-wrap;"
_BELOW = "padding:0 0 12px 0;"


def write_notice(notice: Notice, colours: Colours) -> Bodies:
    """A notice as a mail. The same in, the same out."""
    looks = Looks(colours)
    html = shell(_cells(notice, looks), notice.subject, LANGUAGES[0], looks)
    return Bodies(notice.subject, _plain(notice), html)


def _said(words: Localized) -> tuple[Text, ...]:
    return said(words, LANGUAGES)


# --- plain text ------------------------------------------------------------------


def _plain(notice: Notice) -> str:
    """The notice as text: a blank line between its parts."""
    head = [*_lines(notice.title), _RULE, *_lines(notice.lead)]
    parts = [head, *([*_lines(part.heading), *_indented(part)] for part in notice.parts)]
    return "\n\n".join("\n".join(part) for part in (*parts, [_RULE, *_lines(notice.end)])) + "\n"


def _lines(words: Localized) -> Iterator[str]:
    """The words in each language, each on a line."""
    yield from (each.plain() for each in _said(words))


def _indented(part: Part) -> Iterator[str]:
    for item in part.items:
        for index, line in enumerate(line for words in item for line in _lines(words)):
            yield f"    {line}" if part.verbatim else f"{'  ' if index else '- '}{line}"


# --- HTML ------------------------------------------------------------------------


def _cells(notice: Notice, looks: Looks) -> Iterator[str]:
    """A cell for every part."""
    title = looks.words("masthead", 20, "margin:8px 0 4px 0;font-weight:bold;")
    cell = looks.ruled("masthead", "border-bottom:2px", "ground", "padding:0 0 10px 0;")
    yield element("td", cell, *_stacked(notice.title, title))
    lead = looks.words("ink", 16, "margin:12px 0 0 0;font-weight:bold;")
    yield element("td", looks.on("ground", _BELOW), *_stacked(notice.lead, lead))
    for part in notice.parts:
        yield element("td", looks.on("ground", _BELOW), *_part(part, looks))
    edge = looks.ruled("rule", "border-top:1px", "ground", "padding:10px 0 0 0;")
    yield element("td", edge, *_stacked(notice.end, looks.words("muted", 13)))


def _part(part: Part, looks: Looks) -> Iterator[str]:
    yield from _stacked(part.heading, looks.words("ink", 15, "font-weight:bold;"))
    first = looks.words("ink", 13, _FIXED) if part.verbatim else looks.words("ink", 14, "margin:4px 0 0 0;")
    for item in part.items:
        for index, words in enumerate(item):
            yield from _stacked(words, looks.words("muted", 12) if index else first, fixed=part.verbatim)


def _stacked(words: Localized, look: Look, *, fixed: bool = False) -> Iterator[str]:
    """The words in each language below each other; those in letters of one width keep their own faces."""
    for each in _said(words):
        style = look["style"] + ("" if fixed else faces(each.language))
        yield element("div", {"lang": each.language.tag, **look, "style": style}, escape(each.plain()))
