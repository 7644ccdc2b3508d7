"""The styles of one document: what each is called and how it is set in a language."""

from __future__ import annotations

from dataclasses import dataclass

from ipreport.language import ZH, Language
from ipreport.style import MODERN, Style, StyleName, TextStyle
from ipreport.writers.docx.catalogue import STYLES, Further
from ipreport.writers.docx.names import Name

_BY_NAME = {style.name: style for style in STYLES}
_GROWING = {
    StyleName.LIST_ITEM,
    StyleName.NOTE,
    StyleName.QUOTATION,
    StyleName.CONTENTS_1,
    StyleName.CONTENTS_2,
    StyleName.CONTENTS_3,
}
"""What is set in further the larger its letters are."""


@dataclass(frozen=True, slots=True)
class ImprintRoom:
    """How wide the labels of an imprint are and how high it is, in points; 0 in a document without one."""

    label: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The styles of one document.

    A style is set in the edition's first language; every further language of the
    edition has its own variant, such as “Body Text English”. An edition in one
    language has no variants. `number_tabs` are where decimal points stand in its columns of
    numbers, from the left edge of the text of a cell in twentieths of a point, the most frequent first:
    each has its style, the first one “Table Number”. `imprint` is what its imprint takes up. With
    `numbered_headings` the heading styles count.
    """

    style: Style
    languages: tuple[Language, ...]
    number_tabs: tuple[int, ...] = ()
    imprint: ImprintRoom = ImprintRoom()
    numbered_headings: bool = False

    @property
    def primary(self) -> Language:
        """The language the plain style names are set in."""
        return self.languages[0]

    @property
    def secondary(self) -> tuple[Language, ...]:
        """The languages with variants of their own."""
        return self.languages[1:]

    def set_in(self, language: Language) -> Language:
        """The language whose styles a text takes: its own, or the first for one the edition lacks."""
        return language if language in self.languages else self.primary

    def display_name(self, name: Name, language: Language) -> str:
        """The name in Word's list of styles."""
        language = self._variant(name, language)
        return str(name) if language is self.primary else f"{name} {language.name}"

    def style_id(self, name: Name, language: Language) -> str:
        """The id by which paragraphs refer to the style."""
        return _id(self.display_name(name, language))

    def number_name(self, tab: int, language: Language) -> str:
        """The name in Word's list of the style of numbers whose decimal points stand at `tab`."""
        usual, place = self.display_name(Name.TABLE_NUMBER, language), self.number_tabs.index(tab)
        return usual if place == 0 else usual.replace(Name.TABLE_NUMBER, f"{Name.TABLE_NUMBER} {place + 1}")

    def number_style_id(self, tab: int, language: Language) -> str:
        """The id of that style."""
        return _id(self.number_name(tab, language))

    def text_style(self, name: Name, language: Language) -> TextStyle:
        """The theme's text style behind a paragraph style."""
        style = _BY_NAME[name]
        text_style = self.style.in_column if style.column else self.style.text
        return text_style(style.text, self._variant(name, language))

    def spacing(self, name: Name, language: Language) -> tuple[float, float]:
        """Space above and below a paragraph style, in points."""
        style, text = _BY_NAME[name], self.text_style(name, language)
        before = text.space_before if style.space_before is None else style.space_before
        after = text.space_after if style.space_after is None else style.space_after
        if self._variant(name, language) is self.primary:
            before = before if style.lead_before is None else style.lead_before
            after = style.lead_after if self.secondary and style.lead_after is not None else after
            before = self.style.masthead.below_remark if name is Name.TITLE else before
        return self._in_masthead(name, before, after)

    def _in_masthead(self, name: Name, before: float, after: float) -> tuple[float, float]:
        """The spaces in the head of page one, which the theme says as a whole."""
        spacing = self.style.masthead
        match name:
            case Name.MASTHEAD_LINE:
                return spacing.below_names, spacing.below_issue
            case Name.MASTHEAD_RULE:
                return before, spacing.below_rule
            case _:
                return before, after

    def growth(self, name: Name) -> float:
        """How much wider the indents of a style are than its entry says, which is for text of the size of `modern`."""
        text = _BY_NAME[name].text
        # Every language of an edition has the same indent, so that their texts stand below each other.
        return self.style.text(text, ZH).size / MODERN.text(text, ZH).size if text in _GROWING else 1.0

    def _variant(self, name: Name, language: Language) -> Language:
        return self.primary if _BY_NAME[name].further is Further.SAME else self.set_in(language)


def _id(display_name: str) -> str:
    return "".join(word[0].upper() + word[1:] for word in display_name.split())
