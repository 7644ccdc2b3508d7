"""Charts that Word draws itself, as parts of a file: caches, workbook, looks, and what other programs make of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from docx_helpers import audit_findings, part, sdk_findings, soffice, written
from figure_samples import day, figure, metric, metric_set
from ipreport.document import Document, Figure, Form, NativeChart, NativeSeries
from ipreport.language import EN, ZH
from ipreport.style import MODERN, FigureWidth
from ipreport.writers.docx import write
from ipreport.writers.docx.palette import themed
from libreoffice import converted
from native_samples import EDITIONS, SPECS, document, native
from ooxml_lint import lint

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
IN_EVERY = pytest.mark.parametrize("edition", EDITIONS)


@cache
def file(edition: str = "bilingual", width: FigureWidth = FigureWidth.FULL) -> bytes:
    return write(document(edition, width), MODERN.led_by(EDITIONS[edition][0]))


def chart_of(name: str, edition: str = "bilingual") -> etree._Element:
    """The chart part of a sample."""
    return part(file(edition), f"word/charts/chart{list(SPECS).index(name) + 1}.xml")


def sheet(package: bytes, number: int) -> list[list[object]]:
    """The rows of the workbook of a chart, read as any program reads it."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        content = archive.read(f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def values(root: etree._Element, path: str) -> list[str]:
    """The attributes `val` of the elements under a path."""
    return [str(element.get("val")) for element in root.iterfind(path.replace("c:", C).replace("a:", A))]


def caches(root: etree._Element) -> list[dict[int, Decimal]]:
    """The cached values of each series by the number of their category."""
    return [
        {int(str(p.get("idx"))): Decimal(str(p.findtext(f"{C}v"))) for p in series.iterfind(f"{C}val//{C}pt")}
        for series in root.iter(f"{C}ser")
    ]


def charts(made: Document) -> list[NativeChart]:
    return [block.native for block in made.blocks if isinstance(block, Figure) and block.native is not None]


def in_order(chart: NativeChart) -> list[NativeSeries]:
    """The series as a part has them: columns first."""
    return sorted(chart.series, key=lambda series: series.form is not Form.COLUMN)


# --- values ------------------------------------------------------------------------------


@IN_EVERY
def test_caches_and_workbook_hold_the_values_of_the_chart(edition: str) -> None:
    package, made = file(edition), document(edition)
    for number, chart in enumerate(charts(made), start=1):
        cached = caches(part(package, f"word/charts/chart{number}.xml"))
        wanted = [{n: p.value for n, p in enumerate(s.points) if p is not None} for s in in_order(chart)]
        assert cached == wanted

        head, *rows = sheet(package, number)
        first = len(head) - len(chart.series)
        assert head[first:] == [" ".join(text.plain() for text in series.name) for series in chart.series]
        assert [row[first - 1] for row in rows] == ["\n".join(t.plain() for t in c.name) for c in chart.categories]
        for column, series in enumerate(chart.series, start=first):
            cells = [None if row[column] == "" else float(str(row[column])) for row in rows]
            assert cells == [None if point is None else float(point.value) for point in series.points]


def test_quarters_and_years_stand_in_two_columns_of_the_sheet() -> None:
    rows = sheet(file("zh"), list(SPECS).index("grouped") + 1)

    assert rows[0][:3] == ["", "", "发明专利授权量"]
    assert [row[:2] for row in rows[1:4]] == [["2024年", "三季度"], ["", "四季度"], ["2025年", "一季度"]]
    levels = chart_of("grouped", "zh").find(f".//{C}cat/{C}multiLvlStrRef")
    assert levels is not None
    assert levels.findtext(f"{C}f") == "Sheet1!$A$2:$B$6"
    assert [[v.text for v in level.iter(f"{C}v")] for level in levels.iter(f"{C}lvl")][1] == ["2024年", "2025年"]


def test_a_missing_value_is_an_empty_cell_and_a_gap() -> None:
    root = chart_of("lines", "en")

    assert 0 not in caches(root)[1]
    assert values(root, "c:chart/c:dispBlanksAs") == ["gap"]
    assert values(root, ".//c:val/c:numRef/c:numCache/c:ptCount") == ["12"] * 3
    assert sheet(file("en"), list(SPECS).index("lines") + 1)[1][-2:] == ["", ""]


