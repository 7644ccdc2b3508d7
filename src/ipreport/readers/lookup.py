"""Looking metrics up in the catalogue, by id, name, term or abbreviation in either language."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from ipreport.metrics import Definition
from ipreport.problems import Origin
from ipreport.readers.catalogue import Catalogue, catalogue, office_catalogue
from ipreport.readers.folder import briefing_folder, require_folder


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A metric with the metrics that are parts of it.

    `origin` is the place in an office's own catalogue that adds or changes it, None
    for an entry as it ships with the program.
    """

    definition: Definition
    parts: tuple[str, ...]
    origin: Origin | None


def look_up(words: str = "", *, briefing: str | Path | None = None) -> tuple[CatalogueEntry, ...]:
    """The metrics of the catalogue that match all of `words`; all metrics without words.

    A word matches anywhere in id, names, terms and abbreviations, in either language,
    whatever its case; a whole id finds that metric alone. Those in which every word
    stands by itself come first. `briefing` (a folder, or the name of one in `report/`)
    includes what the office's own files add and change.

    Raises ReportError with every problem of those files.
    """
    known = catalogue() if briefing is None else _own_catalogue(briefing_folder(briefing))
    parts: dict[str, list[str]] = defaultdict(list)
    for entry in known.values():
        for whole in entry.relations.part_of:
            parts[whole].append(entry.id)
    wanted = _plain(words).split()
    metrics = [known[words.strip()]] if words.strip() in known else list(known.values())
    found = [(metric, _plain("\n".join(_texts(metric)))) for metric in metrics]
    matching = [(metric, text) for metric, text in found if all(word in text for word in wanted)]
    # Sorting is stable: within a group the order of the catalogue stays.
    matching.sort(key=lambda match: not all(_stands_alone(word, match[1]) for word in wanted))
    return tuple(CatalogueEntry(metric, tuple(parts[metric.id]), known.origin(metric.id)) for metric, _text in matching)


def _own_catalogue(folder: Path) -> Catalogue:
    require_folder(folder)
    return office_catalogue(folder)[0]


def _texts(metric: Definition) -> tuple[str, ...]:
    return (metric.id, metric.name.zh, metric.name.en, *metric.terms, *metric.abbreviations)


def _plain(text: str) -> str:
    """Full-width letters and capitals count as plain ones."""
    return unicodedata.normalize("NFKC", text).casefold()


def _stands_alone(word: str, text: str) -> bool:
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
