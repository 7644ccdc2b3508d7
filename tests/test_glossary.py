"""Terms and names have one form in each language; what must not stand for them is reported (R25)."""

from __future__ import annotations

import pytest

import ipreport
from helpers import BRIEFING, METRICS, Copy
from ipreport.language import LANGUAGES
from ipreport.readers.glossary import GLOSSARY_FILE, _shipped


@pytest.mark.parametrize(
    ("written", "house"),
    [
        ("effective patents", "invention patents in force"),
        ("Effective invention patents", "invention patents in force"),
        ("Chaidamu", "Qaidam"),
        ("RMB yuan", "yuan"),
    ],
)
def test_a_banned_form_is_reported_with_its_place_and_the_house_form(small: Copy, written: str, house: str) -> None:
    small.change(BRIEFING, "There are", f"Of {written} there are")

    (problem,) = small.check()
    assert problem == (
        f"briefing.yaml:16:11: warn [R25]: '{written}' is not the house term (sections[0].blocks[0].text.en)\n"
        f"    hint: write '{house}'"
    )


@pytest.mark.parametrize(
    "written", ["the “effective patents” of the source", "ineffective patents", "https://example.org/Chaidamu"]
)
def test_quotations_and_longer_words_are_left_alone(small: Copy, written: str) -> None:
    small.change(BRIEFING, "There are", f"As {written} has it, there are")

    assert small.check() == []


def test_a_banned_form_does_not_stop_the_build(small: Copy) -> None:
    small.change(METRICS, "en: Sample Prefecture", "en: Chaidamu Prefecture")

    built = ipreport.build(small.folder, output=small.root / "output", figures=small.root / "figures")
    assert [problem.rule for problem in built.warnings] == ["R25"]


def test_a_form_that_only_the_finished_document_shows_is_reported_once(small: Copy) -> None:
    """A name of the catalogue stands in no file of the briefing."""
    terms = "- {zh: 罚没款, en: fines, banned: {zh: [罚没款金额], en: [fines and confiscations]}}\n"
    (small.folder / GLOSSARY_FILE).write_text(terms, encoding="utf-8")
    assert small.check() == []

    built = ipreport.build(small.folder, output=small.root / "output", figures=small.root / "figures")
    assert [str(problem).partition("\n")[0] for problem in built.warnings] == [
        "the bilingual edition: warn [R25]: '罚没款金额' is not the house term",
        "the bilingual edition: warn [R25]: 'Fines and confiscations' is not the house term",
    ]


def test_an_office_adds_its_own_terms(small: Copy) -> None:
    terms = "- {zh: 示例州, en: Sample Prefecture, banned: {zh: [示例市], en: [Sample City]}}\n"
    (small.folder / GLOSSARY_FILE).write_text(terms, encoding="utf-8")
    small.change(METRICS, "zh: 示例州", "zh: 示例市")

    (problem,) = small.check()
    assert problem.startswith("metrics.yaml:1:10: warn [R25]: '示例市' is not the house term")


def test_the_office_s_terms_are_checked_with_the_rest(small: Copy) -> None:
    (small.folder / GLOSSARY_FILE).write_text("- {zh: 示例州, baned: {}}\n", encoding="utf-8")
    small.change(METRICS, "unit: yuan", "unit: yaun")

    assert [problem.partition(" (")[0] for problem in small.check()] == [
        "glossary.yaml:1:3: block: the English text is missing",
        "glossary.yaml:1:13: block: unknown key 'baned'",
        "metrics.yaml:18:5: block: unknown unit 'yaun'",
    ]


def test_every_term_that_cannot_be_is_told(small: Copy) -> None:
    (small.folder / GLOSSARY_FILE).write_text("- {zh: 示例州}\n- {en: Sample}\n-\n", encoding="utf-8")

    assert [problem.partition(" (")[0] for problem in small.check()] == [
        "glossary.yaml:1:3: block: the English text is missing",
        "glossary.yaml:2:3: block: the Chinese text is missing",
        "glossary.yaml:3:2: block: expected a mapping of keys, found nothing",
    ]


def test_the_shipped_terms_do_not_ban_each_other() -> None:
    terms = _shipped()
    for language in LANGUAGES:
        forms = {getattr(term, language.code).lower() for term in terms}
        banned = [form.lower() for term in terms for form in getattr(term.banned, language.code)]
        assert len(banned) == len(set(banned))
        assert not forms & set(banned)
