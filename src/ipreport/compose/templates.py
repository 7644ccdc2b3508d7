"""Texts with placeholders → inlines. Templates can name metrics and nothing else.

A template is checked before it is rendered: its syntax tree may hold text,
placeholders and conditions only. So it cannot loop, compute or reach the system,
and every unknown name is reported with its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes, pass_context
from jinja2 import Template as CompiledTemplate
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ipreport.compose.content import Content, block_label
from ipreport.compose.marks import PLACEHOLDER_END, PLACEHOLDER_START, inlines_of
from ipreport.document import CaptionKind, Citation, Inline, Reference, Span, Text
from ipreport.language import LANGUAGES, Language, Localized
from ipreport.metrics import Metric, MetricSet, Qualifier, share_key
from ipreport.outline import Template
from ipreport.problems import Origin, Problem, block, did_you_mean
from ipreport.wording import Shown, show_period, show_share

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Call, nodes.Const,
    nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
FUNCTIONS = ("figure", "table", "cite")
ATTRIBUTES = ("text", "value", "number", "name", "period", "source", "share_of")


@dataclass(frozen=True, slots=True)
class Printed:
    """Something a template prints."""

    inlines: tuple[Inline, ...]


class MetricView:
    """A metric as templates see it, in one language."""

    __slots__ = ("_content", "_language", "_metric", "_shown")

    def __init__(self, metric: Metric, shown: Shown, content: Content, language: Language) -> None:
        self._metric = metric
        self._shown = shown
        self._content = content
        self._language = language

    @property
    def text(self) -> Printed:
        """The value for running text; what `{{ metric }}` prints."""
        return self._print(self._shown.text)

    @property
    def value(self) -> Printed:
        """The value with qualifier and unit, for sentences that give the name themselves."""
        return self._print(self._shown.value)

    @property
    def number(self) -> Printed:
        """The bare number, for sentences that bring qualifier and unit."""
        return self._print(self._shown.number)

    @property
    def name(self) -> str:
        """The metric's name."""
        return self._metric.name[self._language]

    @property
    def period(self) -> str:
        """The time the value belongs to."""
        return show_period(self._metric.period)[self._language]

    @property
    def source(self) -> Printed:
        """A citation of the value's source."""
        source = self._content.metrics.source(self._metric.source)
        return Printed((Citation(f"source-{source.id}", source.marker, self._language),))

    def share_of(self, whole: MetricView) -> Printed:
        """The share of this value in another, as a percentage with one decimal."""
        mine, total = self._metric, whole._metric
        if mine.value is None or not total.value:
            raise ValueError(f"'{mine.key}' has no share of '{total.key}'")
        exact = mine.qualifier is total.qualifier is Qualifier.EXACT
        words = show_share(mine.value, total.value, exact=exact, rounding=self._content.rounding)
        return self._print(words, share_key(mine.key, total.key))

    def _print(self, words: Localized, derived_key: str | None = None) -> Printed:
        key = derived_key or self._metric.key
        span = Span(words[self._language], self._language, (), key)
        marks = (Citation(entry.label, entry.mark, self._language) for entry in self._content.marks_of(key))
        return Printed((span, *marks))


@pass_context
def _keep(context: Context, value: object) -> object:
    """A placeholder for what a template prints; plain text stays as it is."""
    if isinstance(value, MetricView):
        value = value.text
    if isinstance(value, Printed):
        pieces: list[tuple[Inline, ...]] = context[_PIECES]
        pieces.append(value.inlines)
        return f"{PLACEHOLDER_START}{len(pieces) - 1}{PLACEHOLDER_END}"
    return value


_PIECES = "pieces of the text"
"""Where a rendering keeps what its placeholders stand for; no template can name it."""

# No markup comes out of a template: the writers escape text for their own format.
_ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, finalize=_keep)
_ENVIRONMENT.globals.clear()


@lru_cache(maxsize=4096)
def _compiled(source: str) -> CompiledTemplate:
    return _ENVIRONMENT.from_string(source)


def render(template: Template, content: Content, language: Language) -> Text:
    """The text of a checked template in one language."""
    pieces: list[tuple[Inline, ...]] = []
    names = _names(content, language)
    rendered = _compiled(template.text[language]).render({**names, _PIECES: pieces})
    return Text(language, inlines_of(rendered, language, tuple(pieces)))


