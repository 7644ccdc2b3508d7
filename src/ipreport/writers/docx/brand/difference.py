"""Styles that follow one of the template's: only what sets them apart from it is said in them.

“Body Text English” stands to the template's “Body Text” as it does to that of the house: in the
same face and colour, a little smaller, without an indent.
"""

from __future__ import annotations

from lxml import etree

from ipreport.writers.docx.brand.cascade import Look
from ipreport.writers.docx.brand.wordml import Element, W, drop, is_on, local, points, remove
from ipreport.writers.docx.markup import half_points, twips

_TOGGLES = {
    *("keepNext", "keepLines", "pageBreakBefore", "contextualSpacing", "widowControl"),
    *("b", "bCs", "i", "iCs", "caps", "smallCaps"),
}
_LEAST_SIZE = 6.5
"""Letters do not become smaller than this, in points."""
_ROUNDED = 1.5
"""How far two lengths may be apart, in points, that are one but for sizes of letters in halves of a point."""


def keep_difference(style: Element, house: Look, office: Look) -> None:
    """Leave in `style` what differs from the style it follows.

    `house` is what that style comes to in the house, `office` in the template; sizes and exact
    line heights keep their proportion.
    """
    paragraph, run = style.find(W + "pPr"), style.find(W + "rPr")
    for entry in list(() if paragraph is None else paragraph):
        _keep_paragraph_property(entry, house, office)
    for entry in list(() if run is None else run):
        _keep_run_property(entry, house, office)
    for properties in (paragraph, run):
        if properties is not None and len(properties) == 0:
            remove(properties)


def _keep_paragraph_property(entry: Element, house: Look, office: Look) -> None:
    name, former = local(entry), house.paragraph.get(local(entry))
    if name == "keepNext" and is_on(entry) and not is_on(office.paragraph.get(name)):
        return  # what stands above a table does, whatever the style that it follows says
    if name == "numPr" and office.numbering is None:
        return  # items of lists have marks, even where those of the template have none
    if name == "spacing":
        _scale_line(entry, house, office)
        _keep_attributes(entry, former)
    elif name == "ind":
        _follow_first_line(entry, former, office.of_paragraph("ind", "firstLineChars"))
        _keep_attributes(entry, former)
    elif (name in _TOGGLES and is_on(entry) == is_on(former)) or (former is not None and _alike(entry, former)):
        remove(entry)


def _keep_run_property(entry: Element, house: Look, office: Look) -> None:
    name, former = local(entry), house.run.get(local(entry))
    if name in {"sz", "szCs"}:
        _scale_size(entry, former, office.size)
    elif name == "lang":
        return
    elif (name in _TOGGLES and is_on(entry) == is_on(former)) or (former is not None and _alike(entry, former)):
        remove(entry)


def _scale_size(entry: Element, former: Element | None, office: float | None) -> None:
    own, house = (points(None if each is None else each.get(W + "val"), per_point=2) for each in (entry, former))
    if own == house:
        remove(entry)
    elif own and house and office:
        entry.set(W + "val", str(half_points(max(_LEAST_SIZE, office * own / house))))


def _scale_line(entry: Element, house: Look, office: Look) -> None:
    """An exact line height keeps its proportion; where the template's lines are not exact, they stay as they are."""
    own, kept = points(entry.get(W + "line")), points(house.of_paragraph("spacing", "line"))
    if own is None or kept is None or entry.get(W + "lineRule") != house.of_paragraph("spacing", "lineRule"):
        return
    theirs = points(office.of_paragraph("spacing", "line"))
    if own == kept or theirs is None or office.of_paragraph("spacing", "lineRule") != "exact":
        drop(entry, W + "line", W + "lineRule")
    else:
        entry.set(W + "line", str(twips(theirs * own / kept)))


def _follow_first_line(entry: Element, former: Element | None, office: str | None) -> None:
    """Two first lines of one length, counted in letters of two sizes, are of one length in the template too."""
    chars = W + "firstLineChars"
    own, house = (None if each is None else each.get(chars) for each in (entry, former))
    length, kept = (points(None if each is None else each.get(W + "firstLine")) for each in (entry, former))
    if own is None or house in {None, "0"} or not length or not kept or abs(length - kept) > _ROUNDED:
        return
    letters = int(office) if office is not None and office.isdecimal() else 0
    drop(entry, chars, W + "firstLine")
    if letters:
        entry.set(chars, str(round(letters * int(own) / int(house or 1))))


def _keep_attributes(entry: Element, former: Element | None) -> None:
    for key, value in list(entry.attrib.items()):
        unlike = former is None or former.get(key) != value
        # The rule of a line means nothing without its height.
        if not unlike and not (key == W + "lineRule" and W + "line" in entry.attrib):
            del entry.attrib[key]
    if not entry.attrib:
        remove(entry)


def _alike(one: Element, other: Element) -> bool:
    return etree.tostring(one, method="c14n", exclusive=True) == etree.tostring(other, method="c14n", exclusive=True)


def lend(style: Element, office: Look) -> None:
    """Leave in Body Text what the template's own default style says nothing of.

    A template that has no style of that name sets its text in its default style.
    """
    run, paragraph = style.find(W + "rPr"), style.find(W + "pPr")
    for entry in list(() if run is None else run):
        # Colour goes without saying: letters are black.
        if local(entry) == "color" or (local(entry) != "lang" and local(entry) in office.run):
            remove(entry)
    for entry in list(() if paragraph is None else paragraph):
        name, theirs = local(entry), office.paragraph.get(local(entry))
        if name == "spacing" and theirs is not None:
            _lend_spacing(entry, theirs)
        elif theirs is not None or (name in _TOGGLES and not is_on(entry)):
            remove(entry)


def _lend_spacing(entry: Element, theirs: Element) -> None:
    for group in (("line", "lineRule"), ("before",), ("after",)):
        if any(key.rpartition("}")[2].startswith(group[0]) for key in map(str, theirs.attrib)):
            for key in group:
                drop(entry, W + key)
    if not entry.attrib:
        remove(entry)
