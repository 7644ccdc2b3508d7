"""A drawing as PNG, rasterised by matplotlib's Agg renderer with text as outlines.

Imported only when a figure is not in the cache: matplotlib takes most of a second.
"""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from ipreport.document import Drawing, DrawnPath, DrawnText
from ipreport.fonts import Faces
from ipreport.style import FontRole

DPI = 220
"""Dots per inch: sharp in print at the size of the page, small enough for mail."""

_COLOURS = 256
_CODES = {"M": Path.MOVETO, "L": Path.LINETO, "C": Path.CURVE4, "Z": Path.CLOSEPOLY}
_WHITE = (1.0, 1.0, 1.0, 1.0)


def png(drawing: Drawing, size: tuple[float, float], faces: Faces, *, on_white: bool = True) -> bytes:
    """The drawing of `size` points as a PNG of at most 256 colours, without metadata, on white or on nothing."""
    scale = DPI / 72
    width, height = (round(length * scale) for length in size)
    # matplotlib has types, its backends do not.
    renderer: Any = RendererAgg(width, height, DPI)  # type: ignore[no-untyped-call] # see above
    if on_white:
        page = Path([(0, 0), (width, 0), (width, height), (0, height)], closed=False)
        renderer.draw_path(_pen(None, 0, ()), page, Affine2D(), _WHITE)
    # The pixels are whole, so their height differs a little from the drawing's.
    to_pixels = Affine2D().scale(scale)
    for item in drawing.items:
        if isinstance(item, DrawnPath):
            pen = _pen(item.stroke, item.line_width, item.dash, rounded=item.round_joins)
            renderer.draw_path(pen, _path(item.segments), to_pixels, _colour(item.fill))
        else:
            pen = _pen(None, 0, (), snap=False)
            place = Affine2D().scale(item.size).rotate_deg(item.angle).translate(item.x, item.y) + to_pixels
            renderer.draw_path(pen, _outline(item, faces), place, _colour(item.colour))
    return _encode(np.asarray(renderer.buffer_rgba()))


def _pen(
    colour: str | None, width: float, dash: tuple[float, ...], *, snap: bool | None = None, rounded: bool = False
) -> GraphicsContextBase:
    """How a path is stroked; lengths are in points, which the renderer turns into pixels."""
    pen = GraphicsContextBase()
    pen.set_linewidth(0 if colour is None else width)
    pen.set_foreground(_colour(colour) or _WHITE, isRGBA=True)
    pen.set_dashes(0, list(dash) if dash else None)
    pen.set_joinstyle("round" if rounded else "miter")
    pen.set_capstyle("round" if rounded else "butt")
    pen.set_snap(snap)
    return pen


def _colour(written: str | None) -> tuple[float, float, float, float] | None:
    if written is None:
        return None
    red, green, blue = (int(written[index : index + 2], 16) / 255 for index in (1, 3, 5))
    return red, green, blue, 1.0


def _path(segments: tuple[tuple[str | float, ...], ...]) -> Path:
    points: list[tuple[float, float]] = []
    codes: list[np.uint8] = []
    for command, *rest in segments:
        numbers = [number for number in rest if not isinstance(number, str)] or [0.0, 0.0]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        points += pairs
        codes += [_CODES[str(command)]] * len(pairs)
    return Path(points, codes) if points else Path(np.empty((0, 2)))


def _outline(item: DrawnText, faces: Faces) -> Path:
    """The outlines of a text in em, from the left end of its baseline."""
    segments: list[tuple[str | float, ...]] = []
    pen = 0.0
    for character in item.text:
        face = faces.for_character(FontRole(item.font), character, item.language)
        if face is None:
            raise ValueError(f"the layout let the character {character!r} pass that no face has")
        for command, *rest in face.outline(character, item.language):
            numbers = [number for number in rest if not isinstance(number, str)]
            moved = [number + (0.0 if index % 2 else pen) for index, number in enumerate(numbers)]
            segments.append((command, *moved))
        pen += face.advance(character, item.language)
    return _path(tuple(segments))


def _encode(rgba: npt.NDArray[np.uint8]) -> bytes:
    """The pixels with a palette: the most frequent colours as they are, the others as the nearest."""
    pixels = rgba.astype(np.int64)
    packed = (pixels[:, :, 3] << 24) | (pixels[:, :, 0] << 16) | (pixels[:, :, 1] << 8) | pixels[:, :, 2]
    found, index, counts = np.unique(packed, return_inverse=True, return_counts=True)
    chosen = found[np.lexsort((found, -counts))[:_COLOURS]]
    colours, palette = (np.stack([c >> 16 & 255, c >> 8 & 255, c & 255, c >> 24], axis=1) for c in (found, chosen))
    nearest = ((colours[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
    image = Image.fromarray(nearest[index].reshape(packed.shape).astype(np.uint8), mode="P")
    image.putpalette(palette[:, :3].astype(np.uint8).tobytes())
    alphas = palette[:, 3].astype(np.uint8).tobytes()
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=6, **({} if min(alphas) == 255 else {"transparency": alphas}))
    return stream.getvalue()
