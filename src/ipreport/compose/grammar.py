"""What a template may say: text, values, references, and whether a value is there.

The syntax tree is walked form by form, and what is none of these forms is refused.
So a template cannot loop, compute or reach the system, and one that passes prints
without an error.
"""

from __future__ import annotations

from jinja2 import Environment, TemplateSyntaxError, nodes

from ipreport.compose.comparisons import COMPARISONS, EXTENTS, QUARTERS
from ipreport.compose.content import Content
from ipreport.compose.sense import refusal
from ipreport.metrics import Metric, share_key
from ipreport.problems import Origin, Problem, block, did_you_mean

REFERENCES = ("figure", "table", "cite")
ROUNDING = "rounding"
"""Prints the rule of rounding in words."""
ATTRIBUTES = (
    "text", "value", "number", "name", "period", "as_of", "to_date", "source",
    *COMPARISONS, *EXTENTS, "quarter", *QUARTERS, "previous", "rank", "target",
)  # fmt: skip
"""What a template may name of a metric."""

ASKED = {
    **dict.fromkeys((*COMPARISONS, *QUARTERS), ("rises", "falls", "unchanged")),
    "quarter": (),
    "rank": ("first",),
    "target": ("met",),
    "previous": (),
}
"""What a condition may ask of a metric, and what of that."""

_SHOWN = {
    name: name.removesuffix("_extent")
    for name in (*COMPARISONS, *EXTENTS, "quarter", *QUARTERS, "previous", "rank", "target")
}
"""Attributes that print a value of their own; an extent is the comparison in other words."""

_ONLY = "only placeholders and conditions are allowed"
_FORMS = "a placeholder is written {{ metric_id }}, a condition {% if … %}…{% endif %}"


