"""Workbooks written by hand, so that tests hold exactly the cells they speak of; briefings with a table."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

from helpers import METRICS, Copy
from ipreport.problems import ReportError
from ipreport.readers import read_metrics

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override
PartName="/xl/workbook.xml"
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"""
_ROOT = f"""<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument"
Target="xl/workbook.xml"/></Relationships>"""
_STYLES = f"""<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164"
formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="165" formatCode="0.0&quot;%&quot;"/></numFmts>
<cellStyleXfs count="1"><xf numFmtId="9"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="10"/>
<xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>"""


@dataclass(frozen=True)
class Raw:
    """A cell as SpreadsheetML holds it: `s` is 1 percent, 2 date, 3 month, 4 a number with a percent sign beside."""

    value: str | None
    kind: str = "n"
    style: int = 0
    formula: str = ""


Content = str | int | float | Raw | None


def percent(value: str) -> Raw:
    return Raw(value, style=1)


def day(serial: int) -> Raw:
    return Raw(str(serial), style=2)


def month(serial: int) -> Raw:
    return Raw(str(serial), style=3)


def formula(text: str, cached: str | None) -> Raw:
    return Raw(cached, formula=text)


def error(code: str) -> Raw:
    return Raw(code, "e", formula="1/0")


def xlsx(
    path: Path,
    rows: Sequence[Sequence[Content]],
    *,
    sheet: str = "指标",
    merged: Sequence[str] = (),
    others: Mapping[str, str] | None = None,
    properties: str = "",
) -> Path:
    """A workbook of one sheet with these rows; `others` are empty sheets by name and state."""
    written = "".join(
        f'<row r="{number}">{"".join(_cell(content, number, at) for at, content in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=1)
    )
    ranges = "".join(f'<mergeCell ref="{name}"/>' for name in merged)
    sheets = {sheet: "visible", **(others or {})}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _ROOT)
        archive.writestr("xl/workbook.xml", _workbook(sheets, properties))
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(len(sheets)))
        archive.writestr("xl/styles.xml", _STYLES)
        archive.writestr("xl/worksheets/sheet1.xml", _sheet(written, ranges))
        for number in range(2, len(sheets) + 1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", _sheet("", ""))
    return path


def _workbook(sheets: Mapping[str, str], properties: str) -> str:
    entries = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" state="{state}" r:id="rId{number}"/>'
        for number, (name, state) in enumerate(sheets.items(), start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{properties}<sheets>{entries}</sheets></workbook>'


def _relations(count: int) -> str:
    entries = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, count + 1)
    )
    styles = f'<Relationship Id="rIdS" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}{styles}</Relationships>'


def _sheet(rows: str, merged: str) -> str:
    ranges = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{ranges}</worksheet>'


def _cell(content: Content, row: int, at: int) -> str:
    place = f'r="{chr(ord("A") + at)}{row}"'
    match content:
        case None:
            return ""
        case str():
            return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(content)}</t></is></c>'
        case Raw():
            worked = f"<f>{escape(content.formula)}</f>" if content.formula else ""
            value = f"<v>{escape(content.value)}</v>" if content.value is not None else ""
            return f'<c {place} t="{content.kind}" s="{content.style}">{worked}{value}</c>'
        case _:
            return f"<c {place}><v>{content}</v></c>"


# --- ods ------------------------------------------------------------------------------

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_MEDIA = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "style", "table", "text", "manifest")
)  # fmt: skip
_MANIFEST = f"""<manifest:manifest {_NAMES}><manifest:file-entry manifest:full-path="/"
manifest:media-type="{_MEDIA}"/></manifest:manifest>"""
HIDDEN = (
    '<style:style style:name="hid" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def ods(path: Path, rows: str, *, sheet: str = "指标", after: str = "", manifest: str = _MANIFEST) -> Path:
    """A workbook whose sheet holds `rows`, written as OpenDocument; `after` follows the sheet."""
    body = f'<table:table table:name="{sheet}">{rows}</table:table>{after}'
    content = (
        f"<office:document-content {_NAMES}><office:automatic-styles>{HIDDEN}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _MEDIA)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return path


def ods_row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def ods_text(text: str, extra: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {extra}><text:p>{escape(text)}</text:p></table:table-cell>'


def ods_number(value: str, kind: str = "float", extra: str = "") -> str:
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}" {extra}/>'


# --- briefings with a table ------------------------------------------------------------

HEAD = "metric,value,unit,period,source\n"
CHINESE = ("指标", "数值", "单位", "时期", "来源")
GOOD = "patent_invention_in_force,400,patent,2025-09-30,bulletin\n"
ROW: Sequence[Content] = ("patent_invention_in_force", 400, "patent", "2025-09-30", "bulletin")
FULL = (
    "指标,数值,单位,时期,来源\n有效发明专利量,400,件,2025年9月末,bulletin\n高价值发明专利拥有量,100,件,2025-09-30,bulletin\n"
    "penalty_amount,369700,元,2025年第三季度,bulletin\ngi_product_converted,—,个,unknown,bulletin\n"
)
"""The observations of the small briefing."""


def with_table(small: Copy, entry: str = "{file: data.csv}") -> Copy:
    """The small briefing with its observations in a table."""
    record = small.folder / METRICS
    sources = re.split(r"(?m)^(?:metrics|tables):$", record.read_text(encoding="utf-8"))[0]
    record.write_text(f"{sources}tables:\n  - {entry}\n", encoding="utf-8")
    return small


def refusals(small: Copy, entry: str = "{file: data.csv}") -> list[str]:
    """The problems of a briefing whose observations are those of a table, hints left out where there are several."""
    with pytest.raises(ReportError) as refused:
        read_metrics(with_table(small, entry).folder / METRICS)
    return [small.shorten(str(problem)) for problem in refused.value.problems]


def csv_refusal(small: Copy, text: str | bytes, entry: str = "{file: data.csv}") -> str:
    """The only problem of a CSV file."""
    small.overwrite("data.csv", text.encode() if isinstance(text, str) else text)
    (message,) = refusals(small, entry)
    return message


def xlsx_refusal(
    small: Copy, rows: Sequence[Sequence[Content]], entry: str = "{file: data.xlsx}", **more: object
) -> str:
    """The only problem of a workbook."""
    xlsx(small.folder / "data.xlsx", rows, **more)  # type: ignore[arg-type]
    (message,) = refusals(small, entry)
    return message
