"""A small writer of .xlsx workbooks: the same cells give the same bytes, on every system.

The parts are stored, not compressed, because two versions of zlib may compress alike
content differently; the file is some hundred kilobytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from xml.sax.saxutils import escape, quoteattr

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Look(Enum):
    """How a cell looks: number format, font, fill, border, alignment (indices into the parts of styles.xml).

    Of a number, a look is followed by the same in bold.
    """

    PLAIN = (0, 0, 0, 0, "")
    TITLE = (0, 2, 0, 0, 'horizontal="center" vertical="center"')
    SECTION = (0, 1, 0, 0, 'vertical="center"')
    HEAD = (0, 1, 2, 1, 'horizontal="center" vertical="center"')
    NAME = (0, 0, 0, 1, 'vertical="center" wrapText="1"')
    LABEL = (0, 0, 0, 1, 'horizontal="center"')
    PROVINCE = (0, 1, 0, 1, 'horizontal="center"')
    NOTE = (0, 3, 0, 0, "")
    COUNT = (3, 0, 0, 1, 'horizontal="right"')
    ONE_PLACE = (164, 0, 0, 1, 'horizontal="right"')
    TWO_PLACES = (2, 0, 0, 1, 'horizontal="right"')
    MONEY = (4, 0, 0, 1, 'horizontal="right"')
    PERCENT = (165, 0, 0, 1, 'horizontal="right"')


_LOOKS = list(Look)
_FONTS = (
    '<font><sz val="10"/><name val="宋体"/><charset val="134"/></font>',
    '<font><b/><sz val="10"/><name val="宋体"/><charset val="134"/></font>',
    '<font><b/><sz val="14"/><name val="黑体"/><charset val="134"/></font>',
    '<font><sz val="9"/><color rgb="FF595959"/><name val="宋体"/><charset val="134"/></font>',
)
_FILLS = (
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',  # the second one is reserved by the format
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE7EDF3"/></patternFill></fill>',
)
_EDGE = "".join(f'<{side} style="thin"><color rgb="FFB0B7BF"/></{side}>' for side in ("left", "right", "top", "bottom"))
_BORDERS = ("<border/>", f"<border>{_EDGE}</border>")
_FORMATS = '<numFmt numFmtId="164" formatCode="0.0"/><numFmt numFmtId="165" formatCode="0.0%"/>'


@dataclass(frozen=True)
class Cell:
    """A text or number with its look; `strong` sets a number in bold."""

    value: str | Decimal
    look: Look = Look.PLAIN
    strong: bool = False


@dataclass
class Sheet:
    """A worksheet in the making. `widths` are in characters; so many columns as `frozen` stay in view."""

    name: str
    widths: tuple[float, ...]
    frozen: int = 0
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def add(self, cells: Sequence[Cell], merged_to: int = 1) -> None:
        """Put a row below the last one; its first cell is merged over so many columns."""
        self.rows.append(list(cells))
        if merged_to > 1:
            self.merge((self.height, 1), (self.height, merged_to))

    def merge(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Merge the cells between two corners, each given by row and column."""
        if first != last:
            self.merged.append(f"{_name(*first)}:{_name(*last)}")


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as an .xlsx file."""
    parts = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)] + [("styles", "styles.xml")]
        ),
        "xl/styles.xml": _styles(),
        **{f"xl/worksheets/sheet{n}.xml": _worksheet(sheet) for n, sheet in enumerate(sheets, start=1)},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name)  # of 1 January 1980, whatever the day
            entry.create_system = 3
            archive.writestr(entry, (_HEAD + text).encode("utf-8"))
    return stream.getvalue()


def _types(count: int) -> str:
    overrides = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    overrides += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, count + 1)]
    listed = "".join(f'<Override PartName="{part}" ContentType="{_CONTENT}.{kind}+xml"/>' for part, kind in overrides)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default '
        f'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{listed}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _book(sheets: Sequence[Sheet]) -> str:
    entries = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" r:id="rId{n}"/>' for n, sheet in enumerate(sheets, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{entries}</sheets></workbook>'


def _styles() -> str:
    looks = [(look, strong) for look in Look for strong in (False, True)]
    xfs = "".join(
        f'<xf numFmtId="{look.value[0]}" fontId="{1 if strong else look.value[1]}" fillId="{look.value[2]}" '
        f'borderId="{look.value[3]}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" '
        f'applyAlignment="1"><alignment {look.value[4]}/></xf>'
        for look, strong in looks
    )
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="2">{_FORMATS}</numFmts>'
        f'<fonts count="{len(_FONTS)}">{"".join(_FONTS)}</fonts><fills count="{len(_FILLS)}">{"".join(_FILLS)}</fills>'
        f'<borders count="{len(_BORDERS)}">{"".join(_BORDERS)}</borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(looks)}">{xfs}</cellXfs></styleSheet>'
    )


def _worksheet(sheet: Sheet) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width:g}" customWidth="1"/>' for n, width in enumerate(sheet.widths, start=1)
    )
    pane = ""
    if sheet.frozen:
        corner = f"{_name(1, sheet.frozen + 1)}"
        pane = f'<pane xSplit="{sheet.frozen}" topLeftCell="{corner}" activePane="topRight" state="frozen"/>'
    rows = "".join(_row(number, cells) for number, cells in enumerate(sheet.rows, start=1))
    merged = "".join(f'<mergeCell ref="{name}"/>' for name in sheet.merged)
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{rows}</sheetData>'
        + (f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>' if merged else "")
        + '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
    )


def _row(number: int, cells: Sequence[Cell]) -> str:
    height = ' ht="26" customHeight="1"' if cells and cells[0].look is Look.TITLE else ""
    return f'<row r="{number}"{height}>{"".join(_cells(number, cells))}</row>'


def _cells(row: int, cells: Sequence[Cell]) -> Iterator[str]:
    for column, cell in enumerate(cells, start=1):
        place = f'r="{_name(row, column)}" s="{2 * _LOOKS.index(cell.look) + cell.strong}"'
        if isinstance(cell.value, str):
            yield f'<c {place} t="inlineStr"><is><t>{escape(cell.value)}</t></is></c>'
        else:
            yield f"<c {place}><v>{cell.value:f}</v></c>"


def _name(row: int, column: int) -> str:
    """The name of a cell: row 4 of column 2 is B4. There are no more than 26 columns."""
    return f"{chr(ord('A') + column - 1)}{row}"
