"""Checks of what a briefing is about to say: templates, other texts, doubtful values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ipreport.compose import annex, prose, regions, table_of_contents, templates
from ipreport.compose.beside import beside
from ipreport.compose.by_hand import typed_in_template
from ipreport.compose.content import Content, NumberedFinding
from ipreport.compose.contradictions import contradictions
from ipreport.compose.order import out_of_order
from ipreport.compose.parity import differences
from ipreport.compose.texts import Placed, check_texts
from ipreport.language import EN, LANGUAGES, ZH, Localized
from ipreport.metrics import Status
from ipreport.outline import ChangesBlock, ChecksBlock, QuoteBlock, SourcesBlock, Template, templates_of
from ipreport.problems import Level, Problem, block, warn
from ipreport.wording.numbers import fixed


def check(content: Content, texts: Iterable[Placed] = (), *, accept_warnings: bool = False) -> list[Problem]:
    """Every problem of the briefing's content, in reading order.

    `texts` are those of its files, of which the ones that are no templates are checked
    as well. Findings of the rules need an acknowledgement before anything is built; with
    `accept_warnings` only the blocking ones do.
    """
    problems: list[Problem] = []
    for entry in (entry for section in content.outline.sections for entry in section.blocks):
        for template in templates_of(entry):
            problems += check_template(template, content, quoted=isinstance(entry, QuoteBlock))
    problems += check_texts(texts, content.outline.templates(), content)
    problems += regions.check(content)
    problems += check_values(content, accept_warnings=accept_warnings)
    problems += prose.check(content)
    problems += _needless_acknowledgements(content)
    problems += _wrong_annexes(content)
    problems += table_of_contents.check(content)
    problems += _wrong_changes_blocks(content)
    return problems


def check_values(content: Content, *, accept_warnings: bool = False) -> list[Problem]:
    """What stands against printing the values themselves, wherever they appear: a part of `check`."""
    return [*_findings(content, accept_warnings), *_blocked_values(content)]


def check_template(template: Template, content: Content, *, quoted: bool = False) -> list[Problem]:
    """Every problem of one text with placeholders; one that is `quoted` may hold numbers of its own."""
    return templates.check(template, content) or [*_of_template(template, content, quoted=quoted)]


def _of_template(template: Template, content: Content, *, quoted: bool) -> Iterator[Problem]:
    """What the rendered words of both languages say against each other, and against their values."""
    rendered = {language: templates.render(template, content, language) for language in LANGUAGES}
    for difference in differences(rendered[ZH], rendered[EN]):
        yield difference.problem(template.origin(EN))
    yield from out_of_order(rendered[ZH], rendered[EN], content, template.origin(EN))
    for language in LANGUAGES:
        origin = template.origin(language)
        yield from contradictions(rendered[language], content, origin)
        yield from beside(rendered[language], content, origin)
        if not quoted:
            yield from typed_in_template(template.text[language], language, content, origin)


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
            hint = "remove the entry, or correct its rule and metrics"
            yield warn(message, entry.origin, hint, title=_NEEDLESS)


_NEEDLESS = Localized("确认没有对应的核验结果", "Acknowledgement of nothing")


_ANNEXES = {SourcesBlock: "sources", ChecksBlock: "checks", ChangesBlock: "changes"}
"""Blocks that other texts lead to, and which therefore stand once."""


def _wrong_annexes(content: Content) -> Iterator[Problem]:
    blocks = [entry for section in content.outline.sections for entry in section.blocks]
    annexes = [entry for entry in blocks if isinstance(entry, SourcesBlock | ChecksBlock | ChangesBlock)]
    for kind, name in _ANNEXES.items():
        for entry in [entry for entry in annexes if isinstance(entry, kind)][1:]:
            yield block(f"the list of {name} stands twice", entry.origin, f"delete one of the blocks '{name}: {{}}'")
    if content.findings and not content.has_checks:
        message = "values in doubt are printed, but the briefing has no list of data checks"
        yield block(message, content.outline.origin, "add a block 'checks: {}' to a section")
    if not any(isinstance(entry, SourcesBlock) for entry in blocks):
        message = "the briefing does not print its sources"
        yield block(message, content.outline.origin, "add a block 'sources: {}' to a section")


def _wrong_changes_blocks(content: Content) -> Iterator[Problem]:
    """What was revised must be listed, and a list needs an issue to compare with."""
    restatement = content.restatement
    blocks = (entry for section in content.outline.sections for entry in section.blocks)
    lists = [entry for entry in blocks if isinstance(entry, ChangesBlock)]
    if restatement is not None and restatement.changes and not lists:
        message = f"figures were revised since issue {restatement.since.slug}, but the briefing does not list them"
        yield block(message, content.outline.origin, "add a block 'changes: {}' to a section")
    if restatement is None and lists:
        message = "nothing says what changed: the manifest of the previous issue is not given"
        hint = "name it: previous: previous/manifest.json, a copy from the last issue's folder in output/"
        yield block(message, lists[0].origin, hint, "or delete the block in a first issue")
