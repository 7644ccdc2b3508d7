"""The cards of key figures as one picture, for mails: two side by side, legible on a phone.

Each card has an opaque ground and there is none between them, so that the picture stands on a light page as on a
dark one. Its words are those of the document's cards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipreport import __version__
from ipreport.cache import Cache
from ipreport.document import Card, CardState, Citation, Footnote, Picture, Text, Texts, in_order, inline_text
from ipreport.figures.lettering import Lettering, Letters, TextBox, TextLine
from ipreport.figures.sketch import Sketch
from ipreport.fonts import Faces
from ipreport.language import Language
from ipreport.style import CARD_PADDING, Colours, Style, StyleName

FORMAT = 2
"""Part of every cache key: raise it whenever the same cards would be drawn differently."""

WIDTH = 320.0
"""In points: about as many as the text of a mail on a phone has pixels, so that letters keep their sizes there."""
_ENLARGED = 1.15
"""Letters beside those on pages, which are read from nearer."""
_COLUMNS = 2
_GUTTER = 8.0
_INNER = (WIDTH - _GUTTER * (_COLUMNS - 1)) / _COLUMNS - 2 * CARD_PADDING
_EDGE = 2.0
_SIGN = 12.0
_BELOW_LABEL, _BELOW_VALUE, _ABOVE_TREND = 4.0, 5.0, 5.0
_LEAST_SCALE = 0.6
"""How far values shrink to stay on one line; what is longer then is broken."""
_STROKE, _DASH = 0.8, (3.0, 2.0)


def cards_picture(
    cards: Sequence[Card], languages: tuple[Language, ...], style: Style, faces: Faces, cache: Cache
) -> bytes:
    """The cards as a PNG, 978 pixels wide, in the order of `languages`; a text in one language stands for all.

    `style` is that of the edition (`Style.led_by`). Raises ReportError when no face has a character.
    """
    key = _key(cards, languages, style, faces)
    kept = cache.get(key)
    if kept is None:
        from ipreport.figures.png import png  # noqa: PLC0415 - matplotlib takes most of a second to import

        sketch = Sketch(Lettering(faces, style, None), style.colours)
        height = lay_out(cards, languages, style, sketch)
        kept = png(sketch.drawing(height), (WIDTH, height), faces, on_white=False)
        cache.put(key, kept)
    return kept


def lay_out(cards: Sequence[Card], languages: tuple[Language, ...], style: Style, sketch: Sketch) -> float:
    """The cards in rows from the top down; returns their height in points."""
    setting = _Setting(style, sketch.lettering, languages)
    scale = setting.scale(cards)
    made = [setting.card(card, scale) for card in cards]
    top = 0.0
    for start in range(0, len(made), _COLUMNS):
        row = made[start : start + _COLUMNS]
        levels = _levels(row)
        for column, card in enumerate(row):
            _draw(card, column * (_INNER + 2 * CARD_PADDING + _GUTTER), top, levels, sketch)
        top += levels.height + _GUTTER
    return round(top - _GUTTER, 2)


def _key(cards: Sequence[Card], languages: tuple[Language, ...], style: Style, faces: Faces) -> str:
    """Everything that decides the bytes."""
    looks = [style.text(name, language) for name in _NAMES for language in languages]
    roles = [(role, faces.face(role).key) for role in style.roles if role in faces.roles]
    symbols = faces.symbols.key if faces.symbols is not None else ""
    return f"cards {FORMAT} {__version__} {[*cards]!r} {languages!r} {style.colours!r} {looks!r} {roles!r} {symbols}"


# --- words -----------------------------------------------------------------------

_NAMES = (StyleName.CARD_LABEL, StyleName.CARD_VALUE, StyleName.CARD_DETAIL)


@dataclass(frozen=True, slots=True)
class _Made:
    """The parts of a card, broken into lines."""

    label: TextBox
    value: TextBox
    detail: TextBox
    trend: Picture | None
    doubtful: bool


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the words of cards are set."""

    style: Style
    lettering: Lettering
    languages: tuple[Language, ...]

    def card(self, card: Card, scale: float) -> _Made:
        """The parts of a card, its value `scale` times as large as usual."""
        doubtful = card.state is CardState.DOUBTFUL
        colour = self.style.colours.warning if doubtful else None
        room = _INNER - (_SIGN + 4 if doubtful else 0.0)
        values = [self._value(text, scale, colour) for text in in_order(card.value, self.languages)]
        return _Made(
            self._box(card.label, StyleName.CARD_LABEL, None, room),
            self.lettering.stack(values),
            self._box(card.detail, StyleName.CARD_DETAIL, colour, _INNER),
            card.trend.picture if card.trend is not None else None,
            doubtful,
        )

    def scale(self, cards: Sequence[Card]) -> float:
        """How far all values shrink so that the widest fits on a line."""
        widest = max(self._line(text, 1.0, None).width for card in cards for text in card.value)
        return max(_LEAST_SCALE, min(1.0, _INNER / widest))

    def _letters(self, text: Text, name: StyleName, colour: str | None, scale: float = 1.0) -> Letters:
        """How a text is set: no other language is larger than the one that leads."""
        look, leading = self.style.text(name, text.language), self.style.text(name, self.languages[0])
        size = look.size if text.language is self.languages[0] else min(look.size, leading.size)
        size *= _ENLARGED * scale
        return Letters(text.plain(), size, look.font, colour or look.colour, text.language)

    def _box(self, texts: Texts, name: StyleName, colour: str | None, width: float) -> TextBox:
        shown = in_order(texts, self.languages)
        return self.lettering.stack(self.lettering.box(self._letters(each, name, colour), width) for each in shown)

    def _value(self, text: Text, scale: float, colour: str | None) -> TextBox:
        line = self._line(text, scale, colour)
        if line.width <= _INNER + 0.01:
            return TextBox((line,))
        return self.lettering.box(self._letters(text, StyleName.CARD_VALUE, colour, scale), _INNER)

    def _line(self, text: Text, scale: float, colour: str | None) -> TextLine:
        """A value with the marks of its notes raised behind it."""
        return self.lettering.line(*self._pieces(text, self._letters(text, StyleName.CARD_VALUE, colour, scale)))

    def _pieces(self, text: Text, look: Letters) -> Iterator[Letters]:
        for inline in text.inlines:
            if isinstance(inline, Citation | Footnote):
                yield self.lettering.note_mark(inline.text, text.language)
            else:
                key = getattr(inline, "value_key", None)
                yield Letters(inline_text(inline), look.size, look.font, look.colour, text.language, key)


