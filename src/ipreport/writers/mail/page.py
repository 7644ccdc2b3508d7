"""A mail as an HTML document that Outlook, QQ Mail and phones show alike.

Tables place everything and `style` attributes carry every look; nothing is loaded from anywhere, nothing moves, and
nothing is wider than the window. The one picture comes with the mail; its words and values stand below it as text.
No text is hidden to be shown in lists of mails: filters take that for the work of spammers, and some programs show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from ipreport.document import Span, Text, Texts, text
from ipreport.language import ZH, Language, Localized
from ipreport.style import Colours
from ipreport.writers.mail.content import Content, File, KeyFigure, MarkedNote, said
from ipreport.writers.mail.looks import WIDTH, Look, Looks, faces
from ipreport.writers.mail.markup import element, inlines
from ipreport.writers.mail.words import (
    ATTACHED,
    CORRECTION,
    KEY_FIGURES,
    NOTES,
    PICTURE,
    REPLACES,
    TRENDS,
    origin,
)

_TABLE = {"width": "100%", "cellpadding": "0", "cellspacing": "0", "border": "0"}
_LAYOUT = {**_TABLE, "role": "presentation"}
_BELOW = "padding:0 0 12px 0;"


def page(content: Content, title: str, colours: Colours) -> str:
    """The whole document; `title` is that of its window."""
    looks = Looks(colours)
    return shell(_Page(content, looks).cells(), title, content.languages[0], looks)


def shell(cells: Iterable[str], title: str, language: Language, looks: Looks) -> str:
    """A document of these cells from top to bottom; `language` leads it, `title` is that of its window."""
    rows = (element("tr", {}, cell) for cell in cells)
    # The column stands in the middle, and what is in it does not inherit that.
    column = element("table", {**_LAYOUT, "style": f"width:100%;max-width:{WIDTH}px;text-align:left;"}, *rows)
    middle = element("td", {"align": "center", **looks.on("ground", "padding:16px;")}, _narrow(column))
    whole = element("table", {**_LAYOUT, "style": "width:100%;"}, element("tr", {}, middle))
    body = element("body", looks.on("ground", "margin:0;padding:0;"), whole)
    head = element("head", {}, *_head(title))
    whose = {"lang": language.tag, "xmlns:o": "urn:schemas-microsoft-com:office:office"}
    return f"<!DOCTYPE html>\n{element('html', whose, head, body)}\n"


def _narrow(column: str) -> str:
    """The column in a table of its width that Outlook alone sees, which knows no `max-width`.

    The width is in the style as well: Outlook enlarges that on screens of more than 96 dots an inch, and no attribute.
    """
    table = {**_LAYOUT, "width": str(WIDTH), "align": "center", "style": f"width:{WIDTH}px;"}
    cell = element("td", {"align": "left"}, f"{_FOR_ALL}{column}{_FOR_OUTLOOK}")
    return f"{_FOR_OUTLOOK}{element('table', table, element('tr', {}, cell))}{_FOR_ALL}"


_FOR_OUTLOOK, _FOR_ALL = "<!--[if mso]>", "<![endif]-->"
"""What stands between them is a comment, but for Outlook for Windows, which shows mails as Word does."""


_PIXELS = (
    "<noscript><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml>"
    "</noscript>"
)
"""Has Outlook show the picture in its size on screens of more than 96 dots an inch."""


def _head(title: str) -> Iterator[str]:
    """What programs should know before they show the mail."""
    yield element("meta", {"charset": "utf-8"})
    yield element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    yield element("meta", {"name": "color-scheme", "content": "light dark"})
    yield element("meta", {"name": "supported-color-schemes", "content": "light dark"})
    # Phones otherwise make links of what they take for telephone numbers and dates.
    yield element("meta", {"name": "format-detection", "content": "telephone=no, date=no, address=no, email=no"})
    yield element("title", {}, escape(title))
    yield element("style", {}, Looks.sheet())
    yield f"{_FOR_OUTLOOK}{_PIXELS}{_FOR_ALL}"


class _Page:
    """The cells of the mail from top to bottom."""

    def __init__(self, content: Content, looks: Looks) -> None:
        self._content, self._looks = content, looks
        self._link = looks.colour("accent")

    def cells(self) -> Iterator[str]:
        """A cell for every part that the mail has."""
        content, below = self._content, self._looks.on("ground", _BELOW)
        yield self._masthead()
        yield self._gap()
        if content.correction:
            yield self._correction()
            yield self._gap()
        for notice in content.notices:
            yield self._warning(self._lines(notice, "warning", 14))
            yield self._gap()
        if content.summary:
            yield element("td", below, *(self._paragraph(each) for each in content.summary))
        if content.figures:
            yield element("td", below, self._heading(KEY_FIGURES), *self._picture(), self._figures())
        if content.trends or content.below_figures:
            yield element("td", below, *self._trends())
        if content.notes:
            yield element("td", below, self._heading(NOTES), *map(self._note, content.notes))
        if content.files:
            yield element("td", below, self._heading(ATTACHED), *map(self._file, content.files))
        yield self._origin()

    def _masthead(self) -> str:
        """The head of page one, from top to bottom."""
        head, words = self._content.masthead, self._looks.words
        title = words("masthead", 25, "margin:8px 0 4px 0;font-weight:bold;")
        names = (self._in(text, title if not index else words("ink", 16)) for index, text in enumerate(head.name))
        parts = (
            self._lines(head.remark, "muted", 13),
            *(element("div" if index else "h1", *each) for index, each in enumerate(names)),
            self._lines(head.issue, "ink", 15),
            self._lines((*head.compiler, *head.date), "muted", 13),
        )
        cell = self._looks.ruled("masthead", "border-bottom:2px", "ground", "padding:0 0 10px 0;")
        return element("td", cell, *parts)

    def _gap(self) -> str:
        """Room below what has an edge or a ground of its own."""
        return element("td", {"height": "14", **self._looks.on("ground", "font-size:1px;line-height:14px;")}, "&#160;")

    def _correction(self) -> str:
        """That an issue takes the place of another, and why."""
        title = self._lines(self._said(CORRECTION), "warning", 16, "font-weight:bold;")
        reason = self._lines(self._content.correction, "ink", 15)
        return self._warning(title, reason, self._lines(self._said(REPLACES), "ink", 14))

    def _warning(self, *parts: str) -> str:
        """A box that nobody overlooks."""
        edge = self._looks.ruled("warning", "border-left:4px", "warning-panel", "padding:10px 12px;")
        return element("td", edge, *parts)

    def _paragraph(self, text: Text) -> str:
        return element("p", *self._in(text, self._looks.words("ink", 16, "margin:0 0 12px 0;")))

    # --- key figures -------------------------------------------------------------

    def _picture(self) -> Iterator[str]:
        """The cards as a picture, and what belongs to it alone."""
        if not self._content.picture:
            return
        words = self._looks.words
        told = " / ".join(text.plain() for text in self._said(PICTURE))
        look = f"display:block;width:100%;max-width:{WIDTH}px;height:auto;border:0;"
        size = {"width": str(WIDTH), "style": look + words("muted", 13)["style"]}
        yield element("img", {"src": f"cid:{self._content.picture}", "alt": told, "class": "muted", **size})
        for note in self._content.below_picture:
            yield self._stacked(note, words("muted", 12, "margin:4px 0 0 0;"), words("muted", 12))

    def _trends(self) -> Iterator[str]:
        """The trend lines in words, and what explains marks in them."""
        if self._content.trends:
            yield self._heading(TRENDS)
        for trend in self._content.trends:
            look = self._looks.words("ink", 13, "margin:6px 0 0 0;")
            yield self._stacked(trend, look, self._looks.words("muted", 13))
        for note in self._content.below_figures:
            yield self._lines(note, "muted", 12)

    def _figures(self) -> str:
        """The key figures as a table: name and remarks to the left, the value to the right."""
        title = " / ".join(text.plain() for text in self._said(KEY_FIGURES))
        rows = (element("tr", {}, self._named(each), self._value(each)) for each in self._content.figures)
        style = "width:100%;margin:8px 0 0 0;"
        return element("table", {**_TABLE, "aria-label": title, "style": style}, *rows)

    def _named(self, figure: KeyFigure) -> str:
        words, ground = self._looks.words, self._ground(figure)
        colour = "warning" if figure.doubtful else "muted"
        remarks = (self._stacked(each, words(colour, 13), words(colour, 13)) for each in figure.remarks)
        names = self._stacked(figure.label, words("ink", 15), words("muted", 13))
        cell = self._looks.ruled("rule", "border-top:1px", ground, "padding:9px 8px;font-weight:normal;")
        place = {"scope": "row", "align": "left", "valign": "top", "width": "50%"}
        return element("th", {**place, **cell}, names, *remarks)

    def _value(self, figure: KeyFigure) -> str:
        colour = "warning" if figure.doubtful else "accent"
        # The English is wider: “3.326 billion yuan” stays on one line of a phone.
        size = 19 if self._content.languages[0] is ZH else 16
        words = self._looks.words(colour, size, "font-weight:bold;"), self._looks.words(colour, 14)
        cell = self._looks.ruled("rule", "border-top:1px", self._ground(figure), "padding:9px 8px;")
        place = {"align": "right", "valign": "top", "width": "50%"}
        return element("td", {**place, **cell}, self._stacked(figure.value, *words))

    @staticmethod
    def _ground(figure: KeyFigure) -> str:
        return "warning-panel" if figure.doubtful else "ground"

    # --- below -------------------------------------------------------------------

    def _note(self, note: MarkedNote) -> str:
        """What a mark means; the mark stands before the first language."""
        look = self._looks.words("muted", 13)
        first, *others = (self._in(text, look) for text in note.texts)
        marked = element("div", first[0], f"{escape(note.mark)} {first[1]}")
        return marked + "".join(element("div", *each) for each in others)

    def _file(self, file: File) -> str:
        size = file.size.replace(" ", "\N{NO-BREAK SPACE}")
        name = text(self._content.languages[0], f"{file.name} ({size})")
        return self._lines((name,), "ink", 15) + self._lines(file.digest, "muted", 13)

    def _origin(self) -> str:
        """Where the figures come from, who wrote the mail, and whom to answer."""
        content = self._content
        lines = tuple(
            sentence
            for language in content.languages
            for sentence in origin(language, content.reply_to, told=content.tells)
        )
        cell = self._looks.ruled("rule", "border-top:1px", "ground", "padding:10px 0 0 0;")
        return element("td", cell, self._lines(lines, "muted", 13))

    def _heading(self, words: Localized) -> str:
        """The title of a part, all languages in one line."""
        first, *others = self._said(words)
        between = Span(" / ", first.language)
        title = Text(first.language, (*first.inlines, *(one for each in others for one in (between, *each.inlines))))
        return element("h2", *self._in(title, self._looks.words("ink", 16, "margin:4px 0 6px 0;font-weight:bold;")))

    def _said(self, words: Localized) -> Texts:
        return said(words, self._content.languages)

    def _lines(self, texts: Texts, colour: str, size: int, extra: str = "") -> str:
        look = self._looks.words(colour, size, extra)
        return self._stacked(texts, look, look)

    def _stacked(self, texts: Texts, first: Look, others: Look) -> str:
        """Texts below each other: the one that leads, and the others."""
        looks = (others if index else first for index in range(len(texts)))
        return "".join(element("div", *self._in(text, look)) for text, look in zip(texts, looks, strict=True))

    def _in(self, text: Text, look: Look) -> tuple[dict[str, str], str]:
        """The attributes of an element with a text, its language and its faces among them, and what stands in it."""
        return {"lang": text.language.tag, **look, "style": look["style"] + faces(text.language)}, inlines(
            text, self._link
        )
