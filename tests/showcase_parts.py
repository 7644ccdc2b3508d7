"""The pictures and the chart of the showcase, and texts in both languages."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

from PIL import Image

from ipreport.document import (
    Drawing,
    DrawnPath,
    DrawnText,
    Form,
    Frame,
    Grouping,
    Label,
    LabelPiece,
    LineDash,
    NativeAxis,
    NativeCategory,
    NativeChart,
    NativePoint,
    NativeSeries,
    NumberFormat,
    Picture,
    PointShape,
    Rendered,
    Texts,
    text,
)
from ipreport.language import EN, ZH


def both(zh: str, en: str) -> Texts:
    """A Chinese and an English text, each a plain span."""
    return text(ZH, zh), text(EN, en)


def one(characters: str) -> Texts:
    """A text that reads the same in both languages."""
    return (text(ZH, characters),)


def picture() -> Picture:
    """A small drawing with a bar, a dashed line, a curve and two labels."""
    drawing = Drawing(
        (
            DrawnPath((("M", 60, 30), ("L", 260, 30), ("L", 260, 60), ("L", 60, 60), ("Z",)), fill="#1f4e79"),
            DrawnPath((("M", 60, 20), ("L", 60, 90)), stroke="#5b6675", line_width=0.75, dash=(2, 2)),
            DrawnPath((("M", 270, 45), ("C", 280, 65, 300, 65, 310, 45)), stroke="#c8641b", line_width=1.5),
            DrawnText(66, 70, "有效发明专利356件", 9, "sans", "#1f2328", ZH, value_key="patent_invention_in_force"),
            DrawnText(266, 30, "356 patents", 9, "sans-bold", "#1f2328", EN, value_key="patent_invention_in_force"),
        )
    )
    image = io.BytesIO()
    Image.new("RGB", (720, 220), "#1f4e79").save(image, "PNG")
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="360pt" height="110pt" viewBox="0 0 360 110">'
        b'<rect x="60" y="50" width="200" height="30" fill="#1f4e79"/></svg>'
    )
    return Picture(360, 110, drawing, svg, image.getvalue())


def trend() -> Rendered:
    """A small picture of a line with a dot, as it stands on a card or in a cell."""
    drawing = Drawing(
        (
            DrawnPath((("M", 1, 3), ("L", 26, 6), ("L", 50, 12)), stroke="#1f4e79", line_width=1.2, round_joins=True),
            DrawnPath((("M", 48, 10), ("L", 52, 10), ("L", 52, 14), ("L", 48, 14), ("Z",)), fill="#1f4e79"),
        )
    )
    image = io.BytesIO()
    Image.new("RGBA", (159, 44), (31, 78, 121, 128)).save(image, "PNG")
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="52pt" height="14.4pt" viewBox="0 0 52 14.4">'
        b'<path d="M1 11.4L26 8.4L50 2.4" fill="none" stroke="#1f4e79"/></svg>'
    )
    alt = both("有效发明专利走势：升至356件。", "Patents in force, trend: rising to 356.")
    return Rendered(Picture(52, 14.4, drawing, svg, image.getvalue()), alt)


def native() -> NativeChart:
    """A chart with a gap, a value that is not exact, and columns beside lines."""
    grants = ((1019, "1,019"), (782, "782"), (None, ""), (944, "944"))
    rates = (("82.25", "82.3"), ("82", "82.0"), ("81.5", "81.5"), ("81.84", "81.8"))
    over = ((LabelPiece("超过944件", ZH, "patent_grant_total"),), (LabelPiece("over 944 patents", EN),))
    columns = tuple(
        None if value is None else NativePoint("patent_grant_total", Decimal(value), digits, _digits(digits))
        for value, digits in grants
    )
    last = replace(columns[-1], label=over, exact=False) if columns[-1] is not None else None
    lines = tuple(NativePoint("patent_grant_total", Decimal(value), digits) for value, digits in rates)
    quarters = (("四季度", "Q4", "2024"), ("一季度", "Q1", "2025"), ("二季度", "Q2", "2025"), ("三季度", "Q3", "2025"))
    return NativeChart(
        grouping=Grouping.CLUSTERED,
        lying=False,
        title=(both("2024年第四季度至2025年第三季度", "Q4 2024 to Q3 2025"),),
        notice=both("示例数据", "Illustrative data"),
        notice_below=False,
        categories=tuple(NativeCategory(both(zh, en), one(year)) for zh, en, year in quarters),
        series=(
            NativeSeries(both("授权量", "Grants"), Form.COLUMN, (*columns[:-1], last), "patent", 1, dark=True),
            NativeSeries(
                both("指数", "Index"), Form.LINE, lines, "patent", 2, False, NumberFormat(1), PointShape.SQUARE,
                LineDash.DASHED,
            ),
        ),
        axis=NativeAxis((both("单位：件", "Patents"),), Decimal(0), Decimal(1250), Decimal(250)),
        columns_share=0.5,
        name_every=1,
        plot=Frame(48, 44, 400, 112),
        legend=Frame(0, 16, 455, 18),
        width=455,
        height=210,
    )  # fmt: skip


def _digits(digits: str) -> Label:
    return ((LabelPiece(digits, ZH, "patent_grant_total", follows=True),),)
