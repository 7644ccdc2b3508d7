"""The page of a template: its last section, and the headers and footers in force there (ECMA-376 17.6, 17.10)."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ipreport.problems import Origin, Problem, warn
from ipreport.style import Page
from ipreport.writers.docx.brand.opened import problem
from ipreport.writers.docx.brand.orders import SECTION_ORDER
from ipreport.writers.docx.brand.wordml import Element, R, W, drop, is_on, local, make, place, points, remove

_KEPT = {"pgSz", "pgMar", "pgBorders", "pgNumType", "titlePg", "rtlGutter", "docGrid"}
"""What of a section is page set-up. Columns, line numbers and notes are not taken over."""
_LEAST_WIDTH, _LEAST_HEIGHT = 200.0, 250.0
"""The smallest type area, in points, that cards and tables of a briefing still fit."""
_LARGEST = 22 * 72
"""The longest side of a page that Word knows, in points."""
_SIZE_HINT = "in Word set it under Layout, Size and Margins, and save the template"


@dataclass(frozen=True, slots=True)
class Section:
    """The last section of a template: what is kept of it, as it was, and ids of headers and footers by type."""

    element: Element
    original: Element
    headers: Mapping[str, str]
    footers: Mapping[str, str]


def last_section(body: Element | None) -> Section | None:
    """The section at the end of the body; one without a header has that of the section before (17.10.5)."""
    if body is None:
        return None
    sections = list(body.iter(W + "sectPr"))
    last = body.find(W + "sectPr")
    if last is None:
        return None
    references: dict[str, dict[str, str]] = {"headerReference": {}, "footerReference": {}}
    for section in sections:
        for entry in section.iterfind("*"):
            if local(entry) in references:
                references[local(entry)][entry.get(W + "type", "default")] = entry.get(R + "id", "")
    kept = _kept(last)
    if is_on(sections[0].find(W + "titlePg")):
        # Page one of a template with several sections is that of the first.
        place(kept, make("titlePg"), SECTION_ORDER)
    return Section(kept, last, references["headerReference"], references["footerReference"])


def _kept(section: Element) -> Element:
    kept = make("sectPr")
    for entry in section:
        if local(entry) in _KEPT:
            kept.append(copy.deepcopy(entry))
    for border in kept.findall(f"{W}pgBorders/*"):
        if any(str(key).startswith(R) for key in border.attrib):  # its picture is one of the body left behind
            remove(border)
    numbers = kept.find(W + "pgNumType")
    for key in ("chapStyle", "chapSep"):  # numbers of chapters would have to be counted by headings
        if numbers is not None:
            drop(numbers, W + key)
    return kept


def page_of(section: Element, *, gutter_at_top: bool) -> Page | None:
    """Size and margins of the page in points; None where the section does not say them."""
    size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
    if size is None or margins is None:
        return None
    width, height = (points(size.get(W + name)) for name in ("w", "h"))
    if width is None or height is None:
        return None
    # A negative margin is one that a long header must not push down.
    top, bottom = (abs(_margin(margins, name)) for name in ("top", "bottom"))
    left, right, header, footer = (_margin(margins, name) for name in ("left", "right", "header", "footer"))
    gutter = _margin(margins, "gutter")
    page = Page(width, height, top, right, bottom, left, header, footer)
    if gutter_at_top:
        return replace(page, top=top + gutter)
    if is_on(section.find(W + "rtlGutter")):
        return replace(page, right=right + gutter)
    return replace(page, left=left + gutter)


def _margin(margins: Element, name: str) -> float:
    return points(margins.get(W + name)) or 0.0


def page_problems(page: Page | None, file: str) -> Iterator[Problem]:
    """A page that is missing, or that no briefing fits on."""
    if page is None:
        yield problem("the last section of the template has no page size or no margins", file, _SIZE_HINT)
        return
    # A header that begins below the margin pushes the text down, and a footer pushes it up.
    width, height = page.text_width, page.height - max(page.top, page.header) - max(page.bottom, page.footer)
    paper, found = _cm(page.width, page.height), _cm(width, height)
    if max(page.width, page.height) > _LARGEST or width < _LEAST_WIDTH or height < _LEAST_HEIGHT:
        message = f"expected a type area of at least {_cm(_LEAST_WIDTH, _LEAST_HEIGHT)}"
        yield problem(f"{message}, found {found} on a page of {paper}", file, _SIZE_HINT)
    elif min(page.left, page.right) < 0:
        yield problem(f"the type area of the template, {found}, reaches beyond its page of {paper}", file, _SIZE_HINT)


def left_out(section: Element, file: str) -> Iterator[Problem]:
    """What of the page set-up a briefing does without, so that nobody waits for it."""
    columns = section.find(W + "cols")
    if columns is not None and columns.get(W + "num", "1") != "1":
        yield warn("the columns of the template are not taken over: a briefing has one", Origin(file))
    if section.find(W + "lnNumType") is not None:
        yield warn("the line numbers of the template are not taken over", Origin(file))
    direction = section.find(W + "textDirection")
    if direction is not None and direction.get(W + "val", "lrTb") not in {"lrTb", "lr"}:
        yield warn("the vertical writing of the template is not taken over", Origin(file))


def _cm(width: float, height: float) -> str:
    return f"{width / 72 * 2.54:.1f} × {height / 72 * 2.54:.1f} cm"
