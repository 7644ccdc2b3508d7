"""From a folder to finished files: what is made, what it holds, and that it is the same every time."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

import ipreport
from helpers import HAIXI, Copy, copy_of, everything_below, refusal
from ipreport.document import Document
from ipreport.language import EN, ZH, Language
from ipreport.outline import Edition
from ipreport.pipeline import story
from ipreport.problems import ReportError
from ipreport.readers import read
from ipreport.wording import show

EDITIONS = {"bilingual": (ZH, EN), "zh": (ZH,), "en": (EN,)}


@pytest.fixture(scope="module")
def haixi(tmp_path_factory: pytest.TempPathFactory, warm_cache: Path) -> ipreport.Built:
    """The Haixi briefing, built once."""
    folder = tmp_path_factory.mktemp("haixi")
    return ipreport.build(HAIXI, output=folder / "output", figures=folder / "figures", cache=warm_cache)


def document_of(built: ipreport.Built, edition: str, ending: str) -> Path:
    return next(path for path in built.documents if path.name.endswith(f".{edition}.{ending}"))


def words_of_docx(path: Path) -> str:
    """The words of a Word file, marks and notes left out, without any space."""
    texts = docx.Document(str(path)).element.body.iter(qn("w:t"))
    return "".join("".join(text.text or "" for text in texts).split())


def words_of_pdf(path: Path) -> str:
    pages = pypdfium2.PdfDocument(path)
    return "".join("".join(page.get_textpage().get_text_bounded() for page in pages).split())


# --- the files -----------------------------------------------------------------------------


def test_a_build_makes_two_formats_of_every_edition_and_two_of_every_chart(haixi: ipreport.Built) -> None:
    assert [path.name for path in haixi.documents] == [
        f"haixi-issue-1.{edition}.{ending}" for edition in EDITIONS for ending in ("docx", "pdf")
    ]
    charts = [spec.id for spec in read(HAIXI).outline.figures()]
    assert len(charts) >= 5
    assert sorted(path.name for path in haixi.figures) == sorted(
        f"{chart}.{edition}.{ending}" for chart in charts for edition in EDITIONS for ending in ("svg", "png")
    )
    assert haixi.warnings == ()
    assert {path.parent.as_posix()[-len("haixi/issue-1") :] for path in (*haixi.documents, *haixi.figures)} == {
        "haixi/issue-1"
    }
    files = everything_below(haixi.manifest.parent)
    assert sorted(files) == sorted([*(path.name for path in haixi.documents), "manifest.json"])


def test_the_manifest_vouches_for_every_file_by_hash(haixi: ipreport.Built) -> None:
    record = json.loads(haixi.manifest.read_text(encoding="utf-8"))

    for kind, paths in (("documents", haixi.documents), ("figures", haixi.figures)):
        assert record[kind] == {
            path.name: {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}
            for path in sorted(paths)
        }
    assert record["inputs"] == {
        name: {
            "sha256": hashlib.sha256((HAIXI / name).read_bytes()).hexdigest(),
            "bytes": (HAIXI / name).stat().st_size,
        }
        for name in ("briefing.yaml", "metrics.yaml")
    }
    assert record["tool"] == {"name": "ipreport", "version": ipreport.__version__}
    assert (record["briefing"], record["issue"], record["editions"]) == ("haixi", "issue-1", list(EDITIONS))
    assert record["warnings"] == []


def test_the_manifest_says_who_accepted_what_and_why(haixi: ipreport.Built) -> None:
    accepted = json.loads(haixi.manifest.read_text(encoding="utf-8"))["acknowledged"]

    assert [entry["rule"] for entry in accepted] == ["R01", "R02", "R03", "R05", "R10", "R17"]
    for entry in accepted:
        assert entry.keys() == {"rule", "values", "finding", "by", "date", "reason"}
        assert all(entry.values())
    assert accepted[3]["values"] == {
        "pledge_single_loan": "10000000",
        "pledge_loan_received": "2000000",
        "pledge_contract_amount": "2500000",
    }
    assert "10,000,000 > 2,500,000 > 2,000,000" in accepted[3]["finding"]


# --- what the files hold -----------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["docx", "pdf"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_record_stands_in_every_file_in_the_words_of_its_languages(
    haixi: ipreport.Built, edition: str, ending: str
) -> None:
    path = document_of(haixi, edition, ending)
    words = words_of_docx(path) if ending == "docx" else words_of_pdf(path)

    for metric in read(HAIXI).metrics:
        if not metric.source.startswith("account-"):
            continue
        shown = show(metric)
        for language in EDITIONS[edition]:
            forms = {"".join(form[language].split()) for form in (shown.text, shown.value)}
            assert any(form in words for form in forms), (metric.key, forms)


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_an_edition_in_one_language_holds_no_word_of_the_other(haixi: ipreport.Built, ending: str) -> None:
    extract = words_of_docx if ending == "docx" else words_of_pdf

    english = extract(document_of(haixi, "en", ending))
    assert re.findall(r"[\u4e00-\u9fff]+", english) == []
    chinese = extract(document_of(haixi, "zh", ending))
    for words in ("369,700yuan", "Summary", "patents", "Figure1"):
        assert words not in chinese


@pytest.mark.parametrize("edition", EDITIONS)
def test_word_and_pdf_hold_the_same_values_and_marks(haixi: ipreport.Built, edition: str) -> None:
    docx_words = words_of_docx(document_of(haixi, edition, "docx"))
    pdf_words = words_of_pdf(document_of(haixi, edition, "pdf"))

    for pattern in ("①", "②", "③", "④", "36.97万元", "369,700yuan", "196亿元", "19.6billionyuan"):
        assert (pattern in docx_words) == (pattern in pdf_words), pattern


# --- what is built and where -----------------------------------------------------------------------


@pytest.mark.usefixtures("plain_only")
def test_only_the_editions_that_are_asked_for_are_built(small: Copy) -> None:
    built = small.build(editions=["en", "zh", "en"])

    assert [path.name for path in built.documents] == [
        "small-2025Q3.zh.txt", "small-2025Q3.zh.md", "small-2025Q3.en.txt", "small-2025Q3.en.md",
    ]  # fmt: skip
    assert sorted(path.name for path in built.figures) == [
        "share.en.png", "share.en.svg", "share.zh.png", "share.zh.svg",
    ]  # fmt: skip
    assert json.loads(built.manifest.read_text(encoding="utf-8"))["editions"] == ["zh", "en"]


def test_an_edition_that_is_not_there_is_refused(small: Copy) -> None:
    with pytest.raises(ReportError) as refused:
        small.build(editions=["bilingal"])

    assert small.shorten(refusal(refused.value)) == (
        "briefing.yaml:1:1: block: unknown edition 'bilingal'\n    hint: did you mean 'bilingual'?"
    )
    assert not (small.root / "output").exists()


def test_an_edition_that_is_not_there_is_told_with_all_other_problems(small: Copy) -> None:
    small.change("briefing.yaml", "{{ ", "{{ no_such_")
    others = small.check()
    assert others

    with pytest.raises(ReportError) as refused:
        small.build(editions=["bilingal"])

    told = [small.shorten(str(problem)) for problem in refused.value.problems]
    assert [each for each in told if "bilingal" not in each] == others
    assert len(told) == len(others) + 1


def test_it_is_told_with_those_of_a_briefing_that_cannot_be_read_too(small: Copy) -> None:
    small.change("briefing.yaml", "number: 1", "number: none")
    others = small.check()

    with pytest.raises(ReportError) as refused:
        small.build(editions=["bilingal", "zh"])

    told = [small.shorten(str(problem)) for problem in refused.value.problems]
    assert told == [*others, "edition: block: unknown edition 'bilingal'\n    hint: did you mean 'bilingual'?"]


@pytest.mark.usefixtures("plain_only")
def test_files_of_an_earlier_build_that_are_no_longer_made_are_removed_and_others_stay(small: Copy) -> None:
    first = small.build()
    own = first.manifest.with_name("remarks.txt")
    own.write_text("mine", encoding="utf-8")
    small.change("briefing.yaml", "id: share", "id: part")
    small.change("briefing.yaml", "{{ figure('share') }}", "{{ figure('part') }}")
    small.change("briefing.yaml", "{{ figure('share') }}", "{{ figure('part') }}")

    second = small.build(editions=["zh"])

    expected = {path.relative_to(small.root).as_posix() for path in (*second.documents, *second.figures)}
    expected |= {path.relative_to(small.root).as_posix() for path in (second.manifest, own)}
    kept = {*everything_below(small.root / "output"), *everything_below(small.root / "figures")}
    assert kept == {name.partition("/")[2] for name in expected}


@pytest.mark.usefixtures("plain_only")
def test_a_manifest_that_cannot_be_read_removes_nothing(small: Copy) -> None:
    manifest = small.build().manifest
    for damaged in (b"", b"[]", b'{"documents": ["../../../x"], "figures": 1}', b"\xff"):
        manifest.write_bytes(damaged)
        before = set(everything_below(small.root))

        small.build(editions=["zh"])

        assert set(everything_below(small.root)) == before


@pytest.mark.usefixtures("plain_only")
@pytest.mark.parametrize("where", [".", "..", "report", "report/small"])
def test_a_briefing_is_found_from_anywhere_and_built_beside_report(
    small: Copy, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.chdir(small.root / where)
    named = os.path.relpath(small.folder)

    for briefing in (named, Path(named) / "briefing.yaml", small.folder):
        built = ipreport.build(briefing, editions=["zh"])
        assert built.manifest.resolve() == small.root / "output" / "small" / "2025Q3" / "manifest.json"
        assert built.figures[0].resolve().parent == small.root / "figures" / "small" / "2025Q3"


@pytest.mark.usefixtures("plain_only")
def test_a_briefing_is_built_by_its_name(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.root)

    built = ipreport.build("small", editions=["zh"])

    assert built.manifest == Path("output/small/2025Q3/manifest.json")


@pytest.mark.usefixtures("plain_only")
def test_a_folder_outside_report_is_built_into_the_working_folder(
    tmp_path: Path, small: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere" / "small"
    elsewhere.parent.mkdir()
    small.folder.rename(elsewhere)
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")

    assert ipreport.build(elsewhere, editions=["zh"]).manifest == Path("output/small/2025Q3/manifest.json")


def test_the_steps_are_told_in_order(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story, "WRITERS", {"txt": lambda *_: b""})
    told: list[str] = []

    small.build(editions=["zh"], progress=told.append)

    assert told == ["reading", "composing zh", "writing zh txt", "saving"]


# --- the same bytes ------------------------------------------------------------------------------


def stamps(small: Copy, monkeypatch: pytest.MonkeyPatch) -> set[date]:
    found: set[date] = set()

    def note(document: Document, _: object) -> bytes:
        found.add(document.meta.stamp)
        return b""

    monkeypatch.setattr(story, "WRITERS", {"txt": note})
    small.build(editions=["zh"])
    return found


def test_files_are_dated_by_the_issue_or_by_source_date_epoch(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert stamps(small, monkeypatch) == {date(2025, 10, 15)}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86399")
    assert stamps(small, monkeypatch) == {date(1970, 1, 1)}


@pytest.mark.parametrize("epoch", ["yesterday", "9" * 20, "1.5"])
def test_an_epoch_that_is_none_is_refused(small: Copy, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

    with pytest.raises(ReportError) as refused:
        small.build(editions=["zh"])

    assert refusal(refused.value) == (
        f"environment: block: expected SOURCE_DATE_EPOCH in seconds since 1970, found '{epoch}'\n"
        "    hint: unset it, or set it to a number"
    )


@pytest.mark.slow
def test_two_builds_give_the_same_bytes_whatever_zone_hashes_cache_and_folder(tmp_path: Path) -> None:
    builds = []
    for number, (zone, seed) in enumerate([("Asia/Shanghai", "1"), ("America/New_York", "2"), ("UTC", "3")]):
        root = tmp_path / f"root{number}"
        copy_of(HAIXI, root)
        cache = tmp_path / ("cache" if number else "cold")  # the third finds the cache that the second has filled
        environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "IPREPORT_CACHE": str(cache)}
        program = [sys.executable, "-m", "ipreport", "build", "haixi"]
        subprocess.run(program, cwd=root, env=environment, check=True, capture_output=True)
        builds.append(everything_below(root))

    first, second, third = builds
    assert len(first) > 30
    assert [name for name in first if first[name] != second.get(name)] == []
    assert [name for name in first if first[name] != third.get(name)] == []


# --- explain and new ----------------------------------------------------------------------------


def test_explain_follows_a_value_from_its_line_to_every_place_in_every_edition() -> None:
    explained = ipreport.explain(HAIXI, "penalty_amount")

    line = (HAIXI / "metrics.yaml").read_text(encoding="utf-8").splitlines()[(explained.origin.line or 0) - 1]
    assert line.strip() == 'value: "369700"'
    assert explained.words == {"zh": "36.97万元", "en": "369,700 yuan"}
    assert explained.findings == ()
    places = {(place.edition, place.language.code): "" for place in explained.places}
    assert places.keys() == {("bilingual", "zh"), ("bilingual", "en"), ("zh", "zh"), ("en", "en")}
    for edition, languages in EDITIONS.items():
        for language in languages:
            where = [
                place.where for place in explained.places if (place.edition, place.language) == (edition, language)
            ]
            assert any("in the chart" in place for place in where), where
            assert any(re.search(r"(表|Table )\d$", place) for place in where), where
            assert any("paragraph" in place for place in where), where
            assert any("cards" in place for place in where), where
    assert {place.text for place in explained.places} <= {"36.97万元", "369,700 yuan"}


def test_explain_says_what_puts_a_value_in_doubt() -> None:
    explained = ipreport.explain(HAIXI, "pledge_single_loan")

    assert [finding.partition(" ")[0] for finding in explained.findings] == ["④"]
    assert "R05" in explained.findings[0]


def test_explain_of_a_missing_value_says_that_it_is_missing(small: Copy) -> None:
    explained = ipreport.explain(small.folder, "gi_product_converted")

    assert explained.value == "missing"
    assert {place.text for place in explained.places} == {"—", "n/a"}


def test_explain_of_an_unknown_value_names_those_that_are_near(small: Copy) -> None:
    with pytest.raises(ReportError) as refused:
        ipreport.explain(small.folder, "penalty_amont")

    assert small.shorten(refusal(refused.value)) == (
        "briefing.yaml:1:1: block: unknown metric 'penalty_amont'\n    hint: did you mean 'penalty_amount'?"
    )


@pytest.mark.usefixtures("plain_only")
def test_new_makes_a_briefing_that_checks_builds_and_says_that_it_is_made_up(tmp_path: Path) -> None:
    folder = ipreport.new("qinghai-2025q3", reports=tmp_path / "report")

    assert sorted(path.name for path in folder.iterdir()) == ["briefing.yaml", "metrics.yaml"]
    assert ipreport.check(folder) == ()
    built = ipreport.build(folder, output=tmp_path / "output", figures=tmp_path / "figures")
    assert len(built.documents) == 6
    assert read(folder).outline.illustrative


def test_every_edition_of_made_up_data_says_so_on_its_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notices: dict[str, str] = {}

    def note(document: Document, _: object) -> bytes:
        notices[document.meta.edition] = " ".join(text.plain() for text in document.meta.notice)
        return b""

    monkeypatch.setattr(story, "WRITERS", {"txt": note})
    Copy(ipreport.new("sample", reports=tmp_path / "report")).build()

    assert notices == {"bilingual": "示例数据 Illustrative data", "zh": "示例数据", "en": "Illustrative data"}


def test_the_editions_are_the_languages_they_say() -> None:
    languages: dict[str, tuple[Language, ...]] = {edition.value: edition.languages for edition in Edition}

    assert languages == EDITIONS
