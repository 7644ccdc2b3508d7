"""What a style comes to in the end: defaults of the document, then every style it is based on (ECMA-376 17.7.2)."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ipreport.writers.docx.brand.names import english, names_of
from ipreport.writers.docx.brand.wordml import Element, W, drop, is_on, local, points, val

_BY_ATTRIBUTE = {"spacing", "ind", "lang"}
"""Properties whose attributes are inherited one by one."""
SLOTS = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}
"""The scripts of `w:rFonts` (17.3.2.26): a name, or the theme's name for it, which goes first."""


@dataclass(frozen=True, slots=True)
class Look:
    """Properties of paragraph and run by the names of their elements."""

    paragraph: Mapping[str, Element]
    run: Mapping[str, Element]

    def of_paragraph(self, name: str, attribute: str = "val") -> str | None:
        """An attribute of a paragraph property; None where it is not set."""
        found = self.paragraph.get(name)
        return None if found is None else found.get(W + attribute)

    def of_run(self, name: str, attribute: str = "val") -> str | None:
        """An attribute of a run property; None where it is not set."""
        found = self.run.get(name)
        return None if found is None else found.get(W + attribute)

    def is_on(self, name: str) -> bool:
        """Whether a toggle property of the run is set."""
        return is_on(self.run.get(name))

    def font(self, slot: str) -> tuple[str, str] | None:
        """The face of a script as an attribute of `w:rFonts` and its value; None where nothing names one."""
        fonts = self.run.get("rFonts")
        for attribute in () if fonts is None else (SLOTS[slot], slot):
            found = None if fonts is None else fonts.get(W + attribute)
            if found:
                return attribute, found
        return None

    @property
    def size(self) -> float | None:
        """The size of letters in points."""
        return points(self.of_run("sz"), per_point=2)

    @property
    def numbering(self) -> tuple[str, str] | None:
        """Numbering instance and level; None for a paragraph without a number."""
        found = self.paragraph.get("numPr")
        number = val(found, "numId")
        return None if number in {None, "0"} else (str(number), val(found, "ilvl") or "0")


EMPTY = Look(MappingProxyType({}), MappingProxyType({}))


class Cascade:
    """The styles of one part by their ids."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.styles: dict[str, Element] = {style.get(W + "styleId", ""): style for style in root.iterfind(W + "style")}

    def add(self, style: Element) -> None:
        """Append a style."""
        self.root.append(style)
        self.styles[style.get(W + "styleId", "")] = style

    def default(self, kind: str) -> str | None:
        """The id of the style that is the default of its kind; of several the last (17.7.4.17)."""
        for style_id, style in reversed(self.styles.items()):
            if style.get(W + "type", "paragraph") == kind and style.get(W + "default") in {"1", "true", "on"}:
                return style_id
        return None

    def named(self) -> dict[tuple[str, str], str]:
        """Ids by kind and name: its own name goes before a Chinese one, and that before further names of a style."""
        own: dict[tuple[str, str], str] = {}
        listed: dict[tuple[str, str], str] = {}
        further: dict[tuple[str, str], str] = {}
        for style_id, style in self.styles.items():
            kind, name = style.get(W + "type", "paragraph"), val(style, "name") or style_id
            first, *others = names_of(name, val(style, "aliases") or "") or (style_id,)
            (own if english(name) is None else listed).setdefault((kind, first), style_id)
            for other in others:
                further.setdefault((kind, other), style_id)
        return further | listed | own

    def line(self, style_id: str | None) -> Iterator[Element]:
        """The style and those it is based on, from the first ancestor down; a circle is cut."""
        found: dict[str, Element] = {}
        while style_id is not None and style_id in self.styles and style_id not in found:
            found[style_id] = self.styles[style_id]
            style_id = val(found[style_id], "basedOn")
        yield from reversed(found.values())

    def look(self, style_id: str | None) -> Look:
        """What a paragraph or run in the style has; the defaults of the document alone for None."""
        paragraph: dict[str, Element] = {}
        run: dict[str, Element] = {}
        defaults = self.root.find(W + "docDefaults")
        if defaults is not None:
            _merge(paragraph, defaults.find(f"{W}pPrDefault/{W}pPr"))
            _merge(run, defaults.find(f"{W}rPrDefault/{W}rPr"))
        for style in self.line(style_id):
            _merge(paragraph, style.find(W + "pPr"))
            _merge(run, style.find(W + "rPr"))
        return Look(paragraph, run)


def _merge(into: dict[str, Element], added: Element | None) -> None:
    for entry in () if added is None else added:
        name = local(entry)
        former = into.get(name)
        if not name:
            continue
        into[name] = copy.deepcopy(entry) if former is None else _over(former, entry, name)


def _over(former: Element, entry: Element, name: str) -> Element:
    """The property with what it inherits."""
    if name == "rFonts":
        return _fonts(former, entry)
    if name == "numPr":
        return _children(former, entry, "ilvl", "numId")
    if name == "tabs":
        return _stops(former, entry)
    merged = copy.deepcopy(entry)
    if name in _BY_ATTRIBUTE:
        for key, value in former.attrib.items():
            if key not in merged.attrib:
                merged.set(key, value)
    return merged


def _fonts(former: Element, entry: Element) -> Element:
    """A face named anew also ends what the theme named for its script."""
    merged = copy.deepcopy(former)
    for plain, themed in SLOTS.items():
        if entry.get(W + plain) is not None or entry.get(W + themed) is not None:
            drop(merged, W + plain)
            drop(merged, W + themed)
    for key, value in entry.attrib.items():
        merged.set(key, value)
    return merged


def _stops(former: Element, entry: Element) -> Element:
    """Tab stops of both; one that is cleared is gone (17.3.1.37)."""
    merged = copy.deepcopy(entry)
    named = {stop.get(W + "pos") for stop in merged}
    merged.extend(copy.deepcopy(stop) for stop in former if stop.get(W + "pos") not in named)
    for stop in [stop for stop in merged if stop.get(W + "val") == "clear"]:
        merged.remove(stop)
    return merged


def _children(former: Element, entry: Element, *names: str) -> Element:
    merged = copy.deepcopy(entry)
    for name in names:
        inherited = former.find(W + name)
        if merged.find(W + name) is None and inherited is not None:
            merged.insert(0 if name == names[0] else len(merged), copy.deepcopy(inherited))
    return merged
