"""The look of a briefing in an office's own template: its page, its colours, the size of its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from types import MappingProxyType

from ipreport.language import ZH
from ipreport.style import Colours, Style, StyleName, TextStyle
from ipreport.writers.docx.brand.palette import adapted
from ipreport.writers.docx.brand.read import Brand

_RUNNING = {
    *(StyleName.HEADING_1, StyleName.HEADING_2, StyleName.HEADING_3, StyleName.BODY, StyleName.SUMMARY),
    *(StyleName.QUOTATION, StyleName.LIST_ITEM, StyleName.NOTE, StyleName.CALLOUT, StyleName.IMPRINT),
    *(StyleName.CONTENTS_TITLE, StyleName.CONTENTS_1, StyleName.CONTENTS_2, StyleName.CONTENTS_3),
}
"""What is set in the size of the template's text. Tables, captions, cards and margins keep theirs: they must fit."""


def branded(style: Style, brand: Brand) -> Style:
    """`style` with the page of `brand`, its colours as far as contrast allows, and its size of running text.

    For Word files only: a PDF keeps the look of the house. What the template has styles for
    does not rest on this, but on those.
    """
    colours = style.colours if not brand.colours else adapted(style.colours, brand.colours)[0]
    former = _roles(style.colours)
    body = style.text(StyleName.BODY, ZH).size
    scale = 1.0 if brand.body_size is None else brand.body_size / body

    def changed(texts: Mapping[tuple[StyleName, str], TextStyle]) -> Mapping[tuple[StyleName, str], TextStyle]:
        return MappingProxyType(
            {key: _text(text, colours, former, scale if key[0] in _RUNNING else 1.0) for key, text in texts.items()}
        )

    return replace(
        style,
        page=brand.page,
        colours=colours,
        texts=changed(style.texts),
        leading_texts=changed(style.leading_texts),
    )


def _roles(colours: Colours) -> dict[str, str]:
    """Which part a colour of the house plays; of one that plays several, the first."""
    names = [entry.name for entry in fields(colours) if isinstance(getattr(colours, entry.name), str)]
    roles: dict[str, str] = {}
    for name in names:
        roles.setdefault(getattr(colours, name), name)
    return roles


def _text(text: TextStyle, colours: Colours, former: Mapping[str, str], scale: float) -> TextStyle:
    role = former.get(text.colour)
    colour = text.colour if role is None else getattr(colours, role)
    size = text.size if scale == 1.0 else round(text.size * scale * 2) / 2
    return replace(text, colour=colour, size=size, leading=text.leading * size / text.size)
