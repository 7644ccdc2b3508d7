"""The illustrative briefing: every edition is built, says that it is made up, and shows what it is there to show."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import page
import pypdfium2
import pytest
from PIL import Image

import ipreport
from helpers import SAMPLE, copy_of
from ipreport.document import Document
from ipreport.pipeline.checked import Formats
from ipreport.tracing import Kind, trace
from ipreport.writers import plain
from ooxml_lint import lint

NOTICES = {"bilingual": ("示例数据", "Illustrative data"), "zh": ("示例数据",), "en": ("Illustrative data",)}
EDITIONS = sorted(NOTICES)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, warm_cache: Path) -> ipreport.Built:
    folder = tmp_path_factory.mktemp("illustrative")
    return ipreport.build(SAMPLE, output=folder / "output", figures=folder / "figures", cache=warm_cache)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory, warm_cache: Path) -> dict[str, str]:
    """The briefing as plain text, by edition."""

    def write(document: Document, formats: Formats) -> bytes:
        formats.faces.save(formats.cache)
        return plain.write(document)

    folder = tmp_path_factory.mktemp("plain")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ipreport.pipeline.story.WRITERS", {"txt": write})
        made = ipreport.build(SAMPLE, output=folder / "output", figures=folder / "figures", cache=warm_cache)
    return {path.name.split(".")[1]: path.read_text(encoding="utf-8") for path in made.documents}


def document(built: ipreport.Built, edition: str, ending: str) -> Path:
    (found,) = (path for path in built.documents if path.name.endswith(f".{edition}.{ending}"))
    return found


def files(made: ipreport.Built) -> tuple[Path, ...]:
    return (*made.documents, *made.figures, made.manifest)


# --- without a problem, the same every time --------------------------------------------


def test_there_is_no_problem_and_nothing_to_acknowledge() -> None:
    assert ipreport.check(SAMPLE) == ()
    assert "acknowledged:" not in (SAMPLE / "metrics.yaml").read_text(encoding="utf-8")


def test_all_editions_are_built_the_same_every_time(built: ipreport.Built, tmp_path: Path) -> None:
    again = ipreport.build(SAMPLE, output=tmp_path / "output", figures=tmp_path / "figures", cache=tmp_path / "cache")

    assert {path.name for path in built.documents} == {
        f"illustrative-2025Q3.{edition}.{ending}" for edition in EDITIONS for ending in ("docx", "pdf")
    }
    for one, other in zip(files(built), files(again), strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


# --- made up, and said so everywhere ----------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_of_a_pdf_says_that_the_data_are_made_up(built: ipreport.Built, edition: str) -> None:
    pdf = pypdfium2.PdfDocument(document(built, edition, "pdf"))
    pages = [each.get_textpage().get_text_range() for each in pdf]
    pdf.close()

    assert len(pages) > 5
    for number, text in enumerate(pages, start=1):
        head = text[:400]
        assert all(notice in head for notice in NOTICES[edition]), (number, head)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_of_a_word_file_says_that_the_data_are_made_up(built: ipreport.Built, edition: str) -> None:
    for section in docx.Document(str(document(built, edition, "docx"))).sections:
        assert section.different_first_page_header_footer
        for header in (section.first_page_header, section.header):
            head = "".join(paragraph.text for paragraph in header.paragraphs)
            assert all(notice in head for notice in NOTICES[edition])


def test_every_chart_file_says_that_its_data_are_made_up(built: ipreport.Built) -> None:
    drawings = {path.stem: path for path in built.figures if path.suffix == ".svg"}
    pictures = {path.stem: path for path in built.figures if path.suffix == ".png"}

    assert len(drawings) == len(pictures) == 21
    for name, path in drawings.items():
        svg = path.read_text(encoding="utf-8")
        assert all(f">{notice}</text>" in svg for notice in NOTICES[name.rpartition(".")[2]])
        # The PNG is made from the same drawing; that the notice is in it is seen where it is missing.
        height = float(re.findall(r'height="([\d.]+)pt"', svg)[0])
        with Image.open(io.BytesIO(pictures[name].read_bytes())) as picture:
            assert picture.height == pytest.approx(height * 220 / 72, abs=1)


def test_the_notice_goes_with_the_setting(tmp_path: Path, warm_cache: Path) -> None:
    real = copy_of(SAMPLE, tmp_path)
    real.change("briefing.yaml", "illustrative: true", "illustrative: false")
    built = real.build(editions=["zh"], cache=warm_cache)

    drawings = [path.read_text(encoding="utf-8") for path in built.figures if path.suffix == ".svg"]
    assert not any(">示例数据</text>" in drawing for drawing in drawings)


# --- valid files ---------------------------------------------------------------------


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A], ids=str)
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_pdf_is_valid(built: ipreport.Built, edition: str, profile: page.ValidationProfile) -> None:
    report = page.validate_pdf(str(document(built, edition, "pdf")), profile=profile)

    assert [failure.message for failure in report.failures] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_word_file_is_sound(built: ipreport.Built, edition: str) -> None:
    assert lint(document(built, edition, "docx").read_bytes()) == []


# --- every number leads back --------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_every_number_leads_to_its_cell_or_is_no_data(built: ipreport.Built, edition: str, ending: str) -> None:
    traced = trace(document(built, edition, ending))

    assert traced.sound
    assert traced.notes == ()
    assert [number.text for number in traced.numbers if number.kind is Kind.UNKNOWN] == []
    for number in traced.numbers:
        if number.kind is Kind.VALUE:
            value = traced.values[number.key or ""]
            stated = re.match(r"data\.xlsx!\w+!\w+|metrics\.yaml:\d+|previous/manifest\.json", value.origin)
            assert stated or (value.formula and value.rests_on)
        else:
            assert number.not_data is not None


# --- what it shows -------------------------------------------------------------------

SHOWN = {
    "growth on the year": (
        "有效发明专利20200件，同比增长17.1%",
        "20,200 invention patents in force, up 17.1% year on year",
    ),
    "a fall on the year": ("专利授权8711件，同比下降5.6%", "8,711 patents were granted, down 5.6% year on year"),
    "growth on the quarter": (
        "公共服务机构（网点）223家，环比增长2.8%",
        "223 public IP service institutions, up 2.8% quarter on quarter",
    ),
    "a fall on the quarter": (
        "发明专利授权975件，环比下降2.2%",
        "975 invention patents were granted, down 2.2% quarter on quarter",
    ),
    "growth since the year's end": ("较上年末增长11.5%", "up 11.5% from the end of last year"),
    "percentage points": (
        "占38.6%，比重同比提高2.1个百分点",
        "their share of 38.6% is up 2.1 percentage points year on year",
    ),
    "the first rank": ("甲州34.25件，居全省首位（共8个市州）", "Prefecture A with 34.25 ranks 1st of 8"),
    "another rank": ("丁州29.69件，居全省第2位（共8个市州）", "Prefecture D with 29.69 ranks 2nd of 8"),
    "an annual target": (
        "质押融资登记金额完成年度目标的73.9%",
        "registered pledge financing at 73.9% of the annual target",
    ),
    "a target of a longer plan": ("完成规划目标的99.9%", "99.9% of the plan target"),
    "a target that should be low": (
        "每件注册商标对应经营主体数以低为好，完成规划目标的96.2%",
        "where lower is better, stand at 96.2% of the plan target",
    ),
    "a target that is behind": (
        "培训完成年度目标的62.9%，落后于时间进度",
        "Training, at 62.9% of the annual target, is behind schedule",
    ),
    "few cases": (
        "庚州由上年同期的6件增至7件；辛州只有3件，与上年同期持平",
        "in Prefecture G they went from 6 a year earlier to 7; Prefecture H had only 3, unchanged from a year",
    ),
    "money in 亿元": ("技术合同成交额47.45亿元", "were worth 4.745 billion yuan"),
    "money in 万元": ("罚没款476.91万元", "fines and confiscations of 4.7691 million yuan"),
    "a single quarter of a year to date": (
        "其中第三季度11.37亿元，同比增长10.3%",
        "of which 1.137 billion yuan in the third quarter, up 10.3% year on year",
    ),
    "how numbers are rounded": ("修约按GB/T 8170—2008", "all numbers are rounded once, halves to the even digit"),
    "a rate with its cases": (
        "在办知识产权纠纷358件（含上年结转），办结293件，结案率81.8%",
        "358 IP disputes, those carried over included, and closed 293. The clearance rate of 81.8%",
    ),
    "a score beside the one before": (
        "得分81.11分，上年为80.60分",
        "gave 81.11 points out of a hundred, against 80.60 points the year before",
    ),
    "a change of definition": (
        "自七月起，农产品地理标志转换的产品计入其中，口径与以前不同，不计算增速",
        "It is not comparable with earlier counts, and no growth is given.",
    ),
    "no contradiction": ("各项核验规则未发现矛盾。", "The checks found no contradiction."),
}


@pytest.mark.parametrize("what", SHOWN)
@pytest.mark.parametrize("edition", EDITIONS)
def test_it_shows(texts: dict[str, str], edition: str, what: str) -> None:
    zh, en = SHOWN[what]

    assert (zh in texts[edition]) is (edition != "en")
    assert (en in texts[edition]) is (edition != "zh")


ROWS = {
    "a missing value is no zero": (
        "辛州 | 10.84 | 36.8% | 2454 | — | 第8位",
        "Prefecture H | 10.84 | 36.8% | 24.54 | n/a | 8th",
    ),
    "the best region first": (
        "甲州 | 34.25 | 39.3% | 133672 | 443 | 首位",
        "Prefecture A | 34.25 | 39.3% | 1,336.72 | 443 | 1st",
    ),
    "the province last": (
        "示例省 | 25.87 | 38.6% | 332584 | 1413 | —",
        "Sample Province | 25.87 | 38.6% | 3,325.84 | 1,413 | —",
    ),
    "rates beside their cases": ("辛州 | 6 | 5 | 83.3% | 3", "Prefecture H | 6 | 5 | 83.3% | 3"),
    "points in a table": ("结案率 | 81.8% | 82.2% | −0.4个百分点", "Clearance rate | 81.8% | 82.2% | −0.4 pp"),
    "entities to a trademark, and their course": (
        (
            "每件注册商标对应经营主体数 | 5.2户/件 | 5.4户/件 | −3.7% | "
            "[每件注册商标对应经营主体数（示例省）走势：由5.5户/件（2023年12月底）降至5.2户/件（2025年9月底）。]"
        ),
        (
            "Business entities per registered trademark | 5.2 | 5.4 | −3.7% | "
            "[Business entities per registered trademark (Sample Province), "
            "trend: from 5.5 (end of December 2023) falling to 5.2 (end of September 2025).]"
        ),
    ),
    "a card with its course": (
        (
            "* 专利转让许可备案: 2044次 (同比增长19.3%) "
            "[专利转让许可备案（示例省）走势：由588次（2023年第四季度）升至740次（2025年第三季度），最低490次（2024年第一季度）。]"
        ),
        (
            "* Transfers and licences: 2,044 recordals (up 19.3% year on year) "
            "[Transfers and licences (Sample Province), "
            "trend: from 588 recordals (Q4 2023) rising to 740 recordals (Q3 2025), lowest 490 recordals (Q1 2024).]"
        ),
    ),
}


@pytest.mark.parametrize("what", ROWS)
def test_a_row_shows(texts: dict[str, str], what: str) -> None:
    zh, en = ROWS[what]

    assert zh in texts["zh"].splitlines()
    assert en in texts["en"].splitlines()


@pytest.mark.parametrize(
    ("language", "revised"),
    [
        (
            "zh",
            [
                "2.82亿元 | 2.76亿元 | 减少600万元 | 一笔质押合同重复登记，10月更正。",
                "21.94亿元 | 21.88亿元 | 减少600万元 | 随丙州更正。",
            ],
        ),
        (
            "en",
            [
                "282 million yuan | 276 million yuan | down 6 million yuan | One pledge contract had been registered",
                "2.194 billion yuan | 2.188 billion yuan | down 6 million yuan | Follows from the correction",
            ],
        ),
    ],
)
def test_what_was_revised_is_listed_with_its_reason(texts: dict[str, str], language: str, revised: list[str]) -> None:
    rows = [line for line in texts[language].splitlines() if " | 减少" in line or " | down " in line]

    assert len(rows) == 2
    assert all(any(words in row for row in rows) for words in revised)


def test_the_ranking_chart_stands_in_the_order_of_the_ranks(texts: dict[str, str]) -> None:
    told = told_of(texts["zh"], "[排名条形图：各市州每万人口发明专利拥有量")
    values = [float(number) for number in re.findall(r"[甲乙丙丁戊己庚辛]州([\d.]+\d)", told)]

    assert len(values) == 8
    assert values == sorted(values, reverse=True)


def test_the_courses_of_charts_begin_and_end_where_they_should(texts: dict[str, str]) -> None:
    stocks = told_of(texts["en"], "[Line chart: Invention patents in force")
    grants = told_of(texts["en"], "[Stacked column chart: Patents granted")

    assert re.findall(r"\(end of (\w+ \d{4})\)", stocks) == ["December 2023", "September 2025"] * 2
    assert re.findall(r"from [\d,]+ patents \((Q\d \d{4})\)", grants) == ["Q4 2023"] * 4
    assert re.findall(r"falling to [\d,]+ patents \((Q\d \d{4})\)", grants) == ["Q3 2025"] * 4


def test_targets_are_told_with_their_completion(texts: dict[str, str]) -> None:
    zh = "质押融资登记金额33.26亿元，目标45亿元，完成年度目标的73.9%，滞后"
    en = (
        "Pledge financing registered: 3.326 billion yuan, target 4.5 billion yuan, "
        "73.9% of the annual target, behind schedule"
    )

    assert zh in told_of(texts["zh"], "[子弹图：")
    assert en in told_of(texts["en"], "[Bullet chart:")


def told_of(text: str, opening: str) -> str:
    """The description of a chart."""
    return next(line for line in text.splitlines() if line.startswith(opening))
