"""Numbers of headings: a list of three levels bound to the heading styles, which Word counts (ECMA-376 17.9).

The document says what stands before each heading. Word counts by itself, so what it would
show is worked out here: where that is something else, the count begins anew at the number
that is wanted. A heading without a number is left out of the list, and one whose mark no
list can show has it as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ipreport.document import Heading
from ipreport.language import ZH, Language
from ipreport.writers.docx.markup import escape

HEADING_NUMBERING = 1000
"""The instance that the heading styles refer to; those that begin anew come after it, those of lists before."""

_LEVELS = 3
_DECIMAL, _CHINESE = "decimal", "chineseCountingThousand"
_DIGITS = "一二三四五六七八九"


def _chinese(number: int) -> str:
    """一 to 九十九."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens - 1]}十"
    return head + (_DIGITS[ones - 1] if ones else "")


_CHINESE_NUMBERS = {_chinese(number): number for number in range(1, 100)}


@dataclass(frozen=True, slots=True)
class Form:
    """How the numbers of a level look: `text` has `%1` for the number of the first level and so on (17.9.11)."""

    kind: str
    text: str

    def read(self, marker: str) -> Mapping[int, int] | None:
        """The number of every level that `marker` shows; None where it has another form."""
        numeral = r"(\d+)" if self.kind == _DECIMAL else f"([{_DIGITS}十]+)"
        parts = re.split(r"%(\d)", self.text)
        pattern = "".join(numeral if index % 2 else re.escape(part) for index, part in enumerate(parts))
        found = re.fullmatch(pattern, marker, re.ASCII)
        if found is None:
            return None
        numbers = [_CHINESE_NUMBERS.get(each, 0) if self.kind == _CHINESE else int(each) for each in found.groups()]
        return None if 0 in numbers else dict(zip(map(int, parts[1::2]), numbers, strict=True))

    def goes_with(self, above: Sequence[Form]) -> bool:
        """Whether it shows the numbers of no other levels `above` than such as count in the same numerals.

        Word shows each in those of its own level: `1.1` below `一、` would be 一.1 (17.9.11).
        """
        shown = [above[int(level) - 1] for level in re.findall(r"%(\d)", self.text) if int(level) <= len(above)]
        return all(form.kind == self.kind for form in shown)


def _forms(level: int) -> tuple[Form, ...]:
    """What the numbers of a level may look like."""
    path = ".".join(f"%{each}" for each in range(1, level + 1))
    chinese = (Form(_CHINESE, f"%{level}、"), Form(_CHINESE, f"（%{level}）"))
    own = tuple(Form(_DECIMAL, text.format(level)) for text in ("%{}.", "%{}", "（%{}）", "(%{})", "%{})", "%{}．"))
    return (*chinese, *own, Form(_DECIMAL, path), Form(_DECIMAL, f"{path}."))


_USUAL: dict[bool, tuple[Form, ...]] = {
    True: (Form(_CHINESE, "%1、"), Form(_CHINESE, "（%2）"), Form(_DECIMAL, "%3.")),
    False: (Form(_DECIMAL, "%1."), Form(_DECIMAL, "%1.%2"), Form(_DECIMAL, "%1.%2.%3")),
}
"""The forms of levels that the document has no number of, for editors who add one (GB/T 9704-2012, 7.3.3)."""


@dataclass(frozen=True, slots=True)
class Number:
    """How a heading comes by its number: from its style (`instance` None), another instance, or typed."""

    instance: int | None = None
    typed: str = ""


NO_NUMBER = 0
"""The instance that takes a paragraph out of its style's list (17.9.18)."""


class HeadingNumbers:
    """The numbers of the headings of one document, the first language of which is `language`."""

    def __init__(self, headings: Iterable[Heading], language: Language) -> None:
        found = tuple(headings)
        self._language = language
        self._forms: tuple[Form, ...] = ()
        self._numbers: dict[str, Number] = {}
        self._restarts: list[tuple[int, ...]] = []
        if any(heading.marker for heading in found):
            for level in range(1, _LEVELS + 1):
                self._forms = (*self._forms, self._form(level, found))
            self._count(found)
        self._spaced = any(heading.marker.endswith(" ") for heading in found)

    def __bool__(self) -> bool:
        """Whether any heading is numbered."""
        return bool(self._forms)

    def of(self, label: str) -> Number:
        """How the heading `label` comes by its number."""
        return self._numbers.get(label, Number())

    def _form(self, level: int, headings: tuple[Heading, ...]) -> Form:
        """The form of the first number that has one, with the forms of the levels above known."""
        for heading in headings:
            if heading.level == level and heading.marker:
                for form in _forms(level):
                    if form.goes_with(self._forms) and form.read(heading.marker.rstrip()) is not None:
                        return form
        usual = _USUAL[self._language is ZH][level - 1]
        return usual if usual.goes_with(self._forms) else _USUAL[True][level - 1]

    def _count(self, headings: tuple[Heading, ...]) -> None:
        """Follow what Word counts, and begin anew where the document counts otherwise."""
        counted = [0] * _LEVELS
        instance: int | None = None
        for heading in headings:
            index = heading.level - 1
            shown = self._forms[index].read(heading.marker.rstrip()) if heading.marker else None
            following = [*counted[:index], counted[index] + 1, *[0] * (_LEVELS - heading.level)]
            wrong = [level for level, number in (shown or {}).items() if following[level - 1] != number]
            if shown is None or any(level != heading.level for level in wrong):
                self._numbers[heading.label] = Number(NO_NUMBER, heading.marker)
                continue
            if wrong:
                following[index] = shown[heading.level]
                # Levels above go on after the number that they have, levels below begin with one.
                self._restarts.append(tuple(n if level == index else n + 1 for level, n in enumerate(following)))
                instance = HEADING_NUMBERING + len(self._restarts)
            counted = following
            self._numbers[heading.label] = Number(instance)

    def definition(self, styles: Sequence[tuple[str, str]]) -> tuple[str, str]:
        """The `w:abstractNum` and the `w:num` elements; `styles` are ids and `w:ind` of the heading styles."""
        if not self:
            return "", ""
        levels = "".join(
            self._level(level, form, *style)
            for level, (form, style) in enumerate(zip(self._forms, styles, strict=True))
        )
        abstract = (
            f'<w:abstractNum w:abstractNumId="{HEADING_NUMBERING}"><w:nsid w:val="4950{HEADING_NUMBERING}"/>'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        numbers = [_instance(HEADING_NUMBERING, ())]
        numbers += [_instance(HEADING_NUMBERING + index, starts) for index, starts in enumerate(self._restarts, 1)]
        return abstract, "".join(numbers)

    def _level(self, level: int, form: Form, style_id: str, indent: str) -> str:
        suffix = "space" if self._spaced else "nothing"
        return (
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form.kind}"/>'
            f'<w:pStyle w:val="{style_id}"/><w:suff w:val="{suffix}"/><w:lvlText w:val="{escape(form.text)}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr>{indent}</w:pPr></w:lvl>'
        )


def _instance(number: int, starts: tuple[int, ...]) -> str:
    """A `w:num` whose levels begin at `starts`."""
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for level, start in enumerate(starts)
    )
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{HEADING_NUMBERING}"/>{overrides}</w:num>'
