"""Faults of a Word file that neither the schema nor LibreOffice notices, in the words of the file.

`lint(package)` returns one line for each: dangling relationships, undefined styles,
numberings and bookmarks, fields that do not nest, footnotes and comments without their
marks, tables of contents that list something else than there is, cells that do not fit their grid or continue
none above, pictures, charts and shapes without alternative text, charts without a workbook or that show other data than
it holds, empty paragraphs that stand for space.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from ooxml_lint_notes import SEPARATORS, comments, contents, custom_properties, fields, footnotes

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_STYLE_REFERENCES = {_W + name for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")}
_CHARTS = re.compile(r"word/charts/chart\d+\.xml")
_CELLS = re.compile(r"Sheet1!\$([A-Z])\$(\d+)(?::\$([A-Z])\$(\d+))?")
_STORIES = re.compile(r"word/(document|styles|numbering|header\d*|footer\d*|footnotes|comments)\.xml")
# A table needs a paragraph between itself and the next table or the end of the body.
_SEPARATOR = "Separator"


def lint(package: bytes) -> list[str]:
    """Every fault found in the bytes of a .docx file; empty for a sound one."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    stories = {name: etree.fromstring(data) for name, data in files.items() if _STORIES.fullmatch(name)}
    findings = [*_content_types(files), *_relationships(files), *_names(stories)]
    for name, root in stories.items():
        findings += [f"{name}: {finding}" for finding in (*_dangling(name, root, files), *fields(root))]
        findings += [f"{name}: {finding}" for finding in (*_tables(root), *_pictures(root))]
    for name in filter(_CHARTS.fullmatch, files):
        findings += [f"{name}: {finding}" for finding in _chart(name, files)]
    findings += [*footnotes(files), *comments(files), *contents(files), *custom_properties(files)]
    # Headers may be an office's own.
    for name in ("word/document.xml", "word/footnotes.xml", "word/comments.xml"):
        if name in stories:
            findings += [f"{name}: {finding}" for finding in _empty_paragraphs(stories[name])]
    return findings


def _content_types(files: dict[str, bytes]) -> Iterator[str]:
    types = etree.fromstring(files["[Content_Types].xml"])
    extensions = {entry.get("Extension") for entry in types}
    parts = {entry.get("PartName") for entry in types}
    for name in files.keys() - {"[Content_Types].xml"}:
        if f"/{name}" not in parts and name.rsplit(".", 1)[-1] not in extensions:
            yield f"{name}: no content type"
    missing = {str(part) for part in parts if part} - {f"/{name}" for name in files}
    yield from (f"{part}: content type of a missing part" for part in missing)


def _relationships(files: dict[str, bytes]) -> Iterator[str]:
    for name, data in files.items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for entry in etree.fromstring(data):
                target = posixpath.normpath(posixpath.join(folder, entry.get("Target", "")))
                if entry.get("TargetMode") != "External" and target.lstrip("/") not in files:
                    yield f"{name}: {entry.get('Id')} leads to missing {target}"


def _dangling(name: str, root: etree._Element, files: dict[str, bytes]) -> Iterator[str]:
    relationships = files.get(posixpath.join("word/_rels", posixpath.basename(name) + ".rels"))
    known = set() if relationships is None else {entry.get("Id") for entry in etree.fromstring(relationships)}
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if str(key).startswith(_R) and value not in known:
                yield f"no relationship {value!s}"


