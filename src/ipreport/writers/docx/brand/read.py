"""Reading an office's own template: what of it a briefing takes over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ipreport.problems import Level, Problem, ReportError
from ipreport.style import Page
from ipreport.writers.docx.brand.cascade import Cascade
from ipreport.writers.docx.brand.left_behind import left_behind
from ipreport.writers.docx.brand.margins import cleaned, is_visible, without_dead_styles, without_revision_ids
from ipreport.writers.docx.brand.names import canonical
from ipreport.writers.docx.brand.opc import Relation
from ipreport.writers.docx.brand.opened import Opened, opened, problem, refused
from ipreport.writers.docx.brand.palette import theme_colours
from ipreport.writers.docx.brand.sections import Section, last_section, left_out, page_of, page_problems
from ipreport.writers.docx.brand.style_checks import mended, style_problems
from ipreport.writers.docx.brand.wordml import Element, R, W, is_on, make, parse, serialise
from ipreport.writers.docx.names import Name

_LEADS_TO = {
    *("image", "hdphoto", "hyperlink", "chart", "package", "oleObject", "chartColorStyle", "chartStyle"),
    *("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing", "themeOverride"),
}
"""What a header may lead to and still be complete in another file."""
_HEAVIEST = 20 * 2**20
"""More than so many bytes of pictures and other parts would make every issue too heavy to send."""
_SOURCES = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}Sources"
NOTICE_NAME = "Notice"
"""The character style of what stands on every page without being part of a header."""
_LINKED = "a picture or object in a header or footer lies outside the template, at {}"
_LINKED_HINT = "in Word, File, Info, Edit Links to Files: break the link or save the picture in the document"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the template that goes into the briefing as it is, with what it leads to in turn."""

    content: bytes
    content_type: str
    relations: tuple[Relation, ...] = ()


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
    that hide text; headers with pictures that lie outside the file or weigh too much.
    """
    return _Reader(opened(data, file)).brand()


class _Reader:
    """Gathers parts and problems."""

    def __init__(self, package: Opened) -> None:
        self._package = package
        self._file = package.file
        self._parts: dict[str, Part] = {}
        self._problems: list[Problem] = []

    def brand(self) -> Brand:
        document = self._package.xml(self._package.main)
        section = self._section(document)
        styles, settings = self._styles(), self._settings()
        page = self._page(section, settings)
        sheet = Cascade(make("styles") if styles is None else self._tree(styles))
        headers = self._margins(section.headers, sheet)
        footers = self._margins(section.footers, sheet)
        theme, numbering, fonts = (self._simple(kind, sheet) for kind in ("theme", "numbering", "fontTable"))
        bibliography = self._bibliography()
        self._problems += left_behind(document, None if settings is None else self._tree(settings), self._file)
        if page is None or any(found.level is Level.BLOCK for found in self._problems):
            raise ReportError(self._problems)
        return Brand(
            file=self._file,
            parts=MappingProxyType(self._parts),
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
            body_size=_body_size(sheet),
            problems=tuple(self._problems),
        )

    def _section(self, document: Element) -> Section:
        section = last_section(document.find(W + "body"))
        if section is None:
            message = "the template has no section, so that its page size and margins are unknown"
            raise ReportError([problem(message, self._file, "open it in Word or WPS and save it anew")])
        return section

    def _tree(self, name: str) -> Element:
        return parse(self._parts[name].content)

    def _styles(self) -> str | None:
        name = self._package.single("styles")
        if name is None:
            return None
        root = self._package.xml(name)
        self._problems += style_problems(root, self._file)
        mended(root)
        self._parts[name] = Part(serialise(root), self._package.content_type(name))
        return name

    def _settings(self) -> str | None:
        """Its relationships lead to attached templates and sources of mail merges, which are left behind."""
        name = self._package.single("settings")
        if name is not None:
            self._parts[name] = Part(serialise(self._package.xml(name)), self._package.content_type(name))
        return name

    def _simple(self, kind: str, sheet: Cascade) -> str | None:
        """A part that is taken with what it leads to. Fonts are not: they hold the letters of the template alone."""
        name = self._package.single(kind)
        if name is not None:
            root = self._package.xml(name)
            without_revision_ids(root)
            without_dead_styles(root, sheet.styles)
            if not all(_is_number(entry) for entry in root.iter(W + "num", W + "abstractNum")):
                raise refused("the template is damaged: a list has no number", self._file, "save it anew in Word")
            relations = () if kind == "fontTable" else self._followed(name)
            self._parts[name] = Part(serialise(root), self._package.content_type(name), relations)
        return name

    def _page(self, section: Section, settings: str | None) -> Page | None:
        at_top = settings is not None and is_on(self._tree(settings).find(W + "gutterAtTop"))
        page = page_of(section.element, gutter_at_top=at_top)
        self._problems += page_problems(page, self._file)
        self._problems += left_out(section.original, self._file)
        return page

    def _colours(self, theme: str | None, settings: str | None) -> dict[str, str]:
        if theme is None:
            return {}
        mapping = None if settings is None else self._tree(settings).find(W + "clrSchemeMapping")
        return theme_colours(self._tree(theme), mapping)

    # --- headers and footers ---------------------------------------------------------

    def _margins(self, references: Mapping[str, str], sheet: Cascade) -> Mapping[str, str]:
        """The parts of headers or footers by type; none where not one of them shows anything."""
        targets = {entry.id: entry for entry in self._package.relations(self._package.main)}
        found, visible = {}, False
        for kind, identifier in sorted(references.items()):
            entry = targets.get(identifier)
            if entry is None or entry.target not in self._package.files:
                message = f"the template is damaged: its section names a header '{identifier}' that is missing"
                self._problems.append(problem(message, self._file, "open it in Word and save it anew"))
                continue
            root = self._package.xml(entry.target)
            cleaned(root, sheet.named().get(("character", canonical(NOTICE_NAME))))
            without_dead_styles(root, sheet.styles)
            visible = visible or is_visible(root)
            found[kind] = entry.target, root
        if not visible:
            return MappingProxyType({})
        return MappingProxyType({kind: self._margin(name, root) for kind, (name, root) in found.items()})

    def _margin(self, name: str, root: Element) -> str:
        if name not in self._parts:
            used = {
                str(value)
                for element in root.iter("*")
                for key, value in element.attrib.items()
                if str(key).startswith(R)
            }
            relations = self._followed(name, frozenset(used))
            self._parts[name] = Part(serialise(root), self._package.content_type(name), relations)
            self._weigh(name)
        return name

    def _followed(self, name: str, used: frozenset[str] | None = None) -> tuple[Relation, ...]:
        """The relationships of a part that are used there; what they lead to is taken as well."""
        entries = [entry for entry in self._package.relations(name) if used is None or entry.id in used]
        for identifier in sorted((used or frozenset()) - {entry.id for entry in entries}):
            message = f"the template is damaged: {name} leads to '{identifier}', which is not told"
            self._problems.append(problem(message, self._file, "open it in Word and save it anew"))
        for entry in entries:
            if entry.external and entry.short_kind != "hyperlink":
                self._problems.append(problem(_LINKED.format(entry.target), self._file, _LINKED_HINT))
            elif not entry.external and entry.short_kind not in _LEADS_TO:
                message = (
                    f"a header or footer of the template holds an object that cannot be copied: {entry.short_kind}"
                )
                self._problems.append(problem(message, self._file, "put a picture of it in its place"))
            elif not entry.external and entry.target not in self._package.files:
                message = f"the template is damaged: {name} leads to {entry.target}, which is missing"
                self._problems.append(problem(message, self._file, "open it in Word and save it anew"))
            elif not entry.external and entry.target not in self._parts:
                self._parts[entry.target] = self._as_it_is(entry.target)  # so that a circle ends here
                self._parts[entry.target] = self._as_it_is(entry.target, self._followed(entry.target))
        return tuple(entries)

    def _weigh(self, name: str) -> None:
        inside = (entry.target for entry in self._parts[name].relations if not entry.external)
        weight = sum(len(self._parts[target].content) for target in inside if target in self._parts)
        if weight > _HEAVIEST:
            message = f"the pictures in a header or footer of the template come to {weight / 2**20:.0f} MB"
            hint = f"compress them to less than {_HEAVIEST // 2**20} MB: every issue carries them"
            self._problems.append(problem(message, self._file, hint))

    def _bibliography(self) -> tuple[str, ...]:
        """The sources of citations that an office keeps in its template; no other data."""
        data = (
            entry.target for entry in self._package.relations(self._package.main) if entry.short_kind == "customXml"
        )
        found = [name for name in data if name in self._package.files and self._package.xml(name).tag == _SOURCES]
        for name in found:
            properties = [entry for entry in self._package.relations(name) if entry.short_kind == "customXmlProps"]
            kept = tuple(entry for entry in properties if entry.target in self._package.files)
            self._parts |= {entry.target: self._as_it_is(entry.target) for entry in kept}
            self._parts[name] = self._as_it_is(name, kept)
        return tuple(found)

    def _as_it_is(self, name: str, relations: tuple[Relation, ...] = ()) -> Part:
        return Part(self._package.files[name], self._package.content_type(name), relations)


def _is_number(entry: Element) -> bool:
    """Whether the id of a list is what it must be (17.9.15, 17.9.1)."""
    return (entry.get(W + "numId") or entry.get(W + "abstractNumId") or "").isdecimal()


def _body_size(sheet: Cascade) -> float | None:
    """The size of running text: of Body Text, else of the default style, in points."""
    style = sheet.named().get(("paragraph", canonical(Name.BODY))) or sheet.default("paragraph")
    return sheet.look(style).size
