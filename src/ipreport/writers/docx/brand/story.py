"""Paragraphs of a briefing under the styles of a template: they refer to its styles, and say the same as before.

Whatever a style of the template brings along, the text stays as it is: no number before a heading or
caption that the briefing has not written, a mark before every item of a list, words right of a
tab at the right margin, pictures that are not cut off by a fixed line.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from ipreport.writers.docx.brand.cascade import SLOTS, Cascade, Look
from ipreport.writers.docx.brand.faces import faces_of, set_face
from ipreport.writers.docx.brand.graft import Grafted
from ipreport.writers.docx.brand.numbering import Numbering
from ipreport.writers.docx.brand.orders import PARAGRAPH_ORDER
from ipreport.writers.docx.brand.wordml import Element, W, drop, is_on, make, place, points, properties, remove, val

_BANDS = {"noHBand": ("band1Horz", "band2Horz"), "noVBand": ("band1Vert", "band2Vert")}


@dataclass(slots=True)
class Stories:
    """Fits parts with paragraphs, such as the body, notes and headers, into the styles of a template."""

    styles: Grafted
    numbering: Numbering
    _looks: dict[tuple[int, str], Look] = field(default_factory=dict)

    def fit(self, root: Element) -> None:
        """Change one part in place."""
        for paragraph in list(root.iter(W + "p")):
            self._paragraph(paragraph)
        for table in root.iter(W + "tbl"):
            self._table(table)

    # --- paragraphs ------------------------------------------------------------------

    def _paragraph(self, paragraph: Element) -> None:
        own = paragraph.find(W + "pPr")
        style_id = val(own, "pStyle") or self.styles.house.default("paragraph") or ""
        named = None if own is None else own.find(W + "pStyle")
        if named is not None:
            named.set(W + "val", self.styles.ids.get(style_id, style_id))
        self._direct_number(own)
        if style_id in self.styles.office:
            self._keep_words(properties(paragraph, "pPr"), style_id, paragraph)
        for run in paragraph.iter(W + "rPr"):
            self._run(run, style_id)

    def _direct_number(self, own: Element | None) -> None:
        number = None if own is None else own.find(f"{W}numPr/{W}numId")
        if number is not None:
            value = number.get(W + "val", "")
            number.set(W + "val", self.numbering.ids.get(value, value))

    def _keep_words(self, own: Element, style_id: str, paragraph: Element) -> None:
        """What a paragraph needs beside a style that is the template's own."""
        house, office = (
            self._look(self.styles.house, style_id),
            self._look(self.styles.sheet, self.styles.ids[style_id]),
        )
        if own.find(W + "numPr") is None:
            self._number(own, house, office)
        self._keep_with_next(own, house, office)
        if house.paragraph.get("outlineLvl") is not None:
            _indent(own, office)
        self._tabs(own, house, office)
        spacing = own.find(W + "spacing")
        if spacing is not None:
            _drop_smaller(spacing, office)
        if office.of_paragraph("spacing", "lineRule") == "exact" and paragraph.find(f".//{W}drawing") is not None:
            spacing = properties(own, "spacing", PARAGRAPH_ORDER)
            spacing.set(W + "line", "240")
            spacing.set(W + "lineRule", "auto")
        if len(own) == 0:
            remove(own)

    def _keep_with_next(self, own: Element, house: Look, office: Look) -> None:
        """Headings and what stands above tables may not end a page, unless the paragraph itself says so."""
        lost = is_on(house.paragraph.get("keepNext")) and not is_on(office.paragraph.get("keepNext"))
        if lost and own.find(W + "keepNext") is None:
            place(own, make("keepNext"), PARAGRAPH_ORDER)

    def _number(self, own: Element, house: Look, office: Look) -> None:
        """The number or mark that the house's style has; bullets may be the template's own.

        Numbers count as the briefing says, not as a list of the template goes on.
        """
        wanted, found = house.numbering, office.numbering
        if wanted is None or (found is not None and self._is_bullet(*found) and self._is_bullet(*wanted)):
            return
        made = make("numPr")
        for name, value in (("ilvl", wanted[1]), ("numId", wanted[0])):
            made.append(make(name, [("val", value)]))
        place(own, made, PARAGRAPH_ORDER)

    def _is_bullet(self, instance: str, level: str) -> bool:
        return self.numbering.kind(instance, level) == "bullet"

    def _tabs(self, own: Element, house: Look, office: Look) -> None:
        """Tab stops of ours in place of the template's, where ours has some that text runs to."""
        there = _stops(office.paragraph.get("tabs"))
        ours = _stops(house.paragraph.get("tabs")) | _stops(own.find(W + "tabs"))
        stops = {place: stop for place, stop in ours.items() if stop.get(W + "val") != "clear"}
        if not stops or {place: _kind(s) for place, s in stops.items()} == {p: _kind(s) for p, s in there.items()}:
            return
        tabs = make("tabs")
        for position in sorted({*stops, *there}, key=lambda place: points(place) or 0.0):
            gone = make("tab", [("val", "clear"), ("pos", position)])
            tabs.append(copy.deepcopy(stops.get(position, gone)))
        place(own, tabs, PARAGRAPH_ORDER)

    def _look(self, sheet: Cascade, style_id: str) -> Look:
        key = id(sheet), style_id
        if key not in self._looks:
            self._looks[key] = sheet.look(style_id)
        return self._looks[key]

    # --- runs ------------------------------------------------------------------------

    def _run(self, run: Element, paragraph_style: str) -> None:
        named = run.find(W + "rStyle")
        style_id = None if named is None else named.get(W + "val", "")
        if named is not None and style_id is not None:
            named.set(W + "val", self.styles.ids.get(style_id, style_id))
        fonts = run.find(W + "rFonts")
        if fonts is not None:
            self._faces(fonts, paragraph_style, style_id)

    def _faces(self, fonts: Element, paragraph_style: str, character_style: str | None) -> None:
        """Marks that Chinese and Latin faces share point at the other face of their own style."""
        faces = faces_of(self._look(self.styles.sheet, self.styles.ids.get(paragraph_style, paragraph_style)))
        named = self.styles.sheet.styles.get(self.styles.ids.get(character_style or "", ""))
        own = None if named is None else named.find(f"{W}rPr/{W}rFonts")
        if own is not None:
            faces |= faces_of(Look({}, {"rFonts": own}))
        for slot, themed in SLOTS.items():
            meant = fonts.get(W + themed, "")
            source = "eastAsia" if meant.endswith("EastAsia") else "ascii" if meant.endswith("HAnsi") else None
            if source is not None and source in faces:
                set_face(fonts, slot, faces[source])

    # --- tables ----------------------------------------------------------------------

    def _table(self, table: Element) -> None:
        own = table.find(W + "tblPr")
        named = None if own is None else own.find(W + "tblStyle")
        if own is None or named is None:
            return
        style_id = named.get(W + "val", "")
        named.set(W + "val", self.styles.ids.get(style_id, style_id))
        look = own.find(W + "tblLook")
        if style_id in self.styles.office and look is not None:
            _show_parts(look, self.styles.sheet.styles[self.styles.ids[style_id]])


