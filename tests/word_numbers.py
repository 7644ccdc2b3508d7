"""What Word shows before numbered paragraphs, by its rules (ECMA-376 17.9): read from a file, without our own code."""

from __future__ import annotations

import re
from collections import defaultdict

from lxml import etree

from docx_helpers import W, part, style_of, words_in

_HAN = "零一二三四五六七八九"


def shown_numbers(package: bytes, styles: str = r"Heading[1-3]") -> list[tuple[str, str]]:
    """What Word shows before every paragraph of the body in one of `styles`, a pattern of their ids, and its text."""
    numbering = _Numbering(package)
    shown = []
    for paragraph in part(package).iter(W + "p"):
        name = style_of(paragraph)
        if re.fullmatch(styles, name):
            shown.append((numbering.next(paragraph, name), words_in(paragraph)))
    return shown


class _Numbering:
    def __init__(self, package: bytes) -> None:
        root = part(package, "word/numbering.xml")
        self._levels = {
            (abstract.get(W + "abstractNumId"), int(str(level.get(W + "ilvl")))): level
            for abstract in root.findall(W + "abstractNum")
            for level in abstract.findall(W + "lvl")
        }
        self._abstract: dict[str, str] = {}
        self._overrides: dict[tuple[str, int], int] = {}
        for number in root.findall(W + "num"):
            name = str(number.get(W + "numId"))
            self._abstract[name] = _value(number, "abstractNumId")
            for override in number.findall(W + "lvlOverride"):
                start = int(_value(override, "startOverride"))
                self._overrides[name, int(str(override.get(W + "ilvl")))] = start
        styles = part(package, "word/styles.xml").findall(W + "style")
        self._styles = {str(style.get(W + "styleId")): style for style in styles}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def next(self, paragraph: etree._Element, style: str) -> str:
        """What stands before `paragraph`; called in the order of the document."""
        found = paragraph.find(f"{W}pPr/{W}numPr")
        if found is None:
            found = self._styles[style].find(f"{W}pPr/{W}numPr")
        if found is None or _value(found, "numId") == "0":
            return ""
        name, level = _value(found, "numId"), int(_value(found, "ilvl") or 0)
        abstract = self._abstract[name]
        counts = self._counts[abstract]
        if (name, level) in self._overrides:  # it counts the first time only
            counts[level] = self._overrides.pop((name, level))
        else:
            counts[level] = counts.get(level, 0) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        definition = self._levels[abstract, level]
        kinds = {each: _value(self._levels[abstract, each], "numFmt") for each in range(level + 1)}
        text = re.sub(
            r"%(\d)",
            lambda match: _written(counts.get(int(match[1]) - 1, 1), kinds[int(match[1]) - 1]),
            _value(definition, "lvlText"),
        )
        return text + {"space": " ", "nothing": "", "": "\t"}[_value(definition, "suff")]


def _value(element: etree._Element, child: str) -> str:
    found = element.find(W + child)
    return "" if found is None else str(found.get(W + "val"))


def _written(number: int, kind: str) -> str:
    if kind == "decimal":
        return str(number)
    assert kind == "chineseCountingThousand"
    assert 0 < number < 100
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else _HAN[tens] + "十") + (_HAN[ones] if ones else "")
