"""Text inside a chart: measured in the document's own faces and broken into lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import fsum

from ipreport.figures.line_breaks import break_points
from ipreport.fonts import Faces
from ipreport.language import ZH, Language, Localized
from ipreport.problems import Origin, ReportError, block
from ipreport.style import FontRole, Style, StyleName

ASCENT = 0.88
"""How far the ink of a line reaches above its baseline, in em (the top of a Han character)."""
DESCENT = 0.22
"""How far it reaches below, in em (the tail of a g)."""
HAN_DESCENT = 0.12
"""The lower edge of a Han character, in em; lines are centred on Han characters."""

SMALLEST = 6.5
"""The size of raised marks that are letters, in points."""


@dataclass(frozen=True, slots=True)
class Letters:
    """A piece of a line in one size, face and colour.

    `gap` is the space before it and `rise` lifts it off the baseline, both in points;
    `value_key` and `unit` are those of a `DrawnText`.
    """

    text: str
    size: float
    font: FontRole
    colour: str
    language: Language
    value_key: str | None = None
    gap: float = 0.0
    rise: float = 0.0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TextLine:
    """Pieces that stand behind each other on one baseline, and their width together."""

    pieces: tuple[Letters, ...]
    width: float

    @property
    def size(self) -> float:
        """The size of the largest piece."""
        return max(piece.size for piece in self.pieces)

    @property
    def leading(self) -> float:
        """The distance from the baseline above to this one."""
        return self.size * 1.34


@dataclass(frozen=True, slots=True)
class TextBox:
    """Lines below each other. `height` runs from the first line's top to the last Han foot."""

    lines: tuple[TextLine, ...]

    @property
    def width(self) -> float:
        """The width of the widest line."""
        return max((line.width for line in self.lines), default=0.0)

    @property
    def height(self) -> float:
        """The height of all lines, zero when there are none."""
        if not self.lines:
            return 0.0
        first, last = self.lines[0].size * ASCENT, self.lines[-1].size * HAN_DESCENT
        return first + fsum(line.leading for line in self.lines[1:]) + last

    @property
    def raised(self) -> float:
        """How far a raised mark reaches above the first line's top."""
        first = self.lines[0]
        return max(0.0, *(piece.rise - (first.size - piece.size) * ASCENT for piece in first.pieces))

    def below(self, other: TextBox) -> TextBox:
        """Both boxes as one, `other` on top."""
        return TextBox(other.lines + self.lines)

    def coloured(self, colour: str) -> TextBox:
        """The same words in one colour, as they stand on a fill."""
        return TextBox(
            tuple(
                replace(line, pieces=tuple(replace(piece, colour=colour) for piece in line.pieces))
                for line in self.lines
            )
        )


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases behind a rate: so many of how many, each with its key and its digits."""

    part_key: str
    part: Localized
    whole_key: str
    whole: Localized


@dataclass(frozen=True, slots=True)
class ValueWords:
    """What stands at the mark of a value: its words, traced to `key`, with the marks of its notes.

    Bare digits stand in `unit`, by its key; `cases` stand behind a rate, the ends of an
    `interval` behind the value that lies between them.
    """

    words: Localized
    key: str
    marks: Localized
    unit: str = ""
    cases: Cases | None = None
    interval: tuple[ValueWords, ValueWords] | None = None


class Lettering:
    """Measures and breaks text; `origin` is the figure that a missing character is reported at.

    Labels are as large as captions, ticks and remarks as the notes under tables, whatever
    the width of the chart.
    """

    def __init__(self, faces: Faces, style: Style, origin: Origin | None) -> None:
        self._faces = faces
        self._style = style
        self._colours = style.colours
        self._origin = origin
        self.small_size = style.text(StyleName.CHART_NOTE, ZH).size

    def size(self, language: Language) -> float:
        """The size of labels in `language`, in points."""
        return self._style.text(StyleName.CHART_LABEL, language).size

    @property
    def ink(self) -> str:
        """The colour of text."""
        return self._colours.ink

    @property
    def accent(self) -> str:
        """The colour of what stands out."""
        return self._colours.accent

    def width(self, text: str, size: float, font: FontRole, language: Language) -> float:
        """The advance of `text` in points; ReportError when no face has a character."""
        signs = self._faces.signs(font, text, language)
        return fsum(self._advance(sign, font, language) for sign in signs) * size

    def _advance(self, character: str, font: FontRole, language: Language) -> float:
        face = self._faces.for_character(font, character, language)
        if face is None:
            message = f"no font has the character '{character}' (U+{ord(character):04X}) of this figure"
            raise ReportError([block(message, self._origin, "write it another way, or name a font that has it")])
        return face.advance(character, language)

    def line(self, *pieces: Letters) -> TextLine:
        """The pieces as one line."""
        widths = [piece.gap + self._wide(piece, piece.text) for piece in pieces]
        return TextLine(pieces, fsum(widths))

    def _wide(self, letters: Letters, text: str) -> float:
        return self.width(text, letters.size, letters.font, letters.language)

    def box(self, letters: Letters, width: float = float("inf")) -> TextBox:
        """`letters` broken into as few lines of at most `width` points as hold it, evenly filled."""
        parts = self._break(letters, width)
        return TextBox(tuple(self.line(replace(letters, text=part)) for part in parts))

    def stack(self, boxes: Iterable[TextBox]) -> TextBox:
        """Boxes below each other."""
        return TextBox(tuple(line for box in boxes for line in box.lines))

    def plain(self, order: int, language: Language) -> tuple[float, FontRole, str]:
        """Size, face and colour of a label in the language that comes `order`-th in the edition."""
        return self.size(language), FontRole.SANS, self._colours.ink if order == 0 else self._colours.muted

    def strong(self, order: int, language: Language) -> tuple[float, FontRole, str]:
        """The same of a value: bold in the first language of the edition."""
        if order:
            return self.plain(order, language)
        return self.size(language), FontRole.SANS_BOLD, self._colours.ink

    def small(self) -> tuple[float, FontRole, str]:
        """The same of ticks, units and note marks."""
        return self.small_size, FontRole.SANS, self._colours.muted

    def label(
        self, text: Localized, languages: Sequence[Language], width: float = float("inf"), *, strong: bool = False
    ) -> TextBox:
        """A name in each language of the edition, the second smaller below the first."""
        look = self.strong if strong else self.plain
        return self.stack(
            self.box(Letters(text[language], *look(order, language), language), width)
            for order, language in enumerate(distinct(text, languages))
        )

    def named(
        self, name: TextBox, value: TextBox, width: float = float("inf"), *, value_first: bool = False
    ) -> TextBox:
        """A name with its value behind its first line, or before it.

        Where there is no room, or the name is broken, the value stands below the name.
        """
        one, other = (value, name) if value_first else (name, value)
        first = self.line(*one.lines[0].pieces, replace(other.lines[0].pieces[0], gap=5.0), *other.lines[0].pieces[1:])
        languages = [line.pieces[0].language for line in name.lines]
        if len(value.lines) > 1 or first.width > width or languages.count(languages[0]) > 1:
            return value.below(name)
        return TextBox((first, *name.lines[1:]))

    def remark(self, text: Localized, languages: Sequence[Language], width: float = float("inf")) -> TextBox:
        """A remark in small letters, the languages side by side where there is room, else below each other."""
        pieces = [
            Letters(text[language], *self.small(), language, gap=8.0 if order else 0.0)
            for order, language in enumerate(distinct(text, languages))
        ]
        line = self.line(*pieces)
        if line.width <= width:
            return TextBox((line,))
        return self.stack(self.box(replace(piece, gap=0.0), width) for piece in pieces)

    def beside(self, box: TextBox) -> TextLine:
        """The lines of `box` behind each other on one line."""
        pieces = [
            replace(piece, gap=5.0) if order and index == 0 else piece
            for order, line in enumerate(box.lines)
            for index, piece in enumerate(line.pieces)
        ]
        return self.line(*pieces)

    def value(
        self, value: ValueWords, languages: Sequence[Language], width: float = float("inf"), *, strong: bool = True
    ) -> TextBox:
        """A value in each language, with its marks, interval and cases behind it."""
        look = self.strong if strong else self.plain
        boxes = []
        lines = distinct(value.words, languages)
        for order, language in enumerate(lines):
            mark = mark_behind(value.marks, order, lines, languages)
            letters = Letters(value.words[language], *look(order, language), language, value.key, unit=value.unit)
            box = self.box(letters, width - self.mark_width(mark))
            box = self._marked(box, mark) if mark else box
            if value.interval is not None:
                box = self._with_brackets(box, self._interval(value.interval, language), language, width)
            if value.cases is not None:
                box = self._with_brackets(box, self._cases(value.cases, language), language, width)
            boxes.append(box)
        return self.stack(boxes)

    def _cases(self, cases: Cases, language: Language) -> tuple[Letters, ...]:
        return (
            Letters(cases.part[language], *self.small(), language, cases.part_key),
            Letters("/", *self.small(), language),
            Letters(cases.whole[language], *self.small(), language, cases.whole_key),
        )

    def _interval(self, ends: tuple[ValueWords, ValueWords], language: Language) -> tuple[Letters, ...]:
        """Both ends in full, as GB/T 15835 repeats % and 万 on either side of its dash."""
        low, high = (Letters(end.words[language], *self.small(), language, end.key, unit=end.unit) for end in ends)
        marks = [[self.note_mark(end.marks[language], language)] if end.marks[language] else [] for end in ends]
        return (low, *marks[0], Letters("～" if language is ZH else "–", *self.small(), language), high, *marks[1])

    def _with_brackets(self, box: TextBox, inside: tuple[Letters, ...], language: Language, width: float) -> TextBox:
        """What belongs to a value in brackets behind it, on a line of its own where there is no room."""
        opening, closing = ("（", "）") if language is ZH else ("(", ")")
        pieces = (
            Letters(opening, *self.small(), language, gap=0.0 if language is ZH else 2.0),
            *inside,
            Letters(closing, *self.small(), language),
        )
        line = self.line(*box.lines[-1].pieces, *pieces)
        if line.width <= width:
            return TextBox((*box.lines[:-1], line))
        return TextBox((*box.lines, self.line(replace(pieces[0], gap=0.0), *pieces[1:])))

    def _marked(self, box: TextBox, mark: str) -> TextBox:
        last = box.lines[-1]
        return TextBox((*box.lines[:-1], self.line(*last.pieces, self.note_mark(mark, last.pieces[-1].language))))

    def note_mark(self, mark: str, language: Language) -> Letters:
        """The raised mark of a note; one in letters is smaller, as a number inside a circle needs more room."""
        _, font, colour = self.small()
        size, rise = (SMALLEST, 3.2) if mark[:1].isalpha() else (self.small_size, 2.2)
        return Letters(mark, size, font, colour, language, gap=0.8, rise=rise)

    def mark_width(self, mark: str) -> float:
        """The room that `mark` takes behind a value; none for no mark."""
        return self.line(self.note_mark(mark, ZH)).width if mark else 0.0

    def marks_width(self, marks: Localized, languages: Sequence[Language]) -> float:
        """The room that a value's marks take at most: those of all languages side by side behind a common wording."""
        return max(self.mark_width(mark_behind(marks, 0, languages[:1], languages)), self.mark_width(marks.en))

    def _break(self, letters: Letters, width: float) -> list[str]:
        text = letters.text.strip()
        if self._wide(letters, text) <= width:
            return [text]
        atoms: list[str] = []
        for atom in break_points(text):
            fits = self._wide(letters, atom.rstrip()) <= width
            # A word wider than its column is cut between letters rather than left to overlap.
            atoms += [atom] if fits else list(atom)
        return self._even_lines(atoms, letters, width)

    def _even_lines(self, atoms: list[str], letters: Letters, width: float) -> list[str]:
        """Breaks between `atoms` with the fewest lines, then the most even ones."""
        count = len(atoms)
        best: list[tuple[float, int]] = [(0.0, count)] * (count + 1)
        for start in range(count - 1, -1, -1):
            options = []
            for end in range(start + 1, count + 1):
                slack = width - self._wide(letters, "".join(atoms[start:end]).rstrip())
                if slack < 0 and end > start + 1:
                    break
                # A bracketed remark is best moved to the next line as a whole.
                whole = end < count and atoms[end].startswith(("（", "("))
                options.append((best[end][0] + 1e9 + slack**2 * (0.2 if whole else 1.0), end))
            best[start] = min(options)
        lines, start = [], 0
        while start < count:
            end = best[start][1]
            lines.append("".join(atoms[start:end]).strip())
            start = end
        return lines

    def unbroken(self, text: Localized, languages: Sequence[Language], *, strong: bool) -> float:
        """The width of the widest part of `text` that must not be broken."""
        style = self.strong if strong else self.plain
        return max(
            self.width(atom.rstrip(), *style(order, language)[:2], language)
            for order, language in enumerate(distinct(text, languages))
            for atom in break_points(text[language])
        )


NO_MARK = Localized.same("")


def mark_behind(marks: Localized, order: int, lines: Sequence[Language], languages: Sequence[Language]) -> str:
    """The marks behind the line of a value that comes `order`-th of `lines`, in an edition in `languages`.

    One that reads the same in all languages stands behind the first line only; one line for
    all languages takes the marks of all.
    """
    if marks.zh == marks.en:
        return marks.zh if order == 0 else ""
    if len(lines) < len(languages):
        return " ".join(marks[language] for language in languages)
    return marks[lines[order]]


def distinct(text: Localized, languages: Sequence[Language]) -> tuple[Language, ...]:
    """The languages to set `text` in: only the first when it reads the same in all, `1845` and `1,845` included."""
    readings = {text[language].replace(",", "") for language in languages}
    return tuple(languages[:1]) if len(readings) == 1 else tuple(languages)