def _names(stories: dict[str, etree._Element]) -> Iterator[str]:
    """Styles, numberings and bookmarks: each defined once, each reference to a defined one."""
    elements = [element for root in stories.values() for element in root.iter(etree.Element)]
    styles = Counter(element.get(_W + "styleId") for element in elements if element.tag == _W + "style")
    numbers = Counter(element.get(_W + "numId") for element in elements if element.tag == _W + "num")
    starts = [element for element in elements if element.tag == _W + "bookmarkStart"]
    bookmarks = Counter(str(element.get(_W + "name")) for element in starts)
    ends = Counter(element.get(_W + "id") for element in elements if element.tag == _W + "bookmarkEnd")
    if ends != Counter(element.get(_W + "id") for element in starts):
        yield "bookmark starts and ends do not match"
    for defined in (styles, numbers, bookmarks):
        yield from (f"{name} is defined {times} times" for name, times in defined.items() if times > 1)
    shapes = Counter(str(element.get("id")) for element in elements if element.tag == _VML + "shape")
    yield from (f"shape {name} is there {times} times" for name, times in shapes.items() if times > 1)
    yield from (f"{name}: no bookmark name" for name in bookmarks if not re.fullmatch(r"[A-Za-z_]\w{0,39}", name))
    for element in elements:
        value = element.get(_W + "val")
        if element.tag in _STYLE_REFERENCES and value not in styles:
            yield f"style {value} is not defined"
        # Number 0 takes a paragraph out of the list of its style (17.9.18).
        if element.tag == _W + "numId" and value != "0" and value not in numbers:
            yield f"numbering {value} is not defined"
        if element.tag == _W + "hyperlink" and element.get(_W + "anchor", _first(bookmarks)) not in bookmarks:
            yield f"no bookmark {element.get(_W + 'anchor')}"
        target = re.match(r"\s*(?:PAGE)?REF\s+(\S+)", element.text or "") if element.tag == _W + "instrText" else None
        if target is not None and target[1] not in bookmarks:
            yield f"no bookmark {target[1]} for a field"


def _first(names: Counter[str]) -> str:
    return next(iter(names), "")


def _tables(root: etree._Element) -> Iterator[str]:
    for table in root.iter(_W + "tbl"):
        columns = [int(column.get(_W + "w", "0")) for column in table.iterfind(f"{_W}tblGrid/{_W}gridCol")]
        merged: dict[int, int] = {}
        for row in table.iterfind(_W + "tr"):
            at, above, merged = 0, merged, {}
            for cell in row.iterfind(_W + "tc"):
                span = cell.find(f"{_W}tcPr/{_W}gridSpan")
                width = cell.find(f"{_W}tcPr/{_W}tcW")
                end = at + (1 if span is None else int(span.get(_W + "val", "")))
                if width is None or int(width.get(_W + "w", "")) != sum(columns[at:end]):
                    yield "a cell is not as wide as its columns"
                if cell[-1].tag != _W + "p":
                    yield "a cell does not end with a paragraph"
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                if merge is not None:
                    merged[at] = end
                    # 17.4.84: one without a value goes on what begins in a row above, over the same columns.
                    if merge.get(_W + "val", "continue") == "continue" and above.get(at) != end:
                        yield "a cell continues none above"
                    if merge.get(_W + "val") != "restart" and cell.find(f".//{_W}t") is not None:
                        yield "a cell that continues another holds words"
                at = end
            if at != len(columns):
                yield f"a row covers {at} of {len(columns)} columns"


def _pictures(root: etree._Element) -> Iterator[str]:
    pictures = list(root.iter(_DOC_PR))
    yield from (f"{picture.get('name')} has no alternative text" for picture in pictures if not picture.get("descr"))
    if len({picture.get("id") for picture in pictures}) < len(pictures):
        yield "two pictures share an id"
    shapes = list(root.iter(_VML + "shape"))
    yield from (f"{shape.get('id')} has no alternative text" for shape in shapes if not shape.get("alt"))


