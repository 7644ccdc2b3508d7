"""The head of page one."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.document import Masthead, Texts
from ipreport.writers.docx import runs
from ipreport.writers.docx.context import Context
from ipreport.writers.docx.flow import Item, Para
from ipreport.writers.docx.names import Name


def masthead(context: Context, block: Masthead) -> Iterator[Item]:
    """The head of page one: remark, name, issue, then compiler and date on one line above the rule."""
    yield from (context.para(Name.MASTHEAD_REMARK, text) for text in block.remark)
    yield from (context.para(Name.TITLE, text) for text in block.name)
    if block.issue:
        first = block.issue[0].language
        space = context.plain(runs.WIDE_SPACE, first, Name.MASTHEAD_LINE)
        issue = space.join(context.inlines(text, Name.MASTHEAD_LINE) for text in block.issue)
        yield context.styled(Name.MASTHEAD_LINE, first, issue)
    lines = max(len(block.compiler), len(block.date))
    for index in range(lines):
        name = Name.MASTHEAD_RULE if index + 1 == lines else Name.MASTHEAD_IMPRINT
        yield _imprint(context, name, block.compiler[index : index + 1], block.date[index : index + 1])


def _imprint(context: Context, name: Name, left: Texts, right: Texts) -> Para:
    language = (*left, *right)[0].language
    sides = ["".join(context.inlines(text, name) for text in side) for side in (left, right)]
    return context.styled(name, language, runs.TAB.join(sides))
