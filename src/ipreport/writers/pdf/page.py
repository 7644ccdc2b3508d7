# LEAD: read DECISION.txt in this folder before editing on, then delete this line.
"""Pages and what is painted on them, as PDF operators (ISO 32000-1, annex A).

Coordinates are points from the lower left corner of the page. All text of a
document passes through `Page.text`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from ipreport.document import DrawnPath
from ipreport.writers.pdf.atoms import Atom, Setting, Shaper
from ipreport.writers.pdf.characters import Kind
from ipreport.writers.pdf.embed import STEPS, EmbeddedFace, EmbeddedFaces
from ipreport.writers.pdf.structure import Element, LinkAnnotation, MarkedContent

_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}


def number(value: float) -> str:
    """A number as PDF writes it: three decimals at most, no exponent, no negative zero."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def rgb(colour: str) -> str:
    """`#rrggbb` as three operands."""
    return " ".join(number(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))


@dataclass(frozen=True, slots=True)
class LinkArea:
    """A rectangle that leads to a label of the document or to an address."""

    box: tuple[float, float, float, float]
    target: str | None
    address: str | None
    contents: str


@dataclass(frozen=True, slots=True)
class Place:
    """A point of the document: page counted from zero, and height on it."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the document outline."""

    level: int
    title: str
    place: Place


@dataclass(slots=True)
class _Sign:
    """A character about to be shown: bearings in steps, and a shift in front of it in points."""

    character: str
    setting: Setting
    left: int = 0
    right: int = 0
    shift: float = 0.0


@dataclass(slots=True)
class Canvas:
    """What the pages of a document share."""

    shaper: Shaper
    fonts: EmbeddedFaces = field(default_factory=EmbeddedFaces)
    pages: list[Page] = field(default_factory=list)
    destinations: dict[str, Place] = field(default_factory=dict)
    outline: list[OutlineEntry] = field(default_factory=list)
    root: Element = field(default_factory=lambda: Element("Document", joined=True))

    def new_page(self) -> Page:
        """An empty page after the others."""
        page = Page(self, len(self.pages))
        self.pages.append(page)
        return page


