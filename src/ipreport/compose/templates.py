"""Texts with placeholders → inlines. Templates can name metrics and nothing else.

A template is checked against the `grammar` before it is rendered, so that every
unknown name is reported with its place and rendering never fails.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from jinja2 import StrictUndefined, pass_context
from jinja2 import Template as CompiledTemplate
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ipreport.compose.content import Content, block_label
from ipreport.compose.grammar import ROUNDING, Grammar
from ipreport.compose.marks import PLACEHOLDER_END, PLACEHOLDER_START, inlines_of
from ipreport.compose.views import MetricView, Printed
from ipreport.document import CaptionKind, Citation, Inline, Reference, Text
from ipreport.language import LANGUAGES, Language
from ipreport.outline import Template
from ipreport.problems import Problem, block
from ipreport.wording import ROUNDING_RULES


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
def _compiled(source: str) -> tuple[CompiledTemplate, frozenset[str]]:
    """A template and the names that it uses: of thousands of metrics it needs a few."""
    return _ENVIRONMENT.from_string(source), frozenset(find_undeclared_variables(_ENVIRONMENT.parse(source)))


def render(template: Template, content: Content, language: Language) -> Text:
    """The text of a checked template in one language."""
    pieces: list[tuple[Inline, ...]] = []
    compiled, used = _compiled(template.text[language])
    names = {name: _named(name, content, language) for name in used}
    rendered = compiled.render({**names, _PIECES: pieces})
    return Text(language, inlines_of(rendered, language, tuple(pieces)))


def _named(name: str, content: Content, language: Language) -> object:
    """What a name in a checked template stands for: a metric, or one of the functions."""
    if name in content.shown:
        return MetricView(content.metrics[name], content.shown[name], content, language)
    if name == ROUNDING:
        return ROUNDING_RULES[content.rounding][language]
    if name == "cite":
        return _cite(content, language)
    return _reference(content, language, CaptionKind(name))


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