@pytest.mark.parametrize(
    ("name", "edition", "code"),
    [
        ("column", "bilingual", '#,##0.00;"−"#,##0.00'),
        ("line", "zh", '0;"−"0'),
        ("line-by-year", "en", '#,##0.0"%";"−"#,##0.0"%"'),
    ],
)
def test_numbers_are_printed_as_in_the_picture(name: str, edition: str, code: str) -> None:
    root = chart_of(name, edition)

    assert {e.text for e in root.iter(f"{C}formatCode")} == {code}
    assert {str(e.get("formatCode")) for e in root.iterfind(f".//{C}ser//{C}numFmt")} == {code}


def test_the_workbook_has_the_same_number_formats() -> None:
    with zipfile.ZipFile(io.BytesIO(file("en"))) as archive:
        book = archive.read(f"word/embeddings/Microsoft_Excel_Sheet{list(SPECS).index('line-by-year') + 1}.xlsx")
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        styles = etree.fromstring(archive.read("xl/styles.xml"))
    assert [e.get("formatCode") for e in styles.iter("{*}numFmt")] == ['#,##0.0"%";"−"#,##0.0"%"']


# --- axes --------------------------------------------------------------------------------


def test_columns_begin_at_zero_on_the_axis_of_the_picture() -> None:
    root = chart_of("grouped")

    assert values(root, ".//c:valAx/c:scaling/c:min") == ["0"]
    assert values(root, ".//c:valAx/c:scaling/c:max") == ["2000"]
    assert values(root, ".//c:valAx/c:majorUnit") == ["500"]


@pytest.mark.parametrize("name", [name for name in SPECS if name != "part-of-whole"])
def test_grid_lines_run_along_the_values_only(name: str) -> None:
    root = chart_of(name)

    assert len(root.findall(f".//{C}valAx/{C}majorGridlines")) == 1
    assert root.findall(f".//{C}catAx/{C}majorGridlines") == []


def test_the_axis_names_its_unit_in_the_languages_of_the_edition() -> None:
    def title(edition: str) -> list[str]:
        return [t.text or "" for t in chart_of("column", edition).iterfind(f".//{C}valAx/{C}title//{A}t")]

    assert title("zh") == ["单位：亿元"]
    assert title("en") == ["Billion yuan"]
    assert title("bilingual") == ["单位：百万元", "  Million yuan"]


def test_lying_columns_begin_at_the_top_with_the_axis_below() -> None:
    root = chart_of("column-by-region")

    assert values(root, ".//c:barChart/c:barDir") == ["bar"]
    assert values(root, ".//c:catAx/c:scaling/c:orientation") == ["maxMin"]
    assert values(root, ".//c:valAx/c:crosses") == ["max"]


# --- looks -------------------------------------------------------------------------------


def test_series_have_the_colours_of_the_theme() -> None:
    theme = part(file(), "word/theme/theme1.xml")
    accents = [
        str(theme.find(f".//{A}accent{number}/{A}srgbClr").get("val"))  # type: ignore[union-attr]
        for number in range(1, 6)
    ]
    assert [f"#{value.lower()}" for value in accents] == list(MODERN.colours.series)

    root = chart_of("grouped")
    assert values(root, ".//c:ser/c:spPr/a:solidFill/a:schemeClr") == ["accent1", "accent2", "accent3"]


def test_all_text_is_in_the_faces_and_sizes_of_the_document() -> None:
    for number in range(1, len(SPECS) + 1):
        root = part(file(), f"word/charts/chart{number}.xml")
        assert {str(face.get("typeface")) for face in root.iter(f"{A}latin", f"{A}ea")} == {"+mj-lt", "+mj-ea"}
        sizes = {str(e.get("sz")) for e in root.iter(f"{A}defRPr", f"{A}rPr")}
        assert sizes <= {"900", "800"}


