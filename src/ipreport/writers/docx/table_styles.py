"""Table styles (ECMA-376 17.7.6): everything that all tables of a kind have alike, down to single rows and columns."""

from __future__ import annotations

from ipreport.style import COLUMN_GUTTER, Colours
from ipreport.writers.docx.markup import twips
from ipreport.writers.docx.palette import border, shading

TABLE_STYLE = "BriefingTable"
CARD_STYLE = "KPICards"
IMPRINT_STYLE = "Imprint"
COLUMNS_STYLE = "LanguageColumns"
HEAD_RULE = 0.75
"""Width of the line below the head of a table."""
CELL_SIDE, CARD_SIDE, CARD_ENDS = 5.0, 4.0, 8.0
"""What the cells of tables and of cards keep free to their left and right, and cards above and below."""
_ABOVE_TREND, _BELOW_TREND = 3.5, 5.0
"""Space above and below the trend line of a card."""
_CARD_BAR = 2.0
IMPRINT_MARGINS = (2.0, 3.0)
"""Space above and below the lines of an imprint."""
_IMPRINT_ENDS, _IMPRINT_INNER = 1.0, 0.75
"""0.35 and 0.25 mm (GB/T 9704-2012, 7.4.1) in eighths of a point, the steps in which borders are measured."""


def table_styles(colours: Colours) -> tuple[str, ...]:
    """The `w:style` elements of all kinds of tables."""
    return _table_style(colours), _card_style(colours), _imprint_style(colours), _columns_style()


def table_look(*, first_row: bool = False, last_row: bool = False, columns: bool = False) -> str:
    """Which parts of a table style apply (17.4.55): its first and last row, and its columns in turn."""
    value = 0x20 * first_row + 0x40 * last_row + 0x200 + 0x400 * (not columns)
    return (
        f'<w:tblLook w:val="{value:04X}" w:firstRow="{int(first_row)}" w:lastRow="{int(last_row)}"'
        f' w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="{int(not columns)}"/>'
    )


def _style(style_id: str, name: str, properties: str, parts: str = "", cells: str = "") -> str:
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:tblPr>{properties}</w:tblPr>'
        f"{f'<w:tcPr>{cells}</w:tcPr>' if cells else ''}{parts}</w:style>"
    )


def _part(name: str, cells: str) -> str:
    """What a style says of a part of its tables (17.7.6.6)."""
    return f'<w:tblStylePr w:type="{name}"><w:tcPr>{cells}</w:tcPr></w:tblStylePr>'


def _margins(element: str, **sides: float) -> str:
    """Space inside cells in points, of a table (17.4.42) or of a part of it (17.4.68)."""
    widths = "".join(f'<w:{side} w:w="{twips(points)}" w:type="dxa"/>' for side, points in sides.items())
    return f"<w:{element}>{widths}</w:{element}>"


def _table_style(colours: Colours) -> str:
    """Thin horizontal rules, a stronger one above and below; the head is told by its face and rule."""
    rules = (
        f"{border(colours, 'top', 1, colours.ink)}{border(colours, 'bottom', 1, colours.ink)}"
        f"{border(colours, 'insideH', 0.5, colours.rule)}"
    )
    margins = _margins("tblCellMar", top=4, left=CELL_SIDE, bottom=4, right=CELL_SIDE)
    head = f"<w:tcBorders>{border(colours, 'bottom', HEAD_RULE, colours.ink)}</w:tcBorders>"
    return _style(
        TABLE_STYLE,
        "Briefing Table",
        f"<w:tblBorders>{rules}</w:tblBorders>{margins}",
        _part("firstRow", f'{head}<w:vAlign w:val="bottom"/>'),
        '<w:vAlign w:val="center"/>',
    )


def _card_style(colours: Colours) -> str:
    """A line of cards: every second column is a panel with a bar above, those between are gaps.

    Where there are trend lines the first row holds the words and the last row the lines, which
    thus are level.
    """
    panel = (
        f"<w:tcBorders>{border(colours, 'top', _CARD_BAR, colours.accent)}</w:tcBorders>"
        f"{shading(colours, colours.panel)}"
    )
    margins = _margins("tblCellMar", top=CARD_ENDS, left=CARD_SIDE, bottom=CARD_ENDS, right=CARD_SIDE)
    lines = _margins("tcMar", top=_ABOVE_TREND, bottom=_BELOW_TREND)
    return _style(
        CARD_STYLE,
        "KPI Cards",
        f'<w:tblStyleRowBandSize w:val="1"/><w:tblStyleColBandSize w:val="1"/>{margins}',
        _part("firstRow", _margins("tcMar", bottom=0))
        + _part("lastRow", f'<w:tcBorders><w:top w:val="nil"/></w:tcBorders>{lines}')
        + _part("band1Vert", panel),
    )


def _imprint_style(colours: Colours) -> str:
    """The imprint: rules as wide as the type area, the first and the last stronger than those between."""
    rules = (
        f"{border(colours, 'top', _IMPRINT_ENDS, colours.ink)}{border(colours, 'bottom', _IMPRINT_ENDS, colours.ink)}"
        f"{border(colours, 'insideH', _IMPRINT_INNER, colours.ink)}"
    )
    margins = _margins("tblCellMar", top=IMPRINT_MARGINS[0], left=0, bottom=IMPRINT_MARGINS[1], right=0)
    return _style(IMPRINT_STYLE, "Imprint", f"<w:tblBorders>{rules}</w:tblBorders>{margins}")


def _columns_style() -> str:
    """Text side by side: nothing shows that it is a table, and its words reach to the edges of the type area."""
    side = COLUMN_GUTTER / 2
    margins = _margins("tblCellMar", top=0, left=side, bottom=0, right=side)
    return _style(COLUMNS_STYLE, "Language Columns", f'<w:tblInd w:w="{-twips(side)}" w:type="dxa"/>{margins}')
