"""A finished briefing in the clothes of an office's template: the last step of writing it.

The briefing is the body, with its pictures, record and properties. Of the template come
theme, styles, lists, headers, footers and page set-up. The words stay as they are.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from itertools import count

from ipreport.style import Style
from ipreport.writers.docx.brand.cascade import Cascade
from ipreport.writers.docx.brand.colouring import agree, bind, settle_chart
from ipreport.writers.docx.brand.font_table import fonts_of_both
from ipreport.writers.docx.brand.graft import Grafted, grafted
from ipreport.writers.docx.brand.numbering import Numbering, keep_used, numbered, unlink, without_numbers
from ipreport.writers.docx.brand.opc import (
    OFFICE,
    TYPES,
    Relation,
    content_types,
    content_types_part,
    relations,
    relations_name,
    relations_part,
)
from ipreport.writers.docx.brand.pages import (
    Plan,
    drawing_numbers,
    first_page_notice,
    is_title_page,
    lay_out,
    needed,
    number_drawings,
    with_notice,
)
from ipreport.writers.docx.brand.palette import Themed, adapted
from ipreport.writers.docx.brand.read import Brand
from ipreport.writers.docx.brand.settings import settled
from ipreport.writers.docx.brand.story import Stories
from ipreport.writers.docx.brand.wordml import Element, R, W, is_on, make, parse, serialise

_MAIN = "word/document.xml"
_STORIES = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_FIRST_SHAPE = 101
"""The number of the first watermark below a header of the template; those of our own headers are lower."""
_CHARTS = re.compile(r"word/charts/chart\d+\.xml")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def dressed(files: Mapping[str, bytes], brand: Brand, house: Style, style: Style) -> dict[str, bytes]:
    """The files of a Word file, written in `style`, with what `brand` takes the place of.

    `house` is the style before it was fitted to the template. Equal input gives equal bytes.
    """
    return _Dresser(files, brand, house, style).files_of_both()


class _Dresser:
    def __init__(self, files: Mapping[str, bytes], brand: Brand, house: Style, style: Style) -> None:
        self._files = dict(files)
        self._types = content_types(self._files)
        self._relations = list(relations(self._files, _MAIN))
        self._brand = brand
        self._style = style
        self._known: tuple[Themed, ...] = adapted(house.colours, brand.colours)[1] if brand.theme is not None else ()
        self._stories = {name: parse(self._files[name]) for name in sorted(filter(_STORIES.fullmatch, self._files))}
        self._names: dict[str, str] = {}
        self._title_page = self._even_pages = False
        self._drawings = count(1 + max(drawing_numbers(self._stories.values()), default=0))
        self._margin_roots: list[Element] = []

    def files_of_both(self) -> dict[str, bytes]:
        styles, numbering = self._styles_and_lists()
        stories = Stories(styles, numbering)
        for root in self._stories.values():
            stories.fit(root)
            if self._known:
                bind(root, self._known, self._brand.colours)
        self._lay_out()
        keep_used(numbering, (styles.sheet.root, *self._stories.values(), *self._margin_roots))
        self._put("styles", styles.sheet.root)
        self._put("numbering", numbering.root)
        self._put("settings", self._settings())
        self._put("fontTable", fonts_of_both(self._own("fontTable"), self._brand.tree(self._brand.font_table)))
        self._theme_and_charts()
        for name in self._brand.bibliography:
            self._relate(f"{OFFICE}customXml", self._copied(name))
        self._files |= {name: serialise(root) for name, root in self._stories.items() if name in self._files}
        return self._packed()

    # --- styles and lists ------------------------------------------------------------

    def _styles_and_lists(self) -> tuple[Grafted, Numbering]:
        """Lists first: what the styles to be added name are then instances that are free."""
        ours, theirs = self._own("styles"), self._brand.tree(self._brand.styles)
        lists = self._own("numbering")
        if self._known:
            bind(ours, self._known, self._brand.colours)
            bind(lists, self._known, self._brand.colours)
            agree(make("styles") if theirs is None else theirs, self._brand.colours)
        if theirs is not None:
            without_numbers(Cascade(theirs), Cascade(ours))
        names = {*self._brand.headers.values(), *self._brand.footers.values()}
        users = [parse(self._brand.parts[name].content) for name in sorted(names)]
        users.append(make("styles") if theirs is None else theirs)
        numbering = numbered(lists, self._brand.tree(self._brand.numbering), users)
        for number in ours.iter(W + "numId"):
            value = number.get(W + "val", "")
            number.set(W + "val", numbering.ids.get(value, value))
        styles = grafted(ours, theirs)
        unlink(numbering, styles)
        return styles, numbering

    # --- pages -----------------------------------------------------------------------

    def _lay_out(self) -> None:
        """The template's headers and footers in place of ours, the notice below each of them, and its page."""
        body, brand = self._stories[_MAIN].find(W + "body"), self._brand
        if body is None:
            raise ValueError("the main document has no w:body")
        notice = first_page_notice(self._first_header(body))
        self._title_page = brand.title_page if brand.headers else is_title_page(body) or brand.title_page
        self._even_pages = brand.even_pages or is_on(self._own("settings").find(W + "evenAndOddHeaders"))
        headers = self._margins(brand.headers, "header", notice) if brand.headers else None
        footers = self._margins(brand.footers, "footer", []) if brand.footers else None
        lay_out(body, parse(brand.section), Plan(headers, footers, self._title_page, self._even_pages))
        for kind, ids in (("header", headers or {}), ("footer", footers or {})):
            former = [entry for entry in self._relations if entry.short_kind == kind and entry.id not in ids.values()]
            for entry in former if ids else ():
                self._drop(entry)

    def _first_header(self, body: Element) -> Element | None:
        """Our header of page one, which holds nothing but what must stand on every page."""
        first = next(body.iter(W + "sectPr"), None)
        for entry in () if first is None else first.iterfind(W + "headerReference"):
            if entry.get(W + "type") == "first":
                target = next(each.target for each in self._relations if each.id == entry.get(R + "id"))
                return self._stories[target]
        return None

    def _margins(self, parts: Mapping[str, str], kind: str, notice: list[Element]) -> dict[str, str]:
        """Relationship ids by type. A page that is without a header in the template has one for the notice."""
        chosen = {"default": parts.get("default")}
        chosen["first"] = parts.get("first") if self._brand.title_page else chosen["default"]
        chosen["even"] = parts.get("even") if self._brand.even_pages else chosen["default"]
        ids: dict[str, str] = {}
        added: dict[str | None, str] = {}
        for name in needed(self._title_page, self._even_pages):
            part = chosen[name]
            if part is None and not notice:
                continue
            if part not in added:
                added[part] = self._relate(f"{OFFICE}{kind}", self._margin(part, kind, notice))
            ids[name] = added[part]
        return ids

    def _margin(self, part: str | None, kind: str, notice: list[Element]) -> str:
        """A header or footer of the template, with the notice below; one for that alone where it is None."""
        if part is None:
            name = self._free(f"word/{kind}1.xml")
            root = make("hdr" if kind == "header" else "ftr")
            self._types[name] = f"{_WORD}{kind}+xml"
        else:
            name = self._copied(part)
            root = parse(self._files[name])
            if self._known:
                agree(root, self._brand.colours)
        with_notice(root, notice, _FIRST_SHAPE + len(self._margin_roots))
        number_drawings(root, self._drawings)
        self._margin_roots.append(root)
        self._files[name] = serialise(root)
        return name

    # --- settings, theme and charts --------------------------------------------------

    def _settings(self) -> Element:
        return settled(self._own("settings"), self._brand.tree(self._brand.settings), even_pages=self._even_pages)

    def _theme_and_charts(self) -> None:
        """Without a theme in the template ours stays, in the template's colours as far as it has any."""
        theme = self._brand.theme
        if theme is None:
            return
        for entry in list(self._relations):
            if entry.short_kind == "theme":
                self._drop(entry)
        self._relate(f"{OFFICE}theme", self._copied(theme))
        for name in sorted(filter(_CHARTS.fullmatch, self._files)):
            chart = parse(self._files[name])
            settle_chart(chart, self._style.colours, self._brand.colours)
            self._files[name] = serialise(chart)

    # --- the package -----------------------------------------------------------------

    def _place(self, kind: str) -> str:
        """Our part that the document leads to by a relationship of this short kind."""
        return next(entry.target for entry in self._relations if entry.short_kind == kind)

    def _own(self, kind: str) -> Element:
        return parse(self._files[self._place(kind)])

    def _put(self, kind: str, root: Element) -> None:
        self._files[self._place(kind)] = serialise(root)

    def _relate(self, kind: str, target: str) -> str:
        taken = {entry.id for entry in self._relations}
        identifier = next(name for number in count(1) if (name := f"rId{number}") not in taken)
        self._relations.append(Relation(identifier, kind, target))
        return identifier

    def _drop(self, entry: Relation) -> None:
        """Take out a relationship and the part that nothing else leads to."""
        self._relations.remove(entry)
        if all(other.target != entry.target for other in self._relations):
            for name in (entry.target, relations_name(entry.target)):
                self._files.pop(name, None)
                self._types.pop(name, None)

    def _free(self, name: str) -> str:
        """A name like this one that no part has."""
        stem, ending = posixpath.splitext(name)
        stem = stem.rstrip("0123456789")
        taken = {each.lower() for each in self._files}
        return next(free for number in count(1) if (free := f"{stem}{number}{ending}").lower() not in taken)

    def _copied(self, name: str) -> str:
        """A part of the template under a free name, with all that it leads to."""
        if name not in self._names:
            part = self._brand.parts[name]
            self._names[name] = free = self._free(name)
            self._files[free] = part.content
            self._types[free] = part.content_type
            inner = [
                entry if entry.external else Relation(entry.id, entry.kind, self._copied(entry.target))
                for entry in part.relations
            ]
            if inner:
                self._files[relations_name(free)] = relations_part(free, inner)
                self._types[relations_name(free)] = self._types[relations_name(_MAIN)]
        return self._names[name]

    def _packed(self) -> dict[str, bytes]:
        self._files[relations_name(_MAIN)] = relations_part(_MAIN, self._relations)
        self._files[TYPES] = content_types_part(self._types)
        return self._files
