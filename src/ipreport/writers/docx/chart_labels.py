"""What stands at the values of a chart part (ECMA-376 part 1, 21.2.2.47–49; MS-ODRAWXML 2.24.3).

Where there is more to say than the digits, the label is text with a field for the value
(`a:fld`, Word 2013 and later), so that it follows the value when that is edited.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from ipreport.document import Form, Grouping, Label, LabelPiece, NativeChart, NativePoint, NativeSeries
from ipreport.writers.docx import drawingml as d
from ipreport.writers.docx.markup import escape
from ipreport.writers.docx.workbook import format_code

_FIELDS = UUID("5f1c2c8e-6c5f-5a0a-9a3e-1f6f2f6f9d11")
"""Any constant will do: the ids of fields only have to differ within a chart."""
_EXTENSION = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:dlblFieldTable/>'
    "</c:ext></c:extLst>"
)


def labels(chart: NativeChart, number: int, size: float, ink: str) -> str:
    """The `c:dLbls` of a series, counted from zero.

    What is alike for all its values is said once; a value whose label is another has its own.
    """
    series = chart.series[number]
    known = [(index, point) for index, point in enumerate(series.points) if point is not None]
    everywhere = bool(known) and all(point.label for _, point in known)
    own = "".join(
        _own(chart, number, index, size, ink)
        for index, point in known
        if point.label and not (everywhere and _is_plain(point.label))
    )
    if not everywhere:
        return f"<c:dLbls>{own}{_shown(value=False)}</c:dLbls>"
    return f"<c:dLbls>{own}{_look(chart, series, None, size, ink)}{_shown(value=True)}</c:dLbls>"


def _is_plain(label: Label) -> bool:
    """Whether a label is the digits of its value and nothing else."""
    return len(label) == 1 and len(label[0]) == 1 and label[0][0].follows


def _own(chart: NativeChart, number: int, index: int, size: float, ink: str) -> str:
    """The label of one value."""
    series, point = chart.series[number], chart.series[number].points[index]
    if point is None:
        raise ValueError(f"the series {number} has no value {index} to label")
    if _is_plain(point.label):
        text, extension = "", ""
    else:
        fields = (f"{number} {index} {line}" for line in range(len(point.label)))
        filled = _colour(chart, series, point, ink)
        lines = [_line(pieces, size, filled, field) for pieces, field in zip(point.label, fields, strict=True)]
        text, extension = d.rich(lines, size, filled, "ctr"), _EXTENSION
    look = _look(chart, series, point, size, ink)
    return f'<c:dLbl><c:idx val="{index}"/>{text}{look}{_shown(value=True)}{extension}</c:dLbl>'


def _line(pieces: tuple[LabelPiece, ...], size: float, filled: str, field: str) -> str:
    return "".join(_piece(piece, size, filled, f"{field} {number}") for number, piece in enumerate(pieces))


def _piece(piece: LabelPiece, size: float, filled: str, field: str) -> str:
    if not piece.follows:
        bold = piece.value_key is not None
        return d.run(piece.text, piece.language, size, filled, bold=bold, raised=piece.raised)
    look = d.letters("rPr", size, filled, bold=True, speech=d.speech(piece.language))
    name = str(uuid5(_FIELDS, field)).upper()
    return f'<a:fld id="{{{name}}}" type="VALUE">{look}<a:pPr/><a:t>{escape(piece.text)}</a:t></a:fld>'


def _look(chart: NativeChart, series: NativeSeries, point: NativePoint | None, size: float, ink: str) -> str:
    """Number format, text and place of a label, or of all labels of a series."""
    bare = d.shape("c:spPr", d.NO_FILL, d.NO_LINE)
    return (
        f'<c:numFmt formatCode="{escape(format_code(series.digits))}" sourceLinked="0"/>{bare}'
        f"{d.text_look(size, _colour(chart, series, point, ink), bold=True, unbroken=True)}"
        f'<c:dLblPos val="{_place(chart, series, point)}"/>'
    )


def _place(chart: NativeChart, series: NativeSeries, point: NativePoint | None) -> str:
    """Above or behind the end of a column, inside the parts of a stack; above a point, behind the last of a line."""
    if series.form is Form.LINE:
        known = [each for each in series.points if each is not None]
        return "r" if point is known[-1] and not all(each.label for each in known) else "t"
    if series.form is Form.TOTAL:
        return "t"
    if _inside(chart, series):
        return "inEnd" if chart.grouping is Grouping.NESTED else "ctr"
    return "outEnd"


def _inside(chart: NativeChart, series: NativeSeries) -> bool:
    """Whether the labels stand on the columns: those of a stack, and that of a part larger than half its whole."""
    if chart.grouping is Grouping.NESTED:
        largest = max(point.value for point in series.points if point is not None)
        return bool(series.accent) and largest * 2 > chart.axis.high
    return series.form is Form.COLUMN and chart.grouping in {Grouping.STACKED, Grouping.PERCENT_STACKED}


def _colour(chart: NativeChart, series: NativeSeries, point: NativePoint | None, ink: str) -> str:
    """White on dark columns that are not hollow."""
    hollow = point is not None and not point.exact
    return d.WHITE if series.dark and not hollow and _inside(chart, series) else ink


def _shown(*, value: bool) -> str:
    others = ("showCatName", "showSerName", "showPercent", "showBubbleSize")
    return f'<c:showLegendKey val="0"/><c:showVal val="{int(value)}"/>' + "".join(
        f'<c:{name} val="0"/>' for name in others
    )
