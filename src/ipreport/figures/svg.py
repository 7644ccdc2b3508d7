"""A drawing as SVG with its text as text, for slides and for Word."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ipreport.document import Drawing, DrawnPath, DrawnText
from ipreport.figures.lettering import Lettering
from ipreport.style import FontRole

FAMILIES = "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','Microsoft YaHei',sans-serif"
"""Faces to try, the document's own first."""


def svg(drawing: Drawing, size: tuple[float, float], title: str, description: str, lettering: Lettering) -> bytes:
    """The drawing of `size` points as an SVG document in UTF-8.

    Every text carries the length it has in the document's face, so that another
    face cannot make it run into its neighbour.
    """
    width, height = size
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_short(width)}pt" height="{_short(height)}pt" '
        f'viewBox="0 0 {_short(width)} {_short(height)}" role="img" font-family="{FAMILIES}">'
    )
    body = [
        _path(item, height) if isinstance(item, DrawnPath) else _text(item, height, lettering) for item in drawing.items
    ]
    lines = [head, f"<title>{_escaped(title)}</title>", f"<desc>{_escaped(description)}</desc>", *body, "</svg>", ""]
    return "\n".join(lines).encode("utf-8")


def _path(path: DrawnPath, height: float) -> str:
    data = " ".join(_command(segment, height) for segment in path.segments)
    stroke = ""
    if path.stroke is not None:
        stroke = f' stroke="{path.stroke}" stroke-width="{_short(path.line_width)}"'
        if path.dash:
            stroke += f' stroke-dasharray="{" ".join(map(_short, path.dash))}"'
        if path.round_joins:
            stroke += ' stroke-linejoin="round" stroke-linecap="round"'
    return f'<path d="{data}" fill="{path.fill or "none"}"{stroke}/>'


def _command(segment: Sequence[str | float], height: float) -> str:
    command, *rest = segment
    numbers = [number for number in rest if not isinstance(number, str)]
    turned = (height - number if index % 2 else number for index, number in enumerate(numbers))
    return f"{command}{' '.join(map(_short, turned))}"


def _text(item: DrawnText, height: float, lettering: Lettering) -> str:
    x, y = _short(item.x), _short(height - item.y)
    role = FontRole(item.font)
    length = lettering.width(item.text, item.size, role, item.language)
    weight = ' font-weight="700"' if role is FontRole.SANS_BOLD else ""
    turn = f' transform="rotate({_short(-item.angle)} {x} {y})"' if item.angle else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{_short(item.size)}"{weight} fill="{item.colour}" '
        f'textLength="{_short(length)}" xml:lang="{item.language.tag}"{turn}>{_escaped(item.text)}</text>'
    )


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _short(number: float) -> str:
    """At most two decimals, none that say nothing."""
    digits = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits
