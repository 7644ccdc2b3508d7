"""Which Chinese fonts the parts of a Word file ask for, by family and weight, and which characters they show.

Read from the finished parts, not from what they were made of: a style of the office's own template, a head
line or a chart counts like a paragraph of ours.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from ipreport.writers.docx.segments import has_ambiguous

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_VML = "{urn:schemas-microsoft-com:vml}"
_TEXTS = frozenset({qn("w:t"), qn("w:delText"), f"{_A}t", f"{_C}v"})
_DRAWN = {"+mn-ea": "minorEastAsia", "+mj-ea": "majorEastAsia"}
"""How drawings call the theme's fonts (ECMA-376 20.1.4.1.16)."""


@dataclass(frozen=True, slots=True)
class Used:
    """The families in use, each with whether it is bold, and every character that is shown."""

    fonts: frozenset[tuple[str, bool]]
    characters: frozenset[str]


def fonts_used(theme: Any, styles: Any, stories: Iterable[Any]) -> Used:
    """What `stories`, the root elements of all parts that show text, ask for by `styles` and `theme`, also roots."""
    sheet = _Fonts(theme, styles)
    fonts: set[tuple[str, bool]] = set()
    characters: set[str] = set()
    for story in stories:
        characters.update(*_texts(story))
        fonts |= {*sheet.of_paragraphs(story), *sheet.of_drawings(story)}
    return Used(frozenset(fonts), frozenset(characters))


def _texts(story: Any) -> Iterator[str]:
    """Every text of a part, words of a watermark and marks of a list included."""
    for element in story.iter():
        if element.tag in _TEXTS:
            yield element.text or ""
        elif element.tag == f"{_VML}textpath":
            yield element.get("string", "")
        elif element.tag == qn("w:lvlText"):
            yield element.get(qn("w:val"), "")
        elif element.tag == qn("w:numFmt") and element.get(qn("w:val"), "").startswith("chinese"):
            yield "一二三四五六七八九十百"


class _Fonts:
    """What runs are set in (17.7.2): their own properties, those of their style, of the paragraph's, the defaults."""

    def __init__(self, theme: Any, styles: Any) -> None:
        self._theme = _theme_fonts(theme)
        self._styles = {style.get(qn("w:styleId")): style for style in styles.iter(qn("w:style"))}
        self._defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self._normal = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in {"1", "true", "on"}
            ),
            None,
        )
        self._known: dict[str | None, list[Any]] = {None: []}

    def of_paragraphs(self, story: Any) -> Iterator[tuple[str, bool]]:
        for paragraph in story.iter(qn("w:p")):
            styled = self._of_style(_value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")) or self._normal)
            for run in paragraph.iter(qn("w:r")):
                if any(_may_be_wide(text.text or "") for text in run.iter(qn("w:t"))):
                    own = run.find(qn("w:rPr"))
                    named = self._of_style(None if own is None else _value(own.find(qn("w:rStyle"))))
                    family = self._first_family([own, *named, *styled, self._defaults])
                    if family:
                        yield family, _first_bold([own, *named, *styled, self._defaults])

    def of_drawings(self, story: Any) -> Iterator[tuple[str, bool]]:
        """The fonts that a chart names; which of its texts is bold is not looked into."""
        if story.tag == f"{_C}chartSpace":
            named = {font.get("typeface", "") for font in story.iter(f"{_A}ea")}
            weights = {element.get("b") == "1" for element in story.iter(f"{_A}rPr", f"{_A}defRPr")}
            for name in named:
                family = self._theme.get(_DRAWN.get(name, ""), name)
                yield from ((family, bold) for bold in weights if family)

    def _of_style(self, name: str | None) -> list[Any]:
        """The run properties of a style and of those it is based on, its own first."""
        if name not in self._known:
            self._known[name] = []  # a style that is based on itself ends here
            style = self._styles.get(name)
            if style is not None:
                parent = _value(style.find(qn("w:basedOn")))
                self._known[name] = [style.find(qn("w:rPr")), *self._of_style(parent)]
        return self._known[name]

    def _first_family(self, properties: Iterable[Any]) -> str | None:
        for each in properties:
            fonts = None if each is None else each.find(qn("w:rFonts"))
            if fonts is not None:
                theme = fonts.get(qn("w:eastAsiaTheme"))
                family = fonts.get(qn("w:eastAsia")) if theme is None else self._theme.get(theme)
                if family is not None:
                    return str(family)
        return None


def _first_bold(properties: Iterable[Any]) -> bool:
    for each in properties:
        bold = None if each is None else each.find(qn("w:b"))
        if bold is not None:
            return bold.get(qn("w:val"), "1") not in {"0", "false", "off"}
    return False


def _theme_fonts(theme: Any) -> Mapping[str, str]:
    """The families behind the values of `w:eastAsiaTheme` (17.18.96)."""
    found = {}
    for pair in ("major", "minor"):
        for slot, tag in (("EastAsia", "ea"), ("HAnsi", "latin"), ("Ascii", "latin"), ("Bidi", "cs")):
            font = theme.find(f".//{_A}{pair}Font/{_A}{tag}")
            found[f"{pair}{slot}"] = "" if font is None else font.get("typeface", "")
        if not found[f"{pair}EastAsia"]:
            chinese = theme.find(f".//{_A}{pair}Font/{_A}font[@script='Hans']")
            found[f"{pair}EastAsia"] = "" if chinese is None else chinese.get("typeface", "")
    return found


def _may_be_wide(text: str) -> bool:
    """Whether something in `text` may take the East Asian face: a wide character, or a mark that is wide in Chinese."""
    return has_ambiguous(text) or any(unicodedata.east_asian_width(character) in "WF" for character in text)


def _value(element: Any) -> str | None:
    return None if element is None else element.get(qn("w:val"))
