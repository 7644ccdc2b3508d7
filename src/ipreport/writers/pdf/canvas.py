"""The surface that boxes paint on: a canvas of ReportLab that knows our text, marks and links.

Coordinates are points from the lower left corner of the page. All text of a
document passes through `Canvas.text`, which writes its operators itself
(ISO 32000-1, annex A): ReportLab has no text in two-byte codes with shifts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import IO, Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas

from ipreport.document import DrawnPath
from ipreport.style import FontRole
from ipreport.writers.pdf.atoms import Atom, Setting, Shaper
from ipreport.writers.pdf.characters import Kind
from ipreport.writers.pdf.embed import STEPS, EmbeddedFace, EmbeddedFaces
from ipreport.writers.pdf.structure import Element, MarkedContent, PageAnnotation

_ABOVE = 4.0
"""How far above its place a destination leads, so that the first line is not cut off."""


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


@dataclass(slots=True)
class _Sign:
    """A character, with its marks, about to be shown: bearings in steps, and a shift in front of it in points."""

    character: str
    setting: Setting
    left: int = 0
    right: int = 0
    shift: float = 0.0


_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}
_PAINTED = {(True, False): "S", (False, True): "f", (True, True): "B"}
"""How a path is painted that is stroked, and filled (non-zero)."""
_Look = tuple[float, str, float, float]
"""Size, colour, rise and tracking."""


class Canvas(canvas.Canvas):
    """The pages of one document, painted one after the other."""

    # What ReportLab keeps of the page at hand; its release is pinned for the sake of these.
    _code: list[str]
    _annotationrefs: list[object]
    _doc: pdfdoc.PDFDocument
    _addAnnotation: Callable[[pdfdoc.PDFObject], None]  # noqa: N815 - its name there

    def __init__(self, target: str | IO[bytes], *, shaper: Shaper, **options: Any) -> None:
        super().__init__(target, pdfVersion=(1, 7), **options)
        self.shaper = shaper
        self.root = Element("Document", joined=True)
        self.marks: Counter[int] = Counter()
        """How many marked contents each page has; pages are counted from zero."""
        self.entries = 0
        """How many lines the outline has."""
        self._fonts = EmbeddedFaces(self._doc)
        self._faces: dict[tuple[FontRole, str, str], EmbeddedFace] = {}
        self._opened = [self.root]
        self._within_mark = False
        self._labels: dict[str, pdfdoc.Destination] = {}
        self._targets: set[str] = set()
        self._levels: list[int] = []
        self.appearance = ""
        """What the form field looks like, if there is one."""
        self.marked: dict[str, Element] = {}
        """The elements that the first marks of footnotes stand in, by the labels of these."""

    def _make_preamble(self) -> None:
        """A page begins with nothing: each text names its font, none comes from the list all documents share."""
        self._preamble = ""

    @property
    def page(self) -> int:
        """The page at hand, counted from zero."""
        return self.getPageNumber() - 1

    def save(self) -> None:
        """Write the file. Raises ValueError when links lead to labels that do not exist."""
        missing = sorted(self._targets - self._labels.keys())
        if missing:
            raise ValueError(f"references lead to labels that do not exist: {', '.join(missing)}")
        self._name_labels()
        self.addPageLabel(0, style="ARABIC")
        super().save()

    def _name_labels(self) -> None:
        """Make labels known as names, which other documents can lead to as well."""
        names: list[pdfdoc.PDFString | pdfdoc.Destination] = []
        for label, place in sorted(self._labels.items()):  # labels are ASCII, so this is the order of bytes
            names += [pdfdoc.PDFString(label), place]
        self.setCatalogEntry("Names", {"Dests": pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(names)})})

    @contextmanager
    def inside(self, element: Element | None) -> Iterator[None]:
        """What is shown until the end of the block belongs to `element`, if there is one."""
        if element is not None:
            self._opened.append(element)
        yield
        if element is not None:
            self._opened.pop()

    @contextmanager
    def artifact(self, properties: str = "") -> Iterator[None]:
        """What is painted until the end of the block is no part of the document's meaning."""
        if self._within_mark:
            yield
            return
        self._code.append(f"/Artifact <<{properties}>> BDC" if properties else "/Artifact BMC")
        self._within_mark = True
        yield
        self._within_mark = False
        self._code.append("EMC")

    @contextmanager
    def picture(self, element: Element) -> Iterator[None]:
        """What is painted until the end of the block is one picture, told by the element's alternative text."""
        with self.inside(element):
            self._code.append(self._mark(element))
            self._within_mark = True
            yield
            self._within_mark = False
            self._code.append("EMC")

    @contextmanager
    def field(self, box: tuple[float, float, float, float]) -> Iterator[None]:
        """What is painted until the end of the block is the look of the document's one form field, at `box`.

        The field is told by its own words, and what it looks like is no part of the page (PDF/UA-1, 7.18.4).
        """
        element = Element("Form")
        self._join(element)
        element.kids.append(PageAnnotation(self.page, len(self._annotationrefs)))
        place = pdfdoc.PDFArray([round(value, 2) for value in box])
        names = {"Type": pdfdoc.PDFName("Annot"), "Subtype": pdfdoc.PDFName("Widget")}
        self._addAnnotation(pdfdoc.PDFDictionary({**names, "Rect": place}))
        page, self._code, self._within_mark = self._code, [], True
        yield
        self.appearance, self._code, self._within_mark = "\n".join(self._code), page, False

    def place(self, element: Element) -> None:
        """Let `element` take its place in what is open, be it that nothing of it is shown here; not in an artifact."""
        if not self._within_mark:
            self._join(element)

    def _join(self, element: Element) -> None:
        opened = self.root
        for each in self._opened[1:]:
            each.join(opened)
            opened = each
        element.join(opened)

    def _mark(self, element: Element) -> str:
        """The operator that begins a marked content of `element`."""
        self._join(element)
        mark = MarkedContent(self.page, self.marks[self.page])
        element.kids.append(mark)
        self.marks[self.page] += 1
        return f"/{element.tag} <</MCID {mark.number}>> BDC"

    def destination(self, label: str, x: float, y: float) -> None:
        """Make `label` lead here; the first place of a label stays."""
        if label not in self._labels:
            self._labels[label] = self.bookmarkPage(label, "XYZ", left=round(x, 2), top=round(y + _ABOVE, 2))

    def outline_entry(self, level: int, title: str, label: str) -> None:
        """A line of the document outline; it belongs to the nearest one before it with a lower level."""
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self.addOutlineEntry(title, label, len(self._levels))
        self._levels.append(level)
        self.entries += 1
        self.showOutline()

    def rectangle(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """A filled rectangle whose lower left corner is (x, y)."""
        with self.artifact():
            self.setFillColor(HexColor(fill))
            self.rect(x, y, width, height, stroke=0, fill=1)

    def rule(self, x: float, y: float, width: float, thickness: float, colour: str) -> None:
        """A horizontal line whose middle is at height `y`."""
        self.rectangle(x, y - thickness / 2, width, thickness, colour)

    def path(self, shape: DrawnPath) -> None:
        """A shape, filled (non-zero) and stroked with the colours that it has."""
        if shape.fill is None and shape.stroke is None:
            return
        with self.artifact():
            self.saveState()
            if shape.fill is not None:
                self.setFillColor(HexColor(shape.fill))
            if shape.stroke is not None:
                self._set_pen(shape, shape.stroke)
            self._code += [*map(_step, shape.segments), _PAINTED[shape.stroke is not None, shape.fill is not None]]
            self.restoreState()

    def _set_pen(self, shape: DrawnPath, colour: str) -> None:
        self.setStrokeColor(HexColor(colour))
        self.setLineWidth(shape.line_width)
        if shape.dash:
            self.setDash(shape.dash)
        if shape.round_joins:
            self.setLineCap(1)
            self.setLineJoin(1)

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
        self._code.append(f"BT {matrix} Tm")
        areas = self._areas(line, gaps, x, baseline)
        signs = _signs(line, gaps, self.shaper)
        for linked, part in groupby(signs, lambda sign: _leads_to(sign.setting)):
            self._show(list(part), next(areas) if any(linked) else None)
        self._code.append("ET")

    def _show(self, signs: Sequence[_Sign], area: LinkArea | None) -> None:
        shown = " ".join(self._shown(signs))
        if self._within_mark:
            self._code.append(shown)
            return
        element = self._opened[-1] if area is None else self._link_element(signs[0].setting)
        self._code += [self._mark(element), shown, "EMC"]
        if area is not None:
            self.link(element, area)

    def _link_element(self, setting: Setting) -> Element:
        """The element of a link in the text; the mark of a footnote refers to it from the element it stands in."""
        if not setting.footnote:
            return Element("Link")
        holder = self._opened[-1]
        reference = Element("Reference", parent=holder)
        while holder.tag == "Span" and holder.parent is not None:
            holder = holder.parent
        self.marked.setdefault(setting.target or "", holder)
        return Element("Link", parent=reference)

    def link(self, element: Element, area: LinkArea) -> None:
        """Make `area` lead to its target: an annotation of `element` without a border that is printed (PDF/A: F 4)."""
        element.kids.append(PageAnnotation(self.page, len(self._annotationrefs)))
        if area.address is not None:
            self.linkURL(area.address, area.box, Contents=pdfdoc.PDFString(area.contents), F=4)
        else:
            target = area.target or ""
            self._targets.add(target)
            self._addAnnotation(
                pdfdoc.LinkAnnotation(area.box, area.contents, pdfdoc.PDFString(target), "[0 0 0]", F=4)
            )

    def _shown(self, signs: Sequence[_Sign]) -> Iterator[str]:
        for embedded, (size, colour, rise, tracking), part in self._alike(signs):
            raised = f"{number(rise)} Ts " if rise else ""
            raised += f"{number(tracking)} Tc " if tracking else ""
            shown = _array(embedded, size, part)
            yield f"/{embedded.resource} {number(size)} Tf {rgb(colour)} rg {raised}[{shown}] TJ"
            if rise:
                yield "0 Ts"
            if tracking:
                yield "0 Tc"

    def _alike(self, signs: Sequence[_Sign]) -> Iterator[tuple[EmbeddedFace, _Look, list[_Sign]]]:
        """The signs in one face and look that follow each other."""
        setting, look = signs[0].setting, _look(signs[0].setting)
        face, part = self._embedded(signs[0]), list[_Sign]()
        for sign in signs:
            own_face, own_look = self._embedded(sign), look if sign.setting is setting else _look(sign.setting)
            if own_face is not face or own_look != look:
                yield face, look, part
                face, look, part = own_face, own_look, []
            setting = sign.setting
            part.append(sign)
        yield face, look, part

    def _embedded(self, sign: _Sign) -> EmbeddedFace:
        key = (sign.setting.role, sign.setting.language.code, sign.character)
        face = self._faces.get(key)
        if face is None:
            face = self._faces[key] = self._fonts.of(self.shaper.face(sign.character, sign.setting))
        return face

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


def _step(segment: Sequence[str | float]) -> str:
    """A step of a path as its operator with the points before it."""
    step, *points = segment
    return " ".join((*(number(float(value)) for value in points), _OPERATORS[str(step)]))


def _leads_to(setting: Setting) -> tuple[str | None, str | None]:
    return setting.target, setting.address


def _look(setting: Setting) -> _Look:
    return setting.size, setting.colour, setting.rise, setting.tracking


def _signs(line: Sequence[Atom], gaps: Sequence[float], shaper: Shaper) -> list[_Sign]:
    """The characters of a line. Wide gaps become bearings, the rest of a gap a shift."""
    signs: list[_Sign] = []
    for index, (atom, gap) in enumerate(zip(line, gaps, strict=True)):
        shown = shaper.signs(atom.text, atom.setting)
        sign, space = _Sign(shown[0], atom.setting), gap
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
        for first, second in pairwise(shown):
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
