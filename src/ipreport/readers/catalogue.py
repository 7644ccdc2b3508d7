"""The catalogue of metrics, from the file that ships with the program."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ipreport import metrics
from ipreport.metrics import Definition, Relations, unit_named
from ipreport.readers.schema import DefinitionShape, RelationsShape
from ipreport.readers.validate import validate
from ipreport.readers.yaml_file import load_yaml

_NONE = Relations()
CATALOGUE = Path(metrics.__file__).with_name("catalogue.yaml")


@cache
def catalogue() -> Mapping[str, Definition]:
    """Every metric the program knows, by id."""
    tree = load_yaml(CATALOGUE)
    if not isinstance(tree.data, dict):
        raise TypeError(f"{CATALOGUE} is not a mapping")
    return {
        metric: definition(metric, validate(DefinitionShape, tree, (metric,), entry))
        for metric, entry in tree.data.items()
    }


def definition(metric: str, shape: DefinitionShape) -> Definition:
    """A catalogue entry as the program's type."""
    return Definition(
        id=metric,
        name=shape.name.localized(),
        unit=unit_named(shape.unit),
        kind=shape.kind,
        direction=shape.direction,
        period=shape.period,
        money_class=shape.money_class,
        relations=relations(shape),
        note=shape.note.localized() if shape.note is not None else None,
    )


def relations(shape: RelationsShape, beside: Relations = _NONE) -> Relations:
    """The relations a file states, completed by those of the catalogue."""
    return Relations(
        numerator=shape.numerator or beside.numerator,
        denominator=shape.denominator or beside.denominator,
        base=shape.base or beside.base,
        part_of=shape.part_of or beside.part_of,
        item_of=shape.item_of or beside.item_of,
    )
