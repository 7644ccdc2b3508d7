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
from itertools import groupby
from typing import IO, Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas

from ipreport.document import DrawnPath
from ipreport.writers.pdf.atoms import Atom, Shaper
from ipreport.writers.pdf.embed import EmbeddedFaces
from ipreport.writers.pdf.operands import Stretch, Typesetter, number, rgb
from ipreport.writers.pdf.pieces import Setting
from ipreport.writers.pdf.structure import Element, MarkedContent, PageAnnotation

_ABOVE = 4.0
"""How far above its place a destination leads, so that the first line is not cut off."""


@dataclass(frozen=True, slots=True)
class LinkArea:
    """A rectangle that leads to a label of the document or to an address."""

    box: tuple[float, float, float, float]
    target: str | None
    address: str | None
    contents: str


_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}
_PAINTED = {(True, False): "S", (False, True): "f", (True, True): "B"}
"""How a path is painted that is stroked, and filled (non-zero)."""


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
        self._typesetter = Typesetter(EmbeddedFaces(self._doc), shaper)
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

    def showPage(self) -> None:  # noqa: N802 - its name there
        """End the page at hand."""
        super().showPage()
        page = self._doc.Pages.pages[-1]  # type: ignore[attr-defined]  # not in the stubs
        page.stream = page.stream.encode("ascii")  # ReportLab would look every character of a text up

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
            self._code.append(f"{rgb(fill)} rg {number(x)} {number(y)} {number(width)} {number(height)} re f")

    def rule(self, x: float, y: float, width: float, thickness: float, colour: str) -> None:
        """A horizontal line whose middle is at height `y`."""
        self.rectangle(x, y - thickness / 2, width, thickness, colour)

    def path(self, shape: DrawnPath) -> None:
        """A shape, filled (non-zero) and stroked with the colours that it has."""
        if shape.fill is None and shape.stroke is None:
            return
        with self.artifact():
            self._code += ["q", *_pen(shape), *map(_step, shape.segments)]
            self._code.append(_PAINTED[shape.stroke is not None, shape.fill is not None] + " Q")

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
        turned = "1 0 0 1" if direction == (1.0, 0.0) else " ".join(map(number, (cosine, sine, -sine, cosine)))
        self._code.append(f"BT {turned} {number(x)} {number(baseline)} Tm")
        areas = self._areas(line, gaps, x, baseline)
        stretches = self._typesetter.stretches(line, gaps)
        for linked, part in groupby(stretches, lambda stretch: _leads_to(stretch.setting)):
            self._show(list(part), next(areas) if any(linked) else None)
        self._code.append("ET")

    def _show(self, stretches: Sequence[Stretch], area: LinkArea | None) -> None:
        shown = " ".join(stretch.shown for stretch in stretches)
        if self._within_mark:
            self._code.append(shown)
            return
        element = self._opened[-1] if area is None else self._link_element(stretches[0].setting)
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


def _pen(shape: DrawnPath) -> Iterator[str]:
    """The operators that choose colours and lines of a shape."""
    if shape.fill is not None:
        yield f"{rgb(shape.fill)} rg"
    if shape.stroke is not None:
        yield f"{rgb(shape.stroke)} RG {number(shape.line_width)} w"
        if shape.dash:
            yield f"[{' '.join(map(number, shape.dash))}] 0 d"
        if shape.round_joins:
            yield "1 J 1 j"


def _step(segment: Sequence[str | float]) -> str:
    """A step of a path as its operator with the points before it."""
    step, *points = segment
    return " ".join((*(number(float(value)) for value in points), _OPERATORS[str(step)]))


def _leads_to(setting: Setting) -> tuple[str | None, str | None]:
    return setting.target, setting.address
