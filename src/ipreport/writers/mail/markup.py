"""Elements of HTML that is also well-formed XML, with the looks of a mail in their `style` attributes."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import assert_never

from ipreport.document import Citation, Footnote, Inline, LineBreak, Link, Mark, Reference, Span, Text
from ipreport.language import Language
from ipreport.writers.mail.looks import faces

_EMPTY = frozenset({"meta", "img", "br"})
_SAFE = ("https://", "http://", "mailto:")


def element(tag: str, attributes: Mapping[str, str], *children: str) -> str:
    """An element; `children` are markup already."""
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)
    return f"<{tag}{written} />" if tag in _EMPTY else f"<{tag}{written}>{''.join(children)}</{tag}>"


def inlines(text: Text, link: Mapping[str, str]) -> str:
    """The inlines of a text as markup; `link` are the attributes of links."""
    return "".join(_tagged(each, text.language, link) for each in text.inlines)


def _tagged(inline: Inline, language: Language, link: Mapping[str, str]) -> str:
    """An inline of a text in a `language`; words in another are told apart, for readers aloud and for faces."""
    written = _inline(inline, link)
    if not isinstance(inline, Span) or inline.language is language or not inline.text.strip():
        return written
    return element("span", {"lang": inline.language.tag, "style": faces(inline.language)}, written)


def _inline(inline: Inline, link: Mapping[str, str]) -> str:
    match inline:
        case Span():
            words = escape(inline.text)
            return element("strong", {}, words) if Mark.STRONG in inline.marks else words
        case Reference():
            return escape(inline.text)
        case Citation():
            return _raised(inline.text) if inline.raised else escape(inline.text)
        case Footnote():
            return _raised(inline.text)
        case Link():
            if not inline.address.startswith(_SAFE):
                return escape(inline.text)
            return element("a", {"href": inline.address, **link}, escape(inline.text))
        case LineBreak():
            return element("br", {})
        case _:
            assert_never(inline)


def _raised(mark: str) -> str:
    """The mark of a note. A `line-height` of its own would spread the lines; without one `sup` does."""
    return element("sup", {"style": "line-height:0;font-size:75%"}, escape(mark))
