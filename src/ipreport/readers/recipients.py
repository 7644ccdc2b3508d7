"""recipients.yaml → whom an issue goes to, with the place of every name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from ipreport.language import BY_CODE, LANGUAGES, Localized, without_spaces_in_chinese
from ipreport.outline import Attachment, Edition, Recipient, RecipientGroup, Terms
from ipreport.problems import Origin, Problem, ReportError, block
from ipreport.readers.folder import BRIEFING_FILE, without_detour
from ipreport.readers.schema import Line, Plain, Shape, listed
from ipreport.readers.validate import validate
from ipreport.readers.yaml_file import Path_, Tree, load_yaml

RECIPIENTS_FILE = "recipients.yaml"

# The form that mail servers take from one another (RFC 5321, 4.1.2) without its quoted and literal variants.
_ADDRESS = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
_OF_MAILS = ("edition", "languages", "attachments", "variant")
"""What is said of a mail, and of nothing else."""

Address = Annotated[str, StringConstraints(max_length=254, pattern=_ADDRESS)]


class NameShape(Shape):
    """A name in both languages; one that is not printed may have only that which is known."""

    zh: Plain | None = None
    en: Plain | None = None

    def localized(self) -> Localized:
        """The name in every language; one that is in one language only serves both."""
        zh, en = self.zh or self.en or "", self.en or self.zh or ""
        return Localized(without_spaces_in_chinese(" ".join(zh.split())), " ".join(en.split()))


class RecipientShape(Shape):
    """An office or a person; `print: false` keeps the name out of the issue.

    One with an `address` is mailed the `edition`, its `languages` in this order, with these `attachments`;
    of the `variant` for the recipient's region, a briefing beside this one, where one is named.
    """

    name: NameShape
    print: bool = True
    address: Address | None = None
    edition: Edition | None = None
    languages: Annotated[tuple[str, ...], BeforeValidator(listed)] = ()
    attachments: Annotated[tuple[Attachment, ...], BeforeValidator(listed)] = (Attachment.PDF,)
    variant: Line | None = None


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
    problems = [each for terms in Terms for each in _unfit(terms, getattr(shape, terms), tree)]
    problems += _refusals(groups, tree)
    problems += [each for terms in Terms for each in _unknown_variants(terms, getattr(shape, terms), tree, folder)]
    if problems:
        raise ReportError(problems)
    names = (entry for entry in tree.texts() if entry[1].pointer.rpartition(".")[2] in BY_CODE)
    return Recipients(tuple(group for group in groups if group.recipients), tuple(names))


def _group(terms: Terms, shapes: tuple[RecipientShape, ...], tree: Tree) -> RecipientGroup:
    return RecipientGroup(
        terms,
        tuple(
            Recipient(
                name=shape.name.localized(),
                origin=tree.origin((terms.value, index)),
                printed=shape.print,
                address=shape.address,
                edition=shape.edition or Edition.BILINGUAL,
                languages=tuple(BY_CODE[code] for code in shape.languages if code in BY_CODE),
                attachments=tuple(dict.fromkeys(shape.attachments)),
                variant=shape.variant or "",
            )
            for index, shape in enumerate(shapes)
        ),
    )


def _unfit(terms: Terms, shapes: tuple[RecipientShape, ...], tree: Tree) -> Iterator[Problem]:
    """What the entries of a group say that does not go together."""
    for index, shape in enumerate(shapes):
        path: Path_ = (terms.value, index)
        for language in LANGUAGES:
            missing = getattr(shape.name, language.code) is None
            if missing and (shape.print or shape.name == NameShape()):
                hint = f"add '{language.code}:' beside the other language"
                message = f"the {language.name} text is missing"
                yield block(message, tree.origin((*path, "name", language.code)), hint)
        if shape.address is None:
            given = [key for key in _OF_MAILS if key in shape.model_fields_set]
            for key in given:
                hint = "add the address that it goes to, or leave the key out"
                yield block(f"'{key}' is for mails, and there is no address", tree.origin((*path, key)), hint)
        edition = shape.edition or Edition.BILINGUAL
        codes = [language.code for language in edition.languages]
        if shape.languages and sorted(shape.languages) != sorted(codes):
            message = (
                f"expected the languages of the edition '{edition}', each once, found {', '.join(shape.languages)}"
            )
            hint = f"write languages: [{', '.join(codes)}] in the order that you want"
            yield block(message, tree.origin((*path, "languages")), hint)
        if Attachment.PDF not in shape.attachments:
            hint = "write attachments: [pdf] or [pdf, docx]"
            yield block("every mail brings the PDF along", tree.origin((*path, "attachments")), hint)


def _unknown_variants(terms: Terms, shapes: tuple[RecipientShape, ...], tree: Tree, folder: Path) -> Iterator[Problem]:
    """Variants that are no briefings beside this one."""
    others = sorted(path.parent.name for path in without_detour(folder / "..").glob(f"*/{BRIEFING_FILE}"))
    others = [name for name in others if name != folder.resolve().name]
    for index, shape in enumerate(shapes):
        if shape.variant is not None and shape.variant not in others:
            near = f"briefings there: {', '.join(others)}" if others else "make one there with: ipreport new NAME"
            message = f"expected another briefing's folder beside this one, found '{shape.variant}'"
            yield block(message, tree.origin((terms.value, index, "variant")), near)


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
