"""The briefings that ship with the program, in both themes, as documents and as files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import ipreport
from helpers import HAIXI
from ipreport.document import Document
from ipreport.pipeline import story
from ipreport.pipeline.checked import Formats

BRIEFINGS = ("haixi", "illustrative")
EDITIONS = ("bilingual", "zh", "en")
THEMES = ("modern", "official")
NAMES = tuple(f"{b}.{edition}.{theme}" for b in BRIEFINGS for theme in THEMES for edition in EDITIONS)


@dataclass(frozen=True, slots=True)
class Shipped:
    """An edition of a briefing: its document and what the writers made of it."""

    document: Document
    word: bytes
    portable: bytes


def build_shipped(folder: Path, cache: Path) -> dict[str, Shipped]:
    """Every edition of both briefings by briefing, edition and theme: `haixi.zh.modern`."""
    made: dict[str, Shipped] = {}
    for briefing, theme in product(BRIEFINGS, THEMES):
        editions = build(HAIXI.parent / briefing, folder, cache, theme=theme)
        made |= {f"{briefing}.{edition}.{theme}": each for edition, each in editions.items()}
    return made


def build(source: Path, folder: Path, cache: Path, **options: Any) -> dict[str, Shipped]:
    """What becomes of the briefing in `source`, by edition; its files go to `folder`."""
    written: dict[tuple[str, str], tuple[Document, bytes]] = {}
    with pytest.MonkeyPatch.context() as patch:
        writers = {ending: _kept(ending, write, written) for ending, write in story.WRITERS.items()}
        patch.setattr(story, "WRITERS", writers)
        ipreport.build(source, output=folder, figures=folder / "figures", cache=cache, **options)
    words = {edition: each for (edition, ending), each in written.items() if ending == "docx"}
    return {edition: Shipped(*word, written[edition, "pdf"][1]) for edition, word in words.items()}


def _kept(
    ending: str,
    write: Callable[[Document, Formats], bytes],
    written: dict[tuple[str, str], tuple[Document, bytes]],
) -> Callable[[Document, Formats], bytes]:
    def keep(document: Document, formats: Formats) -> bytes:
        data = write(document, formats)
        written[document.meta.edition, ending] = document, data
        return data

    return keep
