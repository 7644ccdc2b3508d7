"""The error set is caught in full, each mistake by the check that is there for it, and clean briefings are let pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from helpers import HAIXI, copy_of
from ipreport.cache import Cache
from ipreport.compose import Content, compose, verify, verify_editions
from ipreport.document import Document
from ipreport.figures import draw
from ipreport.fonts import find_faces
from ipreport.outline import Edition
from ipreport.pipeline.checked import looked_over
from ipreport.problems import Level, Problem, ReportError
from ipreport.readers import Input, read
from ipreport.style import MODERN
from mutating import Error, Mutation
from mutations import SEEDED_IN_HAIXI
from mutations_history import SEEDED_IN_HISTORY

SHIPPED = {folder.name: folder for folder in sorted(HAIXI.parent.iterdir()) if folder.is_dir()}
MUTATIONS = (*SEEDED_IN_HAIXI, *SEEDED_IN_HISTORY)


@dataclass(frozen=True)
class Clean:
    """A shipped briefing as it is: read, checked, composed."""

    source: Input
    content: Content
    problems: tuple[Problem, ...]
    documents: dict[Edition, Document]


@pytest.fixture(scope="module")
def clean(warm_cache: Path) -> dict[str, Clean]:
    return {name: composed(folder, warm_cache) for name, folder in SHIPPED.items()}


def composed(folder: Path, cache_folder: Path) -> Clean:
    kept = Cache(cache_folder)
    source = read(folder)
    content, problems = looked_over(source, accept_warnings=False)
    documents, faces = {}, find_faces(cache=kept)
    for edition in content.outline.editions:
        figures = {
            spec.id: draw(spec, content.metrics, edition.languages, MODERN, faces, kept, content.marks)
            for spec in content.outline.figures()
        }
        documents[edition] = compose(content, edition, figures, date(2026, 11, 22))
    return Clean(source, content, tuple(problems), documents)


def caught(mutation: Mutation, clean: dict[str, Clean], tmp_path: Path) -> list[Problem]:
    """What the check that must catch a mistake says of it, and does not say of the clean briefing."""
    one = clean[mutation.briefing]
    if mutation.data is not None:
        found = tuple(looked_over(mutation.data(one.source), accept_warnings=False)[1])
    elif mutation.document is not None:
        found = verify(mutation.document(one.documents[Edition.BILINGUAL]), one.content)
    else:
        assert mutation.files is not None
        copy = copy_of(SHIPPED[mutation.briefing], tmp_path)
        mutation.files(copy)
        found = read_and_checked(copy.folder)
    return [problem for problem in found if is_by(problem, mutation.caught_by) and problem not in one.problems]


def read_and_checked(folder: Path) -> tuple[Problem, ...]:
    try:
        return tuple(looked_over(read(folder), accept_warnings=False)[1])
    except ReportError as error:
        return error.problems


def is_by(problem: Problem, check: str) -> bool:
    """Whether a problem is of the rule, or of the check that says these words."""
    return problem.rule == check or (problem.rule is None and check in problem.message)


Seed = Callable[[Mutation], list[Problem]]


@pytest.fixture(scope="module")
def seed(clean: dict[str, Clean], tmp_path_factory: pytest.TempPathFactory) -> Seed:
    """Seeds a mistake, once for all tests, and gives what its check says."""
    known: dict[str, list[Problem]] = {}

    def once(mutation: Mutation) -> list[Problem]:
        if mutation.name not in known:
            known[mutation.name] = caught(mutation, clean, tmp_path_factory.mktemp("seeded"))
        return known[mutation.name]

    return once


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: f"{mutation.briefing}: {mutation.name}")
def test_a_mistake_is_caught_by_the_check_that_is_there_for_it(mutation: Mutation, seed: Seed) -> None:
    assert seed(mutation) != []


def test_the_clean_briefings_raise_no_alarm(clean: dict[str, Clean]) -> None:
    for one in clean.values():
        assert [str(problem) for problem in one.problems if problem.level is not Level.NOTE] == []
        for document in one.documents.values():
            assert verify(document, one.content) == ()
        assert verify_editions(one.documents.values(), one.content) == ()


def test_every_mistake_of_every_class_is_caught(seed: Seed) -> None:
    seeded, found = Counter[Error](), Counter[Error]()
    for mutation in MUTATIONS:
        seeded[mutation.error] += 1
        found[mutation.error] += bool(seed(mutation))
    rates = {error: f"{found[error]} of {seeded[error]}" for error in Error}
    print("\n".join(f"{error}: {rate}" for error, rate in rates.items()))  # noqa: T201 - the rate is to be seen

    assert len(MUTATIONS) >= 60
    assert set(SHIPPED) == {mutation.briefing for mutation in MUTATIONS}
    assert all(seeded[error] for error in Error)
    assert rates == {error: f"{seeded[error]} of {seeded[error]}" for error in Error}


def test_every_mistake_has_a_name_of_its_own() -> None:
    assert len({(mutation.briefing, mutation.name) for mutation in MUTATIONS}) == len(MUTATIONS)
