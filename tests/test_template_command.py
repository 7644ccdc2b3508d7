"""The starter template: complete, sound, the same every time, and an office's own once it is edited."""

from __future__ import annotations

import json
import warnings
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import etree
from typer.testing import CliRunner

import ipreport
from brand_templates import convert, document
from docx_helpers import W, part, soffice
from helpers import refusal
from ipreport.cli import app
from ipreport.language import EN, ZH
from ipreport.problems import ReportError
from ipreport.style import MODERN, THEMES
from ipreport.writers.docx import read_brand, starter, write
from ipreport.writers.docx.brand.names import canonical
from ipreport.writers.docx.brand.style_checks import house_styles
from ipreport.writers.docx.sample_texts import HEAD_PLACEHOLDER, PURPOSES
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.styles import styles
from office_parts import changed, unzipped
from ooxml_lint import lint

BOTH = (ZH, EN)


@cache
def template(theme: str = MODERN.name, *, dotx: bool = True) -> bytes:
    return starter(THEMES[theme].led_by(ZH), BOTH, template=dotx)


def style_names(file: bytes) -> list[str]:
    return [name.get(W + "val") or "" for name in part(file, "word/styles.xml").iterfind(f"{W}style/{W}name")]


def paragraphs(file: bytes) -> list[str]:
    root = part(file)
    return ["".join(piece.text or "" for piece in p.iter(W + "t")) for p in root.iter(W + "p")]


# --- what it holds ----------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_it_is_sound(theme: str, tmp_path: Path) -> None:
    assert lint(template(theme)) == []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the validator's own imports warn of is not ours
        from openxml_audit import OpenXmlValidator  # noqa: PLC0415  # slow to import, needed here only
    path = tmp_path / "template.docx"
    path.write_bytes(template(theme, dotx=False))
    assert OpenXmlValidator().validate(path).errors == []


def test_it_has_every_style_and_a_line_for_each() -> None:
    root = part(template(), "word/styles.xml")
    names = {canonical(name) for name in style_names(template())}
    needed = etree.fromstring(styles(Sheet(MODERN.led_by(ZH), BOTH)).encode()).iterfind(f"{W}style/{W}name")
    assert {canonical(name.get(W + "val") or "") for name in needed} <= names

    used = {style.get(W + "val") for style in part(template()).iter(W + "pStyle", W + "rStyle")}
    shown = {
        style.get(W + "styleId")
        for style in root.iterfind(W + "style")
        if style.get(W + "type") in {"paragraph", "character"} and style.get(W + "default") is None
    }
    assert shown - used == set()


def test_every_style_is_told_by_name_and_purpose_in_its_own_language() -> None:
    said = paragraphs(template())

    assert "Body Text（正文文本）：正文段落" in said
    assert "Body Text English: running text" in said
    assert "heading 1（标题 1）：一级标题" in said
    assert "KPI Value：指标卡：数值" in said
    untold = {name for name in style_names(template()) if name not in PURPOSES}
    assert {name for name in untold if not name.endswith("English")} == {
        *("Normal", "Default Paragraph Font", "Normal Table", "No List", "Separator"),
        *(name for kind, name in house_styles().values() if kind == "table" and name in untold),
    }


def test_an_english_one_is_in_english() -> None:
    said = paragraphs(starter(MODERN.led_by(EN), (EN,), template=True))

    assert "Body Text: running text" in said
    assert not [line for line in said if any("\u4e00" <= character <= "\u9fff" for character in line)]


def test_the_endings_differ_in_kind_alone() -> None:
    one, other = unzipped(template()), unzipped(template(dotx=False))

    assert one.keys() == other.keys()
    assert {name for name in one if one[name] != other[name]} == {"[Content_Types].xml"}
    assert b"template.main+xml" in one["[Content_Types].xml"]
    assert b"document.main+xml" in other["[Content_Types].xml"]


def test_the_same_bytes_every_time() -> None:
    assert starter(MODERN.led_by(ZH), BOTH, template=True) == template()


# --- as an office's own -----------------------------------------------------------------


def words_of(kind: str, file: bytes) -> list[str]:
    return [
        "".join(piece.text or "" for piece in etree.fromstring(content).iter(W + "t"))
        for name, content in sorted(unzipped(file).items())
        if name.startswith(f"word/{kind}")
    ]


