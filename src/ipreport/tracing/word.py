"""Reading Word files, whichever program saved them last (ECMA-376)."""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from ipreport.document import RECORD_NAMESPACE, VALUE_BOOKMARK, Record, read_record
from ipreport.tracing.chart_part import chart_lines
from ipreport.tracing.charts import present
from ipreport.tracing.reading import (
    DAMAGED_RECORD,
    NO_RECORD,
    NO_RECORD_HINT,
    FoundChart,
    FoundPicture,
    Reading,
    ValueMark,
    refused,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_SPACES = {_W + "tab": "\t", _W + "ptab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_UNPRINTED = {_FALLBACK, _W + "del", _W + "moveFrom"}
"""What is there twice, or was taken out under tracked changes."""
_MAIN = "word/document.xml"
_STORIES = re.compile(r"word/(?:footnotes|endnotes)\d*\.xml")
_MARGINS = re.compile(r"word/(?:header|footer)\d*\.xml")
_ITEMS = re.compile(r"customXml/item\d+\.xml")
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|PAGEREF|NUMPAGES|SECTIONPAGES)\b")
_CONTENTS_FIELD = re.compile(r"\s*TOC\b")
_VALUE = re.compile(rf"{VALUE_BOOKMARK}(\d+)_\d+(?:_Copy_\d+)*")
"""LibreOffice 7.4 copies footnotes when it opens a file, and renames the bookmarks in them."""
_LARGEST = 200 * 2**20
"""A part that claims to be larger, in bytes, is refused before it is unpacked."""


def read_word(content: bytes, file: str) -> Reading:
    """The text, marks and pictures of a .docx file.

    Raises ReportError when it is damaged, encrypted, no Word file, or holds no record.
    """
    parts = _parts(content, file)
    if _MAIN not in parts:
        raise refused(
            "this is not a Word file: it has no word/document.xml", file, "name a DOCX or PDF that ipreport built"
        )
    record = _record(parts, file)
    story = _Story()
    story.add(_parsed(parts[_MAIN], file))
    charts = tuple(_charts(parts, file))
    for chart in charts:
        story.add_lines(chart.lines)
    for name in sorted(filter(_STORIES.fullmatch, parts)):
        story.add(_with_single_marks(_parsed(parts[name], file)))
    heads = []
    for name in sorted(filter(_MARGINS.fullmatch, parts)):
        heads.append(story.length)
        story.add(_parsed(parts[name], file))
    there = (stretch for chart in present(record.charts, charts) for stretch in chart.printed)
    return Reading(
        record=replace(record, printed=(*record.printed, *there)),
        text="".join(story.pieces),
        heads=tuple(heads),
        marks=tuple(sorted(story.marks, key=lambda mark: (mark.start, mark.end))),
        page_numbers=tuple(story.page_numbers),
        pictures=tuple(_pictures(parts, file)),
        charts=charts,
    )


def _parts(content: bytes, file: str) -> dict[str, bytes]:
    """The parts that matter, unpacked."""
    wanted = re.compile(
        r"word/(?:[^/]+\.xml|_rels/document\.xml\.rels|media/[^/]+|charts/[^/]+\.xml)|customXml/item\d+\.xml"
    )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if wanted.fullmatch(entry.filename)]
            if any(entry.file_size > _LARGEST for entry in entries):
                raise refused(f"a part of the file is larger than {_LARGEST // 2**20} MB", file)
            return {entry.filename: archive.read(entry) for entry in entries}
    # A damaged or encrypted archive fails in one of these ways, by the part that is hit;
    # NotImplementedError is of zipfile, for a method of compression that no word processor uses.
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise refused("the file is damaged or encrypted; Word files are zip archives", file, "save it anew") from error


def _parsed(data: bytes, file: str) -> etree._Element:
    """XML without entities and without the network."""
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise refused(f"the file is damaged: {error.msg}", file, "save it anew") from error


def _record(parts: Mapping[str, bytes], file: str) -> Record:
    marker = RECORD_NAMESPACE.encode("ascii")
    for name in sorted(filter(_ITEMS.fullmatch, parts)):
        if marker in parts[name]:
            root = _parsed(parts[name], file)
            if root.tag == f"{{{RECORD_NAMESPACE}}}record":
                try:
                    return read_record("".join(map(str, root.itertext())))
                except ValueError as error:
                    raise refused(DAMAGED_RECORD, file, NO_RECORD_HINT) from error
    raise refused(NO_RECORD, file, NO_RECORD_HINT)


def _with_single_marks(notes: etree._Element) -> etree._Element:
    """Footnotes without the mark that LibreOffice writes before one that stands there already."""
    for note in notes.iter(_W + "footnote", _W + "endnote"):
        first, second = [*note.iter(_W + "t"), None, None][:2]
        if first is not None and second is not None and (first.text or "").strip() == (second.text or "").strip():
            first.text = ""
    return notes


