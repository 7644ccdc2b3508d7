"""The chart part: a chart that Word draws itself (ECMA-376 part 1, 21.2).

Every name and value stands twice, in the workbook and in a cache beside the reference to
its cells, so that the chart shows without opening the workbook. Places are fixed, in parts
of the chart's size; elements keep the order of the schema.
"""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.document import (
    Form,
    Frame,
    Grouping,
    LineDash,
    NativeAxis,
    NativeChart,
    NativePoint,
    NativeSeries,
    PointShape,
    Texts,
)
from ipreport.language import ZH
from ipreport.style import Colours, StyleName
from ipreport.writers.docx import drawingml as d
from ipreport.writers.docx.chart_labels import labels
from ipreport.writers.docx.context import plain_texts
from ipreport.writers.docx.markup import DECLARATION, A, R, escape
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.workbook import begins_group, format_code, grouped, head_at, names_at, values_at

C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'

_GROUPING = {
    Grouping.CLUSTERED: "clustered",
    Grouping.NESTED: "clustered",
    Grouping.STACKED: "stacked",
    Grouping.PERCENT_STACKED: "percentStacked",
}
_OVERLAP = {Grouping.CLUSTERED: 0, Grouping.NESTED: 100, Grouping.STACKED: 100, Grouping.PERCENT_STACKED: 100}
_DASH = {
    LineDash.SOLID: "solid",
    LineDash.DASHED: "sysDash",
    LineDash.DOTTED: "sysDot",
    LineDash.DASH_DOTTED: "dashDot",
    LineDash.SHORT_DASHED: "dash",
}
_SHAPE = {
    PointShape.CIRCLE: "circle",
    PointShape.SQUARE: "square",
    PointShape.TRIANGLE: "triangle",
    PointShape.DIAMOND: "diamond",
    PointShape.CROSS: "x",
}
_CATEGORIES, _VALUES = 1001, 1002
_AXES = f'<c:axId val="{_CATEGORIES}"/><c:axId val="{_VALUES}"/>'
_NO_MARKS = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
_BEHIND = "    "
"""Before the notice where it stands behind the title."""
_MOST_GAP = 500
"""The widest gap between columns that the format knows, in per cent of a column."""


def chart_part(chart: NativeChart, sheet: Sheet, workbook: str) -> bytes:
    """`word/charts/chartN.xml`; `workbook` is the id of the relationship to its workbook."""
    return _Maker(chart, sheet).xml(workbook).encode("utf-8")


