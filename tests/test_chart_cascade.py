"""Cascades of money: one row a class in a fixed order, on one scale, and a sequence within one source only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from charts_changes import CHAIN, FIGURES, SOURCES, TO_DATE, Drawn, box, drawn, here, only, prefecture, refused
from figure_samples import figure
from ipreport.figures.charts import cascade
from ipreport.figures.sources import source_name
from ipreport.figures.subtitle import subtitle
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Localized
from ipreport.metrics import Metric, Qualifier
from ipreport.outline import FigureSpec, Scale
from ipreport.style import MODERN

COLOURS = MODERN.colours
KEYS = ("intended", "contracted", "registered", "line", "paid", "balance")


def chevrons(picture: Drawn) -> list[float]:
    """The heights of the signs of sequence, from the top."""
    return [float(line.segments[1][2]) for line in picture.lines if len(line.segments) == 3]


def dashed(picture: Drawn) -> list[float]:
    return [float(line.segments[0][2]) for line in picture.lines if line.dash]


def place(picture: Drawn, key: str) -> float:
    return next(text.y for text in picture.texts if text.value_key == key)


# --- what is drawn ---------------------------------------------------------------


@pytest.mark.parametrize("width", [220.81, 455.0])
def test_bars_of_all_classes_have_one_scale_from_one_zero(faces: Faces, width: float) -> None:
    boxes = [box(shape) for shape in drawn(FIGURES["cascade"], faces, width=width).shapes]

    assert len({left for left, _, _, _ in boxes}) == 1
    lengths = [right - left for left, _, right, _ in boxes]
    amounts = [170, 120, 90, 88, 61.5, 47.25]
    assert [length / lengths[0] for length in lengths] == pytest.approx([a / 170 for a in amounts], abs=2e-3)


def test_rows_follow_the_way_of_the_money_and_lead_from_one_to_the_next(faces: Faces) -> None:
    picture = drawn(FIGURES["cascade"], faces)
    rows = [place(picture, key) for key in KEYS]

    assert rows == sorted(rows, reverse=True)
    assert len(chevrons(picture)) == 5
    assert all(below < sign < above for sign, above, below in zip(chevrons(picture), rows, rows[1:], strict=False))
    assert dashed(picture) == []


def test_no_sign_leads_from_one_source_to_another(faces: Faces) -> None:
    picture = drawn(FIGURES["cascade-of-two-sources"], faces)
    registered, paid = place(picture, "registered"), place(picture, "paid_by_bank")
    (divider,) = dashed(picture)

    assert paid < divider < registered
    assert len(chevrons(picture)) == 2
    assert not [sign for sign in chevrons(picture) if paid < sign < registered]
    assert {
        "来源：甲州知识产权统计台账",
        "Source: IP ledger of Prefecture A",
        "来源：金融管理部门质押贷款统计",
        "Source: Pledge loan statistics of the financial regulator",
    } <= set(picture.words)


def test_one_source_is_left_to_the_line_below_the_figure(faces: Faces) -> None:
    assert not [word for word in drawn(FIGURES["cascade"], faces).words if "来源" in word or "ource" in word]


def test_every_row_names_its_class_in_every_language(faces: Faces) -> None:
    words = set(drawn(FIGURES["cascade"], faces).words)

    assert {"意向", "签约", "登记", "授信", "到位、放款", "余额"} <= words
    assert {"Intention", "Contract", "Registration", "Credit line", "Disbursement", "Outstanding"} <= words


def test_amounts_stand_in_words_and_no_other_number_is_drawn(faces: Faces) -> None:
    picture = drawn(FIGURES["cascade"], faces)
    keyed = [(text.text, text.value_key) for text in picture.texts if text.value_key]

    assert ("1.7亿元", "intended") in keyed
    assert ("47.25 million yuan", "balance") in keyed
    assert {key for _, key in keyed} == set(KEYS)
    unkeyed = [text.text for text in picture.texts if not text.value_key and any(c.isdigit() for c in text.text)]
    assert all("2025" in text for text in unkeyed)


def test_an_amount_that_is_not_exact_is_hollow(faces: Faces) -> None:
    nearly = replace(CHAIN[4], qualifier=Qualifier.NEARLY)
    shapes = drawn(FIGURES["cascade"], faces, record=only(*CHAIN[:4], nearly, CHAIN[5])).shapes

    assert [shape.fill == COLOURS.accent for shape in shapes] == [True, True, True, True, False, True]


def test_the_subtitle_says_that_classes_are_not_added_and_of_when_they_are(faces: Faces) -> None:
    dated = drawn(figure("cascade", values=KEYS[1:4]), faces).data
    with_balance = drawn(FIGURES["cascade"], faces).data

    assert subtitle(dated, cascade.remark(dated)) == Localized(
        "2025年1—9月，各类金额口径不同，不相加", "January–September 2025, amounts of different classes are not added"
    )
    assert subtitle(with_balance, cascade.remark(with_balance)) == Localized(
        "2025年1—9月（余额：2025年9月底），各类金额口径不同，不相加",
        "January–September 2025 (outstanding: end of September 2025), amounts of different classes are not added",
    )


def test_the_alternative_text_names_class_source_and_time(faces: Faces) -> None:
    picture = drawn(FIGURES["cascade-of-two-sources"], faces, marks={"registered": "①"})

    assert picture.told(ZH) == (
        "金额分类条形图：示例图（甲州）。时间：2025年1—9月（余额：2025年9月底）。"
        "据甲州知识产权统计台账：签约（质押融资签约金额）1.2亿元；登记（专利商标质押融资登记金额）9000万元①。"
        "据金融管理部门质押贷款统计：到位、放款（质押融资实际放款额）6150万元；余额（质押融资贷款余额）4725万元。"
        "各类金额口径不同，不相加。"
    )
    assert picture.told(EN) == (
        "Bar chart by class of money: Example (Prefecture A). "
        "Time: January–September 2025 (outstanding: end of September 2025). "
        "According to IP ledger of Prefecture A: Contract (Pledge financing, contracts signed): 120 million yuan; "
        "Registration (Registered amount of patent and trademark pledge financing): 90 million yuan①. "
        "According to Pledge loan statistics of the financial regulator: "
        "Disbursement (Pledge financing, loans disbursed): 61.5 million yuan; "
        "Outstanding (Pledge financing, loans outstanding): 47.25 million yuan. "
        "Amounts of different classes are not added."
    )


# --- sources in words ------------------------------------------------------------

DATED = Localized("《甲州2025年工作要点》", "Work plan of Prefecture A for 2025")
OFFICE = Localized("甲州知识产权局", "IP Office of Prefecture A")


@pytest.mark.parametrize(
    ("title", "publisher", "name"),
    [
        (SOURCES[0].title, OFFICE, SOURCES[0].title),
        (DATED, OFFICE, OFFICE),
        (DATED, None, Localized("来源A", "source A")),
        (DATED, DATED, Localized("来源A", "source A")),
    ],
)
def test_a_source_is_named_without_digits_that_are_no_data(
    title: Localized, publisher: Localized | None, name: Localized
) -> None:
    record = replace(prefecture(), sources=(replace(SOURCES[0], title=title, publisher=publisher),))

    assert source_name(record, "ledger").name == name
    assert source_name(record, "unknown").name == Localized("来源未注明", "source not stated")


# --- refusals --------------------------------------------------------------------

DOT = "use kind: dot with scale: logarithmic, which only compares orders of magnitude"
FINE = here(TO_DATE, "369700", "penalty_amount", "fine")
TWIN = here(TO_DATE, "1000000", "pledge_loan_received", "received")
EAST = here(TO_DATE, "1000000", "pledge_loan_paid", "paid_east", region="east")
BEFORE = here("2024-01/2024-09", "1000000", "pledge_loan_paid", "paid_before")
FEBRUARY = here("2025-02-28", "1000000", "pledge_loan_balance", "balance_of_february")
UNDATED = here("unknown", "1000000", "pledge_loan_paid", "paid_some_day")
FAIR = here("2025-06-18", "1000000", "trade_fair_intent_amount", "fair")


def chain(*keys: str, scale: Scale = Scale.LINEAR) -> FigureSpec:
    return figure("cascade", scale, values=keys)


CASES: dict[str, tuple[FigureSpec, tuple[Metric, ...], str, str]] = {
    "no money": (chain("contracted", "grants"), (), "'grants' is no money of a class", "use kind: bar, or a table"),
    "money of no step": (
        chain("contracted", "fine"),
        (FINE,),
        "'fine' (penalty) is no step from an intention to a loan",
        DOT,
    ),
    "another order": (
        chain("registered", "contracted"),
        (),
        "'registered' (registration) stands before 'contracted' (contract), which comes first",
        "name them in the order intention, contract, registration, credit_line, disbursement, balance",
    ),
    "one class twice": (
        chain("paid", "received"),
        (TWIN,),
        "'paid' and 'received' are of one class (disbursement), and each has one row",
        "leave one of the two out, or use kind: bar to compare money of one class",
    ),
    "another region": (
        chain("registered", "paid_east"),
        (EAST,),
        "'paid_east' is of another region than 'registered'",
        DOT,
    ),
    "another year": (
        chain("registered", "paid_before"),
        (BEFORE,),
        ("'paid_before' (January–September 2024) and 'registered' (January–September 2025) are not of the same time"),
        DOT,
    ),
    "a balance of another day": (
        chain("paid", "balance_of_february"),
        (FEBRUARY,),
        "'balance_of_february' (end of February 2025) and 'paid' (January–September 2025) are not of the same time",
        DOT,
    ),
    "a single event": (
        chain("fair", "contracted"),
        (FAIR,),
        "'contracted' (January–September 2025) and 'fair' (18 June 2025) are not of the same time",
        DOT,
    ),
    "no date": (
        chain("registered", "paid_some_day"),
        (UNDATED,),
        "'paid_some_day' is undated, so nothing says that it belongs with the others",
        DOT,
    ),
    "a logarithmic scale": (
        chain("contracted", "registered", scale=Scale.LOGARITHMIC),
        (),
        "a chart of kind 'cascade' needs a zero, which a logarithmic scale does not have",
        "use kind: dot for values of very different size, or scale: linear",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_misleading_cascade_is_refused(case: str) -> None:
    spec, more, message, hint = CASES[case]

    assert refused(spec, *more) == [(message, (hint,), None)]


def test_classes_that_are_named_and_not_added_are_no_breach_of_the_rule_on_money() -> None:
    for name in ("cascade", "cascade-of-two-sources"):
        assert refused(FIGURES[name]) == []
