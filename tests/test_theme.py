"""The palette: told apart in print, in grey and by colour-blind readers; every fill has a text that is legible on it.

Contrast and luminance are those of WCAG 2.1, colour differences CIEDE2000 (Sharma, Wu and
Dalal 2005), colour blindness is simulated after Machado, Oliveira and Fernandes (2009).
"""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest

from ipreport.contrast import contrast, luminance
from ipreport.figures.theme import MARK_CONTRAST, TEXT_CONTRAST, WHITE, Marker, look, on
from ipreport.outline.figures import MOST_SERIES
from ipreport.style import THEMES, Colours, Style

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

NORMAL: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
SIGHT: dict[str, Matrix] = {
    "normal": NORMAL,
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""How linear red, green and blue reach readers, at severity 1.0 (Machado et al., table 1)."""

TO_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
D65: Vector = (0.95047, 1.0, 1.08883)

LARGE_TEXT = 18.0
LEAST_DIFFERENCE = 12.0
"""CIEDE2000: well above 2.3, a just noticeable difference, so that thin lines and small marks are told apart."""
LEAST_STEP = 1.2
"""The ratio of luminances, 0.05 added as for contrast, that tells neighbouring greys apart."""


@pytest.fixture(params=sorted(THEMES))
def colours(request: pytest.FixtureRequest) -> Colours:
    style: Style = THEMES[request.param]
    return style.colours


# --- the formulas -----------------------------------------------------------------------


def times(matrix: Matrix, vector: Vector) -> Vector:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def linear(colour: str) -> Vector:
    values = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return red, green, blue


def lab(rgb: Vector) -> Vector:
    """CIELAB of linear red, green and blue."""
    scaled = [value / white for value, white in zip(times(TO_XYZ, rgb), D65, strict=True)]
    x, y, z = (math.cbrt(v) if v > (6 / 29) ** 3 else v * (29 / 6) ** 2 / 3 + 4 / 29 for v in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: str, matrix: Matrix) -> Vector:
    """The colour as a reader sees it, in CIELAB."""
    red, green, blue = (min(max(value, 0.0), 1.0) for value in times(matrix, linear(colour)))
    return lab((red, green, blue))


def difference(one: Vector, other: Vector) -> float:
    """CIEDE2000 of two colours in CIELAB."""
    mean_chroma = (math.hypot(*one[1:]) + math.hypot(*other[1:])) / 2
    stretch = 1 + 0.5 * (1 - math.sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7)))
    a1, a2 = one[1] * stretch, other[1] * stretch
    c1, c2 = math.hypot(a1, one[2]), math.hypot(a2, other[2])
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, one[2]), (a2, other[2])))
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    lightness, chroma = other[0] - one[0], c2 - c1
    hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    mean_l, mean_c = (one[0] + other[0]) / 2, (c1 + c2) / 2
    mean_h = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    t = (
        1
        - 0.17 * _cos(mean_h - 30)
        + 0.24 * _cos(2 * mean_h)
        + 0.32 * _cos(3 * mean_h + 6)
        - 0.2 * _cos(4 * mean_h - 63)
    )
    weight_l = 1 + 0.015 * (mean_l - 50) ** 2 / math.sqrt(20 + (mean_l - 50) ** 2)
    weight_c, weight_h = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    rotation = math.sin(math.radians(60 * math.exp(-(((mean_h - 275) / 25) ** 2))))
    rotation *= -2 * math.sqrt(mean_c**7 / (mean_c**7 + 25**7))
    l_part, c_part, h_part = lightness / weight_l, chroma / weight_c, hue / weight_h
    return math.sqrt(l_part**2 + c_part**2 + h_part**2 + rotation * c_part * h_part)


def _cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_of_colours_is_that_of_the_published_examples(
    one: Vector, other: Vector, expected: float
) -> None:
    assert difference(one, other) == pytest.approx(expected, abs=1e-4)
    assert difference(other, one) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("sight", SIGHT)
def test_every_reader_sees_greys_as_they_are(sight: str) -> None:
    assert seen("#808080", SIGHT[sight]) == pytest.approx(seen("#808080", NORMAL), abs=0.01)


def test_red_and_green_look_alike_to_readers_without_either_cone() -> None:
    red, green = "#b5121b", "#5b5c00"
    apart = {name: difference(seen(red, matrix), seen(green, matrix)) for name, matrix in SIGHT.items()}
    assert apart["normal"] > 30
    assert min(apart["protanopia"], apart["deuteranopia"]) < LEAST_DIFFERENCE


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#12ab9f", "#12ab9f", 1),
    ],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(expected, abs=0.005)


def test_luminance_runs_from_black_to_white() -> None:
    assert [luminance("#000000"), luminance("#ffffff")] == [0.0, pytest.approx(1.0)]
    assert luminance("#ff0000") == pytest.approx(0.2126)


# --- marks ------------------------------------------------------------------------------


def test_a_mark_stands_out_from_the_page(colours: Colours) -> None:
    marks = (*colours.series, colours.accent, colours.context, colours.warning, colours.masthead)
    assert {mark: contrast(mark, WHITE) for mark in marks if contrast(mark, WHITE) < MARK_CONTRAST} == {}


def test_what_only_gives_scale_has_an_outline_that_stands_out(colours: Colours) -> None:
    assert contrast(colours.quiet, WHITE) < MARK_CONTRAST
    assert contrast(colours.muted, WHITE) >= MARK_CONTRAST
    assert contrast(colours.muted, colours.quiet) >= MARK_CONTRAST


@pytest.mark.parametrize("sight", SIGHT)
def test_every_reader_tells_two_series_apart(colours: Colours, sight: str) -> None:
    matrix = SIGHT[sight]
    apart = {pair: difference(*(seen(colour, matrix) for colour in pair)) for pair in combinations(colours.series, 2)}
    assert {pair: found for pair, found in apart.items() if found < LEAST_DIFFERENCE} == {}


@pytest.mark.parametrize("sight", SIGHT)
def test_every_reader_tells_the_highlighted_mark_from_the_others(colours: Colours, sight: str) -> None:
    accent, context = (seen(colour, SIGHT[sight]) for colour in (colours.accent, colours.context))
    assert difference(accent, context) >= LEAST_DIFFERENCE
    assert contrast(colours.accent, colours.context) >= LEAST_STEP


def test_series_are_told_apart_in_grey(colours: Colours) -> None:
    assert _steps_in_grey(sorted(colours.series, key=luminance)) >= LEAST_STEP


def _steps_in_grey(colours: list[str]) -> float:
    """The least ratio of luminance between neighbours, which go from dark to light."""
    return min((luminance(light) + 0.05) / (luminance(dark) + 0.05) for dark, light in pairwise(colours))


@pytest.mark.parametrize("name", ["ramp", "neutral_ramp"])
def test_a_ramp_darkens_in_steps_that_are_told_apart_in_grey(colours: Colours, name: str) -> None:
    ramp: tuple[str, ...] = getattr(colours, name)
    assert _steps_in_grey(list(reversed(ramp))) >= LEAST_STEP
    assert contrast(ramp[0], ramp[-1]) >= MARK_CONTRAST
    assert len(ramp) == 5


@pytest.mark.parametrize("sight", SIGHT)
def test_the_judged_ramp_is_not_taken_for_the_neutral_one(colours: Colours, sight: str) -> None:
    darkest = [seen(ramp[-1], SIGHT[sight]) for ramp in (colours.ramp, colours.neutral_ramp)]
    assert difference(*darkest) >= LEAST_DIFFERENCE


def test_a_neutral_ramp_has_no_hue(colours: Colours) -> None:
    assert all(len({fill[1:3], fill[3:5], fill[5:7]}) == 1 for fill in colours.neutral_ramp)


def test_a_series_has_a_marker_and_a_dash_of_its_own(colours: Colours) -> None:
    looks = [look(colours, index) for index in range(MOST_SERIES)]
    assert [each.colour for each in looks] == list(colours.series)
    assert looks[0].colour == colours.accent
    assert (looks[0].marker, looks[0].dash) == (Marker.CIRCLE, ())
    assert len({each.marker for each in looks}) == len({each.dash for each in looks}) == MOST_SERIES
    with pytest.raises(IndexError):
        look(colours, MOST_SERIES)


# --- text -------------------------------------------------------------------------------


def test_text_is_legible_on_the_page_and_its_panels(colours: Colours) -> None:
    texts = (colours.ink, colours.muted, colours.accent, colours.warning)
    for text in texts:
        assert contrast(text, WHITE) >= TEXT_CONTRAST, text
        assert contrast(text, colours.panel) >= TEXT_CONTRAST, text
    assert contrast(colours.warning, colours.warning_panel) >= TEXT_CONTRAST
    assert contrast(colours.ink, colours.warning_panel) >= TEXT_CONTRAST


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_every_style_is_legible_on_the_page(theme: str) -> None:
    style = THEMES[theme]
    for key, text in (*style.texts.items(), *style.leading_texts.items()):
        # Less contrast will do for letters of 18 points and more (1.4.3, large text).
        least = MARK_CONTRAST if text.size >= LARGE_TEXT else TEXT_CONTRAST
        assert contrast(text.colour, WHITE) >= least, key


def test_text_is_legible_on_every_fill(colours: Colours) -> None:
    fills = (
        *colours.series,
        *colours.ramp,
        *colours.neutral_ramp,
        *(colours.accent, colours.context, colours.quiet, colours.panel, colours.warning_panel, WHITE),
    )
    found = {fill: contrast(on(fill, colours), fill) for fill in fills}
    assert {fill: value for fill, value in found.items() if value < TEXT_CONTRAST} == {}


def test_text_on_a_fill_is_white_on_dark_and_ink_on_light(colours: Colours) -> None:
    assert [on(fill, colours) for fill in ("#000000", "#ffffff")] == [WHITE, colours.ink]
    assert on(colours.ramp[-1], colours) == WHITE
    assert on(colours.ramp[0], colours) == colours.ink