def test_lines_differ_by_shape_and_dash() -> None:
    root = chart_of("lines")

    assert values(root, ".//c:ser/c:marker/c:symbol") == ["circle", "square", "triangle"]
    assert values(root, ".//c:ser/c:spPr/a:ln/a:prstDash") == ["solid", "sysDash", "sysDot"]
    assert values(root, ".//c:ser/c:smooth") == ["0", "0", "0"]


def test_a_legend_stands_at_the_top_and_only_where_there_are_several_series() -> None:
    assert values(chart_of("grouped"), ".//c:legend/c:legendPos") == ["t"]
    assert chart_of("line").find(f".//{C}legend") is None


def test_values_that_are_not_exact_are_hollow() -> None:
    chart = native(figure("column", values=("contracts", "funds")), (ZH,), metrics=metric_set(), marks={})
    root = one(chart)

    (point,) = root.findall(f".//{C}dPt")
    assert values(point, "c:idx") == ["1"]
    assert values(point, "c:spPr/a:solidFill/a:schemeClr") == ["bg1"]
    assert values(point, "c:spPr/a:ln/a:solidFill/a:schemeClr") == ["accent1"]
    (label,) = root.findall(f".//{C}dLbl")
    assert [t.text for t in label.iter(f"{A}t")] == ["近200万元"]


def one(chart: NativeChart) -> etree._Element:
    """The part of a chart that is alone in its document."""
    made = document("zh")
    block = made.blocks[0]
    assert isinstance(block, Figure)
    return part(write(replace(made, blocks=(replace(block, native=chart),)), MODERN), "word/charts/chart1.xml")


def test_a_value_below_zero_has_the_minus_sign_of_the_document() -> None:
    dates = (("a", "7", day(2025, 9, 30)), ("before", "-5", day(2025, 6, 30)))
    record = metric_set(*(metric(key, "甲", "a", value, "case", period=at, metric_id="a") for key, value, at in dates))
    root = one(native(figure("line", series=("a",), last=2), (ZH,), metrics=record))

    assert caches(root) == [{0: Decimal(-5), 1: Decimal(7)}]
    assert {e.text for e in root.iter(f"{C}formatCode")} == {'0;"−"0'}


def test_a_line_is_broken_where_the_definition_changed() -> None:
    (point,) = chart_of("line-with-break").findall(f".//{C}dPt")

    assert values(point, "c:idx") == ["11"]
    assert point.find(f"{C}spPr/{A}ln/{A}noFill") is not None


# --- words -------------------------------------------------------------------------------


@IN_EVERY
def test_every_chart_says_that_its_data_are_made_up(edition: str) -> None:
    notice = {"zh": ["示例数据"], "en": ["Illustrative data"], "bilingual": ["示例数据", "  Illustrative data"]}
    for name in SPECS:
        root = chart_of(name, edition)
        runs = list(root.iterfind(f"{C}chart/{C}title//{A}r"))
        slot = themed(MODERN.colours, MODERN.colours.warning)
        assert slot is not None
        coloured = [run for run in runs if values(run, ".//a:schemeClr") == [slot.slot]]
        assert [run.findtext(f"{A}t") for run in coloured] == notice[edition]


def test_a_label_with_more_than_digits_follows_its_value() -> None:
    root = chart_of("part-of-whole", "en")

    (label,) = root.findall(f".//{C}dLbl")
    assert [t.text for t in label.iter(f"{A}t")] == ["7,797", " (", "38.6%", ")"]
    (field,) = label.iter(f"{A}fld")
    assert field.get("type") == "VALUE"
    assert re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", str(field.get("id")))


def test_totals_have_no_mark_and_no_entry_in_the_legend() -> None:
    chart = native(SPECS["stacked"], (ZH,))
    parts = [series for series in chart.series if series.form is Form.COLUMN]
    root = one(replace(chart, series=(*parts, replace(parts[0], form=Form.TOTAL))))

    assert values(root, ".//c:legend/c:legendEntry/c:idx") == ["3"]
    assert values(root, ".//c:lineChart/c:ser/c:marker/c:symbol") == ["none"]
    assert root.find(f".//{C}lineChart/{C}ser/{C}spPr/{A}ln/{A}noFill") is not None