class Page:
    """One page: a list of operators and of link areas."""

    def __init__(self, canvas: Canvas, index: int) -> None:
        self._canvas = canvas
        self.index = index
        self.operators: list[str] = []
        self.links: list[LinkArea] = []
        self.marks = 0
        self._open = [canvas.root]
        self._within_mark = False

    @property
    def shaper(self) -> Shaper:
        """Measures the text of this document."""
        return self._canvas.shaper

    @contextmanager
    def inside(self, element: Element | None) -> Iterator[None]:
        """What is shown until the end of the block belongs to `element`, if there is one."""
        if element is not None:
            self._open.append(element)
        yield
        if element is not None:
            self._open.pop()

    @contextmanager
    def artifact(self, properties: str = "") -> Iterator[None]:
        """What is painted until the end of the block is no part of the document's meaning."""
        if self._within_mark:
            yield
            return
        self.operators.append(f"/Artifact <<{properties}>> BDC" if properties else "/Artifact BMC")
        self._within_mark = True
        yield
        self._within_mark = False
        self.operators.append("EMC")

    @contextmanager
    def picture(self, element: Element) -> Iterator[None]:
        """What is painted until the end of the block is one picture, told by the element's alternative text."""
        with self.inside(element):
            self.operators.append(self._mark(element))
            self._within_mark = True
            yield
            self._within_mark = False
            self.operators.append("EMC")

    def _mark(self, element: Element) -> str:
        """The operator that begins a marked content of `element`."""
        opened = self._canvas.root
        for each in self._open[1:]:
            each.join(opened)
            opened = each
        element.join(opened)
        element.kids.append(MarkedContent(self.index, self.marks))
        self.marks += 1
        return f"/{element.tag} <</MCID {self.marks - 1}>> BDC"

    def destination(self, label: str, x: float, y: float) -> None:
        """Make `label` lead here; the first place of a label stays."""
        self._canvas.destinations.setdefault(label, Place(self.index, x, y))

    def outline_entry(self, level: int, title: str, x: float, y: float) -> None:
        """A line of the document outline that leads here."""
        self._canvas.outline.append(OutlineEntry(level, title, Place(self.index, x, y)))

    def rectangle(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """A filled rectangle whose lower left corner is (x, y)."""
        box = " ".join(number(value) for value in (x, y, width, height))
        with self.artifact():
            self.operators.append(f"{rgb(fill)} rg {box} re f")

    def rule(self, x: float, y: float, width: float, thickness: float, colour: str) -> None:
        """A horizontal line whose middle is at height `y`."""
        self.rectangle(x, y - thickness / 2, width, thickness, colour)

    def path(self, shape: DrawnPath) -> None:
        """A shape, filled (non-zero) and stroked with the colours that it has."""
        if shape.fill is None and shape.stroke is None:
            return
        operators = ["q"]
        if shape.fill is not None:
            operators.append(f"{rgb(shape.fill)} rg")
        if shape.stroke is not None:
            operators.append(f"{rgb(shape.stroke)} RG {number(shape.line_width)} w")
            if shape.dash:
                operators.append(f"[{' '.join(map(number, shape.dash))}] 0 d")
            if shape.round_joins:
                operators.append("1 J 1 j")
        operators += map(_segment, shape.segments)
        operators.append("B" if shape.fill and shape.stroke else "f" if shape.fill else "S")
        with self.artifact():
            self.operators.append(" ".join((*operators, "Q")))

    def begin(self, scale: float, x: float, y: float) -> None:
        """Until `end`, coordinates are `scale` times as large and start at (x, y)."""
        self.operators.append(f"q {number(scale)} 0 0 {number(scale)} {number(x)} {number(y)} cm")

    def end(self) -> None:
        """Take back the last `begin`."""
        self.operators.append("Q")

    def text(
        self,
        line: Sequence[Atom],
        gaps: Sequence[float],
        x: float,
        baseline: float,
        direction: tuple[float, float] = (1.0, 0.0),
    ) -> None:
        """Atoms with the distance before each, from (x, baseline) on; `direction` is cosine and sine."""
        cosine, sine = direction
        matrix = " ".join(number(value) for value in (cosine, sine, -sine, cosine, x, baseline))
        self.operators.append(f"BT {matrix} Tm")
        areas = self._areas(line, gaps, x, baseline)
        signs = _signs(line, gaps, self.shaper)
        for linked, part in groupby(signs, lambda sign: _leads_to(sign.setting)):
            self._show(list(part), next(areas) if any(linked) else None)
        self.operators.append("ET")

    def _show(self, signs: Sequence[_Sign], area: LinkArea | None) -> None:
        shown = " ".join(self._shown(signs))
        if self._within_mark:
            self.operators.append(shown)
            return
        element = self._open[-1] if area is None else Element("Link")
        self.operators += [self._mark(element), shown, "EMC"]
        if area is not None:
            element.kids.append(LinkAnnotation(self.index, len(self.links)))
            self.links.append(area)

    def _shown(self, signs: Sequence[_Sign]) -> Iterator[str]:
        for (embedded, look), part in groupby(signs, lambda sign: (self._embedded(sign), _look(sign.setting))):
            size, colour, rise = look
            raised = f"{number(rise)} Ts " if rise else ""
            shown = _array(embedded, size, list(part))
            yield f"/{embedded.resource} {number(size)} Tf {rgb(colour)} rg {raised}[{shown}] TJ"
            if rise:
                yield "0 Ts"

    def _embedded(self, sign: _Sign) -> EmbeddedFace:
        return self._canvas.fonts.of(self.shaper.face(sign.character, sign.setting))

    @staticmethod
    def _areas(line: Sequence[Atom], gaps: Sequence[float], x: float, baseline: float) -> Iterator[LinkArea]:
        """The areas of the links of a line, from left to right."""
        position = x
        placed: list[tuple[Atom, float]] = []
        for atom, gap in zip(line, gaps, strict=True):
            placed.append((atom, position + gap))
            position += gap + atom.width
        for (target, address), part in groupby(placed, lambda each: _leads_to(each[0].setting)):
            linked = list(part)
            if target is not None or address is not None:
                (first, left), (last, right) = linked[0], linked[-1]
                bottom = baseline + first.setting.rise - 0.2 * first.setting.size
                box = (left, bottom, right + last.width, bottom + 1.2 * first.setting.size)
                contents = address or "".join(atom.text for atom, _ in linked)
                yield LinkArea(box, target, address, contents)


def _leads_to(setting: Setting) -> tuple[str | None, str | None]:
    return setting.target, setting.address


def _look(setting: Setting) -> tuple[float, str, float]:
    return setting.size, setting.colour, setting.rise


def _segment(segment: tuple[str | float, ...]) -> str:
    operands = (number(value) for value in segment[1:] if not isinstance(value, str))
    return " ".join((*operands, _OPERATORS[str(segment[0])]))


def _signs(line: Sequence[Atom], gaps: Sequence[float], shaper: Shaper) -> list[_Sign]:
    """The characters of a line. Wide gaps become bearings, the rest of a gap a shift."""
    signs: list[_Sign] = []
    for index, (atom, gap) in enumerate(zip(line, gaps, strict=True)):
        sign, space = _Sign(atom.text[0], atom.setting), gap
        if atom.spaced and index:
            signs.append(_Sign(" ", atom.setting))
            space -= shaper.width(" ", atom.setting)
        # The bearing goes to a Latin character if it can: there are few of them.
        to_last = bool(signs) and (atom.spaced or atom.kind is not Kind.LATIN)
        size = signs[-1].setting.size if to_last else atom.setting.size
        steps = max(0, int(space * STEPS / size))
        if to_last:
            signs[-1].right = steps
        else:
            sign.left = steps
        sign.shift = space - steps * size / STEPS
        signs.append(sign)
        for first, second in pairwise(atom.text):
            signs.append(_Sign(second, atom.setting, shift=shaper.kern(first, second, atom.setting)))
    return signs


def _array(embedded: EmbeddedFace, size: float, signs: Sequence[_Sign]) -> str:
    """The operand of TJ: codes of glyphs, and shifts in thousandths of an em."""
    parts: list[str] = []
    codes = ""
    for sign in signs:
        shift = round(-sign.shift * 1000 / size)
        if shift:
            if codes:
                parts.append(f"<{codes}>")
            parts.append(str(shift))
            codes = ""
        codes += f"{embedded.code(sign.character, sign.setting.language, sign.left, sign.right):04X}"
    return "".join((*parts, f"<{codes}>"))
