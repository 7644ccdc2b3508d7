"""recipients.yaml → whom an issue goes to, with the place of every name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from ipreport.language import BY_CODE
from ipreport.outline import Recipient, RecipientGroup, Terms
from ipreport.problems import Origin, Problem, ReportError, block
from ipreport.readers.schema import Pair, Shape
from ipreport.readers.validate import validate
from ipreport.readers.yaml_file import Tree, load_yaml

RECIPIENTS_FILE = "recipients.yaml"

# The form that mail servers take from one another (RFC 5321, 4.1.2) without its quoted and literal variants.
_ADDRESS = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"


class RecipientShape(Shape):
    """An office or a person; `print: false` keeps the name out of the issue."""

    name: Pair
    print: bool = True
    address: Annotated[str, StringConstraints(max_length=254, pattern=_ADDRESS)] | None = None


class RecipientsShape(Shape):
    """The file recipients.yaml."""

    report_to: tuple[RecipientShape, ...] = ()
    copy_to: tuple[RecipientShape, ...] = ()
    distribute_to: tuple[RecipientShape, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipients:
    """The groups that have somebody in them, and every name with its place."""

    groups: tuple[RecipientGroup, ...] = ()
    texts: tuple[tuple[str, Origin], ...] = ()


def read_recipients(folder: Path) -> Recipients:
    """Whom the issues of the briefing in `folder` go to; nobody where there is no such file.

    Raises ReportError with every problem of the file.
    """
    if not (folder / RECIPIENTS_FILE).exists():
        return Recipients()
    tree = load_yaml(folder / RECIPIENTS_FILE)
    shape = validate(RecipientsShape, tree)
    groups = tuple(_group(terms, getattr(shape, terms), tree) for terms in Terms)
    problems = [*_refusals(groups, tree)]
    if problems:
        raise ReportError(problems)
    names = (entry for entry in tree.texts() if entry[1].pointer.rpartition(".")[2] in BY_CODE)
    return Recipients(tuple(group for group in groups if group.recipients), tuple(names))


def _group(terms: Terms, shapes: tuple[RecipientShape, ...], tree: Tree) -> RecipientGroup:
    return RecipientGroup(
        terms,
        tuple(
            Recipient(shape.name.localized(), tree.origin((terms.value, index)), shape.print, shape.address)
            for index, shape in enumerate(shapes)
        ),
    )


def _refusals(groups: tuple[RecipientGroup, ...], tree: Tree) -> Iterator[Problem]:
    """A file that names nobody; a name that is printed, or an address that is written to, a second time."""
    everybody = [recipient for group in groups for recipient in group.recipients]
    if not everybody:
        hint = f"list them under {', '.join(f'{terms}:' for terms in Terms)} or delete the file"
        yield block("the file names no recipient", tree.origin(()), hint)
    names: set[str] = set()
    addresses: set[str] = set()
    for recipient in everybody:
        name, address = recipient.name.zh, (recipient.address or "").lower()
        if recipient.printed and name in names:
            hint = "name each recipient once, on the terms that come first"
            yield block(f"the recipient '{name}' stands twice", recipient.origin, hint)
        if address and address in addresses:
            hint = "give each recipient an address of its own, or leave it out"
            yield block(f"the address '{recipient.address}' stands twice", recipient.origin, hint)
        names |= {name} if recipient.printed else set()
        addresses.add(address)
