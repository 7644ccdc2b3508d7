"""Remarks for the editor of a draft: what the rules found, and what else was warned of, each at its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from ipreport.compose.annex import CHECKS_LABEL, finding_lines
from ipreport.compose.common import Languages, keys_in
from ipreport.compose.content import Content, NumberedFinding, state_label
from ipreport.document import (
    Block,
    Cards,
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
    texts_of,
)
from ipreport.language import BY_CODE, EN, Language
from ipreport.metrics import Status, recorded_keys
from ipreport.problems import Level, Problem

Made = tuple[str, Block]
"""A block, and the place in briefing.yaml of what it was made from: `sections[2].blocks[1]`."""


def comments(
    blocks: Sequence[Block], made: Iterable[Made], content: Content, languages: Languages, problems: Iterable[Problem]
) -> tuple[Comment, ...]:
    """The remarks on the `blocks` of an edition from top to bottom, those at one block in the order they are found.

    Each finding stands at the first place that prints one of the values in doubt, each
    other warning about briefing.yaml at the block made from the text it is about, where
    the edition has that text. What has no place of its own stands at the first block.
    A remark prints nothing: its values lead to no record.
    """
    found = [_of_finding(entry, blocks, content, languages) for entry in (*content.findings, *content.notes)]
    numbers = list(_numbered(made, blocks))
    others = (problem for problem in problems if _is_of_briefing(problem, content))
    told = (problem for problem in others if _language(problem) in {None, *languages})
    found += (Comment(_block_of(problem, numbers, blocks), (_warning(problem),)) for problem in told)
    return tuple(sorted(found, key=lambda comment: comment.block))


# --- findings --------------------------------------------------------------------


def _of_finding(entry: NumberedFinding, blocks: Sequence[Block], content: Content, languages: Languages) -> Comment:
    number, key = _place(entry, blocks)
    texts = tuple(_text(finding_lines(entry, content, language), language) for language in languages)
    return Comment(number, texts, key)


def _place(entry: NumberedFinding, blocks: Sequence[Block]) -> tuple[int, str | None]:
    """The block that prints one of a finding's values first, and the key it is printed under.

    Failing that one that prints what is worked out from them, and then the list of checks.
    A finding about the whole record has no place of its own, and what a picture shows
    cannot be pointed at.
    """
    subjects = set(entry.finding.subjects) if entry.finding.marked else set()
    lists = [number for number, block in enumerate(blocks) if isinstance(block, Table) and block.label == CHECKS_LABEL]
    others = [number for number in range(len(blocks)) if number not in lists]
    tests: tuple[tuple[list[int], Callable[[str], bool]], ...] = (
        (others, lambda key: key in subjects),
        (others, lambda key: not subjects.isdisjoint(recorded_keys(key))),
        (lists, lambda key: key in subjects),
    )
    for numbers, shows in tests:
        for number, block in ((number, blocks[number]) for number in numbers):
            for key in filter(shows, keys_in(_printed(block))):
                return number, key
            if any(shows(key) for key in _drawn(block)):
                return number, None
    return _first(blocks), None


def _printed(block: Block) -> Iterator[Text]:
    """The texts of a block that stand on the page."""
    match block:
        case Table():
            yield from block.caption.texts if block.caption is not None else ()
            yield from (text for row in (*block.head, *block.body) for cell in row.cells for text in cell.texts)
            yield from (text for note in block.notes for text in note)
        case Figure():
            yield from block.caption.texts
            yield from (text for note in block.notes for text in note)
        case Cards():
            yield from (text for card in block.cards for text in (*card.label, *card.value, *card.detail))
            yield from (text for note in block.notes for text in note)
        case _:
            yield from texts_of(block)


def _drawn(block: Block) -> Iterator[str]:
    items = block.picture.drawing.items if isinstance(block, Figure) else ()
    return (item.value_key for item in items if isinstance(item, DrawnText) and item.value_key is not None)


def _first(blocks: Sequence[Block]) -> int:
    """The first block that is part of the text."""
    return next(number for number, block in enumerate(blocks) if not isinstance(block, PageBreak | Contents))


# --- other warnings --------------------------------------------------------------


def _is_of_briefing(problem: Problem, content: Content) -> bool:
    file = problem.origin.file if problem.origin is not None else ""
    return problem.level is Level.WARN and file == content.outline.origin.file


def _language(problem: Problem) -> Language | None:
    """The language of the text that a problem is about; None where it is about both or none."""
    pointer = problem.origin.pointer if problem.origin is not None else ""
    return BY_CODE.get(pointer.rpartition(".")[2])


def _warning(problem: Problem) -> Text:
    """A warning in the words in which it is told on the command line, which are English."""
    rule = f" ({problem.rule})" if problem.rule else ""
    return _text((f"{problem.message}{rule}", *(f"Hint: {hint}" for hint in problem.hints)), EN)


_PLACE = re.compile(r"sections\[\d+\](?:\.blocks\[\d+\])?")


def _block_of(problem: Problem, numbers: Sequence[tuple[str, int]], blocks: Sequence[Block]) -> int:
    """The block made from the text that a problem is about, a paragraph in its language."""
    place = _PLACE.match(problem.origin.pointer) if problem.origin is not None else None
    there = [number for pointer, number in numbers if place is not None and pointer == place[0]]
    language = _language(problem)
    for number in there:
        block = blocks[number]
        if isinstance(block, Paragraph) and block.text.language is language:
            return number
    return there[0] if there else _first(blocks)


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