# --- places ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Levels:
    """How far below the top of a row its labels, values, details and trend lines begin, and its height."""

    label: float
    value: float
    detail: float
    trend: float
    height: float


def _levels(row: Sequence[_Made]) -> _Levels:
    """The same levels for all cards of a row."""
    label, value, detail = (max(getattr(c, n).height for c in row) for n in ("label", "value", "detail"))
    trend = max(card.trend.height if card.trend is not None else 0.0 for card in row)
    below_label = CARD_PADDING + label + _BELOW_LABEL
    below_value = below_label + value
    below = below_value + (_BELOW_VALUE + detail if detail else 0.0)
    foot = below + (_ABOVE_TREND + trend if trend else 0.0)
    return _Levels(CARD_PADDING, below_label, below_value + _BELOW_VALUE, below + _ABOVE_TREND, foot + CARD_PADDING)


def _draw(card: _Made, left: float, top: float, levels: _Levels, sketch: Sketch) -> None:
    """A card with its ground; what is in doubt has a dashed frame and a sign, as in the document."""
    colours, right, bottom = sketch.colours, left + _INNER + 2 * CARD_PADDING, top + levels.height
    sketch.bar((left, right), (top, bottom), colours.warning_panel if card.doubtful else colours.panel)
    if card.doubtful:
        _frame((left, top, right, bottom), colours, sketch)
    else:
        sketch.bar((left, right), (top, top + _EDGE), colours.accent)
    x = left + CARD_PADDING
    sketch.text(card.label, x, top + levels.label)
    sketch.text(card.value, x, top + levels.value)
    sketch.text(card.detail, x, top + levels.detail)
    if card.trend is not None:
        sketch.put(card.trend.drawing, card.trend.height, x, top + levels.trend)


def _frame(place: tuple[float, float, float, float], colours: Colours, sketch: Sketch) -> None:
    """A dashed frame, and a triangle with an exclamation mark in its upper right corner."""
    left, top, right, bottom = place
    inset = _STROKE / 2
    corners = [(left + inset, top + inset), (right - inset, top + inset)]
    corners += [(right - inset, bottom - inset), (left + inset, bottom - inset), (left + inset, top + inset)]
    sketch.line(corners, colours.warning, _STROKE, _DASH)
    x, y = right - CARD_PADDING - _SIGN + 2, top + CARD_PADDING - 1
    for number, shape in enumerate(_WARNING):
        fill = colours.warning_panel if number else colours.warning
        sketch.area([(x + _SIGN * across, y + _SIGN * down) for across, down in shape], fill)


_WARNING = (
    ((0.0, 1.0), (1.0, 1.0), (0.5, 0.06)),
    ((0.45, 0.4), (0.55, 0.4), (0.53, 0.7), (0.47, 0.7)),
    ((0.45, 0.78), (0.55, 0.78), (0.55, 0.88), (0.45, 0.88)),
)
"""The corners of the sign in its own size: the triangle, then what is cut out of it."""
