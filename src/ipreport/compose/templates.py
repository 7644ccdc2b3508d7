"""Texts with placeholders → inlines. Templates can name metrics and nothing else.

A template is checked against the `grammar` before it is rendered, so that every
unknown name is reported with its place and rendering never fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from jinja2 import StrictUndefined, pass_context
from jinja2 import Template as CompiledTemplate
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ipreport.compose.comparisons import COMPARISONS, compare
from ipreport.compose.content import Content, block_label
from ipreport.compose.grammar import Grammar
from ipreport.compose.marks import PLACEHOLDER_END, PLACEHOLDER_START, inlines_of
from ipreport.document import CaptionKind, Citation, Inline, Reference, Span, Text
from ipreport.language import LANGUAGES, Language, Localized
from ipreport.metrics import Metric, share_key
from ipreport.outline import Template
from ipreport.problems import Problem, block
from ipreport.wording import Shown, show_period, show_share


@dataclass(frozen=True, slots=True)
class Printed:
    """Something a template prints; `there` is what a condition asks of it."""

    inlines: tuple[Inline, ...]
    there: bool = True

    def __bool__(self) -> bool:
        return self.there


class MetricView:
    """A metric as templates see it, in one language."""

    __slots__ = ("_content", "_language", "_metric", "_shown")

    def __init__(self, metric: Metric, shown: Shown, content: Content, language: Language) -> None:
        self._metric = metric
        self._shown = shown
        self._content = content
        self._language = language

    def __bool__(self) -> bool:
        """Whether there is a value; what `{% if metric %}` asks."""
        return self._metric.value is not None

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
        exact = mine.is_exact and total.is_exact
        words = show_share(mine.value, total.value, exact=exact, rounding=self._content.rounding)
        return self._print(words, share_key(mine.key, total.key))

    @property
    def yoy(self) -> Printed:
        """Growth against the same months last year, or the change of a rate: 同比增长15.2%."""
        return self._compared("yoy")

    @property
    def qoq(self) -> Printed:
        """The same against the quarter before: 环比增长15.2%."""
        return self._compared("qoq")

    @property
    def since_year_end(self) -> Printed:
        """The same of a stock against the end of last year: 较上年末增长15.2%."""
        return self._compared("since_year_end")

    def _compared(self, name: str) -> Printed:
        phrase = compare(self._metric, self._content, COMPARISONS[name])
        return replace(self._print(phrase.text, phrase.key), there=phrase.rounded is not None)

    def _print(self, words: Localized, derived_key: str | None = None) -> Printed:
        key = derived_key or self._metric.key
        span = Span(words[self._language], self._language, (), key)
        return Printed((span, *self._content.raised_marks(key, self._language)))


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
        key: MetricView(content.metrics[key], shown, content, language) for key, shown in content.shown.items()
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
    """What is wrong with a template: what the grammar refuses, and unequal languages."""
    problems: list[Problem] = []
    used: dict[str, set[str]] = {}
    for language in LANGUAGES:
        grammar = Grammar(content, template.origin(language))
        grammar.check(template.text[language], _ENVIRONMENT)
        problems += grammar.problems
        used[language.code] = grammar.values
    zh, en = (used[language.code] for language in LANGUAGES)
    if not problems and zh != en:
        listed = ", ".join(sorted(zh ^ en))
        message = f"the two languages show different values: {listed}"
        problems.append(block(message, template.origin(LANGUAGES[1]), "show the same metrics in both", rule="R15"))
    return problems