class _Story:
    """Collects the text of parts, with what is marked in it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.marks: list[ValueMark] = []
        self.page_numbers: list[tuple[int, int]] = []
        self._open: dict[str, tuple[int, int]] = {}
        self._fields: list[tuple[str, int | None]] = []
        self._tab: tuple[int, int] | None = None

    def add(self, root: etree._Element) -> None:
        """Append the text of a part; each paragraph begins on a new line."""
        self._open.clear()
        self._fields.clear()
        self._walk(root)
        self._end_entry()
        self._append("\n")

    def add_lines(self, lines: Iterable[str]) -> None:
        """Append lines of text."""
        for line in lines:
            self._append(f"\n{line}")
        self._append("\n")

    def _append(self, characters: str) -> None:
        self.pieces.append(characters)
        self.length += len(characters)

    def _walk(self, element: etree._Element) -> None:
        waiting = [element]
        while waiting:  # not recursive: a hostile file may be nested deeper than Python's stack
            current = waiting.pop()
            if current.tag in _UNPRINTED:
                continue
            self._enter(current)
            waiting += reversed(current)

    def _enter(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == _W + "t":
            self._append(element.text or "")
        elif tag == _W + "p":
            self._end_entry()
            self._append("\n")
        elif tag == _W + "instrText" and self._fields:
            instruction, start = self._fields[-1]
            self._fields[-1] = instruction + (element.text or ""), start
        elif tag == _W + "fldChar":
            self._field(element.get(_W + "fldCharType"))
        elif tag == _W + "bookmarkStart":
            found = _VALUE.fullmatch(element.get(_W + "name") or "")
            if found is not None:
                self._open[element.get(_W + "id") or ""] = self.length, int(found[1])
        elif tag == _W + "bookmarkEnd":
            opened = self._open.pop(element.get(_W + "id") or "", None)
            if opened is not None:
                self.marks.append(ValueMark(opened[0], self.length, opened[1]))
        elif tag in _SPACES:
            self._append(_SPACES[str(tag)])
            if tag == _W + "tab" and any(_CONTENTS_FIELD.match(instruction) for instruction, _ in self._fields):
                self._tab = len(self.pieces), self.length

    def _end_entry(self) -> None:
        """The page behind the last tab of an entry of the contents, which LibreOffice writes without a field."""
        if self._tab is not None:
            piece, start = self._tab
            number = (start, self.length)
            if "".join(self.pieces[piece:]).isdecimal() and number not in self.page_numbers:
                self.page_numbers.append(number)
        self._tab = None

    def _field(self, step: str | None) -> None:
        if step == "begin":
            self._fields.append(("", None))
        elif self._fields and step == "separate":
            self._fields[-1] = self._fields[-1][0], self.length
        elif self._fields and step == "end":
            instruction, start = self._fields.pop()
            if start is not None and _PAGE_FIELD.match(instruction):
                self.page_numbers.append((start, self.length))


def _pictures(parts: Mapping[str, bytes], file: str) -> Iterator[FoundPicture]:
    for drawing, names, alternative in _drawings(parts, file):
        media = [name for name in names if not _is_chart(drawing)]
        if media:
            yield FoundPicture(frozenset(hashlib.sha256(parts[name]).hexdigest() for name in media), alternative)


def _charts(parts: Mapping[str, bytes], file: str) -> Iterator[FoundChart]:
    for drawing, names, alternative in _drawings(parts, file):
        for name in names if _is_chart(drawing) else ():
            yield FoundChart(tuple(chart_lines(_parsed(parts[name], file))), alternative)


def _is_chart(drawing: etree._Element) -> bool:
    return next(drawing.iter(_CHART), None) is not None


def _drawings(parts: Mapping[str, bytes], file: str) -> Iterator[tuple[etree._Element, list[str], str]]:
    """Every drawing with the parts that it shows and its alternative text."""
    targets = _targets(parts, file)
    for drawing in _parsed(parts[_MAIN], file).iter(_W + "drawing", _W + "pict"):
        names = {str(entry.get(key)) for entry in drawing.iter() for key in (_R + "embed", _R + "id")}
        shown = [targets[name] for name in sorted(names & targets.keys()) if targets[name] in parts]
        properties = next(drawing.iter(_DRAWING + "docPr"), None)
        yield drawing, shown, "" if properties is None else properties.get("descr") or ""


def _targets(parts: Mapping[str, bytes], file: str) -> dict[str, str]:
    """The parts that relationships of the main document lead to, by their ids."""
    relations = parts.get("word/_rels/document.xml.rels")
    if relations is None:
        return {}
    return {
        str(entry.get("Id")): posixpath.normpath(posixpath.join("/word", entry.get("Target") or "")).lstrip("/")
        for entry in _parsed(relations, file)
        if entry.get("TargetMode") != "External"
    }