def _indent(own: Element, office: Look) -> None:
    """A heading begins where the template's does, also where it is part of a list of ours with another indent."""
    listed, direct = own.find(W + "numPr"), own.find(W + "ind")
    if listed is None and direct is None:
        return
    indent, found = make("ind"), office.paragraph.get("ind")
    for key, value in () if found is None else found.attrib.items():
        indent.set(key, value)
    if indent.get(W + "left") is None and indent.get(W + "start") is None:
        indent.set(W + "left", "0")
    if indent.get(W + "hanging") is None and indent.get(W + "firstLine") is None:
        indent.set(W + "firstLine", "0")
    place(own, indent, PARAGRAPH_ORDER)


def _stops(tabs: Element | None) -> dict[str, Element]:
    """Tab stops by their places."""
    return {} if tabs is None else {tab.get(W + "pos", "0"): tab for tab in tabs.iterfind(W + "tab")}


def _kind(stop: Element) -> tuple[str | None, str]:
    return stop.get(W + "val"), stop.get(W + "leader", "none")


def _drop_smaller(spacing: Element, office: Look) -> None:
    """Space set beside a style is the least that is needed; a style with more of it keeps its own."""
    for side in ("before", "after"):
        direct, styled = points(spacing.get(W + side)), points(office.of_paragraph("spacing", side))
        if direct and styled is not None and styled >= direct:
            drop(spacing, W + side)
    if not spacing.attrib:
        remove(spacing)


def _show_parts(look: Element, style: Element) -> None:
    """Bands and a first column that the template's own style of tables has are shown (17.4.55)."""
    parts = {part.get(W + "type") for part in style.iterfind(W + "tblStylePr")}
    flags = {"firstRow": _is_set(look, "firstRow"), "firstColumn": "firstCol" in parts}
    for flag, bands in _BANDS.items():
        flags[flag] = not any(band in parts for band in bands)
    bits = {"firstRow": 0x20, "firstColumn": 0x80, "noHBand": 0x200, "noVBand": 0x400}
    for name, shown in flags.items():
        look.set(W + name, str(int(shown)))
    look.set(W + "val", f"{sum(bits[name] for name, shown in flags.items() if shown):04X}")


def _is_set(look: Element, name: str) -> bool:
    """Whether an attribute that is a toggle is set."""
    return look.get(W + name, "0") in {"1", "true", "on"}
