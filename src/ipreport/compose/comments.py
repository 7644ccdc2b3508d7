"""Remarks for the editor of a draft: what the rules found, and what else was warned of, each at its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ipreport.compose.annex import CHECKS_LABEL, finding_lines
from ipreport.compose.check import check_values
from ipreport.compose.common import Languages, keys_in
from ipreport.compose.content import Content, NumberedFinding, state_label
from ipreport.document import (
    Block,
    Comment,
    Contents,
    DrawnText,
    Figure,
    Inline,
    LineBreak,
    Note,
    PageBreak,
    Paragraph,
    Span,
    Table,
    Text,
    Texts,
    printed_texts_of,
)
from ipreport.language import BY_CODE, EN, Language, Localized
from ipreport.metrics import Status, recorded_keys
from ipreport.problems import Level, Problem

Made = tuple[str, Block]
"""A block, and the place in briefing.yaml of what it was made from: `sections[2].blocks[1]`."""


def comments(
    blocks: Sequence[Block], made: Iterable[Made], content: Content, languages: Languages, problems: Iterable[Problem]
) -> tuple[Comment, ...]:
    """The remarks on the `blocks` of an edition from top to bottom, those at one block in the order they are found.

    Each finding stands at the first place that prints one of the values in doubt, each
    other warning at the block made from the text it is about, or at the value, where
    the edition has that text. What has no place of its own stands at the first block.
    A remark prints nothing: its values lead to no record.
    """
    found = [_of_finding(entry, blocks, content, languages) for entry in (*content.findings, *content.notes)]
    numbers = list(_numbered(made, blocks))
    told = (problem for problem in _others(problems, content) if _language(problem) in {None, *languages})
    found += (_of_warning(problem, numbers, blocks, content, languages) for problem in told)
    return tuple(sorted(found, key=lambda comment: comment.block))


# --- findings --------------------------------------------------------------------


def _of_finding(entry: NumberedFinding, blocks: Sequence[Block], content: Content, languages: Languages) -> Comment:
    subjects = set(entry.finding.subjects) if entry.finding.marked else set()
    number, key = _shown(subjects, blocks) or (_first(blocks), None)
    texts = tuple(_text(finding_lines(entry, content, language), language) for language in languages)
    return Comment(number, texts, key)


def _shown(subjects: set[str], blocks: Sequence[Block]) -> tuple[int, str | None] | None:
    """The block that prints one of these values first, and the key it is printed under; None where none does.

    Failing that one that prints what is worked out from them, and then the list of checks.
    What a picture shows cannot be pointed at.
    """
    lists = [number for number, block in enumerate(blocks) if isinstance(block, Table) and block.label == CHECKS_LABEL]
    others = [number for number in range(len(blocks)) if number not in lists]
    tests: tuple[tuple[list[int], Callable[[str], bool]], ...] = (
        (others, lambda key: key in subjects),
        (others, lambda key: not subjects.isdisjoint(recorded_keys(key))),
        (lists, lambda key: key in subjects),
    )
    for numbers, shows in tests:
        for number, block in ((number, blocks[number]) for number in numbers):
            for key in filter(shows, keys_in(printed_texts_of(block))):
                return number, key
            if any(shows(key) for key in _drawn(block)):
                return number, None
    return None


def _drawn(block: Block) -> Iterator[str]:
    items = block.picture.drawing.items if isinstance(block, Figure) else ()
    return (item.value_key for item in items if isinstance(item, DrawnText) and item.value_key is not None)


def _first(blocks: Sequence[Block]) -> int:
    """The first block that is part of the text."""
    return next(number for number, block in enumerate(blocks) if not isinstance(block, PageBreak | Contents))


# --- other warnings --------------------------------------------------------------


def _others(problems: Iterable[Problem], content: Content) -> Iterator[Problem]:
    """Warnings that tell no finding, and are about what the briefing says and not about the office's template."""
    findings, template = {*check_values(content, accept_warnings=True)}, content.outline.brand
    for problem in problems:
        of_template = template is not None and problem.origin is not None and problem.origin.file == template.as_posix()
        if problem.level is Level.WARN and problem not in findings and not of_template:
            yield problem


def _language(problem: Problem) -> Language | None:
    """The language of the text that a problem is about; None where it is about both or none."""
    pointer = problem.origin.pointer if problem.origin is not None else ""
    return BY_CODE.get(pointer.rpartition(".")[2])


def _of_warning(
    problem: Problem,
    numbers: Sequence[tuple[str, int]],
    blocks: Sequence[Block],
    content: Content,
    languages: Languages,
) -> Comment:
    """A warning at its place; one that has none says where it is about in the files."""
    block = _block_of(problem, numbers, blocks, content)
    about = {metric.key for metric in content.metrics if metric.origin == problem.origin}
    place = (block, None) if block is not None else _shown(about, blocks)
    number, key = place or (_first(blocks), None)
    return Comment(number, _warning(problem, languages, placed=place is not None), key)


_WARNING = Localized("提示", "Warning")


def _warning(problem: Problem, languages: Languages, *, placed: bool) -> Texts:
    """Rule and kind in the languages of the edition, then the words of the command line, which are English."""
    kind, rule = problem.title or _WARNING, f"{problem.rule} " if problem.rule else ""
    lines = [problem.message, *(f"Hint: {hint}" for hint in problem.hints)]
    if not placed and problem.origin is not None:
        lines.append(str(replace(problem.origin, file=Path(problem.origin.file).name)))
    first = {language: [f"{rule}{kind[language]}"] for language in languages}
    first[EN] = [*first.get(EN, ()), *lines]
    return tuple(_text(said, language) for language, said in first.items())


_PLACE = re.compile(r"sections\[\d+\](?:\.blocks\[\d+\])?")


def _block_of(
    problem: Problem, numbers: Sequence[tuple[str, int]], blocks: Sequence[Block], content: Content
) -> int | None:
    """The block made from the text of briefing.yaml that a problem is about, a paragraph in its language."""
    origin = problem.origin
    if origin is None or origin.file != content.outline.origin.file:
        return None
    place = _PLACE.match(origin.pointer)
    there = [number for pointer, number in numbers if place is not None and pointer == place[0]]
    language = _language(problem)
    for number in there:
        block = blocks[number]
        if isinstance(block, Paragraph) and block.text.language is language:
            return number
    return there[0] if there else None


_LEGEND = {state_label(state) for state in Status}


def _numbered(made: Iterable[Made], blocks: Sequence[Block]) -> Iterator[tuple[str, int]]:
    """What each block was made from, by its number in the finished document.

    That has a few blocks more than were made, and some less: breaks, and the legend of marks.
    """
    start = 0
    for pointer, block in made:
        if isinstance(block, PageBreak):
            continue
        number = next((n for n in range(start, len(blocks)) if _is_made_of(blocks[n], block)), None)
        if number is not None:
            yield pointer, number
            start = number + 1


def _is_made_of(finished: Block, block: Block) -> bool:
    labels = (getattr(finished, "label", None), getattr(block, "label", None))
    is_legend = isinstance(finished, Note) and finished.label in _LEGEND
    return type(finished) is type(block) and labels[0] == labels[1] and not is_legend


def _text(lines: Iterable[str], language: Language) -> Text:
    """Lines of one language, one below the other."""
    inlines: list[Inline] = []
    for line in lines:
        inlines += [LineBreak()] if inlines else []
        inlines.append(Span(line, language))
    return Text(language, tuple(inlines))