class _Maker:
    def __init__(self, chart: NativeChart, sheet: Sheet) -> None:
        self._chart = chart
        self._colours: Colours = sheet.style.colours
        self._size = sheet.style.text(StyleName.CHART_LABEL, sheet.primary).size
        self._small = sheet.style.text(StyleName.CHART_NOTE, ZH).size
        self._ink = d.fill(self._colours, self._colours.ink)
        self._muted = d.fill(self._colours, self._colours.muted)
        self._language = sheet.primary

    def xml(self, workbook: str) -> str:
        """The part as a whole."""
        bare = d.shape("c:spPr", d.NO_FILL, d.NO_LINE)
        return (
            f'{DECLARATION}<c:chartSpace {C} {A} {R}><c:date1904 val="0"/><c:lang val="{self._language.tag}"/>'
            f'<c:roundedCorners val="0"/><c:chart>{self._title()}<c:plotArea>'
            f"{self._layout(self._chart.plot, inner=True)}{''.join(self._plots())}{''.join(self._axes())}"
            f"{bare}</c:plotArea>{self._legend()}"
            f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>{bare}{d.text_look(self._size, self._ink)}'
            f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
        )

    def _layout(self, frame: Frame, *, inner: bool = False, sized: bool = True) -> str:
        """A place in parts of the chart; `inner` is the field without the words of its axes."""
        wide, tall = self._chart.width, self._chart.height
        parts = [("x", frame.left / wide), ("y", frame.top / tall)]
        parts += [("w", frame.width / wide), ("h", frame.height / tall)] if sized else []
        target = '<c:layoutTarget val="inner"/>' if inner else ""
        places = "".join(f'<c:{name} val="{part:.4f}"/>' for name, part in parts)
        return (
            f'<c:layout><c:manualLayout>{target}<c:xMode val="edge"/><c:yMode val="edge"/>{places}'
            "</c:manualLayout></c:layout>"
        )

    # --- words -----------------------------------------------------------------------

    def _title(self) -> str:
        """What the subtitle of the picture says, and the notice, at the left upper corner."""
        lines = [self._line(texts, self._muted) for texts in self._chart.title]
        notice = self._line(self._chart.notice, d.fill(self._colours, self._colours.warning))
        if notice and self._chart.notice_below:
            lines.append(notice)
        elif notice:
            space = d.run(_BEHIND, self._language, self._small, self._muted)
            lines[-1] += space + notice
        if not lines:
            return '<c:autoTitleDeleted val="1"/>'
        place = self._layout(Frame(0.0, 0.0, 0.0, 0.0), sized=False)
        text = d.rich(lines, self._small, self._muted, "l", unbroken=False)
        return f'<c:title>{text}{place}<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'

    def _line(self, texts: Texts, filled: str) -> str:
        """The languages of a line, one behind the other."""
        return "".join(
            d.run(("  " if number else "") + text.plain(), text.language, self._small, filled)
            for number, text in enumerate(texts)
        )

    def _legend(self) -> str:
        """The names of the series, but of what is words alone."""
        if self._chart.legend is None:
            return ""
        without = "".join(
            f'<c:legendEntry><c:idx val="{number}"/><c:delete val="1"/></c:legendEntry>'
            for number, series in enumerate(self._chart.series)
            if series.form is Form.TOTAL
        )
        return (
            f'<c:legend><c:legendPos val="t"/>{without}{self._layout(self._chart.legend)}<c:overlay val="0"/>'
            f"{d.text_look(self._size, self._ink)}</c:legend>"
        )

    # --- series ----------------------------------------------------------------------

    def _plots(self) -> Iterator[str]:
        """Columns first, so that lines lie in front of them."""
        numbered = list(enumerate(self._chart.series))
        columns = [each for each in numbered if each[1].form is Form.COLUMN]
        lines = [each for each in numbered if each[1].form is not Form.COLUMN]
        if columns:
            yield self._columns(columns)
        if lines:
            yield self._lines(lines)

    def _columns(self, numbered: list[tuple[int, NativeSeries]]) -> str:
        direction, chart = "bar" if self._chart.lying else "col", self._chart
        gap = round(min((1 / chart.columns_share - self._abreast(numbered)) * 100, _MOST_GAP))
        series = "".join(self._series(number, each) for number, each in numbered)
        return (
            f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{_GROUPING[chart.grouping]}"/>'
            f'<c:varyColors val="0"/>{series}<c:gapWidth val="{max(gap, 0)}"/>'
            f'<c:overlap val="{_OVERLAP[chart.grouping]}"/>{_AXES}</c:barChart>'
        )

    def _abreast(self, numbered: list[tuple[int, NativeSeries]]) -> int:
        return len(numbered) if self._chart.grouping is Grouping.CLUSTERED else 1

    def _lines(self, numbered: list[tuple[int, NativeSeries]]) -> str:
        series = "".join(self._series(number, each) for number, each in numbered)
        return (
            f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>'
            f"{_AXES}</c:lineChart>"
        )

    def _series(self, number: int, series: NativeSeries) -> str:
        chart = self._chart
        name = _strings(head_at(chart, number), [plain_texts(series.name, " ")])
        values = _numbers(values_at(chart, number), series)
        look = self._look(series)
        shown = labels(chart, number, self._size, self._ink)
        smooth = "" if series.form is Form.COLUMN else '<c:smooth val="0"/>'
        return (
            f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx>{name}</c:tx>{look}{shown}'
            f"<c:cat>{_names(chart)}</c:cat><c:val>{values}</c:val>{smooth}</c:ser>"
        )

    def _look(self, series: NativeSeries) -> str:
        match series.form:
            case Form.COLUMN:
                return self._column_look(series)
            case Form.LINE:
                return self._line_look(series)
            case Form.TOTAL:
                return f'{d.shape("c:spPr", d.NO_LINE)}<c:marker><c:symbol val="none"/></c:marker>'

    def _fill(self, series: NativeSeries) -> str:
        if series.accent:
            return d.accent(series.accent)
        quiet = self._colours.quiet if series.form is Form.COLUMN else self._colours.context
        return d.fill(self._colours, quiet)

    def _column_look(self, series: NativeSeries) -> str:
        """Solid, hollow where a value is not exact; what only gives scale has an outline."""
        filled = self._fill(series)
        outline = d.NO_LINE if series.accent else d.line(self._muted, 0.75)
        points = "".join(
            f'<c:dPt><c:idx val="{index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
            f"{self._column_of(series, point)}</c:dPt>"
            for index, point in _points(series)
            if point.context or not point.exact
        )
        return f'{d.shape("c:spPr", filled, outline)}<c:invertIfNegative val="0"/>{points}'

    def _column_of(self, series: NativeSeries, point: NativePoint) -> str:
        """The look of one column that is not like the others."""
        filled = d.fill(self._colours, self._colours.context) if point.context else self._fill(series)
        if point.exact:
            return d.shape("c:spPr", filled, d.NO_LINE)
        return d.shape("c:spPr", d.WHITE, d.line(filled if series.accent else self._muted, 1.2))

    def _line_look(self, series: NativeSeries) -> str:
        filled, width = self._fill(series), 2.25 if series.heavy else 1.75 if series.accent else 1.0
        drawn = d.shape("c:spPr", d.line(filled, width, _DASH[series.dash]))
        points = "".join(
            f'<c:dPt><c:idx val="{index}"/>{_marker(series, filled, hollow=not point.exact)}<c:bubble3D val="0"/>'
            f"{d.shape('c:spPr', d.NO_LINE) if point.broken else drawn}</c:dPt>"
            for index, point in _points(series)
            if point.broken or not point.exact
        )
        return f"{drawn}{_marker(series, filled)}{points}"

    # --- axes ------------------------------------------------------------------------

    def _axes(self) -> Iterator[str]:
        yield self._category_axis()
        yield self._value_axis(self._chart.axis)

    def _category_axis(self) -> str:
        chart, levels = self._chart, int(not grouped(self._chart))
        level = chart.name_every == 1 and not grouped(chart)  # so that names are broken into lines
        side, order = ("l", "maxMin") if chart.lying else ("b", "minMax")
        skip = f'<c:tickLblSkip val="{chart.name_every}"/>' if chart.name_every > 1 else ""
        return (
            f'<c:catAx><c:axId val="{_CATEGORIES}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
            f'<c:delete val="{int(not chart.axis.shown)}"/><c:axPos val="{side}"/>'
            f'<c:numFmt formatCode="General" sourceLinked="0"/>{_NO_MARKS}<c:tickLblPos val="low"/>'
            f"{d.shape('c:spPr', d.line(self._muted, 0.75))}{d.text_look(self._size, self._ink, level=level)}"
            f'<c:crossAx val="{_VALUES}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
            f'<c:lblOffset val="50"/>{skip}<c:noMultiLvlLbl val="{levels}"/></c:catAx>'
        )

    def _value_axis(self, axis: NativeAxis) -> str:
        lying, rule = self._chart.lying, d.line(d.fill(self._colours, self._colours.rule), 0.5)
        grid = f"<c:majorGridlines>{d.shape('c:spPr', rule)}</c:majorGridlines>" if axis.shown else ""
        code = "0%" if self._chart.grouping is Grouping.PERCENT_STACKED else format_code(axis.digits)
        # The axis of lying columns stands below the last of them.
        side, crosses, words = ("b", "max", "nextTo") if lying else ("l", "autoZero", "low")
        return (
            f'<c:valAx><c:axId val="{_VALUES}"/><c:scaling><c:orientation val="minMax"/><c:max val="{axis.high:f}"/>'
            f'<c:min val="{axis.low:f}"/></c:scaling><c:delete val="{int(not axis.shown)}"/><c:axPos val="{side}"/>'
            f"{grid}{self._axis_title(axis)}"
            f'<c:numFmt formatCode="{escape(code)}" sourceLinked="0"/>{_NO_MARKS}<c:tickLblPos val="{words}"/>'
            f"{d.shape('c:spPr', d.NO_LINE)}{d.text_look(self._small, self._muted)}"
            f'<c:crossAx val="{_CATEGORIES}"/><c:crosses val="{crosses}"/><c:crossBetween val="between"/>'
            f'<c:majorUnit val="{axis.step:f}"/></c:valAx>'
        )

    def _axis_title(self, axis: NativeAxis) -> str:
        """The unit: along an upright axis, below a lying one."""
        if not axis.title or not axis.shown:
            return ""
        lines = [self._line(texts, self._muted) for texts in axis.title]
        text = d.rich(lines, self._small, self._muted, "ctr", upwards=not self._chart.lying)
        return f'<c:title>{text}<c:overlay val="0"/></c:title>'


