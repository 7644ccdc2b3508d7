"""Checks of what a briefing is about to say: templates, doubtful values, digits typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ipreport.compose import annex, prose, regions, templates
from ipreport.compose.content import Content, NumberedFinding
from ipreport.compose.typed import without_named
from ipreport.language import EN, LANGUAGES, Language, Localized
from ipreport.metrics import Status
from ipreport.outline import (
    CalloutBlock,
    CardsBlock,
    ChangesBlock,
    FigureSpec,
    ListBlock,
    OutlineBlock,
    SourcesBlock,
    TableSpec,
    Template,
    TextBlock,
)
from ipreport.problems import Level, Problem, block, warn
from ipreport.wording.numbers import fixed


def check(content: Content, *, accept_warnings: bool = False) -> list[Problem]:
    """Every problem of the briefing's content, in reading order.

    Findings of the rules need an acknowledgement before anything is built; with
    `accept_warnings` only the blocking ones do.
    """
    problems: list[Problem] = []
    for template in _templates(content):
        found = templates.check(template, content)
        problems += found or _typed_digits(template, content)
    problems += regions.check(content)
    problems += _findings(content, accept_warnings)
    problems += _blocked_values(content)
    problems += prose.check(content)
    problems += _needless_acknowledgements(content)
    problems += _missing_annexes(content)
    problems += _wrong_changes_blocks(content)
    return problems


def _templates(content: Content) -> Iterator[Template]:
    for section in content.outline.sections:
        for entry in section.blocks:
            yield from _templates_of(entry)


def _templates_of(entry: OutlineBlock) -> Iterator[Template]:
    match entry:
        case TextBlock() | CalloutBlock():
            yield entry.text
        case ListBlock():
            yield from entry.items
        case CardsBlock():
            yield from (card.detail for card in entry.cards if card.detail is not None)
        case TableSpec():
            yield from entry.notes
        case FigureSpec() if entry.note is not None:
            yield entry.note


# --- findings of the rules -------------------------------------------------------


def _findings(content: Content, accept_warnings: bool) -> Iterator[Problem]:
    for entry in content.notes:
        origin = content.metrics[entry.finding.subjects[0]].origin
        readings = tuple(_readings(entry, content))
        yield Problem(Level.NOTE, annex.finding_message(entry, content, EN), origin, entry.finding.rule, readings)
    for entry in content.findings:
        finding = entry.finding
        if finding.acknowledgement(content.metrics) is None:
            blocking = finding.level is Level.BLOCK or not accept_warnings
            yield Problem(
                Level.BLOCK if blocking else finding.level,
                annex.finding_message(entry, content, EN),
                content.metrics[finding.subjects[0]].origin,
                finding.rule,
                (*_lapsed(entry, content), _how_to_acknowledge(entry, content), *_readings(entry, content)),
            )


def _lapsed(entry: NumberedFinding, content: Content) -> Iterator[str]:
    """Acknowledgements of this finding that were given for other values."""
    for accepted in entry.finding.named_in(content.metrics):
        listed = ", ".join(f"{key}: {value}" for key, value in accepted.lapsed(content.metrics))
        yield f"the acknowledgement at {accepted.origin} has lapsed: it was for {listed}"


def _how_to_acknowledge(entry: NumberedFinding, content: Content) -> str:
    metrics = [content.metrics[key] for key in entry.finding.subjects]
    listed = ", ".join(f'{m.key}: "{fixed((m.value or Decimal(0)) / m.stated_in.scale, m.places)}"' for m in metrics)
    return (
        "correct the value, or accept it under 'acknowledged:' with "
        f"rule: {entry.finding.rule}, values: {{{listed}}}, by, date and reason"
    )


def _readings(entry: NumberedFinding, content: Content) -> Iterator[str]:
    """Readings that would satisfy the rule, as a start for whoever asks the source."""
    if entry.finding.candidates:
        worded = (annex.reading(candidate, content, EN) for candidate in entry.finding.candidates)
        yield "readings that would fit, none of them applied: " + " | ".join(worded)


def _blocked_values(content: Content) -> Iterator[Problem]:
    metrics = content.metrics
    # What is said of the whole record, such as that nothing is dated, accepts no single value.
    general = [e for found in content.findings if not found.finding.marked for e in found.finding.named_in(metrics)]
    held = (e for e in metrics.acknowledgements if e not in general and not e.lapsed(metrics))
    accepted = {key for entry in held for key in entry.metrics}
    for metric in content.metrics:
        if metric.status is Status.BLOCKED and metric.key not in accepted:
            message = f"'{metric.key}' is blocked and nobody has acknowledged it"
            hint = "confirm the value and remove 'status: blocked', or acknowledge the finding about it"
            yield block(message, metric.origin, hint)


def _needless_acknowledgements(content: Content) -> Iterator[Problem]:
    for entry in content.metrics.acknowledgements:
        if all(entry not in found.finding.named_in(content.metrics) for found in content.findings):
            message = f"nothing to acknowledge: {entry.rule} finds nothing about {', '.join(entry.metrics)}"
            yield warn(message, entry.origin, "remove the entry, or correct its rule and metrics")


def _missing_annexes(content: Content) -> Iterator[Problem]:
    blocks = [entry for section in content.outline.sections for entry in section.blocks]
    if content.findings and not content.has_checks:
        message = "values in doubt are printed, but the briefing has no list of data checks"
        yield block(message, content.outline.origin, "add a block 'checks: {}' to a section")
    if not any(isinstance(entry, SourcesBlock) for entry in blocks):
        message = "the briefing does not print its sources"
        yield block(message, content.outline.origin, "add a block 'sources: {}' to a section")


def _wrong_changes_blocks(content: Content) -> Iterator[Problem]:
    """What was revised must be listed, once, and a list needs an issue to compare with."""
    restatement = content.restatement
    blocks = (entry for section in content.outline.sections for entry in section.blocks)
    lists = [entry for entry in blocks if isinstance(entry, ChangesBlock)]
    for entry in lists[1:]:
        yield block("the list of changes stands twice", entry.origin, "delete one of the blocks 'changes: {}'")
    if restatement is not None and restatement.changes and not lists:
        message = f"figures were revised since issue {restatement.since.slug}, but the briefing does not list them"
        yield block(message, content.outline.origin, "add a block 'changes: {}' to a section")
    if restatement is None and lists:
        message = "nothing says what changed: the manifest of the previous issue is not given"
        hint = "name it: previous: previous/manifest.json, a copy from the last issue's folder in output/"
        yield block(message, lists[0].origin, hint, "or delete the block in a first issue")


# --- digits typed by hand ----------------------------------------------------------

_DIGITS = re.compile(r"\d(?:[\d,.]*\d)?")
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


def _typed_digits(template: Template, content: Content) -> Iterator[Problem]:
    for language in LANGUAGES:
        if digits := _digits_in(template.text[language], language):
            message = f"the number '{digits}' is typed by hand in the {language.name} text"
            same = [key for key, shown in content.shown.items() if digits in _digits_of(shown.number)]
            instead = " or ".join(f"{{{{ {key}.number }}}}" for key in same) or "a metric"
            yield warn(message, template.origin(language), f"show {instead} instead, so that the number has one source")


def _digits_of(number: Localized) -> set[str]:
    """The digits that both languages show of a value, with and without grouping."""
    shown = {digits for words in (number.zh, number.en) for digits in _DIGITS.findall(words)}
    return shown | {digits.replace(",", "") for digits in shown}


def _digits_in(written: str, language: Language) -> str:
    found = _DIGITS.search(without_named(_PLACEHOLDER.sub("", written), language))
    return found[0] if found else ""
