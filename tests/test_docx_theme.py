"""What a Word file's look hangs on: colours and faces on the theme, everything else on named styles."""

from __future__ import annotations

import re
import zipfile
from dataclasses import fields, replace
from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from docx_helpers import EDITIONS, W, part, written
from ipreport.language import EN, ZH, Language
from ipreport.style import MODERN, OFFICIAL, THEMES, PageNumbers, Style
from ipreport.writers.docx import write
from ipreport.writers.docx.catalogue import STYLES
from ipreport.writers.docx.palette import Themed, resolved, slots, themed
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.styles import styles
from showcase import draft

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ELEMENTS = {
    "dk1": "text1",
    "lt1": "background1",
    "dk2": "text2",
    "lt2": "background2",
    "hlink": "hyperlink",
    "folHlink": "followedHyperlink",
}
_STORIES = re.compile(r"word/(document|styles|numbering|header\d+|footer\d+)\.xml")
_DRAFT = write(draft(), replace(MODERN, page_numbers=PageNumbers.DASHED))
FILES = [_DRAFT, *(written(edition) for edition in EDITIONS)]


def stories(package: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        names = filter(_STORIES.fullmatch, archive.namelist())
        return {name: etree.fromstring(archive.read(name)) for name in names}


def held(package: bytes) -> dict[str, str]:
    """What the slots of the theme hold, as `#rrggbb`."""
    scheme = part(package, "word/theme/theme1.xml").find(f".//{A}clrScheme")
    assert scheme is not None
    values = {etree.QName(slot).localname: slot.find(A + "srgbClr").get("val", "") for slot in scheme}
    return {_ELEMENTS.get(name, name): f"#{value.lower()}" for name, value in values.items()}


def colours_of(root: etree._Element) -> list[tuple[str, str | None, int, int]]:
    """Every colour of text, lines and grounds: its value, and its slot, tint and shade."""
    found = []
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        plain, slot, prefix = ("fill", "themeFill", "themeFill") if name == "shd" else ("color", "themeColor", "theme")
        value = element.get(W + ("val" if name == "color" else plain))
        if name in {"color", "shd"} or element.get(W + "color") is not None:
            amounts = [int(element.get(f"{W}{prefix}{change}", "FF"), 16) for change in ("Tint", "Shade")]
            found.append((str(value), element.get(W + slot), *amounts))
    return found


# --- colours ---------------------------------------------------------------------------


@pytest.mark.parametrize("package", [*FILES, write(draft(), OFFICIAL)], ids=["draft", *EDITIONS, "official"])
def test_every_colour_follows_the_theme_and_is_what_the_theme_makes_of_it(package: bytes) -> None:
    theme, seen = held(package), set()
    for root in stories(package).values():
        for value, slot, tint, shade in colours_of(root):
            assert slot is not None, value
            assert f"#{value.lower()}" == resolved(theme[slot], tint=tint, shade=shade)
            seen.add(slot)
    assert {"text1", "text2", "background2", "accent1", "accent2", "accent6"} <= seen


def test_no_colour_stays_behind_when_the_theme_changes() -> None:
    """As Word reads the file: by the theme alone. No two slots hold a colour of before."""
    theme = {
        slot: f"#{number:02x}{255 - number:02x}{number * 7 % 256:02x}" for number, slot in enumerate(held(_DRAFT), 40)
    }
    before = {value for root in stories(_DRAFT).values() for value, *_ in colours_of(root)}
    after = {
        resolved(theme[slot or ""], tint=tint, shade=shade).removeprefix("#").upper()
        for root in stories(_DRAFT).values()
        for _, slot, tint, shade in colours_of(root)
    }
    assert before.isdisjoint(after)


def test_direct_borders_and_grounds_of_cells_follow_the_theme_too() -> None:
    body = stories(_DRAFT)["word/document.xml"]
    assert len(colours_of(body)) > 3
    assert all(slot for _, slot, _, _ in colours_of(body))


@pytest.mark.parametrize("style", THEMES.values(), ids=list(THEMES))
def test_colours_of_the_theme_are_those_of_the_palette_or_near_them(style: Style) -> None:
    colours = style.colours
    names = [field.name for field in fields(colours) if isinstance(getattr(colours, field.name), str)]
    for value in (*(getattr(colours, name) for name in names), *colours.series):
        found = themed(colours, value)
        assert found is not None, value
        assert found.value == resolved(slots(colours)[found.slot], tint=found.tint, shade=found.shade)
        distance = [abs(int(value[at : at + 2], 16) - int(found.value[at : at + 2], 16)) for at in (1, 3, 5)]
        assert max(distance) <= 24, (value, found.value)


def luminance(value: str) -> float:
    parts = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_warnings_are_legible_on_their_ground() -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    ink, ground = (themed(MODERN.colours, value) for value in (MODERN.colours.warning, MODERN.colours.warning_panel))
    assert ink is not None
    assert ground is not None
    assert (luminance(ground.value) + 0.05) / (luminance(ink.value) + 0.05) >= 4.5


def test_a_colour_of_nobody_has_no_slot() -> None:
    assert themed(MODERN.colours, "#123456") is None


@pytest.mark.parametrize(
    ("base", "tint", "shade", "expected"),
    [
        ("#4f81bd", 255, 255, "#4f81bd"),
        ("#4f81bd", 0x99, 255, "#95b3d7"),  # Word's “accent 1, lighter 40%” in the theme of 2007
        ("#4f81bd", 255, 0xBF, "#365f91"),  # and “darker 25%”
        ("#000000", 0x80, 255, "#7f7f7f"),
        ("#ffffff", 255, 0xBF, "#bfbfbf"),
    ],
)
def test_tints_and_shades_are_those_of_word(base: str, tint: int, shade: int, expected: str) -> None:
    found = resolved(base, tint=tint, shade=shade)
    # Word counts hue and lightness in whole numbers.
    assert all(abs(int(found[at : at + 2], 16) - int(expected[at : at + 2], 16)) <= 1 for at in (1, 3, 5))


@given(st.integers(0, 0xFFFFFF), st.integers(0, 255))
def test_a_tint_is_never_darker_and_a_shade_never_lighter(value: int, amount: int) -> None:
    base = f"#{value:06x}"
    assert luminance(resolved(base, tint=amount)) >= luminance(base) - 0.01
    assert luminance(resolved(base, shade=amount)) <= luminance(base) + 0.01


def test_attributes_name_the_change_beside_the_slot() -> None:
    assert Themed("accent2", "#ffffff", tint=0x19).change("themeFill") == ' w:themeFillTint="19"'
    assert Themed("accent2", "#ffffff", shade=0x9B).change("theme") == ' w:themeShade="9B"'
    assert Themed("accent2", "#ffffff").change("theme") == ""


# --- faces -----------------------------------------------------------------------------


@pytest.mark.parametrize("package", FILES, ids=["draft", *EDITIONS])
def test_no_face_is_named_outside_the_theme(package: bytes) -> None:
    for name, root in stories(package).items():
        for element in root.iter(W + "rFonts"):
            named = {etree.QName(key).localname for key in element.attrib}
            assert all(key == "hint" or key.lower().endswith("theme") for key in named), name


def test_what_may_stand_in_for_each_face_of_the_theme_is_told() -> None:
    fonts = part(written(), "word/fontTable.xml")
    told = {font.get(W + "name"): {*font.find(W + "altName").get(W + "val").split(",")} for font in fonts}
    scheme = part(written(), "word/theme/theme1.xml").find(f".//{A}fontScheme")
    assert scheme is not None
    assert {font.get("typeface") for font in scheme.iter(A + "latin", A + "ea")} == told.keys()
    expected = {
        "Noto Serif CJK SC": {"Noto Serif SC", "SimSun", "宋体"},
        "Noto Sans CJK SC": {"Noto Sans SC", "Microsoft YaHei", "微软雅黑"},
        "Liberation Serif": {"Times New Roman"},
        "Liberation Sans": {"Arial"},
    }
    assert told.keys() == expected.keys()
    assert all(told[name] >= alternatives for name, alternatives in expected.items())


# --- styles ----------------------------------------------------------------------------


def test_the_styles_that_an_office_looks_for_are_there_by_name() -> None:
    names = {style.name for style in docx.Document(BytesIO(written())).styles}
    assert names >= {
        *("Heading 1", "Heading 2", "Heading 3", "Body Text", "Quote", "Note", "Caption", "Table Caption"),
        *("Table Text", "Table Number", "Table Head", "Table Note", "KPI Label", "KPI Value", "KPI Note"),
        *("Briefing Table", "KPI Cards", "Imprint", "Imprint Line", "Header", "Footer"),
    }


@pytest.mark.parametrize("style", THEMES.values(), ids=list(THEMES))
def test_what_stands_above_something_stays_with_it_and_headings_have_their_level(style: Style) -> None:
    styles = {str(each.get(W + "styleId")): each for each in part(write(EDITIONS["zh"], style), "word/styles.xml")}

    def value(style_id: str, name: str) -> str | None:
        found = styles[style_id].find(f"{W}pPr/{W}{name}")
        return None if found is None else found.get(W + "val", "1")

    for kept in ("Heading1", "Heading2", "Heading3", "TableCaption", "Figure", "TableHead", "TOCHeading"):
        assert value(kept, "keepNext") == "1", kept
    assert value("BodyText", "keepNext") in {None, "0"}
    assert [value(f"Heading{level}", "outlineLvl") for level in (1, 2, 3)] == ["0", "1", "2"]


def test_styles_that_word_knows_are_not_called_its_own_by_the_office() -> None:
    styles = part(written(), "word/styles.xml")
    (quote,) = styles.iterfind(f"{W}style[@{W}styleId='Quote']")
    assert quote.get(W + "customStyle") is None


def test_no_style_is_called_what_libreoffice_calls_one_of_words() -> None:
    """It takes two styles for one whose names come to the same: “TOC Heading” is “Contents Heading” to it."""
    taken = {
        *("Contents Heading", "Text Body", "Quotations", "Footnote", "Endnote", "Marginalia", "Comment"),
        *("Index Heading", "Figure Index 1", "Figure Index Heading", "Contents 1", "Contents 2", "Contents 3"),
    }
    assert not taken & {str(style.name) for style in STYLES}


@pytest.mark.parametrize("languages", [(ZH, EN), (EN, ZH)], ids=["zh", "en"])
@pytest.mark.parametrize("style", THEMES.values(), ids=list(THEMES))
def test_a_heading_above_contents_stands_where_others_do(style: Style, languages: tuple[Language, ...]) -> None:
    sheet = etree.fromstring(styles(Sheet(style, languages)).encode())
    one, other = (
        sheet.find(f"{W}style[@{W}styleId='{name}']/{W}pPr/{W}ind") for name in ("Heading1", "UnlistedHeading")
    )
    assert one is not None
    assert other is not None
    assert dict(one.attrib) == dict(other.attrib)


@pytest.mark.parametrize("style", THEMES.values(), ids=list(THEMES))
def test_a_style_shared_by_all_languages_is_set_alike_in_them(style: Style) -> None:
    for each in (each for each in STYLES if each.contextual):
        zh, en = (style.text(each.text, language) for language in (ZH, EN))
        assert zh == en, each.name


def test_styles_of_running_text_carry_the_space_of_blocks() -> None:
    sheet = Sheet(MODERN, (ZH, EN))
    by_name = {style.name: style for style in STYLES}
    assert {str(name) for name, style in by_name.items() if style.contextual} == {
        "Table Note",
        "Source Note",
        "KPI Note",
    }
    for name, before, after in (("Figure", 10, 5), ("Source Note", 2, 10), ("KPI Note", 4, 10), ("Callout", 14, 0)):
        (found,) = (each for each in by_name if each == name)
        assert sheet.spacing(found, ZH) == (before, after)
    (callout,) = (each for each in by_name if each == "Callout")
    assert sheet.spacing(callout, EN) == (0, 14)
