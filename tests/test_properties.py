"""What files say of themselves, the manifest they belong to, and options of a whole briefing."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import ipreport
from brand_templates import with_logo
from helpers import BRIEFING, HAIXI, METRICS, Copy, everything_below, refusal
from ipreport.document import Document, Meta
from ipreport.outline import EmbedFonts
from ipreport.pipeline import story
from ipreport.pipeline.checked import Formats, checked
from ipreport.problems import ReportError
from ipreport.readers import read
from ipreport.style import MODERN, THEMES
from test_cli import run

CAME_OUT = ("editions", "documents", "figures", "warnings", "fingerprint")


@pytest.fixture
def metas(monkeypatch: pytest.MonkeyPatch) -> dict[str, Meta]:
    """What the documents of the last build say of themselves, by edition."""
    found: dict[str, Meta] = {}

    def note(document: Document, _: Formats) -> bytes:
        found[document.meta.edition] = document.meta
        return b""

    monkeypatch.setattr(story, "WRITERS", {"txt": note})
    return found


def manifest(built: ipreport.Built) -> dict[str, Any]:
    return dict(json.loads(built.manifest.read_text(encoding="utf-8")))


def digest(record: dict[str, Any]) -> str:
    """The fingerprint as the manifest's description says it is made."""
    went_in = {key: value for key, value in record.items() if key not in CAME_OUT}
    canonical = json.dumps(went_in, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


# --- properties ----------------------------------------------------------------------------


def test_a_document_names_issue_period_and_manifest(small: Copy, metas: dict[str, Meta]) -> None:
    record = manifest(small.build())

    assert {meta.issue for meta in metas.values()} == {"2025Q3"}
    assert {edition: meta.period for edition, meta in metas.items()} == {
        "bilingual": "2025年第三季度 / Q3 2025", "zh": "2025年第三季度", "en": "Q3 2025",
    }  # fmt: skip
    assert {meta.fingerprint for meta in metas.values()} == {record["fingerprint"]} == {digest(record)}


def test_a_period_that_is_not_known_is_not_named(small: Copy, metas: dict[str, Meta]) -> None:
    small.change(BRIEFING, "period: 2025Q3", "period: unknown")
    small.build()

    assert {(meta.issue, meta.period) for meta in metas.values()} == {("issue-1", "")}


def test_the_fingerprint_is_of_what_went_in(small: Copy, metas: dict[str, Meta]) -> None:
    def built(**options: Any) -> str:
        fingerprint = manifest(small.build(**options))["fingerprint"]
        assert {meta.fingerprint for meta in metas.values()} == {fingerprint}
        metas.clear()
        return str(fingerprint)

    first = built()
    # One edition alone is the same file as among others, and so it is with a warning let pass.
    assert built(editions=["en"]) == built(accept_warnings=True) == first
    assert built(draft=True) != first
    small.change(METRICS, '"369700"', '"369800"')
    changed = built()
    assert changed != first
    small.overwrite("recipients.yaml", "copy_to: [{name: {zh: 甲, en: A}}]\n".encode())
    assert built() not in {first, changed}


@pytest.mark.usefixtures("plain_only")
def test_the_manifest_is_the_same_wherever_the_briefing_stands(
    small: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.change(BRIEFING, "There are", "In 12 places there are")
    small.change(BRIEFING, "有效发明", "在十二处，有效发明")
    here = small.build().manifest.read_bytes()
    monkeypatch.chdir(small.folder.parent)

    there = ipreport.build("./small", output=tmp_path / "o", figures=tmp_path / "f").manifest.read_bytes()

    assert here == there
    (warning,) = json.loads(here)["warnings"]
    assert warning.startswith("briefing.yaml:16:11: warn: the number '12' is typed by hand")


def test_a_manifest_says_what_went_in_then_what_came_out_then_the_values(small: Copy, metas: dict[str, Meta]) -> None:
    assert [*manifest(small.build())] == [
        "format", "tool", "briefing", "issue", "draft", "date", "period", "region", "theme", "inputs", "acknowledged",
        "fingerprint", "editions", "documents", "figures", "warnings", "values",
    ]  # fmt: skip
    assert metas


# --- theme -----------------------------------------------------------------------------------


def test_a_theme_takes_the_place_of_the_one_that_the_briefing_names(
    small: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(THEMES, "other", replace(MODERN, name="other"))
    styles = []
    monkeypatch.setattr(story, "WRITERS", {"txt": lambda _, formats: styles.append(formats.style.name) or b""})

    record = manifest(small.build(theme="other", editions=["zh"]))
    own = manifest(small.build(editions=["zh"]))

    assert styles == ["other", "modern"]
    assert (record["theme"], own["theme"]) == ("other", "modern")
    assert record["fingerprint"] != own["fingerprint"]


def test_charts_are_drawn_in_the_theme_asked_for(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    colours = replace(MODERN.colours, accent="#800000", series=("#800000", *MODERN.colours.series[1:]))
    monkeypatch.setitem(THEMES, "other", replace(MODERN, name="other", colours=colours))

    def drawn(theme: str | None) -> bytes:
        figures = ipreport.draw_figures(small.folder, editions=["zh"], figures=small.root, theme=theme).files
        return next(path for path in figures if path.suffix == ".svg").read_bytes()

    own = drawn(None)
    assert drawn("modern") == own
    assert drawn("other") != own


def test_a_theme_that_is_none_is_refused_with_those_there_are(small: Copy) -> None:
    known = ", ".join(sorted(THEMES))
    expected = f"theme: block: unknown theme 'fancy'\n    hint: known: {known}"

    for act in (ipreport.build, ipreport.draw_figures):
        with pytest.raises(ReportError) as refused:
            act(small.folder, theme="fancy")
        assert refusal(refused.value) == expected
    assert [str(problem) for problem in ipreport.check(small.folder, theme="fancy")] == [expected]
    for command in ("build", "figures", "check"):
        result = run(command, str(small.folder), "--theme", "fancy")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(expected)
    assert [name for name in everything_below(small.root) if not name.startswith("report/")] == []


@pytest.mark.usefixtures("plain_only")
def test_commands_take_theme_and_draft(small: Copy) -> None:
    folders = ["--output", str(small.root / "o"), "--figures", str(small.root / "f"), "--edition", "en"]

    built = run("build", str(small.folder), *folders, "--draft", "--theme", "modern")
    assert built.exit_code == 0
    assert built.stdout.splitlines()[0] == f"2 documents in {(small.root / 'o').as_posix()}/small/2025Q3/draft/"
    assert run("figures", str(small.folder), "--theme", "modern", *folders[2:]).exit_code == 0
    assert run("check", str(small.folder), "--theme", "modern").stdout == "no problems\n"


# --- brand and fonts of Word files -------------------------------------------------------------


@pytest.mark.parametrize("name", ["brand.docx", "look/office.DOTX"])
def test_the_offices_own_word_file_is_found_in_the_folder(small: Copy, name: str, metas: dict[str, Meta]) -> None:
    (small.folder / name).parent.mkdir(exist_ok=True)
    template = with_logo()
    small.overwrite(name, template)
    small.change(BRIEFING, "number: 1\n", f"number: 1\nbrand: {name}\nembed-fonts: subset\n")

    outline, formats = read(small.folder).outline, checked(small.folder, None, accept_warnings=False).formats

    assert outline.brand == small.folder / name
    assert formats.brand is not None
    assert formats.brand.file == (small.folder / name).as_posix()
    assert outline.embed_fonts is formats.embed_fonts is EmbedFonts.SUBSET
    inputs = manifest(small.build())["inputs"]
    assert inputs[name] == {"sha256": hashlib.sha256(template).hexdigest(), "bytes": len(template)}
    assert metas


def test_without_them_a_word_file_has_the_look_of_the_theme_and_no_faces() -> None:
    outline, formats = read(HAIXI).outline, checked(HAIXI, None, accept_warnings=False).formats

    assert (outline.brand, outline.embed_fonts) == (formats.brand, formats.embed_fonts) == (None, EmbedFonts.NONE)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("embed_fonts: full", EmbedFonts.FULL), ("embed-fonts: full", EmbedFonts.FULL), ("embed-fonts: none", "none")],
)
def test_both_spellings_are_read(small: Copy, written: str, expected: str) -> None:
    small.change(BRIEFING, "number: 1\n", f"number: 1\n{written}\n")

    assert read(small.folder).outline.embed_fonts == expected


@pytest.mark.parametrize(("written", "carried"), [("", False), ("embed-fonts: subset\n", True)])
def test_a_word_file_carries_its_faces_where_the_briefing_says_so(small: Copy, written: str, *, carried: bool) -> None:
    small.change(BRIEFING, "number: 1\n", f"number: 1\n{written}")
    (word,) = (path for path in small.build(editions=["zh"]).documents if path.suffix == ".docx")

    with zipfile.ZipFile(word) as archive:
        assert any(name.startswith("word/fonts/") for name in archive.namelist()) is carried


HINT = "name a .docx or .dotx file by its path from the briefing's folder"
INSIDE = "copy the Word file into the folder and name it from there"


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("brand: office.dotx", "there is no file 'office.dotx' (brand)", HINT),
        ("brand: metrics.yaml", "expected a Word file or template, found 'metrics.yaml' (brand)", HINT),
        ("brand: office.doc", "expected a Word file or template, found 'office.doc' (brand)", HINT),
        ("brand: folder.docx", "there is no file 'folder.docx' (brand)", HINT),
        ("brand: ../office.docx",
         "expected a file inside the briefing's folder, found '../office.docx' (brand)", INSIDE),
        ("brand: /tmp/office.docx",
         "expected a file inside the briefing's folder, found '/tmp/office.docx' (brand)", INSIDE),
        ("brand: link.docx", "expected a file inside the briefing's folder, found 'link.docx' (brand)", INSIDE),
        ("brand: [a.docx]", "expected text, found a list (brand)", ""),
        ("embed-fonts: all", "expected 'none', 'subset' or 'full', found 'all' (embed-fonts)", ""),
        ("embed_font: full", "unknown key 'embed_font' (embed_font)", "did you mean 'embed-fonts'?"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused(small: Copy, line: str, message: str, hint: str) -> None:
    (small.root / "office.docx").write_bytes(b"PK")
    (small.folder / "folder.docx").mkdir()
    (small.folder / "link.docx").symlink_to(small.root / "office.docx")
    small.change(BRIEFING, "number: 1\n", f"number: 1\n{line}\n")

    assert small.check() == [f"briefing.yaml:8:1: block: {message}" + (f"\n    hint: {hint}" if hint else "")]