def _chart(name: str, files: dict[str, bytes]) -> Iterator[str]:
    """A chart leads to a workbook that holds what its caches show; its axes and series are told apart."""
    root = etree.fromstring(files[name])
    workbook = _workbook(name, root, files)
    if workbook is None:
        yield "no workbook"
        return
    cells = _cells(workbook)
    for reference in root.iter(_C + "strRef", _C + "numRef", _C + "multiLvlStrRef"):
        where = str(reference.findtext(_C + "f"))
        if _referred(where, cells) != _cached(reference):
            yield f"{where}: the cache is not what the workbook holds"
    axes = {
        axis.get("val") for plot in root.iter(_C + "barChart", _C + "lineChart") for axis in plot.iterfind(_C + "axId")
    }
    for kind in ("catAx", "valAx"):
        ids = [_value(axis, "axId") for axis in root.iter(_C + kind)]
        yield from (f"axis {number} measures nothing" for number in ids if number not in axes)
    numbers = [_value(series, "idx") for series in root.iter(_C + "ser")]
    if len(set(numbers)) < len(numbers):
        yield "two series share a number"


def _workbook(name: str, root: etree._Element, files: dict[str, bytes]) -> bytes | None:
    relations = files.get(f"word/charts/_rels/{posixpath.basename(name)}.rels")
    data = root.find(_C + "externalData")
    if relations is None or data is None:
        return None
    targets = {entry.get("Id"): str(entry.get("Target")) for entry in etree.fromstring(relations)}
    target = targets.get(data.get(_R + "id"), "")
    return files.get(posixpath.normpath(posixpath.join("word/charts", target)).lstrip("/"))


def _cells(workbook: bytes) -> dict[str, str]:
    """The contents of the only sheet of a workbook by their places."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return {
        str(cell.get("r")): cell.findtext(f"{_S}v") or cell.findtext(f"{_S}is/{_S}t") or ""
        for cell in sheet.iter(_S + "c")
    }


def _referred(where: str, cells: dict[str, str]) -> list[str]:
    """The contents of cells that a chart refers to, the last column first, as caches have them."""
    found = _CELLS.fullmatch(where)
    if found is None:
        return [where]
    columns = range(ord(found[3] or found[1]), ord(found[1]) - 1, -1)
    places = [
        f"{chr(column)}{row}" for column in columns for row in range(int(found[2]), int(found[4] or found[2]) + 1)
    ]
    return [cells[place] for place in places if place in cells]


def _value(element: etree._Element, name: str) -> str | None:
    found = element.find(_C + name)
    return None if found is None else found.get("val")


def _cached(reference: etree._Element) -> list[str]:
    return [value.text or "" for value in reference.iter(_C + "v")]


def _empty_paragraphs(root: etree._Element) -> Iterator[str]:
    """Separators are allowed where Word wants them: beside a table, where a list or a section ends. No others are.

    A cell and a text box end with a paragraph in any case (17.4.65), as does what Word draws above footnotes.
    """
    for paragraph in root.iter(_W + "p"):
        around, style = paragraph.getparent(), paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = "" if style is None else style.get(_W + "val", "")
        if _says_something(paragraph):
            if name == _SEPARATOR:
                yield "a separator with text"
        elif _ends_with_a_paragraph(around) and len(around.findall(_W + "p")) == 1:
            continue
        elif name != _SEPARATOR or not _is_needed(paragraph):
            yield f"an empty paragraph of style {name!r}"


def _says_something(paragraph: etree._Element) -> bool:
    """Whether there is more in a paragraph than spaces."""
    if any((text.text or "").strip() for text in paragraph.iter(_W + "t")):
        return True
    return next(paragraph.iter(_W + "drawing", _W + "pict"), None) is not None


def _ends_with_a_paragraph(around: etree._Element) -> bool:
    return around.tag in (_W + "tc", _W + "txbxContent") or around.get(_W + "type") in SEPARATORS


def _is_needed(paragraph: etree._Element) -> bool:
    near = (paragraph.getprevious(), paragraph.getnext())
    return (
        any(each is not None and each.tag == _W + "tbl" for each in near)
        or paragraph.find(f"{_W}r/{_W}fldChar") is not None
        or paragraph.find(f"{_W}pPr/{_W}sectPr") is not None
    )
