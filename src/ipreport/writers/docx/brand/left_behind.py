"""What a template has that a briefing does not take over, said where somebody may wait for it."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.problems import Origin, Problem, note
from ipreport.writers.docx.brand.wordml import Element, W, is_on

_SETTINGS = {
    "documentProtection": "the protection of the template is not taken over: the briefing can be edited",
    "writeProtection": "the protection of the template is not taken over: the briefing can be edited",
    "trackRevisions": "the template records changes; the briefing starts without that",
    "mailMerge": "the mail merge of the template is not taken over",
    "attachedTemplate": "the template that this one is attached to is not taken over: its own styles are",
    "embedTrueTypeFonts": "the fonts embedded in the template are not taken over, only their names",
}


def left_behind(document: Element, settings: Element | None, file: str) -> Iterator[Problem]:
    """A note for every such thing that this template has."""
    for name, message in _SETTINGS.items():
        found = None if settings is None else settings.find(W + name)
        if is_on(found) and is_on(found, "enforcement"):
            yield note(message, Origin(file))
    if document.find(W + "background") is not None:
        yield note("the page colour of the template is not taken over", Origin(file))