def test_unedited_it_changes_nothing_but_names_of_parts() -> None:
    """Its header is a prompt, which stays out of briefings."""
    brand = read_brand(template(), "template.dotx")
    made = write(document(), MODERN, brand=brand)

    assert brand.problems == ()
    assert brand.headers == {}
    assert paragraphs(made) == paragraphs(write(document(), MODERN))
    assert words_of("header", made) == words_of("header", write(document(), MODERN))
    for said in (HEAD_PLACEHOLDER.zh, HEAD_PLACEHOLDER.en):
        assert said.encode() not in b"".join(unzipped(made).values())


def test_edited_it_is_the_offices_own() -> None:
    """A changed theme, a heading in another face, a name in the header, narrow margins."""
    edited = changed(template(), "word/theme/theme1.xml", ("1F4E79", "006837"))
    heading = '<w:name w:val="heading 2"/>'
    edited = changed(edited, "word/styles.xml", (heading, f'{heading}<w:aliases w:val="机关二级标题"/>'))
    for name in ("word/header1.xml", "word/header2.xml"):
        edited = changed(edited, name, ("<w:showingPlcHdr/>", ""), (HEAD_PLACEHOLDER.zh, "示例省知识产权局"))
    edited = changed(edited, "word/document.xml", ('w:left="1400"', 'w:left="1000"'))

    made = write(document(), MODERN, brand=read_brand(edited, "office.dotx"))

    assert lint(made) == []
    assert paragraphs(made) == paragraphs(write(document(), MODERN))
    assert all(words.startswith("示例省知识产权局") for words in words_of("header", made))
    heading = docx.Document(BytesIO(made)).styles["Heading 1"]
    assert str(heading.font.color.rgb) == "006837"
    margins = part(made).find(f".//{W}sectPr/{W}pgMar")
    assert margins is not None
    assert margins.get(W + "left") == "1000"


@pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not on the path")
@pytest.mark.slow
def test_saved_in_libreoffice_it_is_still_a_template(tmp_path: Path) -> None:
    """Its prompt stays a prompt, and its styles keep their names."""
    path = tmp_path / "office.dotx"
    path.write_bytes(template())
    saved = convert(soffice() or "", tmp_path, path, "docx:Office Open XML Text").read_bytes()

    brand = read_brand(saved, "office.docx")
    made = write(document(), MODERN, brand=brand)

    assert brand.headers == {}
    assert lint(made) == []
    assert paragraphs(made) == paragraphs(write(document(), MODERN))


# --- the command ------------------------------------------------------------------------


def test_the_command_writes_it(tmp_path: Path) -> None:
    file = tmp_path / "office" / "look.dotx"
    result = CliRunner().invoke(app, ["template", str(file)])

    assert result.exit_code == 0
    assert result.output.splitlines() == [
        f"wrote {file.as_posix()}",
        "edit it in Word or WPS, put it beside briefing.yaml and write there: brand: look.dotx",
    ]
    assert file.read_bytes() == template()


def test_the_command_takes_theme_languages_and_force(tmp_path: Path) -> None:
    file = tmp_path / "look.docx"
    file.write_bytes(b"of before")
    arguments = ["template", str(file), "--theme", "modern", "--language", "en", "--language", "zh", "--json"]

    assert CliRunner().invoke(app, arguments).exit_code == 2
    assert file.read_bytes() == b"of before"
    result = CliRunner().invoke(app, [*arguments, "--force"])

    assert json.loads(result.output) == {"file": file.as_posix()}
    assert file.read_bytes() == starter(MODERN.led_by(EN), (EN, ZH), template=False)
    assert "Body Text Chinese（" not in "".join(paragraphs(file.read_bytes()))
    assert "Body Text Chinese：正文段落" in paragraphs(file.read_bytes())


def test_the_function_gives_the_path(tmp_path: Path) -> None:
    file = tmp_path / "look.dotx"

    assert ipreport.template(file) == file
    with pytest.raises(ReportError) as refused:
        ipreport.template(file)
    assert refusal(refused.value) == (
        f"{file.as_posix()}: block: the file already exists; nothing was changed\n"
        "    hint: choose another name, or give --force"
    )


def test_what_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "look.doc"
    with pytest.raises(ReportError) as refused:
        ipreport.template(file, theme="modren", languages=["zh", "jp"])

    assert [problem.message for problem in refused.value.problems] == [
        "expected a name that ends in .docx or .dotx, found 'look.doc'",
        "unknown theme 'modren'",
        "unknown language 'jp'",
    ]
    assert refused.value.problems[1].hints == ("did you mean 'modern'?",)
    assert not file.exists()


def test_a_name_longer_than_names_can_be_is_told(tmp_path: Path) -> None:
    with pytest.raises(ipreport.ReportError, match="the file cannot be written"):
        ipreport.template(tmp_path / f"{300 * 'a'}.dotx")
