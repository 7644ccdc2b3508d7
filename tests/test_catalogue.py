"""The catalogue that ships with the program says what DOMAIN §1 says, and hangs together."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import chain

import pytest

from ipreport.language import LANGUAGES, Language
from ipreport.metrics import (
    Aggregation,
    Comparison,
    Definition,
    Direction,
    Kind,
    PeriodKind,
    UnitKind,
)
from ipreport.readers.catalogue import SHIPPED, THEMES, catalogue
from ipreport.readers.glossary import _pattern, _shipped
from ipreport.readers.schema_catalogue import DefinitionShape
from ipreport.readers.validate import validate
from ipreport.readers.yaml_file import load_yaml

# id, measure word, kind, direction, periods: as the rows of DOMAIN §1 have them. A row that
# names two metrics stands here as two; haixi's own metrics are not in that table.
DOMAIN = """
patent_invention_in_force 件 S ↑ E
patent_invention_hv 件 S ↑ E
patent_invention_per10k 件/万人 R ↑ E
patent_hv_per10k 件/万人 R ↑ E
patent_hv_share % R ↑ E
patent_sei_in_force 件 S ↑ E
patent_grant_total 件 F ↑ YQ
patent_grant_invention 件 F ↑ YQ
patent_grant_um 件 F – YQ
patent_grant_design 件 F – YQ
patent_app_invention 件 F – YQ
pct_app 件 F ↑ Y
hague_app 件 F ↑ Y
enterprise_owners 家 S ↑ E
industrialisation_rate % R ↑ A
ic_layout 件 F ↑ Y
ic_layout_cum 件 C ↑ E
tm_app 件 F – YQ
tm_reg 件 F ↑ YQ
tm_valid 件 S ↑ E
tm_entities_per_mark 户/件 R ↓ E
madrid_app 件 F ↑ Y
gi_product 个 C ↑ E
gi_mark 件 C ↑ E
gi_users 家 S ↑ E
gi_output 亿元 F ↑ A
gi_brand_value 亿元 V ↑ A
pledge_reg_amount 亿元 F ↑ Y
pledge_projects 笔 F ↑ Y
pledge_firms 家 F ↑ Y
pledge_sme 家 F ↑ Y
pledge_credit_line 万元 M ↑ Y
pledge_loan_paid 万元 F ↑ Y
pledge_loan_balance 万元 S ↑ E
patent_transfer_licence 次 F ↑ Y
open_licence 件 F ↑ Y
tech_contract_patent 亿元 F ↑ Y
royalty_trade 亿元 F ↑ YA
ip_insurance_policies 份 F ↑ Y
ip_insurance_cover 万元 F ↑ Y
hv_centre 家 S ↑ E
dispute_filed 件 F – Y
dispute_closed 件 F – Y
dispute_close_rate % R ↑ Y
mediation_success_rate % R ↑ Y
penalty_cases 件 F – Y
penalty_amount 万元 F – Y
protection_centres 家 S ↑ E
overseas_aid 件 F – Y
satisfaction 分 R ↑ A
agencies 家 S ↑ E
attorneys 人 S ↑ E
service_points 家 S ↑ E
training 人次 F ↑ Y
rank_in_province 位 K ↓ E
"""

KINDS = {
    "S": Kind.STOCK, "F": Kind.FLOW, "R": Kind.RATIO, "K": Kind.RANK,
    "C": Kind.CUMULATIVE, "V": Kind.VALUATION, "M": Kind.COMMITMENT,
}  # fmt: skip
DIRECTIONS = {"↑": Direction.UP, "↓": Direction.DOWN, "–": Direction.NEUTRAL}
PERIODS = {"E": PeriodKind.AS_OF, "Y": PeriodKind.YEAR_TO_DATE, "Q": PeriodKind.QUARTER, "A": PeriodKind.YEAR}
ALL = tuple(catalogue().values())
COUNTED = {Kind.STOCK, Kind.FLOW, Kind.CUMULATIVE, Kind.CONTEXT}


def test_every_file_is_in_order_as_a_whole() -> None:
    """Entries are read one by one, so a key that stands twice in a file would go unseen."""
    trees = [load_yaml(SHIPPED / f"{theme}.yaml") for theme in THEMES]

    assert {path.stem for path in SHIPPED.glob("*.yaml")} == set(THEMES)
    ids = list(chain.from_iterable(tree.data for tree in trees if isinstance(tree.data, dict)))
    assert ids == list(catalogue())
    for tree in trees:
        assert isinstance(tree.data, dict)
        for name, entry in tree.data.items():
            validate(DefinitionShape, tree, (name,), entry)


@pytest.mark.parametrize("row", DOMAIN.strip().splitlines())
def test_an_entry_is_as_the_domain_has_it(row: str) -> None:
    name, measure, kind, direction, periods = row.split()
    entry = catalogue()[name]

    assert entry.usual_unit.label.zh == measure
    assert (entry.kind, entry.direction) == (KINDS[kind], DIRECTIONS[direction])
    assert entry.periods == tuple(PERIODS[letter] for letter in periods)


def test_the_eight_indicators_of_the_fourteenth_plan_are_marked() -> None:
    assert {entry.id for entry in ALL if "fyp14" in entry.plans} == {
        "patent_hv_per10k",
        "patent_grant_overseas",
        "pledge_reg_amount",
        "royalty_trade",
        "patent_intensive_gdp_share",
        "copyright_gdp_share",
        "satisfaction",
        "civil_first_instance_acceptance",
    }


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.id)
def test_every_relation_names_a_metric_of_a_fitting_kind(entry: Definition) -> None:
    relations = entry.relations

    for _key, name in relations.named():
        assert name in catalogue()
    assert (relations.numerator is None) == (relations.denominator is None)
    if relations.numerator is not None and relations.denominator is not None:
        assert entry.kind is Kind.RATIO
        for name in (relations.numerator, relations.denominator):
            part = catalogue()[name]
            assert part.kind in COUNTED
            assert part.unit.kind is UnitKind.COUNT
    for name in (*relations.part_of, *relations.item_of):
        assert catalogue()[name].unit.kind is entry.unit.kind
        assert entry.id not in catalogue()[name].relations.part_of


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.id)
def test_kind_unit_periods_and_comparisons_agree(entry: Definition) -> None:
    assert entry.usual_unit.kind is entry.unit.kind
    assert entry.unit.scale == 1
    assert (entry.kind is Kind.RANK) == (entry.unit.kind is UnitKind.RANK)
    assert (entry.money_class is not None) == (entry.unit.kind is UnitKind.MONEY)
    assert (entry.aggregation is Aggregation.SUM) <= (entry.kind in {Kind.FLOW, Kind.COMMITMENT})
    if entry.kind is Kind.STOCK:
        assert entry.periods == (PeriodKind.AS_OF,)
        assert entry.aggregation is Aggregation.LAST
    if entry.unit.kind is UnitKind.PERCENT:
        assert entry.comparisons == (Comparison.PP,)
    assert Comparison.PP not in entry.comparisons or entry.unit.kind is UnitKind.PERCENT


@pytest.mark.parametrize("language", LANGUAGES, ids=str)
def test_a_name_or_term_stands_for_one_metric_only(language: Language) -> None:
    names = Counter(entry.name[language].casefold() for entry in ALL)
    terms = Counter(term.casefold() for entry in ALL for term in getattr(entry.terms, language.code))

    assert [name for name, count in (names + terms).items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES, ids=str)
def test_no_text_holds_a_banned_form(language: Language) -> None:
    banned = _pattern(_shipped(), language)
    assert banned is not None

    for entry in ALL:
        pairs = [entry.name, entry.note, entry.convention, *(change.note for change in entry.breaks)]
        texts = [pair[language] for pair in pairs if pair is not None] + list(getattr(entry.terms, language.code))
        assert banned.findall("\n".join(texts)) == [], entry.id


# --- what DOMAIN says of single metrics -------------------------------------------------


def test_a_series_that_breaks_has_no_growth() -> None:
    entry = catalogue()["gi_product"]

    assert entry.comparisons == ()
    assert "5066" in entry.breaks[0].note.zh
    assert "5,066" in entry.breaks[0].note.en


@pytest.mark.parametrize(
    ("name", "least", "greatest"),
    [
        ("patent_invention_in_force", "0", None),
        ("dispute_close_rate", "0", "100"),
        ("satisfaction", "0", "100"),
        ("rank_in_province", "1", None),
        ("growth_rate", None, None),
    ],
)
def test_values_are_bounded_as_their_unit_says_unless_the_entry_does(
    name: str, least: str | None, greatest: str | None
) -> None:
    bounds = catalogue()[name].bounds

    assert bounds.least == (None if least is None else Decimal(least))
    assert bounds.greatest == (None if greatest is None else Decimal(greatest))


@pytest.mark.parametrize(
    ("name", "comparisons"),
    [
        ("patent_invention_in_force", ["yoy", "qoq"]),
        ("patent_grant_invention", ["yoy", "qoq"]),
        ("penalty_amount", ["yoy"]),
        ("patent_hv_share", ["pp"]),
        ("patent_hv_per10k", ["yoy", "difference"]),
        ("satisfaction", ["difference"]),
        ("rank_in_province", ["difference"]),
        ("gi_brand_value", []),
        ("trade_fair_intent_amount", []),
    ],
)
def test_a_metric_is_compared_as_its_kind_allows(name: str, comparisons: list[str]) -> None:
    assert [comparison.value for comparison in catalogue()[name].comparisons] == comparisons


def test_firms_are_not_added_up_over_quarters() -> None:
    assert catalogue()["pledge_firms"].aggregation is Aggregation.NONE
    assert catalogue()["pledge_projects"].aggregation is Aggregation.SUM
