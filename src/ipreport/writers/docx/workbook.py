"""The workbook inside a chart: its data as a sheet, which “Edit data” opens (ECMA-376 part 1, 18).

It holds what a chart needs and nothing that changes from one build to the next. Names
stand in the cells themselves (18.18.11, inlineStr).
"""

from __future__ import annotations

from collections.abc import Sequence

from ipreport.document import NativeCategory, NativeChart, NativePoint, NumberFormat
from ipreport.style import FontRole
from ipreport.writers.docx.context import plain_texts
from ipreport.writers.docx.markup import DECLARATION, escape
from ipreport.writers.docx.package import zipped
from ipreport.writers.docx.typefaces import TYPEFACES

_SHEET = "Sheet1"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OWN_FORMATS = 164
"""Number formats below are those that every reader knows by their number (18.8.30)."""
_NAMES, _HEADS, _NUMBERS = 1, 2, 3
"""Looks of cells, by their place in the list of styles: names of rows, heads of columns, numbers from there on."""


# --- where what stands -----------------------------------------------------------


def names_at(chart: NativeChart) -> str:
    """The cells that hold the names of the categories, those of their groups included."""
    return f"{_SHEET}!$A$2:${_letter(_first_column(chart) - 1)}${len(chart.categories) + 1}"


def head_at(chart: NativeChart, number: int) -> str:
    """The cell that holds the name of a series, counted from zero."""
    return f"{_SHEET}!${_letter(_first_column(chart) + number)}$1"


def values_at(chart: NativeChart, number: int) -> str:
    """The cells that hold its values."""
    letter = _letter(_first_column(chart) + number)
    return f"{_SHEET}!${letter}$2:${letter}${len(chart.categories) + 1}"


def grouped(chart: NativeChart) -> bool:
    """Whether the categories are in groups, which have a column of their own."""
    return any(category.group for category in chart.categories)


def begins_group(categories: Sequence[NativeCategory], index: int) -> bool:
    """Whether a category is the first of its group."""
    return index == 0 or categories[index - 1].group != categories[index].group


def _first_column(chart: NativeChart) -> int:
    return 2 if grouped(chart) else 1


def _letter(column: int) -> str:
    """The name of a column; a chart has fewer than there are letters."""
    return chr(ord("A") + column)


# --- numbers ----------------------------------------------------------------------


def format_code(digits: NumberFormat) -> str:
    """A number format (18.8.30); below zero it has the minus sign that the document has."""
    code = ("#,##0" if digits.grouped else "0") + (f".{'0' * digits.places}" if digits.places else "")
    code += f'"{digits.suffix}"' if digits.suffix else ""
    return f'{code};"−"{code}'


# --- the package -----------------------------------------------------------------


def workbook(chart: NativeChart) -> bytes:
    """The bytes of an .xlsx file with the data of `chart`."""
    formats = list(dict.fromkeys(format_code(series.digits) for series in chart.series))
    files = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{_SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
        "xl/styles.xml": _styles(formats),
        "xl/worksheets/sheet1.xml": _sheet(chart, formats),
    }
    return zipped({name: f"{DECLARATION}{content}".encode() for name, content in files.items()})


_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
)


def _relations(*targets: tuple[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _styles(formats: Sequence[str]) -> str:
    codes = "".join(
        f'<numFmt numFmtId="{_OWN_FORMATS + n}" formatCode="{escape(code)}"/>' for n, code in enumerate(formats)
    )
    face = f'<sz val="10"/><name val="{escape(TYPEFACES[FontRole.SANS].east_asian.family)}"/><family val="2"/>'
    base = 'numFmtId="0" fontId="0" fillId="0" borderId="0"'
    names = (
        '<xf numFmtId="0" fontId="{}" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
        '<alignment vertical="center" wrapText="1"/></xf>'
    )
    numbers = "".join(
        f'<xf numFmtId="{_OWN_FORMATS + n}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for n in range(len(formats))
    )
    return (
        f'<styleSheet {_MAIN}><numFmts count="{len(formats)}">{codes}</numFmts>'
        f'<fonts count="2"><font>{face}</font><font><b/>{face}</font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        f'<cellStyleXfs count="1"><xf {base}/></cellStyleXfs><cellXfs count="{_NUMBERS + len(formats)}">'
        f'<xf {base} xfId="0"/>{names.format(0)}{names.format(1)}{numbers}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _sheet(chart: NativeChart, formats: Sequence[str]) -> str:
    first = _first_column(chart)
    heads = (_text(first + n, 1, plain_texts(series.name, " "), _HEADS) for n, series in enumerate(chart.series))
    rows = [f'<row r="1">{"".join(heads)}</row>']
    for index, category in enumerate(chart.categories):
        cells = [_text(first - 1, index + 2, plain_texts(category.name), _NAMES)]
        if grouped(chart) and begins_group(chart.categories, index):
            cells.insert(0, _text(0, index + 2, plain_texts(category.group), _NAMES))
        for n, series in enumerate(chart.series):
            point = series.points[index]
            if point is not None:
                cells.append(_number(first + n, index + 2, point, _NUMBERS + formats.index(format_code(series.digits))))
        rows.append(f'<row r="{index + 2}">{"".join(cells)}</row>')
    widths = f'<col min="1" max="{first + len(chart.series)}" width="22" customWidth="1"/>'
    return f"<worksheet {_MAIN}><cols>{widths}</cols><sheetData>{''.join(rows)}</sheetData></worksheet>"


def _text(column: int, row: int, text: str, look: int) -> str:
    content = f'<is><t xml:space="preserve">{escape(text)}</t></is>'
    return f'<c r="{_letter(column)}{row}" s="{look}" t="inlineStr">{content}</c>'


def _number(column: int, row: int, point: NativePoint, look: int) -> str:
    return f'<c r="{_letter(column)}{row}" s="{look}"><v>{point.value:f}</v></c>'
