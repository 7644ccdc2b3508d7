"""What the sentences of a briefing say around its values: qualifiers (R12) and claims (R29)."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.compose import claims, qualifiers
from ipreport.compose.content import Content
from ipreport.outline import CardsBlock, FigureSpec, QuoteBlock, TableSpec, templates_of
from ipreport.problems import Problem


def check(content: Content) -> Iterator[Problem]:
    """Every warning about the words beside values, in reading order, then about the names of values."""
    for section in content.outline.sections:
        for entry in section.blocks:
            # Cards, tables and figures show the sources of their values themselves.
            sourced = isinstance(entry, CardsBlock | TableSpec | FigureSpec)
            for template in templates_of(entry):
                yield from qualifiers.check(template, content)
                if not isinstance(entry, QuoteBlock):  # what somebody else claims
                    yield from claims.check(template, content, sourced=sourced)
    yield from claims.check_names(content)