@IN_EVERY
def test_drawings_have_a_title_and_an_alternative_text(edition: str) -> None:
    drawings = list(part(file(edition)).iterfind(f".//{WP}inline/{WP}docPr"))

    assert len(drawings) == len(SPECS)
    for drawing, name in zip(drawings, SPECS, strict=True):
        names = [name] * len(EDITIONS[edition])
        assert (drawing.get("descr"), drawing.get("title")) == ("\n".join(names), " / ".join(names))


def test_the_picture_of_such_a_figure_is_not_in_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(file())) as archive:
        names = archive.namelist()
    assert [name for name in names if "media" in name] == []
    assert len([name for name in names if name.startswith("word/charts/chart")]) == len(SPECS)


# --- the file ----------------------------------------------------------------------------


@IN_EVERY
@pytest.mark.parametrize("width", FigureWidth)
def test_lint_finds_nothing(edition: str, width: FigureWidth) -> None:
    assert lint(file(edition, width)) == []


@IN_EVERY
def test_open_xml_sdk_finds_nothing(edition: str, tmp_path: Path) -> None:
    assert sdk_findings(file(edition), tmp_path) == []


@IN_EVERY
def test_openxml_audit_finds_nothing(edition: str, tmp_path: Path) -> None:
    assert audit_findings(file(edition), tmp_path) == []


def test_same_charts_same_bytes() -> None:
    made = document("zh")
    first, second = (write(made, MODERN) for _ in range(2))

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        books = [entry for entry in archive.infolist() if entry.filename.endswith(".xlsx")]
        assert {entry.compress_type for entry in books} == {zipfile.ZIP_STORED}
        for entry in books:
            with zipfile.ZipFile(io.BytesIO(archive.read(entry))) as book:
                assert {each.date_time for each in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# --- LibreOffice -------------------------------------------------------------------------

LIBREOFFICE = pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not on the path")


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str], bytes]:
    """Opens a file in LibreOffice and saves it in another format."""

    def saved(package: bytes, ending: str) -> bytes:
        return converted({"charts": package}, ending, tmp_path_factory.mktemp("office"))["charts"]

    return saved


@pytest.mark.slow
@LIBREOFFICE
def test_libreoffice_draws_every_chart(convert: Callable[[bytes, str], bytes]) -> None:
    pages = pypdfium2.PdfDocument(convert(file("en"), "pdf"))
    shown = "".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    shown = re.sub(r"\s", "", shown)
    for chart in charts(document("en")):
        named = [series for series in chart.series if series.form is not Form.TOTAL]
        for series in named if chart.legend is not None else ():
            assert re.sub(r"\s", "", series.name[0].plain()) in shown
    # Labels, ticks, dates, units, notices.
    for words in ("15,233", "7,797(38.6%)", "definitionchanged", "2,500", "Billionyuan", "Q1", "2024"):
        assert words in shown
    assert shown.count("Illustrativedata") >= len(SPECS)


@pytest.mark.slow
@LIBREOFFICE
def test_charts_and_workbooks_survive_a_save_in_libreoffice(convert: Callable[[bytes, str], bytes]) -> None:
    package = convert(file("zh"), "docx")

    for number, chart in enumerate(charts(document("zh")), start=1):
        saved = caches(part(package, f"word/charts/chart{number}.xml"))
        kept = [{n: p.value for n, p in enumerate(s.points) if p is not None} for s in in_order(chart)]
        assert [{n: round(v, 9) for n, v in series.items()} for series in saved] == [
            {n: round(v, 9) for n, v in series.items()} for series in kept
        ]
        assert sheet(package, number) == sheet(file("zh"), number)


def test_the_chart_of_the_showcase_is_in_every_edition() -> None:
    for edition, title in (("zh", "2024年第四季度至2025年第三季度"), ("en", "Q4 2024 to Q3 2025")):
        root = part(written(edition), "word/charts/chart1.xml")
        assert next(root.iter(f"{A}t")).text == title
    assert EN.tag == part(written("en"), "word/charts/chart1.xml").find(f"{C}lang").get("val")  # type: ignore[union-attr]
