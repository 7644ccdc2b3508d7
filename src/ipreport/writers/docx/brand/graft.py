"""The styles of a briefing beside those of a template: the template's go first, ours are added where it has none."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass

from ipreport.contrast import contrast
from ipreport.language import LANGUAGES
from ipreport.writers.docx.brand.cascade import EMPTY, Cascade, Look
from ipreport.writers.docx.brand.difference import keep_difference, lend
from ipreport.writers.docx.brand.faces import Faces, faces_in
from ipreport.writers.docx.brand.names import canonical
from ipreport.writers.docx.brand.orders import PARAGRAPH_ORDER, RUN_ORDER, STYLE_ORDER
from ipreport.writers.docx.brand.palette import TEXT_CONTRAST, plain_colour
from ipreport.writers.docx.brand.seal import sealed
from ipreport.writers.docx.brand.wordml import Element, W, make, place, properties, val
from ipreport.writers.docx.names import Name

_REFERENCES = ("basedOn", "next", "link")
_SUFFIX = "Briefing"
_TABLE = "Briefing Table"
_BESIDE_CAPTIONS = {canonical(Name.FIGURE), canonical(Name.SOURCE_NOTE)}
_HEAD, _CELL = canonical(Name.TABLE_HEAD), canonical(Name.TABLE_TEXT)


@dataclass(frozen=True, slots=True)
class Grafted:
    """The styles of both: `ids` leads from ours to those there, `office` are ours that the template has itself."""

    sheet: Cascade
    house: Cascade
    ids: Mapping[str, str]
    office: frozenset[str]
    faces: Faces


def grafted(ours: Element, theirs: Element | None) -> Grafted:
    """Our styles added to those of a template, by name; without `theirs`, ours alone."""
    house = Cascade(ours)
    if theirs is None:
        return Grafted(house, house, {each: each for each in house.styles}, frozenset(), Faces({}, {}))
    return _Gardener(house, Cascade(theirs)).done()


class _Gardener:
    """Adds what is missing, a style after those that it follows."""

    def __init__(self, house: Cascade, sheet: Cascade) -> None:
        self._house = house
        self._sheet = sheet
        self._faces = faces_in(sheet)
        self._named = sheet.named()
        self._ours = house.named()
        self._ids: dict[str, str] = {}
        self._office: set[str] = set()
        self._following: set[str] = set()
        self._added: set[str] = set()
        self._table = self._named.get(("table", canonical(_TABLE)))

    def done(self) -> Grafted:
        taken = {style_id.casefold() for style_id in self._sheet.styles}
        for style_id, style in self._house.styles.items():
            found = self._counterpart(style)
            if found is not None:
                self._ids[style_id] = found
                self._office.add(style_id)
            else:
                self._ids[style_id] = _free(style_id, taken)
                taken.add(self._ids[style_id].casefold())
        for style_id in self._house.styles:
            self._add(style_id)
        return Grafted(self._sheet, self._house, self._ids, frozenset(self._office), self._faces)

    def _counterpart(self, style: Element) -> str | None:
        """The template's style of the same kind and name, or its default where ours is one."""
        kind = style.get(W + "type", "paragraph")
        found = self._named.get((kind, canonical(val(style, "name") or "")))
        if found is None and style.get(W + "default") == "1":
            found = self._sheet.default(kind)
        return found

    def _add(self, style_id: str) -> None:
        if style_id in self._office or style_id in self._added:
            return
        self._added.add(style_id)  # before what it follows, so that a circle ends here
        style = self._house.styles[style_id]
        leader = self._leader(style_id)
        if leader is not None:
            self._add(leader)
        made = copy.deepcopy(style)
        made.set(W + "styleId", self._ids[style_id])
        for reference in _REFERENCES:
            entry = made.find(W + reference)
            if entry is not None:
                target = entry.get(W + "val", "")
                entry.set(W + "val", self._ids.get(target, target))
        self._dress(made, style_id, leader)
        self._sheet.add(made)

    def _leader(self, style_id: str) -> str | None:
        """Our style that this one follows: its parent, or the heading whose second language it is."""
        style = self._house.styles[style_id]
        parent = val(style, "basedOn")
        name = val(style, "name") or ""
        for language in LANGUAGES:
            first = name.removesuffix(f" {language.name}")
            heading = self._ours.get(("paragraph", canonical(first))) if first != name else None
            if style.get(W + "type") == "character" and heading is not None:
                return heading
        followed = self._house.styles.get(parent or "")
        return None if followed is None or followed.get(W + "default") == "1" else parent

    def _dress(self, made: Element, style_id: str, leader: str | None) -> None:
        """Fit the look of a style into the template."""
        kind = made.get(W + "type")
        if leader is not None and (leader in self._office or leader in self._following):
            self._following.add(style_id)
            keep_difference(made, self._house.look(leader), self._sheet.look(self._ids[leader]))
        elif kind == "paragraph" and canonical(val(made, "name") or "") == canonical(Name.BODY):
            self._following.add(style_id)
            lend(made, self._parent(made))
        elif kind == "paragraph":
            if self._on_table(made):
                self._following.add(style_id)
            sealed(made, self._parent(made))
        if canonical(val(made, "name") or "") in _BESIDE_CAPTIONS:
            self._align_with_caption(made, style_id)
        for fonts in made.iter(W + "rFonts"):
            self._faces.settle(fonts)

    def _align_with_caption(self, made: Element, style_id: str) -> None:
        """Pictures and the notes below stand where the template's captions do."""
        caption = self._named.get(("paragraph", canonical(Name.CAPTION)))
        if caption is not None:
            self._following.add(style_id)
            aligned = make("jc", [("val", self._sheet.look(caption).of_paragraph("jc") or "left")])
            place(properties(made, "pPr", STYLE_ORDER), aligned, PARAGRAPH_ORDER)

    def _parent(self, made: Element) -> Look:
        parent = val(made, "basedOn")
        return EMPTY if parent is None else self._sheet.look(parent)

    def _on_table(self, made: Element) -> bool:
        """Words of a table take the colour that the template's own style of tables has for them, if it has one."""
        name, table = canonical(val(made, "name") or ""), self._sheet.styles.get(self._table or "")
        if table is None or name not in {_HEAD, _CELL}:
            return False
        head = table.find(f"{W}tblStylePr[@{W}type='firstRow']")
        part = head if name == _HEAD else table
        colour = None if part is None else part.find(f"{W}rPr/{W}color")
        if colour is None and head is not None and name == _HEAD:
            colour = _white_on(head)
        if colour is not None:
            place(properties(made, "rPr", STYLE_ORDER), copy.deepcopy(colour), RUN_ORDER)
        return colour is not None


def _white_on(head: Element) -> Element | None:
    """White for words on a ground that is too dark for black ones."""
    fill = head.find(f"{W}tcPr/{W}shd")
    ground = None if fill is None else plain_colour(fill.get(W + "fill"))
    if ground is None or contrast(ground, "#000000") >= TEXT_CONTRAST:
        return None
    return make("color", [("val", "FFFFFF")])


def _free(style_id: str, taken: set[str]) -> str:
    """The id, with a word behind it where the template uses it for something else."""
    for candidate in (style_id, f"{style_id}{_SUFFIX}"):
        if candidate.casefold() not in taken:
            return candidate
    number = 2
    while f"{style_id}{_SUFFIX}{number}".casefold() in taken:
        number += 1
    return f"{style_id}{_SUFFIX}{number}"
