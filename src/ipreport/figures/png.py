"""A drawing as PNG, rasterised by matplotlib's Agg renderer with text as outlines.

Imported only when a figure is not in the cache. Of matplotlib it loads the renderer alone: the
backend around it takes half as long again to import and looks through the fonts of the system, of
which a drawing whose letters are outlines has no need, and settings (matplotlibrc) would change the picture.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.backends._backend_agg import RendererAgg  # type: ignore[attr-defined] # a compiled module
from PIL import Image

from ipreport.document import Drawing, DrawnPath, DrawnText
from ipreport.fonts import Faces, Segments
from ipreport.fonts.outline import outline
from ipreport.style import FontRole

DPI = 220
"""Dots per inch: sharp in print at the size of the page, small enough for mail."""

_COLOURS = 256
_WHITE = "#ffffff"
# matplotlib.path.Path: MOVETO, LINETO, CURVE4, CLOSEPOLY
_CODES = {"M": 1, "L": 2, "C": 4, "Z": 79}
_LEVEL = 6
"""Of compression: beyond it time grows and bytes do not shrink."""

_Floats = npt.NDArray[np.float64]
_Bytes = npt.NDArray[np.uint8]
_Packed = npt.NDArray[np.uint32]


def png(drawing: Drawing, size: tuple[float, float], faces: Faces, *, on_white: bool = True) -> bytes:
    """The drawing of `size` points as a PNG of at most 256 colours, without metadata, on white or on nothing."""
    scale = DPI / 72
    width, height = (round(length * scale) for length in size)
    # The pixels are whole, so their height differs a little from the drawing's.
    renderer: Any = RendererAgg(width, height, DPI)
    if on_white:
        page = _path((("M", 0, 0), ("L", width, 0), ("L", width, height), ("L", 0, height)))
        renderer.draw_path(_Pen(), page, np.eye(3), _colour(_WHITE))
    for item in drawing.items:
        if isinstance(item, DrawnPath):
            pen = _Pen(item.stroke, item.line_width, item.dash, round_joins=item.round_joins)
            renderer.draw_path(pen, _path(item.segments), _placed(scale), _colour(item.fill))
        else:
            place = _placed(scale * item.size, item.angle, item.x * scale, item.y * scale)
            renderer.draw_path(_Pen(snap=False), _letters(item, faces), place, _colour(item.colour))
    return _encode(np.asarray(renderer), _own_colours(drawing))


class _Pen:
    """How a path is stroked, by the names that the renderer looks up; lengths are in points."""

    _alpha, _forced_alpha, _antialiased = 1.0, False, True
    _capstyle, _cliprect = "butt", None

    def __init__(
        self,
        colour: str | None = None,
        width: float = 0.0,
        dash: tuple[float, ...] = (),
        *,
        snap: bool | None = None,
        round_joins: bool = False,
    ) -> None:
        self._rgb = _colour(colour or _WHITE)
        self._linewidth = 0.0 if colour is None else width
        self._joinstyle = "round" if round_joins else "miter"
        self.get_dashes = lambda: (0.0, list(dash) or None)
        self.get_snap = lambda: snap

    get_clip_path = staticmethod(lambda: (None, None))
    get_hatch_path = get_sketch_params = staticmethod(lambda: None)
    get_hatch_color = staticmethod(lambda: (0.0, 0.0, 0.0, 1.0))
    get_hatch_linewidth = staticmethod(lambda: 1.0)


class _Path:
    """A path by the names that the renderer looks up; none of its points is left out for speed."""

    should_simplify, simplify_threshold = False, 0.0

    def __init__(self, vertices: _Floats, codes: _Bytes) -> None:
        self.vertices, self.codes = vertices, codes


def _placed(scale: float, degrees: float = 0.0, x: float = 0.0, y: float = 0.0) -> _Floats:
    """The matrix that scales, turns counter-clockwise and moves, in this order."""
    along, across = (scale * turned(math.radians(degrees)) for turned in (math.cos, math.sin))
    return np.array(((along, -across, x), (across, along, y), (0.0, 0.0, 1.0)))


def _colour(written: str | None) -> tuple[float, float, float, float] | None:
    if written is None:
        return None
    red, green, blue = (byte / 255 for byte in bytes.fromhex(written[1:]))
    return red, green, blue, 1.0


def _path(segments: Segments) -> _Path:
    points: list[str | float] = []
    codes: list[int] = []
    for command, *numbers in segments:
        points += numbers or (0.0, 0.0)
        codes += [_CODES[command]] * (len(numbers) // 2 or 1)  # type: ignore[index] # a segment begins with its command
    return _Path(np.array(points, np.float64).reshape(-1, 2), np.array(codes, np.uint8))


@lru_cache(maxsize=4096)
def _glyph(contours: bytes, units_per_em: int) -> _Path:
    """A glyph's outline in em; digits and the characters of a unit come back again and again."""
    return _path(outline(contours, units_per_em))


