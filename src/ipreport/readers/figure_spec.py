"""A figure of briefing.yaml → `FigureSpec`: which metrics play which part, and only options that its kind takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from ipreport.language import Localized
from ipreport.outline import CHART_KINDS, ChartKind, ChartRole, FigureSpec, Option, Template, WordForm
from ipreport.problems import Problem, block, did_you_mean
from ipreport.readers.schema import Pair, ProsePair
from ipreport.readers.schema_briefing import FigureShape
from ipreport.readers.yaml_file import Path_, Tree

_ROLES = tuple(dict.fromkeys(role.name for kind in CHART_KINDS.values() for role in kind.roles))
"""The keys under which a figure names its metrics."""

Roles = Mapping[str, tuple[str, ...]]


class FigureReader:
    """Reads one figure and keeps every problem on the way.

    `keys` are the metrics that there are, None where they are not known; `template` makes a
    text with placeholders of a pair under a path.
    """

    def __init__(
        self, tree: Tree, path: Path_, keys: set[str] | None, template: Callable[[Path_, ProsePair], Template]
    ) -> None:
        self._tree, self._path, self._keys, self._template = tree, path, keys, template
        self.problems: list[Problem] = []

    def figure(self, shape: FigureShape) -> FigureSpec | None:
        """The figure; None where its kind is unknown."""
        if shape.kind not in CHART_KINDS:
            hint = did_you_mean(shape.kind, CHART_KINDS)
            self._refuse(f"unknown chart kind '{shape.kind}'", (*self._path, "kind"), hint)
            return None
        given: dict[str, tuple[str, ...]] = {name: getattr(shape, name) for name in _ROLES}
        roles = {name: keys for name, keys in given.items() if keys}
        self._check(shape, roles)
        return FigureSpec(
            id=shape.id,
            kind=shape.kind,
            title=shape.title.localized(),
            roles=MappingProxyType(roles),
            origin=self._tree.origin((*self._path, "kind")),
            labels=labels_of(shape.labels),
            scale=shape.scale,
            note=self._prose("note", shape.note),
            by=shape.by,
            last=shape.last,
            every=shape.every,
            against=shape.against,
            highlight=shape.highlight,
            rank=shape.rank,
            axis_from=None if shape.axis_from is None else Decimal(shape.axis_from),
            cases=shape.cases,
            remainder=None if shape.remainder is None else shape.remainder.localized(),
            width=shape.width,
            word=shape.word,
            alt=self._prose("alt", shape.alt),
            with_table=shape.with_table,
        )

    def _prose(self, name: str, pair: ProsePair | None) -> Template | None:
        return None if pair is None else self._template((*self._path, name), pair)

    def _check(self, shape: FigureShape, roles: Roles) -> None:
        kind = CHART_KINDS[shape.kind]
        for name, keys in roles.items():
            self._known(keys, (*self._path, name))
        self._check_roles(shape.kind, kind, roles)
        shown = [key for keys in roles.values() for key in keys]
        for key in dict.fromkeys(key for key in shown if shown.count(key) > 1):
            self._refuse(f"the metric '{key}' stands twice in the chart", self._path)
        self._check_options(shape, kind)
        self._check_labels(shown, shape.labels)

    def _check_roles(self, name: str, kind: ChartKind, roles: Roles) -> None:
        """The parts are those of one form of the kind, each played by as many metrics as it takes."""
        form = max(kind.forms, key=lambda form: sum(role.name in roles for role in form))
        needed = {role.name: role for role in form}
        listed = " or ".join(", ".join(role.name for role in each) for each in kind.forms)
        for given in roles:
            if given not in needed:
                self._refuse(f"a {name} chart has no '{given}'", (*self._path, given), f"it takes: {listed}")
        for role in needed.values():
            count = len(roles.get(role.name, ()))
            if not role.least <= count <= role.most:
                message = f"a {name} chart takes {_amount(role)} metric(s) as '{role.name}', found {count}"
                self._refuse(message, (*self._path, role.name) if count else self._path)

    def _check_options(self, shape: FigureShape, kind: ChartKind) -> None:
        for option in Option:
            if option in shape.model_fields_set and option not in kind.options:
                able = [name for name, each in CHART_KINDS.items() if option in each.options]
                message = f"a chart of kind '{shape.kind}' takes no '{option}'"
                self._refuse(message, (*self._path, option.value), f"these do: {', '.join(able)}")
        if shape.word is WordForm.NATIVE and not kind.native:
            able = [name for name, each in CHART_KINDS.items() if each.native]
            message = f"Word cannot draw a chart of kind '{shape.kind}' itself"
            self._refuse(message, (*self._path, "word"), f"use 'word: picture', or one of {', '.join(able)}")

    def _check_labels(self, shown: Sequence[str], labels: Iterable[str]) -> None:
        """A chart names only what it shows."""
        self._known(labels, (*self._path, "labels"))
        for key in labels:
            if key not in shown and (self._keys is None or key in self._keys):
                path = (*self._path, "labels", key)
                self._refuse(f"the chart does not show '{key}'", path, did_you_mean(key, shown))

    def _known(self, keys: Iterable[str], path: Path_) -> None:
        for key in keys:
            if self._keys is not None and key not in self._keys:
                self._refuse(f"unknown metric '{key}'", path, did_you_mean(key, self._keys))

    def _refuse(self, message: str, path: Path_, *hints: str) -> None:
        self.problems.append(block(message, self._tree.origin(path), *hints))


def _amount(role: ChartRole) -> str:
    return str(role.least) if role.least == role.most else f"{role.least} to {role.most}"


def labels_of(shapes: Mapping[str, Pair]) -> Mapping[str, Localized]:
    """Names that a chart or table gives metrics."""
    return MappingProxyType({key: pair.localized() for key, pair in shapes.items()})