def _points(series: NativeSeries) -> Iterator[tuple[int, NativePoint]]:
    """The values there are, with the number of their category."""
    return ((index, point) for index, point in enumerate(series.points) if point is not None)


def _marker(series: NativeSeries, filled: str, *, hollow: bool = False) -> str:
    inside = d.WHITE if hollow else filled
    look = d.shape("c:spPr", inside, d.line(filled, 1.0))
    size = 6 if series.heavy else 5
    return f'<c:marker><c:symbol val="{_SHAPE[series.shape]}"/><c:size val="{size}"/>{look}</c:marker>'


# --- references and their caches -----------------------------------------------------


def _strings(cells: str, names: list[str]) -> str:
    points = "".join(_cached(index, escape(name)) for index, name in enumerate(names))
    return f'<c:strRef><c:f>{cells}</c:f><c:strCache><c:ptCount val="{len(names)}"/>{points}</c:strCache></c:strRef>'


def _names(chart: NativeChart) -> str:
    """The names of the categories; where they are in groups, the inner ones first (21.2.2.102)."""
    names = [plain_texts(category.name) for category in chart.categories]
    if not grouped(chart):
        return _strings(names_at(chart), names)
    inner = "".join(_cached(index, escape(name)) for index, name in enumerate(names))
    outer = "".join(
        _cached(index, escape(plain_texts(category.group)))
        for index, category in enumerate(chart.categories)
        if begins_group(chart.categories, index)
    )
    return (
        f"<c:multiLvlStrRef><c:f>{names_at(chart)}</c:f><c:multiLvlStrCache>"
        f'<c:ptCount val="{len(names)}"/><c:lvl>{inner}</c:lvl><c:lvl>{outer}</c:lvl>'
        "</c:multiLvlStrCache></c:multiLvlStrRef>"
    )


def _numbers(cells: str, series: NativeSeries) -> str:
    """The values; a category without one has none in the cache either."""
    points = "".join(_cached(index, f"{point.value:f}") for index, point in _points(series))
    return (
        f"<c:numRef><c:f>{cells}</c:f><c:numCache><c:formatCode>{escape(format_code(series.digits))}</c:formatCode>"
        f'<c:ptCount val="{len(series.points)}"/>{points}</c:numCache></c:numRef>'
    )


def _cached(index: int, content: str) -> str:
    return f'<c:pt idx="{index}"><c:v>{content}</c:v></c:pt>'
