"""Colours of a template's theme: taken over where words in them are legible, and named together with their value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from brand_templates import document, red_serif
from docx_helpers import W, part
from ipreport.contrast import contrast
from ipreport.style import MODERN, THEMES
from ipreport.writers.docx import branded, read_brand, write
from ipreport.writers.docx.brand.palette import adapted, shaded, theme_colours, tinted
from ipreport.writers.docx.brand.wordml import parse
from office_parts import DEFAULTS, changed, package, style, styles, theme
from office_parts import W as W_DECLARED

WHITE, COLOURS = "#ffffff", MODERN.colours
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (shaded("#4472c4", 0xBF), "#2f5496"),
        (shaded("#4472c4", 0x80), "#1f3864"),
        (tinted("#4472c4", 0x99), "#8eaadb"),
        (tinted("#4472c4", 0x33), "#d9e2f3"),
        (tinted("#70ad47", 0x66), "#c5e0b3"),
        (shaded("#ffffff", 0xBF), "#bfbfbf"),
        (tinted("#000000", 0xA6), "#595959"),
    ],
)
def test_shades_and_tints_are_those_that_word_shows(change: str, expected: str) -> None:
    """The values that Word itself writes beside the darker and lighter colours of its list."""
    assert change == expected


@given(
    st.fixed_dictionaries(
        dict.fromkeys(("text1", "text2", "background2", "accent1", "accent6"), colours),
    )
)
def test_words_are_legible_whatever_the_theme(theme: dict[str, str]) -> None:
    for style_ in THEMES.values():
        palette, _ = adapted(style_.colours, theme)
        for ground in (WHITE, palette.panel):
            for words in (palette.ink, palette.muted, palette.accent):
                assert contrast(words, ground) >= 4.5
        # The head is in large letters, for which 3:1 is enough (1.4.3).
        assert contrast(palette.masthead, WHITE) >= 3
        assert 1.03 <= contrast(palette.panel, WHITE) <= 1.3


@given(st.fixed_dictionaries(dict.fromkeys(("text1", "text2", "background1", "background2", "accent1"), colours)))
def test_a_colour_of_the_theme_names_what_word_makes_of_it(theme: dict[str, str]) -> None:
    for each in adapted(COLOURS, theme)[1]:
        base = theme[each.name]
        made = shaded(base, each.shade) if each.shade is not None else base
        assert each.value == (tinted(base, each.tint) if each.tint is not None else made)


def test_a_pale_accent_is_darkened_by_a_shade_of_the_theme() -> None:
    palette, known = adapted(COLOURS, {"accent1": "#ffc000"})
    (accent,) = known

    assert (accent.name, accent.tint) == ("accent1", None)
    assert accent.shade is not None
    assert palette.accent == accent.value == shaded("#ffc000", accent.shade)
    # One step less would be too pale on a panel.
    assert contrast(shaded("#ffc000", accent.shade + 1), palette.panel) < 4.5


def test_a_dark_accent_stays_as_it_is() -> None:
    palette, known = adapted(COLOURS, {"accent1": "#8b0000"})

    assert palette.accent == "#8b0000"
    assert {each.shade for each in known} == {None}


@pytest.mark.parametrize(
    ("theme", "masthead"),
    [
        ({"accent1": "#005a9c", "accent6": "#70ad47"}, COLOURS.masthead),
        ({"accent1": "#005a9c", "accent2": "#c00000"}, "#c00000"),
        ({"accent1": "#8b0000", "accent6": "#b5121b"}, "#b5121b"),
        ({"accent1": "#ed7d31"}, COLOURS.masthead),
    ],
    ids=["no red", "a red", "two reds", "orange"],
)
def test_the_masthead_is_red(theme: dict[str, str], masthead: str) -> None:
    assert adapted(COLOURS, theme)[0].masthead == masthead


def test_a_dark_second_light_colour_is_lightened_for_panels() -> None:
    palette, known = adapted(COLOURS, {"background2": "#1f6b3a"})
    (panel,) = (each for each in known if each.name == "background2")

    assert panel.tint is not None
    assert palette.panel == tinted("#1f6b3a", panel.tint)


def test_a_white_second_light_colour_gives_grey_panels() -> None:
    assert adapted(COLOURS, {"background2": "#ffffff", "background1": "#ffffff"})[0].panel == "#f2f2f2"


def test_warnings_and_charts_keep_their_colours() -> None:
    palette, _ = adapted(COLOURS, {"accent1": "#8b0000", "accent2": "#005a9c"})

    assert palette.series[1:] == COLOURS.series[1:]
    for name in ("warning", "warning_panel", "context", "quiet", "ramp", "neutral_ramp"):
        assert getattr(palette, name) == getattr(COLOURS, name)


@given(colours)
def test_the_accent_is_the_first_series_where_it_is_told_apart_in_grey(accent: str) -> None:
    palette, _ = adapted(COLOURS, {"accent1": accent})
    first, *others = palette.series

    assert first in {palette.accent, COLOURS.series[0]}
    assert all(contrast(first, other) >= 1.2 for other in others)
    assert contrast(first, WHITE) >= 3


def test_the_mapping_of_the_settings_says_which_colour_is_which() -> None:
    root = parse(theme().encode())
    mapping = f'<w:clrSchemeMapping {W_DECLARED} w:bg1="dark1" w:t1="light1" w:bg2="dark2" w:t2="light2"/>'
    swapped = parse(mapping.encode())

    usual, other = theme_colours(root, None), theme_colours(root, swapped)

    assert (usual["text1"], usual["background2"], usual["accent1"]) == ("#000000", "#e7e6e6", "#4472c4")
    assert (other["text1"], other["background2"], other["hyperlink"]) == ("#ffffff", "#44546a", "#0563c1")


# --- in the file ------------------------------------------------------------------------


def colour_of(package_bytes: bytes, name: str) -> dict[str, str]:
    """The colour of a style, its attributes without namespaces."""
    root = part(package_bytes, "word/styles.xml")
    for found in root.iterfind(W + "style"):
        if found.find(f"{W}name[@{W}val='{name}']") is not None:
            colour = found.find(f"{W}rPr/{W}color")
            assert colour is not None
            return {str(key).removeprefix(W): str(value) for key, value in colour.attrib.items()}
    raise AssertionError(name)


def test_added_styles_name_the_themes_colour_and_its_value() -> None:
    template = package({"styles": styles(*DEFAULTS), "theme": theme("FFC000")})
    made = write(document(), MODERN, brand=read_brand(template, "t.docx"))
    colour = colour_of(made, "KPI Value")

    assert colour["themeColor"] == "accent1"
    assert colour["val"].lower() == shaded("#ffc000", int(colour["themeShade"], 16))[1:]
    # Red is not among this theme's accents: the masthead names none of them.
    assert colour_of(made, "Title") == {"val": COLOURS.masthead[1:].upper()}


def test_everything_that_names_a_colour_of_the_theme_has_its_value() -> None:
    """LibreOffice reads the value, Word the name."""
    brand = read_brand(red_serif(), "t.docx")
    made = write(document(), MODERN, brand=brand)
    told = [
        (element.get(W + value), base, element.get(W + f"{named}Shade"), element.get(W + f"{named}Tint"))
        for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml")
        for element in part(made, name).iter("*")
        for value, named in ((_value_of(element), "theme"), ("fill", "themeFill"))
        for base in (brand.colours.get(element.get(W + ("themeColor" if named == "theme" else named)) or ""),)
        if base is not None
    ]

    assert len(told) > 50
    for value, base, darker, lighter in told:
        lightened = tinted(base, int(lighter, 16)) if lighter else base
        assert (value or "").lower() == (shaded(base, int(darker, 16)) if darker else lightened)[1:]


def _value_of(element: etree._Element) -> str:
    return "val" if element.tag == W + "color" else "color"


def test_values_in_the_templates_own_styles_follow_its_theme() -> None:
    """Somebody changed the theme, and the values beside the names are those of before."""
    title = style("Title", "Title", run='<w:color w:val="123456" w:themeColor="accent1" w:themeShade="BF"/>')
    template = package({"styles": styles(*DEFAULTS, title), "theme": theme("4472C4")})
    made = write(document(), MODERN, brand=read_brand(template, "t.docx"))

    assert colour_of(made, "Title") == {"val": "2F5496", "themeColor": "accent1", "themeShade": "BF"}


def test_charts_keep_the_colours_that_are_told_apart() -> None:
    """A theme's own accents may look alike, or be too pale for the words on them."""
    brand = read_brand(red_serif(), "t.docx")
    plain, made = write(document(), MODERN), write(document(), MODERN, brand=brand)
    usual, chart = (part(each, "word/charts/chart1.xml") for each in (plain, made))
    numbers = {int(str(entry.get("val"))[-1]) for entry in usual.iter("{*}schemeClr") if is_accent(entry)}
    series = branded(MODERN, brand).colours.series
    literal = {entry.get("val") for entry in chart.iter("{*}srgbClr")}

    assert numbers
    assert {series[number - 1][1:].upper() for number in numbers if number > 1} <= literal
    # The first is the theme's own accent, and follows it.
    assert {entry.get("val") for entry in chart.iter("{*}schemeClr") if is_accent(entry)} == {"accent1"}


def is_accent(entry: etree._Element) -> bool:
    return str(entry.get("val")).startswith("accent")


def test_the_style_of_a_branded_document_has_the_themes_colours_in_its_texts() -> None:
    look = branded(MODERN, brand=read_brand(red_serif(), "t.docx"))

    assert look.colours.accent == "#8b0000"
    assert {text.colour for text in look.texts.values()} <= {
        look.colours.ink,
        look.colours.muted,
        look.colours.accent,
        look.colours.masthead,
    }


def test_a_changed_theme_of_our_own_template_changes_every_colour() -> None:
    plain = write(document(), MODERN)
    template = changed(plain, "word/theme/theme1.xml", ('<a:srgbClr val="1F4E79"/>', '<a:srgbClr val="4B0082"/>'))
    made = write(document(), MODERN, brand=read_brand(template, "t.docx"))

    assert colour_of(made, "heading 1") == {"val": "4B0082", "themeColor": "accent1"}
    assert colour_of(made, "KPI Value") == {"val": "4B0082", "themeColor": "accent1"}
