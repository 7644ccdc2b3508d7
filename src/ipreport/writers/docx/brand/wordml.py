"""Word's XML as trees: reading it safely, and keeping the order of elements that the schema asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


class DamagedError(ValueError):
    """A part that is no XML, or not of the kind that packages hold."""


def parse(data: bytes) -> Element:
    """XML without entities and without the network.

    Raises DamagedError where it is none, or declares its own entities, which no part may do (ECMA-376
    part 2, 8.1.4).
    """
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise DamagedError(error.msg) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedError("it declares entities of its own")
    return root


def serialise(root: Element) -> bytes:
    """The part as its bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and processing instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def make(name: str, attributes: Iterable[tuple[str, str]] = ()) -> Element:
    """An element of WordprocessingML, its attributes in the same namespace."""
    made = etree.Element(W + name, nsmap={"w": W[1:-1]})
    for key, value in attributes:
        made.set(W + key, value)
    return made


def val(parent: Element | None, name: str) -> str | None:
    """The `w:val` of a child; None where there is no such child or attribute."""
    found = None if parent is None else parent.find(W + name)
    return None if found is None else found.get(W + "val")


_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0}
_LENGTH = re.compile(r"\s*(-?\d+(?:\.\d+)?)(pt|in|cm|mm|pc|pi|)\s*")


def points(value: str | None, per_point: int = 20) -> float | None:
    """A length in points: a plain number counts `per_point` of them, others name their unit (22.9.2.14), else None."""
    found = _LENGTH.fullmatch(value or "")
    if found is None:
        return None
    return float(found[1]) * _UNITS[found[2]] if found[2] else float(found[1]) / per_point


def is_on(toggle: Element | None, attribute: str = "val") -> bool:
    """Whether a toggle property is there and not switched off (17.17.4), by `w:val` or another attribute."""
    return toggle is not None and toggle.get(W + attribute, "1") not in {"0", "false", "off", "none"}


def place(parent: Element, child: Element, order: tuple[str, ...]) -> None:
    """Set `child` where `order` wants it among the children of `parent`, in place of one of its name."""
    former = parent.find(child.tag)
    if former is not None:
        parent.replace(former, child)
        return
    rank = order.index(local(child))
    for index, sibling in enumerate(parent):
        name = local(sibling)
        if name not in order or order.index(name) > rank:
            parent.insert(index, child)
            return
    parent.append(child)


def properties(parent: Element, name: str, order: tuple[str, ...] | None = None) -> Element:
    """The child of that name, made where there is none: first, or by the `order` of its siblings."""
    found = parent.find(W + name)
    if found is None:
        found = make(name)
        if order is None:
            parent.insert(0, found)
        else:
            place(parent, found, order)
    return found


def remove(element: Element) -> None:
    """Take an element out of its parent; what follows it stays."""
    parent = element.getparent()
    if parent is not None:
        # WordprocessingML has no text between elements that would be lost with it.
        parent.remove(element)


def unwrap(element: Element) -> None:
    """Put what an element holds in its place."""
    for child in list(element):
        element.addprevious(child)
    remove(element)


def drop(element: Element, *names: str) -> None:
    """Take attributes out of an element, if it has them."""
    for name in names:
        if name in element.attrib:
            del element.attrib[name]
