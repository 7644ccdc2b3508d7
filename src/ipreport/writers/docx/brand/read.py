"""Reading an office's own template: what of it a briefing takes over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ipreport.problems import Level, Origin, Problem, ReportError, note
from ipreport.style import Page
from ipreport.writers.docx.brand.cascade import Cascade
from ipreport.writers.docx.brand.left_behind import left_behind
from ipreport.writers.docx.brand.margins import (
    cleaned,
    is_visible,
    untold_pictures,
    without_dead_numbers,
    without_dead_styles,
    without_revision_ids,
)
from ipreport.writers.docx.brand.names import canonical
from ipreport.writers.docx.brand.opened import Opened, opened, problem, refused
from ipreport.writers.docx.brand.palette import theme_colours
from ipreport.writers.docx.brand.sections import Section, last_section, left_out, page_of, page_problems
from ipreport.writers.docx.brand.style_checks import mended, style_problems
from ipreport.writers.docx.brand.taken import PLACES, Part, Taken
from ipreport.writers.docx.brand.wordml import Element, W, is_on, make, parse, remove, serialise, val
from ipreport.writers.docx.names import Name

_MOST_DIGITS = 9
"""Of the number of a list, which is one of 32 bits."""
_SOURCES = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}Sources"
NOTICE_NAME = "Notice"
"""The character style of what stands on every page without being part of a header."""


@dataclass(frozen=True, slots=True)
class Brand:
    """What a briefing takes over from an office's own template.

    `parts` are by their names there. `styles`, `theme`, `numbering`, `settings` and `font_table` name one of
    them, or nothing where the template lacks it; `headers` and `footers` name them by type (`default`,
    `first`, `even`), and are empty where none shows anything. `section` is the `w:sectPr` without
    them, `page` its size and margins in points, `colours` those of the theme by Word's names.
    `body_size` is the size of running text in points. `problems` stop nothing: they tell what
    is not taken over.
    """

    file: str
    parts: Mapping[str, Part]
    page: Page
    section: bytes
    styles: str | None = None
    theme: str | None = None
    numbering: str | None = None
    settings: str | None = None
    font_table: str | None = None
    bibliography: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    footers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    colours: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    body_size: float | None = None
    problems: tuple[Problem, ...] = ()

    def tree(self, name: str | None) -> Element | None:
        """A part as a tree of its own, to be changed at will."""
        return None if name is None else parse(self.parts[name].content)

    @property
    def title_page(self) -> bool:
        """Whether the first page of the template has a header and footer of its own."""
        return is_on(parse(self.section).find(W + "titlePg"))

    @property
    def even_pages(self) -> bool:
        """Whether even pages of the template have headers and footers of their own (17.10.1)."""
        settings = self.tree(self.settings)
        return settings is not None and is_on(settings.find(W + "evenAndOddHeaders"))


def read_brand(data: bytes, file: str) -> Brand:
    """The template in the bytes of a .docx or .dotx file; `file` is its name in messages.

    Raises ReportError with every problem found: a file that is damaged, encrypted, no Word
    file, in the old or the Strict format, or with macros; a section that is missing or too
    small; styles that are of another kind than their names promise, based on themselves, or
    that hide text or set it illegibly; headers with pictures that lie outside the file or
    weigh too much.
    """
    return _Reader(opened(data, file)).brand()


class _Reader:
    """Gathers parts and problems."""

    def __init__(self, package: Opened) -> None:
        self._package = package
        self._file = package.file
        self._taken = Taken(package)
        self._problems: list[Problem] = []
        self._sheet = Cascade(make("styles"))
        self._lists: frozenset[str | None] = frozenset()

    def brand(self) -> Brand:
        document = self._package.xml(self._package.main, "document")
        section = self._section(document)
        styles = self._package.single("styles")
        if styles is not None:
            self._sheet = Cascade(self._package.xml(styles, "styles"))
        theme, settings, numbering, fonts = map(self._simple, ("theme", "settings", "numbering", "fontTable"))
        self._take_styles(styles)
        page = self._page(section, settings)
        shown = self._shown_types(section, settings)
        headers, footers = (
            self._margins(side, references, shown)
            for side, references in (("header", section.headers), ("footer", section.footers))
        )
        bibliography = self._bibliography()
        self._problems += self._taken.problems()
        self._problems += left_behind(document, None if settings is None else self._tree(settings), self._file)
        if page is None or any(found.level is Level.BLOCK for found in self._problems):
            raise ReportError(self._problems)
        return Brand(
            file=self._file,
            parts=MappingProxyType(self._taken.parts),
            page=page,
            section=serialise(section.element),
            styles=styles,
            theme=theme,
            numbering=numbering,
            settings=settings,
            font_table=fonts,
            bibliography=bibliography,
            headers=headers,
            footers=footers,
            colours=MappingProxyType(self._colours(theme, settings)),
            body_size=_body_size(self._sheet),
            problems=tuple(self._problems),
        )

    def _section(self, document: Element) -> Section:
        section = last_section(document.find(W + "body"))
        if section is None:
            message = "the template has no section, so that its page size and margins are unknown"
            raise ReportError([problem(message, self._file, "open it in Word or WPS and save it anew")])
        return section

    def _tree(self, name: str) -> Element:
        return parse(self._taken.parts[name].content)

    def _simple(self, kind: str) -> str | None:
        """A part that is taken whole, with the pictures of lists and theme.

        What fonts lead to holds the letters of the template alone, and what settings lead to, the
        attached template and the source of a mail merge, is left behind.
        """
        name = self._package.single(kind)
        if name is not None:
            root = self._package.xml(name, kind)
            without_revision_ids(root)
            without_dead_styles(root, self._sheet.styles)
            if kind == "numbering":
                self._take_lists(root)
            if kind in PLACES:
                self._taken.add_with_pictures(name, root, kind)
            else:
                self._taken.add(name, root)
        return name

    def _take_lists(self, root: Element) -> None:
        """Know the lists that there are; one that leads to no definition is none."""
        if not all(_is_number(entry) for entry in root.iter(W + "num", W + "abstractNum")):
            raise refused("the template is damaged: a list has no number", self._file, "save it anew in Word")
        defined = {each.get(W + "abstractNumId") for each in root.iterfind(W + "abstractNum")}
        for number in list(root.iterfind(W + "num")):
            if val(number, "abstractNumId") not in defined:
                remove(number)
        self._lists = frozenset(each.get(W + "numId") for each in root.iterfind(W + "num"))

    def _take_styles(self, name: str | None) -> None:
        if name is not None:
            root = self._sheet.root
            self._problems += style_problems(root, self._file)
            mended(root)
            without_dead_numbers(root, self._lists)
            self._taken.add(name, root)

    def _page(self, section: Section, settings: str | None) -> Page | None:
        page = page_of(section.element, gutter_at_top=self._is_set("gutterAtTop", settings))
        self._problems += page_problems(page, self._file)
        self._problems += left_out(section.original, self._file)
        return page

    def _is_set(self, name: str, settings: str | None) -> bool:
        return settings is not None and is_on(self._tree(settings).find(W + name))

    def _colours(self, theme: str | None, settings: str | None) -> dict[str, str]:
        if theme is None:
            return {}
        mapping = None if settings is None else self._tree(settings).find(W + "clrSchemeMapping")
        return theme_colours(self._tree(theme), mapping)

    # --- headers and footers ---------------------------------------------------------

    def _shown_types(self, section: Section, settings: str | None) -> frozenset[str]:
        """Which headers some page has: Word keeps those for page one and even pages when it shows them no longer."""
        first = {"first"} if is_on(section.element.find(W + "titlePg")) else set()
        even = {"even"} if self._is_set("evenAndOddHeaders", settings) else set()
        return frozenset({"default"} | first | even)

    def _margins(self, side: str, references: Mapping[str, str], shown: frozenset[str]) -> Mapping[str, str]:
        """The parts of headers or footers by type; none where not one of them shows anything."""
        targets = {entry.id: entry for entry in self._package.relations(self._package.main)}
        found: dict[str, tuple[str, Element]] = {}
        for kind in sorted(shown & references.keys()):
            entry = targets.get(references[kind])
            if entry is None or entry.target not in self._package.files:
                message = f"the template is damaged: its section names a {side} '{references[kind]}' that is missing"
                self._problems.append(problem(message, self._file, "open it in Word and save it anew"))
                continue
            root = self._package.xml(entry.target, side)
            cleaned(root, self._sheet.named().get(("character", canonical(NOTICE_NAME))))
            without_dead_styles(root, self._sheet.styles)
            without_dead_numbers(root, self._lists)
            found[kind] = entry.target, root
        if not any(is_visible(root) for _, root in found.values()):
            return MappingProxyType({})
        for name, root in found.values():
            if name not in self._taken.parts:
                self._taken.add_with_pictures(name, root, side)
                self._problems += (_untold(picture, side, self._file) for picture in untold_pictures(root))
        return MappingProxyType({kind: name for kind, (name, _) in found.items()})

    def _bibliography(self) -> tuple[str, ...]:
        """The sources of citations that an office keeps in its template; no other data."""
        data = (
            entry.target for entry in self._package.relations(self._package.main) if entry.short_kind == "customXml"
        )
        found = [name for name in data if name in self._package.files and self._package.xml(name).tag == _SOURCES]
        for name in found:
            properties = [entry for entry in self._package.relations(name) if entry.short_kind == "customXmlProps"]
            kept = tuple(entry for entry in properties if entry.target in self._package.files)
            for entry in kept:
                self._taken.add_as_it_is(entry.target)
            self._taken.add_as_it_is(name, kept)
        return tuple(found)


def _untold(picture: str, side: str, file: str) -> Problem:
    message = f"the picture '{picture}' in a {side} of the template has no alternative text"
    return note(message, Origin(file), "in Word, right-click it, View Alt Text: say what it shows")


def _is_number(entry: Element) -> bool:
    """Whether the id of a list is what it must be, with room for more lists (17.9.15, 17.9.1)."""
    number = entry.get(W + "numId") or entry.get(W + "abstractNumId") or ""
    return number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS


def _body_size(sheet: Cascade) -> float | None:
    """The size of running text: of Body Text, else of the default style, in points."""
    style = sheet.named().get(("paragraph", canonical(Name.BODY))) or sheet.default("paragraph")
    return sheet.look(style).size