class Grammar:
    """Checks one template; `problems` is what is wrong, `values` the metrics it names."""

    def __init__(self, content: Content, origin: Origin) -> None:
        self._content = content
        self._origin = origin
        self.problems: list[Problem] = []
        self.values: set[str] = set()

    def check(self, source: str, environment: Environment) -> None:
        """Read a template and note everything it may not say."""
        try:
            tree = environment.parse(source)
        except TemplateSyntaxError as error:
            self._refuse(f"template syntax: {error.message}", _FORMS)
            return
        if source.count("**") % 2:
            self._refuse("expected ** on both sides of strong words, found one without its pair")
        self._statements(tree.body)

    def _statements(self, body: list[nodes.Node]) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    for printed in node.nodes:
                        self._printed(printed)
                case nodes.If():
                    self._condition(node.test)
                    self._statements([*node.body, *node.elif_, *node.else_])
                case _:
                    self._refuse_form(node)

    def _printed(self, node: nodes.Node) -> None:
        match node:
            case nodes.TemplateData():
                pass
            case nodes.Name(name=name) if name == ROUNDING:
                self.values.add(ROUNDING)
            case nodes.Name():
                self._metric(node)
            case nodes.Getattr():
                self._attribute(node)
            case nodes.Call():
                self._call(node)
            case nodes.CondExpr(test=test, expr1=yes, expr2=no):
                self._condition(test)
                self._printed(yes)
                if no is None:
                    self._refuse("a condition inside {{ … }} needs an 'else'", "or write {% if … %}…{% endif %}")
                else:
                    self._printed(no)
            case nodes.Const(value=value):
                self._refuse(f"a template may not print '{value}' itself", "write it as text, outside the braces")
            case _:
                self._refuse_form(node)

    def _condition(self, node: nodes.Node) -> None:
        match node:
            case nodes.Name():
                self._metric(node)
            case nodes.Getattr(attr=attribute, node=nodes.Name()) if attribute in ASKED:
                self._attribute(node)
            case nodes.Getattr(attr=asked, node=nodes.Getattr(attr=attribute, node=nodes.Name()) as inner) if (
                asked in ASKED.get(attribute, ())
            ):
                self._attribute(inner)
            case nodes.Not():
                self._condition(node.node)
            case nodes.And() | nodes.Or():
                self._condition(node.left)
                self._condition(node.right)
            case _:
                self._refuse_question(node)

    def _refuse_question(self, node: nodes.Node) -> None:
        """A condition that asks something else: with what may be asked of the same attribute, if anything."""
        message = "a condition may only ask whether a metric has a value"
        written = "write {% if metric_id %}, with 'not', 'and' and 'or' where needed"
        match node:
            case nodes.Getattr(attr=attribute, node=nodes.Name()) if attribute in EXTENTS:
                self._refuse(f"a condition may not ask for '.{attribute}'", f"ask for '.{attribute.split('_')[0]}'")
            case nodes.Getattr(attr=asked, node=nodes.Getattr(attr=attribute)) if attribute in ASKED:
                known = [
                    f"{{% if metric_id.{attribute}{'.' if each else ''}{each} %}}" for each in ("", *ASKED[attribute])
                ]
                self._refuse(f"a condition may not ask for '.{attribute}.{asked}'", f"write {', '.join(known)}")
            case nodes.Getattr(node=nodes.Name()):
                self._refuse(message, written, f"or ask for {', '.join(f'.{name}' for name in ASKED)}")
            case _:
                self._refuse(message, written)

    def _attribute(self, node: nodes.Getattr) -> None:
        if node.attr == "share_of":
            self._refuse("'.share_of' needs the whole", "write {{ part.share_of(whole) }}")
        elif node.attr not in ATTRIBUTES:
            listed = ", ".join(f".{name}" for name in (*ATTRIBUTES, "share_of(…)"))
            self._refuse(f"a template may not use '.{node.attr}'", f"a metric has {listed}")
        elif isinstance(node.node, nodes.Name):
            self._attribute_of(self._metric(node.node), node.attr)
        else:
            self._refuse(f"expected a metric before '.{node.attr}'", f"write {{{{ metric_id.{node.attr} }}}}")

    def _attribute_of(self, metric: Metric | None, attribute: str) -> None:
        """An attribute has to make sense, and both languages must print the same values."""
        if metric is None:
            return
        refused = refusal(metric, attribute, self._content)
        if refused is not None:
            self._refuse(f"'{metric.key}' has no '.{attribute}': {refused.reason}", refused.hint)
        if attribute in _SHOWN:
            self.values.add(f"{metric.key}.{_SHOWN[attribute]}")

    def _metric(self, node: nodes.Name) -> Metric | None:
        if node.name in self._content.shown:
            self.values.add(node.name)
            return self._content.metrics[node.name]
        if node.name in REFERENCES:
            self._refuse(f"'{node.name}' needs an id", f"write {{{{ {node.name}('id') }}}}")
        else:
            hint = did_you_mean(node.name, self._content.shown)
            self._refuse(f"unknown metric '{node.name}' in a template", hint)
        return None

    def _call(self, node: nodes.Call) -> None:
        plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        match node.node:
            case nodes.Getattr(attr="share_of", node=nodes.Name() as part) if plain:
                match node.args:
                    case [nodes.Name() as whole]:
                        self._share(self._metric(part), self._metric(whole))
                    case _:
                        self._refuse("expected one metric in '.share_of(…)'", "write {{ part.share_of(whole) }}")
            case nodes.Name(name=name) if plain and name in REFERENCES:
                self._reference(name, node.args)
            case _:
                self._refuse("only figure('id'), table('id'), cite('source') and .share_of(metric) can be called")

    def _share(self, part: Metric | None, whole: Metric | None) -> None:
        if part is None or whole is None:
            return
        reason = ""
        if part.unit != whole.unit:
            reason = f"their units differ, {part.unit.label.en} and {whole.unit.label.en}"
        elif part.value is None or not whole.value:
            lacking = part if part.value is None else whole
            reason = f"'{lacking.key}' " + ("is 0" if lacking.value == 0 else "has no value")
        self.values.add(share_key(part.key, whole.key))
        if reason:
            self._refuse(f"'{part.key}' has no share of '{whole.key}': {reason}")
        elif part.definition.money_class is not whole.definition.money_class:
            # Kinds of money may be limits of one another, but a share would make one a part of the other.
            listed = f"{part.definition.money_class or 'no money'} and {whole.definition.money_class or 'no money'}"
            message = f"'{part.key}' has no share of '{whole.key}': they are money of different kinds, {listed}"
            self._refuse(message, "name both amounts, without a share", rule="R23")

    def _reference(self, name: str, arguments: list[nodes.Expr]) -> None:
        known = {
            "figure": {spec.id for spec in self._content.outline.figures()},
            "table": {spec.id for spec in self._content.outline.tables()},
            "cite": {source.id for source in self._content.metrics.sources},
        }[name]
        if not arguments or (name != "cite" and len(arguments) > 1):
            self._refuse(f"expected one id in {name}(…), found {len(arguments)}")
        for argument in arguments:
            value = argument.value if isinstance(argument, nodes.Const) else None
            if value not in known:
                self._refuse(f"unknown {name} '{value}' in a template", did_you_mean(str(value), known))

    def _refuse_form(self, node: nodes.Node) -> None:
        self._refuse(f"a template may not use '{type(node).__name__.lower()}'", _ONLY)

    def _refuse(self, message: str, *hints: str, rule: str | None = None) -> None:
        self.problems.append(block(message, self._origin, *hints, rule=rule))
