"""Sections, headers and footers of a briefing on the pages of a template (ECMA-376 17.6, 17.10).

Where the template has headers of its own they stand in place of ours, and so do its footers. What must
stand on every page, the notice of illustrative data and the words of a draft, is set below
each of its headers.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ipreport.writers.docx.brand.margins import is_visible
from ipreport.writers.docx.brand.orders import SECTION_ORDER
from ipreport.writers.docx.brand.wordml import Element, R, W, drop, is_on, local, make, place, points, remove
from ipreport.writers.docx.markup import twips

_TYPES = ("default", "first", "even")


@dataclass(frozen=True, slots=True)
class Plan:
    """Which headers and footers a briefing has, by type and relationship id; None where its own stay."""

    headers: Mapping[str, str] | None
    footers: Mapping[str, str] | None
    title_page: bool
    even_pages: bool


def needed(title_page: bool, even_pages: bool) -> tuple[str, ...]:
    """The types of headers that pages ask for."""
    return ("default", *(("first",) if title_page else ()), *(("even",) if even_pages else ()))


def lay_out(body: Element, section: Element, plan: Plan) -> None:
    """Give every section of the briefing the page of the template, turned where ours is turned."""
    first = True
    for own in list(body.iter(W + "sectPr")):
        _page(own, section, first=first)
        for kind, ids in (("headerReference", plan.headers), ("footerReference", plan.footers)):
            if ids is not None:
                _replace(own, kind, ids if first else {})
            elif first:
                _complete(own, kind, needed(plan.title_page, plan.even_pages))
        _title_page(own, on=first and plan.title_page)
        _make_room(own, header=plan.headers is None, footer=plan.footers is None)
        first = False


def _page(own: Element, section: Element, *, first: bool) -> None:
    size, theirs = own.find(W + "pgSz"), section.find(W + "pgSz")
    turned = size is not None and theirs is not None and not _alike(size, theirs)
    for entry in section:
        name = local(entry)
        if name == "titlePg" or (turned and name in {"pgSz", "pgMar", "rtlGutter"}):
            continue
        made = copy.deepcopy(entry)
        if name == "pgNumType" and not first:
            drop(made, W + "start")
        place(own, made, SECTION_ORDER)


def _alike(one: Element, other: Element) -> bool:
    """Whether both pages stand upright, or both lie."""
    shapes = [(points(size.get(W + "w")) or 0) > (points(size.get(W + "h")) or 0) for size in (one, other)]
    return shapes[0] == shapes[1]


def _replace(own: Element, kind: str, ids: Mapping[str, str]) -> None:
    """A section without references has the headers of the one before."""
    for entry in list(own.iterfind(W + kind)):
        remove(entry)
    for number, name in enumerate(name for name in _TYPES if name in ids):
        entry = make(kind, [("type", name)])
        entry.set(R + "id", ids[name])
        before = len(list(own.iterfind(W + "headerReference"))) if kind == "footerReference" else 0
        own.insert(before + number, entry)


def _complete(own: Element, kind: str, types: Iterable[str]) -> None:
    """A type that pages of the template ask for, and ours have not, is that of the other pages."""
    references = {entry.get(W + "type", "default"): entry for entry in own.iterfind(W + kind)}
    usual = references.get("default")
    for name in types:
        if usual is not None and name not in references:
            entry = copy.deepcopy(usual)
            entry.set(W + "type", name)
            usual.addnext(entry)


_LEAST_DISTANCE = 14.2
"""Nearer to the edge of the paper, in points, many printers print nothing: 5 mm."""


def _make_room(own: Element, *, header: bool, footer: bool) -> None:
    """A template that has no headers may leave no distance for ours (LibreOffice writes 0)."""
    margins = own.find(W + "pgMar")
    for name, side, ours in (("header", "top", header), ("footer", "bottom", footer)):
        if margins is None or not ours or (points(margins.get(W + name)) or 0.0) >= _LEAST_DISTANCE:
            continue
        half = abs(points(margins.get(W + side)) or 0.0) * 0.45
        margins.set(W + name, str(twips(max(half, _LEAST_DISTANCE))))


def _title_page(own: Element, *, on: bool) -> None:
    former = own.find(W + "titlePg")
    if former is not None:
        remove(former)
    if on:
        place(own, make("titlePg"), SECTION_ORDER)


def first_page_notice(header: Element | None) -> list[Element]:
    """What stands on page one above the text: the notice and the words of a draft, as paragraphs."""
    if header is None:
        return []
    return [copy.deepcopy(entry) for entry in header if entry.tag == W + "p" and is_visible(entry)]


def with_notice(header: Element, notice: Iterable[Element], number: int) -> None:
    """Set the notice below what a header says; in place of an empty line where it says nothing.

    `number` tells the watermark of one header from those of the others, which are copies of the same.
    """
    if not is_visible(header):
        for entry in list(header):
            remove(entry)
    for entry in notice:
        header.append(copy.deepcopy(entry))
        _number_shapes(header[-1], number)


def _number_shapes(notice: Element, number: int) -> None:
    for shape in notice.iter("*"):
        if local(shape) == "shape" and (shape.get("id") or "").startswith(_WATERMARK):
            shape.set("id", f"{_WATERMARK}{number}")
            drop(shape, _SPID)
        elif shape.tag == W + "sdt" and any(True for _ in shape.iter(W + "docPartGallery")):
            for identifier in shape.iterfind(f"{W}sdtPr/{W}id"):
                identifier.set(W + "val", str(2_000_000 + number))


_WATERMARK = "PowerPlusWaterMarkObject"
"""How Word finds a watermark, to take it away again."""
_SPID = "{urn:schemas-microsoft-com:office:office}spid"


def is_title_page(body: Element) -> bool:
    """Whether page one of the briefing has a header and footer of its own."""
    first = next(body.iter(W + "sectPr"), None)
    return first is not None and is_on(first.find(W + "titlePg"))


def drawing_numbers(roots: Iterable[Element]) -> Iterator[int]:
    """The ids of drawings, which are told apart through the whole file (20.4.2.5)."""
    for root in roots:
        yield from (int(drawing.get("id", "0")) for drawing in root.iter(_DRAWING))


def number_drawings(root: Element, numbers: Iterator[int]) -> None:
    """Give the drawings of a header ids that are free."""
    for drawing in root.iter(_DRAWING):
        drawing.set("id", str(next(numbers)))


_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