def _names(content: Content, language: Language) -> dict[str, object]:
    views: dict[str, object] = {
        metric.key: MetricView(metric, content.shown[metric.key], content, language) for metric in content.metrics
    }
    return views | {
        "figure": _reference(content, language, CaptionKind.FIGURE),
        "table": _reference(content, language, CaptionKind.TABLE),
        "cite": _cite(content, language),
    }


def _reference(content: Content, language: Language, kind: CaptionKind) -> Callable[[str], Printed]:
    def refer(block_id: str) -> Printed:
        return Printed(
            (Reference(block_label(block_id, kind), content.caption_text(kind, block_id, language), language),)
        )

    return refer


def _cite(content: Content, language: Language) -> Callable[..., Printed]:
    def cite(*ids: str) -> Printed:
        sources = (content.metrics.source(source_id) for source_id in ids)
        return Printed(tuple(Citation(f"source-{source.id}", source.marker, language) for source in sources))

    return cite


# --- checking ----------------------------------------------------------------


def check(template: Template, content: Content) -> list[Problem]:
    """What is wrong with a template: syntax, unknown names, forbidden constructs, unequal languages."""
    problems: list[Problem] = []
    used: dict[str, list[str]] = {}
    for language in LANGUAGES:
        found, values = _check_one(template.text[language], template.origin(language), content)
        problems += found
        used[language.code] = sorted(values)
    zh, en = (set(used[language.code]) for language in LANGUAGES)
    if not problems and zh != en:
        listed = ", ".join(sorted(zh ^ en))
        message = f"the two languages show different values: {listed}"
        problems.append(block(message, template.origin(LANGUAGES[1]), "show the same metrics in both", rule="R15"))
    return problems


def _check_one(source: str, origin: Origin, content: Content) -> tuple[list[Problem], set[str]]:
    try:
        tree = _ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        hint = "a placeholder is written {{ metric_id }}, a condition {% if … %}…{% endif %}"
        return [block(f"template syntax: {error.message}", origin, hint)], set()
    problems: list[Problem] = []
    values: set[str] = set()
    for node in tree.find_all(nodes.Node):
        problems += _node_problems(node, origin, content)
        if isinstance(node, nodes.Name) and node.name in content.shown:
            values.add(node.name)
    return problems, values


def _node_problems(node: nodes.Node, origin: Origin, content: Content) -> Iterator[Problem]:
    match node:
        case nodes.Getattr() if node.attr not in ATTRIBUTES:
            listed = ", ".join(f".{name}" for name in ATTRIBUTES)
            yield block(f"a template may not use '.{node.attr}'", origin, f"a metric has {listed}")
        case nodes.Name() if node.name not in content.shown and node.name not in FUNCTIONS:
            hint = did_you_mean(node.name, content.shown)
            yield block(f"unknown metric '{node.name}' in a template", origin, hint)
        case nodes.Call():
            yield from _call_problems(node, origin, content)
        case _ if not isinstance(node, _ALLOWED):
            what = type(node).__name__.lower()
            yield block(f"a template may not use '{what}'", origin, "only placeholders and conditions are allowed")


def _call_problems(node: nodes.Call, origin: Origin, content: Content) -> Iterator[Problem]:
    if isinstance(node.node, nodes.Getattr):
        yield from _share_problems(node, node.node, origin, content.metrics)
        return
    name = node.node.name if isinstance(node.node, nodes.Name) else ""
    known = {
        "figure": {spec.id for spec in content.outline.figures()},
        "table": {spec.id for spec in content.outline.tables()},
        "cite": {source.id for source in content.metrics.sources},
    }.get(name)
    if known is None or not node.args or node.kwargs:
        yield block("only figure('id'), table('id') and cite('source') can be called", origin)
        return
    for argument in node.args:
        value = argument.value if isinstance(argument, nodes.Const) else None
        if value not in known:
            yield block(f"unknown {name} '{value}' in a template", origin, did_you_mean(str(value), known))


def _share_problems(
    node: nodes.Call, attribute: nodes.Getattr, origin: Origin, metrics: MetricSet
) -> Iterator[Problem]:
    """Only a recorded value has a share, and only of a recorded value that is not zero."""
    whole = node.args[0] if len(node.args) == 1 else None
    part = attribute.node
    if attribute.attr != "share_of" or not isinstance(whole, nodes.Name) or not isinstance(part, nodes.Name):
        yield block("only '.share_of(metric)' can be called on a metric", origin)
        return
    named = part.name in metrics and whole.name in metrics
    if named and (metrics[part.name].value is None or not metrics[whole.name].value):
        yield block(f"'{part.name}' has no share of '{whole.name}': a value is missing or zero", origin)
