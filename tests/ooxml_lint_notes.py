"""Faults of footnotes, comments, fields, tables of contents and custom properties of a Word file.

Each function takes the files of a package by name, or the root of one part, and yields one
line for each fault.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
SEPARATORS = ("separator", "continuationSeparator")
"""The two notes that are rules above the others (17.18.33)."""
_LEVELS = re.compile(r'\s*TOC\b.*\\o "1-(\d)"')
_SEQUENCE = re.compile(r'\s*TOC\b.*\\c "(\w+)"')


def footnotes(files: Mapping[str, bytes]) -> Iterator[str]:
    """Notes and marks one to one; a custom mark stands before its note as well; separators are listed."""
    if "word/footnotes.xml" not in files:
        return
    notes = list(_root(files, "word/footnotes.xml").iter(_W + "footnote"))
    kinds = {_id(note): note.get(_W + "type") for note in notes}
    listed = [_id(each) for each in _root(files, "word/settings.xml").iterfind(f"{_W}footnotePr/{_W}footnote")]
    if sorted(filter(None, kinds.values())) != sorted(SEPARATORS):
        yield "there are no two separators of footnotes"
    if sorted(listed) != sorted(number for number, kind in kinds.items() if kind in SEPARATORS):
        yield "the settings do not list the separators of footnotes"
    references = list(_root(files, "word/document.xml").iter(_W + "footnoteReference"))
    marks = Counter(map(_id, references))
    yield from _one_to_one("footnote", marks, Counter(_id(note) for note in notes if note.get(_W + "type") is None))
    starts = {_id(note): _text(note) for note in notes}
    for reference in references:
        mark = "".join(each.text or "" for each in reference.itersiblings(_W + "t"))
        if reference.get(_W + "customMarkFollows") and not (mark and starts.get(_id(reference), mark).startswith(mark)):
            yield f"footnote {_id(reference)} does not begin with its mark {mark!r}"


def comments(files: Mapping[str, bytes]) -> Iterator[str]:
    """Every comment has one range, which begins before it ends, and one mark behind it; and the other way round."""
    order: dict[str, str] = {}
    marks: Counter[str] = Counter()
    for element in _root(files, "word/document.xml").iter(
        _W + "commentRangeStart", _W + "commentRangeEnd", _W + "commentReference"
    ):
        step = element.tag.removeprefix(f"{_W}comment")
        order[_id(element)] = f"{order.get(_id(element), '')} {step}".strip()
        marks[_id(element)] = 1
    for number, steps in order.items():
        if steps != "RangeStart RangeEnd Reference":
            yield f"comment {number} has {steps}"
    defined = list(_root(files, "word/comments.xml")) if "word/comments.xml" in files else []
    if "word/comments.xml" in files and not defined:
        yield "a part for comments without a comment"
    yield from _one_to_one("comment", marks, Counter(map(_id, defined)))


def _one_to_one(kind: str, marks: Counter[str], defined: Counter[str]) -> Iterator[str]:
    yield from (f"{kind} {number} is not defined" for number in marks if number not in defined)
    yield from (f"{kind} {number} is nowhere marked" for number in defined if number not in marks)
    for found, what in ((marks, "marked"), (defined, "defined")):
        yield from (f"{kind} {number} is {what} {times} times" for number, times in found.items() if times > 1)


@dataclass(slots=True)
class _Field:
    paragraph: etree._Element
    instruction: str = ""
    separated: bool = False
    paragraphs: list[etree._Element] = field(default_factory=list)


def fields(root: etree._Element) -> Iterator[str]:
    """Begin, separate, end, nested; only a table of contents goes on over several paragraphs."""
    opened: list[_Field] = []
    for paragraph in root.iter(_W + "p"):
        for element in paragraph.iter(_W + "fldChar", _W + "instrText"):
            step = element.get(_W + "fldCharType")
            if step == "begin":
                opened.append(_Field(paragraph))
            elif not opened or (opened[-1].separated and step != "end"):
                yield f"a field is unbalanced at {step or element.text!r}"
            elif step is None:
                opened[-1].instruction += element.text or ""
            elif step == "separate":
                opened[-1].separated = True
            else:
                last = opened.pop()
                if not last.separated:
                    yield f"a field is unbalanced: {last.instruction!r} has no result"
                if last.paragraph is not paragraph and not last.instruction.strip().startswith("TOC "):
                    yield f"a field is unbalanced: {last.instruction!r} ends in another paragraph"
    yield from (f"a field is unbalanced: {each.instruction!r} does not end" for each in opened)


def contents(files: Mapping[str, bytes]) -> Iterator[str]:
    """What tables of contents list are the headings or captions that there are, in their order."""
    document = _root(files, "word/document.xml")
    styles = _Styles(_root(files, "word/styles.xml"))
    for instruction, entries in _tables_of_contents(document):
        levels, sequence = _LEVELS.match(instruction), _SEQUENCE.match(instruction)
        if levels is not None:
            listed = [each for each in document.iter(_W + "p") if 0 < styles.level(each) <= int(levels[1])]
        elif sequence is not None:
            counts = re.compile(rf"\s*SEQ {sequence[1]}\b")
            listed = [each for each in document.iter(_W + "p") if _has_field(each, counts)]
        else:
            yield f"{instruction!r} lists nothing"
            continue
        if len(entries) != len(listed):
            yield f"{instruction!r} has {len(entries)} entries for {len(listed)} places"
        for entry, place in zip(entries, listed, strict=False):
            yield from _entry(entry, place, numbered=styles.is_numbered(place))


def _entry(entry: etree._Element, place: etree._Element, *, numbered: bool) -> Iterator[str]:
    """An entry has the words of the place, before them its number if Word counts it, and leads there."""
    words, tab, page = _text(entry).rpartition("\t")
    there = _text(place)
    if not tab or not re.fullmatch(r"\d*", page):
        yield f"the entry {words!r} has no page"
    if words != there and not (numbered and words.endswith(there)):
        yield f"the entry {words!r} stands for {there!r}"
    anchors = {str(link.get(_W + "anchor")) for link in entry.iter(_W + "hyperlink")}
    anchors |= {
        found[1] for text in entry.iter(_W + "instrText") for found in re.finditer(r"PAGEREF (\S+)", text.text or "")
    }
    if len(anchors) != 1 or not anchors <= {str(start.get(_W + "name")) for start in place.iter(_W + "bookmarkStart")}:
        yield f"the entry {words!r} leads to {sorted(anchors)}"


def _tables_of_contents(document: etree._Element) -> Iterator[tuple[str, list[etree._Element]]]:
    """The instruction of each table of contents with the paragraphs of its result that have words."""
    instruction, depth, entries = "", 0, []
    for paragraph in document.iter(_W + "p"):
        inside = instruction != ""
        for element in paragraph.iter(_W + "fldChar", _W + "instrText"):
            depth += {"begin": 1, "end": -1}.get(str(element.get(_W + "fldCharType")), 0)
            if depth == 1 and (element.text or "").strip().startswith("TOC "):
                instruction, inside, entries = str(element.text), True, []
            if depth == 0 and instruction:
                yield instruction, [*entries, *([paragraph] if _text(paragraph) else [])]
                instruction = ""
        if inside and instruction and _text(paragraph):
            entries.append(paragraph)


class _Styles:
    """Which paragraph styles are headings, and which are numbered; by name, for ids are anything."""

    def __init__(self, root: etree._Element) -> None:
        self._levels: dict[str | None, int] = {}
        self._numbered: set[str | None] = set()
        for style in root.iter(_W + "style"):
            name = style.find(_W + "name")
            found = re.fullmatch(r"heading (\d)", "" if name is None else name.get(_W + "val", ""))
            if found is not None:
                self._levels[style.get(_W + "styleId")] = int(found[1])
            if style.find(f"{_W}pPr/{_W}numPr") is not None:
                self._numbered.add(style.get(_W + "styleId"))

    def level(self, paragraph: etree._Element) -> int:
        return self._levels.get(_style(paragraph), 0)

    def is_numbered(self, paragraph: etree._Element) -> bool:
        return _style(paragraph) in self._numbered or paragraph.find(f"{_W}pPr/{_W}numPr") is not None


def custom_properties(files: Mapping[str, bytes]) -> Iterator[str]:
    """Names and numbers once each, numbers from 2 (ECMA-376 part 1, 22.3.2.2)."""
    if "docProps/custom.xml" not in files:
        return
    properties = list(etree.fromstring(files["docProps/custom.xml"]).iter(_CUSTOM + "property"))
    for key in ("name", "pid"):
        times = Counter(each.get(key) for each in properties)
        yield from (f"custom property {value} is there {n} times" for value, n in times.items() if n > 1)
    if any(int(each.get("pid", "0")) < 2 for each in properties):
        yield "a custom property has a number below 2"


def _root(files: Mapping[str, bytes], name: str) -> etree._Element:
    return etree.fromstring(files[name])


def _id(element: etree._Element) -> str:
    return str(element.get(_W + "id"))


def _style(paragraph: etree._Element) -> str | None:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return None if style is None else style.get(_W + "val")


def _has_field(paragraph: etree._Element, instruction: re.Pattern[str]) -> bool:
    return any(instruction.match(text.text or "") for text in paragraph.iter(_W + "instrText"))


def _text(element: etree._Element) -> str:
    """What is shown: text, line breaks and tabs; results of fields, not their instructions."""
    shown: Iterable[etree._Element] = element.iter(_W + "t", _W + "br", _W + "tab")
    signs = {_W + "br": "\n", _W + "tab": "\t"}
    return "".join(signs.get(str(each.tag)) or each.text or "" for each in shown if each.getparent().tag == _W + "r")
