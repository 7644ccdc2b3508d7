"""Texts that are no templates: titles, captions, labels, the masthead, names and notes of metrics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ipreport.compose.by_hand import typed_in_record, typed_in_title
from ipreport.compose.content import Content
from ipreport.compose.parity import differences
from ipreport.document import text
from ipreport.language import EN, LANGUAGES, ZH, Localized
from ipreport.outline import Template
from ipreport.problems import Origin, Problem

Placed = tuple[str, Origin]
"""A text of a file, and where it stands."""

_CODES = tuple(language.code for language in LANGUAGES)


def check_texts(texts: Iterable[Placed], templates: Iterable[Template], content: Content) -> Iterator[Problem]:
    """What is wrong with the plain texts of a briefing's files, in the order of the files.

    R15: both languages hold the same numbers and directions. Numbers typed by hand are
    reported in titles and labels, and beside the records where they repeat a value.
    """
    prose = {origin for template in templates for origin in template.origins.values()}
    for words, origins in _pairs(texts):
        if not prose & set(origins):
            yield from _of_pair(words, origins, content)
    # Those of a YAML file are among the texts; a table keeps the two languages in two cells.
    told: dict[Localized, Origin] = {}
    for metric in content.metrics:
        if not _in_yaml(metric.origin):
            for said in (metric.name, metric.note):
                if said is not None and said != metric.definition.name:
                    told.setdefault(said, metric.origin)
    for words, origin in told.items():
        yield from _of_pair(words, (origin, origin), content, of_record=True)


def _pairs(texts: Iterable[Placed]) -> Iterator[tuple[Localized, tuple[Origin, Origin]]]:
    """The texts that stand in both languages beside each other: `title.zh` and `title.en`."""
    waiting: dict[tuple[str, str], tuple[str, str, Origin]] = {}
    for words, origin in texts:
        stem, _, code = origin.pointer.rpartition(".")
        if code not in _CODES or not _in_yaml(origin):
            continue
        other = waiting.pop((origin.file, stem), None)
        if other is None:
            waiting[origin.file, stem] = code, words, origin
        elif other[0] == ZH.code:
            yield Localized(other[1], words), (other[2], origin)
        else:
            yield Localized(words, other[1]), (origin, other[2])


def _in_yaml(origin: Origin) -> bool:
    return origin.file.endswith((".yaml", ".yml"))


def _of_pair(
    words: Localized, origins: tuple[Origin, Origin], content: Content, *, of_record: bool = False
) -> Iterator[Problem]:
    for difference in differences(text(ZH, words.zh), text(EN, words.en)):
        yield difference.problem(origins[1])
    for language, origin in zip(LANGUAGES, origins, strict=True):
        if of_record or _beside_records(origin):
            yield from typed_in_record(words[language], language, content, origin)
        elif origin.pointer.startswith("sections["):
            yield from typed_in_title(words[language], language, origin)


def _beside_records(origin: Origin) -> bool:
    """Whether a text is the name or note of a metric, and no title of a source or reason of a person."""
    return origin.pointer.startswith("metrics[") and origin.pointer.rpartition(".")[0].endswith((".name", ".note"))