def _letters(item: DrawnText, faces: Faces) -> _Path:
    """The outlines of a text in em, from the left end of its baseline."""
    glyphs: list[_Path] = []
    lefts: list[float] = []
    pen = 0.0
    for character in faces.signs(FontRole(item.font), item.text, item.language):
        face = faces.for_character(FontRole(item.font), character, item.language)
        if face is None:
            raise ValueError(f"the layout let the character {character!r} pass that no face has")
        glyphs.append(_glyph(face.glyph(character, item.language).contours, face.units_per_em))
        lefts.append(pen)
        pen += face.advance(character, item.language)
    vertices = np.concatenate([glyph.vertices for glyph in glyphs])
    vertices[:, 0] += np.repeat(lefts, [len(glyph.vertices) for glyph in glyphs])
    return _Path(vertices, np.concatenate([glyph.codes for glyph in glyphs]))


# --- the palette -----------------------------------------------------------------------


def _own_colours(drawing: Drawing) -> Iterator[str]:
    """The colours that the drawing names; a small mark must not lose its own among the shades around letters."""
    yield _WHITE
    for item in drawing.items:
        named = (item.fill, item.stroke) if isinstance(item, DrawnPath) else (item.colour,)
        yield from (colour for colour in named if colour is not None)


def _encode(rgba: _Bytes, own: Iterable[str]) -> bytes:
    """The pixels with a palette of the `own` colours and of shades near the others; written without metadata."""
    pixels = rgba.view("<u4").ravel()
    # Most of a chart is empty paper, so equal neighbours are counted together.
    starts = np.flatnonzero(np.concatenate(([True], pixels[1:] != pixels[:-1])))
    lengths = np.diff(starts, append=pixels.size)
    found, index = np.unique(pixels[starts], return_inverse=True)
    counts = np.bincount(index, lengths).astype(np.float64)
    counts[np.isin(found, [_packed(colour) for colour in own])] = np.inf
    chosen = _components(_palette(found, counts))
    nearest = _nearest(_components(found), chosen)
    image = Image.frombytes("P", rgba.shape[1::-1], np.repeat(nearest[index], lengths).tobytes())
    image.putpalette(chosen[:, :3].astype(np.uint8).tobytes())
    opacity = chosen[:, 3].astype(np.uint8).tobytes()
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=_LEVEL, **({} if min(opacity) == 255 else {"transparency": opacity}))
    return stream.getvalue()


def _palette(found: _Packed, counts: _Floats) -> _Packed:
    """At most 256 of the colours: of those that are hardly told apart the most frequent, and all of endless count."""
    order = np.lexsort((found, -counts))
    kept = np.flatnonzero(np.isinf(counts[order]))
    for alike in range(8):
        rough = found[order] >> alike & 0x01010101 * (255 >> alike)
        chosen = np.union1d(kept, np.unique(rough, return_index=True)[1])
        if len(chosen) <= _COLOURS:
            break
    colours: _Packed = found[order[chosen]]
    return colours


def _packed(colour: str) -> int:
    return int.from_bytes(bytes.fromhex(colour[1:]) + b"\xff", "little")


def _components(packed: _Packed) -> _Floats:
    """Red, green, blue and opacity of packed pixels, one row each."""
    return np.stack([packed >> shift & 255 for shift in (0, 8, 16, 24)], axis=1).astype(np.float64)


def _nearest(colours: _Floats, palette: _Floats) -> _Bytes:
    """The index of the palette's colour that is nearest to each; whole numbers, so that ties fall alike everywhere."""
    distances = (palette**2).sum(axis=1) - 2 * colours @ palette.T
    index: _Bytes = distances.argmin(axis=1).astype(np.uint8)
    return index
