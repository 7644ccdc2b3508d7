"""Boxes with a ground: callouts and cards of key figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ipreport.document import Callout, Card, Cards, CardState, DrawnPath, Tone
from ipreport.style import CARD_GUTTER, CARD_PADDING, Colours, StyleName, card_columns
from ipreport.writers.pdf.boxes import Abreast, Box, Stack
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.figure import small_picture
from ipreport.writers.pdf.setter import Setter
from ipreport.writers.pdf.structure import Element

_BAR = 2.5
_PADDING = CARD_PADDING
_ABOVE_TREND, _BELOW_TREND = 3.0, 7.0
"""Space above and below the trend line of a card."""
_ABOVE_NOTES, _BETWEEN_LANGUAGES = 4.0, 8.0
_SIGN = 12.0
"""Size of the warning sign."""
_LEAST_SCALE = 0.75
"""How far the value on a card may shrink to fit; beyond that a row holds fewer cards."""
_KEPT_ROWS = 3
"""So many rows of cards, or fewer, stay on one page."""


class PanelBox(Box):
    """A callout: a ground, a bar at its left edge, and a sign when it warns."""

    def __init__(self, content: Box, ground: str, bar: str, *, signed: bool) -> None:
        self._content, self._ground, self._bar, self._signed = content, ground, bar, signed
        self.inner = (content,)
        self.space_before = self.space_after = 10.0

    @property
    def _left(self) -> float:
        return _BAR + _PADDING + (_SIGN + 7 if self._signed else 0.0)

    def _layout(self, width: float) -> float:
        self._width = width
        return self._content.layout(width - self._left - _PADDING) + 2 * _PADDING * 0.8

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        edges = self.height - self._content.height
        parts = self._content.split(height - edges, force=force)
        if parts is None:
            return None
        halves = [PanelBox(part, self._ground, self._bar, signed=self._signed) for part in parts]
        for half, part in zip(halves, parts, strict=True):
            half._width, half.height = self._width, part.height + edges
        return halves[0], halves[1]

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        canvas.rectangle(x, top - self.height, self._width, self.height, self._ground)
        canvas.rectangle(x, top - self.height, _BAR, self.height, self._bar)
        if self._signed:
            draw_sign(canvas, x + _BAR + _PADDING, top - _PADDING * 0.8 - _SIGN - 1, self._bar)
        self._content.draw(canvas, x + self._left, top - _PADDING * 0.8)


def draw_sign(canvas: Canvas, x: float, y: float, colour: str) -> None:
    """A warning triangle with an exclamation mark; lower left corner at (x, y)."""
    triangle = _polygon(x, y, (0.06, 0.06), (0.94, 0.06), (0.5, 0.86))
    canvas.path(DrawnPath(triangle, stroke=colour, line_width=_SIGN * 0.1, round_joins=True))
    canvas.path(DrawnPath(_polygon(x, y, (0.45, 0.62), (0.55, 0.62), (0.53, 0.3), (0.47, 0.3)), fill=colour))
    canvas.path(DrawnPath(_polygon(x, y, (0.45, 0.14), (0.55, 0.14), (0.55, 0.24), (0.45, 0.24)), fill=colour))


def _polygon(x: float, y: float, *corners: tuple[float, float]) -> tuple[tuple[str | float, ...], ...]:
    """A closed shape with corners given in sizes of the sign."""
    points = [(x + _SIGN * a, y + _SIGN * b) for a, b in corners]
    return ("M", *points[0]), *(("L", *point) for point in points[1:]), ("Z",)


def callout_box(callout: Callout, setter: Setter) -> Box:
    """The box of a callout."""
    colours, warns = setter.style.colours, callout.tone is Tone.WARNING
    content = Stack(setter.boxes(callout.texts, StyleName.CALLOUT), Element("Div"))
    ground, bar = (colours.warning_panel, colours.warning) if warns else (colours.panel, colours.accent)
    return PanelBox(content, ground, bar, signed=warns)


class _CardBox:
    """The parts of a card: label, value, detail, trend line; the value `scale` times its usual size."""

    def __init__(self, card: Card, setter: Setter, scale: float = 1.0) -> None:
        self.doubtful = card.state is CardState.DOUBTFUL
        self.element = Element("Div")
        colour = setter.style.colours.warning if self.doubtful else None
        values = []
        for text in card.value:
            style = setter.style.text(StyleName.CARD_VALUE, text.language)
            values.append(setter.styled(text, replace(style, size=style.size * scale, colour=colour or style.colour)))
        self.value_width = max((box.natural_width for box in values), default=0.0)
        self.parts = (
            Stack(setter.boxes(card.label, StyleName.CARD_LABEL)),
            Stack(values),
            Stack(setter.boxes(card.detail, StyleName.CARD_DETAIL, colour=colour)),
            Stack([] if card.trend is None else [small_picture(card.trend, setter)]),
        )


class CardRow(Box):
    """Cards side by side, their labels, values, details and trend lines on common lines."""

    def __init__(self, cards: Sequence[_CardBox], columns: int, colours: Colours) -> None:
        self._cards, self._columns, self._colours = tuple(cards), columns, colours
        self.inner = [part for card in self._cards for part in card.parts]
        self.space_before = self.space_after = CARD_GUTTER
        self._levels: tuple[float, ...] = ()

    def _layout(self, width: float) -> float:
        inner = _inner(width, self._columns)
        self._card_width = inner + 2 * _PADDING
        heights = []
        for part in range(len(self._cards[0].parts)):
            room = [inner - (_SIGN + 4 if card.doubtful and part == 0 else 0.0) for card in self._cards]
            heights.append(max(card.parts[part].layout(width) for card, width in zip(self._cards, room, strict=True)))
        label, value, detail, trend = heights
        below = _PADDING + label + 2 + value + 2
        foot = below + detail + (_ABOVE_TREND if detail else 0)
        self._levels = (_PADDING, _PADDING + label + 2, below, foot)
        if trend:
            return foot + trend + _BELOW_TREND
        return below + detail + _PADDING - (0 if detail else 2)

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        for card in self._cards:
            self._draw_card(canvas, card, x, top)
            x += self._card_width + CARD_GUTTER

    def _draw_card(self, canvas: Canvas, card: _CardBox, x: float, top: float) -> None:
        colours, width, bottom = self._colours, self._card_width, top - self.height
        edge = colours.warning if card.doubtful else colours.accent
        canvas.rectangle(x, bottom, width, self.height, colours.warning_panel if card.doubtful else colours.panel)
        if card.doubtful:
            left, right, low, high = x + 0.4, x + width - 0.4, bottom + 0.4, top - 0.4
            frame = ("M", left, low), ("L", right, low), ("L", right, high), ("L", left, high), ("Z",)
            canvas.path(DrawnPath(frame, stroke=edge, line_width=0.8, dash=(3, 2)))
            draw_sign(canvas, x + width - _PADDING - _SIGN + 2, top - _PADDING - _SIGN + 1, edge)
        else:
            canvas.rectangle(x, top - 2, width, 2, edge)
        with canvas.inside(card.element):
            for part, level in zip(card.parts, self._levels, strict=True):
                part.draw(canvas, x + _PADDING, top - level)


class CardsBox(Box):
    """Cards in rows: as few rows as allowed, evenly filled, no value broken over two lines."""

    def __init__(self, cards: Cards, setter: Setter) -> None:
        self._cards, self._setter = cards, setter
        self._rows, self._kept = Stack(()), True
        self.space_before = self.space_after = CARD_GUTTER

    def _layout(self, width: float) -> float:
        cards = self._cards.cards
        columns = card_columns(len(cards), self._cards.per_row)
        widest = max(_CardBox(card, self._setter).value_width for card in cards)
        while columns > 1 and _inner(width, columns) < _LEAST_SCALE * widest:
            columns -= 1
        scale = min(1.0, _inner(width, columns) / widest) if columns > 1 else 1.0
        boxes = [_CardBox(card, self._setter, scale) for card in cards]
        colours, starts = self._setter.style.colours, range(0, len(boxes), columns)
        rows: list[Box] = [CardRow(boxes[start : start + columns], columns, colours) for start in starts]
        notes = self._notes()
        if notes:
            rows[-1].space_after, rows[-1].keep_with_next = _ABOVE_NOTES, True
        self._kept = len(rows) <= _KEPT_ROWS
        self._rows = Stack([*rows, *notes])
        self.inner = (self._rows,)
        return self._rows.layout(width)

    def _notes(self) -> list[Box]:
        """The notes below, the languages of each behind each other."""
        setter = self._setter
        return [Abreast(setter.boxes(note, StyleName.TABLE_NOTE), _BETWEEN_LANGUAGES) for note in self._cards.notes]

    def _start_height(self) -> float:
        """Few rows stay together."""
        return self.height if self._kept else self._rows.start_height()

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        return self._rows.split(height, force=force)

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        self._rows.draw(canvas, x, top)


def _inner(width: float, columns: int) -> float:
    """The width of text on one of `columns` cards."""
    return (width - CARD_GUTTER * (columns - 1)) / columns - 2 * _PADDING


def cards_box(cards: Cards, setter: Setter) -> Box:
    """The box of a set of cards."""
    return CardsBox(cards, setter)
