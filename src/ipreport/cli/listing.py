"""How metrics of the catalogue are listed: aligned lines for people, records for programs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import typer

from ipreport.cli.output import print_json
from ipreport.language import LANGUAGES
from ipreport.metrics import LISTED_RELATIONS, SINGLE_RELATIONS, Definition, Words

if TYPE_CHECKING:
    from ipreport.language import Localized
    from ipreport.readers import CatalogueEntry


def metrics(found: Sequence[CatalogueEntry], *, as_json: bool) -> None:
    """Every metric on a line; one alone with all that is known of it."""
    if as_json:
        print_json({"metrics": [record(entry) for entry in found]})
        return
    if not found:
        typer.echo("no metric matches; fewer words find more, and without words all are listed", err=True)
    for line in aligned([_row(entry.definition) for entry in found]):
        typer.echo(line)
    if len(found) == 1:
        for label, text in _details(found[0]):
            typer.echo(f"  {label:<12}{text}")


def record(entry: CatalogueEntry) -> dict[str, Any]:
    """A metric as JSON."""
    metric = entry.definition
    relations = metric.relations
    return {
        "id": metric.id,
        "name": _pair(metric.name),
        "terms": _words(metric.terms),
        "abbreviations": _words(metric.abbreviations),
        "unit": {"key": metric.unit.key, "label": _pair(metric.unit.label)},
        "usual_unit": {"key": metric.usual_unit.key, "label": _pair(metric.usual_unit.label)},
        "kind": metric.kind.value,
        "direction": metric.direction.value,
        "periods": [period.value for period in metric.periods],
        "aggregation": metric.aggregation.value,
        "comparisons": [comparison.value for comparison in metric.comparisons],
        "places": metric.places,
        "least": _number(metric.bounds.least),
        "greatest": _number(metric.bounds.greatest),
        "caliber": metric.caliber,
        "breaks": [{"since": entry.since.isoformat(), "note": _pair(entry.note)} for entry in metric.breaks],
        "money_class": metric.money_class.value if metric.money_class is not None else None,
        **{key: getattr(relations, key) for key in SINGLE_RELATIONS},
        **{key: list(getattr(relations, key)) for key in LISTED_RELATIONS},
        "parts": list(entry.parts),
        "plans": list(metric.plans),
        "note": _pair(metric.note),
        "convention": _pair(metric.convention),
        "origin": str(entry.origin) if entry.origin is not None else None,
    }


def _row(metric: Definition) -> tuple[str, ...]:
    return metric.id, metric.name.zh, metric.name.en, metric.usual_unit.label.zh


def _details(entry: CatalogueEntry) -> Iterator[tuple[str, str]]:
    """What is known of a metric, label and text; what there is nothing to say of is left out."""
    metric = entry.definition
    texts = [("means", metric.note), ("convention", metric.convention)]
    texts += [("break", change.note) for change in metric.breaks]
    facts = {
        "also": ", ".join((*metric.terms, *metric.abbreviations)),
        "unit": " / ".join(dict.fromkeys((metric.unit.key, metric.usual_unit.key))),
        "kind": f"{metric.kind}, {metric.direction}" + (f", money: {metric.money_class}" if metric.money_class else ""),
        "periods": ", ".join(metric.periods),
        "over time": f"{metric.aggregation}; compared by {', '.join(metric.comparisons) or 'nothing'}",
        "values": _limits(metric),
        "relations": ", ".join(f"{key} {name}" for key, name in metric.relations.named()),
        "parts": ", ".join(entry.parts),
        "plans": ", ".join(metric.plans),
        "changed in": str(entry.origin or ""),
    }
    yield from ((label, text[language]) for label, text in texts if text is not None for language in LANGUAGES)
    yield from ((label, text) for label, text in facts.items() if text)


def _limits(metric: Definition) -> str:
    least, greatest = metric.bounds.least, metric.bounds.greatest
    ends = [f"from {least}"] if least is not None else []
    ends += [f"to {greatest}"] if greatest is not None else []
    return " ".join([*ends, f"with {metric.places} decimals"])


_WIDEST = 60
"""The widest text that a column makes room for."""


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines whose columns begin below one another; a Chinese character is two columns wide.

    A text wider than `_WIDEST` runs over instead of pushing the next column away from all others.
    """
    widths = [max((w for w in map(_width, column) if w <= _WIDEST), default=0) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _pair(text: Localized | None) -> dict[str, str] | None:
    return {"zh": text.zh, "en": text.en} if text is not None else None


def _words(words: Words) -> dict[str, list[str]]:
    return {"zh": list(words.zh), "en": list(words.en)}


def _number(value: object) -> str | None:
    return None if value is None else str(value)
